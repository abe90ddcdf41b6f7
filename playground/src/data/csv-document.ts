// A CSV file that is being edited. The text is the truth: what is kept beside it says where each cell stands, as the
// engine reads it. A change replaces the bytes of the cells that it means, and all others stay as they are.

import { type Checked, type Dialect, placedCsv, sniffDelimiter } from '../../../src/browser-data.ts';

/** A byte order mark, which the engine takes no notice of at the beginning of a file. */
export const MARK = '\ufeff';

/** A CSV text with its cells; record 0 is the heading, as row 1 of a spreadsheet. */
export interface CsvDocument {
  readonly text: string;
  readonly file: string;
  readonly dialect: Dialect;
  readonly delimiter: string;
  /** What ends its lines: that of the first one, a line feed where there is one line only. */
  readonly lineEnd: string;
  /** The heading as it is written; the engine reads its names without spaces around them, in NFC. */
  readonly records: readonly (readonly string[])[];
  /** Where each record begins, and where its last cell ends. */
  readonly spans: readonly RecordSpan[];
}

/** A record's place in the text, and its cells' places from its beginning: begin and end, one after the other. */
export interface RecordSpan {
  readonly start: number;
  readonly end: number;
  readonly cells: readonly number[];
}

/** Reads a text as the engine does. Without a value: what the engine would say of it. */
export function openCsv(text: string, file: string, dialect: Dialect): Checked<CsvDocument | undefined> {
  const { value, diagnostics } = placedCsv(text, file, dialect);
  if (value.places.length === 0) return { value: undefined, diagnostics };
  const { delimiter, rows, places } = value;
  const heading = cellsOf(text, places[0]!);
  return {
    value: {
      text,
      file,
      dialect,
      delimiter,
      lineEnd: lineEndOf(text, places),
      records: [heading, ...rows],
      spans: places.map(spanOf),
    },
    diagnostics,
  };
}

/** A cell's text as it stands in the file, quotes included; nothing where the record has no such cell. */
export function rawCell({ text, spans }: CsvDocument, record: number, column: number): string | undefined {
  const span = spans[record];
  if (!span || column * 2 >= span.cells.length) return undefined;
  return text.slice(span.start + span.cells[column * 2]!, span.start + span.cells[column * 2 + 1]!);
}

/** How many columns the widest record has. */
export function widthOf({ records }: CsvDocument): number {
  return records.reduce((most, each) => Math.max(most, each.length), 0);
}

/**
 * The document with some of its records written anew; `undefined` takes one out. Where that would make the engine read
 * the file another way (it finds the delimiter from the heading), the value is absent.
 */
export function withRecords(
  before: CsvDocument,
  changed: ReadonlyMap<number, readonly string[] | undefined>,
): CsvDocument | undefined {
  const { text, delimiter } = before;
  const pieces: string[] = [];
  const spans: RecordSpan[] = [];
  const records: (readonly string[])[] = [];
  let kept = 0;
  let moved = 0;
  for (const [at, span] of before.spans.entries()) {
    if (!changed.has(at)) {
      spans.push(moved === 0 ? span : { ...span, start: span.start + moved, end: span.end + moved });
      records.push(before.records[at]!);
      continue;
    }
    const cells = changed.get(at);
    pieces.push(text.slice(kept, span.start));
    if (cells === undefined) {
      // with the line end that follows it
      kept = before.spans[at + 1]?.start ?? text.length;
      moved -= kept - span.start;
      continue;
    }
    const written = cells.join(delimiter);
    pieces.push(written);
    kept = span.end;
    const start = span.start + moved;
    spans.push({ start, end: start + written.length, cells: placesOf(cells, delimiter) });
    records.push(cells.map(unquoted));
    moved += written.length - (span.end - span.start);
  }
  pieces.push(text.slice(kept));
  const after = { ...before, text: pieces.join(''), spans, records };
  return readsAlike(after.text, before) ? after : undefined;
}

/** The document with records written in before one of them, or after the last. Absent as in `withRecords`. */
export function withInserted(
  before: CsvDocument,
  at: number,
  written: readonly (readonly string[])[],
): CsvDocument | undefined {
  const { text, lineEnd, delimiter, spans } = before;
  const place = spans[at]?.start ?? text.length;
  const isOpen = at >= spans.length && !/[\r\n]/.test(text.slice(spans.at(-1)!.end));
  const lines = written.map((cells) => cells.join(delimiter));
  const added = lines.map((line) => (isOpen ? lineEnd + line : line + lineEnd)).join('');
  return openAlike(before, text.slice(0, place) + added + text.slice(place));
}

function openAlike(before: CsvDocument, text: string): CsvDocument | undefined {
  const after = openCsv(text, before.file, before.dialect).value;
  return after && readsAlike(text, before) ? after : undefined;
}

/** Whether the engine finds the same delimiter in an edited text, and takes no cell for the mark that may begin a file. */
function readsAlike(text: string, { text: was, dialect, delimiter }: CsvDocument): boolean {
  if (text.startsWith(MARK) !== was.startsWith(MARK)) return false;
  return dialect.delimiter !== undefined || sniffDelimiter(text) === delimiter;
}

/** What a written cell holds. */
export function unquoted(raw: string): string {
  return raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw;
}

function spanOf(places: readonly number[]): RecordSpan {
  const start = places[0]!;
  return { start, end: places.at(-1)!, cells: places.map((each) => each - start) };
}

function placesOf(cells: readonly string[], delimiter: string): readonly number[] {
  const places: number[] = [];
  let at = 0;
  for (const each of cells) {
    places.push(at, at + each.length);
    at += each.length + delimiter.length;
  }
  return places;
}

function cellsOf(text: string, places: readonly number[]): readonly string[] {
  const cells: string[] = [];
  for (let at = 0; at < places.length; at += 2) cells.push(unquoted(text.slice(places[at], places[at + 1])));
  return cells;
}

function lineEndOf(text: string, places: readonly (readonly number[])[]): string {
  const end = places[0]!.at(-1)!;
  const [found] = /^(?:\r\n|\r|\n)/.exec(text.slice(end, end + 2)) ?? [];
  return found ?? '\n';
}
