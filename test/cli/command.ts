// The command as users have it: built once for a test file, started as a process of its own, in a folder of its own.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, vi } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Workplace {
  /** Runs `merit` in the folder. */
  merit(...args: readonly string[]): Answer;
  /** Writes files into the folder, making folders as needed. */
  files(contents: Readonly<Record<string, string | Uint8Array>>): void;
  readonly folder: string;
  /** The built command. */
  readonly program: string;
}

/** A built command and an empty folder for the tests of a file; both go when they are done. */
export function workplace(): Workplace {
  vi.setConfig({ testTimeout: 60_000 }); // processes start slowly on a busy machine
  const cache = join(ROOT, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'merit-test-'));
  const built = join(folder, '.built');
  const program = join(built, 'cli/merit.js');
  beforeAll(async () => {
    const scripts: { buildNode(outdir: string): Promise<void> } = await import(
      join(ROOT, 'scripts/build.mjs')
    );
    await scripts.buildNode(built);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    program,
    merit(...args) {
      const { NO_COLOR: _, ...env } = process.env;
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
        cwd: folder,
        encoding: 'utf8',
        env,
      });
      return { code: status, out: stdout, err: stderr };
    },
    files(contents) {
      for (const [name, content] of Object.entries(contents)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), content);
      }
    },
  };
}
