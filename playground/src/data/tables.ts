// The data as tables: a file's text, read as the engine reads it. CSV can be edited; JSON is shown.

import {
  type Checked,
  type Diagnostic,
  type Dialect,
  readJson,
  readNdjson,
  type TextTable,
} from '../../../src/browser-data.ts';
import type { DataFile } from '../worker/held.ts';
import { type CsvDocument, openCsv } from './csv-document.ts';
import { csvText } from './csv-edits.ts';

/** What the grid shows of a file; record 0 is the heading. */
export type ShownTable =
  | { readonly kind: 'csv'; readonly document: CsvDocument }
  | { readonly kind: 'json'; readonly records: readonly (readonly string[])[] }
  | { readonly kind: 'unread'; readonly problems: readonly Diagnostic[] };

/** The table of each kind as it was read last, and what it was read from. */
const known = new Map<string, { readonly from: DataFile; readonly table: ShownTable }>();

/** The table of a file, read once. */
export function tableOf(file: DataFile): ShownTable {
  const last = known.get(file.name);
  if (last && isSame(last.from, file)) return last.table;
  const table = read(file);
  known.set(file.name, { from: file, table });
  return table;
}

/** A file with the text of an edited document, whose cells are known. */
export function withDocument(file: DataFile, document: CsvDocument): DataFile {
  const next = { ...file, text: document.text };
  known.set(file.name, { from: next, table: { kind: 'csv', document } });
  return next;
}

function isSame(one: DataFile, other: DataFile): boolean {
  const isWritten = JSON.stringify(one.dialect ?? {}) === JSON.stringify(other.dialect ?? {});
  return one.file === other.file && isWritten && one.text === other.text;
}

export function recordsOf(table: ShownTable): readonly (readonly string[])[] {
  switch (table.kind) {
    case 'csv':
      return table.document.records;
    case 'json':
      return table.records;
    case 'unread':
      return [];
    default:
      return table satisfies never;
  }
}

export function isJson(file: string): boolean {
  return /\.(json|ndjson|jsonl)$/i.test(file);
}

/** A JSON file's rows as a CSV file: the engine reads the same cells. */
export function asCsv(file: DataFile): DataFile {
  const text = csvText(recordsOf(tableOf(file)));
  return { ...file, file: file.file.replace(/\.[^.]*$/, '.csv'), text };
}

function read({ file, text, dialect = {} }: DataFile): ShownTable {
  if (isJson(file)) {
    const { value, diagnostics } = readRows(file, text, dialect);
    if (diagnostics.length > 0) return { kind: 'unread', problems: diagnostics };
    return { kind: 'json', records: [value.header, ...value.rows] };
  }
  const { value, diagnostics } = openCsv(text, file, dialect);
  return value ? { kind: 'csv', document: value } : { kind: 'unread', problems: diagnostics };
}

/** The heading and rows of any text file of data, as the engine reads them. */
export function readRows(file: string, text: string, dialect: Dialect): Checked<TextTable> {
  if (/\.json$/i.test(file)) return readJson(text, file);
  if (isJson(file)) return readNdjson(text, file);
  const { value, diagnostics } = openCsv(text, file, dialect);
  const [header = [], ...rows] = value?.records ?? [];
  return { value: { header, rows }, diagnostics };
}
