// What a stranger writes is text and nothing else, wherever the playground shows it: names, titles, docs, cells, people,
// file names. Scripts, pictures that fail, links that run, command links of the editor: none does anything.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { describeInBrowser } from './describe.ts';
import { eventually, openProject, openTab, selectInPolicy, shows, totalOf } from './drive.ts';
import { servePlayground, type Visit } from './playground.ts';
import type { Served } from './serve.ts';

const RUN = 'window.hacked=true;alert(1)';
const EVIL = [
  `<img src=x onerror='${RUN}'>`,
  `<script>${RUN}</script>`,
  `<svg onload='${RUN}'>`,
  `[press me](javascript:${RUN})`,
  '[press me](command:editor.action.selectAll)',
  '![picture](https://example.invalid/spy.png)',
  '<a href=https://example.invalid/>away</a>',
].join(' ');

const POLICY = `/// ${EVIL}
policy evil {
  title     "${EVIL}"
  currency  RUB
  timezone  "Europe/Moscow"
  period    month
  effective from 2026-01-01 until 2026-12-31
  rounding  half up to 0.01
  report    by person.team
}

/// ${EVIL}
event deal {
  id:      text key
  day:     date posts
  /// ${EVIL}
  manager: person owner
  client:  text
  amount:  money
}

/// ${EVIL}
kpi revenue "${EVIL}" {
  value sum(deal.amount)
  owner "${EVIL}"
}

/// ${EVIL}
rates ladder marginal {
  from 0 RUB: 3%
}

/// ${EVIL}
role seller "${EVIL}" {
  target revenue 1_000 RUB
  bonus commission "${EVIL}" = ladder(revenue) when revenue > 0 RUB
}

/// ${EVIL}
test "${EVIL}" {
  person anna { role seller }
  deal { manager anna, client Alder, day 2026-01-10, amount 2_000 RUB }
  expect anna in 2026-01 { commission is 61 RUB }
}
`;

const cell = `"${EVIL}"`;
const STATE = {
  policy: [{ name: 'policy.merit', text: POLICY }],
  data: [
    {
      name: 'person',
      file: '<img src=x onerror=alert(1)>.csv',
      text: `id,name,role,team,from,until\nanna,${cell},seller,${cell},2025-01-01,\n${cell},${cell},seller,,2025-01-01,\n`,
    },
    {
      name: 'deal',
      file: `${'<b>deals'}.csv`,
      text: `id,day,manager,client,amount\n${cell},2026-01-12,anna,${cell},2000.00\n=cmd,2026-01-13,anna,@x,1000.00\n`,
    },
  ],
  period: '2026-01',
  person: '',
};

describeInBrowser('what strangers write', (browser) => {
  let served: Served;
  let visited: Visit;

  beforeAll(async () => {
    served = await servePlayground(inject('builds'));
  });
  afterAll(() => served?.close());
  afterEach(async () => {
    const { page, faults, context } = visited;
    const made = await inert(page);
    await context.close();
    expect(made).toEqual({ hacked: false, elements: [], url: true });
    expect(faults).toEqual([]);
    expect(served.log.filter((each) => !each.startsWith('200 '))).toEqual([]);
  });

  async function open(): Promise<Page> {
    visited = await openProject(browser(), served, { state: STATE });
    // 3,000 × 3%
    await shows(totalOf(visited.page), '90.00');
    return visited.page;
  }

  /** Whether anything of it has become more than text. */
  async function inert(page: Page): Promise<unknown> {
    return page.evaluate(() => ({
      hacked: 'hacked' in window,
      elements: [
        ...document.querySelectorAll(
          'img:not([src="./icon.svg"]), script:not([src]), iframe, object, embed, a[href^="javascript"], a[href^="command"], a[href^="http"], [onerror], [onload], [data-href]',
        ),
      ].map((each) => each.outerHTML.slice(0, 200)),
      url: !/example/.test(location.host),
    }));
  }

  it('is text in every part of the page', async () => {
    const page = await open();
    await shows(page.locator('#pane-results'), EVIL);
    for (const tab of ['Charts', 'Tests', 'Changes', 'Results']) {
      const panel = await openTab(page, tab);
      if (tab === 'Tests') await shows(panel, '1 failed');
      if (tab === 'Charts') await panel.locator('svg').first().waitFor();
      expect(await inert(page)).toEqual({ hacked: false, elements: [], url: true });
    }
    await page.locator('#pane-data').getByRole('tab', { name: /^deal/ }).click();
    await shows(page.locator('#pane-data'), '=cmd');
    const results = page.locator('#pane-results');
    await page.getByRole('combobox', { name: 'Person' }).selectOption('anna');
    await results.getByRole('button', { name: 'Statement', exact: true }).click();
    await shows(results, '90.00 RUB');
    await results
      .getByRole('button', { name: /^Explain/ })
      .last()
      .click();
    await results.getByRole('button', { name: 'Open all' }).click();
    await shows(page.getByRole('region', { name: 'Explanation' }), '=cmd');
  });

  it('is text in what the editor shows over the policy', async () => {
    const page = await open();
    for (const name of ['ladder(revenue)', 'revenue >', 'deal.amount']) {
      await selectInPolicy(page, name);
      await page.keyboard.press('ArrowLeft');
      const hover = page.locator('.monaco-hover:visible').first();
      // asked again until the editor has the answer
      await eventually(
        async () => {
          await page.keyboard.press('Control+k');
          await page.keyboard.press('Control+i');
          await hover.waitFor({ timeout: 2_000 }).catch(() => undefined);
          return hover.count();
        },
        (count) => count > 0,
      );
      // a doc is shown with its signs, not as what they would make
      if (name !== 'deal.amount') await shows(hover, '<img src=x onerror=');
      expect(await hover.locator('a[href]:not([href=""]), img, script').count()).toBe(0);
      expect(await inert(page)).toEqual({ hacked: false, elements: [], url: true });
      await page.keyboard.press('Escape');
    }
  });

  it('is text in suggestions, outlines and messages', async () => {
    const page = await open();
    await selectInPolicy(page, 'ladder(revenue)');
    await page.keyboard.type('lad');
    await page.locator('.suggest-widget:visible .monaco-list-row').first().waitFor();
    // and what is said of the suggestion beside it
    await page.keyboard.press('Control+Space');
    await page.keyboard.press('Escape');
    await shows(page.locator('.status'), /[1-9]\d* errors?/);
    await page.keyboard.press('Control+Shift+o');
    await page.locator('.quick-input-widget:visible .monaco-list-row').first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#pane-problems').getByRole('button').first().click();
  });

  it('is text in a message about a row, and in the statement as a page', async () => {
    const page = await open();
    await page.locator('#pane-data').getByRole('tab', { name: /^deal/ }).click();
    await page.getByRole('grid').getByText('1000.00').click();
    await page.keyboard.type(`<img src=x onerror=alert(1)>`);
    await page.keyboard.press('Enter');
    await shows(page.locator('#pane-problems'), '<img src=x onerror=alert(1)>');
  });
});
