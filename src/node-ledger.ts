// The door to ledgers: closing, approving and what is asked of closed periods, over a project's policy and data. A ledger
// is read, something is worked out without holding it, and what is written is appended only where nobody else has meanwhile.

import { createHash } from 'node:crypto';
import { join, relative, sep } from 'node:path';
import { type Checked, failedBy, hasErrors } from './base/diagnostic.ts';
import { fiscalYears } from './base/fiscal.ts';
import type { Period } from './base/period.ts';
import type { Source } from './base/source.ts';
import { type Draft, draftOf } from './closing/draft.ts';
import { runPeriods } from './evaluate/periods.ts';
import { approvalFor } from './ledger/approval.ts';
import { type Hash, nextRecord, type Said } from './ledger/chain.ts';
import { closable, inOrder } from './ledger/closable.ts';
import { closedStatement } from './ledger/closed.ts';
import { EMPTY_LEDGER, type LedgerContents, readContents } from './ledger/contents.ts';
import * as messages from './ledger/messages.ts';
import { closesOf, storedEntry } from './ledger/records.ts';
import type { SourceSpec } from './model/dataset.ts';
import type { ApprovalBody, CloseBody, LedgerBody, LedgerRecord, RowChange } from './model/ledger.ts';
import type { Model } from './model/policy.ts';
import { openBackend, type RunRequest } from './node.ts';
import { appendToLedger, hasLedger, readLedger } from './node-ledger-file.ts';
import { LEDGER_FILE, type Project, placeInside } from './node-project.ts';

export { dayOfTime } from './ledger/closable.ts';
export { closesOf } from './ledger/records.ts';
export { type SaidOf, saidOf } from './ledger/said.ts';
export { remarkText, writtenRecord, writtenText } from './report/ledger-text.ts';
export type { LedgerContents };
export { hasLedger, LEDGER_FILE };

/** SHA-256 in lower-case hexadecimals. */
export const sha256: Hash = (parts) => {
  const hash = createHash('sha256');
  for (const each of parts) hash.update(each);
  return hash.digest('hex');
};

/**
 * The file that holds a project's ledger: the one named, else the configuration's, else the one beside the policy. Errors:
 * the configuration's leads out of the folder.
 */
export async function ledgerFile(
  { folder, config }: Project,
  named: string | undefined,
): Promise<Checked<string | undefined>> {
  const configured = config?.value.ledger;
  if (named === undefined && configured) return placeInside(folder, configured);
  return { value: named ?? join(folder, LEDGER_FILE), diagnostics: [] };
}

/**
 * All of a ledger; one that isn't there yet holds nothing. Errors: its chain doesn't hold, or it can't be read now, which
 * leaves nothing of it.
 */
export async function ledgerContents(file: string): Promise<Checked<LedgerContents>> {
  return (await hasLedger(file)) ? existingLedger(file) : { value: EMPTY_LEDGER, diagnostics: [] };
}

/** All of a ledger. Errors: there is none, its chain doesn't hold, or it can't be read now, which leaves nothing of it. */
export async function existingLedger(file: string): Promise<Checked<LedgerContents>> {
  try {
    const store = await readLedger(file);
    try {
      return await readContents(store, sha256);
    } finally {
      await store.close();
    }
  } catch (fault) {
    return { ...failedBy(fault), value: EMPTY_LEDGER };
  }
}

/** What is closed or approved, over what, by whom and when. */
export interface ClosingRequest extends Omit<RunRequest, 'zoneData'> {
  readonly project: Project;
  readonly versions: readonly Model[];
  /** The ledger's file. */
  readonly file: string;
  /** How the user calls the policy. */
  readonly called: string;
  readonly by: string;
  /** A day, or a time, as given. */
  readonly at: string;
  readonly acceptRemoved?: boolean;
  readonly approvalRequired?: boolean;
  readonly backend: 'duckdb' | 'memory';
}

/** What was written, and of what. */
export interface Written {
  readonly record: LedgerRecord<CloseBody | ApprovalBody>;
  readonly draft: Draft;
}

/** Closes a period. The value is absent when there are errors; nothing is written then. */
export async function closePeriod(request: ClosingRequest): Promise<Checked<Written | undefined>> {
  const { at, by, called, approvalRequired = false } = request;
  return afterDraft(request, closable, (contents, draft) => {
    const { period, fingerprint } = draft.body;
    const { approval, diagnostics } = approvalFor(contents.records, {
      policy: called,
      period,
      by,
      fingerprint,
      required: approvalRequired,
    });
    const body = { ...draft.body, ...(approval && { approval: approval.hash }) };
    return { value: { said: { by, at, body }, changes: draft.changes }, diagnostics };
  });
}

/** Writes that the draft of a period, as it is now, was looked at and found right. */
export async function approvePeriod(request: ClosingRequest): Promise<Checked<Written | undefined>> {
  const { at, by } = request;
  return afterDraft(request, inOrder, (_, { body: { policy, period, fingerprint } }) => {
    const body = { kind: 'approval', policy, period, fingerprint } as const;
    return { value: { said: { by, at, body }, changes: [] }, diagnostics: [] };
  });
}

/** The draft of the next period to close, with nothing written. */
export async function draftPeriod(
  request: Omit<ClosingRequest, 'by' | 'at'>,
): Promise<Checked<Draft | undefined>> {
  const { value: contents, diagnostics } = await ledgerContents(request.file);
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const { value: period, diagnostics: unfit } = onePeriod(request);
  const calendars = fiscalYears(request.model);
  const inTheWay = period ? inOrder(contents.records, { period, calendars }) : unfit;
  if (inTheWay.length > 0) return { value: undefined, diagnostics: inTheWay };
  return drafted(request, contents);
}

interface ToWrite<Body extends LedgerBody> {
  readonly said: Said<Body>;
  readonly changes: readonly RowChange[];
}

/** Reads the ledger, asks whether the period may be the one, works it out, and writes what `decide` makes of it. */
async function afterDraft(
  request: ClosingRequest,
  mayBe: typeof closable,
  decide: (contents: LedgerContents, draft: Draft) => Checked<ToWrite<CloseBody | ApprovalBody>>,
): Promise<Checked<Written | undefined>> {
  const { value: contents, diagnostics: broken } = await ledgerContents(request.file);
  if (hasErrors(broken)) return { value: undefined, diagnostics: broken };
  const { value: period, diagnostics: unfit } = onePeriod(request);
  const calendars = fiscalYears(request.model);
  const inTheWay = period ? mayBe(contents.records, { period, calendars, at: request.at }) : unfit;
  if (inTheWay.length > 0) return { value: undefined, diagnostics: inTheWay };
  const { value: draft, diagnostics } = await drafted(request, contents);
  if (!draft) return { value: undefined, diagnostics };
  const decided = decide(contents, draft);
  const found = [...diagnostics, ...decided.diagnostics];
  if (hasErrors(decided.diagnostics)) return { value: undefined, diagnostics: found };
  const { value: record, diagnostics: unwritten } = await write(request.file, contents, decided.value);
  return { value: record && { record, draft }, diagnostics: [...found, ...unwritten] };
}

function drafted(
  request: Omit<ClosingRequest, 'by' | 'at'>,
  { records, snapshot }: LedgerContents,
): Promise<Checked<Draft | undefined>> {
  const { project, versions, backend, limits } = request;
  const zoneData = process.versions.tz;
  return draftOf({
    ...request,
    ...(zoneData !== undefined && { zoneData }),
    models: versions,
    closes: closesOf(records),
    snapshot,
    named: (files) => filesFrom(project.folder, files),
    hash: sha256,
    open: (sources) => openBackend(isSmall(sources) ? 'memory' : backend, sources, limits),
  });
}

/** Most letters of kept rows that are run in memory. */
const SMALL = 50_000_000;

/** Kept rows of which a run in memory is done before a database has been opened; either gives the same. */
function isSmall(sources: readonly SourceSpec[]): boolean {
  const sizes = sources.map(({ content }) => (content.kind === 'text' ? content.text.length : SMALL));
  return sizes.reduce((sum, each) => sum + each, 0) < SMALL;
}

function onePeriod({ model, period }: Pick<ClosingRequest, 'model' | 'period'>): Checked<Period | undefined> {
  const { value: periods, diagnostics } = runPeriods(model, period);
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  return periods.length === 1
    ? { value: periods[0], diagnostics }
    : { value: undefined, diagnostics: [messages.onePeriod(period, periods.length)] };
}

/** Files as a ledger names them: from the project's folder, so that it can be closed from anywhere. */
function filesFrom(folder: string, sources: readonly Source[]): readonly Source[] {
  return sources.map(({ name, text }) => ({ name: relative(folder, name).split(sep).join('/'), text }));
}

/** What somebody says of a statement. */
export interface Remark {
  readonly person: string;
  readonly period: string;
  readonly by: string;
  readonly at: string;
  /** Absent: it is acknowledged. */
  readonly text?: string;
}

/** Writes a comment on a statement of a closed period, or that its person has seen it. */
export async function remark(
  file: string,
  { person, period, by, at, text }: Remark,
): Promise<Checked<LedgerRecord | undefined>> {
  const { value: contents, diagnostics } = await ledgerContents(file);
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const found = closedStatement(contents.records, { person, period });
  if (!found.value) return { value: undefined, diagnostics: found.diagnostics };
  const of = { policy: found.value.close.body.policy, period, person };
  const body: LedgerBody =
    text === undefined ? { kind: 'acknowledgement', ...of } : { kind: 'comment', ...of, text };
  return write(file, contents, { said: { by, at, body }, changes: [] });
}

/** Appends a record. Errors: another has been appended meanwhile, or nothing can be written. */
async function write<Body extends LedgerBody>(
  file: string,
  { head }: LedgerContents,
  { said, changes }: ToWrite<Body>,
): Promise<Checked<LedgerRecord<Body> | undefined>> {
  const record = nextRecord(head, said, sha256);
  try {
    const done = await appendToLedger(file, [storedEntry(record, changes)], head);
    if (done === 'moved') return { value: undefined, diagnostics: [messages.movedMeanwhile(file)] };
    return { value: record, diagnostics: [] };
  } catch (fault) {
    return failedBy(fault);
  }
}
