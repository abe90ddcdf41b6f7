// Events: their fields and computed fields, what every event needs, and the event as the Model has it.

import type { Span } from '../base/source.ts';
import { typeInWords } from '../library/types.ts';
import type { ComputedModel, EventModel } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import type * as astData from '../syntax/ast-data.ts';
import { type Checking, ERROR, type EventScope, NOTHING_KNOWN } from './context.ts';
import { creditLines, ownerLine } from './credit.ts';
import { checkFields } from './fields.ts';
import { grainOf } from './fiscal.ts';
import { infer } from './infer.ts';
import { fieldOf } from './meanings.ts';
import * as messages from './messages.ts';
import { sinceOf } from './windows.ts';

const RESERVED: ReadonlyMap<string, string> = new Map([
  ['person', 'the credited person'],
  ['period', 'the period that is worked out'],
]);

/** The event's fields by name, before its formulas and credit are checked. */
export function eventScope(
  checking: Checking,
  declaration: astData.EventDeclaration,
  credit: astData.CreditDeclaration | undefined,
): EventScope {
  const { text, span } = declaration.name;
  const taken = grainOf(text) ? 'a length of time' : RESERVED.get(text);
  if (taken) checking.diagnostics.push(messages.reservedName(span, text, 'an event', taken));
  const whose = fieldOf(text);
  const fields = new Map(
    checkFields(checking, { fields: declaration.fields, whose }).map((each) => [each.name, each]),
  );
  const formulas = new Map<string, astData.ComputedField>();
  for (const each of declaration.computed) {
    const first = fields.get(each.name.text)?.span ?? formulas.get(each.name.text)?.name.span;
    if (first) checking.diagnostics.push(messages.duplicateName(each.name.span, each.name.text, first));
    else formulas.set(each.name.text, each);
  }
  const creditNames = new Set((credit?.lines ?? []).flatMap((line) => (line.as ? [line.as.text] : [])));
  const posting = declaration.fields.find((each) => each.posts)?.name.text;
  return { declaration, fields, formulas, computed: new Map(), creditNames, posting };
}

/** A computed field, checked when it is first used, so that each stands after those that it uses. */
export function computedField(checking: Checking, event: EventScope, name: string, use: Span): ComputedModel {
  const found = event.computed.get(name);
  if (found) return found;
  const formula = event.formulas.get(name)!;
  const id = `${event.declaration.name.text}.${name}`;
  const failed: ComputedModel = {
    name,
    type: ERROR,
    optional: false,
    value: { kind: 'constant', text: '0', type: ERROR, optional: false, span: use },
    span: formula.name.span,
  };
  const at = checking.open.findIndex((each) => each.id === id);
  if (at >= 0) {
    checking.diagnostics.push(messages.circle(use, checking.open.slice(at)));
    return failed;
  }
  checking.open.push({ id, name: id, span: formula.name.span });
  const value = infer(checking, formula.value, {
    kind: 'row',
    event,
    place: 'computed',
    known: NOTHING_KNOWN,
  });
  checking.open.pop();
  const computed: ComputedModel = {
    name,
    type: value.type,
    optional: value.optional,
    value,
    ...(formula.doc === undefined ? {} : { doc: formula.doc }),
    span: formula.name.span,
  };
  event.computed.set(name, computed);
  checking.computedOrder.push({ event: event.declaration.name.text, field: name });
  return computed;
}

/** The event as the Model has it; `undefined` when it lacks what every event needs (which has been reported). */
export function eventModel(
  checking: Checking,
  event: EventScope,
  credit: astData.CreditDeclaration | undefined,
): EventModel | undefined {
  const { declaration } = event;
  const name = declaration.name.text;
  const key = one(
    checking,
    declaration,
    declaration.fields.filter((each) => each.key),
    'key',
    'id: text key',
  );
  const posting = one(
    checking,
    declaration,
    declaration.fields.filter((each) => each.posts),
    'day that puts it into a period',
    'closed_on: date posts',
  );
  const known = declaration.fields.filter((each) => each.known);
  if (known[1])
    checking.diagnostics.push(messages.twice(known[1].span, 'when a row became known', known[0]!.span));
  checkFlag(checking, event, known[0], 'a date and time', (type) => type.kind === 'datetime');
  const owners = declaration.fields.filter((each) => each.owner);
  if (owners[1]) checking.diagnostics.push(messages.twice(owners[1].span, 'the owner', owners[0]!.span));
  checkFlag(
    checking,
    event,
    key,
    key?.type.optional ? 'a field that is always there' : undefined,
    () => true,
  );
  checkFlag(
    checking,
    event,
    posting,
    'a date or datetime',
    (type) => type.kind === 'date' || type.kind === 'datetime',
  );
  checkFlag(checking, event, owners[0], 'a person', (type) => type.kind === 'person');
  if (declaration.since && sinceOf(event) === undefined) {
    checking.diagnostics.push(
      messages.wrongType(declaration.since.span, 'a day, such as `2024-01-01`', 'something else'),
    );
  }
  for (const each of event.formulas.keys())
    computedField(checking, event, each, event.formulas.get(each)!.name.span);
  const lines = credit ? creditLines(checking, event, credit) : ownerLine(checking, event, owners[0]);
  if (!key || !posting) return undefined;
  const since = sinceOf(event);
  return {
    name,
    ...(declaration.doc === undefined ? {} : { doc: declaration.doc }),
    ...(since === undefined ? {} : { since }),
    fields: [...event.fields.values()],
    key: key.name.text,
    posting: posting.name.text,
    ...(known[0] ? { known: known[0].name.text } : {}),
    computed: [...event.computed.values()],
    credit: lines,
    span: declaration.name.span,
  };
}

function one(
  checking: Checking,
  event: astData.EventDeclaration,
  found: readonly astData.Field[],
  part: string,
  example: string,
): astData.Field | undefined {
  if (found.length === 0)
    checking.diagnostics.push(
      messages.missingPart(event.name.span, `event \`${event.name.text}\``, part, example),
    );
  if (found[1]) checking.diagnostics.push(messages.twice(found[1].span, `the ${part}`, found[0]!.span));
  return found[0];
}

function checkFlag(
  checking: Checking,
  event: EventScope,
  field: astData.Field | undefined,
  expected: string | undefined,
  fits: (type: ValueType) => boolean,
): void {
  const model = field && event.fields.get(field.name.text);
  if (!field || !model || model.type.kind === 'error' || expected === undefined) return;
  if (!fits(model.type))
    checking.diagnostics.push(messages.wrongType(field.type.span, expected, typeInWords(model.type)));
  else if (expected === 'a field that is always there')
    checking.diagnostics.push(messages.wrongType(field.type.span, expected, 'one that may be empty (`?`)'));
}
