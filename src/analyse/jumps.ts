// Bonuses and gates that pay all or nothing: a note for each role, and a warning where a better result ends the pay.

import type { Diagnostic, Related } from '../base/diagnostic.ts';
import { foldConstant } from '../check/constants.ts';
import { keyOf } from '../check/known.ts';
import { isNumeric } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { Bonus, Model, Role } from '../model/policy.ts';
import { boundsOf } from './bounds.ts';
import { walk } from './formulas.ts';
import { isNotNegative, onlyValue } from './interval.ts';
import * as messages from './messages.ts';
import { type Reading, wordsAt } from './reading.ts';
import { inEveryRole, ownLines } from './role-lines.ts';
import { constantText } from './tables.ts';
import { betterWay } from './uses.ts';

export function jumpLints({ model }: Reading): readonly Diagnostic[] {
  return [
    ...model.roles.flatMap((role) => jumpsOf(model, role)),
    ...inEveryRole(
      model,
      (role) => role.bonuses,
      (role, bonus) => endings(model, role, bonus),
    ),
    ...inEveryRole(
      model,
      (role) => role.gates,
      (role, gate) =>
        gatedNames(role).length === 0
          ? []
          : fallingParts(model, gate.condition).map((part) =>
              messages.paysUntil(part.span, 'what the gate lets through', wordsAt(model, part.read.span)),
            ),
    ),
  ];
}

function jumpsOf(model: Model, role: Role): readonly Diagnostic[] {
  const bonuses = ownLines(model, role, (each) => each.bonuses).flatMap((bonus): readonly Related[] => {
    if (!bonus.when || !hasThreshold(bonus.when)) return [];
    const fixed = onlyValue(boundsOf({ model, role }, bonus.value));
    const amount = fixed && constantText(fixed, bonus.value.type);
    return [{ span: bonus.when.span, message: `\`${bonus.name}\` pays ${amount ?? 'all'} or nothing here` }];
  });
  const own = ownLines(model, role, (each) => each.gates);
  const gates = role.gates.flatMap((gate): readonly Related[] => {
    // of an inherited gate it is said what the role itself adds behind it
    const behind = own.includes(gate) ? role : { bonuses: ownLines(model, role, (each) => each.bonuses) };
    const gated = gatedNames(behind);
    if (gated.length === 0 || !hasThreshold(gate.condition)) return [];
    const message = `${messages.listed(gated)} pay${gated.length > 1 ? '' : 's'} all or nothing here`;
    return [{ span: gate.condition.span, message }];
  });
  const jumps = [...bonuses, ...gates];
  return jumps.length === 0 ? [] : [messages.roleJumps(role.span, role.name, jumps)];
}

function gatedNames({ bonuses }: Pick<Role, 'bonuses'>): readonly string[] {
  return bonuses.filter((each) => each.gated).map((each) => `\`${each.name}\``);
}

const COMPARISONS = new Set(['<', '<=', '>', '>=', 'is', 'is not']);
const RESULTS = new Set<Expression['kind']>([
  'measure',
  'figure',
  'target',
  'attainment',
  'score',
  'bonus',
  'rates',
  'curve',
]);

/** Whether a condition compares a result with something, so that it turns at a bound. */
function hasThreshold(condition: Expression): boolean {
  let found = false;
  walk(condition, (node) => {
    if (node.kind !== 'apply' || !COMPARISONS.has(node.function) || !isNumeric(node.args[0]!.type)) return;
    for (const each of node.args)
      walk(each, (part) => {
        if (RESULTS.has(part.kind)) found = true;
      });
  });
  return found;
}

// ---- better results that end pay -----------------------------------------------------------------------------

/** A bonus of nothing but positive amounts that ends where a result gets better, and that no other bonus takes over from. */
function endings(model: Model, role: Role, bonus: Bonus): readonly Diagnostic[] {
  const value = boundsOf({ model, role }, bonus.value);
  if (!bonus.when || !isNotNegative(value) || onlyValue(value)?.num === 0) return [];
  const others = role.bonuses.filter((each) => each.name !== bonus.name);
  return fallingParts(model, bonus.when)
    .filter(({ read }) => !others.some((other) => other.when && mentions(other.when, read)))
    .map(({ span, read }) => messages.paysUntil(span, `bonus \`${bonus.name}\``, wordsAt(model, read.span)));
}

interface FallingPart {
  readonly span: Expression['span'];
  readonly read: Expression;
}

/** Parts of a condition, all of which must hold, that hold only below a constant of what is better when more. */
function fallingParts(model: Model, condition: Expression): readonly FallingPart[] {
  if (condition.kind !== 'apply') return [];
  if (condition.function === 'and') return condition.args.flatMap((each) => fallingParts(model, each));
  const [left, right] = condition.args as readonly [Expression, Expression];
  const upTo = (read: Expression, bound: Expression): readonly FallingPart[] =>
    foldConstant(bound) !== undefined && betterWay(model, read) === 'more'
      ? [{ span: condition.span, read: unwrapped(read) }]
      : [];
  if (condition.function === '<' || condition.function === '<=') return upTo(left, right);
  if (condition.function === '>' || condition.function === '>=') return upTo(right, left);
  return [];
}

function unwrapped(node: Expression): Expression {
  return node.kind === 'apply' && node.function === 'else' ? unwrapped(node.args[0]!) : node;
}

function mentions(formula: Expression, wanted: Expression): boolean {
  let found = false;
  walk(formula, (node) => {
    if (keyOf(node) === keyOf(wanted)) found = true;
  });
  return found;
}
