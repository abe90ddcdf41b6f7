// What somebody does who opens the playground: reads, edits, mends, converts, drops data, asks why, compares, tests.

import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { describeInBrowser } from './describe.ts';
import {
  downloaded,
  eventually,
  openProject,
  openTab,
  retype,
  selectInPolicy,
  shownPolicy,
  shows,
  totalOf,
} from './drive.ts';
import { servePlayground, type Visit, visit } from './playground.ts';
import { DEALS, POLICY } from './sample.ts';
import type { Served } from './serve.ts';

describeInBrowser('the playground', (browser) => {
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
    expect(served.log.filter((each) => !each.startsWith('200 '))).toEqual([]);
  });

  async function openSample(): Promise<Visit['page']> {
    visited = await openProject(browser(), served);
    await shows(totalOf(visited.page), '95.00');
    return visited.page;
  }

  it('opens with an example, its data and its result side by side', async () => {
    visited = await visit(browser(), served);
    const { page } = visited;
    // the sum of the pay lines of 2026-12 in the example's expected figures is what the table's foot shows
    await shows(page.locator('#pane-results'), 'Анна Соколова');
    await shows(totalOf(page), /[1-9][\d,]+\.\d\d RUB/);
    await shows(page.locator('.status'), '0 errors');
    await shows(page.locator('#pane-data'), 'Дирекц');
    await shows(page.locator('.monaco-editor'), 'sales_department');
  });

  it('pays otherwise as soon as a rate is changed, and as before when that is undone', async () => {
    const page = await openSample();
    await retype(page, '5%', '10%');
    // 1,000 × 3% + 1,000 × 10% = 130, and 15
    await shows(totalOf(page), '145.00');
    await page.keyboard.press('Control+z');
    await eventually(
      () => shownPolicy(page),
      (text) => text.includes('5%'),
    );
    await shows(totalOf(page), '95.00');
  });

  it('marks an error where it is, keeps the last result, and mends it by the quick fix', async () => {
    const page = await openSample();
    await retype(page, 'ladder(revenue)', 'ladder(revenuee)');
    await shows(page.locator('.status'), '1 error');
    await page.locator('.monaco-editor .squiggly-error').first().waitFor();
    await shows(totalOf(page), '95.00');
    await page
      .locator('#pane-problems')
      .getByRole('button', { name: /revenuee/ })
      .click();
    await page.keyboard.press('Control+.');
    const fix = page.locator('.action-widget .monaco-list-row').filter({ hasText: 'revenue' }).first();
    await fix.waitFor();
    await page.keyboard.press('Enter');
    await eventually(
      () => shownPolicy(page),
      (text) => text.includes('ladder(revenue)'),
    );
    await shows(page.locator('.status'), '0 errors');
    expect(await page.locator('.monaco-editor .squiggly-error').count()).toBe(0);
  });

  it('converts the policy to YAML in place and back, comments and all', async () => {
    const page = await openSample();
    await page.getByText('YAML', { exact: true }).click();
    await shows(page.locator('#pane-policy').getByRole('tab', { selected: true }), 'policy.merit.yaml');
    const yaml = await downloaded(page, 'policy.merit.yaml');
    for (const part of ['policy: small', '# what counts', '# and the rest', 'Pays by what was sold.'])
      expect(yaml).toContain(part);
    await shows(page.locator('.status'), '0 errors');
    await shows(totalOf(page), '95.00');
    await retype(page, '5%', '10%');
    await shows(totalOf(page), '145.00');
    await page.getByText('Text', { exact: true }).click();
    await shows(page.locator('#pane-policy').getByRole('tab', { selected: true }), /policy\.merit$/);
    expect(await downloaded(page, 'policy.merit')).toBe(POLICY.replace('5%', '10%'));
  });

  it('takes a CSV that is dropped, and refuses what it cannot read, saying why', async () => {
    const page = await openSample();
    await drop(page, 'deals.csv', `${DEALS}d4,2026-01-28,boris,500.00\n`);
    // Boris has sold 1,000 now: 30, with Anna's 80
    await shows(totalOf(page), '110.00');
    await drop(page, 'deals.xlsx', 'PK\u0003\u0004');
    await shows(page.locator('.notices'), 'deals.xlsx');
    await shows(totalOf(page), '110.00');
  });

  it('edits a cell in the grid', async () => {
    const page = await openSample();
    await page.getByRole('tab', { name: /^deal/ }).click();
    const grid = page.getByRole('grid');
    await grid.getByText('500.00').click();
    await page.keyboard.type('1000');
    await page.keyboard.press('Enter');
    await shows(totalOf(page), '110.00');
  });

  it('explains a line down to rows and policy lines, which are marked', async () => {
    const page = await openSample();
    await page.locator('#pane-results').getByRole('button', { name: 'Anna' }).click();
    await page.getByRole('button', { name: /^Explain Commission/ }).click();
    const steps = page.getByRole('region', { name: 'Explanation' });
    await shows(steps, 'from 1,000.00 RUB: 1,000.00 RUB × 5 % = 50.00 RUB');
    expect(await steps.innerText()).not.toContain('d1');
    await steps.getByRole('button', { name: 'Open all' }).click();
    await shows(steps, 'd1');
    await page.locator('.monaco-editor .policy-mark').first().waitFor();
    await page
      .getByRole('button', { name: /Show these rows of deal/ })
      .first()
      .click();
    await shows(page.locator('#pane-data'), '2 rows marked');
  });

  it('says what the policy line at the cursor paid, and to whom', async () => {
    const page = await openSample();
    await selectInPolicy(page, 'bonus commission');
    await shows(page.locator('#pane-results'), /Paid in 2026-01: 95\.00 RUB to 2 people/);
    await page
      .locator('#pane-results')
      .getByRole('button', { name: /Paid in 2026-01/ })
      .click();
    const paid = page.getByRole('region', { name: 'What a line paid' });
    await shows(paid.getByRole('row', { name: /Anna/ }), '80.00');
    await shows(paid.getByRole('row', { name: /Boris/ }), '15.00');
  });

  it('shows whose pay moves when a rate changes', async () => {
    const page = await openSample();
    const changes = await openTab(page, 'Changes');
    await changes.getByRole('button', { name: 'Save this version' }).click();
    await shows(changes, 'Nothing has changed');
    await retype(page, '5%', '10%');
    // Anna 130 − 80 = 50 more; Boris stays at 15
    await shows(changes, /1 person gets more, 0 less, 1 the same/);
    await shows(changes.getByRole('row', { name: /Anna/ }), /80\.00[\s\S]*130\.00[\s\S]*50\.00/);
    expect(await changes.getByRole('row', { name: /Boris/ }).count()).toBe(0);
  });

  it('runs the tests of the policy and marks what they take in the margin', async () => {
    const page = await openSample();
    const tests = await openTab(page, 'Tests');
    await shows(tests, '1 of 1 test passed');
    await page.locator('.monaco-editor .margin-mark').first().waitFor();
    await shows(tests, /\d+%: \d+ of \d+ ways/);
    await retype(page, 'is 80 RUB', 'is 81 RUB');
    await shows(tests, /1 failed/);
    await shows(tests, /expected 81/);
  });

  it('draws the curve of pay with each person on it', async () => {
    const page = await openSample();
    const charts = await openTab(page, 'Charts');
    await charts.locator('svg').first().waitFor();
    await shows(charts, /Anna/);
  });

  it('opens each example of the gallery', async () => {
    visited = await visit(browser(), served);
    const { page } = visited;
    for (const { name, says } of [
      { name: /^Whole language/, says: 'policy' },
      { name: /^CRM pipeline/, says: 'crm' },
      { name: /^New policy/, says: 'new_policy' },
    ]) {
      await page.getByRole('button', { name: 'Examples' }).click();
      await page.getByRole('dialog').getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await eventually(
        () => shownPolicy(page),
        (text) => text.includes(says),
      );
      await shows(page.locator('.status'), '0 errors');
    }
  });
});

async function drop(page: Visit['page'], name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([file, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content!], file!));
      return transfer;
    },
    [name, text],
  );
  for (const kind of ['dragenter', 'dragover', 'drop'])
    await page.locator('#pane-data .data-panel').dispatchEvent(kind, { dataTransfer: data });
}
