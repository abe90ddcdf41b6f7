// What is read fast is what the plain rules read: every text by the scanner, every cell by its column.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fraction, ZERO } from '../../src/base/exact.ts';
import { cellsOf, convertedAt, readColumns } from '../../src/input/columns.ts';
import { convertCell } from '../../src/input/convert.ts';
import { columnName, placedCsv, readCsv } from '../../src/input/csv.ts';
import { readRows } from '../../src/input/rows.ts';
import type { BoundSource, Dialect, TextTable } from '../../src/model/dataset.ts';
import type { FieldModel } from '../../src/model/policy.ts';
import { generatedRuns } from '../runs.ts';
import * as f from './fields.ts';
import { plainCsv } from './plain-csv.ts';

const RUNS = generatedRuns(2_000);

const RAW = fc.string({
  unit: fc.constantFrom('a', 'Ж', '1', ',', ';', '\t', '"', '"', '\n', '\r', '\r\n', ' ', '\ufeff', '😀'),
  maxLength: 40,
});

test('a text has the cells that the plain rules find, or is refused in the same row', () => {
  let refused = 0;
  // what is no single sign of a delimiter, and signs with a meaning of their own, are read alike too
  const delimiters = fc.constantFrom(',', ';', '\t', '|', ',', ';', '', ',,', '"', '\n', 'Ж');
  fc.assert(
    fc.property(RAW, delimiters, (text, delimiter) => {
      const expected = plainCsv(text, delimiter);
      const read = readCsv(text, 'a.csv', { delimiter });
      const placed = placedCsv(text, 'a.csv', { delimiter });
      expect(placed.diagnostics).toEqual(read.diagnostics);
      if ('code' in expected) {
        refused++;
        expect(read.diagnostics).toMatchObject([{ code: expected.code, data: { row: expected.row } }]);
        return;
      }
      const [heading, ...rows] = expected.records;
      if (!heading) {
        expect(read.diagnostics).toMatchObject([{ code: 'M2006' }]);
        return;
      }
      expect(read).toEqual({ value: { header: heading.map(columnName), rows }, diagnostics: [] });
      expect(placed.value).toMatchObject({ header: heading.map(columnName), rows, places: expected.places });
      const cells = cellsOf(read.value, heading.length);
      expect(cells.count).toBe(rows.length);
      for (const [row, own] of rows.entries()) {
        expect(cells.width(row)).toBe(own.length);
        expect(own.map((_, column) => cells.text(row, column))).toEqual(own);
      }
    }),
    RUNS,
  );
  expect(refused).toBeGreaterThan(RUNS.numRuns / 20);
});

// ---- cells of each type ----------------------------------------------------------------------------------------------

const FIELDS: readonly FieldModel[] = [
  f.field('number', f.NUMBER, { optional: true }),
  f.field('bounded', f.NUMBER, { from: '-1.5', until: '1/3' }),
  f.field('money', f.MONEY, { fallback: '7.25' }),
  f.field('date', f.DATE, { optional: true }),
  f.field('percent', f.PERCENT),
  f.field('duration', f.DURATION, { optional: true, fallback: '60' }),
  f.field('datetime', f.DATETIME),
  f.field('truth', f.TRUTH),
  f.field('text', f.TEXT, { optional: true }),
  f.field('status', f.STATUS),
  f.field('person', f.PERSON),
];

const some = (unit: readonly string[], maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...unit), maxLength });
const CELL = fc.oneof(
  some(['0', '1', '9', '.', ',', '-', '+', ' ', '\t'], 6),
  some([...'0123456789'], 20),
  fc.tuple(some([...'0123456789'], 17), some([...'0123456789'], 11)).map((parts) => parts.join('.')),
  fc.tuple(fc.constantFrom('-', '+', ''), fc.nat(3), fc.nat(999)).map(([s, a, b]) => `${s}${a}.${b}`),
  fc
    .tuple(
      fc.constantFrom('0000', '0001', '1900', '2024', '2026'),
      fc.nat(13),
      fc.nat(32),
      fc.constantFrom('', 'T00:00:00', ' 12:30', '-', '٠'),
    )
    .map(([year, month, date, rest]) => {
      const two = (value: number): string => String(value).padStart(2, '0');
      return `${year}-${two(month)}-${two(date)}${rest}`;
    }),
  fc.constantFrom('', ' ', '5%', '12,5 %', '1:00:00', '2 hours', 'yes', 'no', 'won', 'lost', 'anna', 'boris'),
  fc.constantFrom(
    'caf\u00e9',
    'cafe\u0301',
    '"',
    'x"y',
    'a,b',
    'a;b',
    '1 000',
    '1\u00a0000,5',
    '1.000',
    '\n',
  ),
);
const DIALECTS: readonly Dialect[] = [
  {},
  { decimal: ',' },
  { decimal: ',', thousands: ' ' },
  { decimal: ',', thousands: '.', percents: 'fractions' },
  { thousands: ',' },
];

test('a cell of a column is what the rules make of its text, however the table came in', () => {
  const rows = fc.array(fc.tuple(fc.array(CELL, { minLength: 1, maxLength: 4 }), fc.nat(4)), {
    maxLength: 12,
  });
  const persons = new Set(['anna', 'caf\u00e9']);
  fc.assert(
    fc.property(rows, fc.constantFrom(...DIALECTS), fc.boolean(), (drawn, own, quoted) => {
      const dialect = { ...own, delimiter: ';' };
      const written = (cell: string): string =>
        quoted || cell === '' || /["\r\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
      // a row repeats its cells over the columns, one too few or many now and then
      const table = drawn.map(([cells, odd]) =>
        Array.from(
          { length: FIELDS.length + (odd === 0 ? 1 : odd === 1 ? -1 : 0) },
          (_, at) => cells[at % cells.length]!,
        ),
      );
      const header = FIELDS.map((each) => each.name);
      const text = [header, ...table].map((row) => row.map(written).join(';')).join('\r\n');
      const context = f.context('Europe/Berlin', dialect, persons);
      const bound: BoundSource = {
        ...f.spec('deal', text, { dialect }),
        header,
        bindings: FIELDS.map(({ name }, index) => ({ kind: 'column', column: name, index })),
      };
      const tables: readonly TextTable[] = [
        readCsv(text, 'deal.csv', dialect).value,
        { header, rows: table },
      ];
      expect(tables[0]!.rows).toEqual(table);
      for (const each of tables) {
        const columns = readColumns(bound, FIELDS, { text: each, context });
        const read = readRows(bound, FIELDS, { text: each, context });
        for (const [row, cells] of table.entries()) {
          if (cells.length !== FIELDS.length) {
            expect(read[row]).toMatchObject({ cells: [], faults: [{ field: -1 }] });
            continue;
          }
          const expected = FIELDS.map((field, at) => convertCell(cells[at]!, field, context));
          expect(columns.map((column) => convertedAt(column, row))).toEqual(expected);
          expect(read[row]!.cells).toEqual(
            expected.map((found) => ('value' in found ? found.value : undefined)),
          );
          // numbers, money and durations are summed, fallbacks aren't, what is out of bounds is
          const summed = [0, 1, 2, 5].map((at) => {
            const found = expected[at]!;
            if ('reason' in found) return found.readable;
            return /^[ \t]*$/.test(cells[at]!) ? undefined : found.value;
          });
          const added: unknown[] = summed.map(() => undefined);
          for (const at of summed.keys())
            read[row]!.addAmount(at, {
              add: (amount) => (added[at] = amount),
              addScaled: (digits, places) => (added[at] = fraction(digits, 10 ** places)),
              total: () => ZERO,
            });
          expect(added).toEqual(summed);
        }
      }
    }),
    generatedRuns(500),
  );
});

test('a column of texts that are nearly all different is read alike', () => {
  const texts = Array.from({ length: 40_000 }, (_, at) => (at % 7 === 0 ? '"same"' : `"d${at}"`));
  const { value } = readCsv(`id\n${texts.join('\n')}\n`, 'a.csv', {});
  const fields = [f.field('id', f.TEXT)];
  const bound: BoundSource = {
    ...f.spec('deal', ''),
    header: ['id'],
    bindings: [{ kind: 'column', column: 'id', index: 0 }],
  };
  const [column] = readColumns(bound, fields, { text: value, context: f.context() });
  const found = texts.map((_, at) => convertedAt(column!, at));
  expect(found).toEqual(texts.map((text) => ({ value: text.slice(1, -1) })));
});
