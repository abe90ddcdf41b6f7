// What a store holds, read and found whole: the records, and the inputs as the last close left them.

import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { hasErrors } from '../base/diagnostic.ts';
import type { LedgerRecord, RowChange, Snapshot } from '../model/ledger.ts';
import { canonicalText } from './canonical.ts';
import { checkChain, type Hash, rowsDigest } from './chain.ts';
import * as messages from './messages.ts';
import { readChanges, readRecords } from './records.ts';
import { NO_ROWS, withChanges } from './snapshot.ts';
import type { Head, LedgerStore } from './store.ts';

/** A ledger's contents. */
export interface LedgerContents {
  readonly head?: Head;
  readonly records: readonly LedgerRecord[];
  /** The inputs at each close, in order; sources that didn't change are the same objects. */
  readonly states: readonly Snapshot[];
  /** The inputs at the last close. */
  readonly snapshot: Snapshot;
}

/** What a ledger holds before its first record. */
export const EMPTY_LEDGER: LedgerContents = { records: [], states: [], snapshot: NO_ROWS };

/** What a store has, or the entries that are to become one. */
export type Kept = Pick<LedgerStore, 'records' | 'changes'>;

/** Reads all of a store. Errors: the chain doesn't hold, or the rows of a close aren't those that its record names. */
export async function readContents(store: Kept, hash: Hash): Promise<Checked<LedgerContents>> {
  const { value: records, diagnostics } = readRecords(await store.records());
  const broken = checkChain(records, hash);
  const found: readonly Diagnostic[] = broken.length > 0 ? broken : diagnostics;
  const { value: states, diagnostics: rows } = hasErrors(found)
    ? { value: [], diagnostics: [] }
    : await statesOf(store, records, hash);
  const { number, hash: last } = records.at(-1) ?? {};
  return {
    value: {
      ...(number !== undefined && last !== undefined && { head: { number, hash: last } }),
      records,
      states,
      snapshot: states.at(-1) ?? NO_ROWS,
    },
    diagnostics: [...found, ...rows],
  };
}

async function statesOf(
  store: Kept,
  records: readonly LedgerRecord[],
  hash: Hash,
): Promise<Checked<readonly Snapshot[]>> {
  const states: Snapshot[] = [];
  for (const { number, body } of records) {
    if (body.kind !== 'close') continue;
    const { value: changes, diagnostics } = readChanges(number, await store.changes(number));
    const isWhole =
      changes !== undefined && canonicalText(rowsDigest(changes, hash)) === canonicalText(body.rows);
    if (!isWhole)
      return {
        value: states,
        diagnostics: diagnostics.length > 0 ? diagnostics : [messages.rowsChanged(number)],
      };
    states.push(withChanges(states.at(-1) ?? NO_ROWS, changes as readonly RowChange[]));
  }
  return { value: states, diagnostics: [] };
}
