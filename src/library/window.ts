// The days that a window looks at, seen from a period.

import { addMonths, civilOf, type Day } from '../base/date.ts';
import {
  fits,
  type Grain,
  isFiscal,
  lengthOf,
  type Period,
  periodAt,
  sameCalendar,
  shift,
} from '../base/period.ts';
import type { Window } from '../model/expression.ts';

/**
 * `[from, until)`; `since` is where `to date` begins. A week belongs to the year and quarter of its fourth day, and those
 * begin with their first week, so that weeks add up to what is so far.
 */
export function windowDays(
  window: Window,
  period: Period,
  since: Day | undefined,
): { readonly from: Day; readonly until: Day } {
  if (window.back) {
    const { back, ...plain } = window;
    let from = shift(period, -back.periods);
    for (let year = 0; year < back.years; year++) from = periodAt(period.grain, lastYear(from).from);
    return windowDays(plain, from, since);
  }
  switch (window.kind) {
    case 'period':
      return { from: period.from, until: period.until };
    case 'previous':
      return { from: shift(period, -window.count).from, until: period.from };
    case 'trailing':
      return {
        from: shift(periodAt(window.grain, period.until - 1), 1 - window.count).from,
        until: period.until,
      };
    case 'so far':
      return { from: startOf(window.grain, period), until: period.until };
    case 'to date':
      return { from: since ?? period.from, until: period.until };
    case 'last year':
      return lastYear(period);
    default:
      return window satisfies never;
  }
}

function startOf(grain: Grain, period: Period): Day {
  if (lengthOf(period.grain) !== 'week' || fits(period.grain, grain))
    return periodAt(grain, period.from).from;
  return periodAt(period.grain, periodAt(grain, period.from + 3).from + 3).from;
}

/** The period of the same number; the last week where there is none of that number, as in years of 52 weeks. */
function lastYear(period: Period): { readonly from: Day; readonly until: Day } {
  if (isFiscal(period.grain)) return lastFiscalYear(period);
  if (period.grain === 'week') {
    // the week of the same number; week 53 of a year that has none is the last week before
    const { year } = civilOf(period.from + 3);
    const number = (period.from - periodAt('week', dayInFirstWeek(year)).from) / 7;
    const same = shift(periodAt('week', dayInFirstWeek(year - 1)), number);
    const before = civilOf(same.from + 3).year === year ? shift(same, -1) : same;
    return { from: before.from, until: before.until };
  }
  const before = periodAt(period.grain, addMonths(period.from, -12));
  return { from: before.from, until: before.until };
}

/** A month of a year made of weeks has the weeks of its own year: the last one has five or six in some years. */
function lastFiscalYear(period: Period): { readonly from: Day; readonly until: Day } {
  const { grain, from } = period;
  const year = periodAt(sameCalendar(grain, 'year'), from);
  const before = shift(year, -1);
  switch (lengthOf(grain)) {
    case 'year':
      return before;
    case 'quarter':
      return shift(period, -4);
    case 'month':
      return shift(period, -12);
    default: {
      const same = Math.min(before.from + (from - year.from), before.until - 7);
      return { from: same, until: same + 7 };
    }
  }
}

/** 4 January, which lies in the first ISO week of its year. */
function dayInFirstWeek(year: number): Day {
  return addMonths(0, (year - 1970) * 12) + 3;
}
