// What a run gives: statements of people, results of groups, and what became of the data. Plain data that JSON can
// hold: figures are exact text (`12.5`, `1/3`), dates `2026-01-31`, missing is null.

import type { ControlTotals } from './dataset.ts';
import type { ValueType } from './value.ts';

export interface Result {
  readonly formatVersion: 1;
  readonly policy: { readonly name: string; readonly title?: string; readonly currency: string };
  /** What it was worked out with, so that a difference later can be explained. */
  readonly engine: { readonly version: string; readonly backend: string; readonly zoneData: string };
  /** Ids of the periods asked for, in order of time. */
  readonly periods: readonly string[];
  /** By period, then person. */
  readonly statements: readonly Statement[];
  /** By `report by`, then period, then value. */
  readonly groups: readonly GroupResult[];
  /** Figures of the company, by period: each KPI in the scope `company`. */
  readonly company: readonly { readonly period: string; readonly kpis: readonly KpiLine[] }[];
  /** One for each source: people, tables, events. */
  readonly control: readonly ControlTotals[];
  /** Whether rejected rows were left out at the user's wish; every output must say so. */
  readonly rejectsAllowed: boolean;
}

/** A value with its type; `value` is exact text, a word, an id, `true`/`false`, or null where it is missing. */
export interface FigureValue {
  readonly value: string | null;
  readonly type: ValueType;
}

/** One person's result for one period. */
export interface Statement {
  readonly person: string;
  readonly name: string;
  readonly period: string;
  /** One for each role held in the period (and for each stretch of it), in order of time. */
  readonly roles: readonly RoleStatement[];
  /** The sum of all lines of all roles, in the policy's currency. */
  readonly pay: string;
}

/** The part of a statement that one stay in a role earned. */
export interface RoleStatement {
  readonly role: string;
  readonly title?: string;
  readonly team?: string;
  /** First and last day of the role within the period. */
  readonly from: string;
  readonly until: string;
  readonly days: number;
  readonly daysInPeriod: number;
  /** The KPIs that the role's targets, scorecard, gates and bonuses read. */
  readonly kpis: readonly KpiLine[];
  readonly score?: Score;
  readonly gates: readonly GateLine[];
  readonly lines: readonly PayLine[];
  readonly total: string;
}

export interface KpiLine {
  readonly kpi: string;
  readonly title?: string;
  /** What the policy's doc comment says of it. */
  readonly doc?: string;
  readonly category?: 'outcome' | 'operational';
  readonly actual: FigureValue;
  readonly target?: FigureValue;
  /** A percent; `top` where lower is better and the actual is 0. */
  readonly attainment?: FigureValue | 'top';
  /** From the attainment: 100 % and 80 %. */
  readonly status?: 'green' | 'amber' | 'red';
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

/** A line of pay; lines add up to the role's total. */
export interface PayLine {
  readonly kind: 'bonus' | 'cap';
  readonly name: string;
  readonly title?: string;
  /** What the policy's doc comment says of it. */
  readonly doc?: string;
  /** The period that the line is worked out over: the policy's, or a quarter or year that ends in it. */
  readonly period: string;
  /** The formula as the policy writes it. */
  readonly formula: string;
  /** The condition of a bonus as the policy writes it. */
  readonly condition?: string;
  /** The named values that went into it, in the order of the formula. */
  readonly inputs: readonly Input[];
  /** Days held over the days of the period, where the amount is prorated and they differ. */
  readonly prorated?: { readonly days: number; readonly of: number };
  /** Exact, before gate and rounding. */
  readonly computed: string;
  /** Rounded as the policy says: what is earned. */
  readonly amount: string;
  /** Why less than computed, or zero. */
  readonly because?: readonly Because[];
}

export type Because =
  | { readonly kind: 'gate'; readonly condition: string }
  | { readonly kind: 'condition'; readonly condition: string }
  | { readonly kind: 'cap'; readonly cap: string };

/** A value that a formula read. */
export interface Input {
  /** As the policy writes it: `revenue`, `attainment(revenue[team])`, `person.salary`, `ladder(revenue)`. */
  readonly text: string;
  readonly value: FigureValue | 'top';
  /** For a table of rates: the tiers that the value went through, or the one that decided. */
  readonly tiers?: readonly TierPart[];
}

/** What one tier of a table of rates made of a value. */
export interface TierPart {
  /** Where the tier begins; without `includes` it begins just above. */
  readonly bound: FigureValue;
  readonly includes: boolean;
  /** What lies in the tier: a slice of the value, or all of it where the tier reached decides. */
  readonly part: FigureValue;
  readonly rate: FigureValue;
  /** part times rate; absent where the formula asks for the rate alone. */
  readonly amount?: FigureValue;
}

/** The KPIs of all events credited to who shares the value of an attribute. */
export interface GroupResult {
  readonly attribute: string;
  readonly value: string;
  readonly period: string;
  readonly people: number;
  readonly kpis: readonly KpiLine[];
  /** Pay of the people whose attribute, on the last day in the period, has the value. */
  readonly pay: string;
}
