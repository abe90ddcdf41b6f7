// Closes months of a small policy over inline CSV one after another, without any store: what tests of corrections worked by
// hand are written with.

import { expect } from 'vitest';
import { createDuckDbBackend } from '../../src/backend/duckdb.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { type Corrected, correct } from '../../src/closing/correct.ts';
import { NO_ROWS } from '../../src/ledger/snapshot.ts';
import type { SourceSpec } from '../../src/model/dataset.ts';
import type { CloseBody, LedgerRecord, Snapshot } from '../../src/model/ledger.ts';
import type { PayLine } from '../../src/model/pay-lines.ts';
import type { Model } from '../../src/model/policy.ts';
import type { Statement } from '../../src/model/result.ts';
import { compileVersions } from '../../src/versions.ts';
import { csvSource } from '../evaluate/run-policy.ts';

/** The open month: its policies, and all data as it stands then. */
export interface Month {
  readonly period: string;
  /** The text of each version. */
  readonly policies: readonly string[];
  readonly people: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly acceptRemoved?: boolean;
  readonly allowRejects?: boolean;
  readonly backend?: 'memory' | 'duckdb';
  readonly asKnownOn?: number;
}

/** What has been closed so far. */
export interface Closed {
  readonly closes: readonly LedgerRecord<CloseBody>[];
  readonly snapshot: Snapshot;
}

export const NOTHING_CLOSED: Closed = { closes: [], snapshot: NO_ROWS };

const readFile = (): never => {
  throw new Error('no files here');
};

const open = async (backend: 'memory' | 'duckdb' = 'memory') =>
  backend === 'duckdb'
    ? createDuckDbBackend({ readFile, paths: [], threads: 1 })
    : createMemoryBackend({ readFile });

/** The versions of a month, which must check. */
function versionsOf({ policies }: Month): readonly Model[] {
  const sources = policies.map((text, at) => ({ name: `policy-${at + 1}.merit`, text }));
  const { value, diagnostics } = compileVersions(sources);
  expect(errorsIn(diagnostics)).toEqual([]);
  return value;
}

export function errorsIn(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics
    .filter((each) => each.severity === 'error')
    .map(({ code, message, help }) => `${code} ${message} (${help ?? ''})`);
}

function sourcesFor(models: readonly Model[], { people, data }: Month): readonly SourceSpec[] {
  const fields = new Map(
    models.flatMap((model) => [...model.events, ...model.tables].map((each) => [each.name, each] as const)),
  );
  return [
    csvSource('person', people),
    ...[...fields.values()].map(({ name, fields: own }) =>
      csvSource(name, data?.[name] ?? own.map((each) => each.name).join(',')),
    ),
  ];
}

/** The open month with its corrections, and all that was said. */
export async function tryMonth(month: Month, before: Closed) {
  const models = versionsOf(month);
  const { period, acceptRemoved = false, allowRejects = false, backend, asKnownOn } = month;
  const request = { models, sources: sourcesFor(models, month), period, acceptRemoved, allowRejects };
  return correct({ ...request, ...(asKnownOn !== undefined && { asKnownOn }), ...before }, () =>
    open(backend),
  );
}

/** The open month, which must go through. */
export async function openMonth(month: Month, before: Closed): Promise<Corrected> {
  const { value, diagnostics } = await tryMonth(month, before);
  expect(errorsIn(diagnostics)).toEqual([]);
  return value!;
}

/** What is closed once the month is. */
export function closedWith(
  before: Closed,
  { model, result, snapshot, reopened, earlier }: Corrected,
): Closed {
  const { version, zoneData } = result.engine;
  const body: CloseBody = {
    kind: 'close',
    policy: model.name,
    period: result.periods[0]!,
    fingerprint: { policy: '', inputs: [], engine: { version, zoneData }, result: '' },
    files: model.sources.map(({ name, text }) => ({ name, text })),
    result,
    rows: { added: 0, changed: 0, removed: 0, hash: '' },
    ...(reopened.length > 0 && { reopened }),
    ...(earlier.length > 0 && { earlier }),
  };
  const number = before.closes.length + 1;
  const record = { schema: 1, number, previous: null, by: 'ann', at: '', body, hash: '' };
  return { closes: [...before.closes, record], snapshot };
}

/** Closes months in their order; each over its own state of the data. */
export async function closeMonths(
  months: readonly Month[],
  before: Closed = NOTHING_CLOSED,
): Promise<Closed> {
  let closed = before;
  for (const each of months) closed = closedWith(closed, await openMonth(each, closed));
  return closed;
}

/** A person's statement of the month. */
export function statementIn({ result }: Pick<Corrected, 'result'>, person: string): Statement {
  const found = result.statements.find((each) => each.person === person);
  if (!found) throw new Error(`no statement of ${person}`);
  return found;
}

/** Lines of closed periods, in short: `adjustment of 2026-01: deal d1 is new 5`. */
export function correctionsIn(statement: Statement): readonly string[] {
  const text = ({ kind, period, due, name, amount }: PayLine) =>
    `${kind} of ${period}${due === undefined ? '' : ` due ${due}`}: ${name} ${amount}`;
  return (statement.lines ?? [])
    .filter(({ kind }) => ['adjustment', 'offset', 'owed', 'carried'].includes(kind))
    .map(text);
}
