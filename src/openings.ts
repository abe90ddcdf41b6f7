// What a run goes on from where an earlier version of the policy held before: that version's own run over the same data, up
// to its last period, by its own rules. Older versions hand on to it in the same way.

import type { Backend } from './backend/backend.ts';
import type { Day } from './base/date.ts';
import { type Checked, failedBy, hasErrors } from './base/diagnostic.ts';
import { type Period, periodAt, shift } from './base/period.ts';
import { openingOf } from './engine.ts';
import { handsOn, type Opening } from './evaluate/opening.ts';
import { runPeriods } from './evaluate/periods.ts';
import { gather, type RunRequest } from './gather.ts';
import { ABSENCE_FIELDS, ABSENCES } from './input/absence-fields.ts';
import { forFields } from './input/bind.ts';
import { PEOPLE_FIELDS } from './input/people.ts';
import type { SourceSpec } from './model/dataset.ts';
import type { FieldModel, Model, Role } from './model/policy.ts';
import { versionFor } from './versions.ts';

/** The versions of the policy that the request's is one of, and how a backend for one more run is opened. */
export interface Versions {
  readonly models: readonly Model[];
  readonly open: (sources: readonly SourceSpec[]) => Promise<Backend>;
}

/**
 * What a run goes on from: absent where its version is the first, or none before it hands anything on. Errors are those of
 * the earlier versions' runs, over the same data and as of the same day.
 */
export async function openingFor(
  request: RunRequest,
  { models, open }: Versions,
): Promise<Checked<Opening | undefined>> {
  const { model, period } = request;
  const asked = runPeriods(model, period);
  const before = versionsBefore(models, model);
  const earlier = before.at(-1);
  if (!earlier || hasErrors(asked.diagnostics) || !before.some(handsOn)) return NOTHING;
  const from = firstDay(models, model);
  const last = periodAt(earlier.grain, from - 1);
  if (asked.value[0]!.from < from || !holdsIn(earlier, last)) return NOTHING;
  // rows that come in later may free what was earned then
  const until = earlier.roles.some((role) => role.bonuses.some((each) => each.payableAs))
    ? periodAt(earlier.grain, asked.value.at(-1)!.until - 1)
    : last;
  const old: RunRequest = {
    ...request,
    model: { ...withRoles(earlier, models), effective: withoutEnd(earlier) },
    sources: request.sources.map((each) => forFields(each, fieldsOf(earlier, each.name))),
    period: `${last.id}..${until.id}`,
  };
  const alone = { ...request, model: earlier, period: last.id };
  const own = await openingFor(alone, { models: before, open });
  if (hasErrors(own.diagnostics)) return own;
  return workedOut({ ...old, opening: own.value }, open, { last, from });
}

const NOTHING: Checked<undefined> = { value: undefined, diagnostics: [] };

async function workedOut(
  request: RunRequest,
  open: Versions['open'],
  { last, from }: { readonly last: Period; readonly from: Day },
): Promise<Checked<Opening | undefined>> {
  const backend = await open(request.sources);
  try {
    const { value, diagnostics } = await gather(request, backend);
    const errors = diagnostics.filter((each) => each.severity === 'error');
    return { value: value && openingOf(value, last, from), diagnostics: errors };
  } catch (fault) {
    return failedBy(fault);
  } finally {
    await backend.close();
  }
}

/** The versions that held before another, in order of time. */
function versionsBefore(models: readonly Model[], model: Model): readonly Model[] {
  const { from } = model.effective;
  if (from === undefined) return [];
  return models
    .filter((each) => each !== model && (each.effective.from ?? Number.NEGATIVE_INFINITY) < from)
    .sort((a, b) => (a.effective.from ?? 0) - (b.effective.from ?? 0));
}

/** The first day of the first period in which runs take the version: in a period that two hold in they take the other. */
function firstDay(models: readonly Model[], model: Model): Day {
  const first = periodAt(model.grain, model.effective.from!);
  return (versionFor(models, first.id).value === model ? first : shift(first, 1)).from;
}

function holdsIn({ effective }: Model, { until }: Period): boolean {
  return effective.from === undefined || effective.from < until;
}

function withoutEnd({ effective: { until: _, ...effective } }: Model): Model['effective'] {
  return effective;
}

/** The version with the roles of the others, in which people earn nothing by it. */
export function withRoles(model: Model, models: readonly Model[]): Model {
  const own = new Set(model.roles.map((each) => each.name));
  const others = new Map(models.flatMap((each) => each.roles.map((role) => [role.name, role] as const)));
  const idle = [...others.values()].filter((each) => !own.has(each.name)).map(idleRole);
  return idle.length === 0 ? model : { ...model, roles: [...model.roles, ...idle] };
}

function idleRole({ name, span }: Role): Role {
  const nothing = { targets: [], gates: [], bonuses: [], caps: [], floors: [], draws: [] };
  return { name, lineage: [name], span, ...nothing };
}

function fieldsOf({ attributes, tables, events }: Model, source: string): readonly FieldModel[] {
  if (source === 'person') return [...PEOPLE_FIELDS, ...attributes];
  const declared = [...tables, ...events].find((each) => each.name === source);
  return declared?.fields ?? (source === ABSENCES ? ABSENCE_FIELDS : []);
}
