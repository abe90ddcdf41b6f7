// Computed fields that look at other events: `sum(refund.amount of this)`, of rows that refer to this one, and
// `exists(deal of client within 30 days after opened_at)`, of rows that share a key.

import type { Span } from '../base/source.ts';
import type { AggregateFunction } from '../library/aggregate.ts';
import { findAggregate } from '../library/index.ts';
import { comparable, NUMBER, TRUTH, typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';
import { aggregated, condition, eventOf } from './aggregates.ts';
import {
  type Checking,
  type EventScope,
  isError,
  later,
  NOTHING_KNOWN,
  type RowWorld,
  unknown,
  type World,
} from './context.ts';
import { CALENDAR_UNIT } from './dates.ts';
import { describe, infer, refuse, require } from './infer.ts';
import { knowing } from './known.ts';
import * as messages from './messages.ts';
import { fieldNames } from './names.ts';
import { sinceOf } from './windows.ts';

/** A call with `of` or `within` over the rows of an event. */
export function lookBack(checking: Checking, node: ast.Call, world: World): Expression {
  const name = node.callee.name.text;
  if (world.kind !== 'row' || world.place !== 'computed')
    return refuse(
      checking,
      messages.notHere(node.span, `\`${name}\` of other rows`, {
        text: 'make it a field of the event: `returned = sum(refund.amount of this)`',
        yaml: 'make it a field of the event: `computed: { returned: sum(refund.amount of this) }`',
      }),
    );
  const [argument] = node.args;
  if (!argument || node.args.length > 1)
    return refuse(checking, messages.wrongArguments(node.span, name, 'one field or event', node.args.length));
  if (!node.of)
    return refuse(
      checking,
      messages.missingPart(
        node.span,
        `\`${name}\``,
        '`of`',
        `${name}(deal of client within 30 days after …)`,
      ),
    );
  const event = eventOf(checking, node, argument);
  if (!event) return unknown(node.span);
  const key = keyOf(checking, node.of, event, world);
  const day = node.within && checkWithin(checking, node.within, world);
  const row: RowWorld = { kind: 'row', event, place: 'look-back', known: NOTHING_KNOWN };
  const where = node.where && condition(checking, node.where, row);
  const value = taken(checking, node, where ? (knowing(checking, row, where, true) as RowWorld) : row, where);
  const parts = [key, day, where, value?.of].filter((each) => each !== undefined);
  if (!key || !value || parts.some(isError)) return unknown(node.span);
  if (!node.within && sinceOf(event) === undefined) {
    const declared = event.declaration.name;
    return refuse(checking, messages.needsSince(node.span, `\`${name}\``, declared.text, declared.span));
  }
  return later(
    checking,
    `${name} of ${event.declaration.name.text}${node.within ? ` ${node.within.word}` : ''}`,
    {
      args: parts,
      type: value.type,
      span: node.span,
      own: value.optional || reachesBehind(world.event, event, node.within?.word),
    },
  );
}

/** `this`, to which one field of the other event must refer, or a field that both events have. */
function keyOf(
  checking: Checking,
  node: ast.Expression,
  event: EventScope,
  world: RowWorld,
): Expression | undefined {
  const own = world.event.declaration.name.text;
  const other = event.declaration.name;
  if (node.kind === 'name' && node.name.text === 'this') {
    const fields = [...event.fields.values()].filter((each) => each.references === own);
    if (fields[1])
      checking.diagnostics.push(
        messages.twice(fields[1].span, `the reference to \`${own}\``, fields[0]!.span),
      );
    // a field of no known type may have been the reference
    if (!fields[0] && hasUnreadField(event)) return undefined;
    if (fields[0]) {
      const key = world.event.declaration.fields.find((each) => each.key);
      return key ? infer(checking, { kind: 'name', name: key.name, span: node.span }, world) : undefined;
    }
    checking.diagnostics.push(
      messages.missingPart(
        other.span,
        `event \`${other.text}\``,
        `field that refers to \`${own}\``,
        `${own}: ${own}`,
      ),
    );
    return undefined;
  }
  const { fields, formulas } = world.event;
  if (node.kind === 'name' && !fields.has(node.name.text) && !formulas.has(node.name.text))
    return refuse(
      checking,
      messages.unknownName(node.span, `field of \`${own}\``, node.name.text, [
        ...fieldNames(world.event),
        'this',
      ]),
    );
  const key = infer(checking, node, world);
  if (isError(key)) return key;
  const name = node.kind === 'name' || node.kind === 'member' ? node.name : undefined;
  const shared = name && event.fields.get(name.text);
  if (!shared) {
    checking.diagnostics.push(
      messages.unknownName(node.span, `field of \`${other.text}\``, name?.text ?? 'this', [
        ...event.fields.keys(),
      ]),
    );
    return undefined;
  }
  if (!comparable(key.type, shared.type)) {
    checking.diagnostics.push(
      messages.wrongType(node.span, typeInWords(shared.type), describe(key), [
        {
          span: shared.span,
          message: `because \`${other.text}.${shared.name}\` is ${typeInWords(shared.type)}`,
        },
      ]),
    );
    return undefined;
  }
  return key;
}

/** Whether an event has a field whose type isn't known. */
export function hasUnreadField({ fields }: EventScope): boolean {
  return [...fields.values()].some(({ type }) => type.kind === 'error');
}

function checkWithin(
  checking: Checking,
  within: NonNullable<ast.Call['within']>,
  world: RowWorld,
): Expression | undefined {
  const { length: written } = within;
  if (written.kind !== 'duration' || !CALENDAR_UNIT.test(written.unit)) {
    const length = infer(checking, written, world);
    if (!require(checking, length, ({ kind }) => kind === 'duration', 'a length such as `30 days`'))
      return length;
  }
  const day = infer(checking, within.of, world);
  const fits = require(checking, day, ({ kind }) =>
    kind === 'date' || kind === 'datetime', 'a day of this row');
  return fits ? day : unknown(within.of.span);
}

interface Taken {
  readonly of?: Expression;
  readonly type: Expression['type'];
  readonly optional: boolean;
}

/** What is taken of the other rows: whether there are any, how many, or a value of each. */
function taken(
  checking: Checking,
  node: ast.Call,
  row: RowWorld,
  where: Expression | undefined,
): Taken | undefined {
  const { event } = row;
  const name = node.callee.name.text;
  const argument = node.args[0]!;
  const isRows = argument.kind === 'name' && argument.name.text === event.declaration.name.text;
  const called: AggregateFunction | undefined = findAggregate(name);
  const rows = name === 'exists' || (name === 'count' && !node.distinct);
  if (rows !== isRows) {
    const [wanted, found] = rows ? ['an event', 'one of its fields'] : ['a field', 'the event itself'];
    checking.diagnostics.push(messages.wrongType(argument.span, wanted, found));
    return undefined;
  }
  if (isRows) return { type: name === 'exists' ? TRUTH : NUMBER, optional: false };
  const silent = where !== undefined && isError(where);
  const of = aggregated(checking, argument, row, { called: called!, distinct: node.distinct, silent });
  return { of, type: node.distinct ? NUMBER : of.type, optional: !node.distinct && called!.optional };
}

/** Whether some row looks at days before the other event's data is complete. */
function reachesBehind(own: EventScope, other: EventScope, word: 'after' | 'before' | undefined): boolean {
  const since = sinceOf(other);
  if (since === undefined) return false;
  const begins = sinceOf(own);
  return word === 'before' || begins === undefined || begins < since;
}

/** The moment that an aggregate counts by instead of the posting one: a date of the event that is sure to be there. */
export function otherDate(
  checking: Checking,
  nodes: readonly ast.Expression[],
  row: RowWorld,
  span: Span,
): Expression | undefined {
  const [first, second] = nodes;
  if (second) {
    checking.diagnostics.push(messages.twice(second.span, 'the date to count by', first!.span));
    return undefined;
  }
  const by = infer(checking, first!, row);
  if (!require(checking, by, ({ kind }) => kind === 'date' || kind === 'datetime', 'a date of the event'))
    return unknown(span);
  return by;
}
