// Computed fields that look at other events: `sum(refund.amount of this)`, of rows that refer to this one, and
// `exists(deal of client within 30 days after opened_at)`, of rows that share a key.

import { equals, exact, exactText, roundTo, sign } from '../base/exact.ts';
import type { Span } from '../base/source.ts';
import type { AggregateFunction } from '../library/aggregate.ts';
import { findAggregate } from '../library/callable.ts';
import { partsOf } from '../library/parts.ts';
import { comparable, NUMBER, TRUTH, typeInWords } from '../library/types.ts';
import type { Expression, LookBackNode } from '../model/expression.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { aggregated, condition, eventOf } from './aggregates.ts';
import { foldConstant } from './constants.ts';
import {
  type Checking,
  type EventScope,
  isError,
  NOTHING_KNOWN,
  type RowWorld,
  textOf,
  unknown,
  type World,
} from './context.ts';
import { CALENDAR_UNIT } from './dates.ts';
import { apply, describe, infer, refuse, require } from './infer.ts';
import { knowing } from './known.ts';
import { fieldOf, type Meaning, means } from './meanings.ts';
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
  const within = node.within && checkWithin(checking, node.within, { world, event });
  const row: RowWorld = { kind: 'row', event, place: 'look-back', known: NOTHING_KNOWN };
  const where = node.where && condition(checking, node.where, row);
  const value = taken(checking, node, where ? (knowing(checking, row, where, true) as RowWorld) : row, where);
  const parts = [key?.own, where, value?.of].filter((each) => each !== undefined);
  if (!key || !value || parts.some(isError) || (node.within && !within)) return unknown(node.span);
  if (!node.within && sinceOf(event) === undefined) {
    const declared = event.declaration.name;
    return refuse(checking, messages.needsSince(node.span, `\`${name}\``, declared.text, declared.span));
  }
  const looked = (aggregate: LookBackNode['aggregate'], type: ValueType): Expression => {
    const looking: LookBackNode = {
      kind: 'look-back',
      event: event.declaration.name.text,
      aggregate,
      ...(value.of && aggregate !== 'count' ? { value: value.of } : {}),
      ...(where ? { where } : {}),
      own: key.own,
      other: key.other,
      ...(within ? { within } : {}),
      type,
      optional: true,
      span: node.span,
    };
    const optional =
      missingByItself(checking, looking, world.event) || partsOf(looking).some((each) => each.optional);
    return { ...looking, optional };
  };
  return madeOf(checking, node, { world, value, looked });
}

/** The look-backs that an aggregate is made of, and what it makes of them. */
function madeOf(
  checking: Checking,
  node: ast.Call,
  of: {
    readonly world: RowWorld;
    readonly value: Taken;
    readonly looked: (aggregate: LookBackNode['aggregate'], type: ValueType) => Expression;
  },
): Expression {
  const { world, value, looked } = of;
  const name = node.callee.name.text;
  const { span } = node;
  if (node.distinct) return looked('distinct', NUMBER);
  switch (name) {
    case 'exists':
      return looked('exists', TRUTH);
    case 'count':
      return looked('count', NUMBER);
    case 'median': {
      const [low, high] = [looked('lower middle', value.type), looked('upper middle', value.type)];
      const half: Expression = { kind: 'constant', type: NUMBER, text: '1/2', optional: false, span };
      const middle = apply(checking, '*', [apply(checking, '+', [low, high], span), half], span);
      return { ...middle, type: value.type };
    }
    case 'average': {
      if (!world.rounded) {
        const shown = textOf(checking, node.args[0]!.span);
        const why = `a division in a row must say its rounding: \`round(average(${shown} of …) to 0.01)\``;
        return refuse(checking, messages.notHere(span, '`average` of other rows without a rounding', why));
      }
      const divided = apply(checking, '/', [looked('sum', value.type), looked('count', NUMBER)], span);
      return { ...divided, type: value.type };
    }
    case 'sum':
    case 'min':
    case 'max':
    case 'first':
    case 'last':
      return looked(name, value.type);
    default:
      return refuse(
        checking,
        messages.notHere(span, `\`${name}\` of other rows`, 'take their `median`, `min` or `max`'),
      );
  }
}

/** Whether a look-back can be missing though its key and its day are there: without rows, or before the data. */
export function missingByItself(checking: Checking, node: LookBackNode, own: EventScope): boolean {
  const { aggregate, within } = node;
  const counts = ['exists', 'count', 'distinct', 'sum'].includes(aggregate);
  const since = sinceOf(checking.declared.events.get(node.event)!);
  if (!counts) return true;
  if (since === undefined) return false;
  // only the posting day is known not to lie before the event's own `since`
  const fromPosting =
    !within || (within.word === 'after' && within.of.kind === 'field' && within.of.name === own.posting);
  const begins = sinceOf(own);
  return !fromPosting || begins === undefined || begins < since;
}

/** `this`, to which one field of the other event must refer, or a field that both events have. */
function keyOf(
  checking: Checking,
  node: ast.Expression,
  event: EventScope,
  world: RowWorld,
): Key | undefined {
  const own = world.event.declaration.name.text;
  const other = event.declaration.name;
  if (node.kind === 'name' && node.name.text === 'this') {
    means(checking, node.name, { kind: 'built-in' });
    const fields = [...event.fields.values()].filter((each) => each.references === own);
    if (fields[1])
      checking.diagnostics.push(
        messages.twice(fields[1].span, `the reference to \`${own}\``, fields[0]!.span),
      );
    // a field of no known type may have been the reference
    if (!fields[0] && hasUnreadField(event)) return undefined;
    if (fields[0]) {
      const key = world.event.declaration.fields.find((each) => each.key);
      if (!key) return undefined;
      const field = infer(checking, { kind: 'name', name: key.name, span: node.span }, world);
      return { own: field, other: fields[0].name };
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
  if (node.kind === 'name' && !fields.has(node.name.text) && !formulas.has(node.name.text)) {
    const known = [...fieldNames(world.event), 'this'];
    checking.diagnostics.push(messages.unknownName(node.span, `field of \`${own}\``, node.name.text, known));
    return undefined;
  }
  const key = infer(checking, node, world);
  if (isError(key)) return undefined;
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
  sharedName(checking, key, { own, other: { name: shared.name, ...fieldOf(other.text) } });
  return { own: key, other: shared.name };
}

/** One name says a field of both events: neither can be called otherwise alone. */
function sharedName(
  { meanings }: Checking,
  key: Expression,
  { own, other }: { readonly own: string; readonly other: Meaning },
): void {
  if (key.kind === 'field') meanings?.joined?.({ name: key.name, ...fieldOf(own) }, other);
  if (key.kind === 'through') meanings?.joined?.({ name: key.field, ...fieldOf(key.event) }, other);
  if (key.kind === 'of person') meanings?.joined?.({ kind: 'attribute', name: key.attribute }, other);
}

/** Whether an event has a field whose type isn't known. */
export function hasUnreadField({ fields }: EventScope): boolean {
  return [...fields.values()].some(({ type }) => type.kind === 'error');
}

interface Key {
  readonly own: Expression;
  /** The field of the other event that must be equal. */
  readonly other: string;
}

/** The time within which others count; `undefined` after reporting what is wrong. */
function checkWithin(
  checking: Checking,
  { length: written, of, word }: NonNullable<ast.Call['within']>,
  { world, event }: { readonly world: RowWorld; readonly event: EventScope },
): LookBackNode['within'] | undefined {
  const day = infer(checking, of, world);
  const fits = ({ kind }: ValueType): boolean => kind === 'date' || kind === 'datetime';
  const isDay = require(checking, day, fits, 'a day of this row');
  const posting = event.fields.get(event.posting ?? '');
  const byDays = day.type.kind === 'date' || posting?.type.kind === 'date';
  const length = CALENDAR_UNIT.test(written.kind === 'duration' ? written.unit : '')
    ? monthsIn(checking, written as ast.DurationLiteral)
    : secondsIn(checking, written, { world, byDays });
  return isDay && length ? { word, length, of: day } : undefined;
}

type Length = NonNullable<LookBackNode['within']>['length'];

function monthsIn(checking: Checking, { digits, unit, span }: ast.DurationLiteral): Length | undefined {
  if (/^[0-9]+$/.test(digits)) {
    const each = unit.startsWith('year') ? 12 : unit.startsWith('quarter') ? 3 : 1;
    return { kind: 'months', months: Number(digits) * each };
  }
  checking.diagnostics.push(messages.wrongType(span, 'a whole number of them', `\`${digits}\``));
  return undefined;
}

/** A length in seconds; whole days where days are compared, as anything finer would end between two of them. */
function secondsIn(
  checking: Checking,
  written: ast.Expression,
  { world, byDays }: { readonly world: RowWorld; readonly byDays: boolean },
): Length | undefined {
  const length = infer(checking, written, world);
  if (!require(checking, length, ({ kind }) => kind === 'duration', 'a length such as `30 days`'))
    return undefined;
  const seconds = foldConstant(length);
  if (typeof seconds !== 'object') {
    checking.diagnostics.push(messages.notConstant(length.span, 'the length of the time'));
    return undefined;
  }
  if (sign(seconds) < 0) {
    checking.diagnostics.push(messages.notPositive(length.span, 'the length of the time'));
    return undefined;
  }
  if (byDays && !equals(roundTo(seconds, exact('86400'), 'down'), seconds)) {
    checking.diagnostics.push(messages.wrongType(length.span, 'a number of whole days', describe(length)));
    return undefined;
  }
  return { kind: 'seconds', seconds: exactText(seconds) };
}

interface Taken {
  readonly of?: Expression;
  readonly type: ValueType;
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
  if (isRows) return { type: name === 'exists' ? TRUTH : NUMBER };
  const silent = where !== undefined && isError(where);
  const of = aggregated(checking, argument, row, { called: called!, distinct: node.distinct, silent });
  return { of, type: node.distinct ? NUMBER : of.type };
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
  // in which period a row counts can't depend on the period, and who is credited depends on the day
  const { within: _, ofCompany: __, ...alone } = row;
  const by = infer(checking, first!, { ...alone, place: 'date' });
  if (!require(checking, by, ({ kind }) => kind === 'date' || kind === 'datetime', 'a date of the event'))
    return unknown(span);
  return by;
}
