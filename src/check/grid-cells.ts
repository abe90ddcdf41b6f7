// The cells of a grid laid out: one for each combination of keys. Rows that begin alike may go on with other keys than the
// rest; a dimension then has the keys of all of them.

import { compare, exact } from '../base/exact.ts';
import type { Grid, GridKey } from '../model/tables.ts';

/** A row of a grid, with its keys and cells read. */
export interface GridRow {
  readonly keys: readonly GridKey[];
  readonly cells: readonly string[];
}

/** What the rows of a grid come to. */
export interface LaidOut {
  /** Of each dimension, the columns' last. */
  readonly keys: readonly (readonly GridKey[])[];
  /** Of each combination of keys but the last: the row that holds. */
  readonly rows: readonly (GridRow | undefined)[];
  /** The last dimension running fastest; `undefined` where no row holds. */
  readonly cells: readonly (string | undefined)[];
}

/** All combinations of keys, and what holds for each. */
export function laidOut(rows: readonly GridRow[], columns: readonly GridKey[]): LaidOut {
  const keys = levels(rows);
  const found = combinations(keys).map(
    (wanted) => wanted.reduce<readonly GridRow[]>((left, key, index) => rowsAt(left, key, index), rows)[0],
  );
  const cells = found.flatMap((row) => columns.map((_, at) => row?.cells[at]));
  return { keys: [...keys, columns], rows: found, cells };
}

/** The keys of the row of each combination, where some aren't the combination itself. */
export function rowsWritten({ keys, rows }: LaidOut): Grid['rows'] {
  const wanted = combinations(keys.slice(0, -1));
  const same = rows.every((row, at) => JSON.stringify(row?.keys) === JSON.stringify(wanted[at]));
  return same ? undefined : rows.map((row) => row?.keys ?? null);
}

/** All keys of each dimension of the rows, in order, `otherwise` last. */
function levels(rows: readonly GridRow[]): readonly (readonly GridKey[])[] {
  const depth = rows[0]?.keys.length ?? 0;
  return Array.from({ length: depth }, (_, index) => {
    const found = new Map(rows.map(({ keys }) => [JSON.stringify(keys[index]), keys[index]!]));
    return [...found.values()].sort(inOrder);
  });
}

function inOrder(a: GridKey, b: GridKey): number {
  if (a.kind === 'otherwise' || b.kind === 'otherwise')
    return Number(a.kind === 'otherwise') - Number(b.kind === 'otherwise');
  // words stay as they are written
  if (a.kind === 'word' || b.kind === 'word') return 0;
  return compare(exact(a.at), exact(b.at)) || Number(b.includes) - Number(a.includes);
}

function combinations(keys: readonly (readonly GridKey[])[]): readonly (readonly GridKey[])[] {
  return keys.reduce<readonly (readonly GridKey[])[]>(
    (all, each) => all.flatMap((before) => each.map((key) => [...before, key])),
    [[]],
  );
}

/** The rows that hold for all values for which that key does. */
function rowsAt(rows: readonly GridRow[], wanted: GridKey, index: number): readonly GridRow[] {
  const keyOf = (row: GridRow): GridKey => row.keys[index]!;
  const reached = rows.filter((row) => covers(keyOf(row), wanted));
  const last = reached.at(-1);
  if (last) return reached.filter((row) => JSON.stringify(keyOf(row)) === JSON.stringify(keyOf(last)));
  return rows.filter((row) => keyOf(row).kind === 'otherwise');
}

function covers(key: GridKey, wanted: GridKey): boolean {
  if (key.kind === 'word') return wanted.kind === 'word' && key.word === wanted.word;
  if (key.kind === 'otherwise' || wanted.kind !== 'bound') return false;
  const order = compare(exact(wanted.at), exact(key.at));
  return order > 0 || (order === 0 && (key.includes || !wanted.includes));
}

/** What stands in cells that no row gives: below the first bounds a grid gives 0. */
export function filled(cells: readonly (string | undefined)[]): Grid['cells'] {
  return cells.map((each) => each ?? '0');
}
