// The days that a window looks at, seen from a period.

import { addMonths, civilOf, type Day } from '../base/date.ts';
import { type Period, periodAt, shift } from '../base/period.ts';
import type { Window } from '../model/expression.ts';

/**
 * `[from, until)`; `since` is where `to date` begins. A week belongs to the year and quarter of its Thursday, and those
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

function startOf(grain: 'quarter' | 'year', period: Period): Day {
  if (period.grain !== 'week') return periodAt(grain, period.from).from;
  return periodAt('week', periodAt(grain, period.from + 3).from + 3).from;
}

function lastYear(period: Period): { readonly from: Day; readonly until: Day } {
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

/** 4 January, which lies in the first ISO week of its year. */
function dayInFirstWeek(year: number): Day {
  return addMonths(0, (year - 1970) * 12) + 3;
}
