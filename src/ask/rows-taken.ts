// Which of several rows an aggregate takes that doesn't add them up: the first, the last, the largest, the middle ones.

import { compare, type Exact, exact, exactText, multiply, ONE, roundTo, whole } from '../base/exact.ts';
import type { Measure } from '../model/policy.ts';
import type { Counted } from './rows-asked.ts';

/** The places, in the list, of the rows that an aggregate takes; none of one that adds rows up. */
export function takenOf(measure: Measure, counted: readonly Counted[]): ReadonlySet<number> {
  if (counted.length === 0) return new Set();
  const byValue = counted
    .map(({ value }, at) => ({ at, value: value as Exact }))
    .toSorted((a, b) => (typeof a.value === 'object' ? compare(a.value, b.value) : 0));
  const ranked = (place: number): ReadonlySet<number> => new Set([byValue[place - 1]!.at]);
  const count = counted.length;
  switch (measure.aggregate) {
    case 'sum':
    case 'count':
    case 'distinct':
      return new Set();
    case 'first':
    case 'last':
      return firstOfEach(counted, measure.aggregate);
    case 'min':
      return ranked(1);
    case 'max':
      return ranked(count);
    case 'lower middle':
      return new Set([byValue[Math.ceil(count / 2) - 1]!.at, byValue[Math.floor(count / 2)]!.at]);
    case 'upper middle':
      return ranked(Math.floor(count / 2) + 1);
    case 'percentile':
      return ranked(Number(roundTo(multiply(exact(measure.place!), whole(count)), ONE, 'ceil').num));
    default:
      return measure.aggregate satisfies never;
  }
}

/** The first, or last, row; where it is for each of something, of each. Rows come in order of time. */
function firstOfEach(counted: readonly Counted[], which: 'first' | 'last'): ReadonlySet<number> {
  const places = counted.map((_, at) => at);
  if (which === 'last') places.reverse();
  const found = new Map<string, number>();
  for (const at of places) {
    const { each } = counted[at]!;
    const key = typeof each === 'object' ? exactText(each) : String(each);
    if (!found.has(key)) found.set(key, at);
  }
  return new Set(found.values());
}
