// A newer build at the same place: the page that is open keeps working, the next load is the newer one, and that works
// without a network as the one before did.

import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { describeInBrowser } from './describe.ts';
import { eventually, openTab, shows, totalOf } from './drive.ts';
import { buildPlayground, servePlayground, visit } from './playground.ts';
import { type Served, serveFolder } from './serve.ts';

const ROOT = join(import.meta.dirname, '../../..');

describeInBrowser('a newer build of the playground', (browser) => {
  let folder: string;
  let newer: string;
  let served: Served;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'merit-upgrade-'));
    newer = join(folder, 'newer');
    await (await servePlayground(inject('builds'))).close();
    await cp(join(inject('builds'), 'playground'), join(folder, 'served'), { recursive: true });
    // every script has another name, as when each has changed
    await buildPlayground(ROOT, newer, 'newer');
    served = await serveFolder(join(folder, 'served'));
  });
  afterAll(async () => {
    await served?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is taken at the next load, and works offline then; the page that is open loads its parts as before', async () => {
    const { context, page, faults } = await visit(browser(), served);
    const isNewer = () => page.evaluate(() => document.querySelector('script[src*="newer"]') !== null);
    await shows(totalOf(page), /\d/);
    await shows(page.locator('.status'), 'Works offline');
    expect(await isNewer()).toBe(false);

    for (const each of await readdir(join(folder, 'served')))
      await rm(join(folder, 'served', each), { recursive: true });
    await cp(newer, join(folder, 'served'), { recursive: true });
    // the browser looks for a newer worker when a page is opened; that page is still the one that was kept
    await page.reload();
    await shows(totalOf(page), /\d/);
    expect(await isNewer()).toBe(false);
    await eventually(
      () => page.evaluate(async () => (await caches.keys()).length),
      (stores) => stores === 2,
    );
    await eventually(
      () =>
        page.evaluate(async () => {
          const { installing, waiting } = (await navigator.serviceWorker.getRegistration())!;
          return installing === null && waiting === null;
        }),
      (isDone) => isDone,
    );
    const charts = await openTab(page, 'Charts');
    await charts.locator('svg').first().waitFor();

    await page.reload();
    await shows(totalOf(page), /\d/);
    expect(await isNewer()).toBe(true);
    await context.setOffline(true);
    await page.reload();
    await shows(totalOf(page), /\d/);
    expect(await isNewer()).toBe(true);
    await openTab(page, 'Tests');
    await shows(page.getByRole('tabpanel', { name: 'Tests' }), /\d+ of \d+ tests passed/);
    await context.close();
    expect(faults).toEqual([]);
  });
});
