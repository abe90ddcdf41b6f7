// The rows from which a `first` or `last` takes one, where the event says when rows became known: a rating is shown with who
// entered it and when, and where it was entered anew the earlier one beside it.

import type { Diagnostic } from '../base/diagnostic.ts';
import { compare, type Exact } from '../base/exact.ts';
import { periodAt } from '../base/period.ts';
import type { CreditedRow } from '../model/dataset.ts';
import type { Expression } from '../model/expression.ts';
import type { People } from '../model/people.ts';
import type { EventModel, FieldModel, Measure, Model } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { knownLaterPassed } from './messages.ts';
import type { AggregateQuery, Bucket, RowsQuery } from './query.ts';

/** Whether statements show the rows of a measure, and not only the one that it takes. */
export function showsRows(measure: Measure, event: EventModel): boolean {
  const takesOne = measure.aggregate === 'first' || measure.aggregate === 'last';
  return takesOne && !measure.each && !measure.by && event.known !== undefined;
}

/** What is shown of a row beside its value: when it became known, and who is named in it without being its owner. */
export function fieldsShown({ fields, known, credit }: EventModel): readonly FieldModel[] {
  const credited = new Set(credit.flatMap(({ to }) => (to.kind === 'field' ? [to.name] : [])));
  return fields.filter(({ name, type }) => name === known || (type.kind === 'person' && !credited.has(name)));
}

/** The queries for those rows: over the days for which people's own facts are asked of the measure. */
export function makeTakenQueries(model: Model, queries: readonly AggregateQuery[]): readonly RowsQuery[] {
  const events = new Map(model.events.map((each) => [each.name, each]));
  const asked = new Map<string, { readonly measure: Measure; readonly buckets: Map<string, Bucket> }>();
  for (const { scope, measures, buckets } of queries) {
    if (scope.kind !== 'own') continue;
    for (const measure of measures) {
      if (!showsRows(measure, events.get(measure.event)!)) continue;
      const found = asked.get(measure.id) ?? { measure, buckets: new Map<string, Bucket>() };
      for (const each of buckets) found.buckets.set(each.id, each);
      asked.set(measure.id, found);
    }
  }
  return [...asked.values()].map(({ measure, buckets }): RowsQuery => {
    const { id, event, value, where, as } = measure;
    return {
      id: `taken ${id}`,
      event,
      measure: id,
      buckets: [...buckets.values()],
      ...(as === undefined ? {} : { as }),
      columns: [value!, ...fieldsShown(events.get(event)!).map(fieldNode)],
      ...(where ? { where } : {}),
    };
  });
}

function fieldNode({ name, type, optional, span }: FieldModel): Expression {
  return { kind: 'field', name, type, optional, span };
}

/** What rows of measures are found by. */
export function takenKey(measure: string, bucket: string, stay: number): string {
  return JSON.stringify([measure, bucket, stay]);
}

/** The rows of one stay and bucket that have a value, in order of time, known time and key. */
export function collectTaken(
  answers: readonly { readonly query: RowsQuery; readonly rows: readonly CreditedRow[] }[],
): ReadonlyMap<string, readonly CreditedRow[]> {
  const found = new Map<string, CreditedRow[]>();
  for (const { query, rows } of answers) {
    if (query.measure === undefined) continue;
    for (const row of rows) {
      // a row without the value is never the one that is taken
      if (row.values[0] === undefined) continue;
      const key = takenKey(query.measure, row.bucket, row.stay);
      const same = found.get(key);
      if (same) same.push(row);
      else found.set(key, [row]);
    }
  }
  return found;
}

/** What a policy says of time and events, and its people. */
interface Taking {
  readonly model: Model;
  readonly people: People;
}

/**
 * Of each event, the first row that counts though another of its period became known later, and how many more there are.
 * The day goes first, so that a reading which is entered late isn't the last one; but of two results for a period the
 * later known is meant to count, which it does only where both stand on one day.
 */
export function passedOver(
  { model, people }: Taking,
  answers: readonly { readonly query: RowsQuery; readonly rows: readonly CreditedRow[] }[],
): readonly Diagnostic[] {
  return model.events.flatMap((event) => {
    const lasts = new Set(
      model.measures
        .filter((each) => each.event === event.name && each.aggregate === 'last' && showsRows(each, event))
        .map((each) => each.id),
    );
    const knownAt = 1 + fieldsShown(event).findIndex((each) => each.name === event.known);
    const found = new Map<string, Parameters<typeof knownLaterPassed>[1]>();
    const ofLasts = answers.filter(({ query }) => query.measure !== undefined && lasts.has(query.measure));
    for (const rows of collectTaken(ofLasts).values()) {
      const counts = rows.at(-1)!;
      const period = periodAt(model.grain, counts.day);
      const passed = rows.findLast(
        (each) => each.day >= period.from && isLater(each.values[knownAt], counts.values[knownAt]),
      );
      if (!passed) continue;
      const { person } = people.stays[counts.stay]!;
      found.set(`${counts.key} ${passed.key}`, { person, period: period.id, counts, passed });
    }
    const [first] = found.values();
    return first ? [knownLaterPassed(event, first, found.size - 1)] : [];
  });
}

/** Whether a row became known after another; one without a time was known at once. */
function isLater(known: Cell, other: Cell): boolean {
  return known !== undefined && (other === undefined || compare(known as Exact, other as Exact) > 0);
}
