// From the rows of the absence data to the days on which people were away. Loaded where there is such data.

import type { BoundSource, ControlTotals, Reject, TextTable } from '../model/dataset.ts';
import type { Absence } from '../model/people.ts';
import { ABSENCE_FIELDS } from './absence-fields.ts';
import type { ConvertContext } from './convert.ts';
import { noteBackwards, noteOverlaps, rangeOf } from './ranges.ts';
import type { SourceFacts } from './reject-messages.ts';
import { readRows, rowsByKey, settleRows } from './rows.ts';

const PERSON = 0;
const DATES = { from: 1, until: 2 };
const KIND = 3;

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
