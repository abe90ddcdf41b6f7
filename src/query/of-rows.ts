// What of a policy decides about rows: two policies that agree in it make the same of the same data, whatever they pay.
// Whoever keeps what was read for one policy and uses it for another asks here whether it may.

import { walk } from '../library/parts.ts';
import { eventsReadThrough, rowFormulas } from '../library/row-formulas.ts';
import type { Measure, Model } from '../model/policy.ts';

/** Parts of a policy that say nothing of its rows: they are of people, of periods, or words. */
const NOT_OF_ROWS = [
  'name',
  'title',
  'effective',
  'rounding',
  'reports',
  'measures',
  'figures',
  'kpis',
  'curves',
  'rates',
  'grids',
  'roles',
  'overrides',
  'pools',
  'awards',
  'pay',
  'tests',
  'invariants',
  'onlyProved',
  'asked',
  'beyond',
  'sources',
] satisfies readonly (keyof Model)[];

/**
 * All of a policy that decides what becomes of rows, and what formulas over them come to.
 * INVARIANT: of the parts left out nothing is read by a formula of rows, except the tables and curves put in by name.
 */
export function ofRows(model: Model): unknown {
  const of: Partial<Record<keyof Model, unknown>> = { ...model };
  for (const part of NOT_OF_ROWS) delete of[part];
  return { of, read: tablesRead(model), through: [...eventsReadThrough(model)].sort() };
}

/** The curves, rates and grids that formulas of rows read. */
function tablesRead(model: Model): readonly unknown[] {
  const names = new Set<string>();
  for (const { value } of rowFormulas(model)) {
    walk(value, (node) => {
      if (node.kind === 'curve') names.add(node.curve);
      if (node.kind === 'rates') names.add(node.rates);
      if (node.kind === 'grid') names.add(node.grid);
    });
  }
  return [...model.curves, ...model.rates, ...model.grids].filter((each) => names.has(each.name));
}

/** What a measure asks, whatever it is called. */
export function askedBy({ id: _, ...measure }: Measure): string {
  return written(measure);
}

/** One text for data, equal for equal data wherever in the policy it was written. */
export function written(data: unknown): string {
  return JSON.stringify(data, (key, value) => {
    if (key === 'span') return undefined;
    if (typeof value === 'bigint') return { bigint: String(value) };
    if (typeof value === 'number' && !Number.isFinite(value)) return { number: String(value) };
    return value instanceof Map || value instanceof Set ? [...value] : value;
  });
}
