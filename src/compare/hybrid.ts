// A policy between two versions: the earlier one with some of the differences taken over. What it gives is how deltas
// are traced to their causes.

import { hasErrors } from '../base/diagnostic.ts';
import { check } from '../check/check.ts';
import type { Model } from '../model/policy.ts';
import type { Declaration } from '../syntax/ast-policy.ts';
import type { Comparison, Pair, ReadVersion, UnitSlot } from './compare.ts';
import { type Node, withNodes } from './parts.ts';

/** Which units are taken over. */
export type Taken = (unit: number) => boolean;

/** The Model of the policy between; none where what it says isn't a policy. Tests and invariants are left out. */
export function hybridModel(
  comparison: Comparison,
  { before, after }: { readonly before: ReadVersion; readonly after: ReadVersion },
  taken: Taken,
): Model | undefined {
  const declarations = comparison.pairs.flatMap((pair) => declarationOf(pair, taken) ?? []);
  const names = new Set(after.sources.map(({ name }) => name));
  const sources = [...after.sources, ...before.sources.filter(({ name }) => !names.has(name))];
  const { value, diagnostics } = check([{ source: after.sources[0]!.name, declarations }], sources);
  return hasErrors(diagnostics) ? undefined : value;
}

function declarationOf(pair: Pair, taken: Taken): Declaration | undefined {
  const { before, after, slots, unit } = pair;
  const whole = unit === undefined || taken(unit) ? after : before;
  if (!slots || !whole) return whole;
  const held = ({ before: old, after: now, unit: of }: UnitSlot): readonly Node[] =>
    of === undefined || taken(of) ? now : old;
  // in the order of the later version; lines that only the earlier one has stand last
  return withNodes(whole, new Map([...slots].map(([property, each]) => [property, each.flatMap(held)])));
}
