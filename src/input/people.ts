// From the rows of the people data to who held which role when.

import { fiscalYears } from '../base/fiscal.ts';
import type { BoundSource, ControlTotals, Reject, TextTable } from '../model/dataset.ts';
import type { People, PersonRow, Stay } from '../model/people.ts';
import type { FieldModel, Model } from '../model/policy.ts';
import type { Cell, ValueType } from '../model/value.ts';
import { createClock } from './clock.ts';
import { noteBackwards, noteOverlaps, rangeOf } from './ranges.ts';
import type { SourceFacts } from './reject-messages.ts';
import { type InputRow, readRows, rowsByKey, settleRows } from './rows.ts';

const TEXT: ValueType = { kind: 'text' };
const DATE: ValueType = { kind: 'date' };
const REQUIRED = false;
const OPTIONAL = true;

/** The columns that people data has in every policy; those of `Model.attributes` follow them. */
export const PEOPLE_FIELDS: readonly FieldModel[] = [
  builtIn('id', TEXT, REQUIRED),
  builtIn('name', TEXT, OPTIONAL),
  builtIn('role', TEXT, REQUIRED),
  builtIn('team', TEXT, OPTIONAL),
  // text here, because whoever leads needs no row; elsewhere a lead is a person
  builtIn('lead', TEXT, OPTIONAL),
  builtIn('from', DATE, OPTIONAL),
  builtIn('until', DATE, OPTIONAL),
];

const ID = 0;
const NAME = 1;
const ROLE = 2;
const TEAM = 3;
const LEAD = 4;
const DATES = { from: 5, until: 6 };

export interface PeopleReport {
  readonly people: People;
  /** In order of row, then field. */
  readonly rejects: readonly Reject[];
  readonly control: ControlTotals;
  /** For the words about the rejects. */
  readonly facts: SourceFacts;
}

/**
 * Reads people data bound to `PEOPLE_FIELDS` and `model.attributes`, in that order. Rejected, beside bad cells: a role
 * that the policy hasn't; a range that ends before it starts; rows of one person and role that share a day. Two roles
 * of a person may share days.
 */
export function readPeople(model: Model, bound: BoundSource, text: TextTable): PeopleReport {
  const fields = [...PEOPLE_FIELDS, ...model.attributes];
  const persons = personsOf(bound, text);
  const calendars = fiscalYears(model);
  const context = { dialect: bound.dialect, clock: createClock(model.zone), persons, calendars };
  const rows = readRows(bound, fields, { text, context });

  const roles = model.roles.map((each) => each.name);
  for (const row of rows) {
    const role = row.cells[ROLE];
    if (role !== undefined && !roles.includes(role as string)) {
      row.faults.push({ field: ROLE, reason: 'unknown role' });
    }
  }
  noteBackwards(rows, DATES);
  for (const group of rowsByKey(rows, [ID, ROLE])) noteOverlaps(group.filter(isForward), DATES);

  const { sound, rejects, control } = settleRows(bound, fields, { rows, text });
  return {
    people: { ...peopleOf(sound), known: [...persons].filter((id) => id !== '').sort() },
    rejects,
    control: control.totals(),
    facts: { fields, dialect: bound.dialect, persons: [...persons], roles, calendars },
  };
}

/** The ids that stand in the data, for attributes that name a person. */
function personsOf(bound: BoundSource, text: TextTable): ReadonlySet<string> {
  const binding = bound.bindings[ID]!;
  if (binding.kind !== 'column') return new Set(binding.kind === 'constant' ? [binding.text] : []);
  return new Set(text.rows.map((row) => (row[binding.index] ?? '').normalize('NFC')));
}

function isForward(row: InputRow): boolean {
  return row.faults.every((fault) => fault.reason !== 'ends before it starts');
}

function peopleOf(rows: readonly InputRow[]): People {
  const sorted = rows.map(personRow).sort(inOrder);
  const stays: (Stay & { until: number; rows: PersonRow[] })[] = [];
  const open = new Map<string, number>();
  const placed = sorted.map((unplaced) => {
    const key = JSON.stringify([unplaced.person, unplaced.role]);
    const before = open.get(key);
    const adjoins = before !== undefined && stays[before]!.until === unplaced.from;
    const stay = adjoins ? before : stays.length;
    const row: PersonRow = { ...unplaced, stay };
    if (adjoins) {
      stays[stay]!.until = row.until;
      stays[stay]!.rows.push(row);
    } else {
      const { person, role, from, until } = row;
      stays.push({ index: stay, person, role, from, until, rows: [row] });
      open.set(key, stay);
    }
    return row;
  });
  return { rows: placed, stays, absences: [] };
}

function personRow({ cells }: InputRow): Omit<PersonRow, 'stay'> {
  const person = cells[ID] as string;
  const team = cells[TEAM] as string | undefined;
  const lead = cells[LEAD] as string | undefined;
  return {
    person,
    name: (cells[NAME] as string | undefined) ?? person,
    role: cells[ROLE] as string,
    ...(team !== undefined && { team }),
    ...(lead !== undefined && { lead }),
    ...rangeOf(cells[DATES.from], cells[DATES.until]),
    attributes: cells.slice(PEOPLE_FIELDS.length) as readonly Cell[],
  };
}

type Unplaced = Omit<PersonRow, 'stay'>;

function inOrder(a: Unplaced, b: Unplaced): number {
  return byText(a.person, b.person) || a.from - b.from || byText(a.role, b.role);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function builtIn(name: string, type: ValueType, optional: boolean): FieldModel {
  return { name, type, optional, span: { source: '', start: 0, end: 0 } };
}
