// What floors add and caps take, of one role's bonuses or of all pay; and what caps have kept for later and pay now.

import { add, type Exact, exactText, greatest, isZero, least, sign, subtract, ZERO } from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import { capDecision } from '../library/decisions.ts';
import type { DecidedFor, Decision } from '../model/decision.ts';
import type { Input } from '../model/inputs.ts';
import type { Cap, Floor } from '../model/pay.ts';
import type { Because, PayLine, Prorated } from '../model/pay-lines.ts';
import { boundedOf, type PayAmount } from './amounts.ts';
import type { Carried, Excess } from './carried.ts';
import { type CellPlace, type Run, wordsOf } from './cell.ts';
import { type Schedule, scheduledLike } from './later-pay.ts';
import { rounded } from './pay.ts';
import { isHeard, tell } from './watch.ts';

/** A bound as it holds for somebody in a period. */
export interface Bounding<T extends Cap | Floor> {
  readonly bound: T;
  /** What is carried of it is known by. */
  readonly key: string;
  readonly role?: string;
  /** What it is worked out over. */
  readonly over: Period;
  /** Its amount; of a floor for the days held. */
  readonly amount: Exact;
  /** What it counts in the period, and has counted in earlier ones. */
  readonly counted: readonly PayAmount[];
  readonly before: Exact;
  /** Whether it counts what is earned, or what is payable. */
  readonly of: 'earned' | 'payable';
  /** Of a cap over a longer time that holds as it goes on: what it has taken so far, where it doesn't keep that. */
  readonly taken?: Exact;
  readonly says: () => { readonly inputs: readonly Input[]; readonly prorated?: Prorated | undefined };
  /** Whose pay it bounds. */
  readonly whom: CellPlace | DecidedFor;
}

function totalOf({ counted, before, of }: Bounding<Cap | Floor>): Exact {
  return counted.reduce((sum, each) => add(sum, of === 'earned' ? boundedOf(each) : each.payable), before);
}

/** What a floor adds. */
export function toppedUp(run: Run, bounding: Bounding<Floor>): readonly PayAmount[] {
  const lowest = rounded(run, bounding.amount);
  const total = totalOf(bounding);
  if (isHeard(run))
    tell(run, capDecision('floor', bounding.bound.span, { value: total, bound: lowest }), bounding.whom);
  const missing = subtract(lowest, total);
  if (sign(missing) <= 0) return [];
  const because: Because = { kind: 'floor', floor: exactText(lowest) };
  const amounts = { earned: missing, payable: missing, computed: bounding.amount };
  return [boundAmount(run, bounding, { kind: 'floor', ...amounts, because })];
}

/** What a cap takes, or pays of what it has kept or taken before. */
export function cutDown(run: Run, bounding: Bounding<Cap>, carried: Carried): readonly PayAmount[] {
  const most = rounded(run, bounding.amount);
  const { bound } = bounding;
  const total = totalOf(bounding);
  if (isHeard(run)) tell(run, capDecision('cap', bound.span, { value: total, bound: most }), bounding.whom);
  const room = { most, room: subtract(most, total) };
  return bound.carryExcess
    ? excessKept(run, bounding, room, carried)
    : excessCut(run, bounding, room, carried);
}

interface Room {
  readonly most: Exact;
  /** What is left below the cap; less than nothing: what lies above it. */
  readonly room: Exact;
}

/** What lies above the cap is earned all the same, and paid when there is room. */
function excessKept(
  run: Run,
  bounding: Bounding<Cap>,
  { most, room }: Room,
  carried: Carried,
): readonly PayAmount[] {
  const { bound, key, role, over } = bounding;
  const kept = carried.excess.get(key)?.amount ?? ZERO;
  const released = sign(room) > 0 ? least(room, kept) : ZERO;
  if (isHeard(run) && !isZero(kept)) tell(run, excessDecision(bound.span, released), bounding.whom);
  const { now, later } = takenOf(run, bounding, room);
  // what it takes of a later part is kept when that part comes
  const amount = subtract(subtract(kept, released), now);
  const whose = role === undefined ? {} : { role };
  carried.excess.set(key, { ...whose, cap: bound, amount, most, until: over.until });
  if (!isZero(released)) return [releasedAmount(run, bounding, { released, kept, most })];
  if (sign(room) >= 0) return [];
  const because: Because = { kind: 'cap', cap: exactText(most) };
  const found = boundAmount(run, bounding, {
    kind: 'cap',
    earned: ZERO,
    payable: now,
    because,
    computed: room,
  });
  return [{ ...found, later: later.map((each) => ({ ...each, kept: key })) }];
}

/** What lies above the cap is lost, unless refunds in the same time bring it below again. */
function excessCut(
  run: Run,
  bounding: Bounding<Cap>,
  { most, room }: Room,
  carried: Carried,
): readonly PayAmount[] {
  const { key, over, taken } = bounding;
  const back = taken !== undefined && sign(room) > 0 ? least(room, taken) : ZERO;
  const earned = add(least(room, ZERO), back);
  if (taken !== undefined) carried.taken.set(key, { period: over.id, amount: subtract(taken, earned) });
  if (isZero(earned)) return [];
  const because: Because = { kind: 'cap', cap: exactText(most) };
  const { now, later } = isZero(back) ? takenOf(run, bounding, room) : { now: back, later: [] };
  const found = boundAmount(run, bounding, { kind: 'cap', earned, payable: now, because, computed: room });
  return [{ ...found, later }];
}

/** What a cap takes, by when that is payable: of what is earned as its parts come. */
function takenOf(run: Run, { of, counted }: Bounding<Cap>, room: Exact): Schedule {
  if (sign(room) >= 0) return { now: ZERO, later: [] };
  return of === 'earned' ? scheduledLike(run, room, counted) : { now: room, later: [] };
}

/** What a cap that isn't worked out any more (the person has left the role) pays of what it has kept. */
export function releasedAfter(
  run: Run,
  {
    excess,
    key,
    over,
    person,
  }: {
    readonly excess: Excess;
    readonly key: string;
    readonly over: Period;
    readonly person: string;
  },
  carried: Carried,
): readonly PayAmount[] {
  const released = greatest(least(excess.most, excess.amount), ZERO);
  if (isHeard(run) && !isZero(excess.amount))
    tell(run, excessDecision(excess.cap.span, released), { person, period: over.id });
  if (isZero(released)) return [];
  carried.excess.set(key, { ...excess, amount: subtract(excess.amount, released), until: over.until });
  const { cap, role, most } = excess;
  const bounding = { bound: cap, over, role, says: () => ({ inputs: [] }) };
  const found = releasedAmount(run, bounding, { released, kept: excess.amount, most });
  return [role === undefined ? found : { ...found, line: () => ({ ...found.line(), role }) }];
}

/** Of what a cap has kept, whether some is paid now. */
function excessDecision(span: Decision['span'], released: Exact): Decision {
  return { kind: 'cap', span, part: 'excess', way: isZero(released) ? 'kept' : 'paid' };
}

type Said = Pick<Bounding<Cap | Floor>, 'bound' | 'over' | 'says'> & { readonly role?: string | undefined };

function releasedAmount(
  run: Run,
  bounding: Said,
  { released, kept, most }: Readonly<Record<'released' | 'kept' | 'most', Exact>>,
): PayAmount {
  const because: Because = { kind: 'cap', cap: exactText(most) };
  return boundAmount(run, bounding, {
    kind: 'excess',
    earned: ZERO,
    payable: released,
    because,
    computed: kept,
  });
}

function boundAmount(
  run: Run,
  { bound, over, role, says }: Said,
  of: {
    readonly kind: 'floor' | 'cap' | 'excess';
    readonly earned: Exact;
    readonly payable: Exact;
    readonly because: Because;
    readonly computed?: Exact;
  },
): PayAmount {
  const { kind, earned, payable, because, computed = payable } = of;
  const line = (): PayLine => {
    const { inputs, prorated } = says();
    return {
      kind,
      name: kind,
      period: over.id,
      formula: wordsOf(run, bound.amount.span),
      inputs,
      ...(prorated ? { prorated } : {}),
      computed: exactText(computed),
      amount: exactText(payable),
      because: [because],
    };
  };
  return {
    kind,
    name: kind,
    ...(role === undefined ? {} : { role }),
    grain: bound.grain,
    over: over.id,
    earned,
    payable,
    later: [],
    line,
  };
}
