// What a run gives: statements of people, results of groups, and what became of the data. Plain data that JSON can
// hold: figures are exact text (`12.5`, `1/3`), dates `2026-01-31`, missing is null.

import type { AwardLine, KeptLine, LevelLine, PoolResult } from './award-lines.ts';
import type { ControlTotals } from './dataset.ts';
import type { GateLine, KpiLine, Score } from './kpi-lines.ts';
import type { Balance, DueLine, PayLine, Prorated } from './pay-lines.ts';

export interface Result {
  readonly formatVersion: 1;
  readonly policy: { readonly name: string; readonly title?: string; readonly currency: string };
  /** What it was worked out with, so that a difference later can be explained. */
  readonly engine: { readonly version: string; readonly backend: string; readonly zoneData: string };
  /** Ids of the periods asked for, in order of time. */
  readonly periods: readonly string[];
  /** The day as of which the run answers, where it was asked for: rows known later are left out. */
  readonly asKnownOn?: string;
  /** By period, then person. */
  readonly statements: readonly Statement[];
  /** By `report by`, then period, then value. */
  readonly groups: readonly GroupResult[];
  /** Figures of the company, by period: each KPI in the scope `company`. */
  readonly company: readonly { readonly period: string; readonly kpis: readonly KpiLine[] }[];
  /** By period, then in the policy's order: each pool whose own period ends in it. Absent where the policy has none. */
  readonly pools?: readonly PoolResult[];
  /** One for each source: people, tables, events. */
  readonly control: readonly ControlTotals[];
  /** Whether rejected rows were left out at the user's wish; every output must say so. */
  readonly rejectsAllowed: boolean;
}

/** One person's result for one period. */
export interface Statement {
  readonly person: string;
  readonly name: string;
  readonly period: string;
  /** One for each role held in the period (and for each stretch of it), in order of time. */
  readonly roles: readonly RoleStatement[];
  /** What belongs to the person and to no role held now: what is due from earlier, what bounds all pay, recovery. */
  readonly lines?: readonly PayLine[];
  /** What is earned, where that isn't what is payable. */
  readonly earned?: string;
  /** The sum of all lines of all roles and of the person's, in the policy's currency: what is payable in the period. */
  readonly pay: string;
  /** What is payable in each currency that lines are paid in, where any says so. */
  readonly paid?: readonly { readonly currency: string; readonly amount: string }[];
  /** What goes on into later periods. */
  readonly balances?: readonly Balance[];
  /** What is due in later periods, in order of time. */
  readonly due?: readonly DueLine[];
  /** Awards of the period that the person won, or didn't as their condition failed, in the policy's order. */
  readonly awards?: readonly AwardLine[];
  /** Points of the period, and all of them up to its end; absent where the policy gives none. */
  readonly points?: { readonly gained: string; readonly balance: string };
  /** Badges and trainings up to the period's end, in order of time. */
  readonly kept?: readonly KeptLine[];
  /** Levels that are reached, and those of the roles held in the period that aren't. */
  readonly levels?: readonly LevelLine[];
}

/** What was measured of one stay in a role over a period: of which days, and what came of it. */
export interface Measured {
  /** First and last day of the role within the period. */
  readonly from: string;
  readonly until: string;
  readonly days: number;
  readonly daysInPeriod: number;
  /** Of the days, those of absence, where there are any. */
  readonly absent?: number;
  /** What counts of the period where that isn't said by the days: of a role that prorates by working days or months. */
  readonly counted?: Prorated;
  readonly kpis: readonly KpiLine[];
  readonly score?: Score;
  readonly gates: readonly GateLine[];
}

/** The part of a statement that one stay in a role earned; KPIs are those that its targets, scorecard, gates and bonuses read. */
export interface RoleStatement extends Measured {
  readonly role: string;
  readonly title?: string;
  readonly team?: string;
  /** What decided bonuses over longer times that are earned in the period. */
  readonly longer?: readonly LongerPeriod[];
  readonly lines: readonly PayLine[];
  /** Bonuses over longer times that are earned in a later period. */
  readonly pending?: readonly PendingBonus[];
  /** What is earned, where that isn't what is payable. */
  readonly earned?: string;
  /** What is payable in the period. */
  readonly total: string;
}

/**
 * A longer period that ends in the statement's, or in which the role does: what its bonuses read over all of it. The score
 * and the gates are there where one of them goes by them.
 */
export interface LongerPeriod extends Measured {
  readonly period: string;
  /** The bonuses that are worked out over it, by name. */
  readonly bonuses: readonly string[];
}

/** A bonus over a longer time that hasn't ended: when it is earned, without any amount, as nothing is known of it yet. */
export interface PendingBonus {
  readonly name: string;
  readonly title?: string;
  readonly doc?: string;
  readonly formula: string;
  readonly condition?: string;
  /** What it is worked out over. */
  readonly period: string;
  /** The period of the policy in which it is earned, or an earlier one in which the role ends. */
  readonly earnedIn: string;
  /** Only who is still there on that day earns it. */
  readonly stillThereOn?: string;
}

/** The KPIs of all events credited to who shares the value of an attribute. */
export interface GroupResult {
  readonly attribute: string;
  readonly value: string;
  readonly period: string;
  readonly people: number;
  readonly kpis: readonly KpiLine[];
  /** Pay of the people whose attribute, on the last day in the period (of who has left: on the last of all), has the value. */
  readonly pay: string;
}
