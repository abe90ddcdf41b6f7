// The third opinion on formulas that look at other periods and at other people. It shares nothing with what it judges.

import { type Fraction, isLess, NOTHING, plus } from './oracle.ts';
import { type Length, type Span, spanAt, spansIn } from './oracle-calendars.ts';
import { daysIn, isAway, type Stay, staysOf } from './oracle-days.ts';
import { number, over } from './oracle-numbers.ts';
import type { Case } from './oracle-plan.ts';

/** A figure of a stay in a span; missing is undefined. */
export type Valued = (stay: Stay, span: Span) => Fraction | undefined;

const isThere = (stay: Stay, span: Span): boolean => daysIn(stay, span).length > 0;

/** All who have a day in a span. */
export const staysIn = (one: Case, span: Span): readonly Stay[] =>
  staysOf(one).filter((each) => isThere(each, span));

/** Whose results are the stay's in another span: its own, or those of the same role's last stay in it. */
function sameIn(one: Case, stay: Stay, span: Span): Stay | undefined {
  if (span.last < one.plan.begins) return undefined;
  if (isThere(stay, span)) return stay;
  return staysOf(one).findLast(
    (each) => each.id === stay.id && each.role === stay.role && isThere(each, span),
  );
}

interface Seen {
  readonly span: Span;
  readonly length: Length;
  readonly value: Valued;
}

const before = ({ plan }: Case, { span, length }: Omit<Seen, 'value'>): Span =>
  spanAt(plan.calendar, length, span.from - 1);

/** The result of one span before; missing before the first, and where its data isn't complete. */
export function previous(one: Case, stay: Stay, of: Seen): Fraction | undefined {
  const span = before(one, of);
  const whose = sameIn(one, stay, span);
  return whose && span.from >= one.plan.since ? of.value(whose, span) : undefined;
}

/** Periods in which the stay has a day, since the policy began: of the year up to the span's end, or of the span. */
export function periodsOf(
  { plan }: Case,
  stay: Stay,
  { span, of }: { readonly span: Span; readonly of: 'year so far' | 'span' },
): Periods {
  const from = of === 'span' ? span.from : spanAt(plan.calendar, 'year', span.from).from;
  const spans = spansIn(plan.calendar, 'period', { from, last: span.last }).filter(
    (each) => each.last >= plan.begins && isThere(stay, each),
  );
  return { span, spans, isWindow: of !== 'span' };
}

interface Periods {
  readonly span: Span;
  readonly spans: readonly Span[];
  /** What is worked out over a span stands on the data that there is of it; a window doesn't reach behind that. */
  readonly isWindow: boolean;
}

/** What each of the periods has; missing where an earlier one begins before the data is complete, or has nothing. */
export function each(one: Case, stay: Stay, of: Periods, value: Valued): readonly Fraction[] | undefined {
  const { span, spans, isWindow } = of;
  const found: Fraction[] = [];
  for (const period of spans) {
    if (isWindow && period.last < span.last && period.from < one.plan.since) return undefined;
    const worth = value(stay, period);
    if (worth === undefined && isAway(one, stay, period)) continue;
    if (worth === undefined) return undefined;
    found.push(worth);
  }
  return found;
}

export const mean = (values: readonly Fraction[]): Fraction | undefined =>
  values.length === 0 ? undefined : over(values.reduce(plus, NOTHING), number(values.length));

/** For how many periods in a row, this one among them; missing where that goes back behind the data. */
export function streak(
  one: Case,
  stay: Stay,
  of: { readonly span: Span; readonly holds: (stay: Stay, span: Span) => boolean },
): Fraction | undefined {
  const { span, holds } = of;
  if (!holds(stay, span)) return NOTHING;
  const first = Math.min(...one.people.filter((each) => each.id === stay.id).map((each) => each.from));
  const back = (at: Span): Span => before(one, { span: at, length: 'period' });
  let count = 1;
  for (let at = back(span); at.last >= first && at.last >= one.plan.begins; at = back(at)) {
    const whose = sameIn(one, stay, at);
    if (!whose || isAway(one, whose, at)) continue;
    if (at.from < one.plan.since) return undefined;
    if (!holds(whose, at)) break;
    count++;
  }
  return number(count);
}

/**
 * One more than the people above; none for who has nothing. A person has one place, with the stay that has most, the last
 * of equal ones.
 */
export function place(
  one: Case,
  stay: Stay,
  of: { readonly span: Span; readonly value: Valued; readonly among: (stay: Stay) => boolean },
): Fraction | undefined {
  const { span, value, among } = of;
  const best = new Map<string, { readonly stay: Stay; readonly worth: Fraction }>();
  for (const each of staysIn(one, span).filter(among)) {
    const worth = value(each, span);
    const before = best.get(each.id);
    if (worth === undefined || worth.over === 0n || (before && isLess(worth, before.worth))) continue;
    best.set(each.id, { stay: each, worth });
  }
  const own = best.get(stay.id);
  if (own?.stay !== stay) return undefined;
  return number([...best.values()].filter(({ worth }) => isLess(own.worth, worth)).length + 1);
}
