// Balances: what is added up over accounts and people, and not over periods (`last(balance.amount each account)`).

import type { Expression } from '../model/expression.ts';
import type { Figure } from '../model/policy.ts';
import type { Checking } from './context.ts';

// a figure may be named in many formulas that name each other
const known = new WeakMap<Figure, boolean>();

/** Whether a formula of people is a balance: a measure of one, or several added up or scaled by constants. */
export function isBalance(checking: Checking, node: Expression): boolean {
  switch (node.kind) {
    case 'measure':
      return checking.measuresById.get(node.measure)!.each !== undefined;
    case 'figure': {
      const figure = checking.figures.get(node.figure)!;
      const found = known.get(figure) ?? isBalance(checking, figure.value);
      known.set(figure, found);
      return found;
    }
    case 'apply': {
      if (!['+', '-', 'minus', 'else', '*'].includes(node.function)) return false;
      const others = node.args.filter((each) => !isBalance(checking, each));
      return others.length < node.args.length && others.every((each) => each.kind === 'constant');
    }
    default:
      return false;
  }
}
