// Events answered by passes over their typed columns: the same Results as the judge's, and the way of all other events
// wherever a cell, a key or a person isn't sound.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { createDuckDbBackend } from '../../src/backend/duckdb.ts';
import { connect } from '../../src/backend/duckdb-connection.ts';
import { withPlainEvents } from '../../src/backend/duckdb-plain.ts';
import { createHashes } from '../../src/backend/duckdb-plain-keys.ts';
import { typedRelation } from '../../src/backend/duckdb-plain-source.ts';
import { fileReader } from '../../src/backend/duckdb-source.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { createSqlBackend } from '../../src/backend/sql-backend.ts';
import { compile, run } from '../../src/engine.ts';
import type { SourceSpec } from '../../src/model/dataset.ts';
import { jsonText } from '../../src/report/json.ts';
import { policyOf, toldBy } from './plain-run.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merit-'));
});
afterAll(() => rm(folder, { recursive: true }));

const POLICY = `policy plain {
  currency RUB
  timezone "Europe/Moscow"
  period month
}
event deal {
  since 2025-12-28
  id: text key
  closed_on: date? posts
  manager: person owner
  client: text
  amount: money from 0 RUB
  cost: money?
  discount: number else 0
  urgent: yes or no
  status: won | lost | open
  is_won = status is won
  margin = amount - (cost else 0 RUB)
  is_first = is_won and nth(by client where is_won) is 1
  is_second = is_won and nth(by client where is_won) is 2
}
kpi revenue = sum(deal.amount where is_won)
kpi profit = sum(deal.margin where is_won)
kpi costs = sum(deal.cost else 0 RUB)
kpi large = sum(deal.amount where is_won and amount >= 500.5 RUB)
kpi discounts = sum(deal.discount where urgent)
kpi won = count(deal where is_won)
kpi conversion = won / count(deal where status is not open)
kpi so_far = count(distinct deal.client where is_won)[ytd]
kpi until_now = sum(deal.amount)[ytd]
kpi clients = count(distinct deal.client where is_won)
kpi first_ones = count(distinct deal.client where is_first)
kpi repeated = sum(deal.amount where is_won and not is_first)
kpi second = sum(deal.amount where is_second)
kpi high = percentile(deal.amount, 90% where is_won)
kpi low = percentile(deal.amount, 7% where is_won)
kpi middle = median(deal.amount where urgent)
kpi least = min(deal.margin)
kpi most = max(deal.amount where is_won)
role seller {
  bonus share = revenue * 3% + (until_now else 0 RUB) * 1%
}
role head {
  bonus all = revenue[company] * 1% + (clients[company] + first_ones[company]) * 1 RUB
}
`.replace('urgent: yes or no', 'urgent: truth');

const PEOPLE = `id,role,from,until
ann,seller,2025-01-01,2026-02-10
ann,head,2026-02-11,
bob,seller,2026-01-20,
cid,seller,2025-01-01,
`;

const HEADER = 'id,closed_on,manager,client,amount,cost,discount,urgent,status';

/** Rows by whole-number arithmetic: several days, people, clients and amounts, some days outside every period. */
function rows(): string[] {
  return Array.from({ length: 300 }, (_, at) => {
    const day = new Date(Date.UTC(2025, 11, 25 + ((at * 37) % 110))).toISOString().slice(0, 10);
    const amount = `${(at * 7919) % 1000}.${String((at * 31) % 100).padStart(2, '0')}`;
    const cost = at % 4 === 0 ? '' : `${(at * 13) % 300}.5`;
    const cells = [
      `d${(at * 101) % 997}`,
      at % 50 === 49 ? '' : day,
      ['ann', 'bob', 'cid'][at % 3],
      `client ${(at * 17) % 23}`,
      amount,
      cost,
      at % 5 === 0 ? '' : String(at % 7),
      at % 2 === 0 ? 'true' : 'false',
      ['won', 'lost', 'open', 'won'][(at * 5) % 4],
    ];
    return cells.join(',');
  });
}

const FEW = compile([{ name: 'plain.merit', text: POLICY }]);

/** The same with many sums by words of lists, some with other conditions beside. */
const MANY = compile([
  {
    name: 'plain.merit',
    text: `${POLICY}${['won', 'lost', 'open']
      .flatMap((status) => [
        `status is ${status}`,
        `status is not ${status} and urgent`,
        `not (status is ${status} or urgent)`,
        `is_won and not urgent and not (status is ${status})`,
        `status is ${status} and amount >= 300 RUB and urgent`,
        `status is ${status} and is_first`,
      ])
      .flatMap((where, at) => [
        `kpi sum_${at} = sum(deal.amount where ${where})`,
        `kpi discount_${at} = sum(deal.discount where ${where})`,
        `kpi count_${at} = count(deal where ${where})`,
      ])
      .join('\n')}\n`,
  },
]);

interface Told {
  readonly text: string;
  readonly problems: readonly string[];
}

async function told(
  backend: Backend,
  deals: Pick<SourceSpec, 'format' | 'content'>,
  policy = FEW,
): Promise<Told> {
  expect(policy.diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
  const base = { columns: new Map(), constants: new Map(), dialect: {} };
  const people: SourceSpec = {
    ...base,
    name: 'person',
    file: 'people',
    format: 'csv',
    content: { kind: 'text', text: PEOPLE },
  };
  const sources = [people, { ...base, ...deals, name: 'deal', file: 'deals' }];
  try {
    const request = { model: policy.value!, sources, period: '2026-01..2026-03' };
    const { value, diagnostics } = await run(request, backend);
    const problems = diagnostics.map((each) => `${each.severity} ${each.code} ${each.message}`);
    return { text: value ? jsonText({ ...value, engine: '' }) : '', problems };
  } finally {
    await backend.close();
  }
}

/** What a run says over the rows, in memory and in DuckDB as CSV and as Parquet with the columns that DuckDB finds. */
async function both(lines: readonly string[], name: string, policy = FEW) {
  const text = `${[HEADER, ...lines].join('\n')}\n`;
  const csv = join(folder, `${name}.csv`);
  const parquet = join(folder, `${name}.parquet`);
  await writeFile(csv, text);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT * REPLACE (CAST(amount AS DECIMAL(12, 2)) AS amount, CAST(cost AS DECIMAL(38, 1)) AS cost)
FROM read_csv('${csv}', header = true, all_varchar = false, nullstr = '')) TO '${parquet}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  const of = async (format: 'csv' | 'parquet', path: string): Promise<Told> =>
    told(
      await createDuckDbBackend({ readFile, paths: [path] }),
      { format, content: { kind: 'file', path } },
      policy,
    );
  return {
    memory: await told(
      createMemoryBackend({ readFile }),
      { format: 'csv', content: { kind: 'text', text } },
      policy,
    ),
    csv: await of('csv', csv),
    parquet: await of('parquet', parquet),
  };
}

function change(at: number, cell: string, to: string): readonly string[] {
  const lines = rows();
  const cells = lines[at]!.split(',');
  cells[HEADER.split(',').indexOf(cell)] = to;
  lines[at] = cells.join(',');
  return lines;
}

test('sound rows are not loaded as others are, until somebody asks for rows', async () => {
  const path = join(folder, 'asked.csv');
  await writeFile(path, `${[HEADER, ...rows()].join('\n')}\n`);
  const connection = await connect({ paths: [path] });
  const files = { connection, readFile, paths: new Set([path]), seen: new Map() };
  const general = createSqlBackend(fileReader(files));
  let loads = 0;
  const counted: Backend = { ...general, load: (...of) => general.load(...of).then(() => void loads++) };
  const backend = withPlainEvents(counted, {
    connection,
    typed: (event, load) => typedRelation(files, event, load),
  });
  const watched: Backend = {
    ...backend,
    async close() {
      expect(loads).toBe(0);
      const buckets = [{ id: '2026-01', from: 20454, until: 20485 }];
      const found = await backend.rows({ id: 'r', event: 'deal', buckets, columns: [] });
      expect(found.length).toBeGreaterThan(10);
      expect(loads).toBe(1);
      await backend.close();
    },
  };
  await told(watched, { format: 'csv', content: { kind: 'file', path } });
});

test('sound rows give the Result of the judge', async () => {
  const { memory, csv, parquet } = await both(rows(), 'sound');
  expect(memory.text.length).toBeGreaterThan(1000);
  expect(csv).toEqual(memory);
  expect(parquet).toEqual(memory);
});

test('many sums by words of lists are added up in two steps', async () => {
  const { memory, csv, parquet } = await both(rows(), 'many', MANY);
  expect(memory.text.length).toBeGreaterThan(1000);
  expect(csv).toEqual(memory);
  expect(parquet).toEqual(memory);
});

test('clients of a month beside sums of a longer one: rows of the later months belong to no bucket', async () => {
  const policy = policyOf(`policy plain {
  currency RUB
  timezone "Europe/Moscow"
  period month
}
event deal { id: text key, closed_on: date posts, manager: person owner, client: text, amount: money }
kpi revenue = sum(deal.amount)
kpi clients = count(distinct deal.client)
role seller {
  bonus each_one = clients * 5 RUB
  bonus plan per quarter = revenue * 1%
}
`);
  const path = join(folder, 'longer.csv');
  const text =
    'id,closed_on,manager,client,amount\na,2026-01-05,ann,x,10\nb,2026-02-05,ann,y,20\nc,2026-03-05,ann,z,30\n';
  await writeFile(path, text);
  const deals = { format: 'csv', content: { kind: 'file', path } } as const;
  const people = 'id,role,from,until\nann,seller,2026-01-01,\n';
  const backend = await createDuckDbBackend({ readFile, paths: [path] });
  const { result } = await toldBy(backend, { policy, people, deals, period: '2026-01' });
  // one client in January
  expect(result?.statements.map((each) => each.pay)).toEqual(['5']);
});

describe('what is not sound is said as the judge says it', () => {
  test.each([
    ['an unknown person', 7, 'manager', 'zoe'],
    ['a doubled key', 8, 'id', 'd0'],
    ['an empty key', 8, 'id', ''],
    ['a negative amount', 9, 'amount', '-0.01'],
    ['a missing amount', 9, 'amount', ''],
    ['a word of no list', 10, 'status', 'gone'],
    ['a letter that composes', 11, 'client', 'cafe\u0301'],
    ['a look-alike', 12, 'client', 'cli\u0435nt 5'],
    ['a double space', 12, 'client', 'client  5'],
    ['names in other letters', 13, 'client', '\u0418\u0432\u0430\u043d'],
    ['a day before all years', 14, 'closed_on', '0001-01-01'],
  ] as const)('%s', async (name, at, cell, to) => {
    const { memory, csv, parquet } = await both(change(at, cell, to), name.replaceAll(' ', '-'));
    expect(csv).toEqual(memory);
    // a cell of Parquet is shown as its type writes it
    expect({ ...parquet, problems: parquet.problems.length }).toEqual({
      ...memory,
      problems: memory.problems.length,
    });
  });

  test.each([
    ['spaces around', 9, 'amount', ' 5.00 '],
    ['an exponent', 9, 'amount', '1e3'],
    ['more decimals than others', 9, 'amount', '1.123456789'],
    ['too many decimals', 9, 'amount', '1.1234567891'],
    ['a large number', 9, 'amount', '123456789012345678'],
    ['a plus', 9, 'amount', '+5'],
    ['a time in a date', 9, 'closed_on', '2026-01-31T00:00:00'],
    ['no day', 9, 'closed_on', '2026-02-30'],
    ['a short day', 9, 'closed_on', '2026-2-3'],
    ['another truth', 9, 'urgent', 'YES'],
    ['no truth', 9, 'urgent', '1'],
  ] as const)('in CSV, %s', async (name, at, cell, to) => {
    const path = join(folder, `${name.replaceAll(' ', '-')}.csv`);
    const text = `${[HEADER, ...change(at, cell, to)].join('\n')}\n`;
    await writeFile(path, text);
    const memory = await told(createMemoryBackend({ readFile }), {
      format: 'csv',
      content: { kind: 'text', text },
    });
    const duckdb = await told(await createDuckDbBackend({ readFile, paths: [path] }), {
      format: 'csv',
      content: { kind: 'file', path },
    });
    expect(duckdb).toEqual(memory);
  });
});

describe('keys', () => {
  const hashes = (count: number, of: (at: number) => bigint) => {
    const found = createHashes(count);
    found.take(new Uint32Array(BigUint64Array.from({ length: count }, (_, at) => of(at)).buffer));
    return found.areDifferent();
  };
  const spread = (at: number): bigint => BigInt.asUintN(64, BigInt(at) * 0x9e3779b97f4a7c15n);

  test('hashes that all differ are different, in one part and in many', () => {
    expect(hashes(1, spread)).toBe(true);
    expect(hashes(1000, spread)).toBe(true);
    expect(hashes(200_000, spread)).toBe(true);
  });

  test('one that stands twice is found wherever it stands', () => {
    expect(hashes(2, () => 5n)).toBe(false);
    expect(hashes(200_000, (at) => spread(at === 199_999 ? 3 : at))).toBe(false);
  });

  test('hashes of equal halves are different; a part that gets all of them grows', () => {
    expect(hashes(1000, (at) => BigInt(at) << 32n)).toBe(true);
    expect(hashes(50_000, (at) => BigInt(at))).toBe(true);
  });
});
