// Pools (language.md, section 5): one amount, split to the cent among people by what each has, or equally. What shares
// don't cover, and a pool with nobody in it, stay unspent.

import {
  add,
  compare,
  divide,
  type Exact,
  isZero,
  multiply,
  ONE,
  sign,
  subtract,
  ZERO,
} from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import type { PoolNode } from '../model/expression.ts';
import type { Pool } from '../model/pay.ts';
import type { Stay } from '../model/people.ts';
import { reads } from '../query/named.ts';
import { type CellPlace, isTop, type Run, stop, wordsOf } from './cell.ts';
import { isAway } from './days.ts';
import { evaluate, unbounded } from './formula.ts';
import { holds, partsIn, rounded } from './pay.ts';
import { placeOf, stayPlace } from './places.ts';
import { firstOf, staysFor } from './recipients.ts';

/** What became of a pool in a period. */
export interface Shared {
  readonly amount: Exact;
  /** Those who have a part, in order of person, then time. */
  readonly parts: readonly PoolPart[];
  readonly byStay: ReadonlyMap<Stay, PoolPart>;
  /** Those on the first places, where it is for them only. */
  readonly first?: ReadonlySet<Stay>;
  readonly unspent: Exact;
}

export interface PoolPart {
  readonly stay: Stay;
  /** What it is shared by; absent: equally. */
  readonly by?: Exact;
  readonly amount: Exact;
}

// pools of earlier periods are asked for again by all who look back
const known = new WeakMap<Run, Map<string, Shared | 'open'>>();

/** What the person has of a pool; nothing for who isn't in it. */
export function poolIn(run: Run, node: PoolNode, { viewer, period }: CellPlace): Exact {
  const pool = run.model.pools.find((each) => each.name === node.pool)!;
  const { byStay } = sharedIn(run, pool, period);
  return (viewer.kind === 'stay' && byStay.get(viewer.stay)?.amount) || ZERO;
}

/** A pool of a period of its own grain, worked out once. */
export function sharedIn(run: Run, pool: Pool, period: Period): Shared {
  const ofRun = known.get(run) ?? new Map<string, Shared | 'open'>();
  known.set(run, ofRun);
  const key = JSON.stringify([pool.name, period.id]);
  const found = ofRun.get(key);
  if (found === 'open')
    return stop(
      'M1103',
      pool.span,
      `pool \`${pool.name}\` is shared by what it gives itself`,
      'take one of the steps out',
    );
  if (found) return found;
  ofRun.set(key, 'open');
  try {
    const shared = workedOut(run, pool, period);
    ofRun.set(key, shared);
    return shared;
  } finally {
    if (ofRun.get(key) === 'open') ofRun.delete(key);
  }
}

function workedOut(run: Run, pool: Pool, period: Period): Shared {
  const value = evaluate(run, pool.amount, placeOf(run, { kind: 'company' }, period)) as Exact | undefined;
  if (value === undefined)
    return stop(
      'M3002',
      pool.amount.span,
      `pool \`${pool.name}\` is missing here`,
      'say what it is then with `else`',
    );
  const amount = rounded(run, value);
  if (sign(amount) <= 0) return { amount, parts: [], byStay: new Map(), unspent: ZERO };
  const { to } = pool;
  const first = to.top && firstOf(run, to, period).map(({ stay }) => stay);
  const members = membersOf(run, pool, { period, stays: first ?? staysFor(run, to, period) });
  const shares = sharesOf(pool, members);
  const exactParts = shares.map((share) => multiply(amount, share));
  const total = rounded(run, exactParts.reduce(add, ZERO));
  const split = partsIn(run, total, exactParts);
  const parts = members.map((each, index) => ({ ...each, amount: split[index]! }));
  const byStay = new Map(parts.map((each) => [each.stay, each]));
  const unspent = subtract(amount, total);
  return { amount, parts, byStay, unspent, ...(first ? { first: new Set(first) } : {}) };
}

type Member = Omit<PoolPart, 'amount'>;

/**
 * Who has a part. Equally, and by the points of a person, each person is there once, with the last stay in the period;
 * else each stay by what it has itself. Nothing, or less, gives no part.
 */
function membersOf(
  run: Run,
  pool: Pool,
  of: { readonly period: Period; readonly stays: readonly Stay[] },
): readonly Member[] {
  const { when, sharedBy } = pool;
  const { period } = of;
  const stays = of.stays
    .filter((stay) => !when || holds(run, when, stayPlace(run, stay, period)))
    .sort((a, b) => a.index - b.index);
  if (sharedBy === 'equally') return lastOfEach(stays).map((stay) => ({ stay }));
  const roles = [...new Set(stays.map(({ role }) => role))];
  // the account of a person is the same in each of the person's stays
  const isPersons = roles.some((role) =>
    reads(run.model, sharedBy, { kind: 'points', role: run.roles.get(role)! }),
  );
  return (isPersons ? lastOfEach(stays) : stays).flatMap((stay) => {
    const place = stayPlace(run, stay, period);
    const by = evaluate(run, sharedBy, place) as Exact | undefined;
    if (by === undefined && !isAway(run, place))
      return stop(
        'M3002',
        sharedBy.span,
        `what pool \`${pool.name}\` is shared by, \`${wordsOf(run, sharedBy.span)}\`, is missing here`,
        'say what counts then with `else`',
      );
    if (by && isTop(by)) return unbounded(run, sharedBy);
    return by && sign(by) > 0 ? [{ stay, by }] : [];
  });
}

/** In order of person; the stay that ends last. */
function lastOfEach(stays: readonly Stay[]): readonly Stay[] {
  const last = new Map<string, Stay>();
  for (const stay of stays) {
    const before = last.get(stay.person);
    if (!before || stay.until >= before.until) last.set(stay.person, stay);
  }
  return [...last.values()];
}

/**
 * Each member's share of the amount. Percents are shares as they stand, as long as they come to no more than the whole;
 * other values, and percents past that, share in proportion.
 */
function sharesOf({ sharedBy }: Pool, members: readonly Member[]): readonly Exact[] {
  const values = members.map((each) => each.by ?? ONE);
  const total = values.reduce(add, ZERO);
  if (isZero(total)) return [];
  const asTheyStand = sharedBy !== 'equally' && sharedBy.type.kind === 'percent' && compare(total, ONE) <= 0;
  return asTheyStand ? values : values.map((each) => divide(each, total)!);
}
