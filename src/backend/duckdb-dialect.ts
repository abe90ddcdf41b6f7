// SQL as DuckDB writes it.

import { literal, type SqlDialect } from './sql-dialect.ts';
import { decimalType } from './sql-text.ts';

/** How DuckDB writes what engines write differently. */
export const DUCKDB: SqlDialect = {
  name: 'duckdb',
  huge: 'HUGEINT',
  cut: (a, b) => `(${a} // ${b})`,
  quotient: (a, b) => `(CAST(${a} AS HUGEINT) // ${b})`,
  matches: (text, shape) => `regexp_full_match(${text}, ${literal(shape)})`,
  found: (text, shape) => `regexp_extract(${text}, ${literal(shape)}, 1)`,
  date: (text) => `TRY_CAST(${text} AS DATE)`,
  long: (text) => `TRY_CAST(${text} AS BIGINT)`,
  decimal(text, scale) {
    // casting text to more than 18 digits is a hundred times slower, so short numbers take the shorter cast
    const wide = decimalType(scale);
    const isShort = `length(split_part(${text}, '.', 1)) <= ${18 - scale}`;
    return `CASE WHEN ${isShort} THEN CAST(TRY_CAST(${text} AS DECIMAL(18, ${Math.min(18, scale)})) AS ${wide}) ELSE TRY_CAST(${text} AS ${wide}) END`;
  },
  monthsLater: (date, months) => `CAST(${date} + to_months(${months}) AS DATE)`,
  asOf: ({ table, as, by, value }) => `ASOF LEFT JOIN ${table} AS ${as} ON ${value} >= ${as}.${by}`,
  middle: (value) => `quantile_disc(${value}, 0.5)`,
  only: (value, filter) => `any_value(${value}) ${filter}`,
  first: (value, order, filter) => `first(${value} ORDER BY ${order.join(', ')}) ${filter}`,
  stop: (text) => `error(${text})`,
  rowNumber: 'rowid + 2',
  fence: '',
};
