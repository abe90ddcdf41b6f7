// Rows of a connection that a program has open itself: what DuckDB holds, as the text that it writes for it, which is exact
// for all but binary fractions. Only the connection's shape is known here, so that any version of its driver will do.

import { type Checked, type Diagnostic, RunError } from '../base/diagnostic.ts';
import { goOn, withinRows } from '../base/limits.ts';
import { columnName } from '../input/csv.ts';
import type { Cells, TakeRows } from '../input/given-rows.ts';
import { binaryColumn, unreadableFile } from '../input/messages.ts';

/** A connection of `@duckdb/node-api`, as far as it is used. */
export interface GivenConnection {
  stream(sql: string): Promise<GivenAnswer>;
  interrupt(): void;
}

/** An answer that comes in parts. */
export interface GivenAnswer {
  columnNames(): readonly string[];
  columnTypes(): readonly { toString(): string }[];
  fetchChunk(): Promise<{ readonly rowCount: number; getRows(): readonly (readonly unknown[])[] } | null>;
}

/** A table or view, whose name is written as in SQL, or a query; the connection's owner answers for both. */
export type Asked = { readonly table: string } | { readonly query: string };

/**
 * The cells of what is asked. Errors: M2003 with what DuckDB says against it, M2064 for a column of binary fractions.
 * What stops it breaks the query off.
 */
export async function takeDuckDb(
  connection: GivenConnection,
  asked: Asked,
  take: TakeRows,
): Promise<Checked<Cells>> {
  const { limits, file, numbers, wanted } = take;
  const query = 'table' in asked ? `FROM ${asked.table}` : asked.query.trim().replace(/;$/, '');
  const stop = (): void => connection.interrupt();
  goOn(limits);
  limits?.signal?.addEventListener('abort', stop, { once: true });
  try {
    const shape = await connection.stream(`SELECT * FROM (${query}\n) LIMIT 0`);
    const header = shape.columnNames();
    const types = shape.columnTypes().map(String);
    const binary = types.flatMap((type, at): readonly Diagnostic[] =>
      /DOUBLE|FLOAT/.test(type) && numbers === 'exact' && wanted.has(columnName(header[at]!))
        ? [binaryColumn(file, header[at]!)]
        : [],
    );
    if (binary.length > 0) return { value: { header: [], rows: [] }, diagnostics: binary };
    const answer = await connection.stream(`SELECT COLUMNS(*)::VARCHAR FROM (${query}\n)`);
    const rows: (readonly (string | undefined)[])[] = [];
    for (;;) {
      const chunk = await answer.fetchChunk();
      goOn(limits);
      if (!chunk || chunk.rowCount === 0) return { value: { header, rows }, diagnostics: [] };
      for (const row of chunk.getRows()) rows.push(row.map((cell) => (cell as string | null) ?? undefined));
      withinRows(limits, file, rows.length);
    }
  } catch (fault) {
    goOn(limits);
    if (!(fault instanceof Error) || fault.name === 'StopError') throw fault;
    throw new RunError([unreadableFile(file, fault.message.split('\n')[0]!)]);
  } finally {
    limits?.signal?.removeEventListener('abort', stop);
  }
}
