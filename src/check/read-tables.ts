// Tables that are read like functions: `ladder(revenue)`, `ladder.rate(x)`, `ladder(x of y)`, `ladder(x, after y)`,
// `standard(x)` and `payout(margin of amount, amount)`, for people and for rows.

import { comparable, isNumeric, PERCENT, typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { type Checking, isError, unknown, type World } from './context.ts';
import { countedAsPercent, describe, infer, refuse, require } from './infer.ts';
import { isNonZero } from './known.ts';
import * as messages from './messages.ts';

/** Whether a name is that of a curve, a table of rates or amounts, or a grid. */
export function isTable(checking: Checking, name: string): boolean {
  return tableKind(checking, name) !== undefined;
}

/** What kind of table a name is that of; `undefined` for other names. */
export function tableKind({ declared }: Checking, name: string): 'rates' | 'curve' | 'grid' | undefined {
  if (declared.rates.has(name)) return 'rates';
  if (declared.curves.has(name)) return 'curve';
  return declared.grids.has(name) ? 'grid' : undefined;
}

/** A table that is called like a function: its amount or score, or (`rate`) the rate that it reaches. */
export function readTable(
  checking: Checking,
  node: ast.Call,
  name: string,
  read: 'amount' | 'rate',
  world: World,
): Expression {
  if (world.kind === 'constant') return refuse(checking, messages.notConstant(node.span, `\`${name}\``));
  if (checking.declared.grids.has(name)) return readGrid(checking, node, name, world);
  const { curves, rates } = checking.declared;
  if (node.args.length !== 1)
    return refuse(checking, messages.wrongArguments(node.span, name, 'one value', node.args.length));
  const value = infer(checking, node.args[0]!, world);
  const whole = node.of && infer(checking, node.of, world);
  const after = node.after && infer(checking, node.after, world);
  const type = checking.payouts.get(name);
  const parts = [value, whole, after].filter((each) => each !== undefined);
  if (parts.some(isError) || !type) return unknown(node.span);
  if (whole && !isRatio(checking, value, whole)) return unknown(node.span);
  const input = whole ? PERCENT : value.type;
  const declared = (rates.get(name) ?? curves.get(name))!;
  if (!fits(checking, { node: value, type: input, wanted: type.input, declared })) return unknown(node.span);
  const notCounted = whole ? undefined : countedAsPercent(checking, value, type.input, node.args[0]!.span);
  if (notCounted) return refuse(checking, notCounted);
  if (after) {
    if (curves.has(name) || read === 'rate')
      return refuse(
        checking,
        messages.notHere(
          after.span,
          '`after`',
          `only an amount goes on from another: \`${name}(x, after y)\``,
        ),
      );
    const like = whole ?? value;
    if (!require(checking, after, (each) => comparable(each, like.type), typeInWords(like.type)))
      return unknown(node.span);
  }
  // the ratio to a whole of 0 is missing
  const optional =
    parts.some((each) => each.optional) ||
    type.optional ||
    (whole !== undefined && !isNonZero(checking, whole, world));
  if (curves.has(name)) {
    return {
      kind: 'curve',
      curve: name,
      argument: value,
      ...(whole ? { whole } : {}),
      type: type.output,
      optional,
      span: node.span,
    };
  }
  return {
    kind: 'rates',
    rates: name,
    read,
    argument: value,
    ...(whole ? { whole } : {}),
    ...(after ? { after } : {}),
    type: read === 'rate' ? type.rate! : whole ? amountOf(type.rate!, whole.type) : type.output,
    optional,
    span: node.span,
  };
}

/** `y * ladder(x / y)`: of money, where a percent is the rate. */
function amountOf(rate: ValueType, whole: ValueType): ValueType {
  return rate.kind === 'money' ? rate : whole;
}

/** A part and its whole are alike; a table reads their ratio by its bounds, without a division. */
function isRatio(checking: Checking, part: Expression, whole: Expression): boolean {
  if (!require(checking, part, isNumeric, 'a number, a percent, an amount of money or a duration'))
    return false;
  if (comparable(part.type, whole.type)) return true;
  checking.diagnostics.push(
    messages.wrongType(whole.span, typeInWords(part.type), describe(whole), [
      { span: part.span, message: `because it is a part of it: ${describe(part)}` },
    ]),
  );
  return false;
}

function fits(
  checking: Checking,
  {
    node,
    type,
    wanted,
    declared,
  }: {
    readonly node: Expression;
    readonly type: ValueType;
    readonly wanted: ValueType;
    readonly declared: { readonly name: ast.Name };
  },
): boolean {
  if (wanted.kind === 'error') return false;
  if (comparable(type, wanted)) return true;
  const found = type === node.type ? describe(node) : typeInWords(type);
  checking.diagnostics.push(
    messages.wrongType(node.span, typeInWords(wanted), found, [
      { span: declared.name.span, message: `\`${declared.name.text}\` reads ${typeInWords(wanted)}` },
    ]),
  );
  return false;
}

/** A value for each dimension, in their order; `of` makes one of them a ratio. */
function readGrid(checking: Checking, node: ast.Call, name: string, world: World): Expression {
  const declared = checking.declared.grids.get(name)!;
  const type = checking.grids.get(name);
  const { dimensions } = declared;
  if (node.after)
    return refuse(
      checking,
      messages.notHere(node.after.span, '`after`', 'a grid has no amount to go on from'),
    );
  if (node.args.length !== dimensions.length) {
    const names = dimensions.map((each) => `\`${each.text}\``).join(', ');
    const expected = `${dimensions.length} values (${names})`;
    return refuse(checking, messages.wrongArguments(node.span, name, expected, node.args.length));
  }
  const values = node.args.map((each, index) => infer(checking, each, world, type?.dimensions[index]));
  const whole = node.of && infer(checking, node.of, world);
  if (!type || values.some(isError) || (whole && isError(whole))) return unknown(node.span);
  const ratio = node.ofArgument ?? 0;
  if (whole && !isRatio(checking, values[ratio]!, whole)) return unknown(node.span);
  const good = values.map((value, index) => {
    const given = whole && index === ratio ? PERCENT : value.type;
    return fits(checking, { node: value, type: given, wanted: type.dimensions[index]!, declared });
  });
  if (good.includes(false)) return unknown(node.span);
  const args = whole ? [...values, whole] : values;
  return {
    kind: 'grid',
    grid: name,
    args: values,
    ...(whole ? { ratio: { argument: ratio, whole } } : {}),
    type: type.output,
    optional:
      type.optional ||
      args.some((each) => each.optional) ||
      (whole !== undefined && !isNonZero(checking, whole, world)),
    span: node.span,
  };
}
