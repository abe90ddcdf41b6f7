// Comparing people: `rank(x)`, `total(x)`, and who an award, level or pool is for.

import { isNumeric, isOrdered, NUMBER } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';
import { foldConstant, wholeNumber } from './constants.ts';
import { type Checking, isError, later, type PeopleWorld, unknown, type World } from './context.ts';
import { infer, refuse, require } from './infer.ts';
import * as messages from './messages.ts';
import { requirePresent } from './missing.ts';
import { needsPerson } from './past.ts';

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
  const role = node.of && roleOf(checking, node.of);
  const value = infer(checking, argument, people);
  if (isError(value) || (node.of && !role)) return unknown(node.span);
  const fits = name === 'rank' ? isOrdered : isNumeric;
  if (!require(checking, value, fits, name === 'rank' ? ORDERED : NUMERIC)) return unknown(node.span);
  if (name === 'total' && !requirePresent(checking, value, 'what is totalled')) return unknown(node.span);
  return later(checking, role ? `${name} of ${role}` : name, {
    args: [value],
    type: name === 'rank' ? NUMBER : value.type,
    span: node.span,
    own: name === 'rank',
  });
}

function roleOf(checking: Checking, node: ast.Expression): string | undefined {
  const name = node.kind === 'name' ? node.name : { text: 'this', span: node.span };
  const { roles } = checking.declared;
  if (roles.has(name.text)) return name.text;
  checking.diagnostics.push(messages.unknownName(name.span, 'role', name.text, [...roles.keys()]));
  return undefined;
}

/** Whether the people of an award, level or pool are clear: the role, how many of them, and by what they are ranked. */
export function checkRecipients(checking: Checking, to: ast.Recipients): boolean {
  const { roles } = checking.declared;
  const known = roles.has(to.role.text);
  if (!known)
    checking.diagnostics.push(messages.unknownName(to.role.span, 'role', to.role.text, [...roles.keys()]));
  if (to.splitAmongTies && !to.top)
    checking.diagnostics.push(
      messages.notHere(
        to.span,
        '`split among ties`',
        'only ranked people share a place: write `top 1 of … by …`',
      ),
    );
  if (to.top) wholeNumber(checking, to.top.count);
  return known;
}

/** Checks by what the recipients are ranked; those for whom it is missing aren't. */
export function checkRanking(checking: Checking, to: ast.Recipients, world: PeopleWorld): void {
  for (const node of to.top ? [to.top.by, ...(to.top.thenBy ? [to.top.thenBy] : [])] : []) {
    const by = infer(checking, node, world);
    if (!require(checking, by, isOrdered, ORDERED) || foldConstant(by) === undefined) continue;
    const expected = 'something that differs from person to person';
    checking.diagnostics.push(messages.wrongType(by.span, expected, 'the same for all of them'));
  }
}
