// Every formula of rows in a policy, with the event of whose rows it is: what is read of each event, and through what.

import type { Expression } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import { walk } from './parts.ts';

/** A formula over the rows of an event. */
export interface RowFormula {
  readonly event: string;
  readonly value: Expression;
}

/** The formulas of computed fields, credit, measures and bonuses per event, and those of the rows they look back at. */
export function rowFormulas(model: Model): readonly RowFormula[] {
  const found: RowFormula[] = [];
  const put = (event: string, ...formulas: readonly (Expression | undefined)[]): void => {
    for (const value of formulas) {
      if (!value) continue;
      found.push({ event, value });
      walk(value, (node) => {
        if (node.kind === 'look-back') put(node.event, node.value, node.where);
      });
    }
  };
  for (const { name, computed, credit } of model.events) {
    for (const each of computed) put(name, each.value);
    for (const each of credit) put(name, each.to, each.otherwise, each.when);
  }
  for (const each of model.measures) put(each.event, each.value, each.where, each.each, each.by);
  for (const bonus of model.roles.flatMap((each) => each.bonuses)) {
    const { perEvent, value, when, payableAs } = bonus;
    if (perEvent !== undefined) put(perEvent, value, when, payableAs?.of);
    if (payableAs) put(payableAs.event, payableAs.value);
  }
  return found;
}

/** The events whose rows a formula looks at beside its own row: through a key, or back at rows that share one. */
export function eventsLookedAt(formula: Expression): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: Expression): void =>
    walk(value, (node) => {
      if (node.kind === 'through') found.add(node.event);
      if (node.kind !== 'look-back') return;
      found.add(node.event);
      if (node.value) visit(node.value);
      if (node.where) visit(node.where);
    });
  visit(formula);
  return found;
}

/** The events of which some formula reads a single row by its key. */
export function eventsReadThrough(model: Model): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { value } of rowFormulas(model)) {
    walk(value, (node) => {
      if (node.kind === 'through') found.add(node.event);
    });
  }
  return found;
}
