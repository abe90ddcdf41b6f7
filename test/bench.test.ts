// The benchmarks still run: at a small size, without looking at the clock.

import { expect, it } from 'vitest';
import { longPolicy } from '../bench/check.ts';
import { benchFormulas } from '../bench/formulas.ts';
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

it('works formulas out by columns, each amount as plain fractions have it', () => {
  const [ours, left, doubles] = benchFormulas({ rounds: 1, people: 400, months: 3 });
  expect(ours!.least).toBe(60);
  // people at bounds are there: some amounts aren't left to doubles, and plain doubles get some wrong
  expect(left!.value).toBeGreaterThan(0);
  expect(doubles!.input).not.toContain('; 0 of their amounts');
});

it('measures by quantiles, and draws the same lots for a seed', () => {
  expect([0.5, 0.95, 1].map((share) => quantile([4, 1, 3, 2], share))).toEqual([2, 4, 4]);
  expect(seeded(7)()).toBe(seeded(7)());
});
