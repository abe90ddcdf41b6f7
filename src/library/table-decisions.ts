// In which part of a table a value lies, as decisions are told: the tier, the segment of a curve, the cell of a grid.

import { compare, type Exact, exact, isZero } from '../base/exact.ts';
import type { Decision } from '../model/decision.ts';
import type { Curve, Grid, GridKey, Rates } from '../model/tables.ts';
import type { Cell } from '../model/value.ts';
import { heldTo, withHeld } from './decisions.ts';
import { keysAt } from './grids.ts';
import { once } from './pieces.ts';

/** Below the first bound of a table of rates or a curve, above the last of a curve, and past the end of amounts. */
export const BELOW = '-1';
export const ABOVE = 'above';
export const PAST = 'past';
/** Below the first bounds of a grid, or for a word that no key names. */
export const GRID_BELOW = 'below';

interface Edge {
  /** Which way a value goes from here up. */
  readonly way: string;
  readonly bound: Exact;
  readonly includes: boolean;
}

/** A table of one value: the way below the first bound, and from where up it goes which. */
interface Ways {
  readonly below: string;
  readonly edges: readonly Edge[];
}

const tierWays = once(({ mode, tiers }: Rates): Ways => {
  const edges = tiers.map(
    ({ bound, includes }, at): Edge => ({ way: String(at), bound: exact(bound), includes }),
  );
  const first = edges[0];
  const until = mode === 'amounts' ? tiers.at(-1)?.until : undefined;
  return {
    // a first tier from 0 goes on below it, for refunds
    below: first && isZero(first.bound) ? first.way : BELOW,
    edges: [...edges, ...(until === undefined ? [] : [{ way: PAST, bound: exact(until), includes: false }])],
  };
});

/**
 * A segment goes from one point up to the next; of a linear curve the last point is the end of the segment below it. Past
 * it the curve goes on as it says, if that is something else.
 */
const curveWays = once((curve: Curve): Ways => {
  const { mode, points, above, slope } = curve;
  const last = points.at(-1)!;
  const isEnd = mode === 'linear' && !startsAnew(points);
  const edges = points.flatMap((each, index): readonly Edge[] =>
    each.upTo || (isEnd && each === last)
      ? []
      : [{ way: String(index), bound: exact(each.at), includes: true }],
  );
  const goesOn =
    slope !== undefined || isEnd || (above ?? (mode === 'steps' ? last.score : undefined)) !== last.score;
  const end: Edge = { way: ABOVE, bound: exact(last.at), includes: false };
  return { below: BELOW, edges: goesOn ? [...edges, end] : edges };
});

/** Whether the last point stands where another one says what lies just below it, or is the only one. */
function startsAnew(points: Curve['points']): boolean {
  const before = points.at(-2);
  return !before || before.upTo === true;
}

export function waysOf(table: Rates | Curve): Ways {
  return 'tiers' in table ? tierWays(table) : curveWays(table);
}

/** In which tier or segment a value lies, with the bounds around it. */
export function tableDecision(table: Rates | Curve, value: Exact): Decision {
  const { below, edges } = waysOf(table);
  const at = edges.findLastIndex(({ bound, includes }) => {
    const order = compare(value, bound);
    return order > 0 || (order === 0 && includes);
  });
  const around = [edges[at], edges[at + 1]].filter((each) => each !== undefined);
  return {
    kind: 'tiers' in table ? 'tier' : 'curve',
    span: table.span,
    way: edges[at]?.way ?? below,
    ...withHeld(around.flatMap(({ bound, includes }) => heldTo(value, bound, includes))),
  };
}

/** Which cell of a grid decides; nothing where a value is missing. */
export function gridDecision(grid: Grid, values: readonly Cell[]): Decision | undefined {
  const places = keysAt(grid, values);
  if (!places) return undefined;
  const held = grid.dimensions.flatMap(({ keys }, index) => {
    const at = places[index]!;
    const around = [keys[at], keys[at + 1]];
    return around.flatMap((key) =>
      key?.kind === 'bound' ? heldTo(values[index], exact(key.at), key.includes) : [],
    );
  });
  return { kind: 'grid', span: grid.span, way: cellWay(grid, places), ...withHeld(held) };
}

function cellWay(grid: Grid, places: readonly number[]): string {
  if (places.includes(-1)) return GRID_BELOW;
  const row = rowNumbers(grid)[rowIndex(grid, places)];
  return row === undefined ? GRID_BELOW : `${row},${places.at(-1)}`;
}

function rowIndex({ dimensions }: Grid, places: readonly number[]): number {
  return places.slice(0, -1).reduce((all, at, index) => all * dimensions[index]!.keys.length + at, 0);
}

/**
 * Of each combination of keys but the last dimension's, which row as it is written gives its cells, by its number among
 * those of the grid; `undefined` where none does.
 */
export const rowNumbers = once((grid: Grid): readonly (number | undefined)[] => {
  const { rows } = grid;
  if (!rows) return Array.from({ length: grid.cells.length / lastKeys(grid).length }, (_, at) => at);
  // the row of the rest gives cells of combinations that come before those of other rows
  const written = new Map(rows.flatMap((keys) => (keys ? [[JSON.stringify(keys), keys] as const] : [])));
  const inOrder = [...written].sort(([, a], [, b]) => byKeys(grid, a, b)).map(([text]) => text);
  return rows.map((keys) => (keys ? inOrder.indexOf(JSON.stringify(keys)) : undefined));
});

export function lastKeys({ dimensions }: Grid): readonly GridKey[] {
  return dimensions.at(-1)!.keys;
}

/** Rows as they are written: by the place of each of their keys among those of its dimension. */
function byKeys({ dimensions }: Grid, a: readonly GridKey[], b: readonly GridKey[]): number {
  for (const [index, { keys }] of dimensions.slice(0, -1).entries()) {
    const places = keys.map((each) => JSON.stringify(each));
    const order = places.indexOf(JSON.stringify(a[index])) - places.indexOf(JSON.stringify(b[index]));
    if (order !== 0) return order;
  }
  return 0;
}
