// Intervals hold every value that their parts can give.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  difference,
  greatestOf,
  hull,
  type Interval,
  interval,
  leastOf,
  opposite,
  product,
  quotient,
  sum,
} from '../../src/analyse/interval.ts';
import {
  add,
  compare,
  divide,
  type Exact,
  fraction,
  greatest,
  least,
  multiply,
  negate,
  subtract,
} from '../../src/base/exact.ts';

const value = fc
  .tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: 1, max: 3 }))
  .map(([a, b]) => fraction(a, b));

/** An interval, now and then open at an end, and a value in it. */
const within = fc.tuple(value, value, value, fc.integer({ min: 0, max: 3 })).map(([a, b, c, open]) => {
  const [low, middle, high] = [a, b, c].sort(compare) as [Exact, Exact, Exact];
  return {
    value: middle,
    bounds: interval(open === 1 || open === 3 ? undefined : low, open >= 2 ? undefined : high),
  };
});

function holds({ low, high }: Interval, one: Exact | undefined): boolean {
  return !one || ((!low || compare(one, low) >= 0) && (!high || compare(one, high) <= 0));
}

it.each<[string, (a: Interval, b: Interval) => Interval, (a: Exact, b: Exact) => Exact | undefined]>([
  ['sum', sum, add],
  ['difference', difference, subtract],
  ['product', product, multiply],
  ['quotient', quotient, divide],
  ['least', leastOf, least],
  ['greatest', greatestOf, greatest],
  ['opposite', opposite, negate],
  ['hull', (a, b) => hull([a, b]), (a) => a],
])('%s', (_, ofBounds, ofValues) => {
  const property = fc.property(within, within, (a, b) =>
    holds(ofBounds(a.bounds, b.bounds), ofValues(a.value, b.value)),
  );
  fc.assert(property, { numRuns: 2000 });
});

it('knows the ends of what is known', () => {
  const [zero, one, two] = [0, 1, 2].map((each) => fraction(each, 1)) as [Exact, Exact, Exact];
  expect(product({ low: zero }, { low: zero })).toEqual({ low: zero });
  expect(product({ low: one, high: two }, { low: negate(two), high: one })).toEqual({
    low: fraction(-4, 1),
    high: two,
  });
  expect(quotient({ low: zero }, { low: zero })).toEqual({ low: zero });
  expect(quotient({ low: one, high: one }, { low: two })).toEqual({ low: zero, high: fraction(1, 2) });
  expect(hull([])).toEqual({});
});
