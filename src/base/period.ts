// Grains and periods: what a month, a quarter or an ISO week is, how it is written, and which lie beside it.

import { addMonths, civilOf, type Day, dayOf, dayText, parseDay, weekday } from './date.ts';

/** The lengths of a period, shortest first. Weeks are ISO weeks. */
export const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Grain = (typeof GRAINS)[number];

/** Half-open `[from, until)` in local days; `id` is how the language writes it (`2026-01`, `2026-Q1`, `2026-W05`). */
export interface Period {
  readonly grain: Grain;
  readonly id: string;
  readonly from: Day;
  readonly until: Day;
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The period of that grain that holds the day. */
export function periodAt(grain: Grain, day: Day): Period {
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
export function shift(period: Period, steps: number): Period {
  switch (period.grain) {
    case 'day':
      return periodAt('day', period.from + steps);
    case 'week':
      return periodAt('week', period.from + steps * 7);
    default:
      return periodAt(period.grain, addMonths(period.from, steps * MONTHS[period.grain]));
  }
}

/** Reads `2026`, `2026-01`, `2026-Q1`, `2026-W05` or `2026-01-31`; `undefined` for any other text. */
export function parsePeriod(text: string): Period | undefined {
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

/** All periods of the grain that begin in `[from, until)`. */
export function periodsBetween(grain: Grain, from: Day, until: Day): readonly Period[] {
  const periods: Period[] = [];
  let period = periodAt(grain, from);
  if (period.from < from) period = shift(period, 1);
  for (; period.from < until; period = shift(period, 1)) periods.push(period);
  return periods;
}

/** Whether `long` is a whole number of `short` (weeks fit in no month). */
export function fits(short: Grain, long: Grain): boolean {
  if (short === long || short === 'day') return true;
  if (short === 'week' || long === 'week' || long === 'day') return false;
  return MONTHS[short] <= MONTHS[long];
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
