// Answers for charts: the lines that a policy's tables draw, and how an amount of a person goes with one KPI.

import type { AmountResponse, DrawnTable } from '../../../src/browser-questions.ts';
import { type Answered, asked, type Whose } from './handle-results.ts';
import type { Handlers } from './held.ts';

export interface ChartsRequests {
  /** The tables that bonuses and scorecards read, role by role; empty while the policy has errors. */
  'charts.tables': { readonly params: Record<never, never>; readonly answer: readonly DrawnTable[] };
  /** How an amount of a person goes with a KPI, worked out by running forward. */
  'charts.response': {
    readonly params: Whose & { readonly by: string };
    readonly answer: Answered<AmountResponse>;
  };
}

/** The handlers of charts. */
export const handlers: Handlers<ChartsRequests> = {
  'charts.tables': async (_, desk) => {
    const { value: model } = await desk.compiled();
    if (!model) return [];
    const { drawnTables } = await import('../../../src/browser-questions.ts');
    return model.roles.flatMap((role) => drawnTables(model, role));
  },
  'charts.response': (whose, desk) =>
    asked(desk, async (at) => {
      const { respond } = await import('../../../src/browser-questions.ts');
      const backend = desk.openBackend();
      try {
        return await respond({ ...at, ...whose }, backend);
      } finally {
        await backend.close();
      }
    }),
};
