// Where the money of a formula comes from, which decides whether it shrinks with the days held: an amount is fixed when
// it comes from the policy or the person and no count or sum multiplies it (language.md, section 4).

import { isZero } from '../base/exact.ts';
import type { Expression } from '../model/expression.ts';
import type { Figure } from '../model/policy.ts';
import { foldConstant } from './constants.ts';
import type { Checking } from './context.ts';

/** `mixed`: partly the one, partly the other, or neither clearly; `none`: nothing but zero, which goes with either. */
export type MoneyOrigin = 'fixed' | 'measured' | 'mixed' | 'none';

/**
 * Money that comes from the policy or the person, by how many counts and sums multiply it (those that divide it taken
 * off, so that a ratio of two is 0); or what it is otherwise.
 */
type Origin = number | 'measured' | 'mixed' | 'none';

export function moneyOrigin(checking: Checking, node: Expression): MoneyOrigin {
  return inWords(originOf(checking, node));
}

function inWords(origin: Origin): MoneyOrigin {
  if (typeof origin !== 'number') return origin;
  return origin === 0 ? 'fixed' : origin > 0 ? 'measured' : 'mixed';
}

// a figure may be named in many formulas that name each other
const origins = new WeakMap<Figure, Origin>();
const degrees = new WeakMap<Figure, number>();

function degreeOf(checking: Checking, id: string): number {
  const figure = checking.figures.get(id)!;
  const found = degrees.get(figure);
  if (found !== undefined) return found;
  degrees.set(figure, 0); // for the one that reads its own past
  const degree = countedBy(checking, figure.value);
  degrees.set(figure, degree);
  return degree;
}

function originOf(checking: Checking, node: Expression): Origin {
  const value = foldConstant(node);
  if (value !== undefined) return typeof value === 'object' && isZero(value) ? 'none' : 0;
  switch (node.kind) {
    case 'figure': {
      const figure = checking.figures.get(node.figure)!;
      const found = origins.get(figure) ?? originOf(checking, figure.value);
      origins.set(figure, found);
      return found;
    }
    case 'measure':
    case 'bonus': // comes prorated where it is fixed
    // what other periods and people give isn't fixed
    case 'previous':
    case 'each':
    case 'total':
    case 'pool':
      return 'measured';
    case 'target':
      // that of a sum or count comes prorated, that of a ratio as the policy says it
      return countedBy(checking, node) > 0 ? 'measured' : 0;
    case 'later':
      return 'measured';
    case 'convert': // converted money is what it was
      return originOf(checking, node.amount);
    case 'rates':
      if (node.read === 'rate') return 0;
      if (checking.declared.rates.get(node.rates)?.mode === 'amounts')
        return countedBy(checking, node.argument);
      // slices of the part at their rates: its whole only says how it is cut
      return node.argument.type.kind === 'money'
        ? originOf(checking, node.argument)
        : countedBy(checking, node.argument);
    case 'curve': {
      // in steps the amounts are the policy's, and a count only chooses; a straight line multiplies
      const curve = checking.declared.curves.get(node.curve);
      const steps = curve?.mode === 'steps' && !(curve.above && 'more' in curve.above);
      return steps || countedBy(checking, node.argument) === 0 ? 0 : 'mixed';
    }
    case 'apply':
      return ofApplied(checking, node.function, node.args);
    default:
      return 0;
  }
}

function ofApplied(checking: Checking, name: string, args: readonly Expression[]): Origin {
  switch (name) {
    case '*':
    case '/': {
      const money = args.find((each) => each.type.kind === 'money');
      if (!money) return 0;
      const origin = originOf(checking, money);
      if (typeof origin !== 'number') return origin;
      const others = args.filter((each) => each !== money);
      const by = others.reduce((sum, each) => sum + countedBy(checking, each), 0);
      return name === '*' ? origin + by : origin - by;
    }
    case 'choose':
      return together(args.slice(1).map((each) => originOf(checking, each)));
    case 'average':
    case 'median':
      return 'measured';
    // what it is rounded to is no part of it
    case 'round':
    case 'round half even':
    case 'round down':
    case 'floor':
    case 'ceil':
      return originOf(checking, args[0]!);
    default:
      return together(
        args.filter((each) => each.type.kind === 'money').map((each) => originOf(checking, each)),
      );
  }
}

function together(origins: readonly Origin[]): Origin {
  const [first, ...rest] = [...new Set(origins.filter((each) => each !== 'none'))];
  if (first === undefined) return 'none';
  if (rest.length === 0) return first;
  const kinds = new Set([first, ...rest].map(inWords));
  return kinds.size > 1 ? 'mixed' : first;
}

/** How many counts and sums multiply a value, less those that divide it: 1 of a count, 0 of a ratio, score or rate. */
export function countedBy(checking: Checking, node: Expression): number {
  switch (node.kind) {
    case 'measure': {
      const { aggregate, each } = checking.measuresById.get(node.measure)!;
      return each || aggregate === 'sum' || aggregate === 'count' || aggregate === 'distinct' ? 1 : 0;
    }
    case 'figure':
      return degreeOf(checking, node.figure);
    case 'target':
      return degreeOf(checking, node.figure) > 0 ? 1 : 0;
    case 'points':
      return 1;
    case 'convert':
      return countedBy(checking, node.amount);
    case 'streak':
      return 1;
    case 'previous':
    case 'total':
      return countedBy(checking, node.of);
    case 'each':
      if (node.function === 'count') return 1;
      return node.function === 'sum' ? countedBy(checking, node.of) : 0;
    case 'rates':
      return node.read === 'rate' ? 0 : countedBy(checking, node.argument);
    case 'apply': {
      if (node.function === 'average' || node.function === 'median') return 0;
      const parts = node.args.map((each) => countedBy(checking, each));
      const [first = 0, second = 0] = parts;
      if (node.function === '*') return first + second;
      if (node.function === '/') return first - second;
      return Math.max(...(node.function === 'choose' ? parts.slice(1) : parts));
    }
    default:
      return 0;
  }
}
