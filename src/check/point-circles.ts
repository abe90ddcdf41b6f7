// Awards that give points by what points themselves decide: points are filled by awards, so neither comes first.

import type { Span } from '../base/source.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astAwards from '../syntax/ast-awards.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import type { Checking } from './context.ts';
import { lineageOf } from './credit.ts';
import * as messages from './messages.ts';
import { familyOf } from './others.ts';
import { walk } from './walk.ts';

interface Step {
  readonly name: string;
  readonly span: Span;
}

/** Reports each award of points that reads the points of the same period, by way of bonuses, KPIs and pools too. */
export function checkPointCircles(checking: Checking): void {
  const { awards, kpis, lets } = checking.declared;
  if (kpis.has('points') || lets.has('points')) return;
  for (const award of awards.values()) {
    if (award.kind === 'level' || !award.gives.some(({ kind }) => kind === 'points')) continue;
    const ways = rolesFor(checking, award.to).map((each) => wayToPoints(checking, award, each));
    const way = ways.find((each) => each);
    if (way) checking.diagnostics.push(messages.circle(way.at(-1)!.span, way));
  }
}

/** The roles of the recipients, each with what it extends: they have bonuses of their own. */
function rolesFor(checking: Checking, { role, only }: astAwards.Recipients): readonly Lineage[] {
  const { roles } = checking.declared;
  if (!roles.has(role.text)) return [];
  const names = only ? [role.text] : familyOf(checking, role.text);
  return names.map((name) => lineageOf(checking, name).map((each) => roles.get(each)!));
}

/** A role and what it extends, nearest first. */
type Lineage = readonly astRoles.RoleDeclaration[];

/** From the award to a place that reads points, each step named by the one before; the shortest way. */
function wayToPoints(
  checking: Checking,
  award: astAwards.AwardDeclaration,
  owner: Lineage,
): readonly Step[] | undefined {
  const seen = new Set<string>();
  const ways = [{ steps: [award.name].map(stepOf), formulas: formulasOf(award), lineage: owner }];
  for (const { steps, formulas, lineage } of ways) {
    for (const { text, span } of formulas.flatMap(namesNow)) {
      if (text === 'points') return [...steps, { name: text, span }];
      const key = JSON.stringify([text, lineage[0]?.name.text]);
      if (seen.has(key)) continue;
      seen.add(key);
      const next = behind(checking, text, lineage);
      if (!next) continue;
      // what decides the parts of a pool stands in the roles of those who have them
      for (const each of next.to ? rolesFor(checking, next.to) : [lineage])
        ways.push({ steps: [...steps, stepOf(next.name)], formulas: next.formulas, lineage: each });
    }
  }
  return undefined;
}

function stepOf({ text, span }: ast.Name): Step {
  return { name: text, span };
}

function formulasOf({ to, when, gives }: astAwards.AwardDeclaration): readonly ast.Expression[] {
  return given([to.top?.by, to.top?.thenBy, when, ...gives.flatMap((each) => [each.value, each.when])]);
}

/** What a name of the role stands for: a bonus, nearest role first, a KPI or `let`, or a pool. */
function behind(
  { declared }: Checking,
  name: string,
  lineage: Lineage,
):
  | {
      readonly name: ast.Name;
      readonly formulas: readonly ast.Expression[];
      readonly to?: astAwards.Recipients;
    }
  | undefined {
  const bonus = lineage.flatMap(({ bonuses }) => bonuses).find((each) => each.name.text === name);
  if (bonus) {
    const gates = [declared.policy, ...lineage].flatMap((each) => each?.gates ?? []);
    const closing = bonus.gated ? gates.flatMap((each) => [each.condition, each.when]) : [];
    return {
      name: bonus.name,
      formulas: given([bonus.value, bonus.when, bonus.cap, bonus.floor, ...closing]),
    };
  }
  const figure = declared.kpis.get(name) ?? declared.lets.get(name);
  if (figure) return { name: figure.name, formulas: [figure.value] };
  const pool = declared.pools.get(name);
  if (!pool) return undefined;
  const by = pool.sharedBy === 'equally' ? undefined : pool.sharedBy;
  const { name: called, to, value, when } = pool;
  return { name: called, formulas: given([value, when, by, to.top?.by, to.top?.thenBy]), to };
}

function given(formulas: readonly (ast.Expression | undefined)[]): readonly ast.Expression[] {
  return formulas.filter((each) => each !== undefined);
}

/** The names that a formula reads in this period; what it reads of earlier ones is no circle. */
function namesNow(formula: ast.Expression): readonly ast.Name[] {
  const past = new Set<ast.Expression>();
  const names: ast.Name[] = [];
  walk(formula, (node) => {
    if (past.has(node) || isPast(node)) walk(node, (part) => past.add(part));
    else if (node.kind === 'name') names.push(node.name);
  });
  return names;
}

function isPast(node: ast.Expression): boolean {
  if (node.kind === 'brackets')
    return node.items.some(({ kind }) => kind === 'previous' || kind === 'same period last year');
  return node.kind === 'call' && (node.callee.name.text === 'previous' || node.each?.earlier === true);
}
