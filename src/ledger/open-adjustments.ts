// What a period pays and takes for closed ones, with the causes: of a closed period as it was booked, of the open one as
// its draft has it.

import { exactText } from '../base/exact.ts';
import type { OpenAdjustments } from '../model/history.ts';
import type { Result } from '../model/result.ts';
import { sumOf } from './booked.ts';

/** The adjustments of a result of one period: of a close, or of a draft. */
export function adjustmentsOf(result: Result, of: 'close' | 'draft'): OpenAdjustments {
  const adjustments = result.statements.flatMap(({ person, name, lines = [] }) =>
    lines
      .filter(({ kind }) => kind === 'adjustment')
      .map(({ period, amount, title, name: text, cause, lines: parts = [] }) => ({
        person,
        name,
        period,
        ...(cause && { cause }),
        text: title ?? text,
        amount,
        lines: parts,
      })),
  );
  const owed = result.statements.flatMap(({ person, name, balances = [] }) =>
    balances
      .filter(({ kind }) => kind === 'owed')
      .map(({ before, after }) => ({ person, name, before, after })),
  );
  return {
    formatVersion: 1,
    period: result.periods.at(-1) ?? '',
    closed: of === 'close',
    currency: result.policy.currency,
    adjustments,
    owed,
    total: exactText(sumOf(adjustments)),
  };
}
