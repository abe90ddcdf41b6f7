// Checked expressions: bound, typed, plain data. Two worlds share them: formulas of rows (over one event's fields) and
// formulas of people (over one stay in one period); which leaves may stand in which is said at each leaf.

import type { Span } from '../base/source.ts';
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

/** Person: the first or last day of the period. */
export interface PeriodEdgeNode extends Node {
  readonly kind: 'period';
  readonly edge: 'start' | 'end';
}

/** Person: the amount that a table of rates gives for the argument, or the rate that it reaches. */
export interface RatesNode extends Node {
  readonly kind: 'rates';
  readonly rates: string;
  readonly read: 'amount' | 'rate';
  readonly argument: Expression;
  /** `ladder(x of y)`: `y * ladder(x / y)`, read without a division. Not evaluated yet. */
  readonly whole?: Expression;
  /** `ladder(x, after y)`: `ladder(y + x) - ladder(y)`. Not evaluated yet. */
  readonly after?: Expression;
}

/** Person: the score that a curve gives for the argument. */
export interface CurveNode extends Node {
  readonly kind: 'curve';
  readonly curve: string;
  readonly argument: Expression;
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
  | ApplyNode
  | LaterNode;

/** Whose events a measure counts: one's own; those of who shares the attribute (`team`, or a declared one); everybody's. */
export type Scope =
  | { readonly kind: 'own' }
  /** `below`: those of all who stand below the person by that attribute, which is `lead`. Not evaluated yet. */
  | { readonly kind: 'group'; readonly attribute: string; readonly below?: true }
  | { readonly kind: 'company' };

/** Which days a measure counts, seen from the period, or from one before it. */
export type Window = WindowShape & { readonly back?: Back };

/** How far before the period a window stands: so many periods, and years. Not evaluated yet. */
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
      readonly grain: 'day' | 'week' | 'month' | 'quarter' | 'year';
    }
  /** From the start of the year (quarter) to the end of the period. */
  | { readonly kind: 'so far'; readonly grain: 'quarter' | 'year' }
  /** From the event's `since` to the end of the period. */
  | { readonly kind: 'to date' }
  | { readonly kind: 'last year' };
