// Whether a value can be missing where it stands, and the question what then (language.md, section 3: missing is not
// zero).

import type { MissingRule } from '../library/function.ts';
import { libraryFunction } from '../library/index.ts';
import { neededParts, partsOf } from '../library/parts.ts';
import { isNumeric } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import { type Checking, isError, NOTHING_KNOWN, textOf, type World } from './context.ts';
import { existsKey, formulaBehind, holdsKey, isNonZero } from './known.ts';
import { missingByItself } from './look-backs.ts';
import * as messages from './messages.ts';

/** How a function's result can be missing, from whether its arguments can be. */
export function canBeMissing(rule: MissingRule, args: readonly boolean[], divides: boolean): boolean {
  switch (rule) {
    case 'any':
    case 'truth':
    case 'choice':
      return args.some((each) => each);
    case 'divisor':
      return !divides || args.some((each) => each);
    case 'never':
      return false;
    case 'fallback':
      return args.every((each) => each);
    default:
      return rule satisfies never;
  }
}

/** Whether the value can still be missing, with all that is known where it stands. */
export function stillMissing(checking: Checking, node: Expression, world: World): boolean {
  const event = world.kind === 'row' ? world.event : undefined;
  const answers = new Map<Expression, boolean>();
  const ask = (part: Expression): boolean => {
    if (!part.optional) return false;
    const found = answers.get(part) ?? !(world.known.has(existsKey(part)) || !throughParts(part));
    answers.set(part, found);
    return found;
  };
  const canBeZero = (whole: Expression | undefined): boolean =>
    whole !== undefined && !isNonZero(checking, whole, world);
  const throughParts = (part: Expression): boolean => {
    switch (part.kind) {
      case 'apply':
        return canBeMissing(
          libraryFunction(part.function).missing,
          part.args.map(ask),
          part.args[1] !== undefined && isNonZero(checking, part.args[1], world),
        );
      case 'rates':
        return partsOf(part).some(ask) || canBeZero(part.whole);
      case 'grid':
        // a grid of words has none below its first bounds
        return !isNumeric(part.type) || partsOf(part).some(ask) || canBeZero(part.ratio?.whole);
      case 'later':
        return part.missing === 'own' || part.args.some(ask);
      case 'look-back':
        return !event || missingByItself(checking, part, event) || partsOf(part).some(ask);
      case 'nth':
        return (
          (part.where !== undefined && (part.where.optional || !world.known.has(holdsKey(part.where)))) ||
          part.by.some(ask)
        );
      default: {
        const needed = neededParts(part);
        if (needed) return needed.some(ask);
        const behind = formulaBehind(checking, part, event);
        return behind ? ask(behind) : true;
      }
    }
  };
  // of a row the bounds of its fields are known as well
  return world.known === NOTHING_KNOWN && !event ? node.optional : ask(node);
}

/** Checks that an expression can't be missing; an error is reported. */
export function requirePresent(checking: Checking, node: Expression, what: string): boolean {
  if (isError(node)) return false;
  if (!node.optional) return true;
  const culprit = missingPart(node);
  const shown = textOf(checking, culprit.span);
  const question = node.type.kind === 'truth' ? 'say what counts then' : 'say what is paid then';
  const fallback = fallbackFor(culprit);
  const example =
    fallback === undefined && node.type.kind === 'truth'
      ? `${shown} exists and …`
      : `(${shown} else ${fallback ?? '…'})`;
  checking.diagnostics.push(
    messages.mayBeMissing(
      culprit.span,
      what,
      whyMissing(checking, culprit),
      `${question}, such as \`${example}\``,
    ),
  );
  return false;
}

function fallbackFor({ type }: Expression): string | undefined {
  if (type.kind === 'percent') return '0%';
  if (type.kind === 'money') return `0 ${type.currency}`;
  if (type.kind === 'truth') return 'false';
  return type.kind === 'number' ? '0' : undefined;
}

/** The innermost part through which the whole can be missing. */
export function missingPart(node: Expression): Expression {
  if (node.kind === 'rates' || node.kind === 'curve' || node.kind === 'grid') {
    const part = partsOf(node).find((each) => each.optional);
    return part ? missingPart(part) : node;
  }
  const needed = node.kind === 'later' && node.missing === 'any' ? node.args : neededParts(node);
  if (needed) {
    const part = needed.find((each) => each.optional);
    return part ? missingPart(part) : node;
  }
  if (node.kind !== 'apply' || node.function === 'average' || node.function === 'median') return node;
  const args = node.function === 'else' ? node.args.slice(1) : node.args;
  const part = args.find((each) => each.optional);
  return part ? missingPart(part) : node;
}

/** Why, in a few words; of a figure, why its formula is. */
export function whyMissing(checking: Checking, node: Expression): string {
  switch (node.kind) {
    case 'apply':
      return node.function === '/'
        ? `missing when \`${textOf(checking, node.args[1]!.span)}\` is zero`
        : 'missing when there are no rows';
    case 'measure':
      return node.window.kind === 'period'
        ? 'missing when there are no rows'
        : 'missing when it reaches behind the beginning of the data, or there are no rows';
    case 'figure': {
      const value = checking.figures.get(node.figure)?.value;
      return value ? whyMissing(checking, missingPart(value)) : 'can be missing';
    }
    case 'field':
    case 'attribute':
      return 'its cell may be empty';
    case 'lookup':
      return 'missing when the table has no such row';
    case 'nth':
      return `missing for rows that aren't counted`;
    case 'through':
      return `missing when the row of \`${node.event}\` isn't there, or its cell is empty`;
    case 'of person':
      return `missing when nobody of that id is there on the day, or the cell is empty`;
    case 'look-back':
      return 'missing when it reaches behind the beginning of the data, or there are no rows';
    case 'target':
    case 'attainment':
      return 'missing when there is no target, or no result';
    case 'curve':
      return node.whole
        ? 'missing where the whole is zero, or outside the points of the curve'
        : 'missing outside the points of the curve';
    case 'rates':
      return 'missing where the whole is zero';
    case 'grid':
      return isNumeric(node.type) ? 'missing where the whole is zero' : 'missing below the first bounds';
    case 'score':
      return 'missing when too few of its lines are there';
    case 'previous':
      return 'missing in the first period';
    case 'each':
    case 'streak':
      return 'missing when it reaches behind the beginning of the data, or no period counts';
    case 'rank':
      return `missing for who isn't ranked`;
    default:
      return 'can be missing';
  }
}
