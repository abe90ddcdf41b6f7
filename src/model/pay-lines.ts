// What a statement says of pay: lines that add up, why they aren't more, and what is paid later.

import type { Input } from './inputs.ts';
import type { AdjustedLine, AdjustmentCause } from './ledger.ts';

/** What a run pays for a period by itself. */
export type EarnedKind = 'bonus' | 'award' | 'floor' | 'cap' | 'due' | 'excess' | 'draw' | 'recovery';

/** What is paid and taken because of closed periods. */
export type CorrectionKind = 'adjustment' | 'offset' | 'owed' | 'carried';

/** A line of pay; lines add up to the role's total. */
export interface PayLine {
  /**
   * `due`: payable now of what was earned in an earlier period; `excess`: paid now of what a cap kept for later; `draw`: up
   * to its amount; `recovery`: of what is owed of draws. Of closed periods: `adjustment`: what was paid too little, or too
   * much, for one; `offset`: how much of that isn't taken from pay but from a part that is due later, and then is; `owed`:
   * what is taken of what earlier periods couldn't take; `carried`: what can't be taken now, and goes on.
   */
  readonly kind: EarnedKind | CorrectionKind;
  readonly name: string;
  /** Among the person's lines: the role that it comes from. */
  readonly role?: string;
  readonly title?: string;
  /** What the policy's doc comment says of it. */
  readonly doc?: string;
  /**
   * The period that the line is worked out over: the policy's, or a quarter or year that ends in it; of an adjustment the
   * closed period.
   */
  readonly period: string;
  /** Of an offset: when the part is due from which it is taken. */
  readonly due?: string;
  /** Of an adjustment: why, and the lines of the closed period that it comes from, which come to the amount. */
  readonly cause?: AdjustmentCause;
  readonly lines?: readonly AdjustedLine[];
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

/** Days that count over those of the period, absences taken out. */
export interface Prorated {
  readonly days: number;
  readonly of: number;
  /** Absent: calendar days. Of `months` the days are calendar days too, and `share` says what they come to. */
  readonly by?: 'working days' | 'months';
  /** Of `months`: exact text. */
  readonly share?: string;
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

/** What one row frees, in the period, of what it earned. */
export interface FreedLine {
  readonly key: string;
  /** Its number in the file. */
  readonly row: number;
  /** The share of it that is freed by the end of the period. */
  readonly share: string;
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

/** A part of what is earned that is payable in a later period. */
export interface LaterPart {
  readonly kind: 'part' | 'hold';
  readonly period: string;
  readonly amount: string;
  /** The person has left, and what isn't paid then isn't due any more. */
  readonly forfeited?: true;
}

/** An amount that is payable in a later period, and the line that it comes from. */
export interface DueLine extends LaterPart {
  readonly name: string;
  readonly title?: string;
  readonly role?: string;
  /** What the line was worked out over. */
  readonly earnedIn: string;
}

/** What a person owes of draws or of closed periods, or what a cap has kept for later: before the period and after it. */
export interface Balance {
  /** `owed`: what was paid too much for closed periods and couldn't be taken back yet. */
  readonly kind: 'draw' | 'excess' | 'owed';
  /** The role whose draw or cap it is; absent: the policy's. */
  readonly role?: string;
  readonly before: string;
  readonly after: string;
}
