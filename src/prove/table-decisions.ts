// The decisions of tables: each tier, each segment of a curve, each cell of a grid, and what lies outside of them.

import { boundsOf } from '../analyse/bounds.ts';
import { allFormulas } from '../analyse/formulas.ts';
import { hull, type Interval } from '../analyse/interval.ts';
import { declared, placeKey, readingOf } from '../analyse/reading.ts';
import { readsOfCurve, readsOfRates } from '../analyse/tables.ts';
import { compare, exact } from '../base/exact.ts';
import type { Span } from '../base/source.ts';
import { valueNotation } from '../library/notation.ts';
import { walk } from '../library/parts.ts';
import { ABOVE, BELOW, GRID_BELOW, PAST } from '../library/table-decisions.ts';
import { type GridCell, gridCells, hasBelow, tableWays } from '../library/table-ways.ts';
import type { GridNode } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import type { Curve, Grid, GridKey, Rates } from '../model/tables.ts';
import type { Listing, Way } from './decisions.ts';
import { provedAt } from './impossible.ts';

export function listTables(listing: Listing): void {
  const { model } = listing;
  const read = tablesRead(model);
  const put = (
    kind: 'tier' | 'curve' | 'grid',
    table: Rates | Curve | Grid,
    { word, ways }: { readonly word: string; readonly ways: readonly Way[] },
  ): void => {
    const why = read.has(table.name) ? undefined : 'nothing reads it';
    listing.put(
      { kind, span: table.span },
      `${word} \`${table.name}\``,
      ways.map((each) => ({ ...each, impossible: why ?? each.impossible })),
    );
  };
  for (const rates of model.rates) put('tier', rates, { word: 'rates', ways: tiersOf(model, rates) });
  for (const curve of model.curves) put('curve', curve, { word: 'curve', ways: segmentsOf(model, curve) });
  for (const grid of model.grids) put('grid', grid, { word: 'grid', ways: cellsOf(model, grid) });
}

/** The names of the tables that formulas and scorecards read. */
function tablesRead(model: Model): ReadonlySet<string> {
  const curves = model.roles.flatMap(({ scorecard = [] }) => scorecard.flatMap(({ curve }) => curve ?? []));
  const found = new Set(curves);
  for (const { value } of allFormulas(model))
    walk(value, (node) => {
      if (node.kind === 'rates') found.add(node.rates);
      if (node.kind === 'curve') found.add(node.curve);
      if (node.kind === 'grid') found.add(node.grid);
    });
  return found;
}

function tiersOf(model: Model, rates: Rates): readonly Way[] {
  const { tiers, input } = rates;
  const reads = hull(readsOfRates(model, rates.name));
  return tableWays(rates).map((way): Way => {
    if (way === BELOW)
      return {
        way,
        words: `below ${valueNotation(tiers[0]!.bound, input)}`,
        impossible: neverBelow(reads, tiers[0]!),
        span: tiers[0]!.span,
      };
    if (way === PAST) {
      const last = tiers.at(-1)!;
      return { way, words: `past its end, ${valueNotation(last.until!, input)}`, span: last.span };
    }
    const { bound, includes, span } = tiers[Number(way)]!;
    const words = `tier ${includes ? 'from' : 'above'} ${valueNotation(bound, input)}`;
    return { way, words, impossible: provedAt(model, 'tier', span), span };
  });
}

/** Why nothing lies below a first bound. */
function neverBelow(
  { low }: Interval,
  { bound, includes }: { readonly bound: string; readonly includes: boolean },
): string | undefined {
  const order = low ? compare(low, exact(bound)) : -1;
  return order > 0 || (order === 0 && includes) ? 'what it reads is never below its first bound' : undefined;
}

function segmentsOf(model: Model, curve: Curve): readonly Way[] {
  const { points, input, mode } = curve;
  const reads = hull(readsOfCurve(model, curve.name));
  const at = (index: number): string => valueNotation(points[index]!.at, input);
  return tableWays(curve).map((way): Way => {
    const { span } = points.at(-1)!;
    if (way === BELOW) {
      const first = points[0]!;
      const impossible = neverBelow(reads, { bound: first.at, includes: true });
      return { way, words: `below ${at(0)}`, impossible, span: first.span };
    }
    if (way === ABOVE) {
      const isBeyond = reads.high !== undefined && compare(reads.high, exact(points.at(-1)!.at)) <= 0;
      const impossible = isBeyond ? 'what it reads is never above its last point' : undefined;
      return { way, words: `above ${at(points.length - 1)}`, impossible, span };
    }
    const from = Number(way);
    const words =
      mode === 'linear' && from + 1 < points.length
        ? `from ${at(from)} to ${at(from + 1)}`
        : `from ${at(from)}`;
    const own = points[from]!.span;
    return { way, words, impossible: provedAt(model, 'point', own), span: own };
  });
}

// ---- grids -------------------------------------------------------------------------------------------------------

function cellsOf(model: Model, grid: Grid): readonly Way[] {
  const spans = cellSpans(model, grid);
  const cells = gridCells(grid).map((cell): Way => {
    const span = spans.get(cell.way);
    return { way: cell.way, words: keysText(grid, cell), ...(span ? { span } : {}) };
  });
  if (!hasBelow(grid)) return cells;
  const impossible = neverBelowGrid(model, grid);
  return [...cells, { way: GRID_BELOW, words: 'outside of its keys', impossible }];
}

function keysText({ dimensions }: Grid, { keys }: GridCell): string {
  const texts = keys.map((key, index) => keyText(key, dimensions[index]!));
  // the row of the rest is one word, however many keys others have
  const isRest = keys.slice(0, -1).every(({ kind }) => kind === 'otherwise');
  return (isRest ? texts.slice(-2) : texts).join(', ');
}

function keyText(key: GridKey, { type }: Grid['dimensions'][number]): string {
  switch (key.kind) {
    case 'otherwise':
      return 'otherwise';
    case 'word':
      return key.word;
    case 'bound':
      return `${key.includes ? 'from' : 'above'} ${valueNotation(key.at, type)}`;
    default:
      return key satisfies never;
  }
}

/** Where each cell is written. */
function cellSpans(model: Model, grid: Grid): ReadonlyMap<string, Span> {
  const written = declared(readingOf(model), 'grid').find(
    (each) => placeKey(each.name.span) === placeKey(grid.span),
  );
  return new Map(
    (written?.rows ?? []).flatMap((row, at) =>
      row.values.map(({ span }, column): [string, Span] => [`${at},${column}`, span]),
    ),
  );
}

/** Why no value lies outside of the keys of a grid: all of its dimensions begin below what is read there. */
function neverBelowGrid(model: Model, grid: Grid): string | undefined {
  if (grid.rows || grid.dimensions.some(({ keys }) => keys[0]!.kind === 'word')) return undefined;
  const inside = grid.dimensions.every(({ keys: [first] }, index) => {
    if (first!.kind !== 'bound') return first!.kind === 'otherwise';
    const { at, includes } = first!;
    return neverBelow(hull(readsOfGrid(model, grid, index)), { bound: at, includes }) !== undefined;
  });
  return inside ? 'what it reads is never below its first bounds' : undefined;
}

function readsOfGrid(model: Model, { name }: Grid, index: number): readonly Interval[] {
  const found: Interval[] = [];
  for (const { value, event } of allFormulas(model))
    walk(value, (node) => {
      if (node.kind !== 'grid' || node.grid !== name) return;
      found.push(readBounds(model, node, { index, ...(event ? { event } : {}) }));
    });
  return found;
}

function readBounds(
  model: Model,
  { args, ratio }: GridNode,
  { index, ...place }: { readonly index: number; readonly event?: Model['events'][number] },
): Interval {
  return ratio?.argument === index ? {} : boundsOf({ model, ...place }, args[index]!);
}
