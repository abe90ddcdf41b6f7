// A ledger's store in one DuckDB file: three tables of texts, appended to in one transaction, so that a program that is
// killed leaves the old state or the new one. The file is this program's alone while it is open for writing.

import {
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import { RunError } from '../base/diagnostic.ts';
import type { Head, LedgerStore, StoredEntry, StoredRecord } from '../ledger/store.ts';
import { heldByAnother, laterLayout, notALedger, notWritten } from './ledger-messages.ts';

/** The layout of the file's tables. */
export const LAYOUT = 1;

const TABLES = [
  'CREATE TABLE ledger_layout (version INTEGER NOT NULL)',
  'CREATE TABLE ledger_record (number INTEGER PRIMARY KEY, hash VARCHAR NOT NULL, text VARCHAR NOT NULL)',
  'CREATE TABLE ledger_statement (record INTEGER NOT NULL, position INTEGER NOT NULL, text VARCHAR NOT NULL)',
  'CREATE TABLE ledger_row (record INTEGER NOT NULL, position INTEGER NOT NULL, text VARCHAR NOT NULL)',
];

/** What makes a file of the layout `from` one of the next; its records stay as they are, as their hashes are of them. */
export interface Migration {
  readonly from: number;
  readonly statements: readonly string[];
}

/** Every step from the first layout to the present one. */
export const MIGRATIONS: readonly Migration[] = [];

/** A ledger's file, opened. */
export interface OpenedLedger {
  readonly layout: number;
  readonly store: LedgerStore;
  /** Brings the file to the present layout, in one transaction. */
  migrate(migrations: readonly Migration[]): Promise<void>;
  /** Writes all that is still beside the file into it, so that it can be copied. */
  settle(): Promise<void>;
}

/**
 * Opens a ledger's file, which must be there; `create` makes one that isn't. Throws a `RunError` where another program
 * holds it, or it isn't a ledger of this version or an earlier one; `called` is what messages call the file.
 */
export async function openDuckDbLedger(
  path: string,
  access: 'read' | 'write' | 'create',
  called: string = path,
): Promise<OpenedLedger> {
  const instance = await opened(path, access, called);
  let connection: DuckDBConnection | undefined;
  try {
    connection = await instance.connect();
    if (access === 'create') for (const each of TABLES) await connection.run(each);
    if (access === 'create') await connection.run(`INSERT INTO ledger_layout VALUES (${LAYOUT})`);
    const [[layout] = []] = await rowsOf(connection, 'SELECT version FROM ledger_layout');
    if (typeof layout !== 'number') throw notALedger(called, 'it has no layout');
    if (layout > LAYOUT) throw laterLayout(called, layout);
    return over(connection, { instance, called, layout });
  } catch (cause) {
    connection?.closeSync();
    instance.closeSync();
    if (cause instanceof RunError) throw cause;
    throw access === 'create' ? notWritten(called, reason(cause)) : notALedger(called, reason(cause));
  }
}

async function opened(
  path: string,
  access: 'read' | 'write' | 'create',
  called: string,
): Promise<DuckDBInstance> {
  try {
    // the cache: a file that one process opens twice is opened once, else the two would overwrite each other
    return await DuckDBInstance.fromCache(path, {
      access_mode: access === 'read' ? 'READ_ONLY' : 'READ_WRITE',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
    });
  } catch (cause) {
    if (HELD.test(String(cause))) throw heldByAnother(called);
    throw access === 'create' ? notWritten(called, reason(cause)) : notALedger(called, reason(cause));
  }
}

const HELD = /could not set lock|conflicting lock|being used by another process|different configuration/i;

interface Opened {
  readonly instance: DuckDBInstance;
  readonly called: string;
  readonly layout: number;
}

function over(connection: DuckDBConnection, { instance, called, layout }: Opened): OpenedLedger {
  const read = async (sql: string): Promise<readonly (readonly unknown[])[]> => {
    try {
      return await rowsOf(connection, sql);
    } catch (cause) {
      throw notALedger(called, reason(cause));
    }
  };
  const head = async (): Promise<Head | undefined> => {
    const [last] = await read('SELECT number, hash FROM ledger_record ORDER BY number DESC LIMIT 1');
    return last && { number: last[0] as number, hash: last[1] as string };
  };
  /** All of the work or none of it. */
  const transaction = async <T>(work: () => Promise<T>): Promise<T> => {
    await connection.run('BEGIN TRANSACTION');
    try {
      const done = await work();
      await connection.run('COMMIT');
      return done;
    } catch (cause) {
      await connection.run('ROLLBACK').catch(() => undefined); // a failed commit has rolled back itself
      throw cause;
    }
  };
  const store: LedgerStore = {
    head,
    async records() {
      const records = await read('SELECT number, hash, text FROM ledger_record ORDER BY number');
      const statements = await read('SELECT record, text FROM ledger_statement ORDER BY record, position');
      const of = new Map<number, string[]>();
      for (const [number, text] of statements as readonly [number, string][]) {
        const those = of.get(number);
        if (those) those.push(text);
        else of.set(number, [text]);
      }
      return (records as readonly [number, string, string][]).map(
        ([number, hash, text]): StoredRecord => ({ number, hash, text, statements: of.get(number) ?? [] }),
      );
    },
    async changes(number) {
      const sql = `SELECT text FROM ledger_row WHERE record = ${Math.trunc(number)} ORDER BY position`;
      return (await read(sql)).map(([text]) => text as string);
    },
    async append(entry, expected) {
      try {
        return await transaction(async () => {
          const now = await head();
          if (now?.hash !== expected?.hash) return 'moved';
          await insert(connection, entry);
          return 'appended';
        });
      } catch (cause) {
        if (MOVED.test(String(cause))) return 'moved';
        throw cause instanceof RunError ? cause : notWritten(called, reason(cause));
      }
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
  return {
    layout,
    store,
    async migrate(migrations) {
      try {
        await transaction(async () => {
          for (let at = layout; at < LAYOUT; at++) {
            const step = migrations.find(({ from }) => from === at);
            if (!step) throw notALedger(called, `nothing leads from its layout ${at} to the present one`);
            for (const each of step.statements) await connection.run(each);
          }
          await connection.run(`UPDATE ledger_layout SET version = ${LAYOUT}`);
        });
      } catch (cause) {
        throw cause instanceof RunError ? cause : notWritten(called, reason(cause));
      }
    },
    async settle() {
      await connection.run('CHECKPOINT').catch((cause) => {
        throw notWritten(called, reason(cause));
      });
    },
  };
}

/** Two connections of one process that append at once: the second finds the number taken. */
const MOVED = /duplicate key|PRIMARY KEY|conflict on/i;

async function insert(
  connection: DuckDBConnection,
  { number, hash, text, statements, changes }: StoredEntry,
): Promise<void> {
  await appendRows(connection, 'ledger_record', {
    types: [INTEGER, VARCHAR, VARCHAR],
    columns: [[number], [hash], [text]],
  });
  for (const [table, texts] of [
    ['ledger_statement', statements],
    ['ledger_row', changes],
  ] as const)
    await appendRows(connection, table, {
      types: [INTEGER, INTEGER, VARCHAR],
      columns: [texts.map(() => number), texts.map((_, index) => index), texts],
    });
}

const CHUNK = 2048;

async function appendRows(
  connection: DuckDBConnection,
  table: string,
  {
    types,
    columns,
  }: {
    readonly types: readonly DuckDBType[];
    readonly columns: readonly (readonly (number | string)[])[];
  },
): Promise<void> {
  const appender = await connection.createAppender(table);
  const length = columns[0]!.length;
  for (let from = 0; from < length; from += CHUNK) {
    const chunk = DuckDBDataChunk.create(types, Math.min(CHUNK, length - from));
    chunk.setColumns(columns.map((each) => each.slice(from, from + CHUNK)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await connection.runAndReadAll(sql)).getRows();
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/no space left/i, 'the disk is full'],
  [/could not read enough bytes/i, 'it is cut short'],
  [/not a valid duckdb database/i, "it isn't a DuckDB file"],
  [/checksum|corrupt/i, 'it is damaged'],
  [/database file with version number/i, 'it was written by a later version of DuckDB'],
  [/permission denied/i, 'access is denied'],
];

/** DuckDB's reason in words of our own, else its first line. */
function reason(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const [first = ''] = message.split('\n');
  return (
    REASONS.find(([each]) => each.test(message))?.[1] ?? first.replace(/^[A-Za-z ]*(?:Error|Exception): /, '')
  );
}
