// Within which values a sketch lies in a box: each input within its interval, and some facts assumed. Beside intervals
// there are straight lines below and above a value, so that what stands on both sides of a comparison is taken out of it.

import { ANY, hull, type Interval, interval, leastOf, onlyValue, point, sum } from '../analyse/interval.ts';
import {
  absolute,
  compare,
  divide,
  type Exact,
  greatest,
  isZero,
  least,
  multiply,
  negate,
  ONE,
  roundTo,
  sign,
  subtract,
  ZERO,
} from '../base/exact.ts';
import type { PieceValue } from '../library/pieces.ts';
import {
  eitherOf,
  intersection,
  type Limits,
  MOST_LINES,
  ofLine,
  productOfLimits,
  quotientOfLimits,
  rough,
  scaledLimits,
  sumOfLimits,
  turned,
} from './limits.ts';
import { addedUp, type Box, constantLine, type Line, leastGiven, rangeIn, scaled } from './lines.ts';
import { differenceOf, type Fact, type Sketch } from './sketch.ts';

/** What can be said of sketches and facts in a box. */
export interface Bounding {
  readonly box: Box;
  limits(sketch: Sketch): Limits;
  range(sketch: Sketch): Interval;
  /** Whether a fact is sure to hold, or sure not to; `undefined` where it can be both. */
  decided(fact: Fact): boolean | undefined;
  /** As `decided`, but without what is assumed of the fact itself. */
  decidedByItself(fact: Fact): boolean | undefined;
  /** The pieces of a table that can be read, as in `Box`. */
  reached(table: Sketch & { readonly kind: 'table' }): readonly [number, number];
  /** Values of a sketch where a fact turns from holding to not holding, or back. */
  rangeAtTurn(sketch: Sketch, fact: Fact): Interval;
}

/** What can be said of sketches in a box; each is looked at once. */
export function boundingIn(box: Box): Bounding {
  const known = new Map<Sketch, Limits>();
  const facts = new Map<Fact, boolean | 'open'>();
  const bounding: Bounding = {
    box,
    limits: (sketch) => {
      const found = known.get(sketch) ?? tightened(bounding, limitsOf(bounding, sketch));
      known.set(sketch, found);
      return found;
    },
    range: (sketch) => bounding.limits(sketch).range,
    decided: (fact) => {
      const assumed = box.assumed.get(fact);
      if (assumed !== undefined) return assumed;
      return bounding.decidedByItself(fact);
    },
    decidedByItself: (fact) => {
      const before = facts.get(fact);
      if (before !== undefined) return before === 'open' ? undefined : before;
      const found = decidedIn(bounding, fact);
      facts.set(fact, found ?? 'open');
      return found;
    },
    reached: (table) => reachedPieces(bounding, table),
    rangeAtTurn: (sketch, fact) => rangeAtTurn(bounding, sketch, fact),
  };
  return bounding;
}

/** Ranges are no wider than the lines say. */
function tightened({ box }: Bounding, limits: Limits): Limits {
  const lows = limits.under.flatMap((each) => leastGiven(box, each) ?? []);
  const highs = limits.over.flatMap((each) => {
    const low = leastGiven(box, scaled(each, negate(ONE)));
    return low ? negate(low) : [];
  });
  const { low, high } = limits.range;
  const range = interval(
    [...(low ? [low] : []), ...lows].reduce<Exact | undefined>((a, b) => (a ? greatest(a, b) : b), undefined),
    [...(high ? [high] : []), ...highs].reduce<Exact | undefined>((a, b) => (a ? least(a, b) : b), undefined),
  );
  return { ...limits, range };
}

function limitsOf(bounding: Bounding, sketch: Sketch): Limits {
  const { box } = bounding;
  switch (sketch.kind) {
    case 'constant':
      return ofLine(point(sketch.value), constantLine(sketch.value));
    case 'input': {
      const only = onlyValue(rangeIn(box, sketch.input));
      if (only) return ofLine(point(only), constantLine(only));
      return ofLine(rangeIn(box, sketch.input), { constant: ZERO, terms: new Map([[sketch.input, ONE]]) });
    }
    case 'sum':
      return sketch.parts
        .map((each) => bounding.limits(each))
        .reduce(sumOfLimits, ofLine(point(ZERO), constantLine(ZERO)));
    case 'times':
      return productOfLimits(bounding.limits(sketch.a), bounding.limits(sketch.b));
    case 'over':
      return quotientOfLimits(bounding.limits(sketch.a), bounding.limits(sketch.b));
    case 'least':
      return leastOfLimits(bounding, sketch);
    case 'greatest':
      return turned(leastOfLimits(bounding, sketch, turned));
    case 'table':
      return tableLimits(bounding, sketch);
    case 'choice': {
      const holds = bounding.decided(sketch.when);
      if (holds !== undefined) return bounding.limits(holds ? sketch.then : sketch.otherwise);
      return eitherOf(box, bounding.limits(sketch.then), bounding.limits(sketch.otherwise));
    }
    case 'follows': {
      const [low, high] = [sketch.low, sketch.high].map((each) => each && bounding.limits(each));
      const { rounded } = sketch;
      const round = (end: Exact | undefined): Exact | undefined =>
        end && rounded && roundTo(end, rounded.step, rounded.mode);
      const exactly = rounded ? bounding.range(sketch.by[0]!) : undefined;
      const range = exactly
        ? interval(round(exactly.low), round(exactly.high))
        : interval(low?.range.low, high?.range.high);
      return {
        range,
        under: low?.under ?? [],
        over: high?.over ?? [],
      };
    }
    case 'within': {
      const found = bounding.limits(sketch.of);
      return { ...found, range: intersection(found.range, sketch.range) };
    }
    case 'unknown':
      return rough(sketch.range);
    default:
      return sketch satisfies never;
  }
}

// whether the first of two is the least (or greatest)
const orders = new WeakMap<Sketch, Fact>();

/** That the first of two is no more than the second. */
export function orderOf(sketch: Sketch & { readonly kind: 'least' | 'greatest' }): Fact {
  const found = orders.get(sketch) ?? { kind: 'compared', operator: '<=', a: sketch.a, b: sketch.b };
  orders.set(sketch, found);
  return found;
}

/** The least of two; seen through `turn`, the greatest is the least of what is turned. */
function leastOfLimits(
  bounding: Bounding,
  sketch: Sketch & { readonly kind: 'least' | 'greatest' },
  turn: (limits: Limits) => Limits = (limits) => limits,
): Limits {
  const first = bounding.decided(orderOf(sketch));
  const isLeast = sketch.kind === 'least';
  if (first !== undefined) return turn(bounding.limits(first === isLeast ? sketch.a : sketch.b));
  const [a, b] = [turn(bounding.limits(sketch.a)), turn(bounding.limits(sketch.b))];
  return {
    range: leastOf(a.range, b.range),
    under: eitherOf(bounding.box, a, b).under,
    over: [...a.over, ...b.over].slice(0, MOST_LINES),
  };
}

type Table = Sketch & { readonly kind: 'table' };

function reachedPieces(bounding: Bounding, table: Table): readonly [number, number] {
  const { pieces } = table.pieces;
  const [first, last] = bounding.box.pieces.get(table) ?? [0, pieces.length];
  const { low, high } = bounding.range(table.of);
  let [from, until] = [first, last];
  for (let at = from; at < last; at++) {
    const { bound, includes } = pieces[at]!;
    const order = low ? compare(low, bound) : -1;
    if (order > 0 || (order === 0 && includes)) from = at + 1;
  }
  for (let at = until; at > from; at--) {
    const { bound, includes } = pieces[at - 1]!;
    const order = high ? compare(high, bound) : 1;
    if (order < 0 || (order === 0 && !includes)) until = at - 1;
    else break;
  }
  return [from, until];
}

function tableLimits(bounding: Bounding, table: Table): Limits {
  const [from, until] = bounding.reached(table);
  const read = bounding.limits(table.of);
  const pieceCalled = (at: number): PieceValue =>
    at === 0 ? table.pieces.below : table.pieces.pieces[at - 1]!.value;
  const parts: Limits[] = [];
  for (let at = from; at <= until; at++) {
    const value = pieceCalled(at);
    // where there is no value nothing is said of it
    if (value.kind === 'missing') continue;
    const low = at === 0 ? undefined : table.pieces.pieces[at - 1]!.bound;
    const high = table.pieces.pieces[at]?.bound;
    const range = intersection(read.range, interval(low, high));
    parts.push(pieceLimits({ ...read, range }, value));
  }
  if (parts.length === 0) return rough(ANY);
  return parts.reduce((a, b) => {
    const { range, under, over } = eitherOf(bounding.box, a, b);
    return { range, under, over };
  });
}

function pieceLimits(read: Limits, value: PieceValue): Limits {
  switch (value.kind) {
    case 'straight':
      return sumOfLimits(
        ofLine(point(value.constant), constantLine(value.constant)),
        isZero(value.slope) ? ofLine(point(ZERO), constantLine(ZERO)) : scaledLimits(read, value.slope),
      );
    case 'full': {
      // a step stays behind the line through the corners by less than one step
      const slope = divide(value.more, value.per)!;
      const constant = subtract(value.base, multiply(slope, value.origin));
      const line = sumOfLimits(scaledLimits(read, slope), ofLine(point(constant), constantLine(constant)));
      const step = absolute(value.more);
      const slack = rough(interval(negate(step), step));
      const moved = (by: Exact) => (each: Line) => addedUp(each, constantLine(by));
      return {
        range: sum(line.range, slack.range),
        under: line.under.map(moved(negate(step))),
        over: line.over.map(moved(step)),
      };
    }
    case 'word':
    case 'missing':
      return rough(ANY);
    default:
      return value satisfies never;
  }
}

function decidedIn(bounding: Bounding, fact: Fact): boolean | undefined {
  switch (fact.kind) {
    case 'sure':
      return fact.holds;
    case 'open':
      return undefined;
    case 'not': {
      const found = bounding.decided(fact.of);
      return found === undefined ? undefined : !found;
    }
    case 'both':
    case 'either': {
      const end = fact.kind === 'either';
      const [a, b] = [bounding.decided(fact.a), bounding.decided(fact.b)];
      if (a === end || b === end) return end;
      return a === undefined || b === undefined ? undefined : !end;
    }
    case 'compared': {
      const apart = bounding.range(apartOf(fact));
      const low = apart.low && sign(apart.low);
      const high = apart.high && sign(apart.high);
      if (fact.operator === 'is') {
        if (low === 0 && high === 0) return true;
        return (low !== undefined && low > 0) || (high !== undefined && high < 0) ? false : undefined;
      }
      const strict = fact.operator === '<';
      if (low !== undefined && (strict ? low > 0 : low >= 0)) return true;
      return high !== undefined && (strict ? high <= 0 : high < 0) ? false : undefined;
    }
    default:
      return fact satisfies never;
  }
}

const aparts = new WeakMap<Fact, Sketch>();

/** By how much the second side is more than the first. */
export function apartOf(fact: Fact & { readonly kind: 'compared' }): Sketch {
  const found = aparts.get(fact) ?? differenceOf(fact.b, fact.a);
  aparts.set(fact, found);
  return found;
}

function rangeAtTurn(bounding: Bounding, sketch: Sketch, fact: Fact): Interval {
  switch (fact.kind) {
    case 'not':
      return rangeAtTurn(bounding, sketch, fact.of);
    case 'both':
    case 'either': {
      // it turns where one of its parts does
      const parts = [fact.a, fact.b].filter((each) => bounding.decided(each) === undefined);
      return hull(parts.map((each) => rangeAtTurn(bounding, sketch, each)));
    }
    case 'compared': {
      const line = bounding.limits(apartOf(fact)).exactly;
      const [only, second] = line ? [...line.terms] : [];
      if (!line || !only || second) return bounding.range(sketch);
      const at = divide(negate(line.constant), only[1])!;
      const { box } = bounding;
      const inputs = new Map(box.inputs).set(only[0], point(at));
      return boundingIn({ ...box, inputs }).range(sketch);
    }
    case 'open':
    case 'sure':
      return bounding.range(sketch);
    default:
      return fact satisfies never;
  }
}
