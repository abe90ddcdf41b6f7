// How the KPIs of a period stand before it has ended: what there is, what it comes to at the pace so far, and what is left to
// do. Plain data that JSON can hold.

import type { FigureValue } from './inputs.ts';

/** How a result stands against its target, by the policy's bounds. */
export type Status = 'green' | 'amber' | 'red';
/** `open`: no day of it has passed, so that there is nothing to go by. */
export type Expected = Status | 'open';

/** How all KPIs with targets stand in a period, and are expected to end. */
export interface Standing {
  readonly formatVersion: 1;
  readonly policy: { readonly name: string; readonly title?: string; readonly currency: string };
  readonly period: string;
  /** Its first and last day. */
  readonly from: string;
  readonly until: string;
  /** Absent where nothing is known of a pace, with the reason in `noForecast`. */
  readonly pace?: PaceSaid;
  readonly noForecast?: NoForecast;
  /** Whether rejected rows were left out at the user's wish. */
  readonly rejectsAllowed: boolean;
  /** How many KPIs are expected to end so; those without a status aren't among `kpis`. */
  readonly counts: Readonly<Record<Expected, number>>;
  /** Each KPI with a status, of each person and role, in the order of statements. */
  readonly kpis: readonly KpiStanding[];
}

/** Why there is no forecast for a period. */
export type NoForecast =
  /** There is nothing left to come. */
  | 'over'
  /** No row is dated in the period, and no day was asked for. */
  | 'no rows'
  /** No day that counts has passed. */
  | 'not begun'
  /** It would stop a run; the reason is among the diagnostics. */
  | 'fault';

export interface PaceSaid {
  /** The last day that has passed: the one asked for, else that of the last row. */
  readonly today: string;
  /** The day asked for, where rows are dated after it: they can't be told from those before, so the later one counts. */
  readonly asked?: string;
  /** The calendar whose working days are counted; absent: all days are. */
  readonly calendar?: string;
  readonly passed: number;
  readonly all: number;
}

/** How one KPI of a person stands. */
export interface KpiStanding {
  readonly person: string;
  readonly name: string;
  readonly role: string;
  /** Days of the role within the period. */
  readonly from: string;
  readonly until: string;
  readonly kpi: string;
  readonly title?: string;
  readonly actual: FigureValue;
  readonly target?: FigureValue;
  /** The upper end of a band of which the target is the lower one. */
  readonly upTo?: FigureValue;
  readonly attainment?: FigureValue | 'top';
  /** By what there is. */
  readonly status: Status;
  /** At the period's end, at the pace so far; absent where there is no forecast for the person. */
  readonly forecast?: {
    readonly actual: FigureValue;
    readonly target?: FigureValue;
    readonly upTo?: FigureValue;
    readonly attainment?: FigureValue | 'top';
    readonly status?: Status;
  };
  /** How it is expected to end: as forecast, else as it stands, where it has begun. */
  readonly expected: Expected;
  /** What is missing to the target of a sum or count that is expected to miss it, and how many days are left for that. */
  readonly left?: { readonly amount: FigureValue; readonly perDay: FigureValue; readonly days: number };
}
