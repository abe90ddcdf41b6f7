// How keys move in the grid, what is marked in it, and how a file is read while that is being decided.

import { describe, expect, it } from 'vitest';
import { marksOf } from '../../playground/src/data/cell-marks.ts';
import { openCsv } from '../../playground/src/data/csv-document.ts';
import { lackingIn, mapped, mappingOf, suggested } from '../../playground/src/data/mapping.ts';
import {
  at,
  blockOf,
  type Extent,
  movedBy,
  type Selection,
  within,
} from '../../playground/src/data/selection.ts';
import { asCsv, recordsOf, tableOf } from '../../playground/src/data/tables.ts';
import { writeCells } from '../../playground/src/data/write-cells.ts';
import type { SourceNeed } from '../../playground/src/worker/overview.ts';

/** A heading, four rows, and the empty one past them; `.` is an empty cell. */
const CELLS = ['abc', 'x.x', 'x.x', '..x', 'xxx', '...'];
const EXTENT: Extent = {
  rows: CELLS.length,
  columns: 3,
  page: 2,
  isEmpty: ({ row, column }) => CELLS[row]![column] === '.',
};

function press(selection: Selection, key: string, held: string = ''): Selection | 'leaves' | undefined {
  return movedBy(
    selection,
    { key, shiftKey: held.includes('S'), ctrlKey: held.includes('C'), metaKey: false },
    EXTENT,
  );
}

describe('keys move in the grid', () => {
  it.each<[from: readonly [number, number], key: string, held: string, to: readonly [number, number]]>([
    [[1, 0], 'ArrowRight', '', [1, 1]],
    [[1, 2], 'ArrowRight', '', [1, 2]],
    [[0, 0], 'ArrowUp', '', [0, 0]],
    [[5, 0], 'ArrowDown', '', [5, 0]],
    [[1, 0], 'PageDown', '', [3, 0]],
    [[4, 1], 'PageUp', '', [2, 1]],
    [[3, 1], 'Home', '', [3, 0]],
    [[3, 1], 'End', '', [3, 2]],
    [[3, 1], 'Home', 'C', [0, 0]],
    [[3, 1], 'End', 'C', [4, 2]],
    // to the end of what is filled, or over what is empty to the next filled cell
    [[0, 0], 'ArrowDown', 'C', [2, 0]],
    [[2, 0], 'ArrowDown', 'C', [4, 0]],
    [[1, 2], 'ArrowDown', 'C', [4, 2]],
    [[4, 2], 'ArrowLeft', 'C', [4, 0]],
    [[1, 0], 'ArrowRight', 'C', [1, 2]],
    // on, row by row
    [[1, 2], 'Tab', '', [2, 0]],
    [[2, 0], 'Tab', 'S', [1, 2]],
    [[2, 1], 'Enter', '', [3, 1]],
    [[2, 1], 'Enter', 'S', [1, 1]],
  ])('from %j %s (%s) leads to %j', (from, key, held, to) => {
    expect(press(at(...from), key, held)).toEqual(at(...to));
  });

  it('Tab leaves at the ends, so that nobody is caught', () => {
    expect(press(at(0, 0), 'Tab', 'S')).toBe('leaves');
    expect(press(at(5, 2), 'Tab')).toBe('leaves');
    expect(press(at(1, 1), 'x')).toBeUndefined();
  });

  it('Shift widens the block, and Ctrl+A takes all that there is', () => {
    const wide = press(at(2, 1), 'ArrowUp', 'S') as Selection;
    expect(blockOf(wide)).toEqual({ top: 1, bottom: 2, left: 1, right: 1 });
    expect(wide.anchor).toEqual({ row: 2, column: 1 });
    expect(blockOf(press(at(2, 1), 'a', 'C') as Selection)).toEqual({ top: 0, bottom: 4, left: 0, right: 2 });
  });

  it('a selection stays within what is left', () => {
    expect(
      within({ anchor: { row: 9, column: 9 }, head: { row: 1, column: 1 } }, { rows: 3, columns: 2 }),
    ).toEqual({
      anchor: { row: 2, column: 1 },
      head: { row: 1, column: 1 },
    });
  });
});

describe('what the run says of cells', () => {
  const error = (row?: number, column?: string) => ({
    code: 'M2103',
    severity: 'error' as const,
    message: 'wrong',
    data: { file: 'deals.csv', ...(row !== undefined && { row }), ...(column !== undefined && { column }) },
  });

  it('stands at its cell, row, column or file', () => {
    const found = [error(3, 'sum'), error(2), error(undefined, 'id'), error(), error(4, 'nowhere')];
    const elsewhere = { ...error(2, 'id'), data: { file: 'calls.csv', row: 2 } };
    const marks = marksOf('deals.csv', ['id', ' sum '], [...found, elsewhere]);
    expect(marks.file).toEqual([found[3]]);
    expect(marks.rows.get(2)?.cells.get(1)).toEqual([found[0]]);
    expect(marks.rows.get(1)?.row).toEqual([found[1]]);
    expect(marks.rows.get(0)?.cells.get(0)).toEqual([found[2]]);
    expect(marks.rows.get(3)?.row).toEqual([found[4]]);
    expect(marks.places).toEqual([
      { row: 0, column: 0 },
      { row: 1, column: 0 },
      { row: 2, column: 1 },
      { row: 3, column: 0 },
    ]);
  });
});

describe('cells past the table', () => {
  const write = (text: string, ...changes: readonly [number, number, string][]) =>
    writeCells(
      openCsv(text, 'x.csv', {}).value!,
      changes.map(([record, column, value]) => ({ record, column, value })),
    ).text;

  it('make it longer and wider', () => {
    expect(write('a,b\n1,2\n', [2, 1, 'x'])).toBe('a,b\n1,2\n,x\n');
    expect(write('a,b\n1,2\n', [1, 2, 'x'])).toBe('a,b,\n1,2,x\n');
    expect(write('a;b', [1, 0, '1'], [2, 2, 'z'])).toBe('a;b;\n1;;\n;;z');
    // with its heading, where one is pasted too
    expect(write('a,b\n1,2\n', [0, 2, 'c'], [1, 2, '3'])).toBe('a,b,c\n1,2,3\n');
  });
});

describe('how a file is read', () => {
  const NEED: SourceNeed = {
    name: 'deal',
    kind: 'event',
    needed: true,
    fields: [
      { name: 'id', type: 'text', optional: false },
      { name: 'amount', type: 'money', optional: false },
      { name: 'role', type: 'text', optional: false },
      { name: 'note', type: 'text', optional: true },
    ],
  };

  it('is suggested, decided, and found again', () => {
    const header = ['id', 'Сумма'];
    const first = suggested(header, NEED, { decimal: ',' });
    expect(lackingIn(first, NEED)).toEqual(['role']);
    const decided = {
      ...first,
      fields: { ...first.fields, role: { kind: 'constant' as const, text: 'hunter' } },
    };
    expect(lackingIn(decided, NEED)).toEqual([]);
    const file = mapped({ file: 'deals.csv', text: 'id;Сумма\n' }, decided);
    expect(file).toEqual({
      name: 'deal',
      file: 'deals.csv',
      text: 'id;Сумма\n',
      columns: { amount: 'Сумма' },
      constants: { role: 'hunter' },
      dialect: { decimal: ',' },
    });
    expect(mappingOf(file, header, NEED.fields)).toEqual(decided);
  });
});

describe('a JSON file', () => {
  it('is shown with its own digits, and becomes the CSV file of the same cells', () => {
    const file = {
      name: 'market',
      file: 'market.json',
      text: '[{"month":"2026-01-01","size":1.50},{"size":null,"note":"a,b"}]',
    };
    expect(recordsOf(tableOf(file))).toEqual([
      ['month', 'size', 'note'],
      ['2026-01-01', '1.50', ''],
      ['', '', 'a,b'],
    ]);
    const csv = asCsv(file);
    expect([csv.file, csv.text]).toEqual(['market.csv', 'month,size,note\n2026-01-01,1.50,\n,,"a,b"\n']);
    expect(recordsOf(tableOf(csv))).toEqual(recordsOf(tableOf(file)));
  });

  it('that is broken says what the engine says', () => {
    const table = tableOf({ name: 'market', file: 'market.json', text: '[{]' });
    expect(table.kind === 'unread' && table.problems.map(({ code }) => code)).toEqual(['M2009']);
  });
});
