// What one entry of the function table says. Checker, evaluator and SQL read it; what documentation says of it stands in
// documentation.ts.

import type { Cell, ValueType } from '../model/value.ts';

/** Why arguments don't fit: which one (from 0), and what was expected there. */
export interface Mismatch {
  readonly kind: 'mismatch';
  readonly argument: number;
  readonly expected: string;
}

/** How a result can be missing, from its arguments: `any`, as soon as one is; otherwise as said. */
export type MissingRule = 'any' | 'divisor' | 'never' | 'fallback' | 'choice' | 'truth';

/** What the SQL of functions takes from the engine that reads it. */
export interface SqlWords {
  /** The quotient of two whole numbers, in whatever type, cut towards zero. */
  quotient(a: string, b: string): string;
}

/** A function or operator: pure, of values alone. */
export interface LibraryFunction {
  /** The name in formulas, or the operator's sign. */
  readonly name: string;
  readonly kind: 'operator' | 'function';
  readonly arity: { readonly least: number; readonly most: number };
  /** The type of the result. Types of kind `error` never come here. */
  result(args: readonly ValueType[]): ValueType | Mismatch;
  readonly missing: MissingRule;
  /** The value; missing arguments are `undefined`. Exact. */
  evaluate(args: readonly Cell[]): Cell;
  /**
   * The same over SQL expressions that hold the arguments; absent: not for rows. Numbers are DECIMAL, dates integer
   * days, datetimes DECIMAL seconds, text VARCHAR in NFC, missing is NULL.
   */
  sql?(args: readonly string[], words: SqlWords): string;
}

/** Functions that take a result without an upper end as a value above every number; of all others it is a fault. */
export const TAKES_TOP: ReadonlySet<string> = new Set([
  '<',
  '<=',
  '>',
  '>=',
  'is',
  'is not',
  'min',
  'max',
  'exists',
]);

export function mismatch(argument: number, expected: string): Mismatch {
  return { kind: 'mismatch', argument, expected };
}
