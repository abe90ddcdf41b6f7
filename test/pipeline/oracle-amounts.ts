// The third opinion on pay: what each bonus of the generated policies pays, as their text says it. It shares nothing with
// what it judges.

import { type Fraction, fraction, isLess, NOTHING, plus, times } from './oracle.ts';
import { actualOf, attained, type Figure, revenueIn } from './oracle-attained.ts';
import { type Length, type Span, spanAt, spansIn } from './oracle-calendars.ts';
import { daysIn, monthInRole, monthOfService, rowOn, type Stay, shareHeld } from './oracle-days.ts';
import { number, over, total } from './oracle-numbers.ts';
import { each, mean, periodsOf, place, previous, staysIn, streak, type Valued } from './oracle-past.ts';
import { type Case, once } from './oracle-plan.ts';
import { ladder, minus, rounded, scoreOf } from './oracle-scores.ts';

/** Amounts of a stay in a period by bonus, and by `bonus 2026-Q1` of one over a longer time that is earned in it. */
export type Amounts = Readonly<Record<string, Fraction>>;

const LINEAGE = { seller: ['seller', 'hunter'], hunter: ['hunter'], head: ['head'] } as const;

/** Of a million what is attained; missing counts 7%. */
const million = (read: Fraction | undefined): Fraction => times(number(1_000_000), read ?? fraction('7/100'));

/** What a bonus reads of an attainment; where fewer is better, 300% at most. */
function readOf(one: Case, stay: Stay, figure: Figure): Fraction | undefined {
  const { attainment } = attained(one, stay, figure);
  if (figure.kpi !== 'small') return attainment as Fraction | undefined;
  const isMore = attainment === 'top' || (attainment !== undefined && isLess(number(3), attainment));
  return isMore ? number(3) : attainment;
}

/** As rounded. */
export function amountsOf(one: Case, stay: Stay, span: Span): Amounts {
  const all = {
    ...ofAttainments(one, stay, span),
    ...ofPast(one, stay, span),
    ...ofPeople(one, stay, span),
    ...(stay.role !== 'head' && ofScores(one, stay, span)),
    ...earnedIn(one, stay, { span, length: 'quarter', amounts: ofQuarter }),
    ...earnedIn(one, stay, { span, length: 'year', amounts: ofYear }),
  };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, paid(one, value)]));
}

const paid = ({ plan }: Case, value: Fraction): Fraction =>
  rounded(value, plan.rounding.mode, fraction(plan.rounding.step));

// ---- of a period ----------------------------------------------------------------------------------------------

function ofAttainments(one: Case, stay: Stay, span: Span): Amounts {
  const of = (figure: Omit<Figure, 'span' | 'length'>): Figure => ({ span, length: 'period', ...figure });
  const read = (figure: Omit<Figure, 'span' | 'length'>): Fraction => million(readOf(one, stay, of(figure)));
  return {
    own: read({ kpi: 'revenue' }),
    year: read({ kpi: 'revenue', window: 'ytd' }),
    before_plan: read({ kpi: 'revenue', window: 'previous' }),
    three: read({ kpi: 'revenue', window: 'trailing' }),
    team: read({ kpi: 'revenue', scope: 'team' }),
    team_year: read({ kpi: 'revenue', scope: 'team', window: 'ytd' }),
    whole: read({ kpi: 'revenue', scope: 'company' }),
    check_year: read({ kpi: 'check', window: 'ytd' }),
    check_team: read({ kpi: 'check', scope: 'team' }),
    small_three: read({ kpi: 'small', window: 'trailing' }),
    small_whole: read({ kpi: 'small', scope: 'company', window: 'ytd' }),
    tempo: read({ kpi: 'pace' }),
    tempo_team: read({ kpi: 'pace', scope: 'team', window: 'trailing' }),
    buyers: read({ kpi: 'clients' }),
    ...(one.plan.addsUp && {
      buyers_year: read({ kpi: 'clients', window: 'ytd' }),
      buyers_team: read({ kpi: 'clients', scope: 'team' }),
    }),
    expected: attained(one, stay, of({ kpi: 'revenue', window: 'ytd' })).target ?? number(7),
  };
}

const revenueOf =
  (one: Case): Valued =>
  (stay, span) =>
    revenueIn(one, stay, span);

function ofPast(one: Case, stay: Stay, span: Span): Amounts {
  const of = { span, length: 'period' } as const;
  const periods = periodsOf(one, stay, { span, of: 'year so far' });
  const part: Valued = (whose, at) => paid(one, times(revenueIn(one, whose, at), fraction('1/7')));
  const hundred: Valued = (whose, at) => rounded(revenueIn(one, whose, at), 'half even', number(100));
  const hundreds = each(one, stay, periods, hundred);
  const isOver300 = (whose: Stay, at: Span): boolean => !isLess(revenueIn(one, whose, at), number(300));
  const isHalf = (whose: Stay, at: Span): boolean => {
    const read = readOf(one, whose, { kpi: 'revenue', span: at, length: 'period' });
    return read !== undefined && !isLess(read, fraction('1/2'));
  };
  const held = each(one, stay, periods, (whose, at) => (isOver300(whose, at) ? number(1) : NOTHING));
  return {
    part: times(revenueIn(one, stay, span), fraction('1/7')),
    before: plus(
      previous(one, stay, { ...of, value: revenueOf(one) }) ?? number(7),
      times(previous(one, stay, { ...of, value: part }) ?? number(3), number(1000)),
    ),
    due: due(one, stay, span),
    hundreds: hundreds ? total(hundreds) : number(11),
    held: held ? total(held) : number(11),
    streak: streak(one, stay, { span, holds: isOver300 }) ?? number(70),
    on_plan: streak(one, stay, { span, holds: isHalf }) ?? number(70),
  };
}

/** What the year so far comes to, less what earlier periods were paid. */
function due(one: Case, stay: Stay, span: Span): Fraction {
  return once(one, `due ${stay.id} ${stay.from} ${span.id}`, () => {
    const year = actualOf(one, stay, { kpi: 'revenue', span, length: 'period', window: 'ytd' });
    const periods = periodsOf(one, stay, { span, of: 'year so far' });
    const earlier = { ...periods, spans: periods.spans.filter((at) => at.last < span.from) };
    const had = each(one, stay, earlier, (whose, at) => due(one, whose, at));
    return paid(one, minus(year ? ladder(year) : NOTHING, had ? total(had) : NOTHING));
  });
}

function ofPeople(one: Case, stay: Stay, span: Span): Amounts {
  const days = daysIn(stay, span);
  const last = days.at(-1)!;
  const share = shareHeld(one, stay, span);
  const salaries = total(days.map((day) => number(rowOn(one, stay.id, day)!.salary)));
  const all = staysIn(one, span);
  const isBelow = ({ role }: Stay): boolean => (LINEAGE[stay.role] as readonly string[]).includes(role);
  const attainment: Valued = (whose, at) =>
    readOf(one, whose, { kpi: 'revenue', span: at, length: 'period' });
  const checks = all.map((whose) => actualOf(one, whose, { kpi: 'check', span, length: 'period' }));
  return {
    fixed: times(number(1000), share),
    salary: times(over(times(salaries, fraction('1/10')), number(days.length)), share),
    southern: rowOn(one, stay.id, last)!.region === 'South' ? number(100) : NOTHING,
    month: number(monthInRole(one, stay, last)),
    service: number(monthOfService(one, stay, last)),
    // in odd months half a step of the rounding
    tie: times(fraction(one.plan.rounding.step), over(number(monthOfService(one, stay, last)), number(2))),
    place: place(one, stay, { span, value: revenueOf(one), among: () => true }) ?? number(90),
    plan_place: place(one, stay, { span, value: attainment, among: isBelow }) ?? number(90),
    together: total(all.map((whose) => revenueIn(one, whose, span))),
    averages: total(checks.map((check) => check ?? number(3))),
  };
}

/** The score of a period among others; where one can be missing, 20% is counted for it. */
function scoreToCount(one: Case): Valued {
  const canMiss = one.plan.card.some((line) => line.missing === 'spreads');
  return (stay, span) =>
    scoreOf(one, stay, { span, length: 'period' }) ?? (canMiss ? fraction('2/10') : undefined);
}

function ofScores(one: Case, stay: Stay, span: Span): Amounts {
  const value: Valued = (whose, at) => scoreOf(one, whose, { span: at, length: 'period' });
  const periods = periodsOf(one, stay, { span, of: 'year so far' });
  const scores = each(one, stay, periods, scoreToCount(one));
  const money = (score: Fraction | undefined): Fraction => times(number(10_000), score ?? fraction('7/100'));
  return {
    scored: times(money(value(stay, span)), shareHeld(one, stay, span)),
    scores: money(scores && mean(scores)),
    score_before: money(previous(one, stay, { span, length: 'period', value })),
  };
}

// ---- of longer times ------------------------------------------------------------------------------------------

interface Earned {
  readonly span: Span;
  readonly length: Length;
  readonly amounts: (one: Case, stay: Stay, span: Span) => Amounts;
}

/** What is earned in a period: where the longer time ends, or the stay if that is sooner. */
function earnedIn(one: Case, stay: Stay, { span, length, amounts }: Earned): Amounts {
  const held = { from: Math.max(stay.from, span.from), last: Math.min(stay.last, span.last) };
  const whole = spansIn(one.plan.calendar, length, held).map(({ from }) =>
    spanAt(one.plan.calendar, length, from),
  );
  const earned = whole.filter(({ last }) => {
    const end = Math.min(last, stay.last);
    return span.from <= end && end <= span.last;
  });
  return Object.fromEntries(
    earned.flatMap((at) =>
      Object.entries(amounts(one, stay, at)).map(([name, value]) => [`${name} ${at.id}`, value]),
    ),
  );
}

function ofQuarter(one: Case, stay: Stay, span: Span): Amounts {
  const of = { span, length: 'quarter' } as const;
  const plan: Valued = (whose, at) =>
    paid(one, million(readOf(one, whose, { kpi: 'revenue', span: at, length: 'quarter' })));
  const periods = periodsOf(one, stay, { span, of: 'span' });
  const scores = each(one, stay, periods, scoreToCount(one));
  const score = scoreOf(one, stay, of);
  const money = (value: Fraction | undefined): Fraction => times(number(10_000), value ?? fraction('7/100'));
  const read = (figure: Omit<Figure, 'span' | 'length'>): Fraction =>
    million(readOf(one, stay, { ...of, ...figure }));
  return {
    quarter: times(number(3000), shareHeld(one, stay, span)),
    stays: rowOn(one, stay.id, span.last) ? number(500) : NOTHING,
    plan: read({ kpi: 'revenue' }),
    plan_team: read({ kpi: 'revenue', scope: 'team' }),
    plan_before: read({ kpi: 'revenue', window: 'previous' }),
    plan_year: read({ kpi: 'revenue', window: 'ytd' }),
    trail: previous(one, stay, { ...of, value: plan }) ?? number(3),
    band: read({ kpi: 'check' }),
    lean: read({ kpi: 'small' }),
    ...(one.plan.addsUp && { loyal: read({ kpi: 'clients' }) }),
    first: place(one, stay, { span, value: revenueOf(one), among: () => true }) ?? number(90),
    ...(stay.role !== 'head' && { quarter_score: money(score), month_scores: money(scores && mean(scores)) }),
  };
}

function ofYear(one: Case, stay: Stay, span: Span): Amounts {
  const of = { span, length: 'year' } as const;
  return {
    yearly: times(number(12_000), shareHeld(one, stay, span)),
    remains: rowOn(one, stay.id, span.last) ? number(500) : NOTHING,
    aim: million(readOf(one, stay, { ...of, kpi: 'revenue' })),
    mean: million(readOf(one, stay, { ...of, kpi: 'check' })),
  };
}
