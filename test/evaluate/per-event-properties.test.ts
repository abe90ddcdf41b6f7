// What holds of bonuses per event whatever the data: parts come to the whole, the order of rows decides nothing, and
// memory and DuckDB say the same.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, compare, type Exact, equals, exact, exactText, subtract, ZERO } from '../../src/base/exact.ts';
import { splitTo } from '../../src/base/split.ts';
import type { PayLine } from '../../src/model/pay-lines.ts';
import type { Result } from '../../src/model/result.ts';
import { runOnBoth, runPolicy, type SmallRun } from './run-policy.ts';

const RUNS = Number(process.env.MERIT_RUNS ?? 25);

const POLICY = `
  event deal { id: text key\n at: datetime posts\n manager: person owner\n partner: person\n amount: money\n status: won | lost }
  event payment { id: text key\n day: date posts\n of_deal: deal\n amount: money }
  credit deal { to manager 33.3%\n to partner rest }
  rates ladder marginal {
    from 0 RUB: 3%
    above 100 RUB: 4.5%
    from 1_000 RUB: 7%
  }
  kpi total = sum(deal.amount)
  role seller {
    bonus split per deal = ladder(deal.amount) * share
    bonus shares per deal = ladder(deal.amount * share)
    bonus running per deal = ladder(deal.amount * share, after before(deal.amount * share))
    bonus whole not prorated = ladder(total)
    bonus some per deal = deal.amount * 1.5% * share when status is won first 3
    bonus capped per deal = deal.amount * 10% * share cap 50 RUB
    bonus freed per deal = deal.amount * 10% * share payable as payment.amount of amount
  }
`;
const PEOPLE = 'id,name,role,from\nanna,Anna,seller,2026-01-01\nbert,Bert,seller,2026-01-01';

interface Data {
  readonly deals: readonly string[];
  readonly payments: readonly string[];
  readonly seed: number;
}

const cents = (low: number, high: number) =>
  fc.integer({ min: low, max: high }).map((each) => (each / 100).toFixed(2));
const person = fc.constantFrom('anna', 'bert');
const DATA: fc.Arbitrary<Data> = fc.record({
  deals: fc.array(
    fc
      .tuple(
        fc.integer({ min: 1, max: 59 }),
        person,
        person,
        cents(-20_000, 200_000),
        fc.constantFrom('won', 'lost'),
      )
      .map(([day, manager, partner, amount, status]) => {
        const date = new Date(Date.UTC(2026, 0, day, 12)).toISOString().slice(0, 16);
        return `${date}Z,${manager},${partner},${amount},${status}`;
      }),
    { maxLength: 12 },
  ),
  payments: fc.array(
    fc
      .tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 12 }), cents(-5_000, 100_000))
      .map(([day, deal, amount]) => {
        const date = new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10);
        return `${date},d${deal},${amount}`;
      }),
    { maxLength: 12 },
  ),
  seed: fc.integer(),
});

function small({ deals, payments }: Data, order: (rows: string[]) => string[] = (rows) => rows): SmallRun {
  const known = payments.filter((each) => Number(/,d(\d+),/.exec(each)![1]) <= deals.length);
  return {
    policy: POLICY,
    people: PEOPLE,
    period: '2026-01..2026-03',
    data: {
      deal: [
        'id,at,manager,partner,amount,status',
        ...order(deals.map((each, at) => `d${at + 1},${each}`)),
      ].join('\n'),
      payment: ['id,day,of_deal,amount', ...order(known.map((each, at) => `p${at + 1},${each}`))].join('\n'),
    },
  };
}

const sumOf = (amounts: readonly string[]): Exact => amounts.map((each) => exact(each)).reduce(add, ZERO);

function linesOf(result: Result, name: string): readonly PayLine[] {
  return result.statements.flatMap((each) =>
    [...each.roles.flatMap((role) => role.lines), ...(each.lines ?? [])].filter((line) => line.name === name),
  );
}

test('rows come to their line, parts to the whole, and nothing is freed beyond what is earned', async () => {
  const property = fc.asyncProperty(DATA, async (data) => {
    const result = await runPolicy(small(data));
    for (const name of ['split', 'shares', 'running', 'some', 'capped', 'freed'])
      for (const line of linesOf(result, name).filter((each) => each.kind === 'bonus')) {
        const rows = line.perEvent!.rows.map((each) => each.amount);
        expect(exactText(sumOf(rows))).toBe(line.earned ?? line.amount);
      }
    // the ladder in turn comes to the ladder of the sum
    linesOf(result, 'running').forEach((line, at) => {
      expect(line.amount).toBe(linesOf(result, 'whole')[at]!.amount);
    });
    // a row that is split after rating comes to the row as one: of both people, and of one with both parts
    const rows = new Map<string, Exact>();
    for (const each of linesOf(result, 'split').flatMap((line) => line.perEvent!.rows))
      rows.set(each.key, add(rows.get(each.key) ?? ZERO, exact(each.computed)));
    const alone = POLICY.replace('to manager 33.3%', 'to manager 100%').replace('to partner rest', '');
    const unsplit = linesOf(await runPolicy({ ...small(data), policy: alone }), 'split');
    for (const each of unsplit.flatMap((line) => line.perEvent!.rows))
      expect(exactText(rows.get(each.key)!)).toBe(each.computed);
    // of every row no more than it earned has been freed by any month, and no less than nothing
    const earned = new Map<string, Exact>();
    const freed = new Map<string, Exact>();
    for (const statement of result.statements) {
      const own = [...statement.roles.flatMap((role) => role.lines), ...(statement.lines ?? [])];
      for (const line of own.filter((each) => each.name === 'freed')) {
        for (const row of line.perEvent?.rows ?? [])
          earned.set(`${statement.person} ${row.key}`, exact(row.amount));
        for (const row of line.freed ?? []) {
          const key = `${statement.person} ${row.key}`;
          freed.set(key, add(freed.get(key) ?? ZERO, exact(row.amount)));
        }
        const rows = (line.freed ?? []).map((each) => each.amount);
        expect(equals(sumOf(rows), exact(line.amount))).toBe(true);
      }
      for (const [key, amount] of freed) {
        const [low, high] = [ZERO, earned.get(key)!].toSorted(compare) as [Exact, Exact];
        expect(compare(low, amount) <= 0 && compare(amount, high) <= 0).toBe(true);
      }
    }
  });
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
}, 600_000);

test('the order of rows changes nothing, nor does the backend', async () => {
  const property = fc.asyncProperty(DATA, async (data) => {
    const shuffled = (rows: string[]): string[] => {
      const order = (row: string): number =>
        (Math.imul(row.length * 31 + row.charCodeAt(1), data.seed | 1) >>> 0) % 97;
      return rows.toSorted((a, b) => order(a) - order(b)).reverse();
    };
    const result = await runOnBoth(small(data));
    const other = await runPolicy(small(data, shuffled));
    const plain = (each: Result): unknown =>
      JSON.parse(JSON.stringify(each.statements, (key, value) => (key === 'row' ? undefined : value)));
    expect(plain(other)).toEqual(plain(result));
  });
  await fc.assert(property, { numRuns: Math.ceil(RUNS / 2), endOnFailure: true });
}, 600_000);

test('an amount in parts comes to it, each part less than a step off', () => {
  const step = exact('0.01');
  const parts = fc.array(fc.integer({ min: -100_000, max: 100_000 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 7 }), (numbers, den) => {
      const exacts = numbers.map((each) => exact(`${each}/${den * 100}`));
      const sum = exacts.reduce(add, ZERO);
      const total = exact(exactText(roundedTo(sum)));
      const split = splitTo(total, exacts, step);
      expect(exactText(split.reduce(add, ZERO))).toBe(exactText(total));
      split.forEach((each, at) => {
        const off = subtract(each, exacts[at]!);
        expect(compare(off, step) <= 0 && compare(off, exact('-0.01')) > 0).toBe(true);
      });
    }),
  );
});

function roundedTo(value: Exact): Exact {
  return exact((Math.round((Number(value.num) / Number(value.den)) * 100) / 100).toFixed(2));
}
