// The layer law of src/ARCHITECTURE.md: a folder is a stage, and a stage looks left. Every rule must match something,
// so that a moved folder can't leave its rule behind.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

/** What asks the same pipeline again may import. */
const THROUGH_THE_ENGINE = [
  'base',
  'syntax',
  'model',
  'library',
  'check',
  'query',
  'evaluate',
  'report',
  'run-data.ts',
  'gather.ts',
  'engine.ts',
  'backend/backend.ts',
];

/** What the files of a place may import of ours: places, or single files. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  syntax: ['base'],
  model: ['base'],
  library: ['base', 'model'],
  check: ['base', 'syntax', 'model', 'library'],
  query: ['base', 'model', 'library'],
  input: ['base', 'model'],
  backend: ['base', 'model', 'library', 'query', 'input', 'ledger/store.ts'],
  evaluate: ['base', 'model', 'library', 'query'],
  report: ['base', 'model'],
  ledger: ['base', 'model'],
  'run-data.ts': ['base', 'model', 'query', 'evaluate/opening.ts'],
  'gather.ts': [
    'run-data.ts',
    'base',
    'model',
    'library',
    'query',
    'input',
    'backend/backend.ts',
    'evaluate/periods.ts',
    'evaluate/opening.ts',
  ],
  'engine.ts': [
    'base',
    'syntax',
    'model',
    'check',
    'run-data.ts',
    'gather.ts',
    'backend/backend.ts',
    'evaluate',
  ],
  ask: [...THROUGH_THE_ENGINE, 'openings.ts'],
  prove: [...THROUGH_THE_ENGINE, 'ask', 'analyse'],
  analyse: THROUGH_THE_ENGINE,
  editor: ['base', 'syntax', 'model', 'library', 'check'],
  closing: [...THROUGH_THE_ENGINE, 'input', 'ledger', 'compare', 'versions.ts', 'openings.ts'],
  compare: [...THROUGH_THE_ENGINE, 'ask', 'prove', 'versions.ts'],
  charts: ['base', 'model', 'report', 'ask/drawn-tables.ts'],
  'versions.ts': ['base', 'syntax', 'model', 'evaluate/periods.ts', 'engine.ts'],
  'openings.ts': [
    'base',
    'model',
    'input',
    'evaluate/periods.ts',
    'evaluate/opening.ts',
    'gather.ts',
    'engine.ts',
    'versions.ts',
    'backend/backend.ts',
  ],
  'node-imports.ts': ['base', 'syntax/parse.ts', 'syntax/forms.ts'],
  'node-git.ts': ['base'],
  'node-mutate.ts': [
    'check/needed.ts',
    'prove',
    'base',
    'model',
    'syntax/forms.ts',
    'backend/kept.ts',
    'backend/backend.ts',
  ],
  'node-limits.ts': ['base'],
  'node-database.ts': ['base', 'model', 'backend', 'node-messages.ts', 'syntax/parse-config.ts'],
  'node-messages.ts': ['base', 'input/formats.ts'],
  'node-project.ts': [
    'base',
    'check/needed.ts',
    'check/seldom.ts',
    'evaluate/needed.ts',
    'evaluate/seldom.ts',
    'node-imports.ts',
    'node-git.ts',
    'node-messages.ts',
    'syntax/parse-config.ts',
  ],
  'node-data.ts': [
    'base',
    'model',
    'input/absence-fields.ts',
    'input/formats.ts',
    'node-database.ts',
    'node-project.ts',
    'node-messages.ts',
    'syntax/parse-config.ts',
  ],
  'node.ts': [
    'evaluate/periods.ts',
    'versions.ts',
    'openings.ts',
    'node-project.ts',
    'node-data.ts',
    'node-mutate.ts',
    'node-limits.ts',
    'node-database.ts',
    'node-git.ts',
    'run-data.ts',
    'gather.ts',
    'engine.ts',
    'input/absence-fields.ts',
    'ask',
    'analyse',
    'prove',
    'compare',
    'backend',
    'report',
    'base',
    'model',
    'syntax/forms.ts',
    'syntax/parse-scenarios.ts',
    'syntax/print.ts',
  ],
  'evaluator.ts': [
    'evaluate/needed.ts',
    'evaluate/seldom.ts',
    'run-data.ts',
    'gather.ts',
    'engine.ts',
    'base',
    'model',
  ],
  'browser-engine.ts': [
    'check/needed.ts',
    'run-data.ts',
    'gather.ts',
    'engine.ts',
    'prove/run-tests.ts',
    'backend/kept.ts',
    'backend/memory.ts',
    'backend/backend.ts',
    'syntax/forms.ts',
    'base',
    'model',
  ],
  'browser-questions.ts': [
    'evaluate/needed.ts',
    'evaluate/seldom.ts',
    'browser-engine.ts',
    'ask',
    'analyse',
    'prove',
    'compare',
    'backend/backend.ts',
    'report',
    'base',
    'model',
  ],
  'browser-data.ts': ['input', 'base', 'model'],
  'browser-versions.ts': ['versions.ts', 'openings.ts', 'prove/run-tests.ts'],
  'browser-config.ts': ['syntax/parse-config.ts'],
  'browser-charts.ts': ['charts'],
  'browser-figures.ts': ['report', 'ask/drawn-tables.ts', 'base', 'model'],
  'browser-editor.ts': ['editor', 'syntax/print.ts', 'base', 'model'],
  'browser.ts': ['browser-engine.ts', 'browser-questions.ts', 'browser-editor.ts', 'base/decimal.ts'],
  'embed-data.ts': ['input', 'node-messages.ts', 'base', 'model'],
  'embed-types.ts': ['embed-data.ts', 'model'],
  'embed.ts': [
    'embed-data.ts',
    'embed-types.ts',
    'versions.ts',
    'openings.ts',
    'gather.ts',
    'engine.ts',
    'ask',
    'compare',
    'check/needed.ts',
    'check/seldom.ts',
    'evaluate/needed.ts',
    'evaluate/seldom.ts',
    'syntax/forms.ts',
    'library/depth.ts',
    'backend/backend.ts',
    'base',
    'model',
  ],
  'embed-names.ts': ['embed.ts', 'embed-data.ts', 'embed-types.ts', 'input/given-arrow.ts', 'base', 'model'],
  'node-embed.ts': [
    'node.ts',
    'node-limits.ts',
    'embed.ts',
    'embed-data.ts',
    'embed-types.ts',
    'embed-names.ts',
    'engine.ts',
    'backend/duckdb-given.ts',
    'backend/memory.ts',
    'report/policy-types.ts',
    'report/diagnostic-text.ts',
    'base',
    'model',
  ],
  'browser-embed.ts': [
    'browser-engine.ts',
    'embed.ts',
    'embed-data.ts',
    'embed-types.ts',
    'embed-names.ts',
    'engine.ts',
    'report/diagnostic-text.ts',
    'base',
    'model',
  ],
  'node-ledger-file.ts': ['backend/duckdb-ledger.ts', 'backend/ledger-messages.ts', 'ledger/store.ts'],
  'node-ledger.ts': [
    'node.ts',
    'node-project.ts',
    'node-ledger-file.ts',
    'closing',
    'ledger',
    'evaluate/periods.ts',
    'report/ledger-text.ts',
    'base',
    'model',
  ],
  'node-ledger-questions.ts': [
    'node.ts',
    'node-ledger.ts',
    'node-ledger-file.ts',
    'closing',
    'ledger',
    'report',
    'base',
    'model',
  ],
  'node-background.ts': [
    'versions.ts',
    'node-data.ts',
    'node-project.ts',
    'engine.ts',
    'analyse',
    'prove',
    'backend/memory.ts',
    'syntax/forms.ts',
    'base',
    'model',
  ],
  'node-editor.ts': [
    'node-background.ts',
    'node-project.ts',
    'versions.ts',
    'engine.ts',
    'editor',
    'report',
    'syntax/forms.ts',
    'base',
    'model',
  ],
  'node-report.ts': [
    'gather.ts',
    'engine.ts',
    'ask',
    'evaluate/periods.ts',
    'query/carried.ts',
    'backend/backend.ts',
    'charts',
    'report',
    'base',
    'model',
  ],
  'node-check.ts': ['analyse', 'node-project.ts', 'report', 'versions.ts'],
  cli: [
    'node.ts',
    'node-check.ts',
    'node-editor.ts',
    'node-embed.ts',
    'base',
    'node-ledger.ts',
    'node-ledger-questions.ts',
    'node-report.ts',
  ],
};

/** Packages and the only places that may know them. */
const KNOWN_BY: Readonly<Record<string, readonly string[]>> = {
  chevrotain: ['syntax'],
  yaml: ['syntax'],
  'ajv/': ['syntax'],
  'decimal.js': ['base/decimal.ts'],
  commander: ['cli'],
  'vscode-languageserver': ['cli'],
  echarts: ['charts'],
  'write-excel-file': ['report/payroll-xlsx.ts'],
  '@duckdb/node-api': ['backend/duckdb-connection.ts', 'backend/duckdb-ledger.ts'],
  pg: ['backend/postgres-connection.ts'],
  'node:': [
    'node.ts',
    'node-embed.ts',
    'node-project.ts',
    'node-data.ts',
    'node-imports.ts',
    'node-database.ts',
    'node-git.ts',
    'node-mutate.ts',
    'node-background.ts',
    'node-ledger.ts',
    'node-ledger-file.ts',
    'node-ledger-questions.ts',
    'cli',
    'backend/duckdb-source.ts',
  ],
};

/** What no stage may touch: the clock, chance, the console and the network. Doors and the command line may. */
const PLATFORM = /\b(?:Date\.now|new Date\(\)|Math\.random|console\.|fetch\(|process\.|performance\.)/;
const MAY_TOUCH_PLATFORM = [
  'node.ts',
  'node-git.ts',
  'node-database.ts',
  'node-limits.ts',
  'node-embed.ts',
  'cli',
  'node-ledger.ts',
  'node-ledger-file.ts',
  'node-ledger-questions.ts',
];

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function filesUnder(folder: string, wanted = /\.(ts|js)$/, root = SRC): readonly SourceFile[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesUnder(path, wanted, root);
    if (!wanted.test(name) || name.endsWith('.d.ts')) return [];
    const text = readFileSync(path, 'utf8');
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(
      (each) => each[1] as string,
    );
    return [{ path: relative(root, path).replaceAll('\\', '/'), text, imports }];
  });
}

const FILES = filesUnder(SRC);

const placeOf = (path: string): string => (path.includes('/') ? (path.split('/')[0] as string) : path);
const lies = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);

function ours(file: SourceFile): readonly string[] {
  return file.imports
    .filter((each) => each.startsWith('.'))
    .map((each) => normalize(join(dirname(file.path), each)).replaceAll('\\', '/'));
}

/** Doors of the playground's page and worker; all else of the engine is none of its business. */
const DOORS_OF_PAGES = /^src\/browser(?:-[a-z]+)?\.ts$/;

describe('the playground', () => {
  const root = fileURLToPath(new URL('../playground/src/', import.meta.url));
  const files = filesUnder(root, /\.tsx?$/, root);

  it('reaches the engine through the doors for browsers', () => {
    const outside = files.flatMap((file) =>
      file.imports
        .filter((each) => each.startsWith('.'))
        .map((each) =>
          relative(join(root, '../..'), join(root, dirname(file.path), each)).replaceAll('\\', '/'),
        )
        .filter((target) => !target.startsWith('playground/'))
        .map((target) => ({ file: file.path, target })),
    );
    expect(outside.length).toBeGreaterThan(0);
    expect(outside.filter(({ target }) => !DOORS_OF_PAGES.test(target))).toEqual([]);
  });

  it('makes no HTML of texts and runs no texts as code', () => {
    const making =
      /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySet|document\.write|\beval\(|new Function\(/;
    const told = files.filter(({ text }) => making.test(text.replace(/\/\/.*$/gm, '')));
    expect(told.map(({ path }) => path)).toEqual([]);
  });
});

describe('the layer law', () => {
  it('names every place that has files', () => {
    const places = new Set(FILES.map((file) => placeOf(file.path)));
    expect([...places].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it.each(Object.entries(MAY_IMPORT))('%s imports only what lies left of it', (place, allowed) => {
    const files = FILES.filter((file) => lies(file.path, place));
    expect(files.length).toBeGreaterThan(0);
    const wrong = files.flatMap((file) =>
      ours(file)
        .filter((target) => !lies(target, place) && !allowed.some((each) => lies(target, each)))
        .map((target) => `${file.path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(KNOWN_BY))('%s is known only where it belongs', (name, places) => {
    const users = FILES.filter((file) =>
      file.imports.some(
        (each) =>
          each === name || each.startsWith(name.endsWith(':') || name.endsWith('/') ? name : `${name}/`),
      ),
    );
    expect(users.length).toBeGreaterThan(0);
    expect(users.map((file) => file.path).filter((path) => !places.some((each) => lies(path, each)))).toEqual(
      [],
    );
  });

  it('no stage reads the clock, draws lots, prints or reaches the network', () => {
    const touching = FILES.filter((file) =>
      PLATFORM.test(file.text.replace(/\/\/.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '')),
    );
    expect(touching.some((file) => lies(file.path, 'cli'))).toBe(true);
    expect(
      touching
        .map((file) => file.path)
        .filter((path) => !MAY_TOUCH_PLATFORM.some((each) => lies(path, each))),
    ).toEqual([]);
  });
});
