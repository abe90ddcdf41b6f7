// Which parts of the evaluation are at hand: what most policies pay by, always; what stands in seldom.ts once somebody has
// asked for it, so that a page whose policy has nothing of the kind doesn't load it.

import { InternalError } from '../base/diagnostic.ts';
import type { Run } from './cell.ts';

/** What few policies pay by. */
export type Seldom = typeof import('./seldom.ts');

let atHand: Seldom | undefined;

/** Has it at hand from the start: for doors that are loaded whole, or that can't wait. */
export function holdSeldomPaid(parts: Seldom): void {
  atHand = parts;
}

/** Whether a policy pays by some of it, or goes on from a closed period that may have. */
export function takesSeldomPaid({ model, opening }: Pick<Run, 'model' | 'opening'>): boolean {
  const { awards, pools, pay, roles } = model;
  return (
    opening !== undefined ||
    awards.length + pools.length + pay.draws.length > 0 ||
    pay.paysIn !== undefined ||
    roles.some(
      ({ draws, scorecard, bonuses }) =>
        draws.length > 0 || scorecard !== undefined || bonuses.some(({ paysIn }) => paysIn !== undefined),
    )
  );
}

/** Loads it, where the policy pays by some of it: to be awaited before anything is worked out. */
export async function needSeldomPaid(run: Pick<Run, 'model' | 'opening'>): Promise<void> {
  if (takesSeldomPaid(run)) atHand ??= await import('./seldom.ts');
}

/** It itself. Throws where nobody has awaited it. */
export function seldomPaid(): Seldom {
  if (!atHand) throw new InternalError('what few policies pay by is not loaded');
  return atHand;
}
