// What a policy can cost at most, and where it has cliffs. Plain data that JSON can hold: amounts are exact text in the
// currency of pay.

import type { TextPlace } from './test-report.ts';

export interface CostReport {
  readonly formatVersion: 1;
  readonly policy: string;
  readonly currency: string;
  /** What is given beside the bounds of fields, in the policy's words. */
  readonly given: readonly string[];
  readonly roles: readonly RoleCost[];
  /** Of so many people in each role; null where there is no bound for one of them. Absent: no heads are known. */
  readonly total?: string | null;
}

/** What somebody in a role can be paid at most in one of the policy's periods, holding no other role. */
export interface RoleCost {
  readonly role: string;
  /** What is bounded; where some of it is paid in later periods, what is earned. */
  readonly of: 'paid' | 'earned';
  /** Null: nothing bounds it. */
  readonly most: string | null;
  /**
   * `reached`: there is a situation, worked out by the ordinary evaluation, that pays it; else it is never exceeded, and
   * `seen` is the most that was paid in the situations that were looked at.
   */
  readonly reached: boolean;
  readonly seen: string;
  /** Each bonus and award before caps, floors and draws of the role; they needn't be at their most together. */
  readonly lines: readonly { readonly name: string; readonly most: string | null }[];
  /** What has no bound, or isn't followed, and leaves pay without one. */
  readonly unbounded: readonly { readonly what: string; readonly at?: TextPlace }[];
  readonly heads?: number;
}

/** Where one more unit of a KPI pays less, or makes pay jump up, with all that a role pays. */
export interface CliffReport {
  readonly formatVersion: 1;
  readonly policy: string;
  readonly currency: string;
  readonly cliffs: readonly Cliff[];
}

export interface Cliff {
  /** `drop`: one more unit pays less; `jump`: it pays more than the units around it. */
  readonly kind: 'drop' | 'jump';
  readonly role: string;
  readonly kpi: string;
  /** The results on both sides, as the policy would write them, and what is paid then. */
  readonly before: { readonly result: string; readonly pay: string };
  readonly after: { readonly result: string; readonly pay: string };
  /** What pay changes by; below 0 for a drop. */
  readonly change: string;
  /** What the other KPIs are taken to be. */
  readonly where: 'others on target' | 'others at nothing';
}
