// The pipeline on one screen, and the embedding API: policy files to a Model, a Model and data to a Result.
// Nothing here touches a platform: files, drivers and the zone data's version come in through the doors.

import type { Backend } from './backend/backend.ts';
import { type Day, dayText } from './base/date.ts';
import { type Checked, type Diagnostic, hasErrors, InternalError, RunError } from './base/diagnostic.ts';
import { exactText } from './base/exact.ts';
import type { Period } from './base/period.ts';
import type { Source, Span } from './base/source.ts';
import { check } from './check/check.ts';
import { strangers, targetsOfOne } from './check/strangers.ts';
import { createRun } from './evaluate/cell.ts';
import { evaluateRun } from './evaluate/evaluate.ts';
import { runPeriods } from './evaluate/periods.ts';
import { ABSENCE_FIELDS, ABSENCES, optionalSources, readAbsences } from './input/absences.ts';
import { bindColumns } from './input/bind.ts';
import { createClock } from './input/clock.ts';
import { PEOPLE_FIELDS, readPeople } from './input/people.ts';
import { nearMiss, rejectDiagnostics, unknownKeys } from './input/reject-messages.ts';
import { readTable } from './input/tables.ts';
import type { BoundSource, ControlTotals, SourceSpec, TextTable } from './model/dataset.ts';
import type { Beyond, FieldModel, Model } from './model/policy.ts';
import type { Result } from './model/result.ts';
import { runPlans } from './query/carried.ts';
import { type Answer, balanceQueries, creditedShares, unbalanced } from './query/control.ts';
import { otherDates } from './query/dates.ts';
import { collectRows, makeRowsQueries } from './query/event-rows.ts';
import { collectFacts } from './query/facts.ts';
import { dayRange, makeQueries } from './query/make-queries.ts';
import { makeTakenQueries } from './query/taken-rows.ts';
import { runWarnings } from './query/warnings.ts';
import { parsePolicy } from './syntax/parse.ts';

export { optionalSources } from './input/absences.ts';

export const VERSION = '0.1.0';

/** What a run is asked for. */
export interface RunRequest {
  readonly model: Model;
  /** One for `person`, one for each event and table of the policy, and one for `absence` where there is such data. */
  readonly sources: readonly SourceSpec[];
  /** `2026-01`, `2026-Q1`, `2026`, or a range `2026-01..2026-06`: all of the policy's periods in it. */
  readonly period: string;
  /** As of which day the run answers: rows that became known after it are left out. */
  readonly asKnownOn?: Day;
  /** Run without the rejected rows instead of stopping. */
  readonly allowRejects?: boolean;
  /** The version of the runtime's time zone data, to be recorded with the result. */
  readonly zoneData?: string;
}

/** Reads and checks a policy's files. The value is absent when there are errors. */
export function compile(sources: readonly Source[]): Checked<Model | undefined> {
  const files = sources.map(parsePolicy);
  const syntax = files.flatMap((each) => each.diagnostics);
  const checked = check(
    files.map((each) => each.value),
    sources,
  );
  if (!hasErrors(syntax)) return { value: checked.value, diagnostics: [...syntax, ...checked.diagnostics] };
  // what couldn't be read may be what a name stands for: only what doesn't depend on it is said beside
  return {
    value: undefined,
    diagnostics: [...syntax, ...checked.diagnostics.filter((each) => isOwnFault(each, syntax, sources))],
  };
}

/**
 * Whether a finding can't be due to a declaration that couldn't be read: names declared twice, wrong words and types,
 * tables and weights that don't add up, and a name that stands nowhere else, so that nothing can have declared it.
 */
function isOwnFault(
  { code, span }: Diagnostic,
  syntax: readonly Diagnostic[],
  sources: readonly Source[],
): boolean {
  if (span && syntax.some((each) => each.span && overlap(each.span, span))) return false;
  if (code !== 'M1101') return code === 'M1102' || code === 'M1109' || /^M12|^M140[1-6]$/.test(code);
  const source = sources.find((each) => each.name === span?.source);
  const name = span && source ? source.text.slice(span.start, span.end) : '';
  return name !== '' && sources.reduce((count, { text }) => count + text.split(name).length - 1, 0) === 1;
}

function overlap(a: Span, b: Span): boolean {
  return a.source === b.source && a.start < b.end && b.start < a.end;
}

/**
 * Evaluates a policy over data. The value is absent when there are errors; rejected rows are among the diagnostics,
 * as warnings where they are allowed. Faults that only running finds (an overflow, an unbounded attainment) are
 * diagnostics too.
 */
export async function run(request: RunRequest, backend: Backend): Promise<Checked<Result | undefined>> {
  try {
    return await runThrough(request, backend);
  } catch (error) {
    if (error instanceof RunError) return { value: undefined, diagnostics: error.diagnostics };
    throw error;
  }
}

async function runThrough(request: RunRequest, backend: Backend): Promise<Checked<Result | undefined>> {
  const { model, asKnownOn, allowRejects = false } = request;
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
    ...strangers(targetsOfOne(model), inputs.people),
    ...rejects,
  ];
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };

  const answers = [];
  for (const query of inputs.queries) answers.push({ query, rows: await backend.facts(query) });
  const rowsAnswers = [];
  for (const query of inputs.rowsQueries) rowsAnswers.push({ query, rows: await backend.rows(query) });
  const { balances, control } = await balance(
    inputs,
    { model, periods: periods.value },
    { backend, answers },
  );
  if (balances.length > 0) return { value: undefined, diagnostics: balances };
  const evaluated = evaluateRun(
    createRun(model, inputs, { facts: collectFacts(answers), rows: collectRows(rowsAnswers) }),
    periods.value,
  );
  const { name, title, currency } = model;
  return {
    value: {
      formatVersion: 1,
      policy: { name, ...(title === undefined ? {} : { title }), currency },
      engine: { version: VERSION, backend: backend.name, zoneData: request.zoneData ?? 'unknown' },
      periods: periods.value.map((each) => each.id),
      ...(asKnownOn !== undefined && { asKnownOn: dayText(asKnownOn) }),
      ...evaluated,
      control,
      rejectsAllowed: allowRejects,
    },
    diagnostics,
  };
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
    if (!source) throw new InternalError(`no source for ${name}`);
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
  { model, asKnownOn }: RunRequest,
  sources: ReadonlyMap<string, BoundSource>,
  backend: Backend,
  periods: readonly Period[],
) {
  const rejects: Diagnostic[] = [];
  const control: ControlTotals[] = [];
  const take = (report: {
    readonly diagnostics: readonly Diagnostic[];
    readonly control: ControlTotals;
  }): void => {
    rejects.push(...report.diagnostics);
    control.push(balanced(report.control));
  };
  const bound = (name: string): BoundSource => sources.get(name)!;

  const read = readPeople(model, bound('person'), await textOf(backend, bound('person')));
  take(read);
  const persons = new Set(read.people.known ?? []);
  const clock = createClock(model.zone);
  let { people } = read;
  if (sources.has(ABSENCES) && optionalSources(model).includes(ABSENCES)) {
    const source = bound(ABSENCES);
    const context = { dialect: source.dialect, clock, persons };
    const report = readAbsences(source, { text: await textOf(backend, source), context });
    take(report);
    people = { ...people, absences: report.absences };
  }
  const tables = [];
  for (const table of model.tables) {
    const source = bound(table.name);
    const text = await textOf(backend, source);
    const report = readTable(table, source, { text, context: { dialect: source.dialect, clock, persons } });
    take(report);
    tables.push(report.data);
  }
  await backend.open({ model, people, tables });
  const plans = runPlans(model, people, periods);
  const queries = makeQueries(model, people, plans);
  const rowsQueries = [...makeRowsQueries(model, people, plans), ...makeTakenQueries(model, queries)];
  for (const event of model.events) {
    const source = bound(event.name);
    await backend.load(event.name, source, {
      posted: dayRange(event.name, [...queries, ...rowsQueries], periods),
      by: otherDates(event.name, queries),
      ...(asKnownOn !== undefined && { knownOn: asKnownOn }),
    });
  }
  const settled = await backend.settle();
  const firstDays = new Map([...settled].map(([event, { firstDay }]) => [event, firstDay]));
  for (const event of model.events) {
    const source = bound(event.name);
    const report = settled.get(event.name)!;
    rejects.push(...report.nearMisses.map((each) => nearMiss(source.file, event.name, each)));
    rejects.push(...report.unknownKeys.map((each) => unknownKeys(source.file, event.name, each)));
    const facts = { fields: event.fields, dialect: source.dialect, persons: [...persons] };
    take({ control: report.control, diagnostics: rejectDiagnostics(report.rejects, facts) });
  }
  return { people, tables, queries, rowsQueries, control, rejects, firstDays };
}

async function textOf(backend: Backend, source: SourceSpec): Promise<TextTable> {
  const text = await backend.text(source);
  if (hasErrors(text.diagnostics)) throw new RunError(text.diagnostics);
  return text.value;
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
