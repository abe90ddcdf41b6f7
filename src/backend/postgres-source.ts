// From tables and views of a PostgreSQL database to the texts that the rules of input/convert.ts are about. Each type of
// a column has one text, which the connection's settings see to: dates and moments as ISO writes them (moments with
// their offset, which is UTC), truth values as `true` and `false`, NULL as an empty cell.

import { type Checked, InternalError, RunError } from '../base/diagnostic.ts';
import { type Limits, withinRows } from '../base/limits.ts';
import { columnName } from '../input/csv.ts';
import { floatColumn } from '../input/messages.ts';
import { type ReadFile, readText } from '../input/read.ts';
import type { BoundSource, SourceSpec, TextTable } from '../model/dataset.ts';
import { noSuchTable } from './database-messages.ts';
import { type Connection, keepText, keptText } from './sql-connection.ts';
import { isExact } from './sql-row.ts';
import { fillRaw, type RawTable, type SourceReader } from './sql-source.ts';
import { isSqlName, noParameters, quoteIdentifier, textParameter } from './sql-text.ts';

const NOTHING: TextTable = { header: [], rows: [] };

/** A reader of tables in the database, and of files beside them, whose cells go with the statements that look at them. */
export function tableReader(connection: Connection, readFile: ReadFile): SourceReader {
  return {
    connection,
    async columns(source) {
      if (source.content.kind !== 'table') {
        const { value, diagnostics } = await readText(source, readFile);
        return { value: value.header, diagnostics };
      }
      const { value, diagnostics } = await tableOf(connection, source);
      return { value: value.columns.map((each) => columnName(each.name)), diagnostics };
    },
    text: (source) =>
      source.content.kind === 'table' ? tableText(connection, source) : readText(source, readFile),
    load: (source, into, limits) =>
      source.content.kind === 'table'
        ? loadTable(connection, source, { ...into, limits })
        : fillRaw(source, into.table, { connection, readFile, limits }),
  };
}

interface DatabaseTable {
  /** The table as SQL names it from wherever. */
  readonly sql: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** The table of a source, found as the server finds names. */
async function tableOf(connection: Connection, source: SourceSpec): Promise<Checked<DatabaseTable>> {
  if (source.content.kind !== 'table') throw new InternalError(`no table: ${source.file}`);
  const { table } = source.content;
  const parameters = noParameters();
  const about = `the table \`${table}\``;
  const none = (why: string): Checked<DatabaseTable> => ({
    value: { sql: '', columns: [] },
    diagnostics: [noSuchTable(table, why)],
  });
  if (!isSqlName(table)) return none('that is not the name of one');
  const rows = await connection.rows({
    sql: `SELECT CAST(n.nspname AS TEXT), CAST(c.relname AS TEXT), CAST(a.attname AS TEXT), CAST(format_type(a.atttypid, NULL) AS TEXT),
has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT')
FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.oid = to_regclass(${textParameter(parameters, table)}) AND c.relkind IN ('r', 'v', 'm', 'f', 'p') ORDER BY a.attnum`,
    values: parameters.values,
    about,
  });
  const [first] = rows;
  if (!first) return none('there is none');
  const readable = rows.filter((row) => row[4] === true);
  if (readable.length === 0) return none('the user may not read it');
  const sql = `${quoteIdentifier(first[0] as string)}.${quoteIdentifier(first[1] as string)}`;
  const columns = readable.map((row) => ({ name: row[2] as string, type: row[3] as string }));
  return { value: { sql, columns }, diagnostics: [] };
}

/** The text of a column's cells, in the order of their bytes whatever the database sorts by. */
function cellText(column: string): string {
  return `coalesce(CAST(${quoteIdentifier(column)} AS TEXT), '') COLLATE "C"`;
}

async function tableText(connection: Connection, source: SourceSpec): Promise<Checked<TextTable>> {
  const { value: table, diagnostics } = await tableOf(connection, source);
  if (diagnostics.length > 0) return { value: NOTHING, diagnostics };
  const cells = table.columns.map((each) => keepText(cellText(each.name)));
  const order = table.columns.map((_, at) => String(at + 1));
  const rows = await connection.rows({
    sql: `SELECT ${cells.join(', ')} FROM ${table.sql} ORDER BY ${order.join(', ')}`,
    values: [],
    about: `the table \`${source.file}\``,
  });
  const header = table.columns.map((each) => columnName(each.name));
  return { value: { header, rows: rows.map((row) => row.map(keptText)) }, diagnostics: [] };
}

/** Rows of a database have no places, so they are counted in the order of their keys, then of all else that is read. */
async function loadTable(
  connection: Connection,
  source: BoundSource,
  into: RawTable & { readonly limits: Limits | undefined },
): Promise<void> {
  const { value: table, diagnostics } = await tableOf(connection, source);
  if (diagnostics.length > 0) throw new RunError(diagnostics);
  const about = `the table \`${source.file}\``;
  const floats = into.fields.flatMap((field, index) => {
    const binding = source.bindings[index]!;
    if (binding.kind !== 'column' || !isExact(field.type)) return [];
    return /^(?:real|double precision)$/.test(table.columns[binding.index]!.type)
      ? [floatColumn(source.file, field.name, binding.column)]
      : [];
  });
  if (floats.length > 0) throw new RunError(floats);
  if (into.limits?.rows !== undefined) {
    const [found] = await connection.rows({ sql: `SELECT count(*) FROM ${table.sql}`, values: [], about });
    withinRows(into.limits, source.file, Number((found![0] as { num: number }).num));
  }
  const cells = table.columns.map((each, index) => `${cellText(each.name)} AS c${index}`);
  const bound = into.fields.flatMap((field, at) => {
    const binding = source.bindings[at]!;
    return binding.kind === 'column' ? [{ isKey: field.name === into.key, cell: `c${binding.index}` }] : [];
  });
  const order = [...bound].sort((a, b) => Number(b.isKey) - Number(a.isKey)).map(({ cell }) => cell);
  const place = `row_number() OVER (${order.length > 0 ? `ORDER BY ${order.join(', ')}` : ''}) + 1`;
  await connection.make(into.table, {
    sql: `SELECT t.*, FALSE AS wrong, ${place} AS place FROM (SELECT ${cells.join(', ')} FROM ${table.sql}) AS t`,
    values: [],
    about,
  });
}
