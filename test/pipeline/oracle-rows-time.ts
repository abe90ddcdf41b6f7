// Days, clocks and working hours of the third opinion on rows: found by trying, from what clocks of a zone show.

/** Days are texts, `2026-01-31`: they compare as the days do. */
export const END_OF_DAYS = '9999-12-31';

/** Days from one to another, both ends included; an empty `until` goes on. */
export interface Days {
  readonly from: string;
  readonly until: string;
}

export const holds = (day: string, { from, until }: Days): boolean =>
  from <= day && day <= (until || END_OF_DAYS);

export function daysLater(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The same day some months later (or earlier), or the last of that month. */
export function monthsLater(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year!, month! + months, 0));
  return `${last.toISOString().slice(0, 8)}${String(Math.min(date!, last.getUTCDate())).padStart(2, '0')}`;
}

export const lastOfMonth = (month: string): string => daysLater(monthsLater(month, 1), -1);

// ---- clocks ----------------------------------------------------------------------------------------------------

const formats = new Map<string, Intl.DateTimeFormat>();
const shown = new Map<string, string>();

/** What clocks of the zone show in a minute since 1970 in UTC: `2026-01-31 12:30`. */
export function clock(zone: string, minute: number): string {
  // they change on the half hour, and go on by minutes in between
  const half = Math.floor(minute / 30) * 30;
  const key = `${zone} ${half}`;
  let label = shown.get(key);
  if (label === undefined) {
    let format = formats.get(zone);
    if (!format) {
      format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone });
      formats.set(zone, format);
    }
    label = format.format(new Date(half * 60_000));
    shown.set(key, label);
  }
  const past = Number(label.slice(14)) + minute - half;
  return `${label.slice(0, 14)}${String(past).padStart(2, '0')}`;
}

const tried = new Map<string, readonly number[]>();

/** The minutes in which clocks show a time, in order: none where they skip it, two where they show it twice. */
export function minutesOf(zone: string, text: string): readonly number[] {
  const plain = text.replace(' ', 'T');
  if (/(Z|[+-]\d\d:\d\d)$/.test(plain)) return [Date.parse(plain) / 60_000];
  const key = `${zone} ${text}`;
  let found = tried.get(key);
  if (!found) {
    const inUtc = Date.parse(`${plain}Z`) / 60_000;
    const all: number[] = [];
    for (let ahead = 14 * 60; ahead >= -12 * 60; ahead -= 30)
      if (clock(zone, inUtc - ahead) === text) all.push(inUtc - ahead);
    found = all;
    tried.set(key, found);
  }
  return found;
}

/** The minute of a time; of one that is shown twice the earlier. */
export const minuteOf = (zone: string, text: string): number | undefined => minutesOf(zone, text)[0];

// ---- working hours ---------------------------------------------------------------------------------------------

/** Hours of a day, `09:00` to `13:00`. */
export type Hours = readonly [string, string];

export interface Office {
  readonly week: readonly Hours[];
  /** Days with hours of their own, whatever their weekday. */
  readonly own: readonly (readonly [string, Hours])[];
  readonly holidays: readonly Days[];
}

function isWorked({ week, own, holidays }: Office, local: string): boolean {
  const [day, time] = [local.slice(0, 10), local.slice(11)];
  const hours = own.filter(([each]) => each === day).map(([, each]) => each);
  const inside = ([from, until]: Hours): boolean => from <= time && time < until;
  if (hours.length > 0) return hours.some(inside);
  if (holidays.some((each) => holds(day, each))) return false;
  const weekday = new Date(day).getUTCDay();
  return weekday > 0 && weekday < 6 && week.some(inside);
}

const halves = new WeakMap<Office, Map<string, number>>();

/** Minutes of work in the half hour that begins then. */
function workedIn(office: Office, zone: string, half: number): number {
  const known = halves.get(office) ?? new Map<string, number>();
  halves.set(office, known);
  const key = `${zone} ${half}`;
  let found = known.get(key);
  if (found === undefined) {
    found = 0;
    for (let at = half; at < half + 30; at++) if (isWorked(office, clock(zone, at))) found++;
    known.set(key, found);
  }
  return found;
}

/** Seconds of work from one minute to another, minute by minute; less than none where they are turned. */
export function workingSeconds(
  { office, zone }: { readonly office: Office; readonly zone: string },
  from: number,
  until: number,
): number {
  if (until < from) return -workingSeconds({ office, zone }, until, from);
  let minutes = 0;
  for (let at = from; at < until; ) {
    const isWhole = at % 30 === 0 && at + 30 <= until;
    minutes += isWhole ? workedIn(office, zone, at) : isWorked(office, clock(zone, at)) ? 1 : 0;
    at += isWhole ? 30 : 1;
  }
  return minutes * 60;
}
