// All the parts that a table has: the tiers, the segments of a curve, the cells of a grid, as decisions name them.

import type { Curve, Grid, GridKey, Rates } from '../model/tables.ts';
import { lastKeys, rowNumbers, waysOf } from './table-decisions.ts';

/** All ways that a table of rates or a curve can go, from below. */
export function tableWays(table: Rates | Curve): readonly string[] {
  const { below, edges } = waysOf(table);
  return [...new Set([below, ...edges.map((each) => each.way)])];
}

/** A cell of a grid as it is written. */
export interface GridCell {
  readonly way: string;
  /** The keys of its row and column. */
  readonly keys: readonly GridKey[];
  /** Its text. */
  readonly text: string;
}

/** The cells of a grid. */
export function gridCells(grid: Grid): readonly GridCell[] {
  const columns = lastKeys(grid);
  const found = new Map<string, GridCell>();
  for (const [at, row] of rowNumbers(grid).entries()) {
    if (row === undefined) continue;
    const rowKeys = grid.rows ? grid.rows[at]! : keysOfRow(grid, at);
    for (const [column, key] of columns.entries()) {
      const way = `${row},${column}`;
      const text = grid.cells[at * columns.length + column]!;
      if (!found.has(way)) found.set(way, { way, keys: [...rowKeys, key], text });
    }
  }
  return [...found.values()];
}

function keysOfRow({ dimensions }: Grid, at: number): readonly GridKey[] {
  let rest = at;
  const keys: GridKey[] = [];
  for (const { keys: own } of dimensions.slice(0, -1).reverse()) {
    keys.unshift(own[rest % own.length]!);
    rest = Math.floor(rest / own.length);
  }
  return keys;
}

/** Whether a value can lie below all bounds of a grid, or be a word that none of its keys names. */
export function hasBelow(grid: Grid): boolean {
  const isOpen = grid.dimensions.some(({ keys, type }) => {
    if (keys.some((each) => each.kind === 'otherwise')) return false;
    if (type.kind !== 'enumeration') return true;
    return type.members.some((word) => !keys.some((each) => each.kind === 'word' && each.word === word));
  });
  return isOpen || rowNumbers(grid).includes(undefined);
}
