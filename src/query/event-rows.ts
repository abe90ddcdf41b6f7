// The rows that bonuses per event are worked out for: which a run asks for, with which parts of them; and the answers,
// found by event, bucket and stay. Of a formula only what stands in the row is asked for; the evaluator does the rest.

import { FIRST_DAY } from '../base/date.ts';
import { InternalError, RunError } from '../base/diagnostic.ts';
import { exactText } from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import { partsOf } from '../library/parts.ts';
import type { CreditedRow } from '../model/dataset.ts';
import type { Expression } from '../model/expression.ts';
import type { Bonus } from '../model/pay.ts';
import type { People } from '../model/people.ts';
import type { Model } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { dateKey } from './dates.ts';
import { earlierPerEvent } from './history.ts';
import { bucketOf, type GrainPlan } from './make-queries.ts';
import type { RowsQuery } from './query.ts';
import { rootsOver } from './roots.ts';
import { collectTaken, takenKey } from './taken-rows.ts';

/** The formulas of a bonus per event that are of rows. */
function formulasOf({ value, when, payableAs }: Bonus): readonly Expression[] {
  return [value, when, payableAs?.of].filter((each) => each !== undefined);
}

/** The parts of a formula that stand in its row: fields, its own and those read through a key. */
export function rowParts(formula: Expression): readonly Expression[] {
  if (formula.kind === 'field' || formula.kind === 'through') return [formula];
  return partsOf(formula).flatMap(rowParts);
}

/** The queries for rows of all bonuses per event, over the periods of the plans and those that they look back at. */
export function makeRowsQueries(
  model: Model,
  people: People,
  plans: readonly GrainPlan[],
): readonly RowsQuery[] {
  const bonuses = perEventBonuses(model);
  if (bonuses.length === 0) return [];
  const own = plans.filter((plan) => plan.grain === model.grain).flatMap((plan) => plan.periods);
  const asked = plans.map((plan) => ({ plan, roots: rootsOver(model, plan.grain) }));
  const earlier = earlierPerEvent(model, people, asked);
  const events = new Set(bonuses.map((each) => each.perEvent!));
  const queries = [...events].map((event, at): RowsQuery => {
    const ofEvent = bonuses.filter((each) => each.perEvent === event);
    const names = new Set(ofEvent.map((each) => each.name));
    const before = earlier.filter(
      ({ role, bonus }) =>
        names.has(bonus) && role.bonuses.some((each) => each.name === bonus && each.perEvent === event),
    );
    const periods = [...own, ...before.flatMap((each) => each.periods)];
    return {
      id: `rows${at + 1}`,
      event,
      buckets: [...new Map(periods.map((each) => [each.id, bucketOf(each)])).values()],
      columns: eachOnce(ofEvent.flatMap(formulasOf).flatMap(rowParts)),
    };
  });
  return [...queries, ...paymentQueries(model, bonuses, own)];
}

type Payable = NonNullable<Bonus['payableAs']>;

/** The rows of other events by which bonuses become payable, of all time up to the last period: reference and value. */
function paymentQueries(
  model: Model,
  bonuses: readonly Bonus[],
  periods: readonly Period[],
): readonly RowsQuery[] {
  const until = periods.reduce((last, each) => Math.max(last, each.until), FIRST_DAY);
  const found = new Map<string, RowsQuery>();
  for (const { payableAs } of bonuses) {
    if (!payableAs || found.has(paymentKey(payableAs))) continue;
    const { event, value } = payableAs;
    found.set(paymentKey(payableAs), {
      id: paymentKey(payableAs),
      event,
      seen: true,
      buckets: [bucketOf({ from: FIRST_DAY, until })],
      columns: [referenceOf(model, payableAs), value],
    });
  }
  return [...found.values()];
}

function referenceOf({ events }: Model, { event, reference, value }: Payable): Expression {
  const field = events.find((each) => each.name === event)?.fields.find((each) => each.name === reference);
  if (!field) throw new InternalError(`no such field: ${event}.${reference}`);
  return { kind: 'field', name: reference, type: field.type, optional: field.optional, span: value.span };
}

/** What a query for payments is known by. */
function paymentKey({ event, reference, value }: Payable): string {
  return JSON.stringify([event, reference, dateKey(value)]);
}

/** Every bonus per event, those that several roles share once. */
function perEventBonuses(model: Model): readonly Bonus[] {
  const all = model.roles.flatMap((role) => role.bonuses).filter((each) => each.perEvent !== undefined);
  return [...new Set(all)];
}

function eachOnce(formulas: readonly Expression[]): readonly Expression[] {
  return [...new Map(formulas.map((each) => [dateKey(each), each])).values()];
}

// ---- answers ---------------------------------------------------------------------------------------------------

/**
 * Rows of a run.
 *
 * INVARIANT: only what a query asked about is read; an unasked bucket or part is a fault, not an empty list.
 */
export interface EventRows {
  /** The rows credited to a stay in a bucket, in order of time, known time and key. */
  of(event: string, bucket: string, stay: number): readonly CreditedRow[];
  /** The value of a part of a formula for a row of the event; stops where the data doesn't give it. */
  value(event: string, part: Expression, row: CreditedRow): Cell;
  /** The rows of another event that refer to one by its key, in order of time; the second part of each is its value. */
  payments(by: Payable, key: string): readonly CreditedRow[];
  /** The rows with a value from which a measure takes one, in order of time, known time and key; none unless asked for. */
  taken(measure: string, bucket: string, stay: number): readonly CreditedRow[];
}

export interface RowsAnswer {
  readonly query: RowsQuery;
  readonly rows: readonly CreditedRow[];
}

interface Answered {
  readonly columns: ReadonlyMap<string, number>;
  readonly buckets: ReadonlySet<string>;
  readonly rows: ReadonlyMap<string, readonly CreditedRow[]>;
}

export function collectRows(answers: readonly RowsAnswer[]): EventRows {
  const credited = new Map<string, Answered>();
  const payments = new Map<string, ReadonlyMap<string, readonly CreditedRow[]>>();
  const taken = collectTaken(answers);
  for (const { query, rows } of answers) {
    if (query.measure !== undefined) continue;
    if (query.seen) {
      payments.set(query.id, rowsBy(rows, referredTo));
      continue;
    }
    credited.set(query.event, {
      columns: new Map(query.columns.map((each, at) => [dateKey(each), at])),
      buckets: new Set(query.buckets.map((each) => each.id)),
      rows: rowsBy(rows, (row) => `${row.bucket} ${row.stay}`),
    });
  }
  const columns = new Map<Expression, number>();
  const columnOf = (event: string, part: Expression): number => {
    const found = columns.get(part) ?? credited.get(event)?.columns.get(dateKey(part));
    if (found === undefined) throw new InternalError(`nobody asked for a part of ${event}: ${part.kind}`);
    columns.set(part, found);
    return found;
  };
  return {
    of: (event, bucket, stay) => {
      const found = credited.get(event);
      if (!found?.buckets.has(bucket))
        throw new InternalError(`nobody asked for rows of ${event} over the days ${bucket}`);
      return found.rows.get(`${bucket} ${stay}`) ?? [];
    },
    value: (event, part, row) => valueAt(row, columnOf(event, part)),
    taken: (measure, bucket, stay) => taken.get(takenKey(measure, bucket, stay)) ?? [],
    payments: (by, key) => {
      const found = payments.get(paymentKey(by));
      if (!found) throw new InternalError(`nobody asked for rows of ${by.event}`);
      return found.get(key) ?? [];
    },
  };
}

/** A value that was asked of a row; stops where the data doesn't give it. */
export function valueAt(row: CreditedRow, column: number): Cell {
  const lacking = row.lacks?.find((each) => each.column === column);
  if (lacking) throw new RunError(lacking.diagnostics);
  return row.values[column];
}

/** The key that a payment refers to, as text. */
function referredTo(row: CreditedRow): string | undefined {
  const key = valueAt(row, 0);
  return typeof key === 'object' ? exactText(key) : key?.toString();
}

function rowsBy(
  rows: readonly CreditedRow[],
  keyOf: (row: CreditedRow) => string | undefined,
): ReadonlyMap<string, readonly CreditedRow[]> {
  const found = new Map<string, CreditedRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === undefined) continue;
    const same = found.get(key);
    if (same) same.push(row);
    else found.set(key, [row]);
  }
  return found;
}
