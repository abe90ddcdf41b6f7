// SQL as PostgreSQL writes it. Casts of texts fail there, so a text is held against a shape before each.

import { literal, type SqlDialect } from './sql-dialect.ts';
import { decimalType } from './sql-text.ts';

/** Days that are in every year, and those of leap years alone. */
const USUAL_DAY =
  '[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))';
const LEAP_DAY = '(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29';

/** Whether a text has a shape; a dollar sign stands for the end of the text alone, never for that of a line. */
function matches(text: string, shape: string): string {
  return `(${text} ~ ${literal(`^(?:${shape})$`)})`;
}

/** How PostgreSQL writes what engines write differently. */
export const POSTGRES: SqlDialect = {
  name: 'postgres',
  huge: 'DECIMAL(1000, 0)',
  cut: (a, b) => `(${a} / ${b})`,
  quotient: (a, b) => `div(${a}, ${b})`,
  matches,
  found: (text, shape) =>
    `CASE WHEN ${text} IS NOT NULL THEN coalesce(substring(${text} from ${literal(shape)}), '') END`,
  date: (text) =>
    `CASE WHEN ${matches(text, `${USUAL_DAY}|${LEAP_DAY}`)} AND substr(${text}, 1, 4) <> '0000' THEN CAST(${text} AS DATE) END`,
  long: (text) => `CASE WHEN ${matches(text, '[0-9]{1,18}')} THEN CAST(${text} AS BIGINT) END`,
  decimal: (text, scale) =>
    `CASE WHEN ${matches(text, '[+-]?[0-9]+(?:\\.[0-9]+)?')} THEN CAST(${text} AS ${decimalType(scale)}) END`,
  monthsLater: (date, months) => `CAST(${date} + make_interval(months => ${months}) AS DATE)`,
  // the place of a value among sorted ones is found by halving, and a row by its place by hashing
  asOf: ({ table, as, by, value }) =>
    `LEFT JOIN (SELECT *, row_number() OVER (ORDER BY ${by}) AS place FROM ${table}) AS ${as}
ON ${as}.place = width_bucket(${value}, (SELECT array_agg(${by} ORDER BY ${by}) FROM ${table}))`,
  middle: (value) => `percentile_disc(0.5) WITHIN GROUP (ORDER BY ${value})`,
  only: (value, filter) => `(array_agg(${value}) ${filter})[1]`,
  first: (value, order, filter) => `(array_agg(${value} ORDER BY ${order.join(', ')}) ${filter})[1]`,
  // nothing raises an error in a SELECT, but a text that is no number does, and the message shows it
  stop: (text) => `CAST(${text} AS BIGINT)`,
  rowNumber: 'place',
  fence: ' OFFSET 0',
};
