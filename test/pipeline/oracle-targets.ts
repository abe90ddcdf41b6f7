// The third opinion on targets: what is expected of a KPI on each day of each person, by the words of the language, added
// up day by day. It shares nothing with what it judges.

import { type Fraction, fraction, NOTHING, plus, times } from './oracle.ts';
import { type Length, type Span, spanAt, spansIn } from './oracle-calendars.ts';
import {
  counting,
  daysIn,
  isIn,
  monthInRole,
  monthOfService,
  rowOn,
  weigh,
  weightOn,
} from './oracle-days.ts';
import { isSame, number, ONE, over, total } from './oracle-numbers.ts';
import {
  type Case,
  type KpiName,
  type Line,
  type Override,
  once,
  type Plan,
  type Row,
} from './oracle-plan.ts';

type End = 'value' | 'upTo';

interface Asked {
  readonly kpi: KpiName;
  readonly end: End;
  readonly length: Length;
}

const LENGTHS: readonly Length[] = ['period', 'month', 'quarter', 'year'];

const lengthOf = ({ spread }: Line): Length => spread?.over ?? 'period';

const isShorter = (a: Length, b: Length): boolean => LENGTHS.indexOf(a) < LENGTHS.indexOf(b);

/** Whether a line says by itself what is expected in a time of this length. */
function isDirect(line: Line, length: Length): boolean {
  const isSpread = (line.spread?.shares.length ?? 0) > 0;
  return lengthOf(line) === length || (isSpread && isShorter(length, lengthOf(line)));
}

const longestShorter = (lines: readonly Line[], length: Length): Length | undefined =>
  LENGTHS.findLast((each) => isShorter(each, length) && lines.some((line) => lengthOf(line) === each));

function partOf(one: Case, { spread }: Line, span: Span): Fraction {
  if (!spread || spread.shares.length === 0) return ONE;
  return once(one, `part ${spread.over} ${spread.shares} ${span.id}`, () => sharesOf(one.plan, spread, span));
}

function sharesOf(plan: Plan, spread: NonNullable<Line['spread']>, span: Span): Fraction {
  const { calendar } = plan;
  const whole = spanAt(calendar, spread.over, span.from);
  const { shares } = spread;
  if (shares.length === 1) {
    const count = spansIn(calendar, 'period', whole).length;
    return over(number(spansIn(calendar, 'period', span).length), number(count));
  }
  const parts = spansIn(calendar, shares.length === 4 ? 'quarter' : 'month', whole);
  const parted = parts.map((part, at) => {
    // equal periods of a part, however many days they have
    const periods = spansIn(calendar, 'period', part);
    const inside = periods.filter((each) => isIn(each.from, span)).length;
    return times(fraction(shares[at]!), over(number(inside), number(periods.length)));
  });
  return total(parted);
}

/** Lines to choose from on a day: those of the person, the team, the role; what is said of one is meant of any role. */
function levelsOn({ plan }: Case, row: Row, day: number): readonly (readonly Line[])[] {
  const said = (of: Override['of'], name: string) =>
    plan.overrides
      .filter((each) => each.of === of && each.name === name)
      .filter((each) => (each.from ?? day) <= day && day <= (each.last ?? day))
      .map((each) => each.line);
  const role = row.role === 'head' ? [] : [...plan.seller, ...(row.role === 'hunter' ? plan.hunter : [])];
  return [said('person', row.id), row.team === '' ? [] : said('team', row.team), role];
}

function lineOn(
  one: Case,
  row: Row,
  at: { readonly day: number; readonly line: Line; readonly end: End },
): Fraction | undefined {
  const { day, line, end } = at;
  if (line.region !== undefined && line.region !== row.region) return undefined;
  if (line.months !== undefined && monthInRole(one, row, day) > line.months) return undefined;
  if (line.service !== undefined && monthOfService(one, row, day) > line.service) return undefined;
  if (line.value !== 'quota') return fraction(line[end]!);
  const found = one.quotas.find((each) => each.id === row.id && isIn(day, each));
  return found && number(found.revenue);
}

/** Sums and counts where higher is better: what a ramp is about. */
const isRamped = (kpi: KpiName): boolean => kpi === 'revenue' || kpi === 'pace' || kpi === 'clients';

/** What a day's line says of the whole span; or of which shorter length lines are, where none is of the span itself. */
function valueOn(
  one: Case,
  row: Row,
  of: Asked & { readonly span: Span; readonly day: number },
): Fraction | Length | undefined {
  const { kpi, end, length, span, day } = of;
  for (const [index, all] of levelsOn(one, row, day).entries()) {
    const lines = all.filter((each) => each.kpi === kpi);
    // lines over the span's own length, or spread over it, before those that add up to it
    const direct = lines.filter((each) => isDirect(each, length));
    for (const line of direct.toReversed()) {
      const value = lineOn(one, row, { day, line, end });
      if (value === undefined) continue;
      const whole = times(value, partOf(one, line, span));
      const step = one.plan.ramp[monthInRole(one, row, day) - 1];
      return index === 2 && isRamped(kpi) && step !== undefined
        ? times(whole, fraction(`${step}/100`))
        : whole;
    }
    const shorter = longestShorter(lines, length);
    if (direct.length === 0 && shorter !== undefined) return shorter;
  }
  return undefined;
}

// ---- over days ------------------------------------------------------------------------------------------------

export const isAverage = (kpi: KpiName): boolean => kpi === 'check';

/** Targets of parts together: added up, or the one that all have. */
export function combined(one: Case, kpi: KpiName, targets: readonly Fraction[]): Fraction | undefined {
  if (targets.length === 0) return undefined;
  if (isAverage(kpi)) return targets.every((each) => isSame(each, targets[0]!)) ? targets[0] : undefined;
  return kpi === 'clients' && !one.plan.addsUp && targets.length > 1 ? undefined : total(targets);
}

/** The target of one person over some days of a span; missing where it is so on any day that counts. */
export function targetOver(
  one: Case,
  id: string,
  of: Asked & { readonly span: Span; readonly days: readonly number[] },
): Fraction | undefined {
  const { kpi, end, length, span, days } = of;
  return once(one, `target ${id} ${kpi} ${end} ${length} ${span.id} ${days}`, () => overDays(one, id, of));
}

function overDays(
  one: Case,
  id: string,
  of: Asked & { readonly span: Span; readonly days: readonly number[] },
): Fraction | undefined {
  const { kpi, span } = of;
  const days = counting(one, id, of);
  const isWhole = isAverage(kpi) || one.plan.prorate === 'none';
  const all = isWhole
    ? weigh(one, span, days)
    : once(one, `all ${span.id}`, () => weigh(one, span, daysIn(span, span)));
  let sum = NOTHING;
  const inParts = new Map<Length, number[]>();
  for (const day of days) {
    const value = valueOn(one, rowOn(one, id, day)!, { ...of, day });
    if (value === undefined) return undefined;
    if (typeof value === 'string') inParts.set(value, [...(inParts.get(value) ?? []), day]);
    else sum = plus(sum, over(times(value, weightOn(one, span, day)), all));
  }
  if (days.length === 0) return undefined;
  if (inParts.size === 0) return sum;
  if (kpi === 'clients' && !one.plan.addsUp) return undefined;
  const parts = [...inParts].flatMap(([length, days]) => partsOver(one, id, { ...of, length, days }));
  const present = parts.filter((each) => each !== undefined);
  if (present.length < parts.length) return undefined;
  return isAverage(kpi) ? combined(one, kpi, present) : plus(sum, total(present));
}

function partsOver(
  one: Case,
  id: string,
  of: Asked & { readonly span: Span; readonly days: readonly number[] },
): readonly (Fraction | undefined)[] {
  return spansIn(one.plan.calendar, of.length, of.span).flatMap((span) => {
    const days = counting(one, id, { span, days: of.days.filter((day) => isIn(day, span)) });
    return days.length === 0 ? [] : [targetOver(one, id, { ...of, span, days })];
  });
}
