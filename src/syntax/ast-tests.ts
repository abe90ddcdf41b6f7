// The syntax tree of the proof that a policy does what was meant: tests and invariants.

import type { Span } from '../base/source.ts';
import type { Expression, Name } from './ast.ts';
import type { Declared } from './ast-data.ts';

/** `test "…" { … }`: `name` is the quoted text. */
export interface TestDeclaration extends Declared {
  readonly kind: 'test';
  readonly rows: readonly TestRow[];
  readonly expectations: readonly Expectation[];
}

/** `person anna { role hunter }`, `deal { manager anna, … }`, `12 deals { … }`. */
export interface TestRow {
  /** How many rows the line stands for. */
  readonly count?: Expression;
  /** `person`, or an event or table as written (an event may stand in the plural after a count). */
  readonly of: Name;
  /** The id, for a person. */
  readonly id?: Name;
  readonly cells: readonly TestCell[];
  readonly span: Span;
}

/** `amount 100_000 RUB + 10_000 RUB * n`, `closed_on 2026-01-05 every 2 days`. */
export interface TestCell {
  readonly field: Name;
  readonly value: Expression;
  readonly every?: Expression;
  readonly span: Span;
}

/** `expect anna in 2026-01 { commission is 40_000 RUB }`: each line is a condition. */
export interface Expectation {
  readonly person: Name;
  readonly period: Expression;
  readonly conditions: readonly Expression[];
  readonly span: Span;
}

/** `invariant "…" { pay is nondecreasing in revenue }` or `{ commission <= 7% * revenue }`, after any `given` lines. */
export interface InvariantDeclaration extends Declared {
  readonly kind: 'invariant';
  /** `given revenue from 0 RUB until 50_000_000 RUB`. */
  readonly given: readonly {
    readonly value: Expression;
    readonly from?: Expression;
    readonly until?: Expression;
    readonly span: Span;
  }[];
  readonly claim:
    | {
        readonly kind: 'monotone';
        readonly value: Expression;
        readonly direction: 'nondecreasing' | 'nonincreasing';
        readonly in: Expression;
        readonly span: Span;
      }
    | { readonly kind: 'holds'; readonly condition: Expression; readonly span: Span };
}
