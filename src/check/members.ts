// What `a.b` means where it stands: fields of the event, attributes of the person, the days of the period.

import { DATE } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';
import { type Checking, isError, peopleOf, unknown, type World } from './context.ts';
import { infer, refuse } from './infer.ts';
import { inferLookup } from './lookups.ts';
import { fieldOf, means } from './meanings.ts';
import * as messages from './messages.ts';
import { BUILT_IN_ATTRIBUTES, fieldNamed, fieldNames } from './names.ts';
import { attributeOf, ownerOf, readThrough } from './references.ts';

export function inferMember(checking: Checking, node: ast.Member, world: World): Expression {
  const { of, name } = node;
  const through = readThrough(checking, node, world);
  if (through) return through;
  if (of.kind === 'brackets') return inferLookup(checking, of, name, node.span, world);
  // what stands before the dot may be what is wrong
  if (of.kind === 'member' && isError(infer(checking, of, world))) return unknown(node.span);
  if (of.kind !== 'name')
    return refuse(
      checking,
      messages.notHere(
        node.span,
        `\`.${name.text}\``,
        'only events, `person`, `period` and rows of tables have parts',
      ),
    );
  const owner = of.name.text;
  const isEvent = checking.declared.events.has(owner);
  if (isEvent) means(checking, of.name, { kind: 'event' });
  if (world.kind === 'row' && owner === world.event.declaration.name.text) {
    const field = fieldNamed(checking, world, name);
    if (field) return { ...field, span: node.span };
    const what = `field of \`${owner}\``;
    return refuse(checking, messages.unknownName(name.span, what, name.text, fieldNames(world.event)));
  }
  if (owner === 'person') return attribute(checking, node, world);
  const people = peopleOf(world) ?? (world.kind === 'row' ? world.within : undefined);
  if (owner === 'period' && people) {
    for (const each of [of.name, name]) means(checking, each, { kind: 'built-in' });
    if (people.window.kind !== 'period')
      return refuse(
        checking,
        messages.notHere(
          people.use?.span ?? node.span,
          `\`period.${name.text}\` in a figure with a window`,
          'it is the day of this period, not of the window: write the formula out with the day that is meant',
          people.use && [{ span: node.span, message: 'the day is read here' }],
        ),
      );
    if (name.text === 'start' || name.text === 'end')
      return { kind: 'period', edge: name.text, type: DATE, optional: false, span: node.span };
    return refuse(checking, messages.unknownName(name.span, 'part of `period`', name.text, ['start', 'end']));
  }
  if (owner === 'period' && world.kind === 'row')
    return refuse(
      checking,
      messages.notHere(
        node.span,
        `\`period.${name.text}\``,
        'what a row is by itself is the same in every period: read the day in the total, as in `count(… where … <= period.end)`',
      ),
    );
  if (checking.declared.events.has(owner) && world.kind === 'row') {
    const { name: own } = world.event.declaration;
    return refuse(checking, messages.twoEvents(of.span, own.text, owner, own.span));
  }
  if (checking.declared.rates.has(owner) && name.text === 'rate') {
    means(checking, of.name, { kind: 'rates' });
    return refuse(
      checking,
      messages.notHere(
        node.span,
        `\`${owner}.rate\` without brackets`,
        `give it what it reads: \`${owner}.rate(revenue)\``,
      ),
    );
  }
  const event = checking.declared.events.get(owner);
  if (event && !fieldNames(event).includes(name.text))
    return refuse(
      checking,
      messages.unknownName(name.span, `field of \`${owner}\``, name.text, fieldNames(event)),
    );
  if (event) {
    means(checking, name, fieldOf(owner));
    return refuse(
      checking,
      messages.notHere(
        node.span,
        `the field \`${owner}.${name.text}\``,
        `total it: \`sum(${owner}.${name.text})\``,
      ),
    );
  }
  const known =
    world.kind === 'row'
      ? [
          world.event.declaration.name.text,
          'person',
          ...(people ? ['period'] : []),
          ...fieldNames(world.event),
        ]
      : ['person', 'period', ...checking.declared.tables.keys()];
  return refuse(checking, messages.unknownName(of.span, 'event', owner, known));
}

function attribute(checking: Checking, node: ast.Member, world: World): Expression {
  const { name, of } = node;
  if (of.kind === 'name') means(checking, of.name, { kind: 'built-in' });
  if (world.kind === 'row' && world.place === 'credit') return attributeOfOwner(checking, node, world);
  const declared = checking.declared.attributes.get(name.text);
  const found = declared ?? BUILT_IN_ATTRIBUTES.get(name.text);
  if (!found) {
    const known = [...checking.declared.attributes.keys(), ...BUILT_IN_ATTRIBUTES.keys()];
    return refuse(checking, messages.unknownName(name.span, 'attribute of `person`', name.text, known));
  }
  means(checking, name, { kind: declared ? 'attribute' : 'built-in' });
  if (world.kind === 'constant') return refuse(checking, messages.notConstant(node.span, '`person`'));
  if (world.kind === 'row' && world.place !== 'measure' && world.place !== 'bonus') {
    return refuse(
      checking,
      messages.notHere(
        node.span,
        '`person`',
        world.place === 'date'
          ? 'the date to count by comes before anybody is credited: use dates of the event'
          : 'who is credited is known only in totals: `sum(deal.amount where person.region is "South")`',
      ),
    );
  }
  if (world.kind === 'row' && world.ofCompany) {
    return refuse(
      checking,
      messages.notHere(
        world.ofCompany.span,
        `\`person.${name.text}\` in a figure of the company`,
        'the company sees no person by itself, and may have rows that nobody is credited with: ask for a team, or for the person',
        [{ span: node.span, message: 'the attribute is read here' }],
      ),
    );
  }
  if (world.kind === 'people' && world.scope.kind !== 'own') {
    return refuse(
      checking,
      messages.notHere(
        world.use?.span ?? node.span,
        `\`person.${name.text}\` in a figure of a team or the company`,
        'it is asked for many people at once: use the attribute in a bonus or target',
        world.use && [{ span: node.span, message: 'the attribute is read here' }],
      ),
    );
  }
  const fallback = declared?.fallback !== undefined;
  return {
    kind: 'attribute',
    name: name.text,
    type: found.type,
    optional: found.optional && !fallback,
    span: node.span,
  };
}

/** In a credit line `person` is the event's owner, as of the event's day. */
function attributeOfOwner(checking: Checking, node: ast.Member, world: World & { kind: 'row' }): Expression {
  const person = ownerOf(checking, world, node.span);
  return isError(person) ? person : attributeOf(checking, node.name, person, node.span);
}
