// What `seek` answers of one person's period: which result gives an amount, what comes next and what it is worth, and the
// way to an amount over several KPIs. Plain data that JSON can hold, as results are.

import type { PolicyPlace } from './explanation.ts';
import type { FigureValue } from './inputs.ts';

export interface SeekAnswer {
  readonly formatVersion: 1;
  readonly policy: { readonly name: string; readonly title?: string; readonly currency: string };
  readonly person: string;
  readonly name: string;
  /** Of several roles held in the period the last one: results are moved on its last day. */
  readonly role: string;
  readonly period: string;
  /** `pay`, the name of a bonus, or an expression. */
  readonly asked: string;
  /** What it is as things stand; a condition is 1 where it holds, else 0. */
  readonly now: FigureValue;
  /** Whether rejected rows were left out at the user's wish; every output must say so. */
  readonly rejectsAllowed: boolean;
  /** What was asked to be reached, and how. */
  readonly reach?: {
    readonly atLeast: FigureValue;
    /** Each KPI by itself, in the policy's order. */
    readonly by: readonly ReachedBy[];
    /** Over several KPIs at once; absent where only one was asked about, or where no way was found. */
    readonly path?: Path;
  };
  /** What comes next, KPI by KPI in the policy's order; absent where an amount was asked to be reached. */
  readonly next?: readonly NextOf[];
}

/** A KPI that is moved, and what moving it means. */
export interface MovedKpi {
  readonly kpi: string;
  readonly title?: string;
  readonly lowerIsBetter: boolean;
  /** Missing where there is nothing to measure. */
  readonly now: FigureValue;
  readonly target?: FigureValue;
  /**
   * `added`: as if a row were added on the last day of the role in the period, so that windows, teams and all that is made
   * of the measure go with it. `set`: the figure itself, in this period and for this person alone.
   */
  readonly moved: 'added' | 'set';
  /** Other KPIs over the same rows, which stay as they are unless asked for. */
  readonly alone: readonly string[];
  /** KPIs that go with it: how much of each comes with one of it. */
  readonly with?: readonly { readonly kpi: string; readonly by: FigureValue }[];
}

/** How one KPI reaches an amount. */
export interface ReachedBy extends MovedKpi {
  readonly outcome: 'reached already' | 'reached' | 'out of reach';
  /** All values with at least the amount, before rounding, in order. */
  readonly stretches: readonly Stretch[];
  /** The end that is asked for: the least value, or where lower is better the greatest. Absent where there is none. */
  readonly at?: SoughtValue;
  /** The same in steps that can be worked: whole ones of a count, cents; with the amount as it is rounded and paid. */
  readonly practical?: Tried;
  /** One step short of it: what is paid there is less. Absent where it is the least value that there is. */
  readonly short?: Tried;
  /** Of what is out of reach: the most that was found, and where. */
  readonly most?: Tried;
  /** Of what is out of reach: what holds the amount down at its most. */
  readonly because?: readonly Holding[];
}

export interface Stretch {
  readonly from: string;
  /** Whether `from` is one of them; else all just past it are. */
  readonly includes: boolean;
  /** Absent: however large the value is. */
  readonly until?: string;
  readonly untilIncludes?: boolean;
  /** Whether the ends are worked out exactly; else they are searched for. */
  readonly isExact: boolean;
}

export interface SoughtValue {
  readonly value: FigureValue;
  /** Whether the value itself reaches it; else all just past it do. */
  readonly includes: boolean;
  readonly isExact: boolean;
}

/** A value of the KPI that was tried by running forward, and the amount there, rounded as it is paid. */
export interface Tried {
  readonly value: FigureValue;
  readonly amount: FigureValue;
}

/** A cap, gate or condition that holds an amount down. */
export interface Holding {
  readonly kind: 'cap' | 'gate' | 'condition';
  /** The policy's words. */
  readonly text: string;
  readonly at?: PolicyPlace;
}

/** What is next on a KPI. */
export interface NextOf extends MovedKpi {
  /** One more of it, in the better direction: a count, a percent point, 1% of the target; absent where less isn't possible. */
  readonly worth?: Worth;
  /** Of a count of rows: one more row like those of the period, which brings what it holds of other KPIs too. */
  readonly row?: Worth & { readonly event: string };
  /** In order of how far they are. */
  readonly steps: readonly NextStep[];
}

/** What moving a KPI by so much brings, as it is rounded and paid. */
export interface Worth {
  readonly by: FigureValue;
  readonly gain: FigureValue;
  readonly with?: readonly { readonly kpi: string; readonly by: FigureValue }[];
}

/** A place at which something is decided otherwise. */
export interface NextStep {
  readonly kind: StepKind;
  /** The policy's words: of a table its tier or point, of an award its name. */
  readonly text: string;
  /** The table that it stands in. */
  readonly table?: string;
  readonly at?: PolicyPlace;
  /** The longer period that it is decided over, where that isn't the one asked about. */
  readonly over?: string;
  /** Which way it goes then. */
  readonly way: string;
  /** Where that is, exactly, and whether the value itself goes that way; else all just past it do. */
  readonly value: FigureValue;
  readonly includes: boolean;
  readonly isExact: boolean;
  /** How much is missing of it, and what the amount is then, in steps that can be worked. */
  readonly missing: FigureValue;
  readonly practical: Tried;
  /** How much more that is than now. */
  readonly gain: FigureValue;
}

export type StepKind =
  | 'target'
  | 'tier'
  | 'curve'
  | 'grid'
  | 'gate'
  | 'condition'
  | 'cap'
  | 'floor'
  | 'award'
  | 'band';

/** A way to an amount over one or more KPIs: the one of least effort that was found. */
export interface Path {
  readonly moves: readonly PathMove[];
  /** The amount at the end of it, rounded as it is paid. */
  readonly amount: FigureValue;
  /** The sum of the moves' efforts. */
  readonly effort: string;
  /** How many ways were looked at. */
  readonly tried: number;
}

export interface PathMove extends MovedKpi {
  readonly to: FigureValue;
  readonly by: FigureValue;
  /** The move as a share of the target (or, without one, of what it is now), times its weight. */
  readonly effort: string;
}
