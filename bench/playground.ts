// The playground's figures: what a page has to load, and how long it lets people wait in a real Chromium. Prints each goal,
// what was measured, and whether it holds; exits with 1 where one doesn't. Without Chromium only sizes are measured.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, HOW_TO_GET, startChromium } from '../test/playground/browser/chromium.ts';
import { buildPlayground } from '../test/playground/browser/playground.ts';
import { serveFolder } from '../test/playground/browser/serve.ts';
import { type Figure, quantile } from './measure.ts';
import { kilobytes, largestOf, loadedWith, sizeOf } from './playground-sizes.ts';
import { timeKeys, timeOpening } from './playground-speed.ts';

/** The builds of the doors, as scripts/build.mjs makes them. */
interface Builds {
  buildBrowser(outdir: string, options?: { readonly onlyOwn?: true }): Promise<void>;
}

/** Where the first rate of the example stands that everybody's commission goes by. */
const RATE = 'from 0 RUB:         ';

/** Sizes of what an embedding page loads, in thousands of bytes compressed by brotli. */
export async function sizes(root: string, folder: string): Promise<readonly Figure[]> {
  const { buildBrowser }: Builds = await import(join(root, 'scripts/build.mjs'));
  const doors = join(folder, 'doors');
  await buildBrowser(doors);
  const engine = sizeOf(loadedWith(join(doors, 'browser-engine.js')));
  await buildBrowser(join(folder, 'own'), { onlyOwn: true });
  const own = sizeOf(loadedWith(join(folder, 'own/browser-engine.js')));
  const figures = [
    sizeFigure('the engine, without editor and charts', engine, 200),
    sizeFigure('our own code in it', own, 120),
  ];
  const evaluator = sizeOf(loadedWith(join(doors, 'evaluator.js')));
  return [...figures, sizeFigure('the evaluator alone', evaluator, 40)];
}

function sizeFigure(what: string, { brotli, gzip, files }: ReturnType<typeof sizeOf>, limit: number): Figure {
  const input = `brotli; ${kilobytes(gzip)} kB by gzip, ${files} ${files === 1 ? 'file' : 'files'}`;
  return { what, input, value: kilobytes(brotli), unit: ' kB', limit };
}

/** Waits in Chromium, on the sales example: `rounds` openings, and `strokes` of keys for each consequence. */
export async function speeds(
  playground: string,
  {
    rounds,
    strokes,
    chromium,
  }: { readonly rounds: number; readonly strokes: number; readonly chromium: string },
): Promise<readonly Figure[]> {
  const served = await serveFolder(playground);
  const browser = await startChromium(chromium);
  try {
    const openings: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { results, typed } = await timeOpening(browser, served.url);
      openings.push(Math.max(results, typed));
    }
    const figures = [timeFigure('opening until it can be used', openings, 2_000)];
    for (const { consequence, what, limit } of KEYS) {
      const times = await timeKeys(browser, served.url, { consequence, strokes, after: RATE });
      figures.push(timeFigure(what, times, limit));
    }
    return figures;
  } finally {
    await browser.close();
    await served.close();
  }
}

const KEYS = [
  { consequence: 'problems', what: 'from key to problems', limit: 50 },
  { consequence: 'results', what: 'from key to results', limit: 200 },
] as const;

function timeFigure(what: string, times: readonly number[], limit: number): Figure {
  const input = `median of ${times.length}, to the painted frame; 95 of 100 within ${Math.round(quantile(times, 0.95))} ms`;
  return { what, input, value: Math.round(quantile(times, 0.5)), unit: ' ms', limit };
}

/** The table: goal, measured, whether it holds. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, input, value, unit, limit }) => [
    what,
    limit === undefined ? '' : `under ${limit}${unit}`,
    `${value}${unit}`,
    limit === undefined ? '' : value < limit ? 'holds' : 'DOES NOT HOLD',
    input,
  ]);
  const all = [['', 'goal', 'measured', '', ''], ...rows];
  const widths = all[0]!.map((_, at) => Math.max(...all.map((row) => row[at]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

async function main(): Promise<void> {
  const root = process.cwd();
  const flag = (name: string, otherwise: number): number => {
    const at = process.argv.indexOf(`--${name}`);
    return at < 0 ? otherwise : Number(process.argv[at + 1]);
  };
  const folder = mkdtempSync(join(tmpdir(), 'merit-bench-'));
  try {
    const figures = [...(await sizes(root, folder))];
    const playground = join(folder, 'playground');
    await buildPlayground(root, playground);
    const chromium = findChromium();
    if (chromium !== undefined)
      figures.push(
        ...(await speeds(playground, { rounds: flag('rounds', 5), strokes: flag('strokes', 40), chromium })),
      );
    console.log(tableOf(figures));
    if (chromium === undefined) console.log(`speeds are not measured, there is no Chromium: ${HOW_TO_GET}`);
    console.log(`\nthe playground's largest files, by brotli:\n  ${largestOf(playground, 8).join('\n  ')}`);
    process.exitCode = figures.some(({ value, limit }) => limit !== undefined && value >= limit) ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1]?.includes('playground')) await main();
