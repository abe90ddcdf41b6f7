// What a policy says of itself: tests, as the checker hands them out. A run doesn't work them out; what only they ask for
// stands apart, so that a policy is the same with them and without.

import type { Grain } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import type { Expression } from './expression.ts';
import type { Figure, Measure } from './policy.ts';
import type { ValueType } from './value.ts';

/** A test: rows of data, and what is expected of the people in them. */
export interface TestModel {
  readonly name: string;
  readonly doc?: string;
  /** In the order of the text. */
  readonly rows: readonly TestRow[];
  readonly expectations: readonly Expectation[];
  readonly span: Span;
}

/** A row of the data, or `count` rows that differ by their number. */
export interface TestRow {
  readonly kind: 'person' | 'event' | 'table' | 'absence';
  /** The event or table; `person` and `absence` for the other kinds. */
  readonly of: string;
  /** The id, of a person. */
  readonly person?: string;
  readonly count?: number;
  readonly cells: readonly TestCell[];
  readonly span: Span;
}

/** What a test says of one field. */
export interface TestCell {
  readonly field: string;
  /** The type of the field; of money in any currency, the currency is that of the value. */
  readonly type: ValueType;
  /** Of constants, functions, and the number of the row. */
  readonly value: Expression;
  /** Of several rows: how much later each is than the one before. */
  readonly every?: { readonly count: number; readonly unit: StepUnit };
  readonly span: Span;
}

export type StepUnit = 'minute' | 'hour' | 'day' | 'week' | 'month';

/** What is expected of one person in one period. */
export interface Expectation {
  readonly person: string;
  /** By its id; the policy's own, or a longer one. */
  readonly period: string;
  readonly grain: Grain;
  /** Conditions of people; a bonus in them is what a statement says: what is earned of it in the period, rounded. */
  readonly conditions: readonly Expression[];
  readonly personSpan: Span;
  readonly periodSpan: Span;
}

/** What a policy says must hold of every person in every period, within ranges. */
export interface InvariantModel {
  readonly name: string;
  readonly doc?: string;
  /** In the order of the text. */
  readonly given: readonly GivenRange[];
  readonly claim: Claim;
  readonly span: Span;
}

/**
 * What must hold. Bonuses in it are those of a role, before rounding, as formulas see them; pay is of rounded lines.
 * Where a value is missing nothing is claimed.
 */
export type Claim =
  | {
      readonly kind: 'monotone';
      readonly value: Expression;
      readonly direction: 'nondecreasing' | 'nonincreasing';
      /** What moves, while all that isn't made of it stays as it is. */
      readonly in: Varied;
      readonly span: Span;
    }
  | { readonly kind: 'holds'; readonly condition: Expression; readonly span: Span };

/** What varies: a figure or an attribute of the person, or a field of the rows of an event. */
export type Varied =
  | { readonly kind: 'of people'; readonly value: Expression }
  | {
      readonly kind: 'of rows';
      readonly event: string;
      readonly field: string;
      readonly type: ValueType;
      readonly span: Span;
    };

/** Only these values are meant, both ends included; texts of constants. */
export interface GivenRange {
  readonly value: Varied;
  readonly from?: string;
  readonly until?: string;
  readonly span: Span;
}

/** What only tests and invariants ask for, beside the figures and measures of the policy. */
export interface OnlyProved {
  readonly figures: readonly Figure[];
  readonly measures: readonly Measure[];
}

/** Formulas that a run works out for the people of a role, or of any, beside what the policy pays. */
export interface AlsoAsked {
  readonly role?: string;
  readonly grain: Grain;
  readonly formulas: readonly Expression[];
}
