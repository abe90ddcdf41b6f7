// What was said of statements, for whoever shows them: comments of a meeting, and who has seen which.

import type { LedgerRecord } from '../model/ledger.ts';
import { bodiesOf } from './records.ts';

/** Whose statement, and of which period. */
export interface OfStatement {
  readonly person: string;
  readonly period: string;
}

/** What is kept of a statement beside its close, in the order in which it was written. */
export interface SaidOf extends OfStatement {
  readonly comments: readonly { readonly by: string; readonly at: string; readonly text: string }[];
  readonly acknowledgements: readonly { readonly by: string; readonly at: string }[];
}

/** What was said of a person's statement of a period; of one of which nothing was, lists without entries. */
export function saidOf(records: readonly LedgerRecord[], { person, period }: OfStatement): SaidOf {
  const isOf = ({ body }: { readonly body: OfStatement }): boolean =>
    body.person === person && body.period === period;
  return {
    person,
    period,
    comments: bodiesOf(records, 'comment')
      .filter(isOf)
      .map(({ by, at, body }) => ({ by, at, text: body.text })),
    acknowledgements: bodiesOf(records, 'acknowledgement')
      .filter(isOf)
      .map(({ by, at }) => ({ by, at })),
  };
}
