// One person's period, worked out again and again with other results: the ordinary evaluation, over facts to which a row
// is added or with a KPI set, watched for what it decides.

import type { Backend } from '../backend/backend.ts';
import { type Checked, hasErrors, RunError } from '../base/diagnostic.ts';
import { add, type Exact, ONE, subtract, ZERO } from '../base/exact.ts';
import type { Limits } from '../base/limits.ts';
import type { Period } from '../base/period.ts';
import { payableOf } from '../evaluate/amounts.ts';
import { outcomesOf } from '../evaluate/awards.ts';
import { afresh, type CellPlace, isTop, type Run } from '../evaluate/cell.ts';
import { figureIn } from '../evaluate/formula.ts';
import type { PersonPay } from '../evaluate/person-pay.ts';
import { stayPlace } from '../evaluate/places.ts';
import { payOf } from '../evaluate/statements.ts';
import type { Watcher } from '../evaluate/watch.ts';
import type { RunRequest } from '../gather.ts';
import { isNumeric } from '../library/types.ts';
import type { SourceSpec } from '../model/dataset.ts';
import type { DecidedFor, Decision } from '../model/decision.ts';
import type { Expression } from '../model/expression.ts';
import type { Stay } from '../model/people.ts';
import type { Figure, Model } from '../model/policy.ts';
import type { Cell, ValueType } from '../model/value.ts';
import { runPlans } from '../query/carried.ts';
import { movedFacts } from '../query/moved-facts.ts';
import { compileExpression, readExpression } from './compile-expression.ts';
import { failed } from './evaluate-expression.ts';
import { PAY } from './explain.ts';
import type { Movable } from './movables.ts';
import type { Look, Looked } from './pieces.ts';
import { type Asking, openAsking, runOf } from './questions.ts';
import { noRole, onePeriod, staysIn } from './whose.ts';

/** Whose period is asked about, and which amount of it. */
export interface ProbeRequest {
  readonly model: Model;
  readonly sources: readonly SourceSpec[];
  readonly person: string;
  /** One period of the policy. */
  readonly period: string;
  /** `pay` (unless said), the name of a bonus, or any expression with a number: `score`, `attainment(revenue)`. */
  readonly what?: string;
  /** Go on without the rejected rows instead of stopping. */
  readonly allowRejects?: boolean;
  /** What it may take; see `RunRequest`. */
  readonly limits?: Limits;
  /** What goes on from earlier versions; see `RunRequest`. */
  readonly opening?: RunRequest['opening'];
}

/** What is asked for. */
type Asked =
  | { readonly kind: 'pay' }
  | { readonly kind: 'bonus'; readonly name: string }
  | { readonly kind: 'expression'; readonly figure: Figure };

/** New values of KPIs. */
export type Moves = readonly { readonly of: Movable; readonly to: Exact }[];

/** A person's period that is open to be worked out with other results. */
export interface Probing {
  /** As the data says, rounded as ever. */
  readonly run: Run;
  readonly stay: Stay;
  readonly period: Period;
  readonly what: string;
  readonly type: ValueType;
  /** The amount before rounding with what decided it. */
  look(moves: Moves): Look;
  /** The amount as it is paid or shown; missing where it stops the run. */
  amount(moves: Moves): Exact | undefined;
  /** A run with the moves, rounded as ever, of which nothing is worked out yet. */
  moved(moves: Moves): Run;
}

/** Data that is open for all that is asked about one person. */
export interface Opened {
  readonly asking: Asking;
  readonly period: Period;
  /** The last of those held in the period. */
  readonly stay: Stay;
}

/** Reads the data; the value is absent where a run would stop, and where there is no such person or period. */
export async function openProbing(
  { person, ...request }: ProbeRequest,
  backend: Backend,
): Promise<Checked<Opened | undefined>> {
  const { value: read, diagnostics } = await openPeriod(request, backend);
  if (!read) return failed(diagnostics);
  const value = openedFor(read, person);
  return value
    ? { value, diagnostics }
    : failed([...diagnostics, noRole(read.asking.reference.people, person, read.period)]);
}

/** Reads the data for whoever is asked about in a period. */
export async function openPeriod(
  request: Omit<ProbeRequest, 'person' | 'what'>,
  backend: Backend,
): Promise<Checked<Omit<Opened, 'stay'> | undefined>> {
  const { model, sources, period: text, allowRejects = false, opening, limits } = request;
  const { value: period, diagnostics: misdated } = onePeriod(model, text);
  if (!period) return failed(misdated);
  const { value: asking, diagnostics } = await openAsking(
    { model, sources, allowRejects, opening, ...(limits && { limits }) },
    backend,
  );
  return asking ? { value: { asking, period }, diagnostics } : failed(diagnostics);
}

/** The person's last role in the period; absent where there is none. */
export function openedFor({ asking, period }: Omit<Opened, 'stay'>, person: string): Opened | undefined {
  const stay = staysIn(asking.reference.people, person, period)
    .toSorted((a, b) => a.until - b.until || a.index - b.index)
    .at(-1);
  return stay && { asking, period, stay };
}

/** Begins to work an amount of the person out. The value is absent where what is asked for is none of a person's amounts. */
export async function probing(
  { asking, period, stay }: Opened,
  what: string = PAY,
): Promise<Checked<Probing | undefined>> {
  const { value: asked, diagnostics } = askedOf(asking, what, stay);
  if (!asked) return failed(diagnostics);
  const { model, of } = asked;
  const going = { people: asking.reference.people, opening: asking.opening };
  const run = await runOf(asking, model, runPlans(model, going, [period]));
  const type = typeOf(model, of);
  if (!isNumeric(type) && type.kind !== 'truth') return failed([notANumber(what)]);
  const value = (moved: Run): Cell => askedIn(moved, of, { stay, period });
  const movedRun = (moves: Moves, over: Partial<Run> = {}): Run => moving(run, { stay, period, moves }, over);
  const found: Probing = {
    run,
    stay,
    period,
    what,
    type,
    look: (moves) => {
      const decided: Looked[] = [];
      const watch = decisionsOf(stay, decided);
      const moved = movedRun(moves, { unrounded: true, watch });
      return { value: orMissing(() => seen(moved)), decided };
    },
    amount: (moves) => orMissing(() => numberOf(value(movedRun(moves)))),
    moved: movedRun,
  };
  return { value: found, diagnostics };

  /** What is won is worked out too, money or not, so that it is among the decisions. */
  function seen(moved: Run): Exact | undefined {
    const amount = numberOf(value(moved));
    const awards = of.kind === 'pay' ? model.awards.filter(({ to }) => to.roles.includes(stay.role)) : [];
    for (const each of awards) outcomesOf(moved, each, period);
    return amount;
  }
}

function askedOf(
  { policy, reference: { model } }: Asking,
  what: string,
  stay: Stay,
): Checked<{ readonly model: Model; readonly of: Asked } | undefined> {
  if (what === PAY) return { value: { model, of: { kind: 'pay' } }, diagnostics: [] };
  const role = model.roles.find((each) => each.name === stay.role)!;
  if (role.bonuses.some((each) => each.name === what))
    return { value: { model, of: { kind: 'bonus', name: what } }, diagnostics: [] };
  const read = readExpression(what);
  if (hasErrors(read.diagnostics)) return failed(read.diagnostics);
  const { value, diagnostics } = compileExpression(policy, { text: what, tree: read.value }, stay.role);
  if (!value || hasErrors(diagnostics)) return failed(diagnostics);
  const of: Asked = { kind: 'expression', figure: value.figure };
  return { value: { model: value.model, of }, diagnostics };
}

/** Of what is asked for or moved. */
export function notANumber(what: string) {
  return {
    code: 'M3068',
    severity: 'error' as const,
    message: `\`${what}\` isn't a number, so no amount of it can be reached`,
    help: 'ask for `pay`, a bonus, a KPI, `score`, or a condition',
  };
}

function typeOf({ currency }: Model, of: Asked): ValueType {
  return of.kind === 'expression' ? of.figure.type : { kind: 'money', currency };
}

interface Where {
  readonly stay: Stay;
  readonly period: Period;
}

function askedIn(run: Run, of: Asked, { stay, period }: Where): Cell {
  if (of.kind === 'expression') return figureIn(run, of.figure, stayPlace(run, stay, period));
  const [pay] = payOf(run, stay.person, [period]);
  if (!pay) return undefined;
  if (of.kind === 'pay') return payableOf(amountsOf(pay));
  return amountsOf(pay)
    .filter((each) => each.kind === 'bonus' && each.name === of.name)
    .reduce((sum, each) => add(sum, each.earned), ZERO);
}

function amountsOf({ roles, own }: PersonPay) {
  return [...roles.flatMap((each) => each.amounts), ...own];
}

/** A condition is 1 where it holds, else 0; what has no end is no number. */
function numberOf(cell: Cell): Exact | undefined {
  if (typeof cell === 'boolean') return cell ? ONE : ZERO;
  return typeof cell === 'object' && !isTop(cell) ? cell : undefined;
}

function orMissing(work: () => Exact | undefined): Exact | undefined {
  try {
    return work();
  } catch (fault) {
    if (fault instanceof RunError) return undefined;
    throw fault;
  }
}

// ---- moving and watching -------------------------------------------------------------------------------------------

/** The run with other results of the person: rows are added on the last day held, other KPIs are set in the cell. */
function moving(
  run: Run,
  { stay, period, moves }: Where & { readonly moves: Moves },
  over: Partial<Run>,
): Run {
  const by = new Map<string, Exact>();
  const set = new Map<Expression, Exact>();
  for (const { of, to } of moves) {
    if (of.how.kind === 'set') set.set(of.how.formula, to);
    else {
      const { measure, factor } = of.how;
      by.set(measure, add(by.get(measure) ?? ZERO, factor(subtract(to, of.now ?? ZERO))));
    }
  }
  const day = Math.min(stay.until, period.until) - 1;
  const facts = by.size > 0 ? movedFacts(run, { stay, day, by }) : run.facts;
  const watch = set.size > 0 ? settingTo(set, { stay, period }, over.watch) : over.watch;
  return afresh(run, { ...over, facts, ...(watch && { watch }) });
}

/** Gives formulas of the cell the values that they are set to. */
function settingTo(set: ReadonlyMap<Expression, Exact>, where: Where, inner: Watcher = {}): Watcher {
  return {
    ...inner,
    formula: (node, place, work) => {
      const to = set.get(node);
      if (to && isCell(place, where)) return to;
      return inner.formula ? inner.formula(node, place, work) : work();
    },
  };
}

function isCell({ viewer, period, row }: CellPlace, where: Where): boolean {
  return (
    !row &&
    viewer.kind === 'stay' &&
    viewer.stay.index === where.stay.index &&
    period.id === where.period.id &&
    period.grain === where.period.grain
  );
}

/** Hears of the decisions about the person, and of what a formula holds to be equal, which has bounds too. */
function decisionsOf({ person }: Stay, decided: Looked[]): Watcher {
  const operands = new Map<Expression, Cell>();
  return {
    decided: (decision, whom) => {
      if (whom.person === undefined || whom.person === person) decided.push(lookedAt(decision, whom));
    },
    formula: (node, place, work) => {
      const isEqual = node.kind === 'apply' && (node.function === 'is' || node.function === 'is not');
      if (isEqual) for (const each of node.args) operands.set(each, undefined);
      const value = work();
      if (operands.has(node)) operands.set(node, value);
      if (isEqual && isOf(place, person)) {
        const [left, right] = node.args.map((each) => operands.get(each));
        const isNumber =
          typeof left === 'object' && typeof right === 'object' && !isTop(left) && !isTop(right);
        if (isNumber) {
          const held = [{ value: left, bound: right, includes: true }];
          const way = value === true ? 'yes' : 'no';
          decided.push(lookedAt({ kind: 'comparison', span: node.span, part: 'equal', way, held }, {}));
        }
      }
      return value;
    },
  };
}

function isOf({ viewer }: CellPlace, person: string): boolean {
  return viewer.kind === 'stay' && viewer.stay.person === person;
}

function lookedAt(decision: Decision, whom: DecidedFor): Looked {
  const { kind, span, part = '', held = [] } = decision;
  return {
    key: [kind, span.source, span.start, span.end, part, whom.role, whom.period, whom.event, whom.row].join(
      ' ',
    ),
    decision,
    ...(whom.period === undefined ? {} : { period: whom.period }),
    gaps: held.map(({ value, bound }) => subtract(value, bound)),
  };
}
