// Intervals of exact numbers: what is known of a value before any data. An end that is absent is unbounded.

import {
  add,
  compare,
  divide,
  type Exact,
  greatest,
  isZero,
  least,
  multiply,
  negate,
  ONE,
  sign,
  subtract,
  ZERO,
} from '../base/exact.ts';

/** All values from `low` to `high`, both included. A value that is missing lies in every interval. */
export interface Interval {
  readonly low?: Exact;
  readonly high?: Exact;
}

/** Nothing is known. */
export const ANY: Interval = {};
export const NOT_NEGATIVE: Interval = { low: ZERO };

export function interval(low: Exact | undefined, high: Exact | undefined): Interval {
  return { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
}

export function point(value: Exact): Interval {
  return { low: value, high: value };
}

/** The smallest interval that holds all of these; `ANY` for none. */
export function hull(parts: readonly Interval[]): Interval {
  const bound = (ends: readonly (Exact | undefined)[], pick: (a: Exact, b: Exact) => Exact) =>
    ends.length === 0 || ends.includes(undefined) ? undefined : (ends as Exact[]).reduce(pick);
  return interval(
    bound(
      parts.map((each) => each.low),
      least,
    ),
    bound(
      parts.map((each) => each.high),
      greatest,
    ),
  );
}

/** Whether no value of the interval is below zero. */
export function isNotNegative({ low }: Interval): boolean {
  return low !== undefined && sign(low) >= 0;
}

export function sum(a: Interval, b: Interval): Interval {
  return interval(a.low && b.low && add(a.low, b.low), a.high && b.high && add(a.high, b.high));
}

export function opposite({ low, high }: Interval): Interval {
  return interval(high && negate(high), low && negate(low));
}

export function difference(a: Interval, b: Interval): Interval {
  return sum(a, opposite(b));
}

/** An end of an interval: a number, or the infinity of that sign. */
type End = Exact | -1 | 1;

export function product(a: Interval, b: Interval): Interval {
  const ends = lowAndHigh(a).flatMap((x) => lowAndHigh(b).map((y) => times(x, y)));
  return interval(
    ends.includes(-1) ? undefined : (ends.filter(isNumber) as Exact[]).reduce(least),
    ends.includes(1) ? undefined : (ends.filter(isNumber) as Exact[]).reduce(greatest),
  );
}

/** A division by zero is missing, so a divisor that isn't negative counts as positive. */
export function quotient(a: Interval, b: Interval): Interval {
  if (isNotNegative(b)) return product(a, reciprocal(b));
  const flipped = opposite(b);
  return isNotNegative(flipped) ? product(opposite(a), reciprocal(flipped)) : ANY;
}

function reciprocal({ low, high }: Interval): Interval {
  const over = (end: Exact | undefined) => (end === undefined || isZero(end) ? undefined : divide(ONE, end));
  return interval(high === undefined ? ZERO : over(high), over(low));
}

/** The least (or greatest) of two values, each anywhere in its interval. */
export function leastOf(a: Interval, b: Interval): Interval {
  const low = a.low && b.low && least(a.low, b.low);
  const high = a.high && b.high ? least(a.high, b.high) : (a.high ?? b.high);
  return interval(low, high);
}

export function greatestOf(a: Interval, b: Interval): Interval {
  return opposite(leastOf(opposite(a), opposite(b)));
}

/** Whether every value of `a` is below every value of `b` (`touching`: or equal to it). */
export function isBelow(a: Interval, b: Interval, touching: 'or equal' | 'strictly'): boolean {
  if (a.high === undefined || b.low === undefined) return false;
  const order = compare(a.high, b.low);
  return order < 0 || (touching === 'or equal' && order === 0);
}

/** The one value of an interval that holds no other. */
export function onlyValue({ low, high }: Interval): Exact | undefined {
  return low && high && isZero(subtract(high, low)) ? low : undefined;
}

function lowAndHigh({ low, high }: Interval): readonly [End, End] {
  return [low ?? -1, high ?? 1];
}

function isNumber(end: End): end is Exact {
  return typeof end === 'object';
}

function times(a: End, b: End): End {
  if (isNumber(a) && isNumber(b)) return multiply(a, b);
  const signOf = (end: End): number => (isNumber(end) ? sign(end) : end);
  const both = signOf(a) * signOf(b);
  return both === 0 ? ZERO : both < 0 ? -1 : 1;
}
