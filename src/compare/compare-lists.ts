// Lines of two versions of a declaration, matched: those that mean the same, those of one name, and the rest in order.

import type { Declaration } from '../syntax/ast-policy.ts';
import { meaningOf, type Renames } from './meaning.ts';
import { type Node, nodesOf, type Property } from './parts.ts';

/** Lines that stand in one place of both versions: of one name, or matched by what they say. */
export interface Slot {
  /** What names them; empty where lines have no name. */
  readonly name: string;
  readonly before: readonly Node[];
  readonly after: readonly Node[];
  /** `renamed`: the same but for the name; `same but names`: the same once renamed things are called alike. */
  readonly how: 'same' | 'same but names' | 'renamed' | 'changed';
}

/** The slots of a property, in the order of the later version; what it doesn't have comes last. */
export function slotsOf(
  property: Property,
  { before, after }: { readonly before?: Declaration; readonly after?: Declaration },
  renames: Renames,
): readonly Slot[] {
  const old = before ? nodesOf(before, property) : [];
  const now = after ? nodesOf(after, property) : [];
  return property.by === undefined ? unnamed(old, now, renames) : named(property.by, { old, now }, renames);
}

function howOf(old: readonly Node[], now: readonly Node[], renames: Renames): Slot['how'] {
  const meaning = meaningOf(now);
  if (meaningOf(old) === meaning) return 'same';
  if (meaningOf(old, renames) !== meaning) return 'changed';
  const [name, other] = [old[0]?.name?.text, now[0]?.name?.text];
  return name === other ? 'same but names' : 'renamed';
}

function named(
  by: 'kpi' | 'name',
  { old, now }: { readonly old: readonly Node[]; readonly now: readonly Node[] },
  renames: Renames,
): readonly Slot[] {
  const nowBy = grouped(now, (node) => node[by]!.text);
  // what keeps its name is matched by it, else by what it is called now
  const oldBy = grouped(old, (node) => {
    const { text } = node[by]!;
    return nowBy.has(text) ? text : (renames.get(text) ?? text);
  });
  const slots = [...new Set([...nowBy.keys(), ...oldBy.keys()])].map((name): Slot => {
    const before = oldBy.get(name) ?? [];
    const after = nowBy.get(name) ?? [];
    return { name, before, after, how: howOf(before, after, renames) };
  });
  return by === 'name' ? withRenamed(slots, renames) : slots;
}

function grouped(
  nodes: readonly Node[],
  nameOf: (node: Node) => string,
): ReadonlyMap<string, readonly Node[]> {
  const groups = new Map<string, Node[]>();
  for (const node of nodes) groups.set(nameOf(node), [...(groups.get(nameOf(node)) ?? []), node]);
  return groups;
}

/** One that is gone and one that is new are the same under another name where all else is alike. */
function withRenamed(slots: readonly Slot[], renames: Renames): readonly Slot[] {
  const taken = new Set<Slot>();
  const body = (nodes: readonly Node[], names?: Renames) =>
    meaningOf(
      nodes.map(({ name: _, ...rest }) => rest),
      names,
    );
  const joined = slots.map((slot): Slot => {
    if (slot.before.length > 0) return slot;
    const twin = slots.find(
      (each) =>
        each.after.length === 0 && !taken.has(each) && body(each.before, renames) === body(slot.after),
    );
    if (!twin) return slot;
    taken.add(twin);
    return { ...slot, before: twin.before, how: 'renamed' };
  });
  return joined.filter((each) => !taken.has(each));
}

function unnamed(old: readonly Node[], now: readonly Node[], renames: Renames): readonly Slot[] {
  const left = [...old];
  const take = (fits: (node: Node) => boolean): Node | undefined => {
    const at = left.findIndex(fits);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const twins = new Map<Node, Node>();
  const rounds: readonly ((a: Node, b: Node) => boolean)[] = [
    (a, b) => meaningOf(a) === meaningOf(b),
    (a, b) => meaningOf(a, renames) === meaningOf(b),
    (a, b) => a.per?.text === b.per?.text,
    () => true,
  ];
  for (const fits of rounds) {
    for (const node of now) {
      if (twins.has(node)) continue;
      const twin = take((each) => fits(each, node));
      if (twin) twins.set(node, twin);
    }
  }
  const slot = (before: readonly Node[], after: readonly Node[]): Slot => ({
    name: '',
    before,
    after,
    how: howOf(before, after, renames),
  });
  return [
    ...now.map((node) => slot(twins.has(node) ? [twins.get(node)!] : [], [node])),
    ...left.map((node) => slot([node], [])),
  ];
}
