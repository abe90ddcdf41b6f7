// What the ledger tells of a person, of what is open, and of itself. Plain data that JSON can hold; amounts are exact text.

import type { KeptLine } from './award-lines.ts';
import type { AdjustedLine, AdjustmentCause } from './ledger.ts';
import type { Balance, DueLine } from './pay-lines.ts';

/** A person over all closed periods. */
export interface History {
  readonly formatVersion: 1;
  readonly person: string;
  readonly name: string;
  readonly currency: string;
  /** One for each closed period with a statement, in order of time. */
  readonly periods: readonly HistoryPeriod[];
  /** What is still owed after the last of them; absent: nothing. */
  readonly owed?: string;
}

/** A closed period of a person. */
export interface HistoryPeriod {
  readonly period: string;
  readonly policy: string;
  readonly closed: { readonly by: string; readonly at: string };
  readonly roles: readonly string[];
  readonly earned: string;
  /** What is payable of the period and of what was due in it, before adjustments. */
  readonly payable: string;
  /** What was paid or taken in it for earlier periods; absent: nothing. */
  readonly adjusted?: string;
  /** What was paid. */
  readonly paid: string;
  /** What later closes paid or took for this period; absent: nothing. */
  readonly corrected?: string;
  readonly balances: readonly Balance[];
  readonly due: readonly DueLine[];
  readonly points?: { readonly gained: string; readonly balance: string };
  /** Names of awards that were won. */
  readonly won: readonly string[];
  /** Badges and trainings of the period. */
  readonly kept: readonly KeptLine[];
  /** Names of levels that were reached in the period. */
  readonly levels: readonly string[];
  readonly comments: readonly { readonly by: string; readonly at: string; readonly text: string }[];
  readonly acknowledged: readonly { readonly by: string; readonly at: string }[];
}

/** Adjustments of a period: what its statements pay and take for closed ones. */
export interface OpenAdjustments {
  readonly formatVersion: 1;
  readonly period: string;
  /** Whether the period is closed; else it is what a close would book, as the data is now. */
  readonly closed: boolean;
  readonly currency: string;
  /** By person, then period. */
  readonly adjustments: readonly BookedAdjustment[];
  /** Who owes, or goes on owing, after the period. */
  readonly owed: readonly {
    readonly person: string;
    readonly name: string;
    readonly before: string;
    readonly after: string;
  }[];
  /** The sum of the adjustments. */
  readonly total: string;
}

/** An adjustment that a close has booked. */
export interface BookedAdjustment {
  readonly person: string;
  readonly name: string;
  /** The closed period that it is for. */
  readonly period: string;
  readonly cause?: AdjustmentCause;
  /** The cause in short. */
  readonly text: string;
  readonly amount: string;
  readonly lines: readonly AdjustedLine[];
}

/** What `merit verify` found. */
export interface Verification {
  readonly formatVersion: 1;
  readonly records: number;
  /** Hash of the last record: who keeps it elsewhere can tell a ledger that was written anew. */
  readonly head: string | null;
  readonly closes: readonly VerifiedClose[];
  /** Whether closed periods were worked out again over data at hand. */
  readonly data: boolean;
}

/** What verifying finds of one close. */
export interface VerifiedClose {
  readonly period: string;
  readonly policy: string;
  readonly by: string;
  readonly at: string;
  readonly statements: number;
  readonly pay: string;
  readonly currency: string;
  /** Where it was worked out again. */
  readonly again?: {
    /** What differs in its inputs between its close and now, in words. */
    readonly inputs: readonly string[];
    /** Rows that differ; at most a hundred, `moreRows` counts the rest. */
    readonly rows: readonly VerifiedRow[];
    readonly moreRows: number;
    /** Lines that come to another amount than was booked for the period, by person. */
    readonly lines: readonly VerifiedLine[];
  };
}

/** A row that isn't as it was at the close. */
export interface VerifiedRow {
  readonly change: 'added' | 'changed' | 'removed';
  readonly source: string;
  readonly key: string;
  readonly fields: readonly { readonly field: string; readonly before?: string; readonly after?: string }[];
}

/** A line that comes to another amount than was paid. */
export interface VerifiedLine {
  readonly person: string;
  readonly kind: string;
  readonly name: string;
  readonly role?: string;
  readonly closed: string;
  readonly now: string;
}
