// Measures: what an aggregate asks of the rows of an event, made once however often it is used.

import type { AggregateFunction } from '../library/aggregate.ts';
import { NUMBER } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { Aggregate, Measure } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import { creditsAnybody } from './aggregates.ts';
import { type Checking, type EventScope, type PeopleWorld, textOf } from './context.ts';
import { apply, refuse } from './infer.ts';
import { keyOf } from './known.ts';
import * as messages from './messages.ts';
import { reachesBehind } from './windows.ts';

/** The measures of an aggregate, and what it makes of them. */
export function measured(
  checking: Checking,
  node: ast.Call,
  called: AggregateFunction,
  parts: {
    readonly event: EventScope;
    readonly value: Expression | undefined;
    readonly where: Expression | undefined;
    readonly by: Expression | undefined;
    readonly percentile: string | undefined;
    readonly each: Expression | undefined;
  },
  world: PeopleWorld,
): Expression {
  const { event, value, where, by, percentile, each } = parts;
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
      ...(percentile === undefined ? {} : { place: percentile }),
      ...(each ? { each } : {}),
      ...(by ? { by } : {}),
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
    parts.place,
    parts.each && keyOf(parts.each),
    parts.as,
    parts.by && keyOf(parts.by),
  ]);
  const found = checking.measures.get(key);
  if (found) return found;
  const measure: Measure = { id: `m${checking.measures.size + 1}`, ...parts };
  checking.measures.set(key, measure);
  checking.measuresById.set(measure.id, measure);
  return measure;
}
