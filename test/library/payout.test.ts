// Tables of rates and curves, against the plainest reading of what they mean.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compare,
  type Exact,
  equals,
  exact,
  exactText,
  fraction,
  subtract,
  whole,
} from '../../src/base/exact.ts';
import {
  amountOf,
  type CurveTable,
  type RatesTable,
  rateAt,
  readCurve,
  scoreOf,
  slices,
  topOf,
} from '../../src/library/payout.ts';

const bounds = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 5 });

function ratesTable(
  mode: RatesTable['mode'],
  starts: readonly number[],
  percents: readonly number[],
): RatesTable {
  const sorted = [...starts].sort((a, b) => a - b);
  return {
    mode,
    tiers: sorted.map((bound, at) => ({
      bound: whole(bound),
      includes: at % 2 === 0,
      rate: fraction(percents[at % percents.length]!, 100),
    })),
  };
}

describe('rates', () => {
  const percents = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 5 });

  test('a marginal amount is each unit at the rate of its own tier', () => {
    fc.assert(
      fc.property(bounds, percents, fc.integer({ min: -50, max: 1500 }), (starts, each, value) => {
        const rates = ratesTable('marginal', starts, each);
        const lower = rates.tiers.map(({ bound }) => BigInt(bound.num));
        // in hundredths: unit [n, n + 1) lies in the last tier that begins at or below n
        let hundredths = 0n;
        for (let unit = 0n; unit < BigInt(value); unit++) {
          const tier = lower.findLastIndex((bound) => bound <= unit);
          if (tier >= 0) hundredths += BigInt(each[tier % each.length]!);
        }
        if (value < 0 && lower[0] === 0n) hundredths = BigInt(value) * BigInt(each[0]!);
        expect(amountOf(rates, whole(value))).toEqual(fraction(hundredths, 100));
      }),
    );
  });

  test('a marginal amount never falls as the value grows, and its slices add up', () => {
    const value = fc.tuple(fc.integer({ min: -1000, max: 20_000 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(bounds, percents, value, value, (starts, each, [a, over], [b, under]) => {
        const rates = ratesTable('marginal', starts, each);
        const [low, high] = [fraction(a, over), fraction(b, under)].sort(compare) as [Exact, Exact];
        expect(compare(amountOf(rates, low), amountOf(rates, high))).toBeLessThanOrEqual(0);
        for (const { tier, part, amount } of slices(rates, high)) {
          const { rate } = rates.tiers[tier]!;
          expect(
            equals(
              amount,
              fraction(BigInt(part.num) * BigInt(rate.num), BigInt(part.den) * BigInt(rate.den)),
            ),
          ).toBe(true);
        }
      }),
    );
  });

  test('a whole amount is the value at the rate reached', () => {
    fc.assert(
      fc.property(bounds, percents, fc.integer({ min: -50, max: 1500 }), (starts, each, value) => {
        const rates = ratesTable('whole', starts, each);
        const reached = rates.tiers.filter(
          ({ bound, includes }) => value > Number(bound.num) || (includes && value === bound.num),
        );
        const rate =
          reached.at(-1)?.rate ?? (rates.tiers[0]!.bound.num === 0 ? rates.tiers[0]!.rate : whole(0));
        expect(rateAt(rates, whole(value))).toEqual(rate);
        expect(amountOf(rates, whole(value))).toEqual(fraction(BigInt(value) * BigInt(rate.num), rate.den));
      }),
    );
  });
});

describe('curves', () => {
  const scores = fc.array(fc.integer({ min: -100, max: 200 }), { minLength: 5, maxLength: 5 });
  const curve = (mode: CurveTable['mode'], at: readonly number[], given: readonly number[]): CurveTable => ({
    mode,
    points: [...at]
      .sort((a, b) => a - b)
      .map((each, index) => ({ at: whole(each), score: whole(given[index]!) })),
    below: whole(-7),
    above: whole(7),
  });

  test('a linear curve meets its points, stays between neighbours and has no jump inside', () => {
    const part = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(bounds, scores, part, (at, given, inside) => {
        const line = curve('linear', at, given);
        line.points.forEach((point, index) => {
          expect(scoreOf(line, point.at)).toEqual(point.score);
          const next = line.points[index + 1];
          if (!next) return;
          // value = point + width * inside / 10^6; the score moves by the same part of the way
          const width = Number(next.at.num) - Number(point.at.num);
          const rise = Number(next.score.num) - Number(point.score.num);
          const value = fraction(Number(point.at.num) * 1_000_000 + width * inside, 1_000_000);
          const score = fraction(Number(point.score.num) * 1_000_000 + rise * inside, 1_000_000);
          expect(scoreOf(line, value)).toEqual(score);
        });
      }),
    );
  });

  test('below, above and steps', () => {
    const written = {
      name: 'c',
      input: { kind: 'percent' },
      output: { kind: 'percent' },
      span: { source: '', start: 0, end: 0 },
      points: ['0.8', '1'].map((at) => ({ at, score: at, span: { source: '', start: 0, end: 0 } })),
    } as const;
    const at = (table: CurveTable, value: string) => {
      const score = scoreOf(table, exact(value));
      return score && exactText(score);
    };
    const steps = readCurve({ ...written, mode: 'steps' });
    expect(['0.79', '0.8', '0.99', '1', '9'].map((each) => at(steps, each))).toEqual([
      undefined,
      '0.8',
      '0.8',
      '1',
      '1',
    ]);
    expect(topOf(steps)).toEqual(whole(1));
    const open = readCurve({ ...written, mode: 'linear' });
    expect(['0.79', '0.8', '0.9', '1', '1.01'].map((each) => at(open, each))).toEqual([
      undefined,
      '0.8',
      '0.9',
      '1',
      undefined,
    ]);
    const closed = readCurve({ ...written, mode: 'linear', below: '0', above: '2' });
    expect(['0.79', '1.01'].map((each) => at(closed, each))).toEqual(['0', '2']);
    expect(subtract(topOf(closed)!, whole(2))).toEqual(whole(0));
  });
});
