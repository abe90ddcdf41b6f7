import { expect, test } from 'vitest';
import { parseDay } from '../../src/base/date.ts';
import { type Exact, exactText } from '../../src/base/exact.ts';
import { bindColumns } from '../../src/input/bind.ts';
import { readCsv } from '../../src/input/csv.ts';
import { rejectDiagnostics } from '../../src/input/reject-messages.ts';
import { readTable } from '../../src/input/tables.ts';
import type { TableModel } from '../../src/model/policy.ts';
import { createLookup } from '../../src/query/lookup.ts';
import * as f from './fields.ts';

const span = { source: '', start: 0, end: 0 };
const quota: TableModel = {
  name: 'quota',
  fields: [f.field('grade', f.NUMBER), f.field('amount', f.MONEY)],
  keys: ['grade'],
  dated: false,
  span,
};
const care: TableModel = {
  name: 'care',
  fields: [
    f.field('client', f.TEXT),
    f.field('farmer', f.PERSON),
    f.field('from', f.DATE),
    f.field('until', f.DATE, { optional: true }),
  ],
  keys: ['client'],
  dated: true,
  span,
};

function read(table: TableModel, text: string) {
  const cells = readCsv(text, `${table.name}.csv`, {}).value;
  const bound = bindColumns(f.spec(table.name, text), table.fields, cells.header).value;
  const context = f.context('UTC', {}, new Set(['anna', 'boris']));
  const report = readTable(table, bound, { text: cells, context });
  return { ...report, diagnostics: rejectDiagnostics(report.rejects, report.facts) };
}

const shortRejects = (table: TableModel, text: string): readonly string[] =>
  read(table, text).rejects.map((each) => `${each.row} ${each.field} ${each.reason}`);

test('keys are compared by value, and all rows of a doubled one are rejected', () => {
  expect(shortRejects(quota, 'grade,amount\n1,10\n1.0,20\n2,x\n02,30\n3,40\n')).toEqual([
    '2 grade duplicate key',
    '3 grade duplicate key',
    '4 grade duplicate key',
    '4 amount not a number',
    '5 grade duplicate key',
  ]);
});

test('rows that clash name each other', () => {
  const said = (table: TableModel, text: string) => read(table, text).diagnostics.map((each) => each.message);
  expect(said(quota, 'grade,amount\n1,10\n2,20\n1.0,30\n01,40\n')).toEqual([
    '`1` in column `grade` is the key of row 4 of `quota.csv` too',
    '`1.0` in column `grade` is the key of row 2 of `quota.csv` too',
    '`01` in column `grade` is the key of row 2 of `quota.csv` too',
  ]);
  // row 3 is over before row 4 begins, row 2 isn't
  expect(
    said(
      care,
      `client,farmer,from,until
A,anna,2026-01-01,
A,boris,2026-01-05,2026-01-10
A,anna,2026-02-01,2026-02-28
B,anna,2026-01-01,
`,
    ),
  ).toEqual([
    '`2026-01-01` in column `from` holds on days on which row 3 of `care.csv` holds too',
    '`2026-01-05` in column `from` holds on days on which row 2 of `care.csv` holds too',
    '`2026-02-01` in column `from` holds on days on which row 2 of `care.csv` holds too',
  ]);
});

test('control totals count a row once, under its first reason, and sum every readable cell', () => {
  const { control } = read(quota, 'grade,amount\n1,10\n2,x\n2,30.5\n3,40\n');
  const totals = (rows: number, grade: string, amount: string) => ({
    rows,
    sums: [
      { field: 'grade', sum: grade },
      { field: 'amount', sum: amount },
    ],
  });
  expect(control.all).toEqual(totals(4, '8', '80.5'));
  expect(control.used).toEqual(totals(2, '4', '50'));
  expect(control.rejected).toEqual([{ reason: 'duplicate key', totals: totals(2, '4', '30.5') }]);
});

test('sums are of cells that stand in a column: neither fallbacks nor constants', () => {
  const bonus: TableModel = {
    ...quota,
    name: 'bonus',
    fields: [...quota.fields, f.field('least', f.MONEY, { fallback: '5' })],
  };
  const text = 'grade,least\n1,7\n2,\n';
  const cells = readCsv(text, 'bonus.csv', {}).value;
  const source = f.spec('bonus', text, { constants: new Map([['amount', '100']]) });
  const bound = bindColumns(source, bonus.fields, cells.header).value;
  const { data, control } = readTable(bonus, bound, { text: cells, context: f.context() });
  expect(data.rows.map((row) => row.map((each) => exactText(each as Exact)))).toEqual([
    ['1', '100', '7'],
    ['2', '100', '5'],
  ]);
  expect(control.used.sums).toEqual([
    { field: 'grade', sum: '3' },
    { field: 'least', sum: '7' },
  ]);
});

test('the key of a dated table is unique per day', () => {
  expect(
    shortRejects(
      care,
      `client,farmer,from,until
A,anna,2026-01-01,2026-01-31
A,boris,2026-02-01,
B,anna,2026-01-01,2026-01-31
B,boris,2026-01-31,
C,vera,2026-01-01,
D,anna,2026-02-01,2026-01-01
D,anna,2026-01-01,
`,
    ),
  ).toEqual([
    '4 from overlapping dates',
    '5 from overlapping dates',
    '6 farmer unknown person',
    '7 until ends before it starts',
  ]);
});

test('a dated look-up includes both ends and is missing outside', () => {
  const { data } = read(
    care,
    'client,farmer,from,until\nA,anna,2026-01-10,2026-01-31\nA,boris,2026-02-02,\n',
  );
  const lookup = createLookup(care, data);
  const farmer = (day: string | undefined, client: string | undefined = 'A') =>
    lookup([client], day === undefined ? undefined : parseDay(day))?.[1];
  expect(farmer('2026-01-09')).toBeUndefined();
  expect(farmer('2026-01-10')).toBe('anna');
  expect(farmer('2026-01-31')).toBe('anna');
  expect(farmer('2026-02-01')).toBeUndefined();
  expect(farmer('2026-02-02')).toBe('boris');
  expect(farmer('9999-12-31')).toBe('boris');
  expect(farmer(undefined)).toBeUndefined();
  expect(farmer('2026-01-10', 'B')).toBeUndefined();
});

test('an undated look-up goes by value', () => {
  const lookup = createLookup(quota, read(quota, 'grade,amount\n1.50,10\n').data);
  expect(exactText(lookup([{ num: 3, den: 2 }], undefined)![1] as Exact)).toBe('10');
  expect(lookup([undefined], undefined)).toBeUndefined();
});

test('an unknown person is said with who was meant', () => {
  const { diagnostics } = read(care, 'client,farmer,from\nA,\u0430nna,2026-01-01\nB,anna\u00a0,2026-01-01\n');
  expect(diagnostics.map((each) => each.help)).toEqual([
    'did you mean `anna`? (its `\u0430` is a look-alike letter of another alphabet)',
    'did you mean `anna`? (it has a no-break space)',
  ]);
});

test('a number in another way of writing is said with what to write', () => {
  const { diagnostics } = read(quota, 'grade;amount\n1;12,5\n2;1\u00a0000\n');
  expect(diagnostics).toMatchObject([
    {
      code: 'M2103',
      message: "`12,5` in column `amount` isn't a number",
      data: { file: 'quota.csv', row: 2, column: 'amount' },
      help: 'write `12.5`, or say `decimal: ","` for this file in merit.config.yaml',
    },
    { help: expect.stringContaining('no-break space') },
  ]);
});
