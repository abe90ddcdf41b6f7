// What a person is paid in a period of the policy: what each role earns, what is due from earlier, and what bounds all
// pay. Periods are worked out in their order, since each takes over what the one before left.

import {
  add,
  divide,
  type Exact,
  equals,
  greatest,
  isZero,
  multiply,
  subtract,
  whole,
  ZERO,
} from '../base/exact.ts';
import { type Grain, type Period, periodAt } from '../base/period.ts';
import { payingDecision } from '../library/decisions.ts';
import type { Expression } from '../model/expression.ts';
import type { Cap, Floor } from '../model/pay.ts';
import type { Stay } from '../model/people.ts';
import { staysOfPerson } from '../query/persons.ts';
import { isScheduled, type Later, type PayAmount, payableOf } from './amounts.ts';
import { type Bounding, cutDown, releasedAfter, toppedUp } from './bounds.ts';
import { type Carried, countedBefore, type Due, takenBefore } from './carried.ts';
import { daysOf, type Held, heldDays, type Run } from './cell.ts';
import { heldShare } from './days.ts';
import type { Drawn } from './draws.ts';
import { dueAmount } from './due-lines.ts';
import { inputsOf } from './lines.ts';
import { type Seldom, seldomPaid, takesSeldomPaid } from './needed.ts';
import { boundIn, roleOf } from './pay.ts';
import { asOne, hasDayIn, isThereThrough, type PersonIn, stayPlace } from './places.ts';
import { earnedIn, rolePay } from './role-pay.ts';
import { isHeard, tell } from './watch.ts';

/** What a person is paid in a period. */
export interface PersonPay extends PersonIn {
  readonly roles: readonly { readonly stay: Stay; readonly amounts: readonly PayAmount[] }[];
  /** What belongs to no role held in the period, or to all pay. */
  readonly own: readonly PayAmount[];
  /** Whether a part of this period's amounts is lost, as the person has left. */
  readonly isLost: (part: Later) => boolean;
  readonly before: Balances;
  readonly after: Balances;
  /** What is due in later periods. */
  readonly due: readonly Due[];
}

/** What is owed of draws and kept by caps, by what it is known by in `Carried`. */
export interface Balances {
  readonly owed: ReadonlyMap<string, Balanced>;
  readonly excess: ReadonlyMap<string, Balanced>;
}

interface Balanced {
  readonly role?: string;
  readonly amount: Exact;
}

/** Works a period out and takes it into what the person carries. */
export function personPay(run: Run, at: PersonIn, carried: Carried): PersonPay {
  const { person, stays, period } = at;
  const draws = takesSeldomPaid(run) ? seldomPaid() : NO_DRAWS;
  const before = balancesOf(carried);
  const hasLeft = !isThereThrough(run, person, period);
  const earned = stays.map((stay) => ({ stay, amounts: rolePay(run, { stay, period }, carried) }));
  tellForfeits(run, carried.due, { person, period, hasLeft });
  const due = dueIn(carried, period, hasLeft);
  const released = releasesOf(run, at, carried);
  const earlier = [...due, ...released];
  const drawn = earned.map(({ stay, amounts }, index) => {
    const isLast = !stays.slice(index + 1).some((each) => each.role === stay.role);
    const ofRole = isLast ? earlier.filter((each) => each.role === stay.role) : [];
    return draws.roleDraws(run, { stay, period }, [...amounts, ...ofRole], carried);
  });
  const roles = earned.map(({ stay, amounts }, index) => ({
    stay,
    amounts: [
      ...amounts.filter((each) => each.kind !== 'award'),
      ...drawn[index]!.amounts,
      ...amounts.filter((each) => each.kind === 'award'),
    ],
  }));
  const own = [...earlier];
  const all = (): readonly PayAmount[] => [...roles.flatMap((each) => each.amounts), ...own];
  own.push(...policyBounds(run, at, { all, carried }));
  keepCounts(run, period, { all, carried });
  const topped = draws.policyDraws(run, at, {
    paid: all(),
    carried,
    amountOf: (draw, over) => amountOf(run, at, { bound: draw, period, over, isProrated: true }),
  });
  own.push(...topped.amounts);
  const kept = greatest(
    topped.kept,
    drawn.reduce((sum, each) => add(sum, each.kept), ZERO),
  );
  const exceeding = subtract(payableOf(all()), kept);
  own.push(...draws.recovered(run, at, { owedBefore: before.owed, exceeding, carried }));
  const isLost = (part: Later): boolean => hasLeft && part.forfeits;
  const later = laterOf(all(), period);
  tellForfeits(run, later, { person, period, hasLeft });
  carried.due = [...carried.due, ...later.filter((each) => !isLost(each))];
  return { ...at, roles, own, isLost, before, after: balancesOf(carried), due: carried.due };
}

const NOTHING_DRAWN: Drawn = { kept: ZERO, amounts: [] };

const NO_DRAWS: Pick<Seldom, 'roleDraws' | 'policyDraws' | 'recovered'> = {
  roleDraws: () => NOTHING_DRAWN,
  policyDraws: () => NOTHING_DRAWN,
  recovered: () => [],
};

/** Whether anything is left that a person without a role has a statement for. */
export function isOwedOrDue({ due, excess, owed }: Carried, period: Period): boolean {
  // what may be freed later isn't due before
  const isDue = due.some((each) => isScheduled(each) || each.period.from <= period.from);
  return isDue || [...excess.values(), ...owed.values()].some((each) => !isZero(each.amount));
}

function balancesOf({ owed, excess }: Carried): Balances {
  return { owed: new Map(owed), excess: new Map(excess) };
}

// ---- what is due -------------------------------------------------------------------------------------------------

/** What is due now of earlier periods, and what isn't any more as the person has left. */
function dueIn(carried: Carried, period: Period, hasLeft: boolean): readonly PayAmount[] {
  const lost = carried.due.filter((each) => hasLeft && each.forfeits);
  const now = carried.due.filter((each) => each.period.from <= period.from && !lost.includes(each));
  carried.due = carried.due.filter((each) => !lost.includes(each) && !now.includes(each));
  for (const { kept, amount } of now) {
    const excess = kept === undefined ? undefined : carried.excess.get(kept);
    if (excess) carried.excess.set(kept!, { ...excess, amount: subtract(excess.amount, amount) });
  }
  return [
    ...now.map((each) => dueAmount(each, { payable: each.amount })),
    ...inOne(lost).map((each) => dueAmount(each, { payable: ZERO })),
  ];
}

/** Of parts that are lost on leaving, those that are, and those that are paid. */
function tellForfeits(
  run: Run,
  parts: readonly Due[],
  {
    person,
    period,
    hasLeft,
  }: { readonly person: string; readonly period: Period; readonly hasLeft: boolean },
): void {
  if (!isHeard(run)) return;
  for (const { forfeits, period: due, from } of parts) {
    if (!forfeits || (!hasLeft && due.from > period.from)) continue;
    const bonus = run.roles.get(from.role ?? '')?.bonuses.find((each) => each.name === from.name);
    if (!bonus) continue;
    const decision = payingDecision(bonus.span, 'forfeited on leaving', hasLeft);
    tell(run, decision, { person, role: from.role!, period: period.id });
  }
}

/** What wasn't freed of an amount is lost in one, whenever it would have been. */
function inOne(lost: readonly Due[]): readonly Due[] {
  const found = new Map<unknown, Due>();
  for (const { rows: _, ...each } of lost) {
    const key = isScheduled(each) ? each : each.from;
    const before = found.get(key);
    found.set(key, before ? { ...before, amount: add(before.amount, each.amount) } : each);
  }
  return [...found.values()];
}

function laterOf(amounts: readonly PayAmount[], period: Period): readonly Due[] {
  return amounts.flatMap((from) =>
    from.later.map((each, index): Due => ({ ...each, from, index, earnedIn: period })),
  );
}

/** What caps of roles that the person doesn't hold any more, and of an earlier version, pay of what they have kept. */
function releasesOf(run: Run, { person, stays, period }: PersonIn, carried: Carried): readonly PayAmount[] {
  const held = new Set(stays.map((each) => each.role));
  return [...carried.excess].flatMap(([key, excess]) => {
    const { role, cap, until } = excess;
    const over = periodAt(cap.grain, period.until - 1);
    // a cap has had its time once; the policy's go on for who has left
    const isDone = over.until > period.until || over.from < until;
    const isHeld = role === undefined || held.has(role);
    return isDone || (isHeld && keepsOn(run, key, role))
      ? []
      : releasedAfter(run, { excess, key, over, person }, carried);
  });
}

/** Whether there is a cap that goes on with what is kept by the key. */
function keepsOn(run: Run, key: string, role: string | undefined): boolean {
  if (!run.opening) return true;
  const caps = role === undefined ? run.model.pay.caps : (run.roles.get(role)?.caps ?? []);
  const [, index] = / cap ([0-9]+)/.exec(role === undefined ? key : key.slice(role.length))!;
  return caps[Number(index)]?.carryExcess === true;
}

// ---- bounds of all pay --------------------------------------------------------------------------------------------

interface All {
  readonly all: () => readonly PayAmount[];
  readonly carried: Carried;
}

/**
 * Floors and then caps of the policy; each counts all that is payable in its time, caps without what is owed. Of who has
 * left caps go on, over what is still due, as they were when the person was last there.
 */
function policyBounds(run: Run, at: PersonIn, { all, carried }: All): readonly PayAmount[] {
  const { stays, period } = at;
  const { floors, caps } = run.model.pay;
  const found: PayAmount[] = [];
  const bounding = <T extends Cap | Floor>(
    kind: 'floor' | 'cap',
    bound: T,
    of: { key: string; over: Period },
  ) => {
    const { key, over } = of;
    const isFloor = kind === 'floor';
    const { amount, says } = amountOf(run, at, {
      bound,
      period: lastThere(run, at, over),
      over,
      isProrated: isFloor,
    });
    const counted = isFloor ? [...all(), ...found] : withoutOwed([...all(), ...found]);
    const before = bound.grain === run.model.grain ? ZERO : countedBefore(carried, key, over);
    const whom = { person: at.person, period: period.id };
    return { bound, key, over, amount, counted, before, of: 'payable', says, whom } satisfies Bounding<T>;
  };
  floors.forEach((floor, index) => {
    if (stays.length === 0) return;
    for (const over of endsIn(run, at, floor.grain))
      found.push(...toppedUp(run, bounding('floor', floor, { key: countKey(index, 'floor'), over })));
  });
  caps.forEach((cap, index) => {
    const key = countKey(index, 'cap');
    const isOver = all().length === 0 && isZero(carried.excess.get(key)?.amount ?? ZERO);
    if (stays.length === 0 && isOver) return;
    const over = cap.grain === run.model.grain ? period : periodAt(cap.grain, period.from);
    const taken = cap.grain === run.model.grain ? {} : { taken: takenBefore(carried, key, over) };
    found.push(...cutDown(run, { ...bounding('cap', cap, { key, over }), ...taken }, carried));
  });
  return found;
}

function withoutOwed(amounts: readonly PayAmount[]): readonly PayAmount[] {
  return amounts.filter((each) => !each.owed);
}

/** The period itself, or the last one like it in which the person was there. */
function lastThere(run: Run, { person }: PersonIn, period: Period): Period {
  const stays = staysOfPerson(run.people, person).filter((each) => each.from < period.until);
  if (stays.some((each) => hasDayIn(each, period))) return period;
  return periodAt(period.grain, Math.max(...stays.map((each) => each.until)) - 1);
}

function countKey(index: number, what: 'floor' | 'cap'): string {
  return `policy ${what} ${index}`;
}

/** The periods of a longer grain that end in this one, for the person. */
function endsIn(run: Run, { person, period }: PersonIn, grain: Grain): readonly Period[] {
  return earnedIn(run, asOne(staysOfPerson(run.people, person)), grain, period);
}

/** Adds up what the policy's bounds over longer times have counted. */
function keepCounts(run: Run, period: Period, { all, carried }: All): void {
  const { floors, caps } = run.model.pay;
  const keep = (bound: Cap | Floor, key: string, counted: readonly PayAmount[]): void => {
    if (bound.grain === run.model.grain) return;
    const over = periodAt(bound.grain, period.from);
    const amount = add(countedBefore(carried, key, over), payableOf(counted));
    carried.counted.set(key, { period: over.id, amount });
  };
  for (const [index, each] of floors.entries()) keep(each, countKey(index, 'floor'), all());
  for (const [index, each] of caps.entries()) keep(each, countKey(index, 'cap'), withoutOwed(all()));
}

interface Of {
  readonly bound: { readonly amount: Expression };
  /** Where its amount is worked out, and over what it is prorated. */
  readonly period: Period;
  readonly over: Period;
  readonly isProrated: boolean;
}

/** The amount of a bound of all pay: of one who holds several roles, its average by days; prorated to all days held. */
function amountOf(run: Run, { person }: PersonIn, { bound, period, over, isProrated }: Of) {
  const stays = staysOfPerson(run.people, person);
  const places = stays
    .filter((each) => hasDayIn(each, period))
    .map((each) => stayPlace(run, each, period))
    .toSorted((a, b) => a.held.at(-1)!.until - b.held.at(-1)!.until);
  const last = places.at(-1)!;
  const amount = averageByDays(
    places.map((place) => ({ value: boundIn(run, bound.amount, place), days: daysOf(place.held) })),
  );
  const held = isProrated
    ? heldShare(run, roleOf(last), { period: over, held: daysOnce(stays, over) })
    : undefined;
  return {
    amount: held ? multiply(amount, held.share) : amount,
    says: () => ({
      inputs: inputsOf(run, bound.amount, last),
      ...(held?.prorated ? { prorated: held.prorated } : {}),
    }),
  };
}

function averageByDays(values: readonly { readonly value: Exact; readonly days: number }[]): Exact {
  const first = values[0]!.value;
  if (values.every((each) => equals(each.value, first))) return first;
  const days = values.reduce((sum, each) => sum + each.days, 0);
  const sum = values.reduce((total, each) => add(total, multiply(each.value, whole(each.days))), ZERO);
  return divide(sum, whole(days))!;
}

/** The days on which any of the stays holds, each once. */
function daysOnce(stays: readonly Stay[], over: Period): readonly Held[] {
  const found: Held[] = [];
  let until = Number.NEGATIVE_INFINITY;
  for (const each of stays.flatMap((stay) => heldDays(stay, over)).toSorted((a, b) => a.from - b.from)) {
    const from = Math.max(each.from, until);
    if (from >= each.until) continue;
    found.push({ ...each, from });
    until = each.until;
  }
  return found;
}
