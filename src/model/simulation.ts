// What a policy would come to if results, targets or its own numbers were other ones. Plain data that JSON can hold:
// figures are exact text.

import type { Result } from './result.ts';

export interface Simulation {
  readonly formatVersion: 1;
  readonly policy: Result['policy'];
  /** Ids of the periods, in order of time. The policy is run over all of them as if it had held. */
  readonly periods: readonly string[];
  /** Those of them in which the policy doesn't hold. Absent: it holds in all. */
  readonly outside?: readonly string[];
  readonly rejectsAllowed: boolean;
  readonly people: number;
  /** As the data is, without any change. */
  readonly cost: string;
  readonly scenarios: readonly ScenarioResult[];
  readonly draws?: DrawsResult;
}

/** A scenario, and what it moves. */
export interface ScenarioResult {
  readonly name: string;
  readonly changes: readonly ChangeSaid[];
  readonly total: Effect;
  readonly byPeriod: readonly (Effect & { readonly period: string })[];
  /** Null: what belongs to people and to no role. */
  readonly byRole: readonly (Effect & { readonly role: string | null })[];
  readonly byLine: readonly (Effect & {
    readonly role: string | null;
    readonly kind: string;
    readonly name: string;
  })[];
  readonly people: {
    readonly gain: number;
    readonly lose: number;
    readonly same: number;
    /** Of what each person's pay moves by, over all of the periods. Nearest rank; null where there is nobody. */
    readonly delta: DeltaQuantiles;
    /** Everybody whose pay moves, those whose moves most first. */
    readonly moved: readonly (Effect & { readonly person: string; readonly name: string })[];
  };
}

/** A change as it was written, and what is moved by it. */
export interface ChangeSaid {
  readonly text: string;
  readonly means: ChangeMeans;
}

export type ChangeMeans =
  /** The rows of a KPI count for more or less, in all scopes and windows, and so does all that is made of them. */
  | { readonly kind: 'rows'; readonly kpi: string; readonly also: readonly string[] }
  /** The KPI itself is another one wherever it is read; what it is made of stays as it is. */
  | { readonly kind: 'figure'; readonly kpi: string }
  | { readonly kind: 'target'; readonly kpi: string; readonly lines: number }
  | { readonly kind: 'number'; readonly before: string; readonly after: string };

export interface Effect {
  readonly before: string;
  readonly after: string;
  readonly delta: string;
}

export interface DeltaQuantiles {
  readonly min: string | null;
  readonly p10: string | null;
  readonly p50: string | null;
  readonly p90: string | null;
  readonly max: string | null;
}

/** Costs of periods that were drawn from those of history. */
export interface DrawsResult {
  readonly draws: number;
  /** Of the generator: the same seed draws the same. */
  readonly seed: number;
  /** How many periods one draw is long. */
  readonly periods: number;
  /** Each person's periods apart from those of others, or one period of everybody together. */
  readonly by: 'person' | 'period';
  /** Who is drawn for: who has a role in the last period. */
  readonly people: number;
  /** Those of them with too few periods of their own, for whom those of all in their roles are drawn. */
  readonly borrowed: number;
  readonly budget?: string;
  /** First of the data as it is, then of each scenario. */
  readonly costs: readonly DrawnCost[];
}

export interface DrawnCost {
  /** Null: no change. */
  readonly scenario: string | null;
  readonly mean: string;
  readonly min: string;
  readonly p5: string;
  readonly p25: string;
  readonly p50: string;
  readonly p75: string;
  readonly p95: string;
  readonly max: string;
  /** In how many draws the cost is above the budget. */
  readonly over?: number;
}
