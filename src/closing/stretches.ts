// Closed periods worked out again: stretches of periods, each by one policy, in order of time; what the periods of one leave
// due, owed and kept goes on into the next.

import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { failedBy, hasErrors, InternalError } from '../base/diagnostic.ts';
import type { Limits } from '../base/limits.ts';
import { type Period, periodAt } from '../base/period.ts';
import { openingOf, resultIn } from '../engine.ts';
import { handsOn, nothingFrom, type Opening } from '../evaluate/opening.ts';
import { type Gathered, gather, type RunRequest } from '../gather.ts';
import type { SourceSpec } from '../model/dataset.ts';
import type { Model } from '../model/policy.ts';
import type { Result, Statement } from '../model/result.ts';
import { openingFor, type Versions, withRoles } from '../openings.ts';

/** Periods one after another that one policy is used for. */
export interface Stretch {
  readonly model: Model;
  readonly periods: readonly Period[];
}

/** Periods in order of time by their policies, as few stretches as there can be. */
export function stretchesOf(
  periods: readonly Period[],
  modelOf: (period: Period) => Model,
): readonly Stretch[] {
  const found: { readonly model: Model; readonly periods: Period[] }[] = [];
  for (const period of periods) {
    const model = modelOf(period);
    if (found.at(-1)?.model === model) found.at(-1)!.periods.push(period);
    else found.push({ model, periods: [period] });
  }
  // a policy that reopens a period holds in it too
  return found.map(({ model, periods: own }) => ({ model: holdingFrom(model, own[0]!), periods: own }));
}

function holdingFrom(model: Model, { from }: Period): Model {
  const { effective } = model;
  if (effective.from === undefined || effective.from <= from) return model;
  return { ...model, effective: { ...effective, from } };
}

/** What stretches are worked out over. */
export interface World {
  /** The sources of a policy. */
  readonly sourcesOf: (model: Model) => readonly SourceSpec[];
  readonly open: Versions['open'];
  /** All versions, of any of which people may hold roles. */
  readonly versions: readonly Model[];
  /** Versions that held before the first stretch, which goes on from them. */
  readonly earlier: readonly Model[];
  /** The open period: rows of it free what was earned before. */
  readonly openPeriod: Period;
  readonly allowRejects: boolean;
  readonly zoneData?: string | undefined;
  readonly limits?: Limits | undefined;
}

/** What stretches come to. */
export interface WorkedOut {
  readonly statements: readonly Statement[];
  /** How many rows couldn't be taken, by source and reason: the most of any stretch. */
  readonly rejected: ReadonlyMap<string, number>;
  /** What the last stretch goes on from, and what goes on after it. */
  readonly opening?: Opening | undefined;
  readonly after?: Opening | undefined;
}

/** Works stretches out one after another. The value is absent where one can't be. */
export async function workOut(
  stretches: readonly Stretch[],
  world: World,
): Promise<Checked<WorkedOut | undefined>> {
  const [first] = stretches;
  if (!first) throw new InternalError('no periods to work out');
  const begun = await beginning(first, world);
  if (hasErrors(begun.diagnostics)) return { value: undefined, diagnostics: begun.diagnostics };
  const statements: Statement[] = [];
  const rejected = new Map<string, number>();
  let opening: Opening | undefined;
  let after = begun.value;
  let isHandedOn = begun.value !== undefined;
  for (const [index, stretch] of stretches.entries()) {
    opening = after;
    isHandedOn ||= handsOn(stretch.model);
    const next = stretches[index + 1]?.periods[0] ?? world.openPeriod;
    const done = await oneStretch(stretch, { opening, next: isHandedOn ? next : undefined }, world);
    if (!done.value) return { value: undefined, diagnostics: done.diagnostics };
    // the next policy goes on from this one even with nothing: it would pay parts of periods that this one has paid
    after = done.value.after ?? nothingFrom(next.from);
    statements.push(...done.value.result.statements);
    for (const { source, rejected: rows } of done.value.result.control) {
      for (const { reason, totals } of rows) {
        const key = `${source}: ${reason}`;
        rejected.set(key, Math.max(rejected.get(key) ?? 0, totals.rows));
      }
    }
  }
  return { value: { statements, rejected, opening, after }, diagnostics: [] };
}

/** What the first stretch goes on from: versions that held before it, of which nothing is closed. */
function beginning({ model, periods }: Stretch, world: World): Promise<Checked<Opening | undefined>> {
  const all = [...world.earlier, model];
  const sources = new Map(all.flatMap(world.sourcesOf).map((each) => [each.name, each]));
  const request = { ...requestOf(model, periods, world), sources: [...sources.values()] };
  return openingFor(request, { models: all, open: world.open });
}

interface Going {
  readonly opening: Opening | undefined;
  /** The period after it, where anything goes on into that. */
  readonly next: Period | undefined;
}

async function oneStretch(
  { model, periods }: Stretch,
  { opening, next }: Going,
  world: World,
): Promise<Checked<{ readonly result: Result; readonly after?: Opening } | undefined>> {
  const last = periods.at(-1)!;
  const request = { ...requestOf(withRoles(model, world.versions), periods, world), opening };
  try {
    const { value, diagnostics } = await gathered(request, world);
    if (!value) return { value: undefined, diagnostics };
    const result = await resultIn(value, request);
    if (!next) return { value: { result }, diagnostics: [] };
    const isFreed = model.roles.some((role) => role.bonuses.some((each) => each.payableAs));
    const until = periodAt(model.grain, world.openPeriod.until - 1);
    const wide = isFreed ? await gathered(lastingUntil(request, last, until), world) : { value };
    return { value: { result, after: openingOf(wide.value ?? value, last, next.from) }, diagnostics: [] };
  } catch (fault) {
    return failedBy(fault);
  }
}

/** The same policy as if it went on: rows that come in later may free what was earned by it. */
function lastingUntil(request: RunRequest, last: Period, until: Period): RunRequest {
  const { until: _, ...effective } = request.model.effective;
  return { ...request, model: { ...request.model, effective }, period: `${last.id}..${until.id}` };
}

function requestOf(model: Model, periods: readonly Period[], world: World): RunRequest {
  const { allowRejects, zoneData, limits } = world;
  return {
    model,
    sources: world.sourcesOf(model),
    period: `${periods[0]!.id}..${periods.at(-1)!.id}`,
    allowRejects,
    ...(zoneData !== undefined && { zoneData }),
    ...(limits && { limits }),
  };
}

async function gathered(request: RunRequest, { open }: World): Promise<Checked<Gathered | undefined>> {
  const backend = await open(request.sources);
  try {
    const { value, diagnostics } = await gather(request, backend);
    return { value, diagnostics: errorsOf(diagnostics) };
  } finally {
    await backend.close();
  }
}

function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter((each) => each.severity === 'error');
}
