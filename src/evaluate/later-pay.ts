// When a bonus is paid: parts by the month, some months later, with a share held back. Parts are split to the cent.

import { addMonths } from '../base/date.ts';
import {
  add,
  divide,
  type Exact,
  exact,
  isZero,
  multiply,
  sign,
  subtract,
  whole,
  ZERO,
} from '../base/exact.ts';
import { lengthOf, type Period, periodAt, shift } from '../base/period.ts';
import type { Bonus } from '../model/pay.ts';
import type { Later, PayAmount } from './amounts.ts';
import type { Run } from './cell.ts';
import { partsIn, rounded } from './pay.ts';

export interface Schedule {
  readonly now: Exact;
  readonly later: readonly Later[];
}

/** An amount that is earned in a period, by when it is payable. All of it comes to the amount. */
export function scheduled(run: Run, bonus: Bonus, amount: Exact, period: Period): Schedule {
  const { parts = 1, monthsLater = 0, holds, forfeited = false } = bonus;
  const held = holds ? rounded(run, multiply(amount, exact(holds.share))) : ZERO;
  // what is taken back is so of one who has left too
  const forfeits = forfeited && sign(amount) > 0;
  const part = divide(subtract(amount, held), whole(parts))!;
  const amounts = partsIn(run, subtract(amount, held), Array<Exact>(parts).fill(part));
  const all = [
    ...amounts.map((each, index): Later => {
      const due = monthsAfter(period, monthsLater + index);
      return { kind: 'part', period: due, amount: each, forfeits };
    }),
    ...(holds
      ? [
          {
            kind: 'hold' as const,
            period: monthsAfter(period, monthsLater + holds.months),
            amount: held,
            forfeits,
          },
        ]
      : []),
  ];
  return inOrder(all, period);
}

/** The period that is so many months after one: of months the next but so many, of others that of its last day then. */
function monthsAfter(period: Period, months: number): Period {
  if (months === 0) return period;
  if (lengthOf(period.grain) === 'month') return shift(period, months);
  return periodAt(period.grain, addMonths(period.until - 1, months));
}

function inOrder(all: readonly Later[], period: Period): Schedule {
  const isNow = (each: Later): boolean => each.period.from <= period.from;
  return {
    now: all.filter(isNow).reduce((sum, each) => add(sum, each.amount), ZERO),
    later: all
      .filter((each) => !isNow(each) && !isZero(each.amount))
      .toSorted((a, b) => a.period.from - b.period.from),
  };
}

/**
 * What a cap takes of amounts that are payable at several times, by the same times: it takes of each what it has of the
 * whole, so that nobody pays back now what is paid later.
 */
export function scheduledLike(run: Run, amount: Exact, counted: readonly PayAmount[]): Schedule {
  const positive = counted.filter((each) => sign(each.earned) > 0);
  const now = positive.reduce((sum, each) => add(sum, each.payable), ZERO);
  const later = positive.flatMap((each) => each.later);
  const total = later.reduce((sum, each) => add(sum, each.amount), now);
  if (later.length === 0 || sign(total) <= 0) return { now: amount, later: [] };
  const shareOf = (part: Exact): Exact => divide(multiply(amount, part), total)!;
  // what isn't freed yet may be so at any time: what is taken by now mustn't depend on when
  if (later.some((each) => each.kind === 'freed')) return inSteps(run, { now, later, shareOf });
  const parts = [now, ...later.map((each) => each.amount)].map(shareOf);
  const [first = ZERO, ...others] = partsIn(run, amount, parts);
  return {
    now: first,
    later: later
      .map((each, index) => ({ ...each, amount: others[index]! }))
      .filter((each) => !isZero(each.amount)),
  };
}

/** Parts in order of time, of which all up to each are rounded together. */
function inSteps(
  run: Run,
  { now, later, shareOf }: Schedule & { readonly shareOf: (part: Exact) => Exact },
): Schedule {
  let total = now;
  let taken = rounded(run, shareOf(total));
  const first = taken;
  const parts = later
    .toSorted((a, b) => a.period.from - b.period.from)
    .map(({ rows: _, ...each }): Later => {
      total = add(total, each.amount);
      const before = taken;
      taken = rounded(run, shareOf(total));
      return { ...each, amount: subtract(taken, before) };
    });
  return { now: first, later: parts.filter((each) => !isZero(each.amount)) };
}
