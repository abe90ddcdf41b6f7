// The door for pages that show data as the engine reads it: cells of CSV and JSON with their places, and bytes as text.
// It brings none of the engine with it.

export type { Checked, DataPlace, Diagnostic } from './base/diagnostic.ts';
export { columnName, type PlacedCsv, placedCsv, readCsv, sniffDelimiter } from './input/csv.ts';
export { readJson, readNdjson } from './input/json.ts';
export { decodeUtf8 } from './input/read.ts';
export type { Dialect, TextTable } from './model/dataset.ts';
