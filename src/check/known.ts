// What a condition tells about the expressions beside it: `closed_at exists and …` makes `closed_at` sure to be there.

import type { Expression } from '../model/expression.ts';
import type { EventScope, Known } from './context.ts';

/** An expression's identity: equal keys are equal values on the same row or person. */
export function keyOf(node: Expression): string {
  return JSON.stringify(node, (name, value) => (name === 'span' || name === 'optional' ? undefined : value));
}

export function existsKey(node: Expression): string {
  return `exists ${keyOf(node)}`;
}

export function holdsKey(node: Expression): string {
  return `holds ${keyOf(node)}`;
}

/** What is known when the condition holds (or, `outcome` false, fails), on top of what was. */
export function learn(known: Known, condition: Expression, outcome: boolean, event?: EventScope): Known {
  const facts = new Set(known);
  collect(facts, condition, outcome, event);
  return facts;
}

function collect(
  facts: Set<string>,
  node: Expression,
  outcome: boolean,
  event: EventScope | undefined,
): void {
  if (outcome) facts.add(holdsKey(node));
  if (node.kind === 'field' && outcome) {
    const computed = event?.computed.get(node.name);
    if (computed) collect(facts, computed.value, true, event);
    return;
  }
  if (node.kind !== 'apply') return;
  const [left, right] = node.args as readonly [Expression, Expression];
  switch (node.function) {
    case 'and':
      if (outcome) for (const each of node.args) collect(facts, each, true, event);
      return;
    case 'or':
      if (!outcome) for (const each of node.args) collect(facts, each, false, event);
      return;
    case 'not':
      collect(facts, left, !outcome, event);
      return;
    case 'exists':
      if (outcome) facts.add(existsKey(left));
      return;
    case 'is':
    case 'is not':
    case '<':
    case '<=':
    case '>':
    case '>=':
      // a comparison that has an outcome had both its sides
      facts.add(existsKey(left));
      facts.add(existsKey(right));
      return;
    default:
      return;
  }
}
