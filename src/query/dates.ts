// The dates by which queries put rows into buckets, and the days of each that a run looks at.

import type { Expression } from '../model/expression.ts';
import type { AggregateQuery, Bucket } from './query.ts';

interface Days {
  readonly from: number;
  readonly until: number;
}

/** What a date of rows is known by: formulas that are written alike are one. */
export function dateKey(by: Expression): string {
  return JSON.stringify(by, (name, value) => (name === 'span' || name === 'optional' ? undefined : value));
}

/** The other dates by which queries look at an event, each with its days. */
export function otherDates(
  event: string,
  queries: readonly AggregateQuery[],
): readonly { readonly date: Expression; readonly days: Days }[] {
  const found = new Map<string, { readonly date: Expression; readonly buckets: Bucket[] }>();
  for (const { by, buckets } of queries.filter((each) => each.event === event)) {
    if (!by) continue;
    const same = found.get(dateKey(by));
    if (same) same.buckets.push(...buckets);
    else found.set(dateKey(by), { date: by, buckets: [...buckets] });
  }
  return [...found.values()].map(({ date, buckets }) => ({
    date,
    days: {
      from: Math.min(...buckets.map((each) => each.from)),
      until: Math.max(...buckets.map((each) => each.until)),
    },
  }));
}
