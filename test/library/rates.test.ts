// Tables of rates and amounts, against the plainest reading of what they mean: each unit of a value by itself, in whole
// numbers.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  compare,
  type Exact,
  equals,
  exact,
  exactText,
  fraction,
  subtract,
  whole,
  ZERO,
} from '../../src/base/exact.ts';
import { amountAfter, amountAt, rateAt, slices, tierAt } from '../../src/library/rates.ts';
import type { Rates } from '../../src/model/tables.ts';

const span = { source: '', start: 0, end: 0 };

/** A tier in whole numbers: rates in hundredths. */
interface Plain {
  readonly bound: number;
  readonly includes: boolean;
  readonly rate: number;
  readonly onAll: boolean;
}

const plainTiers = fc
  .uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 5 })
  .chain((bounds) =>
    fc.tuple(
      ...bounds
        .toSorted((a, b) => a - b)
        .map((bound) =>
          fc.record({
            bound: fc.constant(bound),
            includes: fc.boolean(),
            rate: fc.integer({ min: 0, max: 100 }),
            onAll: fc.boolean(),
          }),
        ),
    ),
  );

function ratesOf(mode: Rates['mode'], tiers: readonly Plain[], until?: number): Rates {
  return {
    name: 'r',
    mode,
    input: { kind: 'number' },
    rate: { kind: 'percent' },
    tiers: tiers.map(({ bound, includes, rate, onAll }, at) => ({
      bound: String(bound),
      includes,
      rate: exactText(fraction(rate, 100)),
      ...(onAll && mode === 'marginal' ? { onAll: true as const } : {}),
      ...(until !== undefined && at === tiers.length - 1 ? { until: String(until) } : {}),
      span,
    })),
    span,
  };
}

/** The tier that a whole number lies in, by looking at each. */
function lies(tiers: readonly Plain[], value: number): number {
  let found = -1;
  tiers.forEach(({ bound, includes }, at) => {
    if (value > bound || (includes && value === bound)) found = at;
  });
  return found < 0 && tiers[0]!.bound === 0 ? 0 : found;
}

/** In hundredths: each unit at the rate of the tier that it lies in; what a tier rates on all is rated anew. */
function unitByUnit(tiers: readonly Plain[], value: number, anew: boolean): bigint {
  const reached = lies(tiers, value);
  if (reached < 0) return 0n;
  if (value < 0) return BigInt(value) * BigInt(tiers[0]!.rate);
  const onAll = anew ? tiers.findLastIndex((each, at) => each.onAll && at <= reached) : -1;
  let sum = 0n;
  for (let unit = 0; unit < value; unit++) {
    // the unit from n to n + 1 lies in the last tier that begins at n or below
    const own = tiers.findLastIndex(({ bound }) => bound <= unit);
    const tier = Math.max(own, onAll);
    if (tier >= 0) sum += BigInt(tiers[tier]!.rate);
  }
  return sum;
}

const values = fc.integer({ min: -50, max: 400 });
const total = (parts: readonly Exact[]): Exact => parts.reduce(add, ZERO);

describe('marginal', () => {
  test('each unit at the rate of its own tier, or of the tier that rates all below it', () => {
    fc.assert(
      fc.property(plainTiers, values, (tiers, value) => {
        const rates = ratesOf('marginal', tiers);
        expect(amountAt(rates, whole(value))).toEqual(fraction(unitByUnit(tiers, value, true), 100));
        expect(tierAt(rates, whole(value))).toBe(lies(tiers, value));
      }),
    );
  });

  test('without a tier on all: continuous, and never falling', () => {
    const value = fc.tuple(fc.integer({ min: -1000, max: 9000 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(plainTiers, value, value, (tiers, [a, over], [b, under]) => {
        const rates = ratesOf(
          'marginal',
          tiers.map((each) => ({ ...each, onAll: false })),
        );
        const [low, high] = [fraction(a, over), fraction(b, under)].sort(compare) as [Exact, Exact];
        const rise = subtract(amountAt(rates, high), amountAt(rates, low));
        // rates are 0 to 100 %: so much more gives at most that much more
        expect(compare(rise, ZERO)).toBeGreaterThanOrEqual(0);
        expect(compare(rise, subtract(high, low))).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('whole', () => {
  test('all of the value at the rate reached', () => {
    fc.assert(
      fc.property(plainTiers, values, (tiers, value) => {
        const rates = ratesOf('whole', tiers);
        const rate = tiers[lies(tiers, value)]?.rate ?? 0;
        expect(rateAt(rates, whole(value))).toEqual(fraction(rate, 100));
        expect(amountAt(rates, whole(value))).toEqual(fraction(BigInt(value) * BigInt(rate), 100));
      }),
    );
  });
});

describe('amounts', () => {
  test('each tier adds its amount, in proportion to how much of it is reached', () => {
    fc.assert(
      fc.property(plainTiers, fc.integer({ min: 1, max: 50 }), values, (tiers, width, value) => {
        const until = tiers.at(-1)!.bound + width;
        const rates = ratesOf('amounts', tiers, until);
        const ends = [...tiers.slice(1).map((each) => each.bound), until];
        const parts = tiers.map(({ bound, rate }, at) => {
          const reached = Math.max(0, Math.min(value, ends[at]!) - bound);
          return fraction(BigInt(rate) * BigInt(reached), 100n * BigInt(ends[at]! - bound));
        });
        const refund =
          value < 0 && tiers[0]!.bound === 0
            ? [fraction(BigInt(tiers[0]!.rate) * BigInt(value), 100n * BigInt(ends[0]!))]
            : [];
        expect(equals(amountAt(rates, whole(value)), total([...parts, ...refund]))).toBe(true);
      }),
    );
  });
});

describe.each(['marginal', 'whole', 'amounts'] as const)('in every mode: %s', (mode) => {
  const exactly = fc
    .tuple(fc.integer({ min: -2000, max: 4000 }), fc.integer({ min: 1, max: 9 }))
    .map(([a, b]) => fraction(a, b));
  const table = plainTiers.map((tiers) =>
    ratesOf(mode, tiers, mode === 'amounts' ? tiers.at(-1)!.bound + 10 : undefined),
  );

  test('slices add up to the amount', () => {
    fc.assert(
      fc.property(table, exactly, (rates, value) => {
        expect(equals(total(slices(rates, value).map((each) => each.amount)), amountAt(rates, value))).toBe(
          true,
        );
      }),
    );
  });

  test('lines after each other add up to the total, refunds too', () => {
    fc.assert(
      fc.property(table, fc.array(exactly, { minLength: 1, maxLength: 8 }), (rates, lines) => {
        let before: Exact = ZERO;
        let sum: Exact = ZERO;
        for (const line of lines) {
          sum = add(sum, amountAfter(rates, line, before));
          before = add(before, line);
        }
        // what comes to 0 is nothing: a table gives nothing for 0
        expect(equals(amountAt(rates, ZERO), ZERO)).toBe(true);
        expect(equals(sum, amountAt(rates, before))).toBe(true);
      }),
    );
  });
});

test('a tier on all, at its bound and just above', () => {
  // 5 %; from 50: 10 % on all; above 100: 20 %
  const rates: Rates = {
    ...ratesOf('marginal', []),
    tiers: [
      { bound: '0', includes: true, rate: '0.05', span },
      { bound: '50', includes: true, rate: '0.1', onAll: true, span },
      { bound: '100', includes: false, rate: '0.2', span },
    ],
  };
  const at = (value: string) => exactText(amountAt(rates, exact(value)));
  // 49.99 × 5 % = 2.4995; 50 × 10 % = 5; 100 × 10 % = 10; and 20 × 20 % = 4 more
  expect(['49.99', '50', '100', '120', '-10'].map(at)).toEqual(['2.4995', '5', '10', '14', '-0.5']);
  const above = {
    ...rates,
    tiers: rates.tiers.map((each, tier) => (tier === 1 ? { ...each, includes: false } : each)),
  };
  expect(exactText(amountAt(above, whole(50)))).toBe('2.5');
  expect(exactText(amountAt(above, exact('50.01')))).toBe('5.001');
  const shown = slices(rates, whole(120)).map(({ tier, part, amount }) => [
    tier,
    exactText(part),
    exactText(amount),
  ]);
  expect(shown).toEqual([
    [1, '100', '10'],
    [2, '20', '4'],
  ]);
});
