// Conversion between currencies, by the dated table of exchange rates, for rows and people, by both backends.

import { expect, test } from 'vitest';
import { type RowValues, rowValues, rowValuesRun } from './row-values.ts';
import { roleOf, runOnBoth, tryPolicy } from './run-policy.ts';

const EXCHANGE = `table exchange {
  currency: text key
  rate: number
  from: date
  until: date?
}
`;
const RATES =
  'currency,rate,from,until\nEUR,90.5,2026-01-01,2026-01-10\nEUR,91,2026-01-11,\nUSD,80.25,2026-01-01,';
const FIELDS = 'amount: money in currency\ncurrency: text\nclosed: date\nfee: money in EUR?';

function given(rows: readonly string[], values: RowValues['values']): RowValues {
  return { fields: FIELDS, rows, values, more: EXCHANGE, data: { exchange: RATES } };
}

test('amounts are multiplied by the rate of their day', async () => {
  const rows = [
    '100,EUR,2026-01-10,1.5', // 9050 and 135.75
    '100,EUR,2026-01-11,2', // 9100 and 182
    '10,USD,2026-01-31,', // 802.5
    '7,RUB,2020-01-01,', // its own currency needs no rate
  ];
  const values = {
    all: 'sum(convert(deal.amount, to RUB, at closed))',
    twice: 'sum(convert(deal.amount * 2, to RUB, at closed) + 1 RUB)',
    fees: 'sum(convert(deal.fee, to RUB, at closed) else 0 RUB)',
    large: 'count(deal where convert(amount, to RUB, at closed) > 1000 RUB)',
  };
  expect(await rowValues(given(rows, values))).toEqual({
    all: '18959.5', // 9050 + 9100 + 802.5 + 7
    twice: '37923', // twice that and 4
    fees: '317.75',
    large: '2',
  });
});

test('through a computed field, and only where its value is asked for', async () => {
  const rows = ['100,EUR,2026-01-10,', '100,GBP,2026-01-10,', '5,RUB,2026-01-10,'];
  const world = given(rows, {
    euros: 'sum(deal.rub where currency is not "GBP")',
    chosen: 'sum((0 RUB when currency is "GBP" otherwise rub))',
    both: 'count(deal where currency is not "GBP" and rub > 10 RUB)',
  });
  const fields = `${FIELDS}\nrub = convert(amount, to RUB, at closed)`;
  const run = { ...world, fields };
  // 9050 and 5; no rate of the pound is wanted
  expect(await rowValues(run)).toEqual({ euros: '9055', chosen: '9055', both: '1' });
});

test.each(['memory', 'duckdb'] as const)('a missing rate stops %s and names each', async (backend) => {
  const rows = [
    '1,GBP,2026-01-10,',
    '1,GBP,2026-01-10,',
    '1,EUR,2025-12-31,',
    '1,chf,2026-01-05,',
    '1,RUB,2026-01-05,',
  ];
  for (const value of ['sum(convert(deal.amount, to RUB, at closed))', 'count(deal where rub > 1 RUB)']) {
    const world = given(rows, { value });
    const run = rowValuesRun({ ...world, fields: `${FIELDS}\nrub = convert(amount, to RUB, at closed)` });
    const { diagnostics } = await tryPolicy({ ...run, backend });
    const said = diagnostics.filter((each) => each.severity === 'error');
    expect(said.map((each) => `${each.code} ${each.message}`)).toEqual([
      'M3030 table `exchange` has no rate from `EUR` to `RUB` on 2025-12-31',
      'M3030 table `exchange` has no rate from `GBP` to `RUB` on 2026-01-10',
      'M3030 table `exchange` has no rate from `chf` to `RUB` on 2026-01-05',
    ]);
  }
});

test.each(['memory', 'duckdb'] as const)('by another date a missing rate stops %s too', async (backend) => {
  // what was closed before the period isn't looked at
  const rows = ['1,GBP,2026-01-10,', '1,EUR,2025-12-31,', '1,RUB,2026-01-05,'];
  const world = given(rows, { value: 'sum(deal.rub by closed)' });
  const run = rowValuesRun({ ...world, fields: `${FIELDS}\nrub = convert(amount, to RUB, at closed)` });
  const { diagnostics } = await tryPolicy({ ...run, backend });
  expect(diagnostics.flatMap((each) => (each.severity === 'error' ? [each.message] : []))).toEqual([
    'table `exchange` has no rate from `GBP` to `RUB` on 2026-01-10',
  ]);
});

test('into several currencies, by a second key', async () => {
  const found = await rowValues({
    fields: FIELDS,
    rows: ['100,RUB,2026-01-10,2', '1,EUR,2026-01-10,3'],
    values: {
      dollars: 'sum(convert(deal.fee, to USD, at closed) else 0 USD)',
      own: 'sum(convert(deal.amount, to EUR, at closed))',
    },
    more: 'table exchange {\n currency: text key\n into: text key\n rate: number\n from: date\n}\n',
    data: { exchange: 'currency,into,rate,from\nEUR,USD,1.125,2026-01-01\nRUB,EUR,0.011,2026-01-01' },
  });
  expect(found).toEqual({ dollars: '5.625', own: '2.1' }); // 5 * 1.125; 100 * 0.011 + 1
});

test('of a person, on the last day of the period', async () => {
  const small = {
    policy: `${EXCHANGE}role seller {\n bonus abroad = convert(10 EUR, to RUB, at period.end)\n}`,
    people: 'id,name,role\nanna,Anna,seller',
    data: { exchange: RATES },
  };
  const result = await runOnBoth({ ...small, period: '2026-01' });
  expect(roleOf(result, 'anna', '2026-01').lines[0]!.amount).toBe('910');
  const { diagnostics } = await tryPolicy({ ...small, period: '2025-12' });
  expect(diagnostics.map((each) => `${each.code} ${each.message}`)).toEqual([
    'M3030 table `exchange` has no rate from `EUR` to `RUB` on 2025-12-31',
  ]);
  expect(diagnostics[0]!.span).toBeDefined();
});
