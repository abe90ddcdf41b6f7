// Which earlier periods a run works pay out for: what is due in later periods, what caps keep and what is owed of draws
// goes on from them.

import { addMonths, type Day, FIRST_DAY } from '../base/date.ts';
import { type Period, periodAt, periodsBetween } from '../base/period.ts';
import type { Expression } from '../model/expression.ts';
import type { Bonus } from '../model/pay.ts';
import type { People } from '../model/people.ts';
import type { Model } from '../model/policy.ts';
import { beginningOf, boundedStart } from './history.ts';
import { type GrainPlan, grainPlans } from './make-queries.ts';
import { completeFrom } from './named.ts';

/** Who is there, and the day from which everything goes on from the version of the policy before, if there was one. */
export interface Going {
  readonly people: People;
  readonly opening?: { readonly from: Day } | undefined;
}

/** The periods before the first one asked for that anything goes on from, in order of time. */
export function carriedPeriods(
  model: Model,
  { people, opening }: Going,
  periods: readonly Period[],
): readonly Period[] {
  const [first] = periods;
  const beginning = beginningOf(model, people);
  if (!first || beginning === undefined) return [];
  if (opening) return opening.from < first.from ? periodsBetween(model.grain, opening.from, first.from) : [];
  const wanted = wantedFrom(model, first, beginning);
  if (!wanted) return [];
  const start = periodAt(model.grain, Math.max(wanted.from, beginning)).from;
  const from = Math.max(start, completeOf(model) ?? start);
  const back = { grain: model.grain, from, until: first.from, look: wanted.look };
  return from < first.from ? periodsBetween(model.grain, boundedStart(back), first.from) : [];
}

/** What a run works out: the periods asked for, and those before them that pay goes on from. */
export function runPlans(model: Model, going: Going, periods: readonly Period[]): readonly GrainPlan[] {
  return grainPlans(model, [...carriedPeriods(model, going, periods), ...periods]);
}

interface From {
  readonly from: Day;
  readonly look: Expression;
}

function balancesOf({ roles, pay }: Pick<Model, 'roles' | 'pay'>): readonly Expression[] {
  return [...roles, pay].flatMap(({ caps, draws }) => [
    ...draws.filter((each) => each.recoverable).map((each) => each.amount),
    ...caps.filter((each) => each.carryExcess).map((each) => each.amount),
  ]);
}

/** The earliest day that anything goes on from, and what does. */
function wantedFrom(model: Model, first: Period, beginning: Day): From | undefined {
  const { roles, pay, grain } = model;
  const [balance] = balancesOf(model);
  if (balance) return { from: beginning, look: balance };
  const longer = [
    ...roles.flatMap((role) => [...role.caps, ...role.floors]).filter((each) => each.inAll),
    ...pay.caps,
    ...pay.floors,
  ].filter((each) => each.grain !== grain);
  const found = [
    ...roles.flatMap((role) => role.bonuses).flatMap((bonus) => dueFrom(bonus, first)),
    ...longer.map((each): From => ({ from: periodAt(each.grain, first.from).from, look: each.amount })),
  ];
  return found.toSorted((a, b) => a.from - b.from)[0];
}

/** The earliest day whose period may have earned what is due in this one. */
function dueFrom(bonus: Bonus, first: Period): readonly From[] {
  const { parts = 1, monthsLater = 0, holds, payableAs, value } = bonus;
  // what frees it may come in at any time
  if (payableAs) return [{ from: FIRST_DAY, look: value }];
  const months = monthsLater + Math.max(parts - 1, holds?.months ?? 0);
  // the last day of a period, and not its first, lies so many months before
  return months === 0 ? [] : [{ from: addMonths(first.from, -months - 1), look: value }];
}

/**
 * The first day of which all that bonuses read over their own period is complete: nothing goes on from a period that
 * begins before it, whichever periods are asked for.
 */
export function completeOf(model: Model): Day | undefined {
  let latest: Day | undefined;
  for (const role of model.roles) {
    for (const { value, when } of role.bonuses) {
      for (const formula of when ? [value, when] : [value]) {
        const from = completeFrom(model, formula, role);
        if (from !== undefined) latest = Math.max(latest ?? from, from);
      }
    }
  }
  return latest;
}
