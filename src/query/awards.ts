// Formulas of awards, levels and pools, in the roles of the people whom they are for; and which awards have a history,
// so that a run has to work them out from the beginning.

import type { Grain } from '../base/period.ts';
import type { Expression } from '../model/expression.ts';
import type { Award, Level, Pool, Recipients } from '../model/pay.ts';
import type { Model, Role } from '../model/policy.ts';
import type { Roots } from './history.ts';

/** What people keep: an award that gives points, a badge or a training, and every level. */
export function isKept(award: Award | Level): boolean {
  return award.kind === 'level' || award.gives.some(({ kind }) => KEPT.has(kind));
}

const KEPT: ReadonlySet<string> = new Set(['points', 'badge', 'training']);

export function awardFormulas(award: Award | Level): readonly Expression[] {
  const gives = award.kind === 'award' ? award.gives.flatMap(({ value, when }) => [value, when]) : [];
  return present(award.to.top?.by, award.to.top?.thenBy, award.when, ...gives);
}

/** The formulas that decide what each member of a pool has of it. */
export function memberFormulas(pool: Pool): readonly Expression[] {
  const { to, when, sharedBy } = pool;
  return present(to.top?.by, to.top?.thenBy, when, sharedBy === 'equally' ? undefined : sharedBy);
}

/** What awards, levels and pools ask for over a grain, by role; a pool's amount is the company's. */
export function rootsBeside(model: Model, grain: Grain): readonly Roots[] {
  const pools = model.pools.filter((each) => each.grain === grain);
  const awards = grain === model.grain ? model.awards : [];
  return [
    ...awards.flatMap((award) => inRoles(model, award.to, awardFormulas(award))),
    ...pools.flatMap((pool) => inRoles(model, pool.to, memberFormulas(pool))),
    { formulas: pools.map((each) => each.amount) },
  ];
}

/** The same formulas in each role of the recipients. */
export function inRoles(model: Model, to: Recipients, formulas: readonly Expression[]): readonly Roots[] {
  return rolesOf(model, to).map((role) => ({ role, formulas }));
}

export function rolesOf(model: Model, { roles }: Recipients): readonly Role[] {
  return model.roles.filter((each) => roles.includes(each.name));
}

function present(...parts: readonly (Expression | undefined)[]): readonly Expression[] {
  return parts.filter((each) => each !== undefined);
}
