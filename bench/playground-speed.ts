// How long the playground lets people wait, in a real Chromium with real keys: from opening the page until it can be used,
// and from the press of a key until what follows from it has been painted. The page itself keeps the time, on the one
// clock that key presses and frames have there.

import type { Browser, Page } from 'playwright-core';

/** Milliseconds of one opening, from the start of navigation. */
export interface Opening {
  /** Results of the example are painted. */
  readonly results: number;
  /** A pressed key has appeared in the editor, pressed as soon as there was one to press it in. */
  readonly typed: number;
}

/** What a key press leads to. */
export type Consequence = 'problems' | 'results';

/** What changes when it has come: the list of problems, the sum of all pay. */
const CHANGES: Readonly<Record<Consequence, string>> = {
  problems: '#pane-problems',
  results: '#pane-results tfoot',
};

/** Opens the playground in a clean profile and waits until it can be used. */
export async function timeOpening(browser: Browser, url: string): Promise<Opening> {
  const page = await openPage(browser, url);
  const results = await page.evaluate(() => meritBench.shown('#pane-results tfoot', /\d/));
  await editorOf(page).focus();
  const typed = await strike(page, 'x', '.monaco-editor .view-lines');
  const opening = { results, typed: typed.at };
  await page.context().close();
  return opening;
}

/**
 * Times keys pressed in the first rate of the policy, one after the other, until each has had its consequence: a digit
 * that changes what is paid, or a letter that makes the policy wrong, and its removal.
 */
export async function timeKeys(
  browser: Browser,
  url: string,
  {
    consequence,
    strokes,
    after,
  }: { readonly consequence: Consequence; readonly strokes: number; readonly after: string },
): Promise<readonly number[]> {
  const page = await openPage(browser, url);
  await page.evaluate((of) => meritBench.shown(of, /\d/), CHANGES[consequence]);
  await editorOf(page).focus();
  await goBehind(page, after);
  const times: number[] = [];
  for (let stroke = 0; stroke < strokes; stroke++) {
    const key = stroke % 2 === 1 ? 'Backspace' : consequence === 'results' ? '5' : 'q';
    times.push((await strike(page, key, CHANGES[consequence])).took);
    await page.evaluate(() => meritBench.still());
  }
  await page.context().close();
  return times;
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1400, height: 900 } });
  await context.addInitScript(watch);
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'commit' });
  return page;
}

function editorOf(page: Page) {
  return page.getByRole('textbox', { name: 'Policy' });
}

/** Puts the cursor behind a text of the policy, by the editor's own search. */
async function goBehind(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+f');
  await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
}

/** Presses a key; from then until the text of an element has changed and been painted, and when that was. */
async function strike(
  page: Page,
  key: string,
  selector: string,
): Promise<{ readonly took: number; readonly at: number }> {
  const changed = page.evaluateHandle((of) => ({ done: meritBench.changedByKey(of) }), selector);
  const handle = await changed;
  await page.keyboard.press(key);
  return handle.evaluate(({ done }) => done);
}

// ---- in the page -------------------------------------------------------------------------------------------------

declare const meritBench: ReturnType<typeof watch>;

/** Runs in the page before its own scripts. */
function watch() {
  /** When the next frame has been painted. */
  const painted = () =>
    new Promise<number>((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(undefined);
      }),
    );
  const textOf = (selector: string) => document.querySelector(selector)?.textContent ?? '';
  /** Waits, by the changes of the document, until something holds and has been painted. */
  const until = (holds: () => boolean) =>
    new Promise<number>((resolve) => {
      const look = () => {
        if (!holds()) return;
        observer.disconnect();
        void painted().then(resolve);
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, characterData: true });
      look();
    });
  const tools = {
    shown: (selector: string, pattern: RegExp) => until(() => pattern.test(textOf(selector))),
    changedByKey: (selector: string) =>
      new Promise<{ took: number; at: number }>((resolve) => {
        const before = textOf(selector);
        addEventListener(
          'keydown',
          (event) => {
            void until(() => textOf(selector) !== before).then((at) =>
              resolve({ took: at - event.timeStamp, at }),
            );
          },
          { once: true, capture: true },
        );
      }),
    /** Resolves once nothing has changed in the page for a while: the consequences of a key are all there. */
    still: () =>
      new Promise<void>((resolve) => {
        let timer = setTimeout(done, 250);
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(done, 250);
        });
        observer.observe(document.querySelector('main') ?? document, {
          subtree: true,
          childList: true,
          characterData: true,
        });
        function done(): void {
          observer.disconnect();
          resolve();
        }
      }),
  };
  (globalThis as unknown as { meritBench: typeof tools }).meritBench = tools;
  return tools;
}
