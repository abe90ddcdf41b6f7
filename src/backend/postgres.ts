// The backend for data in a database: PostgreSQL works at the rows where they lie, and only totals come back.

import type { ReadFile } from '../input/read.ts';
import type { Backend } from './backend.ts';
import { connect, type PostgresOptions } from './postgres-connection.ts';
import { tableReader } from './postgres-source.ts';
import { createSqlBackend } from './sql-backend.ts';

/** A backend over a connection of its own. `readFile` gives the bytes of files that are read beside the database. */
export async function createPostgresBackend(
  options: PostgresOptions & { readonly readFile: ReadFile },
): Promise<Backend> {
  return createSqlBackend(tableReader(await connect(options), options.readFile));
}
