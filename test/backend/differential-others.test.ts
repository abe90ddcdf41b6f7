// Two engines, one answer, where rows look at those of other events and at people: generated policies of two events.

import { test } from 'vitest';
import { generatedRuns } from '../runs.ts';
import { agreeOnOthers } from './differential-others.ts';
import { DUCKDB } from './engine.ts';

test('memory and DuckDB agree on rows that look at others', async () => {
  await agreeOnOthers(DUCKDB, generatedRuns(40));
}, 3_600_000);
