// The grid's changes are changes of the CSV text: what the engine reads after one is what was meant, and every byte that
// wasn't meant is the same.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvDocument, openCsv, rawCell, widthOf } from '../../playground/src/data/csv-document.ts';
import {
  csvText,
  deleteColumns,
  deleteRows,
  insertColumns,
  insertRows,
  setCells,
} from '../../playground/src/data/csv-edits.ts';
import { readCsv } from '../../src/input/csv.ts';
import { generatedRuns } from '../runs.ts';

const RUNS = generatedRuns(400);

function opened(text: string): CsvDocument {
  return openCsv(text, 'x.csv', {}).value!;
}

/** What the engine reads, heading included. */
function engineCells(text: string): readonly (readonly string[])[] {
  const { value } = readCsv(text, 'x.csv', {});
  return [value.header, ...value.rows];
}

/** As the engine reads them: it trims headings. */
function shown({ records }: CsvDocument): readonly (readonly string[])[] {
  return [
    records[0]!.map((each) => each.replace(/^[ \t]+|[ \t]+$/g, '').normalize('NFC')),
    ...records.slice(1),
  ];
}

describe('a cell of a CSV file', () => {
  it.each<[before: string, change: [record: number, column: number, value: string], after: string]>([
    // plain
    ['id,sum\n1,10\n2,20\n', [2, 1, '25'], 'id,sum\n1,10\n2,25\n'],
    // a mark at the beginning, semicolons, CRLF and a last line without an end stay
    ['\ufeffid;sum\r\n1;10,5\r\n2;20', [1, 1, '11,5'], '\ufeffid;sum\r\n1;11,5\r\n2;20'],
    // what is quoted stays quoted, what isn't is quoted where it has to be
    ['id,name\n1,"Anna"\n2,Boris\n', [1, 1, 'Vera'], 'id,name\n1,"Vera"\n2,Boris\n'],
    ['id,name\n1,Anna\n', [1, 1, 'Anna, of the North'], 'id,name\n1,"Anna, of the North"\n'],
    ['id,name\n1,Anna\n', [1, 1, 'the "North"'], 'id,name\n1,"the ""North"""\n'],
    ['id;name\n1;Anna\n', [1, 1, 'a,b'], 'id;name\n1;a,b\n'],
    ['id,name\n1,Anna\n', [1, 1, 'two\nlines'], 'id,name\n1,"two\nlines"\n'],
    // a row of one empty cell isn't a blank line
    ['id\n1\n2\n', [1, 0, ''], 'id\n""\n2\n'],
    // a row that is too short grows as far as the cell
    ['a,b,c\n1\n', [1, 2, 'x'], 'a,b,c\n1,,x\n'],
    // blank lines between rows stay where they are
    ['a,b\n\n1,2\n\n3,4\n', [2, 0, '5'], 'a,b\n\n1,2\n\n5,4\n'],
    // a heading
    ['a, b \n1,2\n', [0, 1, 'sum'], 'a,sum\n1,2\n'],
    // half of a character would have the engine refuse the file
    ['a,b\n1,2\n', [1, 0, 'x\ud800'], 'a,b\nx\ufffd,2\n'],
    // the same value changes nothing, however it is written
    ['a,b\n"1","2"\n', [1, 0, '1'], 'a,b\n"1","2"\n'],
  ])('%j with %j', (before, [record, column, value], after) => {
    expect(setCells(opened(before), [{ record, column, value }]).text).toBe(after);
  });

  it('is written so that the engine finds the same delimiter', () => {
    // with both semicolons gone from outside quotes the comma of the first heading would be taken for the delimiter
    const after = deleteColumns(opened('a,b;c;d\n1;2;3\n'), 1, 3);
    expect(engineCells(after.text)).toEqual([['a,b'], ['1']]);
  });
});

describe('rows and columns of a CSV file', () => {
  it('rows go in and out with their line ends', () => {
    expect(insertRows(opened('a,b\r\n1,2'), 2, [['3', '4']]).text).toBe('a,b\r\n1,2\r\n3,4');
    expect(insertRows(opened('a,b\n1,2\n'), 2, [['3', '4']]).text).toBe('a,b\n1,2\n3,4\n');
    expect(insertRows(opened('a,b\n"1",2\n'), 1, [['3', '4']]).text).toBe('a,b\n3,4\n"1",2\n');
    expect(insertRows(opened('a,b\n"1",2\n'), 2, [['3', '4']]).text).toBe('a,b\n"1",2\n"3",4\n');
    expect(deleteRows(opened('a,b\n1,2\n3,4\n5,6\n'), 1, 3).text).toBe('a,b\n5,6\n');
    expect(deleteRows(opened('a,b\n1,2\n'), 0, 5).text).toBe('a,b\n');
  });

  it('columns go in and out of every row that has them', () => {
    expect(insertColumns(opened('a;b\n1;2\n3\n'), 2, ['c']).text).toBe('a;b;c\n1;2;\n3\n');
    expect(deleteColumns(opened('a,b,c\n1,2,3\n4,5\n'), 1, 2).text).toBe('a,c\n1,3\n4\n');
    expect(deleteColumns(opened('a,b\n1,2\n'), 0, 2).text).toBe('a,b\n1,2\n');
  });

  it('a table is written as CSV', () => {
    expect(csvText([['a', 'b;c'], ['', '"'], ['x']])).toBe('a,"b;c"\n,""""\nx\n');
    expect(csvText([['a'], ['']])).toBe('a\n""\n');
  });
});

// ---- generated files -----------------------------------------------------------------------------------------------

const CELL = fc.string({
  unit: fc.constantFrom('a', 'Ж', '1', ',', ';', '\t', '|', '"', '\n', '\r', ' ', '\ufeff', 'e\u0301'),
  maxLength: 6,
});
const LINE_END = fc.constantFrom('\n', '\r\n', '\r');

/** Files as programs write them: some cells quoted without need, ragged rows, blank lines, a mark at the beginning. */
const WRITTEN = fc
  .record({
    rows: fc.array(fc.array(fc.tuple(CELL, fc.boolean()), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 5,
    }),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    lineEnd: LINE_END,
    mark: fc.boolean(),
    ended: fc.boolean(),
    blank: fc.boolean(),
  })
  .map(({ rows, delimiter, lineEnd, mark, ended, blank }) => {
    const cell = ([text, quoted]: readonly [string, boolean]): string =>
      quoted || /^"|[\r\n\ufeff]/.test(text) || text.includes(delimiter) || text === ''
        ? `"${text.replaceAll('"', '""')}"`
        : text;
    const lines = rows.map((row) => row.map(cell).join(delimiter));
    return (mark ? '\ufeff' : '') + lines.join(blank ? lineEnd + lineEnd : lineEnd) + (ended ? lineEnd : '');
  });

/** Anything at all. */
const RAW = fc.string({
  unit: fc.constantFrom('a', ',', ';', '"', '\n', '\r', '1', '\ufeff'),
  maxLength: 30,
});

const TEXT = fc.oneof(WRITTEN, RAW).filter((text) => openCsv(text, 'x.csv', {}).value !== undefined);

const PLACED = fc.tuple(TEXT, fc.nat(), fc.nat()).map(([text, first, second]) => {
  const document = opened(text);
  return { document, record: first % document.records.length, column: second % widthOf(document) };
});

function isLopsided({ text, spans }: CsvDocument): boolean {
  return text.slice(0, spans[0]!.end).split('"').length % 2 === 0;
}

/** The document is what its own text says. */
function expectTrue(document: CsvDocument): void {
  expect(openCsv(document.text, 'x.csv', {}).value).toEqual(document);
  expect(shown(document)).toEqual(engineCells(document.text));
}

describe('over generated files', () => {
  it('the grid shows what the engine reads', () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        const document = opened(text);
        expect(shown(document)).toEqual(engineCells(text));
        for (const [record, cells] of document.records.entries())
          for (const [column, cell] of cells.entries()) {
            const raw = rawCell(document, record, column)!;
            expect(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw).toBe(cell);
          }
      }),
      RUNS,
    );
  });

  it('an edited cell holds its value, and all other bytes are the same', () => {
    let exact = 0;
    fc.assert(
      fc.property(PLACED, CELL, ({ document, record, column }, value) => {
        const after = setCells(document, [{ record, column, value }]);
        expectTrue(after);
        const wanted = document.records.map((cells, at) => {
          if (at !== record || (cells[column] ?? '') === value) return cells;
          const padded = [...cells, ...Array.from({ length: Math.max(0, column - cells.length) }, () => '')];
          return Object.assign([...padded], { [column]: value });
        });
        expect(after.records).toEqual(wanted);
        const raw = rawCell(document, record, column);
        // a heading with a single quote in a bare cell has the engine look for the delimiter in the rows too
        if (raw === undefined || record === 0 || isLopsided(document)) return;
        const from = document.spans[record]!.start + document.spans[record]!.cells[column * 2]!;
        expect(after.text.slice(0, from)).toBe(document.text.slice(0, from));
        const rest = document.text.slice(from + raw.length);
        expect(after.text.slice(after.text.length - rest.length)).toBe(rest);
        exact++;
      }),
      RUNS,
    );
    expect(exact).toBeGreaterThan(RUNS.numRuns / 5);
  });

  it('rows go in and out', () => {
    fc.assert(
      fc.property(PLACED, fc.array(CELL, { minLength: 1, maxLength: 3 }), ({ document, record }, row) => {
        const at = record + 1;
        const more = insertRows(document, at, [row, row]);
        expectTrue(more);
        expect(more.records).toEqual([
          ...document.records.slice(0, at),
          row,
          row,
          ...document.records.slice(at),
        ]);
        const less = deleteRows(document, at, at + 2);
        expectTrue(less);
        expect(less.records).toEqual([...document.records.slice(0, at), ...document.records.slice(at + 2)]);
      }),
      RUNS,
    );
  });

  it('columns go in and out', () => {
    fc.assert(
      fc.property(PLACED, CELL, ({ document, column }, heading) => {
        const more = insertColumns(document, column, [heading]);
        expectTrue(more);
        expect(more.records).toEqual(
          document.records.map((cells, at) =>
            cells.length < column ? cells : cells.toSpliced(column, 0, at === 0 ? heading : ''),
          ),
        );
        const less = deleteColumns(document, column, column + 1);
        expectTrue(less);
        if (document.records[0]!.length === 1 && column === 0) return;
        expect(less.records).toEqual(
          document.records.map((cells) => {
            const left = cells.toSpliced(column, 1);
            return left.length === 0 ? [''] : left;
          }),
        );
      }),
      RUNS,
    );
  });
});
