// What becomes of each row of an event: rejected, filtered or used, the first that applies, in the order that the
// backend's contract gives.

import type { Day } from '../base/date.ts';
import { type Exact, whole } from '../base/exact.ts';
import { fiscalYears } from '../base/fiscal.ts';
import type { Work } from '../base/limits.ts';
import type { Clock } from '../input/clock.ts';
import { createControl, type Fate, NO_LOST_CREDITS } from '../input/control-totals.ts';
import { keyText } from '../input/convert.ts';
import { type InputRow, noteDuplicates, readRows, rejectsOf } from '../input/rows.ts';
import type { BoundSource, FilterReason, Reject, TextTable } from '../model/dataset.ts';
import type { People } from '../model/people.ts';
import type { EventModel, Model } from '../model/policy.ts';
import { dateKey } from '../query/dates.ts';
import type { Lookup } from '../query/lookup.ts';
import type { PersonRows } from '../query/persons.ts';
import { leftOutShort } from '../query/shortfalls.ts';
import type { LoadReport, Wanted } from './backend.ts';
import { goingOn, noteLack, putValue } from './memory-apply.ts';
import {
  createEvaluator,
  type Evaluate,
  type EventRow,
  type EventRows,
  eventRows,
  type RowWatch,
  type RowWorld,
  type SoundRow,
} from './memory-rows.ts';
import { type Settled, settleRow, type UsedRow } from './memory-settle.ts';
import { comparedFields, nearMissesAmong } from './near-misses.ts';
import { unknownKeys } from './unknown-keys.ts';

/** An event as queries see it. */
export interface LoadedEvent {
  /** By the posting date. */
  readonly used: readonly UsedRow[];
  /** By other dates, each known by its `dateKey`. */
  readonly usedBy: ReadonlyMap<string, readonly UsedRow[]>;
  readonly evaluate: Evaluate;
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
  readonly read: readonly InputRow[];
  readonly rows: EventRows;
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
  const read = readRows(bound, fields, { text, context });
  const key = fields.findIndex((each) => each.name === event.key);
  noteDuplicates(read, [key], key);

  const posting = fields.findIndex((each) => each.name === event.posting);
  const knownAt = fields.findIndex((each) => each.name === event.known);
  const dayOf = (time: Exact): Day =>
    fields[posting]!.type.kind === 'datetime' ? world.clock.day(time) : Number(time.num);
  const sound: SoundRow[] = [];
  const rows: EventRow[] = [];
  const unseen = new Map<number, FilterReason>();
  const keys = new Set<string>();
  for (const row of read) {
    if (row.row % PIECE === 0) yield PIECE;
    if (row.faults.length > 0) continue;
    const values = [...row.cells];
    const time = values[posting] as Exact | undefined;
    const dated = time && { time, day: dayOf(time) };
    const known = values[knownAt] as Exact | undefined;
    const found = {
      row: row.row,
      values,
      key: values[key] ?? whole(row.row),
      ...dated,
      ...(known && { known }),
    };
    noteLeftOut(event, found);
    const isKnown = wasKnown(known, input.wanted, world.clock);
    if (isKnown) keys.add(keyText(found.key));
    const reason = unseenReason(event, found) ?? (isKnown ? undefined : 'not known yet');
    if (reason) unseen.set(row.row, reason);
    else rows.push(found as EventRow);
    if (!reason || (isKnown && world.readThrough.has(event.name))) sound.push(found);
  }
  return { event, input, read, rows: eventRows(event, sound, rows), unseen, keys };
}

/** Takes note of required cells that a test leaves out. */
function noteLeftOut({ name, fields }: EventModel, row: SoundRow): void {
  for (const [at, field] of fields.entries()) {
    if (field.leftOut && row.values[at] === undefined)
      noteLack(row, at, leftOutShort({ of: name, field: field.name }, row.row));
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
    const { event, sound, columns } = world.events.get(place.event)!;
    const field = event.computed.find((each) => each.name === place.field)!;
    const column = columns.get(field.name)!;
    for (const [at, row] of sound.entries()) {
      putValue(row, column, () => evaluate(field.value, row));
      if (at % PIECE === PIECE - 1) yield PIECE;
    }
  }
}

/** Keys of every event whose rows may be read by them. */
export interface SettleWorld {
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Finds who is credited with the rows of an event whose fields are all worked out, and what becomes of each. */
export function* settleEvent(found: ReadEvent, world: LoadWorld & RowWorld & SettleWorld): Work<LoadedEvent> {
  const { event, input, read, rows } = found;
  const evaluate = createEvaluator(world, event.name);
  const sound = read.filter((row) => row.faults.length === 0);
  const nearMisses = comparedFields(world.model, event).flatMap((at) => {
    const texts = new Set(
      sound.flatMap((row) => (row.cells[at] === undefined ? [] : (row.cells[at] as string))),
    );
    return nearMissesAmong(event.fields[at]!.name, [...texts]);
  });
  const { wanted } = input;
  const shortfalls = goingOn(evaluate);
  const each = { ...world, evaluate: shortfalls.evaluate, wanted };
  const settled: Settled[] = [];
  for (const [at, row] of rows.rows.entries()) {
    settled.push(settleRow(event, row, each));
    if (at % PIECE === PIECE - 1) yield PIECE;
  }
  shortfalls.stop();
  const usedBy = (at: number) => settled.flatMap(({ used }) => used[at] ?? []);
  return {
    used: usedBy(0),
    usedBy: new Map(wanted.by.map(({ date }, at) => [dateKey(date), usedBy(at + 1)])),
    evaluate,
    report: reportOf(found, {
      settled,
      nearMisses,
      unknownKeys: unknownKeys(event, rows.rows, world.keys),
    }),
  };
}

function reportOf(
  { event, input, read, unseen }: ReadEvent,
  found: { readonly settled: readonly Settled[] } & Pick<LoadReport, 'nearMisses' | 'unknownKeys'>,
): LoadReport {
  const { bound, text } = input;
  const control = createControl(bound, event.fields);
  const rejects: Reject[] = [];
  let credits = NO_LOST_CREDITS;
  const settled = new Map(found.settled.map((each) => [each.row.row, each]));
  for (const row of read) {
    const faults = rejectsOf(bound, event.fields, { row, text });
    const own = settled.get(row.row);
    const fate: Fate = faults[0]
      ? { kind: 'rejected', reason: faults[0].reason }
      : (own?.fate ?? { kind: 'filtered', reason: unseen.get(row.row)! });
    for (const reject of faults) rejects.push(reject);
    if (faults.length === 0 && fate.kind === 'rejected') {
      rejects.push({ source: bound.name, file: bound.file, row: row.row, reason: fate.reason });
    }
    control.count(fate, row.amounts);
    if (own) {
      credits = {
        withoutRole: credits.withoutRole + own.lost.withoutRole,
        withoutPerson: credits.withoutPerson + own.lost.withoutPerson,
        elsewhere: credits.elsewhere + own.lost.elsewhere,
      };
    }
  }
  const days = found.settled.map((each) => each.row.day);
  return {
    control: control.totals(credits),
    rejects,
    nearMisses: found.nearMisses,
    unknownKeys: found.unknownKeys,
    ...(days.length > 0 && { firstDay: days.reduce((first, day) => Math.min(first, day)) }),
  };
}
