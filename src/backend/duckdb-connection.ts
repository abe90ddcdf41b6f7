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
import { shortfallOf } from '../query/shortfalls.ts';
import { tooManyDigits } from './sql-text.ts';

/** A value of an answer. Numbers of every kind are `Exact`. */
export type Answer = Exact | string | boolean | undefined;

export interface ConnectionOptions {
  /** The only files that statements can open. */
  readonly paths: readonly string[];
  readonly memoryLimit?: string | undefined;
  readonly threads?: number | undefined;
  /** A folder for what doesn't fit into memory; unless said, nothing is ever written. */
  readonly tempFolder?: string | undefined;
}

export interface Statement {
  readonly sql: string;
  readonly values: readonly string[];
  /** What the statement works out, for the message about a number that is too large. */
  readonly about: string;
}

export interface Connection {
  /** Runs a statement for its effect. */
  run(statement: Statement): Promise<void>;
  rows(statement: Statement): Promise<readonly (readonly Answer[])[]>;
  /** Makes a temp table of texts; an `undefined` is NULL. Columns are given as arrays of one length. */
  fill(table: string, columns: readonly TextColumn[]): Promise<void>;
  /** From now on a statement is broken off where they say so. */
  within(limits: Limits | undefined): void;
  close(): void;
}

export interface TextColumn {
  readonly name: string;
  readonly cells: readonly (string | undefined)[];
}

const CHUNK = 2048;
const CHUNKS_IN_A_TURN = 4;

/** A column of texts as `rows` gives it back whole with `keptText`: the driver drops a byte order mark at the start. */
export function keepText(sql: string): string {
  return `'=' || ${sql}`;
}

export function keptText(value: Answer): string {
  return (value as string).slice(1);
}

/** INVARIANT: after this the configuration can't be changed, and no statement reaches another file or the network. */
export async function connect(options: ConnectionOptions): Promise<Connection> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
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

  return {
    run(statement) {
      const { sql, values } = withoutUnused(statement);
      return worked(statement, async () => {
        await connection.run(sql, [...values]);
      });
    },
    rows(statement) {
      const { sql, values } = withoutUnused(statement);
      return worked(statement, async () => {
        const reader = await connection.runAndReadAll(sql, [...values]);
        refuseFloats(reader.columnTypes().map(String), sql);
        return reader.getRows().map((row) => row.map(answer));
      });
    },
    fill(table, columns) {
      const about = { sql: table, values: [], about: 'the data' };
      return worked(about, () => fill(connection, table, { columns, limits }));
    },
    within(found) {
      limits = found;
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
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

/** Drops parameters that the statement doesn't name after all, which DuckDB would refuse. */
function withoutUnused(statement: Statement): Statement {
  const { sql, values } = statement;
  const used = new Set([...sql.matchAll(PARAMETER)].map((each) => Number(each[1])));
  if (used.size >= values.length) return statement;
  const places = [...used].sort((a, b) => a - b);
  return {
    ...statement,
    sql: sql.replace(PARAMETER, (_, at: string) => `CAST($${places.indexOf(Number(at)) + 1} AS VARCHAR)`),
    values: places.map((at) => values[at - 1]!),
  };
}

/** A parameter as `textParameter` writes it. */
const PARAMETER = /CAST\(\$(\d+) AS VARCHAR\)/g;

async function fill(
  connection: DuckDBConnection,
  table: string,
  { columns, limits }: { readonly columns: readonly TextColumn[]; readonly limits: Limits | undefined },
): Promise<void> {
  await connection.run(
    `CREATE TEMP TABLE ${table} (${columns.map((each) => `${each.name} VARCHAR`).join(', ')})`,
  );
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

function answer(value: unknown): Answer {
  if (value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint' || typeof value === 'number') return whole(value);
  if (value instanceof DuckDBDecimalValue) return fraction(value.value, 10n ** BigInt(value.scale));
  throw new InternalError(`an answer of an unexpected kind: ${String(value)}`);
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
