// How values are spread: nearest-rank quantiles, the mean, and how many lie in each of a few bands.

import {
  add,
  compare,
  divide,
  type Exact,
  exactText,
  fraction,
  multiply,
  roundTo,
  subtract,
  whole,
  ZERO,
} from '../base/exact.ts';
import type { Band, Quantiles } from '../model/backtest.ts';

export function ascending(values: readonly Exact[]): readonly Exact[] {
  return [...values].sort(compare);
}

/** The value at the place `ceil(percent / 100 * n)` from below; of no values none. */
export function ranked<T>(sorted: readonly T[], percent: number): T | undefined {
  return sorted[Math.max(1, Math.ceil((percent * sorted.length) / 100)) - 1];
}

/** Quantiles of values in ascending order; `textOf` writes one of them. */
export function quantilesOf<T>(sorted: readonly T[], textOf: (value: T) => string): Quantiles {
  const at = (percent: number): string | null => {
    const value = ranked(sorted, percent);
    return value === undefined ? null : textOf(value);
  };
  return {
    min: at(0),
    p10: at(10),
    p25: at(25),
    p50: at(50),
    p75: at(75),
    p90: at(90),
    max: at(100),
  };
}

export function sumOfAll(values: readonly Exact[]): Exact {
  return values.reduce(add, ZERO);
}

export function meanOf(values: readonly Exact[]): Exact | undefined {
  return divide(sumOfAll(values), whole(values.length));
}

/** A part of a whole as text; null where the whole is nothing. */
export function shareText(part: number, of: number): string | null {
  return of === 0 ? null : exactText(fraction(part, of));
}

/** The values in bands that end at the given places, the first and the last of them open. */
export function bandsAt(values: readonly Exact[], ends: readonly Exact[]): readonly Band[] {
  const counts = Array.from({ length: ends.length + 1 }, () => 0);
  for (const value of values) {
    const above = ends.findIndex((end) => compare(value, end) < 0);
    counts[above < 0 ? ends.length : above]!++;
  }
  return counts.map((count, index) => ({
    ...(index > 0 ? { from: exactText(ends[index - 1]!) } : {}),
    ...(index < ends.length ? { until: exactText(ends[index]!) } : {}),
    count,
  }));
}

/** About so many bands are made of values. */
const BANDS = 10;

/** The values in even bands of a round width, 1, 2 or 5 times a power of ten. */
export function evenBands(sorted: readonly Exact[]): readonly Band[] {
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return [];
  const width = roundWidth(divide(subtract(last, first), whole(BANDS))!);
  const bands: { readonly from: string; readonly until: string; count: number }[] = [];
  let from = roundTo(first, width, 'floor');
  let at = 0;
  while (at < sorted.length) {
    const until = add(from, width);
    let count = 0;
    for (; at < sorted.length && compare(sorted[at]!, until) < 0; at++) count++;
    bands.push({ from: exactText(from), until: exactText(until), count });
    from = until;
  }
  return bands;
}

/** The least round width that isn't below one. */
function roundWidth(least: Exact): Exact {
  let unit = whole(1);
  for (;;) {
    for (const times of [1, 2, 5]) {
      const width = multiply(unit, whole(times));
      if (compare(width, least) >= 0) return width;
    }
    unit = multiply(unit, whole(10));
  }
}
