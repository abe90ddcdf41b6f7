// Where expectations and invariants stand: results of people, with the bonuses and scores of the roles that are meant,
// and with pay, awards, levels and pools by name.

import type { Grain } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { TRUTH } from '../library/types.ts';
import type { Expression, ResultNode } from '../model/expression.ts';
import type { ValueType } from '../model/value.ts';
import { meansBonus } from './bonuses.ts';
import {
  type Checking,
  NOTHING_KNOWN,
  OWN,
  type PeopleWorld,
  type RoleEntry,
  type RoleScope,
  THIS_PERIOD,
  unknown,
} from './context.ts';
import { roleEntry } from './roles.ts';

/** A world over several roles: a bonus is that of the first role that has it, whatever its length of time. */
export function worldOfRoles(checking: Checking, names: readonly string[], grain: Grain): PeopleWorld {
  const key = JSON.stringify([names, grain]);
  const found = checking.proofs.get(key);
  if (found) return found;
  const entries = names.map((each) => roleEntry(checking, each));
  const byBonus = new Map<string, RoleEntry>();
  for (const entry of entries)
    for (const each of entry.bonusNames) if (!byBonus.has(each)) byBonus.set(each, entry);
  const money: ValueType = { kind: 'money', currency: checking.currency };
  const worlds = entries.map((each) => each.world(grain));
  const role: RoleScope | undefined =
    worlds.length === 0
      ? undefined
      : {
          name: names.join(', '),
          grain,
          anyGrain: true,
          bonusNames: [...byBonus.keys()],
          over: (other) => worldOfRoles(checking, names, other),
          bonus: (name, span) => {
            const entry = byBonus.get(name);
            if (!entry) return undefined;
            const having = entries.filter(({ bonusNames }) => bonusNames.includes(name));
            meansBonus(
              checking,
              { text: name, span },
              having.map((each) => each.name),
            );
            return entry.bonus(name)
              ? { kind: 'bonus', name, type: money, optional: false, span }
              : unknown(span);
          },
          score: (use) => {
            const scores = worlds.map((each) => each.role!.score(use));
            return (
              scores.find((each) => each === 'optional') ?? scores.find((each) => each === 'sure') ?? 'none'
            );
          },
          targetOptional: (kpi, reads, use) =>
            worlds.some((each) => each.role!.targetOptional(kpi, reads, use)),
          silentTarget: (kpi) => worlds.flatMap((each) => each.role!.silentTarget(kpi) ?? [])[0],
        };
  const [any] = checking.proofs.values();
  const world: PeopleWorld = {
    kind: 'people',
    scope: OWN,
    window: THIS_PERIOD,
    known: NOTHING_KNOWN,
    locals: any?.locals ?? localsOf(checking, money),
    ...(role ? { role } : {}),
  };
  checking.proofs.set(key, world);
  return world;
}

const NOWHERE: Span = { source: '', start: 0, end: 0 };

function localsOf(checking: Checking, money: ValueType): ReadonlyMap<string, Expression> {
  const { awards, pools, kpis, lets, roles } = checking.declared;
  const result = (
    result: ResultNode['result'],
    type: ValueType,
    name?: string,
  ): readonly [string, Expression] => [
    name ?? result,
    { kind: 'result', result, ...(name ? { name } : {}), type, optional: false, span: NOWHERE },
  ];
  const all = [
    ...[...awards.values()].map((each) => result(each.kind, TRUTH, each.name.text)),
    ...[...pools.keys()].map((each) => result('pool', money, each)),
    result('pay', money),
    result('earned', money),
  ];
  // what the policy calls so itself comes first
  const bonuses = [...roles.values()].flatMap((role) => role.bonuses.map(({ name }) => name.text));
  const taken = new Set([...kpis.keys(), ...lets.keys(), ...bonuses]);
  return new Map(all.filter(([name]) => !taken.has(name)));
}
