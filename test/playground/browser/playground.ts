// The playground as a visitor has it: built once for all tests, served under a path, opened in a clean profile. Whatever
// goes wrong meanwhile (errors on the console, refusals of the page's security policy, requests to other hosts) is noted.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { type Served, serveFolder } from './serve.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** A profile with the playground open in it. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong so far, in words; none is what every test wants. */
  readonly faults: string[];
}

/** Builds the playground into a folder, unless it is there, and serves it. */
export async function servePlayground(builds: string): Promise<Served> {
  const folder = join(builds, 'playground');
  if (!existsSync(join(folder, 'index.html'))) await buildPlayground(ROOT, folder);
  return serveFolder(folder);
}

/** Builds the playground of a checkout into a folder, as its own command does; `named` begins the names of its files. */
export async function buildPlayground(root: string, outDir: string, named?: string): Promise<void> {
  // a test runner's own NODE_ENV would make it a build for development, which keeps nothing for use without a network
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({
      configFile: join(root, 'playground/vite.config.ts'),
      mode: 'production',
      logLevel: 'warn',
      build: {
        outDir,
        emptyOutDir: true,
        ...(named !== undefined && { rolldownOptions: filesNamed(named) }),
      },
    });
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

function filesNamed(begin: string) {
  const file = `assets/${begin}-[name]-[hash].js`;
  return { output: { entryFileNames: file, chunkFileNames: file } };
}

/** Opens the playground in a profile that has seen nothing before; `hash` is the part of the address after `#`. */
export async function visit(
  browser: Browser,
  { url }: Pick<Served, 'url'>,
  { hash = '', ...options }: BrowserContextOptions & { readonly hash?: string } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1400, height: 900 },
    ...options,
  });
  const faults: string[] = [];
  const host = new URL(url).host;
  context.on('request', (request) => {
    const asked = new URL(request.url());
    if (/^https?:|^wss?:/.test(asked.protocol) && asked.host !== host)
      faults.push(`a request to another host: ${request.url()}`);
  });
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`on the console: ${message.text()}`);
  });
  context.on('weberror', (error) => faults.push(`an error: ${error.error().stack ?? error.error().message}`));
  await context.exposeBinding('meritTestFault', (_, text: string) => faults.push(text));
  await context.addInitScript(() => {
    const { meritTestFault } = window as unknown as { meritTestFault(text: string): void };
    document.addEventListener('securitypolicyviolation', (event) =>
      meritTestFault(`refused by the security policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  const page = await context.newPage();
  page.on('dialog', (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.setDefaultTimeout(30_000);
  await page.goto(`${url}${hash === '' ? '' : `#${hash}`}`);
  return { context, page, faults };
}
