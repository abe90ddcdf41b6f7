// What becomes of each row of an event: rejected, filtered or used, the first that applies, in the order that the
// backend's contract gives.

import type { Day } from '../base/date.ts';
import type { RunError } from '../base/diagnostic.ts';
import { type Exact, whole } from '../base/exact.ts';
import { fiscalYears } from '../base/fiscal.ts';
import type { Work } from '../base/limits.ts';
import type { Clock } from '../input/clock.ts';
import { type Column, cellsOf, readingColumns, valueAt } from '../input/columns.ts';
import {
  type AddAmount,
  createControl,
  type Fate,
  type LostCredits,
  NO_LOST_CREDITS,
} from '../input/control-totals.ts';
import { keyText } from '../input/convert.ts';
import { amountsOf, type Fault, faultsOf, noteFault, rejectsOf } from '../input/rows.ts';
import type { BoundSource, FilterReason, Reject, TextTable } from '../model/dataset.ts';
import type { People } from '../model/people.ts';
import type { EventModel, Model } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { dateKey } from '../query/dates.ts';
import type { Lookup } from '../query/lookup.ts';
import type { PersonRows } from '../query/persons.ts';
import { isShortfall } from '../query/shortfalls.ts';
import type { LoadReport, Wanted } from './backend.ts';
import { goingOn } from './memory-apply.ts';
import { keptColumn } from './memory-columns.ts';
import { fillColumn } from './memory-formulas.ts';
import {
  createEvaluator,
  type Evaluate,
  type EventRow,
  type EventRows,
  eventRows,
  placeOf,
  type RowWatch,
  type RowWorld,
  type SoundRow,
} from './memory-rows.ts';
import { settling, type UsedRow } from './memory-settle.ts';
import { type UsedRows, usedRows } from './memory-used.ts';
import { comparedFields, nearMissesAmong } from './near-misses.ts';
import { unknownKeys } from './unknown-keys.ts';

/** An event as queries see it. */
export interface LoadedEvent {
  /** By the posting date. */
  readonly used: UsedRows;
  /** By other dates, each known by its `dateKey`. */
  readonly usedBy: ReadonlyMap<string, UsedRows>;
  readonly evaluate: Evaluate;
  /** Whether somebody hears what formulas decide for each row. */
  readonly isWatched: boolean;
  readonly report: LoadReport;
}

/** What rows of every event are read with. */
export interface LoadWorld {
  readonly model: Model;
  readonly people: People;
  readonly persons: PersonRows;
  /** Ids that stand in the people data. */
  readonly known: ReadonlySet<string>;
  readonly lookups: ReadonlyMap<string, Lookup>;
  readonly clock: Clock;
  /** Events of which some formula reads a single row by its key. */
  readonly readThrough: ReadonlySet<string>;
  readonly watch?: RowWatch | undefined;
}

/** What an event is read from, and what a run looks at of it. */
export interface LoadInput {
  readonly bound: BoundSource;
  readonly text: TextTable;
  readonly wanted: Wanted;
}

/** An event's rows before their computed fields and credit are worked out. */
export interface ReadEvent {
  readonly event: EventModel;
  readonly input: LoadInput;
  readonly rows: EventRows;
  readonly faults: ReadonlyMap<number, readonly Fault[]>;
  /** What rows, counted from 0, add to control sums. */
  readonly addTo: (row: number) => AddAmount;
  /** Why a sound row is filtered before its credit is looked at. */
  readonly unseen: ReadonlyMap<number, FilterReason>;
  /** Keys of the rows that may be read by them: sound, and known by then. */
  readonly keys: ReadonlySet<string>;
}

/** How many rows are a piece of work. */
const PIECE = 4096;

/** Reads an event's cells, and tells the rows that look-backs see. */
export function* readEvent(event: EventModel, input: LoadInput, world: LoadWorld): Work<ReadEvent> {
  const { bound, text } = input;
  const { fields } = event;
  const calendars = fiscalYears(world.model);
  const context = { dialect: bound.dialect, clock: world.clock, persons: world.known, calendars };
  const texts = cellsOf(text, bound.header.length);
  const read = yield* readingColumns(bound, fields, { text, context });
  const faults = faultsOf(read, texts);
  const isWhole = (row: number): boolean => texts.width(row) === texts.columns;
  const columns = fields.map(({ name, type }, at) =>
    keptColumn(type, read[at]!, { isWhole, isKey: name === event.key }),
  );
  const cellOf = (name: string | undefined): ((row: number) => Cell) => {
    const column = columns[fields.findIndex((each) => each.name === name)];
    return column ? (row) => valueAt(column, row) : () => undefined;
  };
  const [keyOf, timeOf, knownAt] = [cellOf(event.key), cellOf(event.posting), cellOf(event.known)];
  const key = fields.findIndex((each) => each.name === event.key);
  noteSameKeys(faults, key, { count: texts.count, keyOf: (row) => (isWhole(row) ? keyOf(row) : undefined) });

  const isMoment = fields.some(({ name, type }) => name === event.posting && type.kind === 'datetime');
  const dayOf = (time: Exact): Day => (isMoment ? world.clock.day(time) : Number(time.num));
  const sound: SoundRow[] = [];
  const rows: EventRow[] = [];
  const unseen = new Map<number, FilterReason>();
  const keys = new Set<string>();
  for (let at = 0; at < texts.count; at++) {
    if (at % PIECE === PIECE - 1) yield PIECE;
    if (faults.has(at)) continue;
    const row = at + 2;
    const time = timeOf(at) as Exact | undefined;
    const known = knownAt(at) as Exact | undefined;
    const found: SoundRow = { row, time, day: time && dayOf(time), known, key: keyOf(at) ?? whole(row) };
    const isKnown = wasKnown(known, input.wanted, world.clock);
    if (isKnown) keys.add(keyText(found.key));
    const reason = unseenReason(event, found) ?? (isKnown ? undefined : 'not known yet');
    if (reason) unseen.set(row, reason);
    else rows.push(found as EventRow);
    if (!reason || (isKnown && world.readThrough.has(event.name))) sound.push(found);
  }
  const addTo = amountsOf(bound, fields, { columns: read, texts });
  return {
    event,
    input,
    rows: eventRows(event, columns, { count: texts.count, sound, rows }),
    faults,
    addTo,
    unseen,
    keys,
  };
}

/** Notes `duplicate key` in every row whose key another one has too: the first of them, or for the first the second. */
function noteSameKeys(
  faults: Map<number, Fault[]>,
  field: number,
  { count, keyOf }: { readonly count: number; readonly keyOf: (row: number) => Cell },
): void {
  const firsts = new Map<string, number>();
  const doubled = new Set<number>();
  for (let row = 0; row < count; row++) {
    const key = keyOf(row);
    if (key === undefined) continue;
    const text = keyText(key);
    const first = firsts.get(text);
    if (first === undefined) {
      firsts.set(text, row);
      continue;
    }
    const note = (at: number, other: number): void =>
      noteFault(faults, at, { field, reason: 'duplicate key', other: other + 2 });
    if (!doubled.has(first)) note(first, row);
    doubled.add(first);
    note(row, first);
  }
}

/** Why look-backs, credit and queries don't see a sound row, if they don't. */
function unseenReason({ since }: EventModel, { day }: SoundRow): FilterReason | undefined {
  if (day === undefined) return 'no posting day';
  return since !== undefined && day < since ? 'before `since`' : undefined;
}

/** Whether a row that became known at a time was so on the day asked for; one without a time was. */
function wasKnown(time: Exact | undefined, { knownOn }: Wanted, clock: Clock): boolean {
  return knownOn === undefined || time === undefined || clock.day(time) <= knownOn;
}

/** Works out the computed fields of some events, one for every row before the next: formulas read other rows. */
export function* computeFields(events: readonly ReadEvent[], world: LoadWorld & RowWorld): Work<void> {
  const evaluators = new Map(events.map(({ event }) => [event.name, createEvaluator(world, event.name)]));
  for (const place of world.model.computedOrder) {
    const evaluate = evaluators.get(place.event);
    if (!evaluate) continue;
    const rows = world.events.get(place.event)!;
    const field = rows.event.computed.find((each) => each.name === place.field)!;
    const lacks = new Map<number, RunError>();
    // what a computed field lacks stops who reads it
    const fault = (thrown: unknown, { row }: SoundRow): void => {
      if (!isShortfall(thrown)) throw thrown;
      lacks.set(row, thrown);
    };
    const column = yield* fillColumn(field.value, {
      event: rows,
      rows: rows.sound,
      evaluate,
      fault,
      isWatched: world.watch !== undefined,
    });
    rows.workOut(rows.places.get(field.name)!, column, lacks);
  }
}

/** Keys of every event whose rows may be read by them. */
export interface SettleWorld {
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Finds who is credited with the rows of an event whose fields are all worked out, and what becomes of each. */
export function* settleEvent(found: ReadEvent, world: LoadWorld & RowWorld & SettleWorld): Work<LoadedEvent> {
  const { event, input, rows } = found;
  const evaluate = createEvaluator(world, event.name);
  const nearMisses = comparedFields(world.model, event).flatMap((at) =>
    nearMissesAmong(event.fields[at]!.name, textsOf(rows.columns[at]!, found.faults)),
  );
  const { wanted } = input;
  const shortfalls = goingOn(evaluate);
  const settle = settling(event, { ...world, evaluate: shortfalls.evaluate, wanted });
  const used: UsedRow[][] = [[], ...wanted.by.map(() => [])];
  const fates: (Fate | undefined)[] = [];
  const lost = { ...NO_LOST_CREDITS };
  let firstDay: Day | undefined;
  for (const [at, row] of rows.rows.entries()) {
    const settled = settle(row);
    fates[placeOf(row)] = settled.fate;
    for (const [date, each] of settled.used.entries()) if (each) used[date]!.push(each);
    for (const reason of ['withoutRole', 'withoutPerson', 'elsewhere'] as const)
      lost[reason] += settled.lost[reason];
    firstDay = firstDay === undefined ? row.day : Math.min(firstDay, row.day);
    if (at % PIECE === PIECE - 1) yield PIECE;
  }
  shortfalls.stop();
  const report = yield* reportOf(found, { fates, lost });
  const [posted, ...others] = used.map((each) => usedRows(rows, each));
  return {
    used: posted!,
    usedBy: new Map(wanted.by.map(({ date }, at) => [dateKey(date), others[at]!])),
    evaluate,
    isWatched: world.watch !== undefined,
    report: {
      ...report,
      nearMisses,
      unknownKeys: unknownKeys(rows, world.keys),
      ...(firstDay !== undefined && { firstDay }),
    },
  };
}

/** The different texts that sound rows hold. */
function textsOf(column: Column, faults: ReadEvent['faults']): readonly string[] {
  if (column.kind !== 'coded') return [];
  const { codes, found } = column;
  const isMet = new Uint8Array(found.length);
  for (let row = 0; row < codes.length; row++) if (!faults.has(row)) isMet[codes[row]!] = 1;
  const texts = new Set(found.map((each, code) => (isMet[code] && 'value' in each ? each.value : undefined)));
  texts.delete(undefined);
  return [...texts] as readonly string[];
}

/** The rejects in order, and every row counted; `fates` are those of the rows that look-backs see. */
function* reportOf(
  { event, input, rows, faults, addTo, unseen }: ReadEvent,
  { fates, lost }: { readonly fates: readonly (Fate | undefined)[]; readonly lost: LostCredits },
): Work<Pick<LoadReport, 'control' | 'rejects'>> {
  const { bound, text } = input;
  const control = createControl(bound, event.fields);
  const rejects: Reject[] = [];
  for (let at = 0; at < rows.count; at++) {
    if (at % PIECE === PIECE - 1) yield PIECE;
    const row = at + 2;
    const own = faults.get(at);
    const [first, ...others] = own ? rejectsOf(bound, event.fields, { row: { row, faults: own }, text }) : [];
    const fate: Fate = first
      ? { kind: 'rejected', reason: first.reason }
      : (fates[at] ?? { kind: 'filtered', reason: unseen.get(row)! });
    if (first) rejects.push(first, ...others);
    else if (fate.kind === 'rejected') {
      rejects.push({ source: bound.name, file: bound.file, row, reason: fate.reason });
    }
    control.count(fate, addTo(at));
  }
  return { control: control.totals(lost), rejects };
}
