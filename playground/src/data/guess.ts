// Which kind of rows a dropped file holds, and which column each field is read from: by the file's name and its headings.
// What is only likely is a suggestion, which its user confirms.

import { columnName, type Dialect } from '../../../src/browser-data.ts';
import type { FieldNeed, SourceNeed } from '../worker/overview.ts';
import { hasCommas } from './clipboard.ts';
import { meansSame, plainWord } from './known-words.ts';

/** A file whose rows have been read as text. */
export interface FoundFile {
  readonly file: string;
  readonly header: readonly string[];
}

/** What a file may be. */
export interface Guess {
  /** The kind of rows; absent where nothing speaks for any. */
  readonly name?: string;
  /** Nothing is left to doubt: the name fits or the headings do, and each needed field has the column of its name. */
  readonly sure: boolean;
  /** Field to column, where they differ in name. */
  readonly columns: Readonly<Record<string, string>>;
  /** Needed fields without a column. */
  readonly lacking: readonly string[];
}

/** The likeliest kind of rows of a file. */
export function guessSource(found: FoundFile, needs: readonly SourceNeed[]): Guess {
  const ranked = needs
    .map((need) => ({ need, likeness: likenessOf(found, need) }))
    .filter(({ likeness }) => likeness > 0)
    .toSorted((a, b) => b.likeness - a.likeness);
  const [best, second] = ranked;
  if (!best) return { sure: false, columns: {}, lacking: [] };
  const { columns, lacking, exact } = columnsFor(found.header, best.need.fields);
  const stands = !second || best.likeness > second.likeness;
  return { name: best.need.name, sure: stands && exact && lacking.length === 0, columns, lacking };
}

/** Which column each field is read from, as far as names tell. */
export function columnsFor(
  header: readonly string[],
  fields: readonly FieldNeed[],
): Pick<Guess, 'columns' | 'lacking'> & { readonly exact: boolean } {
  const names = header.map(columnName).filter((each) => each !== '');
  const left = new Set(names);
  const columns = new Map<string, string>();
  const ways: readonly ((field: string, column: string) => boolean)[] = [
    (field, column) => field === column,
    (field, column) => plainWord(field) === plainWord(column),
    meansSame,
    // `Сумма сделки`, where no other column has a word of that meaning
    (field, column) =>
      holdsWord(field, column) && names.filter((each) => holdsWord(field, each)).length === 1,
  ];
  let exact = true;
  for (const [at, fits] of ways.entries())
    for (const { name } of fields) {
      if (columns.has(name)) continue;
      const column = [...left].find((each) => fits(name.normalize('NFC'), each));
      if (column === undefined) continue;
      columns.set(name, column);
      left.delete(column);
      if (at >= 2) exact = false;
    }
  return {
    columns: Object.fromEntries([...columns].filter(([field, column]) => field.normalize('NFC') !== column)),
    lacking: fields.filter(({ name, optional }) => !optional && !columns.has(name)).map(({ name }) => name),
    exact,
  };
}

/** Whether one of the words of a heading in several words means what a field is called. */
function holdsWord(field: string, column: string): boolean {
  return column.split(/\s+/).some((word) => word !== column && word !== '' && meansSame(field, word));
}

/** Points for the name of the file, and for each needed field that has a column; nothing where neither fits. */
function likenessOf({ file, header }: FoundFile, { name, fields }: SourceNeed): number {
  const needed = fields.filter((each) => !each.optional);
  const { lacking } = columnsFor(header, fields);
  const share = needed.length === 0 ? 0 : (needed.length - lacking.length) / needed.length;
  const named = isNamed(file, name) ? 1 : 0;
  // headings alone speak for a kind only where all that it needs is there
  return named === 0 && share < 1 ? 0 : named * 2 + share;
}

/** Whether a file is called after a kind of rows: `deals.csv`, `2026-01 Сделки (2).csv`. */
function isNamed(file: string, name: string): boolean {
  const stem = file.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
  const words = stem.split(/[^\p{L}]+/u).filter((each) => each !== '');
  const runs = words.flatMap((_, from) =>
    words.slice(from).map((_each, length) => words.slice(from, from + length + 1)),
  );
  return runs.some((run) => {
    const text = run.join('');
    return singulars(plainWord(text)).includes(plainWord(name)) || meansSame(text, name);
  });
}

function singulars(word: string): readonly string[] {
  return [
    word,
    word.replace(/s$/, ''),
    word.replace(/es$/, ''),
    word.replace(/ies$/, 'y'),
    word.replace(/[ыи]$/, ''),
  ];
}

/** How many rows are looked at to find how numbers are written. */
const ROWS_LOOKED_AT = 2000;

/** How a file's numbers are written, where that isn't with a point and without a sign between thousands. */
export function guessDialect(
  rows: readonly (readonly string[])[],
  { header, columns, fields }: FoundColumns,
): Pick<Dialect, 'decimal' | 'thousands'> {
  const names = header.map(columnName);
  const numeric = fields
    .filter(({ type }) => NUMERIC.has(type))
    .map(({ name }) => names.indexOf(columns[name] ?? name));
  const cells = rows
    .slice(0, ROWS_LOOKED_AT)
    .flatMap((row) => numeric.flatMap((at) => (at < 0 ? [] : [(row[at] ?? '').trim()])));
  const decimal = hasCommas(cells) && !cells.some((each) => /\d\.\d/.test(each));
  const thousands = [' ', '\u00a0', '\u202f'].find((sign) =>
    cells.some((each) => new RegExp(String.raw`^[+-]?\d{1,3}(?:${sign}\d{3})+(?:[.,]\d+)?\s?%?$`).test(each)),
  );
  return { ...(decimal && { decimal: ',' }), ...(thousands !== undefined && { thousands }) };
}

interface FoundColumns {
  readonly header: readonly string[];
  readonly columns: Readonly<Record<string, string>>;
  readonly fields: readonly FieldNeed[];
}

const NUMERIC = new Set(['number', 'money', 'percent']);
