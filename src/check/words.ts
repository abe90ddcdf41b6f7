// Words of ordered lists: `bronze < silver < gold` compare by their order, and step up and down.

import { exactText } from '../base/exact.ts';
import type { Span } from '../base/source.ts';
import { comparable, NUMBER } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';
import { foldConstant } from './constants.ts';
import { type Checking, isError, unknown, type World } from './context.ts';
import { apply, describe, infer, operandHelp, refuse } from './infer.ts';
import * as messages from './messages.ts';

/** Words of an ordered list, by their order. */
export function inOrder(
  checking: Checking,
  operator: string,
  args: readonly [Expression, Expression],
  span: Span,
): Expression {
  const [left, right] = args;
  if (comparable(left.type, right.type)) return apply(checking, operator, args.map(placeOf), span);
  checking.diagnostics.push(
    messages.operandsDisagree(
      operator,
      { span: left.span, words: describe(left) },
      { span: right.span, words: describe(right) },
      operandHelp(checking, operator, args),
    ),
  );
  return unknown(span);
}

function placeOf(of: Expression): Expression {
  return { kind: 'word place', of, type: NUMBER, optional: of.optional, span: of.span };
}

/** `tier(revenue) down 1`: past the last word it stays there. */
export function stepped(checking: Checking, node: ast.Step, world: World): Expression {
  const of = infer(checking, node.of, world);
  const count = infer(checking, node.count, world);
  if (isError(of) || isError(count)) return unknown(node.span);
  if (of.type.kind !== 'enumeration' || !of.type.ordered) {
    const help = 'write the order of its words where they are declared: `bronze < silver < gold`';
    return refuse(checking, messages.wrongType(of.span, 'a word of an ordered list', describe(of), [], help));
  }
  const value = foldConstant(count);
  const steps =
    typeof value === 'object' && /^[0-9]{1,9}$/.test(exactText(value)) ? Number(value.num) : undefined;
  if (count.type.kind !== 'number' || steps === undefined)
    return refuse(checking, messages.wrongType(count.span, 'a whole number of steps', describe(count)));
  const by = node.direction === 'up' ? steps : -steps;
  return { kind: 'word step', of, by, type: of.type, optional: of.optional, span: node.span };
}
