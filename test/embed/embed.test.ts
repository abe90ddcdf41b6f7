// Questions of programs over data in each form that they may have it: the same pay, to the cent, or a refusal by name.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Decimal } from 'decimal.js';
import { afterAll, describe, expect, it } from 'vitest';
import * as page from '../../src/browser-embed.ts';
import type { Model } from '../../src/model/policy.ts';
import * as node from '../../src/node-embed.ts';
import { DEALS, PAY, PEOPLE, PERIOD, POLICY, payOf } from './example.ts';

const folder = mkdtempSync(join(tmpdir(), 'merit-embed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const model = (await node.compile([POLICY])).value!;
const data = { person: PEOPLE, deal: DEALS };
const asked = { model, data, period: PERIOD };

const CSV = `id,closed,seller,amount,status,pieces
1,2026-01-05,ann,1200.50,won,
2,2026-01-06,ann,99.50,won,3
3,2026-01-07,ann,7000,lost,
4,2026-01-31,bob,0.10,won,2
`;

async function* oneByOne<T>(rows: readonly T[]): AsyncGenerator<T> {
  for (const row of rows) {
    await Promise.resolve();
    yield row;
  }
}

/** What a run over one value of a deal says. */
async function codes(amount: unknown, options: node.RowOptions = {}): Promise<readonly string[]> {
  const deal = node.fromRows([{ ...DEALS[0]!, amount }], options);
  const { diagnostics } = await node.run({ ...asked, data: { person: PEOPLE, deal } });
  return diagnostics.map((each) => `${each.code} ${each.data?.row} ${each.data?.column}`);
}

describe('data of a run', () => {
  it('is rows, in Node and in a page', async () => {
    for (const door of [node, page]) {
      const { value, diagnostics } = await door.run(asked);
      expect(diagnostics).toEqual([]);
      expect(payOf(value)).toEqual(PAY);
    }
  });

  it('is rows that come one by one, text, a file, and what is read once for several questions', async () => {
    const path = join(folder, 'deals.csv');
    writeFileSync(path, CSV);
    for (const deal of [
      oneByOne(DEALS),
      new Set(DEALS),
      node.fromText('deals.csv', CSV),
      node.fromFile(path),
    ])
      expect(payOf((await node.run({ ...asked, data: { person: PEOPLE, deal } })).value)).toEqual(PAY);
    const read = await node.readData({ model, data: { person: PEOPLE, deal: oneByOne(DEALS) } });
    for (let count = 0; count < 2; count++)
      expect(payOf((await node.run({ ...asked, data: read.value! })).value)).toEqual(PAY);
  });

  it('is a table or a query of a DuckDB connection', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`CREATE TABLE deals (id INTEGER, closed DATE, seen TIMESTAMPTZ, seller VARCHAR,
      amount DECIMAL(18, 2), rough DOUBLE, status ENUM ('won', 'lost'))`);
    await connection.run(`INSERT INTO deals VALUES (1, '2026-01-05', now(), 'ann', 1200.50, 1200.5, 'won'),
      (2, '2026-01-06', NULL, 'ann', 99.50, 99.5, 'won'), (3, '2026-01-07', NULL, 'ann', 7000, 7000, 'lost'),
      (4, '2026-01-31', NULL, 'bob', 0.10, 0.1, 'won')`);
    const paid = (what: { readonly table: string } | { readonly query: string }, options?: node.RowOptions) =>
      node.run({ ...asked, data: { person: PEOPLE, deal: node.fromDuckDb(connection, what, options) } });
    expect(payOf((await paid({ table: 'main.deals' })).value)).toEqual(PAY);
    expect(payOf((await paid({ query: 'SELECT * FROM deals ORDER BY id; ' })).value)).toEqual(PAY);
    const rough = { columns: { amount: 'rough' } };
    const refused = await paid({ table: 'deals' }, rough);
    expect(refused.diagnostics.map((each) => [each.code, each.data?.column])).toEqual([['M2064', 'rough']]);
    expect(payOf((await paid({ table: 'deals' }, { ...rough, numbers: 'shortest' })).value)).toEqual(PAY);
    const none = await paid({ table: 'nothing_there' });
    expect(none.diagnostics.map((each) => each.code)).toEqual(['M2003']);
    connection.closeSync();
    instance.closeSync();
  });

  it('may lack rows, and columns that nobody reads hold anything', async () => {
    const nobody = await node.run({ ...asked, data: { person: PEOPLE, deal: [] } });
    expect(payOf(nobody.value)).toEqual({ ann: '0', bob: '0' });
  });

  it('is known by its names', async () => {
    const { value, diagnostics } = await node.run({ ...asked, data: { ...data, deals: [] } });
    expect(value).toBeUndefined();
    expect(diagnostics.map((each) => [each.code, each.help])).toEqual([['M2056', 'did you mean `deal`?']]);
    const without = await node.run({ ...asked, data: { person: PEOPLE } });
    expect(without.diagnostics.map((each) => each.code)).toEqual(['M3150']);
  });

  it('is rejected row by row, and runs without them where that is wanted', async () => {
    const deal = [...DEALS, { ...DEALS[0]!, id: 5, amount: 'a lot' }];
    const { value, diagnostics } = await node.run({ ...asked, data: { person: PEOPLE, deal } });
    expect(value).toBeUndefined();
    // the heading would be row 1, as in a spreadsheet
    expect(diagnostics.map((each) => each.data)).toEqual([{ file: 'deal', row: 6, column: 'amount' }]);
    const going = await node.run({ ...asked, data: { person: PEOPLE, deal }, allowRejects: true });
    expect(payOf(going.value)).toEqual(PAY);
    expect(going.value!.rejectsAllowed).toBe(true);
  });
});

describe('a value', () => {
  it('is taken where it is exact', async () => {
    for (const amount of ['0.1', 5, 0, 10n ** 17n, new Decimal('0.1'), -(2 ** 53) + 1])
      expect(await codes(amount)).toEqual([]);
  });

  it('is refused where another stands for it too, or it is none at all', async () => {
    const refused = [0.1, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, new Decimal(Number.NaN)];
    for (const amount of [...refused, { of: 1 }, [1], Symbol('1'), () => 1, new Date(Number.NaN)])
      expect(await codes(amount)).toEqual(['M2064 2 amount']);
  });

  it('with binary places is the shortest decimal where the program says so', async () => {
    const deal = [
      { ...DEALS[0]!, amount: 0.1 },
      { ...DEALS[1]!, amount: 1e-7 },
      { ...DEALS[2]!, amount: 0 },
    ];
    const { value } = await node.run({
      ...asked,
      data: { person: PEOPLE, deal: node.fromRows(deal, { numbers: 'shortest' }) },
    });
    const [kpi] = value!.statements[0]!.roles[0]!.kpis;
    // 0.1 + 0.0000001
    expect(kpi!.actual.value).toBe('0.1000001');
    expect(node.toDecimal(kpi!.actual.value!).times(10).toFixed()).toBe('1.000001');
  });

  it('keeps every sign of a text', async () => {
    const hostile = 'a "b", \n; \u2028 ';
    const people = [{ id: hostile, name: '=1+1', role: 'seller' }];
    const deal = [{ ...DEALS[0]!, seller: hostile }];
    const { value } = await node.run({ ...asked, data: { person: people, deal } });
    expect(payOf(value)).toEqual({ [hostile]: '24.01' }); // 1200.50 * 2%
    expect(value!.statements[0]!.name).toBe('=1+1');
  });
});

describe('questions', () => {
  it('explain, seek and compare', async () => {
    const told = await node.explain({ ...asked, person: 'ann', what: 'share' });
    expect(told.value!.answers[0]!.value).toMatchObject({ value: '26' });
    const found = await node.seek({ ...asked, person: 'ann', reach: '600', by: 'revenue' });
    // 600 - 500 is 2% of 5000
    expect(found.value!.reach!.by[0]!.stretches[0]!.from).toBe('5000');
    const after = (await node.compile([{ ...POLICY, text: POLICY.text.replace('2%', '3%') }])).value!;
    expect((await node.diff({ before: model, after })).value!.changes).toHaveLength(1);
    const moved = await node.diff({ before: model, after, data, period: PERIOD });
    // 3% instead of 2% of 1300
    expect(moved.value!.figures!.total.delta).toBe('13');
  });

  it('take all versions of a policy, and the one that holds', async () => {
    const dated = (name: string, rate: string, effective: string): node.Source => ({
      name,
      text: POLICY.text
        .replace('2%', rate)
        .replace('period   month', `period   month\n  effective ${effective}`),
    });
    const versions = [
      dated('old.merit', '1%', 'from 2025-01-01 until 2025-12-31'),
      dated('new.merit', '2%', 'from 2026-01-01'),
    ];
    const { value: models } = await node.compileVersions(versions);
    expect(payOf((await node.run({ ...asked, model: models })).value)).toEqual(PAY);
    const both = await node.run({ ...asked, model: models, period: '2025-12..2026-01' });
    expect(both.diagnostics.map((each) => each.code)).toEqual(['M3008']);
    expect((await node.compile(versions)).value).toBeUndefined();
  });

  it('are never answered for no Model', async () => {
    await expect(node.run({ ...asked, model: undefined as unknown as Model })).rejects.toThrow(TypeError);
  });
});

describe('limits', () => {
  const many = Array.from({ length: 20_000 }, (_, id) => ({ ...DEALS[0]!, id }));

  it('are named: rows, memory, time, and whoever asked', async () => {
    const stopped = async (waiting: node.Waiting, deal: node.Rows = many) => {
      const run = node.run({ ...asked, data: { person: PEOPLE, deal }, ...waiting });
      return run.then(
        () => 'done',
        (fault) => (fault instanceof node.StopError ? fault.code : String(fault)),
      );
    };
    expect(await stopped({ limits: { rows: 19_999 } })).toBe('M3093');
    expect(await stopped({ limits: { rows: 19_999 } }, oneByOne(many))).toBe('M3093');
    expect(await stopped({ limits: { rows: 20_000 } })).toBe('done');
    expect(await stopped({ limits: { memory: 1 } })).toBe('M3092');
    expect(await stopped({ limits: { seconds: 0 } })).toBe('M3091');
    expect(await stopped({ signal: AbortSignal.abort() })).toBe('M3090');
  });

  it('stop waiting for rows that never come, and tell who gives them', async () => {
    const stopping = new AbortController();
    let isToldOff = false;
    const never: AsyncIterable<object> = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          stopping.abort();
          return new Promise(() => undefined);
        },
        return: async () => {
          isToldOff = true;
          return { done: true, value: undefined };
        },
      }),
    };
    const { signal } = stopping;
    const run = page.run({ ...asked, data: { person: PEOPLE, deal: never }, signal });
    await expect(run).rejects.toMatchObject({ name: 'StopError', code: 'M3090' });
    expect(isToldOff).toBe(true);
  });

  it('of a page are rows and time, and no memory', async () => {
    await expect(page.run({ ...asked, limits: { memory: 1 } })).rejects.toThrow('memory');
    await expect(page.run({ ...asked, limits: { rows: 3 } })).rejects.toMatchObject({ code: 'M3093' });
  });

  it('tell how far the work is', async () => {
    const heard: string[] = [];
    const onProgress = ({ what }: node.Progress): void => void heard.push(what);
    await node.run({ ...asked, data: { person: PEOPLE, deal: many }, onProgress });
    expect(heard).toContain('rows read');
  });

  it('of a policy are the depth of its formulas', async () => {
    const source = {
      ...POLICY,
      text: POLICY.text.replace('revenue * 2%', '(revenue + revenue + revenue) * 2%'),
    };
    // a product of a sum; the sum of three goes on at the depth of one of two
    expect((await node.compile([source], { depth: 2 })).diagnostics).toEqual([]);
    const { value, diagnostics } = await node.compile([source], { depth: 1 });
    expect(value).toBeUndefined();
    expect(diagnostics.map((each) => each.code)).toEqual(['M3094']);
  });
});
