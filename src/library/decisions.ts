// Decisions as they are told, of people and of rows alike: which way a condition, a bound or an `else` went. Places and
// words are those that a list of all decisions of a Model is made of too.

import { compare, type Exact } from '../base/exact.ts';
import type { Decision, Held } from '../model/decision.ts';
import type { ApplyNode, Expression } from '../model/expression.ts';
import type { CreditModel } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';

/** Which way a condition went; nothing where it is missing though it can't be, as of who is away. */
export function conditionDecision(
  { span, optional }: Expression,
  value: Cell,
  kind: 'condition' | 'gate' = 'condition',
): Decision | undefined {
  if (value === undefined) return optional ? { kind, span, way: 'missing' } : undefined;
  const [yes, no] = kind === 'gate' ? ['passed', 'failed'] : ['yes', 'no'];
  return { kind, span, way: value === true ? yes! : no! };
}

export function missingDecision(span: Decision['span'], value: Cell): Decision {
  return { kind: 'missing', span, way: value === undefined ? 'missing' : 'there' };
}

/** Whether the person whom a credit line names holds a role that it is for. */
export function inRoleDecision(span: Decision['span'], holds: boolean): Decision {
  return { kind: 'condition', span, part: 'in role', way: holds ? 'yes' : 'no' };
}

/** Whether a credit line says what is so where it names nobody: another person, or nobody at all. */
export function namesNobody({ to, otherwise }: CreditModel): boolean {
  return otherwise !== undefined || to.optional;
}

/** Whether an argument is one side of an `and` or `or`, which is a condition too; of several in a row each is a side. */
export function isSide(node: ApplyNode, argument: Expression): boolean {
  if (node.function !== 'and' && node.function !== 'or') return false;
  return argument.kind !== 'apply' || argument.function !== node.function;
}

/** Whether what a formula refers to, or looks back at, is there. */
export function referenceDecision(span: Decision['span'], isFound: boolean): Decision {
  return { kind: 'reference', span, way: isFound ? 'found' : 'missing' };
}

/** Comparisons by an order, and whether what equals the bound counts with what is above it. */
const ORDERS: ReadonlyMap<string, boolean> = new Map([
  ['<', true],
  ['<=', false],
  ['>', false],
  ['>=', true],
]);

/** What a function or operator decided by the values of its arguments; nothing of one that only works something out. */
export function applyDecisions(node: ApplyNode, args: readonly Cell[], value: Cell): readonly Decision[] {
  if (value === undefined) return [];
  const includes = ORDERS.get(node.function);
  if (includes !== undefined) {
    const held = heldTo(args[0], args[1], includes);
    return [{ kind: 'comparison', span: node.span, way: value === true ? 'yes' : 'no', ...withHeld(held) }];
  }
  return isBound(node) ? boundDecisions(node, args as readonly Exact[]) : [];
}

/** Whether a node takes the least or the greatest of several values. */
export function isBound({ function: name }: ApplyNode): boolean {
  return name === 'min' || name === 'max';
}

/** The arguments of `min` or `max` that bound the first that isn't a constant, each with how it is told from others. */
export function boundArguments({
  args,
}: ApplyNode): readonly { readonly at: number; readonly part?: string }[] {
  const own = boundedArgument(args);
  const others = [...args.keys()].filter((at) => at !== own);
  return others.map((at) => ({ at, ...(others.length > 1 ? { part: String(at) } : {}) }));
}

/** The first argument that isn't a constant. */
function boundedArgument(args: readonly Expression[]): number {
  return Math.max(
    0,
    args.findIndex((each) => each.kind !== 'constant'),
  );
}

function boundDecisions(node: ApplyNode, args: readonly Exact[]): readonly Decision[] {
  const isLeast = node.function === 'min';
  const own = boundedArgument(node.args);
  let deciding = own;
  for (const [at, each] of args.entries()) {
    const order = compare(each, args[deciding]!);
    if (isLeast ? order < 0 : order > 0) deciding = at;
  }
  return boundArguments(node).map(({ at, part }) => ({
    kind: isLeast ? 'cap' : 'floor',
    span: node.span,
    ...(part === undefined ? {} : { part }),
    way: at === deciding ? 'binds' : 'free',
    ...withHeld(heldTo(args[own], args[at], !isLeast)),
  }));
}

/** Whether what else a payment depends on is so. */
export function payingDecision(
  span: Decision['span'],
  part: 'while employed' | 'forfeited on leaving' | 'first',
  isSo: boolean,
): Decision {
  return { kind: 'paying', span, part, way: isSo ? 'yes' : 'no' };
}

/** A cap or a floor that stands by itself, by what it bounds. */
export function capDecision(
  kind: 'cap' | 'floor',
  span: Decision['span'],
  { value, bound }: { readonly value: Exact; readonly bound: Exact },
): Decision {
  const order = compare(value, bound);
  const binds = kind === 'cap' ? order > 0 : order < 0;
  return { kind, span, way: binds ? 'binds' : 'free', ...withHeld(heldTo(value, bound, kind === 'floor')) };
}

/** A result against a target `within` two values, both of them included. */
export function bandDecision(
  span: Decision['span'],
  value: Exact,
  { from, upTo }: { readonly from: Exact; readonly upTo: Exact },
): Decision {
  const way = compare(value, from) < 0 ? 'below' : compare(value, upTo) > 0 ? 'above' : 'inside';
  return {
    kind: 'band',
    span,
    way,
    ...withHeld([...heldTo(value, from, true), ...heldTo(value, upTo, false)]),
  };
}

/** A value against a bound; nothing where either has no number. */
export function heldTo(value: Cell, bound: Cell, includes: boolean): readonly Held[] {
  const isNumber = (cell: Cell): cell is Exact => typeof cell === 'object' && cell.den !== 0;
  return isNumber(value) && isNumber(bound) ? [{ value, bound, includes }] : [];
}

export function withHeld(held: readonly Held[]): Pick<Decision, 'held'> {
  return held.length > 0 ? { held } : {};
}
