// Which events, queries and formulas a few passes over typed columns answer, without a table of all rows between.

import { decimalPlaces, exact } from '../base/exact.ts';
import { partsOf } from '../library/parts.ts';
import { eventsLookedAt, eventsReadThrough, rowFormulas } from '../library/row-formulas.ts';
import type { Expression, NthNode } from '../model/expression.ts';
import type { People } from '../model/people.ts';
import type { EventModel, Measure, Model } from '../model/policy.ts';
import type { AggregateQuery, RowsQuery } from '../query/query.ts';
import type { Wanted } from './backend.ts';

/** What a run will ask of an event. */
export type Asked = readonly (AggregateQuery | RowsQuery)[];

/**
 * Whether an event stands alone: each row is its owner's, whole, on the day that posts it; and no row of another event is
 * looked at, or looks at it.
 */
export function standsAlone(event: EventModel, model: Model): boolean {
  const [line, second] = event.credit;
  if (!line || second || line.to.kind !== 'field' || line.share !== '1' || line.extra) return false;
  if (line.leadsAbove || line.otherwise || line.inEveryRole || line.roles || line.when) return false;
  if (event.known !== undefined || event.fields.some((each) => each.references !== undefined || each.leftOut))
    return false;
  if (eventsReadThrough(model).has(event.name)) return false;
  if (rowFormulas(model).some(({ value }) => eventsLookedAt(value).has(event.name))) return false;
  const owner = line.to.name;
  return event.fields.some((each) => each.name === owner && !each.optional && each.fallback === undefined);
}

/** Whether nobody ever holds two roles at once, so that a row has one stay at most. */
export function holdOneRole({ rows }: Pick<People, 'rows'>): boolean {
  let last: People['rows'][number] | undefined;
  let until = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    if (row.person !== last?.person) until = Number.NEGATIVE_INFINITY;
    if (row.from < until) return false;
    until = Math.max(until, row.until);
    last = row;
  }
  return true;
}

/** Whether a run looks at the event by the day that posts it, and asks for figures of people and of the company only. */
export function asksPlainly(event: EventModel, wanted: Wanted): boolean {
  const { queries } = wanted;
  return (
    queries !== undefined &&
    wanted.by.length === 0 &&
    wanted.knownOn === undefined &&
    queries.every((each) => 'measures' in each && isPlainQuery(each, event))
  );
}

export function isPlainQuery({ scope, by, measures }: AggregateQuery, event: EventModel): boolean {
  if (by || (scope.kind !== 'own' && scope.kind !== 'company' && scope.kind !== 'outside')) return false;
  return scope.kind === 'outside' || measures.every((each) => isPlainMeasure(each, event));
}

function isPlainMeasure(measure: Measure, event: EventModel): boolean {
  const { as, by, each, value, where, place, aggregate } = measure;
  if (as !== undefined || by || each || aggregate === 'first' || aggregate === 'last') return false;
  if (place !== undefined && decimalPlaces(exact(place)) === undefined) return false;
  return [value, where].every((formula) => !formula || isPlainFormula(formula, event));
}

const PLAIN_PARTS: ReadonlySet<Expression['kind']> = new Set([
  'constant',
  'field',
  'apply',
  'nth',
  'word place',
]);

/** Whether a formula reads its own row alone, or counts rows off; and can't lack anything. */
function isPlainFormula(formula: Expression, event: EventModel): boolean {
  if (!PLAIN_PARTS.has(formula.kind)) return false;
  const computed =
    formula.kind === 'field' && event.computed.find((each) => each.name === formula.name)?.value;
  return (
    (!computed || isPlainFormula(computed, event)) &&
    partsOf(formula).every((each) => isPlainFormula(each, event))
  );
}

/** The positions that a formula counts, through the fields that it reads. */
export function positionsIn(formula: Expression, event: EventModel): readonly NthNode[] {
  const computed =
    formula.kind === 'field' && event.computed.find((each) => each.name === formula.name)?.value;
  const parts = computed ? [computed] : partsOf(formula);
  const inside = parts.flatMap((each) => positionsIn(each, event));
  return formula.kind === 'nth' ? [formula, ...inside] : inside;
}

/** The read and computed fields that a formula reads, at second hand too. */
export function fieldsIn(formula: Expression, event: EventModel): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (part: Expression): void => {
    if (part.kind === 'field' && !found.has(part.name)) {
      found.add(part.name);
      const computed = event.computed.find((each) => each.name === part.name);
      if (computed) visit(computed.value);
    }
    for (const each of partsOf(part)) visit(each);
  };
  visit(formula);
  return found;
}

/** The conditions that hold together where a formula holds, with computed fields written out. */
export function conjuncts(formula: Expression, event: EventModel): readonly Expression[] {
  if (formula.kind === 'apply' && formula.function === 'and')
    return formula.args.flatMap((each) => conjuncts(each, event));
  const computed =
    formula.kind === 'field' && event.computed.find((each) => each.name === formula.name)?.value;
  return computed ? conjuncts(computed, event) : [formula];
}

/** Measures of one key are one sum. */
export function cellKey({ aggregate, value, where }: Measure): string {
  return JSON.stringify([aggregate, value, where], (key, each) => (key === 'span' ? undefined : each));
}
