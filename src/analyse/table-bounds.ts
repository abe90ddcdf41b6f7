// Which values a table can give, whatever is read in it. What the Model doesn't show of a table could be anything.

import { add, type Exact, exact, sign, ZERO } from '../base/exact.ts';
import { amountAt } from '../library/rates.ts';
import { isNumeric } from '../library/types.ts';
import type { Expression, RatesNode } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import type { Rates } from '../model/tables.ts';
import { ANY, hull, type Interval, interval, isNotNegative, point } from './interval.ts';

/** All scores that a curve gives; with a slope past its last point they have no end there. */
export function curveBounds(model: Model, name: string): Interval {
  const curve = model.curves.find((each) => each.name === name);
  if (!curve || !isNumeric(curve.output)) return ANY;
  const { points, below, above, slope } = curve;
  const scores = [...points.map((each) => each.score), below, above].filter((each) => each !== undefined);
  const { low, high } = hull(scores.map((each) => point(exact(each))));
  const way = slope ? sign(exact(slope.more)) : 0;
  return interval(way < 0 ? undefined : low, way > 0 ? undefined : high);
}

/** All cells of a grid, and 0 below its first bounds. */
export function gridBounds(model: Model, name: string): Interval {
  const grid = model.grids.find((each) => each.name === name);
  if (!grid || !isNumeric(grid.output)) return ANY;
  return hull([point(ZERO), ...grid.cells.map((each) => point(exact(each)))]);
}

/** What a table of rates gives, or the rate that it reaches; `boundsOf` bounds what it reads. */
export function ratesBounds(
  model: Model,
  node: RatesNode,
  boundsOf: (part: Expression) => Interval,
): Interval {
  const rates = model.rates.find((each) => each.name === node.rates);
  if (!rates || node.after) return ANY;
  const every = everyRate(rates);
  if (node.read === 'rate') return rates.mode === 'amounts' ? ANY : every;
  const argument = boundsOf(node.argument);
  if (!isNotNegative(every)) return ANY;
  if (node.whole || !neverFalls(rates)) {
    const read = [argument, ...(node.whole ? [boundsOf(node.whole)] : [])];
    return read.every(isNotNegative) ? interval(ZERO, node.whole ? undefined : mostOf(rates)) : ANY;
  }
  const { low, high } = argument;
  return interval(low && amountAt(rates, low), high && amountAt(rates, high));
}

/** Below the first bound there is nothing, except that a tier from 0 goes on below it. */
function everyRate({ tiers }: Rates): Interval {
  const all = tiers.map((each) => point(exact(each.rate)));
  return hull(sign(exact(tiers[0]!.bound)) === 0 ? all : [point(ZERO), ...all]);
}

/** Marginal rates that aren't negative never fall; where a tier re-rates what lies below it they may. */
function neverFalls({ mode, tiers }: Rates): boolean {
  return mode === 'marginal' && tiers.every((each) => !each.onAll);
}

/** All amounts together are the most that a table of amounts gives. */
function mostOf({ mode, tiers }: Rates): Exact | undefined {
  if (mode !== 'amounts') return undefined;
  return tiers.map((each) => exact(each.rate)).reduce((a, b) => add(a, b), ZERO);
}
