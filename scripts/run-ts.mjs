// Runs a TypeScript program of this project: `node scripts/run-ts.mjs bench/bench.ts …`.

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const [program, ...args] = process.argv.slice(2);
// inside the project, so that packages are found from there
const folder = join(root, 'node_modules/.cache/merit');
mkdirSync(folder, { recursive: true });
const outfile = join(folder, `${basename(program, '.ts')}-${process.pid}.mjs`);
await build({
  absWorkingDir: root,
  entryPoints: [program],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
  sourcemap: 'inline',
});
const { status } = spawnSync(process.execPath, ['--enable-source-maps', outfile, ...args], {
  cwd: root,
  stdio: 'inherit',
});
rmSync(outfile, { force: true });
process.exitCode = status ?? 1;
