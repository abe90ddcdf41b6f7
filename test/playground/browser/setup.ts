// Before the tests in a browser: a folder for what they build, which goes when they are done.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the playground is built to by the first file that opens it. */
    readonly builds: string;
  }
}

export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'merit-browser-'));
  project.provide('builds', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
