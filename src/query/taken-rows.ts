// The rows from which a `first` or `last` takes one, where the event says when rows became known: a rating that was entered
// anew counts, and the earlier one is shown beside it.

import type { CreditedRow } from '../model/dataset.ts';
import type { Expression } from '../model/expression.ts';
import type { EventModel, FieldModel, Measure, Model } from '../model/policy.ts';
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
