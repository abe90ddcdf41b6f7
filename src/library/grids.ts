// Grids, read at one value in each dimension: the cell, and the keys that decide it. This is what they mean, for people and
// for rows; databases work it out as nested choices.

import { compare, type Exact, exact, ZERO } from '../base/exact.ts';
import type { Grid, GridKey } from '../model/tables.ts';
import type { Cell } from '../model/value.ts';
import { constantValue } from './constant.ts';

/**
 * The key that holds for a value in each dimension, by its index: of bounds the last one that is reached, of words the one
 * that is the value, else `otherwise`; -1 below the first bound. `undefined` where a value is missing.
 */
export function keysAt({ dimensions }: Grid, values: readonly Cell[]): readonly number[] | undefined {
  const places: number[] = [];
  for (const [index, { keys }] of dimensions.entries()) {
    const value = values[index];
    if (value === undefined) return undefined;
    const found = keys.findLastIndex((key) => {
      if (key.kind === 'otherwise') return false;
      if (key.kind === 'word') return key.word === value;
      const order = compare(value as Exact, exact(key.at));
      return order > 0 || (order === 0 && key.includes);
    });
    places.push(found >= 0 ? found : keys.findIndex((each) => each.kind === 'otherwise'));
  }
  return places;
}

/** The cell for a value in each dimension: 0 below the first bounds, where words are given missing. */
export function cellAt(grid: Grid, values: readonly Cell[]): Cell {
  const places = keysAt(grid, values);
  if (!places) return undefined;
  if (places.includes(-1) || rowAt(grid, places) === null) return hasWords(grid) ? undefined : ZERO;
  return constantValue(grid.output, grid.cells[indexOf(grid, places)]!);
}

/** The keys of the row that holds, as they are written; null where none does, and `undefined` where every key has its own. */
export function rowAt(grid: Grid, places: readonly number[]): readonly GridKey[] | null | undefined {
  if (!grid.rows) return undefined;
  const own = places.slice(0, -1);
  return own.includes(-1) ? null : grid.rows[indexOf(grid, own)]!;
}

function hasWords({ output }: Grid): boolean {
  return output.kind === 'enumeration' || output.kind === 'text';
}

/** The index of a combination of keys, the last one running fastest. */
function indexOf({ dimensions }: Grid, places: readonly number[]): number {
  return places.reduce((all, place, index) => all * dimensions[index]!.keys.length + place, 0);
}
