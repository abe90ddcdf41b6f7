// Typed rows of a source: Parquet and tables as they lie, CSV as a table of what its texts say. A relation of `n<at>` for
// each field, `w<at>` where an empty cell has another value, and `odd`, whether the rules of texts have to look at the row.

import { StopError } from '../base/diagnostic.ts';
import { type Limits, withinRows } from '../base/limits.ts';
import type { BoundSource } from '../model/dataset.ts';
import type { EventModel } from '../model/policy.ts';
import { orOf, type PlainColumn, plainColumns, textColumns } from './duckdb-plain-columns.ts';
import {
  csvRelation,
  type Files,
  isRelation,
  type PlainFile,
  pathOf,
  plainFile,
  relationColumns,
  relationOf,
} from './duckdb-source.ts';
import { literal } from './sql-dialect.ts';

/** The typed rows of a source. */
export interface TypedRelation {
  readonly relation: string;
  /** A column that no two rows have alike, if keys are sound. */
  readonly row: string;
  readonly columns: readonly PlainColumn[];
  readonly rows: number;
}

/** What is read of a source, and the table that it may be put down as. */
export interface TypedLoad {
  readonly source: BoundSource;
  readonly table: string;
  readonly limits: Limits | undefined;
}

/** The typed rows of a source, where none of its columns is for the rules of texts. */
export async function typedRelation(
  reader: Files,
  event: EventModel,
  load: TypedLoad,
): Promise<TypedRelation | undefined> {
  if (isRelation(load.source)) return asItLies(reader, event, load);
  const plain = await plainFile(reader, load.source);
  if (!plain || plain.columns !== load.source.header.length) return undefined;
  withinRows(load.limits, load.source.file, plain.rows);
  return typedCsv(reader, event, { ...load, plain });
}

/** What DuckDB calls the column of a Parquet file's row numbers: it refuses them to a file with a column of that name. */
const ROW_NUMBER = 'file_row_number';

async function asItLies(
  reader: Files,
  event: EventModel,
  { source, limits }: TypedLoad,
): Promise<TypedRelation | undefined> {
  const { value, diagnostics } = await relationColumns(reader, source);
  const columns = diagnostics.length > 0 ? undefined : plainColumns(source, event.fields, value);
  if (!columns || value.some((each) => each.name.toLowerCase() === ROW_NUMBER)) return undefined;
  const rows = await countOf(reader, source, relationOf(source));
  withinRows(limits, source.file, rows);
  const cells = typedCells(columns);
  if (source.content.kind === 'table') {
    const key = event.fields.findIndex((each) => each.name === event.key);
    return { relation: `(SELECT ${cells} FROM ${relationOf(source)}) AS f`, row: `n${key}`, columns, rows };
  }
  const file = `read_parquet(${literal(pathOf(source))}, hive_partitioning = false, ${ROW_NUMBER} = true)`;
  return { relation: `(SELECT ${ROW_NUMBER} AS r, ${cells} FROM ${file}) AS f`, row: 'r', columns, rows };
}

/** CSV is put down as a table: reading it again for each figure takes longer. */
async function typedCsv(
  reader: Files,
  event: EventModel,
  load: TypedLoad & { readonly plain: PlainFile },
): Promise<TypedRelation | undefined> {
  const { source, table, plain } = load;
  const file = csvRelation(source, plain);
  const about = `the file \`${source.file}\``;
  const columns = textColumns(source, event.fields, await decimalsIn(reader, source, file));
  if (!columns) return undefined;
  try {
    await reader.connection.make(table, {
      sql: `SELECT ${typedCells(columns)} FROM ${file}`,
      values: [],
      about,
    });
  } catch (fault) {
    if (fault instanceof StopError) throw fault;
    return undefined;
  }
  const rows = await countOf(reader, source, table);
  if (rows === plain.rows)
    return { relation: `(SELECT rowid AS r, * FROM ${table}) AS f`, row: 'r', columns, rows };
  return undefined; // who asked drops the table
}

/** Rows that tell how many decimals a column has; a cell with more sends the event through the rules of texts. */
const SAMPLE = 20_000;

/** The most decimals of each column of texts, as far as a sample tells. */
async function decimalsIn(
  { connection }: Files,
  source: BoundSource,
  file: string,
): Promise<readonly number[]> {
  const most = source.header.map((_, at) => `coalesce(max(length(split_part(c${at}, '.', 2))), 0)`);
  const [row = []] = await connection.rows({
    sql: `SELECT ${most.join(', ')} FROM (SELECT * FROM ${file} LIMIT ${SAMPLE})`,
    values: [],
    about: `the file \`${source.file}\``,
  });
  return row.map((each) => Number((each as { num: number }).num));
}

function typedCells(columns: readonly PlainColumn[]): string {
  const odd = orOf(columns.map((each) => each.odd));
  const cells = columns.flatMap(({ value, written }, at) => [
    `${value} AS n${at}`,
    ...(written === undefined ? [] : [`${written} AS w${at}`]),
  ]);
  return [`${odd} AS odd`, ...cells].join(', ');
}

async function countOf({ connection }: Files, source: BoundSource, relation: string): Promise<number> {
  const sql = `SELECT count(*) FROM ${relation}`;
  const [[count] = []] = await connection.rows({ sql, values: [], about: `the file \`${source.file}\`` });
  return Number((count as { num: number }).num);
}
