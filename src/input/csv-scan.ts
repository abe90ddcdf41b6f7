// Where the cells of a CSV text stand in it. No cell is cut out here: most of them become a number or a word that is
// known already, and a string for each would take longer than all else.

import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { atOnce, type Work } from '../base/limits.ts';
import type { TextTable } from '../model/dataset.ts';
import { afterQuote, openQuote } from './messages.ts';

/** A CSV text and the places of its cells, of all records in order; the first record is the heading. */
export interface CsvScan {
  readonly text: string;
  /** Where each cell ends, its quotes included; the next one of the record begins after the delimiter. */
  readonly ends: Int32Array;
  /** Where the first cell of each record begins. */
  readonly begins: Int32Array;
  /** Of each record the number of cells before it, and at last the number of all. */
  readonly starts: Int32Array;
}

const QUOTE = 34;
const LF = 10;
const CR = 13;

/** How many records are a piece of work. */
const PIECE = 4096;

/** As `scanCsv`, in pieces of work. */
export function* scanningCsv(text: string, file: string, delimiter: string): Work<Checked<CsvScan>> {
  // what isn't a single character is never met
  const parting = delimiter.length === 1 ? delimiter.charCodeAt(0) : -1;
  const length = text.length;
  let ends = new Int32Array(Math.max(64, length >> 3));
  let filled = 0;
  let begins = new Int32Array(Math.max(64, length >> 6));
  let starts = new Int32Array(begins.length);
  let records = 0;
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let isFirst = true;
  while (at < length) {
    let code = text.charCodeAt(at);
    if (isFirst) {
      if (code === LF || code === CR) {
        at++; // a blank line, or the LF of a CRLF
        continue;
      }
      if (records + 1 >= starts.length) {
        starts = longer(starts);
        begins = longer(begins);
      }
      starts[records] = filled;
      begins[records] = at;
      isFirst = false;
    }
    // room for this cell, and for an empty one after the last delimiter
    if (filled + 2 > ends.length) ends = longer(ends);
    if (code === QUOTE) {
      const end = closingQuote(text, at);
      if (end < 0) return refused(openQuote(file, records + 1));
      at = end + 1;
      code = at < length ? text.charCodeAt(at) : LF;
      if (code !== parting && code !== LF && code !== CR)
        return refused(afterQuote(file, records + 1, text.slice(at, at + 10)));
    } else {
      while (code !== parting && code !== LF && code !== CR) {
        if (++at === length) break;
        code = text.charCodeAt(at);
      }
    }
    ends[filled++] = at;
    if (at < length && code === parting) {
      at++;
      code = at < length ? text.charCodeAt(at) : LF;
      if (code !== LF && code !== CR) continue;
      // a delimiter that ends the record has an empty cell after it
      ends[filled++] = at;
    }
    records++;
    isFirst = true;
    at++;
    if (records % PIECE === 0) yield PIECE;
  }
  starts[records] = filled;
  return {
    value: {
      text,
      ends: ends.subarray(0, filled),
      begins: begins.subarray(0, records),
      starts: starts.subarray(0, records + 1),
    },
    diagnostics: [],
  };
}

/**
 * Scans a text. Records end with LF, CRLF or CR; a line with nothing on it is no record; a byte order mark at the
 * beginning is skipped. Errors, after which nothing is scanned: a quote that is never closed; text after a closing
 * quote.
 */
export function scanCsv(text: string, file: string, delimiter: string): Checked<CsvScan> {
  return atOnce(scanningCsv(text, file, delimiter));
}

function refused(problem: Diagnostic): Checked<CsvScan> {
  const none = new Int32Array(0);
  return { value: { text: '', ends: none, begins: none, starts: Int32Array.of(0) }, diagnostics: [problem] };
}

/** Where the quote that opened at `open` closes, or -1. */
function closingQuote(text: string, open: number): number {
  let at = open + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || text.charCodeAt(quote + 1) !== QUOTE) return quote;
    at = quote + 2;
  }
}

function longer(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const more = new Int32Array(numbers.length * 2);
  more.set(numbers);
  return more;
}

/** Where a cell of a record begins, its quotes included. */
export function beginOf({ ends, begins, starts }: CsvScan, record: number, column: number): number {
  return column === 0 ? begins[record]! : ends[starts[record]! + column - 1]! + 1;
}

/** What a cell of a record holds. */
export function cellAt(scan: CsvScan, record: number, column: number): string {
  const { text, ends, starts } = scan;
  const from = beginOf(scan, record, column);
  const until = ends[starts[record]! + column]!;
  if (text.charCodeAt(from) !== QUOTE || until === from) return text.slice(from, until);
  const inside = text.slice(from + 1, until - 1);
  return inside.includes('"') ? inside.replaceAll('""', '"') : inside;
}

/** The cells of one record. */
export function recordAt(scan: CsvScan, record: number): string[] {
  const width = scan.starts[record + 1]! - scan.starts[record]!;
  return Array.from({ length: width }, (_, column) => cellAt(scan, record, column));
}

const scans = new WeakMap<TextTable, CsvScan>();

/**
 * A table whose rows are cut out of the text when somebody first looks at them. `scanOf` gives what it was made from, so
 * that whoever wants columns needs no rows.
 */
export function tableOf(scan: CsvScan, header: readonly string[]): TextTable {
  let rows: readonly (readonly string[])[] | undefined;
  const table: TextTable = {
    header,
    get rows() {
      rows ??= Array.from({ length: scan.starts.length - 2 }, (_, at) => recordAt(scan, at + 1));
      return rows;
    },
  };
  scans.set(table, scan);
  return table;
}

/** What a table was made from, where that was a CSV text. */
export function scanOf(table: TextTable): CsvScan | undefined {
  return scans.get(table);
}

/** How many rows a table has below its heading; none of their cells is cut out for it. */
export function rowCount(table: TextTable): number {
  const scan = scanOf(table);
  return scan ? scan.starts.length - 2 : table.rows.length;
}
