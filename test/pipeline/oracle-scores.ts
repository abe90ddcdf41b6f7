// The third opinion on tables, scorecards and rounding. It shares nothing with what it judges.

import { type Fraction, fraction, isLess, NOTHING, plus, times } from './oracle.ts';
import { actualOf, attained } from './oracle-attained.ts';
import type { Length, Span } from './oracle-calendars.ts';
import { isAway, type Stay } from './oracle-days.ts';
import { number, ONE, over, total } from './oracle-numbers.ts';
import type { CardLine, Case, Plan } from './oracle-plan.ts';

type Mode = Plan['rounding']['mode'];

/** To a multiple of the step. */
export function rounded(value: Fraction, mode: Mode, step: Fraction): Fraction {
  const { over: above, under } = over(value, step);
  const size = above < 0n ? -above : above;
  const [whole, rest] = [size / under, (size % under) * 2n];
  const isUp =
    mode !== 'down' && (rest > under || (rest === under && (mode === 'half up' || whole % 2n === 1n)));
  const steps = isUp ? whole + 1n : whole;
  return times({ over: above < 0n ? -steps : steps, under: 1n }, step);
}

export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, times(b, number(-1)));

const percent = (value: number): Fraction => fraction(`${value}/100`);

/** 3% from 0 (and below), 5% from 1 000, 7% from 2 500: each slice at its own rate. */
export function ladder(value: Fraction): Fraction {
  const slice = (from: number, rate: string) =>
    isLess(number(from), value) ? times(minus(value, number(from)), fraction(rate)) : NOTHING;
  return [slice(1000, '2/100'), slice(2500, '2/100')].reduce(plus, times(value, fraction('3/100')));
}

/** Straight lines from 50% at 40% to 100% at 100% and 150% at 170%; 0% below and 180% above. */
function standard(read: Fraction | 'top'): Fraction {
  if (read === 'top' || isLess(fraction('3/2'), read)) return percent(180);
  if (isLess(read, fraction('1/2'))) return NOTHING;
  const above = minus(read, ONE);
  return plus(ONE, times(above, percent(isLess(read, ONE) ? 120 : 140)));
}

/** A straight line from 10% at 0 to 110% at 500; 0% below and 130% above. */
function volume(read: Fraction): Fraction {
  if (isLess(number(500), read)) return percent(130);
  return isLess(read, NOTHING) ? NOTHING : plus(percent(10), over(read, number(500)));
}

/** A line's score within its cap and floor; missing is undefined. */
function scoreOfLine(
  one: Case,
  stay: Stay,
  of: { readonly line: CardLine; readonly span: Span; readonly length: Length },
): Fraction | undefined {
  const { line, span, length } = of;
  const { kpi, on, cap, floor } = line;
  const figure = { kpi, span, length };
  const read = on === 'volume' ? actualOf(one, stay, figure) : attained(one, stay, figure).attainment;
  if (read === undefined) return undefined;
  const raw = scoreOn(read, on);
  const most = cap === undefined ? raw : raw === 'top' || isLess(percent(cap), raw) ? percent(cap) : raw;
  if (most === 'top') throw new Error('a score without an end');
  return floor !== undefined && isLess(most, percent(floor)) ? percent(floor) : most;
}

function scoreOn(read: Fraction | 'top', on: CardLine['on']): Fraction | 'top' {
  if (on === 'standard') return standard(read);
  if (on === undefined || read === 'top') return read;
  return volume(read);
}

/** Weights of lines that are missing are spread over the others, if there are enough of those. */
export function scoreOf(
  one: Case,
  stay: Stay,
  of: { readonly span: Span; readonly length: Length },
): Fraction | undefined {
  if (isAway(one, stay, of.span)) return undefined;
  const lines = one.plan.card.map((line) => ({ line, score: scoreOfLine(one, stay, { ...of, line }) }));
  const spread = lines.filter(({ line, score }) => score === undefined && line.missing === 'spreads');
  const there = lines.filter((each) => !spread.includes(each));
  const weights = there.map(({ line }) => line.weight).reduce((a, b) => a + b, 0);
  if (weights === 0 || spread.some(({ line }) => weights < line.least)) return undefined;
  const points = there.map(({ line, score }) => times(percent(line.weight), score ?? percent(line.least)));
  return over(total(points), percent(weights));
}
