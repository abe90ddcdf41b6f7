// What a person does in the playground, and what there is to be read then: by roles and names, as screen readers have them.

import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { writeLink } from '../../../playground/src/share/link.ts';
import type { Snapshot } from '../../../playground/src/share/snapshot.ts';
import { type Visit, visit } from './playground.ts';
import { SAMPLE } from './sample.ts';
import type { Served } from './serve.ts';

type VisitOptions = Parameters<typeof visit>[2];

/** Opens a project by a link and runs it, as somebody who trusts it would. */
export async function openProject(
  browser: Browser,
  served: Served,
  { state = SAMPLE, ...options }: VisitOptions & { readonly state?: Snapshot } = {},
): Promise<Visit> {
  const { fragment } = await writeLink(state);
  const visited = await visit(browser, served, { ...options, hash: fragment });
  await visited.page
    .locator('.notices')
    .getByRole('button', { name: /^(Run|Запустить|Рассчитать)$/ })
    .click();
  return visited;
}

/** The editor's text field, once the editor is there. */
export function editorOf(page: Page): Locator {
  return page.getByRole('textbox', { name: /^(Policy|Правила|Политика|Положение)/ });
}

/** The whole text of a file of the policy, as it is downloaded. */
export async function downloaded(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Download' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name, exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(name);
  return readFile(await download.path(), 'utf8');
}

/** The lines of the policy that are on the screen, with what the editor shows between them. */
export async function shownPolicy(page: Page): Promise<string> {
  const lines = await page.locator('.monaco-editor .view-line').evaluateAll((found) =>
    found
      .map((each) => ({
        top: Number.parseFloat((each as HTMLElement).style.top),
        text: each.textContent ?? '',
      }))
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text.replaceAll('\u00a0', ' ')),
  );
  return lines.join('\n');
}

/** Selects the first place at which a text stands in the policy, by the editor's search. */
export async function selectInPolicy(page: Page, text: string): Promise<void> {
  await editorOf(page).focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+f');
  const search = page.getByRole('textbox', { name: /^Find$/ });
  await search.fill(text);
  await search.press('Enter');
  await search.press('Escape');
}

/** Replaces the first place at which a text stands, by typing over it. */
export async function retype(page: Page, text: string, by: string): Promise<void> {
  await selectInPolicy(page, text);
  await page.keyboard.type(by);
}

/** Waits until something about the page is as wanted; fails with what it was last. */
export async function eventually<T>(read: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  let last: T | undefined;
  await expect
    .poll(
      async () => {
        last = await read();
        return wanted(last) || last;
      },
      { timeout: 30_000, interval: 50 },
    )
    .toBe(true);
  return last as T;
}

/** The sum of all pay, as the foot of the table of results has it. */
export function totalOf(page: Page): Locator {
  return page
    .locator('#pane-results tfoot td')
    .filter({ hasText: /\d\.\d\d/ })
    .last();
}

/** Waits until the text of a place holds what is wanted. */
export async function shows(place: Locator, wanted: string | RegExp): Promise<void> {
  await eventually(
    async () => ((await place.count()) === 0 ? '' : await place.first().innerText()),
    (text) => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)),
  );
}

/** Opens a tab beside the policy: `Charts`, `Tests`, `Changes`, `Results`. */
export async function openTab(page: Page, name: string | RegExp): Promise<Locator> {
  await page.getByRole('tab', { name }).first().click();
  return page.getByRole('tabpanel', { name });
}
