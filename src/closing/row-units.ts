// What has changed in the inputs since the last close, as steps that are looked at one by one: people and tables first, then
// events in the order in which they became known.

import type { Day } from '../base/date.ts';
import { compare } from '../base/exact.ts';
import { cellOf, changedFields } from '../ledger/snapshot.ts';
import type { AdjustmentCause, LedgerRow, RowChange } from '../model/ledger.ts';
import type { Model } from '../model/policy.ts';
import { readingsOf, type SourceReading } from './kept-rows.ts';
import { type RowTime, rowTimes } from './row-days.ts';

/** Changes that are looked at together, and what they are called as a cause. */
export interface RowUnit {
  readonly changes: readonly RowChange[];
  readonly cause: AdjustmentCause;
}

/** Changes that should move nothing of closed periods, and all others. */
export interface Parted {
  readonly apart: readonly RowChange[];
  readonly others: readonly RowChange[];
}

/** By which policies rows are read: that of the open period, and those of the closed ones, of which the last has ended. */
export interface Readers {
  readonly open: Model;
  readonly closed: readonly Model[];
  readonly until: Day;
}

/** Rows posted after the closed periods, dated ones that begin then, and what no closed policy reads stand apart. */
export function parted(changes: readonly RowChange[], readers: Readers): Parted {
  const isApart = apartOf(readers);
  const apart = new Set(changes.filter(isApart));
  return { apart: [...apart], others: changes.filter((each) => !apart.has(each)) };
}

/** The changes in the order in which they are looked at. */
export function ordered(changes: readonly RowChange[], readers: Readers): readonly RowChange[] {
  return changes.toSorted(orderOf(readers));
}

/** The changes as steps, so many at most; what is left is taken together by source and kind of change. */
export function inSteps(changes: readonly RowChange[], readers: Readers, most: number): readonly RowUnit[] {
  const steps = groupsOf(ordered(changes, readers), togetherKeys(readers));
  const singles = steps.slice(0, most).map((own): RowUnit => ({ changes: own, cause: causeOf(own) }));
  return [...singles, ...bySource(steps.slice(most).flat())];
}

function causeOf(changes: readonly RowChange[]): AdjustmentCause {
  const [cause, ...others] = changes.map((each): AdjustmentCause => {
    const { source, key } = each.row;
    return { kind: 'row', change: each.kind, source, key, fields: changedFields(each) };
  });
  return others.length === 0 ? cause! : { kind: 'together', causes: [cause!, ...others] };
}

function bySource(changes: readonly RowChange[]): readonly RowUnit[] {
  const groups = groupsOf(changes, ({ row, kind }) => JSON.stringify([row.source, kind]));
  return groups.map((own): RowUnit => {
    const { kind: change, row } = own[0]!;
    const all = { kind: 'rows', change, source: row.source, count: own.length } as const;
    return { changes: own, cause: own.length === 1 ? causeOf(own) : all };
  });
}

function groupsOf(
  changes: readonly RowChange[],
  keyOf: (change: RowChange) => string,
): readonly (readonly RowChange[])[] {
  const groups = new Map<string, RowChange[]>();
  for (const each of changes) {
    const key = keyOf(each);
    const own = groups.get(key);
    if (own) own.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()];
}

// ---- what can't move anything --------------------------------------------------------------------------------------

function apartOf({ open, closed, until }: Readers): (change: RowChange) => boolean {
  const timeOf = timesBy([open, ...closed]);
  const events = new Set([open, ...closed].flatMap((each) => each.events.map(({ name }) => name)));
  const isLater = (row: LedgerRow): boolean => {
    const { day } = timeOf(row);
    // an event without a day belongs to no period, a row of a table without one to all of them
    return day === undefined ? events.has(row.source) : day >= until;
  };
  const read = new Map<string, Set<string>>();
  for (const { source, fields } of closed.flatMap(readingsOf)) {
    const own = read.get(source) ?? new Set();
    read.set(source, own);
    for (const { name } of fields) own.add(name);
  }
  return (change) => {
    const fields = read.get(change.row.source);
    if (!fields) return true;
    if (change.kind !== 'changed') return isLater(change.row);
    const isSeen = changedFields(change).some(({ field }) => fields.has(field));
    return !isSeen || (isLater(change.row) && isLater(change.before));
  };
}

/** The time of a row by the first policy that reads its source. */
function timesBy(models: readonly Model[]): (row: LedgerRow) => RowTime {
  const bySource = new Map<string, (row: LedgerRow) => RowTime>();
  for (const model of models) {
    const timeOf = rowTimes(model);
    for (const { source } of readingsOf(model)) if (!bySource.has(source)) bySource.set(source, timeOf);
  }
  return (row) => bySource.get(row.source)?.(row) ?? {};
}

// ---- order ---------------------------------------------------------------------------------------------------------

/** People, absences and tables in the order in which they stand on each other; events by known time, day, source and key. */
function orderOf({ open, closed }: Readers): (a: RowChange, b: RowChange) => number {
  const models = [open, ...closed];
  const timeOf = timesBy(models);
  const ranks = new Map<string, number>();
  const readings = [...new Map(models.flatMap(readingsOf).map((each) => [each.source, each])).values()];
  for (const { source, kind } of readings) ranks.set(source, kind === 'event' ? readings.length : ranks.size);
  const rank = ({ row }: RowChange): number => ranks.get(row.source) ?? readings.length;
  return (a, b) => {
    const byRank = rank(a) - rank(b);
    if (byRank !== 0) return byRank;
    return (
      byTime(timeOf(a.row), timeOf(b.row)) ||
      byText(a.row.source, b.row.source) ||
      byText(a.row.key, b.row.key)
    );
  };
}

function byTime(a: RowTime, b: RowTime): number {
  const known = a.known && b.known ? compare(a.known, b.known) : Number(!!a.known) - Number(!!b.known);
  return known || (a.day ?? Number.NEGATIVE_INFINITY) - (b.day ?? Number.NEGATIVE_INFINITY) || 0;
}

/** Rows that follow one another in time, of one person or one key of a dated table, change together. */
function togetherKeys({ open, closed }: Readers): (change: RowChange) => string {
  const readings = [open, ...closed].flatMap(readingsOf).reverse();
  const bySource = new Map(readings.map((each) => [each.source, each]));
  return ({ row }) => {
    const reading = bySource.get(row.source);
    if (!reading?.dated) return JSON.stringify([row.source, row.key]);
    return JSON.stringify([row.source, keysOf(reading).map((each) => cellOf(row, each) ?? null)]);
  };
}

function keysOf({ kind, keys }: SourceReading): readonly string[] {
  return kind === 'person' ? ['id'] : keys;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
