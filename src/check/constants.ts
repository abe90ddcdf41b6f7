// Constants: expressions whose value is known before any data.

import { exact, exactText, fixedText, isZero, multiply } from '../base/exact.ts';
import { constantValue } from '../library/constant.ts';
import { libraryFunction } from '../library/index.ts';
import type { Expression } from '../model/expression.ts';
import type { Cell, ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { type Checking, isError, NOTHING_KNOWN } from './context.ts';
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

/** `0.25` as `25%`. */
export function percentText(text: string): string {
  const value = multiply(exact(text), exact('100'));
  return isZero(value) ? '0%' : `${fixedText(value, 4).replace(/\.?0+$/, '')}%`;
}
