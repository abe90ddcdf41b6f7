// A small ledger for tests: two people, closes and what stands around them, with amounts that are plain to add up.

import { createHash } from 'node:crypto';
import { type Hash, nextRecord, rowsDigest } from '../../src/ledger/chain.ts';
import { fingerprintOf } from '../../src/ledger/fingerprint.ts';
import { readRecords, storedEntry } from '../../src/ledger/records.ts';
import { changesBetween, NO_ROWS, withChanges } from '../../src/ledger/snapshot.ts';
import type { LedgerStore, StoredEntry } from '../../src/ledger/store.ts';
import type {
  CloseBody,
  LedgerBody,
  LedgerRecord,
  LedgerRow,
  RowChange,
  Snapshot,
} from '../../src/model/ledger.ts';
import type { PayLine } from '../../src/model/pay-lines.ts';
import type { Result, Statement } from '../../src/model/result.ts';

export const sha256: Hash = (parts) => {
  const hash = createHash('sha256');
  for (const each of parts) hash.update(each);
  return hash.digest('hex');
};

/** A ledger in memory. */
export function memoryStore(entries: readonly StoredEntry[] = []): LedgerStore {
  const kept = [...entries];
  return {
    head: async () => kept.at(-1),
    records: async () => kept,
    changes: async (number) => kept.find((each) => each.number === number)?.changes ?? [],
    async append(entry, expected) {
      if (kept.at(-1)?.hash !== expected?.hash) return 'moved';
      kept.push(entry);
      return 'appended';
    },
    close: async () => {},
  };
}

export function line(of: Partial<PayLine> & Pick<PayLine, 'name' | 'amount'>): PayLine {
  return { kind: 'bonus', period: '2026-01', formula: '', inputs: [], computed: of.amount, ...of };
}

/** A statement with one bonus of a seller and the person's own lines; pay is what they come to. */
export function statement(
  of: Pick<Statement, 'person' | 'period' | 'pay'> & Partial<Statement> & { readonly bonus: string },
): Statement {
  const { bonus, ...rest } = of;
  const role = {
    role: 'seller',
    from: `${of.period}-01`,
    until: `${of.period}-28`,
    days: 28,
    daysInPeriod: 28,
    kpis: [],
    gates: [],
    lines: [line({ name: 'commission', amount: bonus, period: of.period })],
    total: bonus,
  };
  return { name: of.person.toUpperCase(), roles: [role], ...rest };
}

export function resultOf(period: string, statements: readonly Statement[]): Result {
  return {
    formatVersion: 1,
    policy: { name: 'sales', currency: 'RUB' },
    engine: { version: '0.1.0', backend: 'memory', zoneData: '2025b' },
    periods: [period],
    statements,
    groups: [],
    company: [],
    control: [],
    rejectsAllowed: false,
  };
}

export const FILES = [{ name: 'policy.merit', text: 'policy sales {}' }];

/** Rows of deals by key. */
export function deals(amounts: Readonly<Record<string, string>>): Snapshot {
  const rows = Object.entries(amounts).map(
    ([key, amount]): LedgerRow => ({ source: 'deal', key, cells: { id: key, amount } }),
  );
  return { sources: [{ source: 'deal', rows }] };
}

/** Writes one record after another, as a door would. */
export function writing() {
  const entries: StoredEntry[] = [];
  let snapshot = NO_ROWS;
  const write = <Body extends LedgerBody>(
    body: Body,
    changes: readonly RowChange[] = [],
    by = 'olga',
  ): LedgerRecord<Body> => {
    const record = nextRecord(entries.at(-1), { by, at: '2026-03-01', body }, sha256);
    entries.push(storedEntry(record, changes));
    return record;
  };
  return {
    entries,
    write,
    close(
      period: string,
      statements: readonly Statement[],
      now: Snapshot = snapshot,
    ): LedgerRecord<CloseBody> {
      const changes = changesBetween(snapshot, now);
      snapshot = withChanges(snapshot, changes);
      const result = resultOf(period, statements);
      const rows = now.sources.flatMap((each) => each.rows);
      const fingerprint = fingerprintOf({ files: FILES, rows, result }, sha256);
      const digest = rowsDigest(changes, sha256);
      return write(
        { kind: 'close', policy: 'sales', period, fingerprint, files: FILES, result, rows: digest },
        changes,
      );
    },
    records: (): readonly LedgerRecord[] => readRecords(entries).value,
  };
}
