// What a database must be asked like, and what it must never be asked or told: typed columns come by the rules of texts,
// in one transaction that only reads, and no password is shown.

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connect } from '../../src/backend/postgres-connection.ts';
import type { Connection } from '../../src/backend/sql-connection.ts';
import { quoteIdentifier } from '../../src/backend/sql-text.ts';
import { merit, workplace } from '../cli/command.ts';
import { HAS_POSTGRES, PASSWORD, type PostgresServer, startPostgres } from './server.ts';

const { files } = workplace();
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
  weight:    number else 1
  status:    won | lost
  took:      duration?
  paid:      truth
  due:       date?
}

kpi revenue  = sum(deal.amount where status is won)
kpi paid     = count(deal where paid)
kpi took     = sum(deal.took where took exists)
kpi clients  = count(distinct deal.id where amount > 1_000_000 RUB)
kpi largest  = max(deal.amount) else 0 RUB
kpi weighed  = sum(deal.amount * deal.weight)

role seller {
  bonus commission = revenue * 10%
  bonus heavy      = weighed * 0%
  bonus shown      = paid * 0 RUB + (took / 1 hour) * 0 RUB + largest * 0%
}
`;

let server: PostgresServer;

describe.skipIf(!HAS_POSTGRES)('a PostgreSQL database', () => {
  beforeAll(async () => {
    server = await startPostgres();
    vi.stubEnv('SALES_DATABASE', server.url());
    files({
      'policy.merit': POLICY,
      'merit.config.yaml': `database: SALES_DATABASE
people: { table: hr.people }
data:
  deal: { table: 'sales."Deals"' }
period: 2026-03
`,
    });
    await server.run(
      'CREATE SCHEMA hr',
      'CREATE SCHEMA sales',
      'CREATE TABLE hr.people (id TEXT, name TEXT, role TEXT)',
      `INSERT INTO hr.people VALUES ('anna', 'Anna', 'seller'), ('boris', 'Boris', 'seller'), ('vera', 'Vera', 'seller')`,
      `CREATE TYPE sales.outcome AS ENUM ('won', 'lost')`,
      `CREATE TABLE sales.all_deals (id BIGINT, closed_at TIMESTAMPTZ, manager VARCHAR(20), amount NUMERIC(30, 4), weight NUMERIC,
status sales.outcome, took INTERVAL, paid BOOLEAN, due DATE)`,
      'CREATE VIEW sales."Deals" AS SELECT * FROM sales.all_deals',
    );
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server?.stop();
  });

  /** The rows of the table, and `merit run` over them. */
  async function over(rows: string, ...args: readonly string[]) {
    await server.run(
      'TRUNCATE sales.all_deals',
      ...(rows === '' ? [] : [`INSERT INTO sales.all_deals VALUES ${rows}`]),
    );
    return merit('run', '.', ...args);
  }

  async function figures(rows: string): Promise<ReadonlyMap<string, string | null>> {
    const { code, out, err } = await over(rows, '--format', 'json');
    expect([code, err]).toEqual([0, '']);
    const { statements } = JSON.parse(out);
    return new Map(
      statements.flatMap((each: Statement) => [
        [`${each.person} pay`, each.pay] as const,
        ...each.roles[0]!.kpis.map((kpi) => [`${each.person} ${kpi.kpi}`, kpi.actual.value] as const),
      ]),
    );
  }

  interface Statement {
    readonly person: string;
    readonly pay: string;
    readonly roles: readonly {
      readonly kpis: readonly { kpi: string; actual: { value: string | null } }[];
    }[];
  }

  test('instants belong to the days of the zone, on both sides of a change of the clocks', async () => {
    // Berlin is an hour ahead of UTC until 01:00 UTC on March 29, then two: March begins at 23:00 UTC on February 28
    // and ends at 22:00 UTC on March 31
    const found = await figures(`
(1, '2026-02-28 22:59:59.999999+00', 'anna', 1, NULL, 'won', NULL, true, NULL),
(2, '2026-02-28 23:00:00+00', 'anna', 10.5, NULL, 'won', '01:30:00', true, '2026-03-31'),
(3, '2026-03-29 01:00:00+00', 'anna', 100.25, NULL, 'lost', '26:00:00', false, NULL),
(4, '2026-03-31 21:59:59.999999+00', 'anna', 1000.0001, NULL, 'won', NULL, true, NULL),
(5, '2026-03-31 22:00:00+00', 'anna', 5000, NULL, 'won', NULL, true, NULL)`);
    // 10.5 + 1000.0001, of which a tenth to the cent; an hour and a half and 26 hours are 99,000 seconds
    expect(found.get('anna revenue')).toBe('1010.5001');
    expect(found.get('anna pay')).toBe('101.05');
    expect(found.get('anna paid')).toBe('2');
    expect(found.get('anna took')).toBe('99000');
    expect(found.get('anna largest')).toBe('1000.0001');
  });

  test('of nothing sums are 0 and the largest is missing', async () => {
    const found = await figures('');
    expect(found.get('vera revenue')).toBe('0');
    expect(found.get('vera took')).toBe('0');
    expect(found.get('vera largest')).toBe('0');
  });

  test('a time without an offset is local, and one that the clocks skip is rejected', async () => {
    await server.run(
      'CREATE OR REPLACE VIEW sales.local AS SELECT id, CAST(closed_at AS TIMESTAMP) AS closed_at, manager, amount, weight, status, took, paid, due FROM sales.all_deals',
      `ALTER DATABASE postgres SET timezone = 'UTC'`,
    );
    const rows = `(1, '2026-03-01 00:00:00+00', 'anna', 1, NULL, 'won', NULL, true, NULL),
(2, '2026-03-29 02:30:00+00', 'anna', 2, NULL, 'won', NULL, true, NULL)`;
    const { code, err } = await over(rows, '--data', 'deal=table:sales.local');
    expect(code).toBe(1);
    expect(err).toContain('2026-03-29 02:30:00');
    const { out } = await merit(
      ...['run', '.', '--data', 'deal=table:sales.local', '--allow-rejects', '--format', 'json'],
    );
    expect(JSON.parse(out).statements[0].roles[0].kpis[0].actual.value).toBe('1');
  });

  test('what no number, no day and no cell is, is rejected', async () => {
    const { code, err } = await over(`
(1, '2026-03-02 00:00:00+00', 'anna', 'NaN', NULL, 'won', NULL, true, NULL),
(2, '2026-03-02 00:00:00+00', 'anna', 5, 'Infinity', 'won', NULL, true, NULL),
(3, 'infinity', 'anna', 5, NULL, 'won', NULL, true, NULL),
(4, '2026-03-02 00:00:00+00', 'anna', 5, NULL, 'won', NULL, true, '0044-03-15 BC'),
(5, '2026-03-02 00:00:00+00', 'anna', 5, NULL, 'won', '2 days 01:00:00', true, NULL),
(6, '2026-03-02 00:00:00+00', 'anna', NULL, NULL, 'won', NULL, true, NULL),
(6, '2026-03-02 00:00:00+00', 'anna', 5, NULL, 'won', NULL, NULL, NULL)`);
    expect(code).toBe(1);
    for (const cell of ['NaN', 'Infinity', 'infinity', '0044-03-15 BC', '2 days 01:00:00'])
      expect(err).toContain(cell);
    expect(err.match(/M2116/g)).toHaveLength(2);
  });

  test('binary fractions are refused', async () => {
    await server.run(
      'CREATE VIEW sales.floats AS SELECT id, closed_at, manager, CAST(amount AS FLOAT) AS amount, weight, status, took, paid, due FROM sales.all_deals',
    );
    const { code, err } = await over('', '--data', 'deal=table:sales.floats');
    expect(code).toBe(1);
    expect(err).toContain('M2018');
  });

  test('sums have 38 digits, and past them the error of every engine', async () => {
    const row = (id: number): string =>
      `(${id}, '2026-03-02 00:00:00+00', 'anna', 999999999999999999, 999999999999999999, 'won', NULL, true, NULL)`;
    const of = (count: number): string => Array.from({ length: count }, (_, at) => row(at)).join(', ');
    // (10^18 - 1)^2 = 10^36 - 2 * 10^18 + 1, of which 100 are just below 10^38
    const found = await figures(of(100));
    expect(found.get('anna weighed')).toBe('99999999999999999800000000000000000100');
    const { code, err } = await over(of(101));
    expect(code).toBe(1);
    expect(err).toContain('M3010');
  });

  test('a table that is not there, or may not be read, is named', async () => {
    for (const table of ['sales.nothing', 'sales."Deals"; DROP TABLE hr.people', '""', 'a.b.c']) {
      const { code, err } = await merit('run', '.', '--data', `deal=table:${table}`);
      expect([code, err.includes('M3016')]).toEqual([1, true]);
    }
    expect((await over('')).code).toBe(0);
  });

  test('the statements are printed, with no person and no password in them', async () => {
    const row = `(1, '2026-03-02 00:00:00+00', 'anna', 12.34, NULL, 'won', NULL, true, NULL)`;
    const { code, out } = await over(row, '--sql');
    expect(code).toBe(0);
    expect(out).toMatch(/-- a total of `deal`\n(?:-- \$\d+: .*\n)+WITH /);
    expect(out).toContain('FROM "sales"."Deals"');
    expect(out).not.toContain('anna');
    expect(out).not.toContain('12.34');
  });

  test('a password is never shown', async () => {
    const secrets = [PASSWORD, encodeURIComponent(PASSWORD), 'wrong-secret'];
    const said = [
      await over('', '--sql'),
      await over('', '--format', 'json'),
      await merit('explain', '.', '--person', 'anna', '--format', 'json'),
    ];
    vi.stubEnv('SALES_DATABASE', server.url().replace(encodeURIComponent(PASSWORD), 'wrong-secret'));
    said.push(await over(''));
    vi.stubEnv('SALES_DATABASE', `postgres://tester:${encodeURIComponent(PASSWORD)}@127.0.0.1:1/x`);
    said.push(await over(''));
    vi.stubEnv('SALES_DATABASE', `postgres://tester:${PASSWORD}@@@:x`);
    said.push(await over(''));
    vi.stubEnv('SALES_DATABASE', server.url('nothing'));
    said.push(await over(''));
    vi.stubEnv('SALES_DATABASE', '');
    const unset = await over('');
    vi.stubEnv('SALES_DATABASE', server.url());
    expect(said.map(({ code }) => code)).toEqual([0, 0, 0, 1, 1, 1, 1]);
    for (const { err } of said.slice(3)) expect(err).toContain('M3015');
    expect(unset.err).toContain('M2063');
    for (const { out, err } of said)
      for (const secret of secrets) expect([out, err].some((each) => each.includes(secret))).toBe(false);
    files({ 'bad/policy.merit': POLICY, 'bad/merit.config.yaml': `database: ${server.url()}\n` });
    const written = await merit('run', 'bad', '--period', '2026-03');
    expect(written.err).toContain('M2076');
    for (const secret of secrets) expect(written.err.includes(secret)).toBe(false);
  });

  describe('a connection', () => {
    let connection: Connection;
    const ask = (sql: string, values: readonly string[] = []) =>
      connection.rows({ sql, values, about: 'a test' });
    beforeAll(async () => {
      connection = await connect({ url: server.url(), statementSeconds: 0.3 });
    });
    afterAll(() => connection?.close());

    test('only reads, and sees the data of one moment', async () => {
      expect(
        await ask(
          `SELECT current_setting('transaction_read_only'), current_setting('transaction_isolation')`,
        ),
      ).toEqual([['on', 'repeatable read']]);
      const before = await ask('SELECT count(*) FROM hr.people');
      await server.run(`INSERT INTO hr.people VALUES ('gleb', 'Gleb', 'seller')`);
      expect(await ask('SELECT count(*) FROM hr.people')).toEqual(before);
      await server.run(`DELETE FROM hr.people WHERE id = 'gleb'`);
      for (const sql of [
        'DELETE FROM hr.people',
        'CREATE TABLE hr.more (id TEXT)',
        'CREATE TEMP TABLE more (id TEXT)',
        'SET TRANSACTION READ WRITE',
      ])
        await expect(ask(sql)).rejects.toThrow();
      expect(await ask('SELECT count(*) FROM hr.people')).toEqual(before);
    });

    test('breaks off a statement that takes too long, and one that nobody waits for', async () => {
      const endless = 'SELECT count(*) FROM generate_series(1, 100000000000)';
      await expect(ask(endless)).rejects.toThrow('M3017');
      const stopping = new AbortController();
      connection.within({ signal: stopping.signal });
      const asked = ask('SELECT CAST(pg_sleep(100) AS TEXT)');
      setTimeout(() => stopping.abort(), 20);
      await expect(asked).rejects.toThrow('M3090');
      connection.within(undefined);
      expect(await ask('SELECT 7')).toEqual([[{ num: 7, den: 1 }]]);
    });

    test('takes names and values whatever letters they have, and no binary fractions', async () => {
      const names = [
        `a"b`,
        `x'y`,
        '$1',
        'CAST($1 AS VARCHAR)',
        'SELECT',
        'a;--',
        'Ünï — 名',
        ' ',
        '%_\\',
        'people',
      ];
      for (const name of names) {
        const column = quoteIdentifier(name);
        const sql = `SELECT ${column} FROM (SELECT CAST($1 AS VARCHAR) AS ${column}) AS t WHERE ${column} = CAST($1 AS VARCHAR)`;
        expect(await ask(sql, [name])).toEqual([[name]]);
        await connection.fill('people', [{ name: 'person', cells: [name, undefined] }]);
        expect(await ask('SELECT person FROM people')).toEqual([[name], [undefined]]);
        await connection.drop('people');
      }
      await expect(ask('SELECT CAST(1 AS FLOAT)')).rejects.toThrow(/binary floating point/);
    });
  });
});
