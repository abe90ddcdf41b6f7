// Finds Chromium and starts it.

import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** How to get a browser, for whoever has none. */
export const HOW_TO_GET =
  '`apt-get install -y chromium`, or say where one is with MERIT_CHROMIUM=/path/to/chromium';

/** The path of a Chromium: the one that MERIT_CHROMIUM names, else one in its usual place. */
export function findChromium(): string | undefined {
  const named = process.env.MERIT_CHROMIUM;
  if (named) return existsSync(named) ? named : undefined;
  return PLACES.find((each) => existsSync(each));
}

/** Starts a Chromium that nobody sees. */
export async function startChromium(executablePath: string): Promise<Browser> {
  // as root, which is what containers run as, Chromium only starts without its sandbox
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    headless: true,
    args: ['--disable-dev-shm-usage', ...(asRoot ? ['--no-sandbox'] : [])],
  });
}
