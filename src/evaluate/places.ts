// One cell for each viewer and period, so that formulas of other periods and people share what is worked out; and which
// cell is looked at in an earlier period.

import type { Day } from '../base/date.ts';
import { goOn } from '../base/limits.ts';
import type { Period } from '../base/period.ts';
import type { Stay } from '../model/people.ts';
import { staysOfPerson } from '../query/persons.ts';
import { type CellPlace, heldDays, type Run, type Viewer, whoseStays } from './cell.ts';

/** The cell of a viewer over a period, over the days that were held. */
export function placeOf(run: Run, viewer: Viewer, period: Period): CellPlace {
  const key = `${period.grain} ${period.id}`;
  const cells = run.cells.get(key) ?? { until: period.until, places: new Map<string | number, CellPlace>() };
  run.cells.set(key, cells);
  const whose = viewerKey(viewer);
  const found = cells.places.get(whose);
  if (found) return found;
  goOn(run.limits);
  const held = viewer.kind === 'stay' ? heldDays(viewer.stay, period) : [];
  const made: CellPlace = { viewer, period, held, known: new Map() };
  cells.places.set(whose, made);
  return made;
}

export function stayPlace(run: Run, stay: Stay, period: Period): CellPlace {
  return placeOf(run, { kind: 'stay', stay, role: run.roles.get(stay.role)! }, period);
}

export function viewerKey(viewer: Viewer): string | number {
  switch (viewer.kind) {
    case 'stay':
      return viewer.stay.index;
    case 'value':
      return JSON.stringify([viewer.attribute, viewer.value]);
    case 'company':
      return '';
    default:
      return viewer satisfies never;
  }
}

/** Lets go of the cells of periods that ended by that day: what is asked of them again is worked out again. */
export function letGo(run: Run, day: Day): void {
  for (const [key, { until }] of run.cells) if (until <= day) run.cells.delete(key);
}

/** Whether formulas of people are worked out in a period: not in one that ends before everything begins. */
export function isWorkedOut(run: Run, period: Period): boolean {
  return run.beginning !== undefined && period.until > run.beginning;
}

/**
 * Who the viewer is in another period. Of a person, the same stay if it has a day in it, else the stay in the same role
 * that ends last in it; `undefined` where there is none.
 */
export function sameIn(run: Run, viewer: Viewer, period: Period): Viewer | undefined {
  if (!isWorkedOut(run, period)) return undefined;
  if (viewer.kind !== 'stay' || hasDayIn(viewer.stay, period)) return viewer;
  const stay = staysLike(run, viewer.stay).findLast((each) => hasDayIn(each, period));
  return stay && { ...viewer, stay };
}

/** The person's stays in the same role, in order of time. */
export function staysLike(run: Run, stay: Stay): readonly Stay[] {
  return run.staysByWhom.get(whoseStays(stay))!;
}

/** Whether the person holds a role on the last day of a period. */
export function isThereThrough(run: Run, person: string, period: Period): boolean {
  return staysOfPerson(run.people, person).some((each) =>
    hasDayIn(each, { from: period.until - 1, until: period.until }),
  );
}

export function hasDayIn(stay: Stay, period: { readonly from: Day; readonly until: Day }): boolean {
  return stay.from < period.until && stay.until > period.from;
}

/** A person in a period, with the stays that have a day in it. */
export interface PersonIn {
  readonly person: string;
  readonly stays: readonly Stay[];
  readonly period: Period;
}

/** A person's stays as one, from the first day to the last. */
export function asOne(stays: readonly Stay[]): Stay {
  const from = Math.min(...stays.map((each) => each.from));
  const until = Math.max(...stays.map((each) => each.until));
  return { ...stays.at(-1)!, from, until };
}
