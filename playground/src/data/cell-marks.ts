// What the last run says of cells and rows of a file, where it stands in the grid.

import { columnName, type Diagnostic } from '../../../src/browser-data.ts';

/** What is said of one row: of the whole row, and of its cells by their column. */
export interface RowMarks {
  readonly row: readonly Diagnostic[];
  readonly cells: ReadonlyMap<number, readonly Diagnostic[]>;
}

/** What is said of a file. Rows are records: the heading is 0. */
export interface FileMarks {
  /** Of the file as a whole. */
  readonly file: readonly Diagnostic[];
  readonly rows: ReadonlyMap<number, RowMarks>;
  /** Rows that something is said of, in their order. */
  readonly places: readonly { readonly row: number; readonly column: number }[];
}

/** The marks of the file of that name. A column without a row is marked at its heading. */
export function marksOf(
  file: string,
  header: readonly string[],
  diagnostics: readonly Diagnostic[],
): FileMarks {
  const names = header.map(columnName);
  const whole: Diagnostic[] = [];
  const rows = new Map<number, { row: Diagnostic[]; cells: Map<number, Diagnostic[]> }>();
  for (const each of diagnostics) {
    const { data } = each;
    if (data?.file !== file) continue;
    const column = data.column === undefined ? -1 : names.indexOf(columnName(data.column));
    if (data.row === undefined && column < 0) {
      whole.push(each);
      continue;
    }
    const at = (data.row ?? 1) - 1;
    const marks = rows.get(at) ?? { row: [], cells: new Map<number, Diagnostic[]>() };
    rows.set(at, marks);
    if (column < 0) marks.row.push(each);
    else marks.cells.set(column, [...(marks.cells.get(column) ?? []), each]);
  }
  const places = [...rows]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([row, { cells }]) =>
      cells.size === 0
        ? [{ row, column: 0 }]
        : [...cells.keys()].toSorted((a, b) => a - b).map((column) => ({ row, column })),
    );
  return { file: whole, rows, places };
}
