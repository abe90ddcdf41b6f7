// References to rows that aren't there, in SQL: one join for each field that refers to another event.

import type { Exact } from '../base/exact.ts';
import { type Connection, keepText, keptText } from './sql-connection.ts';
import type { ReadEvent } from './sql-load.ts';
import { sameScale } from './sql-row.ts';
import { referencesOf, shownKey, type UnknownKeys } from './unknown-keys.ts';

/** What an event's rows refer to in vain; reads `<prefix>_typed` and `<prefix>_first` of both events. */
export async function readUnknownKeys(
  own: ReadEvent,
  found: readonly ReadEvent[],
  connection: Connection,
): Promise<readonly UnknownKeys[]> {
  const unknown: UnknownKeys[] = [];
  for (const { field, at, to } of referencesOf(own.event)) {
    const other = found.find((each) => each.event.name === to);
    if (!other) continue;
    const key = other.event.fields.findIndex((each) => each.name === other.event.key);
    const [refers, known] = sameScale([own.typed.values[at]!, other.typed.values[key]!]);
    const isText = field.type.kind !== 'date' && refers!.scale === undefined && field.type.kind !== 'truth';
    const [[rows, row, value] = []] = await connection.rows({
      sql: `WITH known AS (SELECT ${known!.sql} AS key FROM ${other.prefix}_typed AS t JOIN ${other.prefix}_first AS f ON t.r = f.r
WHERE f.reject IS NULL AND NOT f.hidden),
own AS (SELECT t.r AS r, ${refers!.sql} AS refers FROM ${own.prefix}_typed AS t JOIN ${own.prefix}_first AS f ON t.r = f.r
WHERE f.reject IS NULL AND f.filter IS NULL)
SELECT count(*), CAST(min(r) AS BIGINT), ${connection.dialect.first(isText ? keepText('refers') : 'refers', ['r'], '')}
FROM own WHERE refers IS NOT NULL AND NOT EXISTS (SELECT 1 FROM known WHERE refers = key)`,
      values: [],
      about: `the references of \`${own.event.name}.${field.name}\``,
    });
    const count = Number((rows as Exact).num);
    if (count === 0 || value === undefined) continue;
    const shown = shownKey(isText ? keptText(value) : value, field.type);
    unknown.push({
      field: field.name,
      event: to,
      rows: count,
      first: { row: Number((row as Exact).num), key: shown },
    });
  }
  return unknown;
}
