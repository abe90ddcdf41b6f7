// Walks over the checked formulas of a Model: the parts of one, and all of them with the event whose rows they read.

import type { Expression } from '../model/expression.ts';
import type { Bonus, EventModel, Figure, Measure, Model, Role } from '../model/policy.ts';

/** The direct parts of an expression. */
export function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'apply':
    case 'later':
      return node.args;
    case 'rates':
      return present(node.argument, node.whole, node.after);
    case 'curve':
      return [node.argument];
    case 'lookup':
      return node.at ? [...node.keys, node.at] : node.keys;
    case 'nth':
      return node.where ? [...node.by, node.where] : node.by;
    case 'constant':
    case 'field':
    case 'attribute':
    case 'measure':
    case 'figure':
    case 'target':
    case 'attainment':
    case 'score':
    case 'bonus':
    case 'period':
      return [];
    default:
      // a kind that isn't known here is looked at from outside only
      node satisfies never;
      return [];
  }
}

/** Visits an expression and all its parts, outermost first; formulas that it names aren't entered. */
export function walk(node: Expression, visit: (node: Expression) => void): void {
  visit(node);
  for (const part of partsOf(node)) walk(part, visit);
}

/** A formula and, where it is one of rows, their event. */
export interface Formula {
  readonly value: Expression;
  readonly event?: EventModel;
}

/** The formulas of rows: computed fields, credit lines, and what measures add up and choose. */
export function rowFormulas(model: Model): readonly Formula[] {
  const own = model.events.flatMap((event) =>
    [
      ...event.computed.map((each) => each.value),
      ...event.credit.flatMap(({ to, otherwise, when }) => present(to, otherwise, when)),
    ].map((value) => ({ value, event })),
  );
  const measured = model.measures.flatMap((measure) => {
    const event = eventOf(model, measure);
    return present(measure.value, measure.where, measure.by).map((value) => ({ value, event }));
  });
  return [...own, ...measured];
}

// a Model is never changed, and formulas name their figures and measures over and over
const figures = new WeakMap<Model, ReadonlyMap<string, Figure>>();
const measures = new WeakMap<Model, ReadonlyMap<string, Measure>>();

/** The figure of that id. */
export function figureCalled(model: Model, id: string): Figure | undefined {
  const all = figures.get(model) ?? new Map(model.figures.map((each) => [each.id, each]));
  figures.set(model, all);
  return all.get(id);
}

/** The measure of that id. */
export function measureCalled(model: Model, id: string): Measure | undefined {
  const all = measures.get(model) ?? new Map(model.measures.map((each) => [each.id, each]));
  measures.set(model, all);
  return all.get(id);
}

export function eventOf(model: Model, measure: Measure): EventModel {
  return model.events.find((each) => each.name === measure.event)!;
}

/** The formulas of a role's lines, inherited ones too. */
export function roleFormulas(model: Model, role: Role): readonly Formula[] {
  const targets = role.targets.flatMap(({ value, upTo, when }) => present(value, upTo, when));
  return [...targets.map((value) => ({ value })), ...paidFormulas(model, role)];
}

/** The formulas that decide what a role pays: gates, bonuses and caps. */
export function paidFormulas(model: Model, role: Role): readonly Formula[] {
  const people = [
    ...role.gates.flatMap(({ condition, when }) => present(condition, when)),
    ...role.caps.map(({ amount }) => amount),
  ];
  return [
    ...people.map((value) => ({ value })),
    ...role.bonuses.flatMap((each) => bonusFormulas(model, each)),
  ];
}

/** The formulas of a bonus; value and condition are of rows where it is worked out per event. */
export function bonusFormulas(model: Model, bonus: Bonus): readonly Formula[] {
  const event = rowsOf(model, bonus);
  return [
    ...present(bonus.value, bonus.when).map((value) => ({ value, ...(event ? { event } : {}) })),
    ...present(bonus.cap).map((value) => ({ value })),
  ];
}

/** The event for whose rows a bonus is worked out. */
export function rowsOf(model: Model, { perEvent }: Bonus): EventModel | undefined {
  return perEvent === undefined ? undefined : model.events.find((each) => each.name === perEvent);
}

/** All formulas of a policy. */
export function allFormulas(model: Model): readonly Formula[] {
  const people = [...model.figures, ...model.kpis].flatMap((each) =>
    present('value' in each ? each.value : each.attainment),
  );
  return [
    ...rowFormulas(model),
    ...people.map((value) => ({ value })),
    ...model.roles.flatMap((role) => roleFormulas(model, role)),
  ];
}

export function present<T>(...parts: readonly (T | undefined)[]): readonly T[] {
  return parts.filter((each) => each !== undefined);
}
