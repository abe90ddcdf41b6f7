// Bonuses and gates that pay all or nothing: a note for each role, and a warning where a better result ends the pay.

import type { Diagnostic, Related } from '../base/diagnostic.ts';
import { type Exact, equals, isZero } from '../base/exact.ts';
import { foldConstant } from '../check/constants.ts';
import { keyOf } from '../check/known.ts';
import { valueNotation } from '../library/notation.ts';
import { walk } from '../library/parts.ts';
import { isNumeric } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { Bonus } from '../model/pay.ts';
import type { Model, Role } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import { boundsOf, placeOf } from './bounds.ts';
import { figureCalled } from './formulas.ts';
import { isNotNegative, onlyValue } from './interval.ts';
import * as messages from './messages.ts';
import { outcomeOf } from './outcome.ts';
import { placeKey, type Reading, wordsAt } from './reading.ts';
import { isConstant, minus } from './response.ts';
import { inEveryRole, ownLines } from './role-lines.ts';
import { comesTo, type Turn, turnsOf } from './turns.ts';
import { betterWay, COMPARISONS, decidePayBeside } from './uses.ts';

export function jumpLints({ model }: Reading): readonly Diagnostic[] {
  const turns = new Map(model.roles.map((role) => [role.name, turnsOf(model, role)]));
  return [
    ...model.roles.flatMap((role) => jumpsOf(model, role, turns.get(role.name)!)),
    ...inEveryRole(
      model,
      (role) => role.bonuses,
      (role, bonus) => endings(model, role, bonus).flatMap((each) => ending(each, turns.get(role.name)!)),
    ),
    ...inEveryRole(
      model,
      (role) => role.gates,
      (role, gate) =>
        gatedNames(role).length === 0
          ? []
          : fallingParts(model, gate.condition).flatMap((part) =>
              ending({ ...part, what: 'what the gate lets through' }, turns.get(role.name)!),
            ),
    ),
    ...model.roles.flatMap((role) => drops(model, role, turns.get(role.name)!)),
  ];

  /** Quiet where all bonuses together are known to pay no less. */
  function ending({ span, read, what }: Ending, known: readonly Turn[]): readonly Diagnostic[] {
    const here = known.find((each) => placeKey(each.span) === placeKey(span));
    if (here && here.verdict !== 'pays less') return [];
    return [messages.paysUntil(span, what, wordsAt(model, read.span), here && sidesOf(here))];
  }
}

/** Bounds past which all bonuses together pay less, beside those at which one of them ends. */
function drops(model: Model, role: Role, turns: readonly Turn[]): readonly Diagnostic[] {
  const parts = [
    ...role.gates.flatMap(({ condition }) => fallingParts(model, condition)),
    ...role.bonuses.flatMap((bonus) => endings(model, role, bonus)),
  ];
  const ended = new Set(parts.map(({ span }) => placeKey(span)));
  const down = turns.filter(({ verdict }) => verdict === 'pays less');
  const [ends, others] = [true, false].map((isEnd) =>
    down.filter(({ span }) => ended.has(placeKey(span)) === isEnd),
  );
  // several conditions may turn at one bound
  const said = new Set(ends!.map(sidesOf));
  return others!.flatMap((turn) => {
    const sides = sidesOf(turn);
    if (said.has(sides)) return [];
    said.add(sides);
    return [messages.paysLess(turn.span, sides)];
  });
}

/** `` `a` and `b` pay 90 RUB where `deals` is 9, and 50 RUB where it is 10 ``. */
function sidesOf({ mover, bonuses, results, amounts }: Turn): string {
  const { figure, model } = mover;
  const [before, after] = results.map((each) => valueNotation(each, figure.type));
  const names = `${messages.listed(bonuses.map((each) => `\`${each.name}\``))} pay${bonuses.length > 1 ? '' : 's'}`;
  const pay = amounts?.map((each) => valueNotation(each, { kind: 'money', currency: model.currency }));
  return pay
    ? `${names} ${pay[0]} where \`${figure.name}\` is ${before}, and ${pay[1]} where it is ${after}`
    : `${names} more where \`${figure.name}\` is ${before} than where it is ${after}`;
}

function jumpsOf(model: Model, role: Role, turns: readonly Turn[]): readonly Diagnostic[] {
  const added = ownLines(model, role, (each) => each.bonuses);
  const bonuses = added.flatMap((bonus): readonly Related[] => {
    if (!bonus.when || !hasThreshold(bonus.when)) return [];
    const isOne = bonus.perEvent === undefined;
    const fixed = isOne ? onlyValue(boundsOf({ model, role }, bonus.value)) : undefined;
    const amount = fixed && valueNotation(fixed, bonus.value.type);
    return [{ span: bonus.when.span, message: `\`${bonus.name}\` pays ${amount ?? 'all'} or nothing here` }];
  });
  const own = ownLines(model, role, (each) => each.gates);
  const gates = role.gates.flatMap((gate): readonly Related[] => {
    // of an inherited gate it is said what the role itself adds behind it
    const behind = own.includes(gate) ? role : { bonuses: added };
    const gated = gatedNames(behind);
    if (gated.length === 0 || !hasThreshold(gate.condition)) return [];
    const message = `${messages.listed(gated)} pay${gated.length > 1 ? '' : 's'} all or nothing here`;
    return [{ span: gate.condition.span, message }];
  });
  const choices = added.flatMap((bonus) => choiceJumps(model, bonus, turns));
  const jumps = [...bonuses, ...gates, ...choices];
  if (jumps.length === 0) return [];
  return [messages.roleJumps(role.span, role.name, jumps, choices.length === 0 ? 'all or nothing ' : '')];
}

/** Choices by a result between two amounts, in the formula of a bonus and in those that it names. */
function choiceJumps(model: Model, bonus: Bonus, turns: readonly Turn[]): readonly Related[] {
  const found = new Map<string, Related>();
  const seen = new Set<Expression>();
  const visit = (formula: Expression): void => {
    if (seen.has(formula)) return;
    seen.add(formula);
    walk(formula, (node) => {
      const named = node.kind === 'figure' ? figureCalled(model, node.figure) : undefined;
      if (named) visit(named.value);
      if (node.kind !== 'apply' || node.function !== 'choose') return;
      const [condition, value, otherwise] = node.args as readonly [Expression, Expression, Expression];
      const isOpen = outcomeOf({ model }, condition) === undefined;
      if (!isOpen || !hasThreshold(condition) || turnsDown(condition, turns)) return;
      const ends = [value, otherwise].map(foldConstant);
      const message = ends.every((each) => typeof each === 'object')
        ? fixedJump(bonus, value.type, ends as readonly Exact[])
        : leap(condition, [value, otherwise], turns) && `\`${bonus.name}\` jumps here`;
      if (message) found.set(placeKey(condition.span), { span: condition.span, message });
    });
  };
  visit(bonus.value);
  return [...found.values()];
}

function fixedJump(bonus: Bonus, type: ValueType, [one, other]: readonly Exact[]): string | undefined {
  if (equals(one!, other!)) return undefined;
  return `\`${bonus.name}\` jumps between ${valueNotation(other!, type)} and ${valueNotation(one!, type)} here`;
}

/** Whether a part of the condition is a bound past which the role pays less, which is said as that. */
function turnsDown(condition: Expression, turns: readonly Turn[]): boolean {
  return turnsWithin(condition, turns).some((each) => each.verdict === 'pays less');
}

/** Whether what is chosen between differs at the bound. */
function leap(
  condition: Expression,
  [value, otherwise]: readonly [Expression, Expression],
  turns: readonly Turn[],
): boolean {
  return turnsWithin(condition, turns).some(({ mover, bound }) => {
    const [a, b] = [comesTo(mover, bound, value), comesTo(mover, bound, otherwise)];
    const difference = a && b && minus(a, b);
    return difference !== undefined && !(isConstant(difference) && isZero(difference.constant));
  });
}

function turnsWithin(condition: Expression, turns: readonly Turn[]): readonly Turn[] {
  const parts = new Set<string>();
  walk(condition, ({ span }) => parts.add(placeKey(span)));
  return turns.filter((each) => parts.has(placeKey(each.span)));
}

function gatedNames({ bonuses }: Pick<Role, 'bonuses'>): readonly string[] {
  return bonuses.filter((each) => each.gated).map((each) => `\`${each.name}\``);
}

const RESULTS = new Set<Expression['kind']>([
  'measure',
  'figure',
  'target',
  'attainment',
  'score',
  'bonus',
  'rates',
  'curve',
  'grid',
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

interface Ending extends FallingPart {
  readonly what: string;
}

/** A bonus of nothing but positive amounts that ends where a result gets better, and that no other bonus takes over from. */
function endings(model: Model, role: Role, bonus: Bonus): readonly Ending[] {
  const value = boundsOf(placeOf(model, role, bonus), bonus.value);
  if (!bonus.when || !isNotNegative(value) || onlyValue(value)?.num === 0) return [];
  const others = role.bonuses.filter((each) => each.name !== bonus.name);
  return fallingParts(model, bonus.when)
    .filter(({ read }) => !others.some((other) => other.when && mentions(other.when, read)))
    .filter(({ read }) => !isComparedBeside(model, read))
    .map((part) => ({ ...part, what: `bonus \`${bonus.name}\`` }));
}

/** An award or a pool may pay from where the bonus ends. */
function isComparedBeside(model: Model, read: Expression): boolean {
  const id = read.kind === 'figure' || read.kind === 'attainment' ? read.figure : '';
  return decidePayBeside(model).has(figureCalled(model, id)?.name ?? '');
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
