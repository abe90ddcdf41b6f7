// What a formula names by an id (figures, bonuses, the score), and from when the data that it reads is complete.

import type { Day } from '../base/date.ts';
import { partsOf } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type { Figure, Kpi, Measure, Model, Role } from '../model/policy.ts';
import { memberFormulas, rolesOf } from './awards.ts';

/** Formulas that stand behind a name, and in whose role: bonuses and scores belong to one, figures to none. */
export interface Named {
  readonly id: string;
  readonly formulas: readonly Expression[];
  readonly role: Role | undefined;
}

interface Index {
  readonly figures: ReadonlyMap<string, Figure>;
  readonly kpis: ReadonlyMap<string, Kpi>;
  readonly measures: ReadonlyMap<string, Measure>;
  readonly since: ReadonlyMap<string, Day | undefined>;
}

// a Model is never changed
const indexes = new WeakMap<Model, Index>();
const starts = new WeakMap<Model, Map<Role | undefined, Map<Expression, Day | undefined>>>();

function indexOf(model: Model): Index {
  const found = indexes.get(model) ?? {
    figures: new Map(model.figures.map((each) => [each.id, each])),
    kpis: new Map(model.kpis.map((each) => [each.name, each])),
    measures: new Map(model.measures.map((each) => [each.id, each])),
    since: new Map(model.events.map((each) => [each.name, each.since])),
  };
  indexes.set(model, found);
  return found;
}

/** What a formula's node names, worked out in the same period; nothing where it names nothing. */
export function namedBy(model: Model, node: Expression, role: Role | undefined): readonly Named[] {
  switch (node.kind) {
    case 'figure':
    case 'target':
    case 'attainment':
      return [figureNamed(model, node.figure)];
    case 'score':
      return (role?.scorecard ?? []).map((line) => figureNamed(model, line.kpi));
    case 'bonus': {
      const bonus = role?.bonuses.find((each) => each.name === node.name);
      if (!role || !bonus) return [];
      const gates = bonus.gated ? role.gates.flatMap((gate) => [gate.condition, gate.when]) : [];
      const formulas = present(bonus.value, bonus.when, bonus.cap, bonus.floor, ...gates);
      return [{ id: `bonus ${role.name} ${bonus.name}`, formulas, role }];
    }
    case 'pool': {
      const pool = model.pools.find((each) => each.name === node.pool)!;
      const members = memberFormulas(pool);
      return [
        { id: `pool ${pool.name}`, formulas: [pool.amount], role: undefined },
        ...rolesOf(model, pool.to).map((each) => ({
          id: `pool ${pool.name} ${each.name}`,
          formulas: members,
          role: each,
        })),
      ];
    }
    default:
      return [];
  }
}

/** Whether a formula goes back to something of a kind, by itself or through what it names. */
export function reads(
  model: Model,
  formula: Expression,
  { kind, role }: { readonly kind: Expression['kind']; readonly role: Role | undefined },
): boolean {
  const seen = new Set<string>();
  const open = [formula];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === kind) return true;
    open.push(...partsOf(node));
    for (const { id, formulas } of namedBy(model, node, role)) {
      if (!seen.has(id)) open.push(...formulas);
      seen.add(id);
    }
  }
  return false;
}

function figureNamed(model: Model, id: string): Named {
  const { figures, kpis } = indexOf(model);
  const figure = figures.get(id)!;
  const formulas = present(figure.value, kpis.get(figure.name)?.attainment);
  return { id: `figure ${id}`, formulas, role: undefined };
}

/** The roles whose people are compared: those that are named, or else the role itself and those that extend it. */
export function rolesCompared(
  model: Model,
  named: readonly string[] | undefined,
  own: Role | undefined,
): readonly Role[] {
  if (named) return model.roles.filter((each) => named.includes(each.name));
  return own ? model.roles.filter((each) => each.lineage.includes(own.name)) : model.roles;
}

/**
 * From when the events are complete that a formula reads over its own period, the latest of them; `undefined` where none
 * says. What it reads over windows and in other periods looks after itself.
 */
export function completeFrom(model: Model, node: Expression, role: Role | undefined): Day | undefined {
  const ofModel = starts.get(model) ?? new Map<Role | undefined, Map<Expression, Day | undefined>>();
  starts.set(model, ofModel);
  const known = ofModel.get(role) ?? new Map<Expression, Day | undefined>();
  ofModel.set(role, known);
  if (!known.has(node)) known.set(node, latestSince(model, node, role));
  return known.get(node);
}

function latestSince(model: Model, formula: Expression, owner: Role | undefined): Day | undefined {
  const { measures, since } = indexOf(model);
  const visited = new Set<string>();
  const open: { readonly node: Expression; readonly role: Role | undefined }[] = [
    { node: formula, role: owner },
  ];
  let latest: Day | undefined;
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, role } = next;
    if (node.kind === 'measure') {
      const start = since.get(measures.get(node.measure)!.event);
      if (node.window.kind === 'period' && !node.window.back && start !== undefined)
        latest = Math.max(latest ?? start, start);
    }
    const event = node.kind === 'bonus' ? eventOf(role, node.name) : undefined;
    const complete = event === undefined ? undefined : since.get(event);
    if (complete !== undefined) latest = Math.max(latest ?? complete, complete);
    if (looksElsewhere(node)) continue;
    const within = node.kind === 'rank' || node.kind === 'total';
    const roles = within && role ? rolesCompared(model, node.roles, role) : [role];
    for (const each of roles) open.push(...partsOf(node).map((part) => ({ node: part, role: each })));
    for (const { id, formulas, role: whose } of namedBy(model, node, role)) {
      if (visited.has(id)) continue;
      visited.add(id);
      open.push(...formulas.map((each) => ({ node: each, role: whose })));
    }
  }
  return latest;
}

/** The event for whose rows a bonus is worked out. */
function eventOf(role: Role | undefined, bonus: string): string | undefined {
  return role?.bonuses.find((each) => each.name === bonus)?.perEvent;
}

function looksElsewhere(node: Expression): boolean {
  if (node.kind === 'each') return node.window.kind !== 'period' || node.window.back !== undefined;
  return node.kind === 'previous' || node.kind === 'streak';
}

function present<T>(...parts: readonly (T | undefined)[]): readonly T[] {
  return parts.filter((each) => each !== undefined);
}
