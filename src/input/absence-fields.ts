// The absence data: what it is called, and its columns. It is optional, and no policy declares it: it says of people what
// their own rows don't.

import type { FieldModel, Model } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';

/** What the source of absences is called. */
export const ABSENCES = 'absence';

/** The columns of absence data: both dates are included, and without `until` the absence goes on. */
export const ABSENCE_FIELDS: readonly FieldModel[] = [
  field('person', { kind: 'person' }, { optional: false }),
  field('from', { kind: 'date' }, { optional: false }),
  field('until', { kind: 'date' }, { optional: true }),
  field('kind', { kind: 'text' }, { optional: true }),
];

/**
 * The names of data that a run takes where there is any: that of absences, unless an event or table of the policy is
 * called so, which is then meant.
 */
export function optionalSources({ events, tables }: Model): readonly string[] {
  return [...events, ...tables].some((each) => each.name === ABSENCES) ? [] : [ABSENCES];
}

function field(name: string, type: ValueType, { optional }: { readonly optional: boolean }): FieldModel {
  return { name, type, optional, span: { source: '', start: 0, end: 0 } };
}
