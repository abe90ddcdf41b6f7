// How steeply a sketch rises and falls as something moves: for any two places of what moves, the change of the value lies
// within these slopes times the change of what moves. A jump up is a slope without an upper end, a jump down one without
// a lower end, so that a slope that is never below 0 says that the value never falls.

import {
  ANY,
  difference,
  hull,
  type Interval,
  interval,
  isNotNegative,
  point,
  product,
  quotient,
  sum,
} from '../analyse/interval.ts';
import { compare, type Exact, isZero, sign, ZERO } from '../base/exact.ts';
import { type Pieces, valueAt } from '../library/pieces.ts';
import type { Bounding } from './limits-of.ts';
import { differenceOf, type Fact, type Input, type Reads, type Sketch } from './sketch.ts';

const STILL: Interval = point(ZERO);
const NEVER_FALLS: Interval = interval(ZERO, undefined);
const NEVER_RISES: Interval = interval(undefined, ZERO);

/** What moves, and how the inputs move with it. */
export interface Moving {
  /** Slopes of an input. */
  readonly input: (input: Input) => Interval;
  /** Whether anything that is read so may move. */
  readonly reads: (reads: Reads) => boolean;
  /** Whether other people's results move too, so that what depends on them may change any way. */
  readonly ofOthers: boolean;
  /** The values that sketches can have. */
  readonly bounds: Bounding;
}

/** How a fact changes as what moves rises: it stays as it is, only ever comes to hold, only ever ceases to, or any. */
export type Trend = 'still' | 'rises' | 'falls' | 'any';

/** Slopes of sketches; each sketch is looked at once. */
export interface Slopes {
  of(sketch: Sketch): Interval;
  trend(fact: Fact): Trend;
}

/** Slopes by what moves; each sketch is looked at once. */
export function slopesBy(moving: Moving): Slopes {
  const known = new Map<Sketch, Interval>();
  const trends = new Map<Fact, Trend>();
  const slopes: Slopes = {
    of: (sketch) => {
      const found = known.get(sketch) ?? worked(slopes, moving, sketch);
      known.set(sketch, found);
      return found;
    },
    trend: (fact) => {
      const found = trends.get(fact) ?? trendOf(slopes, moving, fact);
      trends.set(fact, found);
      return found;
    },
  };
  return slopes;
}

/** Whether nothing changes. */
export function isStill({ low, high }: Interval): boolean {
  return low !== undefined && high !== undefined && isZero(low) && isZero(high);
}

/** Whether a value never falls as what moves rises. */
export function neverFalls({ low }: Interval): boolean {
  return low !== undefined && sign(low) >= 0;
}

/** Whether a value never rises as what moves rises. */
export function neverRises({ high }: Interval): boolean {
  return high !== undefined && sign(high) <= 0;
}

function worked(slopes: Slopes, moving: Moving, sketch: Sketch): Interval {
  const { bounds } = moving;
  switch (sketch.kind) {
    case 'constant':
      return STILL;
    case 'input':
      return moving.input(sketch.input);
    case 'sum':
      return sketch.parts.map((each) => slopes.of(each)).reduce(sum, STILL);
    case 'times': {
      const [a, b] = [slopes.of(sketch.a), slopes.of(sketch.b)];
      return sum(product(bounds.range(sketch.a), b), product(bounds.range(sketch.b), a));
    }
    case 'over': {
      const [a, b] = [slopes.of(sketch.a), slopes.of(sketch.b)];
      const divisor = bounds.range(sketch.b);
      if (isStill(a) && isStill(b)) return STILL;
      if (isStill(b)) return quotient(a, divisor);
      const ratio = quotient(bounds.range(sketch.a), divisor);
      return quotient(difference(a, product(ratio, b)), divisor);
    }
    case 'least':
    case 'greatest':
      return hull([slopes.of(sketch.a), slopes.of(sketch.b)]);
    case 'table': {
      const read = slopes.of(sketch.of);
      return isStill(read) ? STILL : product(slopesOfPieces(sketch.pieces, bounds.range(sketch.of)), read);
    }
    case 'choice':
      return slopesOfChoice(slopes, moving, sketch);
    case 'follows': {
      const all = sketch.by.map((each) => slopes.of(each));
      if (sketch.still.some((each) => slopes.trend(each) !== 'still')) return ANY;
      if (all.every(isStill)) return STILL;
      if (all.every(neverFalls)) return NEVER_FALLS;
      return all.every(neverRises) ? NEVER_RISES : ANY;
    }
    case 'within':
      return slopes.of(sketch.of);
    case 'unknown':
      return moving.reads(sketch.reads) ? ANY : STILL;
    default:
      return sketch satisfies never;
  }
}

function slopesOfChoice(
  slopes: Slopes,
  { bounds }: Moving,
  choice: Sketch & { readonly kind: 'choice' },
): Interval {
  const { when, then, otherwise } = choice;
  const decided = bounds.decided(when);
  if (decided !== undefined) return slopes.of(decided ? then : otherwise);
  const each = hull([slopes.of(then), slopes.of(otherwise)]);
  const trend = slopes.trend(when);
  if (trend === 'still') return each;
  const leap = bounds.rangeAtTurn(differenceOf(then, otherwise), when);
  if (isStill(leap)) return each;
  if (trend === 'any') return ANY;
  const up = trend === 'rises' ? neverFalls(leap) : neverRises(leap);
  const down = trend === 'rises' ? neverRises(leap) : neverFalls(leap);
  if (up) return interval(each.low, undefined);
  return down ? interval(undefined, each.high) : ANY;
}

/** Of the pieces that what is read can reach. */
function slopesOfPieces({ below, pieces }: Pieces, { low, high }: Interval): Interval {
  const all = [{ bound: undefined, value: below }, ...pieces.map(({ bound, value }) => ({ bound, value }))];
  const reached = all.filter(({ bound }, at) => {
    const next = all[at + 1]?.bound;
    const startsAbove = bound !== undefined && high !== undefined && compare(bound, high) > 0;
    const endsBelow = next !== undefined && low !== undefined && compare(next, low) < 0;
    return !startsAbove && !endsBelow;
  });
  let found: Interval | undefined;
  const take = (slope: Interval): void => {
    found = found ? hull([found, slope]) : slope;
  };
  const there = reached.filter(({ value }) => value.kind !== 'missing');
  // between two values that are there nothing may be missing: what lies past it would have to be compared
  const [first, last] = [reached.indexOf(there[0]!), reached.indexOf(there.at(-1)!)];
  if (there.length === 0) return STILL;
  if (last - first + 1 !== there.length) return ANY;
  let [up, down] = [false, false];
  for (const [at, { bound, value }] of there.entries()) {
    if (value.kind === 'word' || value.kind === 'missing') return ANY;
    if (value.kind === 'straight') take(point(value.slope));
    else take(isZero(value.more) ? STILL : sign(value.more) === sign(value.per) ? NEVER_FALLS : NEVER_RISES);
    if (at === 0 || bound === undefined) continue;
    const before = sideOf(there[at - 1]!.value, bound);
    const after = sideOf(value, bound);
    if (before === undefined || after === undefined) return ANY;
    const order = compare(after, before);
    up ||= order > 0;
    down ||= order < 0;
  }
  return found ? interval(down ? undefined : found.low, up ? undefined : found.high) : STILL;
}

function sideOf(value: Pieces['below'], bound: Exact): Exact | undefined {
  if (value.kind === 'straight') return valueAt(value, bound);
  return value.kind === 'full' && compare(value.origin, bound) === 0 ? value.base : undefined;
}

// ---- facts -------------------------------------------------------------------------------------------------

function trendOf(slopes: Slopes, moving: Moving, fact: Fact): Trend {
  if (moving.bounds.decided(fact) !== undefined) return 'still';
  switch (fact.kind) {
    case 'sure':
      return 'still';
    case 'not':
      return turned(slopes.trend(fact.of));
    case 'both':
    case 'either':
      return together(slopes.trend(fact.a), slopes.trend(fact.b));
    case 'open': {
      if (fact.rises && !moving.ofOthers) {
        const by = slopes.of(fact.rises);
        if (isStill(by)) return 'still';
        if (neverFalls(by)) return 'rises';
        return neverRises(by) ? 'falls' : 'any';
      }
      return moving.reads(fact.reads) ? 'any' : 'still';
    }
    case 'compared': {
      const apart = differenceOf(fact.b, fact.a);
      const slope = difference(slopes.of(fact.b), slopes.of(fact.a));
      if (isStill(slope)) return 'still';
      if (fact.operator !== 'is') return neverFalls(slope) ? 'rises' : neverRises(slope) ? 'falls' : 'any';
      // what starts at the bound and goes away from it never comes back
      const range = moving.bounds.range(apart);
      if (isNotNegative(range)) return neverFalls(slope) ? 'falls' : neverRises(slope) ? 'rises' : 'any';
      if (range.high !== undefined && sign(range.high) <= 0)
        return neverFalls(slope) ? 'rises' : neverRises(slope) ? 'falls' : 'any';
      return 'any';
    }
    default:
      return fact satisfies never;
  }
}

function turned(trend: Trend): Trend {
  return trend === 'rises' ? 'falls' : trend === 'falls' ? 'rises' : trend;
}

function together(a: Trend, b: Trend): Trend {
  if (a === 'still') return b;
  return b === 'still' || a === b ? a : 'any';
}
