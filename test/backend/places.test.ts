// Percentiles, firsts and lasts of generated sales: both backends against the oracle, which shares no line with them.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDuckDbBackend } from '../../src/backend/duckdb.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { exactText } from '../../src/base/exact.ts';
import type { SourceSpec } from '../../src/model/dataset.ts';
import type { Measure } from '../../src/model/policy.ts';
import type { Cell } from '../../src/model/value.ts';
import { places, readSales } from './oracle.ts';
import { askSales, salesEvent, salesSource } from './sales.ts';
import { DATE, field, MONEY, measure } from './small-model.ts';

const HUNDREDTHS = [1, 7, 29, 50, 57, 90, 100];
const RUNS = Math.min(Number(process.env.MERIT_RUNS ?? 30), 300);

function measures(): readonly Measure[] {
  const event = salesEvent();
  const value = field('amount', MONEY);
  return [
    ...HUNDREDTHS.map((place) => ({ ...measure(event, 'percentile', { value }), place: `${place}/100` })),
    measure(event, 'first', { value }),
    measure(event, 'last', { value }),
    { ...measure(event, 'last', { value }), each: field('at', DATE) },
  ].map((each, at) => ({ ...each, id: `m${at}` }));
}

const text = (cell: Cell): string => (typeof cell === 'object' ? exactText(cell) : String(cell));

test('percentiles, firsts and lasts agree with the oracle in both backends', async () => {
  const row = fc.record({
    month: fc.integer({ min: 1, max: 2 }),
    day: fc.integer({ min: 1, max: 9 }),
    owner: fc.constantFrom('ann', 'bob'),
    amount: fc.integer({ min: -30, max: 30 }),
  });
  const agree = fc.asyncProperty(fc.array(row, { maxLength: 130 }), async (rows) => {
    const lines = rows.map(
      ({ month, day, owner, amount }, at) => `${(at * 7) % 131},2026-0${month}-0${day},${owner},${amount}.25`,
    );
    const csv = ['id,at,owner,amount', ...lines, ''].join('\n');
    const source: SourceSpec = { ...salesSource('csv', ''), content: { kind: 'text', text: csv } };
    const wanted = places(readSales(csv).sales, HUNDREDTHS);
    const readFile = () => Promise.reject(new Error('no files here'));
    for (const backend of [
      createMemoryBackend({ readFile }),
      createMemoryBackend({ readFile, columnsFrom: 0 }),
      await createDuckDbBackend({ readFile, paths: [], threads: 1 }),
    ]) {
      const { facts } = await askSales(backend, source, { measures: measures() });
      const found = facts.map(({ group, bucket, values }) => {
        const texts = values.map(text);
        const at = HUNDREDTHS.length;
        return [
          `${group === '0' ? 'ann' : 'bob'} ${bucket}`,
          {
            percentiles: texts.slice(0, at),
            first: texts[at],
            last: texts[at + 1],
            lastOfDays: texts[at + 2],
          },
        ] as const;
      });
      expect(new Map(found)).toEqual(wanted);
    }
  });
  await fc.assert(agree, { numRuns: RUNS, endOnFailure: true });
}, 600_000);
