// A file is read in turns with others: whoever asks hears how far it is, and may stop it in the middle.

import { expect, test } from 'vitest';
import { StopError } from '../../src/base/diagnostic.ts';
import type { Limits } from '../../src/base/limits.ts';
import { rowCount } from '../../src/input/csv-scan.ts';
import { readText } from '../../src/input/read.ts';
import * as f from './fields.ts';

const ROWS = 20_000;
const BYTES = new TextEncoder().encode(`id,amount\n${'d,1\n'.repeat(ROWS)}`);
const SPEC = { ...f.spec('deal', ''), content: { kind: 'file' as const, path: 'deal.csv' } };

const read = (limits: Limits) => readText(SPEC, async () => BYTES, limits);

test('reading says how many records it has come through, and gives others a turn', async () => {
  const heard: number[] = [];
  let hadTurn = false;
  const reading = read({ progress: ({ count }) => heard.push(count) });
  setImmediate(() => {
    hadTurn = true;
  });
  const { value } = await reading;
  expect(rowCount(value)).toBe(ROWS);
  // pieces of 4,096 records, and a turn after two of them: of 20,001 records 8,192 and 16,384
  expect(heard).toEqual([8192, 16_384]);
  expect(hadTurn).toBe(true);
});

test('reading is stopped in the middle', async () => {
  const stop = new AbortController();
  const heard: number[] = [];
  const reading = read({
    signal: stop.signal,
    progress({ count }) {
      heard.push(count);
      stop.abort();
    },
  });
  await expect(reading).rejects.toThrow(StopError);
  expect(heard).toEqual([8192]);
});
