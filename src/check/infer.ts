// Expressions of the syntax tree to typed, bound ones: literals, operators and choices. Names, calls and brackets have
// files of their own.

import { parseDay } from '../base/date.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { decimalPlaces, divide, exact, exactText, multiply } from '../base/exact.ts';
import type { Span } from '../base/source.ts';
import { DURATION_SECONDS, isCurrencyCode } from '../base/unit.ts';
import type { Mismatch } from '../library/function.ts';
import { libraryFunction } from '../library/index.ts';
import { partsOf } from '../library/parts.ts';
import { DATE, DURATION, NUMBER, PERCENT, TEXT, TRUTH, typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { inferBrackets } from './brackets.ts';
import { inferCall, onRows } from './calls.ts';
import { foldConstant } from './constants.ts';
import { type Checking, isError, isGivenUp, NOTHING_KNOWN, textOf, unknown, type World } from './context.ts';
import { comparePeriods, laterDay, laterMoment, periodLiteral, shiftedDay } from './dates.ts';
import { isNonZero, knowing } from './known.ts';
import { means, wordOf } from './meanings.ts';
import { inferMember } from './members.ts';
import * as messages from './messages.ts';
import { canBeMissing, stillMissing } from './missing.ts';
import { asMoment } from './moments.ts';
import { countedBy } from './money-origin.ts';
import { inferName } from './names.ts';
import { inOrder, stepped } from './words.ts';

/**
 * The checked expression; mistakes are reported and leave a node of type `error`.
 * `expected` says what stands opposite, for bare words of an enumeration.
 */
export function infer(
  checking: Checking,
  node: ast.Expression,
  world: World,
  expected?: ValueType,
): Expression {
  if (isGivenUp(checking)) return unknown(node.span);
  const inferred = inferNode(checking, node, world, expected);
  const isSure = inferred.optional && !stillMissing(checking, inferred, world);
  const found = isSure ? { ...inferred, optional: false } : inferred;
  checking.meanings?.inferred?.({ written: node, found, world, ...(expected ? { expected } : {}) });
  return found;
}

function inferNode(checking: Checking, node: ast.Expression, world: World, expected?: ValueType): Expression {
  switch (node.kind) {
    case 'number':
    case 'percent':
    case 'money':
    case 'duration':
    case 'date':
    case 'text':
    case 'truth':
      return literal(checking, node, expected);
    case 'period':
      return periodLiteral(checking, node);
    case 'name':
      return inferName(checking, node, world, expected);
    case 'member':
      return inferMember(checking, node, world);
    case 'call':
      return inferCall(checking, node, world);
    case 'brackets':
      return inferBrackets(checking, node, world);
    case 'unary': {
      const operand = infer(checking, node.operand, world);
      return apply(checking, node.operator === '-' ? 'minus' : 'not', [operand], node.span);
    }
    case 'binary':
      return binary(checking, node, world);
    case 'else': {
      const value = infer(checking, node.value, world, expected);
      const fallback = asMoment(value, beside(checking, value, node.fallback, world));
      return apply(checking, 'else', [value, fallback], node.span);
    }
    case 'choice': {
      const condition = infer(checking, node.condition, world);
      const value = infer(checking, node.value, knowing(checking, world, condition, true), expected);
      const failing = knowing(checking, world, condition, false);
      const otherwise = expected
        ? infer(checking, node.otherwise, failing, expected)
        : beside(checking, value, node.otherwise, failing);
      return apply(checking, 'choose', [condition, value, otherwise], node.span);
    }
    case 'exists': {
      const operand = infer(checking, node.operand, { ...world, known: new Set() });
      return apply(checking, 'exists', [operand], node.span);
    }
    case 'step':
      return stepped(checking, node, world);
    case 'unreadable':
      return unknown(node.span);
    default:
      return node satisfies never;
  }
}

/** What stands opposite another expression; a bare word opposite a mistake may be any enumeration's. */
function beside(checking: Checking, other: Expression, node: ast.Expression, world: World): Expression {
  if (!isError(other)) return infer(checking, node, world, other.type);
  return node.kind === 'name' ? unknown(node.span) : infer(checking, node, world);
}

function literal(checking: Checking, node: ast.Expression, expected: ValueType | undefined): Expression {
  const constant = (type: ValueType, text: string): Expression => ({
    kind: 'constant',
    type,
    text,
    optional: false,
    span: node.span,
  });
  switch (node.kind) {
    case 'number':
      return constant(NUMBER, exactText(exact(node.digits)));
    case 'percent':
      return constant(PERCENT, exactText(multiply(exact(node.digits), exact('0.01'))));
    case 'money':
      return isCurrencyCode(node.currency)
        ? constant({ kind: 'money', currency: node.currency }, exactText(exact(node.digits)))
        : refuse(
            checking,
            messages.badWord(node.span, 'a currency code', node.currency, [checking.currency]),
          );
    case 'duration': {
      const seconds = DURATION_SECONDS.get(node.unit);
      if (seconds === undefined) {
        return refuse(
          checking,
          messages.badWord(node.span, 'a length of time with a fixed number of seconds', node.unit, [
            'seconds',
            'minutes',
            'hours',
            'days',
            'weeks',
          ]),
        );
      }
      return constant(DURATION, exactText(multiply(exact(node.digits), exact(String(seconds)))));
    }
    case 'date': {
      const day = parseDay(node.text);
      return day === undefined
        ? refuse(checking, messages.badWord(node.span, 'a day of the calendar', node.text, []))
        : constant(DATE, String(day));
    }
    case 'text':
      if (expected?.kind === 'enumeration' && expected.members.includes(node.value)) {
        means(checking, { text: node.value, span: node.span }, wordOf(expected));
        return constant(expected, node.value);
      }
      return constant(TEXT, node.value);
    case 'truth':
      return constant(TRUTH, String(node.value));
    default:
      return unknown(node.span);
  }
}

function binary(checking: Checking, node: ast.Binary, world: World): Expression {
  const { operator } = node;
  const left = infer(checking, node.left, world);
  const within =
    operator === 'and'
      ? knowing(checking, world, left, true)
      : operator === 'or'
        ? knowing(checking, world, left, false)
        : world;
  const moved = shiftedDay(checking, node, left);
  if (moved) return moved;
  const right = beside(checking, left, node.right, within);
  if (isError(left) || isError(right)) return unknown(node.span);
  const kinds = [left.type.kind, right.type.kind].join();
  if (operator === '-' && kinds === 'date,date')
    return apply(checking, 'days between', [left, right], node.span);
  if (operator === '-' && kinds === 'datetime,datetime')
    return apply(checking, 'time between', [left, right], node.span);
  if ((operator === '+' || operator === '-') && kinds === 'date,duration')
    return laterDay(checking, operator, [left, right], node.span);
  if ((operator === '+' || operator === '-') && kinds === 'datetime,duration')
    return laterMoment(checking, operator, [left, right], node.span);
  if (left.type.kind === 'period' && COMPARES.has(operator))
    return comparePeriods(checking, operator, [left, right], { span: node.span, world });
  if (left.type.kind === 'enumeration' && left.type.ordered && WITH_ORDER.has(operator))
    return inOrder(checking, operator, [left, right], node.span);
  if (
    world.kind === 'row' &&
    operator === '/' &&
    !world.rounded &&
    !isDecimal(left, right) &&
    (world.place !== 'bonus' || ofRow(left, right))
  )
    return refuse(checking, messages.notOnRows(node.span, 'a division'));
  const share = countWithPercent(checking, operator, left, right);
  if (share) return refuse(checking, share);
  const result = apply(checking, operator, [left, right], node.span);
  const typed = { ...result, type: plainType(operator, left, right) ?? result.type };
  return operator === '/' ? onRows(checking, typed, world) : typed;
}

/** Whether a quotient of constants is a number that ends. */
function isDecimal(left: Expression, right: Expression): boolean {
  const [dividend, divisor] = [foldConstant(left), foldConstant(right)];
  if (typeof dividend !== 'object' || typeof divisor !== 'object') return false;
  const quotient = divide(dividend, divisor);
  return quotient !== undefined && decimalPlaces(quotient) !== undefined;
}

/** Whether a field of the row, or its share, is part of a formula; the rest of a bonus per event is the person's. */
function ofRow(...nodes: readonly Expression[]): boolean {
  return nodes.some((node) => {
    if (node.kind === 'field' || node.kind === 'nth') return true;
    if (node.kind === 'share' || node.kind === 'through') return true;
    if (node.kind === 'of person') return ofRow(node.person);
    if (node.kind === 'apply' || node.kind === 'later') return ofRow(...node.args);
    const isTable = node.kind === 'rates' || node.kind === 'curve' || node.kind === 'grid';
    return isTable && ofRow(...partsOf(node));
  });
}

const WITH_ORDER: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);
const COMPARES: ReadonlySet<string> = new Set(['is', 'is not', ...WITH_ORDER]);
const WITH_LIKES: ReadonlySet<string> = new Set(['+', '-', 'is', 'is not', '<', '<=', '>', '>=']);

/** A percent adds to and compares with a percent or a ratio, never a count. */
function countWithPercent(
  checking: Checking,
  operator: string,
  left: Expression,
  right: Expression,
): Diagnostic | undefined {
  if (!WITH_LIKES.has(operator)) return undefined;
  const sides = [left, right] as const;
  const count = sides.find((each) => each.type.kind === 'number' && countedBy(checking, each) > 0);
  const percent = sides.find((each) => each.type.kind === 'percent' && isShare(each));
  if (!count || !percent) return undefined;
  const words = (each: Expression) =>
    each === count ? describe(each).replace('a number', 'a count') : describe(each);
  return messages.operandsDisagree(
    operator,
    { span: left.span, words: words(left) },
    { span: right.span, words: words(right) },
    operator === '+' || operator === '-'
      ? `a percent of a count is a product: \`${textOf(checking, count.span)} * (100% ${operator} ${textOf(checking, percent.span)})\``
      : 'compare a count with a number, or take a ratio of two counts first',
  );
}

/** Surely a share, where a product of a number and a percent may be a number again. */
function isShare(node: Expression): boolean {
  return node.kind !== 'apply' || node.function !== '*';
}

/** A count where a percent is read, as by a curve over attainments. */
export function countedAsPercent(
  checking: Checking,
  node: Expression,
  input: ValueType,
  span: Span,
): Diagnostic | undefined {
  if (input.kind !== 'percent' || node.type.kind !== 'number' || countedBy(checking, node) <= 0)
    return undefined;
  return messages.wrongType(span, 'a percent', describe(node).replace('a number', 'a count'));
}

/** Numbers and percents: a count over a count is a ratio, over a plain constant still a count; a count times a percent is a count. */
function plainType(operator: ast.BinaryOperator, left: Expression, right: Expression): ValueType | undefined {
  const kinds = `${left.type.kind} ${operator} ${right.type.kind}`;
  if (kinds === 'number / number' && right.kind === 'constant') return NUMBER;
  if (kinds === 'number * percent' && left.kind !== 'constant') return NUMBER;
  if (kinds === 'percent * number' && right.kind !== 'constant') return NUMBER;
  return undefined;
}

/** Where nothing is known beside constants. */
const NOWHERE: World = { kind: 'constant', known: NOTHING_KNOWN };

/** A function of the library over checked arguments; whether they fit, and whether the result can be missing. */
export function apply(checking: Checking, name: string, args: readonly Expression[], span: Span): Expression {
  if (args.some(isError)) return unknown(span);
  const called = libraryFunction(name);
  const type = called.result(args.map((each) => each.type));
  if (type.kind === 'mismatch') return disagree(checking, name, args, type, span);
  const optional = canBeMissing(
    called.missing,
    args.map((each) => each.optional),
    args[1] !== undefined && isNonZero(checking, args[1], NOWHERE),
  );
  return { kind: 'apply', function: name, args, type, optional, span };
}

function disagree(
  checking: Checking,
  name: string,
  args: readonly Expression[],
  mismatch: Mismatch,
  span: Span,
): Expression {
  const words = args.map((each) => describe(each));
  const operator = libraryFunction(name).kind === 'operator' && args.length === 2;
  if (operator && name !== 'and' && name !== 'or') {
    checking.diagnostics.push(
      messages.operandsDisagree(
        name,
        { span: args[0]!.span, words: words[0]! },
        { span: args[1]!.span, words: words[1]! },
        operandHelp(checking, name, args),
      ),
    );
  } else {
    const wrong = args[mismatch.argument] ?? args[0]!;
    const first =
      mismatch.argument > 0 && name !== 'and' && name !== 'or' ? args[name === 'choose' ? 1 : 0] : undefined;
    checking.diagnostics.push(
      messages.wrongType(
        wrong.span,
        mismatch.expected,
        describe(wrong),
        first && first !== wrong ? [{ span: first.span, message: `because this is ${describe(first)}` }] : [],
      ),
    );
  }
  return unknown(span);
}

/** The type in words, with what the expression is where that helps. */
export function describe(node: Expression): string {
  const words = typeInWords(node.type);
  switch (node.kind) {
    case 'figure':
      return `${words}, from \`${node.figure}\``;
    case 'field':
      return `${words}, from field \`${node.name}\``;
    case 'bonus':
      return `${words}, from bonus \`${node.name}\``;
    default:
      return words;
  }
}

/** What to write instead of two operands that don't go together. */
export function operandHelp(
  checking: Checking,
  operator: string,
  args: readonly Expression[],
): string | undefined {
  const [left, right] = args as readonly [Expression, Expression];
  const shown = textOf(checking, left.span);
  if (left.kind === 'result' && (left.result === 'award' || left.result === 'level'))
    return `\`${shown}\` is whether it was won: write \`${shown}\` or \`not ${shown}\`; what it gives is in \`pay\``;
  if (left.type.kind === 'money' && right.type.kind === 'percent' && (operator === '+' || operator === '-')) {
    return `a percent of an amount is a product: \`${shown} * (100% ${operator} ${textOf(checking, right.span)})\``;
  }
  if (left.type.kind === 'money' && right.type.kind === 'number' && right.kind === 'constant') {
    return `write the amount with its currency: \`${textOf(checking, right.span)} ${left.type.currency}\``;
  }
  if (left.type.kind === 'money' && right.type.kind === 'money')
    return 'convert one of the two amounts first';
  if (left.type.kind === 'enumeration' && WITH_ORDER.has(operator) && !left.type.ordered)
    return `these words have no order: declare them in one, \`${left.type.members.join(' < ')}\``;
  if (left.type.kind === 'enumeration')
    return `its words are ${left.type.members.map((word) => `\`${word}\``).join(', ')}`;
  if ((operator === '+' || operator === '-') && (left.type.kind === 'money' || right.type.kind === 'money')) {
    return 'multiply by an amount first, such as `25 RUB`, so that both are money';
  }
  return undefined;
}

/** Reports, and stands in for what couldn't be checked. */
export function refuse(checking: Checking, diagnostic: ReturnType<typeof messages.notSupported>): Expression {
  checking.diagnostics.push(diagnostic);
  return unknown(diagnostic.span!);
}

/** Checks that an expression has the type wanted; an error is reported. */
export function require(
  checking: Checking,
  node: Expression,
  fits: (type: ValueType) => boolean,
  expected: string,
): boolean {
  if (isError(node)) return false;
  if (fits(node.type)) return true;
  checking.diagnostics.push(messages.wrongType(node.span, expected, describe(node)));
  return false;
}
