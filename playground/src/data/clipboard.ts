// Blocks of cells on their way from and to spreadsheets: text with tabs between cells and a line for each row, cells with
// tabs, line ends or quotes in quotes.

/** The cells of a pasted text. One line end after the last row is no row, as spreadsheets put it there. */
export function pastedCells(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  for (;;) {
    const quoted = quotedCell(text, at);
    const end = quoted?.end ?? plainEnd(text, at);
    row.push(quoted?.value ?? text.slice(at, end));
    at = end;
    if (text[at] === '\t') {
      at++;
      continue;
    }
    rows.push(row);
    row = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (at >= text.length) return rows;
  }
}

/** A cell in quotes that close before a tab, a line end or the end; any other quote is a character. */
function quotedCell(
  text: string,
  start: number,
): { readonly value: string; readonly end: number } | undefined {
  if (text[start] !== '"') return undefined;
  let at = start + 1;
  for (;;) {
    at = text.indexOf('"', at);
    if (at < 0) return undefined;
    if (text[at + 1] === '"') {
      at += 2;
      continue;
    }
    const end = at + 1;
    const closes = end >= text.length || /[\t\r\n]/.test(text[end]!);
    return closes ? { value: text.slice(start + 1, at).replaceAll('""', '"'), end } : undefined;
  }
}

function plainEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !/[\t\r\n]/.test(text[at]!)) at++;
  return at;
}

/** Cells as spreadsheets take them from the clipboard. */
export function copiedText(rows: readonly (readonly string[])[]): string {
  const cell = (value: string): string =>
    /[\t\r\n"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return rows.map((row) => row.map(cell).join('\t')).join('\r\n');
}

/** How the source that is pasted into writes its values, column by column. */
export interface PasteTarget {
  /** The policy's type of each pasted column, where one is read from it. */
  readonly types: readonly (string | undefined)[];
  /** The decimal sign of the file. */
  readonly decimal: string;
}

/** Pasted cells as the file writes them, and how many were changed for that. */
export interface Fitted {
  readonly rows: readonly (readonly string[])[];
  readonly numbers: number;
  readonly dates: number;
}

const NUMERIC = new Set(['number', 'money', 'percent']);
const THIN = String.raw`[ \u00a0\u202f]`;
const COMMA_NUMBER = new RegExp(String.raw`^([+-]?\d{1,3}(?:${THIN}\d{3})+|[+-]?\d+)(?:,(\d+))?(\s?%)?$`);
const DOTTED_DATE = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

/**
 * Writes numbers with a decimal comma, and days like `31.01.2026`, as the engine reads them, in columns of such types only. A
 * column of which every comma has exactly three digits after it could as well have commas between thousands: it stays as it
 * is, and the run says what is wrong with it.
 */
export function fitted(rows: readonly (readonly string[])[], { types, decimal }: PasteTarget): Fitted {
  const width = rows.reduce((most, each) => Math.max(most, each.length), 0);
  const changes = Array.from({ length: width }, (_, column) => {
    const cells = rows.map((row) => row[column] ?? '');
    const type = types[column] ?? '';
    if (type === 'date') return isoDay;
    if (!NUMERIC.has(type) || decimal !== '.') return same;
    return hasCommas(cells) ? pointed : spaceless;
  });
  let numbers = 0;
  let dates = 0;
  const fit = (value: string, column: number): string => {
    const change = changes[column]!;
    const now = change(value);
    if (now !== value) {
      if (change === isoDay) dates++;
      else numbers++;
    }
    return now;
  };
  return { rows: rows.map((row) => row.map(fit)), numbers, dates };
}

function same(value: string): string {
  return value;
}

function pointed(value: string): string {
  const [, whole, part, sign] = COMMA_NUMBER.exec(value.trim()) ?? [];
  if (whole === undefined) return value;
  return (
    whole.replace(/[^\d+-]/g, '') + (part === undefined ? '' : `.${part}`) + (sign === undefined ? '' : '%')
  );
}

/** Where commas are in doubt, only what has none is written otherwise. */
function spaceless(value: string): string {
  return value.includes(',') ? value : pointed(value);
}

function isoDay(value: string): string {
  const [, day, month, year] = DOTTED_DATE.exec(value.trim()) ?? [];
  return year === undefined ? value : `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
}

/** Whether the commas of a column are decimal signs beyond doubt: some have other than three digits after them. */
export function hasCommas(cells: readonly string[]): boolean {
  const parts = cells.map((each) => COMMA_NUMBER.exec(each.trim())?.[2]).filter((each) => each !== undefined);
  return parts.some((each) => each.length !== 3);
}
