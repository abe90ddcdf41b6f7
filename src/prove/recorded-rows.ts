// The rows of a run's data of which a person's results are made: first those that the person is credited with, then what
// formulas of these rows look at, then everybody's. As few as it takes are written into a test.

import type { Backend } from '../backend/backend.ts';
import { type Day, FIRST_DAY } from '../base/date.ts';
import type { Gathered } from '../gather.ts';
import { walk } from '../library/parts.ts';
import type { CreditedRow } from '../model/dataset.ts';
import type { Expression } from '../model/expression.ts';
import type { EventModel, Model } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { bucketOf } from '../query/make-queries.ts';

/** A row of an event with a value for each of its fields. */
export interface DataRow {
  readonly event: EventModel;
  readonly key: string;
  readonly day: Day;
  readonly values: readonly Cell[];
  /** Those who are credited with it in the days that the run looks at. */
  readonly persons: ReadonlySet<string>;
}

/** How much of the data a test takes: more of it with each step. */
export const REACHES = ['period', 'own', 'looked at', 'credited', 'all'] as const;
export type Reach = (typeof REACHES)[number];

/** All rows of the events up to a day, with who is credited with each. */
export async function dataRows(
  gathered: Gathered,
  until: Day,
  backend: Backend,
): Promise<readonly DataRow[]> {
  const { model, people } = gathered;
  const buckets = [bucketOf({ from: FIRST_DAY, until })];
  const found: DataRow[] = [];
  for (const event of model.events) {
    const columns = event.fields.map((field): Expression => {
      const { name, type, optional, span } = field;
      return { kind: 'field', name, type, optional, span };
    });
    const persons = new Map<string, Set<string>>();
    const names = new Set([undefined, ...event.credit.map((each) => (each.extra ? each.as : undefined))]);
    for (const as of event.credit.length > 0 ? names : []) {
      const credited = await backend.rows({
        id: `credited ${event.name}`,
        event: event.name,
        buckets,
        columns: columns.slice(0, 1),
        ...(as === undefined ? {} : { as }),
      });
      for (const { key, stay } of credited)
        persons.set(key, (persons.get(key) ?? new Set()).add(people.stays[stay]!.person));
    }
    const seen = await backend.rows({
      id: `seen ${event.name}`,
      event: event.name,
      seen: true,
      buckets,
      columns,
    });
    found.push(...seen.map((row) => dataRow(event, row, persons)));
  }
  return found;
}

function dataRow(
  event: EventModel,
  { key, day, values }: CreditedRow,
  persons: ReadonlyMap<string, ReadonlySet<string>>,
): DataRow {
  return { event, key, day, values, persons: persons.get(key) ?? new Set() };
}

/** The rows that a person's results take within a reach. */
export function rowsWithin(
  model: Model,
  rows: readonly DataRow[],
  { person, since, reach }: { readonly person: string; readonly since: Day; readonly reach: Reach },
): readonly DataRow[] {
  switch (reach) {
    case 'period':
      return rows.filter((row) => row.day >= since && isOf(row, person));
    case 'own':
      return rows.filter((row) => isOf(row, person));
    case 'looked at':
      return lookedAtBy(
        model,
        rows,
        rows.filter((row) => isOf(row, person)),
      );
    case 'credited':
      return rows.filter((row) => row.persons.size > 0 || isOf(row, person));
    case 'all':
      return rows;
    default:
      return reach satisfies never;
  }
}

/** Whether a person is credited with the row, or stands in any of its cells. */
function isOf({ event, values, persons }: DataRow, person: string): boolean {
  const isNamed = event.fields.some((field, at) => field.type.kind === 'person' && values[at] === person);
  return isNamed || persons.has(person);
}

/** The rows, and those that share a value with one of them by which rows of the policy look at each other. */
function lookedAtBy(model: Model, rows: readonly DataRow[], own: readonly DataRow[]): readonly DataRow[] {
  const names = sharedFields(model);
  const values = (row: DataRow): readonly string[] =>
    row.event.fields.flatMap((field, at) => {
      const value = row.values[at];
      const isShared =
        names.has(field.name) || field.name === row.event.key || field.references !== undefined;
      return isShared && typeof value === 'string' && field.type.kind !== 'enumeration' ? [value] : [];
    });
  const shared = new Set(own.flatMap(values));
  const kept = new Set(own);
  return rows.filter((row) => kept.has(row) || values(row).some((each) => shared.has(each)));
}

/** Fields by which formulas look at other rows. */
function sharedFields({ events }: Model): ReadonlySet<string> {
  const found = new Set<string>();
  const keep = (node: Expression): void =>
    walk(node, (part) => {
      if (part.kind === 'field') found.add(part.name);
    });
  for (const { computed } of events) {
    for (const { value } of computed)
      walk(value, (node) => {
        if (node.kind === 'nth') for (const each of node.by) keep(each);
        if (node.kind === 'look-back') {
          found.add(node.other);
          keep(node.own);
        }
      });
  }
  return found;
}
