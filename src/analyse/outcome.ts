// Whether a condition can come out both ways, whatever the data.

import { foldConstant } from '../check/constants.ts';
import type { ApplyNode, Expression } from '../model/expression.ts';
import { boundsOf, type Place } from './bounds.ts';
import { figureCalled } from './formulas.ts';
import { isBelow, onlyValue } from './interval.ts';

/** The only outcome that a condition can have where it isn't missing; `undefined` when it can have both. */
export function outcomeOf(place: Place, node: Expression): boolean | undefined {
  switch (node.kind) {
    case 'constant':
      return node.type.kind === 'truth' ? node.text === 'true' : undefined;
    case 'field': {
      const computed = place.event?.computed.find((each) => each.name === node.name);
      return computed && outcomeOf(place, computed.value);
    }
    case 'figure': {
      const figure = figureCalled(place.model, node.figure);
      return figure && outcomeOf({ model: place.model }, figure.value);
    }
    case 'apply':
      return applied(place, node);
    default:
      return undefined;
  }
}

function applied(place: Place, node: ApplyNode): boolean | undefined {
  const [left, right, third] = node.args as readonly [Expression, Expression, Expression];
  const outcomes = (): readonly (boolean | undefined)[] => node.args.map((each) => outcomeOf(place, each));
  switch (node.function) {
    case 'and':
      return outcomes().includes(false) ? false : outcomes().every((each) => each) ? true : undefined;
    case 'or':
      return outcomes().includes(true)
        ? true
        : outcomes().every((each) => each === false)
          ? false
          : undefined;
    case 'not': {
      const outcome = outcomeOf(place, left);
      return outcome === undefined ? undefined : !outcome;
    }
    case 'else':
      return same(outcomeOf(place, left), outcomeOf(place, right));
    case 'choose': {
      const chosen = outcomeOf(place, left);
      if (chosen !== undefined) return outcomeOf(place, chosen ? right : third);
      return same(outcomeOf(place, right), outcomeOf(place, third));
    }
    case 'exists':
      return left.optional ? undefined : true;
    case '<':
      return isLess(place, left, right);
    case '>':
      return isLess(place, right, left);
    case '<=':
      return negated(isLess(place, right, left));
    case '>=':
      return negated(isLess(place, left, right));
    case 'is':
      return isSame(place, left, right);
    case 'is not':
      return negated(isSame(place, left, right));
    default:
      return undefined;
  }
}

function same(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  return a === b ? a : undefined;
}

function negated(outcome: boolean | undefined): boolean | undefined {
  return outcome === undefined ? undefined : !outcome;
}

function isLess(place: Place, left: Expression, right: Expression): boolean | undefined {
  const [a, b] = [boundsOf(place, left), boundsOf(place, right)];
  if (isBelow(a, b, 'strictly')) return true;
  return isBelow(b, a, 'or equal') ? false : undefined;
}

function isSame(place: Place, left: Expression, right: Expression): boolean | undefined {
  const [a, b] = [boundsOf(place, left), boundsOf(place, right)];
  if (isBelow(a, b, 'strictly') || isBelow(b, a, 'strictly')) return false;
  if (onlyValue(a) && onlyValue(b)) return true;
  const [x, y] = [foldConstant(left), foldConstant(right)];
  return typeof x === 'string' && typeof y === 'string' ? x === y : undefined;
}
