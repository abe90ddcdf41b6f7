// Whose rows are: the credit lines of an event in SQL, and with them each row's fate. Reads `<prefix>_left` (rows that
// are sound, dated and not too early, with `a<n>` and `p<n>`: whether line n applies, and its person).

import { InternalError } from '../base/diagnostic.ts';
import { divide, type Exact, exact, fraction, multiply, whole } from '../base/exact.ts';
import type { CreditModel, EventModel } from '../model/policy.ts';
import type { DayRange } from './backend.ts';
import type { Connection } from './duckdb-connection.ts';
import { noParameters, type Parameters, textParameter } from './sql-text.ts';

export interface CreditOptions {
  readonly connection: Connection;
  readonly event: EventModel;
  readonly range: DayRange;
  readonly prefix: string;
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

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}

/**
 * Makes `<prefix>_fate` (`r`; `reject`, `filter`: why the row isn't used, or NULL; `dropped`, `nameless`: lines that
 * count for nobody) and `<prefix>_credit` (of used rows: `r`, `line`, `num`, `as_name`, `extra`, `pid`, `stay`).
 */
export async function settleCredit(options: CreditOptions): Promise<void> {
  const { connection, event, prefix, range } = options;
  const about = `the credit of \`${event.name}\``;
  const parameters = noParameters();
  const outside = `(day < ${Math.trunc(range.from)} OR day >= ${Math.trunc(range.until)})`;
  if (event.credit.length === 0) {
    await connection.run({
      sql: `CREATE TEMP TABLE ${prefix}_fate AS SELECT r, CAST(NULL AS VARCHAR) AS reject,
CASE WHEN ${outside} THEN 'outside the periods' END AS filter, CAST(0 AS BIGINT) AS dropped, CAST(0 AS BIGINT) AS nameless
FROM ${prefix}_left`,
      values: [],
      about,
    });
    await connection.run({
      sql: `CREATE TEMP TABLE ${prefix}_credit (r BIGINT, line BIGINT, num DECIMAL(38, 0), as_name VARCHAR, extra BOOLEAN, pid BIGINT, stay BIGINT)`,
      values: [],
      about,
    });
    return;
  }
  const { whole: all } = sharesOf(event);
  await connection.run({
    sql: `CREATE TEMP TABLE ${prefix}_shares AS SELECT *, ${soundness(event.credit, all)} FROM ${prefix}_left`,
    values: [],
    about,
  });
  const lines = event.credit.map((_, at) => lineSql(event.credit, at, { prefix, parameters, all }));
  await connection.run({
    sql: `CREATE TEMP TABLE ${prefix}_holds AS
WITH lines AS (${lines.join('\nUNION ALL\n')})
SELECT lines.*, people.rowid AS pid, people.stay AS stay FROM lines
LEFT JOIN people ON lines.person = people.person AND people.since <= lines.day AND lines.day < people.until
AND ${allowedRole(event.credit, parameters)}`,
    values: parameters.values,
    about,
  });
  await connection.run({
    sql: `CREATE TEMP TABLE ${prefix}_fate AS
WITH line AS (SELECT r, line, any_value(extra) AS extra, count(stay) AS held FROM ${prefix}_holds GROUP BY r, line),
rows AS (SELECT r, max(held) AS most, count(*) FILTER (WHERE held = 0) AS dropped,
  bool_or(NOT extra AND held > 0) AS anybody FROM line GROUP BY r)
SELECT s.r, CASE WHEN nobody THEN 'nobody credited' WHEN NOT sound THEN 'shares not 100%'
  WHEN most > 1 THEN 'two roles that day' END AS reject,
CASE WHEN NOT coalesce(anybody, FALSE) THEN 'nobody in a role that day'
  WHEN ${outside} THEN 'outside the periods' END AS filter,
coalesce(dropped, 0) AS dropped, nameless
FROM ${prefix}_shares AS s LEFT JOIN rows ON s.r = rows.r`,
    values: [],
    about,
  });
  await connection.run({
    sql: `CREATE TEMP TABLE ${prefix}_credit AS
SELECT h.r, h.line, h.num, h.as_name, h.extra, h.pid, h.stay FROM ${prefix}_holds AS h JOIN ${prefix}_fate AS f ON h.r = f.r
WHERE h.stay IS NOT NULL AND f.reject IS NULL AND f.filter IS NULL`,
    values: [],
    about,
  });
  for (const table of ['shares', 'holds']) {
    await connection.run({ sql: `DROP TABLE ${prefix}_${table}`, values: [], about });
  }
}

/** `nobody`: an ordinary line that applies names nobody; `said`: the sum of shares but `rest`; `sound`: all come to one. */
function soundness(credit: readonly CreditModel[], all: bigint): string {
  const nobody: string[] = [];
  const nameless: string[] = [];
  const said: string[] = [];
  const rests: string[] = [];
  credit.forEach((line, at) => {
    (line.extra ? nameless : nobody).push(`(a${at} AND p${at} IS NULL)`);
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
${nameless.length > 0 ? nameless.map((each) => `CAST(${each} AS BIGINT)`).join(' + ') : 'CAST(0 AS BIGINT)'} AS nameless`;
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
  // an extra line adds nothing for somebody whom an ordinary line credits
  const others = line.extra
    ? credit.flatMap((each, other) =>
        each.extra ? [] : [`NOT coalesce(a${other} AND p${other} = p${at}, FALSE)`],
      )
    : [];
  const conditions = ['NOT nobody', 'sound', `a${at}`, `p${at} IS NOT NULL`, ...others];
  return `SELECT r, day, CAST(${at} AS BIGINT) AS line, p${at} AS person, CAST(${num} AS DECIMAL(38, 0)) AS num,
${as} AS as_name, ${line.extra} AS extra FROM ${prefix}_shares WHERE ${conditions.join(' AND ')}`;
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
