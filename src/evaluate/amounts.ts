// Amounts of pay as they are worked out for a person and a period; a statement makes lines of them.

import type { Day } from '../base/date.ts';
import { add, type Exact, equals, exactText, isZero, ZERO } from '../base/exact.ts';
import type { Grain, Period } from '../base/period.ts';
import type { PaysIn } from '../model/pay.ts';
import type { EarnedKind, LaterPart, PayLine } from '../model/pay-lines.ts';
import type { FreedRow } from './freed.ts';

/** An amount, rounded. What is earned, less what is payable now and later, is kept by a cap or lost. */
export interface PayAmount {
  readonly kind: EarnedKind;
  readonly name: string;
  readonly title?: string;
  /** The role by which it is earned, or whose bonuses it bounds; absent: all pay. */
  readonly role?: string;
  /** The length of time that it is worked out over, and the id of that time. */
  readonly grain: Grain;
  readonly over: string;
  /** In the period. */
  readonly earned: Exact;
  readonly payable: Exact;
  /** Payable in later periods, in order of time. */
  readonly later: readonly Later[];
  readonly paysIn?: PaysIn;
  /** Of a bonus per event: what each row has of what is earned, or freed of it, and the day that posts it. */
  readonly rows?: () => readonly { readonly amount: Exact; readonly day: Day }[];
  /** Of what is due: which amount it is a part of, and which of its later parts. */
  readonly part?: { readonly of: PayAmount; readonly index: number };
  /** What a draw adds is owed: an advance, which no cap of the policy counts. */
  readonly owed?: true;
  /** What a statement says of it, apart from what is earned, payable and due. */
  readonly line: () => PayLine;
}

/** A part that is payable in a later period; `forfeits`: unless the person leaves before its last day. */
export interface Later {
  /** `freed`: it depends on rows that have come in by then; what hasn't been freed at all stands in no period. */
  readonly kind: LaterPart['kind'] | 'freed';
  readonly period: Period;
  readonly amount: Exact;
  readonly forfeits: boolean;
  /** The rows that free it. */
  readonly rows?: readonly FreedRow[];
  /** Of what a cap takes: it is kept then, by the key of `Carried.excess`. */
  readonly kept?: string;
}

/** A part of which the period is known beforehand. */
export type Scheduled = Later & Pick<LaterPart, 'kind'>;

export function isScheduled<T extends Later>(part: T): part is T & Scheduled {
  return part.kind !== 'freed';
}

export function earnedOf(amounts: readonly PayAmount[]): Exact {
  return amounts.reduce((sum, each) => add(sum, each.earned), ZERO);
}

/** What bounds of what is earned count: of a cap that keeps the excess for later, what it takes (now and later) and pays. */
export function boundedOf({ kind, earned, payable, later }: PayAmount): Exact {
  const isKept = (kind === 'cap' || kind === 'excess') && isZero(earned);
  return isKept ? later.reduce((sum, each) => add(sum, each.amount), payable) : earned;
}

export function payableOf(amounts: readonly PayAmount[]): Exact {
  return amounts.reduce((sum, each) => add(sum, each.payable), ZERO);
}

/** The line of an amount; `isLost` says which parts aren't due any more. */
export function lineOf(amount: PayAmount, isLost: (part: Later) => boolean): PayLine {
  const { earned, payable } = amount;
  const later = amount.later.filter(isScheduled);
  return {
    ...amount.line(),
    ...(equals(earned, payable) ? {} : { earned: exactText(earned) }),
    amount: exactText(payable),
    ...(later.length > 0
      ? { later: later.map((each) => ({ ...laterPart(each), ...(isLost(each) ? { forfeited: true } : {}) })) }
      : {}),
  };
}

export function laterPart({ kind, period, amount }: Scheduled): LaterPart {
  return { kind, period: period.id, amount: exactText(amount) };
}
