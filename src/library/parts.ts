// The parts of a checked formula: the one list of what stands in what, so that nobody who walks a formula forgets one.

import type { Expression, ScalarNode } from '../model/expression.ts';

/** The direct parts of an expression, in the order of the text; formulas that it names by an id aren't entered. */
export function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'apply':
    case 'later':
      return node.args;
    case 'rates':
      return present(node.argument, node.whole, node.after);
    case 'curve':
      return present(node.argument, node.whole);
    case 'grid':
      return present(...node.args, node.ratio?.whole);
    case 'lookup':
      return present(...node.keys, node.at);
    case 'nth':
      return present(...node.by, node.where);
    case 'through':
      return [node.key];
    case 'of person':
      return [node.person];
    // `value` and `where` are of the other event's rows
    case 'look-back':
      return present(node.own, node.within?.of);
    case 'before':
      return [node.value];
    case 'convert':
      return [node.amount, node.from, node.at];
    case 'word place':
    case 'word step':
    case 'months later':
    case 'moment':
    case 'period start':
    case 'previous':
    case 'each':
    case 'streak':
    case 'rank':
    case 'total':
      return [node.of];
    case 'working time':
      return [node.from, node.until];
    case 'constant':
    case 'field':
    case 'attribute':
    case 'measure':
    case 'figure':
    case 'target':
    case 'attainment':
    case 'score':
    case 'bonus':
    case 'period':
    case 'share':
    case 'points':
    case 'pool':
    case 'own':
    case 'result':
    case 'row number':
      return [];
    default:
      return node satisfies never;
  }
}

/**
 * The parts without which a value is missing, where nothing else makes it so; `undefined` where it can be missing by
 * itself, or is only so in ways of its own.
 */
export function neededParts(node: Expression): readonly Expression[] | undefined {
  switch (node.kind) {
    case 'word place':
    case 'word step':
    case 'months later':
    case 'moment':
    case 'period start':
    case 'working time':
    case 'convert':
      return partsOf(node);
    default:
      return undefined;
  }
}

const SCALARS: Readonly<Record<ScalarNode['kind'], true>> = {
  convert: true,
  'word place': true,
  'word step': true,
  'months later': true,
  moment: true,
  'period start': true,
  'working time': true,
};

export function isScalar(node: Expression): node is ScalarNode {
  return Object.hasOwn(SCALARS, node.kind);
}

/** Visits an expression and all its parts, outermost first; formulas that it names aren't entered. */
export function walk(node: Expression, visit: (node: Expression) => void): void {
  visit(node);
  for (const part of partsOf(node)) walk(part, visit);
}

function present(...parts: readonly (Expression | undefined)[]): readonly Expression[] {
  return parts.filter((each) => each !== undefined);
}
