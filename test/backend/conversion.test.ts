// The rules for cells, in SQL and in TypeScript: many odd texts at once, a type at a time, and the same verdicts.

import { test } from 'vitest';
import { agreeOnCells, LETTERS } from './conversion.ts';
import { DUCKDB } from './engine.ts';

test.each(LETTERS)(
  'cells of $kind',
  async (...of) => {
    await agreeOnCells(DUCKDB, of);
  },
  600_000,
);
