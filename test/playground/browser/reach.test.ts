// Who can use the playground, and where: by keyboard alone, with a screen reader, in both languages, on a phone, without a
// network, and what it says where it can't start.

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { describeInBrowser } from './describe.ts';
import {
  editorOf,
  eventually,
  openProject,
  openTab,
  retype,
  selectInPolicy,
  shows,
  totalOf,
} from './drive.ts';
import { servePlayground, type Visit, visit } from './playground.ts';
import type { Served } from './serve.ts';

const TABS = ['Results', 'Charts', 'Tests', 'Changes'];

describeInBrowser('the playground for everybody', (browser) => {
  let served: Served;
  let visited: Visit | undefined;

  beforeAll(async () => {
    served = await servePlayground(inject('builds'));
  });
  afterAll(() => served?.close());
  afterEach(async () => {
    const faults = visited?.faults ?? [];
    await visited?.context.close();
    visited = undefined;
    expect(faults).toEqual([]);
  });

  async function openSample(options: Parameters<typeof openProject>[2] = {}): Promise<Page> {
    visited = await openProject(browser(), served, options);
    await shows(visited.page.locator('#pane-results, #pane-policy'), /95\.00|small/);
    return visited.page;
  }

  it('is reached by keyboard: bar, editor, results and data by Tab, and Tab leaves the editor after Ctrl+M', async () => {
    const page = await openSample();
    await shows(totalOf(page), '95.00');
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const way: string[] = [];
    const places = ['HEADER', 'pane-policy', 'pane-results', 'pane-data', 'FOOTER'];
    const reached = new Set<string>();
    let toggled = false;
    for (let step = 0; step < 200 && !places.every((each) => reached.has(each)); step++) {
      await page.keyboard.press('Tab');
      const { place, name } = await page.evaluate(() => {
        const element = document.activeElement;
        const pane =
          element?.closest('[id^="pane-"]')?.id ?? element?.closest('header, footer')?.tagName ?? '';
        return { place: pane, name: element?.getAttribute('aria-label') ?? element?.textContent ?? '' };
      });
      way.push(`${place} ${name.slice(0, 30)}`);
      reached.add(place);
      const isEditor = await editorOf(page).evaluate((each) => each === document.activeElement);
      if (isEditor && !toggled) {
        toggled = true;
        await page.keyboard.press('Control+m');
      }
    }
    expect({ missed: places.filter((each) => !reached.has(each)), way }).toEqual({ missed: [], way });
    expect(toggled).toBe(true);
  });

  it('runs, saves and goes to its parts by keys', async () => {
    const page = await openSample();
    await shows(totalOf(page), '95.00');
    await page.keyboard.press('Alt+6');
    await page.getByRole('tabpanel', { name: 'Tests' }).waitFor();
    await page.keyboard.press('Alt+4');
    await page.getByRole('tabpanel', { name: 'Results' }).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByRole('dialog', { name: 'Versions' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('has a name for everything that can be pressed or filled in', async () => {
    const page = await openSample();
    await shows(totalOf(page), '95.00');
    const nameless: string[] = [];
    const look = async (where: string) => {
      for (const each of await namelessIn(page)) nameless.push(`${where}: ${each}`);
    };
    for (const tab of TABS) {
      await openTab(page, tab);
      await look(tab);
    }
    await openTab(page, 'Results');
    await page.locator('#pane-results').getByRole('button', { name: 'Anna' }).click();
    await page.getByRole('button', { name: /^Explain Commission/ }).click();
    await look('statement');
    for (const dialog of ['Examples', 'Share', 'Versions', 'Keyboard and help']) {
      await page.getByRole('button', { name: dialog, exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await look(dialog);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    expect(nameless).toEqual([]);
  });

  it('speaks Russian where it is chosen, and leaves no English in its own words', async () => {
    const page = await openSample();
    await shows(totalOf(page), '95.00');
    const english = new Map<string, readonly string[]>();
    for (const tab of TABS) {
      await openTab(page, tab);
      english.set(tab, await wordsOf(page));
    }
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Русский' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('ru');
    const left: string[] = [];
    const names = ['Результаты', 'Графики', 'Тесты', 'Изменения'];
    for (const [at, tab] of TABS.entries()) {
      await openTab(page, names[at]!);
      const russian = await wordsOf(page);
      left.push(
        ...english
          .get(tab)!
          .filter((each) => russian.includes(each))
          .map((each) => `${tab}: ${each}`),
      );
    }
    expect(left).toEqual([]);
  });

  it('opens in Russian in a Russian browser, and remembers what was chosen', async () => {
    visited = await visit(browser(), served, { locale: 'ru-RU' });
    const { page } = visited;
    await page.getByRole('button', { name: 'Рассчитать' }).waitFor();
    await page.getByRole('button', { name: 'Настройки' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
  });

  it('is light or dark as it is told', async () => {
    const page = await openSample({ colorScheme: 'dark' });
    const brightness = () =>
      page.evaluate(() => {
        const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.map(Number);
        return (red! + green! + blue!) / 3;
      });
    expect(await brightness()).toBeLessThan(80);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Light' }).click();
    await eventually(brightness, (value) => value > 200);
  });

  it('fits a phone: one part at a time, and nothing scrolls sideways', async () => {
    const page = await openSample({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    const parts = ['Policy', 'Problems', 'Data', 'Results', 'Charts', 'Tests', 'Changes'];
    for (const part of parts) {
      await openTab(page, new RegExp(`^${part}`));
      const wide = await page.evaluate(() => ({
        page: document.documentElement.scrollWidth,
        body: document.body.scrollWidth,
      }));
      expect({ part, ...wide }).toEqual({ part, page: 360, body: 360 });
    }
    await openTab(page, 'Results');
    // here the pay stands beside the name, not last
    await shows(page.locator('#pane-results tfoot'), '95.00');
    await page.locator('#pane-results').getByRole('button', { name: 'Anna' }).click();
    // Anna sold 2,000 of the 1,000 that were wanted
    await shows(page.locator('.rs-stacked td[data-label="Actual"]').first(), '2,000');
    const cut = await page
      .locator('.rs-stacked :is(th, td)')
      .evaluateAll((cells) => cells.filter((each) => each.getBoundingClientRect().right > 360).length);
    expect(cut).toBe(0);
  });

  it('works without a network once it has been loaded, also parts that were not used before', async () => {
    visited = await visit(browser(), served);
    const { page, context } = visited;
    await shows(totalOf(page), /\d/);
    await shows(page.locator('.status'), 'Works offline');
    const before = served.log.length;
    await context.setOffline(true);
    await page.getByText('YAML', { exact: true }).click();
    await page.getByRole('tab', { name: 'policy.merit.yaml' }).waitFor();
    await openTab(page, 'Charts');
    await page.getByRole('tabpanel', { name: 'Charts' }).locator('svg').first().waitFor();
    const tests = await openTab(page, 'Tests');
    await shows(tests, /\d+ of \d+ tests passed/);
    await openTab(page, 'Results');
    await page.locator('#pane-results').getByRole('button', { name: 'Анна Соколова' }).click();
    await page
      .getByRole('button', { name: /^Explain/ })
      .first()
      .click();
    await shows(page.getByRole('region', { name: 'Explanation' }), 'RUB');
    const changes = await openTab(page, 'Changes');
    await shows(changes, /Nothing has changed|differs and says the same|Nobody’s pay moves|Compared with/);
    await page.reload();
    await shows(page.locator('.status'), 'results in');
    await editorOf(page).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Examples' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Whole language/ })
      .click();
    await shows(page.locator('#pane-results'), 'Anna Sokolova');
    // whether there is a newer build is asked by the browser, which isn't cut off with the page
    expect(served.log.slice(before).filter((each) => !each.endsWith('/sw.js'))).toEqual([]);
  });

  it('says what to do when it is opened as a file', async () => {
    const context = await browser().newContext({ locale: 'en-US' });
    const page = await context.newPage();
    await page.goto(`file://${join(inject('builds'), 'playground/index.html')}`);
    await page.getByText('npm run playground').first().waitFor();
    await shows(page.locator('body'), 'file:');
    await context.close();
  });

  it('keeps what is typed while a long run goes on, and can be stopped', async () => {
    const page = await openSample();
    await shows(totalOf(page), '95.00');
    const rows = Array.from({ length: 400_000 }, (_, n) => `x${n},2026-01-12,anna,${(n * 7919) % 9973}.00`);
    await page
      .locator('#pane-data input[type=file]')
      .first()
      .setInputFiles({
        name: 'deals.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`id,day,manager,amount\n${rows.join('\n')}\n`),
      });
    const stop = page.getByRole('button', { name: 'Stop' });
    await stop.waitFor();
    await selectInPolicy(page, 'and the rest');
    await page.keyboard.type('typed while it runs');
    await shows(page.locator('.monaco-editor .view-lines'), /typed.while.it.runs/);
    // the run hasn't come to its end: the sum is that of the rows before
    expect(await stop.count()).toBe(1);
    expect(await totalOf(page).innerText()).toContain('95.00');
    await stop.click();
    await shows(page.locator('.status'), 'Stopped');
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    // what is typed is checked as ever
    await retype(page, '5%', '5 percent');
    await shows(page.locator('.status'), /[1-9]\d* errors?/);
    expect(await totalOf(page).innerText()).toContain('95.00');
  });
});

/** Everything that takes part by keyboard or pointer and says nothing of itself to those who can't see it. */
async function namelessIn(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const roles =
    /^(button|link|textbox|searchbox|combobox|checkbox|radio|slider|spinbutton|tab|menuitem|grid|dialog|separator)$/;
  return nodes
    .filter(({ ignored, role, name, properties }) => {
      const focusable = properties?.some((each) => each.name === 'focusable' && each.value.value === true);
      return !ignored && focusable && roles.test(String(role?.value)) && !String(name?.value ?? '').trim();
    })
    .map(({ role, backendDOMNodeId }) => `${role?.value} ${backendDOMNodeId}`);
}

/** The page's own words as they are seen or read out: without what comes from the policy, data and results. */
async function wordsOf(page: Page): Promise<readonly string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const own = '.monaco-editor, [role="grid"], code, option, kbd, .rs-statement, .test-row, svg text';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element || element.closest(own) || !element.checkVisibility()) continue;
      if (node instanceof Element)
        for (const attribute of ['aria-label', 'title', 'placeholder'])
          found.push(node.getAttribute(attribute) ?? '');
      else found.push(node.textContent ?? '');
    }
    return found;
  });
  const names =
    /^(Merit|Ctrl\+Enter|YAML|CSV|JSON|KPI|SMART|Anna|Boris|Small|Seller|Revenue|Commission|RUB|English)\b/;
  return [...new Set(texts.map((each) => each.trim()))].filter(
    (each) =>
      /[A-Za-z]{3,}/.test(each) && !names.test(each) && !/^(M\d{4}|[a-z_]+|[\w-]+\.(csv|merit))$/.test(each),
  );
}
