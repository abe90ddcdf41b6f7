// From whose seats the company is looked at. Only from there is it cut to the days of a stay, so only people of these
// roles ask for facts of their own, where they weren't there all the time.

import { partsOf } from '../library/parts.ts';
import type { Expression, MeasureNode } from '../model/expression.ts';
import type { Figure, Model, Role } from '../model/policy.ts';
import { namedBy, rolesCompared } from './named.ts';
import { grainsOf, rootsOver } from './roots.ts';

/** A formula as the people of a role see it. */
interface Seen {
  readonly node: Expression;
  readonly role: Role;
}

/** Measures of the company, by `lookedAt`, with the names of the roles whose people look at them. */
export type Seats = ReadonlyMap<string, ReadonlySet<string>>;

export function lookedAt({ measure, window }: Pick<MeasureNode, 'measure' | 'window'>): string {
  return JSON.stringify([measure, window]);
}

/**
 * The roles whose people may look at each measure of the company: through any formula of theirs, over any length of
 * time, and through the KPIs that their statements show. A figure that no role's formulas name may be asked for of
 * anybody.
 */
export function rolesLooking(model: Model): Seats {
  const looking = new Map<string, Set<string>>();
  const reached = new Set<string>();
  const follow = (seen: readonly Seen[]): void => {
    const open = [...seen];
    for (let next = open.pop(); next; next = open.pop()) {
      const { node, role } = next;
      if (node.kind === 'measure' && node.scope.kind === 'company') {
        const roles = looking.get(lookedAt(node)) ?? new Set();
        looking.set(lookedAt(node), roles.add(role.name));
      }
      const compares = node.kind === 'rank' || node.kind === 'total';
      for (const whose of compares ? rolesCompared(model, node.roles, role) : [role])
        open.push(...partsOf(node).map((part) => ({ node: part, role: whose })));
      // a pool's amount is nobody's, and what its members have it by are formulas of theirs
      if (node.kind === 'pool') continue;
      for (const { id, formulas } of namedBy(model, node, role)) {
        const key = JSON.stringify([role.name, id]);
        if (reached.has(key)) continue;
        reached.add(key).add(id);
        open.push(...formulas.map((each) => ({ node: each, role })));
      }
    }
  };
  const roots = grainsOf(model).flatMap((grain) => rootsOver(model, grain));
  follow(roots.flatMap(({ role, formulas }) => (role ? formulas.map((node) => ({ node, role })) : [])));
  const shown = model.roles.flatMap((role) => figuresOf(model, role).map((figure) => ({ figure, role })));
  follow(shown.map(({ figure, role }) => ({ node: figure.value, role })));
  const known = new Set(shown.map(({ figure }) => figure.id));
  const others = model.figures.filter(
    ({ id, scope }) => scope.kind !== 'company' && !known.has(id) && !reached.has(`figure ${id}`),
  );
  follow(model.roles.flatMap((role) => others.map(({ value }) => ({ node: value, role }))));
  return looking;
}

/** The figures of KPIs that a role has a target of, or scores. */
function figuresOf({ figures, overrides }: Model, role: Role): readonly Figure[] {
  const targets = [role, ...overrides].flatMap((each) => each.targets);
  const kpis = new Set([...targets, ...(role.scorecard ?? [])].map((each) => each.kpi));
  return figures.filter((each) => kpis.has(each.id));
}
