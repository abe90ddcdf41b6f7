// Periods by their ids in SQL: whether a text is one, and its first day. Those of everybody's calendar, and those of a
// policy's fiscal years (base/fiscal.ts), whose days are worked out from the day on which the years begin.

import { civilOf, type Day } from '../base/date.ts';
import type { FiscalYear } from '../base/fiscal.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { type Parameters, textParameter } from './sql-text.ts';

/** Calendars whose periods a text may name, and the values of the statement that it stands in. */
export interface PeriodNames {
  readonly calendars: readonly FiscalYear[];
  readonly parameters: Parameters;
  readonly dialect: SqlDialect;
}

/** A day so many months later, or the month's last one where it has no such date; `months` is an INTEGER. */
export function dayMonthsLater(day: string, months: string, { monthsLater }: SqlDialect): string {
  return dayNumber(monthsLater(`(DATE '1970-01-01' + CAST(${day} AS INTEGER))`, months));
}

/** A DATE as its day. */
function dayNumber(date: string): string {
  return `CAST(${date} - DATE '1970-01-01' AS BIGINT)`;
}

/** Whether a text is a period that exists. */
export function isPeriod(text: string, names: PeriodNames): string {
  const fiscal = names.calendars.map((each) => isFiscal(text, each, names));
  return `(${[isCivil(text, names.dialect), ...fiscal].join(' OR ')})`;
}

/** The first day of the period that a text names; NULL for one that names none. */
export function periodStart(id: string, names: PeriodNames): string {
  const { calendars, dialect } = names;
  const fiscal = calendars.map(
    (each) => `WHEN ${isNamed(id, each, names)} THEN ${fiscalStart(partsOf(id, dialect), each, dialect)}`,
  );
  return `CASE ${fiscal.join('\n')} ${civilStart(id, dialect)} END`;
}

// ---- everybody's calendar ------------------------------------------------------------------------------------

function isCivil(text: string, dialect: SqlDialect): string {
  const shapes = ['', '-(0[1-9]|1[0-2])', '-Q[1-4]', '-W[0-9]{2}', '-[0-9]{2}-[0-9]{2}'];
  const thursday = `CAST(CASE ${civilStart(text, dialect)} END + 3 AS INTEGER)`;
  const shape = `[0-9]{4}(?:${shapes.join('|')})`;
  // a week belongs to the year of its Thursday; nothing of a text without the shape is worked out, which could fail
  return `CASE WHEN NOT coalesce(${dialect.matches(text, shape)}, FALSE) THEN FALSE
WHEN substr(${text}, 1, 4) = '0000' THEN FALSE
WHEN length(${text}) = 10 THEN ${dialect.date(text)} IS NOT NULL
WHEN substr(${text}, 6, 1) = 'W'
THEN extract(year FROM DATE '1970-01-01' + ${thursday}) = ${dialect.long(`substr(${text}, 1, 4)`)} ELSE TRUE END`;
}

/** The branches of a choice by the shape of the text. */
function civilStart(id: string, dialect: SqlDialect): string {
  const year = `CAST(${dialect.long(`substr(${id}, 1, 4)`)} AS INTEGER)`;
  const part = `CAST(${dialect.long(`substr(${id}, 7)`)} AS INTEGER)`;
  const januaryFourth = dayNumber(`make_date(${year}, 1, 4)`);
  // the week of January 4 is the first one; 719463 makes days positive and lets weeks begin on Mondays
  const week = `(${januaryFourth} - (${januaryFourth} + 719463) % 7 + (${part} - 1) * 7)`;
  return `WHEN length(${id}) = 4 THEN ${dayNumber(`make_date(${year}, 1, 1)`)}
WHEN substr(${id}, 6, 1) = 'Q' THEN ${dayNumber(`make_date(${year}, ${part} * 3 - 2, 1)`)}
WHEN substr(${id}, 6, 1) = 'W' THEN ${week}
WHEN length(${id}) = 7 THEN ${dayNumber(dialect.date(`${id} || '-01'`))}
WHEN ${id} IS NOT NULL THEN ${dayNumber(dialect.date(id))}`;
}

// ---- fiscal years --------------------------------------------------------------------------------------------

/** What stands after the name of a calendar and `-`: a year, and what of it. */
interface FiscalParts {
  readonly rest: string;
  readonly year: string;
  /** The number of the month, quarter or week. */
  readonly part: string;
}

function partsOf(id: string, { found, long }: SqlDialect): FiscalParts {
  const rest = found(id, '([0-9]{4}(?:-(?:0[1-9]|1[0-2]|Q[1-4]|W[0-9]{2}))?)$');
  return { rest, year: long(`substr(${rest}, 1, 4)`), part: long(found(rest, '-[QW]?([0-9]+)$')) };
}

/** Whether the text is the calendar's name and what may follow it. */
function isNamed(id: string, { name }: FiscalYear, { parameters, dialect }: PeriodNames): string {
  const { rest } = partsOf(id, dialect);
  return `(${rest} <> '' AND ${id} = ${textParameter(parameters, `${name}-`)} || ${rest})`;
}

function isFiscal(id: string, calendar: FiscalYear, names: PeriodNames): string {
  const { dialect } = names;
  const { rest, year, part } = partsOf(id, dialect);
  const next = startOfYear(`(${year} + 1)`, calendar, dialect);
  const week = calendar.weeks
    ? `${part} >= 1 AND ${startOfYear(year, calendar, dialect)} + ${part} * 7 <= ${next}`
    : 'FALSE';
  return `CASE WHEN NOT coalesce(${isNamed(id, calendar, names)} AND ${year} >= 1, FALSE) THEN FALSE
WHEN substr(${rest}, 6, 1) = 'W' THEN ${week} ELSE TRUE END`;
}

function fiscalStart({ rest, year, part }: FiscalParts, calendar: FiscalYear, dialect: SqlDialect): string {
  const month = `CASE WHEN length(${rest}) = 4 THEN 0 WHEN substr(${rest}, 6, 1) = 'Q' THEN ${part} * 3 - 3 ELSE ${part} - 1 END`;
  const { starts, weeks } = calendar;
  if (!weeks)
    return dayMonthsLater(
      `${starts}`,
      `CAST((${year} - ${civilOf(starts).year}) * 12 + ${month} AS INTEGER)`,
      dialect,
    );
  const before = Array.from({ length: 12 }, (_, at) => `WHEN ${at} THEN ${weeksBefore(weeks, at)}`).join(' ');
  return `(${startOfYear(year, calendar, dialect)} + 7 * CASE WHEN substr(${rest}, 6, 1) = 'W' THEN ${part} - 1
ELSE CASE ${month} ${before} END END)`;
}

/** How many weeks of a year lie before a month of it, from 0. */
function weeksBefore(weeks: readonly number[], month: number): number {
  return Array.from({ length: month }, (_, at) => weeks[at % 3]!).reduce((sum, each) => sum + each, 0);
}

/** The day on which a year begins: of those made of weeks, the weekday of `starts` that is nearest to its date. */
function startOfYear(year: string, { starts, weeks }: FiscalYear, dialect: SqlDialect): string {
  const date = (day: Day): string =>
    dayMonthsLater(`${day}`, `CAST((${year} - ${civilOf(starts).year}) * 12 AS INTEGER)`, dialect);
  if (!weeks) return date(starts);
  const earliest = `(${date(starts)} - 3)`;
  return `(${earliest} + ((${starts} - ${earliest}) % 7 + 7) % 7)`;
}
