// A DuckDB of our own in memory, locked before any statement of a run: it can read the bound files and nothing else.
// Statements go in as text with parameters; answers come out as exact values, never as binary floating point.

import {
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDecimalValue,
  DuckDBInstance,
  VARCHAR,
} from '@duckdb/node-api';
import { InternalError, RunError, StopError } from '../base/diagnostic.ts';
import { type Exact, fraction, whole } from '../base/exact.ts';
import { giveTurn, goOn, type Limits, tookTooMuchMemory } from '../base/limits.ts';
import { unreadableFile } from '../input/messages.ts';
import { shortfallOf } from '../query/shortfalls.ts';
import { DUCKDB } from './duckdb-dialect.ts';
import {
  type Answer,
  type Connection,
  type Statement,
  type TextColumn,
  withoutUnused,
} from './sql-connection.ts';
import type { Heard } from './sql-definitions.ts';
import { literal } from './sql-dialect.ts';
import { tooManyDigits } from './sql-text.ts';

export interface ConnectionOptions {
  /** The only files that statements can open. */
  readonly paths: readonly string[];
  /** A file of DuckDB, whose tables statements find in `data_file`; nothing is written to it. */
  readonly database?: string | undefined;
  /** Hears each statement before it is run. */
  readonly heard?: Heard | undefined;
  readonly memoryLimit?: string | undefined;
  readonly threads?: number | undefined;
  /** A folder for what doesn't fit into memory; unless said, nothing is ever written. */
  readonly tempFolder?: string | undefined;
}

/** A connection on which statements can also be run for their effect. */
export interface DuckDbConnection extends Connection {
  run(statement: Statement): Promise<void>;
  /** Hands over a column of UBIGINT without NULL, part by part: each number as two of 32 bits, the lower one first. */
  words(statement: Statement, take: (words: Uint32Array) => void): Promise<void>;
}

const CHUNK = 2048;
const CHUNKS_IN_A_TURN = 4;

/** INVARIANT: after this the configuration can't be changed, and no statement reaches another file or the network. */
export async function connect(options: ConnectionOptions): Promise<DuckDbConnection> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
  if (options.database !== undefined) await attach(connection, options.database);
  const paths = options.paths.map((path) => `'${path.replaceAll("'", "''")}'`).join(', ');
  const settings = [
    // DuckDB's own choice is `.tmp` in the working folder, where wages would lie about
    `SET temp_directory = '${(options.tempFolder ?? '').replaceAll("'", "''")}'`,
    `SET allowed_paths = [${paths}]`, // before external access goes: later it can't be set
    'SET enable_external_access = false',
    "SET TimeZone = 'UTC'",
    'SET preserve_insertion_order = true',
    ...(options.memoryLimit ? [`SET memory_limit = '${options.memoryLimit.replaceAll("'", "''")}'`] : []),
    ...(options.threads ? [`SET threads = ${Math.trunc(options.threads)}`] : []),
    'SET lock_configuration = true',
  ];
  for (const each of settings) await connection.run(each);
  let limits: Limits | undefined;

  /** Has DuckDB work at something about a statement, until it is done or the limits stop it. */
  async function worked<T>({ sql, about }: Statement, work: () => Promise<T>): Promise<T> {
    goOn(limits);
    const free = interrupting(connection, limits);
    try {
      return await work();
    } catch (fault) {
      goOn(limits);
      if (isOutOfMemory(fault) && limits?.memory !== undefined)
        throw new StopError(tookTooMuchMemory(limits.memory));
      throw explained(fault, about, sql);
    } finally {
      free();
    }
  }

  const tables = new Set<string>();

  function run(statement: Statement): Promise<void> {
    const { sql, values } = withoutUnused(statement);
    options.heard?.({ sql, values, about: statement.about });
    return worked(statement, async () => {
      await connection.run(sql, [...values]);
    });
  }

  return {
    dialect: DUCKDB,
    run,
    rows(statement) {
      const { sql, values } = withoutUnused(statement);
      options.heard?.({ sql, values, about: statement.about });
      return worked(statement, async () => {
        const reader = await connection.runAndReadAll(sql, [...values]);
        refuseFloats(reader.columnTypes().map(String), sql);
        return reader.getRows().map((row) => row.map(answer));
      });
    },
    words(statement, take) {
      const { sql, values } = withoutUnused(statement);
      return worked(statement, async () => {
        options.heard?.({ sql, values, about: statement.about });
        const result = await connection.stream(sql, [...values]);
        for (;;) {
          const chunk = await result.fetchChunk();
          if (!chunk || chunk.rowCount === 0) return;
          goOn(limits);
          take(wordsOf(chunk));
        }
      });
    },
    async make(table, statement) {
      await run({ ...statement, sql: `CREATE TEMP TABLE ${table} AS\n${statement.sql}` });
      tables.add(table);
    },
    async fill(table, columns) {
      const sql = `CREATE TEMP TABLE ${table} (${columns.map((each) => `${each.name} VARCHAR`).join(', ')})`;
      await run({
        sql,
        values: [],
        about: `a table of ${columns[0]?.cells.length ?? 0} rows that are filled in`,
      });
      const about = { sql: table, values: [], about: 'the data' };
      await worked(about, () => fill(connection, table, { columns, limits }));
      tables.add(table);
    },
    has: (table) => tables.has(table),
    async drop(table) {
      if (!tables.delete(table)) return;
      await run({ sql: `DROP TABLE ${table}`, values: [], about: `the table \`${table}\`` });
    },
    within(found) {
      limits = found;
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** The catalog of the tables of a database that is a file. */
export const DATA_FILE = 'data_file';

async function attach(connection: DuckDBConnection, path: string): Promise<void> {
  try {
    await connection.run(`ATTACH ${literal(path)} AS ${DATA_FILE} (TYPE duckdb, READ_ONLY)`);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.split('\n')[0]! : String(cause);
    connection.closeSync();
    throw new RunError([unreadableFile(path, said)]);
  }
}

/** How soon a statement that goes on is told again to stop: DuckDB takes no notice between two statements. */
const AGAIN = 20;

/** Breaks the statement off when the signal is aborted; what it gives ends that. */
function interrupting(connection: DuckDBConnection, limits: Limits | undefined): () => void {
  const signal = limits?.signal;
  if (!signal) return () => {};
  let again: ReturnType<typeof setInterval> | undefined;
  const stop = (): void => {
    connection.interrupt();
    again = setInterval(() => connection.interrupt(), AGAIN);
  };
  signal.addEventListener('abort', stop, { once: true });
  return () => {
    signal.removeEventListener('abort', stop);
    clearInterval(again);
  };
}

async function fill(
  connection: DuckDBConnection,
  table: string,
  { columns, limits }: { readonly columns: readonly TextColumn[]; readonly limits: Limits | undefined },
): Promise<void> {
  const appender = await connection.createAppender(table);
  const length = columns[0]?.cells.length ?? 0;
  for (let from = 0; from < length; from += CHUNK) {
    const size = Math.min(CHUNK, length - from);
    const chunk = DuckDBDataChunk.create(
      columns.map(() => VARCHAR),
      size,
    );
    chunk.setColumns(columns.map((each) => each.cells.slice(from, from + size).map((cell) => cell ?? null)));
    appender.appendDataChunk(chunk);
    if (from % (CHUNK * CHUNKS_IN_A_TURN) === 0) await giveTurn(limits);
  }
  appender.closeSync();
}

/** A figure that went through binary floating point isn't exact any more, so none is taken. */
function refuseFloats(types: readonly string[], sql: string): void {
  if (types.some((each) => /DOUBLE|FLOAT|REAL/.test(each))) {
    throw new InternalError(`an answer in binary floating point: ${sql}`);
  }
}

/** The numbers of a chunk's only column as they lie in memory: the driver makes a BigInt of each for whoever asks it. */
function wordsOf(chunk: DuckDBDataChunk): Uint32Array {
  const { items } = chunk.getColumnVector(0) as unknown as { readonly items: BigUint64Array };
  return new Uint32Array(items.buffer, items.byteOffset, chunk.rowCount * 2);
}

function answer(value: unknown): Answer {
  if (value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint' || typeof value === 'number') return whole(value);
  if (value instanceof DuckDBDecimalValue) return decimal(value);
  throw new InternalError(`an answer of an unexpected kind: ${String(value)}`);
}

/** A decimal, by way of numbers where they hold it. */
function decimal({ value, scale }: DuckDBDecimalValue): Exact {
  const number = Number(value);
  return Number.isSafeInteger(number) && scale <= 15
    ? fraction(number, 10 ** scale)
    : fraction(value, 10n ** BigInt(scale));
}

/** A number past 38 digits is the user's to mend; any other fault of the engine is ours. */
function explained(fault: unknown, about: string, sql: string): Error {
  if (fault instanceof InternalError || fault instanceof RunError) return fault;
  const message = fault instanceof Error ? fault.message : String(fault);
  const shortfall = /shortfall=(moment\u001f-?\d+)/.exec(message)?.[1];
  if (shortfall !== undefined) return shortfallOf(shortfall);
  if (/overflow|out of range|could not cast value/i.test(message)) return tooManyDigits(about);
  if (isOutOfMemory(fault)) {
    return new RunError([
      {
        code: 'M3011',
        severity: 'error',
        message: `DuckDB ran out of memory over ${about}`,
        help: 'give the run more memory or a folder for what does not fit',
      },
    ]);
  }
  return new InternalError(`DuckDB over ${about}: ${message}\n${sql}`);
}

function isOutOfMemory(fault: unknown): boolean {
  return /out of memory/i.test(fault instanceof Error ? fault.message : String(fault));
}
