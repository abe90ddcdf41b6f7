// Answers for charts: the lines that a policy's tables draw, and how an amount of a person goes with one KPI.

import type { AmountResponse, DrawnTable } from '../../../src/browser-questions.ts';
import { type Answered, asked, type Whose } from './handle-results.ts';
import type { Handlers } from './held.ts';
import { versionIn } from './versions.ts';

export interface ChartsRequests {
  /** The tables that bonuses and scorecards read, role by role, in the version that holds in the period; empty while the policy has errors. */
  'charts.tables': { readonly params: { readonly period: string }; readonly answer: readonly DrawnTable[] };
  /** How an amount of a person goes with a KPI, worked out by running forward. */
  'charts.response': {
    readonly params: Whose & { readonly by: string };
    readonly answer: Answered<AmountResponse>;
  };
}

/** The handlers of charts. */
export const handlers: Handlers<ChartsRequests> = {
  'charts.tables': async ({ period }, desk) => {
    const { value: model } = await versionIn((await desk.compiled()).value, period);
    if (!model) return [];
    const { drawnTables } = await import('../../../src/browser-questions.ts');
    return model.roles.flatMap((role) => drawnTables(model, role));
  },
  'charts.response': (whose, desk) =>
    asked(desk, whose, async (at) => {
      const { respond } = await import('../../../src/browser-questions.ts');
      const backend = await desk.openBackend();
      try {
        return await respond({ ...whose, ...at }, backend);
      } finally {
        await backend.close();
      }
    }),
};
