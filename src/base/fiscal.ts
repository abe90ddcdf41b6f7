// Fiscal years of a calendar: the months, quarters and years that it makes, and their ids. A fiscal grain is text that
// says the whole calendar (`month of retail 2026-02-01 4-4-5`), so that grains compare as texts and stand in plain data.

import { addMonths, civilOf, type Day, dayText, parseDay, weekday } from './date.ts';

/** The lengths that a fiscal calendar has; weeks only where its months are made of weeks. */
export const FISCAL_LENGTHS = ['week', 'month', 'quarter', 'year'] as const;
export type FiscalLength = (typeof FISCAL_LENGTHS)[number];
export type FiscalGrain = `${FiscalLength} of ${string}`;

/**
 * When a calendar's years begin. Without `weeks` its months begin on the day of the month of `starts` (the last one of a
 * shorter month). With `weeks`, those of the three months of a quarter, each year begins on the weekday of `starts`
 * that is nearest to its month and day, and the last month has the week that some years have more than 52.
 */
export interface FiscalYear {
  readonly name: string;
  readonly starts: Day;
  readonly weeks?: readonly number[];
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
const ID = /^(.+)-([0-9]{4})(?:-(?:([0-9]{2})|Q([1-4])|W([0-9]{2})))?$/;
const GRAIN = /^(week|month|quarter|year) of (.+) ([0-9]{4}-[0-9]{2}-[0-9]{2})(?: ([0-9]+(?:-[0-9]+)*))?$/;

export function fiscalGrain(length: FiscalLength, { name, starts, weeks }: FiscalYear): FiscalGrain {
  return `${length} of ${name} ${dayText(starts)}${weeks ? ` ${weeks.join('-')}` : ''}`;
}

// every period is asked for its grain, and a policy has a few
const read = new Map<string, { readonly length: FiscalLength; readonly year: FiscalYear }>();

/** The length and the calendar that a fiscal grain says. */
export function readFiscal(grain: FiscalGrain): { readonly length: FiscalLength; readonly year: FiscalYear } {
  const known = read.get(grain);
  if (known) return known;
  const [, length, name, starts, weeks] = GRAIN.exec(grain)!;
  const year = {
    name: name!,
    starts: parseDay(starts!)!,
    ...(weeks === undefined ? {} : { weeks: weeks.split('-').map(Number) }),
  };
  const found = { length: length as FiscalLength, year };
  read.set(grain, found);
  return found;
}

/**
 * The days of the period that holds the day, and how it is written: `retail-2026-01`, `retail-2026-Q1`,
 * `retail-2026-W05`, `retail-2026`. A year has the number of the calendar year to whose day it begins nearest, so that no
 * two have the same.
 */
export function fiscalPeriod(
  grain: FiscalGrain,
  day: Day,
): { readonly id: string; readonly from: Day; readonly until: Day } {
  const { length, year } = readFiscal(grain);
  const month = monthAt(year, day);
  if (length === 'week') {
    const first = startOfMonth(year, month - modulo(month, 12));
    const week = Math.floor((day - first) / 7);
    const from = first + week * 7;
    return { id: `${yearId(year, month)}-W${pad(week + 1, 2)}`, from, until: from + 7 };
  }
  const first = month - modulo(month, MONTHS[length]);
  const within = modulo(first, 12);
  const id =
    length === 'month' ? `-${pad(within + 1, 2)}` : length === 'quarter' ? `-Q${within / 3 + 1}` : '';
  return {
    id: yearId(year, month) + id,
    from: startOfMonth(year, first),
    until: startOfMonth(year, first + MONTHS[length]),
  };
}

/** The first day of the period `steps` after (below zero: before) the one that begins on the day. */
export function fiscalShift(grain: FiscalGrain, from: Day, steps: number): Day {
  const { length, year } = readFiscal(grain);
  return length === 'week'
    ? from + steps * 7
    : startOfMonth(year, monthAt(year, from) + steps * MONTHS[length]);
}

/** The fiscal years of a policy's calendars. */
export function fiscalYears({
  calendars,
}: {
  readonly calendars: readonly { readonly name: string; readonly fiscal?: Omit<FiscalYear, 'name'> }[];
}): readonly FiscalYear[] {
  return calendars.flatMap(({ name, fiscal }) => (fiscal ? [{ name, ...fiscal }] : []));
}

/** Reads `retail-2026`, `retail-2026-01`, `retail-2026-Q1` or `retail-2026-W05` of one of the calendars. */
export function parseFiscal(
  text: string,
  years: readonly FiscalYear[],
): { readonly grain: FiscalGrain; readonly from: Day } | undefined {
  const match = ID.exec(text);
  const year = years.find(({ name }) => name === match?.[1]);
  if (!match || !year || Number(match[2]) < 1) return undefined;
  const [, , number, month, quarter, week] = match;
  const first = (Number(number) - civilOf(year.starts).year) * 12;
  if (week !== undefined) {
    const grain = fiscalGrain('week', year);
    const from = startOfMonth(year, first) + (Number(week) - 1) * 7;
    return year.weeks && fiscalPeriod(grain, from).id === text ? { grain, from } : undefined;
  }
  const length = month !== undefined ? 'month' : quarter !== undefined ? 'quarter' : 'year';
  const steps = month !== undefined ? Number(month) - 1 : quarter !== undefined ? Number(quarter) * 3 - 3 : 0;
  const grain = fiscalGrain(length, year);
  const from = startOfMonth(year, first + steps);
  return fiscalPeriod(grain, from).id === text ? { grain, from } : undefined;
}

/** Whether a text is written like a period of a fiscal calendar, which a policy may have. */
export function isFiscalText(text: string): boolean {
  return ID.test(text) && parseDay(text) === undefined;
}

/** The first day of a month by its running number: 0 is the first month of the year in which `starts` lies. */
function startOfMonth(year: FiscalYear, month: number): Day {
  if (!year.weeks) return addMonths(year.starts, month);
  const within = modulo(month, 12);
  const quarter = year.weeks.reduce((sum, each) => sum + each, 0);
  const weeks =
    Math.floor(within / 3) * quarter + year.weeks.slice(0, within % 3).reduce((sum, each) => sum + each, 0);
  return startOfYear(year, Math.floor(month / 12)) + weeks * 7;
}

/** The first day of a year made of weeks: 0 is the one that begins on `starts`. */
function startOfYear({ starts }: FiscalYear, number: number): Day {
  const earliest = addMonths(starts, number * 12) - 3;
  return earliest + modulo(weekday(starts) - weekday(earliest), 7);
}

/** The running number of the month that holds the day. */
function monthAt(year: FiscalYear, day: Day): number {
  const [first, at] = [civilOf(year.starts), civilOf(day)];
  let month = (at.year - first.year) * 12 + (at.month - first.month);
  // months of weeks begin up to some weeks away from those of the calendar
  while (startOfMonth(year, month) > day) month--;
  while (startOfMonth(year, month + 1) <= day) month++;
  return month;
}

function yearId({ name, starts }: FiscalYear, month: number): string {
  return `${name}-${pad(civilOf(starts).year + Math.floor(month / 12), 4)}`;
}

/**
 * What a grain's periods are made of: months (none: days) that begin on a date, `first` the number of one that begins a
 * period; or weeks that begin on a weekday, in months of a calendar. Two grains of one `of` have the same months.
 */
export type Made =
  | { readonly of: 'months'; readonly months: number; readonly first: number; readonly date: number }
  | { readonly of: 'weeks'; readonly weekday: number; readonly months: number; readonly calendar: string };

export function fiscalMade(grain: FiscalGrain): Made {
  const { length, year } = readFiscal(grain);
  const { starts, weeks } = year;
  const months = length === 'week' ? 0 : MONTHS[length];
  // quarters of one first day are the same, however their weeks go over months
  if (weeks)
    return { of: 'weeks', weekday: weekday(starts), months, calendar: months === 1 ? grain : `${starts}` };
  const { year: number, month, date } = civilOf(starts);
  return { of: 'months', months, first: number * 12 + month - 1, date };
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
