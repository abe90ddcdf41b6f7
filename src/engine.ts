// The pipeline on one screen, and the embedding API: policy files to a Model, a Model and data to a Result.
// Nothing here touches a platform: files, drivers and the zone data's version come in through the doors.

import type { Backend } from './backend/backend.ts';
import { type Day, dayText } from './base/date.ts';
import { type Checked, failedBy } from './base/diagnostic.ts';
import { atOnce, inTurns, type Work } from './base/limits.ts';
import type { Period } from './base/period.ts';
import type { Source } from './base/source.ts';
import { VERSION } from './base/version.ts';
import { checkFiles } from './check/files.ts';
import { createRun, type Run } from './evaluate/cell.ts';
import { evaluateRun } from './evaluate/evaluate.ts';
import { needSeldomPaid } from './evaluate/needed.ts';
import { type Opening, openingAfter } from './evaluate/opening.ts';
import { type Gathered, gather, type RunRequest } from './gather.ts';
import type { Decided } from './model/decision.ts';
import type { Model } from './model/policy.ts';
import type { Result } from './model/result.ts';
import { parsedPolicy } from './syntax/parse.ts';

export { VERSION };

/** Reads and checks a policy's files. The value is absent when there are errors. */
export function compile(sources: readonly Source[]): Checked<Model | undefined> {
  return checkFiles(sources.map(parsedPolicy), sources);
}

/**
 * Evaluates a policy over data. The value is absent when there are errors; rejected rows are among the diagnostics,
 * as warnings where they are allowed. Faults that only running finds (an overflow, an unbounded attainment) are
 * diagnostics too. `decided` hears what is decided about people, and changes nothing. Throws a `StopError` where the
 * request's limits stop it.
 */
export async function run(
  request: RunRequest,
  backend: Backend,
  decided?: Decided,
): Promise<Checked<Result | undefined>> {
  try {
    const { value, diagnostics } = await gather(request, backend);
    return { value: value && (await resultIn(value, request, decided)), diagnostics };
  } catch (error) {
    return failedBy(error);
  }
}

/** A run over what was gathered, of which nothing is worked out yet; `over` replaces parts of it. */
export function runOver(gathered: Gathered, over: Partial<Run> = {}): Run {
  const { model, people, tables, facts, rows, limits, opening } = gathered;
  const also = { ...(limits && { limits }), ...(opening && { opening }) };
  return { ...createRun(model, { people, tables }, { facts, rows }), ...also, ...over };
}

/** What goes on after a period of what was gathered, to a version whose periods begin on a day. Throws `RunError` likewise. */
export function openingOf(gathered: Gathered, last: Period, from: Day): Opening {
  return openingAfter(runOver(gathered), last, from);
}

/** The Result of what was gathered for a request. Throws `RunError` for faults that only working it out finds. */
export function resultOf(gathered: Gathered, request: Partial<RunRequest>, decided?: Decided): Result {
  return atOnce(resultWork(gathered, request, decided));
}

/** The same under the limits of what was gathered: others have their turn between people. */
export async function resultIn(
  gathered: Gathered,
  request: Partial<RunRequest>,
  decided?: Decided,
): Promise<Result> {
  await needSeldomPaid(gathered);
  return inTurns(resultWork(gathered, request, decided), gathered.limits, 'people worked out');
}

function* resultWork(
  gathered: Gathered,
  { asKnownOn, allowRejects = false, zoneData = 'unknown' }: Partial<RunRequest>,
  decided?: Decided,
): Work<Result> {
  const { model, periods, control, backend } = gathered;
  const { name, title, currency } = model;
  return {
    formatVersion: 1,
    policy: { name, ...(title === undefined ? {} : { title }), currency },
    engine: { version: VERSION, backend, zoneData },
    periods: periods.map((each) => each.id),
    ...(asKnownOn !== undefined && { asKnownOn: dayText(asKnownOn) }),
    ...(yield* evaluateRun(runOver(gathered, decided ? { watch: { decided } } : {}), periods)),
    control,
    rejectsAllowed: allowRejects,
  };
}
