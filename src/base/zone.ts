// Local time in a named time zone, from the runtime's own zone data (Intl). What local clocks skip is a gap; what
// they show twice is read as the earlier instant.

/** A stretch of local time `[from, until)`, in local seconds, with one offset; a gap has none. */
export interface LocalPiece {
  readonly from: number;
  readonly until: number;
  /** Seconds that local time is ahead of UTC, or `undefined` in the gap of a clock change. */
  readonly offset: number | undefined;
}

const STEP = 14 * 86400;

// Zones of which every runtime with zone data knows: to ask the first time takes it longer than to read a policy.
const KNOWN =
  'UTC Africa/Cairo Africa/Johannesburg Africa/Lagos Africa/Nairobi America/Argentina/Buenos_Aires America/Bogota ' +
  'America/Chicago America/Denver America/Los_Angeles America/Mexico_City America/New_York America/Sao_Paulo ' +
  'America/Toronto Asia/Almaty Asia/Bangkok Asia/Dubai Asia/Ho_Chi_Minh Asia/Hong_Kong Asia/Jakarta Asia/Jerusalem ' +
  'Asia/Karachi Asia/Kolkata Asia/Manila Asia/Novosibirsk Asia/Riyadh Asia/Seoul Asia/Shanghai Asia/Singapore ' +
  'Asia/Taipei Asia/Tashkent Asia/Tbilisi Asia/Tokyo Asia/Vladivostok Asia/Yekaterinburg Asia/Yerevan ' +
  'Australia/Melbourne Australia/Sydney Europe/Amsterdam Europe/Athens Europe/Belgrade Europe/Berlin ' +
  'Europe/Brussels Europe/Bucharest Europe/Budapest Europe/Copenhagen Europe/Dublin Europe/Helsinki ' +
  'Europe/Istanbul Europe/Kaliningrad Europe/Lisbon Europe/London Europe/Madrid Europe/Minsk Europe/Moscow ' +
  'Europe/Oslo Europe/Paris Europe/Prague Europe/Rome Europe/Samara Europe/Sofia Europe/Stockholm Europe/Vienna ' +
  'Europe/Warsaw Europe/Zurich Pacific/Auckland';

/** Whether the runtime knows the zone. */
export function isZone(name: string): boolean {
  if (KNOWN.split(' ').includes(name)) return true;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Seconds that the zone's local time is ahead of UTC at an instant (whole seconds since 1970). */
export function offsetAt(zone: string, instant: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter(zone).formatToParts(instant * 1000)) parts[type] = Number(value);
  const { year, month, day, hour, minute, second } = parts as Record<string, number>;
  const local = Date.UTC(2000, month! - 1, day!, hour! % 24, minute!, second!);
  const date = new Date(local);
  date.setUTCFullYear(year!, month! - 1, day!);
  return date.getTime() / 1000 - instant;
}

/**
 * The pieces of local time between two local seconds, in order and without holes.
 * In the doubled hour the piece with the earlier instant (the larger offset) wins.
 */
export function localPieces(zone: string, from: number, until: number): readonly LocalPiece[] {
  const pieces: LocalPiece[] = [];
  const end = until + 2 * 86400;
  let at = from - 2 * 86400;
  let offset = offsetAt(zone, at);
  let start = Number.NEGATIVE_INFINITY;
  while (at < end) {
    const next = Math.min(at + STEP, end);
    const change = offsetAt(zone, next) === offset ? undefined : firstChange(zone, at, next, offset);
    if (change === undefined) {
      at = next;
      continue;
    }
    const after = offsetAt(zone, change);
    pieces.push({ from: start, until: change + offset, offset });
    if (after > offset) pieces.push({ from: change + offset, until: change + after, offset: undefined });
    start = Math.max(change + offset, change + after);
    offset = after;
    at = change;
  }
  pieces.push({ from: start, until: Number.POSITIVE_INFINITY, offset });
  return pieces;
}

/** The instant at which a local day begins: midnight, or where that is skipped the first moment after the gap. */
export function startOfDay(zone: string, day: number): number {
  const local = day * 86400;
  const piece = localPieces(zone, local, local).find((each) => each.from <= local && local < each.until)!;
  if (piece.offset !== undefined) return local - piece.offset;
  return piece.until - offsetAt(zone, piece.until - offsetAt(zone, local + 86400));
}

function firstChange(zone: string, low: number, high: number, offset: number): number {
  let [before, after] = [low, high];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(zone, middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, found);
  }
  return found;
}
