// Who a person was on a day: the rows of the people data that hold then, what they agree about, and who stood above.

import type { Day } from '../base/date.ts';
import { equals } from '../base/exact.ts';
import type { People, PersonRow, Stay } from '../model/people.ts';
import type { Model } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { cellRead } from './shortfalls.ts';

/** A person's rows of the people data. */
export type PersonRows = ReadonlyMap<string, readonly PersonRow[]>;

export function rowsByPerson(people: People): PersonRows {
  const rows = new Map<string, PersonRow[]>();
  for (const row of people.rows) {
    const own = rows.get(row.person);
    if (own) own.push(row);
    else rows.set(row.person, [row]);
  }
  return rows;
}

// people are never changed
const stays = new WeakMap<People, ReadonlyMap<string, readonly Stay[]>>();

/** A person's stays, in the order of all stays. */
export function staysOfPerson(people: People, person: string): readonly Stay[] {
  const index = stays.get(people) ?? staysByPerson(people);
  stays.set(people, index);
  return index.get(person) ?? [];
}

function staysByPerson(people: People): ReadonlyMap<string, readonly Stay[]> {
  const found = new Map<string, Stay[]>();
  for (const stay of people.stays) {
    const own = found.get(stay.person);
    if (own) own.push(stay);
    else found.set(stay.person, [stay]);
  }
  return found;
}

/** The rows of a person that hold on a day, one for each role. */
export function rowsOn(persons: PersonRows, person: string, day: Day): readonly PersonRow[] {
  return (persons.get(person) ?? []).filter((row) => row.from <= day && day < row.until);
}

/** An attribute of a person as a row has it: built in, or one that the policy declares. */
export function attributeOf(model: Model, row: PersonRow, name: string): Cell {
  switch (name) {
    case 'id':
      return row.person;
    case 'name':
    case 'role':
    case 'team':
    case 'lead':
      return row[name];
    default:
      return row.attributes[model.attributes.findIndex((each) => each.name === name)];
  }
}

/** An attribute that a formula reads; one that a test leaves out stops it. */
export function attributeRead(model: Model, row: PersonRow, name: string): Cell {
  const field = model.attributes.find((each) => each.name === name);
  return cellRead(field, 'person', attributeOf(model, row, name));
}

/** What all rows of a day say of an attribute; missing where there is none, or where two of them disagree. */
export function agreedAttribute(model: Model, rows: readonly PersonRow[], name: string): Cell {
  const [first, ...others] = rows.map((row) => attributeRead(model, row, name));
  if (first === undefined) return undefined;
  return others.every((each) => isSame(each, first)) ? first : undefined;
}

function isSame(a: Cell, b: Cell): boolean {
  return typeof a === 'object' && typeof b === 'object' ? equals(a, b) : a === b;
}

/**
 * Everybody above a person on a day, the nearest first: the lead, the lead's lead, and so on until nobody is named, or
 * somebody is met again, as in a circle of leads.
 */
export function leadsAbove(model: Model, persons: PersonRows, of: { person: string; day: Day }): string[] {
  const met = new Set([of.person]);
  const above: string[] = [];
  let at = agreedAttribute(model, rowsOn(persons, of.person, of.day), 'lead') as string | undefined;
  while (at !== undefined && !met.has(at)) {
    met.add(at);
    above.push(at);
    at = agreedAttribute(model, rowsOn(persons, at, of.day), 'lead') as string | undefined;
  }
  return above;
}
