// Whose rows are: the credit lines of an event in SQL, and with them each row's fate. Reads `<prefix>_left` (rows that
// are sound, dated and not too early, with `a<n>` and `p<n>`: whether line n applies, and its person).

import { InternalError } from '../base/diagnostic.ts';
import {
  decimalPlaces,
  divide,
  type Exact,
  exact,
  exactText,
  fixedText,
  fraction,
  multiply,
  whole,
} from '../base/exact.ts';
import type { CreditModel, EventModel } from '../model/policy.ts';
import type { DayRange } from './backend.ts';
import type { Connection } from './sql-connection.ts';
import { ABOVE } from './sql-reference.ts';
import {
  decimalType,
  noParameters,
  type Parameters,
  type SqlValue,
  textParameter,
  tooManyDigits,
} from './sql-text.ts';

/** What crediting the rows of an event needs. */
export interface CreditOptions {
  readonly connection: Connection;
  readonly event: EventModel;
  /** The dates by which the rows of `<prefix>_left` count, the posting one first. */
  readonly dates: readonly CountedDate[];
  readonly prefix: string;
}

/** A date by which a run looks at rows. */
export interface CountedDate {
  /** A column of days. */
  readonly day: string;
  readonly days: DayRange;
}

/** The table of an event's credits by one of its dates, the posting one being the first. */
export function creditTable(prefix: string, date: number): string {
  return date === 0 ? `${prefix}_credit` : `${prefix}_credit${date}`;
}

/** The table of the ordinary shares of its used rows that count for nobody: `r` and `num`. */
export function outsideTable(prefix: string, date: number): string {
  return `${creditTable(prefix, date)}_outside`;
}

/** Shares are whole numbers over one denominator, so that thirds come to one. */
export interface Shares {
  readonly whole: bigint;
  /** What a numerator in the database stands for. */
  of(numerator: Exact): Exact;
}

export function sharesOf(event: EventModel): Shares {
  let all = 1n;
  for (const { share } of event.credit) {
    if (share === 'rest') continue;
    const den = BigInt(exact(share).den);
    all = (all / divisor(all, den)) * den;
  }
  return { whole: all, of: (numerator) => divide(numerator, whole(all)) ?? numerator };
}

/** The share of a row that somebody is credited with, from its numerator `num`; a third isn't a decimal. */
export function shareSql(event: EventModel): SqlValue {
  const part = divide(whole(1n), whole(sharesOf(event).whole))!;
  const scale = decimalPlaces(part);
  if (scale === undefined) throw tooManyDigits(`a share such as ${exactText(part)} of \`${event.name}\``);
  const type = decimalType(scale);
  return { sql: `CAST(num * CAST('${fixedText(part, scale)}' AS ${type}) AS ${type})`, scale };
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}

/**
 * Makes `<prefix>_fate` (`r`; `reject`, `filter`: why the row isn't used, or NULL; `used<n>`: whether it counts by date
 * n; `dropped`, `nameless`, `elsewhere`: credits that count for nobody), and the `creditTable` of each date (of the rows that count by
 * it: `r`, `line`, `num`, `as_name`, `extra`, `person`, `pid`, `stay`).
 */
export async function settleCredit(options: CreditOptions): Promise<void> {
  const { connection, event, prefix, dates } = options;
  const about = `the credit of \`${event.name}\``;
  const parameters = noParameters();
  const used = dates.map((_, at) => `used${at}`);
  if (event.credit.length === 0) {
    await connection.make(`${prefix}_fate`, {
      sql: `SELECT r, CAST(NULL AS VARCHAR) AS reject,
CASE WHEN NOT (${dates.map(({ day, days }) => liesIn(day, days)).join(' OR ')}) THEN 'outside the periods' END AS filter,
${dates.map(({ day, days }, at) => `${liesIn(day, days)} AS used${at}`).join(', ')}, CAST(0 AS BIGINT) AS dropped, CAST(0 AS BIGINT) AS nameless,
CAST(0 AS BIGINT) AS elsewhere
FROM ${prefix}_left WHERE seen`,
      values: [],
      about,
    });
    for (const at of dates.keys()) {
      const credits = { r: 'BIGINT', line: 'BIGINT', num: 'DECIMAL(38, 0)', as_name: 'VARCHAR' };
      const persons = { extra: 'BOOLEAN', person: 'VARCHAR', pid: 'BIGINT', stay: 'BIGINT' };
      await connection.make(creditTable(prefix, at), {
        sql: nothingOf({ ...credits, ...persons }),
        values: [],
        about,
      });
      const outside = nothingOf({ r: 'BIGINT', num: 'DECIMAL(38, 0)' });
      await connection.make(outsideTable(prefix, at), { sql: outside, values: [], about });
    }
    return;
  }
  const { whole: all } = sharesOf(event);
  await connection.make(`${prefix}_shares`, {
    sql: `SELECT *, ${soundness(event.credit, all)} FROM ${prefix}_left WHERE seen`,
    values: [],
    about,
  });
  const lines = event.credit.map((_, at) => lineSql(event.credit, at, { prefix, parameters, all }));
  await connection.make(`${prefix}_holds`, {
    sql: `WITH named AS (${lines.join('\nUNION ALL\n')}), lines AS (${datedLines(dates, prefix)})
SELECT lines.*, people.pid AS pid, people.stay AS stay FROM lines
LEFT JOIN people ON lines.person = people.person AND people.since <= lines.counted AND lines.counted < people.until
AND ${allowedRole(event.credit, parameters)}`,
    values: parameters.values,
    about,
  });
  await connection.make(`${prefix}_fate`, {
    sql: `WITH line AS (SELECT r, date, line, min(counted) AS counted,
  ${heldSql(event.credit)} AS held FROM ${prefix}_holds GROUP BY r, date, line, person),
dated AS (SELECT r, date, max(held) AS most, count(*) FILTER (WHERE held = 0) AS dropped,
  bool_or(held > 0) AS anybody, bool_or(${insideSql(dates)}) AS inside FROM line GROUP BY r, date),
rows AS (SELECT r, max(most) AS most, sum(dropped) FILTER (WHERE anybody AND inside) AS dropped,
  bool_or(anybody) AS anybody, ${used.map((each, at) => `coalesce(bool_or(anybody AND inside) FILTER (WHERE date = ${at}), FALSE) AS ${each}`).join(', ')}
  FROM dated GROUP BY r)
SELECT s.r, CASE WHEN nobody THEN 'nobody credited' WHEN NOT sound THEN 'shares not 100%'
  WHEN most > 1 THEN 'two roles that day' END AS reject,
CASE WHEN NOT coalesce(anybody, FALSE) THEN 'nobody in a role that day'
  WHEN NOT (${used.join(' OR ')}) THEN 'outside the periods' END AS filter,
${used.map((each) => `coalesce(${each}, FALSE) AS ${each}`).join(', ')}, coalesce(dropped, 0) AS dropped, nameless,
coalesce(elsewhere, 0) AS elsewhere
FROM ${prefix}_shares AS s LEFT JOIN rows ON s.r = rows.r LEFT JOIN (${elsewhereSql(event.credit, prefix)}) AS e ON s.r = e.r`,
    values: [],
    about,
  });
  for (const at of dates.keys()) {
    await connection.make(creditTable(prefix, at), {
      sql: `SELECT h.r, h.line, h.num, h.as_name, h.extra, h.person, h.pid, h.stay FROM ${prefix}_holds AS h JOIN ${prefix}_fate AS f ON h.r = f.r
  WHERE h.date = ${at} AND f.used${at} AND h.stay IS NOT NULL AND f.reject IS NULL AND f.filter IS NULL`,
      values: [],
      about,
    });
  }
  for (const at of dates.keys()) {
    await connection.make(outsideTable(prefix, at), {
      sql: `SELECT h.r, h.num FROM ${prefix}_holds AS h JOIN ${prefix}_fate AS f ON h.r = f.r
  WHERE h.date = ${at} AND f.used${at} AND h.stay IS NULL AND NOT h.extra AND f.reject IS NULL AND f.filter IS NULL`,
      values: [],
      about,
    });
  }
  for (const table of ['shares', 'holds']) {
    await connection.drop(`${prefix}_${table}`);
  }
}

/** A relation of these columns without rows. */
function nothingOf(columns: Readonly<Record<string, string>>): string {
  const cells = Object.entries(columns).map(([name, type]) => `CAST(NULL AS ${type}) AS ${name}`);
  return `SELECT ${cells.join(', ')} WHERE FALSE`;
}

/** The lines that name somebody, once for each date that the row has: with the day by which it counts. */
function datedLines(dates: readonly CountedDate[], prefix: string): string {
  if (dates.length === 1) return 'SELECT *, CAST(0 AS BIGINT) AS date, day AS counted FROM named';
  const days = dates.map(
    ({ day }, at) => `SELECT r, CAST(${at} AS BIGINT) AS date, ${day} AS counted FROM ${prefix}_shares`,
  );
  return `SELECT named.*, d.date, d.counted FROM named JOIN (${days.join(' UNION ALL ')}) AS d
ON named.r = d.r AND d.counted IS NOT NULL`;
}

function insideSql(dates: readonly CountedDate[]): string {
  return `CASE date ${dates.map(({ days }, at) => `WHEN ${at} THEN ${liesIn('counted', days)}`).join(' ')} END`;
}

/** Whether a day lies in a range; one that is missing lies nowhere. */
function liesIn(day: string, { from, until }: DayRange): string {
  return `coalesce(${Math.trunc(from)} <= ${day} AND ${day} < ${Math.trunc(until)}, FALSE)`;
}

/** `nobody`: an ordinary line that applies names nobody; `said`: the sum of shares but `rest`; `sound`: all come to one. */
function soundness(credit: readonly CreditModel[], all: bigint): string {
  const nobody: string[] = [];
  const nameless: string[] = [];
  const said: string[] = [];
  const rests: string[] = [];
  credit.forEach((line, at) => {
    if (line.leadsAbove)
      nameless.push(`(a${at} AND NOT EXISTS (SELECT 1 FROM ${ABOVE} WHERE ${standsAbove(at)}))`);
    else (line.extra ? nameless : nobody).push(`(a${at} AND p${at} IS NULL)`);
    if (line.extra) return;
    if (line.share === 'rest') rests.push(`CASE WHEN a${at} THEN 1 ELSE 0 END`);
    else said.push(`CASE WHEN a${at} THEN ${big(numerator(line.share, all))} ELSE ${big(0n)} END`);
  });
  const sum = said.length > 0 ? said.join(' + ') : big(0n);
  const rest = rests.length > 0 ? `(${rests.join(' + ')})` : '0';
  const none = (parts: readonly string[]): string => (parts.length > 0 ? parts.join(' OR ') : 'FALSE');
  return `(${none(nobody)}) AS nobody,
CAST(${sum} AS DECIMAL(38, 0)) AS said,
(${sum} <= ${big(all)} AND (${sum}) + ${rest} * (${big(all)} - (${sum})) = ${big(all)}) AS sound,
${nameless.length > 0 ? nameless.map((each) => `CASE WHEN ${each} THEN 1 ELSE 0 END`).join(' + ') : 'CAST(0 AS BIGINT)'} AS nameless`;
}

/** Who stands above the person of a line on the row's day. */
function standsAbove(at: number): string {
  return `above_of = p${at} AND above_since <= day AND day < above_until`;
}

/** How many roles that a line allows the person holds; a line that credits every role is content with several. */
function heldSql(credit: readonly CreditModel[]): string {
  const every = credit.flatMap((line, at) => (line.inEveryRole ? [at] : []));
  return every.length === 0
    ? 'count(stay)'
    : `CASE WHEN line IN (${every.join(', ')}) THEN least(count(stay), 1) ELSE count(stay) END`;
}

function lineSql(
  credit: readonly CreditModel[],
  at: number,
  context: { readonly prefix: string; readonly parameters: Parameters; readonly all: bigint },
): string {
  const line = credit[at]!;
  const { prefix, parameters, all } = context;
  const num = line.share === 'rest' ? `${big(all)} - said` : big(numerator(line.share, all));
  const as =
    line.extra && line.as !== undefined ? textParameter(parameters, line.as) : 'CAST(NULL AS VARCHAR)';
  const others = namedByOthers(credit, at);
  return `SELECT r, day, CAST(${at} AS BIGINT) AS line, ${personOf(line, at)} AS person, CAST(${num} AS DECIMAL(38, 0)) AS num,
${as} AS as_name, ${line.extra} AS extra FROM ${namesOfLine(line, at, prefix)}${others === undefined ? '' : ` AND NOT ${others}`}`;
}

function personOf(line: CreditModel, at: number): string {
  return line.leadsAbove ? `${ABOVE}.above` : `p${at}`;
}

/** The rows to which a line applies, once for each person whom it names. */
function namesOfLine(line: CreditModel, at: number, prefix: string): string {
  const from = line.leadsAbove ? `${prefix}_shares JOIN ${ABOVE} ON ${standsAbove(at)}` : `${prefix}_shares`;
  return `${from} WHERE NOT nobody AND sound AND a${at} AND p${at} IS NOT NULL`;
}

/** Whether a line leaves its person to another: an ordinary one, or an extra one that stands before it. */
function namedByOthers(credit: readonly CreditModel[], at: number): string | undefined {
  const line = credit[at]!;
  if (!line.extra || line.also) return undefined;
  const person = personOf(line, at);
  const others = credit.flatMap((each, other) => {
    if (each.extra && other >= at) return [];
    if (!each.leadsAbove) return [`a${other} AND p${other} = ${person}`];
    return [
      `a${other} AND EXISTS (SELECT 1 FROM ${ABOVE} AS o WHERE o.above_of = p${other} AND o.above = ${person}
AND o.above_since <= day AND day < o.above_until)`,
    ];
  });
  return others.length === 0 ? undefined : `coalesce(${others.join(' OR ')}, FALSE)`;
}

/** How many persons of a row's extra lines are left to other lines (`elsewhere`), of the rows that have any. */
function elsewhereSql(credit: readonly CreditModel[], prefix: string): string {
  const left = credit.flatMap((line, at) => {
    const others = namedByOthers(credit, at);
    return others === undefined ? [] : [`SELECT r FROM ${namesOfLine(line, at, prefix)} AND ${others}`];
  });
  if (left.length === 0)
    return 'SELECT CAST(NULL AS BIGINT) AS r, CAST(NULL AS BIGINT) AS elsewhere WHERE FALSE';
  return `SELECT r, count(*) AS elsewhere FROM (${left.join(' UNION ALL ')}) AS persons GROUP BY r`;
}

function allowedRole(credit: readonly CreditModel[], parameters: Parameters): string {
  const cases = credit.flatMap((line, at) => {
    if (!line.roles) return [];
    const names = line.roles.map((each) => textParameter(parameters, each));
    return [`WHEN ${at} THEN ${names.length > 0 ? `people.role IN (${names.join(', ')})` : 'FALSE'}`];
  });
  return cases.length > 0 ? `CASE lines.line ${cases.join(' ')} ELSE TRUE END` : 'TRUE';
}

function numerator(share: string, all: bigint): bigint {
  const value = multiply(exact(share), fraction(all, 1n));
  if (Number(value.den) !== 1) throw new InternalError(`a share outside its denominator: ${share}`);
  return BigInt(value.num);
}

function big(value: bigint): string {
  return `CAST(${value} AS DECIMAL(38, 0))`;
}
