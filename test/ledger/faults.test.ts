// Processes that are killed while they close a period, and two that close at once: there is the old state or the new one,
// and the next close goes on from it. `MERIT_RUNS` says how many are killed.

import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvePeriod, closePeriod, draftPeriod, ledgerContents, remark } from '../../src/node-ledger.ts';
import { adjustmentsFor, historyFor, verifyLedger } from '../../src/node-ledger-questions.ts';
import { generatedRuns } from '../runs.ts';
import { closing, dealsCsv, heldElsewhere, newFolder, writeShop } from './shop.ts';

const folder = newFolder();
const shop = join(folder, 'shop');
const program = join(folder, 'close-child.mjs');
const { numRuns } = generatedRuns(6);

beforeAll(async () => {
  writeShop(shop, dealsCsv(1500));
  await build({
    entryPoints: [join(import.meta.dirname, 'close-child.ts')],
    outfile: program,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  await closePeriod(await closing(shop, '2026-01', join(folder, 'january.duckdb')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(period: string, file: string): ChildProcess {
  return spawn(process.execPath, [program, shop, period, file], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** All that a process prints, once it has ended. */
function printed(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout!.on('data', (part) => {
    text += part;
  });
  return new Promise((done) => child.once('close', () => done(text)));
}

const begun = (child: ChildProcess) => new Promise((done) => child.stdout!.once('data', done));

async function stateOf(file: string): Promise<readonly [number, readonly string[]]> {
  const { value, diagnostics } = await ledgerContents(file);
  return [value.records.length, diagnostics.map(({ code }) => code)];
}

let taken = 0;
/** A ledger with January in it, or none; alone in a folder. */
function fresh(before: 0 | 1): string {
  taken += 1;
  mkdirSync(join(folder, `ledger-${taken}`));
  const file = join(folder, `ledger-${taken}`, 'merit.ledger.duckdb');
  if (before === 1) copyFileSync(join(folder, 'january.duckdb'), file);
  return file;
}

describe('a process that is killed', () => {
  it('leaves the old state or the new one', { timeout: 60_000 + numRuns * 8_000 }, async () => {
    // how long a close takes here says between which moments the others are killed, and nothing else
    const whole = start('2026-01', fresh(0));
    await begun(whole);
    const going = performance.now();
    await new Promise((done) => whole.once('close', done));
    const takes = Math.max(20, performance.now() - going);
    for (let at = 0; at < numRuns; at++) {
      const before = (at % 2) as 0 | 1;
      const period = before === 0 ? '2026-01' : '2026-02';
      const file = fresh(before);
      const child = start(period, file);
      await begun(child);
      // the second half of the moments lies where the file is written: in the last part of the close
      const share = at % 4 < 2 ? Math.random() : 0.6 + Math.random() * 0.5;
      await new Promise((done) => setTimeout(done, takes * share));
      child.kill('SIGKILL');
      await new Promise((done) =>
        child.exitCode === null && child.signalCode === null ? child.once('close', done) : done(0),
      );
      const [records, faults] = await stateOf(file);
      expect(faults).toEqual([]);
      expect([before, before + 1]).toContain(records);
      if (records === before) {
        const { diagnostics } = await closePeriod(await closing(shop, period, file));
        expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      }
      expect(await stateOf(file)).toEqual([before + 1, []]);
      const person = { person: 'anna', period, by: 'olga', at: '2026-03-05' };
      expect((await remark(file, person)).diagnostics).toEqual([]);
      expect(
        readdirSync(join(file, '..')).filter((name) => name.endsWith('.part') && records === before),
      ).toEqual([]);
    }
  });
});

describe('a ledger that another process holds', () => {
  it('is said to be in use, whatever is asked of it or written, and stays as it is', async () => {
    const file = fresh(1);
    const request = await closing(shop, '2026-02', file);
    const person = { person: 'anna', period: '2026-01', by: 'olga', at: '2026-03-05' };
    const letGo = await heldElsewhere(file);
    for (const ask of [
      () => closePeriod(request),
      () => approvePeriod(request),
      () => draftPeriod(request),
      () => remark(file, person),
      () => historyFor(file, 'anna'),
      () => adjustmentsFor(request),
      () => verifyLedger(file),
    ]) {
      const { value, diagnostics } = await ask();
      expect([value, diagnostics.map(({ code }) => code)]).toEqual([undefined, ['M3145']]);
    }
    await letGo();
    expect(await stateOf(file)).toEqual([1, []]);
  });
});

describe('two processes that close a period at once', () => {
  it.each([0, 1] as const)(
    'end with one that did, and one that says why not (%s closed before)',
    { timeout: 60_000 },
    async (before) => {
      const file = fresh(before);
      const period = before === 0 ? '2026-01' : '2026-02';
      const told = await Promise.all([start(period, file), start(period, file)].map(printed));
      const ends = told.map((text) => text.replace('go\n', '').trim()).sort();
      // the other finds it closed, written to meanwhile, or being written
      expect(ends.filter((each) => each === 'closed')).toHaveLength(1);
      expect(ends.filter((each) => each !== 'closed')[0]).toMatch(/^M31(?:20|28|45)$/);
      expect(await stateOf(file)).toEqual([before + 1, []]);
    },
  );
});
