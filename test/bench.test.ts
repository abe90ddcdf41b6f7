// The benchmarks still run: at a small size, without looking at the clock.

import { expect, it } from 'vitest';
import { longPolicy } from '../bench/check.ts';
import { quantile, seeded } from '../bench/measure.ts';
import { benchScan } from '../bench/scan.ts';
import { compile } from '../src/engine.ts';

it('generates policies that check, of about the length asked for', () => {
  const text = longPolicy(1_000);
  expect(text.split('\n').length).toBeGreaterThan(950);
  expect(text.split('\n').length).toBeLessThan(1_050);
  expect(compile([{ name: 'long.merit', text }]).diagnostics).toEqual([]);
});

it('runs the scan, whose backends agree', async () => {
  const figures = await benchScan({ rounds: 1, rows: 500 });
  expect(figures.map((each) => each.what)).toEqual(['a whole run on DuckDB against memory']);
});

it('measures by quantiles, and draws the same lots for a seed', () => {
  expect([0.5, 0.95, 1].map((share) => quantile([4, 1, 3, 2], share))).toEqual([2, 4, 4]);
  expect(seeded(7)()).toBe(seeded(7)());
});
