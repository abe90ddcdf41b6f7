// Grains and periods: what a month, a quarter or an ISO week is, how it is written, and which lie beside it.

import { addMonths, civilOf, type Day, dayOf, dayText, parseDay, weekday } from './date.ts';
import {
  type FiscalGrain,
  type FiscalYear,
  fiscalMade,
  fiscalPeriod,
  fiscalShift,
  isFiscalText,
  type Made,
  parseFiscal,
  readFiscal,
} from './fiscal.ts';

/** The lengths of a period, shortest first. Weeks are ISO weeks. */
export const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const;
/** A length of the calendar that everybody has. */
export type CalendarGrain = (typeof GRAINS)[number];
export type Grain = CalendarGrain | FiscalGrain;

/** Half-open `[from, until)` in local days; `id` is how the language writes it (`2026-01`, `2026-Q1`, `2026-W05`). */
export interface Period {
  readonly grain: Grain;
  readonly id: string;
  readonly from: Day;
  readonly until: Day;
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

export function isFiscal(grain: Grain): grain is FiscalGrain {
  return grain.includes(' ');
}

/** The word of a grain, without its calendar. */
export function lengthOf(grain: Grain): CalendarGrain {
  return isFiscal(grain) ? readFiscal(grain).length : grain;
}

/** A grain as people write it: `month`, `month of retail`; `s` makes it several (`months of retail`). */
export function grainText(grain: Grain, ending: '' | 's' = ''): string {
  return isFiscal(grain)
    ? `${readFiscal(grain).length}${ending} of ${readFiscal(grain).year.name}`
    : `${grain}${ending}`;
}

/** Another length of the same calendar; there are no fiscal days. */
export function sameCalendar(grain: Grain, length: Exclude<CalendarGrain, 'day'>): Grain {
  return isFiscal(grain) ? (grain.replace(/^[a-z]+/, length) as FiscalGrain) : length;
}

/** From the longer to the shorter one; equal lengths in no order. */
export function byLength(a: Grain, b: Grain): number {
  return GRAINS.indexOf(lengthOf(b)) - GRAINS.indexOf(lengthOf(a));
}

/** The period of that grain that holds the day. */
export function periodAt(grain: Grain, day: Day): Period {
  if (isFiscal(grain)) return { grain, ...fiscalPeriod(grain, day) };
  switch (grain) {
    case 'day':
      return { grain, id: dayText(day), from: day, until: day + 1 };
    case 'week': {
      const from = day - weekday(day) + 1;
      const year = civilOf(from + 3).year; // an ISO week belongs to the year of its Thursday
      const first = dayOf(year, 1, 4);
      const number = (from - (first - weekday(first) + 1)) / 7 + 1;
      return { grain, id: `${pad(year, 4)}-W${pad(number, 2)}`, from, until: from + 7 };
    }
    case 'month':
    case 'quarter':
    case 'year': {
      const { year, month } = civilOf(day);
      const length = MONTHS[grain];
      const first = month - ((month - 1) % length);
      const from = dayOf(year, first, 1);
      const id =
        grain === 'month'
          ? `${pad(year, 4)}-${pad(month, 2)}`
          : grain === 'quarter'
            ? `${pad(year, 4)}-Q${(first + 2) / 3}`
            : pad(year, 4);
      return { grain, id, from, until: dayOf(year, first + length, 1) };
    }
  }
}

/** The period `steps` after (or, below zero, before) this one. */
export function shift({ grain, from }: Period, steps: number): Period {
  if (isFiscal(grain)) return periodAt(grain, fiscalShift(grain, from, steps));
  switch (grain) {
    case 'day':
      return periodAt('day', from + steps);
    case 'week':
      return periodAt('week', from + steps * 7);
    default:
      return periodAt(grain, addMonths(from, steps * MONTHS[grain]));
  }
}

/**
 * Reads `2026`, `2026-01`, `2026-Q1`, `2026-W05`, `2026-01-31`, and periods of the fiscal calendars (`retail-2026-Q1`);
 * `undefined` for any other text.
 */
export function parsePeriod(text: string, calendars: readonly FiscalYear[] = []): Period | undefined {
  const fiscal = parseFiscal(text, calendars);
  if (fiscal) return periodAt(fiscal.grain, fiscal.from);
  const match = /^([0-9]{4})(?:-(?:([0-9]{2})|Q([1-4])|W([0-9]{2})))?$/.exec(text);
  if (!match) {
    const day = parseDay(text);
    return day === undefined ? undefined : periodAt('day', day);
  }
  const [, yearText, month, quarter, week] = match;
  const year = Number(yearText);
  if (year < 1) return undefined;
  if (month !== undefined) {
    return Number(month) >= 1 && Number(month) <= 12
      ? periodAt('month', dayOf(year, Number(month), 1))
      : undefined;
  }
  if (quarter !== undefined) return periodAt('quarter', dayOf(year, Number(quarter) * 3, 1));
  if (week !== undefined) {
    const period = periodAt('week', dayOf(year, 1, 4) + (Number(week) - 1) * 7);
    return period.id === text ? period : undefined;
  }
  return periodAt('year', dayOf(year, 1, 1));
}

/** Whether a text names a period, or can name one of a fiscal calendar. */
export function isPeriodText(text: string): boolean {
  return parsePeriod(text) !== undefined || isFiscalText(text);
}

/** Whether a text may say what to run: a period, or a range of them. */
export function isPeriodsText(text: string): boolean {
  const parts = text.split('..');
  return parts.length <= 2 && parts.every(isPeriodText);
}

/** What is said of a text that isn't. */
export const NOT_A_PERIOD = {
  message: (text: string): string => `\`${text}\` isn't a period`,
  help: 'write `2026-01`, `2026-Q1`, `2026`, `2026-W05`, `2026-01-31`, or a range `2026-01..2026-06`',
} as const;

/** All periods of the grain that begin in `[from, until)`. */
export function periodsBetween(grain: Grain, from: Day, until: Day): readonly Period[] {
  const periods: Period[] = [];
  let period = periodAt(grain, from);
  if (period.from < from) period = shift(period, 1);
  for (; period.from < until; period = shift(period, 1)) periods.push(period);
  return periods;
}

/**
 * Whether `long` is a whole number of `short`. Weeks fit in no month, quarter or year, except in those of a calendar
 * whose weeks begin on the same day; months fit in what is made of months that begin on the same date.
 */
export function fits(short: Grain, long: Grain): boolean {
  if (short === long || short === 'day') return true;
  if (long === 'day') return false;
  const [part, whole] = [madeOf(short), madeOf(long)];
  if (part.of === 'months' && whole.of === 'months')
    return (
      part.date === whole.date &&
      whole.months % part.months === 0 &&
      (whole.first - part.first) % part.months === 0
    );
  if (part.of === 'months' || whole.of === 'months') return false;
  if (part.months === 0) return part.weekday === whole.weekday;
  return (
    whole.months > 0 &&
    whole.months % part.months === 0 &&
    (sameCalendar(short, 'month') === sameCalendar(long, 'month') || part.calendar === whole.calendar)
  );
}

function madeOf(grain: Exclude<Grain, 'day'>): Made {
  if (isFiscal(grain)) return fiscalMade(grain);
  if (grain === 'week') return { of: 'weeks', weekday: 1, months: 0, calendar: '' };
  return { of: 'months', months: MONTHS[grain], first: 0, date: 1 };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
