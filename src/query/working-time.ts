// Working time as a function of the moment: how many working seconds have passed. A moment is working time when local
// clocks show an hour of the calendar then, so that a shift over a clock change is as long as it really was: an hour
// that clocks show twice counts twice, one that they skip doesn't count.

import { type Day, weekday } from '../base/date.ts';
import { add, type Exact, ONE, roundTo, subtract, whole } from '../base/exact.ts';
import { LOCAL_DAYS } from '../base/local-time.ts';
import { localPieces } from '../base/zone.ts';
import type { CalendarModel } from '../model/policy.ts';

const DAY = 86400;

/** From the moment `at` on working time runs (`on`) or stands; `worked` seconds of it had passed by then. */
export interface Boundary {
  readonly at: number;
  readonly worked: number;
  readonly on: boolean;
}

interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** Stretches of a day's working hours, in seconds from its midnight, in order. */
export function hoursOf(calendar: CalendarModel, day: Day): readonly Stretch[] {
  const special = calendar.days.filter((each) => each.day === day);
  const isHoliday = calendar.holidays.some((each) => each.from <= day && day < each.until);
  const hours =
    special.length > 0
      ? special
      : isHoliday
        ? []
        : calendar.week.filter((each) => each.weekday === weekday(day));
  return hours
    .map(({ from, until }) => ({ from: from * 60, until: until * 60 }))
    .sort((a, b) => a.from - b.from);
}

/** The boundaries of working time on the local days for which it is worked out, from nothing worked on. */
export function workingBoundaries(calendar: CalendarModel, zone: string): readonly Boundary[] {
  const { from, last } = LOCAL_DAYS;
  const found: Boundary[] = [];
  let worked = 0;
  const work = (start: number, end: number): void => {
    if (found.at(-1)?.at === start) found.pop();
    else found.push({ at: start, worked, on: true });
    worked += end - start;
    found.push({ at: end, worked, on: false });
  };
  for (const piece of momentsOf(zone, from, last + 1)) {
    const firstDay = Math.floor((piece.from + piece.offset) / DAY);
    const lastDay = Math.floor((piece.until + piece.offset - 1) / DAY);
    for (let day = firstDay; day <= lastDay; day++) {
      for (const stretch of hoursOf(calendar, day)) {
        const start = Math.max(day * DAY + stretch.from - piece.offset, piece.from);
        const end = Math.min(day * DAY + stretch.until - piece.offset, piece.until);
        if (start < end) work(start, end);
      }
    }
  }
  return found;
}

/** Stretches of moments with one offset, which cover the local days `[from, until)` without holes. */
function momentsOf(
  zone: string,
  from: Day,
  until: Day,
): readonly { readonly from: number; readonly until: number; readonly offset: number }[] {
  const pieces = localPieces(zone, from * DAY, until * DAY).flatMap((each) =>
    each.offset === undefined ? [] : [{ until: each.until - each.offset, offset: each.offset }],
  );
  let change = Number.NEGATIVE_INFINITY;
  return pieces.flatMap(({ until: next, offset }) => {
    const start = Math.max(change, from * DAY - offset);
    const end = Math.min(next, until * DAY - offset);
    change = next;
    return start < end ? [{ from: start, until: end, offset }] : [];
  });
}

const known = new WeakMap<CalendarModel, Map<string, readonly Boundary[]>>();

/** Working seconds from one moment to another; below zero where they are turned. */
export function workingSeconds(
  { calendar, zone }: { readonly calendar: CalendarModel; readonly zone: string },
  from: Exact,
  until: Exact,
): Exact {
  const zones = known.get(calendar) ?? new Map<string, readonly Boundary[]>();
  const boundaries = zones.get(zone) ?? workingBoundaries(calendar, zone);
  zones.set(zone, boundaries);
  known.set(calendar, zones);
  return subtract(workedBy(boundaries, until), workedBy(boundaries, from));
}

function workedBy(boundaries: readonly Boundary[], moment: Exact): Exact {
  const seconds = Number(roundTo(moment, ONE, 'floor').num);
  let [low, high] = [0, boundaries.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (boundaries[middle]!.at <= seconds) low = middle + 1;
    else high = middle;
  }
  const last = boundaries[low - 1];
  if (!last) return whole(0);
  return last.on ? add(whole(last.worked), subtract(moment, whole(last.at))) : whole(last.worked);
}
