// Tables of rates and amounts, read at a value: what they give, and what each tier has to do with it. Their meaning is
// that of `pieces.ts`; slices take the same amount apart, tier by tier.

import {
  add,
  divide,
  type Exact,
  exact,
  isZero,
  least,
  multiply,
  sign,
  subtract,
  ZERO,
} from '../base/exact.ts';
import type { Rates } from '../model/tables.ts';
import { amountPieces, once, ratePieces, readPieces } from './pieces.ts';

/** What a table gives as an amount, in pieces. */
export const amountsOf = once((rates: Rates) => amountPieces(rates));

const reached = once((rates: Rates) => ratePieces(rates));

/** The amount for a value: 0 below the first bound, except that a tier from 0 goes on below it, for refunds. */
export function amountAt(rates: Rates, value: Exact): Exact {
  return readPieces(amountsOf(rates), value) as Exact;
}

/** The rate of the tier that a value lies in; 0 below the first bound. */
export function rateAt(rates: Rates, value: Exact): Exact {
  return readPieces(reached(rates), value) as Exact;
}

/**
 * The index of the tier that a value lies in; -1 below the first bound. A first tier from 0 goes on below it, so that a
 * refund takes back at the rate at which it was earned.
 */
export function tierAt(rates: Rates, value: Exact): number {
  const { pieces } = reached(rates);
  const found = pieces.findLastIndex((each) => begins(each, value));
  const first = pieces[0];
  return found < 0 && first && isZero(first.bound) ? 0 : found;
}

function begins(
  { bound, includes }: { readonly bound: Exact; readonly includes: boolean },
  value: Exact,
): boolean {
  const order = sign(subtract(value, bound));
  return order > 0 || (order === 0 && includes);
}

/** The part of a value that lies in one tier, and what it earns there; the amounts of all slices add up to the table's. */
export interface Slice {
  readonly tier: number;
  readonly part: Exact;
  readonly amount: Exact;
  /** Of `amounts`: how much the tier holds, of which the part is a share. */
  readonly of?: Exact;
}

/**
 * A value cut by the tiers that it reaches, lowest first. Where one tier rates all that lies below it, it comes first,
 * with all of that; of `whole` it is the only one.
 */
export function slices(rates: Rates, value: Exact): readonly Slice[] {
  const { mode, tiers } = rates;
  const last = tierAt(rates, value);
  if (last < 0) return [];
  if (mode === 'whole') {
    const amount = multiply(value, exact(tiers[last]!.rate));
    return [{ tier: last, part: value, amount }];
  }
  const first = Math.max(
    0,
    tiers.findLastIndex((each, at) => each.onAll === true && at <= last),
  );
  const cut: Slice[] = [];
  for (let tier = first; tier <= last; tier++) {
    const { bound, rate, onAll, until } = tiers[tier]!;
    const end = tiers[tier + 1]?.bound ?? (mode === 'amounts' ? until : undefined);
    const start = onAll ? ZERO : exact(bound);
    const part = subtract(end === undefined ? value : least(value, exact(end)), start);
    if (isZero(part)) continue;
    if (mode === 'amounts') {
      const of = subtract(exact(end!), start);
      cut.push({ tier, part, of, amount: divide(multiply(exact(rate), part), of)! });
    } else cut.push({ tier, part, amount: multiply(part, exact(rate)) });
  }
  return cut;
}

/** What is earned from `before` to `before + value`: the amount of all of it, less that of what came before. */
export function amountAfter(rates: Rates, value: Exact, before: Exact): Exact {
  return subtract(amountAt(rates, add(before, value)), amountAt(rates, before));
}
