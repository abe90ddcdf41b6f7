// The rows of a test as sources of text, which are read like any data: what a cell may hold, and what becomes of a row,
// is decided where it always is.

import { addMonths, dayText, parseDay } from '../base/date.ts';
import { type Diagnostic, RunError } from '../base/diagnostic.ts';
import { type Exact, exactText, multiply, whole } from '../base/exact.ts';
import { periodAt } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { type CellPlace, createRun, placed, type Run } from '../evaluate/cell.ts';
import { evaluate } from '../evaluate/formula.ts';
import type { SourceSpec } from '../model/dataset.ts';
import type { EventModel, Model, TableModel } from '../model/policy.ts';
import type { TestCell, TestModel, TestRow } from '../model/proof.ts';
import type { Cell } from '../model/value.ts';
import { collectRows } from '../query/event-rows.ts';
import { collectFacts } from '../query/facts.ts';
import { otherCurrency, rowWithout } from './messages.ts';

/** A test's rows as data. */
export interface TestData {
  readonly sources: readonly SourceSpec[];
  /** By source, in the order of its rows: the line of the test that each stands in. */
  readonly lines: ReadonlyMap<string, readonly TestRow[]>;
  /** Why rows couldn't be made. */
  readonly faults: readonly Diagnostic[];
}

/** Cells by field, as data would have them. */
export type TextRow = Readonly<Record<string, string>>;

/** Makes the data of a test: a source for each that the policy needs, most of them empty. */
export function testData(model: Model, test: TestModel): TestData {
  const rows = new Map<string, TextRow[]>();
  const lines = new Map<string, TestRow[]>();
  const names = ['person', ...model.events.map(({ name }) => name), ...model.tables.map(({ name }) => name)];
  for (const name of names) {
    rows.set(name, []);
    lines.set(name, []);
  }
  const faults: Diagnostic[] = [];
  const nobody = emptyRun(model);
  for (const row of test.rows) {
    const own = rows.get(row.of) ?? [];
    const from = lines.get(row.of) ?? [];
    rows.set(row.of, own);
    lines.set(row.of, from);
    const lacking = neededCells(model, row);
    faults.push(...lacking);
    if (lacking.length > 0) continue;
    for (let number = 1; number <= (row.count ?? 1); number++) {
      const made = madeRow({ model, nobody, row, number, place: own.length + 1 });
      faults.push(...made.faults);
      own.push(made.row);
      from.push(row);
    }
  }
  const sources = [...rows].map(([name, all]) => sourceOf(name, all));
  return { sources, lines, faults };
}

/** Rows as a source of text. */
export function sourceOf(name: string, rows: readonly TextRow[]): SourceSpec {
  return {
    name,
    file: name,
    format: 'json',
    content: { kind: 'text', text: JSON.stringify(rows) },
    columns: new Map(),
    constants: new Map(),
    dialect: {},
  };
}

// ---- what has to be there ------------------------------------------------------------------------------------------

/** Without its day a row belongs to no period, and without its keys no formula finds one of a table. */
function neededCells(model: Model, row: TestRow): readonly Diagnostic[] {
  const isGiven = (field: string): boolean => row.cells.some((each) => each.field === field);
  const event = eventOf(model, row);
  const table = row.kind === 'table' ? model.tables.find((each) => each.name === row.of) : undefined;
  if (event) {
    const posting = event.fields.find((each) => each.name === event.posting)!;
    const key = event.fields.find((each) => each.name === event.key)!;
    return [
      ...((posting.optional && !posting.leftOut) || posting.fallback !== undefined || isGiven(posting.name)
        ? []
        : [rowWithout(row.span, `${event.name}.${posting.name}`, 'which puts it into a period')]),
      ...(isGiven(key.name) || key.type.kind === 'text' || key.type.kind === 'number'
        ? []
        : [rowWithout(row.span, `${event.name}.${key.name}`, 'and only texts and numbers are made up')]),
    ];
  }
  const wanted: readonly (readonly [string, string])[] =
    row.kind === 'person'
      ? [['role', "and so isn't anybody's"]]
      : row.kind === 'absence'
        ? ['person', 'from'].map((field) => [field, "and so is nobody's"])
        : (table?.keys ?? []).map((key) => [key, 'by which it is looked up']);
  return wanted
    .filter(([field]) => !isGiven(field))
    .map(([field, why]) => rowWithout(row.span, `${row.of}.${field}`, why));
}

function eventOf({ events }: Model, row: TestRow): EventModel | undefined {
  return row.kind === 'event' ? events.find((each) => each.name === row.of) : undefined;
}

// ---- rows and cells ------------------------------------------------------------------------------------------------

interface Making {
  readonly model: Model;
  readonly nobody: Run;
  readonly row: TestRow;
  /** Among the rows of its line, from 1. */
  readonly number: number;
  /** Among all rows of the source, from 1. */
  readonly place: number;
}

function madeRow(making: Making): { readonly row: TextRow; readonly faults: readonly Diagnostic[] } {
  const { model, row, place } = making;
  const faults: Diagnostic[] = [];
  const found: Record<string, string> = {};
  if (row.person !== undefined) found.id = row.person;
  const event = eventOf(model, row);
  const key = event?.fields.find((each) => each.name === event.key);
  // in the order of the test, so that of two rows of a day the first comes first
  if (key)
    found[key.name] = key.type.kind === 'number' ? String(place) : `test-${String(place).padStart(5, '0')}`;
  for (const cell of row.cells) {
    try {
      found[cell.field] = cellText(making, cell);
    } catch (fault) {
      if (!(fault instanceof RunError)) throw fault;
      faults.push(...(placed(fault, cell.span) as RunError).diagnostics);
    }
  }
  for (const cell of row.cells) faults.push(...currencyOf(model, cell, { row, found }));
  return { row: found, faults };
}

/** An amount says the currency of its row, if nothing else does. */
function currencyOf(
  model: Model,
  cell: TestCell,
  { row, found }: { readonly row: TestRow; readonly found: Record<string, string> },
): readonly Diagnostic[] {
  const said = cell.value.type;
  if (cell.type.kind !== 'money' || said.kind !== 'money') return [];
  const { currency } = cell.type;
  if (!fieldsOf(model, row).some((each) => each.name === currency)) return [];
  const before = found[currency];
  if (before !== undefined && before !== said.currency)
    return [otherCurrency(cell.span, said.currency, before)];
  found[currency] = said.currency;
  return [];
}

function fieldsOf(model: Model, row: TestRow): EventModel['fields'] | TableModel['fields'] {
  if (row.kind === 'person') return model.attributes;
  return [...model.events, ...model.tables].find((each) => each.name === row.of)?.fields ?? [];
}

/** The text of a cell, as data would have it. */
function cellText({ nobody, number }: Making, cell: TestCell): string {
  const place: CellPlace = {
    viewer: { kind: 'company' },
    period: periodAt('month', 0), // any: rows of tests name no period
    held: [],
    known: new Map(),
    number: whole(number),
  };
  const value = evaluate(nobody, cell.value, place);
  return value === undefined ? '' : stepped(valueText(cell, value), cell, number - 1);
}

function valueText({ type, value: { type: said } }: TestCell, value: Exclude<Cell, undefined>): string {
  if (typeof value !== 'object') return String(value);
  switch (type.kind) {
    case 'percent':
      return `${exactText(multiply(value, whole(100)))}%`;
    case 'duration':
      return `${exactText(value)} seconds`;
    case 'date':
      return dayText(Number(value.num));
    case 'datetime':
      return said.kind === 'date' ? dayText(Number(value.num)) : `${momentText(value)}Z`;
    default:
      return exactText(value);
  }
}

function momentText({ num, den }: Exact): string {
  const seconds = Math.floor(Number(num) / Number(den));
  return clockText(Math.floor(seconds / 86400), ((seconds % 86400) + 86400) % 86400);
}

function clockText(day: number, seconds: number): string {
  const two = (count: number): string => String(Math.floor(count)).padStart(2, '0');
  return `${dayText(day)}T${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const MOMENT = /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?)?(.*)$/s;
const SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86400, week: 604800 };

/** A day or moment so many steps later, as clocks show it. */
function stepped(text: string, { every }: TestCell, steps: number): string {
  if (!every || steps === 0) return text;
  const [, date = '', hour, minute, second = '0', rest = ''] = MOMENT.exec(text) ?? [];
  const day = parseDay(date);
  if (day === undefined) return text;
  const time = hour === undefined ? undefined : Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  const { count, unit } = every;
  const seconds = (time ?? 0) + (SECONDS[unit] ?? 0) * count * steps;
  const later = (unit === 'month' ? addMonths(day, count * steps) : day) + Math.floor(seconds / 86400);
  return time === undefined && seconds % 86400 === 0
    ? `${dayText(later)}${rest}`
    : `${clockText(later, seconds % 86400)}${rest}`;
}

// a Model is never changed
const runs = new WeakMap<Model, Run>();

function emptyRun(model: Model): Run {
  const people = { rows: [], stays: [], absences: [] };
  const found =
    runs.get(model) ??
    createRun(model, { people, tables: [] }, { facts: collectFacts([]), rows: collectRows([]) });
  runs.set(model, found);
  return found;
}

/** The place in a test of a row of the data, by its number in the file. */
export function rowSpan({ lines }: TestData, source: string, row: number | undefined): Span | undefined {
  return row === undefined ? undefined : lines.get(source)?.[row - 2]?.span;
}
