// Ranges of days as people write them, both ends included, and whether two rows hold on the same day.

import { type Day, FIRST_DAY, LAST_DAY } from '../base/date.ts';
import type { Exact } from '../base/exact.ts';
import type { Cell } from '../model/value.ts';
import type { InputRow } from './rows.ts';

/** The days `[from, until)` on which a row holds. */
export interface DayRange {
  readonly from: Day;
  readonly until: Day;
}

/** The range of two date cells, `until` included; a missing one is open, as far as dates go. */
export function rangeOf(from: Cell, until: Cell): DayRange {
  return {
    from: from === undefined ? FIRST_DAY : Number((from as Exact).num),
    until: (until === undefined ? LAST_DAY : Number((until as Exact).num)) + 1,
  };
}

/** Where the fields of a dated source stand; -1 where it has no such field. */
export interface DateFields {
  readonly from: number;
  readonly until: number;
}

/** The range of a row whose dates could be read, `undefined` where one couldn't. */
export function rangeOfRow(row: InputRow, at: DateFields): DayRange | undefined {
  if (row.faults.some(({ field }) => field === -1 || field === at.from || field === at.until))
    return undefined;
  return rangeOf(row.cells[at.from], row.cells[at.until]);
}

/** Notes `ends before it starts` in rows that do. */
export function noteBackwards(rows: readonly InputRow[], at: DateFields): void {
  for (const row of rows) {
    const range = rangeOfRow(row, at);
    if (range && range.until <= range.from)
      row.faults.push({ field: at.until, reason: 'ends before it starts' });
  }
}

/**
 * Notes `overlapping dates` in each of the rows (which share a key) that holds on a day of another. The other row is the
 * one that began earlier, of several the one that goes on longest; where none did, the next.
 */
export function noteOverlaps(rows: readonly InputRow[], at: DateFields): void {
  const dated = rows
    .flatMap((row) => {
      const range = rangeOfRow(row, at);
      return range === undefined ? [] : [{ row, range }];
    })
    .sort((a, b) => a.range.from - b.range.from || a.row.row - b.row.row);
  const field = at.from < 0 ? at.until : at.from;
  let longest: (typeof dated)[number] | undefined;
  dated.forEach((each, index) => {
    const { row, range } = each;
    const next = dated[index + 1];
    // rows stand by their first day: if any later row is met, the next one is
    const later = next !== undefined && next.range.from < range.until ? next : undefined;
    const met = longest && range.from < longest.range.until ? longest : later;
    if (met) row.faults.push({ field, reason: 'overlapping dates', other: met.row.row });
    if (!longest || range.until > longest.range.until) longest = each;
  });
}
