// Reading through a field: `payment.order.manager` through a reference to another event, `manager.lead` through a person.

import type { Span } from '../base/source.ts';
import { typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import {
  type Checking,
  type EventScope,
  isError,
  type RowWorld,
  textOf,
  unknown,
  type World,
} from './context.ts';
import { computedField } from './events.ts';
import { infer, refuse } from './infer.ts';
import { fieldOf, means } from './meanings.ts';
import * as messages from './messages.ts';
import { BUILT_IN_ATTRIBUTES, fieldNamed } from './names.ts';

/** What `a.b` reads where `a` holds the key of another event or a person; `undefined` where it is neither. */
export function readThrough(checking: Checking, node: ast.Member, world: World): Expression | undefined {
  if (world.kind === 'row') {
    const event = referredEvent(checking, node.of, world);
    if (event) return fieldOfOther(checking, node, event, world);
  }
  if (!mayBePerson(node.of, world)) return undefined;
  const person = infer(checking, node.of, world);
  if (isError(person)) return unknown(node.span);
  if (person.type.kind === 'person') return attributeOf(checking, node.name, person, node.span);
  return refuse(
    checking,
    messages.notHere(
      node.span,
      `\`.${node.name.text}\``,
      `only events, people and rows of tables have parts, and this is ${typeInWords(person.type)}`,
    ),
  );
}

/** The event whose key an expression holds. */
function referredEvent(checking: Checking, node: ast.Expression, world: RowWorld): EventScope | undefined {
  const { events } = checking.declared;
  const referred = (event: EventScope | undefined, name: string) =>
    events.get(event?.fields.get(name)?.references ?? '');
  if (node.kind === 'name') return referred(world.event, node.name.text);
  if (node.kind !== 'member') return undefined;
  const { of, name } = node;
  if (of.kind === 'name' && of.name.text === world.event.declaration.name.text) {
    const own = referred(world.event, name.text);
    if (own) return own;
  }
  return referred(referredEvent(checking, of, world), name.text);
}

function fieldOfOther(checking: Checking, node: ast.Member, event: EventScope, world: RowWorld): Expression {
  const { name, span } = node;
  const other = event.declaration.name.text;
  const base = infer(checking, node.of, world);
  const stored = event.fields.get(name.text);
  const type =
    stored?.type ??
    (event.formulas.has(name.text) ? computedField(checking, event, name.text, name.span).type : undefined);
  if (!type) {
    const known = [...event.fields.keys(), ...event.formulas.keys()];
    return refuse(checking, messages.unknownName(name.span, `field of \`${other}\``, name.text, known));
  }
  means(checking, name, fieldOf(other));
  if (type.kind === 'error') return unknown(span);
  if (isError(base)) return base;
  return {
    kind: 'through',
    event: other,
    key: base,
    field: name.text,
    type: ofOtherRow(type, textOf(checking, node.of.span)),
    optional: true, // the row referred to may not be there
    span,
  };
}

/** Money in the currency that the other row names isn't money in that of this row. */
function ofOtherRow(type: ValueType, of: string): ValueType {
  if (type.kind !== 'money' || /^[A-Z]{3}$/.test(type.currency)) return type;
  return { kind: 'money', currency: `${of}.${type.currency}` };
}

/** Whether the expression before a dot can be a person: a field, or something that is itself read through. */
function mayBePerson(node: ast.Expression, world: World): boolean {
  const isField = (name: string): boolean =>
    world.kind === 'row' && (world.event.fields.has(name) || world.event.formulas.has(name));
  if (node.kind === 'member') {
    if (node.of.kind !== 'name') return true;
    const { text } = node.of.name;
    return text === 'person' || isField(text) || isOwnEvent(text, world);
  }
  if (node.kind !== 'name') return false;
  const { text } = node.name;
  return text !== 'person' && text !== 'period' && !isOwnEvent(text, world) && isField(text);
}

function isOwnEvent(name: string, world: World): boolean {
  return world.kind === 'row' && world.event.declaration.name.text === name;
}

/** An attribute of a person that an expression names, as of the event's day or the last day of the period. */
export function attributeOf(checking: Checking, name: ast.Name, person: Expression, span: Span): Expression {
  const declared = checking.declared.attributes.get(name.text);
  if (name.text === 'leads' && !declared)
    return refuse(
      checking,
      messages.notHere(span, '`leads`', 'they are several people: only a credit line can name them all'),
    );
  const found = declared ?? BUILT_IN_ATTRIBUTES.get(name.text);
  if (!found) {
    const known = [...checking.declared.attributes.keys(), ...BUILT_IN_ATTRIBUTES.keys(), 'leads'];
    return refuse(checking, messages.unknownName(name.span, 'attribute of `person`', name.text, known));
  }
  means(checking, name, { kind: declared ? 'attribute' : 'built-in' });
  if (found.type.kind === 'error') return unknown(span);
  // nobody of that id may be there on the day, or in two roles that disagree
  return { kind: 'of person', person, attribute: name.text, type: found.type, optional: true, span };
}

/** The person of `manager.leads`, all of whose leads above are meant; `undefined` where that isn't what is written. */
export function leadsOf(checking: Checking, node: ast.Expression, world: RowWorld): Expression | undefined {
  if (node.kind !== 'member' || node.name.text !== 'leads' || checking.declared.attributes.has('leads'))
    return undefined;
  means(checking, node.name, { kind: 'built-in' });
  if (node.of.kind !== 'name' || node.of.name.text !== 'person') return infer(checking, node.of, world);
  means(checking, node.of.name, { kind: 'built-in' });
  return ownerOf(checking, world, node.span);
}

/** In a credit line `person` is the event's owner. */
export function ownerOf(checking: Checking, world: RowWorld, span: Span): Expression {
  const { declaration } = world.event;
  const owner = declaration.fields.find((each) => each.owner);
  return owner
    ? fieldNamed(checking, world, owner.name)!
    : refuse(
        checking,
        messages.notHere(
          span,
          '`person`',
          `event \`${declaration.name.text}\` has no owner: read the attribute through a field, such as \`manager.lead\``,
        ),
      );
}
