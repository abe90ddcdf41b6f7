// What an explanation of one row of an event says: which amounts it moved, as the run with it and the run without it differ.

import type { FigureValue } from './inputs.ts';

/** Which amounts one row of an event moved: the run with it, and the run without. */
export interface EventExplanation {
  readonly formatVersion: 1;
  readonly policy: { readonly name: string; readonly title?: string; readonly currency: string };
  readonly event: string;
  readonly key: string;
  /** Its number in the file. */
  readonly row: number;
  readonly file: string;
  readonly fields: readonly { readonly name: string; readonly text: string }[];
  /** Whom it credits, in what share, and the name under which it counts, where that is an `extra` line. */
  readonly credited: readonly {
    readonly person: string;
    readonly role: string;
    readonly share: string;
    readonly as?: string;
  }[];
  readonly periods: readonly string[];
  readonly rejectsAllowed: boolean;
  /** The day as of which it is, where that was asked for: rows known later are left out. */
  readonly asKnownOn?: string;
  /** By period, then person: pay first, then its lines, then what was measured. */
  readonly moved: readonly Moved[];
}

/** One amount that the row moved. */
export interface Moved {
  readonly period: string;
  readonly person: string;
  readonly name: string;
  /** Absent: of the person, whatever the role. */
  readonly role?: string;
  readonly what: 'pay' | 'line' | 'kpi' | 'target' | 'attainment' | 'score' | 'gate' | 'award' | 'points';
  /** The name of the line, KPI or award, or the words of the gate. */
  readonly of: string;
  readonly title?: string;
  readonly without: FigureValue | 'top' | undefined;
  readonly with: FigureValue | 'top' | undefined;
  readonly delta?: FigureValue;
  /** Of pay and its lines. `direct`: the person is credited with the row, and nothing else passed the change on. */
  readonly way?: 'direct' | 'second hand';
  /** What passed the change on, from the line down to the measure: each that changed too. */
  readonly through?: readonly PassedOn[];
}

export interface PassedOn {
  readonly kind:
    | 'figure'
    | 'figure of others'
    | 'attainment'
    | 'score'
    | 'tier'
    | 'condition'
    | 'gate'
    | 'rank'
    | 'total'
    | 'pool'
    | 'points'
    | 'award'
    | 'bonus'
    | 'bound'
    | 'earlier period';
  readonly text: string;
  readonly without: FigureValue | 'top';
  readonly with: FigureValue | 'top';
}
