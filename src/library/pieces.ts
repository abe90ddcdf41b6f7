// What tables of rates and curves mean, said once for people and rows: between any two of its bounds a table gives a
// constant and a multiple of what it reads. Databases work tables out so, and the checker tells by it which of them end in
// decimals.

import {
  add,
  compare,
  divide,
  type Exact,
  exact,
  isZero,
  multiply,
  subtract,
  whole,
  ZERO,
} from '../base/exact.ts';
import type { Curve, Rates, Tier } from '../model/tables.ts';

/** What a table gives in one piece. */
export type PieceValue =
  /** `constant + slope * x`. */
  | { readonly kind: 'straight'; readonly constant: Exact; readonly slope: Exact }
  /** `base`, and `more` for each full `per` past `origin`. */
  | {
      readonly kind: 'full';
      readonly base: Exact;
      readonly more: Exact;
      readonly per: Exact;
      readonly origin: Exact;
    }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'missing' };

/** Where a piece begins: at its bound (`includes`) or just above it. */
export interface Piece {
  readonly bound: Exact;
  readonly includes: boolean;
  readonly value: PieceValue;
}

/** Of the pieces whose bound is reached the last one holds; below the first bound it is `below`. */
export interface Pieces {
  readonly below: PieceValue;
  readonly pieces: readonly Piece[];
}

const NOTHING: PieceValue = { kind: 'straight', constant: ZERO, slope: ZERO };

/** A line through a point. */
function line(slope: Exact, origin: Exact, base: Exact): PieceValue {
  return { kind: 'straight', slope, constant: subtract(base, multiply(slope, origin)) };
}

function flat(value: Exact): PieceValue {
  return { kind: 'straight', constant: value, slope: ZERO };
}

/** What a straight piece gives, or would give at a bound where it doesn't hold any more. */
export function valueAt(value: PieceValue, x: Exact): Exact {
  if (value.kind !== 'straight') return ZERO;
  // what has no upper end may be read too, where the table goes on level
  return isZero(value.slope) ? value.constant : add(value.constant, multiply(value.slope, x));
}

/** The amounts of a table of rates; a first tier from 0 goes on below it. */
export function amountPieces({ mode, tiers }: Rates): Pieces {
  const pieces: Piece[] = [];
  tiers.forEach((tier, at) => {
    const [bound, rate] = [exact(tier.bound), exact(tier.rate)];
    const before = pieces.at(-1);
    const base = before ? valueAt(before.value, bound) : ZERO;
    const value =
      mode === 'whole' || tier.onAll
        ? line(rate, ZERO, ZERO)
        : line(mode === 'amounts' ? slopeOf(tier, rate, tiers[at + 1]) : rate, bound, base);
    pieces.push({ bound, includes: tier.includes, value });
  });
  const [first, last] = [pieces[0], tiers.at(-1)];
  if (mode === 'amounts' && last?.until !== undefined) {
    const end = exact(last.until);
    pieces.push({ bound: end, includes: true, value: flat(valueAt(pieces.at(-1)!.value, end)) });
  }
  return { below: first && isZero(first.bound) ? first.value : NOTHING, pieces };
}

function slopeOf(tier: Tier, amount: Exact, next: Tier | undefined): Exact {
  const end = next?.bound ?? tier.until!;
  return divide(amount, subtract(exact(end), exact(tier.bound))) ?? ZERO;
}

/** The rates that a table reaches. */
export function ratePieces({ tiers }: Rates): Pieces {
  const pieces = tiers.map((tier) => ({
    bound: exact(tier.bound),
    includes: tier.includes,
    value: flat(exact(tier.rate)),
  }));
  const first = pieces[0];
  return { below: first && isZero(first.bound) ? first.value : NOTHING, pieces };
}

/** The scores of a curve. */
export function scorePieces(curve: Curve): Pieces {
  const words = curve.output.kind === 'enumeration' || curve.output.kind === 'text';
  const given = (text: string | undefined): PieceValue =>
    text === undefined ? { kind: 'missing' } : words ? { kind: 'word', word: text } : flat(exact(text));
  const pieces: Piece[] = [];
  curve.points.forEach((point, at) => {
    const bound = exact(point.at);
    const next = curve.points[at + 1];
    if (point.upTo) return;
    if (!next || curve.mode === 'steps') pieces.push({ bound, includes: true, value: given(point.score) });
    else {
      const [score, end] = [exact(point.score), exact(next.at)];
      const rise = subtract(exact(next.score), score);
      const slope = divide(rise, subtract(end, bound)) ?? ZERO;
      pieces.push({ bound, includes: true, value: line(slope, bound, score) });
    }
  });
  const last = curve.points.at(-1)!;
  const [bound, base] = [exact(last.at), words ? ZERO : exact(last.score)];
  if (curve.slope) {
    const [more, per] = [exact(curve.slope.more), exact(curve.slope.per)];
    const value: PieceValue = curve.slope.full
      ? { kind: 'full', base, more, per, origin: bound }
      : line(divide(more, per)!, bound, base);
    pieces.push({ bound, includes: false, value });
  } else if (curve.above !== undefined || curve.mode === 'linear')
    pieces.push({ bound, includes: false, value: given(curve.above) });
  return { below: given(curve.below), pieces };
}

/** The least whole number that makes decimals of all constants and slopes of a table; 1 where they are decimals. */
export function denominatorOf({ below, pieces }: Pieces): bigint {
  const values = [below, ...pieces.map((each) => each.value)];
  return decimalsBy(
    values.flatMap((value) =>
      value.kind === 'straight'
        ? [value.constant, value.slope]
        : value.kind === 'full'
          ? [value.base, value.more, value.per, value.origin]
          : [],
    ),
  );
}

/** The least whole number that makes decimals of all these numbers; 1 where they are decimals. */
export function decimalsBy(values: readonly Exact[]): bigint {
  return values.reduce((all, { den }) => leastMultiple(all, withoutTens(BigInt(den))), 1n);
}

/** Whether a table rises or falls between two of its bounds. */
export function isSloped({ below, pieces }: Pieces): boolean {
  return [below, ...pieces.map((each) => each.value)].some(
    (value) => value.kind === 'straight' && !isZero(value.slope),
  );
}

/** Whether a table goes on level, in a word or missing past its last bound, so that it has a value without end. */
export function isLevelAtTop({ below, pieces }: Pieces): boolean {
  const last = pieces.at(-1)?.value ?? below;
  return last.kind === 'straight' ? isZero(last.slope) : last.kind !== 'full';
}

/** A number without its factors 2 and 5. */
function withoutTens(value: bigint): bigint {
  let rest = value;
  for (const factor of [2n, 5n]) while (rest % factor === 0n) rest /= factor;
  return rest;
}

function leastMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** The piece in which a value lies. */
export function pieceAt({ below, pieces }: Pieces, value: Exact): PieceValue {
  return (
    pieces.findLast(({ bound, includes }) => {
      const order = compare(value, bound);
      return order > 0 || (order === 0 && includes);
    })?.value ?? below
  );
}

/** The value that pieces give. */
export function readPieces(pieces: Pieces, x: Exact): Exact | string | undefined {
  const value = pieceAt(pieces, x);
  switch (value.kind) {
    case 'straight':
      return valueAt(value, x);
    case 'full': {
      const steps = divide(subtract(x, value.origin), value.per)!;
      const full = BigInt(steps.num) / BigInt(steps.den);
      return add(value.base, multiply(value.more, whole(full)));
    }
    case 'word':
      return value.word;
    case 'missing':
      return undefined;
    default:
      return value satisfies never;
  }
}

/** Works the pieces of a table out once, however often it is read. */
export function once<K extends object, T>(work: (table: K) => T): (table: K) => T {
  const known = new WeakMap<K, T>();
  return (table) => {
    const found = known.get(table) ?? work(table);
    known.set(table, found);
    return found;
  };
}
