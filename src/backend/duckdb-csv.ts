// Whether DuckDB's CSV reader may be trusted with a file: it reads fast, and in some files otherwise than the rules
// say (it drops blank lines and what follows a closing quote, guesses at mixed line ends, pads ragged rows).

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

export interface PlainCsv {
  /** Rows below the heading. */
  readonly rows: number;
  readonly columns: number;
  /** The bytes of the heading line, without its end. */
  readonly heading: Uint8Array;
}

/**
 * The shape of a CSV file that every reader reads alike, or `undefined` for any other, which is for our own reader:
 * UTF-8; records of one length, two cells at least, with one kind of line end, LF or CRLF; no blank line; quotes only
 * around whole cells or doubled inside such; no line end inside quotes; no NUL.
 */
export function plainCsv(bytes: Uint8Array, delimiter: string): PlainCsv | undefined {
  const separator = delimiter.charCodeAt(0);
  if (delimiter.length !== 1 || separator > 0x7f || separator === QUOTE) return undefined;
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let records = 0;
  let columns = 0;
  let heading: Uint8Array | undefined;
  let withCr: boolean | undefined;
  let at = start;
  while (at < bytes.length) {
    const record = at;
    let cells = 1;
    for (;;) {
      if (bytes[at] === QUOTE) {
        at = afterQuotes(bytes, at);
        if (at < 0) return undefined;
      } else {
        for (let byte = bytes[at]; byte !== separator && byte !== LF && byte !== CR; byte = bytes[++at]) {
          if (at >= bytes.length) break;
          if (byte === QUOTE || byte === 0) return undefined;
        }
      }
      if (at >= bytes.length || bytes[at] !== separator) break;
      cells++;
      at++;
    }
    const end = at;
    if (at < bytes.length) {
      const cr = bytes[at] === CR;
      if (cr && bytes[at + 1] !== LF) return undefined;
      if (!cr && bytes[at] !== LF) return undefined; // something after a closing quote
      if (withCr !== undefined && withCr !== cr) return undefined;
      withCr = cr;
      at += cr ? 2 : 1;
    }
    if (end === record) return undefined; // a blank line
    if (heading === undefined) {
      heading = bytes.subarray(start, end);
      columns = cells;
      if (columns < 2) return undefined;
    } else if (cells !== columns) return undefined;
    records++;
  }
  return heading && { rows: records - 1, columns, heading };
}

/** The place after a quoted cell that opens at `at`; -1 when it isn't closed in its line. */
function afterQuotes(bytes: Uint8Array, at: number): number {
  for (let next = at + 1; next < bytes.length; next++) {
    const byte = bytes[next];
    if (byte === LF || byte === CR || byte === 0) return -1;
    if (byte !== QUOTE) continue;
    if (bytes[next + 1] !== QUOTE) return next + 1;
    next++;
  }
  return -1;
}
