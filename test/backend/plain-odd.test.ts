// What only looks as if it needed no mending: cells, columns and tables that the passes over typed columns must not take
// for what they aren't. Expected figures are worked out beside the rows.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDuckDbBackend } from '../../src/backend/duckdb.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { inDuckDb, policyOf, type Told, toldBy } from './plain-run.ts';

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merit-'));
});
afterAll(() => rm(folder, { recursive: true }));

function policy(field: string, kpis: string) {
  return policyOf(`policy plain {
  currency RUB
  timezone "Europe/Moscow"
  period month
}
event deal {
  since 2026-01-01
  id: text key
  closed_on: date posts
  manager: person owner
  amount: money
  ${field}
}
kpi revenue = sum(deal.amount)
${kpis}
role seller { bonus share = revenue * 1% }
`);
}

const PEOPLE = 'id,role,from,until\nann,seller,2026-01-01,\nbob,seller,2026-01-01,\n';
const asked = { people: PEOPLE, period: '2026-01' };

type Of = Parameters<typeof policy>;

async function ofCsv(of: Of, text: string): Promise<{ readonly memory: Told; readonly duckdb: Told }> {
  const path = join(folder, `${files++}.csv`);
  await writeFile(path, text);
  const content = { kind: 'file', path } as const;
  const question = { ...asked, policy: policy(...of), deals: { format: 'csv', content } } as const;
  return {
    memory: await toldBy(createMemoryBackend({ readFile }), question),
    duckdb: await toldBy(await createDuckDbBackend({ readFile, paths: [path] }), question),
  };
}

/** Three deals in Parquet with one more column. */
async function ofParquet(of: Of, column: string): Promise<Told> {
  const path = join(folder, `${files++}.parquet`);
  const rows = `(VALUES ('a', DATE '2026-01-02', 'ann', 5.00, 1), ('b', DATE '2026-01-03', 'bob', 6.10, NULL),
('c', DATE '2026-01-04', 'bob', 7.00, 2)) AS deals(id, closed_on, manager, amount, x)`;
  await inDuckDb([
    `COPY (SELECT id, closed_on, manager, amount, ${column} FROM ${rows}) TO '${path}' (FORMAT parquet)`,
  ]);
  return toldBy(await createDuckDbBackend({ readFile, paths: [path] }), {
    ...asked,
    policy: policy(...of),
    deals: { format: 'parquet', content: { kind: 'file', path } },
  });
}

/** The company's figure of a KPI. */
function figure({ result }: Told, name: string): string | null | undefined {
  const line = result?.company[0]?.kpis.find(({ kpi }) => kpi.startsWith(name));
  return line?.actual.value;
}

test('somebody unknown is found in every field of people, not in the owner alone', async () => {
  const { memory, duckdb } = await ofCsv(
    ['partner: person?', ''],
    'id,closed_on,manager,amount,partner\na,2026-01-02,ann,5,zoe\nb,2026-01-03,bob,6.10,ann\n',
  );
  expect(memory.problems).toEqual(['error M2114 `zoe` in column `partner` is nobody in the people data']);
  expect(duckdb).toEqual(memory);
});

test('control totals add up what the file says, figures what stands for an empty cell too', async () => {
  const { memory, duckdb } = await ofCsv(
    ['discount: number else 2', 'kpi discounts = sum(deal.discount)'],
    'id,closed_on,manager,amount,discount\na,2026-01-02,ann,5,\nb,2026-01-03,bob,6.10,7\n',
  );
  expect(duckdb).toEqual(memory);
  const sums = duckdb.result?.control.find(({ source }) => source === 'deal')?.used.sums;
  expect(sums).toEqual([
    { field: 'amount', sum: '11.1' },
    { field: 'discount', sum: '7' },
  ]);
  // 2 for the empty cell, and 7
  expect(figure(duckdb, 'discounts')).toBe('9');
});

describe('a cell past all rows that are looked at first', () => {
  const ROWS = 20_100;

  /** Each of so many deals comes to 1.50; of the last but ten one cell is another. */
  function deals(column: number, cell: string): string {
    const rows = Array.from({ length: ROWS }, (_, at) => {
      const cells = [`d${at}`, '2026-01-02', at % 2 === 0 ? 'ann' : 'bob', '1.50'];
      if (at === ROWS - 10) cells[column] = cell;
      return cells.join(',');
    });
    return `id,closed_on,manager,amount\n${rows.join('\n')}\n`;
  }

  test('has all its decimals', async () => {
    const { memory, duckdb } = await ofCsv(['', ''], deals(3, '0.123456789'));
    expect(duckdb).toEqual(memory);
    // 20,099 * 1.5 + 0.123456789
    expect(figure(duckdb, 'revenue')).toBe('30148.623456789');
  });

  test('is the key of another row', async () => {
    const { duckdb } = await ofCsv(['', ''], deals(0, 'd7'));
    // row 2 is the first deal, d0
    expect(duckdb.problems).toEqual([
      'error M2116 `d7` in column `id` is the key of row 20092 of `deals` too',
      'error M2116 `d7` in column `id` is the key of row 9 of `deals` too',
    ]);
  });
});

describe('a Parquet column of whole numbers', () => {
  const WHOLE = 'CAST(x AS INTEGER) AS x';

  test('has a fallback with decimals as it is', async () => {
    const told = await ofParquet(['x: number else 1.25', 'kpi all = sum(deal.x)'], WHOLE);
    // 1 + 1.25 + 2
    expect(figure(told, 'all')).toBe('4.25');
  });

  test('has bounds with decimals as they are', async () => {
    const least = await ofParquet(['x: number? from 1.4', ''], WHOLE);
    expect(least.problems).toEqual([
      'error M2112 `1` in column `x` is below the least value that the policy takes',
    ]);
    const most = await ofParquet(['x: number? until 1.5', ''], WHOLE);
    expect(most.problems).toEqual([
      'error M2113 `2` in column `x` is above the greatest value that the policy takes',
    ]);
  });
});

test('a Parquet file may have a column that is called as DuckDB calls the numbers of its rows', async () => {
  const told = await ofParquet(['', ''], 'x AS file_row_number');
  // 5 + 6.1 + 7
  expect(figure(told, 'revenue')).toBe('18.1');
});

describe('a table whose texts DuckDB compares without regard to capitals', () => {
  test.each([
    ['plain texts', 'B'],
    ['a text that NFC changes', 'e\u0301'],
  ])('is told apart letter by letter, with %s', async (_, last) => {
    const database = join(folder, `${files++}.duckdb`);
    await inDuckDb(
      [
        `CREATE TABLE deals (id VARCHAR COLLATE NOCASE, closed_on DATE, manager VARCHAR, amount DECIMAL(9, 2),
client VARCHAR COLLATE NOCASE)`,
        `INSERT INTO deals VALUES ('a', '2026-01-02', 'ann', 5, 'b'), ('A', '2026-01-03', 'ann', 6, 'c'),
('c', '2026-01-04', 'bob', 7, '${last}')`,
      ],
      database,
    );
    const told = await toldBy(await createDuckDbBackend({ readFile, paths: [], database }), {
      ...asked,
      policy: policy(
        'client: text\n first = (nth(by client) is 1) else false',
        'kpi small = count(deal where client is "b")\nkpi firsts = count(deal where first)',
      ),
      deals: {
        format: 'csv',
        content: { kind: 'table', table: 'deals', database: { kind: 'duckdb', path: database } },
      },
    });
    expect(told.problems.filter((each) => each.startsWith('error'))).toEqual([]);
    // `b` is one client and whatever is beside it another; each of the three is seen for the first time
    expect([figure(told, 'small'), figure(told, 'firsts')]).toEqual(['1', '3']);
  });
});
