// What the build promises: a command that starts without the engine, doors for browsers that need no platform, and what
// each of them makes a page load.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadedWith, sizeOf } from '../../bench/playground-sizes.ts';
import type * as Browser from '../../src/browser.ts';
import type * as Evaluator from '../../src/evaluator.ts';
import { openBackend, readRun, run } from '../../src/node.ts';
import { readCase, readExpected } from '../cases/run-case.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(ROOT, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
const out = mkdtempSync(join(cache, 'merit-build-'));
const own = join(out, 'own');

interface Scripts {
  buildNode(outdir: string): Promise<void>;
  buildBrowser(outdir: string, options?: { readonly onlyOwn: true }): Promise<void>;
}

beforeAll(async () => {
  const scripts: Scripts = await import(join(ROOT, 'scripts/build.mjs'));
  await scripts.buildNode(out);
  await scripts.buildBrowser(out);
  await scripts.buildBrowser(own, { onlyOwn: true });
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

  it('keeps the code of what checking takes, and goes without where there is none', () => {
    const folder = join(out, 'cli');
    const kept = readdirSync(folder).find((name) => /^quick-check-.*\.cjs\.cache$/.test(name))!;
    expect(readdirSync(folder)).toContain(kept.replace(/\.cache$/, ''));
    expect(readdirSync(folder).join(' ')).toMatch(/\bmerit-[0-9a-f]{16}\.cjs\.cache\b/);
    const check = () =>
      spawnSync(process.execPath, [join(folder, 'merit.js'), 'check', 'examples/sales-department'], {
        cwd: ROOT,
        encoding: 'utf8',
      });
    const { status, stdout, stderr } = check();
    expect(status).toBe(0);
    writeFileSync(join(folder, kept), 'no code');
    expect(check()).toMatchObject({ status, stdout, stderr });
    rmSync(join(folder, kept));
    expect(check()).toMatchObject({ status, stdout, stderr });
  });

  it('starts without parser, YAML or DuckDB', async () => {
    // what the one script runs before a command asks for more is what would lie in the first chunk
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints: ['src/cli/merit.ts'],
      outdir: out,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      external: ['@duckdb/node-api'],
      write: false,
      metafile: true,
    });
    const inputs = (path: string, seen = new Set<string>()): readonly string[] => {
      const output = metafile.outputs[path];
      if (!output || seen.has(path)) return [];
      seen.add(path);
      const at = output.imports.filter(({ kind }) => kind === 'import-statement');
      return [...Object.keys(output.inputs), ...at.flatMap((each) => inputs(each.path, seen))];
    };
    const entry = Object.keys(metafile.outputs).find((path) => path.endsWith('/merit.js'))!;
    const text = inputs(entry).join('\n');
    expect(text).toContain('node_modules/commander');
    expect(text).not.toMatch(/node_modules\/(chevrotain|yaml|csv-parse|@duckdb)/);
    expect(startText(join(out, 'node.js'))).toMatch(/node_modules\/chevrotain/);
    expect(startText(join(out, 'node.js'))).not.toMatch(/node_modules\/yaml|from "@duckdb/);
  });
});

describe('the door for browsers', () => {
  it('names no module of a platform', () => {
    const doors = readdirSync(out).filter((name) => /^(browser.*|evaluator)\.js$/.test(name));
    const chunks = readdirSync(join(out, 'browser-chunks')).filter((name) => name.endsWith('.js'));
    expect(doors.length).toBeGreaterThanOrEqual(5);
    for (const file of [...doors, ...chunks.map((name) => join('browser-chunks', name))]) {
      const text = readFileSync(join(out, file), 'utf8');
      const imports = [
        ...text.matchAll(/(?<!["'`])\bimport(?:[\w$*\s{},]*\bfrom)?\s*\(?\s*["']([^"']+)["']/g),
      ];
      const foreign = imports.flatMap(([, path]) => (/^\.\.?\//.test(path!) ? [] : [path]));
      expect([file, ...foreign, ...(text.match(/["']node:.{0,20}/g) ?? [])]).toEqual([file]);
    }
  });

  it('runs a policy over text', async () => {
    const merit = await door<typeof Browser>('browser');
    const { value: model, diagnostics } = merit.compile([{ name: 'p.merit', text: POLICY }]);
    expect(diagnostics).toEqual([]);
    const result = await merit.run({ model: model!, ...DATA(merit) }, merit.openBackend());
    expect(result.diagnostics).toEqual([]);
    expect(result.value?.statements.map(({ person, pay }) => [person, pay])).toEqual([['anna', '10']]);
  });

  it('reads YAML when told to, and says so until then', async () => {
    const merit = await door<typeof Browser>('browser');
    expect(textLoadedWith('browser')).not.toContain('YAMLParseError');
    await merit.needForms([{ name: 'p.merit', text: POLICY }]);
    const yaml = [{ name: 'p.merit.yaml', text: 'policy: p\ncurrency: RUB\ntimezone: UTC\nperiod: month\n' }];
    expect(() => merit.compile(yaml)).toThrow(/await needForms\(sources\)/);
    await merit.needForms(yaml);
    expect(merit.compile(yaml).diagnostics).toEqual([]);
  });

  it('checks what few policies have when told to, and says so until then', () => {
    const tested = [{ name: 'p.merit', text: `${POLICY}invariant "never negative" { pay >= 0 RUB }\n` }];
    expect(
      outputOf(`
        const sources = ${JSON.stringify(tested)};
        try { merit.compile(sources); } catch (error) { console.log(error.message); }
        await merit.needForms(sources);
        const { value, diagnostics } = merit.compile(sources);
        console.log(value.invariants.length, diagnostics.length);`),
    ).toBe(
      "a part of the checker that this policy takes isn't loaded: call `await needForms(sources)` first\n1 0\n",
    );
  });

  it('makes a page load little', () => {
    // what GitHub Pages, nginx and every other static server sends
    expect(sizeOf(loadedWith(join(out, 'browser-engine.js'))).gzip).toBeLessThan(200_000);
    expect(textLoadedWith('browser-engine')).not.toContain('YAMLParseError');
  });

  it('holds little code of ours', () => {
    expect(sizeOf(loadedWith(join(own, 'browser-engine.js'))).brotli).toBeLessThan(120_000);
  });
});

describe('the evaluator', () => {
  it('is one small file', () => {
    const file = join(out, 'evaluator.js');
    expect([...loadedWith(file)]).toEqual([file]);
    expect(sizeOf([file]).brotli).toBeLessThan(40_000);
  });

  it('pays what the engine pays', async () => {
    const merit = await door<typeof Browser>('browser');
    const { evaluate, dataFrom, dataText } = await door<typeof Evaluator>('evaluator');
    const { value: model } = merit.compile([{ name: 'p.merit', text: POLICY }]);
    const { value: data } = await merit.readRun({ model: model!, ...DATA(merit) }, merit.openBackend());
    const { value } = evaluate(model!, dataFrom(dataText(data!)));
    expect(value?.statements.map(({ person, pay }) => [person, pay])).toEqual([['anna', '10']]);
  });

  // its build leaves out parts of the function table
  it('pays what the engine pays in every case', async () => {
    const { evaluate } = await door<typeof Evaluator>('evaluator');
    const cases = join(ROOT, 'test/cases');
    const names = readdirSync(cases, { withFileTypes: true }).filter((each) => each.isDirectory());
    expect(names.length).toBeGreaterThan(20);
    for (const { name } of names) {
      const { model, sources } = await readCase(join(cases, name));
      const { periods: period } = await readExpected(join(cases, name));
      const backend = await openBackend('memory', sources);
      const data = await readRun({ model, sources, period }, backend);
      const { value } = evaluate(model, data.value!);
      const whole = await run({ model, sources, period }, await openBackend('memory', sources));
      expect({ name, ...value, engine: undefined }).toEqual({ name, ...whole.value, engine: undefined });
    }
  });
});

const POLICY = `policy p {
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

const DATA = (merit: typeof Browser) => ({
  sources: [
    merit.textSource('person', 'people.csv', 'id,name,role,from,until\nanna,Anna,seller,2026-01-01,\n'),
    merit.textSource('deal', 'deals.csv', 'id,day,manager,amount\n1,2026-01-05,anna,100.00\n'),
  ],
  period: '2026-01',
});

function door<T>(name: string): Promise<T> {
  return import(pathToFileURL(join(out, `${name}.js`)).href);
}

/** What a program prints that has the engine's door as `merit`, and nothing loaded before. */
function outputOf(program: string): string {
  const url = pathToFileURL(join(out, 'browser-engine.js')).href;
  const text = `const merit = await import(${JSON.stringify(url)});\n${program}`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' }).stdout;
}

function textLoadedWith(name: string): string {
  return [...loadedWith(join(out, `${name}.js`))].map((file) => readFileSync(file, 'utf8')).join('\n');
}
