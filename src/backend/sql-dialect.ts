// What engines write differently in SQL, and nothing else: all that is asked of them is built once, of these words.

import type { SqlWords } from '../library/function.ts';

/** One engine's words. Arguments and answers are SQL expressions unless said otherwise. */
export interface SqlDialect extends SqlWords {
  readonly name: 'duckdb' | 'postgres';
  /** A type for whole numbers of more digits than BIGINT has. */
  readonly huge: string;
  /** A quotient of two BIGINT, cut towards zero. */
  cut(a: string, b: string): string;
  /** Whether the whole text has a shape, a regular expression that every engine reads alike. */
  matches(text: string, shape: string): string;
  /** What the first group of a shape finds in a text; `''` where there is nothing, NULL of NULL. */
  found(text: string, shape: string): string;
  /** A text such as `2026-01-31` as a DATE; NULL for one that is no date. */
  date(text: string): string;
  /** A text of digits as a BIGINT; NULL for any other text. */
  long(text: string): string;
  /** A plain number, with no more decimals than `scale`, as `DECIMAL(38, scale)`; NULL for any other text. */
  decimal(text: string, scale: number): string;
  /** A date so many months later, of whose last day there is always one; `months` is an INTEGER. */
  monthsLater(date: string, months: string): string;
  /** A join with the last row of a table whose `by`, a BIGINT, isn't above a value; with none where there is none. */
  asOf(join: AsOf): string;
  /** The lower of the two middle values of a group. */
  middle(value: string): string;
  /** The value of a group that has one only. */
  only(value: string, filter: string): string;
  /** The first value of a group in an order. */
  first(value: string, order: readonly string[], filter: string): string;
  /** Stops the statement, with a text that the message then has; a BIGINT for whoever asks. */
  stop(text: string): string;
  /** The place of a row of a raw table in its source; the first is 2, as a heading stands above it. */
  readonly rowNumber: string;
  /** What keeps the columns of a relation from being worked out again by each who names them; stands at its end. */
  readonly fence: string;
}

export interface AsOf {
  readonly table: string;
  /** What the row is called. */
  readonly as: string;
  readonly by: string;
  readonly value: string;
}

/** A text as it stands in SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
