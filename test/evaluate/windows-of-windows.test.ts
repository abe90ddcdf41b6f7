// A window asked of a KPI that has one: whole earlier periods shift it, at the ends of years, in weeks and leap years,
// and behind `since` it is missing. And windows of every length beside every grain. On both backends.

import { expect, test } from 'vitest';
import { amounts, roleOf, runOnBoth } from './run-policy.ts';

const EVENT = `
event deal {
  since 2023-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money
}
kpi revenue = sum(deal.amount)
`;
const PEOPLE = 'id,role\n ann,seller';

/** One deal on each day, worth what is said. */
function deals(...rows: readonly (readonly [day: string, amount: number])[]): { readonly deal: string } {
  return {
    deal: `id,day,who,amount\n${rows.map(([day, amount], at) => `${at},${day},ann,${amount}`).join('\n')}`,
  };
}

/** `bonus b1 = (f1) else -1 RUB` and so on: what each of the formulas comes to in a period. */
async function values(asked: {
  readonly period: string;
  readonly formulas: readonly string[];
  readonly data: { readonly deal: string };
  readonly grain?: string;
  readonly more?: string;
}): Promise<readonly string[]> {
  const { period, formulas, data, grain = 'month', more = '' } = asked;
  const lines = formulas.map((each, at) => `bonus b${at} not prorated = (${each}) else -1 RUB`);
  const result = await runOnBoth({
    head: `period ${grain}`,
    policy: `${EVENT} ${more} role seller { ${lines.join('\n')} }`,
    people: PEOPLE,
    period,
    data,
  });
  const found = amounts(roleOf(result, 'ann', period), period);
  return formulas.map((_, at) => found[`b${at}`]!);
}

const GROWTH = `
  kpi growth = revenue - revenue[previous]
  kpi so_far = revenue[ytd]
  kpi three  = revenue[trailing 3 months]
  kpi before = growth[previous]
`;

test('months, over the end of a year', async () => {
  const data = deals(
    ['2025-10-05', 1],
    ['2025-11-05', 2],
    ['2025-12-05', 4],
    ['2026-01-05', 8],
    ['2026-02-05', 16],
    ['2025-02-05', 32],
    ['2025-01-05', 64],
    ['2024-12-05', 128],
  );
  const formulas = [
    'growth',
    'growth[previous]',
    'before[previous]',
    'growth[same period last year]',
    'before[same period last year]',
    'so_far[previous]',
    'so_far[same period last year]',
    'three[previous]',
    'three[same period last year]',
  ];
  expect(await values({ period: '2026-02', formulas, data, more: GROWTH })).toEqual([
    '8', // 16 - 8
    '4', // 8 - 4
    '2', // 4 - 2
    '-32', // 32 - 64
    '-64', // January 2025: 64 - 128
    '8', // 1 to 31 January 2026
    '96', // January and February 2025
    '14', // November to January: 2 + 4 + 8
    '224', // December 2024 to February 2025: 128 + 64 + 32
  ]);
  // in January what was so far a month before is the whole year before
  expect(await values({ period: '2026-01', formulas: ['so_far[previous]'], data, more: GROWTH })).toEqual([
    '103', // 1 + 2 + 4 + 32 + 64
  ]);
});

test('quarters', async () => {
  const data = deals(
    ['2025-03-31', 1],
    ['2025-06-30', 2],
    ['2025-07-01', 4],
    ['2025-10-01', 8],
    ['2026-01-01', 16],
  );
  const formulas = [
    'growth[previous]',
    'growth[same period last year]',
    'so_far[previous]',
    'three[previous]',
  ];
  expect(await values({ period: '2026-Q1', formulas, data, more: GROWTH, grain: 'quarter' })).toEqual([
    '4', // 8 - 4
    '1', // 1 - 0 of the last quarter of 2024
    '15', // all of 2025
    '8', // October to December
  ]);
});

test('weeks: the year of a week is that of its Thursday; week 53 has none in most years', async () => {
  // 2026-W01 is 29 December to 4 January; 2025 has 52 weeks, 2026 has 53 (28 December to 3 January 2027)
  const data = deals(
    ['2025-12-22', 1],
    ['2025-12-29', 2],
    ['2026-01-05', 4],
    ['2026-12-21', 8],
    ['2026-12-28', 16],
  );
  expect(
    await values({
      period: '2026-W02',
      formulas: ['growth[previous]', 'so_far[previous]', 'growth[same period last year]'],
      data,
      more: GROWTH,
      grain: 'week',
    }),
  ).toEqual([
    '1', // 2 - 1
    '2', // the first week of 2026 begins on 29 December
    '0', // nothing in W01 and W02 of 2025
  ]);
  expect(
    await values({
      period: '2027-W01',
      formulas: ['growth[previous]', 'growth[same period last year]', 'so_far[previous]'],
      data,
      more: GROWTH,
      grain: 'week',
    }),
  ).toEqual([
    '8', // W53 less W52 of 2026: 16 - 8
    '1', // W01 of 2026 less W52 of 2025: 2 - 1
    '30', // all 53 weeks of 2026: 2 + 4 + 8 + 16
  ]);
});

test('a leap day in days and months', async () => {
  const data = deals(
    ['2024-02-28', 1],
    ['2024-02-29', 2],
    ['2024-03-01', 4],
    ['2025-02-28', 8],
    ['2025-03-01', 16],
  );
  expect(
    await values({
      period: '2024-03-01',
      formulas: ['growth', 'growth[previous]'],
      data,
      more: GROWTH,
      grain: 'day',
    }),
  ).toEqual(['2', '1']);
  // a year before 29 February 2024 is 28 February 2023; a year before 28 February 2025 is 28 February 2024
  expect(
    await values({
      period: '2025-02-28',
      formulas: ['revenue[same period last year]', 'growth[same period last year]'],
      data,
      more: GROWTH,
      grain: 'day',
    }),
  ).toEqual(['1', '1']);
  expect(
    await values({ period: '2025-03', formulas: ['growth[same period last year]'], data, more: GROWTH }),
  ).toEqual(['1']); // March 2024 less February 2024: 4 - 3
});

test('behind `since` it is missing, not zero', async () => {
  const data = deals(['2023-01-05', 1], ['2023-02-05', 2], ['2023-03-05', 4]);
  const formulas = ['growth', 'growth[previous]', 'before[previous]', 'three[previous]', 'so_far[previous]'];
  expect(await values({ period: '2023-03', formulas, data, more: GROWTH })).toEqual([
    '2', // 4 - 2
    '1', // 2 - 1
    '-1', // January less December 2022, which isn't known
    '-1', // December 2022 to February
    '3', // January and February
  ]);
});

test('windows of other lengths in a policy by weeks', async () => {
  const data = deals(
    ['2025-12-29', 1],
    ['2026-01-31', 2],
    ['2026-02-01', 4],
    ['2026-03-30', 8],
    ['2026-04-01', 16],
    ['2025-04-01', 32],
  );
  // 2026-W14: Monday 30 March to Sunday 5 April; its Thursday is 2 April, so that it is the first of the second quarter
  const formulas = [
    'revenue[qtd]',
    'revenue[ytd]',
    'revenue[trailing 3 months]',
    'revenue[trailing 2 weeks]',
    'revenue[same period last year]',
    'revenue[previous 9]',
  ];
  expect(await values({ period: '2026-W14', formulas, data, grain: 'week' })).toEqual([
    '24', // 8 + 16
    '31', // from 29 December on: 1 + 2 + 4 + 8 + 16
    '28', // from 1 February until the week ends: 4 + 8 + 16
    '24',
    '32', // 2025-W14: 31 March to 6 April
    '6', // nine weeks, from 26 January: 2 + 4
  ]);
});
