// What a statement says of what was measured: KPIs, the lines of a scorecard, gates.

import type { CurvePart, FigureValue, Input } from './inputs.ts';
import type { NoTarget, TargetAccount } from './target-account.ts';

export interface KpiLine {
  readonly kpi: string;
  readonly title?: string;
  /** What the policy's doc comment says of it. */
  readonly doc?: string;
  readonly category?: 'outcome' | 'operational';
  /** Of a figure that looks at all history (firsts, to date): the day since which the data is complete. */
  readonly since?: string;
  readonly actual: FigureValue;
  /**
   * Of a first or last over rows that say when they became known, such as results entered by hand: the row that counts,
   * then the others from the latest back.
   */
  readonly rows?: readonly SeenRow[];
  /** How many more there are. */
  readonly moreRows?: number;
  readonly target?: FigureValue;
  /** The upper end of a band of which the target is the lower one. */
  readonly upTo?: FigureValue;
  /** How the target came about, and how its upper end did. */
  readonly targetAccount?: TargetAccount;
  readonly upToAccount?: TargetAccount;
  /** Why there is no target though the policy has lines for one of the person's own. */
  readonly noTarget?: NoTarget;
  /** A percent; `top` where lower is better and the actual is 0. */
  readonly attainment?: FigureValue | 'top';
  /** From the attainment: 100 % and 80 %, unless the KPI says otherwise. */
  readonly status?: 'green' | 'amber' | 'red';
}

/** A row whose value is taken, or isn't since another row counts. */
export interface SeenRow {
  readonly event: string;
  readonly key: string;
  /** Its number in the file. */
  readonly row: number;
  readonly counted: boolean;
  readonly value: FigureValue;
  /** When it became known, and who is named in it beside the person whose it is. */
  readonly inputs: readonly Input[];
}

export interface Score {
  readonly lines: readonly ScoreLineResult[];
  readonly value: FigureValue;
}

export interface ScoreLineResult {
  readonly kpi: string;
  readonly weight: string;
  readonly curve?: string;
  /** What the curve read: an attainment or a value. */
  readonly read: FigureValue | 'top';
  /** Where on the curve that lies. */
  readonly part?: CurvePart;
  /** After curve, cap and floor; null where missing and its weight is spread. */
  readonly score: string | null;
  /** weight times score. */
  readonly points: string | null;
  /** The line's own cap or floor, where it decided the score. */
  readonly bound?: { readonly kind: 'cap' | 'floor'; readonly at: string };
}

export interface GateLine {
  /** The condition as the policy writes it. */
  readonly condition: string;
  readonly passed: boolean;
  /** Its `when` failed: the gate doesn't apply. */
  readonly applies: boolean;
  readonly inputs: readonly Input[];
}
