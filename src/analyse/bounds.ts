// Which values a formula can have, whatever the data: from the bounds of fields, from what counts and sums are, and from
// the tables that it reads. Sound, not sharp: a value outside the interval is impossible, one inside may be so too.

import { exact, exactText, ONE, sign, ZERO } from '../base/exact.ts';
import { libraryFunction } from '../library/index.ts';
import { isNumeric } from '../library/types.ts';
import type { ApplyNode, Expression } from '../model/expression.ts';
import type { Bonus } from '../model/pay.ts';
import type { EventModel, FieldModel, Measure, Model, Role, ScoreLine } from '../model/policy.ts';
import { eventOf, figureCalled, measureCalled, rowsOf } from './formulas.ts';
import {
  ANY,
  difference,
  greatestOf,
  hull,
  type Interval,
  interval,
  isNotNegative,
  leastOf,
  NOT_NEGATIVE,
  onlyValue,
  opposite,
  point,
  product,
  quotient,
  sum,
} from './interval.ts';
import { isPartOf } from './part-of.ts';
import { curveBounds, gridBounds, ratesBounds } from './table-bounds.ts';

/** Where a formula stands: over rows of an event, or of people, in a role where it is one of a role's lines. */
export interface Place {
  readonly model: Model;
  readonly event?: EventModel;
  readonly role?: Role;
}

/** Where the value and the condition of a bonus stand. */
export function placeOf(model: Model, role: Role, bonus: Bonus): Place {
  const event = rowsOf(model, bonus);
  return { model, role, ...(event ? { event } : {}) };
}

// a computed field, a figure or a bonus may be named in many formulas that name each other
const known = new WeakMap<object, Map<string, Interval>>();

function remembered(owner: object, key: string, work: () => Interval): Interval {
  const own = known.get(owner) ?? new Map<string, Interval>();
  known.set(owner, own);
  const before = own.get(key);
  if (before) return before;
  own.set(key, ANY); // what reads its own past may be anything there
  const found = work();
  own.set(key, found);
  return found;
}

/** The values that a formula can have where it isn't missing; `ANY` for what has no order. */
export function boundsOf(place: Place, node: Expression): Interval {
  const { model, event, role } = place;
  switch (node.kind) {
    case 'constant':
      return isNumeric(node.type) ? point(exact(node.text)) : ANY;
    case 'field': {
      const computed = event?.computed.find((each) => each.name === node.name);
      if (computed)
        return remembered(event!, node.name, () => boundsOf({ model, event: event! }, computed.value));
      return columnBounds(event?.fields.find((each) => each.name === node.name));
    }
    case 'attribute':
      return columnBounds(model.attributes.find((each) => each.name === node.name));
    case 'lookup': {
      const table = model.tables.find((each) => each.name === node.table);
      return columnBounds(table?.fields.find((each) => each.name === node.column));
    }
    case 'nth':
      return { low: ONE };
    case 'measure':
      return measureBounds(model, measureCalled(model, node.measure)!);
    case 'figure':
      return figureBounds(model, node.figure);
    case 'target':
      return targetBounds(model, node.figure);
    case 'attainment':
      return attainmentBounds(model, node.figure);
    case 'score':
      return role ? scoreBounds(model, role) : ANY;
    case 'bonus': {
      const bonus = role?.bonuses.find((each) => each.name === node.name);
      return role && bonus ? payableBounds(model, role, bonus) : ANY;
    }
    case 'period':
    case 'later':
      return ANY;
    case 'grid':
      return gridBounds(model, node.grid);
    case 'rates':
      return ratesBounds(model, node, (part) => boundsOf(place, part));
    case 'curve':
      return curveBounds(model, node.curve);
    case 'apply':
      return appliedBounds(place, node);
    case 'streak':
      return NOT_NEGATIVE;
    case 'rank':
    case 'word place':
      return { low: ONE };
    case 'previous':
      return boundsOf(place, node.of);
    // nothing is known of these
    default:
      return ANY;
  }
}

/** A cell outside a column's bounds is rejected; what stands for an empty cell may lie outside. */
function columnBounds(field: FieldModel | undefined): Interval {
  if (!field || !isNumeric(field.type)) return ANY;
  const cells = interval(bound(field.from), bound(field.until));
  return field.fallback === undefined ? cells : hull([cells, point(exact(field.fallback))]);
}

function bound(text: string | undefined) {
  return text === undefined ? undefined : exact(text);
}

/** Rows are weighted by shares, which are positive: a sum keeps the sign of its values, and nothing else of their bounds. */
export function measureBounds(model: Model, measure: Measure): Interval {
  const value = (): Interval =>
    measure.value ? boundsOf({ model, event: eventOf(model, measure) }, measure.value) : ANY;
  switch (measure.aggregate) {
    case 'count':
    case 'distinct':
      return NOT_NEGATIVE;
    case 'sum':
      return totalBounds(value());
    case 'min':
    case 'max':
    case 'lower middle':
    case 'upper middle':
    case 'percentile':
      return value();
    case 'first':
    case 'last':
      return measure.each ? totalBounds(value()) : value();
    default:
      measure.aggregate satisfies never;
      return ANY;
  }
}

/** Of any number of rows, each with a share of its value. */
function totalBounds({ low, high }: Interval): Interval {
  return interval(low && sign(low) >= 0 ? ZERO : undefined, high && sign(high) <= 0 ? ZERO : undefined);
}

function figureBounds(model: Model, id: string): Interval {
  const figure = figureCalled(model, id);
  return figure ? remembered(model, `figure ${id}`, () => boundsOf({ model }, figure.value)) : ANY;
}

/** Targets are averaged, prorated and added up, which keeps their sign only; single people and teams have their own. */
function targetBounds(model: Model, figureId: string): Interval {
  const kpi = figureCalled(model, figureId)?.name;
  const lines = [...model.roles, ...model.overrides]
    .flatMap(({ targets }) => targets)
    .filter((each) => each.kpi === kpi);
  const isPositive = lines.every((line) => isNotNegative(boundsOf({ model }, line.value)));
  return isPositive ? NOT_NEGATIVE : ANY;
}

/**
 * Of an actual and a target that aren't negative; a lower-is-better actual of 0 is above every number, and a KPI's own
 * formula can give anything.
 */
function attainmentBounds(model: Model, figureId: string): Interval {
  const name = figureCalled(model, figureId)?.name;
  if (model.kpis.some((each) => each.name === name && each.attainment)) return ANY;
  const both = [figureBounds(model, figureId), targetBounds(model, figureId)];
  return both.every(isNotNegative) ? NOT_NEGATIVE : ANY;
}

// ---- scores and bonuses --------------------------------------------------------------------------------------

/** What a scorecard line's curve, or its attainment, gives before the line's own cap and floor. */
export function rawScoreBounds(model: Model, line: ScoreLine): Interval {
  if (line.curve !== undefined) return curveBounds(model, line.curve);
  return line.reads === 'value' ? figureBounds(model, line.kpi) : attainmentBounds(model, line.kpi);
}

function lineBounds(model: Model, line: ScoreLine): Interval {
  let bounds = rawScoreBounds(model, line);
  if (line.cap !== undefined) bounds = leastOf(bounds, point(exact(line.cap)));
  if (line.floor !== undefined) bounds = greatestOf(bounds, point(exact(line.floor)));
  return line.missing?.kind === 'counts' ? hull([bounds, point(exact(line.missing.score))]) : bounds;
}

function scoreBounds(model: Model, role: Role): Interval {
  const lines = role.scorecard ?? [];
  // where weights are spread, the score is an average of whichever lines are there
  if (lines.some((each) => each.missing?.kind === 'spreads'))
    return hull(lines.map((each) => lineBounds(model, each)));
  return lines
    .map((each) => product(point(exact(each.weight)), lineBounds(model, each)))
    .reduce(sum, point(ZERO));
}

/** What a bonus can come to after proration, condition, gate, cap and floor, before rounding. */
export function payableBounds(model: Model, role: Role, bonus: Bonus): Interval {
  return remembered(role, bonus.name, () => {
    const open = uncappedBounds(model, role, bonus);
    const capped = bonus.cap ? leastOf(open, boundsOf({ model, role }, bonus.cap)) : open;
    if (!bonus.floor) return capped;
    // a floor only ever adds, in proportion to the days held
    const floor = hull([point(ZERO), boundsOf({ model, role }, bonus.floor)]);
    return interval(capped.low, greatestOf(capped, floor).high);
  });
}

/** As `payableBounds`, before the bonus's own cap and floor. */
export function uncappedBounds(model: Model, role: Role, bonus: Bonus): Interval {
  const value = boundsOf(placeOf(model, role, bonus), bonus.value);
  if (bonus.perEvent !== undefined) return totalBounds(value);
  const mayBeNothing = bonus.when || bonus.gated || bonus.prorated || bonus.whileEmployed;
  return mayBeNothing ? hull([point(ZERO), value]) : value;
}

// ---- functions -----------------------------------------------------------------------------------------------

function appliedBounds(place: Place, node: ApplyNode): Interval {
  if (!isNumeric(node.type)) return ANY;
  const of = (index: number): Interval => boundsOf(place, node.args[index]!);
  switch (node.function) {
    case '+':
      return sum(of(0), of(1));
    case '-':
      return difference(of(0), of(1));
    case '*':
      return product(of(0), of(1));
    case '/': {
      const ratio = quotient(of(0), of(1));
      return isPartOf(place.model, node.args[0]!, node.args[1]!) ? leastOf(ratio, point(ONE)) : ratio;
    }
    case 'minus':
      return opposite(of(0));
    case 'min':
      return node.args.map((_, index) => of(index)).reduce(leastOf);
    case 'max':
      return node.args.map((_, index) => of(index)).reduce(greatestOf);
    case 'abs':
      return isNotNegative(of(0)) ? of(0) : NOT_NEGATIVE;
    case 'else':
    case 'median':
      return hull([of(0), of(1)]);
    case 'choose':
      return hull([of(1), of(2)]);
    case 'average':
      return averageBounds(place, node);
    case 'round':
    case 'round half even':
    case 'round down':
    case 'floor':
    case 'ceil':
      return roundedBounds(node.function, of(0), of(1));
    default:
      return ANY;
  }
}

/** An average weighted by positive shares lies among the values. */
function averageBounds({ model }: Place, { args: [total] }: ApplyNode): Interval {
  const measure = total?.kind === 'measure' ? measureCalled(model, total.measure) : undefined;
  if (!measure?.value) return ANY;
  return boundsOf({ model, event: eventOf(model, measure) }, measure.value);
}

/** Rounding never turns two values round. */
function roundedBounds(name: string, { low, high }: Interval, step: Interval): Interval {
  const by = onlyValue(step);
  if (!by) return ANY;
  const rounded = (end: Interval['low']) => {
    const value = end && libraryFunction(name).evaluate([end, by]);
    return typeof value === 'object' ? exact(exactText(value)) : undefined;
  };
  return interval(rounded(low), rounded(high));
}
