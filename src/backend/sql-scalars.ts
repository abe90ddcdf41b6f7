// Words in their order, calendar time and currencies of rows, in SQL: the same as query/scalars.ts says of one value.

import { InternalError } from '../base/diagnostic.ts';
import { fiscalYears } from '../base/fiscal.ts';
import { LOCAL_DAYS } from '../base/local-time.ts';
import { wordBeside, wordsOf } from '../library/words.ts';
import type {
  ConvertNode,
  Expression,
  MonthsLaterNode,
  ScalarNode,
  WordPlaceNode,
  WordStepNode,
  WorkingTimeNode,
} from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import { rateOf } from '../query/scalars.ts';
import { BETWEEN } from '../query/shortfalls.ts';
import { clockJoin, dayOfSeconds, localClockJoin, localDay } from './sql-clock.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { dayMonthsLater, periodStart } from './sql-periods.ts';
import { type RowChain, sameScale } from './sql-row.ts';
import { decimalType, type SqlValue, textParameter } from './sql-text.ts';

export function scalarSql(chain: RowChain, node: ScalarNode): SqlValue {
  switch (node.kind) {
    case 'word place':
      return wordPlace(chain, node);
    case 'word step':
      return wordStep(chain, node);
    case 'period start':
      return { sql: startOfPeriod(chain, node.of), scale: undefined };
    case 'months later':
      return monthsLater(chain, node);
    case 'moment':
      return momentOf(chain, node.of);
    case 'working time':
      return workingTime(chain, node);
    case 'convert':
      return converted(chain, node);
    default:
      return node satisfies never;
  }
}

function wordPlace(chain: RowChain, node: WordPlaceNode): SqlValue {
  const { sql } = chain.expression(node.of);
  const cases = wordsOf(node.of.type).map(
    (word, at) => `WHEN ${textParameter(chain.names.parameters, word)} THEN ${at + 1}`,
  );
  return { sql: `CAST(CASE ${sql} ${cases.join(' ')} END AS DECIMAL(38, 0))`, scale: 0 };
}

function wordStep(chain: RowChain, node: WordStepNode): SqlValue {
  const { parameters } = chain.names;
  const { type } = node.of;
  const { sql } = chain.expression(node.of);
  const cases = wordsOf(type).map(
    (word) =>
      `WHEN ${textParameter(parameters, word)} THEN ${textParameter(parameters, wordBeside(type, word, node.by))}`,
  );
  return { sql: `CASE ${sql} ${cases.join(' ')} END`, scale: undefined };
}

// ---- calendar time -----------------------------------------------------------------------------------------

function startOfPeriod(chain: RowChain, of: Expression): string {
  const { model, parameters, dialect } = chain.names;
  const names = { calendars: fiscalYears(model), parameters, dialect };
  return periodStart(chain.hold(chain.expression(of)).sql, names);
}

function monthsLater(chain: RowChain, node: MonthsLaterNode): SqlValue {
  const of = chain.hold(chain.expression(node.of));
  const { dialect } = chain.names;
  const months = String(node.months);
  if (node.of.type.kind === 'date') return { sql: dayMonthsLater(of.sql, months, dialect), scale: undefined };
  const scale = of.scale ?? 0;
  const { local } = withLocal(chain, of.sql);
  const day = dayOfSeconds(local, dialect);
  const wanted = chain.hold({
    sql: `${dayMonthsLater(day, months, dialect)} * 86400 + ((${local} % 86400) + 86400) % 86400`,
    scale: undefined,
  });
  const checked = chain.hold(withinClock(dayOfSeconds(wanted.sql, dialect), wanted.sql, dialect));
  const column = chain.fresh;
  const part = `CAST(${of.sql} - floor(${of.sql}) AS ${decimalType(scale)})`;
  const decimal = decimalType(scale);
  chain.add(
    (before) => `SELECT ${before}.*, CASE WHEN clock.ahead IS NOT NULL
THEN CAST(CAST(${checked.sql} - clock.ahead AS ${decimal}) + ${part} AS ${decimal})
ELSE CAST(clock.resume AS ${decimal}) END AS ${column}
FROM ${localClockJoin(before, checked.sql, chain.names)}`,
  );
  return { sql: column, scale };
}

/** A column with the whole local seconds of a moment. */
function withLocal(chain: RowChain, moment: string): { readonly local: string } {
  const column = chain.fresh;
  chain.add(
    (before) => `SELECT ${before}.*, CAST(floor(${moment}) AS BIGINT) + clock.ahead AS ${column}
FROM ${clockJoin(before, moment, chain.names)}`,
  );
  const { dialect } = chain.names;
  const checked = chain.hold(withinClock(dayOfSeconds(column, dialect), column, dialect));
  return { local: checked.sql };
}

/** A value whose day must be one for which local time is worked out. */
function withinClock(day: string, value: string, { stop }: SqlDialect): SqlValue {
  const shortfall = stop(`'shortfall=moment${BETWEEN}' || CAST(${day} AS VARCHAR)`);
  const sql = `CASE WHEN ${day} < ${LOCAL_DAYS.from} OR ${day} > ${LOCAL_DAYS.last} THEN ${shortfall} ELSE ${value} END`;
  return { sql, scale: undefined };
}

/** What a relation of a calendar's boundaries is called. */
export function workingTable(model: Model, calendar: string): string {
  const at = model.calendars.findIndex((each) => each.name === calendar);
  if (at < 0) throw new InternalError(`no such calendar: ${calendar}`);
  return `working${at}`;
}

function workingTime(chain: RowChain, node: WorkingTimeNode): SqlValue {
  const [until, from] = [node.until, node.from].map((each) => workedBy(chain, node.calendar, each));
  const [end, start] = sameScale([until!, from!]) as [SqlValue, SqlValue];
  return { sql: `(${end.sql} - ${start.sql})`, scale: end.scale };
}

/** The working seconds that have passed by a moment, or by the first moment of a day. */
function workedBy(chain: RowChain, calendar: string, node: Expression): SqlValue {
  const moment = momentOf(chain, node);
  const column = chain.fresh;
  const decimal = decimalType(moment.scale ?? 0);
  const worked = `CAST(coalesce(boundary.worked, 0) AS ${decimal})`;
  const since = `CASE WHEN boundary.runs THEN CAST(${moment.sql} - CAST(boundary.i AS ${decimal}) AS ${decimal}) ELSE CAST(0 AS ${decimal}) END`;
  const boundary = chain.names.dialect.asOf({
    table: workingTable(chain.names.model, calendar),
    as: 'boundary',
    by: 'i',
    value: `CAST(floor(${moment.sql}) AS BIGINT)`,
  });
  chain.add(
    (
      before,
    ) => `SELECT ${before}.*, CASE WHEN ${moment.sql} IS NOT NULL THEN CAST(${worked} + ${since} AS ${decimal}) END AS ${column}
FROM ${before} ${boundary}`,
  );
  return { sql: column, scale: moment.scale };
}

function momentOf(chain: RowChain, node: Expression): SqlValue {
  const value = chain.hold(chain.expression(node));
  if (node.type.kind !== 'date') {
    const { local } = withLocal(chain, value.sql);
    // the local time is named so that a moment outside the clock's years stops here
    return chain.hold({ sql: `CASE WHEN ${local} IS NOT NULL THEN ${value.sql} END`, scale: value.scale });
  }
  const midnight = chain.hold(withinClock(value.sql, `${value.sql} * 86400`, chain.names.dialect));
  const column = chain.fresh;
  chain.add(
    (
      before,
    ) => `SELECT ${before}.*, CAST(CASE WHEN clock.ahead IS NOT NULL THEN ${midnight.sql} - clock.ahead ELSE clock.resume END AS DECIMAL(38, 0)) AS ${column}
FROM ${localClockJoin(before, midnight.sql, chain.names)}`,
  );
  return { sql: column, scale: 0 };
}

// ---- currencies --------------------------------------------------------------------------------------------

function converted(chain: RowChain, node: ConvertNode): SqlValue {
  const { amount, rate, from, day } = conversion(chain, node);
  const to = textParameter(chain.names.parameters, node.to);
  const scale = (amount.scale ?? 0) + (rate.scale ?? 0);
  const decimal = decimalType(scale);
  return {
    sql: `CASE WHEN ${day} IS NULL THEN NULL WHEN ${from} = ${to} THEN CAST(${amount.sql} AS ${decimal}) ELSE CAST(${amount.sql} * ${rate.sql} AS ${decimal}) END`,
    scale,
  };
}

interface Conversion {
  readonly amount: SqlValue;
  readonly rate: SqlValue;
  readonly from: string;
  readonly day: string;
}

function conversion(chain: RowChain, node: ConvertNode): Conversion {
  const rate = chain.expression(rateOf(chain.names.model, node));
  const amount = chain.hold(chain.expression(node.amount));
  const from = chain.hold(chain.expression(node.from)).sql;
  let day = chain.hold(chain.expression(node.at)).sql;
  if (node.at.type.kind === 'datetime') {
    const column = chain.fresh;
    const moment = day;
    chain.add(
      (before) => `SELECT ${before}.*, ${localDay(moment, 'clock.ahead', chain.names.dialect)} AS ${column}
FROM ${clockJoin(before, moment, chain.names)}`,
    );
    day = column;
  }
  return { amount, rate, from, day };
}

/** The shortfall of a conversion as a text, or NULL: a rate that is needed and isn't there. */
export function conversionShort(chain: RowChain, node: ConvertNode): string {
  const { amount, rate, from, day } = conversion(chain, node);
  const { parameters } = chain.names;
  const to = textParameter(parameters, node.to);
  const head = textParameter(parameters, ['rate', node.table, node.to, ''].join(BETWEEN));
  const between = textParameter(parameters, BETWEEN);
  return `CASE WHEN ${amount.sql} IS NOT NULL AND ${day} IS NOT NULL AND ${from} <> ${to} AND ${rate.sql} IS NULL
THEN ${head} || CAST(${day} AS VARCHAR) || ${between} || ${from} END`;
}
