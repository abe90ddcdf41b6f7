// `sum(deal.amount where is_won)` to measures: which event, which rows, which value.

import type { Span } from '../base/source.ts';
import type { AggregateFunction } from '../library/aggregate.ts';
import { NUMBER } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { Aggregate, Measure } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import {
  type Checking,
  type EventScope,
  isError,
  NOTHING_KNOWN,
  textOf,
  unknown,
  type World,
} from './context.ts';
import { apply, describe, infer, refuse } from './infer.ts';
import { keyOf, knowing } from './known.ts';
import * as messages from './messages.ts';
import { missingPart, requirePresent } from './missing.ts';
import { reachesBehind } from './windows.ts';

type Row = World & { kind: 'row' };

export function inferAggregate(
  checking: Checking,
  node: ast.Call,
  called: AggregateFunction,
  world: World,
): Expression {
  const name = called.name;
  if (world.kind !== 'people' || world.target) {
    return refuse(
      checking,
      messages.notHere(
        node.span,
        `\`${name}\``,
        'a total belongs to a person and a period: use it in a KPI, gate or bonus',
      ),
    );
  }
  const [argument] = node.args;
  if (!argument || node.args.length !== 1)
    return refuse(checking, messages.wrongArguments(node.span, name, 'one field or event', node.args.length));
  if (node.by?.[0])
    return refuse(
      checking,
      messages.notSupported(node.by[0].span, 'an aggregate by another date than the one that posts'),
    );
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
    ...(world.scope.kind === 'company' && !node.as
      ? { ofCompany: world.use ?? { span: node.span, name } }
      : {}),
  };
  const where = node.where && condition(checking, node.where, row);
  const countsRows = argument.kind === 'name' && argument.name.text === event.declaration.name.text;
  const value = countsRows
    ? undefined
    : aggregated(checking, argument, where ? (knowing(checking, row, where, true) as Row) : row, {
        called,
        distinct: node.distinct,
        silent: where !== undefined && isError(where),
      });
  if (where && isError(where)) return unknown(node.span);
  if (value && isError(value)) return unknown(node.span);
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
    return refuse(
      checking,
      messages.unknownName(node.as.span, `credit line of \`${event.declaration.name.text}\``, node.as.text, [
        ...event.creditNames,
      ]),
    );
  }
  return measured(checking, node, called, { event, value, where }, world);
}

function condition(checking: Checking, node: ast.Expression, row: Row): Expression {
  const checked = infer(checking, node, row);
  if (isError(checked)) return checked;
  if (checked.type.kind !== 'truth')
    return refuse(checking, messages.wrongType(checked.span, 'a condition', describe(checked)));
  return requirePresent(checking, checked, 'the condition of `where`') ? checked : unknown(checked.span);
}

function aggregated(
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
  if (checked.optional && !as.silent) {
    const { span } = missingPart(checked);
    return refuse(checking, messages.cellMayBeMissing(span, called.name, textOf(checking, span)));
  }
  return checked;
}

function measured(
  checking: Checking,
  node: ast.Call,
  called: AggregateFunction,
  parts: {
    readonly event: EventScope;
    readonly value: Expression | undefined;
    readonly where: Expression | undefined;
  },
  world: World & { kind: 'people' },
): Expression {
  const { event, value, where } = parts;
  const name = event.declaration.name.text;
  if (world.window.kind === 'to date' && !event.declaration.since) {
    const span = world.use?.span ?? node.span;
    return refuse(checking, messages.needsSince(span, '`[to date]`', name, event.declaration.name.span));
  }
  if (world.scope.kind !== 'company' && !creditsAnybody(checking, event)) {
    const use = world.use ?? { span: node.span, name: textOf(checking, node.span) };
    return refuse(checking, messages.nobodyToCredit(use.span, use.name, name));
  }
  const kinds: readonly Aggregate[] = node.distinct ? ['distinct'] : called.measures;
  const optional = called.optional || reachesBehind(checking, event, world.window);
  const nodes = kinds.map((aggregate): Expression => {
    const counts = aggregate === 'count';
    const measure = measureOf(checking, {
      event: name,
      aggregate,
      ...(value && !counts ? { value } : {}),
      ...(where ? { where } : {}),
      ...(node.as ? { as: node.as.text } : {}),
    });
    const type = counts || aggregate === 'distinct' ? NUMBER : value!.type;
    return {
      kind: 'measure',
      measure: measure.id,
      scope: world.scope,
      window: world.window,
      type,
      optional,
      span: node.span,
    };
  });
  return nodes.length === 1
    ? nodes[0]!
    : { ...apply(checking, called.name, nodes, node.span), optional: true };
}

/** The measure, made once however often it is used. */
function measureOf(checking: Checking, parts: Omit<Measure, 'id'>): Measure {
  const key = JSON.stringify([
    parts.event,
    parts.aggregate,
    parts.value && keyOf(parts.value),
    parts.where && keyOf(parts.where),
    parts.as,
  ]);
  const found = checking.measures.get(key);
  if (found) return found;
  const measure: Measure = { id: `m${checking.measures.size + 1}`, ...parts };
  checking.measures.set(key, measure);
  checking.measuresById.set(measure.id, measure);
  return measure;
}

export function creditsAnybody(checking: Checking, event: EventScope): boolean {
  return (
    checking.declared.credits.has(event.declaration.name.text) ||
    event.declaration.fields.some((each) => each.owner)
  );
}

/** The one event that an aggregate names; mistakes are reported. */
function eventOf(checking: Checking, call: ast.Call, argument: ast.Expression): EventScope | undefined {
  const named = new Map<string, Span>();
  walk(argument, (node) => {
    if (node.kind === 'name' && checking.declared.events.has(node.name.text) && !named.has(node.name.text))
      named.set(node.name.text, node.name.span);
  });
  const [first, second] = fieldsFirst(checking, named);
  if (!first) {
    const owner =
      argument.kind === 'member' && argument.of.kind === 'name'
        ? argument.of.name
        : argument.kind === 'name'
          ? argument.name
          : undefined;
    const events = [...checking.declared.events.keys()];
    const field =
      owner &&
      [...checking.declared.events.values()].find(
        (each) => each.fields.has(owner.text) || each.formulas.has(owner.text),
      );
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
  if (second) {
    checking.diagnostics.push(messages.twoEvents(second[1], first[0], second[0], first[1]));
    return undefined;
  }
  return checking.declared.events.get(first[0]);
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

/** Every part of an expression of the syntax tree, the whole first. */
export function walk(node: ast.Expression, visit: (node: ast.Expression) => void): void {
  visit(node);
  for (const part of partsOf(node)) walk(part, visit);
}

function partsOf(node: ast.Expression): readonly ast.Expression[] {
  switch (node.kind) {
    case 'member':
      return [node.of];
    case 'call':
      return [
        ...node.args,
        ...(node.by ?? []),
        ...(node.where ? [node.where] : []),
        ...(node.to ? [node.to] : []),
      ];
    case 'brackets':
      return [
        node.of,
        ...node.items.flatMap((item) =>
          item.kind === 'expression'
            ? [item.value, ...(item.at ? [item.at] : [])]
            : item.kind === 'by'
              ? [item.value]
              : [],
        ),
      ];
    case 'unary':
    case 'exists':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'else':
      return [node.value, node.fallback];
    case 'choice':
      return [node.condition, node.value, node.otherwise];
    default:
      return [];
  }
}
