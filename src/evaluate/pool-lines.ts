// What a result says of pools: the amount, who has which part of it by what, and what stays unspent, with the reason.

import { exactText, isZero, sign } from '../base/exact.ts';
import { type Period, periodAt } from '../base/period.ts';
import type { Pool } from '../model/pay.ts';
import type { PoolResult } from '../model/result.ts';
import { type Run, wordsOf } from './cell.ts';
import { figureValue, inputsOf } from './lines.ts';
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

function reasonOf({ amount, parts, unspent }: Shared): PoolResult['because'] {
  if (sign(amount) <= 0) return 'nothing to share';
  if (parts.length === 0) return 'nobody in it';
  return isZero(unspent) ? undefined : 'shares below the whole';
}
