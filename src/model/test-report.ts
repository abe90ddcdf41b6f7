// What came of a policy's tests. Plain data that JSON can hold: figures are exact text, missing is null.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/source.ts';
import type { FigureValue } from './inputs.ts';
import type { PayLine } from './pay-lines.ts';

export interface TestReport {
  readonly formatVersion: 1;
  readonly policy: string;
  /** In the order of the text; those that the filter names, where there is one. */
  readonly tests: readonly TestResult[];
  readonly passed: number;
  readonly failed: number;
}

export interface TestResult {
  readonly name: string;
  readonly at: TextPlace;
  readonly passed: boolean;
  /** How many conditions were looked at. */
  readonly conditions: number;
  /** Conditions that don't hold, or are missing. */
  readonly failures: readonly TestFailure[];
  /** Why conditions couldn't be worked out, or the whole test; each has its place in the policy, if it has one. */
  readonly faults: readonly Diagnostic[];
  /** Of a test that failed: its rows that count for nobody. */
  readonly unused: readonly UnusedRows[];
}

/** A place in a policy's file, as people count. */
export interface TextPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly span: Span;
}

/** A condition that doesn't hold. */
export interface TestFailure {
  readonly person: string;
  readonly period: string;
  /** The role in which the condition's figures were looked at; absent where it has none of a role. */
  readonly role?: string;
  readonly at: TextPlace;
  /** The currency of pay. */
  readonly currency: string;
  /** The condition as the policy writes it, on one line. */
  readonly condition: string;
  /** Null where the condition is missing. */
  readonly value: false | null;
  /** What a part of the condition should be, where it says so. */
  readonly expected?: FigureValue;
  readonly found?: FigureValue | 'top';
  /** The values under the parts of the condition, in the order of the text. */
  readonly parts: readonly FailurePart[];
  /** How the bonuses came about that the condition names. */
  readonly bonuses: readonly FailedBonus[];
  /** Where the condition names pay: what it is made of. */
  readonly pay?: readonly PayPart[];
}

/** A part of a condition with its value: `from` and `until` are places in `condition`, `mark` where it is shown. */
export interface FailurePart {
  readonly from: number;
  readonly until: number;
  readonly mark: number;
  readonly value: FigureValue | 'top';
}

/** A bonus as statements of the period say it; without lines where no time over which it is worked out ends in it. */
export interface FailedBonus {
  readonly bonus: string;
  readonly lines: readonly { readonly role: string; readonly line: PayLine }[];
}

/** One amount that pay is made of. */
export interface PayPart {
  readonly kind: PayLine['kind'];
  readonly name: string;
  readonly title?: string;
  readonly earned: FigureValue;
  readonly payable: FigureValue;
}

export interface UnusedRows {
  readonly source: string;
  readonly reason: string;
  readonly rows: number;
}
