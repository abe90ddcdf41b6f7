// Whether one total is a part of another: the same rows, or fewer of them, so that their ratio never exceeds 100%.

import { keyOf } from '../check/known.ts';
import type { Expression, MeasureNode } from '../model/expression.ts';
import type { EventModel, Measure, Model } from '../model/policy.ts';
import { boundsOf } from './bounds.ts';
import { eventOf, figureCalled, measureCalled } from './formulas.ts';
import { isNotNegative } from './interval.ts';

/** Whether `a` is surely never more than `b`, both being totals of values that aren't negative. */
export function isPartOf(model: Model, a: Expression, b: Expression): boolean {
  const part = totalBehind(model, a);
  const all = totalBehind(model, b);
  if (!part || !all || keyOf({ ...part, measure: '' }) !== keyOf({ ...all, measure: '' })) return false;
  const [mine, theirs] = [measureOf(model, part), measureOf(model, all)];
  if (mine.event !== theirs.event || mine.aggregate !== theirs.aggregate || mine.as !== theirs.as)
    return false;
  if ((mine.by && keyOf(mine.by)) !== (theirs.by && keyOf(theirs.by))) return false;
  const event = eventOf(model, mine);
  return sameValue(model, event, mine, theirs) && isNarrower(event, mine.where, theirs.where);
}

function measureOf(model: Model, node: MeasureNode): Measure {
  return measureCalled(model, node.measure)!;
}

/** The one measure that a formula is, through the names of KPIs and lets. */
function totalBehind(model: Model, node: Expression): MeasureNode | undefined {
  if (node.kind === 'measure') return node;
  if (node.kind !== 'figure') return undefined;
  const figure = figureCalled(model, node.figure);
  return figure && totalBehind(model, figure.value);
}

function sameValue(model: Model, event: EventModel, a: Measure, b: Measure): boolean {
  const same = (a.value && keyOf(a.value)) === (b.value && keyOf(b.value));
  if (a.aggregate === 'count' || a.aggregate === 'distinct') return same;
  return same && a.aggregate === 'sum' && isNotNegative(boundsOf({ model, event }, a.value!));
}

function isNarrower(
  event: EventModel,
  where: Expression | undefined,
  other: Expression | undefined,
): boolean {
  const mine = conjuncts(event, where);
  return conjuncts(event, other).every((wanted) => mine.some((each) => implies(each, wanted)));
}

/** The conditions that must all hold, through the names of computed fields. */
function conjuncts(event: EventModel, where: Expression | undefined): readonly Expression[] {
  if (!where) return [];
  if (where.kind === 'apply' && where.function === 'and')
    return where.args.flatMap((each) => conjuncts(event, each));
  const computed =
    where.kind === 'field' ? event.computed.find((each) => each.name === where.name) : undefined;
  return computed ? [where, ...conjuncts(event, computed.value)] : [where];
}

function implies(a: Expression, b: Expression): boolean {
  if (keyOf(a) === keyOf(b)) return true;
  if (a.kind !== 'apply' || b.kind !== 'apply' || a.function !== 'is' || b.function !== 'is not')
    return false;
  // a word of an enumeration is no other word of it
  const [field, word] = a.args;
  const [other, excluded] = b.args;
  return (
    keyOf(field!) === keyOf(other!) &&
    word!.kind === 'constant' &&
    excluded!.kind === 'constant' &&
    word.type.kind === 'enumeration' &&
    word.text !== excluded.text
  );
}
