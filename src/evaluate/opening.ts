// What goes on from one version of a policy to the next: what is due and owed, what caps have kept, what bounds over longer
// times have counted, and what people keep of awards. It is worked out by the version that it comes from.

import type { Day } from '../base/date.ts';
import { atOnce } from '../base/limits.ts';
import type { Period } from '../base/period.ts';
import type { Model } from '../model/policy.ts';
import { isKept } from '../query/awards.ts';
import { type Kept, levelsUntil, pointsUntil, type Reached, thingsUntil } from './account.ts';
import type { Carried } from './carried.ts';
import type { Run } from './cell.ts';
import { carriedAfter } from './statements.ts';

/** What a version goes on from, by person. */
export interface Opening {
  /** The first day on which it does: that of a period. */
  readonly from: Day;
  readonly carried: ReadonlyMap<string, Carried>;
  readonly points: ReadonlyMap<string, readonly Kept[]>;
  /** Badges and trainings. */
  readonly things: ReadonlyMap<string, readonly Kept[]>;
  /** Levels of the version before; those that the next one has no level of the name of are left behind. */
  readonly levels: ReadonlyMap<string, readonly Reached[]>;
}

/** What goes on after a period, to a version whose periods begin on a day. */
export function openingAfter(run: Run, last: Period, from: Day): Opening {
  const people = [...new Set(run.people.stays.map((each) => each.person))];
  const byPerson = <T>(of: (person: string) => readonly T[]): ReadonlyMap<string, readonly T[]> =>
    new Map(people.map((person) => [person, of(person)] as const).filter(([, found]) => found.length > 0));
  return {
    from,
    carried: atOnce(carriedAfter(run, last)),
    points: byPerson((person) => pointsUntil(run, person, last.until)),
    things: byPerson((person) => thingsUntil(run, person, last.until)),
    levels: byPerson((person) => levelsUntil(run, person, last.until)),
  };
}

/** What goes on from a version that leaves nothing. */
export function nothingFrom(from: Day): Opening {
  return { from, carried: new Map(), points: new Map(), things: new Map(), levels: new Map() };
}

/** Whether anything of a version can go on to the next. */
export function handsOn({ roles, pay, awards, grain }: Model): boolean {
  const bonuses = roles.flatMap((each) => each.bonuses);
  const isLater = bonuses.some(
    ({ parts, monthsLater, holds, payableAs }) => parts ?? monthsLater ?? holds ?? payableAs,
  );
  const bounds = [...roles, pay];
  return (
    isLater ||
    bounds.some(({ draws }) => draws.some((each) => each.recoverable)) ||
    bounds.some(({ caps }) => caps.some((each) => each.carryExcess || each.grain !== grain)) ||
    bounds.some(({ floors }) => floors.some((each) => each.grain !== grain)) ||
    awards.some(isKept)
  );
}
