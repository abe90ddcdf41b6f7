// What a result says of what is won and shared: awards, badges, levels, pools.

import type { FigureValue, Input } from './inputs.ts';

/** An award of a person in a period, or of who is in a role that it is for and didn't win it. Its money stands among the lines of pay, as lines of kind `award`. */
export interface AwardLine {
  readonly award: string;
  readonly title?: string;
  readonly doc?: string;
  /** The role by which it is won. */
  readonly role: string;
  /** Whether its condition holds. */
  readonly won: boolean;
  /** Of an award to the first of some: the place, from 1, how many share it, and what they were ranked by; who isn't ranked has none. */
  readonly place?: number;
  readonly sharing?: number;
  readonly by?: string;
  /** How many places win, where the person is on none of them. */
  readonly places?: number;
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
