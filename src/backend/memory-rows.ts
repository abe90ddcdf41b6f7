// Formulas of rows over one event, evaluated row by row by the library's own functions. The judge's reading of what a
// row formula means: nothing is planned, reordered or skipped.

import type { Day } from '../base/date.ts';
import { InternalError, type RunError } from '../base/diagnostic.ts';
import { compare, type Exact, exactText, whole } from '../base/exact.ts';
import type { Clock } from '../input/clock.ts';
import { type Column, valueAt } from '../input/columns.ts';
import { keyText } from '../input/convert.ts';
import { constantValue } from '../library/constant.ts';
import { conditionDecision, referenceDecision } from '../library/decisions.ts';
import { isScalar } from '../library/parts.ts';
import type { Decided, Decision } from '../model/decision.ts';
import type { Expression, LookupNode, NthNode, OfPersonNode, ThroughNode } from '../model/expression.ts';
import type { People, PersonRow } from '../model/people.ts';
import type { EventModel, FieldModel, Model } from '../model/policy.ts';
import type { Cell, Value } from '../model/value.ts';
import type { Lookup } from '../query/lookup.ts';
import { agreedCount, countsMonths, monthCount } from '../query/months.ts';
import { agreedAttribute, attributeRead, type PersonRows, rowsOn } from '../query/persons.ts';
import { readTable } from '../query/read-table.ts';
import { scalarValue } from '../query/scalars.ts';
import { cellRead, leftOutShort } from '../query/shortfalls.ts';
import { applied } from './memory-apply.ts';
import { lookBack } from './memory-look-back.ts';

/** A row of an event with nothing against it; look-backs see only those that are an `EventRow`. */
export interface SoundRow {
  /** Its number in the file. */
  readonly row: number;
  /** The posting moment: days of a date, seconds of a datetime. */
  readonly time: Exact | undefined;
  readonly day: Day | undefined;
  /** When it became known, where that is said. */
  readonly known: Exact | undefined;
  readonly key: Exact | string | boolean;
}

/** A row of an event that look-backs see: sound, with a posting day that isn't before `since`. */
export interface EventRow extends SoundRow {
  readonly time: Exact;
  readonly day: Day;
}

/** The rows of an event as formulas reach them. */
export interface EventRows {
  readonly event: EventModel;
  /** The type of the posting field. */
  readonly posts: 'date' | 'datetime';
  /** Where each field stands among the columns: the event's fields, then its computed fields. */
  readonly places: ReadonlyMap<string, number>;
  /** What rows hold, by their `placeOf`; computed fields once they are worked out. */
  readonly columns: readonly Column[];
  /** What computed fields of rows lack, by column, then row. */
  readonly lacks: ReadonlyMap<number, ReadonlyMap<number, RunError>>;
  /** How many rows the source has, whatever becomes of them. */
  readonly count: number;
  /** All rows that formulas may read by their key. */
  readonly sound: readonly SoundRow[];
  /** Those that look-backs see. */
  readonly rows: readonly EventRow[];
  byKey(key: Value): SoundRow | undefined;
  /** The rows that look-backs see whose field has a value. */
  sharing(field: string, value: Value): readonly EventRow[];
  /** Gives a computed field its column, and what rows lack for it. */
  workOut(place: number, column: Column, lacks: ReadonlyMap<number, RunError>): void;
}

/** Where a row stands in the columns of its event. */
export function placeOf({ row }: SoundRow): number {
  return row - 2;
}

/** In whose name a row is looked at: the credited person as of the row's day, and the share. */
export interface InName {
  readonly person?: PersonRow | undefined;
  readonly share?: Exact | undefined;
  /** The days of the period that it is looked at for. */
  readonly period?: { readonly from: Day; readonly until: Day } | undefined;
}

type Told = ((decision: Decision) => void) | undefined;

/** Evaluates a formula for a row; `name` where it is looked at in somebody's name. */
export type Evaluate = (formula: Expression, row: SoundRow, name?: InName) => Cell;

/** What formulas of rows can reach. */
export interface RowWorld {
  readonly model: Model;
  readonly people: People;
  readonly persons: PersonRows;
  readonly lookups: ReadonlyMap<string, Lookup>;
  readonly clock: Clock;
  /** The rows of every event that is loaded. */
  readonly events: ReadonlyMap<string, EventRows>;
  /** Who hears what formulas of rows decide, if anybody. */
  readonly watch?: RowWatch | undefined;
}

/** Hears what is decided for rows; `conditions` are the formulas that decide by being true or false. */
export interface RowWatch {
  readonly decided: Decided;
  readonly conditions: ReadonlySet<Expression>;
}

export function eventRows(
  event: EventModel,
  read: readonly Column[],
  { count, sound, rows }: Pick<EventRows, 'count' | 'sound' | 'rows'>,
): EventRows {
  const all = [...event.fields, ...event.computed];
  const places = new Map(all.map((each, index): [string, number] => [each.name, index]));
  const columns = [...read];
  const lacks = new Map<number, ReadonlyMap<number, RunError>>();
  const shared = new Map<string, ReadonlyMap<string, readonly EventRow[]>>();
  const posting = event.fields.find((each) => each.name === event.posting);
  let keys: ReadonlyMap<string, SoundRow> | undefined;
  return {
    event,
    posts: posting?.type.kind === 'datetime' ? 'datetime' : 'date',
    places,
    columns,
    lacks,
    count,
    sound,
    rows,
    byKey(key) {
      keys ??= new Map(sound.map((row): [string, SoundRow] => [keyText(row.key), row]));
      return keys.get(keyText(key));
    },
    sharing(field, value) {
      const place = places.get(field)!;
      const index =
        shared.get(field) ?? rowsByValue(rows, columns[place]!, { event, field: event.fields[place] });
      shared.set(field, index);
      return index.get(keyText(value)) ?? [];
    },
    workOut(place, column, lacking) {
      columns[place] = column;
      if (lacking.size > 0) lacks.set(place, lacking);
    },
  };
}

function rowsByValue(
  rows: readonly EventRow[],
  column: Column,
  { event, field }: { readonly event: EventModel; readonly field: FieldModel | undefined },
): ReadonlyMap<string, readonly EventRow[]> {
  const found = new Map<string, EventRow[]>();
  for (const row of rows) {
    const value = cellRead(field, event.name, valueAt(column, placeOf(row)));
    if (value === undefined) continue;
    const same = found.get(keyText(value));
    if (same) same.push(row);
    else found.set(keyText(value), [row]);
  }
  return found;
}

/** The value of a field in a row; one that lacks something stops here. */
export function valueIn({ event, columns, lacks }: EventRows, place: number, row: SoundRow): Cell {
  const value = valueAt(columns[place]!, placeOf(row));
  if (value !== undefined) return value;
  const fault = lacks.get(place)?.get(row.row);
  if (fault) throw fault;
  const field = event.fields[place];
  if (field?.leftOut) throw leftOutShort({ of: event.name, field: field.name }, row.row);
  return undefined;
}

/** The evaluator of formulas over one event's rows. */
export function createEvaluator(world: RowWorld, event: string): Evaluate {
  const { model, people, persons, lookups, clock, events, watch } = world;
  const own = rowsOf(event);
  const places = new Map<NthNode, ReadonlyMap<number, Exact>>();
  const evaluators = new Map<string, Evaluate>();

  const heard: Evaluate = (formula, row, name) => {
    const value = worked(formula, row, name);
    if (watch?.conditions.has(formula)) tell(conditionDecision(formula, value), row, name);
    return value;
  };

  const worked: Evaluate = (formula, row, name) => {
    const of = (part: Expression): Cell => evaluate(part, row, name);
    const decided = watch && ((decision: Decision): void => tell(decision, row, name));
    if (isScalar(formula)) return scalarValue(model, formula, of);
    switch (formula.kind) {
      case 'constant':
        return constantValue(formula.type, formula.text);
      case 'field':
        return valueIn(own, own.places.get(formula.name)!, row);
      case 'attribute':
        return name?.person && ofCredited(formula.name, name.person, row.day);
      case 'share':
        return name?.share;
      case 'period':
        if (!name?.period || formula.edge === 'itself' || formula.edge === 'held') break;
        return whole(formula.edge === 'start' ? name.period.from : name.period.until - 1);
      case 'lookup':
        return lookUp(formula, { of, decided });
      case 'through':
        return through(formula, of(formula.key), decided);
      case 'of person':
        return ofPerson(formula, of(formula.person), row.day);
      case 'nth':
        return placesOf(formula).get(row.row);
      case 'look-back': {
        const others = rowsOf(formula.event);
        return lookBack(formula, row, { of, others, ofOther: evaluatorOf(formula.event), clock, decided });
      }
      case 'apply':
        return applied(formula, of, decided);
      case 'rates':
      case 'curve':
      case 'grid':
        return readTable(model, formula, { of, decided });
      default:
        break;
    }
    throw new InternalError(`a ${formula.kind} in a formula of rows`);
  };

  const evaluate = watch ? heard : worked;

  function tell(decision: Decision | undefined, row: SoundRow, name: InName | undefined): void {
    if (!decision) return;
    const whose = name?.person ? { person: name.person.person, role: name.person.role } : {};
    watch?.decided(decision, { ...whose, event, row: valueText(row.key) });
  }

  function rowsOf(name: string): EventRows {
    const found = events.get(name);
    if (!found) throw new InternalError(`not loaded: ${name}`);
    return found;
  }

  function evaluatorOf(name: string): Evaluate {
    if (name === event) return evaluate;
    const found = evaluators.get(name) ?? createEvaluator(world, name);
    evaluators.set(name, found);
    return found;
  }

  function ofCredited(attribute: string, person: PersonRow, day: Day | undefined): Cell {
    if (!countsMonths(model, attribute)) return attributeRead(model, person, attribute);
    return day === undefined ? undefined : whole(monthCount(people, person, { attribute, day }));
  }

  function through(node: ThroughNode, key: Cell, decided: Told): Cell {
    const other = rowsOf(node.event);
    const row = key === undefined ? undefined : other.byKey(key);
    decided?.(referenceDecision(node.span, row !== undefined));
    return row && valueIn(other, other.places.get(node.field)!, row);
  }

  function ofPerson(node: OfPersonNode, person: Cell, day: Day | undefined): Cell {
    if (person === undefined || day === undefined) return undefined;
    const { attribute } = node;
    const rows = rowsOn(persons, person as string, day);
    if (!countsMonths(model, attribute)) return agreedAttribute(model, rows, attribute);
    const count = agreedCount(people, rows, { attribute, day });
    return count === undefined ? undefined : whole(count);
  }

  function lookUp(
    node: LookupNode,
    { of, decided }: { readonly of: (part: Expression) => Cell; readonly decided: Told },
  ): Cell {
    const table = model.tables.find((each) => each.name === node.table)!;
    const at = node.at && (of(node.at) as Exact | undefined);
    const day = at && (node.at!.type.kind === 'datetime' ? clock.day(at) : Number(at.num));
    const cells = lookups.get(node.table)!(node.keys.map(of), day);
    decided?.(referenceDecision(node.span, cells !== undefined));
    const column = table.fields.findIndex((each) => each.name === node.column);
    return cells && cellRead(table.fields[column], table.name, cells[column]);
  }

  /** The place of each row that has one, by the row's number; worked out for all rows when the first is asked for. */
  function placesOf(node: NthNode): ReadonlyMap<number, Exact> {
    let found = places.get(node);
    if (!found) {
      found = placeRows(node, own.rows, evaluate);
      places.set(node, found);
    }
    return found;
  }

  return evaluate;
}

function placeRows(node: NthNode, rows: readonly EventRow[], evaluate: Evaluate): ReadonlyMap<number, Exact> {
  const groups = new Map<string, EventRow[]>();
  for (const row of rows) {
    if (node.where && evaluate(node.where, row) !== true) continue;
    const by = node.by.map((part) => evaluate(part, row));
    if (by.some((part) => part === undefined)) continue;
    const key = by.length === 1 ? keyText(by[0]!) : JSON.stringify(by.map((part) => keyText(part!)));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const places = new Map<number, Exact>();
  for (const group of groups.values())
    for (const [at, row] of group.sort(byTimeThenKey).entries()) places.set(row.row, whole(at + 1));
  return places;
}

/** The order in which rows come, where one of several is meant: time, known time (what doesn't say it first), key. */
export function byTimeThenKey(a: EventRow, b: EventRow): number {
  return compare(a.time, b.time) || compareKnown(a.known, b.known) || compareKeys(a.key, b.key);
}

function compareKnown(a: Exact | undefined, b: Exact | undefined): number {
  if (a && b) return compare(a, b);
  return a ? 1 : b ? -1 : 0;
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

/** A value as a group of people is known by it. */
export function valueText(value: Exact | string | boolean): string {
  return typeof value === 'object' ? exactText(value) : String(value);
}
