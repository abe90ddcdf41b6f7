// Data in a file of DuckDB: tables and views of it, by configuration and by option, typed and only read.

import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { merit, workplace } from './command.ts';

const { files, folder } = workplace();
const POLICY = `policy sales {
  currency RUB
  timezone "Europe/Berlin"
  period   month
}

event deal {
  id:        text key
  closed_at: datetime posts
  manager:   person owner
  amount:    money
}

kpi revenue = sum(deal.amount)

role seller {
  bonus commission = revenue * 10%
}
`;

beforeAll(async () => {
  files({
    'policy.merit': POLICY,
    'merit.config.yaml': `database: facts.duckdb
period: 2026-03
people: { table: people }
data:
  deal: { table: 'sales."Deals"' }
`,
  });
  const instance = await DuckDBInstance.create(join(folder, 'facts.duckdb'));
  const connection = await instance.connect();
  for (const each of [
    'CREATE TABLE people (id VARCHAR, name VARCHAR, role VARCHAR)',
    `INSERT INTO people VALUES ('anna', 'Anna', 'seller')`,
    'CREATE SCHEMA sales',
    'CREATE TABLE sales.all_deals (id BIGINT, closed_at TIMESTAMPTZ, manager VARCHAR, amount DECIMAL(12, 2))',
    // March begins in Berlin at 23:00 UTC on February 28, and ends at 22:00 UTC on March 31, after the clocks went on
    `INSERT INTO sales.all_deals VALUES (1, '2026-02-28 22:59:59+00', 'anna', 1), (2, '2026-02-28 23:00:00+00', 'anna', 20.50),
(3, '2026-03-31 21:59:59+00', 'anna', 300.25), (4, '2026-03-31 22:00:00+00', 'anna', 4000)`,
    'CREATE VIEW sales."Deals" AS SELECT * FROM sales.all_deals',
    'CREATE VIEW floats AS SELECT id, closed_at, manager, CAST(amount AS DOUBLE) AS amount FROM sales.all_deals',
  ])
    await connection.run(each);
  connection.closeSync();
  instance.closeSync();
});

describe('a file of DuckDB', () => {
  // 20.50 + 300.25 = 320.75, of which a tenth is 32.075, to the cent 32.08
  it.each([
    ['as configured', []],
    ['by an option', ['--data', 'deal=facts.duckdb:sales.all_deals']],
  ])('%s', async (_, options) => {
    const { code, out, err } = await merit('run', '.', '--format', 'json', ...options);
    expect([code, err]).toEqual([0, '']);
    const { statements, engine } = JSON.parse(out);
    expect([statements[0].pay, engine.backend]).toEqual(['32.08', 'duckdb']);
  });

  it('says what is not there, and refuses binary fractions', async () => {
    for (const [table, expected] of [
      ['nothing', 'M3016'],
      ['people; DROP TABLE people', 'M3016'],
      ['floats', 'M2018'],
    ]) {
      const { code, err } = await merit('run', '.', '--data', `deal=facts.duckdb:${table}`);
      expect([code, err.includes(expected!)]).toEqual([1, true]);
    }
    files({ 'no.duckdb': 'no database' });
    const { code, err } = await merit(
      'run',
      '.',
      '--data',
      'deal=no.duckdb:deals',
      '--data',
      'person=no.duckdb:people',
    );
    expect([code, err.includes('M2003')]).toEqual([1, true]);
  });

  it('prints its statements', async () => {
    const { out } = await merit('run', '.', '--sql');
    expect(out).toContain('FROM data_file.sales."Deals"');
    expect(out).toMatch(/^-- .*\nCREATE TEMP TABLE /m);
    expect(out).not.toContain('anna');
  });
});
