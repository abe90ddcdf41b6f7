// A policy's invariants: proved where that can be shown without data, else tried in drawn situations, of which one may
// refute it.

import { wordsAt } from '../analyse/reading.ts';
import type { Backend } from '../backend/backend.ts';
import { giveTurn, type Limits } from '../base/limits.ts';
import type { Source } from '../base/source.ts';
import type { Model } from '../model/policy.ts';
import type { InvariantModel } from '../model/proof.ts';
import type { InvariantResult, ProofReport, RoleResult } from '../model/proof-report.ts';
import { textPlace } from './failure.ts';
import { modelWithin, proveFor, type RoleProof, rolesOfClaim } from './prove-claim.ts';
import { type Tried, tryClaim } from './try-claim.ts';

/** How invariants are tried where they can't be proved. */
export interface ProveOptions {
  /** Gives a new backend in memory. */
  readonly openBackend: () => Backend;
  /** In how many situations; `SITUATIONS` unless said. A person in a period counts as one. */
  readonly situations?: number;
  /** What they are drawn by; 1 unless said. */
  readonly seed?: number;
  /** Only invariants whose name holds this text, in any case. */
  readonly filter?: string;
  /** What it may take; see `RunRequest`. */
  readonly limits?: Limits;
}

/** In how many situations an invariant is tried, unless said. */
export const SITUATIONS = 400;

/** Proves, refutes or tries each invariant of a policy, in their order. */
export async function proveInvariants(model: Model, options: ProveOptions): Promise<ProofReport> {
  const invariants: InvariantResult[] = [];
  for (const each of model.invariants) {
    const { filter } = options;
    await giveTurn(options.limits);
    if (filter !== undefined && !each.name.toLowerCase().includes(filter.toLowerCase())) continue;
    invariants.push(await settled(model, each, options));
  }
  const count = (outcome: InvariantResult['outcome']): number =>
    invariants.filter((each) => each.outcome === outcome).length;
  return {
    formatVersion: 1,
    policy: model.name,
    currency: model.currency,
    invariants,
    proved: count('proved'),
    refuted: count('refuted'),
    tried: count('tried'),
  };
}

async function settled(
  model: Model,
  invariant: InvariantModel,
  options: ProveOptions,
): Promise<InvariantResult> {
  const { situations = SITUATIONS, seed = 1, openBackend, limits } = options;
  const within = modelWithin(model, invariant.given);
  const proofs = rolesOfClaim(within, invariant.claim).map((role) => proveFor(within, role, invariant));
  const open = proofs.filter((each) => !each.proved).map(({ role }) => role);
  // a claim that is about nobody is shown by nothing
  const proved = proofs.length > 0 && open.length === 0;
  const tried: Tried | undefined = proved
    ? undefined
    : await tryClaim(within, invariant, {
        openBackend,
        situations,
        seed,
        roles: open,
        ...(limits && { limits }),
      });
  const sources = new Map(model.sources.map((each) => [each.name, each]));
  const { name, doc, span, claim, given } = invariant;
  return {
    name,
    ...(doc === undefined ? {} : { doc }),
    at: textPlace(sources, span),
    claim: wordsAt(model, claim.span),
    given: given.map((each) => wordsAt(model, each.span)),
    outcome: proved ? 'proved' : tried?.counterexample ? 'refuted' : 'tried',
    roles: proofs.map((each) => roleResult(each, sources)),
    ...(tried ? { looked: { situations: tried.situations, seed } } : {}),
    ...(tried?.counterexample ? { counterexample: tried.counterexample } : {}),
  };
}

function roleResult({ role, proved, why }: RoleProof, sources: ReadonlyMap<string, Source>): RoleResult {
  if (!why) return { role, proved };
  return { role, proved, why: { what: why.what, ...(why.span ? { at: textPlace(sources, why.span) } : {}) } };
}
