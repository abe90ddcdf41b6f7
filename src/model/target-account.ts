// How a target came about: what the policy's lines say, and what days, ramps, parts and people made of it. Each step gives
// its `value` by the arithmetic over its parts that is written here and nothing else. Values are exact text in the KPI's
// unit; counts of days are exact text too, as a month that counts in part is a fraction.

import type { Input } from './inputs.ts';

export type TargetAccount = TargetOfLine | TargetByDays | TargetOfPeriods | TargetOfWhole | TargetOfPeople;

/**
 * Why there is no target though the policy has lines for one: who is away all the time; lines are of other lengths of time
 * (as those of a window's parts are) and give none of this one; none of those of this length holds, with what each lacks;
 * or none does on some of the days.
 */
export interface NoTarget {
  readonly because: 'away' | 'other lengths' | 'no line holds' | 'not on all days';
  /** Of lines that don't hold: the condition that fails, or what the formula read. */
  readonly lines?: readonly Pick<TargetOfLine, 'formula' | 'condition' | 'inputs'>[];
}

/** One line of the policy: written × spread × ramp. */
export interface TargetOfLine {
  readonly kind: 'line';
  /** The line as the policy writes it, and of it the formula of the value; of a band's upper end that of its end. */
  readonly text: string;
  readonly formula: string;
  /** What the formula read: attributes of the person, with its key the row of a table. */
  readonly inputs: readonly Input[];
  /** The condition that holds. */
  readonly condition?: string;
  /** Said of one person or team, from its first day until its last, where it says so. */
  readonly override?: {
    readonly of: 'person' | 'team';
    readonly name: string;
    readonly from?: string;
    readonly until?: string;
  };
  /** What the formula gives. */
  readonly written: string;
  /** The share of a longer period that the line is for. */
  readonly spread?: { readonly share: string; readonly of: string };
  /** What the role's ramp makes of it in that month in the role. */
  readonly ramp?: { readonly percent: string; readonly month: number };
  readonly value: string;
}

/**
 * By days: the sum of each part times its `counts`, over `of`; where it isn't prorated, over `counted`, which is the sum
 * of them.
 */
export interface TargetByDays {
  readonly kind: 'days';
  readonly parts: readonly TargetPart[];
  readonly counted: string;
  readonly of: string;
  readonly by: 'days' | 'working days' | 'months';
  readonly prorated: boolean;
  readonly value: string;
}

/** First and last day of a part that count, how many of its days do, and what the whole period's target would be. */
export interface TargetPart {
  readonly from: string;
  readonly until: string;
  readonly counts: string;
  readonly target: TargetAccount;
}

/** Of several periods: their sum, or the one value that they share. */
export interface TargetOfPeriods {
  readonly kind: 'periods';
  readonly together: 'sum' | 'same';
  readonly parts: readonly { readonly period: string; readonly target: TargetAccount }[];
  readonly value: string;
}

/** What the whole period's would be of a target that is for `counted` of it: target × of / counted. */
export interface TargetOfWhole {
  readonly kind: 'whole';
  readonly target: TargetAccount;
  readonly counted: string;
  readonly of: string;
  readonly by: 'days' | 'working days' | 'months';
  readonly value: string;
}

/** Of several people, without their names: the sum of each value times its people and of the others, or the one value that all share. */
export interface TargetOfPeople {
  readonly kind: 'people';
  readonly together: 'sum' | 'same';
  /** How many have a target. */
  readonly people: number;
  /** The most frequent values first, of equally frequent ones the largest. */
  readonly parts: readonly { readonly value: string; readonly people: number }[];
  /** Those whose values aren't listed, together. */
  readonly others?: { readonly value: string; readonly people: number };
  readonly value: string;
}
