// What a policy costs: the sum of what everybody is paid, without statements being made of it.

import { add, type Exact, ZERO } from '../base/exact.ts';
import { runOver } from '../engine.ts';
import { payableOf } from '../evaluate/amounts.ts';
import { allPay } from '../evaluate/statements.ts';
import type { Gathered } from '../gather.ts';

/** A cost, and what was decided on the way: the same text where everything was decided the same way. */
export interface Cost {
  readonly amount: Exact;
  readonly decided: string;
}

/** The cost as it is paid. */
export function costOf(gathered: Gathered): Exact {
  return allPay(runOver(gathered), gathered.periods).reduce(
    (sum, { roles, own }) => add(sum, payableOf([...roles.flatMap(({ amounts }) => amounts), ...own])),
    ZERO,
  );
}

/** The cost before amounts are rounded, which goes without steps where nothing is decided otherwise. */
export function costUnrounded(gathered: Gathered): Cost {
  let [one, two] = [0x811c9dc5, 0x9e3779b9];
  const take = (text: string): void => {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 0x01000193);
      two = Math.imul(two ^ (code + at), 0x85ebca6b);
    }
  };
  const run = runOver(gathered, {
    unrounded: true,
    watch: {
      decided: ({ kind, span, part = '', way }, { person = '', role = '', period = '', row = '' }) =>
        take(`${kind} ${span.source} ${span.start} ${part} ${way} ${person} ${role} ${period} ${row}\n`),
    },
  });
  const amount = allPay(run, gathered.periods).reduce(
    (sum, { roles, own }) => add(sum, payableOf([...roles.flatMap(({ amounts }) => amounts), ...own])),
    ZERO,
  );
  return { amount, decided: `${one >>> 0} ${two >>> 0}` };
}
