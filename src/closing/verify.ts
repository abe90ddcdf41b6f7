// Closed periods worked out again by the policies that are theirs, over the inputs as they are now: what each comes to,
// beside what was booked for it, and what of its inputs has changed since.

import type { Backend } from '../backend/backend.ts';
import { FIRST_DAY } from '../base/date.ts';
import { type Checked, hasErrors } from '../base/diagnostic.ts';
import { add, type Exact, exactText, isZero, ZERO } from '../base/exact.ts';
import type { Limits } from '../base/limits.ts';
import { periodAt, shift } from '../base/period.ts';
import { bookedLines, movedBetween, ownLines, placeOf } from '../ledger/adjust.ts';
import type { Hash } from '../ledger/chain.ts';
import { differences, inputsOf } from '../ledger/fingerprint.ts';
import * as messages from '../ledger/messages.ts';
import { changedFields, changesBetween } from '../ledger/snapshot.ts';
import type { SourceSpec } from '../model/dataset.ts';
import type { VerifiedClose, VerifiedLine, VerifiedRow } from '../model/history.ts';
import type { CloseBody, LedgerRecord, RowChange, Snapshot } from '../model/ledger.ts';
import type { Model } from '../model/policy.ts';
import type { Statement } from '../model/result.ts';
import { closedPeriods } from './policies.ts';
import { sourcesOf } from './replay.ts';
import { snapshotOf } from './snapshot.ts';
import { stretchesOf, type World, workOut } from './stretches.ts';

/** Closed periods, one at least, and where their inputs lie now. */
export interface VerifyRequest {
  readonly closes: readonly LedgerRecord<CloseBody>[];
  /** The inputs at each close, in order. */
  readonly states: readonly Snapshot[];
  /** All versions of the policy as they are now. */
  readonly versions: readonly Model[];
  readonly sources: readonly SourceSpec[];
  readonly hash: Hash;
  readonly open: (sources: readonly SourceSpec[]) => Promise<Backend>;
  readonly zoneData?: string;
  readonly limits?: Limits;
}

/** What one closed period comes to now. */
export type Again = NonNullable<VerifiedClose['again']>;

/** How many rows of a period's inputs are listed. */
const SHOWN = 100;

/** Each period keeps its policy: no version of now is asked whether it reopens one. */
const NOTHING_OPEN = periodAt('day', FIRST_DAY);

/** What closed periods come to now, by period. The value is absent where they can't be worked out. */
export async function workedOutAgain(
  request: VerifyRequest,
): Promise<Checked<ReadonlyMap<string, Again> | undefined>> {
  const { states } = request;
  const bodies = request.closes.map((each) => each.body);
  const last = await closedPeriods(bodies, [], NOTHING_OPEN);
  if (hasErrors(last.diagnostics)) return { value: undefined, diagnostics: last.diagnostics };
  const { periods, earlier } = last.value;
  const policies = new Map(periods.map(({ period, before }) => [period, before]));
  const now = await inputsNow(request, [...earlier, ...policies.values()]);
  if (!now.value) return { value: undefined, diagnostics: now.diagnostics };
  const inputs = now.value;
  const stretches = stretchesOf([...policies.keys()], (period) => policies.get(period)!);
  const world = worldOf(request, inputs, shift(periods.at(-1)!.period, 1));
  const done = await workOut(stretches, { ...world, earlier });
  if (!done.value) return { value: undefined, diagnostics: done.diagnostics };
  const lines = linesNow(bodies, done.value.statements);
  const rows = inputsOf(
    inputs.sources.flatMap((each) => each.rows),
    request.hash,
  );
  const found = new Map<string, Again>();
  for (const [index, { period, fingerprint }] of bodies.entries()) {
    const changes = changesBetween(states[index]!, inputs);
    found.set(period, {
      inputs: differences(fingerprint, { ...fingerprint, inputs: rows }),
      rows: changes.slice(0, SHOWN).map(rowOf),
      moreRows: Math.max(0, changes.length - SHOWN),
      lines: lines.get(period) ?? [],
    });
  }
  const differing = [...found].filter(([, { lines: own }]) => own.length > 0);
  // of old changes what was out of reach for corrections stays, and is no fault
  const diagnostics = differing.map(([period, { lines: own, rows: changed }]) => {
    const people = new Set(own.map((each) => each.person)).size;
    return changed.length > 0
      ? messages.comesToOther(period, people)
      : messages.comesToOtherUnchanged(period, people);
  });
  return { value: found, diagnostics };
}

async function inputsNow(
  { sources, open, limits }: VerifyRequest,
  models: readonly Model[],
): Promise<Checked<Snapshot | undefined>> {
  const backend = await open(sources);
  try {
    const request = { models: [...new Set(models)].reverse(), sources, ...(limits && { limits }) };
    const { value, diagnostics } = await snapshotOf(request, backend);
    return { value: hasErrors(diagnostics) ? undefined : value, diagnostics };
  } finally {
    await backend.close();
  }
}

function worldOf(
  { versions, open, zoneData, limits }: VerifyRequest,
  inputs: Snapshot,
  openPeriod: World['openPeriod'],
): Omit<World, 'earlier'> {
  return {
    versions,
    open,
    openPeriod,
    zoneData,
    limits,
    allowRejects: true, // rows that were rejected aren't among the inputs
    sourcesOf: (model) => sourcesOf(inputs, model),
  };
}

/**
 * By closed period, amounts of people's lines that aren't what was booked for it, by its close and by adjustments since; of
 * those people only to whom it comes to another amount in all.
 */
function linesNow(
  closes: readonly CloseBody[],
  statements: readonly Statement[],
): ReadonlyMap<string, readonly VerifiedLine[]> {
  const booked = bookedLines(closes);
  const now = ownLines(statements);
  const moved = movedBetween(booked, now);
  const sums = new Map<string, Exact>();
  for (const [key, by] of moved) sums.set(ofWhom(key), add(sums.get(ofWhom(key)) ?? ZERO, by));
  const found = new Map<string, VerifiedLine[]>();
  for (const key of moved.keys()) {
    if (isZero(sums.get(ofWhom(key))!)) continue;
    const { person, period, role, kind, name } = placeOf(key);
    const line = {
      person,
      kind,
      name,
      ...(role !== null && { role }),
      closed: exactText(booked.get(key) ?? ZERO),
      now: exactText(now.get(key) ?? ZERO),
    };
    found.set(period, [...(found.get(period) ?? []), line]);
  }
  return found;
}

function ofWhom(key: string): string {
  const { person, period } = placeOf(key);
  return JSON.stringify([person, period]);
}

function rowOf(change: RowChange): VerifiedRow {
  const { source, key } = change.row;
  return { change: change.kind, source, key, fields: change.kind === 'changed' ? changedFields(change) : [] };
}
