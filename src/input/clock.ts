// The clock of one time zone: local time as cells write it, to instants, and instants to local days. Zone data comes
// from base/zone; here it is only kept, a stretch of about a year at a time.

import { type Day, FIRST_DAY } from '../base/date.ts';
import type { Exact } from '../base/exact.ts';
import { type LocalPiece, localPieces, startOfDay } from '../base/zone.ts';

const DAY = 86400;
const STRETCH = 366 * DAY;

export interface Clock {
  /**
   * The instant (seconds since 1970-01-01T00:00:00Z) at which local clocks show a time, given as seconds since local
   * 1970-01-01T00:00:00. The earlier one where clocks show it twice; `undefined` where they skip it.
   */
  instant(local: number): number | undefined;
  /** The instant at which a local day begins: midnight, or the first moment after a gap that swallows it. */
  startOfDay(day: Day): number;
  /** The local day of an instant. */
  day(instant: Exact): Day;
}

/** The clock of a zone that the runtime knows. */
export function createClock(zone: string): Clock {
  const known = new Map<number, readonly LocalPiece[]>();

  function pieces(seconds: number): readonly LocalPiece[] {
    const stretch = Math.floor(seconds / STRETCH);
    let found = known.get(stretch);
    if (!found) {
      // before the year 1 the runtime counts years backwards, so nothing earlier is asked of it
      const from = Math.max(stretch * STRETCH, (FIRST_DAY + 3) * DAY);
      found = localPieces(zone, from, Math.max(from, (stretch + 1) * STRETCH));
      known.set(stretch, found);
    }
    return found;
  }

  function instant(local: number): number | undefined {
    const piece = pieces(local).find((each) => local < each.until)!;
    return piece.offset === undefined ? undefined : local - piece.offset;
  }

  return {
    instant,
    startOfDay: (day) => instant(day * DAY) ?? startOfDay(zone, day),
    day(instant) {
      const seconds = floor(instant);
      // an instant of the doubled hour's second pass lies after its first piece's end, so in the next one
      const piece = pieces(seconds).find(
        (each) => each.offset !== undefined && seconds < each.until - each.offset,
      )!;
      return Math.floor((seconds + piece.offset!) / DAY);
    },
  };
}

/** The whole seconds of an instant, rounded down. */
function floor(value: Exact): number {
  const num = BigInt(value.num);
  const den = BigInt(value.den);
  const quotient = num / den;
  return Number(num % den < 0n ? quotient - 1n : quotient);
}
