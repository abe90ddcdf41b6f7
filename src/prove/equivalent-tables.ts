// Tables without what makes no difference to any amount or score: bounds at which nothing jumps, tiers of the same rate,
// points on the line between their neighbours, and tiers that nothing reaches.

import { boundsOf } from '../analyse/bounds.ts';
import { compare, divide, type Exact, equals, exact, isZero, multiply, subtract } from '../base/exact.ts';
import { isNumeric } from '../library/types.ts';
import type { RatesNode } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import type { Curve, Rates, Tier } from '../model/tables.ts';
import type { Because } from './equivalent.ts';

/** The same policy; its tables are brought to their plainest form. */
export function foldTables(model: Model, because: Because): Model {
  const reads = ratesRead(model);
  return {
    ...model,
    rates: model.rates.map((each) => foldRates(each, readOf(model, reads, each), because)),
    curves: model.curves.map((each) => foldCurve(each, because)),
  };
}

interface Read {
  /** Somebody asks which rate is reached. */
  readonly rate: boolean;
  /** No value that is read lies above it; absent where any may. */
  readonly high?: Exact;
}

/** Every place that reads a table of rates, whatever it is a part of. */
function ratesRead(model: Model): readonly RatesNode[] {
  const found: RatesNode[] = [];
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if ('kind' in part && part.kind === 'rates' && 'argument' in part) found.push(part as RatesNode);
    for (const each of Object.values(part)) look(each);
  };
  const { sources: _, tests: __, invariants: ___, ...policy } = model;
  look(policy);
  return found;
}

function readOf(model: Model, reads: readonly RatesNode[], { name }: Rates): Read {
  const own = reads.filter((each) => each.rates === name);
  const rate = own.some((each) => each.read === 'rate');
  const highs = own.map((each) =>
    each.whole || each.after ? undefined : boundsOf({ model }, each.argument).high,
  );
  const known = highs.filter((each) => each !== undefined);
  if (known.length < highs.length || known.length === 0) return { rate };
  return { rate, high: known.reduce((a, b) => (compare(a, b) > 0 ? a : b)) };
}

function foldRates(rates: Rates, { rate, high }: Read, because: Because): Rates {
  const { mode } = rates;
  if (mode === 'amounts') return rates;
  let tiers: readonly Tier[] = rates.tiers;
  if (high !== undefined && tiers.every((each) => each.until === undefined)) {
    const reached = tiers.filter((each, at) => at === 0 || compare(exact(each.bound), high) <= 0);
    for (const tier of tiers)
      if (!reached.includes(tier)) because(tier.span, 'nothing that is read reaches this tier');
    tiers = reached;
  }
  if (mode === 'marginal') {
    tiers = tiers.map((tier, at): Tier => {
      if (at > 0 || !tier.onAll || !isZero(exact(tier.bound))) return tier;
      because(tier.span, 'nothing lies below the first tier, so there is nothing else to rate');
      const { onAll: _, ...rest } = tier;
      return rest;
    });
  }
  const kept: Tier[] = [];
  for (const tier of tiers) {
    const before = kept.at(-1);
    const isSame =
      before &&
      !tier.onAll &&
      !before.onAll &&
      tier.until === undefined &&
      equals(exact(tier.rate), exact(before.rate));
    if (isSame) because(tier.span, 'the tier below has the same rate');
    else kept.push(tier);
  }
  if (mode !== 'marginal' || rate) return { ...rates, tiers: kept };
  return {
    ...rates,
    tiers: kept.map((tier) => {
      if (tier.onAll) return tier;
      because(
        tier.span,
        'at the bound itself the amount is the same from either tier, and no formula asks which rate is reached there',
      );
      return { ...tier, includes: true };
    }),
  };
}

type Point = Curve['points'][number];

function foldCurve(curve: Curve, because: Because): Curve {
  if (curve.mode !== 'linear' || !isNumeric(curve.output)) return curve;
  const kept: Point[] = [];
  for (const [index, point] of curve.points.entries()) {
    const [before, after] = [kept.at(-1), curve.points[index + 1]];
    if (before && after && !point.upTo && !before.upTo && !after.upTo && isOnLine(before, point, after))
      because(point.span, 'the point lies on the line between its neighbours');
    else kept.push(point);
  }
  return { ...curve, points: kept };
}

function isOnLine(a: Point, b: Point, c: Point): boolean {
  const [length, part] = [subtract(exact(c.at), exact(a.at)), subtract(exact(b.at), exact(a.at))];
  const share = divide(part, length);
  if (!share) return false;
  const rise = subtract(exact(c.score), exact(a.score));
  return equals(subtract(exact(b.score), exact(a.score)), multiply(rise, share));
}
