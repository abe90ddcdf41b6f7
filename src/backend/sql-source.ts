// How sources come into a database: by its own readers where it has them for a format, else as texts that our readers
// have read.

import { type Checked, RunError } from '../base/diagnostic.ts';
import { type Limits, withinRows } from '../base/limits.ts';
import { type ReadFile, readText } from '../input/read.ts';
import type { BoundSource, SourceSpec, TextTable } from '../model/dataset.ts';
import type { FieldModel } from '../model/policy.ts';
import type { Connection } from './sql-connection.ts';

/** The table that a source is read into, the fields that its bindings are of, and the one that tells its rows apart. */
export interface RawTable {
  readonly table: string;
  readonly fields: readonly FieldModel[];
  readonly key: string;
}

/** The sources of one engine, and the connection that they are read into. */
export interface SourceReader {
  readonly connection: Connection;
  /** The names of a source's columns. */
  columns(source: SourceSpec): Promise<Checked<readonly string[]>>;
  /** All cells of a source. */
  text(source: SourceSpec): Promise<Checked<TextTable>>;
  /**
   * Makes `table` of the source's rows in their order (`dialect.rowNumber` is the place of each): its bound columns `c0`, …
   * as text, empty cells as `''`, and `wrong`, whether the row has more or fewer cells than the heading.
   */
  load(source: BoundSource, into: RawTable, limits: Limits | undefined): Promise<void>;
}

/** Makes the raw table of a source that our own readers read. */
export async function fillRaw(
  source: BoundSource,
  table: string,
  reader: {
    readonly connection: Connection;
    readonly readFile: ReadFile;
    readonly limits: Limits | undefined;
  },
): Promise<void> {
  const { connection, readFile, limits } = reader;
  const { value, diagnostics } = await readText(source, readFile);
  if (diagnostics.length > 0) throw new RunError(diagnostics);
  withinRows(limits, source.file, value.rows.length);
  const width = source.header.length;
  const columns = source.header.map((_, index) => ({
    name: `c${index}`,
    cells: value.rows.map((row) => row[index] ?? ''),
  }));
  const wrong = { name: 'w', cells: value.rows.map((row) => (row.length === width ? undefined : 'w')) };
  const place = { name: 'p', cells: value.rows.map((_, at) => String(at + 2)) };
  await connection.fill(`${table}_text`, [...columns, wrong, place]);
  const all = columns.map((each) => `coalesce(${each.name}, '') AS ${each.name}`);
  await connection.make(table, {
    sql: `SELECT ${[...all, '(w IS NOT NULL) AS wrong', 'CAST(p AS BIGINT) AS place'].join(', ')} FROM ${table}_text ORDER BY place`,
    values: [],
    about: `the file \`${source.file}\``,
  });
  await connection.drop(`${table}_text`);
}
