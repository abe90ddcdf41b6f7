// Expressions of the syntax tree to typed, bound ones: literals, operators and choices. Names, calls and brackets have
// files of their own.

import { parseDay } from '../base/date.ts';
import { exact, exactText, isZero, multiply } from '../base/exact.ts';
import type { Span } from '../base/source.ts';
import { DURATION_SECONDS, isCurrencyCode } from '../base/unit.ts';
import type { Mismatch } from '../library/function.ts';
import { libraryFunction } from '../library/index.ts';
import { DATE, DURATION, NUMBER, PERCENT, TEXT, TRUTH, typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { inferBrackets } from './brackets.ts';
import { inferCall } from './calls.ts';
import { type Checking, isError, type Known, textOf, unknown, type World } from './context.ts';
import { existsKey, learn } from './known.ts';
import * as messages from './messages.ts';
import { inferMember, inferName } from './names.ts';

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
  const found = inferNode(checking, node, world, expected);
  return found.optional && world.known.has(existsKey(found)) ? { ...found, optional: false } : found;
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
      return refuse(
        checking,
        messages.notSupported(
          node.span,
          'a period in a formula',
          'compare dates: `period.start`, `period.end`',
        ),
      );
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
      const fallback = infer(checking, node.fallback, world, isError(value) ? expected : value.type);
      return apply(checking, 'else', [value, fallback], node.span);
    }
    case 'choice': {
      const condition = infer(checking, node.condition, world);
      const value = infer(checking, node.value, knowing(world, condition, true), expected);
      const otherwise = infer(
        checking,
        node.otherwise,
        knowing(world, condition, false),
        expected ?? value.type,
      );
      return apply(checking, 'choose', [condition, value, otherwise], node.span);
    }
    case 'exists': {
      const operand = infer(checking, node.operand, { ...world, known: new Set() });
      return apply(checking, 'exists', [operand], node.span);
    }
    case 'unreadable':
      return unknown(node.span);
    default:
      return node satisfies never;
  }
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
      if (expected?.kind === 'enumeration' && expected.members.includes(node.value))
        return constant(expected, node.value);
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
    operator === 'and' ? knowing(world, left, true) : operator === 'or' ? knowing(world, left, false) : world;
  const right = infer(checking, node.right, within, isError(left) ? undefined : left.type);
  if (isError(left) || isError(right)) return unknown(node.span);
  const kinds = [left.type.kind, right.type.kind].join();
  if (operator === '-' && kinds === 'date,date')
    return apply(checking, 'days between', [left, right], node.span);
  if (operator === '-' && kinds === 'datetime,datetime')
    return apply(checking, 'time between', [left, right], node.span);
  if (operator === '+' && kinds === 'date,duration' && world.kind !== 'row')
    return apply(checking, 'later', [left, right], node.span);
  if (world.kind === 'row' && operator === '/')
    return refuse(checking, messages.notOnRows(node.span, 'a division'));
  const result = apply(checking, operator, [left, right], node.span);
  return { ...result, type: plainType(operator, left, right) ?? result.type };
}

/** Numbers and percents: a count over a count is a ratio, over a plain constant still a count; a count times a percent is a count. */
function plainType(operator: ast.BinaryOperator, left: Expression, right: Expression): ValueType | undefined {
  const kinds = `${left.type.kind} ${operator} ${right.type.kind}`;
  if (kinds === 'number / number' && right.kind === 'constant') return NUMBER;
  if (kinds === 'number * percent' && left.kind !== 'constant') return NUMBER;
  if (kinds === 'percent * number' && right.kind !== 'constant') return NUMBER;
  return undefined;
}

/** A function of the library over checked arguments; whether they fit, and whether the result can be missing. */
export function apply(checking: Checking, name: string, args: readonly Expression[], span: Span): Expression {
  if (args.some(isError)) return unknown(span);
  const called = libraryFunction(name);
  const type = called.result(args.map((each) => each.type));
  if (type.kind === 'mismatch') return disagree(checking, name, args, type, span);
  return { kind: 'apply', function: name, args, type, optional: canBeMissing(called.missing, args), span };
}

function canBeMissing(
  rule: ReturnType<typeof libraryFunction>['missing'],
  args: readonly Expression[],
): boolean {
  const any = args.some((each) => each.optional);
  switch (rule) {
    case 'any':
    case 'truth':
    case 'choice':
      return any;
    case 'divisor': {
      const divisor = args[1]!;
      return any || divisor.kind !== 'constant' || isZero(exact(divisor.text));
    }
    case 'never':
      return false;
    case 'fallback':
      return args[0]!.optional && args[1]!.optional;
    default:
      return rule satisfies never;
  }
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

function operandHelp(checking: Checking, operator: string, args: readonly Expression[]): string | undefined {
  const [left, right] = args as readonly [Expression, Expression];
  const shown = textOf(checking, left.span);
  if (left.type.kind === 'money' && right.type.kind === 'percent' && (operator === '+' || operator === '-')) {
    return `a percent of an amount is a product: \`${shown} * (100% ${operator} ${textOf(checking, right.span)})\``;
  }
  if (left.type.kind === 'money' && right.type.kind === 'number' && right.kind === 'constant') {
    return `write the amount with its currency: \`${textOf(checking, right.span)} ${left.type.currency}\``;
  }
  if (left.type.kind === 'money' && right.type.kind === 'money')
    return 'convert one of the two amounts first';
  if (left.type.kind === 'enumeration')
    return `its words are ${left.type.members.map((word) => `\`${word}\``).join(', ')}`;
  if ((operator === '+' || operator === '-') && (left.type.kind === 'money' || right.type.kind === 'money')) {
    return 'multiply by an amount first, such as `25 RUB`, so that both are money';
  }
  return undefined;
}

/** The same world, with what the condition tells. */
export function knowing(world: World, condition: Expression, outcome: boolean): World {
  const event = world.kind === 'row' ? world.event : undefined;
  const known: Known = learn(world.known, condition, outcome, event);
  return { ...world, known };
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

/** Checks that an expression can't be missing; an error is reported. */
export function requirePresent(checking: Checking, node: Expression, what: string): boolean {
  if (isError(node) || !node.optional) return !isError(node);
  const culprit = missingPart(node);
  const shown = textOf(checking, culprit.span);
  const example =
    node.type.kind === 'truth' ? 'say what counts then, such as' : 'say what is paid then, such as';
  const fallback =
    culprit.type.kind === 'percent'
      ? '0%'
      : culprit.type.kind === 'money'
        ? `0 ${culprit.type.currency}`
        : culprit.type.kind === 'number'
          ? '0'
          : '…';
  checking.diagnostics.push(
    messages.mayBeMissing(
      culprit.span,
      what,
      whyMissing(culprit),
      `${example} \`(${shown} else ${fallback})\``,
    ),
  );
  return false;
}

/** The innermost part through which the whole can be missing. */
export function missingPart(node: Expression): Expression {
  if (node.kind === 'rates' || node.kind === 'curve')
    return node.argument.optional ? missingPart(node.argument) : node;
  if (node.kind !== 'apply') return node;
  const args = node.function === 'else' ? node.args.slice(1) : node.args;
  const part = args.find((each) => each.optional);
  return part ? missingPart(part) : node;
}

function whyMissing(node: Expression): string {
  switch (node.kind) {
    case 'apply':
      return node.function === '/' ? 'missing when the divisor is zero' : 'missing when there are no rows';
    case 'field':
    case 'attribute':
      return 'its cell may be empty';
    case 'lookup':
      return 'missing when the table has no such row';
    case 'target':
    case 'attainment':
      return 'missing when there is no target';
    case 'curve':
      return 'missing outside the points of the curve';
    default:
      return 'can be missing';
  }
}
