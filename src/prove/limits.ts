// What is known of a value: its range, and lines below and above it; and the same of sums, products and choices.

import {
  hull,
  type Interval,
  interval,
  isNotNegative,
  opposite,
  point,
  product,
  quotient,
  sum,
} from '../analyse/interval.ts';
import { compare, divide, type Exact, greatest, least, negate, ONE, sign } from '../base/exact.ts';
import { addedUp, type Box, isNowhereBelow, type Line, mostOfLine, scaled } from './lines.ts';

/** What is known of a sketch in a box. */
export interface Limits {
  readonly range: Interval;
  /** What it is exactly, where that is a line. */
  readonly exactly?: Line;
  /** Lines that are never above it, and never below it. */
  readonly under: readonly Line[];
  readonly over: readonly Line[];
}

/** How many lines are kept on each side of a value. */
export const MOST_LINES = 4;

/** A range, and nothing else. */
export const rough = (range: Interval): Limits => ({ range, under: [], over: [] });

/** What is a line. */
export function ofLine(range: Interval, line: Line): Limits {
  return { range, exactly: line, under: [line], over: [line] };
}

/** What lies in both. */
export function intersection(a: Interval, b: Interval): Interval {
  const low = a.low && b.low ? greatest(a.low, b.low) : (a.low ?? b.low);
  const high = a.high && b.high ? least(a.high, b.high) : (a.high ?? b.high);
  return interval(low, high);
}

/** What is known of a sum. */
export function sumOfLimits(a: Limits, b: Limits): Limits {
  const cross = (x: readonly Line[], y: readonly Line[]): readonly Line[] =>
    x.flatMap((each) => y.map((other) => addedUp(each, other))).slice(0, MOST_LINES);
  return {
    range: sum(a.range, b.range),
    ...(a.exactly && b.exactly ? { exactly: addedUp(a.exactly, b.exactly) } : {}),
    under: cross(a.under, b.under),
    over: cross(a.over, b.over),
  };
}

/** What is known of so many times a value. */
export function scaledLimits({ range, exactly, under, over }: Limits, by: Exact): Limits {
  const lines = (all: readonly Line[]): readonly Line[] => all.map((each) => scaled(each, by));
  const isTurned = sign(by) < 0;
  return {
    range: product(range, point(by)),
    ...(exactly ? { exactly: scaled(exactly, by) } : {}),
    under: lines(isTurned ? over : under),
    over: lines(isTurned ? under : over),
  };
}

/** What is known of a value below zero. */
export function turned(limits: Limits): Limits {
  return scaledLimits(limits, negate(ONE));
}

function onlyConstant({ exactly }: Limits): Exact | undefined {
  return exactly && exactly.terms.size === 0 ? exactly.constant : undefined;
}

/** What is known of a product. */
export function productOfLimits(a: Limits, b: Limits): Limits {
  const [x, y] = [onlyConstant(a), onlyConstant(b)];
  if (x) return scaledLimits(b, x);
  if (y) return scaledLimits(a, y);
  const [one, other] = [timesRange(a, b.range), timesRange(b, a.range)];
  return {
    range: product(a.range, b.range),
    under: [...one.under, ...other.under].slice(0, MOST_LINES),
    over: [...one.over, ...other.over].slice(0, MOST_LINES),
  };
}

/** Lines below and above a product of what has lines and keeps its sign with anything in a range. */
function timesRange(of: Limits, { low, high }: Interval): Pick<Limits, 'under' | 'over'> {
  if (!isNotNegative(of.range)) {
    if (!isNotNegative(opposite(of.range))) return { under: [], over: [] };
    const { under, over } = timesRange(turned(of), { ...(low && { low }), ...(high && { high }) });
    const back = (all: readonly Line[]): readonly Line[] => all.map((each) => scaled(each, negate(ONE)));
    return { under: back(over), over: back(under) };
  }
  const by = (end: Exact | undefined, [positive, negative]: readonly (readonly Line[])[]): readonly Line[] =>
    end === undefined ? [] : (sign(end) >= 0 ? positive! : negative!).map((each) => scaled(each, end));
  return { under: by(low, [of.under, of.over]), over: by(high, [of.over, of.under]) };
}

/** What is known of a quotient. */
export function quotientOfLimits(a: Limits, b: Limits): Limits {
  const by = onlyConstant(b);
  const factor = by && divide(ONE, by);
  if (factor) return scaledLimits(a, factor);
  const range = quotient(a.range, b.range);
  const inverse = quotient(point(ONE), b.range);
  return { range, ...(isNotNegative(b.range) ? timesRange(a, inverse) : { under: [], over: [] }) };
}

/** One of two, it isn't known which. */
export function eitherOf(box: Box, a: Limits, b: Limits): Limits {
  const below = (x: Limits, y: Limits): readonly Line[] =>
    x.under.filter(
      (each) => y.under.some((other) => isNowhereBelow(box, other, each)) || isUnderRange(box, each, y.range),
    );
  const [one, other] = [turned(a), turned(b)];
  const over = [...below(one, other), ...below(other, one)].map((each) => scaled(each, negate(ONE)));
  return {
    range: hull([a.range, b.range]),
    under: [...below(a, b), ...below(b, a)].slice(0, MOST_LINES),
    over: over.slice(0, MOST_LINES),
  };
}

function isUnderRange(box: Box, line: Line, { low }: Interval): boolean {
  const most = low && mostOfLine(box, line);
  return low !== undefined && most !== undefined && compare(most, low) <= 0;
}
