// From the text of a CSV file to cells. The scanner is our own because a stray quote has two answers here: inside a
// bare cell it is a character, after a closing quote it is an error with its row; csv-parse is strict about both or
// lax about both, and takes lines that hold only `""` for blank ones.

import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import type { Dialect, TextTable } from '../model/dataset.ts';
import { trimAscii } from './convert.ts';
import { afterQuote, emptyFile, openQuote } from './messages.ts';

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
  const delimiter = dialect.delimiter ?? sniffDelimiter(text);
  const { records, problem } = scan(text, file, delimiter);
  if (problem) return { value: NOTHING, diagnostics: [problem] };
  const [heading, ...rows] = records;
  if (!heading) return { value: NOTHING, diagnostics: [emptyFile(file)] };
  return { value: { header: heading.map(columnName), rows }, diagnostics: [] };
}

/** A heading as columns are known by: without spaces around it, in NFC. */
export function columnName(text: string): string {
  return trimAscii(text).normalize('NFC');
}

interface Scanned {
  readonly records: string[][];
  readonly problem?: Diagnostic;
}

function scan(text: string, file: string, delimiter: string): Scanned {
  const records: string[][] = [];
  let record: string[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    if (record.length === 0 && isLineEnd(text[at])) {
      at++; // a blank line, or the LF of a CRLF
      continue;
    }
    let cell: string;
    if (text[at] === '"') {
      const end = closingQuote(text, at);
      if (end < 0) return { records, problem: openQuote(file, records.length + 1) };
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
      if (at < text.length && text[at] !== delimiter && !isLineEnd(text[at])) {
        return { records, problem: afterQuote(file, records.length + 1, text.slice(at, at + 10)) };
      }
    } else {
      const start = at;
      while (at < text.length && text[at] !== delimiter && !isLineEnd(text[at])) at++;
      cell = text.slice(start, at);
    }
    record.push(cell);
    if (text[at] === delimiter) {
      at++;
      // a delimiter that ends the record has an empty cell after it
      if (at < text.length && !isLineEnd(text[at])) continue;
      record.push('');
    }
    records.push(record);
    record = [];
    at++;
  }
  return { records };
}

function isLineEnd(letter: string | undefined): boolean {
  return letter === '\n' || letter === '\r';
}

/** Where the quote that opened at `open` closes, or -1. */
function closingQuote(text: string, open: number): number {
  let at = open + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || text[quote + 1] !== '"') return quote;
    at = quote + 2;
  }
}
