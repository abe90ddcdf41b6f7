// Answers to a rows query in SQL: the used rows with the stays that they credit, lines of one stay added up, and what is
// asked of each row as columns beside them.

import { type Exact, ONE } from '../base/exact.ts';
import type { CreditedRow } from '../model/dataset.ts';
import type { ValueType } from '../model/value.ts';
import { NOBODY, type RowsQuery } from '../query/query.ts';
import { shortfallOf } from '../query/shortfalls.ts';
import { valueText } from './memory-rows.ts';
import { type Answer, keepText, keptText } from './sql-connection.ts';
import { creditTable, shareSql, sharesOf } from './sql-credit.ts';
import {
  bucketsSql,
  dateOf,
  type FactsWorld,
  namesOf,
  orderBy,
  PERIOD,
  PERIOD_DAYS,
  placePositions,
  rowsBy,
} from './sql-facts.ts';
import type { LoadedEvent } from './sql-load.ts';
import { addMonthCounts } from './sql-months.ts';
import { RowChain } from './sql-row.ts';
import { shortSql, stopFor } from './sql-shortfalls.ts';
import { noParameters, textParameter } from './sql-text.ts';

/** Columns before those that the query asks for: stay, bucket, key, row, day and numerator of the share. */
const BEFORE = 6;

/** The rows in order of stay, bucket, time, known time and key, as `memory-credited.ts` defines them. */
export async function readCredited(
  query: RowsQuery,
  loaded: LoadedEvent,
  world: FactsWorld,
): Promise<readonly CreditedRow[]> {
  if (query.buckets.length === 0) return [];
  const { event } = loaded;
  const chain = chainOf(query, loaded, world);
  const where = query.where ? chain.hold(chain.expression(query.where)).sql : 'TRUE';
  if (query.where) {
    const short = shortSql(chain, query.where);
    await stopFor(world.connection, chain, short ? [short] : []);
  }
  const columns = query.columns.map((formula) => {
    const { sql } = chain.hold(chain.expression(formula));
    const short = shortSql(chain, formula);
    return { formula, sql, short: short && chain.hold({ sql: short, scale: undefined }).sql };
  });
  const key = event.fields.find((each) => each.name === event.key)!;
  const keyColumn = loaded.columns.get(key.name)!.sql;
  const shorts = columns.flatMap(({ short }) => (short ? [keepText(short)] : []));
  const asked = [
    'stay',
    'bucket',
    isText(key.type) ? keepText(keyColumn) : keyColumn,
    'CAST(r AS BIGINT)',
    'day',
    'num',
    ...columns.map(({ formula, sql }) => (isText(formula.type) ? keepText(sql) : sql)),
    ...shorts,
  ];
  const rows = await world.connection.rows({
    sql: `WITH ${chain.sql}
SELECT ${asked.join(', ')} FROM ${chain.name} WHERE coalesce(${where}, FALSE) ORDER BY stay, bucket, ${orderBy(query, loaded).join(', ')}`,
    values: chain.names.parameters.values,
    about: `the rows of \`${query.event}\``,
  });
  const shares = sharesOf(event);
  return rows.map((row): CreditedRow => {
    const text = (value: Answer, type: ValueType): Answer =>
      value !== undefined && isText(type) ? keptText(value) : value;
    const num = row[5] as Exact;
    const lacks = lacksOf(row.slice(BEFORE + columns.length), columns);
    // what SQL worked out where something is lacking is no answer: there `… exists` is false
    const isLacking = new Set(lacks.map(({ column }) => column));
    return {
      stay: Number((row[0] as Exact).num),
      bucket: query.buckets[Number((row[1] as Exact).num)]!.id,
      key: valueText(text(row[2], key.type)!),
      row: Number((row[3] as Exact).num),
      day: Number((row[4] as Exact).num),
      share: query.seen || query.whole ? ONE : shares.of(num),
      values: columns.map(({ formula }, at) =>
        isLacking.has(at) ? undefined : text(row[BEFORE + at], formula.type),
      ),
      ...(lacks.length > 0 ? { lacks } : {}),
    };
  });
}

function lacksOf(
  texts: readonly Answer[],
  columns: readonly { readonly short: string | undefined }[],
): NonNullable<CreditedRow['lacks']> {
  const able = columns.flatMap(({ short }, column) => (short ? [column] : []));
  return able.flatMap((column, at) => {
    const text = texts[at];
    return text === undefined ? [] : [{ column, diagnostics: shortfallOf(keptText(text)).diagnostics }];
  });
}

/** The rows in their buckets, once for each stay, with the attributes of who is credited. */
function chainOf(query: RowsQuery, loaded: LoadedEvent, world: FactsWorld): RowChain {
  const { prefix } = loaded;
  const names = namesOf(loaded, world, noParameters());
  const chain = new RowChain('q', query.seen ? `SELECT * FROM ${prefix}_rows` : rowsBy(query, loaded), names);
  const formulas = [...query.columns, ...(query.where ? [query.where] : [])];
  // positions look at rows that no query sees, so they come before the rest falls away
  for (const each of formulas) placePositions(each, chain);
  const among = `JOIN ${bucketsSql(query.buckets)} ON b.since <= k.day AND k.day < b.until`;
  const days = `CAST(b.bucket AS BIGINT) AS bucket, ${PERIOD_DAYS}`;
  if (query.seen || query.whole) {
    chain.add(
      (before) => `SELECT k.*, CAST(${NOBODY} AS BIGINT) AS stay, CAST(1 AS DECIMAL(38, 0)) AS num, ${days}
FROM ${before} AS k ${among} WHERE ${query.seen ? 'k.seen' : 'k.used'}`,
    );
    const share = () => ({ sql: 'num', scale: 0 });
    chain.names = { ...names, share, period: PERIOD };
    return chain;
  }
  const attributes = [...world.people.attributes].map(
    ([name, value], at) => [name, { ...value, sql: `z${at}` }] as const,
  );
  const shown = [...world.people.attributes.values()].map(({ sql }, at) => `, p.${sql} AS z${at}`).join('');
  const named =
    query.as === undefined
      ? 'as_name IS NULL AND NOT extra'
      : `as_name = ${textParameter(names.parameters, query.as)}`;
  const credit = `SELECT r, stay, min(pid) AS pid, CAST(sum(num) AS DECIMAL(38, 0)) AS num
FROM ${creditTable(prefix, dateOf(query, loaded))} WHERE ${named} GROUP BY r, stay`;
  chain.add(
    (before) => `SELECT k.*, CAST(c.stay AS BIGINT) AS stay, c.num AS num, ${days}${shown}
FROM ${before} AS k JOIN (${credit}) AS c ON k.r = c.r JOIN people AS p ON p.pid = c.pid ${among} WHERE k.used`,
  );
  chain.names = { ...names, share: () => shareSql(loaded.event), period: PERIOD };
  const counts = addMonthCounts(chain, formulas);
  chain.names = { ...chain.names, attributes: new Map([...attributes, ...counts]) };
  return chain;
}

/** Whether values of a type come back as texts. */
function isText({ kind }: ValueType): boolean {
  return kind === 'text' || kind === 'enumeration' || kind === 'person' || kind === 'period';
}
