// Lines of roles that went to the role which they extend, or came from there: whoever had such a line has it still, so
// that taking it out of one role and into another is one change, and of those who take it over no change at all.

import type { Declaration } from '../syntax/ast-policy.ts';
import type { Pair, UnitSlot } from './compare.ts';
import type { Slot } from './compare-lists.ts';
import { meaningOf, type Renames } from './meaning.ts';
import { type Node, nameOf, nodesOf, type Property } from './parts.ts';

/** A line that changes nothing for its role. */
export interface SilentLine {
  readonly role: string;
  readonly pair: Pair;
  readonly property: Property;
  readonly slot: UnitSlot;
  /** What it goes over together with: the other end of the move. */
  joins?: Pair | UnitSlot;
}

export interface Moves {
  readonly silent: ReadonlySet<Slot>;
  /** Lines of roles that others extend, with those that went there or came from there. */
  readonly partners: ReadonlyMap<Slot, readonly SilentLine[]>;
  readonly others: readonly SilentLine[];
}

type Roles = ReadonlyMap<string, Declaration>;

/** The moves among the roles of two versions. */
export function inheritedMoves(pairs: readonly Pair[], renames: Renames): Moves {
  const of = (side: 'before' | 'after'): Roles =>
    new Map(
      pairs.flatMap((pair) =>
        pair[side]?.kind === 'role' ? [[nameOf(pair[side]), pair[side]] as const] : [],
      ),
    );
  const [old, now] = [of('before'), of('after')];
  const lines: SilentLine[] = [];
  for (const pair of pairs) {
    const { before, after } = pair;
    if (before?.kind !== 'role' || after?.kind !== 'role') continue;
    for (const [property, slots] of pair.slots ?? []) {
      if (property.into === 'extends') continue;
      for (const slot of slots) {
        if (slot.how !== 'changed') continue;
        const had = inherited(old, before, { property, name: slot.name }, renames);
        const has = inherited(now, after, { property, name: slot.name });
        if (had === has) lines.push({ role: nameOf(after), pair, property, slot });
      }
    }
  }
  const silent = new Set<Slot>(lines.map(({ slot }) => slot));
  const partners = new Map<Slot, SilentLine[]>();
  const others: SilentLine[] = [];
  for (const line of lines) {
    const above = new Set([...lineage(old, nameOf(line.pair.before!)), ...lineage(now, line.role)]);
    above.delete(line.role);
    const parents = pairs.filter((pair) => {
      const { before, after } = pair;
      return (after ?? before)!.kind === 'role' && above.has(nameOf((after ?? before)!));
    });
    const twin = parents
      .flatMap((pair) => [...(pair.slots ?? [])].find(([{ into }]) => into === line.property.into)?.[1] ?? [])
      .find((slot) => !silent.has(slot) && slot.how === 'changed' && isOtherEnd(line.slot, slot));
    if (twin && (twin.before.length === 0 || twin.after.length === 0))
      partners.set(twin, [...(partners.get(twin) ?? []), line]);
    else {
      const joins = twin ?? parents.find(({ before, after }) => !before || !after);
      others.push({ ...line, ...(joins && { joins }) });
    }
  }
  return { silent, partners, others };
}

/** Whether what one role lost is what another got, or the other way round. */
function isOtherEnd(line: Slot, other: Slot): boolean {
  const [lost, got] = [meaningOf(line.before), meaningOf(line.after)];
  if (line.name !== '' && line.name !== other.name) return false;
  return (
    (line.before.length > 0 && meaningOf(other.after) === lost) ||
    (line.after.length > 0 && meaningOf(other.before) === got)
  );
}

/** A role and those that it extends, the nearest first. */
function lineage(roles: Roles, name: string): readonly string[] {
  const found: string[] = [];
  for (let at: string | undefined = name; at !== undefined && !found.includes(at); ) {
    const role = roles.get(at);
    if (role?.kind !== 'role') break;
    found.push(at);
    at = role.extends?.text;
  }
  return found;
}

/** What a role says by a property, with what it takes over, as one text. */
function inherited(
  roles: Roles,
  role: Declaration,
  { property, name }: { readonly property: Property; readonly name: string },
  renames?: Renames,
): string {
  const own = lineage(roles, nameOf(role)).map((each) => nodesOf(roles.get(each)!, property));
  const { by, into } = property;
  const called = (node: Node) => {
    const { text } = node[by!]!;
    return renames?.get(text) ?? text;
  };
  const meant = (nodes: readonly Node[]) => nodes.map((node) => meaningOf(node, renames));
  const those = own.map((nodes) =>
    by === undefined ? nodes : nodes.filter((node) => called(node) === name),
  );
  switch (into) {
    case 'targets':
      return JSON.stringify(those.toReversed().flatMap(meant));
    case 'scorecard':
      return JSON.stringify(meant(those[own.findIndex((nodes) => nodes.length > 0)] ?? []));
    case 'bonuses':
    case 'ramp':
    case 'prorate':
      return JSON.stringify(meant(those.find((nodes) => nodes.length > 0) ?? []));
    default:
      return JSON.stringify(those.flatMap(meant).sort());
  }
}
