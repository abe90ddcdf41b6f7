// Builds what is published into dist/: the command (cli/merit.js), the doors for Node and browsers, and their types.
// Only @duckdb/node-api stays outside the bundles: it is native code. `node scripts/build.mjs` builds everything.

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
  const bundle = await buildCommand(join(resolve(ROOT, outdir), 'cli'));
  // An editor runs the command in a Node of its own, which has no use for this one's code.
  if (onlyCommand) return;
  keepCode(bundle);
  await build({
    ...FOR_NODE,
    entryPoints: { node: 'src/node.ts' },
    outdir,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    // Packages written for `require` reach Node's own modules through it.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
  });
}

/** DuckDB's driver is native code. */
const FOR_NODE = { ...SHARED, platform: 'node', target: 'node20', external: ['@duckdb/node-api'] };

/** The policies that are checked once, so that what checking takes is compiled already: one of each form. */
const CHECKED = ['examples/sales-department/policy.merit', 'examples/sales-department/policy.merit.yaml'];

/**
 * The command as one script, whose modules still run only when a command asks for them: Node keeps compiled
 * code of scripts, not of modules. `merit.js` starts it.
 *
 * @param {string} folder
 * @returns {Promise<string>} where the script lies
 */
async function buildCommand(folder) {
  await rm(folder, { recursive: true, force: true });
  const { outputFiles } = await build({
    ...FOR_NODE,
    entryPoints: ['src/cli/merit.ts'],
    outfile: join(folder, 'merit.cjs'),
    format: 'cjs',
    write: false,
    minifySyntax: true,
    minifyWhitespace: true,
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'ownUrl' },
    banner: {
      js: "(function (require, ownFile) {\nconst module = { exports: {} };\nconst ownUrl = require('node:url').pathToFileURL(ownFile).href;",
    },
    footer: { js: '})' },
  });
  const [{ contents }] = outputFiles;
  const name = `merit-${createHash('sha256').update(contents).digest('hex').slice(0, 16)}`;
  const start = await readFile(join(ROOT, 'scripts/start-command.cjs'), 'utf8');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  await writeFile(join(folder, `${name}.cjs`), contents);
  await writeFile(join(folder, 'merit.js'), start.replace('BUNDLE', name));
  await chmod(join(folder, 'merit.js'), 0o755);
  return join(folder, `${name}.cjs`);
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
  const doors = ['browser', 'browser-engine', 'browser-questions', 'browser-editor'];
  const shared = {
    ...SHARED,
    outdir,
    platform: 'browser',
    minify: true,
    sourcemap: true,
    write: false,
    ...(onlyOwn && { packages: 'external' }),
  };
  const parts = await build({
    ...shared,
    entryPoints: doors.map((name) => `src/${name}.ts`),
    splitting: true,
    chunkNames: 'browser-chunks/[name]-[hash]',
  });
  const evaluator = await build({ ...shared, entryPoints: ['src/evaluator.ts'], plugins: [onlyEvaluating] });
  await writeSmall([...parts.outputFiles, ...evaluator.outputFiles]);
}

/** What entries of the function table say to the checker, to SQL and to documentation; the evaluator asks none of it. */
const NOT_EVALUATING = new Set(['signature', 'summary', 'arity', 'result', 'missing', 'sql', 'examples']);

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
 * Writes modules with their maps after a second minifier has been over them, which makes them 4% smaller.
 *
 * @param {readonly import('esbuild').OutputFile[]} files
 */
async function writeSmall(files) {
  const { minify } = await import('vite');
  for (const { path, text } of files.filter((each) => each.path.endsWith('.js'))) {
    const name = basename(path);
    const inputMap = JSON.parse(files.find((each) => each.path === `${path}.map`).text);
    const small = await minify(name, text, { module: true, sourcemap: true, inputMap });
    if (small.errors.length > 0) throw new Error(`${name}: ${small.errors[0].message}`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${small.code}\n//# sourceMappingURL=${name}.map\n`);
    await writeFile(`${path}.map`, JSON.stringify(small.map));
  }
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
