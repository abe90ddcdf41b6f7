// How adjustments are settled, whatever they are: generated months of one person, with a bonus in parts, by rules that must
// hold of any. What the policies make of them is tested in test/closing.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  type Exact,
  exact,
  exactText,
  least,
  multiply,
  roundTo,
  sign,
  subtract,
  ZERO,
} from '../../src/base/exact.ts';
import { NOTHING, outstandingAfter, settled, type TakingTerms } from '../../src/ledger/settle.ts';
import type { Adjustment, CloseBody } from '../../src/model/ledger.ts';
import type { DueLine, PayLine } from '../../src/model/pay-lines.ts';
import type { Statement } from '../../src/model/result.ts';
import { generatedRuns } from '../runs.ts';

const MONTHS = ['2026-02', '2026-03', '2026-04', '2026-05', '2026-06'];

interface Open {
  /** Pay of the month but for parts that are due, in cents. */
  readonly other: number;
  /** What January's bonus has in each month from now on. */
  readonly parts: readonly number[];
  /** What is to be added to what was paid of January's bonus, and of another line. */
  readonly bonus: number;
  readonly line: number;
}

const cents = (amount: number): string => exactText(multiply(exact(String(amount)), exact('0.01')));
const amount = fc.integer({ min: -20_000, max: 20_000 });
const part = fc.integer({ min: 0, max: 9_000 });
const opens = fc.array(
  fc.record({
    other: amount,
    parts: fc.array(part, { minLength: 5, maxLength: 5 }),
    bonus: amount,
    line: amount,
  }),
  { minLength: 5, maxLength: 5 },
);
const share = fc.constantFrom(undefined, '0.2', '0.5', '1/3', '0');

function ownStatement(at: number, { other, parts }: Open): Statement {
  const base = { formula: '', inputs: [], computed: '0' };
  const due: PayLine = {
    kind: 'due',
    name: 'b',
    role: 'r',
    period: '2026-01',
    ...base,
    amount: cents(parts[at]!),
  };
  const later = MONTHS.slice(at + 1).map((period, index): DueLine => {
    return {
      kind: 'part',
      period,
      amount: cents(parts[at + 1 + index]!),
      name: 'b',
      role: 'r',
      earnedIn: '2026-01',
    };
  });
  const bonus: PayLine = { kind: 'bonus', name: 'x', period: MONTHS[at]!, ...base, amount: cents(other) };
  return {
    person: 'ann',
    name: 'Ann',
    period: MONTHS[at]!,
    roles: [],
    lines: [bonus, due],
    pay: cents(other + parts[at]!),
    due: later.filter((each) => each.amount !== '0'),
  };
}

function adjustmentsOf({ bonus, line }: Open): readonly Adjustment[] {
  const of = (key: string, name: string, by: number): Adjustment => ({
    person: 'ann',
    period: '2026-01',
    cause: { kind: 'row', change: 'changed', source: 'deal', key, fields: [] },
    amount: cents(by),
    lines: [{ kind: 'bonus', name, role: 'r', amount: cents(by) }],
  });
  return [of('d1', 'b', bonus), of('d2', 'y', line)].filter((each) => each.amount !== '0');
}

const sum = (lines: readonly { readonly amount: string }[]): Exact =>
  lines.reduce((all, each) => add(all, exact(each.amount)), ZERO);

/** Settles the months one after another. */
function settledMonths(all: readonly Open[], terms: TakingTerms) {
  const closes: CloseBody[] = [];
  return all.map((open, at) => {
    const before = outstandingAfter(closes).get('ann') ?? NOTHING;
    const own = ownStatement(at, open);
    const adjustments = adjustmentsOf(open);
    const statement = settled(own, adjustments, { before, terms });
    closes.push({ result: { statements: [statement] } } as unknown as CloseBody);
    const after = outstandingAfter(closes).get('ann') ?? NOTHING;
    return { own, adjustments, statement, before, after };
  });
}

describe('whatever is adjusted', () => {
  test('nothing is lost, nothing is owed twice, and pay isn’t taken below zero', () => {
    fc.assert(
      fc.property(opens, share, (all, takesBack) => {
        const terms: TakingTerms = { takesBack, step: '0.01' };
        for (const { own, adjustments, statement, before, after } of settledMonths(all, terms)) {
          const [pay, alone] = [exact(statement.pay), exact(own.pay)];
          // lines come to pay
          expect(exactText(sum(statement.lines ?? []))).toBe(statement.pay);
          // what is paid now, and taken later, is what is paid for itself, and what was owed before
          const outstanding = ({ owed, offsets }: typeof before): Exact =>
            offsets.reduce((sumOf, each) => add(sumOf, each.amount), owed);
          const left = subtract(outstanding(after), outstanding(before));
          expect(exactText(subtract(pay, left))).toBe(exactText(add(alone, sum(adjustments))));
          // never below zero by corrections, and nobody owes less than nothing
          expect(sign(subtract(pay, least(alone, ZERO))) >= 0).toBe(true);
          expect(sign(after.owed) >= 0).toBe(true);
          // offsets are no more than what is due then
          for (const { due, amount: taken } of after.offsets) {
            const there = own.due!.filter((each) => each.period === due);
            expect(sign(taken) > 0 && sign(subtract(sum(there), taken)) >= 0).toBe(true);
          }
          const owed = (statement.balances ?? []).find((each) => each.kind === 'owed');
          expect([owed?.before ?? '0', owed?.after ?? '0']).toEqual([
            exactText(before.owed),
            exactText(after.owed),
          ]);
        }
      }),
      generatedRuns(300),
    );
  });

  test('of other pay than January’s own parts no more than its share is taken', () => {
    fc.assert(
      fc.property(opens, fc.constantFrom('0.2', '0.5', '1/3', '0'), (all, takesBack) => {
        for (const [at, { own, statement }] of settledMonths(all, { takesBack, step: '0.01' }).entries()) {
          const due = exact(cents(all[at]!.parts[at]!));
          const most = roundTo(multiply(exact(own.pay), exact(takesBack)), exact('0.01'), 'floor');
          const taken = subtract(exact(own.pay), exact(statement.pay));
          if (sign(exact(own.pay)) > 0) expect(sign(subtract(add(most, due), taken)) >= 0).toBe(true);
          else expect(sign(taken) <= 0).toBe(true);
        }
      }),
      generatedRuns(300),
    );
  });

  test('nothing is settled of who has nothing to settle', () => {
    const own = ownStatement(0, { other: 100, parts: [1, 2, 3, 4, 5], bonus: 0, line: 0 });
    expect(settled(own, [], { before: NOTHING, terms: { step: '0.01' } })).toBe(own);
  });
});
