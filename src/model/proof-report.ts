// What came of a policy's invariants. Plain data that JSON can hold: figures are exact text, missing is null.

import type { FigureValue } from './inputs.ts';
import type { TextPlace } from './test-report.ts';

export interface ProofReport {
  readonly formatVersion: 1;
  readonly policy: string;
  /** The currency of pay. */
  readonly currency: string;
  /** In the order of the text. */
  readonly invariants: readonly InvariantResult[];
  readonly proved: number;
  readonly refuted: number;
  readonly tried: number;
}

/**
 * `proved`: it holds whatever the data, within the bounds of fields and what is given. `refuted`: there is data, shown
 * here, for which it doesn't. `tried`: neither; none of so many drawn situations refutes it.
 */
export type Outcome = 'proved' | 'refuted' | 'tried';

export interface InvariantResult {
  readonly name: string;
  readonly doc?: string;
  readonly at: TextPlace;
  /** The claim as the policy writes it, on one line. */
  readonly claim: string;
  /** What is given, likewise. */
  readonly given: readonly string[];
  readonly outcome: Outcome;
  /** The roles that have all that it names: of each, whether it is proved, and what kept it from being so. */
  readonly roles: readonly RoleResult[];
  /** In how many situations it was looked at, drawn by which seed; where it isn't proved. */
  readonly looked?: { readonly situations: number; readonly seed: number };
  readonly counterexample?: Counterexample;
}

export interface RoleResult {
  readonly role: string;
  readonly proved: boolean;
  /** What couldn't be followed, and where the policy says it. */
  readonly why?: { readonly what: string; readonly at?: TextPlace };
}

/** Data for which a claim doesn't hold, as the ordinary evaluation says. */
export interface Counterexample {
  readonly person: string;
  readonly role: string;
  readonly period: string;
  /** Of a condition: what its sides come to. */
  readonly sides?: readonly Side[];
  /** Of what rises or falls: two results, and what the value is at each. */
  readonly steps?: readonly { readonly moved: Side; readonly value: Side }[];
  /** The rows, as a test of the policy would write them. */
  readonly rows: readonly string[];
}

/** A part of a claim with its value. */
export interface Side {
  readonly words: string;
  readonly value: FigureValue | 'top';
}
