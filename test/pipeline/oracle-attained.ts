// The third opinion on actuals and attainments: of one's own, the team and the company, in a period, a longer time and
// windows. It shares nothing with what it judges.

import { type Fraction, fraction, isLess, NOTHING, plus, times } from './oracle.ts';
import { type Length, type Span, spanAt, spansIn } from './oracle-calendars.ts';
import { counting, daysIn, isIn, rowOn, type Stay, staysOf } from './oracle-days.ts';
import { number, ONE, over, total } from './oracle-numbers.ts';
import { type Case, type Deal, type KpiName, once } from './oracle-plan.ts';
import { combined, isAverage, targetOver } from './oracle-targets.ts';

type Days = Omit<Span, 'id'>;

export type Scope = 'own' | 'team' | 'company';
export type Window = 'now' | 'ytd' | 'previous' | 'trailing';

/** A KPI in a scope and a window, seen from a span of some length. */
export interface Figure {
  readonly kpi: KpiName;
  readonly span: Span;
  readonly length: Length;
  readonly scope?: Scope;
  readonly window?: Window;
}

/** The spans of the same length, or the periods of the year so far, that a figure is about. */
export function partsOf({ plan }: Case, { span, length, window = 'now' }: Figure): readonly Span[] {
  const { calendar } = plan;
  const before = (at: Span): Span => spanAt(calendar, length, at.from - 1);
  switch (window) {
    case 'now':
      return [span];
    case 'previous':
      return [before(span)];
    case 'trailing':
      return [before(before(span)), before(span), span];
    case 'ytd':
      return spansIn(calendar, length, {
        from: spanAt(calendar, 'year', span.from).from,
        last: span.last,
      });
    default:
      return window satisfies never;
  }
}

// ---- who is seen ----------------------------------------------------------------------------------------------

/** Whether somebody sees another on a day. */
type Sees = (id: string, day: number) => boolean;

/** On each day of the stay: oneself; with oneself who is in the same team; or everybody who holds a role. */
function seenBy(one: Case, stay: Stay, scope: Scope): Sees {
  const teamOn = (id: string, day: number) => rowOn(one, id, day)?.team ?? '';
  return (id, day) => {
    if (!isIn(day, stay) || rowOn(one, id, day) === undefined) return false;
    if (scope === 'company' || id === stay.id) return true;
    return scope === 'team' && teamOn(id, day) !== '' && teamOn(id, day) === teamOn(stay.id, day);
  };
}

// ---- actuals --------------------------------------------------------------------------------------------------

/** Deals of those who are seen; rows from before the data is complete are no data. */
function dealsSeen(one: Case, sees: Sees, days: Days): readonly Deal[] {
  return one.deals.filter(
    (each) => each.day >= one.plan.since && isIn(each.day, days) && sees(each.who, each.day),
  );
}

const sumOf = (deals: readonly Deal[]): Fraction => total(deals.map((each) => fraction(each.amount)));

export const revenueIn = (one: Case, stay: Stay, days: Days): Fraction =>
  sumOf(dealsSeen(one, seenBy(one, stay, 'own'), days));

/** Missing where a window reaches behind the data, and of an average without a row. */
export function actualOf(one: Case, stay: Stay, figure: Figure): Fraction | undefined {
  const { kpi, scope = 'own', window = 'now' } = figure;
  const parts = partsOf(one, figure);
  const days = { from: parts[0]!.from, last: parts.at(-1)!.last };
  if (window !== 'now' && days.from < one.plan.since) return undefined;
  const deals = dealsSeen(one, seenBy(one, stay, scope), days);
  switch (kpi) {
    case 'revenue':
      return sumOf(deals);
    case 'check':
      return deals.length === 0 ? undefined : over(sumOf(deals), number(deals.length));
    case 'small':
      return number(deals.filter((each) => isLess(fraction(each.amount), number(100))).length);
    case 'pace':
      return number(deals.length);
    case 'clients':
      return number(new Set(deals.map((each) => each.client)).size);
    default:
      return kpi satisfies never;
  }
}

// ---- targets --------------------------------------------------------------------------------------------------

interface Member {
  readonly id: string;
  readonly days: readonly number[];
}

/**
 * Who counts in a span. Of sums and counts of many people each stretch of a row has its own target, so that one without
 * takes nothing from one with; where nothing is prorated a stretch would be the whole.
 */
function membersIn(one: Case, stay: Stay, of: Figure & { readonly part: Span }): readonly Member[] {
  const { kpi, scope = 'own', part } = of;
  const sees = seenBy(one, stay, scope);
  const isApart = scope !== 'own' && !isAverage(kpi) && kpi !== 'clients' && one.plan.prorate !== 'none';
  const among = scope === 'own' ? [stay] : isApart ? one.people : staysOf(one);
  return among
    .map(({ id, from, last }) => ({
      id,
      days: daysIn({ from, last }, part).filter((day) => sees(id, day)),
    }))
    .flatMap((each) => (isApart ? stretches(each) : [each]))
    .filter(({ id, days }) => counting(one, id, { span: part, days }).length > 0);
}

/** Days that follow each other. */
function stretches({ id, days }: Member): readonly Member[] {
  const found: number[][] = [];
  for (const day of days) {
    const last = found.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else found.push([day]);
  }
  return found.map((each) => ({ id, days: each }));
}

/** The targets of all parts and all who count in them together; a part with nobody in it adds nothing. */
function targetOf(one: Case, stay: Stay, of: Figure & { readonly end: 'value' | 'upTo' }) {
  const { kpi, length, end } = of;
  const parts = partsOf(one, of)
    .map((part) => ({ part, members: membersIn(one, stay, { ...of, part }) }))
    .filter(({ members }) => members.length > 0);
  const isCounted = kpi === 'clients' && !one.plan.addsUp;
  if (isCounted && parts.flatMap(({ members }) => members).length > 1) return undefined;
  const found = parts.map(({ part, members }) => {
    const targets = members.map(({ id, days }) =>
      targetOver(one, id, { kpi, end, length, span: part, days }),
    );
    return combined(one, kpi, present(targets));
  });
  return found.includes(undefined) ? undefined : combined(one, kpi, present(found));
}

const present = (values: readonly (Fraction | undefined)[]): readonly Fraction[] =>
  values.filter((each) => each !== undefined);

// ---- attainments ----------------------------------------------------------------------------------------------

/** A target, its upper end where it is a band, and the attainment; missing is undefined. */
export interface Attained {
  readonly target?: Fraction | undefined;
  readonly upTo?: Fraction | undefined;
  readonly attainment?: Fraction | 'top' | undefined;
}

export function attained(one: Case, stay: Stay, figure: Figure): Attained {
  const { kpi, span, scope, window } = figure;
  const key = `attained ${kpi} ${scope} ${window} ${stay.id} ${stay.from} ${span.id}`;
  return once(one, key, () => attainedBy(one, stay, figure));
}

function attainedBy(one: Case, stay: Stay, figure: Figure): Attained {
  const { kpi } = figure;
  const target = targetOf(one, stay, { ...figure, end: 'value' });
  if (target === undefined) return {};
  const actual = actualOf(one, stay, figure);
  const isBand = one.plan.seller.some((each) => each.kpi === kpi && each.upTo !== undefined);
  if (isBand) {
    const upTo = targetOf(one, stay, { ...figure, end: 'upTo' });
    // a band has two ends
    if (upTo === undefined) return {};
    if (actual === undefined) return { target, upTo };
    const inside = !isLess(actual, target) && !isLess(upTo, actual);
    return { target, upTo, attainment: inside ? ONE : NOTHING };
  }
  if (actual === undefined || target.over === 0n) return { target };
  if (kpi === 'pace') return { target, attainment: plus(number(2), times(number(-1), over(actual, target))) };
  if (kpi !== 'small') return { target, attainment: over(actual, target) };
  return { target, attainment: actual.over === 0n ? 'top' : over(target, actual) };
}
