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

/** An award of a person in a period. Its money stands among the lines of pay, as lines of kind `award`. */
export interface AwardLine {
  readonly award: string;
  readonly title?: string;
  readonly doc?: string;
  /** The role by which it is won. */
  readonly role: string;
  /** Whether its condition holds. */
  readonly won: boolean;
  /** Of an award to the first of some: the place, from 1, how many share it, and what they were ranked by. */
  readonly place?: number;
  readonly sharing?: number;
  readonly by?: string;
  readonly condition?: string;
  /** What the ranking and the condition read. */
  readonly inputs: readonly Input[];
  readonly prizes: readonly PrizeLine[];
}

export interface PrizeLine {
  readonly kind: 'money' | 'points' | 'badge' | 'recognition' | 'training';
  /** Money and points, where a place is shared and the prize split, the person's part; else the name of the prize. */
  readonly value: FigureValue;
  /** The prize's own condition, which holds. */
  readonly condition?: string;
}

export interface KeptLine {
  readonly kind: 'badge' | 'training';
  readonly name: string;
  readonly award: string;
  readonly period: string;
}

export interface LevelLine {
  readonly level: string;
  readonly title?: string;
  readonly doc?: string;
  /** The period in which it was reached; absent: not yet. */
  readonly since?: string;
  readonly condition: string;
  /** What the condition reads in this period, where the person holds a role that the level is for. */
  readonly inputs: readonly Input[];
}

/** What became of a pool in a period of its own. INVARIANT: parts and what is unspent come to an amount above 0. */
export interface PoolResult {
  readonly pool: string;
  readonly title?: string;
  readonly doc?: string;
  readonly period: string;
  readonly formula: string;
  readonly inputs: readonly Input[];
  readonly amount: string;
  /** The formula, or `equally`. */
  readonly sharedBy: string;
  /** In order of person, then time. */
  readonly parts: readonly PoolPartLine[];
  readonly unspent: string;
  /** Why something is, or nothing could be, shared. */
  readonly because?: 'nothing to share' | 'nobody in it' | 'shares below the whole';
}

export interface PoolPartLine {
  readonly person: string;
  readonly role: string;
  /** What the person has of what it is shared by. */
  readonly by?: FigureValue;
  readonly amount: string;
}

/** What a person owes of draws, or what a cap has kept for later: before the period and after it. */
export interface Balance {
  readonly kind: 'draw' | 'excess';
  /** The role whose draw or cap it is; absent: the policy's. */
  readonly role?: string;
  readonly before: string;
  readonly after: string;
}

/** An amount that is payable in a later period, and the line that it comes from. */
export interface DueLine extends LaterPart {
  readonly name: string;
  readonly title?: string;
  readonly role?: string;
  /** What the line was worked out over. */
  readonly earnedIn: string;
}

/** A part of what is earned that is payable in a later period. */
export interface LaterPart {
  readonly kind: 'part' | 'hold';
  readonly period: string;
  readonly amount: string;
  /** The person has left, and what isn't paid then isn't due any more. */
  readonly forfeited?: true;
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
  /** Of the days, those of absence, where there are any. */
  readonly absent?: number;
  /** What counts of the period where that isn't said by the days: of a role that prorates by working days or months. */
  readonly counted?: Prorated;
  /** The KPIs that the role's targets, scorecard, gates and bonuses read. */
  readonly kpis: readonly KpiLine[];
  readonly score?: Score;
  readonly gates: readonly GateLine[];
  readonly lines: readonly PayLine[];
  /** What is earned, where that isn't what is payable. */
  readonly earned?: string;
  /** What is payable in the period. */
  readonly total: string;
}

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
   * Of a first or last over rows that say when they became known, where there are several: the row that counts, then the
   * others from the latest back.
   */
  readonly rows?: readonly SeenRow[];
  /** How many more there are. */
  readonly moreRows?: number;
  readonly target?: FigureValue;
  /** The upper end of a band of which the target is the lower one. */
  readonly upTo?: FigureValue;
  /** A percent; `top` where lower is better and the actual is 0. */
  readonly attainment?: FigureValue | 'top';
  /** From the attainment: 100 % and 80 %, unless the KPI says otherwise. */
  readonly status?: 'green' | 'amber' | 'red';
}

/** A row of which one value is taken, or isn't since another row counts. */
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

/** Days that count over those of the period, absences taken out. */
export interface Prorated {
  readonly days: number;
  readonly of: number;
  /** Absent: calendar days. Of `months` the days are calendar days too, and `share` says what they come to. */
  readonly by?: 'working days' | 'months';
  /** Of `months`: exact text. */
  readonly share?: string;
}

/** A line of pay; lines add up to the role's total. */
export interface PayLine {
  /**
   * `due`: payable now of what was earned in an earlier period; `excess`: paid now of what a cap kept for later; `draw`: up
   * to its amount; `recovery`: of what is owed of draws.
   */
  readonly kind: 'bonus' | 'award' | 'floor' | 'cap' | 'due' | 'excess' | 'draw' | 'recovery';
  readonly name: string;
  /** Among the person's lines: the role that it comes from. */
  readonly role?: string;
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
  /** What counts of the period, where the amount is prorated and that isn't all of it. */
  readonly prorated?: Prorated;
  /**
   * Exact, before gate and rounding; of a floor or draw the amount that it raises to, of `excess` what was kept, of
   * `recovery` what was owed.
   */
  readonly computed: string;
  /** Rounded as the policy says: what is earned in the period, where that isn't what is payable in it. */
  readonly earned?: string;
  /** Rounded as the policy says: what is payable in the period. */
  readonly amount: string;
  /** What of it is payable in later periods, in order of time. */
  readonly later?: readonly LaterPart[];
  /** The amount in the currency that it is paid in. */
  readonly paid?: PaidIn;
  /** Why less than computed, or zero. */
  readonly because?: readonly Because[];
  /** Of a bonus per event: its rows. */
  readonly perEvent?: PerEventLines;
  /** Of a bonus that is payable as rows of another event come in: what each row frees, which comes to the amount. */
  readonly freed?: readonly FreedLine[];
}

/** The rows of a bonus per event, and those that it doesn't count. */
export interface PerEventLines {
  readonly event: string;
  /** In order of time, known time and key. Their amounts come to what is earned. */
  readonly rows: readonly EventLine[];
  /** Rows for which the condition of the bonus doesn't hold, and those past the first so many. */
  readonly failed: number;
  readonly late: number;
}

/** What one row frees, in the period, of what it earned. */
export interface FreedLine {
  readonly key: string;
  /** Its number in the file. */
  readonly row: number;
  /** The share of it that is freed by the end of the period. */
  readonly share: string;
  readonly amount: string;
}

/** What one row of an event earned. */
export interface EventLine {
  readonly key: string;
  /** Its number in the file. */
  readonly row: number;
  readonly day: string;
  /** The credited share. */
  readonly share: string;
  /** The values of the row that went into it, in the order of the formula. */
  readonly inputs: readonly Input[];
  /** Exact, before rounding. */
  readonly computed: string;
  /** Its part of what is earned. */
  readonly amount: string;
}

/** An amount in the currency that it is paid in, rounded to its own decimals. */
export interface PaidIn {
  readonly currency: string;
  readonly amount: string;
  /** The day whose rate it was converted at; or each row at that of its own day. */
  readonly day?: string;
  readonly atPosting?: true;
}

export type Because =
  | { readonly kind: 'gate'; readonly condition: string }
  | { readonly kind: 'condition'; readonly condition: string }
  /** Nothing is expected of who is away the whole period, and the amount is missing without it. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'cap'; readonly cap: string }
  | { readonly kind: 'floor'; readonly floor: string }
  /** Of a draw: the amount that it tops pay up to. */
  | { readonly kind: 'draw'; readonly draw: string }
  /** It is for who is still there on the last day. */
  | { readonly kind: 'left' }
  /** The person has left before it was paid. */
  | { readonly kind: 'forfeited' };

/** A value that a formula read. */
export interface Input {
  /** As the policy writes it: `revenue`, `attainment(revenue[team])`, `person.salary`, `ladder(revenue)`. */
  readonly text: string;
  readonly value: FigureValue | 'top';
  /** For a table of rates: the tiers that the value went through, or the one that decided. */
  readonly tiers?: readonly TierPart[];
  /** For a table of rates read after a value: that value, and the amount for it, which the tiers' amounts hold too. */
  readonly before?: { readonly value: FigureValue; readonly amount: FigureValue };
  /** For a curve: where on it the value lies. */
  readonly curve?: CurvePart;
  /** For a grid: the key that held in each dimension. */
  readonly grid?: readonly GridPart[];
}

/** What one tier of a table of rates made of a value. */
export interface TierPart {
  /** Where the tier begins; without `includes` it begins just above. */
  readonly bound: FigureValue;
  readonly includes: boolean;
  /** It rates all that lies below it too. */
  readonly onAll?: true;
  /** What lies in the tier: a slice of the value, or all of it where the tier reached decides. */
  readonly part: FigureValue;
  /** Of `amounts`: what the tier holds; `rate` is then the amount of all of it. */
  readonly of?: FigureValue;
  readonly rate: FigureValue;
  /** part times rate, of `amounts` part / of times rate; absent where the formula asks for the rate alone. */
  readonly amount?: FigureValue;
}

/** Where on a curve a value lies: at or above a point, and below the next. */
export interface CurvePart {
  /** Absent below the first point. */
  readonly from?: CurvePointValue;
  /** The next point, towards which a linear curve goes. */
  readonly until?: CurvePointValue;
  /** Above the last point, of which the curve says something else, or how it goes on. */
  readonly past?: true;
  readonly slope?: { readonly more: FigureValue; readonly per: FigureValue; readonly full: boolean };
}

export interface CurvePointValue {
  readonly at: FigureValue;
  readonly score: FigureValue;
  /** It is the score just below. */
  readonly upTo?: true;
}

/** The key of one dimension of a grid that held; `below` where the value lies below the first bound. */
export interface GridPart {
  readonly dimension: string;
  readonly key: FigureValue | 'otherwise' | 'below';
  /** Of a bound: whether it is its own. */
  readonly includes?: boolean;
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
