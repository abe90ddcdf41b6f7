// How deep the formulas of a policy go: for programs that let strangers write policies and allow less than the language.

import type { Expression } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';

/** What stands around other parts of a formula, beside operations and calls. */
const AROUND: ReadonlySet<unknown> = new Set<Expression['kind']>([
  'rates',
  'curve',
  'grid',
  'lookup',
  'nth',
  'through',
  'of person',
  'look-back',
  'before',
  'convert',
  'word place',
  'word step',
  'months later',
  'moment',
  'period start',
  'previous',
  'each',
  'streak',
  'rank',
  'total',
  'working time',
]);

/**
 * How many operations and calls stand within each other at the most, in any formula of a policy. `a + b + c` is one deep:
 * the same operation goes on.
 */
export function depthOf({ sources: _, ...model }: Model): number {
  return deepest(model);
}

// a Model is plain data, so that no list of where its formulas stand can forget one
function deepest(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const { kind } = value as { readonly kind?: unknown };
  if (kind === 'apply') return 1 + deepestPart(value as Expression & { readonly kind: 'apply' });
  let inside = 0;
  for (const part of Object.values(value)) inside = Math.max(inside, deepest(part));
  return AROUND.has(kind) ? inside + 1 : inside;
}

function deepestPart({ function: name, args }: Expression & { readonly kind: 'apply' }): number {
  const depths = args.map((each, at) => {
    const goesOn = at === 0 && each.kind === 'apply' && each.function === name;
    return goesOn ? deepest(each) - 1 : deepest(each);
  });
  return Math.max(0, ...depths);
}
