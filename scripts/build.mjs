// Builds what is published into dist/: the command (cli/merit.js), the doors for Node and browsers, and their types.
// Only @duckdb/node-api stays outside the bundles: it is native code. `node scripts/build.mjs` builds everything.

import { spawnSync } from 'node:child_process';
import { chmod, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const SHARED = { absWorkingDir: ROOT, bundle: true, format: 'esm', target: 'es2022', logLevel: 'warning' };

/**
 * The command and the door for Node. What a command doesn't need lies in chunks of its own that are loaded when asked
 * for: the parser, YAML and DuckDB's driver don't slow `merit --help` down.
 *
 * @param {string} outdir
 */
export async function buildNode(outdir) {
  await build({
    ...SHARED,
    entryPoints: { 'cli/merit': 'src/cli/merit.ts', node: 'src/node.ts' },
    outdir,
    platform: 'node',
    target: 'node20',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['@duckdb/node-api'],
    // Packages written for `require` reach Node's own modules through it.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
  });
  await chmod(resolve(ROOT, outdir, 'cli/merit.js'), 0o755);
}

/**
 * The door for browsers: one file. An import of `node:…` anywhere below it is an error here.
 *
 * @param {string} outdir
 */
export async function buildBrowser(outdir) {
  await build({
    ...SHARED,
    entryPoints: { browser: 'src/browser.ts' },
    outdir,
    platform: 'browser',
  });
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
