// The chain: each record has the hash of the one before in it, and its own over all that it says; so nothing that was
// written can be changed, taken out or put between without all that follows telling.

import type { Diagnostic } from '../base/diagnostic.ts';
import {
  LEDGER_SCHEMA,
  type LedgerBody,
  type LedgerRecord,
  type RowChange,
  type RowsDigest,
} from '../model/ledger.ts';
import { canonicalParts, canonicalText } from './canonical.ts';
import * as messages from './messages.ts';
import type { Head } from './store.ts';

/** SHA-256 of the texts one after another, in lower-case hexadecimals. Doors have it; nothing here touches a platform. */
export type Hash = (parts: Iterable<string>) => string;

/** What somebody says: who, when, and what. */
export interface Said<Body extends LedgerBody> {
  readonly by: string;
  readonly at: string;
  readonly body: Body;
}

/** The record that goes after the head of the chain. */
export function nextRecord<Body extends LedgerBody>(
  head: Head | undefined,
  { by, at, body }: Said<Body>,
  hash: Hash,
): LedgerRecord<Body> {
  const record = {
    schema: LEDGER_SCHEMA,
    number: (head?.number ?? 0) + 1,
    previous: head?.hash ?? null,
    by,
    at,
    body,
  };
  return { ...record, hash: hash(canonicalParts(record)) };
}

/** The hash that a record should have: of everything else in it. */
export function hashOf({ hash: _, ...rest }: LedgerRecord, hash: Hash): string {
  return hash(canonicalParts(rest));
}

/** What is wrong with the chain; the first fault only, as everything after it rests on it. */
export function checkChain(records: readonly LedgerRecord[], hash: Hash): readonly Diagnostic[] {
  let previous: string | null = null;
  for (const [index, record] of records.entries()) {
    if (record.schema > LEDGER_SCHEMA) return [messages.newerRecord(record.number, record.schema)];
    if (record.number !== index + 1)
      return [messages.recordMissing(`number ${index + 1}, before number ${record.number}`)];
    if (record.previous !== previous || hashOf(record, hash) !== record.hash)
      return [messages.recordChanged(record)];
    previous = record.hash;
  }
  return [];
}

/** Whether a record that somebody has kept the hash of is still there: a chain that was cut off at its end holds too. */
export function checkKept(records: readonly LedgerRecord[], kept: string): readonly Diagnostic[] {
  return records.some(({ hash }) => hash === kept.trim().toLowerCase())
    ? []
    : [messages.recordMissing(`the one of the hash \`${kept}\``)];
}

/** The digest of the rows that a close stores. `changes` are in order of source, then key. */
export function rowsDigest(changes: readonly RowChange[], hash: Hash): RowsDigest {
  const count = (kind: RowChange['kind']): number => changes.filter((each) => each.kind === kind).length;
  return {
    added: count('added'),
    changed: count('changed'),
    removed: count('removed'),
    hash: hash(linesOf(changes)),
  };
}

function* linesOf(changes: readonly RowChange[]): Iterable<string> {
  for (const each of changes) yield `${canonicalText(each)}\n`;
}
