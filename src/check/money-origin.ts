// Where the money of a formula comes from, which decides whether it shrinks with the days held: an amount is fixed when
// it comes from the policy or the person and no count or sum multiplies it (language.md, section 4).

import { isZero } from '../base/exact.ts';
import { constantValue } from '../library/constant.ts';
import type { Expression } from '../model/expression.ts';
import type { Checking } from './context.ts';

/** `none`: nothing but zero, which goes with either. */
export type MoneyOrigin = 'fixed' | 'measured' | 'mixed' | 'none';

export function moneyOrigin(checking: Checking, node: Expression): MoneyOrigin {
  switch (node.kind) {
    case 'constant': {
      const value = constantValue(node.type, node.text);
      return typeof value === 'object' && isZero(value) ? 'none' : 'fixed';
    }
    case 'attribute':
    case 'lookup':
      return 'fixed';
    case 'figure':
      return moneyOrigin(checking, checking.figures.get(node.figure)!.value);
    case 'measure':
    case 'target': // comes prorated already
    case 'bonus': // likewise
      return 'measured';
    case 'rates':
    case 'curve':
      if (node.argument.type.kind === 'money') return moneyOrigin(checking, node.argument);
      return isCounted(checking, node.argument) ? 'measured' : 'fixed';
    case 'apply':
      return ofApplied(checking, node.function, node.args);
    default:
      return 'fixed';
  }
}

function ofApplied(checking: Checking, name: string, args: readonly Expression[]): MoneyOrigin {
  switch (name) {
    case '*':
    case '/': {
      const money = args.find((each) => each.type.kind === 'money');
      if (!money) return 'fixed';
      const others = args.filter((each) => each !== money);
      const origin = moneyOrigin(checking, money);
      return origin === 'fixed' && others.some((each) => isCounted(checking, each)) ? 'measured' : origin;
    }
    case 'choose':
      return together(args.slice(1).map((each) => moneyOrigin(checking, each)));
    case 'average':
    case 'median':
      return 'measured';
    default:
      return together(
        args.filter((each) => each.type.kind === 'money').map((each) => moneyOrigin(checking, each)),
      );
  }
}

function together(origins: readonly MoneyOrigin[]): MoneyOrigin {
  const kinds = new Set(origins.filter((each) => each !== 'none'));
  if (kinds.size > 1) return 'mixed';
  return [...kinds][0] ?? 'none';
}

/** Whether a number grows with a count or sum (a ratio of two, a score or an attainment doesn't). */
function isCounted(checking: Checking, node: Expression): boolean {
  switch (node.kind) {
    case 'measure': {
      const { aggregate } = [...checking.measures.values()].find((each) => each.id === node.measure)!;
      return aggregate === 'sum' || aggregate === 'count' || aggregate === 'distinct';
    }
    case 'figure':
      return isCounted(checking, checking.figures.get(node.figure)!.value);
    case 'rates':
    case 'curve':
      return isCounted(checking, node.argument);
    case 'apply': {
      if (node.function === 'average' || node.function === 'median') return false;
      const [first, ...rest] = node.args;
      if (node.function === '/') return isCounted(checking, first!) && !isCounted(checking, rest[0]!);
      const parts = node.function === 'choose' ? rest : node.args;
      return parts.some((each) => isCounted(checking, each));
    }
    default:
      return false;
  }
}
