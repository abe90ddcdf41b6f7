// Where a ledger is kept: what its drivers do. A driver knows texts only, and appends all of an entry or none of it; what
// the texts say, and whether they belong together, is for `records.ts` and `chain.ts`.

/** The end of the chain. */
export interface Head {
  readonly number: number;
  readonly hash: string;
}

/** A record as it is kept: its statements stand beside it, as those of many people are more than one text may hold. */
export interface StoredRecord extends Head {
  readonly text: string;
  readonly statements: readonly string[];
}

/** What is appended together: a record, and what of the inputs differs from the close before. */
export interface StoredEntry extends StoredRecord {
  readonly changes: readonly string[];
}

/** A ledger's store. Whatever fails for a reason that lies outside (the disk, another program) throws a `RunError`. */
export interface LedgerStore {
  /** Absent: nothing has been written yet. */
  head(): Promise<Head | undefined>;
  /** All records, in order. */
  records(): Promise<readonly StoredRecord[]>;
  /** What was appended with one record, in order. */
  changes(number: number): Promise<readonly string[]>;
  /** Appends where the head is still the expected one; `moved`: somebody else has appended meanwhile, and nothing is written. */
  append(entry: StoredEntry, expected: Head | undefined): Promise<'appended' | 'moved'>;
  close(): Promise<void>;
}
