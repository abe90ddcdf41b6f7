// From an Arrow table to cells of text. Only its shape is known here, so that whoever has no Arrow needs none, and any
// version of it will do. Decimals and moments are taken from the integers that they are kept as.

import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { giveTurn, withinRows } from '../base/limits.ts';
import { columnName } from './csv.ts';
import { type Cells, cellOf, type GivenCell, TAKEN_IN_A_TURN, type TakeRows } from './given-rows.ts';
import { inexactValue } from './messages.ts';

/** A table of Apache Arrow, as far as it is looked at. */
export interface ArrowTable {
  readonly numRows: number;
  readonly schema: { readonly fields: readonly { readonly name: string; readonly type: ArrowType }[] };
  getChildAt(index: number): ArrowVector | null;
}

/** A column's type: the number of its kind, and what kinds say beside. */
export interface ArrowType {
  readonly typeId: number;
  readonly scale?: number;
  readonly unit?: number;
  readonly timezone?: string | null;
  readonly dictionary?: ArrowType;
}

/** A column, in parts that each have their values as they lie in memory. */
export interface ArrowVector {
  get(index: number): unknown;
  readonly data: readonly { readonly length: number; readonly values?: unknown }[];
}

/** Whether something that a program gives is an Arrow table. */
export function isArrow(given: object): given is ArrowTable {
  const table = given as Partial<ArrowTable>;
  return (
    typeof table.numRows === 'number' &&
    typeof table.getChildAt === 'function' &&
    Array.isArray(table.schema?.fields)
  );
}

/** The cells of a table. Errors: M2064 for the first value of each column that can't be taken. */
export async function takeArrow(table: ArrowTable, take: TakeRows): Promise<Checked<Cells>> {
  withinRows(take.limits, take.file, table.numRows);
  const header = table.schema.fields.map((each) => each.name);
  const rows = Array.from({ length: table.numRows }, (): (string | undefined)[] => []);
  const diagnostics: Diagnostic[] = [];
  for (const [at, { name, type }] of table.schema.fields.entries()) {
    const vector = table.getChildAt(at);
    if (!vector || !take.wanted.has(columnName(name))) continue;
    const read = readerOf(vector, type, take.numbers);
    for (const [row, cells] of rows.entries()) {
      if (row % TAKEN_IN_A_TURN === 0) await giveTurn(take.limits);
      const cell = vector.get(row) === null ? { text: undefined } : read(row);
      if ('text' in cell) {
        cells[at] = cell.text;
        continue;
      }
      const place = { file: take.file, row: row + 2, column: name };
      diagnostics.push(inexactValue(place, String(vector.get(row)), cell.why));
      break;
    }
  }
  return { value: { header, rows }, diagnostics };
}

/** Numbers of Arrow's kinds, as its format fixes them. */
const KIND = {
  dictionary: -1,
  null: 1,
  int: 2,
  float: 3,
  utf8: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  timestamp: 10,
  largeUtf8: 20,
} as const;

/** How many moments make a second, by the number of a unit; and days, of dates. */
const A_SECOND = [1n, 1000n, 1_000_000n, 1_000_000_000n] as const;
const DAYS = 0;
const DAY = 86_400n;

type Read = (row: number) => GivenCell;

/** How the value of a row that has one is read. */
function readerOf(vector: ArrowVector, type: ArrowType, numbers: TakeRows['numbers']): Read {
  switch (type.typeId) {
    case KIND.int:
    case KIND.float:
    case KIND.utf8:
    case KIND.largeUtf8:
    case KIND.bool:
    case KIND.null:
      return (row) => cellOf(vector.get(row), numbers);
    case KIND.dictionary:
      // a word's text is the same wherever it stands; other kinds would need the dictionary's own memory
      return type.dictionary && TEXTS.has(type.dictionary.typeId)
        ? (row) => cellOf(vector.get(row), numbers)
        : refuse;
    case KIND.decimal:
      return (row) => ({ text: decimalOf(vector.get(row), type.scale ?? 0) });
    case KIND.date: {
      const raw = rawOf(vector);
      return (row) => ({
        text: clockText(type.unit === DAYS ? raw(row) * DAY : raw(row), type.unit === DAYS ? 1n : 1000n),
      });
    }
    case KIND.timestamp: {
      const raw = rawOf(vector);
      // without a zone it is what a clock on the wall shows, as in a file
      const offset = type.timezone ? 'Z' : '';
      return (row) => ({ text: `${clockText(raw(row), A_SECOND[type.unit ?? 0]!)}${offset}` });
    }
    default:
      return refuse;
  }
}

const TEXTS: ReadonlySet<number> = new Set([KIND.utf8, KIND.largeUtf8]);

const refuse: Read = () => ({
  why: 'columns of this kind are not read: turn it into text, a number or a date',
});

/** The whole number under a row, in the part of the column that holds it. */
function rawOf(vector: ArrowVector): (row: number) => bigint {
  return (row) => {
    let at = row;
    for (const { length, values } of vector.data) {
      if (at < length) return BigInt((values as ArrayLike<number | bigint>)[at]!);
      at -= length;
    }
    return 0n;
  };
}

/** `2026-01-31T08:30:00.250` for a number of parts of a second since 1970. */
function clockText(count: bigint, inASecond: bigint): string {
  const rest = ((count % inASecond) + inASecond) % inASecond;
  const seconds = (count - rest) / inASecond;
  const moment = new Date(Number(seconds) * 1000);
  // past what a Date can say it is past what a cell can, too: reading it says so
  if (Number.isNaN(moment.getTime())) return String(count);
  const digits = String(inASecond).length - 1;
  const decimals = digits === 0 ? '' : `.${String(rest).padStart(digits, '0')}`;
  return `${moment.toISOString().slice(0, -'.000Z'.length)}${decimals}`;
}

/** The text of a decimal from its words of 32 bits, the lowest first, in two's complement. */
function decimalOf(words: unknown, scale: number): string {
  const all = Array.from(words as Uint32Array, (each) => BigInt(each >>> 0));
  const unsigned = all.reduceRight((sum, word) => (sum << 32n) | word, 0n);
  const value = BigInt.asIntN(all.length * 32, unsigned);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const sign = value < 0n ? '-' : '';
  if (scale <= 0) return `${sign}${digits}${'0'.repeat(-scale)}`;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
