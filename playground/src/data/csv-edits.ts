// What people do to a table, as changes of its CSV text: cells, rows and columns. Whatever isn't meant keeps its bytes.

import {
  type CsvDocument,
  MARK,
  openCsv,
  rawCell,
  unquoted,
  withInserted,
  withRecords,
} from './csv-document.ts';

/** A cell to be given a value; record 0 is the heading. */
export interface CellChange {
  readonly record: number;
  readonly column: number;
  readonly value: string;
}

/** Gives cells their values, each written as it was: with quotes if it had them, else only where it needs them. */
export function setCells(before: CsvDocument, changes: readonly CellChange[]): CsvDocument {
  const byRecord = new Map<number, CellChange[]>();
  for (const each of changes) {
    const own = byRecord.get(each.record) ?? [];
    own.push(each);
    byRecord.set(each.record, own);
  }
  const changed = new Map<number, readonly string[]>();
  for (const [record, own] of byRecord) {
    const cells = rawsOf(before, record);
    const held = before.records[record];
    if (!held) continue;
    for (const { column, value } of own) {
      if ((held[column] ?? '') === value) continue;
      while (cells.length < column) cells.push('');
      const was = cells[column];
      cells[column] = written(value, before.delimiter, was === undefined ? isQuoted(cells) : isQuoted([was]));
    }
    changed.set(record, whole(cells));
  }
  return withRecords(before, changed) ?? rewritten(before, applied(before, changed));
}

/** Puts rows in before a record, or after the last; cells are quoted where those of the row above are. */
export function insertRows(
  before: CsvDocument,
  at: number,
  rows: readonly (readonly string[])[],
): CsvDocument {
  const above = rawsOf(before, at - 1);
  const lines = rows.map((row) =>
    whole(
      row.map((value, column) => written(value, before.delimiter, isQuoted(above.slice(column, column + 1)))),
    ),
  );
  const records = [...before.records.slice(0, at), ...rows, ...before.records.slice(at)];
  return withInserted(before, at, lines) ?? rewritten(before, records);
}

/** Takes rows out; the heading stays. */
export function deleteRows(before: CsvDocument, from: number, until: number): CsvDocument {
  const changed = new Map<number, undefined>();
  for (let at = Math.max(from, 1); at < Math.min(until, before.records.length); at++)
    changed.set(at, undefined);
  return withRecords(before, changed) ?? rewritten(before, applied(before, changed));
}

/** Puts columns in before one of them, or after the last; rows that don't reach so far stay as they are. */
export function insertColumns(before: CsvDocument, at: number, headings: readonly string[]): CsvDocument {
  return everyRecord(before, (cells, record) => {
    if (cells.length < at) return cells;
    const quoted = isQuoted(cells);
    const added = headings.map((each) => written(record === 0 ? each : '', before.delimiter, quoted));
    return [...cells.slice(0, at), ...added, ...cells.slice(at)];
  });
}

/** Takes columns out of every row, unless they are all that there are. */
export function deleteColumns(before: CsvDocument, from: number, until: number): CsvDocument {
  if (from <= 0 && until >= before.records[0]!.length) return before;
  return everyRecord(before, (cells) => {
    const left = [...cells.slice(0, from), ...cells.slice(until)];
    return left.length === 0 ? [''] : left;
  });
}

/** A table as a CSV text of its own, in the plain form. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${whole(row.map((each) => safe(each))).join(',')}\n`).join('');
}

function everyRecord(
  before: CsvDocument,
  change: (cells: readonly string[], record: number) => readonly string[],
): CsvDocument {
  const changed = new Map<number, readonly string[]>();
  for (const at of before.records.keys()) changed.set(at, whole(change(rawsOf(before, at), at)));
  return withRecords(before, changed) ?? rewritten(before, applied(before, changed));
}

function rawsOf(document: CsvDocument, record: number): string[] {
  const cells = document.records[record] ?? [];
  return cells.map((_, column) => rawCell(document, record, column)!);
}

/** A value as it stands in a file: in quotes where it was so before, or would else be read as something else. */
function written(value: string, delimiter: string, quoted: boolean): string {
  const text = wellFormed(value);
  const isPlain = !/["\r\n\ufeff]/.test(text) && !text.includes(delimiter);
  return isPlain && !quoted ? text : quotedText(text);
}

/** Half of a surrogate pair is no character: the engine would refuse the whole file for it. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}

/** In quotes wherever a program could take it for more than one cell. */
function safe(value: string): string {
  return /[,;\t|"\r\n\ufeff]/.test(value) ? quotedText(value) : value;
}

function quotedText(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A row of one empty cell would be a blank line, which is no row. */
function whole(cells: readonly string[]): readonly string[] {
  return cells.length === 1 && cells[0] === '' ? ['""'] : cells;
}

function isQuoted(cells: readonly string[]): boolean {
  return cells.length > 0 && cells.every((each) => each.startsWith('"'));
}

function applied(
  { records }: CsvDocument,
  changed: ReadonlyMap<number, readonly string[] | undefined>,
): readonly (readonly string[])[] {
  return records.flatMap((cells, at) => {
    if (!changed.has(at)) return [cells];
    const now = changed.get(at);
    return now === undefined ? [] : [now.map(unquoted)];
  });
}

/**
 * The whole file written anew, where a change of the heading would have the engine find another delimiter: every cell that
 * holds any sign that could be one is quoted.
 */
function rewritten(before: CsvDocument, records: readonly (readonly string[])[]): CsvDocument {
  const { text, lineEnd, file, dialect } = before;
  // a heading of one column shows no delimiter, and is taken to have commas
  const delimiter = records[0]!.length > 1 ? before.delimiter : ',';
  const mark = text.startsWith(MARK) ? MARK : '';
  const end = /[\r\n]$/.test(text) ? lineEnd : '';
  const lines = records.map((cells) => whole(cells.map((each) => safe(wellFormed(each)))).join(delimiter));
  return openCsv(mark + lines.join(lineEnd) + end, file, dialect).value!;
}
