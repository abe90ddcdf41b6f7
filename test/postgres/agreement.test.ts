// PostgreSQL against the judge, on all that DuckDB is held against it for.

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { createPostgresBackend } from '../../src/backend/postgres.ts';
import { agreeOnCells, LETTERS } from '../backend/conversion.ts';
import { agreeOnFiles } from '../backend/differential.ts';
import { agreeOnOthers } from '../backend/differential-others.ts';
import type { Engine } from '../backend/engine.ts';
import { generatedRuns } from '../runs.ts';
import { HAS_POSTGRES, type PostgresServer, startPostgres } from './server.ts';

let server: PostgresServer;
const POSTGRES: Engine = {
  open: () => createPostgresBackend({ url: server.url(), readFile }),
  // a JSON file writes it out
  without: /\0|\\u0000/g,
};

describe.skipIf(!HAS_POSTGRES)('memory and PostgreSQL agree', () => {
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());

  test.each(LETTERS)(
    'on cells of $kind',
    async (...of) => {
      await agreeOnCells(POSTGRES, of);
    },
    600_000,
  );

  test('on generated policies and files', async () => {
    await agreeOnFiles(POSTGRES, generatedRuns(40));
  }, 3_600_000);

  test('on rows that look at others', async () => {
    await agreeOnOthers(POSTGRES, generatedRuns(30));
  }, 3_600_000);
});
