// The deals that the scans are measured over: a policy of twelve KPIs (or four, or fifty), its people, and generated rows
// as Parquet, CSV or both. The same rows for the same number, whatever machine makes them.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';

/** How the rows are kept. */
export type Format = 'parquet' | 'csv';

/** What is generated, and where. */
export interface ScanData {
  readonly folder: string;
  readonly rows: number;
  readonly people: number;
  readonly formats: readonly Format[];
}

const HEAD = `policy scans {
  currency RUB
  timezone "Europe/Moscow"
  period month
}
event deal {
  since 2026-01-01
  id: text key
  closed_on: date posts
  manager: person owner
  client: text
  product: text
  amount: money from 0 RUB
  cost: money from 0 RUB
  status: won | lost | open
  channel: web | phone | shop
  is_won = status is won
  is_first = is_won and nth(by client where is_won) is 1
}
`;

/** Sums, counts, an average, a ratio, two distinct counts, a percentile, and clients who came for the first time. */
const TWELVE = `kpi revenue = sum(deal.amount where is_won)
kpi costs = sum(deal.cost where is_won)
kpi web = sum(deal.amount where is_won and channel is web)
kpi large = sum(deal.amount where is_won and amount >= 50_000 RUB)
kpi won = count(deal where is_won)
kpi handled = count(deal)
kpi middling = average(deal.amount where is_won)
kpi conversion = won / count(deal where status is not open)
kpi clients = count(distinct deal.client where is_won)
kpi products = count(distinct deal.product where is_won)
kpi high = percentile(deal.amount, 90% where is_won)
kpi new_clients = count(distinct deal.client where is_first)
`;

const PAY = `role seller {
  bonus share = revenue * 3%
}
`;

/** The policy of twelve KPIs. */
export const TWELVE_KPIS = `${HEAD}${TWELVE}${PAY}`;

/** The policy with so many KPIs that add up, and no others. */
export function additiveKpis(count: number): string {
  const statuses = ['won', 'lost', 'open'];
  const channels = ['web', 'phone', 'shop'];
  const fields = ['deal.amount', 'deal.cost'];
  const kpis = Array.from({ length: count }, (_, at) => {
    const where = `status is ${statuses[at % 3]} and channel is ${channels[Math.floor(at / 3) % 3]}`;
    const bound = at < 18 ? '' : ` and amount >= ${(Math.floor(at / 18) * 10_000).toString()} RUB`;
    return `kpi k${at} = sum(${fields[Math.floor(at / 9) % 2]} where ${where}${bound})`;
  });
  return `${HEAD}kpi revenue = sum(deal.amount where is_won)\n${kpis.slice(1).join('\n')}\n${PAY}`;
}

/** A number in [0, below), from a row's number and the column's. */
function drawn(column: number, below: number): string {
  // whole-number arithmetic of one's own: a database's hash may change with its version
  const mixed = `((i * ${2_654_435_761 + column * 40_503} + ${column * 97_531}) % 4294967291)`;
  return `CAST(((${mixed} * 48271 + ${column}) % 2147483647) % ${below} AS BIGINT)`;
}

/** Writes the policy, the people, and the rows in each format; ids stand in no order, as exports have them. */
export async function writeScanData(
  { folder, rows, people, formats }: ScanData,
  connection: DuckDBConnection,
): Promise<void> {
  const cents = (column: number, below: number): string =>
    `CAST(CAST(${drawn(column, below)} AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(2, 2)) AS DECIMAL(18, 2))`;
  const word = (column: number, words: readonly string[]): string =>
    `[${words.map((each) => `'${each}'`).join(', ')}][${drawn(column, words.length)} + 1]`;
  const deals = `SELECT 'd' || (i * 7919 % ${rows}) || '-' || i AS id,
DATE '2026-01-01' + CAST(${drawn(1, 365)} AS INTEGER) AS closed_on, 'p' || ${drawn(2, people)} AS manager,
'c' || ${drawn(3, Math.max(10, Math.ceil(rows / 25)))} AS client, 'g' || ${drawn(4, 500)} AS product,
${cents(5, 10_000_000)} AS amount, ${cents(6, 5_000_000)} AS cost,
${word(7, ['won', 'lost', 'open'])} AS status, ${word(8, ['web', 'phone', 'shop'])} AS channel
FROM range(${rows}) AS t(i)`;
  for (const format of formats)
    await connection.run(`COPY (${deals}) TO '${join(folder, `deals.${format}`)}' (FORMAT ${format})`);
  writeFileSync(join(folder, 'policy.merit'), TWELVE_KPIS);
  const roles = Array.from({ length: people }, (_, at) => `p${at},seller`);
  writeFileSync(join(folder, 'people.csv'), `id,role\n${roles.join('\n')}\n`);
}
