// Who held which role when.

import type { Day } from '../base/date.ts';
import type { Cell } from './value.ts';

/** One dated row of the people data: what held for a person on the days of `[from, until)`. */
export interface PersonRow {
  readonly person: string;
  readonly name: string;
  readonly role: string;
  readonly team?: string;
  readonly lead?: string;
  readonly from: Day;
  readonly until: Day;
  /** One cell for each of `Model.attributes`. */
  readonly attributes: readonly Cell[];
  /** Index of its stay in `People.stays`. */
  readonly stay: number;
}

/**
 * A role held by a person without a break: adjoining rows of one role. It is what facts are grouped by; nothing is
 * added up across stays. `[from, until)` in days.
 */
export interface Stay {
  readonly index: number;
  readonly person: string;
  readonly role: string;
  readonly from: Day;
  readonly until: Day;
  /** In order of time, adjoining. */
  readonly rows: readonly PersonRow[];
}

/** Days `[from, until)` on which a person was away. */
export interface Absence {
  readonly person: string;
  readonly from: Day;
  readonly until: Day;
  readonly reason?: string;
}

export interface People {
  /** In order of person, then time, then role. */
  readonly rows: readonly PersonRow[];
  readonly stays: readonly Stay[];
  /** In order of person, then time; ranges of one person don't overlap. */
  readonly absences: readonly Absence[];
  /** Every id that stands in the people data, of rejected rows too; absent: those of `rows`. */
  readonly known?: readonly string[];
}
