// What came of invariants, the worst-case cost and the cliffs of a policy as JSON, for programs; `prove-schema.ts` says
// which keys there are.

import type { Source } from '../base/source.ts';
import type { CliffReport, CostReport } from '../model/cost.ts';
import type { ProofReport } from '../model/proof-report.ts';
import type { TextPlace } from '../model/test-report.ts';
import { spanRecord } from './diagnostic-text.ts';
import { jsonText } from './json.ts';

/** What was asked of one policy. */
export interface Proven {
  readonly proofs: ProofReport;
  readonly cost?: CostReport;
  readonly cliffs?: CliffReport;
  /** The files of the policy. */
  readonly sources: readonly Source[];
}

/** The reports of all versions as one document. */
export function provenJson(all: readonly Proven[]): string {
  const sum = (of: (report: ProofReport) => number): number =>
    all.reduce((total, { proofs }) => total + of(proofs), 0);
  return jsonText({
    formatVersion: 1,
    proved: sum((each) => each.proved),
    refuted: sum((each) => each.refuted),
    tried: sum((each) => each.tried),
    policies: all.map(policyRecord),
  });
}

function policyRecord({ proofs, cost, cliffs, sources }: Proven): object {
  const place = (at: TextPlace | undefined): object => (at ? { place: spanRecord(at.span, sources) } : {});
  const { formatVersion: _, ...rest } = proofs;
  return {
    ...rest,
    invariants: proofs.invariants.map(({ at, roles, ...result }) => ({
      ...result,
      ...place(at),
      roles: roles.map(({ why, ...role }) => ({
        ...role,
        ...(why ? { why: { what: why.what, ...place(why.at) } } : {}),
      })),
    })),
    ...(cost
      ? {
          cost: {
            given: cost.given,
            roles: cost.roles.map(({ unbounded, ...role }) => ({
              ...role,
              unbounded: unbounded.map(({ what, at }) => ({ what, ...place(at) })),
            })),
            ...(cost.total === undefined ? {} : { total: cost.total }),
          },
        }
      : {}),
    ...(cliffs ? { cliffs: cliffs.cliffs } : {}),
  };
}
