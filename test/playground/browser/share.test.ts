// Links: what one holds opens in another profile, nothing of it runs before somebody says so, and what is no sound link
// is refused in words.

import { deflateRawSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { checksum, LONGEST_LINK, writeLink } from '../../../playground/src/share/link.ts';
import { describeInBrowser } from './describe.ts';
import { downloaded, eventually, openProject, openTab, retype, shows, totalOf } from './drive.ts';
import { servePlayground, type Visit, visit } from './playground.ts';
import { POLICY, SAMPLE } from './sample.ts';
import type { Served } from './serve.ts';

describeInBrowser('links of the playground', (browser) => {
  let served: Served;
  const visits: Visit[] = [];

  beforeAll(async () => {
    served = await servePlayground(inject('builds'));
  });
  afterAll(() => served?.close());
  afterEach(async () => {
    const faults = visits.flatMap((each) => each.faults);
    await Promise.all(visits.splice(0).map((each) => each.context.close()));
    expect(faults).toEqual([]);
  });

  async function open(hash: string): Promise<Visit['page']> {
    const visited = await visit(browser(), served, { hash });
    visits.push(visited);
    return visited.page;
  }

  it('shares what is open by a link that a clean profile opens, and runs nothing before a click', async () => {
    const first = await openProject(browser(), served);
    visits.push(first);
    await shows(totalOf(first.page), '95.00');
    await retype(first.page, '5%', '10%');
    await shows(totalOf(first.page), '145.00');
    await first.page.getByRole('button', { name: 'Share' }).click();
    const link = await linkIn(first.page);
    expect(link.startsWith(`${served.url}#`)).toBe(true);

    const page = await open(link.slice(served.url.length + 1));
    await shows(page.locator('.notices'), 'This policy came from a link');
    // it is checked, and that is all
    await shows(page.locator('.status'), '0 errors');
    await shows(page.locator('.status'), 'Checked in');
    const tests = await openTab(page, 'Tests');
    await shows(tests, 'Nothing of a link is run');
    await openTab(page, 'Results');
    await retype(page, 'and the rest', 'and all the rest');
    await shows(page.locator('.status'), '0 errors');
    await shows(page.locator('#pane-results'), 'No results yet');
    await page.locator('.notices').getByRole('button', { name: 'Run' }).click();
    await shows(totalOf(page), '145.00');
    expect(await downloaded(page, 'policy.merit')).toBe(
      POLICY.replace('5%', '10%').replace('and the rest', 'and all the rest'),
    );
  });

  it('does not trust what came from a link because the page is opened again', async () => {
    const { fragment } = await writeLink(SAMPLE);
    const page = await open(fragment);
    await shows(page.locator('.notices'), 'This policy came from a link');
    await retype(page, 'and the rest', 'and all the rest');
    await page.goto('about:blank');
    await page.goto(served.url);
    await shows(page.locator('.status'), 'Checked in');
    await shows(page.locator('#pane-results'), 'No results yet');
    await shows(page.locator('.notices'), 'This policy came from a link');
  });

  it('keeps what is open and trusted over a reload, and runs it', async () => {
    const visited = await openProject(browser(), served);
    visits.push(visited);
    await retype(visited.page, '5%', '10%');
    await shows(totalOf(visited.page), '145.00');
    await visited.page.reload();
    await shows(totalOf(visited.page), '145.00');
    await visited.page.goto('about:blank');
    await visited.page.goto(served.url);
    await shows(totalOf(visited.page), '145.00');
  });

  it('leaves large data out of a link, and says so', async () => {
    const rows = Array.from({ length: 60_000 }, (_, n) => `x${n},2026-01-12,anna,${(n * 7919) % 9973}.00`);
    const data = SAMPLE.data!.map((each) =>
      each.name === 'deal' ? { ...each, text: `id,day,manager,amount\n${rows.join('\n')}\n` } : each,
    );
    const visited = await openProject(browser(), served);
    visits.push(visited);
    const { page } = visited;
    await shows(totalOf(page), '95.00');
    await page
      .locator('#pane-data input[type=file]')
      .first()
      .setInputFiles(
        data.map((each) => ({ name: each.file, mimeType: 'text/csv', buffer: Buffer.from(each.text) })),
      );
    await shows(page.locator('.status'), /60,?002 rows/);
    await page.getByRole('button', { name: 'Share' }).click();
    await shows(page.getByRole('dialog'), 'too large for a link');
    const link = await linkIn(page);
    expect(link.length).toBeLessThan(31_000);
  });

  const bomb = deflateRawSync(Buffer.alloc(200_000_000, ' '), { level: 9 });
  it.each([
    { what: 'a link that unpacks to 200 MB', hash: () => packed(bomb), says: 'holds more than' },
    { what: 'a huge link', hash: () => `m1.abc.${'A'.repeat(LONGEST_LINK + 100_000)}`, says: 'too long' },
    {
      what: 'a link that was cut off',
      hash: async () => (await writeLink(SAMPLE)).fragment.slice(0, -40),
      says: 'is damaged',
    },
    { what: 'a link of another version', hash: () => 'm9.abc.AAAA', says: 'another version' },
    { what: 'what is no JSON', hash: () => packed(deflateRawSync('no')), says: 'does not hold a policy' },
    {
      what: 'names that lead elsewhere',
      hash: async () =>
        (await writeLink({ ...SAMPLE, policy: [{ name: '../../policy.merit', text: POLICY }] })).fragment,
      says: 'does not hold a policy',
    },
  ])('refuses $what in words, and opens as usual', async ({ hash, says }) => {
    const page = await open(await hash());
    await shows(page.locator('.notices'), says);
    await shows(page.locator('#pane-results'), 'Анна Соколова');
  });
});

/** The link in the window that shares, once it is made. */
function linkIn(page: Visit['page']): Promise<string> {
  const link = page.getByRole('textbox', { name: 'Link' });
  return eventually(
    () => link.inputValue(),
    (text) => text !== '',
  );
}

function packed(bytes: Buffer): string {
  return `m1.${checksum(new Uint8Array(bytes)).toString(36)}.${bytes.toString('base64url')}`;
}
