// Fields of people, events and tables: their types, bounds and what stands for an empty cell.

import { compare, exact } from '../base/exact.ts';
import type { Span } from '../base/source.ts';
import { isCurrencyCode } from '../base/unit.ts';
import { comparable, isNumeric, isOrdered, TEXT, typeInWords } from '../library/types.ts';
import type { FieldModel } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astData from '../syntax/ast-data.ts';
import { constantText } from './constants.ts';
import { type Checking, ERROR } from './context.ts';
import { type Meaning, means } from './meanings.ts';
import * as messages from './messages.ts';
import * as rules from './rule-messages.ts';

/** The words that name a type. */
export const TYPES: readonly ValueType['kind'][] = [
  'number',
  'percent',
  'money',
  'duration',
  'date',
  'datetime',
  'period',
  'text',
  'truth',
  'person',
];

/** The type of a field; `fields` are all of its declaration, of which one may name its currency. */
function typeOf(checking: Checking, type: astData.TypeReference, { fields, whose }: Fields): ValueType {
  if (type.kind === 'enumeration') {
    const members = new Map<string, Span>();
    for (const word of type.members) {
      const first = members.get(word.text);
      if (first) checking.diagnostics.push(messages.duplicateName(word.span, word.text, first));
      else members.set(word.text, word.span);
    }
    return { kind: 'enumeration', members: [...members.keys()], ordered: type.ordered };
  }
  const word = type.name.text;
  if ((TYPES as readonly string[]).includes(word)) means(checking, type.name, { kind: 'type' });
  if (word === 'money') {
    const currency = type.currency?.text ?? checking.currency;
    return isCurrencyCode(currency)
      ? { kind: 'money', currency }
      : moneyOfRow(checking, type.currency!, { fields, whose });
  }
  const event = referredBy(checking, type);
  if (event) {
    if (type.kind === 'named') means(checking, type.name, { kind: 'event' });
    return keyTypeOf(checking, event);
  }
  if ((TYPES as readonly string[]).includes(word)) return { kind: word } as ValueType;
  const known = [...TYPES, ...checking.declared.eventNames.keys()];
  checking.diagnostics.push(messages.unknownType(type.name.span, word, known));
  return ERROR;
}

/** `money in currency`: in that which a text field of the same row names. */
function moneyOfRow(checking: Checking, name: ast.Name, { fields, whose }: Fields): ValueType {
  const field = fields.find((each) => each.name.text === name.text);
  if (!field) {
    const texts = fields.filter((each) => each.type.kind === 'named' && each.type.name.text === 'text');
    const known = texts.map((each) => each.name.text);
    checking.diagnostics.push(messages.unknownName(name.span, 'currency or field', name.text, known));
    return ERROR;
  }
  means(checking, name, whose);
  if (field.type.kind === 'named' && !isType(checking, field.type)) return ERROR;
  if (field.type.kind === 'named' && field.type.name.text !== 'text') {
    checking.diagnostics.push(
      messages.wrongType(name.span, 'a field of texts, which names the currency', 'another one', [
        { span: field.type.span, message: 'of this type' },
      ]),
    );
    return ERROR;
  }
  if (field.type.optional && !field.fallback) {
    checking.diagnostics.push(
      messages.wrongType(name.span, 'a field that is always there', 'one that may be empty (`?`)', [
        { span: field.type.span, message: 'it may be empty here' },
      ]),
    );
    return ERROR;
  }
  return { kind: 'money', currency: name.text };
}

/** Whether a type's name means something; that it doesn't is said where it stands. */
function isType(checking: Checking, type: astData.TypeReference & { readonly kind: 'named' }): boolean {
  return (TYPES as readonly string[]).includes(type.name.text) || referredBy(checking, type) !== undefined;
}

/** The event by whose name a field's type is called. */
function referredBy(checking: Checking, type: astData.TypeReference): astData.EventDeclaration | undefined {
  const word = type.kind === 'named' ? type.name.text : '';
  return (TYPES as readonly string[]).includes(word) ? undefined : checking.declared.eventNames.get(word);
}

/** A field of an event's name holds that event's key. */
function keyTypeOf(checking: Checking, event: astData.EventDeclaration): ValueType {
  const key = event.fields.find((each) => each.key)?.type;
  if (key?.kind !== 'named' || checking.declared.eventNames.has(key.name.text)) return TEXT;
  return (TYPES as readonly string[]).includes(key.name.text)
    ? key.name.text === 'money'
      ? { kind: 'money', currency: checking.currency }
      : ({ kind: key.name.text } as ValueType)
    : TEXT;
}

/** Bounds are the lower one first, and what stands for an empty cell lies between them. */
function checkRange(
  checking: Checking,
  { span, fallback: written }: astData.Field,
  as: {
    readonly type: ValueType;
    readonly from: string | undefined;
    readonly until: string | undefined;
    readonly fallback: string | undefined;
  },
): void {
  const [from, until, value] = [as.from, as.until, as.fallback].map((text) =>
    text !== undefined && isNumeric(as.type) ? exact(text) : undefined,
  );
  if (from && until && compare(from, until) > 0)
    checking.diagnostics.push(rules.backwards(span, 'this range'));
  else if (value && ((from && compare(value, from) < 0) || (until && compare(value, until) > 0)))
    checking.diagnostics.push(
      messages.wrongType(written!.span, 'a value within the bounds of the field', 'one outside them'),
    );
}

/** The fields of one declaration, and what their names stand for. */
export interface Fields {
  readonly fields: readonly astData.Field[];
  readonly whose: Omit<Meaning, 'name'>;
}

/** Checks the columns of one declaration; names are unique in it. */
export function checkFields(checking: Checking, { fields, whose }: Fields): readonly FieldModel[] {
  const seen = new Map<string, Span>();
  return fields.map((field) => {
    const first = seen.get(field.name.text);
    if (first) checking.diagnostics.push(messages.duplicateName(field.name.span, field.name.text, first));
    seen.set(field.name.text, field.name.span);
    const type = typeOf(checking, field.type, { fields, whose });
    const references = referredBy(checking, field.type)?.name.text;
    const bound = (node: ast.Expression | undefined, what: string): string | undefined => {
      if (!node || type.kind === 'error') return undefined;
      if (!isOrdered(type) && what !== 'the value of `else`') {
        checking.diagnostics.push(
          messages.wrongType(node.span, 'no bound', `a bound of ${typeInWords(type)}, which has no order`),
        );
        return undefined;
      }
      const constant = constantText(checking, node, what, type);
      if (!constant) return undefined;
      if (comparable(type, constant.type)) return constant.text;
      checking.diagnostics.push(
        messages.wrongType(node.span, typeInWords(type), typeInWords(constant.type), [
          { span: field.type.span, message: 'because the field is of this type' },
        ]),
      );
      return undefined;
    };
    const from = bound(field.from, 'a bound');
    const until = bound(field.until, 'a bound');
    const fallback = bound(field.fallback, 'the value of `else`');
    checkRange(checking, field, { type, from, until, fallback });
    return {
      name: field.name.text,
      type,
      optional: field.type.optional && fallback === undefined,
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
      ...(fallback === undefined ? {} : { fallback }),
      ...(references === undefined ? {} : { references }),
      ...(field.doc === undefined ? {} : { doc: field.doc }),
      span: field.name.span,
    };
  });
}
