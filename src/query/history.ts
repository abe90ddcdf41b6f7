// Which earlier periods a run has to work out: how far back `previous`, `each` and `streak` look, through all that they
// name, and which measures have to be there then.

import type { Day } from '../base/date.ts';
import { RunError } from '../base/diagnostic.ts';
import { type Grain, lengthOf, type Period, periodAt, periodsBetween, shift } from '../base/period.ts';
import { partsOf } from '../library/parts.ts';
import { windowDays } from '../library/window.ts';
import type { BonusNode, EachNode, Expression, MeasureNode } from '../model/expression.ts';
import type { People } from '../model/people.ts';
import type { Model, Role } from '../model/policy.ts';
import { awardFormulas, isKept, rolesOf } from './awards.ts';
import type { GrainPlan } from './make-queries.ts';
import { completeFrom, namedBy, rolesCompared } from './named.ts';

/** Most periods that formulas may look back over. */
export const MOST_BEFORE = 12_000;

/** Formulas that are worked out over the periods of a plan, in a role or (figures) in none. */
export interface Roots {
  readonly role?: Role;
  readonly formulas: readonly Expression[];
}

/**
 * The day with which everything begins: `effective from`, else the earliest on which anybody held a role. Formulas of
 * people are never worked out in a period that ends before it; `undefined` where there is nobody.
 */
export function beginningOf(model: Model, people: People): Day | undefined {
  const earliest = (days: readonly Day[]): Day | undefined =>
    days.reduce<Day | undefined>(
      (first, day) => (first === undefined ? day : Math.min(first, day)),
      undefined,
    );
  return model.effective.from ?? earliest(people.stays.map((each) => each.from));
}

/** The days whose periods an `each` looks at, seen from a period; `[to date]` begins where all that it reads is complete. */
export function eachDays(
  node: EachNode,
  period: Period,
  begins: { readonly beginning: Day; readonly complete: Day | undefined },
): { readonly from: Day; readonly until: Day } {
  const { beginning, complete } = begins;
  const start = Math.max(beginning, complete ?? beginning);
  return windowDays(node.window, period, periodAt(node.grain, Math.min(start, period.from)).from);
}

/** Whether an `each` leaves it to the run's warning that its own period may begin before the data is complete. */
export function mayBeIncomplete({ window }: EachNode): boolean {
  return (window.kind === 'period' && !window.back) || window.kind === 'to date';
}

/** A formula, for whose role, from the earliest period in which it is worked out; `look`: why so far back. */
interface Task {
  readonly node: Expression;
  readonly grain: Grain;
  readonly role: Role | undefined;
  readonly from: Day;
  readonly look?: Expression;
}

interface Need {
  readonly grain: Grain;
  readonly role: Role | undefined;
  readonly node: MeasureNode | BonusNode;
  readonly from: Day;
  readonly look: Expression;
}

/** What is asked for: each plan with the formulas that are worked out over its periods. */
export type Asked = readonly { readonly plan: GrainPlan; readonly roots: readonly Roots[] }[];

/** The measures that are read in earlier periods, or in those of another length, as plans of their own. */
export function historyPlans(model: Model, people: People, asked: Asked): readonly GrainPlan[] {
  return needsFor(model, people, asked).flatMap(({ grain, node, periods }) =>
    node.kind === 'measure' ? [{ grain, periods, measures: [node] }] : [],
  );
}

/** The bonuses per event that are read in earlier periods: their rows have to be there then. */
export function earlierPerEvent(
  model: Model,
  people: People,
  asked: Asked,
): readonly { readonly role: Role; readonly bonus: string; readonly periods: readonly Period[] }[] {
  return needsFor(model, people, asked).flatMap(({ node, role, periods }) =>
    node.kind === 'bonus' && role ? [{ role, bonus: node.name, periods }] : [],
  );
}

function needsFor(model: Model, people: People, asked: Asked) {
  const beginning = beginningOf(model, people);
  const all = asked.flatMap(({ plan }) => plan.periods);
  if (beginning === undefined || all.length === 0) return [];
  const tasks = asked.flatMap(({ plan: { grain, periods }, roots }) => {
    const from = Math.min(...periods.map((each) => each.from));
    return roots.flatMap(({ role, formulas }) => formulas.map((node): Task => ({ node, grain, role, from })));
  });
  const until = all.reduce((last, each) => Math.max(last, each.until), beginning);
  const first = all.reduce((earliest, each) => Math.min(earliest, each.from), until);
  return needsOf(model, beginning, [...tasks, ...keptTasks(model, beginning, first)]).map((need) => {
    const { grain, from } = need;
    return {
      ...need,
      periods: from < until ? periodsBetween(grain, boundedStart({ ...need, until }), until) : [],
    };
  });
}

/** Awards and levels that people keep are worked out from the beginning, so that accounts and histories are whole. */
function keptTasks(model: Model, beginning: Day, latest: Day): readonly Task[] {
  const { grain } = model;
  return model.awards.filter(isKept).flatMap((award) => {
    const formulas = awardFormulas(award);
    return rolesOf(model, award.to).flatMap((role) => {
      const starts = formulas.map((node) => firstComplete(model, node, { role, grain }));
      const from = Math.min(Math.max(periodAt(grain, beginning).from, ...starts), latest);
      return formulas.map((node): Task => ({ node, grain, role, from, look: node }));
    });
  });
}

function needsOf(model: Model, beginning: Day, roots: readonly Task[]): readonly Need[] {
  const needs = new Map<string, Need>();
  const reached = new Map<string, Day>();
  const open = [...roots];
  for (let task = open.pop(); task; task = open.pop()) {
    const { node, grain, role, from, look } = task;
    if (look && isNeeded(node, role)) {
      const key =
        node.kind === 'bonus'
          ? `bonus ${role?.name} ${node.name}`
          : JSON.stringify([grain, node.measure, node.scope, node.window]);
      const found = needs.get(key);
      if (!found || from < found.from) needs.set(key, { grain, role, node, from, look });
    }
    const elsewhere = earlierTask(model, beginning, task);
    if (elsewhere) {
      open.push(elsewhere);
      continue;
    }
    if (node.kind === 'rank' || node.kind === 'total') {
      const roles = role ? rolesCompared(model, node.roles, role) : [undefined];
      for (const each of roles) open.push({ ...task, node: node.of, role: each });
      continue;
    }
    for (const part of partsOf(node)) open.push({ ...task, node: part });
    for (const { id, formulas, role: whose } of namedBy(model, node, role)) {
      const key = `${look ? 'before' : 'asked'} ${grain} ${id}`;
      const before = reached.get(key);
      if (before !== undefined && before <= from) continue;
      reached.set(key, from);
      for (const each of formulas) open.push({ ...task, node: each, role: whose });
    }
  }
  return [...needs.values()];
}

/** Whether a node asks for facts or rows of its own period. */
function isNeeded(node: Expression, role: Role | undefined): node is MeasureNode | BonusNode {
  if (node.kind === 'measure') return true;
  return (
    node.kind === 'bonus' &&
    role !== undefined &&
    role.bonuses.some((each) => each.name === node.name && each.perEvent !== undefined)
  );
}

/** The formula that a node looks at in other periods, from the earliest of them. */
function earlierTask(model: Model, beginning: Day, task: Task): Task | undefined {
  const { node, grain, role, from } = task;
  const look = task.look ?? node;
  switch (node.kind) {
    case 'previous':
    case 'streak': {
      const first = periodAt(grain, beginning).from;
      const earliest = node.kind === 'streak' ? first : shift(periodAt(grain, from), -1).from;
      const floor = Math.max(first, firstComplete(model, node.of, { role, grain }));
      return { node: node.of, grain, role, from: Math.min(Math.max(earliest, floor), from), look };
    }
    case 'each': {
      const complete = completeFrom(model, node.of, role);
      const days = eachDays(node, periodAt(grain, from), { beginning, complete });
      const floor = periodAt(node.grain, beginning).from;
      return { node: node.of, grain: node.grain, role, from: Math.max(days.from, floor), look };
    }
    default:
      return undefined;
  }
}

/** The first day of the earliest period in which a formula's data is complete. */
function firstComplete(
  model: Model,
  node: Expression,
  { role, grain }: { readonly role: Role | undefined; readonly grain: Grain },
): Day {
  const complete = completeFrom(model, node, role);
  if (complete === undefined) return Number.NEGATIVE_INFINITY;
  const period = periodAt(grain, complete);
  return period.from < complete ? period.until : period.from;
}

const LENGTHS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 31, quarter: 92, year: 366 };

/** The first day of a look-back; one that has no beginning to speak of stops the run. */
export function boundedStart(back: Pick<Need, 'grain' | 'from' | 'look'> & { readonly until: Day }): Day {
  const { grain, from, until, look } = back;
  const count = Math.floor((until - from) / (LENGTHS[lengthOf(grain)] ?? 1));
  if (count <= MOST_BEFORE) return from;
  throw new RunError([
    {
      code: 'M3006',
      severity: 'error',
      message: `this looks back over ${count} periods or more, and a run takes ${MOST_BEFORE} at most`,
      span: look.span,
      help: 'say when it begins: `effective from` in the policy, or `since` in the event',
    },
  ]);
}
