// `person.month_in_role` and `person.month_of_service`: which calendar month it is for a person, from 1. A month counts
// when it has a day on which the person was there (in that role, or at all), unless more than half of it was absence.
// Who comes back goes on counting: months in between have no such day, and earlier ones stay counted.

import { civilOf, type Day, daysInMonth } from '../base/date.ts';
import { InternalError } from '../base/diagnostic.ts';
import type { People, PersonRow, Stay } from '../model/people.ts';
import type { Model } from '../model/policy.ts';
import { absencesOf } from './absences.ts';
import { staysOfPerson } from './persons.ts';

/** The attributes of a person that count months. */
export const MONTH_ATTRIBUTES = ['month_in_role', 'month_of_service'] as const;
export type MonthAttribute = (typeof MONTH_ATTRIBUTES)[number];

/** In the months `[from, until)` (see `monthOf`) the count is `start`, or goes up from it by one a month. */
export interface MonthRun {
  readonly from: number;
  readonly until: number;
  readonly start: number;
  readonly grows: boolean;
}

interface Range {
  readonly from: number;
  readonly until: number;
}

/** Calendar months as whole numbers, one after the other. */
export function monthOf(day: Day): number {
  const { year, month } = civilOf(day);
  return year * 12 + month - 1;
}

/** Whether an attribute of people counts months: not where the policy declares one of that name. */
export function countsMonths(
  { attributes }: Pick<Model, 'attributes'>,
  name: string,
): name is MonthAttribute {
  return isMonthAttribute(name) && !attributes.some((each) => each.name === name);
}

export function isMonthAttribute(name: string): name is MonthAttribute {
  return (MONTH_ATTRIBUTES as readonly string[]).includes(name);
}

/** The count on a day on which a person holds a role. */
export function monthCount(people: People, of: { person: string; role: string }, at: MonthAt): number {
  const month = monthOf(at.day);
  const runs = runsOf(people, of, at.attribute);
  const run = runs.findLast((each) => each.from <= month);
  if (!run || month >= run.until) throw new InternalError(`${of.person} isn't there in month ${month}`);
  return run.start + (run.grows ? month - run.from : 0);
}

/** The count of a person on a day, of whom these rows hold then; missing where two roles disagree, or nobody is there. */
export function agreedCount(people: People, rows: readonly PersonRow[], at: MonthAt): number | undefined {
  const counts = new Set(rows.map((row) => monthCount(people, row, at)));
  return counts.size === 1 ? [...counts][0] : undefined;
}

interface MonthAt {
  readonly attribute: MonthAttribute;
  readonly day: Day;
}

// people are never changed
const known = new WeakMap<People, Map<string, readonly MonthRun[]>>();

/** How the count of a person (in a role) goes on, from the first month to the last. */
export function runsOf(
  people: People,
  { person, role }: Pick<Stay, 'person' | 'role'>,
  attribute: MonthAttribute,
): readonly MonthRun[] {
  const inRole = attribute === 'month_in_role';
  const key = JSON.stringify(inRole ? [person, role] : [person]);
  const ofPeople = known.get(people) ?? new Map<string, readonly MonthRun[]>();
  known.set(people, ofPeople);
  const found = ofPeople.get(key);
  if (found) return found;
  const stays = staysOfPerson(people, person).filter((each) => !inRole || each.role === role);
  const days = joined(stays);
  const runs = counted(joined(days.map(monthsOf)), leftOut(people, person, days));
  ofPeople.set(key, runs);
  return runs;
}

function monthsOf({ from, until }: Range): Range {
  return { from: monthOf(from), until: monthOf(until - 1) + 1 };
}

/** Ranges in order, those that meet as one. */
function joined(ranges: readonly Range[]): readonly Range[] {
  const found: { from: number; until: number }[] = [];
  for (const { from, until } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else found.push({ from, until });
  }
  return found;
}

/** Months of which more than half were absence, on days that count. */
function leftOut(people: People, person: string, days: readonly Range[]): readonly Range[] {
  const whole: Range[] = [];
  const inPart = new Map<number, number>();
  const add = (month: number, count: number): void => {
    inPart.set(month, (inPart.get(month) ?? 0) + count);
  };
  for (const absence of absencesOf(people, person)) {
    for (const held of days) {
      const [from, until] = [Math.max(absence.from, held.from), Math.min(absence.until, held.until)];
      if (from >= until) continue;
      const [first, last] = [monthOf(from), monthOf(until - 1)];
      if (first === last) add(first, until - from);
      else {
        add(first, daysOf(first) - civilOf(from).date + 1);
        add(last, civilOf(until - 1).date);
        if (first + 1 < last) whole.push({ from: first + 1, until: last });
      }
    }
  }
  const most = [...inPart].filter(([month, count]) => count * 2 > daysOf(month));
  return joined([...whole, ...most.map(([month]) => ({ from: month, until: month + 1 }))]);
}

function daysOf(month: number): number {
  return daysInMonth(Math.floor(month / 12), (month % 12) + 1);
}

/** A month that is left out keeps the count of the one before; the first is 1 whatever it is. */
function counted(months: readonly Range[], out: readonly Range[]): readonly MonthRun[] {
  const runs: MonthRun[] = [];
  let count = 0;
  for (const range of months) {
    let at = range.from;
    const countTo = (until: number): void => {
      if (at >= until) return;
      runs.push({ from: at, until, start: count + 1, grows: true });
      count += until - at;
      at = until;
    };
    for (const each of out) {
      const [from, until] = [Math.max(each.from, range.from), Math.min(each.until, range.until)];
      if (from >= until) continue;
      countTo(from);
      runs.push({ from, until, start: Math.max(count, 1), grows: false });
      at = until;
    }
    countTo(range.until);
  }
  return runs;
}
