// What goes on from period to period: what is due of earlier ones, what caps have kept, what is owed of draws, and what
// bounds over longer times have counted so far. All of it is a person's.

import type { Day } from '../base/date.ts';
import { type Exact, ZERO } from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import type { Cap, Draw } from '../model/pay.ts';
import type { Later, PayAmount } from './amounts.ts';

/** A part of an earlier amount that isn't paid yet. */
export interface Due extends Later {
  readonly from: PayAmount;
  /** Its place among the later parts of that amount. */
  readonly index: number;
  /** The policy period in which it was earned. */
  readonly earnedIn: Period;
}

/** What a cap has kept for later. */
export interface Excess {
  readonly role?: string;
  readonly cap: Cap;
  readonly amount: Exact;
  /** The cap's amount when it was last worked out, and the end of the time that it was worked out over. */
  readonly most: Exact;
  readonly until: Day;
}

/** What is owed of a draw. */
export interface Owed {
  readonly role?: string;
  readonly draw: Draw;
  readonly amount: Exact;
}

/** A person's, by what each is of: a role (or the policy) and the place of the line among its kind. */
export interface Carried {
  due: readonly Due[];
  readonly excess: Map<string, Excess>;
  readonly owed: Map<string, Owed>;
  /** What a bound has counted in a longer time, and in which. */
  readonly counted: Map<string, Counted>;
  /** What a cap has taken in a longer time, without keeping it: it gives that back where refunds leave room again. */
  readonly taken: Map<string, Counted>;
}

interface Counted {
  readonly period: string;
  readonly amount: Exact;
}

export function nothingCarried(): Carried {
  return { due: [], excess: new Map(), owed: new Map(), counted: new Map(), taken: new Map() };
}

/** What people carry, to be gone on from: whoever does changes it. */
export function carriedOn(carried: ReadonlyMap<string, Carried>): Map<string, Carried> {
  const copy = ({ due, excess, owed, counted, taken }: Carried): Carried => ({
    due,
    excess: new Map(excess),
    owed: new Map(owed),
    counted: new Map(counted),
    taken: new Map(taken),
  });
  return new Map([...carried].map(([person, each]) => [person, copy(each)]));
}

/** What a bound over a longer time has counted so far in it. */
export function countedBefore(carried: Carried, key: string, period: Period): Exact {
  return soFar(carried.counted, key, period);
}

/** What a cap over a longer time has taken so far in it. */
export function takenBefore(carried: Carried, key: string, period: Period): Exact {
  return soFar(carried.taken, key, period);
}

function soFar(counted: ReadonlyMap<string, Counted>, key: string, period: Period): Exact {
  const found = counted.get(key);
  return found?.period === period.id ? found.amount : ZERO;
}
