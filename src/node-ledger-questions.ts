// What is asked of a ledger: a person's history, what is open, whether it holds, and its export.

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Checked, type Diagnostic, failedBy, hasErrors } from './base/diagnostic.ts';
import { exactText } from './base/exact.ts';
import type { Limits } from './base/limits.ts';
import { suggestion } from './base/suggest.ts';
import { type Again, type VerifyRequest, workedOutAgain } from './closing/verify.ts';
import { checkApprovals } from './ledger/approval.ts';
import { checkFingerprint, checkStatements } from './ledger/arithmetic.ts';
import { sumOf } from './ledger/booked.ts';
import { checkKept } from './ledger/chain.ts';
import { type LedgerContents, readContents } from './ledger/contents.ts';
import { exportLines, importLines } from './ledger/export.ts';
import { historyOf, peopleIn } from './ledger/history.ts';
import * as messages from './ledger/messages.ts';
import { adjustmentsOf } from './ledger/open-adjustments.ts';
import { closesOf } from './ledger/records.ts';
import type { SourceSpec } from './model/dataset.ts';
import type { History, OpenAdjustments, Verification, VerifiedClose } from './model/history.ts';
import type { CloseBody, LedgerRecord, Snapshot } from './model/ledger.ts';
import type { Model } from './model/policy.ts';
import { openBackend } from './node.ts';
import { type ClosingRequest, draftPeriod, existingLedger, sha256 } from './node-ledger.ts';
import { appendToLedger, hasLedger, readLedger } from './node-ledger-file.ts';

export { closesOf } from './ledger/records.ts';
export { jsonText } from './report/json.ts';
export { adjustmentsText, historyText, verificationText } from './report/ledger-text.ts';

/** A person's history. Errors: there is no ledger, or no statement of the person in it. */
export async function historyFor(file: string, person: string): Promise<Checked<History | undefined>> {
  const { value: contents, diagnostics } = await closedContents(file);
  if (!contents) return { value: undefined, diagnostics };
  const wanted = person.normalize('NFC');
  const history = historyOf(contents.records, wanted);
  if (history) return { value: history, diagnostics: [] };
  const known = suggestion(wanted, peopleIn(contents.records));
  return { value: undefined, diagnostics: [messages.noStatement(wanted, undefined, known)] };
}

/** Adjustments that a closed period has booked, or that the open one would book. */
export async function adjustmentsFor(
  request: Omit<ClosingRequest, 'by' | 'at'>,
): Promise<Checked<OpenAdjustments | undefined>> {
  const { value: contents, diagnostics } = await closedContents(request.file);
  if (!contents) return { value: undefined, diagnostics };
  const close = closesOf(contents.records).find(({ body }) => body.period === request.period);
  if (close) return { value: adjustmentsOf(close.body.result, 'close'), diagnostics: [] };
  const { value: draft, diagnostics: found } = await draftPeriod(request);
  return { value: draft && adjustmentsOf(draft.body.result, 'draft'), diagnostics: found };
}

/** The ledger's contents; errors: there is none, it doesn't hold, or nothing has been closed in it. */
export async function closedContents(file: string): Promise<Checked<LedgerContents | undefined>> {
  const { value: contents, diagnostics } = await existingLedger(file);
  const found: readonly Diagnostic[] =
    hasErrors(diagnostics) || closesOf(contents.records).length > 0
      ? diagnostics
      : [messages.nothingClosed(file)];
  return { value: hasErrors(found) ? undefined : contents, diagnostics: found };
}

/** The data at hand, over which closed periods are worked out again. */
export interface DataAtHand {
  /** All versions of the policy. */
  readonly versions: readonly Model[];
  readonly sources: readonly SourceSpec[];
  readonly backend: 'duckdb' | 'memory';
  readonly limits?: Limits;
}

/**
 * Whether a ledger holds: its chain, with the record in it of which somebody has `kept` the hash; the arithmetic of its
 * statements, and, where there is data, what closed periods come to over it. Diagnostics say what doesn't hold; the value is what could be looked at.
 */
export async function verifyLedger(
  file: string,
  { data, kept }: { readonly data?: DataAtHand; readonly kept?: string } = {},
): Promise<Checked<Verification | undefined>> {
  const { value: contents, diagnostics } = await existingLedger(file);
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const closes = closesOf(contents.records);
  const { states } = contents;
  const found = [
    ...(kept === undefined ? [] : checkKept(contents.records, kept)),
    ...checkApprovals(contents.records),
    ...checkStatements(closes),
    ...closes.flatMap(({ body }, at) => checkFingerprint(body, rowsIn(states[at]!), sha256)),
  ];
  const again =
    data && closes.length > 0
      ? await againOver(data, { closes, states })
      : { value: undefined, diagnostics: [] };
  const value: Verification = {
    formatVersion: 1,
    records: contents.records.length,
    head: contents.head?.hash ?? null,
    closes: closes.map((close) => verifiedClose(close, again.value)),
    data: again.value !== undefined,
  };
  return { value, diagnostics: [...found, ...again.diagnostics] };
}

function againOver(
  { versions, sources, backend, limits }: DataAtHand,
  closed: Pick<VerifyRequest, 'closes' | 'states'>,
): Promise<Checked<ReadonlyMap<string, Again> | undefined>> {
  const zoneData = process.versions.tz;
  return workedOutAgain({
    ...closed,
    versions,
    sources,
    hash: sha256,
    open: (needed) => openBackend(backend, needed, limits),
    ...(zoneData !== undefined && { zoneData }),
    ...(limits && { limits }),
  });
}

function verifiedClose(
  { by, at, body }: LedgerRecord<CloseBody>,
  again: ReadonlyMap<string, Again> | undefined,
): VerifiedClose {
  const { period, policy, result } = body;
  const own = again?.get(period);
  return {
    period,
    policy,
    by,
    at,
    statements: result.statements.length,
    pay: exactText(sumOf(result.statements.map(({ pay }) => ({ amount: pay })))),
    currency: result.policy.currency,
    ...(own && { again: own }),
  };
}

function rowsIn({ sources }: Snapshot) {
  return sources.flatMap(({ rows }) => rows);
}

/** The lines of a ledger's export, of one that holds. */
export async function* exportedLedger(file: string): AsyncIterable<string> {
  const store = await readLedger(file);
  try {
    yield* exportLines(store);
  } finally {
    await store.close();
  }
}

/** Makes a ledger of an exported one that holds; gives the number of its records. Nothing is written where there are errors. */
export async function importLedger(from: string, file: string): Promise<Checked<number | undefined>> {
  if (await hasLedger(file)) return { value: undefined, diagnostics: [messages.notEmpty(file)] };
  const lines = createInterface({ input: createReadStream(from, 'utf8'), crlfDelay: Infinity });
  const { value: entries, diagnostics } = await importLines(lines, from);
  if (!entries) return { value: undefined, diagnostics };
  const kept = {
    records: async () => entries,
    changes: async (number: number) => entries[number - 1]?.changes ?? [],
  };
  const { value: contents, diagnostics: broken } = await readContents(kept, sha256);
  if (hasErrors(broken)) return { value: undefined, diagnostics: broken };
  try {
    const written = await appendToLedger(file, entries, undefined);
    return written === 'moved'
      ? { value: undefined, diagnostics: [messages.notEmpty(file)] }
      : { value: contents.records.length, diagnostics: [] };
  } catch (fault) {
    return failedBy(fault);
  }
}
