// The used rows of an event as columns: when each was, whose it is and with which share, so that a question over all of
// them looks at no row by itself.

import type { Day } from '../base/date.ts';
import { type Exact, exactText } from '../base/exact.ts';
import type { Column } from '../input/columns.ts';
import { type EventRows, placeOf } from './memory-rows.ts';
import type { UsedRow } from './memory-settle.ts';

/** Rows that count by one date, in the order of the file, and their credits one after the other. */
export interface UsedRows {
  readonly event: EventRows;
  readonly rows: readonly UsedRow[];
  readonly days: Int32Array;
  /** Where each row stands in the columns of its event. */
  readonly places: Int32Array;
  /** The first credit of each row, and at last the number of all. */
  readonly starts: Int32Array;
  /** Of each credit the stay, the share and the name that it counts under, the latter two by their places. */
  readonly stays: Int32Array;
  readonly shares: Int32Array;
  readonly names: Int32Array;
  readonly allShares: readonly Exact[];
  readonly allNames: readonly (string | undefined)[];
  /** Whether some line credits every role of a person, who counts once for it. */
  readonly inEveryRole: boolean;
  /** What formulas over these rows come to, by what they say; nothing where somebody is stopped. */
  readonly worked: Map<string, Column | undefined>;
}

export function usedRows(event: EventRows, rows: readonly UsedRow[]): UsedRows {
  const count = rows.reduce((sum, { credits }) => sum + credits.length, 0);
  const used = {
    days: new Int32Array(rows.length),
    places: new Int32Array(rows.length),
    starts: new Int32Array(rows.length + 1),
    stays: new Int32Array(count),
    shares: new Int32Array(count),
    names: new Int32Array(count),
  };
  const shares = numbered<Exact>(exactText);
  const names = numbered<string | undefined>(String);
  names.placeOf(undefined);
  let filled = 0;
  for (const [at, { row, credits }] of rows.entries()) {
    used.days[at] = row.day;
    used.places[at] = placeOf(row);
    for (const { line, share, person } of credits) {
      used.stays[filled] = person.stay;
      used.shares[filled] = shares.placeOf(share);
      used.names[filled++] = line.extra ? names.placeOf(line.as) : 0;
    }
    used.starts[at + 1] = filled;
  }
  return {
    event,
    rows,
    ...used,
    allShares: shares.all,
    allNames: names.all,
    inEveryRole: event.event.credit.some((line) => line.inEveryRole),
    worked: new Map(),
  };
}

/** Numbers what it meets; the same text is the same thing. */
export function numbered<T>(textOf: (one: T) => string): {
  readonly all: readonly T[];
  placeOf(one: T): number;
} {
  const all: T[] = [];
  const known = new Map<T, number>();
  const texts = new Map<string, number>();
  return {
    all,
    placeOf(one) {
      let place = known.get(one);
      if (place !== undefined) return place;
      const text = textOf(one);
      place = texts.get(text) ?? all.push(one) - 1;
      texts.set(text, place);
      known.set(one, place);
      return place;
    },
  };
}

/** The places of a query's buckets that hold a day; looked for once a day. */
export function bucketsByDay(
  buckets: readonly { readonly from: Day; readonly until: Day }[],
): (day: Day) => readonly number[] {
  const known: (readonly number[])[] = [];
  const first = buckets.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY);
  return (day) => {
    if (day < first) return [];
    known[day - first] ??= [...buckets.keys()].filter(
      (at) => buckets[at]!.from <= day && day < buckets[at]!.until,
    );
    return known[day - first]!;
  };
}
