// How much of a period counts (language.md, section 4): the days on which a role was held, absences taken out, as the
// role says that they are counted. It is what targets of sums and counts and fixed amounts shrink with.

import { civilOf, type Day, dayOf, daysInMonth } from '../base/date.ts';
import {
  add,
  divide,
  type Exact,
  equals,
  exactText,
  fraction,
  isZero,
  ONE,
  whole,
  ZERO,
} from '../base/exact.ts';
import type { Prorated } from '../model/pay-lines.ts';
import type { CalendarModel, Proration, Role } from '../model/policy.ts';
import { absencesOf, daysPresent } from '../query/absences.ts';
import type { DayRange } from '../query/groups.ts';
import { hoursOf } from '../query/working-time.ts';
import { type CellPlace, type Held, heldDays, type Run, type Viewer } from './cell.ts';

const CALENDAR_DAYS: Proration = { by: 'calendar days' };

/** What the days of a period weigh, as a role counts them. Weights of stretches add up, however they are cut. */
export interface Weighing {
  readonly proration: Proration;
  /** Of all days of the period. */
  readonly all: Exact;
  /** Of the days held, absences taken out. */
  of(held: readonly Held[]): Exact;
}

export function weighing(run: Run, role: Role, period: DayRange): Weighing {
  const said = role.prorate ?? CALENDAR_DAYS;
  const calendar =
    said.by === 'working days' ? run.model.calendars.find((each) => each.name === said.calendar) : undefined;
  const byCalendar = said.by === 'working days' ? calendar && workingDays(calendar, period) > 0 : true;
  // a period without a working day, such as a holiday by itself, is counted by its calendar days
  const proration = byCalendar ? said : CALENDAR_DAYS;
  const weigh = (days: DayRange): Exact => {
    switch (proration.by) {
      case 'working days':
        return whole(workingDays(calendar!, days));
      case 'months':
        return months(days);
      case 'calendar days':
      case 'none':
        return whole(days.until - days.from);
      default:
        return proration satisfies never;
    }
  };
  return {
    proration,
    all: weigh(period),
    of: (held) =>
      held
        .flatMap((each) => daysPresent(run.people, each.row.person, each))
        .reduce((sum, days) => add(sum, weigh(days)), ZERO),
  };
}

/** The part of a period that counts; of a role that doesn't prorate all of it, as long as any of its days does. */
export function shareOf({ proration, all }: Weighing, weight: Exact): Exact {
  if (proration.by === 'none') return isZero(weight) ? ZERO : ONE;
  return divide(weight, all)!;
}

/** Whether nothing is expected of the person in the period: absence on all its days, or no working day among those held. */
export function isAwayIn(run: Run, viewer: Viewer, period: DayRange): boolean {
  if (viewer.kind !== 'stay') return false;
  const { stay, role } = viewer;
  const canBe = absencesOf(run.people, stay.person).length > 0 || role.prorate?.by === 'working days';
  return canBe && isZero(weighing(run, role, period).of(heldDays(stay, period)));
}

export function isAway(run: Run, { viewer, period }: CellPlace): boolean {
  return isAwayIn(run, viewer, period);
}

/** The part of a cell's period that counts, and how a statement says so. */
export function heldShare(run: Run, role: Role, place: Pick<CellPlace, 'held' | 'period'>) {
  const { held, period } = place;
  const weights = weighing(run, role, period);
  const weight = weights.of(held);
  const share = shareOf(weights, weight);
  return { share, prorated: equals(share, ONE) ? undefined : inDays(run, { ...place, weights, weight }) };
}

function inDays(
  run: Run,
  of: Pick<CellPlace, 'held' | 'period'> & { readonly weights: Weighing; readonly weight: Exact },
): Prorated {
  const { held, period, weights, weight } = of;
  if (weights.proration.by === 'working days')
    return { days: Number(weight.num), of: Number(weights.all.num), by: 'working days' };
  const days = { days: presentDays(run, held), of: period.until - period.from };
  if (weights.proration.by !== 'months') return days;
  return { ...days, by: 'months', share: exactText(divide(weight, weights.all)!) };
}

/** Of the days held, those without absence. */
export function presentDays(run: Run, held: readonly Held[]): number {
  return held
    .flatMap((each) => daysPresent(run.people, each.row.person, each))
    .reduce((sum, each) => sum + each.until - each.from, 0);
}

/** Each calendar month is 1, whatever its length, and a part of it is its days over the month's. */
function months({ from, until }: DayRange): Exact {
  let sum: Exact = ZERO;
  for (const days of byMonth({ from, until })) {
    const { year, month } = civilOf(days.from);
    sum = add(sum, fraction(days.until - days.from, daysInMonth(year, month)));
  }
  return sum;
}

/** A range cut at the first days of months. */
export function byMonth({ from, until }: DayRange): readonly DayRange[] {
  const found: DayRange[] = [];
  for (let start = from; start < until; ) {
    const { year, month } = civilOf(start);
    const end = Math.min(dayOf(year, month + 1, 1), until);
    found.push({ from: start, until: end });
    start = end;
  }
  return found;
}

// calendars are never changed
const working = new WeakMap<CalendarModel, Map<Day, boolean>>();

/** Days with working hours. */
function workingDays(calendar: CalendarModel, { from, until }: DayRange): number {
  const known = working.get(calendar) ?? new Map<Day, boolean>();
  working.set(calendar, known);
  let count = 0;
  for (let day = from; day < until; day++) {
    const found = known.get(day) ?? hoursOf(calendar, day).length > 0;
    known.set(day, found);
    if (found) count++;
  }
  return count;
}
