// Pools (language.md, section 5): one amount, split to the cent among people by what each has, or equally. What shares
// don't cover, and a pool with nobody in it, stay unspent.

import {
  add,
  compare,
  divide,
  type Exact,
  exact,
  isZero,
  multiply,
  ONE,
  sign,
  subtract,
  ZERO,
} from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import { splitTo } from '../base/split.ts';
import { partsOf } from '../library/parts.ts';
import type { Expression, PoolNode } from '../model/expression.ts';
import type { Pool } from '../model/pay.ts';
import type { Stay } from '../model/people.ts';
import type { Role } from '../model/policy.ts';
import { namedBy } from '../query/named.ts';
import { type CellPlace, isTop, type Run, stop, wordsOf } from './cell.ts';
import { isAway } from './days.ts';
import { evaluate, unbounded } from './formula.ts';
import { holds, rounded } from './pay.ts';
import { placeOf, stayPlace } from './places.ts';
import { firstOf, staysFor } from './recipients.ts';

/** What became of a pool in a period. */
export interface Shared {
  readonly amount: Exact;
  /** Those who have a part, in order of person, then time. */
  readonly parts: readonly PoolPart[];
  readonly byStay: ReadonlyMap<Stay, PoolPart>;
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
  const members = membersOf(run, pool, period);
  const shares = sharesOf(pool, members);
  const exactParts = shares.map((share) => multiply(amount, share));
  const total = rounded(run, exactParts.reduce(add, ZERO));
  const split = splitTo(total, exactParts, exact(run.model.rounding.step));
  const parts = members.map((each, index) => ({ ...each, amount: split[index]! }));
  const byStay = new Map(parts.map((each) => [each.stay, each]));
  return { amount, parts, byStay, unspent: subtract(amount, total) };
}

type Member = Omit<PoolPart, 'amount'>;

/**
 * Who has a part. Equally, and by the points of a person, each person is there once, with the last stay in the period;
 * else each stay by what it has itself. Nothing, or less, gives no part.
 */
function membersOf(run: Run, pool: Pool, period: Period): readonly Member[] {
  const { to, when, sharedBy } = pool;
  const stays = (to.top ? firstOf(run, to, period).map(({ stay }) => stay) : staysFor(run, to, period))
    .filter((stay) => !when || holds(run, when, stayPlace(run, stay, period)))
    .sort((a, b) => a.index - b.index);
  if (sharedBy === 'equally') return lastOfEach(stays).map((stay) => ({ stay }));
  const roles = [...new Set(stays.map(({ role }) => role))];
  const isPersons = roles.some((role) => readsPoints(run, sharedBy, run.roles.get(role)!));
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

/** Whether a formula goes back to the account of the person, which is the same in each of the person's stays. */
function readsPoints(run: Run, formula: Expression, role: Role): boolean {
  const seen = new Set<string>();
  const open = [formula];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'points') return true;
    open.push(...partsOf(node));
    for (const { id, formulas } of namedBy(run.model, node, role)) {
      if (!seen.has(id)) open.push(...formulas);
      seen.add(id);
    }
  }
  return false;
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
