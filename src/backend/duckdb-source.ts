// From a source to a temp table of texts, `c0`, `c1` and so on for its columns. Plain CSV files and Parquet go through
// DuckDB's own readers; everything else through the readers of `input`, which decide what a cell is.

import { isUtf8 } from 'node:buffer';
import { type Checked, InternalError, RunError, StopError } from '../base/diagnostic.ts';
import { type Limits, withinRows } from '../base/limits.ts';
import { columnName, readCsv, sniffDelimiter } from '../input/csv.ts';
import { floatColumn } from '../input/messages.ts';
import { fileProblem, type ReadFile, readText } from '../input/read.ts';
import type { BoundSource, SourceSpec, TextTable } from '../model/dataset.ts';
import type { FieldModel } from '../model/policy.ts';
import { type Connection, keepText, keptText } from './duckdb-connection.ts';
import { type PlainCsv, plainCsv } from './duckdb-csv.ts';
import { isExact } from './sql-row.ts';
import { quoteIdentifier } from './sql-text.ts';

export interface SourceReader {
  readonly connection: Connection;
  readonly readFile: ReadFile;
  /** The files that the connection may open. */
  readonly paths: ReadonlySet<string>;
  readonly limits?: Limits | undefined;
}

const NOTHING: TextTable = { header: [], rows: [] };

/** The names of a source's columns. */
export async function sourceColumns(
  reader: SourceReader,
  source: SourceSpec,
): Promise<Checked<readonly string[]>> {
  if (source.format === 'parquet') {
    const columns = await parquetColumns(reader, source);
    return { value: columns.value.map((each) => columnName(each.name)), diagnostics: columns.diagnostics };
  }
  const plain = await plainFile(reader, source);
  const table = plain
    ? readCsv(new TextDecoder().decode(plain.heading), source.file, { delimiter: plain.delimiter })
    : await readText(source, reader.readFile);
  return { value: table.value.header, diagnostics: table.diagnostics };
}

/** All cells of a source. */
export async function sourceText(reader: SourceReader, source: SourceSpec): Promise<Checked<TextTable>> {
  if (source.format !== 'parquet') return readText(source, reader.readFile);
  const columns = await parquetColumns(reader, source);
  if (columns.diagnostics.length > 0) return { value: NOTHING, diagnostics: columns.diagnostics };
  const cells = columns.value.map((each) =>
    keepText(`coalesce(CAST(${quoteIdentifier(each.name)} AS VARCHAR), '')`),
  );
  const rows = await reader.connection.rows({
    sql: `SELECT ${cells.join(', ')} FROM ${parquet(source)}`,
    values: [],
    about: `the file \`${source.file}\``,
  });
  const header = columns.value.map((each) => columnName(each.name));
  return { value: { header, rows: rows.map((row) => row.map(keptText)) }, diagnostics: [] };
}

/**
 * Makes the temp table `table` of the source's rows in their order (`rowid` counts them from 0): its bound columns
 * `c0`, … as text, empty cells as `''`, and `wrong`, whether the row has more or fewer cells than the heading.
 */
export async function loadRaw(
  reader: SourceReader,
  source: BoundSource,
  into: { readonly table: string; readonly fields: readonly FieldModel[] },
): Promise<void> {
  if (source.format === 'parquet') return loadParquet(reader, source, into);
  const { limits } = reader;
  const plain = await plainFile(reader, source);
  if (plain) withinRows(limits, source.file, plain.rows);
  if (
    plain &&
    plain.columns === source.header.length &&
    (await loadPlain(reader, source, { plain, ...into }))
  ) {
    return;
  }
  const { value, diagnostics } = await readText(source, reader.readFile);
  if (diagnostics.length > 0) throw new RunError(diagnostics);
  withinRows(limits, source.file, value.rows.length);
  const width = source.header.length;
  const columns = source.header.map((_, index) => ({
    name: `c${index}`,
    cells: value.rows.map((row) => row[index] ?? ''),
  }));
  const wrong = { name: 'w', cells: value.rows.map((row) => (row.length === width ? undefined : 'w')) };
  await reader.connection.fill(`${into.table}_text`, [...columns, wrong]);
  const all = columns.map((each) => `coalesce(${each.name}, '') AS ${each.name}`);
  await reader.connection.run({
    sql: `CREATE TEMP TABLE ${into.table} AS
SELECT ${[...all, '(w IS NOT NULL) AS wrong'].join(', ')} FROM ${into.table}_text ORDER BY rowid`,
    values: [],
    about: `the file \`${source.file}\``,
  });
  await reader.connection.run({ sql: `DROP TABLE ${into.table}_text`, values: [], about: source.file });
}

/** A file that DuckDB's CSV reader reads as the rules say, if this one is. */
async function plainFile(
  reader: SourceReader,
  source: SourceSpec,
): Promise<(PlainCsv & { readonly delimiter: string }) | undefined> {
  if (source.format !== 'csv' || source.content.kind !== 'file') return undefined;
  if (!reader.paths.has(source.content.path) || hasPattern(source.content.path)) return undefined;
  let bytes: Uint8Array;
  try {
    bytes = await reader.readFile(source.content.path);
  } catch {
    return undefined; // readText says what is wrong
  }
  if (!isUtf8(bytes)) return undefined;
  const line = bytes.indexOf(0x0a);
  const end = line < 0 ? bytes.length : line;
  if (end > LONGEST_HEADING) return undefined;
  const first = new TextDecoder().decode(bytes.subarray(0, end));
  const delimiter = source.dialect.delimiter ?? sniffDelimiter(first);
  const plain = plainCsv(bytes, delimiter);
  return plain && { ...plain, delimiter };
}

/** A heading of more bytes than this is for our own reader, which says what is wrong with the file. */
const LONGEST_HEADING = 2 ** 24;

/** Whether DuckDB would take the path for a pattern of several files. */
function hasPattern(path: string): boolean {
  return /[*?[\]{}]/.test(path);
}

/** Whether DuckDB read the file, and found the rows that are there. */
async function loadPlain(
  { connection }: SourceReader,
  source: BoundSource,
  load: { readonly plain: PlainCsv & { readonly delimiter: string }; readonly table: string },
): Promise<boolean> {
  const { plain, table } = load;
  const columns = source.header.map((_, index) => `'c${index}': 'VARCHAR'`).join(', ');
  const options = [
    'auto_detect = false',
    'header = true',
    `columns = {${columns}}`,
    `delim = ${literal(plain.delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    'strict_mode = true',
    `compression = 'none'`,
    'hive_partitioning = false',
  ];
  const cells = source.header.map((_, index) => `coalesce(c${index}, '') AS c${index}`);
  const about = `the file \`${source.file}\``;
  try {
    await connection.run({
      sql: `CREATE TEMP TABLE ${table} AS SELECT ${[...cells, 'FALSE AS wrong'].join(', ')}
FROM read_csv(${literal(pathOf(source))}, ${options.join(', ')})`,
      values: [],
      about,
    });
  } catch (fault) {
    if (fault instanceof StopError) throw fault;
    return false; // whatever displeased DuckDB, our own reader decides
  }
  const [found] = await connection.rows({ sql: `SELECT count(*) FROM ${table}`, values: [], about });
  if (Number((found![0] as { num: number }).num) === plain.rows) return true;
  await connection.run({ sql: `DROP TABLE ${table}`, values: [], about });
  return false;
}

async function loadParquet(
  reader: SourceReader,
  source: BoundSource,
  into: { readonly table: string; readonly fields: readonly FieldModel[] },
): Promise<void> {
  const { value: columns, diagnostics } = await parquetColumns(reader, source);
  if (diagnostics.length > 0) throw new RunError(diagnostics);
  const floats = into.fields.flatMap((field, index) => {
    const binding = source.bindings[index]!;
    if (binding.kind !== 'column' || !isExact(field.type)) return [];
    return /DOUBLE|FLOAT/.test(columns[binding.index]!.type)
      ? [floatColumn(source.file, field.name, binding.column)]
      : [];
  });
  if (floats.length > 0) throw new RunError(floats);
  if (reader.limits?.rows !== undefined) {
    const sql = `SELECT count(*) FROM ${parquet(source)}`;
    const [found] = await reader.connection.rows({ sql, values: [], about: `the file \`${source.file}\`` });
    withinRows(reader.limits, source.file, Number((found![0] as { num: number }).num));
  }
  const cells = columns.map(
    (each, index) => `coalesce(CAST(${quoteIdentifier(each.name)} AS VARCHAR), '') AS c${index}`,
  );
  await reader.connection.run({
    sql: `CREATE TEMP TABLE ${into.table} AS
SELECT ${[...cells, 'FALSE AS wrong'].join(', ')} FROM ${parquet(source)}`,
    values: [],
    about: `the file \`${source.file}\``,
  });
}

interface ParquetColumn {
  readonly name: string;
  readonly type: string;
}

async function parquetColumns(
  { connection, readFile, paths }: SourceReader,
  source: SourceSpec,
): Promise<Checked<readonly ParquetColumn[]>> {
  const problem = (cause: unknown): Checked<readonly ParquetColumn[]> => ({
    value: [],
    diagnostics: [fileProblem(source.file, cause)],
  });
  if (source.content.kind === 'text') throw new InternalError('a Parquet source without a file');
  if (!paths.has(source.content.path)) throw new InternalError(`not a bound file: ${source.content.path}`);
  if (hasPattern(source.content.path)) {
    return problem(new Error('its path has one of `*?[]{}`, which DuckDB takes for a pattern: rename it'));
  }
  try {
    await readFile(source.content.path);
  } catch (cause) {
    return problem(cause);
  }
  try {
    const rows = await connection.rows({
      sql: `DESCRIBE SELECT * FROM ${parquet(source)}`,
      values: [],
      about: `the file \`${source.file}\``,
    });
    return {
      value: rows.map((row) => ({ name: row[0] as string, type: row[1] as string })),
      diagnostics: [],
    };
  } catch (cause) {
    if (cause instanceof StopError) throw cause;
    const said = cause instanceof Error ? cause.message.split('\n')[0]! : String(cause);
    return problem(new Error(said));
  }
}

function parquet(source: SourceSpec): string {
  return `read_parquet(${literal(pathOf(source))}, hive_partitioning = false)`;
}

function pathOf(source: SourceSpec): string {
  if (source.content.kind === 'text') throw new InternalError(`no file: ${source.file}`);
  return source.content.path;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
