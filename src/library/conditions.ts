// The conditions in formulas: what decides by being true or false, so that those who list decisions and those who tell them
// mean the same places.

import type { Expression } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import { isSide } from './decisions.ts';
import { walk } from './parts.ts';
import { rowFormulas } from './row-formulas.ts';

/**
 * The conditions among a formula's parts: of choices, both sides of `and` and `or`, of `nth`, and what `previous`,
 * `streak` and `count(… each month)` look at. The formula itself isn't among them, nor is what is of other rows.
 */
export function conditionsIn(formula: Expression): readonly Expression[] {
  const found: Expression[] = [];
  walk(formula, (node) => {
    switch (node.kind) {
      case 'apply':
        if (node.function === 'choose') found.push(node.args[0]!);
        found.push(...node.args.filter((each) => isSide(node, each)));
        return;
      case 'nth':
        if (node.where) found.push(node.where);
        return;
      case 'previous':
      case 'streak':
      case 'each':
        if (node.of.type.kind === 'truth') found.push(node.of);
        return;
      default:
        return;
    }
  });
  return found;
}

/** All conditions of rows: of computed fields, credit lines and measures, and of the rows that they look at. */
export function rowConditions(model: Model): ReadonlySet<Expression> {
  const computed = model.events.flatMap((each) => each.computed).map((each) => each.value);
  const lines = model.events.flatMap((each) => each.credit).flatMap(({ when }) => when ?? []);
  return new Set([
    ...computed.filter((each) => each.type.kind === 'truth'),
    ...lines,
    ...model.measures.flatMap(({ where }) => where ?? []),
    ...rowFormulas(model).flatMap(({ value }) => [...conditionsIn(value), ...otherConditions(value)]),
  ]);
}

/** The conditions of the other rows that a formula looks back at. */
function otherConditions(formula: Expression): readonly Expression[] {
  const found: Expression[] = [];
  walk(formula, (node) => {
    if (node.kind === 'look-back' && node.where) found.push(node.where);
  });
  return found;
}
