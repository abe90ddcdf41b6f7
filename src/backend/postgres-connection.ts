// PostgreSQL through its driver: one transaction that only reads and sees the data of one moment. Nothing is made in the
// database, so whoever may only read will do, and so will a copy that takes no writing: tables of a run are parts of the
// statements that look at them.

import pg from 'pg';
import { InternalError, RunError, StopError } from '../base/diagnostic.ts';
import { exact, whole } from '../base/exact.ts';
import { goOn, type Limits } from '../base/limits.ts';
import { shortfallOf } from '../query/shortfalls.ts';
import { brokenOff, notReached, statementTooLong } from './database-messages.ts';
import { POSTGRES } from './postgres-dialect.ts';
import type { Answer, Connection, Statement } from './sql-connection.ts';
import { withoutUnused } from './sql-connection.ts';
import { type Definition, definedIn, type Heard, withDefinitions } from './sql-definitions.ts';
import { tooManyDigits } from './sql-text.ts';

/** How a database is reached, and how long it may take. */
export interface PostgresOptions {
  /** Where the database is; absent: as PGHOST and its kin say. */
  readonly url?: string | undefined;
  /** The most seconds that one statement may take. */
  readonly statementSeconds?: number | undefined;
  /** Hears each statement before it is run. */
  readonly heard?: Heard | undefined;
}

const STATEMENT_SECONDS = 600;

/** INVARIANT: nothing is read outside the transaction, and nothing can be written in it. */
export async function connect(options: PostgresOptions = {}): Promise<Connection> {
  const seconds = options.statementSeconds ?? STATEMENT_SECONDS;
  const client = clientOf(options);
  const place = `\`${client.host}:${client.port}\``;
  // whoever is told of a connection that ends between two statements is told by the next one
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query({ text: 'SHOW server_encoding', rowMode: 'array' });
    if (rows[0]?.[0] !== 'UTF8') throw notReached(place, 'its texts are in another encoding than UTF-8');
    for (const each of settings(seconds)) await client.query(each);
  } catch (fault) {
    await client.end().catch(() => {});
    throw fault instanceof RunError ? fault : notReached(place, whyNotReached(fault));
  }
  const { rows } = await client.query({ text: 'SELECT pg_backend_pid()', rowMode: 'array' });
  const process = String(rows[0]?.[0]);
  const definitions = new Map<string, Definition>();
  let limits: Limits | undefined;

  async function asked(statement: Statement): Promise<readonly (readonly Answer[])[]> {
    goOn(limits);
    const { about } = statement;
    const { sql, values } = withDefinitions(withoutUnused(statement), definitions);
    options.heard?.({ sql, values, about });
    const free = interrupting(limits, () => stop(options, process));
    try {
      const found = await client.query({ text: sql, values: [...values], rowMode: 'array' });
      const types = found.fields.map((each) => each.dataTypeID);
      refuseFloats(types, sql);
      return found.rows.map((row: (string | null)[]) => row.map((cell, at) => answer(cell, types[at]!)));
    } catch (fault) {
      // what failed is forgotten, so that whoever asks something else is answered
      await client.query('ROLLBACK TO SAVEPOINT asked').catch(() => {});
      goOn(limits);
      throw explained(fault, { about, sql, seconds });
    } finally {
      free();
    }
  }

  return {
    dialect: POSTGRES,
    rows: asked,
    async make(table, statement) {
      const { sql, values } = withoutUnused(statement);
      definitions.set(table, { name: table, sql, values, uses: definedIn(sql, definitions) });
    },
    async fill(table, columns) {
      const names = columns.map((each) => each.name);
      const shown = names.map((each) => `${each} COLLATE "C" AS ${each}`);
      const arrays = names.map((_, at) => `CAST($${at + 1} AS VARCHAR[])`);
      const sql = `SELECT ${shown.join(', ')} FROM unnest(${arrays.join(', ')}) AS t(${names.join(', ')})`;
      const values = columns.map((each) => each.cells.map((cell) => cell ?? null));
      definitions.set(table, { name: table, sql, values, uses: [] });
    },
    has: (table) => definitions.has(table),
    async drop(table) {
      definitions.delete(table);
    },
    within(found) {
      limits = found;
    },
    async close() {
      await client.end().catch(() => {});
    },
  };
}

function clientOf({ url }: PostgresOptions): pg.Client {
  try {
    return new pg.Client({
      ...(url !== undefined && { connectionString: url }),
      application_name: 'merit',
      types: { getTypeParser: () => (text: string) => text } as never,
    });
  } catch {
    throw notReached('its address', 'the address is not written as `postgres://user@host:5432/database`');
  }
}

/** The texts of values must be the same on every server. */
function settings(seconds: number): readonly string[] {
  return [
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    `SET LOCAL statement_timeout = ${Math.trunc(seconds * 1000)}`,
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'postgres'",
    "SET LOCAL timezone = 'UTC'",
    'SET LOCAL standard_conforming_strings = on',
    // how many rows the parts of a statement have can't be known before, and loops in loops never end where it's many
    'SET LOCAL enable_nestloop = off',
    'SET LOCAL jit = off',
    'SAVEPOINT asked',
  ];
}

/** Has the server break off what it works at; what that gives ends the statement. */
async function stop(options: PostgresOptions, process: string): Promise<void> {
  const other = clientOf(options);
  other.on('error', () => {});
  try {
    await other.connect();
    await other.query('SELECT pg_cancel_backend($1)', [process]);
  } finally {
    await other.end();
  }
}

function interrupting(limits: Limits | undefined, stop: () => Promise<void>): () => void {
  const signal = limits?.signal;
  if (!signal) return () => {};
  const heard = (): void => {
    stop().catch(() => {});
  };
  signal.addEventListener('abort', heard, { once: true });
  return () => signal.removeEventListener('abort', heard);
}

// ---- answers ------------------------------------------------------------------------------------------------------

/** Numbers of PostgreSQL's types: whole ones and NUMERIC. */
const NUMBERS: ReadonlySet<number> = new Set([20, 21, 23, 1700]);
const BOOLEAN = 16;
const TEXTS: ReadonlySet<number> = new Set([18, 19, 25, 1042, 1043]);
const FLOATS: ReadonlySet<number> = new Set([700, 701]);

/** A figure that went through binary floating point isn't exact any more, so none is taken. */
function refuseFloats(types: readonly number[], sql: string): void {
  if (types.some((each) => FLOATS.has(each)))
    throw new InternalError(`an answer in binary floating point: ${sql}`);
}

function answer(cell: string | null, type: number): Answer {
  if (cell === null) return undefined;
  if (TEXTS.has(type)) return cell;
  if (type === BOOLEAN) return cell === 't';
  if (!NUMBERS.has(type)) throw new InternalError(`an answer of an unexpected kind: ${type}`);
  return /^-?[0-9]{1,15}$/.test(cell) ? whole(Number(cell)) : exact(cell);
}

// ---- faults -------------------------------------------------------------------------------------------------------

interface Cause {
  readonly code?: string;
  readonly message?: string;
}

const CANCELLED = '57014';
/** Numbers that don't fit their type. */
const OVERFLOWS: ReadonlySet<string> = new Set(['22003']);
/** Classes of faults that lie with the server and what it has: connections, resources, the operator, its system. */
const ITS_OWN = /^(?:08|53|54|55|57|58)/;

function explained(
  fault: unknown,
  { about, sql, seconds }: { readonly about: string; readonly sql: string; readonly seconds: number },
): Error {
  if (fault instanceof InternalError || fault instanceof RunError || fault instanceof StopError) return fault;
  const { code = '', message = '' } = fault as Cause;
  const shortfall = /shortfall=(moment\u001f-?\d+)/.exec(message)?.[1];
  if (shortfall !== undefined) return shortfallOf(shortfall);
  if (OVERFLOWS.has(code)) return tooManyDigits(about);
  if (code === CANCELLED) return statementTooLong(about, seconds);
  if (code === '42501') return brokenOff(about, 'it is not allowed to read that');
  if (code === '22021') return brokenOff(about, 'a text has a character that it cannot hold');
  if (ITS_OWN.test(code)) return brokenOff(about, message);
  // without a code the connection is gone, and the driver speaks
  if (!/^[0-9A-Z]{5}$/.test(code)) return brokenOff(about, 'the connection ended');
  return new InternalError(`PostgreSQL over ${about}: ${code} ${message}\n${sql}`);
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody answers there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host is not found',
  ETIMEDOUT: 'it does not answer in time',
  ENOENT: 'nobody answers there',
  '28P01': 'it refuses the name or the password of the user',
  '28000': 'it refuses the user',
  '3D000': 'it has no database of that name',
  '53300': 'it has no connection left',
  '57P03': 'it is starting up or shutting down',
};

function whyNotReached(fault: unknown): string {
  const { code = '' } = fault as Cause;
  return REASONS[code] ?? (code === '' ? 'the connection was refused' : `the connection failed (${code})`);
}
