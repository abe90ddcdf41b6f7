// The twelve KPIs by hand: the best SQL that was found for them, and a query for each KPI as one writes it who thinks of
// nothing else. Both give the same figures, of people and of the company; neither looks whether the data is sound.

import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Format } from './scans-data.ts';

/** `p7 3 revenue` (`company 3 revenue`) to the figure as text; the months count from 1. */
export type Figures = ReadonlyMap<string, string>;

const COLUMNS = `{'id': 'VARCHAR', 'closed_on': 'DATE', 'manager': 'VARCHAR', 'client': 'VARCHAR', 'product': 'VARCHAR',
'amount': 'DECIMAL(18, 2)', 'cost': 'DECIMAL(18, 2)', 'status': 'VARCHAR', 'channel': 'VARCHAR'}`;

function relationOf(folder: string, format: Format): string {
  const path = join(folder, `deals.${format}`);
  return format === 'parquet'
    ? `read_parquet('${path}')`
    : `read_csv('${path}', header = true, auto_detect = false, columns = ${COLUMNS})`;
}

const WON = "status = 'won'";
const FILTER = `FILTER (WHERE ${WON})`;

/** What adds up: the average and the conversion are two each, to be divided by who reads them. */
const SUMS: Readonly<Record<string, string>> = {
  revenue: `sum(amount) ${FILTER}`,
  costs: `sum(cost) ${FILTER}`,
  web: `sum(amount) FILTER (WHERE ${WON} AND channel = 'web')`,
  large: `sum(amount) FILTER (WHERE ${WON} AND amount >= 50000)`,
  won: `count(*) ${FILTER}`,
  handled: 'count(*)',
  decided: "count(*) FILTER (WHERE status <> 'open')",
};

const HIGH = `quantile_disc(amount, CAST('0.9' AS DECIMAL(2, 1))) ${FILTER}`;

async function withDeals<T>(
  { folder, format, isKept }: { readonly folder: string; readonly format: Format; readonly isKept: boolean },
  work: (connection: DuckDBConnection, deals: string) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const relation = relationOf(folder, format);
    if (!isKept) return await work(connection, relation);
    await connection.run(`CREATE TEMP TABLE deals AS SELECT * FROM ${relation}`);
    return await work(connection, 'deals');
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** In few passes: all sums with the percentile, a pass for each distinct count, and one for each client's first deal. */
export function bestByHand(folder: string, format: Format): Promise<Figures> {
  return withDeals({ folder, format, isKept: format === 'csv' }, async (connection, deals) => {
    const figures = new Map<string, string>();
    const names = Object.keys(SUMS);
    await take(connection, figures, {
      names: [...names, 'high'],
      sql: `WITH people AS MATERIALIZED (SELECT manager, month(closed_on) AS m, ${names.map((each) => `${SUMS[each]} AS ${each}`).join(', ')},
${HIGH} AS high FROM ${deals} GROUP BY manager, m)
SELECT * FROM people UNION ALL
SELECT 'company', m, ${names.map((each) => `sum(${each})`).join(', ')}, NULL FROM people GROUP BY m`,
    });
    await take(connection, figures, {
      names: ['high'],
      sql: `SELECT 'company', month(closed_on) AS m, ${HIGH} FROM ${deals} GROUP BY m`,
    });
    for (const [name, column] of Object.entries({ clients: 'client', products: 'product' }))
      await take(connection, figures, {
        names: [name],
        sql: `WITH once AS MATERIALIZED (SELECT DISTINCT manager, month(closed_on) AS m, ${column} FROM ${deals} WHERE ${WON})
SELECT manager, m, count(*) FROM once GROUP BY manager, m UNION ALL
SELECT 'company', m, count(DISTINCT ${column}) FROM once GROUP BY m`,
      });
    await take(connection, figures, {
      names: ['new_clients'],
      sql: `WITH firsts AS MATERIALIZED (SELECT arg_min(manager, (closed_on, id)) AS manager, month(min(closed_on)) AS m
FROM ${deals} WHERE ${WON} GROUP BY client)
SELECT manager, m, count(*) FROM firsts GROUP BY manager, m UNION ALL SELECT 'company', m, count(*) FROM firsts GROUP BY m`,
    });
    return figures;
  });
}

/** A query for each KPI, each over the file. */
export function oneByOne(folder: string, format: Format): Promise<Figures> {
  return withDeals({ folder, format, isKept: false }, async (connection, deals) => {
    const figures = new Map<string, string>();
    const first = `SELECT *, row_number() OVER (PARTITION BY client ORDER BY closed_on, id) AS n FROM ${deals} WHERE ${WON}`;
    const queries: Readonly<Record<string, readonly [string, string]>> = {
      ...Object.fromEntries(Object.entries(SUMS).map(([name, sql]) => [name, [sql, deals] as const])),
      average: [`sum(amount) ${FILTER}`, deals],
      conversion: [`count(*) ${FILTER}`, deals],
      high: [HIGH, deals],
      clients: [`count(DISTINCT client) ${FILTER}`, deals],
      products: [`count(DISTINCT product) ${FILTER}`, deals],
      new_clients: ['count(DISTINCT client) FILTER (WHERE n = 1)', `(${first})`],
    };
    for (const [name, [sql, from]] of Object.entries(queries)) {
      if (name === 'decided') continue; // a part of the conversion, which is asked for whole
      const both = name === 'conversion' ? `${sql} AS a, ${SUMS.decided}` : sql;
      await take(connection, figures, {
        names: name === 'conversion' ? ['won', 'decided'] : name === 'average' ? ['revenue'] : [name],
        sql: `SELECT manager, month(closed_on) AS m, ${both} FROM ${from} GROUP BY manager, m
UNION ALL SELECT 'company', month(closed_on) AS m, ${both} FROM ${from} GROUP BY m`,
      });
    }
    return figures;
  });
}

async function take(
  connection: DuckDBConnection,
  figures: Map<string, string>,
  { sql, names }: { readonly sql: string; readonly names: readonly string[] },
): Promise<void> {
  const reader = await connection.runAndReadAll(sql);
  for (const [who, month, ...values] of reader.getRows())
    for (const [at, name] of names.entries()) {
      const value = values[at];
      if (value !== null && value !== undefined) figures.set(`${who} ${month} ${name}`, String(value));
    }
}
