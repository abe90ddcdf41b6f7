// What becomes of each row of an event: rejected, filtered or used, the first that applies, in the order that the
// backend's contract gives.

import type { Day } from '../base/date.ts';
import { type Exact, whole } from '../base/exact.ts';
import type { Clock } from '../input/clock.ts';
import { createControl, type Fate } from '../input/control-totals.ts';
import { type InputRow, noteDuplicates, readRows, rejectsOf } from '../input/rows.ts';
import type { BoundSource, Reject, TextTable } from '../model/dataset.ts';
import type { EventModel, Model } from '../model/policy.ts';
import type { Lookup } from '../query/lookup.ts';
import type { DayRange, LoadReport } from './backend.ts';
import { type Credit, creditRow, type PersonRows } from './memory-credit.ts';
import { createEvaluator, type Evaluate, type EventRow } from './memory-rows.ts';
import { comparedFields, nearMissesAmong } from './near-misses.ts';

/** A used row and who is credited with it, in the order of the credit lines. */
export interface UsedRow {
  readonly row: EventRow;
  readonly credits: readonly Credit[];
}

/** An event as queries see it. */
export interface LoadedEvent {
  readonly used: readonly UsedRow[];
  readonly evaluate: Evaluate;
  readonly report: LoadReport;
}

/** What rows of every event are read with. */
export interface LoadWorld {
  readonly model: Model;
  readonly persons: PersonRows;
  /** Ids that stand in the people data. */
  readonly known: ReadonlySet<string>;
  readonly lookups: ReadonlyMap<string, Lookup>;
  readonly clock: Clock;
}

interface Settled extends UsedRow {
  readonly fate: Fate;
  readonly withoutRole: number;
  readonly withoutPerson: number;
}

export function loadEvent(
  event: EventModel,
  input: { readonly bound: BoundSource; readonly text: TextTable; readonly range: DayRange },
  world: LoadWorld,
): LoadedEvent {
  const { bound, text } = input;
  const { fields } = event;
  const context = { dialect: bound.dialect, clock: world.clock, persons: world.known };
  const read = readRows(bound, fields, { text, context });
  const key = fields.findIndex((each) => each.name === event.key);
  noteDuplicates(read, [key], key);

  const posting = fields.findIndex((each) => each.name === event.posting);
  const dayOf = (row: InputRow): Day | undefined => {
    const time = row.cells[posting] as Exact | undefined;
    if (time === undefined) return undefined;
    return fields[posting]!.type.kind === 'datetime' ? world.clock.day(time) : Number(time.num);
  };
  const early = (day: Day): boolean => event.since !== undefined && day < event.since;

  const rows: EventRow[] = [];
  for (const row of read) {
    const day = row.faults.length === 0 ? dayOf(row) : undefined;
    if (day === undefined || early(day)) continue;
    const values = [...row.cells];
    rows.push({
      row: row.row,
      values,
      time: values[posting] as Exact,
      day,
      key: values[key] ?? whole(row.row),
    });
  }
  const evaluate = createEvaluator({ ...world, event, rows });
  // a computed field of every row before the next field: look-backs read the fields of other rows
  for (const field of event.computed) for (const row of rows) row.values.push(evaluate(field.value, row));

  const sound = read.filter((row) => row.faults.length === 0);
  const nearMisses = comparedFields(world.model, event).flatMap((at) => {
    const texts = new Set(
      sound.flatMap((row) => (row.cells[at] === undefined ? [] : (row.cells[at] as string))),
    );
    return nearMissesAmong(fields[at]!.name, [...texts]);
  });
  const settled = rows.map((row) => settle(event, row, { ...world, evaluate, range: input.range }));
  return {
    used: settled.filter((each) => each.fate.kind === 'used'),
    evaluate,
    report: reportOf(event, { bound, text, read, dayOf, settled, nearMisses }),
  };
}

/** The fate of a row that is sound and neither undated nor early. */
function settle(
  event: EventModel,
  row: EventRow,
  world: LoadWorld & { readonly evaluate: Evaluate; readonly range: DayRange },
): Settled {
  const nothing = { row, credits: [], withoutRole: 0, withoutPerson: 0 };
  const outside = row.day < world.range.from || row.day >= world.range.until;
  if (event.credit.length === 0) {
    return {
      ...nothing,
      fate: outside ? { kind: 'filtered', reason: 'outside the periods' } : { kind: 'used' },
    };
  }
  const found = creditRow(event, row, world);
  if (found.kind === 'rejected') return { ...nothing, fate: found };
  if (found.credits.every((credit) => credit.line.extra)) {
    return { ...nothing, fate: { kind: 'filtered', reason: 'nobody in a role that day' } };
  }
  if (outside) return { ...nothing, fate: { kind: 'filtered', reason: 'outside the periods' } };
  const { credits, withoutRole, withoutPerson } = found;
  return { row, credits, withoutRole, withoutPerson, fate: { kind: 'used' } };
}

function reportOf(
  event: EventModel,
  found: {
    readonly bound: BoundSource;
    readonly text: TextTable;
    readonly read: readonly InputRow[];
    readonly dayOf: (row: InputRow) => Day | undefined;
    readonly settled: readonly Settled[];
    readonly nearMisses: LoadReport['nearMisses'];
  },
): LoadReport {
  const { bound, text } = found;
  const control = createControl(bound, event.fields);
  const rejects: Reject[] = [];
  const credits = { withoutRole: 0, withoutPerson: 0 };
  const settled = new Map(found.settled.map((each) => [each.row.row, each]));
  for (const row of found.read) {
    const faults = rejectsOf(bound, event.fields, { row, text });
    const own = settled.get(row.row);
    const fate: Fate = faults[0]
      ? { kind: 'rejected', reason: faults[0].reason }
      : (own?.fate ?? {
          kind: 'filtered',
          reason: found.dayOf(row) === undefined ? 'no posting day' : 'before `since`',
        });
    for (const reject of faults) rejects.push(reject);
    if (faults.length === 0 && fate.kind === 'rejected') {
      rejects.push({ source: bound.name, file: bound.file, row: row.row, reason: fate.reason });
    }
    control.count(fate, row.amounts);
    credits.withoutRole += own?.withoutRole ?? 0;
    credits.withoutPerson += own?.withoutPerson ?? 0;
  }
  return { control: control.totals(credits), rejects, nearMisses: found.nearMisses };
}
