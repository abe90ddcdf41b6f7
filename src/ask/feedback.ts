// Feedback to one person about a period: against targets and earlier periods, what went well, which KPI costs most now, and
// the step that brings most for the least. Every amount is seen by running forward.

import type { Backend } from '../backend/backend.ts';
import { type Checked, RunError } from '../base/diagnostic.ts';
import {
  absolute,
  compare,
  divide,
  type Exact,
  exact,
  fraction,
  isZero,
  sign,
  subtract,
  ZERO,
} from '../base/exact.ts';
import { giveTurn } from '../base/limits.ts';
import { type Period, periodAt, shift } from '../base/period.ts';
import { afresh, type CellPlace, type Run } from '../evaluate/cell.ts';
import { figureIn } from '../evaluate/formula.ts';
import { figureValue, kpiLine } from '../evaluate/lines.ts';
import { sameIn, stayPlace } from '../evaluate/places.ts';
import { payOf, statementOf } from '../evaluate/statements.ts';
import { ABOVE } from '../library/table-decisions.ts';
import { windowDays } from '../library/window.ts';
import type {
  BestStep,
  Earlier,
  EarlierKpi,
  EarlierPay,
  Feedback,
  KpiFeedback,
  Praise,
  WeakSpot,
} from '../model/feedback.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { Statement } from '../model/result.ts';
import type { NextOf, NextStep } from '../model/seek.ts';
import { completeOf, runPlans } from '../query/carried.ts';
import { completeFrom } from '../query/named.ts';
import { failed } from './evaluate-expression.ts';
import { type Movable, movables } from './movables.ts';
import { nextOf } from './next-steps.ts';
import {
  type Opened,
  openedFor,
  openPeriod,
  openProbing,
  type ProbeRequest,
  type Probing,
  probing,
} from './probing.ts';
import { runOf } from './questions.ts';

/** Whose period feedback is about. */
export type FeedbackRequest = Omit<ProbeRequest, 'what'>;

/**
 * What to tell a person about a period. The backend is one that nothing has been read with, and stays open. The value is
 * absent where there are errors: those of a run, and M3060 and M3062 for who and when.
 */
export async function feedback(
  request: FeedbackRequest,
  backend: Backend,
): Promise<Checked<Feedback | undefined>> {
  try {
    const { value: opened, diagnostics } = await openProbing(request, backend);
    if (!opened) return failed(diagnostics);
    const { value: found, diagnostics: unasked } = await probing(opened);
    if (!found) return failed([...diagnostics, ...unasked]);
    const value = await told(request, opened, found);
    return { value, diagnostics: [...diagnostics, ...unasked] };
  } catch (fault) {
    if (fault instanceof RunError) return failed(fault.diagnostics);
    throw fault;
  }
}

/**
 * The same for many people over one reading of the data, by their ids; who has no role in the period, and whose feedback a
 * run with other results stops, is left out.
 */
export async function feedbackOfEach(
  request: Omit<FeedbackRequest, 'person'>,
  people: readonly string[],
  backend: Backend,
): Promise<Checked<ReadonlyMap<string, Feedback> | undefined>> {
  const { value: read, diagnostics } = await openPeriod(request, backend);
  if (!read) return failed(diagnostics);
  const found = new Map<string, Feedback>();
  for (const person of people) {
    await giveTurn(request.limits);
    const opened = openedFor(read, person);
    if (!opened) continue;
    const { value: probed } = await probing(opened);
    if (!probed) continue;
    try {
      found.set(person, await told({ ...request, person }, opened, probed));
    } catch (fault) {
      if (!(fault instanceof RunError)) throw fault;
    }
  }
  return { value: found, diagnostics };
}

async function told(
  { allowRejects = false }: FeedbackRequest,
  opened: Opened,
  found: Probing,
): Promise<Feedback> {
  const { run, stay, period } = found;
  const { name, title, currency } = run.model;
  const place = stayPlace(run, stay, period);
  const all = movables(run, place);
  const past = await pastOf(opened, run);
  const statement = statementIn(run, stay.person, period)!;
  const kpis = all.map((each) => kpiFeedback(run, each, { place, past }));
  const of = new Map(all.map((each, index) => [each, kpis[index]!]));
  const next = all.map((each) => nextOf(found, each, all));
  const weak = weakSpot(kpis, next);
  const step = bestStep(next, of);
  return {
    formatVersion: 1,
    policy: { name, ...(title === undefined ? {} : { title }), currency },
    person: stay.person,
    name: statement.name,
    role: stay.role,
    period: period.id,
    pay: money(currency, statement.pay),
    earlier: past.flatMap((each) => earlierPay(each, statement, currency)),
    kpis,
    well: [...praises(kpis), ...awardsOf(statement)],
    ...(weak ? { weak } : {}),
    ...(step ? { step } : {}),
    rejectsAllowed: allowRejects,
  };
}

function money(currency: string, value: string): FigureValue {
  return { value, type: { kind: 'money', currency } };
}

function statementIn(run: Run, person: string, period: Period): Statement | undefined {
  const fresh = afresh(run);
  const [pay] = payOf(fresh, person, [period]);
  return pay && statementOf(fresh, pay);
}

// ---- earlier periods -------------------------------------------------------------------------------------------------

interface Past {
  readonly which: Earlier;
  readonly period: Period;
  /** Over the data of that period. */
  readonly run: Run;
  /** Absent where the policy doesn't hold then, or the person has no statement. */
  readonly statement: Statement | undefined;
  readonly place: CellPlace | undefined;
}

async function pastOf({ asking, period, stay }: Opened, { model }: Run): Promise<readonly Past[]> {
  const lastYear = periodAt(model.grain, windowDays({ kind: 'last year' }, period, undefined).from);
  const previous = shift(period, -1);
  const periods: readonly (readonly [Earlier, Period])[] = [
    ['previous', previous],
    ...(lastYear.id === previous.id ? [] : [['last year', lastYear] as const]),
  ];
  const going = { people: asking.reference.people, opening: asking.opening };
  const found: Past[] = [];
  for (const [which, earlier] of periods) {
    const run = await runOf(asking, model, runPlans(model, going, [earlier]));
    // what bonuses read must be known, and the policy hold, for pay to be compared
    const begins = Math.max(model.effective.from ?? earlier.from, completeOf(model) ?? earlier.from);
    const holds = begins <= earlier.from;
    const statement = holds ? ifThere(() => statementIn(run, stay.person, earlier)) : undefined;
    const viewer = sameIn(run, { kind: 'stay', stay, role: run.roles.get(stay.role)! }, earlier);
    const place = viewer?.kind === 'stay' ? stayPlace(run, viewer.stay, earlier) : undefined;
    found.push({ which, period: earlier, run, statement, place });
  }
  return found;
}

/** What stops a run of an earlier period isn't about this one. */
function ifThere<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (fault) {
    if (fault instanceof RunError) return undefined;
    throw fault;
  }
}

function earlierPay(
  { which, period, statement }: Past,
  now: Statement,
  currency: string,
): readonly EarlierPay[] {
  if (!statement) return [];
  const more = figureValue(subtract(exact(now.pay), exact(statement.pay)), { kind: 'money', currency });
  return [{ which, period: period.id, pay: money(currency, statement.pay), more }];
}

// ---- KPIs ------------------------------------------------------------------------------------------------------------

function kpiFeedback(
  run: Run,
  of: Movable,
  { place, past }: { readonly place: CellPlace; readonly past: readonly Past[] },
): KpiFeedback {
  const line = kpiLine(run, of.figure, place);
  return {
    kpi: of.kpi.name,
    ...(of.kpi.title === undefined ? {} : { title: of.kpi.title }),
    lowerIsBetter: of.kpi.lowerIsBetter,
    now: line.actual,
    ...(line.target ? { target: line.target } : {}),
    ...(line.attainment ? { attainment: line.attainment } : {}),
    ...(line.status ? { status: line.status } : {}),
    earlier: past.flatMap((each) => earlierKpi(of, each)),
  };
}

function earlierKpi(of: Movable, { which, period, run, place }: Past): readonly EarlierKpi[] {
  if (!place || !of.now) return [];
  const { role } = place.viewer as CellPlace['viewer'] & { readonly kind: 'stay' };
  const complete = completeFrom(run.model, of.figure.value, role);
  const isWhole = complete === undefined || complete <= period.from;
  const value = isWhole ? ifThere(() => figureIn(run, of.figure, place) as Exact | undefined) : undefined;
  if (!value) return [];
  const more = subtract(of.now, value);
  const isMore = sign(more) > 0;
  const is = isZero(more) ? 'the same' : isMore === of.kpi.lowerIsBetter ? 'worse' : 'better';
  return [
    { which, period: period.id, value: figureValue(value, of.type), more: figureValue(more, of.type), is },
  ];
}

function praises(kpis: readonly KpiFeedback[]): readonly Praise[] {
  return kpis.flatMap((kpi): readonly Praise[] => {
    const isReached =
      kpi.attainment === 'top' ||
      (kpi.attainment?.value && compare(exact(kpi.attainment.value), exact('1')) >= 0);
    if (isReached) return [{ kind: 'target reached', kpi }];
    const on = kpi.earlier.find((each) => each.is === 'better' && isNotable(each));
    return on ? [{ kind: 'improved', kpi, on }] : [];
  });
}

/** A change of a tenth, or from nothing. */
function isNotable({ value, more }: EarlierKpi): boolean {
  const share = divide(absolute(exact(more.value!)), absolute(exact(value.value!)));
  return !share || compare(share, fraction(1, 10)) >= 0;
}

function awardsOf({ awards = [] }: Statement): readonly Praise[] {
  return awards.filter((each) => each.won).map((each) => ({ kind: 'award', name: each.title ?? each.award }));
}

// ---- what to do ------------------------------------------------------------------------------------------------------

/** The KPI that would bring most at its target; of those that would bring nothing, none costs anything. */
function weakSpot(kpis: readonly KpiFeedback[], next: readonly NextOf[]): WeakSpot | undefined {
  const found = next.flatMap((each, index): readonly WeakSpot[] => {
    const target = each.steps.find(({ kind }) => kind === 'target');
    if (!target) return [];
    const { missing, practical, gain } = target;
    return [{ kpi: kpis[index]!, at: { missing, practical, gain } }];
  });
  return found.reduce<WeakSpot | undefined>(
    (most, each) => (most && compare(gainOf(most.at), gainOf(each.at)) >= 0 ? most : each),
    undefined,
  );
}

function gainOf({ gain }: Pick<NextStep, 'gain'>): Exact {
  return gain.value === null ? ZERO : exact(gain.value);
}

interface Candidate {
  readonly step: BestStep;
  readonly effort: Exact;
}

/** So much of a target can be made up for in a period to come. */
const NEAR_BY = fraction(1, 2);

/**
 * The step that brings most for its effort, which is its share of the target, or of what there is now; of those that are
 * near by, if any is, else the nearest.
 */
function bestStep(next: readonly NextOf[], kpis: ReadonlyMap<Movable, KpiFeedback>): BestStep | undefined {
  const found = [...kpis].flatMap(([of, kpi], index): readonly Candidate[] => {
    const { steps, worth } = next[index]!;
    const base = [of.target, of.now].find((value) => value !== undefined && sign(value) > 0) ?? of.unit;
    return steps
      .filter((to) => !isEnd(to) && sign(gainOf(to)) > 0)
      .map((to) => ({
        step: { kpi, to, ...(worth ? { worth } : {}) },
        effort: divide(exact(to.missing.value!), base)!,
      }));
  });
  const near = found.filter(({ effort }) => compare(effort, NEAR_BY) <= 0);
  const rate = ({ step, effort }: Candidate): Exact => divide(gainOf(step.to), effort) ?? ZERO;
  const [best] =
    near.length > 0
      ? near.toSorted((a, b) => compare(rate(b), rate(a)))
      : found.toSorted((a, b) => compare(a.effort, b.effort));
  return best?.step;
}

/** Where nothing more is to be had past it. */
function isEnd({ kind, way }: NextStep): boolean {
  return kind === 'cap' || (kind === 'curve' && way === ABOVE);
}
