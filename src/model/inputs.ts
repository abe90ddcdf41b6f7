// Values as results hold them, and what a formula read: the named values, and which part of a table decided.

import type { ValueType } from './value.ts';

/** A value with its type; `value` is exact text, a word, an id, `true`/`false`, or null where it is missing. */
export interface FigureValue {
  readonly value: string | null;
  readonly type: ValueType;
}

/** A value that a formula read. */
export interface Input {
  /** As the policy writes it: `revenue`, `attainment(revenue[team])`, `person.salary`, `ladder(revenue)`. */
  readonly text: string;
  readonly value: FigureValue | 'top';
  /** For a table of rates: the tiers that the value went through, or the one that decided. */
  readonly tiers?: readonly TierPart[];
  /** For a table of rates whose first tier the value doesn't reach: where that begins. */
  readonly below?: Pick<TierPart, 'bound' | 'includes'>;
  /** For a table of rates read after a value: that value, and the amount for it, which the tiers' amounts hold too. */
  readonly before?: { readonly value: FigureValue; readonly amount: FigureValue };
  /** For a curve: where on it the value lies. */
  readonly curve?: CurvePart;
  /** For a grid: the key that held in each dimension. */
  readonly grid?: readonly GridPart[];
  /** For a look-up: which row of the table it is, or would be, where there is none. */
  readonly row?: RowRead;
  /** For a pool: why the person has this part of it, or none. */
  readonly pool?: PoolRead;
}

/** The key of a row of a table, in the order of its key fields, and the day on which the row holds, where it is dated. */
export interface RowRead {
  readonly table: string;
  readonly key: readonly FigureValue[];
  readonly on?: string;
  readonly found: boolean;
}

/** What a pool comes to in a period, and what the person has of that by which it is shared. */
export interface PoolRead {
  readonly period: string;
  readonly amount: FigureValue;
  /** The formula, or `equally`. */
  readonly sharedBy: string;
  readonly by?: FigureValue;
  /** How many have a part. */
  readonly parts: number;
  /** Why the person has none; `another stay`: it is the person's part by another role or stretch of time. */
  readonly because?:
    | 'nothing to share'
    | 'not for the role'
    | 'condition'
    | 'not among the first'
    | 'nothing to share it by'
    | 'another stay';
  /** The pool's condition, where that is why. */
  readonly condition?: string;
}

/** What one tier of a table of rates made of a value. */
export interface TierPart {
  /** Where the tier begins; without `includes` it begins just above. */
  readonly bound: FigureValue;
  readonly includes: boolean;
  /** It rates all that lies below it too. */
  readonly onAll?: true;
  /** What lies in the tier: a slice of the value, or all of it where the tier reached decides. */
  readonly part: FigureValue;
  /** Of `amounts`: what the tier holds; `rate` is then the amount of all of it. */
  readonly of?: FigureValue;
  readonly rate: FigureValue;
  /** part times rate, of `amounts` part / of times rate; absent where the formula asks for the rate alone. */
  readonly amount?: FigureValue;
}

/** Where on a curve a value lies: at or above a point, and below the next. */
export interface CurvePart {
  /** Absent below the first point. */
  readonly from?: CurvePointValue;
  /** The next point, towards which a linear curve goes. */
  readonly until?: CurvePointValue;
  /** Above the last point, of which the curve says something else, or how it goes on. */
  readonly past?: true;
  readonly slope?: { readonly more: FigureValue; readonly per: FigureValue; readonly full: boolean };
}

export interface CurvePointValue {
  readonly at: FigureValue;
  readonly score: FigureValue;
  /** It is the score just below. */
  readonly upTo?: true;
}

/** The key of one dimension of a grid that held; `below` where the value lies below the first bound. */
export interface GridPart {
  readonly dimension: string;
  readonly key: FigureValue | 'otherwise' | 'below';
  /** Of a bound: whether it is its own. */
  readonly includes?: boolean;
}
