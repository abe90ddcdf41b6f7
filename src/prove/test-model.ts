// The Model that a test runs on: that of the policy, which lets a test's rows leave cells out until a formula reads them,
// and which asks for what the test expects.

import type { Grain } from '../base/period.ts';
import type { FieldModel, Model } from '../model/policy.ts';
import type { AlsoAsked, TestModel } from '../model/proof.ts';

// a Model is never changed
const shapes = new WeakMap<Model, Model>();

/** The Model to run a test on. */
export function modelFor(model: Model, test: TestModel): Model {
  const shape = shapes.get(model) ?? shaped(model);
  shapes.set(model, shape);
  return { ...shape, asked: askedBy(test) };
}

/** The policy with all figures that tests ask for, and fields that may be left out. */
function shaped(model: Model): Model {
  const { onlyProved } = model;
  return {
    ...model,
    tests: [],
    attributes: model.attributes.map(mayBeLeftOut),
    events: model.events.map((event) => ({
      ...event,
      fields: event.fields.map((field) => (field.name === event.key ? field : mayBeLeftOut(field))),
    })),
    tables: model.tables.map((table) => ({
      ...table,
      fields: table.fields.map((field) => {
        if (table.keys.includes(field.name)) return field;
        const isDay = table.dated && (field.name === 'from' || field.name === 'until');
        return isDay ? { ...field, optional: true } : mayBeLeftOut(field);
      }),
    })),
    measures: [...model.measures, ...onlyProved.measures],
    figures: [...model.figures, ...onlyProved.figures],
  };
}

/** A required field without anything that stands for it. */
function mayBeLeftOut(field: FieldModel): FieldModel {
  if (field.optional || field.fallback !== undefined) return field;
  return { ...field, optional: true, leftOut: true };
}

/** What a test expects, by the length of time and for the roles that it gives its people. */
function askedBy({ rows, expectations }: TestModel): readonly AlsoAsked[] {
  const roles = new Set(
    rows.flatMap(({ cells }) =>
      cells.flatMap(({ field, value }) => (field === 'role' && value.kind === 'constant' ? value.text : [])),
    ),
  );
  const grains = new Set(expectations.map((each): Grain => each.grain));
  return [...grains].flatMap((grain) => {
    const formulas = expectations.flatMap((each) => (each.grain === grain ? each.conditions : []));
    return [...roles].map((role): AlsoAsked => ({ role, grain, formulas }));
  });
}
