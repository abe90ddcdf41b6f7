// Whether targets are achievable, seen in a result: how often each was reached, and by whom never or always.

import type { Diagnostic } from '../base/diagnostic.ts';
import { compare, exact, ONE } from '../base/exact.ts';
import type { KpiLine } from '../model/kpi-lines.ts';
import type { Model, Role } from '../model/policy.ts';
import type { Result } from '../model/result.ts';
import * as messages from './messages.ts';

/** Fewer results than these say nothing about a target, and neither does a single good or bad period. */
const ENOUGH_RESULTS = 5;
const ENOUGH_PERIODS = 2;

export function achievableLints(model: Model, result: Result): readonly Diagnostic[] {
  return model.roles.flatMap((role) =>
    [...new Set(role.targets.map((each) => each.kpi))].flatMap((kpi) => ofTarget(role, kpi, result)),
  );
}

/** Attainments of a role's target of a KPI, by people: one for each period that the role was held in. */
function ofTarget(role: Role, kpi: string, result: Result): readonly Diagnostic[] {
  const people = new Map<string, boolean[]>();
  const periods = new Set<string>();
  for (const statement of result.statements)
    for (const each of statement.roles.filter(({ role: name }) => name === role.name)) {
      const line = each.kpis.find((candidate) => candidate.kpi === kpi);
      const reached = line && isReached(line);
      if (reached === undefined) continue;
      periods.add(statement.period);
      people.set(statement.person, [...(people.get(statement.person) ?? []), reached]);
    }
  const results = [...people.values()].flat();
  if (results.length < ENOUGH_RESULTS || periods.size < ENOUGH_PERIODS) return [];
  const facts = { role: role.name, kpi, people: people.size, results: results.length, periods: periods.size };
  const { span } = role.targets.findLast((each) => each.kpi === kpi)!;
  if (!results.includes(true)) return [messages.nobodyReached(span, facts)];
  if (!results.includes(false)) return [messages.everybodyReached(span, facts)];
  return [messages.partReached(span, facts, results.filter((each) => each).length)];
}

/** `undefined` where there is no attainment. */
function isReached({ attainment }: KpiLine): boolean | undefined {
  if (attainment === undefined || attainment === 'top') return attainment && true;
  return attainment.value === null ? undefined : compare(exact(attainment.value), ONE) >= 0;
}
