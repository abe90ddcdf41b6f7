// `explain`: why an amount of a person is what it is. One cell, or one statement, of an ordinary run with somebody looking
// on; then the rows behind its measures are asked of the backend, and the same is told again with them.

import type { Backend } from '../backend/backend.ts';
import { type Day, dayText } from '../base/date.ts';
import { type Checked, type Diagnostic, hasErrors, RunError } from '../base/diagnostic.ts';
import type { Limits } from '../base/limits.ts';
import { runOver } from '../engine.ts';
import { figureIn } from '../evaluate/formula.ts';
import type { PersonPay } from '../evaluate/person-pay.ts';
import { payOf, statementOf } from '../evaluate/statements.ts';
import { type Gathered, gather, type RunRequest } from '../gather.ts';
import type { SourceSpec } from '../model/dataset.ts';
import type { Explanation, Step } from '../model/explanation.ts';
import type { Model } from '../model/policy.ts';
import { failed } from './evaluate-expression.ts';
import { type Explaining, onceNamed, roleIn, shownValue } from './explaining.ts';
import { type AskedCell, cellsOf, openAsking } from './questions.ts';
import { createRowsAsked, type RowsAsked } from './rows-asked.ts';
import { insideOf } from './steps.ts';
import { awardStep, lineStep, type PaidLine, payStep } from './steps-pay.ts';
import { createTracing } from './trace.ts';
import { wouldPay } from './what-if.ts';
import { noRole, onePeriod } from './whose.ts';

/** What is to be explained. */
export interface ExplainRequest {
  readonly model: Model;
  readonly sources: readonly SourceSpec[];
  readonly person: string;
  /** One period of the policy. */
  readonly period: string;
  /** `pay` (unless said), the name of a bonus, award or level, or any expression: `score`, `target(revenue)`. */
  readonly what?: string;
  /** Most rows, people and the like that a step lists; the others are summed up. */
  readonly most?: number;
  /** Go on without the rejected rows instead of stopping. */
  readonly allowRejects?: boolean;
  /** As of which day: rows that became known after it are left out. */
  readonly asKnownOn?: Day;
  /** What goes on from earlier versions, and what it may take; see `RunRequest`. */
  readonly opening?: RunRequest['opening'];
  readonly limits?: Limits;
}

/** How many rows a step lists, unless said. */
export const MOST_LISTED = 20;

/** The name by which all of a person's pay is asked for. */
export const PAY = 'pay';

/**
 * Explains an amount of a person in a period. The backend is one that nothing has been read with, and stays open. The
 * value is absent where there are errors: those of a run, and M3060, M3062 and M3065 for what isn't there to explain.
 */
export async function explain(
  request: ExplainRequest,
  backend: Backend,
): Promise<Checked<Explanation | undefined>> {
  const { model, what = PAY } = request;
  try {
    const isLine = what === PAY || isBonus(model, what) || isAward(model, what);
    return isLine ? await explainPay(request, backend) : await explainExpression(request, backend);
  } catch (fault) {
    if (fault instanceof RunError) return failed(fault.diagnostics);
    throw fault;
  }
}

function isBonus({ roles }: Model, name: string): boolean {
  return roles.some(({ bonuses }) => bonuses.some((each) => each.name === name));
}

function isAward({ awards }: Model, name: string): boolean {
  return awards.some((each) => each.name === name);
}

/** Tells the same until no step asks for rows that aren't there. */
async function toldWithRows(
  explaining: Omit<Explaining, 'said' | 'rowsOf'>,
  backend: Backend,
  tell: (explaining: Explaining) => readonly Step[],
): Promise<readonly Step[]> {
  const rows: RowsAsked = createRowsAsked(explaining.most);
  for (;;) {
    const { run } = explaining;
    const told = tell({ ...explaining, said: new Map(), rowsOf: (node, place) => rows.of(run, node, place) });
    if (!(await rows.ask(backend))) return told;
  }
}

function head(
  { model, person, period, what = PAY, allowRejects = false, asKnownOn }: Omit<ExplainRequest, 'sources'>,
  name: string,
) {
  const { title, currency } = model;
  return {
    formatVersion: 1 as const,
    policy: { name: model.name, ...(title === undefined ? {} : { title }), currency },
    person: person.normalize('NFC'),
    name,
    period,
    asked: what,
    ...(asKnownOn === undefined ? {} : { asKnownOn: dayText(asKnownOn) }),
    rejectsAllowed: allowRejects,
  };
}

// ---- pay and its lines ---------------------------------------------------------------------------------------------

async function explainPay(
  request: ExplainRequest,
  backend: Backend,
): Promise<Checked<Explanation | undefined>> {
  const { model, sources, allowRejects = false, asKnownOn, opening, limits } = request;
  const { value: period, diagnostics: misdated } = onePeriod(model, request.period);
  if (!period) return failed(misdated);
  const asked: RunRequest = {
    model,
    sources,
    period: request.period,
    allowRejects,
    opening,
    ...(asKnownOn === undefined ? {} : { asKnownOn }),
    ...(limits && { limits }),
  };
  const { value: gathered, diagnostics } = await gather(asked, backend);
  if (!gathered) return failed(diagnostics);
  const told = await explainGathered(request, { gathered, backend });
  return { ...told, diagnostics: [...diagnostics, ...told.diagnostics] };
}

/** Explains pay, or a line of it, over data that has been read; the backend is the one that has read it. */
export async function explainGathered(
  request: Omit<ExplainRequest, 'sources'>,
  { gathered, backend }: { readonly gathered: Gathered; readonly backend: Backend },
): Promise<Checked<Explanation | undefined>> {
  const { model, what = PAY, most = MOST_LISTED } = request;
  const { value: period, diagnostics } = onePeriod(model, request.period);
  if (!period) return failed(diagnostics);
  const person = request.person.normalize('NFC');
  const tracing = createTracing();
  const run = runOver(gathered, { watch: tracing.watch });
  const [pay] = payOf(run, person, [period]);
  if (!pay) return failed([noRole(run.people, person, period)]);
  const missing = what === PAY ? undefined : whyNoLine(gathered, pay, what);
  if (missing) return failed([missing]);
  const explaining = { run, tracing, about: { person, period: period.id }, most };
  const answers = await toldWithRows(explaining, backend, (each) => linesOf(each, gathered, { pay, what }));
  const { name } = statementOf(run, pay);
  return { value: { ...head({ ...request, period: period.id }, name), answers }, diagnostics };
}

function linesOf(
  explaining: Explaining,
  gathered: Gathered,
  { pay, what }: { readonly pay: PersonPay; readonly what: string },
): readonly Step[] {
  const would = (line: PaidLine) => wouldPay(explaining, gathered, line);
  if (what === PAY) return [payStep(explaining, pay, would)];
  const award = explaining.run.model.awards.find((each) => each.name === what);
  if (award) return [awardStep(explaining, award, pay)];
  return allLines(pay)
    .filter(({ amount }) => amount.kind === 'bonus' && amount.name === what)
    .map((line) => lineStep(explaining, line, would));
}

function allLines(pay: PersonPay): readonly PaidLine[] {
  return pay.roles.flatMap(({ stay, amounts }) => amounts.map((amount) => ({ amount, stay, pay })));
}

/** Why a bonus or award of that name isn't there for the person in the period. */
function whyNoLine({ model }: Gathered, pay: PersonPay, what: string): Diagnostic | undefined {
  const { person, period, stays } = pay;
  const award = model.awards.find((each) => each.name === what);
  const roles = new Map(model.roles.map((each) => [each.name, each]));
  const isThere = award
    ? stays.some((each) => award.to.roles.includes(each.role))
    : allLines(pay).some(({ amount }) => amount.kind === 'bonus' && amount.name === what);
  if (isThere) return undefined;
  const bonus = stays.flatMap(({ role }) => roles.get(role)!.bonuses).find((each) => each.name === what);
  const names = [...new Set(stays.map(({ role }) => `\`${role}\``))].join(' or ');
  return {
    code: 'M3065',
    severity: 'error',
    message: `\`${what}\` isn't among what ${person} is paid in ${period.id}`,
    help: bonus
      ? `it is worked out per ${bonus.grain}, and earned in the period in which that ends`
      : names === ''
        ? 'who has left has no role that it could be for'
        : `it isn't for the role ${names}`,
  };
}

// ---- expressions ---------------------------------------------------------------------------------------------------

async function explainExpression(
  request: ExplainRequest,
  backend: Backend,
): Promise<Checked<Explanation | undefined>> {
  const { person, period, what = PAY, most = MOST_LISTED } = request;
  const { value: asking, diagnostics } = await openAsking(request, backend);
  if (!asking) return failed(diagnostics);
  const tracing = createTracing();
  const found = await cellsOf(asking, what, { person, period }, tracing.watch);
  const all = [...diagnostics, ...found.diagnostics];
  const [first] = found.value ?? [];
  if (!found.value || !first || hasErrors(found.diagnostics)) return failed(all);
  const about = { person: first.stay.person, period: first.place.period.id };
  const answers: Step[] = [];
  for (const cell of found.value) {
    const { run } = cell;
    const several = found.value.length > 1;
    answers.push(
      ...(await toldWithRows({ run, tracing, about, most }, backend, (each) => [
        expressionStep(each, cell, { text: what, several }),
      ])),
    );
  }
  const name = first.place.held.at(-1)!.row.name;
  return { value: { ...head({ ...request, period: about.period }, name), answers }, diagnostics: all };
}

/** What was asked for: where it is a name, the step of what it names. */
function expressionStep(
  explaining: Explaining,
  { run, figure, place, stay }: AskedCell,
  { text, several }: { readonly text: string; readonly several: boolean },
): Step {
  const trace = explaining.tracing.of(run, figure.value, place);
  // what stops it says why
  if (!trace) throw new RunError(faultOf(() => figureIn(run, figure, place)));
  const inside = insideOf(explaining, trace);
  const [only] = inside.parts;
  const told = several ? { whose: roleIn(stay.role, place) } : {};
  if (inside.how.kind === 'same' && only) return { ...only, ...told };
  return onceNamed(
    explaining,
    { kind: 'expression', name: text, text, value: shownValue(trace.value, figure.type), place },
    () => ({ ...inside, ...told }),
  );
}

function faultOf(work: () => unknown): readonly Diagnostic[] {
  try {
    work();
  } catch (fault) {
    if (fault instanceof RunError) return fault.diagnostics;
    throw fault;
  }
  return [];
}
