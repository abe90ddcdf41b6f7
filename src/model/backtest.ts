// What a policy comes to over history: how targets were reached, what was paid and to whom, and where people stood in its
// tables, caps and gates. Plain data that JSON can hold: figures are exact text, missing is null.

import type { Fit } from './fit.ts';
import type { Result } from './result.ts';

export interface Backtest {
  readonly formatVersion: 1;
  readonly policy: Result['policy'];
  /** Ids of the periods, in order of time. The policy is run over all of them as if it had held. */
  readonly periods: readonly string[];
  /** Those of them in which the policy doesn't hold. Absent: it holds in all. */
  readonly outside?: readonly string[];
  readonly rejectsAllowed: boolean;
  /** Who has a statement, and how many statements there are. */
  readonly people: number;
  readonly statements: number;
  readonly cost: CostHistory;
  /** By role, then in the order of the statements. */
  readonly targets: readonly TargetHistory[];
  /** Of statements as a whole (no role), then of roles. */
  readonly pay: readonly PayHistory[];
  /** Gates, caps, floors, bands, tiers, curves and grids, in the order of the policy. */
  readonly decisions: readonly DecisionHistory[];
  readonly fit?: Fit;
}

/** What is payable, in the policy's currency. */
export interface CostHistory {
  readonly total: string;
  readonly byPeriod: readonly {
    readonly period: string;
    readonly people: number;
    readonly cost: string;
  }[];
  /** A role, or what belongs to people and to no role (null). */
  readonly byRole: readonly {
    readonly role: string | null;
    readonly title?: string;
    readonly cost: string;
  }[];
  readonly byLine: readonly LineCost[];
}

export interface LineCost {
  readonly role: string | null;
  readonly kind: string;
  readonly name: string;
  readonly title?: string;
  readonly cost: string;
  /** How many of the lines are there, and how many of them aren't 0. */
  readonly lines: number;
  readonly paid: number;
}

/** How the results of a role stood against its target of a KPI. One result is a stay in the role in a period. */
export interface TargetHistory extends TargetResults {
  readonly role: string;
  readonly kpi: string;
  readonly title?: string;
  /** Said only of several results in several periods. */
  readonly verdict?: 'never reached' | 'always reached';
  readonly byPeriod: readonly (TargetResults & { readonly period: string })[];
}

export interface TargetResults {
  /** Different people. */
  readonly people: number;
  /** Results with a target. */
  readonly results: number;
  /** Of them, those whose attainment is missing, and those at the top: lower is better, and the actual is 0. */
  readonly missing: number;
  readonly top: number;
  /** Of those that have an attainment, those at 100% and above, and the share that they are. */
  readonly reached: number;
  readonly share: string | null;
  readonly attainment: Quantiles;
  readonly bands: readonly Band[];
}

/** Nearest rank: the value at the place `ceil(p * n)` from below. Null where there are no values. */
export interface Quantiles {
  readonly min: string | null;
  readonly p10: string | null;
  readonly p25: string | null;
  readonly p50: string | null;
  readonly p75: string | null;
  readonly p90: string | null;
  readonly max: string | null;
}

/** How many values lie at `from` and above, and below `until`; an absent end is open. */
export interface Band {
  readonly from?: string;
  readonly until?: string;
  readonly count: number;
}

/** How pay was distributed: of statements, or of what a role paid in one. */
export interface PayHistory {
  readonly role: string | null;
  readonly title?: string;
  readonly people: number;
  readonly results: number;
  readonly zero: number;
  readonly mean: string | null;
  readonly quantiles: Quantiles;
  readonly bands: readonly Band[];
}

/** Which ways something of the policy was decided: a person in a role and a period counts once for each way. */
export interface DecisionHistory {
  readonly kind: string;
  /** In the policy's words: ``rates `ladder` ``. */
  readonly subject: string;
  readonly file: string;
  readonly line: number;
  /** In how many results it was decided at all. */
  readonly results: number;
  /** All ways in which it can be decided, those too that nothing took. */
  readonly ways: readonly {
    readonly way: string;
    readonly results: number;
    readonly people: number;
    /** Of the results in which it was decided; null where it never was. */
    readonly share: string | null;
  }[];
}
