// The one question that backends answer: aggregates of an event's rows, grouped by whose they are and by when.

import type { Day } from '../base/date.ts';
import type { Expression } from '../model/expression.ts';
import type { Measure } from '../model/policy.ts';

/** A range of days `[from, until)` that facts are collected for; buckets of a query may overlap. */
export interface Bucket {
  readonly id: string;
  readonly from: Day;
  readonly until: Day;
  /** The period or window of which these days are a part, which formulas of rows see; absent: the days themselves. */
  readonly partOf?: { readonly from: Day; readonly until: Day };
}

/**
 * On the days of `[from, until)` the rows of who has `value` in the attribute belong to the group in that bucket; where it
 * is `alone`, those of the person of that id who has no value.
 */
export interface GroupPiece {
  readonly group: string;
  readonly bucket: string;
  readonly value: string;
  readonly alone?: true;
  readonly from: Day;
  readonly until: Day;
}

/**
 * On the days of `[from, until)` the rows credited to the stay belong to the group, in every bucket. Pieces of one group
 * and member have no day in common.
 */
export interface MemberPiece {
  readonly group: string;
  /** Index of the stay. */
  readonly member: number;
  readonly from: Day;
  readonly until: Day;
}

/**
 * - `own`: a row belongs to each stay that it credits, with its share.
 * - `group`: a row belongs to a group with the shares of those credited whose attribute, on the row's day, is that of a
 *   piece; measures that don't take shares see a row once per group, however many members share it.
 * - `below`: the same with the stays of pieces, who stand below somebody.
 * - `outside`: the ordinary shares that count for nobody, since whom they name held no (allowed) role that day; only for
 *   measures that take shares and don't look at who is credited.
 * - `company`: every used row, whole (share 1), credited or not; measures with `as` see the credited shares.
 *   What a person sees of it is a bucket of its own, of the days of the stay.
 */
export type QueryScope =
  | { readonly kind: 'own' }
  | { readonly kind: 'group'; readonly attribute: string; readonly pieces: readonly GroupPiece[] }
  | { readonly kind: 'below'; readonly pieces: readonly MemberPiece[] }
  | { readonly kind: 'outside' }
  | { readonly kind: 'company' };

export interface AggregateQuery {
  readonly id: string;
  readonly event: string;
  readonly scope: QueryScope;
  readonly buckets: readonly Bucket[];
  /**
   * The date or moment of the row, never missing, that puts it into buckets, where that isn't the posting one. It is also the day
   * as of which credits find the person's stay, group and attributes, so that nothing falls between two roles.
   */
  readonly by?: Expression;
  /** All of one `by`. */
  readonly measures: readonly Measure[];
}

/**
 * Asks for rows themselves, one by one: for bonuses per event, and for whoever wants to see what a figure is made of.
 * Only ordinary credit lines count (`as` absent), or those of one name.
 */
export interface RowsQuery {
  readonly id: string;
  readonly event: string;
  /** Not the credited rows, but each row that look-backs see, whoever is credited with it: of the stay `NOBODY`, whole. */
  readonly seen?: true;
  /** Not the credited rows, but each used row, whoever is credited with it: of the stay `NOBODY`, whole. */
  readonly whole?: true;
  /** As in `AggregateQuery`; not of rows as look-backs see them. */
  readonly by?: Expression;
  /** Asked to show which of several rows this measure takes. */
  readonly measure?: string;
  readonly buckets: readonly Bucket[];
  readonly as?: string;
  /** Formulas of rows; their answers come in this order. */
  readonly columns: readonly Expression[];
  /** Only rows for which this holds. */
  readonly where?: Expression;
}

/** The stay of rows that are asked for whoever is credited with them. */
export const NOBODY = -1;

/** Whether a measure is a sum over shares (`sum`, `count`); the others take each row whole. */
export function takesShares(measure: Measure): boolean {
  return measure.aggregate === 'sum' || measure.aggregate === 'count';
}
