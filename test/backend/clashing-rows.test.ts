// Rows of an event with one key: each names another by its number, the same on both backends.

import { expect, it } from 'vitest';
import { textSource } from '../../src/browser.ts';
import { compile, openBackend, run, type SourceSpec } from '../../src/node.ts';

const POLICY = `policy p {
  currency RUB
  timezone "Europe/Moscow"
  period month
}
event deal {
  amount: money
  id: text key
  day: date posts
  who: person owner
}
kpi deals = sum(deal.amount)
role r { bonus b = deals * 1% }
`;

const source = (name: string, text: string): SourceSpec => textSource(name, `${name}.csv`, text);

it.each(['memory', 'duckdb'] as const)('rows of one key name each other on %s', async (name) => {
  const { value: model } = compile([{ name: 'p.merit', text: POLICY }]);
  const sources = [
    source('person', 'id,role\nann,r\n'),
    // rows 2, 4 and 6 are one deal, and row 4 has a bad cell beside; row 5 lacks a cell, so nothing is known of its key
    source(
      'deal',
      'id,day,who,amount\nA,2026-01-01,ann,1\nB,2026-01-01,ann,1\nA,2026-01-02,ann,one\nA,2026-01-03,ann\nA,2026-01-03,ann,1\n',
    ),
  ];
  const backend = await openBackend(name, sources);
  const { value, diagnostics } = await run({ model: model!, sources, period: '2026-01' }, backend);
  await backend.close();
  expect(value).toBeUndefined();
  expect(diagnostics.map(({ code, message, data }) => `${data!.row} ${code} ${message}`)).toEqual([
    '2 M2116 `A` in column `id` is the key of row 4 of `deal.csv` too',
    "4 M2103 `one` in column `amount` isn't a number",
    '4 M2116 `A` in column `id` is the key of row 2 of `deal.csv` too',
    '5 M2101 row 5 of `deal` has more or fewer cells than the heading',
    '6 M2116 `A` in column `id` is the key of row 2 of `deal.csv` too',
  ]);
});
