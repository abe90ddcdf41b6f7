// Comparing people: `rank(x)`, `total(x)`, and who an award, level or pool is for.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { Grain } from '../base/period.ts';
import { isNumeric, isOrdered, NUMBER } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { Recipients } from '../model/pay.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astAwards from '../syntax/ast-awards.ts';
import { foldConstant, wholeNumber } from './constants.ts';
import { type Checking, isError, type PeopleWorld, textOf, unknown, type World } from './context.ts';
import { lineageOf } from './credit.ts';
import { infer, refuse, require } from './infer.ts';
import { means } from './meanings.ts';
import * as messages from './messages.ts';
import { requirePresent } from './missing.ts';
import { elsewhere, needsPerson } from './past.ts';
import { roleEntry } from './roles.ts';

const ORDERED = 'something with an order: a number, an amount, a duration or a date';
const NUMERIC = 'a number, a percent, an amount of money or a duration';

/** `rank(x)`, `rank(x of hunter)`: the place among people, missing for who isn't ranked; `total(x)`: the sum over them. */
export function amongPeople(
  checking: Checking,
  node: ast.Call,
  name: 'rank' | 'total',
  world: World,
): Expression {
  const people = needsPerson(checking, node, world);
  if (people.kind !== 'people') return people;
  const given = [...node.args, ...(name === 'rank' ? (node.by ?? []) : [])];
  const [argument] = given;
  if (!argument || given.length > 1)
    return refuse(checking, messages.wrongArguments(node.span, name, 'one value', given.length));
  if (people.scope.kind !== 'own') return refuse(checking, notOfMany(checking, node, name));
  const role = node.of && roleOf(checking, node.of);
  if (node.of && !role) return unknown(node.span);
  const values = inEachRole(checking, argument, people, role);
  const [value] = values;
  if (!value || values.some(isError)) return unknown(node.span);
  const fits = name === 'rank' ? isOrdered : isNumeric;
  if (!require(checking, value, fits, name === 'rank' ? ORDERED : NUMERIC)) return unknown(node.span);
  if (name === 'total' && !values.every((each) => requirePresent(checking, each, 'what is totalled')))
    return unknown(node.span);
  const roles = role === undefined ? {} : { roles: familyOf(checking, role) };
  const parts = { of: value, ...roles, span: node.span };
  return name === 'rank'
    ? { kind: 'rank', ...parts, type: NUMBER, optional: true }
    : { kind: 'total', ...parts, type: value.type, optional: false };
}

/** Groups and the company are many people already: there is nobody to compare them with. */
function notOfMany(checking: Checking, node: ast.Call, name: string): Diagnostic {
  const [argument] = node.args;
  const shown = argument ? textOf(checking, argument.span) : 'revenue';
  const help = `it compares people one by one: ask for it without a scope, or write \`${name}(${shown}[team])\``;
  return messages.notHere(node.span, `\`${name}\` of a group`, help);
}

/** The role and those that extend it, in the order of the text. */
export function familyOf(checking: Checking, role: string): readonly string[] {
  return [...checking.declared.roles.keys()].filter((each) => lineageOf(checking, each).includes(role));
}

/**
 * What is compared, checked in each role whose people are compared: they have bonuses, targets and scores of their own.
 * Outside of roles it is one formula for everybody. The first mistake ends it.
 */
function inEachRole(
  checking: Checking,
  argument: ast.Expression,
  people: PeopleWorld,
  role: string | undefined,
): readonly Expression[] {
  const { role: own } = people;
  if (!own) return [infer(checking, argument, elsewhere(people))];
  const values: Expression[] = [];
  for (const each of familyOf(checking, role ?? own.name)) {
    const entry = each === own.name ? own.over(own.grain) : roleEntry(checking, each).world(own.grain);
    const value = infer(checking, argument, { ...entry, scope: people.scope, window: people.window });
    values.push(value);
    if (isError(value)) break;
  }
  return values;
}

function roleOf(checking: Checking, node: ast.Expression): string | undefined {
  const name = node.kind === 'name' ? node.name : { text: 'this', span: node.span };
  const { roles } = checking.declared;
  if (roles.has(name.text)) {
    means(checking, name, { kind: 'role' });
    return name.text;
  }
  checking.diagnostics.push(messages.unknownName(name.span, 'role', name.text, [...roles.keys()]));
  return undefined;
}

/** Who an award, level or pool is for, as far as their formulas go: the roles, each with its world, and how many. */
export interface CheckedRecipients {
  readonly roles: readonly string[];
  /** The named role's first; the others have bonuses, targets and scores of their own. */
  readonly worlds: readonly PeopleWorld[];
  readonly count: number | undefined;
}

/** Whether the people of an award, level or pool are clear: the role, and how many of them. */
export function checkRecipients(
  checking: Checking,
  to: astAwards.Recipients,
  grain: Grain,
): CheckedRecipients | undefined {
  const { roles } = checking.declared;
  const name = to.role.text;
  const known = roles.has(name);
  if (known) means(checking, to.role, { kind: 'role' });
  else checking.diagnostics.push(messages.unknownName(to.role.span, 'role', name, [...roles.keys()]));
  if (to.splitAmongTies && !to.top)
    checking.diagnostics.push(
      messages.notHere(
        to.span,
        '`split among ties`',
        'only ranked people share a place: write `top 1 of … by …`',
      ),
    );
  const count = to.top && wholeNumber(checking, to.top.count);
  if (!known) return undefined;
  const family = to.only ? [name] : familyOf(checking, name);
  const worlds = [name, ...family.filter((each) => each !== name)].map((each) =>
    roleEntry(checking, each).world(grain),
  );
  return { roles: family, worlds, count };
}

/** The recipients as the Model holds them, by what they are ranked included; those for whom it is missing aren't. */
export function recipientsModel(
  checking: Checking,
  to: astAwards.Recipients,
  { roles, worlds, count }: CheckedRecipients,
): Recipients | undefined {
  const { top, splitAmongTies } = to;
  if (!top) return { roles, splitAmongTies };
  const by = rankedBy(checking, top.by, worlds);
  const thenBy = top.thenBy && rankedBy(checking, top.thenBy, worlds);
  if (!by || count === undefined || (top.thenBy && !thenBy)) return undefined;
  const ranking = { count, by, withZero: top.withZero, ...(thenBy ? { thenBy } : {}) };
  return { roles, top: ranking, splitAmongTies };
}

function rankedBy(
  checking: Checking,
  node: ast.Expression,
  worlds: readonly PeopleWorld[],
): Expression | undefined {
  const [by, ...others] = worlds.map((world) => infer(checking, node, world));
  if (!by || ![by, ...others].every((each) => require(checking, each, isOrdered, ORDERED))) return undefined;
  if (foldConstant(by) === undefined) return by;
  const expected = 'something that differs from person to person';
  checking.diagnostics.push(messages.wrongType(by.span, expected, 'the same for all of them'));
  return undefined;
}
