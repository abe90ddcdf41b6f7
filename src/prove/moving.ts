// What moves in a claim that something is nondecreasing, and what moves with it. A KPI that is one sum or
// count moves with all that is made of it; any other figure is moved by itself. All else stays as it is: other measures,
// targets, other people's results, earlier periods.

import { eventOf, figureCalled, measureCalled } from '../analyse/formulas.ts';
import { ANY, hull, type Interval, interval, opposite, point, product, sum } from '../analyse/interval.ts';
import { exact, ONE, ZERO } from '../base/exact.ts';
import { walk } from '../library/parts.ts';
import type { Expression, Window } from '../model/expression.ts';
import type { EventModel, Measure, Model } from '../model/policy.ts';
import type { Varied } from '../model/proof.ts';
import { isAdditive } from '../query/moved-facts.ts';
import type { Bounding } from './limits-of.ts';
import { attributesOfMeasure, rowFormulas } from './reads.ts';
import type { Input, Reads } from './sketch.ts';
import type { Moving } from './slopes.ts';

const STILL: Interval = point(ZERO);
const WITH_IT: Interval = point(ONE);
const UP_TO_IT: Interval = interval(ZERO, ONE);

/** What is moved: one measure, a figure as a whole, an attribute, or a field of rows. */
export type Mover =
  | { readonly kind: 'measure'; readonly measure: Measure }
  | { readonly kind: 'figure'; readonly figure: string }
  | { readonly kind: 'attribute'; readonly attribute: string }
  | { readonly kind: 'field'; readonly event: string; readonly field: string };

/** What is moved by what a claim names. */
export function moverOf(model: Model, varied: Varied): Mover {
  if (varied.kind === 'of rows') return { kind: 'field', event: varied.event, field: varied.field };
  const { value } = varied;
  if (value.kind === 'attribute') return { kind: 'attribute', attribute: value.name };
  const figure = value.kind === 'figure' ? figureCalled(model, value.figure) : undefined;
  const formula = figure?.value;
  if (figure?.id === figure?.name && formula?.kind === 'measure' && formula.scope.kind === 'own') {
    const measure = measureCalled(model, formula.measure)!;
    const isHere = formula.window.kind === 'period' && !formula.window.back;
    if (isHere && isAdditive(measure)) return { kind: 'measure', measure };
  }
  return { kind: 'figure', figure: figure!.id };
}

/** How everything moves with it. */
export function movingWith(model: Model, mover: Mover, bounds: Bounding): Moving {
  return {
    bounds,
    // a row may be anybody's
    ofOthers: mover.kind === 'field',
    input: (input) => slopeOf(model, mover, input),
    reads: (reads) => readsMove(model, mover, reads),
  };
}

function slopeOf(model: Model, mover: Mover, { origin }: Input): Interval {
  switch (origin.kind) {
    case 'figure':
      return mover.kind === 'figure' && mover.figure === origin.figure ? WITH_IT : STILL;
    case 'attribute':
      if (mover.kind !== 'attribute' || mover.attribute !== origin.attribute) return STILL;
      return origin.isLonger ? UP_TO_IT : WITH_IT;
    case 'measure': {
      const { measure, scope, window } = origin;
      const found = measureCalled(model, measure)!;
      if (mover.kind === 'field') return fieldSlope(model, mover, found);
      if (mover.kind === 'attribute')
        return attributesOfMeasure(model, measure).has(mover.attribute) ? ANY : STILL;
      if (mover.kind !== 'measure' || mover.measure.id !== measure || !holdsPeriod(window)) return STILL;
      if (scope.kind === 'group' && scope.below) return STILL;
      if (scope.kind === 'own' && window.kind === 'period' && !origin.isLonger) return WITH_IT;
      if (found.aggregate === 'sum' || found.aggregate === 'count') return WITH_IT;
      // what is different for one person may be there already for others, or at another time
      return found.aggregate === 'distinct' ? UP_TO_IT : ANY;
    }
    case 'other':
      return readsMove(model, mover, origin.reads) ? ANY : STILL;
    default:
      return origin satisfies never;
  }
}

/** Whether a window holds the period itself. */
function holdsPeriod({ kind, back }: Window): boolean {
  if (back && (back.periods > 0 || back.years > 0)) return false;
  return kind === 'period' || kind === 'trailing' || kind === 'so far' || kind === 'to date';
}

function readsMove(model: Model, mover: Mover, reads: Reads): boolean {
  if (reads.results) return true;
  switch (mover.kind) {
    case 'measure':
      return reads.measures.has(mover.measure.id);
    case 'figure':
      return reads.figures.has(mover.figure);
    case 'attribute':
      return (
        reads.attributes.has(mover.attribute) ||
        [...reads.measures].some((each) => attributesOfMeasure(model, each).has(mover.attribute))
      );
    case 'field':
      return [...reads.measures].some((each) => {
        const { low, high } = fieldSlope(model, mover, measureCalled(model, each)!);
        return !low || !high || low.num !== 0 || high.num !== 0;
      });
    default:
      return mover satisfies never;
  }
}

// ---- a field of rows -----------------------------------------------------------------------------------------

/** How a measure moves as one row's field does: by the row's share of what its value moves by. */
function fieldSlope(model: Model, mover: Mover & { readonly kind: 'field' }, measure: Measure): Interval {
  const event = eventOf(model, measure);
  const formulas = rowFormulas(model, measure);
  const own = event.name === mover.event;
  // other rows of the event may be looked at, from it or from elsewhere
  if (formulas.some(looksElsewhere)) return ANY;
  if (!own) return STILL;
  const isRead = (formula: Expression | undefined): boolean =>
    formula !== undefined && reads(event, mover.field, formula);
  const decides = event.credit.some((each) => [each.when, each.to, each.otherwise].some(isRead));
  if (decides || [measure.where, measure.each, measure.by].some(isRead)) return ANY;
  if (!isRead(measure.value)) return STILL;
  if (measure.aggregate === 'count' || measure.aggregate === 'distinct') return ANY;
  return product(UP_TO_IT, rowSlope(event, mover.field, measure.value!));
}

function looksElsewhere(formula: Expression): boolean {
  let found = false;
  walk(formula, ({ kind }) => {
    if (kind === 'through' || kind === 'look-back' || kind === 'nth' || kind === 'before') found = true;
  });
  return found;
}

/** Whether a formula of rows reads a field, through computed ones. */
function reads(event: EventModel, field: string, formula: Expression): boolean {
  let found = false;
  walk(formula, (part) => {
    if (part.kind !== 'field') return;
    const computed = event.computed.find((each) => each.name === part.name);
    if (part.name === field || (computed && reads(event, field, computed.value))) found = true;
  });
  return found;
}

function rowSlope(event: EventModel, field: string, node: Expression): Interval {
  if (!reads(event, field, node)) return STILL;
  const of = (part: Expression): Interval => rowSlope(event, field, part);
  if (node.kind === 'field') {
    const computed = event.computed.find((each) => each.name === node.name);
    return computed ? of(computed.value) : WITH_IT;
  }
  if (node.kind !== 'apply') return ANY;
  const [a, b] = node.args as readonly [Expression, Expression];
  const constant = (part: Expression | undefined): Interval | undefined =>
    part?.kind === 'constant' ? point(exact(part.text)) : undefined;
  switch (node.function) {
    case '+':
      return sum(of(a), of(b));
    case '-':
      return sum(of(a), opposite(of(b)));
    case 'minus':
      return opposite(of(a));
    case '*': {
      const [x, y] = [constant(a), constant(b)];
      return x ? product(x, of(b)) : y ? product(of(a), y) : ANY;
    }
    case 'min':
    case 'max':
      return hull(node.args.map(of));
    default:
      return ANY;
  }
}
