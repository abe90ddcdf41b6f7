// Expressions about a person in a period. The data are read by a run of the policy with nothing to work out; then each
// expression is compiled into the policy, its facts are asked of the run's backend, and it is evaluated as any figure is.

import type { Backend, DayRange, Reference } from '../backend/backend.ts';
import { type Day, dayText, FIRST_DAY, LAST_DAY } from '../base/date.ts';
import { type Checked, type Diagnostic, hasErrors, InternalError, RunError } from '../base/diagnostic.ts';
import { giveTurn, type Limits } from '../base/limits.ts';
import { periodAt } from '../base/period.ts';
import { run } from '../engine.ts';
import { type CellPlace, createRun, type Run } from '../evaluate/cell.ts';
import { stayPlace } from '../evaluate/places.ts';
import type { Watcher } from '../evaluate/watch.ts';
import type { RunRequest } from '../gather.ts';
import type { CreditedRow, FactRow, SourceSpec } from '../model/dataset.ts';
import type { Expression } from '../model/expression.ts';
import type { Stay } from '../model/people.ts';
import type { Figure, Measure, Model } from '../model/policy.ts';
import { dateKey } from '../query/dates.ts';
import { collectRows, makeRowsQueries, type RowsAnswer } from '../query/event-rows.ts';
import { collectFacts } from '../query/facts.ts';
import { type GrainPlan, grainPlans, makeQueries } from '../query/make-queries.ts';
import type { AggregateQuery } from '../query/query.ts';
import {
  type CompiledExpression,
  compileExpression,
  type ReadPolicy,
  readExpression,
  readPolicy,
} from './compile-expression.ts';
import { type ExpressionValue, failed, valueIn } from './evaluate-expression.ts';
import { noRole, onePeriod, staysIn } from './whose.ts';

/** What an expression is worth to a person in one of the roles held in the period. */
export interface RoleValue {
  readonly role: string;
  /** First and last day of the role within the period. */
  readonly from: string;
  readonly until: string;
  readonly value: ExpressionValue;
}

/** Who is asked about, and when. */
export interface Whose {
  readonly person: string;
  /** One period of the policy. */
  readonly period: string;
}

/** A policy with its data read: any number of expressions may be asked, then the backend is closed by its owner. */
export interface Questions {
  /**
   * One value for each role that the person held in the period (and for each stretch of it), in order of time. Absent
   * where there are errors: of the expression, or because there is no such person or period (M3004 to M3006, M3060,
   * M3062, which have no place).
   */
  evaluate(text: string, whose: Whose): Promise<Checked<readonly RoleValue[] | undefined>>;
}

/** A policy and where its data lie. */
export interface QuestionsRequest {
  readonly model: Model;
  readonly sources: readonly SourceSpec[];
  /** Go on without the rejected rows instead of stopping. */
  readonly allowRejects?: boolean;
  /** As of which day answers are: rows that became known after it are left out. */
  readonly asKnownOn?: Day;
  /** What goes on from earlier versions, and what it may take; see `RunRequest`. */
  readonly opening?: RunRequest['opening'];
  readonly limits?: Limits;
}

/** Reads a policy's data, once and for all periods; the value is absent where a run would stop. */
export async function openQuestions(
  request: QuestionsRequest,
  backend: Backend,
): Promise<Checked<Questions | undefined>> {
  const { value: asking, diagnostics } = await openAsking(request, backend);
  if (!asking) return failed(diagnostics);
  const evaluate = async (text: string, whose: Whose) => {
    try {
      return await answer(asking, text, whose);
    } catch (error) {
      if (error instanceof RunError) return failed(error.diagnostics);
      throw error;
    }
  };
  return { value: { evaluate }, diagnostics };
}

/** Reads what questions are asked of; the value is absent where a run would stop. */
export async function openAsking(
  request: QuestionsRequest,
  backend: Backend,
): Promise<Checked<Asking | undefined>> {
  const { model, opening, ...data } = request;
  const keeping = keepReference(model, backend);
  const period = periodAt(model.grain, model.effective.from ?? 0).id; // any: the rows of every day are kept
  const bare = { ...data, model: withoutFormulas(model), period };
  const { value: read, diagnostics } = await run(bare, keeping.backend);
  if (!read) return failed(diagnostics);
  const value: Asking = {
    reference: keeping.reference(),
    policy: readPolicy(model.sources),
    backend,
    opening,
    answers: new Map(),
    rowAnswers: new Map(),
  };
  return { value, diagnostics };
}

/** What all questions share. */
export interface Asking {
  readonly reference: Reference;
  readonly policy: ReadPolicy;
  readonly backend: Backend;
  readonly opening: RunRequest['opening'];
  /** The facts of queries that have been asked, by query. */
  readonly answers: Map<string, readonly FactRow[]>;
  readonly rowAnswers: Map<string, readonly CreditedRow[]>;
}

async function answer(
  asking: Asking,
  text: string,
  whose: Whose,
): Promise<Checked<readonly RoleValue[] | undefined>> {
  const { value: cells, diagnostics } = await cellsOf(asking, text, whose);
  const values = cells?.map(({ run, figure, place, stay }): RoleValue => {
    const { held } = place;
    return {
      role: stay.role,
      from: dayText(held[0]!.from),
      until: dayText(held.at(-1)!.until - 1),
      value: valueIn(run, figure, place),
    };
  });
  return { value: values, diagnostics };
}

/** An expression as a figure of its own, and the cell of a role in which it is asked for. */
export interface AskedCell {
  readonly run: Run;
  readonly figure: Figure;
  readonly place: CellPlace;
  readonly stay: Stay;
}

/** Where an expression is worked out for a person: a cell for each role held in the period, in order of time. */
export async function cellsOf(
  asking: Asking,
  text: string,
  whose: Whose,
  watch?: Watcher,
): Promise<Checked<readonly AskedCell[] | undefined>> {
  const read = readExpression(text);
  if (hasErrors(read.diagnostics)) return failed(read.diagnostics);
  const { value: period, diagnostics: misdated } = onePeriod(asking.reference.model, whose.period);
  if (!period) return failed(misdated);
  const stays = staysIn(asking.reference.people, whose.person, period);
  if (stays.length === 0) return failed([noRole(asking.reference.people, whose.person, period)]);
  const diagnostics = [...read.diagnostics];
  const compiled = new Map<string, CompiledExpression | undefined>();
  for (const role of new Set(stays.map((each) => each.role))) {
    const found = compileExpression(asking.policy, { text, tree: read.value }, role);
    diagnostics.push(...found.diagnostics.filter((each) => !isSaid(diagnostics, each)));
    compiled.set(role, found.value);
  }
  if (hasErrors(diagnostics)) return failed(diagnostics);
  const cells: AskedCell[] = [];
  for (const stay of stays) {
    const expression = compiled.get(stay.role);
    if (!expression) throw new InternalError(`not compiled for role ${stay.role}`);
    const found = await runOf(asking, expression.model, grainPlans(expression.model, [period]));
    const run = watch ? { ...found, watch } : found;
    cells.push({ run, figure: expression.figure, place: stayPlace(run, stay, period), stay });
  }
  return { value: cells, diagnostics };
}

/** The run that plans are worked out from; queries of earlier expressions aren't asked again. */
export async function runOf(
  { reference, backend, opening, answers, rowAnswers }: Asking,
  model: Model,
  plans: readonly GrainPlan[],
): Promise<Run> {
  const { limits } = reference;
  const asked = [];
  for (const query of makeQueries(model, reference.people, plans)) {
    const unread = unreadDate(reference.model, query);
    if (unread) throw new RunError([unread]);
    await giveTurn(limits);
    const key = JSON.stringify({ ...query, id: '' });
    const rows = answers.get(key) ?? (await backend.facts(query));
    answers.set(key, rows);
    asked.push({ query, rows });
  }
  const rows: RowsAnswer[] = [];
  for (const query of makeRowsQueries(model, reference.people, plans)) {
    await giveTurn(limits);
    const key = JSON.stringify({ ...query, id: '' });
    const found = rowAnswers.get(key) ?? (await backend.rows(query));
    rowAnswers.set(key, found);
    rows.push({ query, rows: found });
  }
  const run = createRun(model, reference, { facts: collectFacts(asked), rows: collectRows(rows) });
  return { ...run, opening, ...(limits && { limits }) };
}

// ---- reading the data --------------------------------------------------------------------------------------

/** The policy with nothing to work out: what is left to a run is to read and check every row. */
function withoutFormulas(model: Model): Model {
  const roles = model.roles.map(({ scorecard: _, ...role }) => {
    return { ...role, targets: [], gates: [], bonuses: [], caps: [], floors: [], draws: [] };
  });
  const beside = { overrides: [], pools: [], awards: [], pay: { caps: [], floors: [], draws: [] } };
  return { ...model, ...beside, reports: [], figures: [], kpis: [], roles };
}

const EVER: DayRange = { from: FIRST_DAY, until: LAST_DAY + 1 };

/** The other dates by which measures go, each once. */
function datesOf(measures: readonly Measure[], event: string): readonly Expression[] {
  const dates = measures.flatMap((each) => (each.event === event && each.by ? [each.by] : []));
  return [...new Map(dates.map((each) => [dateKey(each), each])).values()];
}

/** A measure by a date that no measure of the policy goes by: the rows weren't credited as of that day. */
function unreadDate({ measures }: Model, { event, by }: AggregateQuery): Diagnostic | undefined {
  if (!by || datesOf(measures, event).some((each) => dateKey(each) === dateKey(by))) return undefined;
  return {
    code: 'M3064',
    severity: 'error',
    message: 'a question can go by another date only where a KPI of the policy does too',
    span: by.span,
    label: `no KPI looks at \`${event}\` by this`,
    help: 'make it a KPI of the policy, and ask for that',
  };
}

/** The backend, which remembers the people and tables that it is opened with and uses the rows of every day. */
function keepReference(model: Model, backend: Backend) {
  let kept: Reference | undefined;
  return {
    backend: {
      name: backend.name,
      columns: (source) => backend.columns(source),
      text: (source) => backend.text(source),
      open: async (reference) => {
        kept = { ...reference, model };
        await backend.open(kept);
      },
      load: (event, source, { knownOn }) =>
        backend.load(event, source, {
          ...(knownOn === undefined ? {} : { knownOn }),
          posted: EVER,
          by: datesOf(model.measures, event).map((date) => ({ date, days: EVER })),
        }),
      settle: () => backend.settle(),
      facts: (query) => backend.facts(query),
      rows: (query) => backend.rows(query),
      close: () => backend.close(),
    } satisfies Backend,
    reference: (): Reference => {
      if (!kept) throw new InternalError('the run has opened no backend');
      return kept;
    },
  };
}

/** What is wrong in several roles alike is said once. */
function isSaid(diagnostics: readonly Diagnostic[], { code, span }: Diagnostic): boolean {
  const key = JSON.stringify([code, span]);
  return diagnostics.some((each) => JSON.stringify([each.code, each.span]) === key);
}
