// Formulas of rows over one event, evaluated row by row by the library's own functions. The judge's reading of what a
// row formula means: nothing is planned, reordered or skipped.

import type { Day } from '../base/date.ts';
import { InternalError } from '../base/diagnostic.ts';
import { compare, type Exact, exactText, whole } from '../base/exact.ts';
import type { Clock } from '../input/clock.ts';
import { keyText } from '../input/convert.ts';
import { constantValue } from '../library/constant.ts';
import { libraryFunction } from '../library/index.ts';
import type { Expression, LookupNode, NthNode } from '../model/expression.ts';
import type { PersonRow } from '../model/people.ts';
import type { EventModel, Model } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import type { Lookup } from '../query/lookup.ts';

/** A row of an event that look-backs see: sound, with a posting day that isn't before `since`. */
export interface EventRow {
  /** Its number in the file. */
  readonly row: number;
  /** By the event's fields, then its computed fields (once they are worked out). */
  readonly values: Cell[];
  /** The posting moment: days of a date, seconds of a datetime. */
  readonly time: Exact;
  readonly day: Day;
  readonly key: Exact | string | boolean;
}

/** Evaluates a formula for a row; `person` is the credited person as of the row's day, where there is one. */
export type Evaluate = (formula: Expression, row: EventRow, person?: PersonRow) => Cell;

/** What formulas of an event's rows can reach. */
export interface RowWorld {
  readonly model: Model;
  readonly event: EventModel;
  readonly lookups: ReadonlyMap<string, Lookup>;
  readonly clock: Clock;
  /** All rows that look-backs see. */
  readonly rows: readonly EventRow[];
}

export function createEvaluator(world: RowWorld): Evaluate {
  const { model, event, lookups, clock, rows } = world;
  const columns = new Map(
    [...event.fields, ...event.computed].map((each, index): [string, number] => [each.name, index]),
  );
  const places = new Map<NthNode, ReadonlyMap<number, Exact>>();

  const evaluate: Evaluate = (formula, row, person) => {
    const of = (part: Expression): Cell => evaluate(part, row, person);
    switch (formula.kind) {
      case 'constant':
        return constantValue(formula.type, formula.text);
      case 'field':
        return row.values[columns.get(formula.name)!];
      case 'attribute':
        return person && attributeOf(model, person, formula.name);
      case 'lookup':
        return lookUp(formula, of);
      case 'nth':
        return placesOf(formula).get(row.row);
      case 'apply':
        return libraryFunction(formula.function).evaluate(formula.args.map(of));
      default:
        throw new InternalError(`a ${formula.kind} in a formula of rows`);
    }
  };

  function lookUp(node: LookupNode, of: (part: Expression) => Cell): Cell {
    const table = model.tables.find((each) => each.name === node.table)!;
    const at = node.at && (of(node.at) as Exact | undefined);
    const day = at && (node.at!.type.kind === 'datetime' ? clock.day(at) : Number(at.num));
    const cells = lookups.get(node.table)!(node.keys.map(of), day);
    return cells?.[table.fields.findIndex((each) => each.name === node.column)];
  }

  /** The place of each row that has one, by the row's number; worked out for all rows when the first is asked for. */
  function placesOf(node: NthNode): ReadonlyMap<number, Exact> {
    let found = places.get(node);
    if (!found) {
      found = placeRows(node, rows, evaluate);
      places.set(node, found);
    }
    return found;
  }

  return evaluate;
}

function placeRows(node: NthNode, rows: readonly EventRow[], evaluate: Evaluate): ReadonlyMap<number, Exact> {
  const counts = new Map<string, number>();
  const places = new Map<number, Exact>();
  for (const row of [...rows].sort(byTimeThenKey)) {
    if (node.where && evaluate(node.where, row) !== true) continue;
    const by = node.by.map((part) => evaluate(part, row));
    if (by.some((part) => part === undefined)) continue;
    const key = JSON.stringify(by.map((part) => keyText(part!)));
    const place = (counts.get(key) ?? 0) + 1;
    counts.set(key, place);
    places.set(row.row, whole(place));
  }
  return places;
}

function byTimeThenKey(a: EventRow, b: EventRow): number {
  return compare(a.time, b.time) || compareKeys(a.key, b.key);
}

function compareKeys(a: EventRow['key'], b: EventRow['key']): number {
  if (typeof a === 'object' && typeof b === 'object') return compare(a, b);
  return compareText(String(a), String(b));
}

/** The order of texts by code points, which is also that of their UTF-8 bytes. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const order = a.codePointAt(at)! - b.codePointAt(at)!;
    if (order !== 0) return order;
  }
  return a.length - b.length;
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

/** A value as a group of people is known by it. */
export function valueText(value: Exact | string | boolean): string {
  return typeof value === 'object' ? exactText(value) : String(value);
}
