// What can't happen whatever the data: of caps, floors and parts of tables by the same proofs as the lints that say so.

import { limitLints } from '../analyse/limits.ts';
import { placeKey, readingOf } from '../analyse/reading.ts';
import { tableLints } from '../analyse/tables.ts';
import type { Span } from '../base/source.ts';
import type { Model } from '../model/policy.ts';

/** Lints that prove something, by what they prove. */
const PROOFS = {
  cap: ['M1530'],
  floor: ['M1531'],
  /** A tier that changes nothing, and one that nothing reaches. */
  tier: ['M1505', 'M1507'],
  point: ['M1506', 'M1507'],
} as const;

// a Model is never changed
const known = new WeakMap<Model, ReadonlyMap<string, string>>();

/** Why the cap or floor at a place can't bind, or the tier or point doesn't matter; nothing where it may. */
export function provedAt(model: Model, what: keyof typeof PROOFS, span: Span): string | undefined {
  const proofs = known.get(model) ?? proofsOf(model);
  known.set(model, proofs);
  const codes: readonly string[] = PROOFS[what];
  return codes.map((code) => proofs.get(`${code} ${placeKey(span)}`)).find((each) => each !== undefined);
}

function proofsOf(model: Model): ReadonlyMap<string, string> {
  const reading = readingOf(model);
  return new Map(
    [...limitLints(reading), ...tableLints(reading)].map(({ code, span, message }) => [
      `${code} ${placeKey(span!)}`,
      message,
    ]),
  );
}
