// Two engines, one answer: generated policies over generated raw files, read by each backend in its own way.

import { test } from 'vitest';
import { generatedRuns } from '../runs.ts';
import { agreeOnFiles } from './differential.ts';
import { DUCKDB } from './engine.ts';

test('memory and DuckDB agree on generated policies and files', async () => {
  await agreeOnFiles(DUCKDB, generatedRuns(60));
}, 3_600_000);
