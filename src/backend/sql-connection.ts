// A database as the backends in SQL use it: statements go in as text with parameters, exact values come out.

import type { Exact } from '../base/exact.ts';
import type { Limits } from '../base/limits.ts';
import type { SqlDialect } from './sql-dialect.ts';

/** A value of an answer. Numbers of every kind are `Exact`. */
export type Answer = Exact | string | boolean | undefined;

/** A statement with its values. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly string[];
  /** What the statement works out, for the message about a number that is too large. */
  readonly about: string;
}

/** An open database, whichever engine it is. */
export interface Connection {
  readonly dialect: SqlDialect;
  rows(statement: Statement): Promise<readonly (readonly Answer[])[]>;
  /** From now on `table` is what the statement selects; some engines work it out at once, others when it is asked for. */
  make(table: string, statement: Statement): Promise<void>;
  /** The same of texts; an `undefined` is NULL. Columns are given as arrays of one length. */
  fill(table: string, columns: readonly TextColumn[]): Promise<void>;
  /** Whether a table has been made, and not dropped since. */
  has(table: string): boolean;
  drop(table: string): Promise<void>;
  /** From now on a statement is broken off where they say so. */
  within(limits: Limits | undefined): void;
  close(): Promise<void>;
}

/** A column of texts that a run brings along. */
export interface TextColumn {
  readonly name: string;
  readonly cells: readonly (string | undefined)[];
}

/** A column of texts as `rows` gives it back whole with `keptText`: DuckDB's driver drops a byte order mark at the start. */
export function keepText(sql: string): string {
  return `'=' || ${sql}`;
}

/** The text that `keepText` let the driver give back whole. */
export function keptText(value: Answer): string {
  return (value as string).slice(1);
}

/** A statement without the parameters that it doesn't name after all, which engines refuse. */
export function withoutUnused(statement: Statement): Statement {
  const { sql, values } = statement;
  const used = new Set<number>();
  replaceParameters(sql, (at) => {
    used.add(at);
    return '';
  });
  if (used.size >= values.length) return statement;
  const places = [...used].sort((a, b) => a - b);
  return {
    ...statement,
    sql: replaceParameters(sql, (at) => `$${places.indexOf(at) + 1}`),
    values: places.map((at) => values[at - 1]!),
  };
}

/** Names each parameter of a statement anew, by its number; what stands in quotes is none. */
export function replaceParameters(sql: string, name: (at: number) => string): string {
  return sql.replace(QUOTED_OR_PARAMETER, (found, at?: string) =>
    at === undefined ? found : name(Number(at)),
  );
}

const QUOTED_OR_PARAMETER = /"(?:[^"]|"")*"|'(?:[^']|'')*'|\$(\d+)/g;
