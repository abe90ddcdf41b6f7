// Which database data lies in, and which backend reads it. Addresses come from the environment, and go to the driver
// alone: they may hold a password.

import { realpath, stat } from 'node:fs/promises';
import type { Backend } from './backend/backend.ts';
import type { Heard, SentStatement } from './backend/sql-definitions.ts';
import { type Checked, type Diagnostic, RunError } from './base/diagnostic.ts';
import type { DatabaseRef, SourceSpec } from './model/dataset.ts';
import { failed, good, notAFile } from './node-messages.ts';
import type { SourceConfig } from './syntax/parse-config.ts';

export type { SentStatement };

/** The variable that holds the address unless the configuration names another; unset, PGHOST and its kin say it. */
const USUAL_VARIABLE = 'MERIT_DATABASE_URL';

/** What tables of a run lie in, as the command line names them: `table:sales.deals`, or `facts.duckdb:deals`. */
export function givenTable(
  text: string,
  configured: DatabaseRef | undefined,
): { readonly table: string; readonly database: DatabaseRef } | undefined {
  if (text.startsWith('table:'))
    return { table: text.slice('table:'.length), database: configured ?? { kind: 'postgres' } };
  const [, path, table] = /^(.+\.(?:duckdb|ddb|db)):(.+)$/is.exec(text) ?? [];
  return path === undefined || table === undefined
    ? undefined
    : { table, database: { kind: 'duckdb', path } };
}

/** The source of a table; that of the command line keeps the configuration's columns and dialect. */
export async function tableSource(
  name: string,
  { table, database }: { readonly table: string; readonly database: DatabaseRef },
  settings: SourceConfig | undefined,
): Promise<Checked<SourceSpec | undefined>> {
  const spec = { name, file: table, format: 'table' as const, ...sharedOf(settings) };
  if (database.kind === 'postgres') return good({ ...spec, content: { kind: 'table', table, database } });
  const found = await stat(database.path).catch(() => undefined);
  if (!found?.isFile()) return failed(notAFile(database.path, found !== undefined));
  const path = await realpath(database.path);
  return good({ ...spec, content: { kind: 'table', table, database: { kind: 'duckdb', path } } });
}

/** What the configuration says of a source wherever it lies. */
export function sharedOf(
  settings: SourceConfig | undefined,
): Pick<SourceSpec, 'columns' | 'constants' | 'dialect'> {
  return {
    columns: settings?.columns ?? new Map(),
    constants: settings?.constants ?? new Map(),
    dialect: settings?.dialect ?? {},
  };
}

/** The one database of a run's tables; absent where it has none. */
export function databaseOf(sources: readonly SourceSpec[]): DatabaseRef | undefined {
  const all = sources.flatMap(({ content }) => (content.kind === 'table' ? [content.database] : []));
  const [first] = all;
  if (all.some((each) => JSON.stringify(each) !== JSON.stringify(first)))
    throw new RunError([severalDatabases()]);
  return first;
}

/** A backend that works where the tables lie. */
export async function openDatabase(
  database: DatabaseRef & { readonly kind: 'postgres' },
  options: { readonly readFile: (path: string) => Promise<Uint8Array>; readonly heard?: Heard | undefined },
): Promise<Backend> {
  const { variable } = database;
  const url = process.env[variable ?? USUAL_VARIABLE];
  if (variable !== undefined && !url) throw new RunError([noVariable(variable)]);
  const { createPostgresBackend } = await import('./backend/postgres.ts');
  return createPostgresBackend({ ...options, ...(url && { url }) });
}

function severalDatabases(): Diagnostic {
  return {
    code: 'M2062',
    severity: 'error',
    message: 'the data of the run lies in several databases',
    help: 'bring it into one: a view there can read from another',
  };
}

function noVariable(variable: string): Diagnostic {
  return {
    code: 'M2063',
    severity: 'error',
    message: `the environment variable \`${variable}\` isn't set, which is to hold the address of the database`,
    help: `set it: \`${variable}=postgres://user:password@host:5432/database\``,
  };
}
