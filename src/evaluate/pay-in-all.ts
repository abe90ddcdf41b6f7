// What everybody is paid, in all: by columns where a policy pays nothing but bonuses, each by itself; otherwise person by
// person. No statement is made of it.

import { add, type Exact, exact, multiply, whole, ZERO } from '../base/exact.ts';
import type { Grain, Period } from '../base/period.ts';
import type { Bonus } from '../model/pay.ts';
import type { Stay } from '../model/people.ts';
import type { Role } from '../model/policy.ts';
import { payableOf } from './amounts.ts';
import type { CellPlace, Run } from './cell.ts';
import { type Kept, leavesOf } from './column-leaves.ts';
import { type EarnedColumn, earnedColumns } from './column-pay.ts';
import { paidBonus } from './pay.ts';
import { hasDayIn, letGo, stayPlace } from './places.ts';
import { earnedIn } from './role-pay.ts';
import { allPay } from './statements.ts';

/** What is payable to all in the periods together. */
export function payInAll(run: Run, periods: readonly Period[]): Exact {
  if (!isOfBonusesAlone(run)) {
    return allPay(run, periods).reduce(
      (sum, { roles, own }) => add(sum, payableOf([...roles.flatMap(({ amounts }) => amounts), ...own])),
      ZERO,
    );
  }
  let sum: Exact = ZERO;
  for (const period of periods) {
    letGo(run, period.from - 1);
    for (const role of run.model.roles) sum = add(sum, rolePayInAll(run, role, period));
  }
  return sum;
}

/** Whether pay is the sum of bonuses of the periods in which they are earned: nothing bounds, moves or adds to them. */
function isOfBonusesAlone({ model, watch, unrounded, opening }: Run): boolean {
  const { pay, awards, roles } = model;
  if (watch || unrounded || opening) return false;
  if (pay.caps.length + pay.floors.length + pay.draws.length > 0) return false;
  if (awards.some((each) => each.kind === 'award' && each.gives.some(({ kind }) => kind === 'money')))
    return false;
  return roles.every(
    ({ caps, floors, draws, bonuses }) =>
      caps.length + floors.length + draws.length === 0 && bonuses.every(isPaidAtOnce),
  );
}

function isPaidAtOnce({ parts, monthsLater, holds, payableAs }: Bonus): boolean {
  return parts === undefined && monthsLater === undefined && !holds && !payableAs;
}

function rolePayInAll(run: Run, role: Role, period: Period): Exact {
  const stays = run.people.stays.filter((each) => each.role === role.name && hasDayIn(each, period));
  if (stays.length === 0) return ZERO;
  const grains = new Set(role.bonuses.map((each) => each.grain));
  return [...grains].reduce((sum, grain) => add(sum, grainPay(run, role, { stays, grain, period })), ZERO);
}

/** What the bonuses of a length of time come to that are earned in a period. */
function grainPay(
  run: Run,
  role: Role,
  {
    stays,
    grain,
    period,
  }: { readonly stays: readonly Stay[]; readonly grain: Grain; readonly period: Period },
): Exact {
  const places = stays.flatMap((stay) =>
    earnedIn(run, stay, grain, period).map((each) => stayPlace(run, stay, each)),
  );
  const bonuses = role.bonuses.filter((each) => each.grain === grain);
  let sum = ZERO;
  for (const [over, there] of byPeriod(places)) {
    const leaves = leavesOf(run, there, keptOf(run, `${role.name} ${grain} ${over} ${period.id}`));
    const earned = earnedColumns(run, { role, grain, count: there.length, leaves });
    for (const bonus of bonuses)
      sum = add(sum, columnSum(run, bonus, { places: there, column: earned.get(bonus.name) }));
  }
  return sum;
}

function columnSum(
  run: Run,
  bonus: Bonus,
  { places, column }: { readonly places: readonly CellPlace[]; readonly column: EarnedColumn | undefined },
): Exact {
  let apart: Exact = ZERO;
  let steps = 0n;
  let some = 0;
  for (const [at, place] of places.entries()) {
    if (!column || column.open[at] === 1) apart = add(apart, paidBonus(run, bonus, place).amount);
    else if (Math.abs(some + column.steps[at]!) <= Number.MAX_SAFE_INTEGER) some += column.steps[at]!;
    else {
      steps += BigInt(some);
      some = column.steps[at]!;
    }
  }
  return add(apart, multiply(whole(steps + BigInt(some)), exact(run.model.rounding.step)));
}

function byPeriod(places: readonly CellPlace[]): ReadonlyMap<string, readonly CellPlace[]> {
  const found = new Map<string, CellPlace[]>();
  for (const place of places) {
    const known = found.get(place.period.id);
    if (known) known.push(place);
    else found.set(place.period.id, [place]);
  }
  return found;
}

// facts are never changed, and are shared by policies that ask the same of the data
const read = new WeakMap<Run['facts'], Map<string, Kept>>();

function keptOf({ facts }: Run, cells: string): Kept {
  const ofFacts = read.get(facts) ?? new Map<string, Kept>();
  read.set(facts, ofFacts);
  const kept = ofFacts.get(cells) ?? new Map();
  ofFacts.set(cells, kept);
  return kept;
}
