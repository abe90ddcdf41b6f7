// The third opinion on people and their days: stays, months of a role, and which days count. It shares nothing with what it
// judges.

import { type Fraction, NOTHING } from './oracle.ts';
import { monthLength, monthOfDay, type Span, weekdayOf } from './oracle-calendars.ts';
import { number, ONE, over, total } from './oracle-numbers.ts';
import { type Away, type Case, once, type Plan, type Role, type Row } from './oracle-plan.ts';

/** A role held without a break. */
export interface Stay extends Away {
  readonly role: Role;
}

export const isIn = (day: number, { from, last }: Omit<Span, 'id'>): boolean => from <= day && day <= last;

export function rowOn(one: Case, id: string, day: number): Row | undefined {
  const isHeld = (each: Row): boolean => each.id === id && isIn(day, each);
  return once(one, `row ${id} ${day}`, () => one.people.find(isHeld));
}

const isAbsent = ({ absences }: Case, id: string, day: number): boolean =>
  absences.some((each) => each.id === id && isIn(day, each));

/** Rows of one role that follow each other without a day between, in order of time. */
export function staysOf(one: Case): readonly Stay[] {
  return once(one, 'stays', () => joined(one));
}

function joined({ people }: Case): readonly Stay[] {
  const stays: Stay[] = [];
  for (const { id, role, from, last } of people) {
    const before = stays.at(-1);
    if (before?.id === id && before.role === role && before.last + 1 === from)
      stays[stays.length - 1] = { ...before, last };
    else stays.push({ id, role, from, last });
  }
  return stays;
}

/** The days of a stay within others. */
export function daysIn(stay: Omit<Span, 'id'>, span: Omit<Span, 'id'>): readonly number[] {
  const from = Math.max(stay.from, span.from);
  const count = Math.min(stay.last, span.last) - from + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, at) => from + at);
}

/** Which calendar month in the role it is, from 1: months with a day in it, less those of which more than half was absence. */
export const monthInRole = (one: Case, of: Pick<Stay, 'id' | 'role'>, day: number): number =>
  monthCount(
    one,
    one.people.filter((each) => each.id === of.id && each.role === of.role),
    day,
  );

/** The same of all that the person was. */
export const monthOfService = (one: Case, { id }: Pick<Stay, 'id'>, day: number): number =>
  monthCount(
    one,
    one.people.filter((each) => each.id === id),
    day,
  );

function monthCount(one: Case, rows: readonly Row[], day: number): number {
  const key = `month ${rows.map(({ id, from }) => `${id} ${from}`)} ${monthOfDay(day)}`;
  return once(one, key, () => {
    const months = new Map<string, { readonly away: number; readonly length: number }>();
    for (const row of rows) {
      for (let at = row.from; at <= row.last && monthOfDay(at) <= monthOfDay(day); at++) {
        const month = months.get(monthOfDay(at)) ?? { away: 0, length: monthLength(at) };
        months.set(monthOfDay(at), { ...month, away: month.away + (isAbsent(one, row.id, at) ? 1 : 0) });
      }
    }
    return Math.max([...months.values()].filter(({ away, length }) => away * 2 <= length).length, 1);
  });
}

// ---- days that count ------------------------------------------------------------------------------------------

const isWorked = ({ holidays }: Plan, day: number): boolean =>
  weekdayOf(day) > 0 && weekdayOf(day) < 6 && !isIn(day, holidays);

/** What a day weighs among those of a span; of one without a working day each day is the same. */
export function weightOn(one: Case, span: Span, day: number): Fraction {
  const { plan } = one;
  if (plan.prorate === 'months') return over(ONE, number(monthLength(day)));
  const byWork =
    plan.prorate === 'working days' &&
    once(one, `worked ${span.id}`, () => daysIn(span, span).some((each) => isWorked(plan, each)));
  return byWork && !isWorked(plan, day) ? NOTHING : ONE;
}

/** What several days weigh. */
export const weigh = (one: Case, span: Span, days: readonly number[]): Fraction =>
  total(days.map((each) => weightOn(one, span, each)));

/** Of some days of a person those that count. */
export function counting(
  one: Case,
  id: string,
  of: { readonly span: Span; readonly days: readonly number[] },
) {
  return of.days.filter((day) => !isAbsent(one, id, day) && weightOn(one, of.span, day).over > 0n);
}

/** The part of a span that a stay has: what fixed amounts are multiplied by. */
export function shareHeld(one: Case, stay: Stay, span: Span): Fraction {
  const days = counting(one, stay.id, { span, days: daysIn(stay, span) });
  if (one.plan.prorate === 'none') return days.length > 0 ? ONE : NOTHING;
  return over(weigh(one, span, days), weigh(one, span, daysIn(span, span)));
}

/** Whether nothing is expected: no day of the stay in the span counts. */
export const isAway = (one: Case, stay: Stay, span: Span): boolean => shareHeld(one, stay, span).over === 0n;
