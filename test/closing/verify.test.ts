// Closed periods worked out again, over data that has changed or not, by whoever can read their policy.

import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextRecord } from '../../src/ledger/chain.ts';
import { fingerprintOf } from '../../src/ledger/fingerprint.ts';
import { closesOf, storedEntry } from '../../src/ledger/records.ts';
import type { CloseBody } from '../../src/model/ledger.ts';
import { closePeriod, ledgerContents, sha256 } from '../../src/node-ledger.ts';
import { appendToLedger, readLedger } from '../../src/node-ledger-file.ts';
import { verifyLedger } from '../../src/node-ledger-questions.ts';
import { closing, dealsCsv, newFolder, writeShop } from '../ledger/shop.ts';

const folder = newFolder();
const file = join(folder, 'ledger.duckdb');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  writeShop(folder, dealsCsv(2));
  for (const period of ['2026-01', '2026-02']) await closePeriod(await closing(folder, period, file));
});

async function verified(ledger = file) {
  const { versions, sources } = await closing(folder, '2026-03', ledger);
  const { value, diagnostics } = await verifyLedger(ledger, {
    data: { versions, sources, backend: 'memory' },
  });
  return {
    closes: value?.closes ?? [],
    told: diagnostics.map(({ code, severity }) => `${severity} ${code}`),
    messages: diagnostics.map(({ message }) => message),
  };
}

let forged = 0;
/** The ledger with its first close changed, and written so that its chain holds. */
async function withFirst(change: (body: CloseBody) => CloseBody): Promise<string> {
  forged += 1;
  const other = join(folder, `forged-${forged}.duckdb`);
  const { value } = await ledgerContents(file);
  const [first] = closesOf(value.records);
  const store = await readLedger(file);
  const changes = (await store.changes(1)).map((each) => JSON.parse(each));
  await store.close();
  const { by, at, body } = first!;
  const record = nextRecord(undefined, { by, at, body: change(body) }, sha256);
  await appendToLedger(other, [storedEntry(record, changes)], undefined);
  return other;
}

describe('over the same data', () => {
  it('comes to the same', async () => {
    const { closes, told } = await verified();
    expect(told).toEqual([]);
    // 3% of two deals of 1,000 in each month
    expect(closes.map(({ period, pay, again }) => [period, pay, again?.inputs, again?.lines])).toEqual([
      ['2026-01', '60', [], []],
      ['2026-02', '60', [], []],
    ]);
  });

  it('says that another amount was booked, though nothing has changed', async () => {
    const other = await withFirst((body) => {
      const text = JSON.stringify(body.result).replaceAll('"60"', '"90"');
      const result = JSON.parse(text) as typeof body.result;
      const { inputs } = body.fingerprint;
      const fingerprint = { ...fingerprintOf({ files: body.files, rows: [], result }, sha256), inputs };
      return { ...body, result, fingerprint };
    });
    const { closes, told, messages } = await verified(other);
    expect(told).toEqual(['error M3143']);
    expect(messages[0]).toBe(
      '`2026-01` comes to other amounts for one person, though neither its policy nor its data has changed',
    );
    expect(closes[0]!.again!.lines).toEqual([
      { person: 'anna', kind: 'bonus', name: 'commission', role: 'seller', closed: '90', now: '60' },
    ]);
  });

  it("says that the policy can't be read any more", async () => {
    const files = [{ name: 'policy.merit', text: 'policy sales { currency RUBLES }' }];
    const other = await withFirst((body) => ({ ...body, files }));
    const { told, messages } = await verified(other);
    expect(told).toEqual(['error M3144']);
    expect(messages[0]).toContain('the policy that `2026-01` was closed with');
  });
});

describe('over data that has changed', () => {
  it('lists the rows and the lines, as a warning until the next close has booked them', async () => {
    const ledger = join(folder, 'changed.duckdb');
    copyFileSync(file, ledger);
    writeFileSync(
      join(folder, 'deals.csv'),
      dealsCsv(2).replace('1-1,2026-01-10,anna,1000', '1-1,2026-01-10,anna,1500'),
    );
    const before = await verified(ledger);
    expect(before.told).toEqual(['warning M3142']);
    const [january, february] = before.closes;
    // 3% of 500 more
    expect(january!.again).toEqual({
      inputs: ['the data of `deal` has changed'],
      rows: [
        {
          change: 'changed',
          source: 'deal',
          key: '1-1',
          fields: [{ field: 'amount', before: '1000', after: '1500' }],
        },
      ],
      moreRows: 0,
      lines: [{ person: 'anna', kind: 'bonus', name: 'commission', role: 'seller', closed: '60', now: '75' }],
    });
    expect(february!.again!.lines).toEqual([]);
    await closePeriod(await closing(folder, '2026-03', ledger));
    const after = await verified(ledger);
    expect(after.told).toEqual([]);
    expect(after.closes.map(({ pay }) => pay)).toEqual(['60', '60', '75']);
    expect(after.closes[0]!.again!.rows).toHaveLength(1);
    expect(after.closes[2]!.again!.rows).toEqual([]);
  });

  it('lists a hundred rows, and counts the others', async () => {
    writeFileSync(
      join(folder, 'deals.csv'),
      dealsCsv(150, 1).replace('1-1,2026-01-10,anna,1000', '1-1,2026-01-10,anna,1500'),
    );
    const { closes } = await verified();
    // 148 more in January, one changed, two gone in each of February and March
    expect(closes[0]!.again!.rows).toHaveLength(100);
    expect(closes[0]!.again!.moreRows).toBe(53);
  });
});
