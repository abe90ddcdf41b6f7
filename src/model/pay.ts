// What is paid: bonuses and what bounds, moves or shares them, awards, levels and pools.

import type { Grain } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import type { Expression } from './expression.ts';

export interface Gate {
  readonly condition: Expression;
  readonly when?: Expression;
  readonly span: Span;
}

export interface Bonus {
  readonly name: string;
  readonly title?: string;
  readonly doc?: string;
  readonly gated: boolean;
  readonly grain: Grain;
  /** Money; never missing. */
  readonly value: Expression;
  /** Whether the value is multiplied by the share of the period's days that the role was held. */
  readonly prorated: boolean;
  readonly when?: Expression;
  readonly cap?: Expression;
  readonly floor?: Expression;
  /**
   * The event for each of whose rows it is worked out: `value` and `when` are then of rows, whose parts that are of
   * people (KPIs, score, bonuses, `attribute`s) are those of the person's period.
   */
  readonly perEvent?: string;
  /** Of a bonus per event: only so many rows of the period count, the earliest by time, then key. */
  readonly first?: number;
  /** Earned only by who is still there, in whatever role, on the last day of the grain. */
  readonly whileEmployed?: true;
  /** Paid in so many parts, one a month, the first with the period itself. */
  readonly parts?: number;
  /** Paid so many months later. */
  readonly monthsLater?: number;
  /** A share of it is held back for so many months. */
  readonly holds?: { readonly share: string; readonly months: number };
  /** What isn't paid yet when the person leaves isn't due any more. */
  readonly forfeited?: true;
  /** Of a bonus per event: freed in the share `value / of` as rows of another event, whose `reference` is the row's key, come in. */
  readonly payableAs?: {
    readonly event: string;
    readonly reference: string;
    /** Of rows of that event. */
    readonly value: Expression;
    /** Of the bonus's own rows. */
    readonly of: Expression;
  };
  readonly paysIn?: PaysIn;
  readonly span: Span;
}

/** The currency that rounded lines are paid in, by the table of exchange rates, on the period's last day or the event's. */
export interface PaysIn {
  readonly table: string;
  /** A code, or a text of the person. */
  readonly currency: Expression;
  readonly atPosting: boolean;
}

export interface Cap {
  readonly amount: Expression;
  readonly grain: Grain;
  readonly inAll: boolean;
  /** What the cap takes is paid in later periods, as far as their caps leave room. */
  readonly carryExcess?: true;
  readonly span: Span;
}

/** What the bonuses that it counts come to at least. Prorated like a fixed amount. */
export interface Floor {
  readonly amount: Expression;
  readonly grain: Grain;
  readonly inAll: boolean;
  readonly span: Span;
}

/** Tops pay up to its amount. Prorated like a fixed amount. */
export interface Draw {
  readonly amount: Expression;
  /** May be shorter than the period, which then counts as many of them as end in it. */
  readonly grain: Grain;
  readonly recoverable: boolean;
  /** For so many months from the start of the role; absent: always. */
  readonly months?: number;
  /** What is owed is recovered from that month in the role on (absent: from the first), and this share of what pay exceeds the draw by. */
  readonly recovered?: { readonly fromMonth: number; readonly share: string };
  readonly span: Span;
}

/** What the policy itself says of all pay of a person. */
export interface PayTerms {
  readonly caps: readonly Cap[];
  readonly floors: readonly Floor[];
  readonly draws: readonly Draw[];
  readonly paysIn?: PaysIn;
}

/** Who an award, level or pool is for. */
export interface Recipients {
  /** The role and (unless `only`) those that extend it. */
  readonly roles: readonly string[];
  readonly top?: {
    readonly count: number;
    /** Of people; those for whom it is missing, or zero, aren't ranked. */
    readonly by: Expression;
    readonly withZero: boolean;
    /** Decides among those who share a place. */
    readonly thenBy?: Expression;
  };
  /** Those who share a place share its prize, to the cent; else each gets it whole. */
  readonly splitAmongTies: boolean;
}

export interface Award {
  readonly kind: 'award';
  readonly name: string;
  readonly title?: string;
  readonly doc?: string;
  readonly to: Recipients;
  readonly when?: Expression;
  readonly gives: readonly Prize[];
  readonly span: Span;
}

export interface Prize {
  readonly kind: 'money' | 'points' | 'badge' | 'recognition' | 'training';
  /** Money and points: the amount; the others: a text. */
  readonly value: Expression;
  readonly when?: Expression;
  readonly span: Span;
}

/** A step of a career: reached in the first period whose condition holds, and kept. */
export interface Level {
  readonly kind: 'level';
  readonly name: string;
  readonly title?: string;
  readonly doc?: string;
  readonly to: Recipients;
  readonly when: Expression;
  readonly span: Span;
}

export interface Pool {
  readonly name: string;
  readonly title?: string;
  readonly doc?: string;
  readonly grain: Grain;
  /** Of the company; rounded as pay is. */
  readonly amount: Expression;
  readonly to: Recipients;
  readonly when?: Expression;
  /** By what each has of it, or everybody the same. */
  readonly sharedBy: Expression | 'equally';
  readonly span: Span;
}
