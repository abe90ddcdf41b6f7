// The Model: a checked policy as plain data. Lists, not maps, so that any name is just a name; names are unique in
// each list. Everything can be written as JSON, hashed, stored and posted to a worker.

import type { Day } from '../base/date.ts';
import type { RoundingMode } from '../base/exact.ts';
import type { FiscalYear } from '../base/fiscal.ts';
import type { Grain } from '../base/period.ts';
import type { Source, Span } from '../base/source.ts';
import type { Expression, Scope, Window } from './expression.ts';
import type { Award, Bonus, Cap, Draw, Floor, Gate, Level, PayTerms, Pool } from './pay.ts';
import type { AlsoAsked, InvariantModel, OnlyProved, TestModel } from './proof.ts';
import type { Curve, Grid, Rates } from './tables.ts';
import type { ValueType } from './value.ts';

export interface Model {
  readonly formatVersion: 1;
  readonly name: string;
  readonly title?: string;
  /** The currency of pay, by its ISO 4217 code. */
  readonly currency: string;
  readonly zone: string;
  /** The policy's period. */
  readonly grain: Grain;
  /** Half-open; an absent end is open. */
  readonly effective: { readonly from?: Day; readonly until?: Day };
  readonly rounding: { readonly mode: RoundingMode; readonly step: string };
  /** Attributes by which the output is grouped, beside people. */
  readonly reports: readonly string[];
  readonly attributes: readonly FieldModel[];
  readonly events: readonly EventModel[];
  /** The computed fields of all events, in an order in which each uses only earlier ones, of other events too. */
  readonly computedOrder: readonly ComputedPlace[];
  readonly tables: readonly TableModel[];
  readonly measures: readonly Measure[];
  readonly figures: readonly Figure[];
  readonly kpis: readonly Kpi[];
  readonly curves: readonly Curve[];
  readonly rates: readonly Rates[];
  readonly grids: readonly Grid[];
  readonly calendars: readonly CalendarModel[];
  readonly roles: readonly Role[];
  /** Targets of single people and teams, in the order of the text. */
  readonly overrides: readonly Override[];
  readonly pools: readonly Pool[];
  /** Awards, then levels, each in the order of the text. */
  readonly awards: readonly (Award | Level)[];
  readonly pay: PayTerms;
  readonly corrections: Corrections;
  /** In the order of the text. */
  readonly tests: readonly TestModel[];
  readonly invariants: readonly InvariantModel[];
  readonly onlyProved: OnlyProved;
  /** What whoever runs it asks for beside: of a test, what it expects. A checked policy has none. */
  readonly asked?: readonly AlsoAsked[];
  /** What is checked and not evaluated by this version, in the order of the text: `run` refuses it. */
  readonly beyond: readonly Beyond[];
  /** The files that the policy was read from; spans point into them. */
  readonly sources: readonly Source[];
}

/** What a policy says of closed periods. */
export interface Corrections {
  /** How long ago a closed period may have ended that is still corrected; absent: always. */
  readonly within?: { readonly count: number; readonly unit: 'month' | 'day' };
  /** The share of a period's pay that corrections take at most, as exact text; absent: all of it. */
  readonly takesBack?: string;
  /** It holds for closed periods too, from the one that begins on that day. */
  readonly reopens?: Day;
}

/** A construct that can't be worked out yet: `award`, with its place. */
export interface Beyond {
  readonly what: string;
  readonly span: Span;
}

/** A column: of the people, of an event or of a table. Bounds and fallback are constants' text in the field's type. */
export interface FieldModel {
  readonly name: string;
  readonly type: ValueType;
  /** May be empty (and has no fallback). */
  readonly optional: boolean;
  /** Smallest and largest value that a cell may hold, both included. */
  readonly from?: string;
  readonly until?: string;
  /** Stands for an absent column or an empty cell. */
  readonly fallback?: string;
  /** In the data of a test: the field is required, a test may leave it out, and whoever reads it then is stopped. */
  readonly leftOut?: true;
  /** The event whose key the field holds. */
  readonly references?: string;
  readonly doc?: string;
  readonly span: Span;
}

export interface EventModel {
  readonly name: string;
  readonly doc?: string;
  /** From when the data is complete; earlier rows are filtered. */
  readonly since?: Day;
  readonly fields: readonly FieldModel[];
  /** The field that identifies a row. */
  readonly key: string;
  /** The date or datetime field that puts a row into a period. */
  readonly posting: string;
  /** The datetime field that says when a row became known. */
  readonly known?: string;
  /** In an order in which each uses only earlier ones. */
  readonly computed: readonly ComputedModel[];
  /** Empty when nobody is credited; the owner whole, where the policy says nothing else. */
  readonly credit: readonly CreditModel[];
  readonly span: Span;
}

/** A computed field by its event and name. */
export interface ComputedPlace {
  readonly event: string;
  readonly field: string;
}

export interface ComputedModel {
  readonly name: string;
  readonly type: ValueType;
  readonly optional: boolean;
  readonly value: Expression;
  readonly doc?: string;
  readonly span: Span;
}

/** One line of `credit`: who gets which share of an event, and when. All expressions are of rows. */
export interface CreditModel {
  /** The person credited; `otherwise` where it is missing. */
  readonly to: Expression;
  /** Not the person, but each who stands above by `lead`, as of the event's day, each with the share. */
  readonly leadsAbove?: true;
  readonly otherwise?: Expression;
  /** An exact share as text (`0.3`), or what the other lines that apply (and aren't extra) leave of 1. */
  readonly share: string | 'rest';
  /** Beside the 100%, counted only in measures that name `as`. */
  readonly extra: boolean;
  /** Credits even someone whom another line of the event credits. */
  readonly also?: true;
  /** In each role of one who holds several that day. */
  readonly inEveryRole?: true;
  readonly as?: string;
  /** Roles of which the credited person must hold one that day: the named one and those that extend it. */
  readonly roles?: readonly string[];
  readonly when?: Expression;
  readonly span: Span;
}

export interface TableModel {
  readonly name: string;
  readonly doc?: string;
  readonly fields: readonly FieldModel[];
  /** Names of the key fields, in order. */
  readonly keys: readonly string[];
  /** Whether rows hold from `from` until `until` (both included; either column may be absent or empty: open). */
  readonly dated: boolean;
  readonly span: Span;
}

/** What backends compute; each has one exact answer. */
export type Aggregate =
  | 'sum'
  | 'count'
  | 'distinct'
  | 'min'
  | 'max'
  | 'lower middle'
  | 'upper middle'
  /** Nearest rank: the value at the place `ceil(p * n)` from below. */
  | 'percentile'
  /** By time, then key. */
  | 'first'
  | 'last';

/** One aggregate over one event kind, scope and window apart. Expressions are of rows. */
export interface Measure {
  readonly id: string;
  readonly event: string;
  readonly aggregate: Aggregate;
  /** Absent for `count`. */
  readonly value?: Expression;
  readonly where?: Expression;
  /** Of `percentile`: p, an exact share as text. */
  readonly place?: string;
  /** Of `first` and `last`: for each value of this, added up (a balance of each account). */
  readonly each?: Expression;
  /** The date of the event that puts it into a period, where that isn't the one that posts; never missing. */
  readonly by?: Expression;
  /** Counts the credit lines of that name instead of the ordinary ones. */
  readonly as?: string;
}

/** A named formula of people: a KPI or `let` in one scope and window. Formulas refer to each other by id. */
export interface Figure {
  /** As one would write it: `revenue`, `revenue[team, ytd]`. */
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  readonly window: Window;
  /** Of a `let` with a length of time of its own, other than the policy's: it is worked out over that alone. */
  readonly grain?: Grain;
  readonly type: ValueType;
  readonly optional: boolean;
  readonly value: Expression;
  readonly span: Span;
}

/**
 * How a KPI adds up: a sum or count over people and periods (`additive`), a count of different things (`distinct`), or
 * not at all (`ratio`: ratios, averages, medians, bounds).
 */
export type Adding = 'additive' | 'distinct' | 'ratio';

export interface Kpi {
  readonly name: string;
  readonly title?: string;
  readonly doc?: string;
  readonly category?: 'outcome' | 'operational';
  readonly lowerIsBetter: boolean;
  readonly adding: Adding;
  /** It adds up over people, though not over periods: a balance of each account. */
  readonly balance?: true;
  readonly type: ValueType;
  readonly optional: boolean;
  readonly owner?: string;
  /** A formula of the KPI's own, instead of actual / target. */
  readonly attainment?: Expression;
  /** From which attainment its status is green, and amber; absent: 100% and 80%. */
  readonly status?: { readonly green: string; readonly amber: string };
  readonly span: Span;
}

/** Working hours and holidays, in the policy's time zone, and a fiscal year. */
export interface CalendarModel {
  readonly name: string;
  /** Working stretches of weekdays (1 is Monday), in minutes from midnight, until excluded; they don't overlap. */
  readonly week: readonly { readonly weekday: number; readonly from: number; readonly until: number }[];
  /** Days with hours of their own, in place of those of their weekday, holiday or not. */
  readonly days: readonly { readonly day: Day; readonly from: number; readonly until: number }[];
  /** Days off, half-open ranges. */
  readonly holidays: readonly { readonly from: Day; readonly until: Day; readonly title?: string }[];
  /** When its years begin, for periods `of` it. */
  readonly fiscal?: Omit<FiscalYear, 'name'>;
  readonly span: Span;
}

/** Targets of one person or team: they win over those of the role, a person's over the team's. */
export interface Override {
  readonly of: 'person' | 'team';
  readonly name: string;
  /** Where the name is written. */
  readonly nameLine: { readonly span: Span };
  /** Half-open; an absent end is open. */
  readonly from?: Day;
  readonly until?: Day;
  readonly targets: readonly Target[];
  readonly span: Span;
}

/** How amounts and targets shrink with the days held. */
export type Proration =
  | { readonly by: 'calendar days' }
  | { readonly by: 'working days'; readonly calendar: string }
  | { readonly by: 'months' }
  | { readonly by: 'none' };

/** A role with all that it inherits, its own lines last. */
export interface Role {
  readonly name: string;
  readonly title?: string;
  readonly doc?: string;
  /** Itself, then what it extends, nearest first. */
  readonly lineage: readonly string[];
  /** In rising priority: of those whose `when` holds, the last one wins. */
  readonly targets: readonly Target[];
  readonly scorecard?: readonly ScoreLine[];
  readonly gates: readonly Gate[];
  readonly bonuses: readonly Bonus[];
  readonly caps: readonly Cap[];
  /** What multiplies targets of sums and counts where higher is better, in the first months in the role. */
  readonly ramp?: readonly string[];
  /** Where the ramp is written. */
  readonly rampLine?: { readonly span: Span };
  /** Absent: by calendar days. */
  readonly prorate?: Proration;
  readonly floors: readonly Floor[];
  readonly draws: readonly Draw[];
  readonly span: Span;
}

export interface Target {
  readonly kpi: string;
  /** Of people, from constants, attributes and look-ups only. */
  readonly value: Expression;
  readonly when?: Expression;
  readonly grain: Grain;
  /** The upper end of a band of which `value` is the lower one. */
  readonly upTo?: Expression;
  /** The shares of its parts, or `evenly`. */
  readonly spread?: 'evenly' | readonly string[];
  /** Whether parts add up to longer grains and teams: sums and counts do, distinct counts where they say so. */
  readonly addsUp: boolean;
  readonly span: Span;
}

export interface ScoreLine {
  readonly kpi: string;
  /** An exact fraction; a scorecard's come to exactly 1. */
  readonly weight: string;
  readonly curve?: string;
  readonly reads: 'attainment' | 'value';
  readonly cap?: string;
  readonly floor?: string;
  readonly missing?:
    | { readonly kind: 'counts'; readonly score: string }
    | { readonly kind: 'spreads'; readonly atLeast: string };
  readonly span: Span;
}
