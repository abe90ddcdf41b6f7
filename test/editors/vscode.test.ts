// The extension for VS Code as users install it: one file, with all in it that it names, and a program that starts the
// server which is inside.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textMateGrammar } from '../../grammar/highlight.ts';
import { fakeVscode } from './fake-vscode.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(ROOT, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'merit-vscode-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files: Readonly<Record<string, Uint8Array>>;
const text = (path: string): string => new TextDecoder().decode(files[path]);
const manifest = () => JSON.parse(text('extension/package.json'));

beforeAll(async () => {
  const scripts: {
    extensionFiles(folder: string): Promise<Map<string, Uint8Array>>;
    vsixOf(files: Map<string, Uint8Array>): Uint8Array;
  } = await import(join(ROOT, 'scripts/make-vscode.mjs'));
  files = unzipSync(scripts.vsixOf(await scripts.extensionFiles(join(folder, 'build'))));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, 'vsix', path)), { recursive: true });
    writeFileSync(join(folder, 'vsix', path), content);
  }
}, 120_000);

describe('the file', () => {
  it('says what it holds', () => {
    const { name, version, publisher, engines } = manifest();
    const about = text('extension.vsixmanifest');
    expect(about).toContain(`Id="${name}" Version="${version}" Publisher="${publisher}"`);
    expect(about).toContain(`Id="Microsoft.VisualStudio.Code.Engine" Value="${engines.vscode}"`);
    for (const [, path] of about.matchAll(/ Path="([^"]+)"/g)) expect(files).toHaveProperty([path!]);
  });

  it('has a type for each kind of file', () => {
    const types = [...text('[Content_Types].xml').matchAll(/Extension="\.([^"]+)"/g)].map(([, each]) => each);
    const endings = Object.keys(files).filter((path) => path !== '[Content_Types].xml');
    expect(new Set(types)).toEqual(new Set(endings.map((path) => path.split('.').at(-1))));
  });

  it('holds every file that its manifest names', () => {
    const { main, contributes } = manifest();
    const named = [
      main,
      ...contributes.languages.map((each: { configuration: string }) => each.configuration),
      ...contributes.grammars.map((each: { path: string }) => each.path),
      ...contributes.yamlValidation.map((each: { url: string }) => each.url),
    ];
    expect(named.length).toBeGreaterThanOrEqual(4);
    for (const path of named) expect(files).toHaveProperty([join('extension', path)]);
    expect(files).toHaveProperty(['extension/server/cli/merit.js']);
    expect(files).toHaveProperty(['extension/server/docs/errors/M1101.md']);
  });

  it('wants a VS Code that its client runs in, and brings no program that only the user may name', () => {
    const { engines, contributes } = manifest();
    const client = JSON.parse(
      readFileSync(join(ROOT, 'node_modules/vscode-languageclient/package.json'), 'utf8'),
    );
    const minor = (range: string): number => Number(/^\^1\.(\d+)\.0$/.exec(range)?.[1]);
    expect(minor(engines.vscode)).toBeGreaterThanOrEqual(minor(client.engines.vscode));
    // a folder that somebody else wrote must not choose what is started
    expect(contributes.configuration.properties['merit.path'].scope).toBe('machine');
  });

  it('has nothing in it that JSON or the editor would refuse', () => {
    const language = JSON.parse(text('extension/language-configuration.json'));
    for (const pattern of [
      language.indentationRules.increaseIndentPattern,
      language.indentationRules.decreaseIndentPattern,
      ...language.onEnterRules.map((each: { beforeText: string }) => each.beforeText),
    ])
      expect(() => new RegExp(pattern)).not.toThrow();
    expect('выручка_2'.match(new RegExp(language.wordPattern.pattern, language.wordPattern.flags))?.[0]).toBe(
      'выручка_2',
    );
  });
});

describe('the colours', () => {
  it('are made of the word tables as they are now', () => {
    const written = readFileSync(join(ROOT, 'editors/vscode/syntaxes/merit.tmLanguage.json'), 'utf8');
    expect(written, 'run `npm run schemas`').toBe(`${JSON.stringify(textMateGrammar(), null, 2)}\n`);
  });
});

describe('the program', () => {
  it('starts the server that is inside, which finds what is wrong and runs tests', async () => {
    const vscode = fakeVscode({ path: '', values: false });
    const extension = loadWith(vscode.api, join(folder, 'vsix/extension/dist/extension.js'));
    const subscriptions: { dispose(): void }[] = [];
    const path = (name: string): string => join(folder, name);
    await extension.activate({
      subscriptions,
      asAbsolutePath: (each: string) => join(folder, 'vsix/extension', each),
    });
    expect([...vscode.commands.keys()]).toEqual(
      expect.arrayContaining(['merit.testFile', 'merit.restart', 'merit.runTest', 'merit.runTests']),
    );
    const head =
      'policy p {\n  currency RUB\n  timezone "Europe/Moscow"\n  period month\n  rounding half up to 0.01\n}\n';
    const told = new Promise<void>((done) => {
      vscode.onDiagnostics = done;
    });
    vscode.open(path('wrong.merit'), 'merit', `${head}kpi a = nothing\n`);
    await told;
    const found = vscode.diagnostics.get(`file://${path('wrong.merit')}`) ?? [];
    expect(found.map(({ message }) => message).join()).toContain('`nothing`');
    await vscode.commands.get('merit.testFile')!();
    const test =
      'test "nobody is paid" {\n  person anna { role seller }\n  expect anna in 2026-01 { pay is 0 RUB }\n}\n';
    vscode.open(path('sound/policy.merit'), 'merit', `${head}role seller "Seller" {}\n${test}`);
    await vscode.commands.get('merit.testFile')!();
    expect(vscode.shown).toEqual([
      'the policy has errors: its tests run when they are mended',
      '1 test, passed',
    ]);
    await extension.deactivate();
    for (const each of subscriptions) each.dispose();
  });
});

interface Extension {
  activate(context: object): Promise<unknown>;
  deactivate(): Promise<void>;
}

/** Loads the extension's program, for which `vscode` is the API given. */
function loadWith(api: object, path: string): Extension {
  const module = { exports: {} as Extension };
  const own = createRequire(path);
  const run = new (Function as unknown as new (...args: string[]) => (...args: unknown[]) => void)(
    'require',
    'module',
    'exports',
    '__dirname',
    '__filename',
    readFileSync(path, 'utf8'),
  );
  const require = (name: string): unknown => {
    if (name === 'vscode') return api;
    expect(isBuiltin(name), `${name} is not in the file`).toBe(true);
    return own(name);
  };
  run(Object.assign(require, own), module, module.exports, dirname(path), path);
  return module.exports;
}
