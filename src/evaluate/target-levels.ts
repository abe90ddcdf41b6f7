// Which target lines there are to choose from, on which days: a person's own win over the team's, those over the role's.

import type { Day } from '../base/date.ts';
import { walk } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type { PersonRow, Stay } from '../model/people.ts';
import type { Model, Override, Role, Target } from '../model/policy.ts';
import { isMonthAttribute } from '../query/months.ts';
import { staysOfPerson } from '../query/persons.ts';
import type { Held, Run } from './cell.ts';
import { byMonth } from './days.ts';

/** One of those whose targets count together: a role, on the days on which it counts. */
export interface Member {
  readonly role: Role;
  readonly held: readonly Held[];
}

/** Days on which the same lines are there to choose from, those of the highest priority first. */
export interface Stretch {
  readonly held: Held;
  readonly levels: readonly Level[];
}

/** The lines of a person, a team or the role, in rising priority. */
export interface Level {
  readonly of: 'person' | 'team' | 'role';
  readonly lines: readonly Target[];
}

/** All lines that can apply to a member. */
export function linesOf(run: Run, member: Member, kpi: string): readonly Target[] {
  const levels = stretchesOf(run, kpi, member).flatMap((each) => each.levels);
  return [...new Set(levels.flatMap(({ lines }) => lines))];
}

/** The member's days, cut where other lines begin to hold, and at months where the target changes with them. */
export function stretchesOf(run: Run, kpi: string, { role, held }: Member): readonly Stretch[] {
  return held.flatMap((whole) => {
    const own = overridesOf(run, kpi, whole.row);
    const overrides = [...own.person, ...own.team];
    const others =
      overrides.length > 0 && !hasTarget(role, kpi) ? staysOfPerson(run.people, whole.row.person) : [];
    return cutAt(whole, edgesOf([...overrides, ...others])).flatMap((each) => {
      const held = (overrides: readonly Override[]): readonly Target[] =>
        isMeant(run, kpi, each)
          ? overrides.filter((override) => holdsOn(override, each.from)).flatMap(({ targets }) => targets)
          : [];
      const all: readonly Level[] = [
        { of: 'person', lines: held(own.person) },
        { of: 'team', lines: held(own.team) },
        { of: 'role', lines: role.targets },
      ];
      const levels = all
        .map((level) => ({ ...level, lines: level.lines.filter((line) => line.kpi === kpi) }))
        .filter(({ lines }) => lines.length > 0);
      const changes = role.ramp !== undefined || levels.some(({ lines }) => lines.some(readsMonths));
      const parts = changes ? byMonth(each).map((days) => ({ ...each, ...days })) : [each];
      return parts.map((part) => ({ held: part, levels }));
    });
  });
}

// a Model is never changed
const overrides = new WeakMap<Model, ReadonlyMap<string, readonly Override[]>>();

/** What is said of a KPI for the person of a row, and for the row's team. */
function overridesOf({ model }: Run, kpi: string, { person, team }: PersonRow) {
  const index = overrides.get(model) ?? overridesByTarget(model);
  overrides.set(model, index);
  const called = (of: Override['of'], name: string | undefined) =>
    (name !== undefined && index.get(JSON.stringify([kpi, of, name]))) || [];
  return { person: called('person', person), team: called('team', team) };
}

function overridesByTarget(model: Model): ReadonlyMap<string, readonly Override[]> {
  const found = new Map<string, Override[]>();
  for (const override of model.overrides) {
    for (const kpi of new Set(override.targets.map((each) => each.kpi))) {
      const key = JSON.stringify([kpi, override.of, override.name]);
      const known = found.get(key);
      if (known) known.push(override);
      else found.set(key, [override]);
    }
  }
  return found;
}

/**
 * Whether what is said of the person is meant of this one of the roles held on a day: each that has a target of the KPI,
 * else the first.
 */
function isMeant(run: Run, kpi: string, { row, from }: Held): boolean {
  const roleOf = (stay: Stay): Role => run.roles.get(stay.role)!;
  const own = run.people.stays[row.stay]!;
  if (hasTarget(roleOf(own), kpi)) return true;
  const held = staysOfPerson(run.people, row.person).filter((each) => each.from <= from && from < each.until);
  return held[0] === own && !held.some((each) => hasTarget(roleOf(each), kpi));
}

function hasTarget({ targets }: Role, kpi: string): boolean {
  return targets.some((each) => each.kpi === kpi);
}

function holdsOn({ from, until }: Override, day: Day): boolean {
  return (from === undefined || from <= day) && (until === undefined || day < until);
}

/** Days on which any of these begins or ends. */
function edgesOf(dated: readonly { readonly from?: Day; readonly until?: Day }[]): readonly Day[] {
  return dated.flatMap(({ from, until }) => [from, until].filter((each) => each !== undefined));
}

/** Days cut where others begin, which are given in any order. */
export function cutAt(held: Held, edges: readonly Day[]): readonly Held[] {
  const within = new Set(edges.filter((day) => held.from < day && day < held.until));
  const cuts = [held.from, ...[...within].sort((a, b) => a - b), held.until];
  return cuts.slice(0, -1).map((from, at) => ({ row: held.row, from, until: cuts[at + 1]! }));
}

const monthly = new WeakMap<Target, boolean>();

/** Whether a target is another one in another month of the person's. */
function readsMonths(target: Target): boolean {
  const found =
    monthly.get(target) ?? [target.value, target.upTo, target.when].some((each) => each && namesMonths(each));
  monthly.set(target, found);
  return found;
}

function namesMonths(formula: Expression): boolean {
  let found = false;
  walk(formula, (node) => {
    found ||= node.kind === 'attribute' && isMonthAttribute(node.name);
  });
  return found;
}
