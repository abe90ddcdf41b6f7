// Moments as local clocks show them: the day of a moment, and the same local time some months later.

import { addMonths, type Day, dayOf, FIRST_DAY } from './date.ts';
import { add, type Exact, ONE, roundTo, subtract, whole } from './exact.ts';
import { localPieces, offsetAt } from './zone.ts';

const DAY = 86400;
/** Before the year 1 the runtime counts years backwards, so nothing earlier is asked of it. */
const EARLIEST = (FIRST_DAY + 3) * DAY;

/** Moments that formulas work out lie on these local days, the last one included; a moment outside stops the run. */
export const LOCAL_DAYS: { readonly from: Day; readonly last: Day } = {
  from: dayOf(1970, 1, 1),
  last: dayOf(2099, 12, 31),
};

/** The local day of a moment. */
export function localDay(zone: string, moment: Exact): Day {
  return Math.floor(localSeconds(zone, floor(moment)) / DAY);
}

/**
 * The moment at which local clocks show the same time so many months later (below zero: before), on the same day of the
 * month or its last one. The earlier one where clocks show it twice; where they skip it, the first one after.
 */
export function monthsLater(zone: string, moment: Exact, months: number): Exact {
  const seconds = floor(moment);
  const local = localSeconds(zone, seconds);
  const day = Math.floor(local / DAY);
  const wanted = addMonths(day, months) * DAY + (local - day * DAY);
  const asked = Math.max(wanted, EARLIEST);
  const pieces = localPieces(zone, asked, asked);
  const at = pieces.findIndex((each) => asked < each.until);
  const { offset, until } = pieces[at]!;
  if (offset === undefined) return whole(until - pieces[at + 1]!.offset!);
  return add(whole(wanted - offset), subtract(moment, whole(seconds)));
}

function localSeconds(zone: string, seconds: number): number {
  return seconds + offsetAt(zone, Math.max(seconds, EARLIEST));
}

function floor(moment: Exact): number {
  return Number(roundTo(moment, ONE, 'floor').num);
}
