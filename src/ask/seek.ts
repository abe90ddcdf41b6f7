// `seek`: which result gives an amount, what comes next and what it is worth, and the way to an amount. Every answer is
// seen to hold by running forward.

import type { Backend } from '../backend/backend.ts';
import { type Checked, type Diagnostic, hasErrors, RunError } from '../base/diagnostic.ts';
import { type Exact, exact } from '../base/exact.ts';
import { giveTurn } from '../base/limits.ts';
import { suggestion } from '../base/suggest.ts';
import { figureValue } from '../evaluate/lines.ts';
import { stayPlace } from '../evaluate/places.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { Model } from '../model/policy.ts';
import type { SeekAnswer } from '../model/seek.ts';
import { along, amountType, type Companion } from './along.ts';
import { evaluateExpression, failed } from './evaluate-expression.ts';
import { type Movable, movable, movables } from './movables.ts';
import { nextOf } from './next-steps.ts';
import { pathTo } from './paths.ts';
import { notANumber, openProbing, type ProbeRequest, type Probing, probing } from './probing.ts';
import { reachedBy } from './reached.ts';

/** What is sought. */
export interface SeekRequest extends ProbeRequest {
  /** The amount to be reached, as the language writes it: `100_000 RUB`, `100_000`, `80%`. Absent: what comes next is told. */
  readonly reach?: string;
  /** The KPI that is moved; absent: each that the role's pay goes by, and the way over several. */
  readonly by?: string;
  /** KPIs that go with it, and how much of each comes with one of it: `{ revenue: '250_000 RUB' }`. */
  readonly with?: Readonly<Record<string, string>>;
  /** How much more effort a KPI takes than others, by its name: `{ revenue: '2' }`. */
  readonly weights?: Readonly<Record<string, string>>;
}

/**
 * Seeks an amount of a person in a period. The backend is one that nothing has been read with, and stays open. The value
 * is absent where there are errors: those of a run, M3060 and M3062 for who and when, M3067 for a KPI that can't be moved,
 * M3068 for what is
 * no number, M3069 for an amount of another kind.
 */
export async function seek(request: SeekRequest, backend: Backend): Promise<Checked<SeekAnswer | undefined>> {
  try {
    const { value: opened, diagnostics } = await openProbing(request, backend);
    if (!opened) return failed(diagnostics);
    const { value: found, diagnostics: unasked } = await probing(opened, request.what);
    if (!found) return failed([...diagnostics, ...unasked]);
    const answer = await sought(request, found);
    return { ...answer, diagnostics: [...diagnostics, ...unasked, ...answer.diagnostics] };
  } catch (fault) {
    if (fault instanceof RunError) return failed(fault.diagnostics);
    throw fault;
  }
}

async function sought(request: SeekRequest, found: Probing): Promise<Checked<SeekAnswer | undefined>> {
  const { run, stay, period } = found;
  const place = stayPlace(run, stay, period);
  const all = movables(run, place);
  const named = (name: string): Movable | Diagnostic =>
    movable(run, name, place) ?? notMovable(run.model, name);
  const by = request.by === undefined ? undefined : named(request.by);
  if (by && 'code' in by) return failed([by]);
  const companions: Companion[] = [];
  for (const [name, text] of Object.entries(request.with ?? {})) {
    const of = named(name);
    if ('code' in of) return failed([of]);
    const amount = amountOf(run.model, text, of.type);
    if (!amount.value) return failed(amount.diagnostics);
    companions.push({ of, by: amount.value });
  }
  const chosen = by ? [by] : all;
  const head = headOf(request, found);
  if (request.reach === undefined) {
    const next = [];
    for (const each of chosen) {
      await giveTurn(run.limits);
      next.push(nextOf(found, each, all));
    }
    return { value: { ...head, next }, diagnostics: [] };
  }
  const { value: level, diagnostics } = amountOf(run.model, request.reach, amountType(found));
  if (!level) return failed(diagnostics);
  const weights = new Map<string, Exact>();
  for (const [name, text] of Object.entries(request.weights ?? {})) {
    const weight = amountOf(run.model, text, { kind: 'number' });
    if (!weight.value) return failed(weight.diagnostics);
    weights.set(name, weight.value);
  }
  await giveTurn(run.limits);
  const path = by ? undefined : pathTo({ probing: found, all, level, weights });
  const reached = [];
  for (const of of chosen) {
    await giveTurn(run.limits);
    reached.push(reachedBy(run, along(found, of, { companions }), level));
  }
  const value: SeekAnswer = {
    ...head,
    reach: {
      atLeast: figureValue(level, amountType(found)),
      by: reached,
      ...(path ? { path } : {}),
    },
  };
  return { value, diagnostics: [] };
}

function headOf({ allowRejects = false }: SeekRequest, found: Probing): SeekAnswer {
  const { run, stay, period, what } = found;
  const { name, title, currency } = run.model;
  return {
    formatVersion: 1,
    policy: { name, ...(title === undefined ? {} : { title }), currency },
    person: stay.person,
    name: stayPlace(run, stay, period).held.at(-1)!.row.name,
    role: stay.role,
    period: period.id,
    asked: what,
    now: figureValue(found.amount([]), amountType(found)),
    rejectsAllowed: allowRejects,
  };
}

/** Of a KPI that isn't there, or isn't a number. */
export function notMovable({ kpis }: Model, name: string): Diagnostic {
  const known = kpis.map((each) => each.name);
  if (known.includes(name)) return notANumber(name);
  const help = suggestion(name, known);
  return {
    code: 'M3067',
    severity: 'error',
    message: `there is no KPI \`${name}\``,
    ...(help === undefined ? {} : { help }),
  };
}

/** An amount as the language writes it; a bare number is of the type that is meant. */
function amountOf(model: Model, text: string, type: FigureValue['type']): Checked<Exact | undefined> {
  const { value, diagnostics } = evaluateExpression(text, model);
  if (!value || hasErrors(diagnostics)) return failed(diagnostics);
  const isMeant =
    value !== 'top' &&
    value.value !== null &&
    (value.type.kind === 'number' || JSON.stringify(value.type) === JSON.stringify(type));
  if (isMeant) return { value: exact(value.value!), diagnostics };
  return failed([
    {
      code: 'M3069',
      severity: 'error',
      message: `\`${text}\` isn't ${KINDS[type.kind] ?? 'a number'}`,
      help: HELP[type.kind] ?? 'write it like `12`',
    },
  ]);
}

const KINDS: Readonly<Record<string, string>> = {
  money: 'money in the currency that is meant',
  percent: 'a percent',
  duration: 'a length of time',
};

const HELP: Readonly<Record<string, string>> = {
  money: 'write it like `100_000`, with or without the currency',
  percent: 'write it like `80%`',
  duration: 'write it like `4 hours`',
};
