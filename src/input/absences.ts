// From the rows of the absence data to the days on which people were away. The data is optional, and no policy declares
// it: it says of people what their own rows don't.

import type { BoundSource, ControlTotals, Reject, TextTable } from '../model/dataset.ts';
import type { Absence } from '../model/people.ts';
import type { FieldModel, Model } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import type { ConvertContext } from './convert.ts';
import { noteBackwards, noteOverlaps, rangeOf } from './ranges.ts';
import type { SourceFacts } from './reject-messages.ts';
import { readRows, rowsByKey, settleRows } from './rows.ts';

/** What the source of absences is called. */
export const ABSENCES = 'absence';

/** The columns of absence data: both dates are included, and without `until` the absence goes on. */
export const ABSENCE_FIELDS: readonly FieldModel[] = [
  field('person', { kind: 'person' }, { optional: false }),
  field('from', { kind: 'date' }, { optional: false }),
  field('until', { kind: 'date' }, { optional: true }),
  field('kind', { kind: 'text' }, { optional: true }),
];

const PERSON = 0;
const DATES = { from: 1, until: 2 };
const KIND = 3;

/**
 * The names of data that a run takes where there is any: that of absences, unless an event or table of the policy is
 * called so, which is then meant.
 */
export function optionalSources({ events, tables }: Model): readonly string[] {
  return [...events, ...tables].some((each) => each.name === ABSENCES) ? [] : [ABSENCES];
}

export interface AbsenceReport {
  /** In order of person, then time. */
  readonly absences: readonly Absence[];
  readonly rejects: readonly Reject[];
  readonly control: ControlTotals;
  /** For the words about the rejects. */
  readonly facts: SourceFacts;
}

/**
 * Reads absence data bound to `ABSENCE_FIELDS`. Rejected, beside bad cells: an unknown person, a range that ends before
 * it starts, and rows of one person that share a day.
 */
export function readAbsences(
  bound: BoundSource,
  input: { readonly text: TextTable; readonly context: ConvertContext },
): AbsenceReport {
  const rows = readRows(bound, ABSENCE_FIELDS, input);
  noteBackwards(rows, DATES);
  const forward = rows.filter((row) => row.faults.every(({ reason }) => reason !== 'ends before it starts'));
  for (const group of rowsByKey(forward, [PERSON])) noteOverlaps(group, DATES);
  const { sound, rejects, control } = settleRows(bound, ABSENCE_FIELDS, { rows, text: input.text });
  const absences = sound.map(({ cells }): Absence => {
    const reason = cells[KIND] as string | undefined;
    return {
      person: cells[PERSON] as string,
      ...rangeOf(cells[DATES.from], cells[DATES.until]),
      ...(reason === undefined ? {} : { reason }),
    };
  });
  const persons = [...(input.context.persons ?? [])];
  return {
    absences: absences.toSorted((a, b) => compareText(a.person, b.person) || a.from - b.from),
    rejects,
    control: control.totals(),
    facts: { fields: ABSENCE_FIELDS, dialect: bound.dialect, persons },
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function field(name: string, type: ValueType, { optional }: { readonly optional: boolean }): FieldModel {
  return { name, type, optional, span: { source: '', start: 0, end: 0 } };
}
