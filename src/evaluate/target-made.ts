// What a target was made of, step by step: each with its value, so that a statement can show the way that was gone.

import type { Exact } from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import type { Target } from '../model/policy.ts';
import type { CellPlace, Held } from './cell.ts';
import type { Weighing } from './days.ts';
import type { Level } from './target-levels.ts';

export type Made = MadeOfLine | MadeOfDays | MadeOfPeriods | MadeOfWhole | MadeOfPeople;

/** One line: written × spread × ramp. */
export interface MadeOfLine {
  readonly kind: 'line';
  readonly line: Target;
  readonly of: Level['of'];
  readonly end: 'lower' | 'upper';
  /** Where the line was worked out. */
  readonly place: CellPlace;
  readonly written: Exact;
  readonly spread?: Exact;
  readonly ramp?: { readonly percent: Exact; readonly month: number };
  readonly value: Exact;
}

/** The average of parts by what their days weigh; prorated, for the part of the period that they come to. */
export interface MadeOfDays {
  readonly kind: 'days';
  readonly parts: readonly { readonly held: Held; readonly weight: Exact; readonly made: Made }[];
  readonly weights: Weighing;
  readonly counted: Exact;
  readonly prorated: boolean;
  readonly value: Exact;
}

/** Parts of a longer time: their sum, or the value that they share. */
export interface MadeOfPeriods {
  readonly kind: 'periods';
  readonly together: 'sum' | 'same';
  readonly parts: readonly { readonly period: Period; readonly made: Made }[];
  readonly value: Exact;
}

/** What a target of some of a period's days would be for all of them. */
export interface MadeOfWhole {
  readonly kind: 'whole';
  readonly made: Made;
  readonly weights: Weighing;
  readonly counted: Exact;
  readonly value: Exact;
}

/** Several people's in one period: their sum, or the value that they share. */
export interface MadeOfPeople {
  readonly kind: 'people';
  readonly together: 'sum' | 'same';
  readonly parts: readonly { readonly person: string; readonly value: Exact }[];
  readonly value: Exact;
}
