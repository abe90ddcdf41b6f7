// From when the data is complete on which a figure stands that looks at all history: positions (`nth`), looks at other
// rows without a time, `[to date]`. Statements say it, and a run whose rows begin much later warns.

import type { Day } from '../base/date.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { periodAt, shift } from '../base/period.ts';
import { walk } from '../library/parts.ts';
import { rowFormulas } from '../library/row-formulas.ts';
import type { Expression } from '../model/expression.ts';
import type { Figure, Model } from '../model/policy.ts';
import { measuresRead } from './make-queries.ts';
import { firstRowLate } from './messages.ts';

/** The events whose whole history a formula of an event's rows looks at, through the computed fields that it reads. */
function historyOf(model: Model, event: string, formula: Expression): ReadonlySet<string> {
  const found = new Set<string>();
  const entered = new Set<string>();
  const visit = (name: string, value: Expression | undefined): void => {
    if (!value) return;
    walk(value, (node) => {
      switch (node.kind) {
        case 'nth':
          found.add(name);
          return;
        case 'look-back':
          if (!node.within) found.add(node.event);
          visit(node.event, node.value);
          visit(node.event, node.where);
          return;
        case 'through':
          enter(node.event, node.field);
          return;
        case 'field':
          enter(name, node.name);
          return;
        default:
          return;
      }
    });
  };
  const enter = (name: string, field: string): void => {
    const id = JSON.stringify([name, field]);
    if (entered.has(id)) return;
    entered.add(id);
    const owner = model.events.find((each) => each.name === name);
    visit(name, owner?.computed.find((each) => each.name === field)?.value);
  };
  visit(event, formula);
  return found;
}

// a Model is never changed
const known = new WeakMap<Model, Map<string, Day | undefined>>();

/** The day since which all is known that a figure counts as "first" or "to date"; `undefined` where it looks at no history. */
export function completeSince(model: Model, figure: Figure): Day | undefined {
  const days = known.get(model) ?? new Map<string, Day | undefined>();
  known.set(model, days);
  if (!days.has(figure.id)) days.set(figure.id, latest(model, figure));
  return days.get(figure.id);
}

function latest(model: Model, figure: Figure): Day | undefined {
  const figures = new Map(model.figures.map((each) => [each.id, each]));
  const measures = new Map(model.measures.map((each) => [each.id, each]));
  const events = measuresRead(figures, [figure.value]).flatMap(({ measure: id, window }) => {
    const measure = measures.get(id)!;
    const { event, value, where, each, by } = measure;
    const formulas = [value, where, each, by].filter((part) => part !== undefined);
    const looked = formulas.flatMap((part) => [...historyOf(model, event, part)]);
    return window.kind === 'to date' ? [...looked, event] : looked;
  });
  const days = model.events.flatMap(({ name, since }) =>
    since !== undefined && events.includes(name) ? [since] : [],
  );
  return days.length === 0 ? undefined : Math.max(...days);
}

/** The events whose whole history anything in the policy looks at. */
function eventsWithHistory(model: Model): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { event, value } of rowFormulas(model))
    for (const each of historyOf(model, event, value)) found.add(each);
  const measures = new Map(model.measures.map((each) => [each.id, each.event]));
  const figures = new Map(model.figures.map((each) => [each.id, each]));
  for (const node of measuresRead(
    figures,
    [...figures.values()].map((each) => each.value),
  ))
    if (node.window.kind === 'to date') found.add(measures.get(node.measure)!);
  return found;
}

/**
 * Warnings for events of which the first row comes more than a period of the policy after the data is said to be
 * complete: what is called a first one then may not be.
 */
export function lateFirstRows(
  model: Model,
  firstDays: ReadonlyMap<string, Day | undefined>,
): readonly Diagnostic[] {
  const looked = eventsWithHistory(model);
  return model.events.flatMap(({ name, since, span }) => {
    const first = firstDays.get(name);
    if (since === undefined || first === undefined || !looked.has(name)) return [];
    const late = shift(periodAt(model.grain, since), 2).from;
    return first < late ? [] : [firstRowLate(name, { since, first, span })];
  });
}
