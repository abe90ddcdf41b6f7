// Which periods a policy can be asked for over the data at hand: those between the first and the last day that its events
// hold, within the time for which the policy is in force.

import {
  type Day,
  type Grain,
  type Model,
  type Period,
  parseDay,
  periodAt,
  periodsBetween,
} from '../../../src/browser-engine.ts';
import type { DataFile } from './held.ts';

/** Periods to choose from, longest first; each list in order of time. */
export interface PeriodChoices {
  readonly groups: readonly { readonly grain: string; readonly periods: readonly string[] }[];
  /** What to show first: the last period of the policy that the data covers. */
  readonly last?: string;
}

const MOST = 400;
const LONGER = ['year', 'quarter', 'month', 'week'] as const;
const DATES = /\b(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}/g;

/** The periods that the data covers, by all versions of the policy in order of time. */
export function periodChoices(models: readonly Model[], data: readonly DataFile[]): PeriodChoices {
  const each = models.map((model) => choicesOf(model, data)).filter(({ groups }) => groups.length > 0);
  const grains = new Set(each.flatMap(({ groups }) => groups.map(({ grain }) => grain)));
  const groups = [...grains].map((grain) => {
    const all = each.flatMap((one) => one.groups.find((group) => group.grain === grain)?.periods ?? []);
    // a year that two versions share is in both
    return { grain, periods: [...new Set(all)] };
  });
  const last = each.at(-1)?.last;
  return { groups, ...(last !== undefined && { last }) };
}

function choicesOf(model: Model, data: readonly DataFile[]): PeriodChoices {
  const days = daysOf(model, data);
  const first = latest(model.effective.from, days?.from);
  const until = earliest(model.effective.until, days === undefined ? undefined : days.until + 1);
  if (first === undefined || until === undefined || first >= until) return { groups: [] };
  const grains: Grain[] = [...LONGER.slice(0, longerThan(model.grain)), model.grain];
  const groups = grains.flatMap((grain) => {
    const periods = periodsFrom(grain, first, until).map((each) => each.id);
    return periods.length === 0 || periods.length > MOST ? [] : [{ grain, periods }];
  });
  const own = groups.at(-1)?.periods.at(-1);
  return { groups, ...(own !== undefined && { last: own }) };
}

/** How many of `LONGER` are longer than the grain; a fiscal calendar's stand beside none of them. */
function longerThan(grain: Grain): number {
  const at = LONGER.indexOf(grain as (typeof LONGER)[number]);
  if (grain === 'week') return 0;
  return grain === 'day' ? 3 : Math.max(at, 0);
}

function periodsFrom(grain: Grain, from: Day, until: Day): readonly Period[] {
  return periodsBetween(grain, periodAt(grain, from).from, until);
}

/** The first and last date in the rows of events; a date that isn't one counts as nothing. */
function daysOf(
  model: Model,
  data: readonly DataFile[],
): { readonly from: Day; readonly until: Day } | undefined {
  let from: string | undefined;
  let until: string | undefined;
  for (const { name, text } of data) {
    if (!model.events.some((each) => each.name === name)) continue;
    for (const [date] of text.matchAll(DATES)) {
      if (from === undefined || date < from) from = date;
      if (until === undefined || date > until) until = date;
    }
  }
  const [first, last] = [parseDay(from ?? ''), parseDay(until ?? '')];
  return first === undefined || last === undefined ? undefined : { from: first, until: last };
}

function latest(a: Day | undefined, b: Day | undefined): Day | undefined {
  return a === undefined ? b : b === undefined ? a : Math.max(a, b);
}

function earliest(a: Day | undefined, b: Day | undefined): Day | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}
