// Columns: the values of a formula in many cells at once, as typed arrays, and what of them is exact. A column is held
// over a common denominator, as a fraction a cell, or as a double with a bound of its error; in all three a cell that
// can't be decided so is marked, and worked out exactly by itself.

import type { Exact } from '../base/exact.ts';
import type { Cell } from '../model/value.ts';

/** How many cells one step of the work takes at a time: what they need lies in the processor's cache. */
export const CHUNK = 1024;

/** Whole numbers up to it are exact in doubles. */
export const SAFE = Number.MAX_SAFE_INTEGER;

/** More than the relative error of one rounding of a double (2^-53). */
export const UNIT = 1.2e-16;

/** Makes up for the roundings of a bound that is worked out itself. */
export const WIDER = 1 + 1e-14;

/** Below it a product or quotient of doubles may have lost digits that its relative error doesn't count. */
export const TINY = 1e-250;

interface Filled {
  /** 1 where the value is missing; absent: nowhere. */
  readonly missing?: Uint8Array;
  /** The value in one cell, counted over all chunks, as a fraction; throws `LEFT` where columns don't know it. */
  readonly exactly: (cell: number) => Cell;
}

/** Thrown where a cell is left to whoever evaluates cells one by one. */
export const LEFT = Symbol('left to the evaluation of cells');

/** Works a cell's value out once, however many look at it one after the other. */
export function exactlyOnce(work: (cell: number) => Cell): (cell: number) => Cell {
  let last = -1;
  let value: Cell;
  return (cell) => {
    if (cell !== last) {
      value = work(cell);
      last = cell;
    }
    return value;
  };
}

/** What two numbers make, missing where one of them is. */
export function exactlyOf(
  work: (a: Exact, b: Exact) => Cell,
  [a, b]: readonly [Column, Column],
): (cell: number) => Cell {
  return exactlyOnce((cell) => {
    const [x, y] = [a.exactly(cell), b.exactly(cell)];
    return x === undefined || y === undefined ? undefined : work(x as Exact, y as Exact);
  });
}

/** `num / den`, exactly. INVARIANT: each `num` is a whole number, at most `most` from 0, which is safe. */
export interface WholeColumn extends Filled {
  readonly kind: 'whole';
  readonly num: Float64Array;
  readonly den: number;
  readonly most: number;
  /** The same in each cell, from the beginning. */
  readonly constant?: true;
}

/** `num / den`, exactly, `den` above zero in each cell. INVARIANT: whole numbers at most `most` and `mostDen`, both safe. */
export interface RatioColumn extends Filled {
  readonly kind: 'ratio';
  readonly num: Float64Array;
  readonly den: Float64Array;
  readonly most: number;
  readonly mostDen: number;
}

/** Within `error` of `value`. INVARIANT: where a value is missing both are 0. */
export interface NearColumn extends Filled {
  readonly kind: 'near';
  readonly value: Float64Array;
  readonly error: Float64Array;
  /** The cells of which the fraction is known as well: those that a bound or a level piece of a table decided. */
  readonly some?: SomeExact;
}

/** Fractions in the cells where `known` is 1. INVARIANT: as in `RatioColumn`, in the other cells too. */
export interface SomeExact {
  readonly num: Float64Array;
  readonly den: Float64Array;
  readonly known: Uint8Array;
  readonly most: number;
  readonly mostDen: number;
}

export type NumberColumn = WholeColumn | RatioColumn | NearColumn;

/** Whether something holds, 1 or 0. */
export interface TruthColumn extends Filled {
  readonly kind: 'truth';
  readonly holds: Uint8Array;
}

/** Words and texts, as places in a list that all columns of the work share. */
export interface WordColumn extends Filled {
  readonly kind: 'word';
  readonly place: Int32Array;
}

export type Column = NumberColumn | TruthColumn | WordColumn;

/** One step: fills a column for `count` cells, of which the first is the cell `from` of all. */
export type Step = (count: number, from: number) => void;

/** The steps of a piece of work in their order, and the cells that they leave to the exact way. */
export interface Work {
  readonly steps: Step[];
  /** 1 for each cell of the chunk that doubles don't decide: its fractions do. */
  readonly undecided: Uint8Array;
  /** 1 for each cell of the chunk that columns leave to the evaluation of cells. */
  readonly left: Uint8Array;
  /** Each word that is met, with its place. */
  readonly words: Map<string, number>;
  /** Whether fractions of some cells are kept beside doubles: where whole amounts are at bounds, as in rounding down. */
  readonly keepsFractions: boolean;
}

export function createWork(keepsFractions = false): Work {
  return {
    keepsFractions,
    steps: [],
    undecided: new Uint8Array(CHUNK),
    left: new Uint8Array(CHUNK),
    words: new Map(),
  };
}

/** The place of a word. */
export function wordPlace({ words }: Work, word: string): number {
  const found = words.get(word) ?? words.size;
  words.set(word, found);
  return found;
}

export function doubles(): Float64Array {
  return new Float64Array(CHUNK);
}

export function marks(): Uint8Array {
  return new Uint8Array(CHUNK);
}

/** The same value in each cell; of a number too large to be safe its nearest double. */
export function constantColumn(constant: Exact): NumberColumn {
  const { num, den } = constant;
  const exactly = (): Exact => constant;
  if (typeof num === 'number' && typeof den === 'number')
    return { kind: 'whole', num: doubles().fill(num), den, most: Math.abs(num), constant: true, exactly };
  const value = nearest(constant);
  const error = doubles().fill(Math.abs(value) * 2 * UNIT);
  return { kind: 'near', value: doubles().fill(value), error, exactly };
}

/** A double within two roundings of an exact number, or not finite. */
export function nearest({ num, den }: Exact): number {
  if (typeof num === 'number' && typeof den === 'number') return num / den;
  const [top, bottom] = [BigInt(num), BigInt(den)];
  // enough digits of both that cutting the rest off is less than a rounding
  const cut = Math.max(0, Math.min(length(top), length(bottom)) - 80);
  return Number(top >> BigInt(cut)) / Number(bottom >> BigInt(cut));
}

function length(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}

/** The column as doubles with their error. */
export function near(work: Work, column: NumberColumn): NearColumn {
  if (column.kind === 'near') return column;
  const { num, den, missing, exactly } = column;
  const value = doubles();
  const error = doubles();
  if (typeof den === 'number') {
    const unit = den === 1 ? 0 : UNIT;
    if (isConstant(column)) {
      const found = num[0]! / den;
      return { kind: 'near', value: value.fill(found), error: error.fill(Math.abs(found) * unit), exactly };
    }
    work.steps.push((count) => {
      for (let at = 0; at < count; at++) {
        const found = num[at]! / den;
        value[at] = found;
        error[at] = Math.abs(found) * unit;
      }
    });
  } else {
    work.steps.push((count) => {
      for (let at = 0; at < count; at++) {
        const found = num[at]! / den[at]!;
        value[at] = found;
        // a quotient that comes out whole is seen to be exact
        error[at] = Math.floor(found) === found && found * den[at]! === num[at] ? 0 : Math.abs(found) * UNIT;
      }
    });
  }
  return { kind: 'near', value, error, exactly, ...(missing ? { missing } : {}) };
}

/** Cells in which any of the columns is missing; absent: in none. */
export function anyMissing(work: Work, columns: readonly Column[]): { readonly missing?: Uint8Array } {
  const found = [...new Set(columns.flatMap(({ missing }) => missing ?? []))];
  if (found.length < 2) return found[0] ? { missing: found[0] } : {};
  const missing = marks();
  work.steps.push((count) => {
    missing.fill(0, 0, count);
    for (const each of found) for (let at = 0; at < count; at++) missing[at]! |= each[at]!;
  });
  return { missing };
}

/** Leaves cells to their fractions in which a value that has to be there is missing. */
export function needed({ steps, undecided }: Work, { missing }: Column): void {
  if (!missing) return;
  steps.push((count) => {
    for (let at = 0; at < count; at++) undecided[at]! |= missing[at]!;
  });
}

/** Whether the column is the same in each cell from the beginning, so that nothing has to be worked out of it again. */
export function isConstant(column: Column): column is WholeColumn & { readonly constant: true } {
  return column.kind === 'whole' && column.constant === true;
}

export function gcd(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** The least common multiple, or `undefined` where it isn't safe. */
export function commonDen(dens: readonly number[]): number | undefined {
  let found = 1;
  for (const each of dens) {
    found = (found / gcd(found, each)) * each;
    if (found > SAFE) return undefined;
  }
  return found;
}

/** Columns over one denominator, if all are whole and that is safe. */
export function overOne(work: Work, columns: readonly NumberColumn[]): readonly WholeColumn[] | undefined {
  const whole = columns.filter((each) => each.kind === 'whole');
  if (whole.length < columns.length) return undefined;
  const den = commonDen(whole.map((each) => each.den));
  if (den === undefined || whole.some((each) => each.most * (den / each.den) > SAFE)) return undefined;
  return whole.map((each) => scaled(work, each, den));
}

function scaled(work: Work, column: WholeColumn, den: number): WholeColumn {
  const by = den / column.den;
  if (by === 1) return column;
  const from = column.num;
  const num = doubles();
  if (isConstant(column)) num.fill(from[0]! * by);
  else
    work.steps.push((count) => {
      for (let at = 0; at < count; at++) num[at] = from[at]! * by;
    });
  return { ...column, num, den, most: column.most * by };
}

/** The cells of a column of which the fraction is known, if such are kept. */
export function someExact({ keepsFractions }: Work, column: NumberColumn): SomeExact | undefined {
  if (!keepsFractions) return undefined;
  if (column.kind === 'near') return column.some;
  const { num, den, most, mostDen } = asRatio(column)!;
  return { num, den, most, mostDen, known: marks().fill(1) };
}

/** A column as fractions a cell, if it is exact. */
export function asRatio(column: NumberColumn): RatioColumn | undefined {
  if (column.kind === 'near') return undefined;
  if (column.kind === 'ratio') return column;
  const { num, den, most, missing, exactly } = column;
  return {
    kind: 'ratio',
    exactly,
    num,
    den: doubles().fill(den),
    most,
    mostDen: den,
    ...(missing ? { missing } : {}),
  };
}
