// What floors add and caps take, of one role's bonuses or of all pay; and what caps have kept for later and pay now.

import { add, type Exact, exactText, greatest, isZero, least, sign, subtract, ZERO } from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import type { Cap, Floor } from '../model/pay.ts';
import type { Because, Input, PayLine, Prorated } from '../model/result.ts';
import { boundedOf, type PayAmount } from './amounts.ts';
import type { Carried, Excess } from './carried.ts';
import { type Run, wordsOf } from './cell.ts';
import { scheduledLike } from './later-pay.ts';
import { rounded } from './pay.ts';

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
  readonly says: () => { readonly inputs: readonly Input[]; readonly prorated?: Prorated | undefined };
}

function totalOf({ counted, before, of }: Bounding<Cap | Floor>): Exact {
  return counted.reduce((sum, each) => add(sum, of === 'earned' ? boundedOf(each) : each.payable), before);
}

/** What a floor adds. */
export function toppedUp(run: Run, bounding: Bounding<Floor>): readonly PayAmount[] {
  const lowest = rounded(run, bounding.amount);
  const missing = subtract(lowest, totalOf(bounding));
  if (sign(missing) <= 0) return [];
  const because: Because = { kind: 'floor', floor: exactText(lowest) };
  const amounts = { earned: missing, payable: missing, computed: bounding.amount };
  return [boundAmount(run, bounding, { kind: 'floor', ...amounts, because })];
}

/** What a cap takes; where it keeps the excess for later, that is earned all the same. */
export function cutDown(run: Run, bounding: Bounding<Cap>, carried: Carried): readonly PayAmount[] {
  const most = rounded(run, bounding.amount);
  const { bound, key, role } = bounding;
  const room = subtract(most, totalOf(bounding));
  if (bound.carryExcess) {
    const kept = carried.excess.get(key)?.amount ?? ZERO;
    const released = sign(room) > 0 ? least(room, kept) : ZERO;
    const taken = least(room, ZERO);
    const amount = subtract(subtract(kept, released), taken);
    const excess: Excess = { ...(role === undefined ? {} : { role }), cap: bound, amount, most };
    carried.excess.set(key, excess);
    if (!isZero(released)) return [releasedAmount(run, bounding, { released, kept, most })];
  }
  if (sign(room) >= 0) return [];
  const because: Because = { kind: 'cap', cap: exactText(most) };
  const { now, later } = bound.carryExcess
    ? { now: room, later: [] }
    : bounding.of === 'earned'
      ? scheduledLike(run, room, bounding.counted)
      : { now: room, later: [] };
  const earned = bound.carryExcess ? ZERO : room;
  return [
    { ...boundAmount(run, bounding, { kind: 'cap', earned, payable: now, because, computed: room }), later },
  ];
}

/** What a cap that isn't worked out any more (the person has left the role) pays of what it has kept. */
export function releasedAfter(
  run: Run,
  { excess, key, over }: { readonly excess: Excess; readonly key: string; readonly over: Period },
  carried: Carried,
): readonly PayAmount[] {
  const released = greatest(least(excess.most, excess.amount), ZERO);
  if (isZero(released)) return [];
  carried.excess.set(key, { ...excess, amount: subtract(excess.amount, released) });
  const { cap, role, most } = excess;
  const bounding = { bound: cap, over, role, says: () => ({ inputs: [] }) };
  const found = releasedAmount(run, bounding, { released, kept: excess.amount, most });
  return [role === undefined ? found : { ...found, line: () => ({ ...found.line(), role }) }];
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
