// Records as texts that a store keeps, and back. A text that can't be read back is told as a change of the record.

import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import type { CloseBody, LedgerBody, LedgerRecord, RowChange } from '../model/ledger.ts';
import type { Statement } from '../model/result.ts';
import * as messages from './messages.ts';
import type { StoredEntry, StoredRecord } from './store.ts';

/** A record and the changes of inputs that come with it, as a store keeps them. */
export function storedEntry(record: LedgerRecord, changes: readonly RowChange[]): StoredEntry {
  const { number, hash, body } = record;
  const statements = body.kind === 'close' ? body.result.statements : [];
  const kept = body.kind === 'close' ? { ...body, result: { ...body.result, statements: [] } } : body;
  return {
    number,
    hash,
    text: JSON.stringify({ ...record, body: kept }),
    statements: statements.map((each) => JSON.stringify(each)),
    changes: changes.map((each) => JSON.stringify(each)),
  };
}

/** Kept records as they were; the first that can't be read ends it. */
export function readRecords(stored: readonly StoredRecord[]): Checked<readonly LedgerRecord[]> {
  const records: LedgerRecord[] = [];
  for (const each of stored) {
    const record = readRecord(each);
    if (record === undefined || record.number !== each.number || record.hash !== each.hash)
      return { value: records, diagnostics: [messages.recordChanged({ number: each.number })] };
    records.push(record);
  }
  return { value: records, diagnostics: [] };
}

function readRecord({ text, statements }: StoredRecord): LedgerRecord | undefined {
  const record = readJson(text) as LedgerRecord | undefined;
  if (record === undefined || !isRecord(record)) return undefined;
  const read = statements.map(readJson);
  if (record.body.kind !== 'close') return read.length > 0 ? undefined : record;
  if (read.includes(undefined)) return undefined;
  const { result } = record.body;
  return {
    ...record,
    body: { ...record.body, result: { ...result, statements: read as unknown as readonly Statement[] } },
  };
}

/** The changes kept with a record; absent where one can't be read. */
export function readChanges(
  number: number,
  texts: readonly string[],
): Checked<readonly RowChange[] | undefined> {
  const read = texts.map(readJson);
  const diagnostics: readonly Diagnostic[] = read.every(isChange) ? [] : [messages.rowsChanged(number)];
  return { value: diagnostics.length > 0 ? undefined : (read as readonly RowChange[]), diagnostics };
}

function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const KINDS: ReadonlySet<string> = new Set<LedgerBody['kind']>([
  'close',
  'approval',
  'comment',
  'acknowledgement',
]);

/** Whether it has the parts by which records are told apart; whether they are right, the chain says. */
function isRecord({ schema, number, hash, by, at, body }: LedgerRecord): boolean {
  const texts = [hash, by, at, body?.policy, body?.period].every((each) => typeof each === 'string');
  const isClose = body?.kind === 'close' && typeof body.result === 'object' && body.result !== null;
  return (
    texts &&
    typeof schema === 'number' &&
    typeof number === 'number' &&
    KINDS.has(body.kind) &&
    (body.kind !== 'close' || isClose)
  );
}

function isChange(value: unknown): boolean {
  const { kind, row } = (value ?? {}) as Partial<RowChange>;
  return kind !== undefined && typeof row?.source === 'string' && typeof row.key === 'string';
}

/** The closes among records, in order. */
export function closesOf(records: readonly LedgerRecord[]): readonly LedgerRecord<CloseBody>[] {
  return bodiesOf(records, 'close');
}

/** The records of one kind, in order. */
export function bodiesOf<Kind extends LedgerBody['kind']>(
  records: readonly LedgerRecord[],
  kind: Kind,
): readonly LedgerRecord<Extract<LedgerBody, { readonly kind: Kind }>>[] {
  return records.filter(
    (each): each is LedgerRecord<Extract<LedgerBody, { readonly kind: Kind }>> => each.body.kind === kind,
  );
}
