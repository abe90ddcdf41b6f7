// What the ledger keeps: records chained by their hashes, each of what somebody decided on a day. Plain data that JSON can
// hold; amounts are exact text, days `2026-01-31`, times as they were given.

import type { Result } from './result.ts';

/** The layout of records; older ones are migrated when a store is opened. */
export const LEDGER_SCHEMA = 1;

/** One entry of the chain. Its hash covers everything else in it, that of the entry before included. */
export interface LedgerRecord<Body extends LedgerBody = LedgerBody> {
  readonly schema: number;
  /** From 1, without gaps. */
  readonly number: number;
  /** The hash of the record before; null: it is the first. */
  readonly previous: string | null;
  /** Who, and when, as given. */
  readonly by: string;
  readonly at: string;
  readonly body: Body;
  /** SHA-256 in lower-case hexadecimals. */
  readonly hash: string;
}

/** What a record says. */
export type LedgerBody = CloseBody | ApprovalBody | CommentBody | AcknowledgementBody;

/** A period's results are final. */
export interface CloseBody {
  readonly kind: 'close';
  readonly policy: string;
  readonly period: string;
  readonly fingerprint: Fingerprint;
  /** All that the policy was read from, so that it can be read again. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** The result of the period as it is paid: with its adjustments. */
  readonly result: Result;
  /** What of the inputs differs from the close before, the first time all of them; its rows stand beside the record. */
  readonly rows: RowsDigest;
  /** Removed rows that somebody has looked at and accepted. */
  readonly acceptedRemoved?: readonly { readonly source: string; readonly key: string }[];
  /** Of the first close: the files of each version that held before and hands something on, in order of time. */
  readonly earlier?: readonly CloseBody['files'][];
  /** Closed periods that were worked out again by another policy than before: from now on it is theirs. */
  readonly reopened?: readonly Reopened[];
  /** The hash of the approval that it rests on. */
  readonly approval?: string;
}

/** Closed periods, and the files of the policy that is theirs now. */
export interface Reopened {
  readonly periods: readonly string[];
  readonly files: CloseBody['files'];
}

/** What a result was made of: two runs with one fingerprint give one result. */
export interface Fingerprint {
  /** Of the policy's meaning and text. */
  readonly policy: string;
  /** One for each source: how many rows, and the hash of all of them by key. */
  readonly inputs: readonly { readonly source: string; readonly rows: number; readonly hash: string }[];
  readonly engine: { readonly version: string; readonly zoneData: string };
  /** Of the statements. */
  readonly result: string;
}

/** A draft was looked at and found right; another name closes it. */
export interface ApprovalBody {
  readonly kind: 'approval';
  readonly policy: string;
  readonly period: string;
  readonly fingerprint: Fingerprint;
}

/** What was said of a statement in a meeting. */
export interface CommentBody {
  readonly kind: 'comment';
  readonly policy: string;
  readonly period: string;
  readonly person: string;
  readonly text: string;
}

/** A person has seen a statement. */
export interface AcknowledgementBody {
  readonly kind: 'acknowledgement';
  readonly policy: string;
  readonly period: string;
  readonly person: string;
}

/** How rows differ from those of the close before. */
export interface RowsDigest {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Of the changes in order of source, then key. */
  readonly hash: string;
}

/** A row of inputs as it stood at a close: its cells by field, as one set of rules writes them whatever the file's form. */
export interface LedgerRow {
  /** An event, a table, `person` or `absence`. */
  readonly source: string;
  /** Its key fields, and the day from which a dated row holds: `D-17`, `anna, hunter from 2026-01-01`. */
  readonly key: string;
  /** In the order of the fields; an empty cell isn't there. */
  readonly cells: Readonly<Record<string, string>>;
}

/** The state of all inputs: sources that have rows in order of name, their rows in order of key. A row that is rejected isn't there, but for the id of a person who has no other. */
export interface Snapshot {
  readonly sources: readonly { readonly source: string; readonly rows: readonly LedgerRow[] }[];
}

/** What became of a row between two states of the inputs. A dated row that holds from another day has changed, its key too. */
export type RowChange =
  | { readonly kind: 'added'; readonly row: LedgerRow }
  | { readonly kind: 'changed'; readonly row: LedgerRow; readonly before: LedgerRow }
  | { readonly kind: 'removed'; readonly row: LedgerRow };

/** Why what was paid for a closed period isn't what should have been. */
export type AdjustmentCause =
  /** A row of an event, a table or the people is new, differs, or is gone. */
  | {
      readonly kind: 'row';
      readonly change: RowChange['kind'];
      readonly source: string;
      readonly key: string;
      /** The fields that differ, with what stood and stands there. */
      readonly fields: readonly {
        readonly field: string;
        readonly before?: string;
        readonly after?: string;
      }[];
    }
  /** More changes of one source than are looked at one by one. */
  | {
      readonly kind: 'rows';
      readonly change: RowChange['kind'];
      readonly source: string;
      readonly count: number;
    }
  /** A later version of the policy reopens the period. */
  | { readonly kind: 'policy'; readonly policy: string; readonly declaration?: string }
  /** Another version of the engine or of the zone data works it out differently. */
  | { readonly kind: 'engine'; readonly before: string; readonly after: string }
  /** Corrections reach further back than they did at the last close, which left this out. */
  | { readonly kind: 'reach' }
  /** Causes that can only be looked at together: one without the others is no state that the data can be in. */
  | { readonly kind: 'together'; readonly causes: readonly AdjustmentCause[] };

/** What one cause moves of what a person is paid for a closed period. */
export interface Adjustment {
  readonly person: string;
  /** The closed period. */
  readonly period: string;
  readonly cause: AdjustmentCause;
  /** Recomputed, less what was paid for it before. */
  readonly amount: string;
  /** The lines that it comes from; they come to the amount. */
  readonly lines: readonly AdjustedLine[];
}

/** The line of a statement that an adjustment is of. */
export interface AdjustedLine {
  readonly kind: string;
  readonly name: string;
  readonly role?: string;
  /** What the line is worked out over, where that isn't the closed period. */
  readonly over?: string;
  readonly amount: string;
}
