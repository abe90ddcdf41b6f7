// Selling more never pays less, on generated policies without a cliff: all that is paid, and earned, up to any month is
// at least as much with one sale more.

import { expect, test } from 'vitest';
import { add, compare, type Exact, exact, ZERO } from '../../src/base/exact.ts';
import type { Result } from '../../src/model/result.ts';
import { runPolicy } from './run-policy.ts';

const RUNS = Number(process.env.MERIT_RUNS ?? 24);
const MONTHS = 6;

function numbersFrom(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 7;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const DRAWS = [
  'draw 40 RUB',
  'draw 40 RUB recoverable',
  'draw 40 RUB recoverable for 3 months recovered from month 2 at 50%',
];

function policy(next: (below: number) => number): string {
  const one = (...options: readonly string[]): string => options[next(options.length)]!;
  const [first, second] = [next(300), next(300) + 300];
  return `event sale { id: text key, day: date posts, person: person owner, amount: money from 0 RUB }
    kpi sales = sum(sale.amount)
    kpi deals = count(sale)
    rates ladder marginal { from 0 RUB: ${next(9)}%, from ${first + 1} RUB: ${next(9)}%, from ${second + 2} RUB: ${next(30)}% }
    curve rising linear { below 50%: 0%, 50%: 0%, 100%: ${next(50) + 50}%, above: ${next(3)}% more per 1% }
    role r {
      target sales ${next(400) + 100} RUB
      bonus tiers = ladder(sales) ${one('', 'cap 12 RUB', 'floor 5 RUB')}
      bonus line = deals * ${next(9)} RUB
      bonus plan = 30 RUB * rising(attainment(sales) else 0%)
      bonus q per quarter = sales * ${next(5)}%
      ${one(
        // without bounds, nothing hides a table that falls
        '',
        // a draw tops up months and not what a quarter is bounded by: beside such bounds a sale may move pay
        `floor 90 RUB per quarter in all\n ${one('', 'cap 200 RUB per quarter in all')}`,
        `cap 200 RUB per quarter in all\n ${one('', 'floor 30 RUB')}`,
        `${one('', 'floor 30 RUB')}\n ${one('', 'cap 70 RUB', 'cap 25 RUB carry excess')}\n ${one('', ...DRAWS)}`,
      )}
    }`;
}

const BONUSES = ['tiers', 'line', 'plan', 'q'];

/** What is paid, and earned, up to each month, and what each bonus earns: one that falls mustn't hide behind another. */
function soFar(result: Result): readonly (readonly Exact[])[] {
  let sums: readonly Exact[] = [ZERO, ZERO, ...BONUSES.map(() => ZERO)];
  return result.statements.map(({ earned, pay, roles }) => {
    const lines = roles.flatMap((role) => role.lines);
    const bonuses = BONUSES.map((name) => {
      const line = lines.find((each) => each.kind === 'bonus' && each.name === name);
      return line ? exact(line.earned ?? line.amount) : ZERO;
    });
    const month = [exact(pay), exact(earned ?? pay), ...bonuses];
    sums = sums.map((each, at) => add(each, month[at]!));
    return sums;
  });
}

test.each(Array.from({ length: RUNS }, (_, index) => index + 1))('policy %i', async (seed) => {
  const next = numbersFrom(seed);
  const text = policy(next);
  const row = (id: number): string =>
    `${id},2026-0${next(MONTHS) + 1}-${String(next(28) + 1).padStart(2, '0')},ann,${next(200)}.${next(90) + 10}`;
  const rows = Array.from({ length: 12 }, (_, id) => row(id));
  // one sale more, small and large, so that months go past the bounds of tables and of bonuses
  const month = next(MONTHS) + 1;
  const more = [1, 90, 350].map((amount) => `99,2026-0${month}-15,ann,${amount + next(40)}.50`);
  const paid = (sales: readonly string[]) =>
    runPolicy({
      head: 'period month\n effective from 2026-01-01',
      policy: text,
      people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,',
      period: `2026-01..2026-0${MONTHS}`,
      data: { sale: ['id,day,person,amount', ...sales].join('\n') },
    });
  const before = soFar(await paid(rows));
  for (const sale of more) {
    soFar(await paid([...rows, sale])).forEach((sums, at) => {
      sums.forEach((each, index) => {
        expect(compare(each, before[at]![index]!)).toBeGreaterThanOrEqual(0);
      });
    });
  }
});
