// The backend for large data in files: DuckDB in the process, with the files read by it.

import type { ReadFile } from '../input/read.ts';
import type { Backend } from './backend.ts';
import { connect } from './duckdb-connection.ts';
import { withPlainEvents } from './duckdb-plain.ts';
import { typedRelation } from './duckdb-plain-source.ts';
import { fileReader } from './duckdb-source.ts';
import { createSqlBackend } from './sql-backend.ts';
import type { Heard } from './sql-definitions.ts';

export interface DuckDbOptions {
  readonly readFile: ReadFile;
  /** The bound input files: nothing else on the machine can be read. */
  readonly paths: readonly string[];
  /** A file of DuckDB whose tables can be read. */
  readonly database?: string | undefined;
  /** Hears each statement before it is run. */
  readonly heard?: Heard | undefined;
  /** As DuckDB writes it, `4GB`. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** A folder for what doesn't fit into memory; without one nothing is written anywhere. */
  readonly tempFolder?: string;
}

/** A backend over a DuckDB of its own, in memory. `readFile` gives the bytes of the files that DuckDB isn't to read. */
export async function createDuckDbBackend(options: DuckDbOptions): Promise<Backend> {
  const connection = await connect(options);
  const { readFile } = options;
  const files = { connection, readFile, paths: new Set(options.paths), seen: new Map() };
  return withPlainEvents(createSqlBackend(fileReader(files)), {
    connection,
    typed: (event, load) => typedRelation(files, event, load),
  });
}
