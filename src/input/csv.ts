// From the text of a CSV file to cells. The scanner is our own because a stray quote has two answers here: inside a
// bare cell it is a character, after a closing quote it is an error with its row; csv-parse is strict about both or
// lax about both, and takes lines that hold only `""` for blank ones.

import type { Checked } from '../base/diagnostic.ts';
import { atOnce, type Work } from '../base/limits.ts';
import type { Dialect, TextTable } from '../model/dataset.ts';
import { trimAscii } from './convert.ts';
import { beginOf, recordAt, scanCsv, scanningCsv, tableOf } from './csv-scan.ts';
import { emptyFile } from './messages.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const NOTHING: TextTable = { header: [], rows: [] };

/** The delimiter that occurs most in the heading line outside quotes, the earlier of `,` `;` tab `|` on a tie. */
export function sniffDelimiter(text: string): string {
  const counts = new Map<string, number>(DELIMITERS.map((each) => [each, 0]));
  let quoted = false;
  for (const letter of text.replace(/^\ufeff?[\r\n]*/, '')) {
    if (letter === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (letter === '\n' || letter === '\r') break;
    else if (counts.has(letter)) counts.set(letter, counts.get(letter)! + 1);
  }
  return DELIMITERS.reduce((best, each) => (counts.get(each)! > counts.get(best)! ? each : best));
}

/**
 * The records of a CSV text: the first is the heading (names trimmed, in NFC), the others are rows as they stand,
 * which may be shorter or longer than it. Records end with LF, CRLF or CR; a line with nothing on it is no record.
 * Errors: no heading; a quote that is never closed; text after a closing quote.
 */
export function readCsv(text: string, file: string, dialect: Dialect): Checked<TextTable> {
  return atOnce(readingCsv(text, file, dialect));
}

/** As `readCsv`, in pieces of work. */
export function* readingCsv(text: string, file: string, dialect: Dialect): Work<Checked<TextTable>> {
  const delimiter = dialect.delimiter ?? sniffDelimiter(text);
  const { value: scan, diagnostics } = yield* scanningCsv(text, file, delimiter);
  if (diagnostics.length > 0) return { value: NOTHING, diagnostics };
  if (scan.starts.length < 2) return { value: NOTHING, diagnostics: [emptyFile(file)] };
  return { value: tableOf(scan, recordAt(scan, 0).map(columnName)), diagnostics: [] };
}

/** A CSV text with the place of each cell in it, for whoever changes cells and nothing else. */
export interface PlacedCsv extends TextTable {
  readonly delimiter: string;
  /** Of each record, the heading first: where its cells begin and end, quotes included, one after the other. */
  readonly places: readonly (readonly number[])[];
}

/** As `readCsv`, with the places of the cells. */
export function placedCsv(text: string, file: string, dialect: Dialect): Checked<PlacedCsv> {
  const delimiter = dialect.delimiter ?? sniffDelimiter(text);
  const { value: scan, diagnostics } = scanCsv(text, file, delimiter);
  const records = Array.from({ length: scan.starts.length - 1 }, (_, at) => recordAt(scan, at));
  const [heading, ...rows] = records;
  if (!heading) {
    const problems = diagnostics.length > 0 ? diagnostics : [emptyFile(file)];
    return { value: { ...NOTHING, delimiter, places: [] }, diagnostics: problems };
  }
  const places = records.map((cells, at) =>
    cells.flatMap((_, column) => [beginOf(scan, at, column), scan.ends[scan.starts[at]! + column]!]),
  );
  return { value: { header: heading.map(columnName), rows, delimiter, places }, diagnostics: [] };
}

/** A heading as columns are known by: without spaces around it, in NFC. */
export function columnName(text: string): string {
  return trimAscii(text).normalize('NFC');
}
