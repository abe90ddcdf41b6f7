// Curves and tables of rates: tiers and points that change nothing, and those that nothing can reach.

import type { Diagnostic } from '../base/diagnostic.ts';
import { compare, divide, type Exact, equals, exact, exactText, subtract } from '../base/exact.ts';
import type { Curve, Model, Rates } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import { figureText } from '../report/format.ts';
import { boundsOf } from './bounds.ts';
import { allFormulas, figureCalled, walk } from './formulas.ts';
import { hull, type Interval } from './interval.ts';
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

/** A constant of a table as people read it. */
export function constantText(value: string | Exact, type: ValueType): string {
  return figureText({ value: typeof value === 'string' ? value : exactText(value), type });
}

function tiersWithoutEffect({ tiers, rate }: Rates): readonly Diagnostic[] {
  return tiers.flatMap((tier, index) => {
    const below = tiers[index - 1];
    if (!below || !equals(exact(below.rate), exact(tier.rate))) return [];
    return [messages.tierWithoutEffect(tier.span, constantText(tier.rate, rate), below.span)];
  });
}

/** In steps a point with the score below it; in a linear curve a point on the line between its neighbours. */
function pointsWithoutEffect({ mode, points, output }: Curve): readonly Diagnostic[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before) return [];
    if (mode === 'steps') {
      if (!equals(exact(before.score), exact(point.score))) return [];
      const score = constantText(point.score, output);
      return [messages.pointWithoutEffect(point.span, `${score} is the score below it too`)];
    }
    if (!after || !equals(slope(before, point), slope(point, after))) return [];
    return [messages.pointWithoutEffect(point.span, 'it lies on the line between its neighbours')];
  });
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
  const most = highest(readsOfRates(model, rates.name));
  if (!most) return [];
  return rates.tiers.flatMap(({ bound, includes, span }) => {
    const order = compare(exact(bound), most);
    return order > 0 || (order === 0 && !includes)
      ? [messages.unreachable(span, 'tier', rates.name, constantText(most, rates.input))]
      : [];
  });
}

/** The point just past the highest input still shapes the line up to it. */
function unreachedPoints(model: Model, curve: Curve): readonly Diagnostic[] {
  const most = highest(readsOfCurve(model, curve.name));
  if (!most) return [];
  const past = curve.points.filter((each) => compare(exact(each.at), most) > 0);
  const reached = curve.points.some((each) => compare(exact(each.at), most) === 0);
  return (curve.mode === 'linear' && !reached ? past.slice(1) : past).map(({ span }) =>
    messages.unreachable(span, 'point', curve.name, constantText(most, curve.input)),
  );
}

function highest(reads: readonly Interval[]): Exact | undefined {
  return hull(reads).high;
}

function readsOfRates(model: Model, name: string): readonly Interval[] {
  return readsIn(model, (node) => (node.kind === 'rates' && node.rates === name ? node.argument : undefined));
}

function readsOfCurve(model: Model, name: string): readonly Interval[] {
  const scored = model.roles.flatMap((role) =>
    (role.scorecard ?? [])
      .filter((line) => line.curve === name)
      .map((line): Interval => {
        const figure = figureCalled(model, line.kpi);
        return line.reads === 'value' && figure ? boundsOf({ model }, figure.value) : {};
      }),
  );
  return [
    ...scored,
    ...readsIn(model, (node) => (node.kind === 'curve' && node.curve === name ? node.argument : undefined)),
  ];
}

type Node = Parameters<typeof boundsOf>[1];

function readsIn(model: Model, argumentOf: (node: Node) => Node | undefined): readonly Interval[] {
  const found: Interval[] = [];
  for (const { value, event } of allFormulas(model))
    walk(value, (node) => {
      const argument = argumentOf(node);
      if (argument) found.push(boundsOf({ model, ...(event ? { event } : {}) }, argument));
    });
  return found;
}
