// Whether a value can be missing where it stands, and the question what then (language.md, section 3: missing is not
// zero).

import type { MissingRule } from '../library/function.ts';
import { libraryFunction } from '../library/index.ts';
import type { Expression } from '../model/expression.ts';
import { type Checking, isError, NOTHING_KNOWN, textOf, type World } from './context.ts';
import { existsKey, formulaBehind, holdsKey, isNonZero } from './known.ts';
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
  const throughParts = (part: Expression): boolean => {
    switch (part.kind) {
      case 'apply':
        return canBeMissing(
          libraryFunction(part.function).missing,
          part.args.map(ask),
          part.args[1] !== undefined && isNonZero(checking, part.args[1], world),
        );
      case 'rates':
        return [part.argument, part.whole, part.after].some((each) => each !== undefined && ask(each));
      case 'later':
        return part.missing === 'own' || part.args.some(ask);
      case 'nth':
        return (
          (part.where !== undefined && (part.where.optional || !world.known.has(holdsKey(part.where)))) ||
          part.by.some(ask)
        );
      default: {
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
  if (node.kind === 'rates' || node.kind === 'curve') {
    const parts = node.kind === 'rates' ? [node.argument, node.whole, node.after] : [node.argument];
    const part = parts.find((each) => each?.optional);
    return part ? missingPart(part) : node;
  }
  if (node.kind === 'later' && node.missing === 'any') {
    const part = node.args.find((each) => each.optional);
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
    case 'target':
    case 'attainment':
      return 'missing when there is no target, or no result';
    case 'curve':
      return 'missing outside the points of the curve';
    case 'later':
      return LATER_REASONS.get(node.what) ?? 'can be missing';
    case 'score':
      return 'missing when too few of its lines are there';
    default:
      return 'can be missing';
  }
}

const LATER_REASONS: ReadonlyMap<string, string> = new Map([
  ['previous', 'missing in the first period'],
  ['rank', `missing for who isn't ranked`],
]);
