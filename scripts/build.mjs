// Builds what is published into dist/: the command (cli/merit.js), the doors for Node and browsers, and their types.
// What few commands need stays outside the bundles. `node scripts/build.mjs` builds everything.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const SHARED = { absWorkingDir: ROOT, bundle: true, format: 'esm', target: 'es2022', logLevel: 'warning' };

/**
 * The command, and the door for Node unless only the command is asked for.
 *
 * @param {string} outdir
 * @param {{ onlyCommand?: true }} options
 */
export async function buildNode(outdir, { onlyCommand } = {}) {
  const folder = join(resolve(ROOT, outdir), 'cli');
  const bundles = await buildCommand(folder, onlyCommand ? ['merit'] : ['merit', 'quick-check']);
  // An editor runs the command in a Node of its own, which has no use for this one's code.
  if (onlyCommand) return;
  for (const each of bundles) keepCode(each);
  await build({
    ...FOR_NODE,
    entryPoints: { node: 'src/node.ts', 'node-embed': 'src/node-embed.ts' },
    outdir,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    // Packages written for `require` reach Node's own modules through it.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
  });
}

/**
 * DuckDB's driver is native code; charts, workbooks and databases are asked for by few commands, and shouldn't slow the
 * others.
 */
const FOR_NODE = {
  ...SHARED,
  platform: 'node',
  target: 'node20',
  external: ['echarts', 'write-excel-file', '@duckdb/node-api', 'pg'],
};

/** The policies that are checked once, so that what checking takes is compiled already: one of each form. */
const CHECKED = ['examples/sales-department/policy.merit', 'examples/sales-department/policy.merit.yaml'];

/**
 * The command as one script, whose modules still run only when a command asks for them: Node keeps compiled
 * code of scripts, not of modules. `merit.js` starts it, or the small script of checking alone.
 *
 * @param {string} folder
 * @param {readonly string[]} modules those of src/cli that scripts are made of
 * @returns {Promise<readonly string[]>} where the scripts lie
 */
async function buildCommand(folder, modules) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  const [command, check = ''] = await Promise.all(modules.map((module) => buildScript(folder, module)));
  const start = await readFile(join(ROOT, 'scripts/start-command.cjs'), 'utf8');
  await writeFile(join(folder, 'merit.js'), start.replace('COMMAND', command).replace('CHECK', check));
  await chmod(join(folder, 'merit.js'), 0o755);
  return [command, ...(check === '' ? [] : [check])].map((name) => join(folder, `${name}.cjs`));
}

/**
 * One script, under a name that says its content.
 *
 * @param {string} folder
 * @param {string} module
 */
async function buildScript(folder, module) {
  const { outputFiles } = await build({
    ...FOR_NODE,
    entryPoints: [`src/cli/${module}.ts`],
    outfile: join(folder, `${module}.cjs`),
    format: 'cjs',
    write: false,
    minifySyntax: true,
    minifyWhitespace: true,
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'ownUrl' },
    banner: {
      js: "(function (require, ownFile) {\nconst module = { exports: {} };\nconst ownUrl = require('node:url').pathToFileURL(ownFile).href;",
    },
    footer: { js: 'return module.exports;\n})' },
  });
  const [{ contents }] = outputFiles;
  const name = `${module}-${createHash('sha256').update(contents).digest('hex').slice(0, 16)}`;
  await writeFile(join(folder, `${name}.cjs`), contents);
  return name;
}

/** Keeps compiled what checking takes; without that the command only starts more slowly. @param {string} bundle */
function keepCode(bundle) {
  const policies = CHECKED.map((path) => join(ROOT, path));
  spawnSync(process.execPath, [join(ROOT, 'scripts/keep-code.cjs'), bundle, ...policies], {
    stdio: 'ignore',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

/**
 * The doors for browsers: the whole API, its parts for pages that load little, and the evaluator alone. What the parts
 * share, and what is loaded when first needed, lies in chunks beside them. An import of `node:…` anywhere below is an
 * error here.
 *
 * @param {string} outdir
 * @param {{ onlyOwn?: true }} options `onlyOwn` leaves packages out, so that our own code can be measured
 */
export async function buildBrowser(outdir, { onlyOwn } = {}) {
  const { build: buildParts } = await import('vite');
  const engine = await loadedAtOnce('src/browser-engine.ts');
  await buildParts({
    configFile: false,
    root: ROOT,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: resolve(ROOT, outdir),
      emptyOutDir: false,
      target: SHARED.target,
      sourcemap: true,
      lib: {
        entry: Object.fromEntries(DOORS.map((name) => [name, join(ROOT, `src/${name}.ts`)])),
        formats: ['es'],
      },
      rolldownOptions: {
        ...(onlyOwn && { external: (id) => !/^[./]|^\w:/.test(id) }),
        output: {
          minify: true,
          entryFileNames: '[name].js',
          chunkFileNames: 'browser-chunks/[name]-[hash].js',
          codeSplitting: { groups: [{ name: 'engine', test: (id) => engine.has(id) }] },
        },
      },
    },
  });
  await writeSmall(join(resolve(ROOT, outdir), 'evaluator.js'), {
    ...SHARED,
    entryPoints: ['src/evaluator.ts'],
    plugins: [onlyEvaluating],
    ...(onlyOwn && { packages: 'external' }),
  });
}

const DOORS = ['browser', 'browser-engine', 'browser-questions', 'browser-editor', 'browser-embed'];

/**
 * The modules that one loads before it runs, each by its path. In one file they are smaller, and sooner there, than in the
 * dozen that a bundler makes of what this door shares with which other one.
 *
 * @param {string} module
 */
async function loadedAtOnce(module) {
  const { metafile } = await build({
    ...SHARED,
    entryPoints: [module],
    platform: 'browser',
    write: false,
    metafile: true,
    plugins: [onlyAtOnce],
  });
  return new Set(Object.keys(metafile.inputs).map((path) => join(ROOT, path)));
}

/** Leaves out what is imported when first needed. */
const onlyAtOnce = {
  name: 'only-at-once',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};

/** What entries of the function table say to the checker and to SQL; the evaluator asks none of it. */
const NOT_EVALUATING = new Set(['arity', 'result', 'missing', 'sql']);

/** Leaves that out of the table, so that what only it uses isn't bundled either. */
const onlyEvaluating = {
  name: 'only-evaluating',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /src[/\\]library[/\\](operator|scalar)\.ts$/ }, async ({ path }) => {
      const { parse, Visitor } = await import('vite');
      const text = await readFile(path, 'utf8');
      /** @type {string[]} */
      const kept = [];
      let at = 0;
      const { program } = await parse(path, text);
      new Visitor({
        Property({ key, start, end }) {
          if (start < at || !NOT_EVALUATING.has(key.name)) return;
          kept.push(text.slice(at, start));
          at = /^\s*,/.test(text.slice(end)) ? text.indexOf(',', end) + 1 : end;
        },
      }).visit(program);
      return { contents: kept.join('') + text.slice(at), loader: 'ts' };
    });
  },
};

/**
 * Writes one module with its map after a second minifier has been over it, which makes it 4% smaller.
 *
 * @param {string} path
 * @param {import('esbuild').BuildOptions} options
 */
async function writeSmall(path, options) {
  const { minify } = await import('vite');
  const { outputFiles } = await build({
    ...options,
    outfile: path,
    platform: 'browser',
    minify: true,
    sourcemap: true,
    write: false,
  });
  const [map, code] = outputFiles.toSorted((a, b) => b.path.length - a.path.length);
  const name = basename(path);
  const small = await minify(name, code.text, {
    module: true,
    sourcemap: true,
    inputMap: JSON.parse(map.text),
  });
  if (small.errors.length > 0) throw new Error(`${name}: ${small.errors[0].message}`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${small.code}\n//# sourceMappingURL=${name}.map\n`);
  await writeFile(`${path}.map`, JSON.stringify(small.map));
}

/** Declarations of both doors and all below them. */
function buildTypes() {
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  const { status } = spawnSync(tsc, ['-p', 'tsconfig.types.json'], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error('the declarations could not be made');
}

async function buildAll() {
  await rm(join(ROOT, 'dist'), { recursive: true, force: true });
  await buildNode('dist');
  await buildBrowser('dist');
  buildTypes();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // esbuild and tsc have printed what is wrong; a stack trace of this script would add nothing
  await buildAll().catch((error) => {
    console.error(error.message.split('\n')[0]);
    process.exitCode = 1;
  });
}
