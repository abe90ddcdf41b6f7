// From an aggregate query to one statement: the used rows put into groups and buckets, all measures worked out at once.

import { InternalError } from '../base/diagnostic.ts';
import { compare, type Exact } from '../base/exact.ts';
import { walk } from '../library/parts.ts';
import type { FactRow } from '../model/dataset.ts';
import type { Expression } from '../model/expression.ts';
import type { Measure, Model } from '../model/policy.ts';
import { dateKey } from '../query/dates.ts';
import { type AggregateQuery, type Bucket, takesShares } from '../query/query.ts';
import { compareText } from './memory-rows.ts';
import { type Connection, keptText } from './sql-connection.ts';
import { creditTable, outsideTable, shareSql, sharesOf } from './sql-credit.ts';
import type { LoadedEvent } from './sql-load.ts';
import { aggregateSql, atPlace, countedOnce, isText, type SqlMeasure } from './sql-measures.ts';
import { addMonthCounts } from './sql-months.ts';
import type { SqlEvent } from './sql-others.ts';
import type { SqlPeople } from './sql-reference.ts';
import { RowChain, type RowNames, type SqlTable } from './sql-row.ts';
import { measuresMayLack, stopForMeasures } from './sql-shortfalls.ts';
import { noParameters, type Parameters, type SqlValue, textParameter } from './sql-text.ts';

/** What all queries of a run share. */
export interface FactsWorld {
  readonly model: Model;
  readonly connection: Connection;
  readonly people: SqlPeople;
  readonly tables: ReadonlyMap<string, SqlTable>;
  /** The rows of every event, for formulas that look at those of others. */
  readonly events: ReadonlyMap<string, SqlEvent>;
}

/** One fact row for each group, bucket and share, and one without a share where a measure takes rows whole. */
export async function readFacts(
  query: AggregateQuery,
  loaded: LoadedEvent,
  world: FactsWorld,
): Promise<readonly FactRow[]> {
  const { connection } = world;
  const parameters = noParameters();
  const pieces = `${loaded.prefix}_pieces`;
  const about = `a total of \`${query.event}\``;
  if (query.measures.length === 0 || query.buckets.length === 0) return [];
  await loadPieces(query, pieces, connection);
  const sql = statement(query, { loaded, world, parameters, pieces });
  let rows: Awaited<ReturnType<Connection['rows']>>;
  try {
    rows = await connection.rows({ sql, values: parameters.values, about });
    await stopForShortfalls(query, { loaded, world, parameters: noParameters(), pieces });
  } finally {
    await connection.drop(pieces);
  }
  const shares = sharesOf(loaded.event);
  return rows
    .map(([group, bucket, num, ...values]) => ({
      group: group as string,
      bucket: query.buckets[Number((bucket as Exact).num)]!.id,
      share: num === undefined ? undefined : shares.of(num as Exact),
      values: values.map((value, at) =>
        value !== undefined && isText(query.measures[at]!) ? keptText(value) : value,
      ),
    }))
    .sort(
      (a, b) =>
        compareText(a.group, b.group) || compareText(a.bucket, b.bucket) || compareShares(a.share, b.share),
    );
}

function compareShares(a: Exact | undefined, b: Exact | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return compare(a, b);
}

async function loadPieces(query: AggregateQuery, table: string, connection: Connection): Promise<void> {
  if (query.scope.kind === 'below') {
    const { pieces } = query.scope;
    await connection.fill(table, [
      { name: 'grp', cells: pieces.map((each) => each.group) },
      { name: 'member', cells: pieces.map((each) => String(each.member)) },
      { name: 'since', cells: pieces.map((each) => String(each.from)) },
      { name: 'until', cells: pieces.map((each) => String(each.until)) },
    ]);
    return;
  }
  if (query.scope.kind !== 'group') return;
  const { pieces } = query.scope;
  const numbers = new Map(query.buckets.map((each, at) => [each.id, String(at)]));
  const here = pieces.filter((each) => numbers.has(each.bucket));
  await connection.fill(table, [
    { name: 'grp', cells: here.map((each) => each.group) },
    { name: 'bucket', cells: here.map((each) => numbers.get(each.bucket)!) },
    { name: 'value', cells: here.map((each) => each.value) },
    { name: 'alone', cells: here.map((each) => (each.alone ? '1' : '0')) },
    { name: 'since', cells: here.map((each) => String(each.from)) },
    { name: 'until', cells: here.map((each) => String(each.until)) },
  ]);
}

interface Plan {
  readonly loaded: LoadedEvent;
  readonly world: FactsWorld;
  readonly parameters: Parameters;
  readonly pieces: string;
}

/** Stops where a measure lacks a rate for a row that it counts. */
async function stopForShortfalls(query: AggregateQuery, plan: Plan): Promise<void> {
  const chain = chainOf(query, plan);
  if (!measuresMayLack(chain, query.measures)) return;
  const measures = query.measures.map((measure) => ({ measure, counts: named(measure, plan.parameters) }));
  await stopForMeasures(plan.world.connection, chain, measures);
}

/** What formulas over an event's rows may name, before anybody is credited. */
export function namesOf(loaded: LoadedEvent, world: FactsWorld, parameters: Parameters): RowNames {
  return {
    dialect: world.connection.dialect,
    model: world.model,
    parameters,
    tables: world.tables,
    events: world.events,
    agreed: world.people.agreed,
    event: loaded.event.name,
    fields: new Map(loaded.columns),
    order: loaded.order,
    clock: `${loaded.prefix}_instant`,
  };
}

/** The rows in their groups and buckets, with the attributes of who is credited. */
function chainOf(query: AggregateQuery, plan: Plan): RowChain {
  const { loaded, world, parameters } = plan;
  const names = namesOf(loaded, world, parameters);
  const chain = new RowChain('q', rowsBy(query, loaded), names);
  // positions look at rows that no query sees, so they come before the rest falls away
  for (const measure of query.measures) {
    for (const formula of [measure.value, measure.where, measure.each])
      if (formula) placePositions(formula, chain);
  }
  const attributes = [...world.people.attributes].map(([name, value], at) => ({
    name,
    value,
    column: `z${at}`,
  }));
  putIntoParts(query, { ...plan, chain, attributes });
  chain.names = {
    ...names,
    share: () => shareSql(loaded.event),
    period: PERIOD,
  };
  if (query.scope.kind !== 'company' && query.scope.kind !== 'outside') {
    const asked = query.measures.flatMap(({ value, where, each }) => [value, where, each]);
    const counts = addMonthCounts(
      chain,
      asked.filter((each) => each !== undefined),
    );
    const held = attributes.map(({ name, value, column }) => [name, { ...value, sql: column }] as const);
    chain.names = { ...chain.names, attributes: new Map([...held, ...counts]) };
  }
  return chain;
}

function statement(query: AggregateQuery, plan: Plan): string {
  const { loaded, parameters } = plan;
  const chain = chainOf(query, plan);
  const measures = query.measures.map((measure): SqlMeasure => {
    const value = measure.value && chain.expression(measure.value);
    const where = measure.where ? chain.expression(measure.where).sql : 'TRUE';
    const each = measure.each && chain.expression(measure.each);
    return { measure, value, each, counts: `${where} AND ${named(measure, parameters)}` };
  });
  const { event } = loaded;
  const order = orderBy(query, loaded);
  const whole = measures.map((each, at) => {
    const once = countedOnce(each, { event, chain, order, column: `once${at}` });
    return atPlace(once, { event, chain, order, column: `place${at}` });
  });
  return `WITH ${chain.sql}
${[sharedRows(whole, chain), wholeRows(whole, chain)]
  .filter((each) => each !== undefined)
  .join('\nUNION ALL\n')}`;
}

/** A query that may go by another date than the posting one. */
type ByDate = Pick<AggregateQuery, 'id' | 'by'>;

/** The place of a query's date in `CreditOptions.dates`. */
export function dateOf({ id, by }: ByDate, { dates }: LoadedEvent): number {
  const at = by ? dates.indexOf(dateKey(by)) : -1;
  if (by && at < 0) throw new InternalError(`not loaded by the date of ${id}`);
  return at + 1;
}

/** The rows as they stand by a query's date: on that day, and used if they count by it. */
export function rowsBy(query: ByDate, loaded: LoadedEvent): string {
  const at = dateOf(query, loaded) - 1;
  if (at < 0) return `SELECT * FROM ${loaded.prefix}_rows`;
  const renamed: Readonly<Record<string, string>> = { day: `byday${at}`, used: `usedby${at}` };
  const shown = loaded.shown.map((each) => (renamed[each] ? `${renamed[each]} AS ${each}` : each));
  return `SELECT ${shown.join(', ')} FROM ${loaded.prefix}_rows`;
}

/** The order of a query's rows in time: its date, then known time, then key. */
export function orderBy(query: ByDate, loaded: LoadedEvent): readonly string[] {
  const at = dateOf(query, loaded) - 1;
  return at < 0 ? loaded.order : [`by${at}`, ...loaded.order.slice(1)];
}

/** Works positions out over all rows, before those that no query sees fall away. */
export function placePositions(formula: Expression, chain: RowChain): void {
  walk(formula, (node) => {
    if (node.kind === 'nth') chain.expression(node);
  });
}

/** A query's buckets by their places as `b`: the days `[since, until)`, and those of the period of which they are a part. */
export function bucketsSql(buckets: readonly Bucket[]): string {
  const rows = buckets.map(({ from, until, partOf = { from, until } }, at) => {
    const days = [from, until, partOf.from, partOf.until].map(Math.trunc);
    return `(${[at, ...days].join(', ')})`;
  });
  return `(VALUES ${rows.join(', ')}) AS b(bucket, since, until, period_since, period_until)`;
}

/** The days of a bucket's period as columns of a row, and as formulas of rows read them. */
export const PERIOD_DAYS = 'b.period_since AS since_day, b.period_until AS until_day';
export const PERIOD = { from: 'CAST(since_day AS BIGINT)', until: 'CAST(until_day AS BIGINT)' };

/** A row for each group and bucket that a row is in, and each credit line that put it there. */
function putIntoParts(
  query: AggregateQuery,
  plan: Plan & {
    readonly chain: RowChain;
    readonly attributes: readonly { readonly value: SqlValue; readonly column: string }[];
  },
): void {
  const { chain, loaded, world, pieces, attributes } = plan;
  const credit = `${creditTable(loaded.prefix, dateOf(query, loaded))} AS c`;
  const all = `CAST(${sharesOf(loaded.event).whole} AS DECIMAL(38, 0))`;
  const bucket = bucketsSql(query.buckets);
  const inBucket = 'b.since <= k.day AND k.day < b.until';
  const persons = `people AS p ON p.pid = c.pid`;
  const shown = attributes.map(({ value, column }) => `p.${value.sql} AS ${column}`).join(', ');
  const columns = `CAST(b.bucket AS BIGINT) AS bucket, c.num AS num, c.line AS line, c.as_name AS as_name, c.person AS who, c.stay AS stay, ${PERIOD_DAYS}`;
  switch (query.scope.kind) {
    case 'own':
      chain.add(
        (before) => `SELECT k.*, CAST(c.stay AS VARCHAR) AS grp, ${columns}, ${shown}
FROM ${before} AS k JOIN ${credit} ON k.r = c.r JOIN ${persons} JOIN ${bucket} ON ${inBucket} WHERE k.used`,
      );
      return;
    case 'group': {
      const { attribute } = query.scope;
      const found = world.people.attributes.get(attribute);
      if (!found) throw new InternalError(`no such attribute: ${attribute}`);
      const value = groupText({ ...found, sql: `p.${found.sql}` });
      // a person's row may meet several pieces of one group, and counts once there
      chain.add(
        (before) => `SELECT DISTINCT k.*, m.grp AS grp, CAST(m.bucket AS BIGINT) AS bucket, c.num AS num,
c.line AS line, c.as_name AS as_name, c.person AS who, c.stay AS stay, ${PERIOD_DAYS}, ${shown}
FROM ${before} AS k JOIN ${credit} ON k.r = c.r JOIN ${persons}
JOIN ${pieces} AS m ON m.value = coalesce(${value}, c.person)
AND m.alone = CASE WHEN ${value} IS NULL THEN '1' ELSE '0' END AND CAST(m.since AS BIGINT) <= k.day AND k.day < CAST(m.until AS BIGINT)
JOIN ${bucket} ON CAST(m.bucket AS BIGINT) = b.bucket AND ${inBucket} WHERE k.used`,
      );
      return;
    }
    case 'below':
      // pieces of one group and member have no day in common, so that a row meets one at most
      chain.add(
        (before) => `SELECT k.*, m.grp AS grp, ${columns}, ${shown}
FROM ${before} AS k JOIN ${credit} ON k.r = c.r JOIN ${persons}
JOIN ${pieces} AS m ON CAST(m.member AS BIGINT) = c.stay
AND CAST(m.since AS BIGINT) <= k.day AND k.day < CAST(m.until AS BIGINT)
JOIN ${bucket} ON ${inBucket} WHERE k.used`,
      );
      return;
    case 'outside':
      // nobody's shares are never one person's through several roles: each stands by itself
      chain.add(
        (before) => `SELECT k.*, '' AS grp, ${columns} FROM ${before} AS k JOIN (
SELECT r, num, row_number() OVER () AS line, CAST(NULL AS VARCHAR) AS as_name, CAST(NULL AS VARCHAR) AS person,
CAST(NULL AS BIGINT) AS stay FROM ${outsideTable(loaded.prefix, dateOf(query, loaded))}) AS c ON k.r = c.r
JOIN ${bucket} ON ${inBucket} WHERE k.used`,
      );
      return;
    case 'company':
      chain.add(
        (before) => `SELECT k.*, '' AS grp, ${columns} FROM ${before} AS k JOIN (
SELECT r, ${all} AS num, CAST(-1 AS BIGINT) AS line, CAST(NULL AS VARCHAR) AS as_name,
CAST(NULL AS VARCHAR) AS person, CAST(NULL AS BIGINT) AS stay FROM ${loaded.prefix}_rows
UNION ALL SELECT r, num, line, as_name, person, stay FROM ${credit} WHERE c.extra) AS c ON k.r = c.r
JOIN ${bucket} ON ${inBucket} WHERE k.used`,
      );
      return;
    default:
      query.scope satisfies never;
  }
}

/** An attribute's value as a group is known by it: a number in its shortest text. */
function groupText(value: SqlValue): string {
  const text = `CAST(${value.sql} AS VARCHAR)`;
  return value.scale ? `rtrim(rtrim(${text}, '0'), '.')` : text;
}

function named(measure: Measure, parameters: Parameters): string {
  return measure.as === undefined ? 'as_name IS NULL' : `as_name = ${textParameter(parameters, measure.as)}`;
}

/** Sums and counts by share. */
function sharedRows(measures: readonly SqlMeasure[], chain: RowChain): string | undefined {
  const shared = measures.filter(({ measure }) => takesShares(measure));
  if (shared.length === 0) return undefined;
  const { dialect, parameters } = chain.names;
  const answers = measures.map((each) => (takesShares(each.measure) ? aggregateSql(each, dialect) : 'NULL'));
  return `SELECT grp, bucket, num, ${answers.join(', ')} FROM ${chain.name}
WHERE ${anyName(shared, parameters)} GROUP BY grp, bucket, num`;
}

/** The measures that take rows whole, once a group. */
function wholeRows(measures: readonly SqlMeasure[], chain: RowChain): string | undefined {
  const wholes = measures.filter(({ measure }) => !takesShares(measure));
  if (wholes.length === 0) return undefined;
  const { dialect, parameters } = chain.names;
  const answers = measures.map((each) => (takesShares(each.measure) ? 'NULL' : aggregateSql(each, dialect)));
  return `SELECT grp, bucket, CAST(NULL AS DECIMAL(38, 0)) AS num, ${answers.join(', ')} FROM ${chain.name}
WHERE ${anyName(wholes, parameters)} GROUP BY grp, bucket`;
}

function anyName(measures: readonly SqlMeasure[], parameters: Parameters): string {
  return `(${[...new Set(measures.map(({ measure }) => named(measure, parameters)))].join(' OR ')})`;
}
