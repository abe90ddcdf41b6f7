// On which days people were away, and on which of their days they weren't.

import type { Day } from '../base/date.ts';
import type { Absence, People } from '../model/people.ts';

interface Days {
  readonly from: Day;
  readonly until: Day;
}

// people are never changed
const indexes = new WeakMap<People, ReadonlyMap<string, readonly Absence[]>>();

/** A person's absences, in order of time; they don't overlap. */
export function absencesOf(people: People, person: string): readonly Absence[] {
  const index = indexes.get(people) ?? byPerson(people.absences);
  indexes.set(people, index);
  return index.get(person) ?? [];
}

function byPerson(absences: readonly Absence[]): ReadonlyMap<string, readonly Absence[]> {
  const found = new Map<string, Absence[]>();
  for (const absence of absences) {
    const own = found.get(absence.person);
    if (own) own.push(absence);
    else found.set(absence.person, [absence]);
  }
  return found;
}

/** The stretches of a range on which the person wasn't away. */
export function daysPresent(people: People, person: string, { from, until }: Days): readonly Days[] {
  const present: Days[] = [];
  let start = from;
  for (const absence of absencesOf(people, person)) {
    if (absence.until <= start) continue;
    if (absence.from >= until) break;
    if (absence.from > start) present.push({ from: start, until: absence.from });
    start = absence.until;
  }
  if (start < until) present.push({ from: start, until });
  return present;
}
