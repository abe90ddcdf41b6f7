// Curves and tables of rates: tiers and points that change nothing, and those that nothing can reach.

import type { Diagnostic } from '../base/diagnostic.ts';
import { compare, divide, type Exact, equals, exact, subtract } from '../base/exact.ts';
import { valueNotation } from '../library/notation.ts';
import { walk } from '../library/parts.ts';
import type { CurveNode, Expression, RatesNode } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import type { Curve, Rates } from '../model/tables.ts';
import type { ValueType } from '../model/value.ts';
import { boundsOf } from './bounds.ts';
import { allFormulas, figureCalled } from './formulas.ts';
import { ANY, hull, type Interval } from './interval.ts';
import * as messages from './messages.ts';
import type { Reading } from './reading.ts';

export function tableLints({ model }: Reading): readonly Diagnostic[] {
  return [
    ...model.rates.flatMap((rates) => [...tiersWithoutEffect(rates), ...unreachedTiers(model, rates)]),
    ...model.curves.flatMap((curve) => [
      ...pointsWithoutEffect(curve),
      ...unreachedPoints(model, curve),
      ...wholePercents(curve),
    ]),
  ];
}

/** A tier of a table of amounts adds its own; one that re-rates what lies below it does something at any rate. */
function tiersWithoutEffect({ mode, tiers, rate }: Rates): readonly Diagnostic[] {
  if (mode === 'amounts') return [];
  return tiers.flatMap((tier, index) => {
    const below = tiers[index - 1];
    if (!below || tier.onAll || !equals(exact(below.rate), exact(tier.rate))) return [];
    return [messages.tierWithoutEffect(tier.span, valueNotation(tier.rate, rate), below.span)];
  });
}

/** In steps a point with the score below it; in a linear curve a point on the line between its neighbours. */
function pointsWithoutEffect(curve: Curve): readonly Diagnostic[] {
  const { mode, points, output } = curve;
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before) return [];
    if (mode === 'steps') {
      if (before.score !== point.score || (!after && goesOnOtherwise(curve))) return [];
      const score = valueNotation(point.score, output);
      return [messages.pointWithoutEffect(point.span, `${score} is the score below it too`)];
    }
    if (!after || before.at === point.at || point.at === after.at) return [];
    if (!equals(slope(before, point), slope(point, after))) return [];
    return [messages.pointWithoutEffect(point.span, 'it lies on the line between its neighbours')];
  });
}

/** Whether the last point is where another score begins. */
function goesOnOtherwise({ points, above, slope: rise }: Curve): boolean {
  return rise !== undefined || (above !== undefined && above !== points.at(-1)!.score);
}

type Point = Curve['points'][number];

/** So many points a percent apart are meant as a slope. */
const WHOLE_PERCENTS = 3;

/** Steps a whole percent apart: what lies between two of them counts as the lower one. */
function wholePercents({ name, mode, input, points, span }: Curve): readonly Diagnostic[] {
  if (mode !== 'steps' || input.kind !== 'percent') return [];
  let run = 1;
  for (let at = 1; at < points.length && run < WHOLE_PERCENTS; at++) {
    const apart = subtract(exact(points[at]!.at), exact(points[at - 1]!.at));
    run = equals(apart, exact('0.01')) ? run + 1 : 1;
  }
  return run < WHOLE_PERCENTS ? [] : [messages.wholePercents(span, name)];
}

function slope(from: Point, to: Point): Exact {
  return divide(
    subtract(exact(to.score), exact(from.score)),
    subtract(exact(to.at), exact(from.at)),
  ) as Exact;
}

// ---- out of reach --------------------------------------------------------------------------------------------

function unreachedTiers(model: Model, rates: Rates): readonly Diagnostic[] {
  const { low, high } = hull(readsOfRates(model, rates.name));
  // in slices the tiers below a value pay too
  const isWhole = rates.mode === 'whole';
  return rates.tiers.flatMap(({ bound, includes, span }, index) => {
    const next = rates.tiers[index + 1];
    const order = high ? compare(exact(bound), high) : -1;
    const most = order > 0 || (order === 0 && !includes) ? high : undefined;
    const beyond = low && next && isWhole ? compare(exact(next.bound), low) : 1;
    const least = beyond < 0 || (beyond === 0 && next!.includes) ? low : undefined;
    return unreached(span, 'tier', { name: rates.name, input: rates.input, most, least });
  });
}

/** The point just past the highest input still shapes the line up to it. */
function unreachedPoints(model: Model, curve: Curve): readonly Diagnostic[] {
  const { low, high } = hull(readsOfCurve(model, curve.name));
  const { points, mode, name, input } = curve;
  const orders = points.map((each) => (high ? compare(exact(each.at), high) : -1));
  const past = points.filter((_, index) => orders[index]! > 0);
  const unread = mode === 'linear' && !orders.includes(0) ? past.slice(1) : past;
  return points.flatMap((each, index) => {
    const next = points[index + 1];
    const most = unread.includes(each) ? high : undefined;
    // just below a jump the value below it still counts
    const least =
      low && next && next.at !== each.at && compare(exact(next.at), low) <= 0 && !next.upTo ? low : undefined;
    return unreached(each.span, 'point', { name, input, most, least });
  });
}

function unreached(
  span: Curve['span'],
  what: string,
  {
    name,
    input,
    most,
    least,
  }: {
    readonly name: string;
    readonly input: ValueType;
    readonly most: Exact | undefined;
    readonly least: Exact | undefined;
  },
): readonly Diagnostic[] {
  if (most) return [messages.unreachable(span, what, name, `above ${valueNotation(most, input)}`)];
  return least ? [messages.unreachable(span, what, name, `below ${valueNotation(least, input)}`)] : [];
}

/** What a table of rates reads wherever it is read: anything, where the Model doesn't show a place. */
export function readsOfRates(model: Model, name: string): readonly Interval[] {
  return readsIn(model, (node) => (node.kind === 'rates' && node.rates === name ? node : undefined));
}

/** What a curve reads wherever it is read, as of tables of rates. */
export function readsOfCurve(model: Model, name: string): readonly Interval[] {
  const scored = model.roles.flatMap((role) =>
    (role.scorecard ?? [])
      .filter((line) => line.curve === name)
      .map((line): Interval => {
        const figure = figureCalled(model, line.kpi);
        return line.reads === 'value' && figure ? boundsOf({ model }, figure.value) : ANY;
      }),
  );
  return [
    ...scored,
    ...readsIn(model, (node) => (node.kind === 'curve' && node.curve === name ? node : undefined)),
  ];
}

function readsIn(
  model: Model,
  readOf: (node: Expression) => RatesNode | CurveNode | undefined,
): readonly Interval[] {
  const found: Interval[] = [];
  for (const { value, event } of allFormulas(model))
    walk(value, (node) => {
      const read = readOf(node);
      if (!read) return;
      // a part of another value is read as their ratio, and after one as both together
      const isPart = read.kind === 'rates' && (read.whole || read.after);
      found.push(isPart ? ANY : boundsOf({ model, ...(event ? { event } : {}) }, read.argument));
    });
  return found;
}
