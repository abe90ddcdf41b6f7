// The DuckDB backend by itself: exact figures, formats, limits, names, and what it can't be made to do.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDuckDbBackend } from '../../src/backend/duckdb.ts';
import { connect } from '../../src/backend/duckdb-connection.ts';
import { plainCsv } from '../../src/backend/duckdb-csv.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { quoteIdentifier } from '../../src/backend/sql-text.ts';
import { type Exact, exact, exactText } from '../../src/base/exact.ts';
import { decimal, readSales, totals } from './oracle.ts';
import { askSales, type SalesAnswer, salesEvent, salesSource } from './sales.ts';
import { apply, field, MONEY, measure } from './small-model.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merit-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function sales(lines: readonly string[], event = salesEvent()): Promise<SalesAnswer> {
  const path = await write('sales.csv', ['id,at,owner,amount', ...lines, ''].join('\n'));
  return askSales(await createDuckDbBackend({ readFile, paths: [path] }), salesSource('csv', path), {
    event,
  });
}

function sums({ facts }: SalesAnswer): readonly string[] {
  return facts.map(
    (row) =>
      `${row.group} ${row.bucket} ${row.share && exactText(row.share)}: ${exactText(row.values[0] as Exact)}`,
  );
}

test('a file of one endless line is said to be too large', async () => {
  const path = await write('endless.csv', '');
  const huge = async () => new Uint8Array(2 ** 29);
  const backend = await createDuckDbBackend({ readFile: huge, paths: [path] });
  const { diagnostics } = await backend.columns(salesSource('csv', path));
  await backend.close();
  expect(diagnostics.map(({ code }) => code)).toEqual(['M2003']);
});

describe('exact figures', () => {
  test('1.005 stays 1.005', async () => {
    const answer = await sales(['a,2026-01-05,ann,1.005', 'b,2026-01-06,ann,1.005']);
    expect(sums(answer)).toEqual(['0 2026-01 1: 2.01']);
  });

  test('0.1 and 0.2 come to 0.3', async () => {
    expect(sums(await sales(['a,2026-01-05,ann,0.1', 'b,2026-01-06,ann,0.2']))).toEqual(['0 2026-01 1: 0.3']);
  });

  test('sums pass the digits of a double', async () => {
    const lines = Array.from({ length: 30 }, (_, at) => `${at},2026-01-05,bob,999999999999999999.999999999`);
    const answer = await sales(lines);
    expect(sums(answer)).toEqual(['1 2026-01 1: 29999999999999999999.99999997']);
    expect(answer.report.control.all.sums).toEqual([
      { field: 'amount', sum: '29999999999999999999.99999997' },
    ]);
  });

  test('thirds come to the whole', async () => {
    const span = { source: 'policy.merit', start: 0, end: 0 };
    const to = field('owner', { kind: 'person' });
    const third = { to, share: '1/3', extra: false, span };
    const answer = await sales(
      ['a,2026-01-05,ann,100'],
      salesEvent([third, third, { ...third, share: 'rest' }]),
    );
    expect(sums(answer)).toEqual(['0 2026-01 1/3: 300']);
    expect(answer.facts[0]!.share).toEqual(exact('1/3'));
  });

  test('a product past 38 digits is an error that says so', async () => {
    const path = await write(
      'large.csv',
      'id,at,owner,amount\na,2026-01-05,ann,999999999999999999.999999999\n',
    );
    const amount = field('amount', MONEY);
    const number = { ...amount, type: { kind: 'number' } as const };
    const event = salesEvent();
    const asked = askSales(await createDuckDbBackend({ readFile, paths: [path] }), salesSource('csv', path), {
      measures: [measure(event, 'sum', { value: apply('*', amount, number) })],
    });
    await expect(asked).rejects.toThrow(/M3010.*a total of `sale`/);
  });
});

describe('formats', () => {
  const csv = 'id,at,owner,amount\na,2026-01-05,ann,10.50\nb,2026-02-06,bob,1.005\n';

  test('CSV, JSON and NDJSON say the same', async () => {
    const rows = [
      '{"id": "a", "at": "2026-01-05", "owner": "ann", "amount": 10.50}',
      '{"id": "b", "at": "2026-02-06", "owner": "bob", "amount": 1.005}',
    ];
    const answers = [];
    for (const [format, text] of [
      ['csv', csv],
      ['json', `[${rows.join(',')}]`],
      ['ndjson', rows.join('\n')],
    ] as const) {
      const path = await write(`same.${format}`, text);
      answers.push(
        await askSales(await createDuckDbBackend({ readFile, paths: [path] }), salesSource(format, path)),
      );
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(sums(answers[0]!)).toEqual(['0 2026-01 1: 10.5', '1 2026-02 1: 1.005']);
  });

  async function parquet(name: string, select: string): Promise<string> {
    const path = join(folder, name);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();
    return path;
  }

  test('Parquet of text, dates and decimals is read as if it were written out', async () => {
    const path = await parquet(
      'typed.parquet',
      `SELECT 'a' AS id, DATE '2026-01-05' AS at, 'ann' AS owner, 10.50::DECIMAL(10, 2) AS amount
UNION ALL SELECT 'b', DATE '2026-02-06', 'bob', NULL`,
    );
    const backend = await createDuckDbBackend({ readFile, paths: [path] });
    const answer = await askSales(backend, salesSource('parquet', path));
    expect(sums(answer)).toEqual(['0 2026-01 1: 10.5']);
    expect(answer.report.rejects).toMatchObject([{ row: 3, field: 'amount', cell: '', reason: 'empty' }]);
  });

  test('Parquet timestamps at midnight are dates', async () => {
    const path = await parquet(
      'stamps.parquet',
      "SELECT 'a' AS id, TIMESTAMP '2026-01-05' AS at, 'ann' AS owner, 7 AS amount",
    );
    const backend = await createDuckDbBackend({ readFile, paths: [path] });
    expect(sums(await askSales(backend, salesSource('parquet', path)))).toEqual(['0 2026-01 1: 7']);
  });

  test('binary fractions are refused where figures must be exact', async () => {
    const path = await parquet(
      'float.parquet',
      "SELECT 'a' AS id, DATE '2026-01-05' AS at, 'ann' AS owner, 0.1::DOUBLE AS amount",
    );
    const backend = await createDuckDbBackend({ readFile, paths: [path] });
    await expect(askSales(backend, salesSource('parquet', path))).rejects.toThrow(/M2018/);
  });

  test('a Parquet source gives its texts', async () => {
    const path = await parquet('texts.parquet', 'SELECT 1 AS "a ""b""", NULL AS c');
    const backend = await createDuckDbBackend({ readFile, paths: [path] });
    const { value } = await backend.text(salesSource('parquet', path));
    await backend.close();
    expect(value).toEqual({ header: ['a "b"', 'c'], rows: [['1', '']] });
  });
});

describe('files that readers could take otherwise', () => {
  const plain: readonly [string, string, boolean][] = [
    ['plain', 'a,b\n1,2\n', true],
    ['a byte order mark', '\ufeffa,b\n1,2', true],
    ['quoted cells', 'a,b\n"x,y","q""q"\n', true],
    ['a blank line', 'a,b\n\n1,2\n', false],
    ['mixed line ends', 'a,b\r\n1,2\n', false],
    ['CR alone', 'a,b\r1,2\r', false],
    ['a ragged row', 'a,b\n1\n', false],
    ['a bare quote', 'a,b\n1"2,3\n', false],
    ['text after a quote', 'a,b\n"1" ,3\n', false],
    ['a line end in quotes', 'a,b\n"1\n2",3\n', false],
    ['an open quote', 'a,b\n"1,3\n', false],
    ['NUL', 'a,b\n1\0,3\n', false],
    ['one column', 'a\n1\n', false],
  ];
  test.each(plain)('%s', (_, text, isPlain) => {
    expect(plainCsv(new TextEncoder().encode(text), ',') !== undefined).toBe(isPlain);
  });

  test.each(['a*.csv', 'a?.csv', 'a[1].csv', "o'clock.csv", 'a b.csv', 'x=1.csv', 'й.csv'])(
    'a path called %s',
    async (name) => {
      const path = await write(name, 'id,at,owner,amount\na,2026-01-05,ann,1\n');
      const backend = await createDuckDbBackend({ readFile, paths: [path] });
      expect(sums(await askSales(backend, salesSource('csv', path)))).toEqual(['0 2026-01 1: 1']);
    },
  );
});

describe('locked', () => {
  const attempts: readonly string[] = [
    "SELECT * FROM read_csv('OTHER')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM 'OTHER'",
    "ATTACH 'OTHER.db'",
    "COPY (SELECT 1) TO 'OTHER'",
    "COPY (SELECT 1) TO 'BOUND'",
    "EXPORT DATABASE 'OTHER'",
    'INSTALL httpfs',
    'LOAD httpfs',
    'SET enable_external_access = true',
    "SET allowed_paths = ['OTHER']",
    'SET threads = 1',
    'SET lock_configuration = false',
    "SET TimeZone = 'Europe/Berlin'",
    "SELECT * FROM read_csv('https://example.org/x.csv')",
  ];
  test.each(attempts)('%s fails', async (attempt) => {
    const bound = await write('bound.csv', 'a,b\n1,2\n');
    const other = await write('other.csv', 'a,b\n1,2\n');
    const connection = await connect({ paths: [bound] });
    const run = (sql: string): Promise<unknown> => connection.rows({ sql, values: [], about: 'a test' });
    await expect(run(`SELECT * FROM read_csv('${bound}', all_varchar = true)`)).resolves.toHaveLength(1);
    await expect(run(attempt.replace('OTHER', other).replace('BOUND', bound))).rejects.toThrow();
    expect(await readFile(bound, 'utf8')).toBe('a,b\n1,2\n');
    connection.close();
  });

  test('running out of memory is an error that says so, and nothing is written', async () => {
    const connection = await connect({ paths: [], memoryLimit: '50MB' });
    const sql = 'CREATE TEMP TABLE large AS SELECT range AS a, uuid() AS b FROM range(5000000)';
    await expect(connection.run({ sql, values: [], about: 'a test' })).rejects.toThrow(/M3011/);
    connection.close();
  });

  test('binary floating point is no answer', async () => {
    const connection = await connect({ paths: [] });
    await expect(connection.rows({ sql: 'SELECT avg(1)', values: [], about: 'a test' })).rejects.toThrow(
      /floating/,
    );
    await expect(connection.rows({ sql: 'SELECT [1::FLOAT]', values: [], about: 'a test' })).rejects.toThrow(
      /floating/,
    );
    connection.close();
  });

  test('quoted names come back as they were', async () => {
    const connection = await connect({ paths: [] });
    const names = [
      'a',
      'a"b',
      '"',
      '""',
      "o'k",
      '__proto__',
      'имя',
      'line\nend',
      '; DROP TABLE x --',
      ' ',
      'select',
      '😀',
      'a.b',
      '$1',
      '\\',
    ];
    const check = async (name: string): Promise<void> => {
      const sql = `SELECT column_name FROM (DESCRIBE SELECT 1 AS ${quoteIdentifier(name)})`;
      expect(await connection.rows({ sql, values: [], about: 'a test' })).toEqual([[name]]);
    };
    for (const name of names) await check(name);
    const texts = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((each) => !each.includes('\0') && !each.startsWith('\ufeff'));
    await fc.assert(fc.asyncProperty(texts, check), { numRuns: 100 });
    connection.close();
  });
});

test('totals agree with the oracle in both backends', async () => {
  const amount = fc.oneof(
    fc
      .tuple(
        fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
        fc.integer({ min: 0, max: 10 }),
        fc.integer({ min: 0, max: 10 ** 9 }),
      )
      .map(([whole, places, after]) =>
        places === 0 ? String(whole) : `${whole}.${String(after).padStart(places, '0')}`,
      ),
    fc.constantFrom('1.005', '-0.1', '+0.2', '1e3', '1,', '', '.5', '0.0000000001', '9999999999999999999'),
  );
  const row = fc.record({
    month: fc.integer({ min: 1, max: 12 }),
    owner: fc.constantFrom('ann', 'bob'),
    amount,
  });
  let run = 0;
  const agree = fc.asyncProperty(fc.array(row, { maxLength: 60 }), async (rows) => {
    const lines = rows.map(
      (each, at) =>
        `${at},2026-${String(each.month).padStart(2, '0')}-11,${each.owner},${each.amount.replace(',', '')}`,
    );
    const text = ['id,at,owner,amount', ...lines, ''].join('\n');
    const path = await write(`oracle${run++}.csv`, text);
    const oracle = readSales(text);
    const wanted = totals(oracle.sales);
    for (const backend of [
      createMemoryBackend({ readFile }),
      await createDuckDbBackend({ readFile, paths: [path] }),
    ]) {
      const { report, facts } = await askSales(backend, salesSource('csv', path));
      expect(report.control.all).toEqual({
        rows: oracle.rows,
        sums: [{ field: 'amount', sum: decimal(oracle.sum) }],
      });
      expect(report.control.used.rows).toBe(oracle.sales.length);
      const found = facts.map(
        ({ group, bucket, values }) =>
          [
            `${group === '0' ? 'ann' : 'bob'} ${bucket}`,
            { sum: exactText(values[0] as Exact), count: Number((values[1] as Exact).num) },
          ] as const,
      );
      expect(new Map(found)).toEqual(wanted);
    }
  });
  await fc.assert(agree, {
    numRuns: Math.min(Number(process.env.MERIT_RUNS ?? 30), 300),
    endOnFailure: true,
  });
}, 600_000);
