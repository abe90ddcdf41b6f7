// Parts of a result: what stays in a role or team came to, where people of a role stand among each other, and what is final
// of it.

import { compareTexts, sumOf } from '../base/exact-text.ts';
import type { PoolResult } from '../model/award-lines.ts';
import type { Result, RoleStatement, Statement } from '../model/result.ts';
import type { RolePlace } from './statement-page.ts';

/** A result that stands as it is: of a closed period, or the draft of an open one with its corrections. */
export interface Final {
  readonly result: Result;
  /** Who closed it, and when. */
  readonly closed?: { readonly by: string; readonly at: string };
}

/** The result with what is final in place of what was worked out anew; periods that it hasn't aren't added. */
export function withFinals(result: Result, finals: readonly Final[]): Result {
  const periods = new Set(result.periods);
  const all = finals.map((each) => each.result).filter((each) => each.periods.every((id) => periods.has(id)));
  const final = new Set(all.flatMap((each) => each.periods));
  const isOpen = ({ period }: { readonly period: string }): boolean => !final.has(period);
  const inOrder = <T extends { readonly period: string }>(
    open: readonly T[],
    own: readonly T[],
  ): readonly T[] => {
    const both = [...open.filter(isOpen), ...own];
    return result.periods.flatMap((id) => both.filter((each) => each.period === id));
  };
  const poolOf = ({ pool, period }: PoolResult): string => `${pool} ${period}`;
  const finalPools = new Map(all.flatMap(({ pools = [] }) => pools).map((each) => [poolOf(each), each]));
  const pools = result.pools?.map((each) => finalPools.get(poolOf(each)) ?? each);
  return {
    ...result,
    ...(pools ? { pools } : {}),
    statements: inOrder(
      result.statements,
      all.flatMap((each) => each.statements),
    ),
    company: inOrder(
      result.company,
      all.flatMap((each) => each.company),
    ),
    groups: inOrder(
      result.groups,
      all.flatMap((each) => each.groups),
    ),
  };
}

/** The result of the stays that are meant: pay is what they earn, and what belongs to a person and to no role is left out. */
export function withinStays(result: Result, isMeant: (stay: RoleStatement) => boolean): Result {
  const statements = result.statements.flatMap((statement): readonly Statement[] => {
    const roles = statement.roles.filter(isMeant);
    if (roles.length === 0) return [];
    const { lines: _, earned: __, ...own } = statement;
    const held = new Set(roles.map((each) => each.role));
    const awards = statement.awards?.filter((each) => held.has(each.role));
    return [
      {
        ...own,
        roles,
        pay: sumOf(roles.map((each) => each.total)),
        ...(awards ? { awards } : {}),
      },
    ];
  });
  return { ...result, statements };
}

/** Where each person stands in a period among those of their roles; of one person alone nothing is said. */
export function rolePlaces(result: Result, period: string): ReadonlyMap<string, readonly RolePlace[]> {
  const stays = result.statements
    .filter((each) => each.period === period)
    .flatMap(({ person, roles }) => roles.map((role) => ({ person, role })));
  const found = new Map<string, RolePlace[]>();
  for (const name of new Set(stays.map(({ role }) => role.role))) {
    const all = stays.filter(({ role }) => role.role === name);
    const by = all.some(({ role }) => role.score) ? 'score' : 'pay';
    const ranked = all.flatMap(({ person, role }) => {
      const value = by === 'score' ? role.score?.value.value : role.total;
      return value === null || value === undefined ? [] : [{ person, value }];
    });
    const people = new Set(ranked.map((each) => each.person));
    if (people.size < 2) continue;
    for (const person of people) {
      const best = bestOf(ranked.filter((each) => each.person === person));
      const better = new Set(
        ranked.filter((each) => compareTexts(each.value, best) > 0).map((each) => each.person),
      );
      const places = found.get(person) ?? [];
      found.set(person, places);
      places.push({ role: name, by, place: better.size + 1, of: people.size });
    }
  }
  return found;
}

function bestOf(ranked: readonly { readonly value: string }[]): string {
  return ranked.map((each) => each.value).reduce((a, b) => (compareTexts(b, a) > 0 ? b : a));
}
