// `sum(deal.amount where is_won)` to measures: which event, which rows, which value.

import type { Span } from '../base/source.ts';
import { isCurrencyCode } from '../base/unit.ts';
import type { AggregateFunction } from '../library/aggregate.ts';
import { partsOf } from '../library/parts.ts';
import { isNumeric } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';
import { shareText } from './constants.ts';
import {
  type Checking,
  type EventScope,
  isError,
  NOTHING_KNOWN,
  peopleOf,
  type RowWorld,
  textOf,
  unknown,
  type World,
} from './context.ts';
import { describe, infer, refuse } from './infer.ts';
import { knowing } from './known.ts';
import { otherDate } from './look-backs.ts';
import { means } from './meanings.ts';
import { measured } from './measures.ts';
import * as messages from './messages.ts';
import { missingPart, requirePresent } from './missing.ts';
import { walk } from './walk.ts';

type Row = RowWorld;

/** Whether `each` names a field of the event (`last(balance.amount each account)`) instead of a length of time. */
export function takesEach(name: string): boolean {
  return name === 'first' || name === 'last';
}

export function inferAggregate(
  checking: Checking,
  node: ast.Call,
  called: AggregateFunction,
  world: World,
): Expression {
  const name = called.name;
  const people = peopleOf(world);
  if (!people || people.target) {
    return refuse(
      checking,
      messages.notHere(
        node.span,
        `\`${name}\``,
        'a total belongs to a person and a period: use it in a KPI, gate or bonus',
      ),
    );
  }
  const [argument, place] = node.args;
  const takes = name === 'percentile' ? 2 : 1;
  if (!argument || node.args.length !== takes) {
    const expected = takes === 1 ? 'one field or event' : 'a field and a percent';
    return refuse(checking, messages.wrongArguments(node.span, name, expected, node.args.length));
  }
  const percentile = place && shareText(checking, place);
  if (node.distinct && name !== 'count')
    return refuse(
      checking,
      messages.notHere(
        node.span,
        `\`distinct\` in \`${name}\``,
        'only a count looks at different values: `count(distinct deal.client)`',
      ),
    );
  const event = eventOf(checking, node, argument);
  if (!event) return unknown(node.span);
  const row: Row = {
    kind: 'row',
    event,
    place: 'measure',
    known: NOTHING_KNOWN,
    within: people,
    ...(people.scope.kind === 'company'
      ? { ofCompany: { ...(people.use ?? { span: node.span, name }), named: node.as !== undefined } }
      : {}),
  };
  const where = node.where && condition(checking, node.where, row);
  const chosen = where ? (knowing(checking, row, where, true) as RowWorld) : row;
  const by = node.by && otherDate(checking, node.by, chosen, node.span);
  const countsRows = argument.kind === 'name' && argument.name.text === event.declaration.name.text;
  const value = countsRows
    ? undefined
    : aggregated(checking, argument, chosen, {
        called,
        distinct: node.distinct,
        silent: where !== undefined && isError(where),
      });
  if (where && isError(where)) return unknown(node.span);
  if (value && isError(value)) return unknown(node.span);
  const each = node.each && eachOf(checking, node.each, chosen, { name, value });
  if (each && isError(each)) return unknown(node.span);
  if ((place && percentile === undefined) || (node.by && (!by || isError(by)))) return unknown(node.span);
  if (by?.optional)
    return refuse(checking, messages.cellMayBeMissing(by.span, name, textOf(checking, by.span)));
  if (countsRows && (called.takes === 'value' || node.distinct)) {
    return refuse(
      checking,
      messages.wrongType(
        argument.span,
        `a field of \`${event.declaration.name.text}\``,
        'the event itself',
        [],
        `name what to take: \`${name}(${event.declaration.name.text}.…)\``,
      ),
    );
  }
  if (!countsRows && called.takes !== 'value' && !node.distinct) {
    return refuse(
      checking,
      messages.wrongType(
        argument.span,
        'an event',
        'one of its fields',
        [],
        `count rows with \`count(${event.declaration.name.text})\`, different values with \`count(distinct …)\``,
      ),
    );
  }
  if (node.as && !event.creditNames.has(node.as.text)) {
    // the line may stand in a `credit` of an event that isn't known, which has been said
    if (namedElsewhere(checking, node.as.text)) return unknown(node.span);
    return refuse(
      checking,
      messages.unknownName(node.as.span, `credit line of \`${event.declaration.name.text}\``, node.as.text, [
        ...event.creditNames,
      ]),
    );
  }
  if (node.as) means(checking, node.as, { kind: 'credit line', of: event.declaration.name.text });
  return measured(checking, node, called, { event, value, where, by, percentile, each }, people);
}

/** `each account`: a field of the event that is sure to be there, of whose values the amounts are added up. */
function eachOf(
  checking: Checking,
  { grain: field, earlier, span }: NonNullable<ast.Call['each']>,
  row: Row,
  of: { readonly name: string; readonly value: Expression | undefined },
): Expression {
  const { declaration, fields, formulas } = row.event;
  const event = declaration.name.text;
  if (earlier)
    return refuse(checking, messages.notHere(span, `\`earlier\` in \`${of.name}\``, 'name the field alone'));
  if (!fields.has(field.text) && !formulas.has(field.text))
    return refuse(
      checking,
      messages.unknownName(field.span, `field of \`${event}\``, field.text, [
        ...fields.keys(),
        ...formulas.keys(),
      ]),
    );
  if (of.value && !isNumeric(of.value.type))
    return refuse(
      checking,
      messages.wrongType(of.value.span, 'what can be added up', describe(of.value), [
        { span, message: `because the values of each \`${field.text}\` are added up` },
      ]),
    );
  const each = infer(checking, { kind: 'name', name: field, span: field.span }, row);
  if (isError(each) || !each.optional) return each;
  return refuse(checking, messages.cellMayBeMissing(field.span, of.name, field.text));
}

/** Whether a credit line of that name stands in a `credit` of no event. */
function namedElsewhere({ declared }: Checking, name: string): boolean {
  return [...declared.credits.values()].some(
    (each) => !declared.events.has(each.name.text) && each.lines.some((line) => line.as?.text === name),
  );
}

export function condition(checking: Checking, node: ast.Expression, row: Row): Expression {
  const checked = infer(checking, node, row);
  if (isError(checked)) return checked;
  if (checked.type.kind !== 'truth')
    return refuse(checking, messages.wrongType(checked.span, 'a condition', describe(checked)));
  return requirePresent(checking, checked, 'the condition of `where`') ? checked : unknown(checked.span);
}

export function aggregated(
  checking: Checking,
  node: ast.Expression,
  row: Row,
  as: {
    readonly called: AggregateFunction;
    readonly distinct: boolean;
    /** The condition couldn't be checked: it may have said which rows are meant. */
    readonly silent: boolean;
  },
): Expression {
  const { called } = as;
  const checked = infer(checking, node, row);
  if (isError(checked)) return checked;
  const wrong = as.distinct ? undefined : called.accepts(checked.type);
  if (wrong !== undefined)
    return refuse(checking, messages.wrongType(checked.span, wrong, describe(checked)));
  if (checked.type.kind === 'money' && !isCurrencyCode(checked.type.currency))
    return refuse(
      checking,
      messages.wrongType(
        checked.span,
        'amounts in one currency',
        'each in its own',
        [],
        `convert them first: \`${called.name}(convert(${textOf(checking, checked.span)}, to ${checking.currency}, at …))\``,
      ),
    );
  const shared = called.name === 'sum' || called.name === 'average';
  if (shared && row.place === 'measure' && namesShare(checked))
    return refuse(
      checking,
      messages.notHere(
        checked.span,
        '`share`',
        `\`${called.name}\` weighs each row by its share already: leave it out`,
      ),
    );
  if (checked.optional && !as.silent) {
    const { span } = missingPart(checked);
    return refuse(checking, messages.cellMayBeMissing(span, called.name, textOf(checking, span)));
  }
  return checked;
}

/** Whether the credited share is part of a value. */
function namesShare(node: Expression): boolean {
  return node.kind === 'share' || partsOf(node).some(namesShare);
}

export function creditsAnybody(checking: Checking, event: EventScope): boolean {
  return (
    checking.declared.credits.has(event.declaration.name.text) ||
    event.declaration.fields.some((each) => each.owner)
  );
}

/** The one event that an aggregate names; mistakes are reported. */
export function eventOf(
  checking: Checking,
  call: ast.Call,
  argument: ast.Expression,
): EventScope | undefined {
  const named = new Map<string, Span>();
  walk(argument, (node) => {
    if (node.kind === 'name' && checking.declared.events.has(node.name.text) && !named.has(node.name.text))
      named.set(node.name.text, node.name.span);
  });
  const [first, second] = fieldsFirst(checking, named);
  if (!first) {
    const events = [...checking.declared.events.keys()];
    const bare = argument.kind === 'name' ? argument.name : undefined;
    const field =
      bare &&
      !countsRowsOf(call) &&
      [...checking.declared.events.values()].find(
        (each) => each.fields.has(bare.text) || each.formulas.has(bare.text),
      );
    const owner = bare ?? unknownOwner(checking, argument);
    if (owner && !field)
      checking.diagnostics.push(messages.unknownName(owner.span, 'event', owner.text, events));
    else
      checking.diagnostics.push(
        messages.whichEvent(
          argument.span,
          call.callee.kind === 'name' ? call.callee.name.text : 'sum',
          field ? [field.declaration.name.text] : events,
          textOf(checking, argument.span),
        ),
      );
    return undefined;
  }
  means(checking, { text: first[0], span: first[1] }, { kind: 'event' });
  if (second) {
    checking.diagnostics.push(messages.twoEvents(second[1], first[0], second[0], first[1]));
    return undefined;
  }
  return checking.declared.events.get(first[0]);
}

/** `count(deal)` and `exists(deal of client)` name an event by itself. */
function countsRowsOf({ callee, distinct }: ast.Call): boolean {
  return callee.name.text === 'exists' || (callee.name.text === 'count' && !distinct);
}

/** What stands before a dot as an event does, and is nothing that is known. */
function unknownOwner({ declared }: Checking, argument: ast.Expression): ast.Name | undefined {
  const known = (name: string): boolean =>
    name === 'person' || name === 'period' || declared.rates.has(name) || declared.tables.has(name);
  const owners: ast.Name[] = [];
  walk(argument, (node) => {
    if (node.kind === 'member' && node.of.kind === 'name' && !known(node.of.name.text))
      owners.push(node.of.name);
  });
  return owners[0];
}

/** Where an event has fields that are called like other events, those are its fields. */
function fieldsFirst(
  checking: Checking,
  named: ReadonlyMap<string, Span>,
): readonly (readonly [string, Span])[] {
  const all = [...named];
  const owner = all.find(([name]) => {
    const { fields, formulas } = checking.declared.events.get(name)!;
    return all.every(([other]) => other === name || fields.has(other) || formulas.has(other));
  });
  return owner ? [owner] : all;
}
