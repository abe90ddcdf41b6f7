// Whether what was closed holds in itself, without any data: lines come to what is paid, what is owed goes on from one
// statement to the next, no cause is booked twice, fingerprints are of what they stand beside.

import type { Diagnostic } from '../base/diagnostic.ts';
import { type Exact, equals, exact, exactText, isZero } from '../base/exact.ts';
import type { CloseBody, LedgerRecord, LedgerRow } from '../model/ledger.ts';
import type { Statement } from '../model/result.ts';
import { sumOf } from './booked.ts';
import { canonicalText } from './canonical.ts';
import type { Hash } from './chain.ts';
import { inputsOf, statementsHash } from './fingerprint.ts';
import * as messages from './messages.ts';
import { NOTHING, outstandingAfter } from './settle.ts';

/** What is wrong with the statements of closed periods, in order of time. */
export function checkStatements(closes: readonly LedgerRecord<CloseBody>[]): readonly Diagnostic[] {
  const bodies = closes.map(({ body }) => body);
  const owed = new Map<string, string>();
  return bodies.flatMap(({ period, result }, index) => {
    const found = result.statements.flatMap((statement) => {
      const { person, balances = [] } = statement;
      const balance = balances.find(({ kind }) => kind === 'owed') ?? { before: '0', after: '0' };
      const goesOn = sameOwed({ person, period }, owed.get(person) ?? '0', balance.before);
      owed.set(person, balance.after);
      return [...addsUp(statement), ...goesOn, ...once(statement)];
    });
    // who owes keeps a statement
    const there = new Set(result.statements.map(({ person }) => person));
    const lost = [...owed].filter(([person]) => !there.has(person));
    return [
      ...found,
      ...lost.flatMap(([person, before]) => sameOwed({ person, period }, before, '0')),
      ...outstanding(bodies.slice(0, index + 1), owed),
    ];
  });
}

/** Whether what lines have left owed is what balances say, and whether nothing is left of what was set against due parts. */
function outstanding(closes: readonly CloseBody[], said: ReadonlyMap<string, string>): readonly Diagnostic[] {
  const { period } = closes.at(-1)!;
  const closed = new Set(closes.map((each) => each.period));
  const left = outstandingAfter(closes);
  return [...new Set([...left.keys(), ...said.keys()])].flatMap((person) => {
    const { owed, offsets } = left.get(person) ?? NOTHING;
    const place = { person, period };
    return [
      ...comesTo(place, 'what is owed', { sum: owed, said: said.get(person) ?? '0' }),
      ...offsets
        .filter(({ due }) => closed.has(due))
        .flatMap(({ name, amount: sum }) =>
          comesTo(place, `what is left to take of \`${name}\``, { sum, said: '0' }),
        ),
    ];
  });
}

function comesTo(
  place: messages.Place,
  what: string,
  { sum, said }: { readonly sum: Exact; readonly said: string },
): readonly Diagnostic[] {
  if (equals(sum, exact(said))) return [];
  return [messages.doesNotAddUp(place, what, { sum: exactText(sum), said: exactText(exact(said)) })];
}

function addsUp(statement: Statement): readonly Diagnostic[] {
  const { roles, lines = [], pay } = statement;
  const whole = sumOf([...roles.map(({ total }) => ({ amount: total })), ...lines]);
  return [
    ...roles.flatMap(({ role, lines: own, total }) =>
      comesTo(statement, `role \`${role}\``, { sum: sumOf(own), said: total }),
    ),
    ...lines.flatMap(({ name, amount, lines: parts }) =>
      parts === undefined ? [] : comesTo(statement, `\`${name}\``, { sum: sumOf(parts), said: amount }),
    ),
    ...comesTo(statement, 'pay', { sum: whole, said: pay }),
  ];
}

function sameOwed(place: messages.Place, before: string, after: string): readonly Diagnostic[] {
  return equals(exact(before), exact(after)) ? [] : [messages.doesNotGoOn(place, { before, after })];
}

function once(statement: Statement): readonly Diagnostic[] {
  const seen = new Set<string>();
  return (statement.lines ?? []).flatMap(({ kind, period, cause, amount }) => {
    if (kind !== 'adjustment' || cause === undefined || isZero(exact(amount))) return [];
    const what = canonicalText([period, cause]);
    if (seen.has(what)) return [messages.bookedTwice(statement, period)];
    seen.add(what);
    return [];
  });
}

/** Whether the fingerprint of a close is of its result, and of the rows that its inputs had. */
export function checkFingerprint(
  { period, fingerprint, result }: CloseBody,
  rows: readonly LedgerRow[],
  hash: Hash,
): readonly Diagnostic[] {
  const inputs = canonicalText(inputsOf(rows, hash)) === canonicalText(fingerprint.inputs);
  return [
    ...(statementsHash(result, hash) === fingerprint.result
      ? []
      : [messages.fingerprintOff(period, 'statements')]),
    ...(inputs ? [] : [messages.fingerprintOff(period, 'inputs')]),
  ];
}
