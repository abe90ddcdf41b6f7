// The checked formulas of a Model, with the event whose rows they read.

import { walk } from '../library/parts.ts';
import { rowFormulas as formulasOfRows } from '../library/row-formulas.ts';
import type { Expression } from '../model/expression.ts';
import type { Award, Bonus, Level, PaysIn } from '../model/pay.ts';
import type { EventModel, Figure, Measure, Model, Role, Target } from '../model/policy.ts';
import { awardFormulas, memberFormulas } from '../query/awards.ts';

/** A formula and, where it is one of rows, their event. */
export interface Formula {
  readonly value: Expression;
  readonly event?: EventModel;
}

/** The formulas of rows: computed fields, credit lines, what measures add up and choose, and what look-backs do. */
export function rowFormulas(model: Model): readonly Formula[] {
  const events = new Map(model.events.map((each) => [each.name, each]));
  return formulasOfRows(model).map(({ event, value }) => ({ value, event: events.get(event)! }));
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
  return [...role.targets.flatMap(targetFormulas).map((value) => ({ value })), ...paidFormulas(model, role)];
}

function targetFormulas({ value, upTo, when }: Target): readonly Expression[] {
  return present(value, upTo, when);
}

/** The formulas that decide what a role pays: gates, bonuses and bounds. */
export function paidFormulas(model: Model, role: Role): readonly Formula[] {
  const people = [
    ...role.gates.flatMap(({ condition, when }) => present(condition, when)),
    ...[...role.caps, ...role.floors, ...role.draws].map(({ amount }) => amount),
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
    ...present(bonus.cap, bonus.floor, bonus.paysIn?.currency).map((value) => ({ value })),
  ];
}

/** The event for whose rows a bonus is worked out. */
export function rowsOf(model: Model, { perEvent }: Bonus): EventModel | undefined {
  return perEvent === undefined ? undefined : model.events.find((each) => each.name === perEvent);
}

/** The awards and levels, with the formulas of each. */
export function awardsOf(
  model: Model,
): readonly { readonly award: Award | Level; readonly formulas: readonly Expression[] }[] {
  return model.awards.map((award) => ({ award, formulas: awardFormulas(award) }));
}

/** The formulas of pools. */
export function poolFormulas({ pools }: Model): readonly Expression[] {
  return pools.flatMap((each) => [each.amount, ...memberFormulas(each)]);
}

/** The formulas of what is no role's: targets of one person or team, awards, levels, pools and bounds of all pay. */
export function formulasBesideRoles(model: Model): readonly Expression[] {
  const { caps, floors, draws, paysIn } = model.pay;
  return [
    ...model.overrides.flatMap((each) => each.targets.flatMap(targetFormulas)),
    ...awardsOf(model).flatMap((each) => each.formulas),
    ...poolFormulas(model),
    ...[...caps, ...floors, ...draws].map(({ amount }) => amount),
    ...present(paysIn?.currency),
  ];
}

/** The tables that money is converted by, of which the formulas name no column. */
export function ratesOfExchange(model: Model): ReadonlySet<string> {
  const paid: readonly (PaysIn | undefined)[] = [
    model.pay.paysIn,
    ...model.roles.flatMap((role) => role.bonuses.map((each) => each.paysIn)),
  ];
  const tables = new Set(present(...paid).map(({ table }) => table));
  for (const { value } of allFormulas(model))
    walk(value, (node) => {
      if (node.kind === 'convert') tables.add(node.table);
    });
  return tables;
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
    ...formulasBesideRoles(model).map((value) => ({ value })),
  ];
}

export function present<T>(...parts: readonly (T | undefined)[]): readonly T[] {
  return parts.filter((each) => each !== undefined);
}
