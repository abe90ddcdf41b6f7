// Looking at other periods: `previous(x)`, `x each month`, `streak(c)`. In an earlier period a formula may name itself.

import { fits, type Grain, grainText, lengthOf } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { findAggregate } from '../library/callable.ts';
import { NUMBER, typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astMeasures from '../syntax/ast-measures.ts';
import {
  type Checking,
  ERROR,
  isError,
  NOTHING_KNOWN,
  type PeopleWorld,
  peopleOf,
  THIS_PERIOD,
  textOf,
  unknown,
  type World,
} from './context.ts';
import { looksBehind, needsBeginning } from './earlier-data.ts';
import { figureId } from './figures.ts';
import { askedGrain } from './grains.ts';
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
  const value = inThePast(checking, node.span, () => infer(checking, argument, elsewhere(people)));
  if (isError(value)) return unknown(node.span);
  return { kind: 'previous', of: value, type: value.type, optional: true, span: node.span };
}

/** What is known to hold for a person in a period says nothing of others. */
export function elsewhere(people: PeopleWorld): PeopleWorld {
  return { ...people, known: NOTHING_KNOWN };
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
  if (!holdsWhole(checking, node, people, grain)) return unknown(node.span);
  const within: PeopleWorld = {
    ...(people.role?.over(grain) ?? elsewhere(people)),
    grain,
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
    return refuse(
      checking,
      rules.periodMayBeMissing(span, name, grainText(grain, 's'), textOf(checking, span)),
    );
  }
  const { window } = people;
  const look = { formula: argument, grain, span: node.span };
  if (window.kind === 'to date' && !needsBeginning(checking, look, '`[to date]`')) return unknown(node.span);
  return {
    kind: 'each',
    function: name,
    of: value,
    grain,
    earlier,
    window,
    type: counts ? NUMBER : value.type,
    optional:
      (called.optional && canBeNone(checking, people, { earlier, grain })) ||
      looksBehind(checking, look, window),
    span: node.span,
  };
}

/** How long the shortest periods are that a formula is worked out over. */
function ownGrain(checking: Checking, people: PeopleWorld): Grain {
  return askedGrain(people) ?? checking.grain;
}

/** Whether the window has whole periods of the grain in it: an aggregate of none would say nothing. */
function holdsWhole(checking: Checking, node: ast.Call, people: PeopleWorld, grain: Grain): boolean {
  const { window } = people;
  const own = ownGrain(checking, people);
  const shown = textOf(checking, node.span);
  const where = {
    span: node.each!.grain.span,
    what: `\`each ${node.each!.earlier ? 'earlier ' : ''}${grainText(grain)}\``,
  };
  const refused = (help: string): false => {
    checking.diagnostics.push(messages.notHere(where.span, where.what, help));
    return false;
  };
  if (node.each!.earlier && window.kind === 'period' && !window.back)
    return refused(
      `nothing is earlier within the ${grainText(own)} itself: say how far back, \`${shown}[ytd]\``,
    );
  const inWeeks = lengthOf(own) === 'week' && grain === own && window.kind === 'so far';
  const unit = window.kind === 'trailing' || window.kind === 'so far' ? window.grain : own;
  if (window.kind === 'to date' || inWeeks || fits(grain, unit)) return true;
  return refused(
    `a ${grainText(unit)} isn't made of whole ${grainText(grain, 's')}: ask for a longer window, or for each ${grainText(own)}`,
  );
}

/** Whether the window can be without a period that counts: all of it lies before, or no period has ended in it yet. */
function canBeNone(
  checking: Checking,
  people: PeopleWorld,
  each: { readonly earlier: boolean; readonly grain: Grain },
): boolean {
  const { earlier, grain } = each;
  const { window } = people;
  const before = window.kind === 'previous' || window.kind === 'last year' || window.back !== undefined;
  return earlier || before || !fits(grain, ownGrain(checking, people));
}

/** `streak(c)`: for how many periods in a row the condition has held; where it is missing it doesn't hold. */
export function streak(checking: Checking, node: ast.Call, world: World): Expression {
  const people = needsPerson(checking, node, world);
  if (people.kind !== 'people') return people;
  const [argument] = node.args;
  if (!argument || node.args.length > 1)
    return refuse(checking, messages.wrongArguments(node.span, 'streak', 'one condition', node.args.length));
  const value = infer(checking, argument, elsewhere(people));
  if (isError(value)) return unknown(node.span);
  if (value.type.kind !== 'truth')
    return refuse(checking, messages.wrongType(value.span, 'a condition', describe(value)));
  const grain = ownGrain(checking, people);
  const look = { formula: argument, grain, span: node.span };
  if (!needsBeginning(checking, look, '`streak`')) return unknown(node.span);
  const optional = looksBehind(checking, look, 'all');
  return { kind: 'streak', of: value, type: NUMBER, optional, span: node.span };
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
  return { kind: 'figure', figure: id, type, optional: false, span };
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
  declaration: astMeasures.KpiDeclaration | astMeasures.LetDeclaration,
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
