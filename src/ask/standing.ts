// How the KPIs of a period stand before it has ended. A forecast is an ordinary run over facts at the pace so far, so that
// whatever is made of sums and counts (ratios, growth, attainments) comes out as the policy says.

import type { Backend } from '../backend/backend.ts';
import { type Day, dayText, parseDay } from '../base/date.ts';
import { type Checked, type Diagnostic, RunError } from '../base/diagnostic.ts';
import { divide, exact, exactText, sign, subtract, whole } from '../base/exact.ts';
import { giveTurn } from '../base/limits.ts';
import type { Period } from '../base/period.ts';
import { resultIn } from '../engine.ts';
import { type Gathered, gather, type RunRequest } from '../gather.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { KpiLine } from '../model/kpi-lines.ts';
import type { Model } from '../model/policy.ts';
import type { Result, RoleStatement, Statement } from '../model/result.ts';
import type { Expected, KpiStanding, NoForecast, PaceSaid, Standing } from '../model/standing.ts';
import { bucketOf } from '../query/make-queries.ts';
import { type Pace, paceCalendar, pacedDays, pacedFacts } from '../query/paced-facts.ts';
import { failed } from './evaluate-expression.ts';
import { noRole, onePeriod } from './whose.ts';

/** A run of one period of the policy, which may still be going on. */
export interface StandingRequest extends RunRequest {
  /** The last day that has passed; that of the last row in the period unless said. */
  readonly today?: Day;
  /** Of one person, and of one KPI, only. */
  readonly person?: string;
  readonly kpi?: string;
}

/** How KPIs stand. The value is absent where a run would stop, and where it isn't one period. */
export async function standingOf(
  request: StandingRequest,
  backend: Backend,
): Promise<Checked<Standing | undefined>> {
  const { model } = request;
  const { value: period, diagnostics: misdated } = onePeriod(model, request.period);
  if (!period) return failed(misdated);
  try {
    const { value: gathered, diagnostics } = await gather(request, backend);
    if (!gathered) return failed(diagnostics);
    const result = await resultIn(gathered, request);
    const { person } = request;
    if (person !== undefined && result.statements.every((each) => each.person !== person))
      return failed([...diagnostics, noRole(gathered.people, person, period)]);
    const paced = paceOf(model, period, {
      asked: request.today,
      last: await lastDay(gathered, period, backend),
    });
    const ahead = paced.pace
      ? await forecastOf(gathered, request, paced.pace)
      : { diagnostics: [], value: undefined };
    const none = paced.none ?? (ahead.value ? undefined : 'fault');
    const value = standing(
      { request, period, result },
      { ...paced, ...(none && { none }), ...(ahead.value && { forecast: ahead.value }) },
    );
    return { value, diagnostics: [...diagnostics, ...ahead.diagnostics] };
  } catch (fault) {
    if (fault instanceof RunError) return failed(fault.diagnostics);
    throw fault;
  }
}

/** The result at the pace so far. What would stop its run stops the forecast alone, and is said as a warning. */
async function forecastOf(
  gathered: Gathered,
  request: RunRequest,
  pace: Pace,
): Promise<Checked<Result | undefined>> {
  try {
    const facts = pacedFacts(gathered, pace);
    return { value: await resultIn({ ...gathered, facts }, request), diagnostics: [] };
  } catch (fault) {
    if (!(fault instanceof RunError)) throw fault;
    const diagnostics = fault.diagnostics.map((each): Diagnostic => ({ ...each, severity: 'warning' }));
    return { value: undefined, diagnostics };
  }
}

/** The last day of the period on which a used row is dated; absent where there is none. */
async function lastDay(
  { model, limits }: Gathered,
  period: Period,
  backend: Backend,
): Promise<Day | undefined> {
  const days = Array.from({ length: period.until - period.from }, (_, at) => period.from + at);
  const buckets = days.map((day) => bucketOf({ from: day, until: day + 1 }));
  const found: Day[] = [];
  for (const { name: event } of model.events) {
    await giveTurn(limits);
    const id = `dated ${event}`;
    const measures = [{ id, event, aggregate: 'count' as const }];
    const rows = await backend.facts({ id, event, scope: { kind: 'company' }, buckets, measures });
    for (const { bucket, values } of rows) {
      const [count] = values;
      const at = buckets.findIndex((each) => each.id === bucket);
      if (typeof count === 'object' && sign(count) > 0) found.push(days[at]!);
    }
  }
  return found.length === 0 ? undefined : Math.max(...found);
}

interface Paced {
  readonly pace?: Pace;
  readonly said?: PaceSaid;
  readonly none?: NoForecast;
}

/** The pace of a period; none where nothing has passed, and where nothing is left. */
function paceOf(
  model: Model,
  period: Period,
  { asked, last }: { readonly asked: Day | undefined; readonly last: Day | undefined },
): Paced {
  if (asked === undefined && last === undefined) return { none: 'no rows' };
  const today = Math.max(asked ?? -Infinity, last ?? -Infinity);
  const calendar = paceCalendar(model);
  const pace: Pace = { today, ...(calendar && { calendar }) };
  const { passed, all } = pacedDays(pace, period);
  const said: PaceSaid = {
    today: dayText(today),
    ...(asked !== undefined && asked < today && { asked: dayText(asked) }),
    ...(calendar && { calendar: calendar.name }),
    passed,
    all,
  };
  if (today >= period.until - 1) return { said, none: 'over' };
  return passed === 0 ? { said, none: 'not begun' } : { pace, said };
}

interface Asked {
  readonly request: StandingRequest;
  readonly period: Period;
  readonly result: Result;
}

interface Ahead extends Paced {
  readonly forecast?: Result;
}

function standing({ request, period, result }: Asked, { pace, said, none, forecast }: Ahead): Standing {
  const { formatVersion, policy, rejectsAllowed } = result;
  const { model, person, kpi: only } = request;
  const statements = result.statements.filter((each) => person === undefined || each.person === person);
  const kpis = statements.flatMap((statement) =>
    statement.roles.flatMap((role) => {
      const daysOf = { from: parseDay(role.from)!, until: parseDay(role.until)! + 1 };
      const days = pace && pacedDays(pace, daysOf);
      const ahead = days && days.passed > 0 ? sameRole(forecast, statement, role) : undefined;
      const left = days ? days.all - days.passed : 0;
      const isOpen = none === 'no rows' || none === 'not begun' || days?.passed === 0;
      return role.kpis
        .filter((each) => only === undefined || each.kpi === only)
        .flatMap((line) =>
          standingLine(model, {
            statement,
            role,
            line,
            left,
            isOpen,
            ahead: ahead?.kpis.find((each) => each.kpi === line.kpi),
          }),
        );
    }),
  );
  const count = (status: Expected) => kpis.filter(({ expected }) => expected === status).length;
  return {
    formatVersion,
    policy,
    period: period.id,
    from: dayText(period.from),
    until: dayText(period.until - 1),
    ...(said && { pace: said }),
    ...(none && { noForecast: none }),
    rejectsAllowed,
    counts: { green: count('green'), amber: count('amber'), red: count('red'), open: count('open') },
    kpis,
  };
}

function sameRole(
  forecast: Result | undefined,
  { person, period }: Statement,
  { role, from }: RoleStatement,
): RoleStatement | undefined {
  return forecast?.statements
    .find((each) => each.person === person && each.period === period)
    ?.roles.find((each) => each.role === role && each.from === from);
}

interface Line {
  readonly statement: Statement;
  readonly role: RoleStatement;
  readonly line: KpiLine;
  readonly ahead: KpiLine | undefined;
  /** Days that are left to the role. */
  readonly left: number;
  /** None of its days has passed. */
  readonly isOpen: boolean;
}

/** One line; none where nothing says how the KPI stands. */
function standingLine(
  model: Model,
  { statement, role, line, ahead, left, isOpen }: Line,
): readonly KpiStanding[] {
  const status = line.status;
  if (status === undefined) return [];
  const { kpi, title, actual, target, upTo, attainment } = line;
  const expected = isOpen ? 'open' : (ahead?.status ?? status);
  const misses = expected === 'red' || expected === 'amber';
  const missing = misses ? leftOf(model, line, left) : undefined;
  return [
    {
      person: statement.person,
      name: statement.name,
      role: role.role,
      from: role.from,
      until: role.until,
      kpi,
      ...(title !== undefined && { title }),
      actual,
      ...(target && { target }),
      ...(upTo && { upTo }),
      ...(attainment && { attainment }),
      status,
      ...(ahead && { forecast: forecastLine(ahead) }),
      expected,
      ...(missing && { left: missing }),
    },
  ];
}

function forecastLine(line: KpiLine): NonNullable<KpiStanding['forecast']> {
  const { actual, target, upTo, attainment, status } = line;
  return {
    actual,
    ...(target && { target }),
    ...(upTo && { upTo }),
    ...(attainment && { attainment }),
    ...(status && { status }),
  };
}

/** What is missing to the target, where more of a sum or count is better and the attainment is actual by target. */
function leftOf({ kpis }: Model, { kpi, actual, target, upTo }: KpiLine, days: number): KpiStanding['left'] {
  const of = kpis.find((each) => each.name === kpi);
  if (days <= 0 || !of || of.adding === 'ratio' || of.lowerIsBetter || of.attainment || upTo)
    return undefined;
  if (target?.value == null || actual.value === null) return undefined;
  const missing = subtract(exact(target.value), exact(actual.value));
  if (sign(missing) <= 0) return undefined;
  const perDay = divide(missing, whole(days))!;
  const figure = (value: string): FigureValue => ({ value, type: actual.type });
  return {
    amount: figure(exactText(missing)),
    perDay: figure(exactText(perDay)),
    days,
  };
}
