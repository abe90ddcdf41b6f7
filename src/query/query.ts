// The one question that backends answer: aggregates of an event's rows, grouped by whose they are and by when.

import type { Day } from '../base/date.ts';
import type { Measure } from '../model/policy.ts';

/** A range of days `[from, until)` that facts are collected for; buckets of a query may overlap. */
export interface Bucket {
  readonly id: string;
  readonly from: Day;
  readonly until: Day;
}

/** On the days of `[from, until)` the rows of who has `value` in the attribute belong to the group in that bucket. */
export interface GroupPiece {
  readonly group: string;
  readonly bucket: string;
  readonly value: string;
  readonly from: Day;
  readonly until: Day;
}

/**
 * - `own`: a row belongs to each stay that it credits, with its share.
 * - `group`: a row belongs to a group with the shares of those credited whose attribute, on the row's day, is that of a
 *   piece; measures that don't take shares see a row once per group, however many members share it.
 * - `company`: every used row, whole (share 1), credited or not; measures with `as` see the credited shares.
 */
export type QueryScope =
  | { readonly kind: 'own' }
  | { readonly kind: 'group'; readonly attribute: string; readonly pieces: readonly GroupPiece[] }
  | { readonly kind: 'company' };

export interface AggregateQuery {
  readonly id: string;
  readonly event: string;
  readonly scope: QueryScope;
  readonly buckets: readonly Bucket[];
  readonly measures: readonly Measure[];
}

/** Whether a measure is a sum over shares (`sum`, `count`); the others take each row whole. */
export function takesShares(measure: Measure): boolean {
  return measure.aggregate === 'sum' || measure.aggregate === 'count';
}
