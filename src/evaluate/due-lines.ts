// Lines of what is payable now of earlier periods, and of what isn't due any more.

import { type Exact, exactText, isZero, ZERO } from '../base/exact.ts';
import type { PayLine } from '../model/pay-lines.ts';
import type { PayAmount } from './amounts.ts';
import type { Due } from './carried.ts';
import { rowOf } from './freed.ts';
import { freedLine } from './per-event-lines.ts';

/** A part of an earlier amount; `payable` is 0 where the person has left before it was paid. */
export function dueAmount(due: Due, { payable }: { readonly payable: Exact }): PayAmount {
  const { from, amount } = due;
  const { name, title, role, grain, over, paysIn } = from;
  const line = (): PayLine => ({
    kind: 'due',
    name,
    ...(title === undefined ? {} : { title }),
    ...(role === undefined ? {} : { role }),
    period: over,
    formula: '',
    inputs: [],
    computed: exactText(amount),
    amount: exactText(payable),
    ...(isZero(payable) ? { because: [{ kind: 'forfeited' }] } : {}),
    ...(due.rows ? { freed: due.rows.map(freedLine) } : {}),
  });
  return {
    kind: 'due',
    name,
    ...(title === undefined ? {} : { title }),
    ...(role === undefined ? {} : { role }),
    grain,
    over,
    earned: ZERO,
    payable,
    later: [],
    ...(paysIn ? { paysIn } : {}),
    ...(due.rows ? { rows: () => due.rows!.map(rowOf) } : { part: { of: from, index: due.index } }),
    line,
  };
}
