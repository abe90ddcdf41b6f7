// Cells that may lie past the table's end: it grows by the rows and columns that they need.

import { type CsvDocument, widthOf } from './csv-document.ts';
import { type CellChange, insertColumns, insertRows, setCells } from './csv-edits.ts';

/** Writes cells; rows below the last are added as wide as the heading, columns past it without a heading. */
export function writeCells(document: CsvDocument, changes: readonly CellChange[]): CsvDocument {
  const height = changes.reduce((most, each) => Math.max(most, each.record + 1), 0);
  const width = changes.reduce((most, each) => Math.max(most, each.column + 1), 0);
  const wide = width > widthOf(document) ? widened(document, width) : document;
  const first = wide.records.length;
  const columns = wide.records[0]!.length;
  const rows = Array.from({ length: Math.max(0, height - first) }, () =>
    Array.from({ length: columns }, () => ''),
  );
  for (const { record, column, value } of changes) if (record >= first) rows[record - first]![column] = value;
  const edited = setCells(
    wide,
    changes.filter((each) => each.record < first),
  );
  return rows.length === 0 ? edited : insertRows(edited, first, rows.map(filled));
}

function widened(document: CsvDocument, width: number): CsvDocument {
  const columns = document.records[0]!.length;
  return insertColumns(
    document,
    columns,
    Array.from({ length: width - columns }, () => ''),
  );
}

/** A list without holes: a cell may lie past the others of its row. */
function filled(cells: readonly string[]): readonly string[] {
  return Array.from(cells, (each) => each ?? '');
}
