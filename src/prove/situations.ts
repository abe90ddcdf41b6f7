// Situations to try a claim in: people, rows of events and tables, drawn by a seed around the numbers that the policy itself
// has, since that is where it turns.

import { allFormulas } from '../analyse/formulas.ts';
import type { Chance } from '../base/chance.ts';
import { type Day, dayOf, dayText } from '../base/date.ts';
import {
  add,
  compare,
  type Exact,
  exact,
  exactText,
  fixedText,
  multiply,
  negate,
  whole,
  ZERO,
} from '../base/exact.ts';
import { type Period, periodAt, periodsBetween } from '../base/period.ts';
import { currencyDecimals } from '../base/unit.ts';
import { walk } from '../library/parts.ts';
import type { SourceSpec } from '../model/dataset.ts';
import type { Expression } from '../model/expression.ts';
import type { EventModel, FieldModel, Model, TableModel } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import { sourceOf, type TextRow } from './test-data.ts';

/** The data of a situation. */
export interface Situation {
  readonly period: Period;
  readonly people: readonly TextRow[];
  readonly absences: readonly TextRow[];
  readonly rows: ReadonlyMap<string, readonly TextRow[]>;
}

/** Numbers and texts by the kind of their type, as the policy and what is claimed have them. */
export type Pool = ReadonlyMap<ValueType['kind'], readonly (Exact | string)[]>;

/** A situation as the sources of a run. */
export function sourcesOf(model: Model, { people, absences, rows }: Situation): readonly SourceSpec[] {
  const named = [...model.events, ...model.tables].map(({ name }) => sourceOf(name, rows.get(name) ?? []));
  const away = absences.length > 0 && !named.some(({ name }) => name === 'absence');
  return [sourceOf('person', people), ...(away ? [sourceOf('absence', absences)] : []), ...named];
}

// ---- numbers to draw from ------------------------------------------------------------------------------------

const MOST_NUMBERS = 240;

/** Constants of formulas, bounds of tables and fields, and what `more` has; and targets times the bounds of curves. */
export function poolOf(model: Model, more: readonly Expression[] = []): Pool {
  const found = new Map<ValueType['kind'], Map<string, Exact | string>>();
  const keep = (type: ValueType, text: string): void => {
    const isNumber =
      type.kind === 'money' || type.kind === 'number' || type.kind === 'percent' || type.kind === 'duration';
    if (!isNumber && type.kind !== 'text') return;
    const own = found.get(type.kind) ?? new Map<string, Exact | string>();
    found.set(type.kind, own);
    if (own.size < MOST_NUMBERS) own.set(text, isNumber ? exact(text) : text);
  };
  const constants = (formula: Expression): void =>
    walk(formula, (node) => {
      if (node.kind === 'constant') keep(node.type, node.text);
    });
  for (const { value } of allFormulas(model)) constants(value);
  for (const each of more) constants(each);
  for (const { tiers, input } of model.rates)
    for (const { bound, until } of tiers)
      for (const end of [bound, until]) if (end !== undefined) keep(input, end);
  for (const { points, input } of model.curves) for (const { at } of points) keep(input, at);
  for (const { dimensions } of model.grids)
    for (const { type, keys } of dimensions)
      for (const each of keys) if (each.kind === 'bound') keep(type, each.at);
  for (const { fields } of [...model.events, ...model.tables, { fields: model.attributes }])
    for (const { type, from, until, fallback } of fields)
      for (const end of [from, until, fallback]) if (end !== undefined) keep(type, end);
  const shares = [...(found.get('percent')?.values() ?? [])] as readonly Exact[];
  for (const role of model.roles)
    for (const { value } of role.targets)
      if (value.kind === 'constant')
        for (const share of shares) keep(value.type, exactText(multiply(exact(value.text), share)));
  return new Map([...found].map(([kind, values]) => [kind, [...values.values()]]));
}

// ---- drawing -------------------------------------------------------------------------------------------------

interface Drawing {
  readonly model: Model;
  readonly pool: Pool;
  readonly chance: Chance;
  readonly period: Period;
  readonly persons: readonly string[];
  readonly keys: Map<string, readonly string[]>;
}

/** What a situation is drawn from. */
export interface Drawn {
  readonly model: Model;
  readonly pool: Pool;
  /** Roles whose people are wanted most. */
  readonly roles: readonly string[];
}

/** One situation: up to six people, most of them in the wanted roles, with up to some dozens of rows. */
export function drawSituation({ model, pool, roles }: Drawn, chance: Chance): Situation {
  const period = drawPeriod(model, chance);
  const persons = Array.from({ length: chance.one([1, 1, 2, 3, 6]) }, (_, at) => `p${at + 1}`);
  const drawing: Drawing = { model, pool, chance, period, persons, keys: new Map() };
  const people = persons.map((person, at) => drawPerson(drawing, person, { roles, at }));
  const rows = new Map<string, readonly TextRow[]>();
  for (const table of model.tables) rows.set(table.name, drawTable(drawing, table));
  for (const event of inOrder(model)) rows.set(event.name, drawRows(drawing, event));
  const absences = persons.flatMap((person): readonly TextRow[] => {
    if (!chance.happens(0.08)) return [];
    const from = chance.happens(0.5) ? period.from : drawDay(drawing, period.from);
    return [{ person, from: dayText(from), until: dayText(period.until - 1) }];
  });
  return { period, people, absences, rows };
}

/** Those that others refer to come first. */
function inOrder({ events }: Model): readonly EventModel[] {
  const refers = ({ fields }: EventModel): boolean => fields.some((each) => each.references !== undefined);
  return [...events].sort((a, b) => Number(refers(a)) - Number(refers(b)));
}

function drawPeriod({ grain, effective }: Model, chance: Chance): Period {
  const first = effective.from ?? dayOf(2026, 1, 1);
  const last = Math.min(effective.until ?? first + 800, first + 800);
  const all = periodsBetween(grain, periodAt(grain, first).from, last).filter(
    (each) => each.from >= first && each.until <= last,
  );
  if (all.length === 0) return periodAt(grain, first);
  const ends = all.filter((each) => [12, 6, 3].some((months) => endsAfter(each, months)));
  return ends.length > 0 && chance.happens(0.6) ? chance.one(ends) : chance.one(all);
}

/** Whether a half-year, quarter or year ends with the period. */
function endsAfter({ until }: Period, months: number): boolean {
  return dayText(until).endsWith('-01') && (Number(dayText(until).slice(-5, -3)) - 1) % months === 0;
}

function drawPerson(
  drawing: Drawing,
  id: string,
  { roles, at }: { readonly roles: readonly string[]; readonly at: number },
): TextRow {
  const { model, chance, period, persons } = drawing;
  const wanted = roles.length > 0 && (at === 0 || chance.happens(0.7));
  const role = wanted ? chance.one(roles) : chance.one(model.roles).name;
  const cells: Record<string, string> = { id, role };
  if (chance.happens(0.7)) cells.team = chance.one(['t1', 't1', 't2']);
  if (at > 0 && chance.happens(0.5)) cells.lead = persons[0]!;
  const start = chance.one(['always', 'always', 'always', 'before', 'within']);
  if (start === 'before') cells.from = dayText(period.from - chance.one([1, 31, 92, 200]));
  if (start === 'within') cells.from = dayText(drawDay(drawing, period.from));
  if (chance.happens(0.1)) cells.until = dayText(period.until - 1 - chance.below(10));
  for (const field of model.attributes) cells[field.name] = drawCell(drawing, field, id);
  return cells;
}

function drawDay({ chance, period }: Drawing, from: Day): Day {
  return from + chance.below(Math.max(1, period.until - from));
}

function drawRows(drawing: Drawing, event: EventModel): readonly TextRow[] {
  const { chance, persons, keys } = drawing;
  const rows = persons.flatMap((person) => {
    const count = chance.one([0, 1, 1, 1, 2, 3, 8]);
    return Array.from({ length: count }, (): TextRow => {
      const cells: Record<string, string> = {};
      for (const field of event.fields) cells[field.name] = drawCell(drawing, field, person);
      cells[event.posting] = postedText(drawing, event);
      return cells;
    });
  });
  const key = event.fields.find((each) => each.name === event.key)!;
  const keyed = rows.map((row, at) => ({
    ...row,
    [key.name]: key.type.kind === 'number' ? String(at + 1) : `${event.name}-${at + 1}`,
  }));
  keys.set(
    event.name,
    keyed.map((row) => row[key.name]!),
  );
  return keyed;
}

function postedText({ chance, period }: Drawing, event: EventModel): string {
  const field = event.fields.find((each) => each.name === event.posting)!;
  const back = chance.happens(0.8) ? 0 : chance.one([31, 62, 92, 180, 366]);
  const day = period.from - back + chance.below(period.until - period.from);
  const from = Math.max(day, event.since ?? day);
  return dated(field.type, from);
}

function dated(type: ValueType, day: Day): string {
  return type.kind === 'datetime' ? `${dayText(day)}T10:00:00Z` : dayText(day);
}

function drawTable(drawing: Drawing, table: TableModel): readonly TextRow[] {
  const rows = new Map<string, TextRow>();
  for (let at = 0; at < 8; at++) {
    const cells: Record<string, string> = {};
    for (const field of table.fields)
      cells[field.name] = drawCell(drawing, field, drawing.chance.one(drawing.persons));
    if (table.dated) {
      cells.from = '2000-01-01';
      cells.until = '';
    }
    rows.set(JSON.stringify(table.keys.map((name) => cells[name])), cells);
  }
  return [...rows.values()];
}

// ---- cells ---------------------------------------------------------------------------------------------------

function drawCell(drawing: Drawing, field: FieldModel, person: string): string {
  const { chance, period, persons, keys, model } = drawing;
  if ((field.optional || field.fallback !== undefined) && chance.happens(0.15)) return '';
  const { type } = field;
  if (field.references !== undefined) return chance.one([...(keys.get(field.references) ?? []), 'none']);
  switch (type.kind) {
    case 'money':
      return drawNumber(drawing, field, currencyDecimals(model.currency) || 2);
    case 'number':
    case 'duration':
    case 'percent': {
      const text = drawNumber(drawing, field, type.kind === 'percent' ? 4 : 0);
      if (type.kind === 'duration') return `${text} seconds`;
      return type.kind === 'percent' ? `${exactText(multiply(exact(text), whole(100)))}%` : text;
    }
    case 'text': {
      const isCurrency = [...model.events, ...model.tables].some(({ fields }) =>
        fields.some((each) => each.type.kind === 'money' && each.type.currency === field.name),
      );
      if (isCurrency) return model.currency;
      const texts = (drawing.pool.get('text') ?? []) as readonly string[];
      return chance.one([...texts, 'A', 'B', 'C']);
    }
    case 'enumeration':
      return chance.one(type.members);
    case 'truth':
      return chance.one(['true', 'false']);
    case 'person':
      return chance.happens(0.85) ? person : chance.one(persons);
    case 'date':
    case 'datetime':
      return dated(type, drawDay(drawing, period.from - chance.one([0, 0, 40, 400])));
    case 'period':
      return period.id;
    case 'error':
      return '';
    default:
      return type satisfies never;
  }
}

const UNITS: readonly Exact[] = ['0', '0', '0', '0.01', '-0.01', '1', '-1'].map(exact);

/** A number of the policy, or beside it, or any; within the bounds of its field, in so many decimals. */
function drawNumber(drawing: Drawing, { type, from, until }: FieldModel, places: number): string {
  const { chance } = drawing;
  const low = from === undefined ? undefined : exact(from);
  const high = until === undefined ? undefined : exact(until);
  let found = drawExact(drawing, type, places);
  if (low && compare(found, low) < 0) found = chance.happens(0.5) ? low : add(low, drawAny(chance, places));
  if (high && compare(found, high) > 0) found = high;
  if (low && compare(found, low) < 0) found = low;
  return fixedText(found, places, low && compare(found, low) === 0 ? 'ceil' : 'down');
}

function drawExact({ pool, chance }: Drawing, type: ValueType, places: number): Exact {
  const own = (pool.get(type.kind) ?? []) as readonly Exact[];
  const way = chance.below(10);
  if (own.length > 0 && way < 6) {
    const step = chance.one(UNITS);
    return add(chance.one(own), places === 4 ? multiply(step, exact('0.01')) : step);
  }
  if (way === 6) return ZERO;
  const any = drawAny(chance, places);
  return chance.happens(0.1) ? negate(any) : any;
}

/** A number of any size up to some millions, shares up to some. */
export function drawAny(chance: Chance, places: number): Exact {
  if (places === 4) return multiply(whole(chance.below(30_000)), exact('0.0001'));
  const size = 10 ** chance.below(places === 0 ? 3 : 8);
  const fine = places === 0 ? ZERO : multiply(whole(chance.below(100)), exact('0.01'));
  return add(whole(chance.below(size * 10)), fine);
}
