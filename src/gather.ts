// A run's data: sources bound to the policy's columns, rows read by the backend, and its answers to all that formulas
// will ask.

import type { Backend, LoadReport } from './backend/backend.ts';
import type { Day } from './base/date.ts';
import { type Checked, type Diagnostic, hasErrors, InternalError, RunError } from './base/diagnostic.ts';
import { exactText } from './base/exact.ts';
import { fiscalYears } from './base/fiscal.ts';
import { giveTurn, type Limits, withinRows } from './base/limits.ts';
import type { Period } from './base/period.ts';
import type { Opening } from './evaluate/opening.ts';
import { runPeriods } from './evaluate/periods.ts';
import { ABSENCE_FIELDS, ABSENCES, optionalSources } from './input/absence-fields.ts';
import { bindColumns } from './input/bind.ts';
import { createClock } from './input/clock.ts';
import { PEOPLE_FIELDS, readPeople } from './input/people.ts';
import type { SourceFacts } from './input/reject-messages.ts';
import { readTable } from './input/tables.ts';
import type { BoundSource, ControlTotals, Reject, SourceSpec, TextTable } from './model/dataset.ts';
import type { Beyond, FieldModel, Model } from './model/policy.ts';
import { runPlans } from './query/carried.ts';
import { type Answer, balanceQueries, creditedShares, unbalanced } from './query/control.ts';
import { otherDates } from './query/dates.ts';
import { makeRowsQueries, type RowsAnswer } from './query/event-rows.ts';
import { dayRange, makeQueries } from './query/make-queries.ts';
import { makeTakenQueries, passedOver } from './query/taken-rows.ts';
import { runWarnings } from './query/warnings.ts';
import { collected, type Gathered, type RunData, readFor } from './run-data.ts';

export type { Gathered };

/** What a run is asked for. */
export interface RunRequest {
  readonly model: Model;
  /** One for `person`, one for each event and table of the policy, and one for `absence` where there is such data. */
  readonly sources: readonly SourceSpec[];
  /** `2026-01`, `2026-Q1`, `2026`, or a range `2026-01..2026-06`: all of the policy's periods in it. */
  readonly period: string;
  /** As of which day the run answers: rows that became known after it are left out. */
  readonly asKnownOn?: Day;
  /** What goes on from the versions of the policy that held before; absent: nothing does. */
  readonly opening?: Opening | undefined;
  /** Run without the rejected rows instead of stopping. */
  readonly allowRejects?: boolean;
  /** The version of the runtime's time zone data, to be recorded with the result. */
  readonly zoneData?: string;
  /** What reading, and all that is worked out from it, may take; what is stopped by them throws a `StopError`. */
  readonly limits?: Limits;
}

/**
 * Reads what a run of the policy over these periods looks at. The value is absent when there are errors; rejected rows
 * are among the diagnostics, as warnings where they are allowed. The backend stays open, for whoever asks more of it.
 * Throws `RunError` for faults that only reading finds.
 */
export async function gather(request: RunRequest, backend: Backend): Promise<Checked<Gathered | undefined>> {
  const { value, diagnostics } = await read(request, backend);
  const { limits, opening } = request;
  const also = { ...(limits && { limits }), ...(opening && { opening }) };
  return {
    value: value && { ...collected(request.model, value), ...also },
    diagnostics,
  };
}

/** The same as plain data, with what tells for which policies it may be used. */
export async function readRun(request: RunRequest, backend: Backend): Promise<Checked<RunData | undefined>> {
  const { value, diagnostics } = await read(request, backend);
  return { value: value && { ...value, policy: readFor(request.model) }, diagnostics };
}

async function read(
  request: RunRequest,
  backend: Backend,
): Promise<Checked<Omit<RunData, 'policy'> | undefined>> {
  const { model, allowRejects = false, limits } = request;
  await giveTurn(limits);
  if (model.beyond.length > 0) return { value: undefined, diagnostics: model.beyond.map(cannotPay) };
  const periods = runPeriods(model, request.period);
  const bound = await bindSources(request, backend);
  if (hasErrors([...periods.diagnostics, ...bound.diagnostics])) {
    return { value: undefined, diagnostics: [...periods.diagnostics, ...bound.diagnostics] };
  }
  const inputs = await readInputs(request, bound.value, backend, periods.value);
  const rejects = inputs.rejects.map(
    (each): Diagnostic => (allowRejects ? { ...each, severity: 'warning' } : each),
  );
  const diagnostics = [
    ...bound.diagnostics,
    ...runWarnings(model, { ...inputs, periods: periods.value }),
    ...rejects,
  ];
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };

  const answers: Answer[] = [];
  for (const query of inputs.queries) {
    await giveTurn(limits);
    answers.push({ query, rows: await backend.facts(query) });
  }
  const rowsAnswers: RowsAnswer[] = [];
  for (const query of inputs.rowsQueries) {
    await giveTurn(limits);
    rowsAnswers.push({ query, rows: await backend.rows(query) });
  }
  const { balances, control } = await balance(
    inputs,
    { model, periods: periods.value },
    { backend, answers },
  );
  if (balances.length > 0) return { value: undefined, diagnostics: balances };
  await giveTurn(limits);
  const { people, tables } = inputs;
  const value = {
    periods: periods.value,
    people,
    tables,
    answers,
    rowsAnswers,
    control,
    backend: backend.name,
  };
  return { value, diagnostics: [...diagnostics, ...passedOver({ model, people }, rowsAnswers)] };
}

/** Whether what the backend answers comes to itself; and the control totals, with what became of the shares. */
async function balance(
  { people, queries, rowsQueries, control }: Awaited<ReturnType<typeof readInputs>>,
  { model, periods }: { readonly model: Model; readonly periods: readonly Period[] },
  { backend, answers }: { readonly backend: Backend; readonly answers: readonly Answer[] },
): Promise<{ readonly balances: readonly Diagnostic[]; readonly control: readonly ControlTotals[] }> {
  const asked: Answer[] = [];
  for (const query of balanceQueries(model, { people, queries, rowsQueries, periods }))
    asked.push({ query, rows: await backend.facts(query) });
  const used = new Map(control.map((each) => [each.source, each.used.rows]));
  const shares = new Map(creditedShares(asked).map((each) => [each.event, each]));
  return {
    balances: unbalanced(model, people, [...asked, ...answers], used),
    control: control.map((each) => {
      const found = shares.get(each.source);
      if (!found) return each;
      const { credited, outside } = found;
      return { ...each, shares: { credited: exactText(credited), outside: exactText(outside) } };
    }),
  };
}

/** What is checked and not worked out by this version: nothing is paid by halves. */
export function cannotPay({ what, span }: Beyond): Diagnostic {
  return {
    code: 'M3012',
    severity: 'error',
    message: `${what} is checked but can't be paid by this version of Merit yet`,
    span,
  };
}

/** A source that a policy reads, and nobody has given. */
export function noData(source: string, policy: string): Diagnostic {
  return {
    code: 'M3150',
    severity: 'error',
    message: `there is no data for \`${source}\`, which policy \`${policy}\` reads`,
    help: `name its file in the configuration, or by \`--data ${source}=FILE\`: what goes on from an earlier policy, and closed periods of it, are worked out by that`,
  };
}

/** Finds each field's column, in every source, so that all that is missing is said in one go. */
async function bindSources(
  request: RunRequest,
  backend: Backend,
): Promise<Checked<ReadonlyMap<string, BoundSource>>> {
  const { model, sources } = request;
  const fields = new Map<string, readonly FieldModel[]>([
    ['person', [...PEOPLE_FIELDS, ...model.attributes]],
    ...(sources.some((each) => each.name === ABSENCES) ? [[ABSENCES, ABSENCE_FIELDS] as const] : []),
    ...model.tables.map((each) => [each.name, each.fields] as const),
    ...model.events.map((each) => [each.name, each.fields] as const),
  ]);
  const found = new Map<string, BoundSource>();
  const diagnostics: Diagnostic[] = [];
  for (const [name, wanted] of fields) {
    const [source, second] = sources.filter((each) => each.name === name);
    if (!source) {
      diagnostics.push(noData(name, model.name));
      continue;
    }
    if (second) throw new InternalError(`two sources for ${name}`);
    const header = await backend.columns(source);
    diagnostics.push(...header.diagnostics);
    if (hasErrors(header.diagnostics)) continue;
    const bound = bindColumns(source, wanted, header.value);
    diagnostics.push(...bound.diagnostics);
    found.set(name, bound.value);
  }
  return { value: found, diagnostics };
}

/** Reads people, tables and events; what is rejected anywhere is collected. */
async function readInputs(
  { model, asKnownOn, limits, opening }: RunRequest,
  sources: ReadonlyMap<string, BoundSource>,
  backend: Backend,
  periods: readonly Period[],
) {
  const found: Found[] = [];
  const control: ControlTotals[] = [];
  const take = (report: Found & { readonly control: ControlTotals }): void => {
    found.push(report);
    control.push(balanced(report.control));
  };
  const bound = (name: string): BoundSource => sources.get(name)!;

  const textOf = async (source: BoundSource): Promise<TextTable> => {
    await giveTurn(limits);
    const { value, diagnostics } = await backend.text(source);
    if (hasErrors(diagnostics)) throw new RunError(diagnostics);
    withinRows(limits, source.file, value.rows.length);
    return value;
  };

  const read = readPeople(model, bound('person'), await textOf(bound('person')));
  take(read);
  const persons = new Set(read.people.known ?? []);
  const calendars = fiscalYears(model);
  const clock = createClock(model.zone);
  let { people } = read;
  if (sources.has(ABSENCES) && optionalSources(model).includes(ABSENCES)) {
    const source = bound(ABSENCES);
    const context = { dialect: source.dialect, clock, persons };
    const { readAbsences } = await import('./input/absences.ts');
    const report = readAbsences(source, { text: await textOf(source), context });
    take(report);
    people = { ...people, absences: report.absences };
  }
  const tables = [];
  for (const table of model.tables) {
    const source = bound(table.name);
    const text = await textOf(source);
    const context = { dialect: source.dialect, clock, persons, calendars };
    const report = readTable(table, source, { text, context });
    take(report);
    tables.push(report.data);
  }
  await backend.open({ model, people, tables, ...(limits && { limits }) });
  const plans = runPlans(model, { people, opening }, periods);
  const queries = makeQueries(model, people, plans);
  const rowsQueries = [...makeRowsQueries(model, people, plans), ...makeTakenQueries(model, queries)];
  for (const event of model.events) {
    const source = bound(event.name);
    await giveTurn(limits);
    await backend.load(event.name, source, {
      posted: dayRange(event.name, [...queries, ...rowsQueries], periods),
      by: otherDates(event.name, queries),
      ...(asKnownOn !== undefined && { knownOn: asKnownOn }),
      queries: [...queries, ...rowsQueries].filter((each) => each.event === event.name),
      periods,
    });
  }
  await giveTurn(limits);
  const settled = await backend.settle();
  const firstDays = new Map([...settled].map(([event, { firstDay }]) => [event, firstDay]));
  for (const event of model.events) {
    const source = bound(event.name);
    const report = settled.get(event.name)!;
    const facts = { fields: event.fields, dialect: source.dialect, persons: [...persons], calendars };
    take({ ...report, of: { event: event.name, file: source.file }, facts });
  }
  return { people, tables, queries, rowsQueries, control, rejects: await inWords(found), firstDays };
}

/** What was found in one source; `of` and what only looks wrong: of an event. */
interface Found extends Partial<Pick<LoadReport, 'nearMisses' | 'unknownKeys'>> {
  readonly of?: { readonly event: string; readonly file: string };
  readonly rejects: readonly Reject[];
  readonly facts: SourceFacts;
}

async function inWords(found: readonly Found[]): Promise<readonly Diagnostic[]> {
  const isSilent = found.every(
    ({ rejects, nearMisses = [], unknownKeys = [] }) =>
      rejects.length + nearMisses.length + unknownKeys.length === 0,
  );
  if (isSilent) return [];
  const words = await import('./input/reject-messages.ts');
  return found.flatMap(({ of, rejects, nearMisses = [], unknownKeys = [], facts }) => [
    ...nearMisses.map((each) => words.nearMiss(of!.file, of!.event, each)),
    ...unknownKeys.map((each) => words.unknownKeys(of!.file, of!.event, each)),
    ...words.rejectDiagnostics(rejects, facts),
  ]);
}

/** INVARIANT: every row in is used, filtered or rejected. */
function balanced(control: ControlTotals): ControlTotals {
  const out = [
    control.used,
    ...control.filtered.map((each) => each.totals),
    ...control.rejected.map((each) => each.totals),
  ];
  const rows = out.reduce((sum, each) => sum + each.rows, 0);
  if (rows !== control.all.rows)
    throw new InternalError(`${control.source}: ${control.all.rows} rows in, ${rows} accounted for`);
  return control;
}
