// What generated cases of targets are made of: each feature is the case without it. Where that is the same case, the
// feature isn't in it; where the same is paid without it, it doesn't matter there.

import { dayOf } from './oracle-calendars.ts';
import { type CardLine, type Case, type Line, type Override, type Plan, PRORATIONS } from './oracle-plan.ts';

export type Without = (one: Case) => Case;

const planned =
  (change: (plan: Plan) => Partial<Plan>): Without =>
  (one) => ({ ...one, plan: { ...one.plan, ...change(one.plan) } });

/** Lines of roles without some of them. */
const lines = (isIt: (line: Line) => boolean): Without =>
  planned(({ seller, hunter }) => ({
    seller: seller.filter((each) => !isIt(each)),
    hunter: hunter.filter((each) => !isIt(each)),
  }));

/** Lines without a part of them. */
const plainer = (change: (line: Line) => Line): Without =>
  planned(({ seller, hunter, overrides }) => ({
    seller: seller.map(change),
    hunter: hunter.map(change),
    overrides: overrides.map((each) => ({ ...each, line: change(each.line) })),
  }));

const unspread = (isIt: (spread: NonNullable<Line['spread']>) => boolean): Without =>
  plainer((line) => {
    if (!line.spread || !isIt(line.spread)) return line;
    const { spread: _, ...rest } = line;
    return rest;
  });

const overrides = (isIt: (override: Override) => boolean): Without =>
  planned(({ overrides }) => ({ overrides: overrides.filter((each) => !isIt(each)) }));

const card = (change: (line: CardLine) => CardLine): Without =>
  planned((plan) => ({ card: plan.card.map(change) }));

/** A line that reads the attainment itself; some would have no end without a cap. */
const linear = ({ on: _, ...rest }: CardLine): CardLine => ({ cap: 1000, ...rest });

/** By what they add to a policy. */
export const FEATURES: Readonly<Record<string, Without>> = {
  'a line with a condition on an attribute': lines((each) => each.region !== undefined),
  'a line for the first months in the role': lines((each) => each.months !== undefined),
  'a line for the first months of service': lines((each) => each.service !== undefined),
  'a line from a table': lines((each) => each.value === 'quota'),
  'lines of the role that extends': planned(() => ({ hunter: [] })),
  'a line for a person': overrides(({ of, from }) => of === 'person' && from === undefined),
  'a line for a person on some days': overrides(({ of, from }) => of === 'person' && from !== undefined),
  'a line for a team': overrides(({ of, from }) => of === 'team' && from === undefined),
  'a line for a team on some days': overrides(({ of, from }) => of === 'team' && from !== undefined),
  'a spread one for a person or a team': overrides(({ line }) => line.spread !== undefined),
  'a quarter spread evenly': unspread(({ over, shares }) => over === 'quarter' && shares.length === 1),
  'a quarter spread in parts': unspread(({ shares }) => shares.length === 3),
  'a year spread evenly': unspread(({ over, shares }) => over === 'year' && shares.length === 1),
  'a year spread in quarters': unspread(({ shares }) => shares.length === 4),
  'a year spread in months': unspread(({ shares }) => shares.length === 12),
  'a quarter that is not spread': unspread(({ shares }) => shares.length === 0),
  'a band': plainer(({ upTo: _, ...rest }) => rest),
  'a ramp': planned(() => ({ ramp: [] })),
  absences: (one) => ({ ...one, absences: [] }),
  ...Object.fromEntries(
    PRORATIONS.map((by) => [
      `prorated by ${by}`,
      planned(({ prorate }) => ({
        prorate: prorate !== by ? prorate : by === 'calendar days' ? 'none' : 'calendar days',
      })),
    ]),
  ),
  holidays: planned(() => ({ holidays: { from: 0, last: 0 } })),
  'a cap of a line': card((line) => (line.cap === undefined ? line : { ...line, cap: 1000 })),
  'a floor of a line': card(({ floor: _, ...rest }) => rest),
  'a curve': card((line) => (line.on === 'standard' ? linear(line) : line)),
  'a curve of the value': card((line) => (line.on === 'volume' ? linear(line) : line)),
  'what counts for a missing line': card((each) =>
    each.missing === 'counts' ? { ...each, least: each.least + 1 } : each,
  ),
  'weights that are spread': card((each) =>
    each.missing === 'spreads' ? { ...each, missing: 'counts' } : each,
  ),
  'weights that are too few': card((each) => (each.missing === 'spreads' ? { ...each, least: 0 } : each)),
  'data that begins late': planned(() => ({ since: dayOf('2025-01-01') })),
  'a policy that begins late': planned(() => ({ begins: dayOf('2025-01-01') })),
  'half up': planned(({ rounding }) => ({
    rounding: { ...rounding, mode: rounding.mode === 'half up' ? 'down' : rounding.mode },
  })),
  'half even': planned(({ rounding }) => ({
    rounding: { ...rounding, mode: rounding.mode === 'half even' ? 'half up' : rounding.mode },
  })),
  down: planned(({ rounding }) => ({
    rounding: { ...rounding, mode: rounding.mode === 'down' ? 'half up' : rounding.mode },
  })),
};

/** What each case is one of, so that nothing could be taken out. */
export const KINDS = [
  'by month',
  'by month of retail',
  'by week',
  'by week of retail',
  'in calendar quarters',
  'in quarters of weeks',
  'in a fiscal year of months',
  'distinct counts that add up',
  'distinct counts that do not add up',
] as const;

export function kindsOf({ plan }: Case): readonly (typeof KINDS)[number][] {
  const { period, retail } = plan.calendar;
  const fiscal = retail?.weeks ? 'in quarters of weeks' : 'in a fiscal year of months';
  return [
    `by ${period}`,
    retail === undefined ? 'in calendar quarters' : fiscal,
    plan.addsUp ? 'distinct counts that add up' : 'distinct counts that do not add up',
  ];
}
