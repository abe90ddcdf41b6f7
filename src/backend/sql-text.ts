// Pieces of SQL text: quoted names, values as parameters, exact numbers with their scale.

import { InternalError, RunError } from '../base/diagnostic.ts';
import { decimalPlaces, type Exact, fixedText } from '../base/exact.ts';

/** The most digits that DuckDB's DECIMAL holds. */
export const MOST_DIGITS = 38;

/** A name as it stands in SQL, whatever letters it has. */
export function quoteIdentifier(name: string): string {
  if (name.includes('\0')) throw new InternalError('a name with a NUL character');
  return `"${name.replaceAll('"', '""')}"`;
}

/** Whether a text is a name as SQL writes it, alone or after that of its schema. */
export function isSqlName(text: string): boolean {
  return /^(?:(?:"(?:[^"\0]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)(?:\.(?!$)|$)){1,2}$/u.test(text);
}

/** The values of one statement; each is bound as text and cast where it stands, so that no driver guesses its type. */
export interface Parameters {
  readonly values: string[];
}

export function noParameters(): Parameters {
  return { values: [] };
}

/** A text as a parameter; equal texts share one. */
export function textParameter(parameters: Parameters, text: string): string {
  let at = parameters.values.indexOf(text);
  if (at < 0) at = parameters.values.push(text) - 1;
  return `CAST($${at + 1} AS VARCHAR)`;
}

/** `DECIMAL(38, scale)`; wide always, because DuckDB caps a product of narrow decimals at 18 digits. */
export function decimalType(scale: number): string {
  if (scale > MOST_DIGITS) throw tooManyDigits(`${scale} decimals are needed`);
  return `DECIMAL(${MOST_DIGITS}, ${scale})`;
}

/**
 * An SQL expression and how its values are held: with the decimals `scale` where they are exact numbers (numbers,
 * percents, money, durations, datetimes), as they are where it is `undefined` (dates are BIGINT days).
 */
export interface SqlValue {
  readonly sql: string;
  readonly scale: number | undefined;
}

/**
 * The same values with at least `scale` decimals.
 *
 * INVARIANT: decimals of different scales never meet in CASE, coalesce, least, greatest, a comparison or UNION: at 38
 * digits DuckDB keeps the smaller scale there and rounds the other side without a word.
 */
export function widened(value: SqlValue, scale: number): SqlValue {
  if (value.scale === undefined || value.scale >= scale) return value;
  return { sql: `CAST(${value.sql} AS ${decimalType(scale)})`, scale };
}

/** An exact number as a parameter; it must end, as the numbers that stand in rows do. */
export function decimalParameter(parameters: Parameters, value: Exact): SqlValue {
  const scale = decimalPlaces(value);
  if (scale === undefined) {
    throw new InternalError(`a number of rows that no decimal writes: ${value.num}/${value.den}`);
  }
  return {
    sql: `CAST(${textParameter(parameters, fixedText(value, scale))} AS ${decimalType(scale)})`,
    scale,
  };
}

/** The error of a figure that doesn't fit into 38 digits. */
export function tooManyDigits(what: string): RunError {
  return new RunError([
    {
      code: 'M3010',
      severity: 'error',
      message: `a number needs more than ${MOST_DIGITS} digits: ${what}`,
      help: 'look for cells of a wrong size; or run with `--backend memory`, which has no such limit',
    },
  ]);
}
