// Constants: expressions whose value is known before any data.

import { addMonths, type Day, parseDay } from '../base/date.ts';
import { compare, type Exact, exact, exactText, ONE, sign, whole } from '../base/exact.ts';
import { percentNotation } from '../base/notation.ts';
import { parsePeriod } from '../base/period.ts';
import { constantValue } from '../library/constant.ts';
import { libraryFunction } from '../library/index.ts';
import { isPlain, typeInWords } from '../library/types.ts';
import { placeOf, wordBeside } from '../library/words.ts';
import type { Expression } from '../model/expression.ts';
import type { Cell, ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { type Checking, isError, NOTHING_KNOWN, textOf } from './context.ts';
import { infer } from './infer.ts';
import * as messages from './messages.ts';

/** The value of an expression of constants and functions; `undefined` when it has none or isn't constant. */
export function foldConstant(node: Expression): Cell {
  switch (node.kind) {
    case 'constant':
      return isError(node) ? undefined : constantValue(node.type, node.text);
    case 'apply': {
      const args = node.args.map(foldConstant);
      return args.some((each) => each === undefined)
        ? undefined
        : libraryFunction(node.function).evaluate(args);
    }
    case 'word place':
    case 'word step': {
      const word = foldConstant(node.of) as string | undefined;
      if (word === undefined) return undefined;
      return node.kind === 'word place'
        ? whole(placeOf(node.of.type, word))
        : wordBeside(node.of.type, word, node.by);
    }
    case 'months later': {
      const day = foldConstant(node.of);
      return day && node.type.kind === 'date'
        ? whole(addMonths(Number((day as Exact).num), node.months))
        : undefined;
    }
    case 'period start': {
      const period = parsePeriod((foldConstant(node.of) as string | undefined) ?? '');
      return period && whole(period.from);
    }
    default:
      return undefined;
  }
}

/** A constant that the policy must give here, as the Model's text; `undefined` after reporting what is wrong. */
export function constantText(
  checking: Checking,
  node: ast.Expression,
  what: string,
  expected?: ValueType,
): { readonly text: string; readonly type: ValueType } | undefined {
  const checked = infer(checking, node, { kind: 'constant', known: NOTHING_KNOWN }, expected);
  if (isError(checked)) return undefined;
  const value = foldConstant(checked);
  if (value === undefined) {
    checking.diagnostics.push(messages.notConstant(node.span, what));
    return undefined;
  }
  return { text: typeof value === 'object' ? exactText(value) : String(value), type: checked.type };
}

/** A whole number from 1 on, which the policy must give as a constant; `undefined` after reporting what is wrong. */
export function wholeNumber(checking: Checking, node: ast.Expression): number | undefined {
  const constant = constantText(checking, node, 'this number');
  if (!constant) return undefined;
  if (constant.type.kind === 'number' && /^[1-9][0-9]{0,8}$/.test(constant.text))
    return Number(constant.text);
  const found = constant.type.kind === 'number' ? constant.text : typeInWords(constant.type);
  checking.diagnostics.push(messages.wrongType(node.span, 'a whole number from 1 on', found));
  return undefined;
}

/** A share above 0% and, unless it is `open`, up to 100%; as the Model's text. */
export function shareText(
  checking: Checking,
  node: ast.Expression,
  limit: 'up to 100%' | 'open' = 'up to 100%',
): string | undefined {
  const constant = constantText(checking, node, 'a share');
  if (!constant) return undefined;
  const expected = limit === 'open' ? 'a share above 0%' : 'a share above 0% and up to 100%';
  if (!isPlain(constant.type)) {
    checking.diagnostics.push(messages.wrongType(node.span, expected, typeInWords(constant.type)));
    return undefined;
  }
  const value = exact(constant.text);
  if (sign(value) > 0 && (limit === 'open' || compare(value, ONE) <= 0)) return constant.text;
  checking.diagnostics.push(messages.wrongType(node.span, expected, percentNotation(exact(constant.text))));
  return undefined;
}

/** A length of time such as `3 months`, in one of these units (in the singular). */
export function lengthIn(checking: Checking, node: ast.Expression, units: readonly string[]): boolean {
  if (node.kind === 'duration') {
    const whole = /^0*[1-9][0-9]*$/.test(node.digits);
    if (whole && units.some((each) => node.unit === each || node.unit === `${each}s`)) return true;
  }
  const examples = units.map((each) => `\`3 ${each}s\``).join(' or ');
  checking.diagnostics.push(
    messages.wrongType(node.span, `a length such as ${examples}`, `\`${textOf(checking, node.span)}\``),
  );
  return false;
}

/** How many months a length is, such as `3 months`; `undefined` after reporting what is wrong. */
export function monthsIn(checking: Checking, node: ast.Expression): number | undefined {
  return lengthIn(checking, node, ['month']) && node.kind === 'duration' ? Number(node.digits) : undefined;
}

/** A day of the calendar, written as one; `undefined` after reporting what is wrong. */
export function dayIn(checking: Checking, node: ast.Expression): Day | undefined {
  const day = node.kind === 'date' ? parseDay(node.text) : undefined;
  if (day === undefined)
    checking.diagnostics.push(messages.wrongType(node.span, 'a day, such as `2026-01-01`', 'something else'));
  return day;
}
