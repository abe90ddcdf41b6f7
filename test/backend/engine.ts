// An engine that is held against the judge, and DuckDB as one.

import { readFile } from 'node:fs/promises';
import type { Backend } from '../../src/backend/backend.ts';
import { createDuckDbBackend } from '../../src/backend/duckdb.ts';

export interface Engine {
  /** A backend that may read these files. */
  open(paths: readonly string[]): Promise<Backend>;
  /** Characters that it can't hold, which cells are drawn without. */
  readonly without?: RegExp;
}

export const DUCKDB: Engine = {
  open: (paths) => createDuckDbBackend({ readFile, paths, threads: 2 }),
};
