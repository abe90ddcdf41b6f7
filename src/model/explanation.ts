// What an explanation says: a tree in which each step has its value, the policy's words and place, how the value comes
// from the steps below, and in the end the rows of the data. Plain data that JSON can hold, as results are.

import type { PrizeLine } from './award-lines.ts';
import type { CurvePart, FigureValue, GridPart, PoolRead, RowRead, TierPart } from './inputs.ts';
import type { Because, FreedLine, LaterPart, PaidIn, Prorated } from './pay-lines.ts';

/** Why one amount of a person in a period is what it is. */
export interface Explanation {
  readonly formatVersion: 1;
  readonly policy: { readonly name: string; readonly title?: string; readonly currency: string };
  readonly person: string;
  readonly name: string;
  readonly period: string;
  /** What was asked about: `pay`, the name of a bonus, award or pool, or an expression. */
  readonly asked: string;
  /** Whether rejected rows were left out at the user's wish; every output must say so. */
  readonly rejectsAllowed: boolean;
  /** The day as of which it is, where that was asked for: rows known later are left out. */
  readonly asKnownOn?: string;
  /** One; of an expression one for each role held in the period, in order of time. */
  readonly answers: readonly Step[];
}

/** One step of an explanation: what it is, what it comes to, and how. */
export interface Step {
  readonly kind: StepKind;
  /** What other steps call it, where they lean on it again: a step of kind `again` has the `id` of the one that says more. */
  readonly id?: string;
  /** Its name in the policy, the policy's words, or a key of the data. */
  readonly name: string;
  readonly title?: string;
  /** The policy's own words for it, and where they stand. */
  readonly text?: string;
  readonly at?: PolicyPlace;
  /** Where that isn't the person and period that the explanation is about. */
  readonly whose?: WhoseStep;
  readonly value: FigureValue | 'top';
  /** INVARIANT: the value follows from those of `parts` (and `rows`) by this alone. */
  readonly how: How;
  readonly parts: readonly Step[];
  readonly rows?: RowsShown;
  /** Of a row of a bonus per event: where it stands, and the credited share. */
  readonly row?: {
    readonly event: string;
    readonly row: number;
    readonly day: string;
    readonly share: string;
  };
  /** Of a line of pay: the currency that it is paid in, where that isn't the policy's. */
  readonly paid?: PaidIn;
  /** Of a line of pay that is nothing, or less than it could be: what would have made it more. */
  readonly would?: readonly WouldPay[];
}

export type StepKind =
  | 'pay'
  | 'role'
  /** Lines of pay. */
  | 'bonus'
  | 'award'
  | 'floor'
  | 'cap'
  | 'draw'
  | 'recovery'
  | 'due'
  | 'excess'
  /** Parts of a line. */
  | 'formula'
  | 'condition'
  | 'gate'
  | 'row'
  /** Named values. */
  | 'kpi'
  | 'let'
  | 'expression'
  | 'target'
  | 'attainment'
  | 'score'
  | 'score line'
  | 'pool'
  | 'level'
  /** Parts of formulas. */
  | 'measure'
  | 'attribute'
  | 'constant'
  | 'period'
  | 'table'
  | 'operation'
  | 'field'
  | 'points'
  /** Of others and of other times. */
  | 'person'
  | 'other period'
  | 'days';

/** A place in a policy's file, lines and columns from 1. */
export interface PolicyPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface WhoseStep {
  /** Absent: of nobody in particular, such as a pool. */
  readonly person?: string;
  readonly role?: string;
  readonly period: string;
  /** First and last day of the role within the period, where that isn't all of it. */
  readonly from?: string;
  readonly until?: string;
}

/** How a step's value comes from its parts. Numbers are exact text. */
export type How =
  /** The policy or the data says so. */
  | { readonly kind: 'given' }
  /** It has been explained by the step of this `id`. */
  | { readonly kind: 'again' }
  /** It is the value of its first part. */
  | { readonly kind: 'same' }
  /** The sum of its parts; `rest` are those that aren't listed. */
  | { readonly kind: 'sum'; readonly rest?: RestOfSum }
  /** A function or operator of the language over its parts, in their order. */
  | { readonly kind: 'operation'; readonly function: string; readonly against?: Against }
  /** The first part is the condition; the second, where there is one, the branch that was taken. */
  | { readonly kind: 'choice'; readonly taken: 'value' | 'otherwise' | 'neither' }
  /** The first part that isn't missing. */
  | { readonly kind: 'else' }
  | RowsHow
  | RatesHow
  | { readonly kind: 'curve'; readonly table: string; readonly on?: CurvePart }
  | { readonly kind: 'grid'; readonly table: string; readonly keys?: readonly GridPart[] }
  | { readonly kind: 'row of table'; readonly row: RowRead }
  /** The average of its parts by days: `counts` of each, over `of`, which is the sum of them unless it is prorated. */
  | {
      readonly kind: 'by days';
      readonly counts: readonly string[];
      readonly of: string;
      readonly by: 'days' | 'working days' | 'months';
      readonly prorated: boolean;
    }
  /** Its one part × the share of the days that count. */
  | { readonly kind: 'share of days'; readonly share: string; readonly prorated: Prorated }
  | TargetLineHow
  /** Its one part × of / counted: what the whole period's would be. */
  | { readonly kind: 'whole of'; readonly counted: string; readonly of: string; readonly by: string }
  /** The sum of each part times its people, or the one value that all share. */
  | {
      readonly kind: 'people';
      readonly together: 'sum' | 'same';
      readonly counts: readonly number[];
      readonly rest?: RestOfSum;
    }
  /** The value that all its parts share. */
  | { readonly kind: 'alike' }
  /** Actual and target (of a band its upper end too) are its first parts. */
  | { readonly kind: 'attainment'; readonly way: AttainmentWay }
  /** The sum of weight × part over the weights that are there; a missing part spreads its weight. */
  | { readonly kind: 'score'; readonly weights: readonly string[]; readonly spread: readonly boolean[] }
  | ScoreLineHow
  | BonusHow
  | PayLineHow
  | AwardHow
  | { readonly kind: 'pool part'; readonly pool: PoolRead }
  /** The formula of another period, of the same person. */
  | { readonly kind: 'previous' }
  /** An aggregate over the values of periods. */
  | { readonly kind: 'each'; readonly function: string; readonly grain: string }
  /** For how many periods in a row the condition has held: the parts, the latest first; the last of them may have broken it. */
  | { readonly kind: 'streak' }
  /** The place of the person's value among those of others. */
  | { readonly kind: 'rank'; readonly people: number }
  /** The sum over people. */
  | { readonly kind: 'total'; readonly people: number; readonly rest?: RestOfSum };

export interface RestOfSum {
  readonly count: number;
  readonly value: FigureValue;
}

/** Of a comparison: by how much the first part is above (below zero: under) the second. */
export interface Against {
  readonly by: FigureValue;
}

/** An aggregate over rows of an event; `rows` lists them. */
export interface RowsHow {
  readonly kind: 'rows';
  readonly aggregate: string;
  readonly event: string;
  /** First and last day. */
  readonly from: string;
  readonly until: string;
  /** Whose rows: `own`, `company`, or those of who shares the attribute, or stands below. */
  readonly scope: string;
  readonly where?: string;
  /** Of `first` and `last` for each of something, which are added up: of what. */
  readonly each?: string;
  /** The date of the row by which it counts, where that isn't the one that posts it. */
  readonly by?: string;
  /** Why it is missing: the data isn't complete from that day on. */
  readonly since?: string;
}

export interface RatesHow {
  readonly kind: 'rates';
  readonly table: string;
  readonly read: 'amount' | 'rate';
  readonly tiers?: readonly TierPart[];
  readonly below?: Pick<TierPart, 'bound' | 'includes'>;
  readonly before?: { readonly value: FigureValue; readonly amount: FigureValue };
}

/** written × spread × ramp. */
export interface TargetLineHow {
  readonly kind: 'target line';
  readonly written: string;
  readonly condition?: string;
  readonly override?: {
    readonly of: 'person' | 'team';
    readonly name: string;
    readonly from?: string;
    readonly until?: string;
  };
  readonly spread?: { readonly share: string; readonly of: string };
  readonly ramp?: { readonly percent: string; readonly month: number };
}

/**
 * actual / target; target / actual, where lower is better; 100% inside of a band, else 0%; the formula of the KPI's own,
 * which is the last part; or missing, as a part is, or the target is 0.
 */
export type AttainmentWay = 'actual of target' | 'target of actual' | 'band' | 'own' | 'missing';

export interface ScoreLineHow {
  readonly kind: 'score line';
  readonly weight: string;
  readonly curve?: string;
  readonly on?: CurvePart;
  readonly bound?: { readonly kind: 'cap' | 'floor'; readonly at: string };
  /** What counts where the KPI is missing: a score, or nothing, and its weight is spread. */
  readonly missing?: 'counts' | 'spreads';
  /** The score as it counts, before the weight is taken; null where the weight is spread. */
  readonly score: string | null;
}

/**
 * formula × share of the days, then nothing where a condition or gate fails, then floor and cap, then rounded: that is
 * what is earned. What is payable now is that less what is payable later.
 */
export interface BonusHow {
  readonly kind: 'bonus';
  /** Which of its values the step has: of a line of pay what is payable now, of a formula that names it what that sees. */
  readonly counts: 'payable now' | 'before rounding' | 'rounded';
  /** Of a bonus per event: of which. Its rows are the parts of kind `row`. */
  readonly perEvent?: string;
  /** Rows that the condition leaves out, and those past the first so many. */
  readonly failed?: number;
  readonly late?: number;
  /** Of `per event`, rows that aren't listed. */
  readonly rest?: RestOfSum;
  readonly prorated?: Prorated;
  /** The share of the days as a fraction. */
  readonly share: string;
  readonly computed: string;
  readonly because: readonly Because[];
  /** Before rounding. */
  readonly payable: string;
  readonly rounding: { readonly step: string; readonly mode: string };
  readonly earned: string;
  readonly later?: readonly LaterPart[];
  /** Of what becomes payable as rows of another event come in: what each row of its own frees now, which comes to that. */
  readonly freed?: readonly FreedLine[];
}

/** A line that bounds or moves pay. */
export interface PayLineHow {
  readonly kind: 'line';
  readonly line: 'floor' | 'cap' | 'draw' | 'recovery' | 'due' | 'excess';
  /** What it bounds, tops up to, keeps or has owed, before. */
  readonly computed: string;
  readonly because: readonly Because[];
  readonly prorated?: Prorated;
  readonly earned?: string;
  readonly freed?: readonly FreedLine[];
}

export interface AwardHow {
  readonly kind: 'award';
  readonly won: boolean;
  readonly place?: number;
  readonly sharing?: number;
  readonly prizes: readonly { readonly kind: PrizeLine['kind']; readonly value: FigureValue }[];
}

/** Rows of the data that a measure counts. */
export interface RowsShown {
  readonly event: string;
  /** In order of time, known time and key. */
  readonly rows: readonly RowShown[];
  /** How many there are in all; where they aren't all listed, `rest` says what the others come to. */
  readonly count: number;
  readonly rest?: RestOfSum;
}

export interface RowShown {
  readonly key: string;
  /** Its number in the file. */
  readonly row: number;
  readonly day: string;
  /** Where rows of several people count. */
  readonly person?: string;
  readonly share: string;
  /** The value of the row: of a count 1. */
  readonly value: FigureValue;
  /** What it adds: of a sum or count value × share; of other aggregates absent. */
  readonly adds?: FigureValue;
  /** Of an aggregate that takes single rows (`first`, `max`, a median): whether this is one of them. */
  readonly taken?: true;
}

/** What would have made a line of pay more. The amounts are of a run in which the condition is taken to hold. */
export interface WouldPay {
  readonly kind: 'condition' | 'gate' | 'choice' | 'all of these';
  /** The condition as the policy writes it, and where. */
  readonly text: string;
  readonly at?: PolicyPlace;
  /** How far it was: the value, the bound, and by how much the value is short of it. */
  readonly held?: {
    readonly text: string;
    readonly value: FigureValue | 'top';
    readonly bound: FigureValue;
    readonly short: FigureValue;
  };
  /** What the line would have come to, and the person's pay, in this currency. */
  readonly amount: string;
  readonly pay: string;
  readonly currency: string;
}
