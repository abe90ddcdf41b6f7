// The benchmarks still run: at a small size, without looking at the clock.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { longPolicy } from '../bench/check.ts';
import { benchCsv } from '../bench/csv.ts';
import { benchFormulas } from '../bench/formulas.ts';
import { quantile, seeded } from '../bench/measure.ts';
import { benchMemory } from '../bench/memory.ts';
import { tableOf } from '../bench/playground.ts';
import { loadedWith, sizeOf } from '../bench/playground-sizes.ts';
import { benchScan } from '../bench/scan.ts';
import { benchScans } from '../bench/scans.ts';
import { benchParse, benchStart } from '../bench/start.ts';
import { benchVariants } from '../bench/variants.ts';
import { compile } from '../src/engine.ts';

it('generates policies that check, of about the length asked for', () => {
  const text = longPolicy(1_000);
  expect(text.split('\n').length).toBeGreaterThan(950);
  expect(text.split('\n').length).toBeLessThan(1_050);
  expect(compile([{ name: 'long.merit', text }]).diagnostics).toEqual([]);
});

it('starts the built command over both forms, and parses', async () => {
  const figures = [...(await benchStart({ rounds: 1, lines: 40 })), ...benchParse({ rounds: 1, lines: 100 })];
  expect(figures.map(({ limit, least }) => limit ?? least)).toEqual([1.8, 2, 40_000]);
  expect(figures.every(({ value }) => value > 0)).toBe(true);
}, 60_000);

it('runs the scan, whose backends agree', async () => {
  const figures = await benchScan({ rounds: 1, rows: 500 });
  expect(figures.map((each) => each.what)).toEqual(['a whole run on DuckDB against memory']);
});

it('scans for twelve KPIs, each figure as SQL by hand has it', async () => {
  const figures = await benchScans({ rounds: 1, rows: 2_000, people: 20 });
  expect(figures.map((each) => each.limit ?? each.least)).toEqual([1.15, 1.3, 2.5, 1.15, 1.3, 3, undefined]);
  expect(figures.every(({ value }) => value > 0)).toBe(true);
}, 60_000);

it('answers twelve KPIs in memory as a loop over typed arrays does', async () => {
  const figures = await benchMemory({ rounds: 1, rows: 2_000 });
  expect(figures.map((each) => each.limit)).toEqual([2.5, undefined]);
});

it('runs variants of a policy over shared facts, which cost what each costs by itself', async () => {
  const [figure] = await benchVariants({ variants: 12, people: 10, rows: 300, sample: 2 });
  expect(figure!.value).toBeGreaterThan(0);
});

it('reads CSV into columns whose cells are the ones that papaparse finds', () => {
  const figures = benchCsv({ rounds: 1, rows: 500 });
  expect(figures.map((each) => each.least)).toEqual([4, undefined, undefined, 4, undefined, undefined]);
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

it('counts what a module loads before it runs, and not what it loads when asked', () => {
  const folder = mkdtempSync(join(tmpdir(), 'merit-sizes-'));
  try {
    const file = (name: string, text: string) => writeFileSync(join(folder, name), text);
    file(
      'door.js',
      'import{a}from"./a.js";import"./b.js";const later=()=>import("./later.js");export{a,later};',
    );
    file('a.js', 'export const a=1;');
    file('b.js', 'import"./a.js";');
    file('later.js', 'export default 1;');
    const loaded = loadedWith(join(folder, 'door.js'));
    expect([...loaded].map((each) => each.slice(folder.length + 1)).sort()).toEqual([
      'a.js',
      'b.js',
      'door.js',
    ]);
    expect(sizeOf(loaded).files).toBe(3);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('prints a goal, what was measured, and whether it holds', () => {
  const table = tableOf([
    { what: 'small', input: 'a file', value: 9, unit: ' kB', limit: 10 },
    { what: 'large', input: 'a file', value: 10, unit: ' kB', limit: 10 },
  ]);
  expect(table).toMatch(/small +under 10 kB +9 kB +holds/);
  expect(table).toMatch(/large +under 10 kB +10 kB +DOES NOT HOLD/);
});
