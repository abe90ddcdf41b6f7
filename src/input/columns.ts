// From cells to typed columns: each cell converted by the rules of convert.ts, most of them without being cut out of the
// text. Plain numbers and days are read off their digits; of the others a text is converted once for all its cells.

import { type Day, dayOf, daysInMonth } from '../base/date.ts';
import { type Exact, exact, fraction } from '../base/exact.ts';
import { atOnce, type Work } from '../base/limits.ts';
import type { Binding, BoundSource, TextTable } from '../model/dataset.ts';
import type { FieldModel } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { wordsOf } from './column-words.ts';
import { type ConvertContext, type Converted, cellConverter } from './convert.ts';
import { beginOf, type CsvScan, cellAt, scanOf } from './csv-scan.ts';

/** The converted cells of one field, by row from 0. Rows with a wrong number of cells have none. */
export type Column =
  /** `digits / 10^places` of each row; where `places` is `MISSING` none, where it is `ELSEWHERE` what `others` has. */
  | {
      readonly kind: 'scaled';
      readonly digits: Float64Array;
      readonly places: Uint8Array;
      readonly others: ReadonlyMap<number, Converted>;
    }
  /** Of each row the index of what its text comes to; below 0 it stays in the text, and `cut` converts it. */
  | {
      readonly kind: 'coded';
      readonly codes: Int32Array;
      readonly found: readonly Converted[];
      readonly cut: (row: number) => Converted;
    };

export const ELSEWHERE = 255;
export const MISSING = 254;
const QUOTE = 34;

/** Reads the fields of a source, a column for each. */
export function readColumns(...source: Parameters<typeof readingColumns>): readonly Column[] {
  return atOnce(readingColumns(...source));
}

/** As `readColumns`; a piece of work is a column, and counts as its part of the rows. */
export function* readingColumns(
  bound: BoundSource,
  fields: readonly FieldModel[],
  input: { readonly text: TextTable; readonly context: ConvertContext },
): Work<readonly Column[]> {
  const cells = cellsOf(input.text, bound.header.length);
  const columns: Column[] = [];
  for (const [at, field] of fields.entries()) {
    columns.push(readColumn(cells, { field, binding: bound.bindings[at]!, context: input.context }));
    yield Math.ceil(cells.count / fields.length);
  }
  return columns;
}

function readColumn(
  cells: Cells,
  {
    field,
    binding,
    context,
  }: { readonly field: FieldModel; readonly binding: Binding; readonly context: ConvertContext },
): Column {
  const convert = cellConverter(field, context);
  if (binding.kind !== 'column') {
    const found = convert(binding.kind === 'constant' ? binding.text : '');
    return { kind: 'coded', codes: new Int32Array(cells.count), found: [found], cut: () => found };
  }
  const { index } = binding;
  switch (field.type.kind) {
    case 'number':
    case 'money':
      return scaled(cells, { index, field, convert, plain: numberReader(context) });
    case 'date':
      return scaled(cells, { index, field, convert, plain: dayReader() });
    default:
      return coded(cells, index, convert);
  }
}

/** What a column has in a row whose number of cells is right. */
export function convertedAt(column: Column, row: number): Converted {
  switch (column.kind) {
    case 'scaled': {
      const places = column.places[row]!;
      if (places === ELSEWHERE) return column.others.get(row)!;
      if (places === MISSING) return NOTHING;
      return { value: fraction(column.digits[row]!, POWERS[places]!) };
    }
    case 'coded': {
      const code = column.codes[row]!;
      return code < 0 ? column.cut(row) : column.found[code]!;
    }
    default:
      return column satisfies never;
  }
}

const NOTHING: Converted = { value: undefined };

/** The value of such a cell; missing where it was rejected. */
export function valueAt(column: Column, row: number): Cell {
  const found = convertedAt(column, row);
  return 'reason' in found ? undefined : found.value;
}

// ---- cells -----------------------------------------------------------------------------------------------------------

/** The cells of a table, found by row and column; of text that was scanned, by their places. */
export interface Cells {
  readonly count: number;
  /** How many cells a row has where it is right. */
  readonly columns: number;
  readonly scan?: CsvScan;
  width(row: number): number;
  text(row: number, column: number): string;
}

/** The cells below a heading of so many columns. */
export function cellsOf(table: TextTable, columns: number): Cells {
  const scan = scanOf(table);
  if (!scan) {
    const { rows } = table;
    return {
      count: rows.length,
      columns,
      width: (row) => rows[row]!.length,
      text: (row, column) => rows[row]![column]!,
    };
  }
  const { starts } = scan;
  return {
    count: starts.length - 2,
    columns,
    scan,
    width: (row) => starts[row + 2]! - starts[row + 1]!,
    text: (row, column) => cellAt(scan, row + 1, column),
  };
}

// ---- numbers and days ------------------------------------------------------------------------------------------------

/** Reads a cell that is nothing but digits: gives its decimals and keeps its digits, or gives `ELSEWHERE`. */
interface PlainReader {
  read(text: string, from: number, until: number): number;
  digits(): number;
}

interface ScaledField {
  readonly index: number;
  readonly field: FieldModel;
  readonly convert: (text: string) => Converted;
  readonly plain: PlainReader;
}

function scaled(cells: Cells, { index, field, convert, plain }: ScaledField): Column {
  const { count, scan, columns } = cells;
  const digits = new Float64Array(count);
  const places = new Uint8Array(count);
  const others = new Map<number, Converted>();
  const isWithin = bounds(field);
  for (let row = 0; row < count; row++) {
    if (cells.width(row) !== columns) continue;
    let decimals: number;
    if (scan) {
      const from = beginOf(scan, row + 1, index);
      const until = scan.ends[scan.starts[row + 1]! + index]!;
      const quote = scan.text.charCodeAt(from) === QUOTE ? 1 : 0;
      decimals = plain.read(scan.text, from + quote, until - quote);
    } else {
      const text = cells.text(row, index);
      decimals = plain.read(text, 0, text.length);
    }
    if (decimals !== ELSEWHERE && isWithin(plain.digits(), decimals)) digits[row] = plain.digits();
    else {
      const found = convert(cells.text(row, index));
      decimals = 'value' in found && found.value === undefined ? MISSING : ELSEWHERE;
      if (decimals === ELSEWHERE) others.set(row, found);
    }
    places[row] = decimals;
  }
  return { kind: 'scaled', digits, places, others };
}

/** Whether a figure is surely within a field's bounds; what can't be told in whole numbers isn't. */
function bounds({ from, until }: FieldModel): (digits: number, places: number) => boolean {
  if (from === undefined && until === undefined) return () => true;
  const least = from === undefined ? undefined : exact(from);
  const most = until === undefined ? undefined : exact(until);
  const above = (bound: Exact, digits: number, places: number): number => {
    const left = digits * Number(bound.den);
    const right = Number(bound.num) * POWERS[places]!;
    return Number.isSafeInteger(left) && Number.isSafeInteger(right) ? left - right : Number.NaN;
  };
  return (digits, places) =>
    (!least || above(least, digits, places) >= 0) && (!most || above(most, digits, places) <= 0);
}

/** Powers of ten by their exponent, up to the most decimals of a plain number. */
export const POWERS: readonly number[] = Array.from({ length: 10 }, (_, places) => 10 ** places);
const ZERO = 48;
const MINUS = 45;
const PLUS = 43;

/** Digits of a sum that a double holds, whichever they are. */
const MOST_DIGITS = 15;

function numberReader({ dialect }: ConvertContext): PlainReader {
  const { decimal: sign = '.', thousands } = dialect;
  // a decimal sign that is none, or that may part thousands too, is left to the rules
  const decimal = sign.length === 1 && sign !== thousands ? sign.charCodeAt(0) : -1;
  let kept = 0;
  return {
    digits: () => kept,
    read(text, from, until) {
      const sign = from < until ? text.charCodeAt(from) : 0;
      const first = sign === MINUS || sign === PLUS ? from + 1 : from;
      let value = 0;
      let point = -1;
      for (let at = first; at < until; at++) {
        const code = text.charCodeAt(at);
        if (code >= ZERO && code <= ZERO + 9) value = value * 10 + (code - ZERO);
        else if (code === decimal && point < 0) point = at;
        else return ELSEWHERE;
      }
      const before = (point < 0 ? until : point) - first;
      const after = point < 0 ? 0 : until - point - 1;
      if (before === 0 || (after === 0 && point >= 0)) return ELSEWHERE;
      if (before + after > MOST_DIGITS || after >= POWERS.length) return ELSEWHERE;
      kept = sign === MINUS && value > 0 ? -value : value;
      return after;
    },
  };
}

const HYPHEN = 45;

function dayReader(): PlainReader {
  const months = new Map<number, { readonly first: Day; readonly length: number }>();
  let kept = 0;
  const monthOf = (year: number, month: number): { readonly first: Day; readonly length: number } => {
    const key = year * 12 + month;
    const known = months.get(key) ?? { first: dayOf(year, month, 1), length: daysInMonth(year, month) };
    months.set(key, known);
    return known;
  };
  return {
    digits: () => kept,
    read(text, from, until) {
      if (until - from !== 10) return ELSEWHERE;
      if (text.charCodeAt(from + 4) !== HYPHEN || text.charCodeAt(from + 7) !== HYPHEN) return ELSEWHERE;
      const year = twoDigits(text, from) * 100 + twoDigits(text, from + 2);
      const month = twoDigits(text, from + 5);
      const date = twoDigits(text, from + 8);
      if (!(year >= 1 && month >= 1 && month <= 12 && date >= 1)) return ELSEWHERE;
      const { first, length } = monthOf(year, month);
      if (date > length) return ELSEWHERE;
      kept = first + date - 1;
      return 0;
    },
  };
}

/** A number of two digits; not a number where they aren't. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

// ---- words -----------------------------------------------------------------------------------------------------------

function coded(cells: Cells, index: number, convert: (text: string) => Converted): Column {
  const { codes, firsts } = wordsOf(cells, index);
  const cut = (row: number): Converted => convert(cells.text(row, index));
  return { kind: 'coded', codes, found: firsts.map(cut), cut };
}
