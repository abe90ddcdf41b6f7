// The third opinion's own calendars: days as whole numbers since 1970, and the periods, quarters and years of the calendar
// or of a retailer's weeks, found by trying.

/** A stretch of days, both ends included, and how it is written. */
export interface Span {
  readonly id: string;
  readonly from: number;
  readonly last: number;
}

/** The policy's own period, or a longer one; months are those of the quarters. */
export type Length = 'period' | 'month' | 'quarter' | 'year';

/** A fiscal year: its first day, and the weeks of the three months of each quarter where it is made of weeks. */
export interface Retail {
  readonly starts: number;
  readonly weeks?: readonly number[];
}

/** How a policy counts time: by months or weeks (ISO or the year's own), and by quarters and years of a fiscal calendar where it has one. */
export interface Calendar {
  readonly period: 'month' | 'month of retail' | 'week' | 'week of retail';
  readonly retail?: Retail;
}

/** What is asked of the same days again and again, worked out once. */
function kept<T>(make: (day: number) => T): (day: number) => T {
  const known = new Map<number, T>();
  return (day) => {
    if (!known.has(day)) known.set(day, make(day));
    return known.get(day) as T;
  };
}

export const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

export const textOfDay = kept((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));

export const monthOfDay = kept((day) => textOfDay(day).slice(0, 7));

/** Days of the calendar month in which a day lies. */
export const monthLength = kept((day) => {
  const [year, month] = monthOfDay(day).split('-').map(Number);
  return new Date(Date.UTC(year!, month!, 0)).getUTCDate();
});

/** From 0, a Sunday. */
export const weekdayOf = kept((day) => new Date(day * 86_400_000).getUTCDay());

/** The period of a length that holds the day. */
export function spanAt(calendar: Calendar, length: Length, day: number): Span {
  if (length === 'period' && calendar.period === 'month') return monthsFrom(day, 1);
  if (length === 'period' && calendar.period === 'week') return isoWeek(day);
  if (!calendar.retail) return monthsFrom(day, length === 'month' ? 1 : length === 'quarter' ? 3 : 12);
  const year = retailYear(calendar.retail, day);
  if (length === 'year') return year;
  if (length === 'period' && calendar.period === 'week of retail') return weekOf(year, day);
  const months = retailMonths(calendar.retail, year);
  const at = months.findIndex((each) => day <= each.last);
  if (length !== 'quarter') return months[at]!;
  const quarter = Math.floor(at / 3);
  return {
    id: `${year.id}-Q${quarter + 1}`,
    from: months[quarter * 3]!.from,
    last: months[quarter * 3 + 2]!.last,
  };
}

/** All periods of a length that begin within days, in order. */
export function spansIn(
  calendar: Calendar,
  length: Length,
  { from, last }: Omit<Span, 'id'>,
): readonly Span[] {
  const found: Span[] = [];
  for (let day = from; day <= last; day = found.at(-1)!.last + 1) found.push(spanAt(calendar, length, day));
  return found;
}

function monthsFrom(day: number, count: 1 | 3 | 12): Span {
  const [year, month] = monthOfDay(day).split('-').map(Number);
  const first = month! - 1 - ((month! - 1) % count);
  const from = Date.UTC(year!, first, 1) / 86_400_000;
  const last = Date.UTC(year!, first + count, 1) / 86_400_000 - 1;
  const id = count === 1 ? monthOfDay(day) : count === 3 ? `${year}-Q${first / 3 + 1}` : `${year}`;
  return { id, from, last };
}

/** Monday to Sunday, with the number of its Thursday's week in the Thursday's year. */
function isoWeek(day: number): Span {
  const from = day - ((weekdayOf(day) + 6) % 7);
  const year = textOfDay(from + 3).slice(0, 4);
  const week = Math.floor((from + 3 - dayOf(`${year}-01-01`)) / 7) + 1;
  return { id: `${year}-W${String(week).padStart(2, '0')}`, from, last: from + 6 };
}

function weekOf(year: Span, day: number): Span {
  const week = Math.floor((day - year.from) / 7);
  const from = year.from + week * 7;
  return { id: `${year.id}-W${String(week + 1).padStart(2, '0')}`, from, last: from + 6 };
}

/** A year of weeks begins on the weekday of the first one that is nearest to its day of the year. */
function yearStart({ starts, weeks }: Retail, year: number): number {
  const near = dayOf(`${year}${textOfDay(starts).slice(4)}`);
  const days = [-3, -2, -1, 0, 1, 2, 3].map((each) => near + each);
  return weeks ? days.find((each) => weekdayOf(each) === weekdayOf(starts))! : near;
}

function retailYear(retail: Retail, day: number): Span {
  for (let year = 2020; ; year++) {
    const last = yearStart(retail, year + 1) - 1;
    if (day <= last) return { id: `retail-${year}`, from: yearStart(retail, year), last };
  }
}

/** Twelve months; where they are made of weeks the last has the days that are left. */
function retailMonths({ weeks }: Retail, year: Span): readonly Span[] {
  const months: Span[] = [];
  for (let at = 0, from = year.from; at < 12; at++) {
    const length = weeks ? weeks[at % 3]! * 7 : monthLength(from);
    const last = at === 11 ? year.last : from + length - 1;
    months.push({ id: `${year.id}-${String(at + 1).padStart(2, '0')}`, from, last });
    from = last + 1;
  }
  return months;
}
