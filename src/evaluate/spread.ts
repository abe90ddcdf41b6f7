// A longer target spread over its parts (language.md, section 4): evenly, or in shares of which a part of a part goes by
// equal periods.

import { add, divide, type Exact, exact, fraction, whole, ZERO } from '../base/exact.ts';
import {
  fits,
  type Grain,
  lengthOf,
  type Period,
  periodAt,
  periodsBetween,
  sameCalendar,
} from '../base/period.ts';
import type { Target } from '../model/policy.ts';

/** The parts that so many shares of a length of time are. */
function partGrain(grain: Grain, shares: number): Grain | undefined {
  const length = lengthOf(grain);
  if (length === 'year' && shares === 4) return sameCalendar(grain, 'quarter');
  const months = (length === 'year' && shares === 12) || (length === 'quarter' && shares === 3);
  return months ? sameCalendar(grain, 'month') : undefined;
}

/**
 * A period's share of the longer one in which it lies; `undefined` where the shares don't say it. What is spread evenly is
 * so over the policy's own periods, so that those of a quarter add up to it whatever their number.
 */
export function spreadShare(target: Target, period: Period, own: Grain): Exact | undefined {
  const { spread, grain } = target;
  const longer = periodAt(grain, period.from);
  const countIn = (of: Grain, { from, until }: Period): number => periodsBetween(of, from, until).length;
  if (spread === undefined) return undefined;
  if (spread === 'evenly') return fraction(countIn(own, period), countIn(own, longer));
  const periods = countIn(period.grain, longer);
  if (spread.length === periods) {
    const before = periodsBetween(period.grain, longer.from, period.from).length;
    return exact(spread[before]!);
  }
  const part = partGrain(grain, spread.length);
  if (!part) return undefined;
  const parts = periodsBetween(part, longer.from, longer.until);
  if (fits(period.grain, part)) {
    const at = parts.findIndex((each) => each.from <= period.from && period.from < each.until);
    const { from, until } = parts[at]!;
    return divide(exact(spread[at]!), whole(periodsBetween(period.grain, from, until).length));
  }
  return parts.reduce<Exact>(
    (sum, each, at) =>
      period.from <= each.from && each.until <= period.until ? add(sum, exact(spread[at]!)) : sum,
    ZERO,
  );
}
