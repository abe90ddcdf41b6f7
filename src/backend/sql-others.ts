// Rows of other events and people in formulas of rows, in SQL: each is a join that adds one column to a chain. A
// look-back is one equality, so that it is a hash join, never a query for each row.

import { InternalError } from '../base/diagnostic.ts';
import { exact, negate } from '../base/exact.ts';
import type { LookBackNode, OfPersonNode, ThroughNode } from '../model/expression.ts';
import { monthsLater, type Within, wholeDays } from './memory-look-back.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { addCountOfOther } from './sql-months.ts';
import { dayMonthsLater } from './sql-periods.ts';
import { RowChain, type RowNames, sameScale } from './sql-row.ts';
import { decimalParameter, decimalType, type SqlValue } from './sql-text.ts';

/** The rows of an event as they lie in the database: `r`, `day`, `seen` (by look-backs) and a column for each field. */
export interface SqlEvent {
  readonly relation: string;
  readonly columns: ReadonlyMap<string, SqlValue>;
  readonly key: SqlValue;
  readonly posting: SqlValue;
  readonly posts: 'date' | 'datetime';
  /** What rows come in order of: posting time, then key. */
  readonly order: readonly string[];
  /** The day from which its data is complete, and the moment at which that day begins. */
  readonly since?: { readonly day: number; readonly moment: number } | undefined;
  /** The table of the zone's offsets over its years. */
  readonly clock: string;
}

/** What people agree about, day by day: at most one row for a person on a day. */
export interface SqlAgreed {
  readonly relation: string;
  readonly person: string;
  readonly since: string;
  readonly until: string;
  readonly attributes: ReadonlyMap<string, SqlValue>;
}

/** Adds a column with the field of the row that has the key; gives its decimals. */
export function addThrough(chain: RowChain, node: ThroughNode, column: string): number | undefined {
  const other = eventNamed(chain.names, node.event);
  const found = other.columns.get(node.field);
  if (!found) throw new InternalError(`no such field: ${node.event}.${node.field}`);
  const [key, wanted] = sameScale([other.key, chain.expression(node.key)]);
  chain.add(
    (before) => `SELECT ${before}.*, ${column}_value AS ${column} FROM ${before}
LEFT JOIN (SELECT ${key!.sql} AS ${column}_key, ${found.sql} AS ${column}_value FROM ${other.relation}) AS ${column}_other
ON ${column}_key = ${wanted!.sql}`,
  );
  return found.scale;
}

/** Adds a column with the attribute of a person as of the row's day. */
export function addOfPerson(chain: RowChain, node: OfPersonNode, column: string): number | undefined {
  const counted = addCountOfOther(chain, node, column);
  if (counted !== undefined) return counted;
  const { agreed } = chain.names;
  const found = agreed.attributes.get(node.attribute);
  if (!found) throw new InternalError(`no such attribute: ${node.attribute}`);
  const person = chain.expression(node.person).sql;
  chain.add(
    (before) => `SELECT ${before}.*, ${found.sql} AS ${column} FROM ${before}
LEFT JOIN ${agreed.relation} ON ${agreed.person} = ${person} AND ${agreed.since} <= day AND day < ${agreed.until}`,
  );
  return found.scale;
}

function eventNamed(names: RowNames, name: string): SqlEvent {
  const found = names.events.get(name);
  if (!found) throw new InternalError(`not loaded: ${name}`);
  return found;
}

/** The other event's rows that a look-back sees: `r`, `k` (the key), `t` (day or moment), `val`, and their order. */
interface Others {
  readonly sql: string;
  readonly key: SqlValue;
  readonly time: SqlValue;
  readonly value: SqlValue | undefined;
  /** Columns of their order. */
  readonly order: readonly string[];
}

/** Adds a column with the answer of a look-back, as `memory-look-back.ts` defines it; gives its decimals. */
export function addLookBack(chain: RowChain, node: LookBackNode, column: string): number | undefined {
  const event = eventNamed(chain.names, node.event);
  const isOwn = node.event === chain.names.event;
  const reach = node.within && reachOf(chain, node.within, { event, column });
  const others = othersOf(chain, node, { event, byMoments: reach?.byMoments ?? false, prefix: `${column}_` });
  const [own, key] = sameScale([chain.expression(node.own), others.key]);
  const since = event.since && sinceSql(event.since, reach);
  const ends = reach
    ? [`${reach.from.sql} AS ${column}_from`, `${reach.until.sql} AS ${column}_until`]
    : [`day AS ${column}_from`];
  chain.add(
    (before) => `SELECT ${before}.*, ${own!.sql} AS ${column}_own, ${ends.join(', ')} FROM ${before}`,
  );
  const scale = scaleOf(node, others);
  const counts = node.aggregate === 'exists' || node.aggregate === 'count' || node.aggregate === 'sum';
  const found =
    reach || (isOwn && !counts)
      ? pairs(chain, node, { others, key: key!, column, isOwn, reach })
      : totals(chain, node, { others, key: key!, column, isOwn });
  const known = [
    `${column}_own IS NOT NULL`,
    ...(reach || since !== undefined ? [`${column}_from IS NOT NULL`] : []),
    ...(since === undefined ? [] : [`${column}_from >= ${since}`]),
  ];
  const answer = answerOf(node, found, scale);
  chain.add(
    (before) =>
      `SELECT ${before}.*, CASE WHEN ${known.join(' AND ')} THEN ${answer} END AS ${column} FROM ${before}`,
  );
  return scale;
}

/** The first day, or moment, of which the other event's data is complete, held as the ends of the reach are. */
function sinceSql({ day, moment }: NonNullable<SqlEvent['since']>, reach: Reach | undefined): string {
  if (!reach?.byMoments) return String(Math.trunc(day));
  return `CAST(${Math.trunc(moment)} AS ${decimalType(reach.from.scale ?? 0)})`;
}

/** What the joined column means where no row is found. */
function answerOf({ aggregate }: LookBackNode, found: string, scale: number | undefined): string {
  if (aggregate === 'exists') return `coalesce(${found} > 0, FALSE)`;
  if (aggregate === 'count' || aggregate === 'distinct')
    return `CAST(coalesce(${found}, 0) AS ${decimalType(0)})`;
  if (aggregate === 'sum') return `coalesce(${found}, CAST(0 AS ${decimalType(scale ?? 0)}))`;
  return found;
}

function scaleOf({ aggregate }: LookBackNode, { value }: Others): number | undefined {
  if (aggregate === 'exists') return undefined;
  return aggregate === 'count' || aggregate === 'distinct' ? 0 : value?.scale;
}

function othersOf(
  chain: RowChain,
  node: LookBackNode,
  { event, byMoments, prefix }: { readonly event: SqlEvent; byMoments: boolean; readonly prefix: string },
): Others {
  const rows = new RowChain(`${prefix}o`, `SELECT * FROM ${event.relation} WHERE seen`, {
    ...chain.names,
    event: node.event,
    fields: new Map(event.columns),
    order: event.order,
    clock: event.clock,
  });
  const value = node.value && rows.expression(node.value);
  const where = node.where ? `coalesce(${rows.expression(node.where).sql}, FALSE)` : 'TRUE';
  const key = event.columns.get(node.other);
  if (!key) throw new InternalError(`no such field: ${node.event}.${node.other}`);
  const time = byMoments ? event.posting : { sql: 'day', scale: undefined };
  const order = event.order.map((each, at) => `${each} AS o${at}`).join(', ');
  const taken = `r, ${key.sql} AS k, ${time.sql} AS t, ${value?.sql ?? 'TRUE'} AS val, ${order}`;
  return {
    sql: `(WITH ${rows.sql} SELECT ${taken} FROM ${rows.name} WHERE ${where} AND ${key.sql} IS NOT NULL)`,
    key: { ...key, sql: 'k' },
    time: { ...time, sql: 't' },
    value: value && { ...value, sql: 'val' },
    order: event.order.map((_, at) => `o${at}`),
  };
}

interface Join {
  readonly others: Others;
  readonly key: SqlValue;
  readonly column: string;
  readonly isOwn: boolean;
}

/** Rows and others that share a key, brought together, then grouped by row. */
function pairs(
  chain: RowChain,
  node: LookBackNode,
  join: Join & { readonly reach: Reach | undefined },
): string {
  const { others, key, column, isOwn, reach } = join;
  const conditions = [`b.${column}_own = ${key.sql.replace(/\bk\b/, 'o.k')}`];
  if (isOwn) conditions.push('b.r <> o.r');
  if (reach) conditions.push(`b.${column}_from <= o.t AND o.t <= b.${column}_until`);
  chain.keep();
  chain.add(
    (before) => `SELECT ${before}.*, ${column}_found FROM ${before} LEFT JOIN (
SELECT b.r AS ${column}_row, ${aggregateSql(node, others, chain.names.dialect)} AS ${column}_found FROM ${before} AS b
JOIN ${others.sql} AS o ON ${conditions.join(' AND ')} GROUP BY b.r) AS ${column}_others ON ${column}_row = r`,
  );
  return `${column}_found`;
}

/** Totals of each key, joined by it; of the row's own event, without what the row itself adds. */
function totals(chain: RowChain, node: LookBackNode, join: Join): string {
  const { others, key, column, isOwn } = join;
  chain.add(
    (before) => `SELECT ${before}.*, ${column}_found FROM ${before} LEFT JOIN (
SELECT ${key.sql} AS ${column}_key, ${aggregateSql(node, others, chain.names.dialect)} AS ${column}_found FROM ${others.sql} AS o GROUP BY ${key.sql}) AS ${column}_others
ON ${column}_key = ${column}_own`,
  );
  if (!isOwn) return `${column}_found`;
  const [shared, own] = sameScale([
    chain.names.fields.get(node.other)!,
    { ...chain.expression(node.own), sql: `${column}_own` },
  ]);
  const where = node.where ? chain.expression(node.where).sql : 'TRUE';
  const isAmong = `coalesce(seen AND ${shared!.sql} = ${own!.sql} AND (${where}), FALSE)`;
  if (node.aggregate !== 'sum') return `(${column}_found - CASE WHEN ${isAmong} THEN 1 ELSE 0 END)`;
  const value = chain.expression(node.value!);
  const type = decimalType(value.scale ?? 0);
  return `CAST(${column}_found - CASE WHEN ${isAmong} THEN coalesce(${value.sql}, CAST(0 AS ${type})) ELSE CAST(0 AS ${type}) END AS ${type})`;
}

const PRESENT = 'FILTER (WHERE val IS NOT NULL)';

function aggregateSql({ aggregate }: LookBackNode, { value, order }: Others, dialect: SqlDialect): string {
  switch (aggregate) {
    case 'exists':
    case 'count':
      return 'count(*)';
    case 'distinct':
      return 'count(DISTINCT val)';
    case 'sum':
      return `CAST(sum(val) AS ${decimalType(value?.scale ?? 0)})`;
    case 'min':
    case 'max':
      return `${aggregate}(val)`;
    case 'lower middle':
      return dialect.middle('val');
    case 'upper middle':
      return `-${dialect.middle('-val')}`;
    case 'first':
      return dialect.first('val', order, PRESENT);
    case 'last':
      return dialect.first(
        'val',
        order.map((each) => `${each} DESC`),
        PRESENT,
      );
    case 'percentile':
      throw new InternalError('a percentile of other rows');
    default:
      return aggregate satisfies never;
  }
}

/** From where until where others lie, both included: days, or moments with their decimals. */
interface Reach {
  readonly byMoments: boolean;
  readonly from: SqlValue;
  readonly until: SqlValue;
}

function reachOf(
  chain: RowChain,
  within: Within,
  { event, column }: { readonly event: SqlEvent; readonly column: string },
): Reach {
  const isMoment = within.of.type.kind === 'datetime';
  const byMoments = isMoment && event.posts === 'datetime';
  const at = byMoments
    ? chain.expression(within.of)
    : { sql: chain.dayOf(within.of, `${column}_of`), scale: undefined };
  const end = byMoments ? laterMoment(chain, at, within) : laterDay(at, within, chain.names.dialect);
  const [one, two] = sameScale([at, end]);
  const [from, until] = within.word === 'after' ? [one!, two!] : [two!, one!];
  return { byMoments, from, until };
}

function laterMoment(chain: RowChain, at: SqlValue, within: Within): SqlValue {
  const { length, word } = within;
  if (length.kind === 'months') return chain.expression(monthsLater(within, length.months));
  const seconds = exact(length.seconds);
  const moved = decimalParameter(chain.names.parameters, word === 'after' ? seconds : negate(seconds));
  const [a, b] = sameScale([at, moved]);
  return { sql: `CAST(${a!.sql} + ${b!.sql} AS ${decimalType(a!.scale!)})`, scale: a!.scale };
}

function laterDay(day: SqlValue, { length, word }: Within, dialect: SqlDialect): SqlValue {
  const sign = word === 'after' ? '' : '-';
  if (length.kind === 'seconds')
    return { sql: `(${day.sql} + ${sign}${wholeDays(length.seconds)})`, scale: undefined };
  return { sql: dayMonthsLater(day.sql, `${sign}${length.months}`, dialect), scale: undefined };
}
