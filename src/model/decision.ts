// What working a policy out decides, told to whoever watches: which way each `when`, gate, tier, cap and the like went.

import type { Exact } from '../base/exact.ts';
import type { Span } from '../base/source.ts';

/** One decision that was taken, for one person in one period, or for one row of an event. */
export interface Decision {
  readonly kind: DecisionKind;
  /** Where the policy says what is decided: of a tier, point or cell its table's name, not the place that reads it. */
  readonly span: Span;
  /** Which of several things that are decided at one place, in the words that `DecisionKind` gives. */
  readonly part?: string;
  /** Which way it went, in the words that `DecisionKind` gives. */
  readonly way: string;
  /**
   * Of what has an order: the bounds that a value was held against. Of a tier or a segment of a curve these are the one
   * that it lies above and the one that it lies below, where there are such.
   */
  readonly held?: readonly Held[];
  /** It was taken for an amount that isn't paid, as a condition or a gate fails, or only to show a value that was read. */
  readonly supposed?: true;
}

/** A value against a bound: the decision goes another way on the other side of it. */
export interface Held {
  readonly value: Exact;
  readonly bound: Exact;
  /** The bound itself goes the way of what is above it; else of what is below. */
  readonly includes: boolean;
}

export type DecisionKind =
  /**
   * A condition of a choice, bonus, target, gate, prize, credit line, award, level, pool, measure or look-back, each
   * side of an `and` or `or`, a truth value with a name, and a line of credit `in role` (part `in role`): `yes`, `no`,
   * `missing`.
   */
  | 'condition'
  /** A comparison of numbers or dates wherever it stands, with what it held against what: `yes`, `no`. */
  | 'comparison'
  /** A gate, where it applies: `passed`, `failed`. */
  | 'gate'
  /**
   * `else`, `missing counts`, `missing spreads`, a target that falls back to the line before, a credit line that names
   * nobody: `there`, `missing`. Of a line that spreads its weight (part `weights`) whether those that are there are `enough`
   * or `too few`.
   */
  | 'missing'
  /**
   * A cap or a floor of a line, bonus, role or the policy; `min` and `max`, of more than two values each but the first
   * that isn't a constant by its number from 0 (part): `binds`, `free`. Of a cap that keeps the excess (part `excess`),
   * where it has kept some: `paid`, `kept`.
   */
  | 'cap'
  | 'floor'
  /** A table of rates or amounts: the number of the tier from 0, `-1` below the first bound, `past` what has an end. */
  | 'tier'
  /** A curve: the number of the point from 0 from which its segment goes up, `-1` below the first, `above` the last. */
  | 'curve'
  /** A grid: the number of the row and of the column as they are written, from 0, with a comma between; `below`. */
  | 'grid'
  /** A target of one person or team: `applies`. */
  | 'target'
  /** A target `within` two values: `inside`, `below`, `above`. */
  | 'band'
  /** The ramp of a role: the number of the month from 0, or `after`. */
  | 'ramp'
  /**
   * An award or level, of who is one of those that it is for: `won`, `not won`. Of one that is split among ties (part
   * `split`): `shared`, `alone`.
   */
  | 'award'
  /**
   * A draw: `tops up`, `free`; what was owed of it before (part `recovery`): `recovered`, `kept`; one for so many months
   * (part `months`): `goes on`, `ended`.
   */
  | 'draw'
  /** Part `while employed`, `forfeited on leaving` or `first` (so many rows): `yes`, `no`. */
  | 'paying'
  /** A row of a table or event that a formula looks for, and other rows that it looks back at: `found`, `missing`. */
  | 'reference';

/** Whom a decision was taken for: a person in a period, all who share a value or everybody, or a row of an event. */
export interface DecidedFor {
  readonly person?: string;
  readonly role?: string;
  readonly period?: string;
  readonly event?: string;
  /** The key of the row. */
  readonly row?: string;
}

/** Hears of decisions; nothing that it does changes a figure. */
export type Decided = (decision: Decision, whom: DecidedFor) => void;
