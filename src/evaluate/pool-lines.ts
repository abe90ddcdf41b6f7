// What a result says of pools: the amount, who has which part of it by what, and what stays unspent, with the reason.

import { exactText, isZero, sign } from '../base/exact.ts';
import { type Period, periodAt } from '../base/period.ts';
import type { PoolResult } from '../model/award-lines.ts';
import type { PoolNode } from '../model/expression.ts';
import type { PoolRead } from '../model/inputs.ts';
import type { Pool } from '../model/pay.ts';
import type { Stay } from '../model/people.ts';
import { type CellPlace, type Run, wordsOf } from './cell.ts';
import { evaluate } from './formula.ts';
import { figureValue, inputsOf } from './lines.ts';
import { holds } from './pay.ts';
import { placeOf } from './places.ts';
import { type Shared, sharedIn } from './pools.ts';

/** Each pool in the period in which its own period ends, in the policy's order. */
export function poolResults(run: Run, periods: readonly Period[]): readonly PoolResult[] {
  return periods.flatMap((period) =>
    run.model.pools.flatMap((pool) => {
      const own = periodAt(pool.grain, period.until - 1);
      return own.until === period.until ? [poolResult(run, pool, own)] : [];
    }),
  );
}

function poolResult(run: Run, pool: Pool, period: Period): PoolResult {
  const shared = sharedIn(run, pool, period);
  const { sharedBy } = pool;
  const reason = reasonOf(shared);
  return {
    pool: pool.name,
    ...(pool.title === undefined ? {} : { title: pool.title }),
    ...(pool.doc === undefined ? {} : { doc: pool.doc }),
    period: period.id,
    formula: wordsOf(run, pool.amount.span),
    inputs: inputsOf(run, pool.amount, placeOf(run, { kind: 'company' }, period)),
    amount: exactText(shared.amount),
    sharedBy: sharedBy === 'equally' ? sharedBy : wordsOf(run, sharedBy.span),
    parts: shared.parts.map(({ stay, by, amount }) => ({
      person: stay.person,
      role: stay.role,
      ...(by && sharedBy !== 'equally' ? { by: figureValue(by, sharedBy.type) } : {}),
      amount: exactText(amount),
    })),
    unspent: exactText(shared.unspent),
    ...(reason ? { because: reason } : {}),
  };
}

/** What stands behind a part of a pool that a formula reads, and why there is none. */
export function poolRead(run: Run, node: PoolNode, place: CellPlace): PoolRead {
  const pool = run.model.pools.find((each) => each.name === node.pool)!;
  const { period, viewer } = place;
  const shared = sharedIn(run, pool, period);
  const { amount, parts, byStay } = shared;
  const { sharedBy, when } = pool;
  const stay = viewer.kind === 'stay' ? viewer.stay : undefined;
  const own = stay && byStay.get(stay);
  const because = own || !stay ? undefined : whyNone(run, pool, { stay, place, shared });
  const isMember = own !== undefined || because === 'nothing to share it by';
  const by = isMember && sharedBy !== 'equally' ? evaluate(run, sharedBy, place) : undefined;
  return {
    period: period.id,
    amount: figureValue(amount, pool.amount.type),
    sharedBy: sharedBy === 'equally' ? sharedBy : wordsOf(run, sharedBy.span),
    ...(isMember && sharedBy !== 'equally' ? { by: figureValue(by, sharedBy.type) } : {}),
    parts: parts.length,
    ...(because ? { because } : {}),
    ...(because === 'condition' ? { condition: wordsOf(run, when!.span) } : {}),
  };
}

function whyNone(
  run: Run,
  { to, when }: Pool,
  of: { readonly stay: Stay; readonly place: CellPlace; readonly shared: Shared },
): NonNullable<PoolRead['because']> {
  const { stay, place, shared } = of;
  if (sign(shared.amount) <= 0) return 'nothing to share';
  if (!to.roles.includes(stay.role)) return 'not for the role';
  if (shared.parts.some((each) => each.stay.person === stay.person)) return 'another stay';
  if (shared.first && !shared.first.has(stay)) return 'not among the first';
  return when && !holds(run, when, place) ? 'condition' : 'nothing to share it by';
}

function reasonOf({ amount, parts, unspent }: Shared): PoolResult['because'] {
  if (sign(amount) <= 0) return 'nothing to share';
  if (parts.length === 0) return 'nobody in it';
  return isZero(unspent) ? undefined : 'shares below the whole';
}
