// From a source to a temp table of texts, `c0`, `c1` and so on for its columns. Plain CSV files and Parquet go through
// DuckDB's own readers; everything else through the readers of `input`, which decide what a cell is.

import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { type Checked, InternalError, RunError, StopError } from '../base/diagnostic.ts';
import { type Limits, withinRows } from '../base/limits.ts';
import { columnName, readCsv, sniffDelimiter } from '../input/csv.ts';
import { floatColumn } from '../input/messages.ts';
import { fileProblem, type ReadFile, readText } from '../input/read.ts';
import type { BoundSource, SourceSpec, TextTable } from '../model/dataset.ts';
import { noSuchTable } from './database-messages.ts';
import { DATA_FILE } from './duckdb-connection.ts';
import { type PlainCsv, plainCsv } from './duckdb-csv.ts';
import { type Connection, keepText, keptText } from './sql-connection.ts';
import { literal } from './sql-dialect.ts';
import { isExact } from './sql-row.ts';
import { fillRaw, type RawTable, type SourceReader } from './sql-source.ts';
import { isSqlName, quoteIdentifier } from './sql-text.ts';

/** A CSV file that DuckDB reads as the rules say. */
export type PlainFile = PlainCsv & { readonly delimiter: string };

export interface Files {
  readonly connection: Connection;
  readonly readFile: ReadFile;
  /** The files that the connection may open. */
  readonly paths: ReadonlySet<string>;
  /** What has been seen of CSV files, by path and delimiter: looking takes all of a file. */
  readonly seen: Map<string, Promise<PlainFile | undefined>>;
}

/** A reader of the files that the connection may open. */
export function fileReader(files: Files): SourceReader {
  return {
    connection: files.connection,
    columns: (source) => sourceColumns(files, source),
    text: (source) => sourceText(files, source),
    load: (source, into, limits) => loadRaw(files, source, { ...into, limits }),
  };
}

const NOTHING: TextTable = { header: [], rows: [] };

/** The names of a source's columns. */
async function sourceColumns(reader: Files, source: SourceSpec): Promise<Checked<readonly string[]>> {
  if (isRelation(source)) {
    const columns = await relationColumns(reader, source);
    return { value: columns.value.map((each) => columnName(each.name)), diagnostics: columns.diagnostics };
  }
  const plain = await plainFile(reader, source);
  const table = plain
    ? readCsv(new TextDecoder().decode(plain.heading), source.file, { delimiter: plain.delimiter })
    : await readText(source, reader.readFile);
  return { value: table.value.header, diagnostics: table.diagnostics };
}

/** All cells of a source. */
async function sourceText(reader: Files, source: SourceSpec): Promise<Checked<TextTable>> {
  if (!isRelation(source)) return readText(source, reader.readFile);
  const columns = await relationColumns(reader, source);
  if (columns.diagnostics.length > 0) return { value: NOTHING, diagnostics: columns.diagnostics };
  const cells = columns.value.map((each) =>
    keepText(`coalesce(CAST(${quoteIdentifier(each.name)} AS VARCHAR), '')`),
  );
  const rows = await reader.connection.rows({
    sql: `SELECT ${cells.join(', ')} FROM ${relationOf(source)}`,
    values: [],
    about: `the file \`${source.file}\``,
  });
  const header = columns.value.map((each) => columnName(each.name));
  return { value: { header, rows: rows.map((row) => row.map(keptText)) }, diagnostics: [] };
}

type Into = RawTable & { readonly limits: Limits | undefined };

async function loadRaw(reader: Files, source: BoundSource, into: Into): Promise<void> {
  if (isRelation(source)) return loadRelation(reader, source, into);
  const plain = await plainFile(reader, source);
  if (plain) withinRows(into.limits, source.file, plain.rows);
  const isSound = plain?.columns === source.header.length;
  if (plain && isSound && (await loadPlain(reader, source, { plain, ...into }))) return;
  await fillRaw(source, into.table, { ...reader, limits: into.limits });
}

/** A file that DuckDB's CSV reader reads as the rules say, if this one is. */
export async function plainFile(reader: Files, source: SourceSpec): Promise<PlainFile | undefined> {
  if (source.format !== 'csv' || source.content.kind !== 'file') return undefined;
  const { path } = source.content;
  if (!reader.paths.has(path) || hasPattern(path)) return undefined;
  const key = JSON.stringify([path, source.dialect.delimiter]);
  const seen = reader.seen.get(key) ?? lookedAt(reader, path, source.dialect.delimiter);
  reader.seen.set(key, seen);
  return seen;
}

async function lookedAt(
  { readFile }: Files,
  path: string,
  said: string | undefined,
): Promise<PlainFile | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch {
    return undefined; // readText says what is wrong
  }
  if (!isUtf8(bytes)) return undefined;
  const line = bytes.indexOf(0x0a);
  const end = line < 0 ? bytes.length : line;
  if (end > LONGEST_HEADING) return undefined;
  const first = new TextDecoder().decode(bytes.subarray(0, end));
  const delimiter = said ?? sniffDelimiter(first);
  const plain = plainCsv(bytes, delimiter);
  return plain && { ...plain, heading: plain.heading.slice(), delimiter };
}

/** A heading of more bytes than this is for our own reader, which says what is wrong with the file. */
const LONGEST_HEADING = 2 ** 24;

/** Whether DuckDB would take the path for a pattern of several files. */
function hasPattern(path: string): boolean {
  return /[*?[\]{}]/.test(path);
}

/** Whether DuckDB read the file, and found the rows that are there. */
async function loadPlain(
  { connection }: Files,
  source: BoundSource,
  load: { readonly plain: PlainFile; readonly table: string },
): Promise<boolean> {
  const { plain, table } = load;
  const cells = source.header.map((_, index) => `coalesce(c${index}, '') AS c${index}`);
  const about = `the file \`${source.file}\``;
  try {
    await connection.make(table, {
      sql: `SELECT ${[...cells, 'FALSE AS wrong'].join(', ')}\nFROM ${csvRelation(source, plain)}`,
      values: [],
      about,
    });
  } catch (fault) {
    if (fault instanceof StopError) throw fault;
    return false; // whatever displeased DuckDB, our own reader decides
  }
  const [found] = await connection.rows({ sql: `SELECT count(*) FROM ${table}`, values: [], about });
  if (Number((found![0] as { num: number }).num) === plain.rows) return true;
  await connection.drop(table);
  return false;
}

/** A plain file as DuckDB reads it: columns `c0`, `c1` and so on of texts, NULL for empty cells. */
export function csvRelation(source: BoundSource, plain: PlainFile): string {
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
  return `read_csv(${literal(pathOf(source))}, ${options.join(', ')})`;
}

async function loadRelation(reader: Files, source: BoundSource, into: Into): Promise<void> {
  const { value: columns, diagnostics } = await relationColumns(reader, source);
  if (diagnostics.length > 0) throw new RunError(diagnostics);
  const floats = into.fields.flatMap((field, index) => {
    const binding = source.bindings[index]!;
    if (binding.kind !== 'column' || !isExact(field.type)) return [];
    return /DOUBLE|FLOAT/.test(columns[binding.index]!.type)
      ? [floatColumn(source.file, field.name, binding.column)]
      : [];
  });
  if (floats.length > 0) throw new RunError(floats);
  if (into.limits?.rows !== undefined) {
    const sql = `SELECT count(*) FROM ${relationOf(source)}`;
    const [found] = await reader.connection.rows({ sql, values: [], about: `the file \`${source.file}\`` });
    withinRows(into.limits, source.file, Number((found![0] as { num: number }).num));
  }
  const cells = columns.map(
    (each, index) => `coalesce(CAST(${cellsOf(each, source)} AS VARCHAR), '') AS c${index}`,
  );
  await reader.connection.make(into.table, {
    sql: `SELECT ${[...cells, 'FALSE AS wrong'].join(', ')} FROM ${relationOf(source)}`,
    values: [],
    about: `the file \`${source.file}\``,
  });
}

export interface RelationColumn {
  readonly name: string;
  readonly type: string;
}

/** A column in SQL. A table of the user's may have texts compared without regard to capitals: rules tell all letters apart. */
export function cellsOf({ name, type }: RelationColumn, { content }: SourceSpec): string {
  const column = quoteIdentifier(name);
  return content.kind === 'table' && type === 'VARCHAR' ? `(${column} COLLATE "C")` : column;
}

export async function relationColumns(
  { connection, paths }: Files,
  source: SourceSpec,
): Promise<Checked<readonly RelationColumn[]>> {
  const problem = (cause: unknown): Checked<readonly RelationColumn[]> => ({
    value: [],
    diagnostics: [fileProblem(source.file, cause)],
  });
  if (source.content.kind === 'table') return tableColumns(connection, source);
  const path = pathOf(source);
  if (!paths.has(path)) throw new InternalError(`not a bound file: ${path}`);
  if (hasPattern(path)) {
    return problem(new Error('its path has one of `*?[]{}`, which DuckDB takes for a pattern: rename it'));
  }
  try {
    await expectFile(path);
  } catch (cause) {
    return problem(cause);
  }
  try {
    return { value: await described(connection, source), diagnostics: [] };
  } catch (cause) {
    if (cause instanceof StopError) throw cause;
    const said = cause instanceof Error ? cause.message.split('\n')[0]! : String(cause);
    return problem(new Error(said));
  }
}

/** Throws what is wrong with a file, of which it reads no more than it takes to know. */
async function expectFile(path: string): Promise<void> {
  const file = await open(path);
  try {
    await file.read(new Uint8Array(1));
  } finally {
    await file.close();
  }
}

async function tableColumns(
  connection: Connection,
  source: SourceSpec,
): Promise<Checked<readonly RelationColumn[]>> {
  const none = (why: string): Checked<readonly RelationColumn[]> => ({
    value: [],
    diagnostics: [noSuchTable(source.file, why)],
  });
  if (!isSqlName(source.file)) return none('that is not the name of one');
  try {
    return { value: await described(connection, source), diagnostics: [] };
  } catch (cause) {
    if (cause instanceof StopError) throw cause;
    return none('there is none, or it can not be read');
  }
}

async function described(connection: Connection, source: SourceSpec): Promise<readonly RelationColumn[]> {
  const rows = await connection.rows({
    sql: `DESCRIBE SELECT * FROM ${relationOf(source)}`,
    values: [],
    about: `the columns of \`${source.file}\``,
  });
  return rows.map((row) => ({ name: row[0] as string, type: row[1] as string }));
}

/** Whether a source is one whose columns DuckDB knows by their types. */
export function isRelation(source: SourceSpec): boolean {
  return source.format === 'parquet' || source.content.kind === 'table';
}

export function relationOf(source: SourceSpec): string {
  if (source.content.kind === 'table') return `${DATA_FILE}.${source.content.table}`;
  return `read_parquet(${literal(pathOf(source))}, hive_partitioning = false)`;
}

export function pathOf(source: SourceSpec): string {
  if (source.content.kind !== 'file') throw new InternalError(`no file: ${source.file}`);
  return source.content.path;
}
