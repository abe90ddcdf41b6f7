// Tests in a browser. Where there is no Chromium they are skipped and say how to get it; on a CI machine, which is to have
// one, they fail.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { findChromium, HOW_TO_GET, startChromium } from './chromium.ts';

/** Tests that share one browser, which is given to them by a function as it starts after they are declared. */
export function describeInBrowser(name: string, tests: (browser: () => Browser) => void): void {
  const path = findChromium();
  if (path === undefined && process.env.CI === 'true') {
    it(`${name}: Chromium is there`, () => {
      throw new Error(`there is no Chromium to test in: ${HOW_TO_GET}`);
    });
    return;
  }
  const title = path === undefined ? `${name} (SKIPPED, there is no Chromium: ${HOW_TO_GET})` : name;
  describe.skipIf(path === undefined)(title, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await startChromium(path!);
    });
    afterAll(() => browser?.close());
    tests(() => browser!);
  });
}
