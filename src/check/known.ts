// What a condition tells about the expressions beside it: `closed_at exists and …` makes `closed_at` sure to be there,
// and `calls > 0` makes `calls` safe to divide by.

import { exact, isZero, sign, ZERO } from '../base/exact.ts';
import { libraryFunction } from '../library/index.ts';
import { neededParts } from '../library/parts.ts';
import { isNumeric } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import { foldConstant } from './constants.ts';
import type { Checking, EventScope, World } from './context.ts';

const keys = new WeakMap<Expression, string>();

/** An expression's identity: equal keys are equal values on the same row or person. */
export function keyOf(node: Expression): string {
  const found = keys.get(node);
  if (found !== undefined) return found;
  const key = JSON.stringify(node, (name, value) =>
    name === 'span' || name === 'optional' ? undefined : value,
  );
  keys.set(node, key);
  return key;
}

export function existsKey(node: Expression): string {
  return `exists ${keyOf(node)}`;
}

export function holdsKey(node: Expression): string {
  return `holds ${keyOf(node)}`;
}

export function nonZeroKey(node: Expression): string {
  return `not zero ${keyOf(node)}`;
}

/** Whether a divisor is sure not to be zero where these conditions hold. */
export function isNonZero(checking: Checking, node: Expression, world: World): boolean {
  const value = foldConstant(node);
  return (
    (typeof value === 'object' && !isZero(value)) ||
    world.known.has(nonZeroKey(node)) ||
    signByBounds(checking, node, world) !== 0
  );
}

/** The sign that the bounds of a field or attribute leave it; 0 where it can be zero. A cell outside is rejected. */
export function signByBounds({ declared }: Checking, node: Expression, world: World): -1 | 0 | 1 {
  const field =
    node.kind === 'attribute'
      ? declared.attributes.get(node.name)
      : node.kind === 'field' && world.kind === 'row'
        ? world.event.fields.get(node.name)
        : undefined;
  if (!field || !isNumeric(field.type)) return 0;
  if (field.from !== undefined && sign(exact(field.from)) > 0) return 1;
  return field.until !== undefined && sign(exact(field.until)) < 0 ? -1 : 0;
}

/** The formula of a computed field or a figure, which has the same value on the same row or person. */
export function formulaBehind(
  checking: Checking,
  node: Expression,
  event: EventScope | undefined,
): Expression | undefined {
  if (node.kind === 'field') return event?.computed.get(node.name)?.value;
  if (node.kind === 'figure') return checking.figures.get(node.figure)?.value;
  return undefined;
}

/** The same world, with what is known in it when the condition holds (or, `outcome` false, fails). */
export function knowing(checking: Checking, world: World, condition: Expression, outcome: boolean): World {
  const event = world.kind === 'row' ? world.event : undefined;
  const known = new Set(world.known);
  const [held, failed, visited] = [new Set<Expression>(), new Set<Expression>(), new Set<Expression>()];
  collect(condition, outcome);
  return { ...world, known };

  function collect(node: Expression, holds: boolean): void {
    const seen = holds ? held : failed;
    if (seen.has(node)) return;
    seen.add(node);
    if (holds) known.add(holdsKey(node));
    const behind = formulaBehind(checking, node, event);
    if (behind) collect(behind, holds);
    if (node.kind !== 'apply') return;
    const [left, right] = node.args as readonly [Expression, Expression];
    switch (node.function) {
      case 'and':
        if (holds) for (const each of node.args) collect(each, true);
        return;
      case 'or':
        if (!holds) for (const each of node.args) collect(each, false);
        return;
      case 'not':
        collect(left, !holds);
        return;
      case 'exists':
        if (holds) isThere(left);
        return;
      case 'else': {
        // where `else` would have said the opposite, the value itself decided
        const fallback = foldConstant(right);
        if (typeof fallback !== 'boolean' || fallback === holds) return;
        isThere(left);
        collect(left, holds);
        return;
      }
      case 'is':
      case 'is not':
      case '<':
      case '<=':
      case '>':
      case '>=':
        compared(node.function, left, right, holds);
        return;
      default:
        return;
    }
  }

  /** A comparison that has an outcome had both its sides. */
  function compared(operator: string, left: Expression, right: Expression, holds: boolean): void {
    isThere(left);
    isThere(right);
    const outcomeFor = (side: Expression, value: ReturnType<typeof foldConstant>): unknown => {
      const other = foldConstant(side === left ? right : left);
      if (value === undefined || other === undefined) return undefined;
      return libraryFunction(operator).evaluate(side === left ? [value, other] : [other, value]);
    };
    for (const side of [left, right]) {
      if (isNumeric(side.type) && outcomeFor(side, ZERO) === !holds) known.add(nonZeroKey(side));
      if (side.kind === 'apply' && side.function === 'else') {
        const [value, fallback] = side.args as readonly [Expression, Expression];
        if (outcomeFor(side, foldConstant(fallback)) === !holds) isThere(value);
      }
    }
  }

  /** What has a value had values in all parts through which it could have been missing. */
  function isThere(node: Expression): void {
    if (visited.has(node)) return;
    visited.add(node);
    known.add(existsKey(node));
    const behind = formulaBehind(checking, node, event);
    if (behind) isThere(behind);
    if (node.kind === 'later' && node.missing === 'any') for (const each of node.args) isThere(each);
    for (const each of neededParts(node) ?? []) isThere(each);
    if (node.kind === 'through') isThere(node.key);
    if (node.kind === 'of person') isThere(node.person);
    if (node.kind === 'look-back') isThere(node.own);
    if (node.kind !== 'apply') return;
    const { missing } = libraryFunction(node.function);
    if (missing === 'any' || missing === 'divisor') for (const each of node.args) isThere(each);
    if (missing === 'divisor') known.add(nonZeroKey(node.args[1]!));
  }
}
