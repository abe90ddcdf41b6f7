// Looking at other periods: `previous(x)`, `x each month`, `streak(c)`. In an earlier period a formula may name itself.

import type { Span } from '../base/source.ts';
import { findAggregate } from '../library/index.ts';
import { NUMBER, typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import {
  type Checking,
  ERROR,
  isError,
  later,
  type PeopleWorld,
  peopleOf,
  THIS_PERIOD,
  textOf,
  unknown,
  type World,
} from './context.ts';
import { figureId, windowWords } from './figures.ts';
import { describe, infer, refuse } from './infer.ts';
import * as messages from './messages.ts';
import { missingPart } from './missing.ts';
import * as rules from './rule-messages.ts';
import { grainFor } from './targets.ts';
import { walk } from './walk.ts';

/** Works something out that is looked at in an earlier period: what is open already may be named in it. */
function inThePast<T>(checking: Checking, span: Span, work: () => T): T {
  checking.open.push({ id: 'past', name: 'previous', span, past: true });
  const result = work();
  checking.open.pop();
  return result;
}

/** Whether the formula that is open at that place is looked at in an earlier period. */
export function isPast(checking: Checking, at: number): boolean {
  return checking.open.some((each, index) => index > at && each.past);
}

/** The person in the period, where one is known; mistakes are reported. */
export function needsPerson(checking: Checking, node: ast.Call, world: World): PeopleWorld | Expression {
  const people = peopleOf(world);
  if (people && !people.target) return people;
  return refuse(
    checking,
    messages.notHere(
      node.span,
      `\`${node.callee.name.text}\``,
      'it belongs to a person and a period: use it in a KPI, gate or bonus',
    ),
  );
}

/** `previous(x)`: the same person's result one period before; missing before the first. */
export function previous(checking: Checking, node: ast.Call, world: World): Expression {
  const people = needsPerson(checking, node, world);
  if (people.kind !== 'people') return people;
  const [argument] = node.args;
  if (!argument || node.args.length > 1)
    return refuse(checking, messages.wrongArguments(node.span, 'previous', 'one value', node.args.length));
  const value = inThePast(checking, node.span, () => infer(checking, argument, people));
  return later(checking, 'previous', { args: [value], type: value.type, span: node.span, own: true });
}

/** `average(score each month)`, `sum(commission each earlier month)`. */
export function eachPeriod(checking: Checking, node: ast.Call, world: World): Expression {
  const people = needsPerson(checking, node, world);
  if (people.kind !== 'people') return people;
  const name = node.callee.name.text;
  const { earlier, grain: word } = node.each!;
  const called = findAggregate(name)!;
  const [argument] = node.args;
  if (!argument || node.args.length > 1)
    return refuse(checking, messages.wrongArguments(node.span, name, 'one value', node.args.length));
  const grain = grainFor(checking, word, '`each`');
  if (!grain) return unknown(node.span);
  const within: PeopleWorld = {
    ...(people.role?.over(grain) ?? people),
    scope: people.scope,
    window: THIS_PERIOD,
  };
  const work = () => infer(checking, argument, within);
  const value = earlier ? inThePast(checking, node.span, work) : work();
  if (isError(value)) return unknown(node.span);
  const counts = name === 'count';
  if (counts && value.type.kind !== 'truth')
    return refuse(checking, messages.wrongType(value.span, 'a condition', describe(value)));
  const wrong = counts ? undefined : called.accepts(value.type);
  if (wrong !== undefined) return refuse(checking, messages.wrongType(value.span, wrong, describe(value)));
  if (value.optional) {
    const { span } = missingPart(value);
    return refuse(checking, rules.periodMayBeMissing(span, name, `${grain}s`, textOf(checking, span)));
  }
  const window = windowWords(people.window);
  return later(checking, `${name} each${earlier ? ' earlier' : ''} ${grain}${window && ` ${window}`}`, {
    args: [value],
    type: counts ? NUMBER : value.type,
    span: node.span,
    own: earlier && called.optional,
  });
}

/** `streak(c)`: for how many periods in a row the condition has held; where it is missing it doesn't hold. */
export function streak(checking: Checking, node: ast.Call, world: World): Expression {
  const people = needsPerson(checking, node, world);
  if (people.kind !== 'people') return people;
  const [argument] = node.args;
  if (!argument || node.args.length > 1)
    return refuse(checking, messages.wrongArguments(node.span, 'streak', 'one condition', node.args.length));
  const value = infer(checking, argument, people);
  if (isError(value)) return unknown(node.span);
  if (value.type.kind !== 'truth')
    return refuse(checking, messages.wrongType(value.span, 'a condition', describe(value)));
  return later(checking, 'streak', { args: [value], type: NUMBER, span: node.span, optional: false });
}

// ---- formulas that read their own past ------------------------------------------------------------------------

/** A KPI or `let` that is being worked out, as it was in an earlier period; `undefined` where it isn't looked at so. */
export function ownPast(
  checking: Checking,
  name: string,
  world: PeopleWorld,
  span: Span,
): Expression | undefined {
  const id = figureId(name, world.scope, world.window);
  const at = checking.open.findIndex((each) => each.id === id);
  if (at < 0 || !isPast(checking, at)) return undefined;
  const { kpis, lets } = checking.declared;
  const formula = (kpis.get(name) ?? lets.get(name))!.value;
  if (!checking.ownPasts.has(id)) {
    // what is rounded is of the type of its step, or of what stands for the first period
    checking.ownPasts.set(id, { type: ERROR, span });
    checking.ownPasts.set(id, { type: typeBehind(checking, formula, world), span });
  }
  const { type } = checking.ownPasts.get(id)!;
  return later(checking, `${id}, earlier`, { args: [], type, span });
}

/** The type of a formula that names itself, from its `else` and the steps of its rounding. */
function typeBehind(checking: Checking, formula: ast.Expression, world: PeopleWorld): ValueType {
  const hints: ast.Expression[] = [];
  walk(formula, (node) => {
    if (node.kind === 'else') hints.push(node.fallback);
    if (node.kind === 'call' && node.to && isRounding(node)) hints.push(node.to);
  });
  const before = checking.diagnostics.length;
  const types = hints
    .map((each) => infer(checking, each, world).type)
    .filter((each) => each.kind !== 'error');
  checking.diagnostics.splice(before);
  return types.find((each) => each.kind !== 'number') ?? types[0] ?? NUMBER;
}

/** Checks what a KPI or `let` that read its own past must be: rounded, never missing, of the type it was taken for. */
export function checkOwnPast(
  checking: Checking,
  id: string,
  declaration: ast.KpiDeclaration | ast.LetDeclaration,
  value: Expression,
): void {
  const own = checking.ownPasts.get(id);
  if (!own || isError(value)) return;
  const { name } = declaration;
  if (!isRounded(declaration.value, name.text))
    checking.diagnostics.push(
      rules.pastNotRounded(own.span, name.text, textOf(checking, declaration.value.span)),
    );
  else if (value.optional)
    checking.diagnostics.push(
      messages.mayBeMissing(
        missingPart(value).span,
        `\`${name.text}\`, which reads its own past,`,
        'can be missing',
        'say where it begins: `(previous(…) else 0)`',
      ),
    );
  else if (value.type.kind !== own.type.kind)
    checking.diagnostics.push(
      messages.wrongType(own.span, typeInWords(value.type), typeInWords(own.type), [
        { span: name.span, message: `\`${name.text}\` is ${typeInWords(value.type)}` },
      ]),
    );
}

function isRounding(node: ast.Call): boolean {
  const name = node.callee.kind === 'name' ? node.callee.name.text : '';
  return name === 'round' || name === 'floor' || name === 'ceil';
}

/** Whether every use of the name stands in a rounding, or (where others name it) the formula has one. */
function isRounded(formula: ast.Expression, name: string): boolean {
  let all = 0;
  let rounded = 0;
  let roundings = 0;
  const named = (node: ast.Expression): boolean => node.kind === 'name' && node.name.text === name;
  walk(formula, (node) => {
    if (named(node)) all++;
    if (node.kind !== 'call' || !isRounding(node)) return;
    roundings++;
    walk(node, (part) => {
      if (named(part)) rounded++;
    });
  });
  return all > 0 ? rounded >= all : roundings > 0;
}
