// What expectations look at beside figures: bonuses as statements say them, pay, awards, pools and levels of a person in
// a period of the policy, or in a longer one, over which they add up.

import { InternalError } from '../base/diagnostic.ts';
import { add, type Exact, ZERO } from '../base/exact.ts';
import { type Period, periodAt, periodsBetween } from '../base/period.ts';
import type { BonusNode, ResultNode } from '../model/expression.ts';
import type { Cell } from '../model/value.ts';
import { staysOfPerson } from '../query/persons.ts';
import { levelsUntil } from './account.ts';
import { earnedOf, type PayAmount, payableOf } from './amounts.ts';
import { outcomesOf } from './awards.ts';
import type { CellPlace, Run, Stated } from './cell.ts';
import { viewerStay } from './formula.ts';
import { type PaidBonus, paidBonus } from './pay.ts';
import type { PersonPay } from './person-pay.ts';
import { hasDayIn, stayPlace } from './places.ts';
import { sharedIn } from './pools.ts';
import { earnedIn } from './role-pay.ts';
import { payOf } from './statements.ts';

/** A bonus as a statement says it, and where it was worked out. */
export interface StatedBonus {
  readonly paid: PaidBonus;
  readonly place: CellPlace;
}

/** As expectations look at it: bonuses are what statements say of them, all lines of that name of every role that has it. */
export const STATED: Stated = {
  bonus: (run, node, place) => sum(statedBonuses(run, node, place).map(({ paid }) => paid.amount)),
  result: resultIn,
};

/** As claims do: bonuses before they are rounded. */
export const STATED_EXACTLY: Stated = {
  ...STATED,
  bonus: (run, node, place) => sum(statedBonuses(run, node, place).map(({ paid }) => paid.payable)),
};

/** The lines of a bonus that are earned in the period; none where no time over which it is worked out ends. */
export function statedBonuses(run: Run, { name }: BonusNode, place: CellPlace): readonly StatedBonus[] {
  const { person } = viewerStay(place);
  return policyPeriods(run, place.period).flatMap((period) =>
    staysOfPerson(run.people, person)
      .filter((stay) => hasDayIn(stay, period))
      .flatMap((stay) =>
        run.roles
          .get(stay.role)!
          .bonuses.filter((bonus) => bonus.name === name)
          .flatMap((bonus) =>
            earnedIn(run, stay, bonus.grain, period).map((over) => {
              const at = stayPlace(run, stay, over);
              return { paid: paidBonus(run, bonus, at), place: at };
            }),
          ),
      ),
  );
}

/** What the results of a person in the period say. */
function resultIn(run: Run, { result, name }: ResultNode, place: CellPlace): Cell {
  const { person } = viewerStay(place);
  const periods = policyPeriods(run, place.period);
  switch (result) {
    case 'pay':
      return payableOf(statedPay(run, place));
    case 'earned':
      return earnedOf(statedPay(run, place));
    case 'award': {
      const award = named(run.model.awards, name);
      return periods.some((period) => outcomesOf(run, award, period).get(person)?.won ?? false);
    }
    case 'level':
      return levelsUntil(run, person, place.period.until).some(({ level }) => level.name === name);
    case 'pool': {
      const pool = named(run.model.pools, name);
      const parts = periods.flatMap((period) => {
        const own = periodAt(pool.grain, period.until - 1);
        return own.until === period.until ? sharedIn(run, pool, own).parts : [];
      });
      return sum(parts.filter(({ stay }) => stay.person === person).map(({ amount }) => amount));
    }
    default:
      return result satisfies never;
  }
}

/** The amounts that a person's pay of the period is made of. */
export function statedPay(run: Run, place: CellPlace): readonly PayAmount[] {
  const { person } = viewerStay(place);
  return payOf(run, person, policyPeriods(run, place.period)).flatMap(amountsOf);
}

function policyPeriods(run: Run, { from, until }: Period): readonly Period[] {
  return periodsBetween(run.model.grain, from, until);
}

function amountsOf({ roles, own }: PersonPay): readonly PayAmount[] {
  return [...roles.flatMap((each) => each.amounts), ...own];
}

function sum(amounts: readonly Exact[]): Exact {
  return amounts.reduce(add, ZERO);
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string | undefined): T {
  const found = all.find((each) => each.name === name);
  if (!found) throw new InternalError(`no such result: ${name}`);
  return found;
}
