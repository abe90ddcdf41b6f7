// The open period as it is to be paid: its own result, and what closed periods are corrected by. Closed periods are worked
// out again over the inputs and by the policies of now, and what differs from all that was booked for them is paid.

import type { Backend } from '../backend/backend.ts';
import { type Checked, failedBy, hasErrors } from '../base/diagnostic.ts';
import { fiscalYears } from '../base/fiscal.ts';
import type { Period } from '../base/period.ts';
import { resultIn, runOver } from '../engine.ts';
import { groupPay } from '../evaluate/evaluate.ts';
import { handsOn, type Opening } from '../evaluate/opening.ts';
import { runPeriods } from '../evaluate/periods.ts';
import { type Gathered, gather, type RunRequest } from '../gather.ts';
import { inOrder } from '../ledger/closable.ts';
import { onePeriod } from '../ledger/messages.ts';
import { changesBetween } from '../ledger/snapshot.ts';
import type { SourceSpec } from '../model/dataset.ts';
import type { CloseBody, LedgerRecord, LedgerRow, Reopened, RowChange, Snapshot } from '../model/ledger.ts';
import type { Model } from '../model/policy.ts';
import type { Result, Statement } from '../model/result.ts';
import { openingFor } from '../openings.ts';
import { versionFor } from '../versions.ts';
import { corrected } from './corrected.ts';
import * as messages from './messages.ts';
import { type ClosedPeriod, closedPeriods, filesOf, reopenedNow } from './policies.ts';
import { snapshotOf } from './snapshot.ts';
import { stretchesOf } from './stretches.ts';
import { type Traced, traced } from './trace.ts';
import { removedUsed } from './used-rows.ts';

/** What is asked for: the open period, all versions of the policy, and what was closed before. */
export interface CorrectRequest extends Omit<RunRequest, 'model' | 'opening'> {
  readonly models: readonly Model[];
  /** In order of time; none: nothing is corrected. */
  readonly closes: readonly LedgerRecord<CloseBody>[];
  /** The inputs as they were at the last close; without any rows where nothing was closed. */
  readonly snapshot: Snapshot;
  /** Rows that closed periods stand on may be gone: somebody has looked at which. */
  readonly acceptRemoved?: boolean;
}

/** The open period, corrected, and what a close of it keeps. */
export interface Corrected {
  /** The version that holds in the period. */
  readonly model: Model;
  readonly result: Result;
  /** The inputs as they are now, and what differs from those of the last close. */
  readonly snapshot: Snapshot;
  readonly changes: readonly RowChange[];
  readonly acceptedRemoved: NonNullable<CloseBody['acceptedRemoved']>;
  readonly reopened: readonly Reopened[];
  /** Of the first period that is closed: the files of versions before it, whose parts and balances it goes on from. */
  readonly earlier: NonNullable<CloseBody['earlier']>;
}

/** Gives a backend that is closed again. */
export type Open = (sources: readonly SourceSpec[]) => Promise<Backend>;

/**
 * Works out the period after the last closed one, with what closed periods are corrected by. The value is absent when there
 * are errors: those of the run; a closed period can't be worked out any more; rows that closed periods stand on are gone.
 */
export async function correct(request: CorrectRequest, open: Open): Promise<Checked<Corrected | undefined>> {
  const { closes, models, asKnownOn } = request;
  const { value: model, diagnostics: told } = versionFor(models, request.period);
  if (!model) return { value: undefined, diagnostics: told };
  const { value: period, diagnostics } = openPeriod(request, model);
  if (!period) return { value: undefined, diagnostics };
  if (asKnownOn !== undefined) return { value: undefined, diagnostics: [messages.knownOnDay()] };
  const closed = await closedPeriods(
    closes.map((each) => each.body),
    models,
    period,
  );
  if (hasErrors(closed.diagnostics)) return { value: undefined, diagnostics: closed.diagnostics };
  const { periods, earlier } = closed.value;
  const before = closes.length === 0 ? handingOn(models, model) : earlier;
  try {
    const opened = { ...request, model, openPeriod: period, closed: periods, earlier: before };
    return await correctedOver(opened, open);
  } catch (fault) {
    return failedBy(fault);
  }
}

function openPeriod({ closes, period }: CorrectRequest, model: Model): Checked<Period | undefined> {
  const { value: periods, diagnostics } = runPeriods(model, period);
  const [only, ...others] = periods;
  if (!only || hasErrors(diagnostics)) return { value: undefined, diagnostics };
  if (others.length > 0) return { value: undefined, diagnostics: [onePeriod(period, periods.length)] };
  const inTheWay = inOrder(closes, { period: only, calendars: fiscalYears(model) });
  return { value: hasErrors(inTheWay) ? undefined : only, diagnostics: inTheWay };
}

interface Opened extends CorrectRequest {
  readonly model: Model;
  readonly openPeriod: Period;
  readonly closed: readonly ClosedPeriod[];
  /** Versions before the first closed period, as they were when it was closed. */
  readonly earlier: readonly Model[];
}

async function correctedOver(request: Opened, open: Open): Promise<Checked<Corrected | undefined>> {
  const { model, closes, closed, sources, limits, acceptRemoved = false } = request;
  const backend = await open(sources);
  try {
    const kept = await snapshotOf(
      { models: readersOf(request), sources, ...(limits && { limits }) },
      backend,
    );
    if (hasErrors(kept.diagnostics)) return { value: undefined, diagnostics: kept.diagnostics };
    const changes = changesBetween(request.snapshot, kept.value);
    const gone = goneRows(closed, changes);
    if (gone.length > 0 && !acceptRemoved) {
      // a row that can't be read isn't kept: what it is rejected for says more than that it is gone
      const { diagnostics } = await gather(request, backend);
      const errors = diagnostics.filter((each) => each.severity === 'error');
      return { value: undefined, diagnostics: errors.length > 0 ? errors : [messages.rowsGone(gone)] };
    }
    const trace = await traceOf({ ...request, changes }, open);
    if (hasErrors(trace.diagnostics)) return { value: undefined, diagnostics: trace.diagnostics };
    const began = await openingOf(request, trace.value, open);
    if (hasErrors(began.diagnostics)) return { value: undefined, diagnostics: began.diagnostics };
    const own = await ownResult({ ...request, opening: began.value }, backend);
    if (!own.value) return { value: undefined, diagnostics: own.diagnostics };
    const { result, withGroups } = own.value;
    const settled = trace.value
      ? corrected(result, {
          model,
          from: request.openPeriod.from,
          closes: closes.map((each) => each.body),
          closed,
          traced: trace.value,
        })
      : { value: result, diagnostics: [] };
    if (!settled.value) return { value: undefined, diagnostics: settled.diagnostics };
    return {
      value: {
        model,
        result: withGroups(settled.value),
        snapshot: kept.value,
        changes,
        acceptedRemoved: gone.map(({ source, key }) => ({ source, key })),
        reopened: reopenedNow(closed),
        earlier: closed.length === 0 ? request.earlier.map((each) => filesOf(each.sources)) : [],
      },
      diagnostics: [...own.diagnostics, ...settled.diagnostics],
    };
  } finally {
    await backend.close();
  }
}

/** All policies by which the inputs are read: that of the period first. */
function readersOf({ model, closed, earlier }: Opened): readonly Model[] {
  return [...new Set([model, ...closed.flatMap((each) => [each.now, each.before]), ...earlier])];
}

/** The versions before another, where any of them hands something on. */
function handingOn(models: readonly Model[], model: Model): readonly Model[] {
  const begins = ({ effective: { from } }: Model): number => from ?? Number.NEGATIVE_INFINITY;
  const earlier = models.filter((each) => begins(each) < begins(model));
  return earlier.some(handsOn) ? earlier.toSorted((a, b) => begins(a) - begins(b)) : [];
}

function goneRows(closed: readonly ClosedPeriod[], changes: readonly RowChange[]): readonly LedgerRow[] {
  const last = closed.at(-1);
  if (!last) return [];
  return removedUsed(changes, {
    models: [...new Set(closed.map((each) => each.before))],
    until: last.period.until,
  });
}

/** What closed periods come to; nothing where none is closed. */
async function traceOf(
  request: Opened & { readonly changes: readonly RowChange[] },
  open: Open,
): Promise<Checked<Traced | undefined>> {
  const { closed, model, models, earlier, snapshot, changes, openPeriod: period, zoneData, limits } = request;
  if (closed.length === 0) return { value: undefined, diagnostics: [] };
  const allowRejects = request.allowRejects ?? false;
  const world = { open, versions: models, earlier, openPeriod: period, allowRejects, zoneData, limits };
  return traced({ closed, open: model, snapshot, changes, world });
}

/** What the period goes on from: closed periods as they are now, or earlier versions where none is closed. */
function openingOf(
  request: Opened,
  trace: Traced | undefined,
  open: Open,
): Promise<Checked<Opening | undefined>> {
  const { model, earlier, closed } = request;
  if (!trace) return openingFor({ ...request, model }, { models: [...earlier, model], open });
  const goesOn = closed.at(-1)!.now === model;
  return Promise.resolve({ value: goesOn ? trace.now.opening : trace.now.after, diagnostics: [] });
}

interface Own {
  readonly result: Result;
  /** A result with what its groups are paid by its statements. */
  readonly withGroups: (result: Result) => Result;
}

/** The period's own result, by a policy that holds from where the closed periods of it begin. */
async function ownResult(
  request: Opened & { readonly opening: Opening | undefined },
  backend: Backend,
): Promise<Checked<Own | undefined>> {
  const { closed, openPeriod: period } = request;
  const periods = [...closed.map((each) => each.period), period];
  const models = new Map(closed.map((each) => [each.period, each.now]));
  const { model } = stretchesOf(periods, (each) => models.get(each) ?? request.model).at(-1)!;
  const { value: gathered, diagnostics } = await gather({ ...request, model }, backend);
  if (!gathered) return { value: undefined, diagnostics };
  const result = await resultIn(gathered, request);
  return { value: { result, withGroups: (each) => groupsPaid(gathered, period, each) }, diagnostics };
}

function groupsPaid(gathered: Gathered, period: Period, result: Result): Result {
  const run = runOver(gathered);
  const paid = (statements: readonly Statement[]) =>
    result.groups.map((each) => ({ ...each, pay: groupPay(run, { ...each, period }, statements) }));
  return result.groups.length === 0 ? result : { ...result, groups: paid(result.statements) };
}
