// Periods by their ids in SQL: whether a text is one, and its first day. Those of everybody's calendar, and those of a
// policy's fiscal years (base/fiscal.ts), whose days are worked out from the day on which the years begin.

import { civilOf, type Day } from '../base/date.ts';
import type { FiscalYear } from '../base/fiscal.ts';
import { type Parameters, textParameter } from './sql-text.ts';

/** Calendars whose periods a text may name, and the values of the statement that it stands in. */
export interface PeriodNames {
  readonly calendars: readonly FiscalYear[];
  readonly parameters: Parameters;
}

/** A day so many months later; DuckDB too takes the month's last day where it has no such date. */
export function dayMonthsLater(day: string, months: number | string): string {
  const date = `(DATE '1970-01-01' + CAST(${day} AS INTEGER))`;
  return `CAST(CAST(${date} + to_months(${months}) AS DATE) - DATE '1970-01-01' AS BIGINT)`;
}

/** Whether a text is a period that exists. */
export function isPeriod(text: string, names: PeriodNames): string {
  const fiscal = names.calendars.map((each) => isFiscal(text, each, names.parameters));
  return `(${[isCivil(text), ...fiscal].join(' OR ')})`;
}

/** The first day of the period that a text names; NULL for one that names none. */
export function periodStart(id: string, { calendars, parameters }: PeriodNames): string {
  const fiscal = calendars.map(
    (each) => `WHEN ${isNamed(id, each, parameters)} THEN ${fiscalStart(partsOf(id), each)}`,
  );
  return `CASE ${fiscal.join('\n')} ${civilStart(id)} END`;
}

// ---- everybody's calendar ------------------------------------------------------------------------------------

function isCivil(text: string): string {
  const shapes = ['', '-(0[1-9]|1[0-2])', '-Q[1-4]', '-W[0-9]{2}', '-[0-9]{2}-[0-9]{2}'];
  const thursday = `CAST(CASE ${civilStart(text)} END + 3 AS INTEGER)`;
  // a week belongs to the year of its Thursday; nothing of a text without the shape is worked out, which could fail
  return `CASE WHEN NOT coalesce(regexp_full_match(${text}, '[0-9]{4}(?:${shapes.join('|')})'), FALSE) THEN FALSE
WHEN ${text}[1:4] = '0000' THEN FALSE
WHEN length(${text}) = 10 THEN TRY_CAST(${text} AS DATE) IS NOT NULL
WHEN ${text}[6:6] = 'W' THEN year(DATE '1970-01-01' + ${thursday}) = TRY_CAST(${text}[1:4] AS INTEGER) ELSE TRUE END`;
}

/** The branches of a choice by the shape of the text. */
function civilStart(id: string): string {
  const year = `TRY_CAST(${id}[1:4] AS INTEGER)`;
  const part = `TRY_CAST(${id}[7:] AS INTEGER)`;
  const days = (date: string): string => `CAST(${date} - DATE '1970-01-01' AS BIGINT)`;
  const januaryFourth = days(`make_date(${year}, 1, 4)`);
  // the week of January 4 is the first one; 719463 makes days positive and lets weeks begin on Mondays
  const week = `(${januaryFourth} - (${januaryFourth} + 719463) % 7 + (${part} - 1) * 7)`;
  return `WHEN length(${id}) = 4 THEN ${days(`make_date(${year}, 1, 1)`)}
WHEN ${id}[6:6] = 'Q' THEN ${days(`make_date(${year}, ${part} * 3 - 2, 1)`)}
WHEN ${id}[6:6] = 'W' THEN ${week}
WHEN length(${id}) = 7 THEN ${days(`TRY_CAST(${id} || '-01' AS DATE)`)}
WHEN ${id} IS NOT NULL THEN ${days(`TRY_CAST(${id} AS DATE)`)}`;
}

// ---- fiscal years --------------------------------------------------------------------------------------------

/** What stands after the name of a calendar and `-`: a year, and what of it. */
interface FiscalParts {
  readonly rest: string;
  readonly year: string;
  /** The number of the month, quarter or week. */
  readonly part: string;
}

function partsOf(id: string): FiscalParts {
  const rest = `regexp_extract(${id}, '([0-9]{4}(?:-(?:0[1-9]|1[0-2]|Q[1-4]|W[0-9]{2}))?)$', 1)`;
  return {
    rest,
    year: `TRY_CAST(${rest}[1:4] AS INTEGER)`,
    part: `TRY_CAST(regexp_extract(${rest}, '-[QW]?([0-9]+)$', 1) AS INTEGER)`,
  };
}

/** Whether the text is the calendar's name and what may follow it. */
function isNamed(id: string, { name }: FiscalYear, parameters: Parameters): string {
  const { rest } = partsOf(id);
  return `(${rest} <> '' AND ${id} = ${textParameter(parameters, `${name}-`)} || ${rest})`;
}

function isFiscal(id: string, calendar: FiscalYear, parameters: Parameters): string {
  const { rest, year, part } = partsOf(id);
  const next = startOfYear(`(${year} + 1)`, calendar);
  const week = calendar.weeks
    ? `${part} >= 1 AND ${startOfYear(year, calendar)} + ${part} * 7 <= ${next}`
    : 'FALSE';
  return `CASE WHEN NOT coalesce(${isNamed(id, calendar, parameters)} AND ${year} >= 1, FALSE) THEN FALSE
WHEN ${rest}[6:6] = 'W' THEN ${week} ELSE TRUE END`;
}

function fiscalStart({ rest, year, part }: FiscalParts, calendar: FiscalYear): string {
  const month = `CASE WHEN length(${rest}) = 4 THEN 0 WHEN ${rest}[6:6] = 'Q' THEN ${part} * 3 - 3 ELSE ${part} - 1 END`;
  const { starts, weeks } = calendar;
  if (!weeks)
    return dayMonthsLater(
      `${starts}`,
      `CAST((${year} - ${civilOf(starts).year}) * 12 + ${month} AS INTEGER)`,
    );
  const before = Array.from({ length: 12 }, (_, at) => `WHEN ${at} THEN ${weeksBefore(weeks, at)}`).join(' ');
  return `(${startOfYear(year, calendar)} + 7 * CASE WHEN ${rest}[6:6] = 'W' THEN ${part} - 1
ELSE CASE ${month} ${before} END END)`;
}

/** How many weeks of a year lie before a month of it, from 0. */
function weeksBefore(weeks: readonly number[], month: number): number {
  return Array.from({ length: month }, (_, at) => weeks[at % 3]!).reduce((sum, each) => sum + each, 0);
}

/** The day on which a year begins: of those made of weeks, the weekday of `starts` that is nearest to its date. */
function startOfYear(year: string, { starts, weeks }: FiscalYear): string {
  const date = (day: Day): string =>
    dayMonthsLater(`${day}`, `CAST((${year} - ${civilOf(starts).year}) * 12 AS INTEGER)`);
  if (!weeks) return date(starts);
  const earliest = `(${date(starts)} - 3)`;
  return `(${earliest} + ((${starts} - ${earliest}) % 7 + 7) % 7)`;
}
