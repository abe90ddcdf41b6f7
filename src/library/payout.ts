// Tables that turn results into scores and money: rates by tiers, and curves.

import {
  add,
  compare,
  divide,
  type Exact,
  exact,
  isZero,
  least,
  multiply,
  sign,
  subtract,
  ZERO,
} from '../base/exact.ts';
import type { Curve, Rates } from '../model/policy.ts';

// ---- rates -------------------------------------------------------------------------------------------------

/** A table of rates with its numbers read. */
export interface RatesTable {
  readonly mode: Rates['mode'];
  /** Bounds ascend; a tier begins at its bound (`includes`) or just above it. */
  readonly tiers: readonly { readonly bound: Exact; readonly includes: boolean; readonly rate: Exact }[];
}

export function readRates({ mode, tiers }: Rates): RatesTable {
  return {
    mode,
    tiers: tiers.map(({ bound, includes, rate }) => ({ bound: exact(bound), includes, rate: exact(rate) })),
  };
}

/**
 * The index of the tier that a value lies in; -1 below the first bound. A first tier from 0 goes on below it, so that a
 * refund takes back at the rate at which it was earned.
 */
export function tierAt({ tiers }: RatesTable, value: Exact): number {
  const found = tiers.findLastIndex(({ bound, includes }) => {
    const order = compare(value, bound);
    return order > 0 || (order === 0 && includes);
  });
  const first = tiers[0];
  return found < 0 && first && isZero(first.bound) ? 0 : found;
}

/** The rate of the tier that the value lies in; 0 below the first bound. */
export function rateAt(rates: RatesTable, value: Exact): Exact {
  return rates.tiers[tierAt(rates, value)]?.rate ?? ZERO;
}

/** The amount for the value: each slice at its own tier's rate (`marginal`), or all of it at the rate reached (`whole`). */
export function amountOf(rates: RatesTable, value: Exact): Exact {
  if (rates.mode === 'whole') return multiply(value, rateAt(rates, value));
  return slices(rates, value).reduce((sum, slice) => add(sum, slice.amount), ZERO);
}

/** The part of a value that lies in one tier, and what it earns there. */
export interface Slice {
  readonly tier: number;
  readonly part: Exact;
  readonly amount: Exact;
}

/** A value cut by the tiers that it reaches, lowest first. */
export function slices({ tiers }: RatesTable, value: Exact): readonly Slice[] {
  const cut: Slice[] = [];
  tiers.forEach(({ bound, rate }, tier) => {
    const below = tier === 0 && isZero(bound) && sign(value) < 0;
    if (!below && compare(value, bound) <= 0) return;
    const next = tiers[tier + 1];
    const part = below ? value : subtract(next ? least(value, next.bound) : value, bound);
    cut.push({ tier, part, amount: multiply(part, rate) });
  });
  return cut;
}

// ---- curves ------------------------------------------------------------------------------------------------

/** A curve with its numbers read; the points ascend. */
export interface CurveTable {
  readonly mode: Curve['mode'];
  readonly points: readonly { readonly at: Exact; readonly score: Exact }[];
  /** The score below the first point and above the last one; absent: missing there. */
  readonly below?: Exact;
  readonly above?: Exact;
}

export function readCurve({ mode, points, below, above }: Curve): CurveTable {
  return {
    mode,
    points: points.map(({ at, score }) => ({ at: exact(at), score: exact(score) })),
    ...(below === undefined ? {} : { below: exact(below) }),
    ...(above === undefined ? {} : { above: exact(above) }),
  };
}

/** Where a value lies on a curve: the index of the last point not above it, or -1 below the first. */
export function segmentAt({ points }: CurveTable, value: Exact): number {
  return points.findLastIndex(({ at }) => compare(at, value) <= 0);
}

/** The score for a value: points include themselves; between them a straight line, or in steps the lower point's score. */
export function scoreOf(curve: CurveTable, value: Exact): Exact | undefined {
  const at = segmentAt(curve, value);
  const point = curve.points[at];
  if (!point) return curve.below;
  const next = curve.points[at + 1];
  if (!next) return compare(value, point.at) === 0 ? point.score : topOf(curve);
  if (curve.mode === 'steps') return point.score;
  const slope = divide(subtract(next.score, point.score), subtract(next.at, point.at)) as Exact;
  return add(point.score, multiply(slope, subtract(value, point.at)));
}

/** The score above the last point: what `above` says, and in steps without it the last point's. */
export function topOf(curve: CurveTable): Exact | undefined {
  return curve.above ?? (curve.mode === 'steps' ? curve.points.at(-1)!.score : undefined);
}
