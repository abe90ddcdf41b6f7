// What the data looks like: attributes of people, events with their fields, tables, and who is credited.

import { add, compare, equals, exact, exactText, ONE, parseExact, sign, ZERO } from '../base/exact.ts';
import type { Span } from '../base/source.ts';
import { isCurrencyCode } from '../base/unit.ts';
import { comparable, isOrdered, typeInWords } from '../library/types.ts';
import type { ComputedModel, CreditModel, EventModel, FieldModel, TableModel } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { grainOf } from './brackets.ts';
import { constantText, percentText } from './constants.ts';
import {
  type Checking,
  ERROR,
  type EventScope,
  isError,
  NOTHING_KNOWN,
  textOf,
  type World,
} from './context.ts';
import { describe, infer } from './infer.ts';
import { knowing } from './known.ts';
import * as messages from './messages.ts';
import { requirePresent, whyMissing } from './missing.ts';
import { sinceOf } from './windows.ts';

const TYPES: readonly ValueType['kind'][] = [
  'number',
  'percent',
  'money',
  'duration',
  'date',
  'datetime',
  'text',
  'truth',
  'person',
];

function typeOf(checking: Checking, type: ast.TypeReference): ValueType {
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
  if (word === 'money') {
    const currency = type.currency?.text ?? checking.currency;
    if (isCurrencyCode(currency)) return { kind: 'money', currency };
    checking.diagnostics.push(
      messages.notSupported(type.currency!.span, 'money in the currency that a field names'),
    );
    return ERROR;
  }
  if ((TYPES as readonly string[]).includes(word)) return { kind: word } as ValueType;
  checking.diagnostics.push(messages.unknownType(type.name.span, word, TYPES));
  return ERROR;
}

/** Checks the columns of one declaration; names are unique in it. */
export function checkFields(checking: Checking, fields: readonly ast.Field[]): readonly FieldModel[] {
  const seen = new Map<string, Span>();
  return fields.map((field) => {
    const first = seen.get(field.name.text);
    if (first) checking.diagnostics.push(messages.duplicateName(field.name.span, field.name.text, first));
    seen.set(field.name.text, field.name.span);
    const type = typeOf(checking, field.type);
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
    return {
      name: field.name.text,
      type,
      optional: field.type.optional && fallback === undefined,
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
      ...(fallback === undefined ? {} : { fallback }),
      ...(field.doc === undefined ? {} : { doc: field.doc }),
      span: field.name.span,
    };
  });
}

const RESERVED: ReadonlyMap<string, string> = new Map([
  ['person', 'the credited person'],
  ['period', 'the period that is worked out'],
]);

/** The event's fields by name, before its formulas and credit are checked. */
export function eventScope(
  checking: Checking,
  declaration: ast.EventDeclaration,
  credit: ast.CreditDeclaration | undefined,
): EventScope {
  const { text, span } = declaration.name;
  const taken = grainOf(text) ? 'a length of time' : RESERVED.get(text);
  if (taken) checking.diagnostics.push(messages.reservedName(span, text, 'an event', taken));
  const fields = new Map(checkFields(checking, declaration.fields).map((each) => [each.name, each]));
  const formulas = new Map<string, ast.ComputedField>();
  for (const each of declaration.computed) {
    const first = fields.get(each.name.text)?.span ?? formulas.get(each.name.text)?.name.span;
    if (first) checking.diagnostics.push(messages.duplicateName(each.name.span, each.name.text, first));
    else formulas.set(each.name.text, each);
  }
  const creditNames = new Set((credit?.lines ?? []).flatMap((line) => (line.as ? [line.as.text] : [])));
  return { declaration, fields, formulas, computed: new Map(), creditNames };
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
  return computed;
}

/** The event as the Model has it; `undefined` when it lacks what every event needs (which has been reported). */
export function eventModel(
  checking: Checking,
  event: EventScope,
  credit: ast.CreditDeclaration | undefined,
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
    computed: [...event.computed.values()],
    credit: lines,
    span: declaration.name.span,
  };
}

function one(
  checking: Checking,
  event: ast.EventDeclaration,
  found: readonly ast.Field[],
  part: string,
  example: string,
): ast.Field | undefined {
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
  field: ast.Field | undefined,
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

/** Without `credit`, the owner has the whole of it. */
function ownerLine(
  checking: Checking,
  event: EventScope,
  owner: ast.Field | undefined,
): readonly CreditModel[] {
  const field = owner && event.fields.get(owner.name.text);
  if (!field) return [];
  if (field.optional)
    checking.diagnostics.push(
      messages.mayBeMissing(
        owner.span,
        `the owner of \`${event.declaration.name.text}\``,
        'its cell may be empty',
        `leave \`?\` out, or say who is credited: \`credit ${event.declaration.name.text} { to ${field.name} else … 100% }\``,
      ),
    );
  return [
    {
      to: { kind: 'field', name: field.name, type: field.type, optional: field.optional, span: field.span },
      share: '1',
      extra: false,
      span: field.span,
    },
  ];
}

function creditLines(
  checking: Checking,
  event: EventScope,
  credit: ast.CreditDeclaration,
): readonly CreditModel[] {
  const world: World = { kind: 'row', event, place: 'credit', known: NOTHING_KNOWN };
  const lines = credit.lines.flatMap((line) => {
    const checked = creditLine(checking, line, world);
    return checked ? [checked] : [];
  });
  const rests = credit.lines.filter((line) => line.share === 'rest');
  if (rests[1]) checking.diagnostics.push(messages.twice(rests[1].span, '`rest`', rests[0]!.span));
  const ordinary = credit.lines.filter((line) => !line.extra);
  const complete = lines.length === credit.lines.length;
  if (complete && rests.length === 0 && ordinary.every((line) => !line.when)) {
    const total = lines
      .filter((line) => !line.extra)
      .reduce((sum, line) => add(sum, exact(line.share)), ZERO);
    if (!equals(total, ONE))
      checking.diagnostics.push(messages.sharesNeverWhole(credit.name.span, percentText(exactText(total))));
  }
  return lines;
}

function creditLine(checking: Checking, line: ast.CreditLine, world: World): CreditModel | undefined {
  const when = line.when && infer(checking, line.when, world);
  const within = when ? knowing(checking, world, when, true) : world;
  const person = (node: ast.Expression) => {
    const checked = infer(checking, node, within);
    if (isError(checked) || checked.type.kind === 'person') return checked;
    checking.diagnostics.push(messages.wrongType(checked.span, 'a person', describe(checked)));
    return undefined;
  };
  const to = person(line.to);
  const otherwise = line.otherwise && person(line.otherwise);
  if (when && !isError(when)) {
    if (when.type.kind !== 'truth')
      checking.diagnostics.push(messages.wrongType(when.span, 'a condition', describe(when)));
    else requirePresent(checking, when, 'the condition of this credit line');
  }
  if (
    to &&
    !isError(to) &&
    !line.extra &&
    to.optional &&
    (!otherwise || otherwise.optional) &&
    !(when && isError(when))
  ) {
    const shown = textOf(checking, line.to.span);
    checking.diagnostics.push(
      messages.mayBeMissing(
        (otherwise ?? to).span,
        'the person of this credit line',
        whyMissing(checking, otherwise ?? to),
        `say who is credited then, \`${shown} else …\`, or when the line holds, \`when ${shown} exists\``,
      ),
    );
  }
  const share = line.share === 'rest' ? { text: 'rest' } : constantText(checking, line.share, 'a share');
  if (share && share.text !== 'rest') {
    const value = parseExact(share.text);
    if (!value || !('type' in share) || (share.type.kind !== 'percent' && share.type.kind !== 'number')) {
      checking.diagnostics.push(
        messages.wrongType(
          (line.share as ast.Expression).span,
          'a share such as 30%',
          'type' in share ? typeInWords(share.type) : 'something else',
        ),
      );
      return undefined;
    }
    if (sign(value) <= 0 || (!line.extra && compare(value, ONE) > 0)) {
      checking.diagnostics.push(
        messages.wrongType(
          (line.share as ast.Expression).span,
          'a share above 0% and up to 100%',
          percentText(share.text),
        ),
      );
      return undefined;
    }
  }
  if (line.extra && !line.as)
    checking.diagnostics.push(
      messages.missingPart(line.span, 'this `extra` line', 'name', 'to … 30% extra as care'),
    );
  if (line.extra && line.share === 'rest')
    checking.diagnostics.push(
      messages.notHere(line.span, '`rest`', 'an `extra` line is beside the 100%: give it a share'),
    );
  const roles = line.role && rolesNamed(checking, line.role);
  if (!to || isError(to) || (when && isError(when)) || !share) return undefined;
  return {
    to,
    ...(otherwise ? { otherwise } : {}),
    share: share.text,
    extra: line.extra,
    ...(line.as ? { as: line.as.text } : {}),
    ...(roles ? { roles } : {}),
    ...(when ? { when } : {}),
    span: line.span,
  };
}

/** A role and those that extend it. */
function rolesNamed(checking: Checking, name: ast.Name): readonly string[] | undefined {
  const { roles } = checking.declared;
  if (!roles.has(name.text)) {
    checking.diagnostics.push(messages.unknownName(name.span, 'role', name.text, [...roles.keys()]));
    return undefined;
  }
  return [...roles.keys()].filter((each) => lineageOf(checking, each).includes(name.text));
}

/** A role and what it extends, nearest first; a circle ends where it closes. */
export function lineageOf(checking: Checking, name: string): readonly string[] {
  const lineage: string[] = [];
  let at: string | undefined = name;
  while (at !== undefined && !lineage.includes(at) && checking.declared.roles.has(at)) {
    lineage.push(at);
    at = checking.declared.roles.get(at)?.extends?.text;
  }
  return lineage;
}

export function tableModel(checking: Checking, declaration: ast.TableDeclaration): TableModel {
  const fields = checkFields(checking, declaration.fields);
  const keys = declaration.fields.filter((each) => each.key).map((each) => each.name.text);
  if (keys.length === 0)
    checking.diagnostics.push(
      messages.missingPart(
        declaration.name.span,
        `table \`${declaration.name.text}\``,
        'key',
        'client: text key',
      ),
    );
  for (const field of declaration.fields) {
    for (const flag of ['posts', 'owner'] as const) {
      if (field[flag])
        checking.diagnostics.push(
          messages.notHere(field.span, `\`${flag}\``, 'that is for the fields of events: leave it out'),
        );
    }
    if (field.key && field.type.optional)
      checking.diagnostics.push(
        messages.wrongType(field.type.span, 'a field that is always there', 'one that may be empty (`?`)'),
      );
  }
  const dates = fields.filter((each) => each.name === 'from' || each.name === 'until');
  for (const each of dates) {
    if (each.type.kind !== 'date' && each.type.kind !== 'error')
      checking.diagnostics.push(messages.wrongType(each.span, 'a date', typeInWords(each.type)));
  }
  return {
    name: declaration.name.text,
    ...(declaration.doc === undefined ? {} : { doc: declaration.doc }),
    fields,
    keys,
    dated: dates.length > 0,
    span: declaration.name.span,
  };
}
