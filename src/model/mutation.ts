// What came of changing a policy bit by bit under its tests: which changes they noticed. Plain data that JSON can hold.

import type { TextPlace } from './test-report.ts';

export interface MutationReport {
  readonly formatVersion: 1;
  readonly policy: string;
  /** How many changes there are, by what came of them; those that don't check are none, and are counted apart. */
  readonly counts: Readonly<Record<MutantOutcome['kind'], number>>;
  /** In the order of files and text; all but those that don't check. */
  readonly mutants: readonly MutantResult[];
}

/** One change of a policy, and what came of it. */
export interface MutantResult {
  /** Alone among those of the policy, and the same however its files are laid out. */
  readonly id: string;
  readonly kind: MutantKind;
  /** Whose line is changed: ``role `hunter`, bonus `commission` ``. */
  readonly owner: string;
  /** What stands there, and what stands there instead; empty where it is left out. */
  readonly before: string;
  readonly after: string;
  readonly at: TextPlace;
  readonly outcome: MutantOutcome;
}

export type MutantOutcome =
  /** The first test that failed, or the invariant, and why where it isn't that a condition doesn't hold. */
  | {
      readonly kind: 'killed';
      readonly test: string;
      readonly by?: 'a fault' | 'an invariant' | 'the time limit';
    }
  /** No test failed, and some data may well be paid otherwise. */
  | { readonly kind: 'survived'; readonly diff: readonly DiffLine[]; readonly hint?: string }
  /** It is proved that nobody is paid otherwise, whatever the data. */
  | { readonly kind: 'equivalent'; readonly reasons: readonly string[] }
  /** It isn't a policy, or the same as an earlier change. */
  | { readonly kind: 'invalid' };

/** A line of the policy as the formatter writes it. */
export interface DiffLine {
  readonly way: 'without' | 'with';
  readonly text: string;
}

/** What is changed. */
export type MutantKind =
  /** A bound of a tier, point or status, or of a comparison with a table's heading; `edge`: whether it belongs to what is above. */
  | 'bound'
  | 'edge'
  /** A rate of a tier, a score of a curve, a cell of a grid. */
  | 'rate'
  /** How a table is read: marginal or whole, linear or by steps. */
  | 'table'
  | 'comparison'
  /** `and`, `or`, `not`. */
  | 'logic'
  /** A `when` or `where` left out. */
  | 'condition'
  | 'gate'
  /** A cap or a floor. */
  | 'cap'
  | 'weight'
  /** Lower is better. */
  | 'direction'
  | 'window'
  | 'scope'
  | 'aggregate'
  | 'arithmetic'
  | 'credit'
  | 'target'
  | 'constant'
  | 'else'
  | 'missing'
  | 'rounding'
  /** Ramps, and how what is held for a part of a period counts. */
  | 'days'
  /** The length of time over which a line is worked out. */
  | 'period'
  /** Draws, parts, holds, how many rows count. */
  | 'payment'
  /** Who wins an award, level or part of a pool, and what. */
  | 'award';

/** All kinds of changes. */
export const MUTANT_KINDS: readonly MutantKind[] = [
  'bound',
  'edge',
  'rate',
  'table',
  'comparison',
  'logic',
  'condition',
  'gate',
  'cap',
  'weight',
  'direction',
  'window',
  'scope',
  'aggregate',
  'arithmetic',
  'credit',
  'target',
  'constant',
  'else',
  'missing',
  'rounding',
  'days',
  'period',
  'payment',
  'award',
];
