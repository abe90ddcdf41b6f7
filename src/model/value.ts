// What a value is and of which type. Types are static: a value at run time is bare, and its type says how to read it.

import type { Exact } from '../base/exact.ts';

/** The type of a field, a KPI or any part of a formula. */
export type ValueType =
  | { readonly kind: 'number' }
  | { readonly kind: 'percent' }
  /** `currency`: its ISO code, or the field of the row that names it. */
  | { readonly kind: 'money'; readonly currency: string }
  | { readonly kind: 'duration' }
  | { readonly kind: 'date' }
  | { readonly kind: 'datetime' }
  /** A year, quarter, month, ISO week or day by its id: `2026-01`. */
  | { readonly kind: 'period' }
  | { readonly kind: 'text' }
  | { readonly kind: 'truth' }
  | { readonly kind: 'enumeration'; readonly members: readonly string[]; readonly ordered: boolean }
  | { readonly kind: 'person' }
  /** What a mistake left without a type; it silences follow-up errors and never reaches a Model. */
  | { readonly kind: 'error' };

/**
 * A value at run time. Numbers, percents (`5%` is 0.05), money (in units of its currency) and durations (in seconds)
 * are `Exact`; a date is the `Exact` whole number of days since 1970-01-01, a datetime the `Exact` number of seconds
 * since 1970-01-01T00:00:00Z; text, words of an enumeration and person ids are strings in NFC.
 */
export type Value = Exact | string | boolean;

/** A value or, where there is none, *missing*. Missing is never zero. */
export type Cell = Value | undefined;

/** A constant in a Model, as text that JSON can hold: numbers as `exactText` writes them, dates as days. */
export interface Constant {
  readonly type: ValueType;
  readonly text: string;
}
