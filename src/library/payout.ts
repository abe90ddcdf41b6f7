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

/**
 * The index of the tier that a value lies in; -1 below the first bound. A first tier from 0 goes on below it, so that a
 * refund takes back at the rate at which it was earned.
 */
export function tierAt(rates: Rates, value: Exact): number {
  let found = -1;
  rates.tiers.forEach((tier, index) => {
    const order = compare(value, exact(tier.bound));
    if (order > 0 || (order === 0 && tier.includes)) found = index;
  });
  const first = rates.tiers[0];
  return found < 0 && first && isZero(exact(first.bound)) ? 0 : found;
}

/** The rate of the tier that the value lies in; 0 below the first bound. */
export function rateAt(rates: Rates, value: Exact): Exact {
  const tier = rates.tiers[tierAt(rates, value)];
  return tier ? exact(tier.rate) : ZERO;
}

/** The amount for the value: each slice at its own tier's rate (`marginal`), or all of it at the rate reached (`whole`). */
export function amountOf(rates: Rates, value: Exact): Exact {
  const at = tierAt(rates, value);
  if (at < 0) return ZERO;
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
export function slices(rates: Rates, value: Exact): readonly Slice[] {
  const cut: Slice[] = [];
  rates.tiers.forEach((tier, index) => {
    const bound = exact(tier.bound);
    const below = index === 0 && isZero(bound) && sign(value) < 0;
    if (!below && compare(value, bound) <= 0) return;
    const next = rates.tiers[index + 1];
    const part = below ? value : subtract(next ? least(value, exact(next.bound)) : value, bound);
    cut.push({ tier: index, part, amount: multiply(part, exact(tier.rate)) });
  });
  return cut;
}

/** Where a value lies on a curve: the index of the last point not above it, or -1 below the first. */
export function segmentAt(curve: Curve, value: Exact): number {
  let found = -1;
  curve.points.forEach((point, index) => {
    if (compare(exact(point.at), value) <= 0) found = index;
  });
  return found;
}

/** The score for a value: points include themselves; between them a straight line, or in steps the lower point's score. */
export function scoreOf(curve: Curve, value: Exact): Exact | undefined {
  const at = segmentAt(curve, value);
  const point = curve.points[at];
  if (!point) return curve.below === undefined ? undefined : exact(curve.below);
  const from = exact(point.at);
  const next = curve.points[at + 1];
  if (!next) return compare(value, from) === 0 ? exact(point.score) : topOf(curve);
  if (curve.mode === 'steps') return exact(point.score);
  const low = exact(point.score);
  const slope = divide(subtract(exact(next.score), low), subtract(exact(next.at), from)) as Exact;
  return add(low, multiply(slope, subtract(value, from)));
}

/** The score above the last point: what `above` says, and in steps without it the last point's. */
export function topOf(curve: Curve): Exact | undefined {
  if (curve.above !== undefined) return exact(curve.above);
  return curve.mode === 'steps' ? exact(curve.points.at(-1)!.score) : undefined;
}
