// What is asked of a row that lacks a rate: no engine gives an answer beside it.

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createDuckDbBackend } from '../../src/backend/duckdb.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { dayOf } from '../../src/base/date.ts';
import { bindColumns } from '../../src/input/bind.ts';
import type { SourceSpec } from '../../src/model/dataset.ts';
import type { Expression } from '../../src/model/expression.ts';
import type { EventModel } from '../../src/model/policy.ts';
import { EXCHANGE, exchangeData } from './generated-scalars.ts';
import { loadOne } from './load.ts';
import { PEOPLE, salesEvent } from './sales.ts';
import { apply, DATE, field, MONEY, smallModel, TEXT } from './small-model.ts';

const span = { source: 'policy.merit', start: 0, end: 0 };
const event: EventModel = {
  ...salesEvent(),
  fields: [...salesEvent().fields, { name: 'currency', type: TEXT, optional: false, span }],
};
const inRoubles: Expression = {
  kind: 'convert',
  type: MONEY,
  optional: true,
  span,
  table: 'exchange',
  amount: field('amount', MONEY),
  from: field('currency', TEXT),
  to: 'RUB',
  at: field('at', DATE),
};

test.each([
  ['memory', async () => createMemoryBackend({ readFile })],
  ['DuckDB', () => createDuckDbBackend({ readFile, paths: [] })],
])('on %s, `exists` of an amount without a rate is not false', async (_, open) => {
  const backend = await open();
  const source: SourceSpec = {
    name: 'sale',
    file: 'sales',
    format: 'csv',
    content: {
      kind: 'text',
      text: 'id,at,owner,amount,currency\na,2026-01-02,ann,2,USD\nb,2026-01-03,ann,2,GBP\n',
    },
    columns: new Map(),
    constants: new Map(),
    dialect: {},
  };
  const header = await backend.columns(source);
  const bound = bindColumns(source, event.fields, header.value).value;
  const model = { ...smallModel, events: [event], computedOrder: [], tables: [EXCHANGE] };
  await backend.open({ model, people: PEOPLE, tables: [exchangeData()] });
  const january = { id: '2026-01', from: dayOf(2026, 1, 1), until: dayOf(2026, 2, 1) };
  await loadOne(backend, 'sale', bound, january);
  const query = { id: 'q', event: 'sale', buckets: [january] };
  const rows = await backend.rows({ ...query, columns: [apply('exists', inRoubles), inRoubles] });
  await backend.close();
  // 2 USD are 2 * 80.25 RUB; of pounds there is no rate, so that nothing is known of the second row
  expect(rows.map(({ values }) => values)).toEqual([
    [true, { num: 321, den: 2 }],
    [undefined, undefined],
  ]);
  expect(
    rows.map(({ lacks = [] }) => lacks.map(({ column, diagnostics }) => [column, diagnostics[0]?.code])),
  ).toEqual([
    [],
    [
      [0, 'M3030'],
      [1, 'M3030'],
    ],
  ]);
});
