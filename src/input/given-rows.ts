// From the rows that a program has at hand to the text of a source: each value as the cell that `convert.ts` reads exactly
// that value from. A value of which that can't be said is refused, and nothing is rounded.

import { decimalText } from '../base/decimal.ts';
import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { giveTurn, type Limits, stopOf, withinRows } from '../base/limits.ts';
import { columnName } from './csv.ts';
import { inexactValue } from './messages.ts';

/** How rows are taken. */
export interface TakeRows {
  /** What messages call them. */
  readonly file: string;
  /** The columns that are read, as `columnName` writes them; of others only the name is taken. */
  readonly wanted: ReadonlySet<string>;
  /** Whether a number with binary places is taken for the shortest decimal number that stands for it; else it is refused. */
  readonly numbers: 'exact' | 'shortest';
  readonly limits?: Limits | undefined;
}

/** Cells by column, as text; an absent cell is empty. */
export interface Cells {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | undefined)[])[];
}

/** How many rows are taken between two turns of others. */
export const TAKEN_IN_A_TURN = 4096;

/**
 * The cells of objects, a column for each key of any of them. Errors: M2064 for the first value of each column that can't
 * be taken. Throws what stops it, and a waiting iterator is told.
 */
export async function takeRows(
  given: Iterable<unknown> | AsyncIterable<unknown>,
  take: TakeRows,
): Promise<Checked<Cells>> {
  const places = new Map<string, number>();
  const rows: (string | undefined)[][] = [];
  const refused = new Map<string, Diagnostic>();
  for await (const row of interruptible(given, take.limits)) {
    if (rows.length % TAKEN_IN_A_TURN === 0) await giveTurn(take.limits);
    withinRows(take.limits, take.file, rows.length + 1);
    const cells: (string | undefined)[] = [];
    const at = { file: take.file, row: rows.length + 2 };
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      refused.set('', inexactValue(at, shown(row), 'a row is an object with a value for each column'));
      break;
    }
    for (const [column, value] of Object.entries(row)) {
      if (!places.has(column)) places.set(column, places.size);
      if (!take.wanted.has(columnName(column))) continue;
      const cell = cellOf(value, take.numbers);
      if ('text' in cell) cells[places.get(column)!] = cell.text;
      else if (!refused.has(column))
        refused.set(column, inexactValue({ ...at, column }, shown(value), cell.why));
    }
    rows.push(cells);
  }
  return { value: { header: [...places.keys()], rows }, diagnostics: [...refused.values()] };
}

/** Cells as a source's content: CSV with every cell in quotes, or JSON where there is no column. */
export function textOfCells({ header, rows }: Cells): {
  readonly format: 'csv' | 'json';
  readonly text: string;
} {
  if (header.length === 0) return { format: 'json', text: JSON.stringify(rows.map(() => ({}))) };
  const lines = rows.map((row) => header.map((_, at) => quoted(row[at] ?? '')).join(','));
  return { format: 'csv', text: `${[header.map(quoted).join(','), ...lines].join('\n')}\n` };
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** The text of a cell, or why a value has none. */
export type GivenCell = { readonly text: string | undefined } | { readonly why: string };

const BINARY =
  'a number with binary places stands for another than the one that was written: give it as text or as a Decimal, or say `numbers: "shortest"`';

/** The cell of one value. A number is taken where it is whole and below 2^53, so that no other stands for it too. */
export function cellOf(value: unknown, numbers: TakeRows['numbers']): GivenCell {
  switch (typeof value) {
    case 'undefined':
      return { text: undefined };
    case 'string':
      return { text: value };
    case 'boolean':
    case 'bigint':
      return { text: String(value) };
    case 'number':
      if (!Number.isFinite(value)) return { why: 'it is no number' };
      if (Number.isSafeInteger(value)) return { text: String(value) };
      return numbers === 'shortest' ? { text: decimalText(value)! } : { why: BINARY };
    case 'object':
      if (value === null) return { text: undefined };
      if (value instanceof Date)
        return Number.isNaN(value.getTime()) ? { why: 'it is no moment' } : { text: value.toISOString() };
      break;
  }
  const text = decimalText(value);
  return text === undefined
    ? { why: 'a value is text, a number, a Decimal, true or false, a Date, or null' }
    : { text };
}

function shown(value: unknown): string {
  return typeof value === 'object' && !(value instanceof Date)
    ? Array.isArray(value)
      ? 'a list'
      : 'an object'
    : String(value);
}

/** The rows one by one; waiting for the next one ends when the signal is aborted. */
async function* interruptible(
  given: Iterable<unknown> | AsyncIterable<unknown>,
  limits: Limits | undefined,
): AsyncGenerator<unknown> {
  const signal = limits?.signal;
  if (!signal || !(Symbol.asyncIterator in given)) {
    yield* given;
    return;
  }
  const iterator = given[Symbol.asyncIterator]();
  let stop: () => void = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(stopOf(signal));
  });
  stopped.catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  let isDone = false;
  try {
    if (signal.aborted) throw stopOf(signal);
    for (;;) {
      const next = await Promise.race([iterator.next(), stopped]);
      if (next.done) {
        isDone = true;
        return;
      }
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    // not awaited: whoever keeps us waiting for rows may keep us waiting for this
    if (!isDone) void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}
