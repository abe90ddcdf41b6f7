// What the build promises: a command that starts without the engine, and a browser door that needs no platform.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as Browser from '../../src/browser.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(ROOT, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
const out = mkdtempSync(join(cache, 'merit-build-'));

beforeAll(async () => {
  const scripts: { buildNode(outdir: string): Promise<void>; buildBrowser(outdir: string): Promise<void> } =
    await import(join(ROOT, 'scripts/build.mjs'));
  await scripts.buildNode(out);
  await scripts.buildBrowser(out);
}, 60_000);

afterAll(() => rmSync(out, { recursive: true, force: true }));

/** The text of a module and of all that it imports before it runs. */
function startText(file: string, seen = new Set<string>()): string {
  if (seen.has(file)) return '';
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const imports = [
    ...text.matchAll(/^(?:import|\} from|export .* from)\s*(?:\{[^}]*\}\s*from\s*)?"(\.[^"]+)"/gm),
  ];
  return text + imports.map(([, path]) => startText(join(dirname(file), path as string), seen)).join('');
}

describe('the command', () => {
  it('is a program', () => {
    const file = join(out, 'cli/merit.js');
    expect(readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(statSync(file).mode & 0o111).toBe(0o111);
  });

  it('starts without parser, YAML or DuckDB', () => {
    const text = startText(join(out, 'cli/merit.js'));
    expect(text).toContain('commander');
    expect(text).not.toMatch(/node_modules\/(chevrotain|yaml|csv-parse)|from "@duckdb/);
    expect(startText(join(out, 'node.js'))).toMatch(/node_modules\/chevrotain/);
    expect(startText(join(out, 'node.js'))).not.toContain('from "@duckdb');
  });
});

describe('the door for browsers', () => {
  it('names no module of a platform', () => {
    const text = readFileSync(join(out, 'browser.js'), 'utf8');
    expect(text.match(/^import\b.*|["']node:.*|\b__require\(.*/gm) ?? []).toEqual([]);
  });

  it('runs a policy over text', async () => {
    const merit: typeof Browser = await import(pathToFileURL(join(out, 'browser.js')).href);
    const policy = `policy p {
  currency RUB
  timezone "Europe/Moscow"
  period month
  rounding half up to 0.01
}
event deal {
  id: text key
  day: date posts
  manager: person owner
  amount: money
}
kpi revenue = sum(deal.amount)
role seller { bonus tenth = revenue * 10% }
`;
    const { value: model, diagnostics } = merit.compile([{ name: 'p.merit', text: policy }]);
    expect(diagnostics).toEqual([]);
    const sources = [
      merit.textSource('person', 'people.csv', 'id,name,role,from,until\nanna,Anna,seller,2026-01-01,\n'),
      merit.textSource('deal', 'deals.csv', 'id,day,manager,amount\n1,2026-01-05,anna,100.00\n'),
    ];
    const result = await merit.run({ model: model!, sources, period: '2026-01' }, merit.openBackend());
    expect(result.diagnostics).toEqual([]);
    expect(result.value?.statements.map(({ person, pay }) => [person, pay])).toEqual([['anna', '10']]);
  });
});
