// Checked expressions: bound, typed, plain data. Two worlds share them: formulas of rows (over one event's fields) and
// formulas of people (over one stay in one period); which leaves may stand in which is said at each leaf.

import type { Grain } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import type { Aggregate } from './policy.ts';
import type { ValueType } from './value.ts';

interface Node {
  readonly type: ValueType;
  /** Whether the value can be missing. */
  readonly optional: boolean;
  readonly span: Span;
}

/** A literal; `text` as in `Constant`. */
export interface ConstantNode extends Node {
  readonly kind: 'constant';
  readonly text: string;
}

/** Row: a field of the event, read from the data or computed. */
export interface FieldNode extends Node {
  readonly kind: 'field';
  readonly name: string;
}

/**
 * An attribute of the person: `id`, `name`, `role`, `team`, `lead` or one that the policy declares.
 * Row: of the credited person as of the event's day (only in measures). Person: of the stay in the period, averaged by
 * days where it is a number or money, else that of the last day.
 */
export interface AttributeNode extends Node {
  readonly kind: 'attribute';
  readonly name: string;
}

/** Both: the cell of the one row of the table whose keys equal these, and whose dates hold the day `at`. */
export interface LookupNode extends Node {
  readonly kind: 'lookup';
  readonly table: string;
  /** In the order of the table's key fields. */
  readonly keys: readonly Expression[];
  /** A date; needed when the table is dated. */
  readonly at?: Expression;
  readonly column: string;
}

/**
 * Row: the place, from 1, of this row among the used rows of its event that satisfy `where` and agree in `by`, in order
 * of posting time, then key. Missing for a row that doesn't satisfy `where`, or of which a `by` value is missing.
 */
export interface NthNode extends Node {
  readonly kind: 'nth';
  readonly by: readonly Expression[];
  readonly where?: Expression;
}

/** Person: a measure over the window and scope. */
export interface MeasureNode extends Node {
  readonly kind: 'measure';
  readonly measure: string;
  readonly scope: Scope;
  readonly window: Window;
}

/** Person: a named formula (a KPI or `let` in a scope and window), by its id in `Model.figures`. */
export interface FigureNode extends Node {
  readonly kind: 'figure';
  readonly figure: string;
}

/** Person: the target of the KPI that is this figure. */
export interface TargetNode extends Node {
  readonly kind: 'target';
  readonly figure: string;
}

/** Person: actual against target of the KPI that is this figure. */
export interface AttainmentNode extends Node {
  readonly kind: 'attainment';
  readonly figure: string;
}

/** Person: the weighted score of the role's scorecard. */
export interface ScoreNode extends Node {
  readonly kind: 'score';
}

/** Person: a bonus of the same role and period, after its own gate and cap, before rounding. */
export interface BonusNode extends Node {
  readonly kind: 'bonus';
  readonly name: string;
}

/** Person: the first or last day of the period, the last of the days held in it, or the period itself (by its id). */
export interface PeriodEdgeNode extends Node {
  readonly kind: 'period';
  readonly edge: 'start' | 'end' | 'held' | 'itself';
}

/** Both: the amount that a table of rates gives for the argument, or the rate that it reaches. */
export interface RatesNode extends Node {
  readonly kind: 'rates';
  readonly rates: string;
  readonly read: 'amount' | 'rate';
  readonly argument: Expression;
  /** `ladder(x of y)`: `y * ladder(x / y)`, read without a division; missing where y is 0. */
  readonly whole?: Expression;
  /** `ladder(x, after y)`: `ladder(y + x) - ladder(y)`. */
  readonly after?: Expression;
}

/** Both: the score that a curve gives for the argument. */
export interface CurveNode extends Node {
  readonly kind: 'curve';
  readonly curve: string;
  readonly argument: Expression;
  /** `standard(x of y)`: the curve at `x / y`, read without a division; missing where y is 0. */
  readonly whole?: Expression;
}

/** Both: the cell of a grid for one value in each dimension. */
export interface GridNode extends Node {
  readonly kind: 'grid';
  readonly grid: string;
  readonly args: readonly Expression[];
  /** `payout(margin of amount, amount)`: that argument is a part of this; missing where it is 0. */
  readonly ratio?: { readonly argument: number; readonly whole: Expression };
}

// ---- of rows ------------------------------------------------------------------------------------------------

/** Row: the share with which the person is credited. Only in measures and bonuses per event. */
export interface ShareNode extends Node {
  readonly kind: 'share';
}

/** Row: a field, read or computed, of the row of another event whose key this is; missing where no sound row has it. */
export interface ThroughNode extends Node {
  readonly kind: 'through';
  readonly event: string;
  readonly key: Expression;
  readonly field: string;
}

/**
 * Both: an attribute (declared or built in) of the person whose id this is. Row: as of the event's day. Person: as of
 * the last day held. Missing where nobody, or where rows of two roles of that day disagree.
 */
export interface OfPersonNode extends Node {
  readonly kind: 'of person';
  readonly person: Expression;
  readonly attribute: string;
}

/**
 * Row: over the rows of an event whose field `other` equals `own`, the row itself left out: `exists` whether there is
 * one, else an aggregate of `value`. Look-backs see sound rows with a posting day that isn't before the event's `since`.
 */
export interface LookBackNode extends Node {
  readonly kind: 'look-back';
  readonly event: string;
  readonly aggregate: Aggregate | 'exists';
  /** A formula of the other rows; absent for `exists` and `count`. */
  readonly value?: Expression;
  readonly where?: Expression;
  readonly own: Expression;
  readonly other: string;
  /**
   * Only rows posted from `of` until so much later (`after`), or from so much before `of` until it; both ends included.
   * By days where either is a date.
   */
  readonly within?: {
    readonly word: 'after' | 'before';
    readonly length:
      | { readonly kind: 'seconds'; readonly seconds: string }
      | { readonly kind: 'months'; readonly months: number };
    readonly of: Expression;
  };
}

/**
 * Row, in a bonus per event: the sum of a value over the person's earlier rows (by time, then key) of the period. In the
 * bonus's value these are the rows that it counts, so that they add up; in its condition all of them.
 */
export interface BeforeNode extends Node {
  readonly kind: 'before';
  readonly value: Expression;
}

/** Both: an amount in another currency, by the dated table of exchange rates; a missing rate is an error of the run. */
export interface ConvertNode extends Node {
  readonly kind: 'convert';
  readonly table: string;
  readonly amount: Expression;
  /** The currency that the amount is in: a code, or a text of the row. */
  readonly from: Expression;
  readonly to: string;
  /** The day, or moment, whose rate counts. */
  readonly at: Expression;
}

/** Both: the place of a word in its ordered list, from 1. */
export interface WordPlaceNode extends Node {
  readonly kind: 'word place';
  readonly of: Expression;
}

/** Both: the word so many places further (below zero: back) in its ordered list; past an end it stays there. */
export interface WordStepNode extends Node {
  readonly kind: 'word step';
  readonly of: Expression;
  readonly by: number;
}

/** Both: a day, or a local moment, so many months later (below zero: before): the same day, or the month's last. */
export interface MonthsLaterNode extends Node {
  readonly kind: 'months later';
  readonly of: Expression;
  readonly months: number;
}

/** Both: the first moment of a local day, as a datetime. */
export interface MomentNode extends Node {
  readonly kind: 'moment';
  readonly of: Expression;
}

/** Both: the first day of a period, as a date: what periods are compared by. */
export interface PeriodStartNode extends Node {
  readonly kind: 'period start';
  readonly of: Expression;
}

/** Both: the working time of a calendar between two moments or days (a day is its midnight); below zero where they are turned. */
export interface WorkingTimeNode extends Node {
  readonly kind: 'working time';
  readonly calendar: string;
  readonly from: Expression;
  readonly until: Expression;
}

// ---- of people, over other periods and other people ----------------------------------------------------------

/**
 * Person: the formula in the period before, of the same person and role; missing before the first, before the policy
 * holds, and where the period begins before the data that is read in it is complete.
 */
export interface PreviousNode extends Node {
  readonly kind: 'previous';
  readonly of: Expression;
}

/**
 * Person: an aggregate over a formula's values in each whole period of the grain in the window; those without a day in
 * the stay, and those before the policy holds, are left out. Missing where one of them begins before the data is complete.
 */
export interface EachNode extends Node {
  readonly kind: 'each';
  /** `sum`, `average`, `count` (of a condition), `min`, `max` or `median`, as in the table of aggregates. */
  readonly function: string;
  readonly of: Expression;
  readonly grain: Grain;
  /** Without the period that is worked out. */
  readonly earlier: boolean;
  readonly window: Window;
}

/**
 * Person: for how many periods in a row with a day in the role, up to this one, the condition has held; missing where
 * that goes back behind the data.
 */
export interface StreakNode extends Node {
  readonly kind: 'streak';
  readonly of: Expression;
}

/** Person: what the person's account of points got in the window (absent: ever). */
export interface PointsNode extends Node {
  readonly kind: 'points';
  readonly window?: Window;
}

/** Person: what the person has of a pool. */
export interface PoolNode extends Node {
  readonly kind: 'pool';
  readonly pool: string;
}

/** Person: the place of the person's largest value among people in the roles (absent: the own and those that extend it); missing in the person's other stays. */
export interface RankNode extends Node {
  readonly kind: 'rank';
  readonly of: Expression;
  readonly roles?: readonly string[];
}

/** Person: the sum of the value over stays in the roles (absent: the person's own and those that extend it). */
export interface TotalNode extends Node {
  readonly kind: 'total';
  readonly of: Expression;
  readonly roles?: readonly string[];
}

/** Person: in a KPI's own formula of attainment, its actual or its target. */
export interface OwnNode extends Node {
  readonly kind: 'own';
  readonly read: 'actual' | 'target';
}

/**
 * Person, in expectations and invariants: what the person's results of the period say beside bonuses. `pay` is what is
 * payable and `earned` what is earned, `award` whether it is won, `pool` the person's part of it, `level` whether it is
 * reached by the period's end.
 */
export interface ResultNode extends Node {
  readonly kind: 'result';
  readonly result: 'pay' | 'earned' | 'award' | 'pool' | 'level';
  /** The award, pool or level; absent for pay. */
  readonly name?: string;
}

/** In a cell of a test that stands for several rows: the number of the row, from 1. */
export interface RowNumberNode extends Node {
  readonly kind: 'row number';
}

/** Both: a function or operator of the library. */
export interface ApplyNode extends Node {
  readonly kind: 'apply';
  /** Its name in the function table. */
  readonly function: string;
  readonly args: readonly Expression[];
}

/**
 * What is checked and not evaluated yet. A Model that holds one says so in `beyond`, and `run` refuses it, so that no
 * later stage sees one.
 */
export interface LaterNode extends Node {
  readonly kind: 'later';
  /** What it is, with all that tells it from others over the same arguments: `convert to RUB`. */
  readonly what: string;
  readonly args: readonly Expression[];
  /** How it can be missing: as soon as an argument is (`any`), or by itself (`own`). */
  readonly missing: 'any' | 'own';
}

/** What looks at the values of its parts alone, and needs more for it than a function's name. */
export type ScalarNode =
  | ConvertNode
  | WordPlaceNode
  | WordStepNode
  | MonthsLaterNode
  | MomentNode
  | PeriodStartNode
  | WorkingTimeNode;

export type Expression =
  | ConstantNode
  | FieldNode
  | AttributeNode
  | LookupNode
  | NthNode
  | MeasureNode
  | FigureNode
  | TargetNode
  | AttainmentNode
  | ScoreNode
  | BonusNode
  | PeriodEdgeNode
  | RatesNode
  | CurveNode
  | GridNode
  | ApplyNode
  | ShareNode
  | ThroughNode
  | OfPersonNode
  | LookBackNode
  | BeforeNode
  | ScalarNode
  | PreviousNode
  | EachNode
  | StreakNode
  | PointsNode
  | PoolNode
  | RankNode
  | TotalNode
  | OwnNode
  | ResultNode
  | RowNumberNode
  | LaterNode;

/**
 * Whose events a measure counts: one's own; those of who shares the attribute (`team`, or a declared one); everybody's.
 * From a person's seat each counts on the days of the stay.
 */
export type Scope =
  | { readonly kind: 'own' }
  /** `below`: those of all who stand below the person by that attribute, which is `lead`, as of each day. */
  | { readonly kind: 'group'; readonly attribute: string; readonly below?: true }
  | { readonly kind: 'company' };

/** Which days a measure counts, seen from the period, or from one before it. */
export type Window = WindowShape & { readonly back?: Back };

/** How far before the period a window stands: so many periods, and years. */
export interface Back {
  readonly periods: number;
  readonly years: number;
}

type WindowShape =
  | { readonly kind: 'period' }
  /** The `count` periods before, together. */
  | { readonly kind: 'previous'; readonly count: number }
  /** `count` periods of the grain, ending with this period. */
  | {
      readonly kind: 'trailing';
      readonly count: number;
      readonly grain: Grain;
    }
  /** From the start of the year (quarter), the calendar's or a fiscal one, to the end of the period. */
  | { readonly kind: 'so far'; readonly grain: Grain }
  /** From the event's `since` to the end of the period. */
  | { readonly kind: 'to date' }
  | { readonly kind: 'last year' };
