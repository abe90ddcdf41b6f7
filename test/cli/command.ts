// The command in a folder of its own: in this process for most tests, and for a few as users have it, built and started
// as a process.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Workplace {
  /** Writes files into the folder, making folders as needed. */
  files(contents: Readonly<Record<string, string | Uint8Array>>): void;
  readonly folder: string;
}

/** An empty folder in which a file's tests work; it goes when they are done. */
export function workplace(): Workplace {
  const cache = join(ROOT, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'merit-test-'));
  const before = process.cwd();
  beforeAll(() => process.chdir(folder));
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    files(contents) {
      for (const [name, content] of Object.entries(contents)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), content);
      }
    },
  };
}

/** Runs `merit` in this process, from the workplace. */
export async function merit(...args: readonly string[]): Promise<Answer> {
  const texts = { out: '', err: '' };
  const spies = (['out', 'err'] as const).map((name) =>
    vi.spyOn(process[`std${name}`], 'write').mockImplementation((text) => {
      texts[name] += String(text);
      return true;
    }),
  );
  try {
    return { code: await main(args), ...texts };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** Runs the built `merit` as a process in the folder; builds it before the first test. */
export function builtMerit(folder: string): {
  readonly program: string;
  readonly start: (...args: readonly string[]) => Answer;
} {
  const built = join(folder, '.built');
  const program = join(built, 'cli/merit.js');
  beforeAll(async () => {
    const scripts: { buildNode(outdir: string): Promise<void> } = await import(
      join(ROOT, 'scripts/build.mjs')
    );
    await scripts.buildNode(built);
  }, 60_000);
  return {
    program,
    start(...args) {
      const { NO_COLOR: _, ...env } = process.env;
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
        cwd: folder,
        encoding: 'utf8',
        env,
      });
      return { code: status, out: stdout, err: stderr };
    },
  };
}
