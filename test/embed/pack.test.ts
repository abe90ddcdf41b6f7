// What is published, as its users get it: packed from a copy of the project, installed into an empty one, and used from
// modules, from CommonJS, from a worker, from TypeScript under both resolutions, and from a page that Vite builds.

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build as bundle } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile, typesOf } from '../../src/node-embed.ts';
import { DEALS, PAY, PEOPLE, PERIOD, POLICY } from './example.ts';
import { HOSTILE_PROGRAM, hostileModel, PROGRAM, RUSSIAN } from './hostile.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'merit-pack-'));
const project = join(work, 'project');
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** What packing takes: the sources, and all that `files` in package.json names but what is built. */
const COPIED = [
  ...['src', 'scripts', 'package.json', 'tsconfig.json', 'tsconfig.types.json', 'examples/sales-department'],
  ...['README.md', 'LICENSE', 'CHANGELOG.md', 'docs', 'editors/vscode/syntaxes'],
  ...['schemas', 'grammar'],
];

interface Package {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
}

const { dependencies, exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Package;

function command(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  expect(`${stdout}\n${stderr}`.slice(-4000), `${program} ${args.join(' ')} ended with ${status}`).toSatisfy(
    () => status === 0,
  );
  return stdout;
}

const write = (name: string, text: string): void => writeFileSync(join(project, name), text);

/** What TypeScript says of files of the project. */
function typed(files: readonly string[], over: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const options = { module: 'Node16', moduleResolution: 'Node16', target: 'ES2023', lib: ['ES2023', 'DOM'] };
  const compilerOptions = { ...options, strict: true, noEmit: true, skipLibCheck: true, types: [], ...over };
  write('tsconfig.json', JSON.stringify({ compilerOptions, files }));
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  const { stdout } = spawnSync(tsc, ['-p', 'tsconfig.json'], { cwd: project, encoding: 'utf8' });
  return stdout.split('\n').filter((each) => each.trim() !== '');
}

/** Asks for everybody's pay, and puts it where the program says. */
const PAYING = (door: string, put: string): string => `
const { compile, run, toDecimal } = ${door};
const { value: model } = await compile([${JSON.stringify(POLICY)}]);
const person = ${JSON.stringify(PEOPLE)};
const deal = ${JSON.stringify(DEALS, (_, each) => (typeof each === 'bigint' ? String(each) : each))};
const { value } = await run({ model, data: { person, deal }, period: '${PERIOD}' });
${put}(value.statements.map((each) => each.person + ' ' + toDecimal(each.pay).toFixed(2)).join(', '));
`;

const PAID = Object.entries(PAY)
  .map(([person, pay]) => `${person} ${pay}.00`)
  .join(', ');

beforeAll(() => {
  const copy = join(work, 'copy');
  for (const each of COPIED) {
    mkdirSync(dirname(join(copy, each)), { recursive: true });
    cpSync(join(ROOT, each), join(copy, each), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  // `prepare` builds it
  command('npm', ['pack', '--offline', '--silent', '--pack-destination', work], copy);
  const packed = readdirSync(work).find((each) => each.endsWith('.tgz'))!;
  const installed = join(project, 'node_modules/merit');
  mkdirSync(installed, { recursive: true });
  command('tar', ['-xzf', join(work, packed), '--strip-components=1', '-C', installed], work);
  // what a registry would give, without one
  for (const each of Object.keys(dependencies)) {
    mkdirSync(dirname(join(project, 'node_modules', each)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', each), join(project, 'node_modules', each));
  }
  write('package.json', '{ "name": "own", "private": true, "type": "module" }\n');
}, 400_000);

describe('the package, installed', () => {
  it('has a file for every door, and its types', () => {
    const files = JSON.stringify(exports).match(/\.\/dist\/[^"]+/g)!;
    expect(files.length).toBeGreaterThan(10);
    for (const each of files)
      expect(() => readFileSync(join(project, 'node_modules/merit', each)), each).not.toThrow();
  });

  it('pays from a module, from CommonJS and in a worker', () => {
    write('pay.mjs', PAYING("await import('merit/embed')", 'console.log'));
    expect(command('node', ['pay.mjs'], project)).toBe(`${PAID}\n`);
    write('pay.cjs', `(async () => {${PAYING("await import('merit/embed')", 'console.log')}})();`);
    expect(command('node', ['pay.cjs'], project)).toBe(`${PAID}\n`);
    write(
      'worker.mjs',
      `import { Worker } from 'node:worker_threads';
new Worker(new URL('./pay.mjs', import.meta.url));`,
    );
    expect(command('node', ['worker.mjs'], project)).toBe(`${PAID}\n`);
    write(
      'door.mjs',
      "import { loadProject, VERSION } from 'merit'; console.log(typeof loadProject, VERSION);",
    );
    expect(command('node', ['door.mjs'], project)).toMatch(/^function \d/);
  });

  it('pays by its door for pages, which imports nothing by its name', async () => {
    const door = pathToFileURL(join(project, 'node_modules/merit/dist/browser-embed.js')).href;
    write('page.mjs', PAYING(`await import('${door}')`, 'console.log'));
    expect(command('node', ['page.mjs'], project)).toBe(`${PAID}\n`);
    const { metafile } = await bundle({
      entryPoints: [fileURLToPath(door)],
      outdir: join(work, 'page-door'),
      ...{
        bundle: true,
        write: false,
        metafile: true,
        format: 'esm',
        platform: 'browser',
        packages: 'external',
      },
    });
    const named = Object.values(metafile.outputs).flatMap((each) =>
      each.imports.filter(({ external }) => external),
    );
    // browsers and Deno have no names of packages without being told
    expect(named).toEqual([]);
  });

  it.each([
    ['node16', 'Node16', []],
    ['bundler', 'ESNext', ['node']],
  ])('is typed under the resolution of %s', (moduleResolution, module, customConditions) => {
    write(
      'doors.ts',
      `import { compile, fromDuckDb, fromRows, run } from 'merit/embed';
import { run as runFiles } from 'merit';
import { run as runPage } from 'merit/browser';
import { evaluate } from 'merit/evaluator';
export const doors = [compile, fromDuckDb, fromRows, run, runFiles, runPage, evaluate];
`,
    );
    const said = { module, moduleResolution, skipLibCheck: false };
    // a bundler's door is the one for pages, unless it is told that the program runs in Node
    const told = customConditions.length > 0 ? { ...said, customConditions } : said;
    expect(typed(['doors.ts'], told)).toEqual([]);
  });

  it('types rows and results by what `merit types` writes, in any alphabet and for any name', async () => {
    const { value: russian } = await compile([RUSSIAN]);
    write('types.ts', typesOf(russian!));
    write('program.ts', PROGRAM);
    expect(typed(['program.ts'])).toEqual([]);
    const { value: model } = await compile([POLICY]);
    write('types.ts', typesOf(hostileModel(model!)));
    write('program.ts', HOSTILE_PROGRAM);
    expect(typed(['program.ts'])).toEqual([
      "program.ts(2,1): error TS2578: Unused '@ts-expect-error' directive.",
    ]);
  });

  it('takes the typed program of the page about embedding', async () => {
    const page = readFileSync(join(ROOT, 'docs/embedding.md'), 'utf8');
    const [policy, program] = ['merit', 'ts'].map(
      (language) => page.split(`\`\`\`${language}\n`)[1]!.split('```')[0]!,
    );
    const { value: model } = await compile([{ name: 'policy.merit', text: policy! }]);
    write('sales.ts', typesOf(model!));
    write('program.ts', `declare const model: Model;\n${program}`);
    expect(typed(['program.ts'], { allowImportingTsExtensions: true })).toEqual([]);
  });

  it('pays from a page that Vite builds', async () => {
    const { build } = await import('vite');
    write('index.html', '<!doctype html><title>pay</title><script type="module" src="/page.js"></script>\n');
    write('page.js', `import * as merit from 'merit/embed';${PAYING('merit', 'globalThis.paid')}`);
    await build({
      configFile: false,
      root: project,
      logLevel: 'error',
      build: { outDir: 'page', target: 'es2022', modulePreload: false },
    });
    const [html, assets] = [readFileSync(join(project, 'page/index.html'), 'utf8'), join(project, 'page')];
    const script = /src="\/([^"]+)"/.exec(html)![1]!;
    const text = readFileSync(join(assets, script), 'utf8');
    expect(text).not.toMatch(/node:fs|duckdb/);
    // the built page's own script, as a browser runs it; browsers themselves are in test/playground
    write('run-page.mjs', `globalThis.paid = console.log;\nawait import('./page/${script}');\n`);
    expect(command('node', ['run-page.mjs'], project)).toBe(`${PAID}\n`);
  });
});
