// What a policy costs: the sum of what everybody is paid, without statements being made of it.

import type { Exact } from '../base/exact.ts';
import { runOver } from '../engine.ts';
import { payInAll } from '../evaluate/pay-in-all.ts';
import type { Gathered } from '../gather.ts';

/** A cost, and what was decided on the way: the same text where everything was decided the same way. */
export interface Cost {
  readonly amount: Exact;
  readonly decided: string;
}

/** The cost as it is paid. */
export function costOf(gathered: Gathered): Exact {
  return payInAll(runOver(gathered), gathered.periods);
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
  const amount = payInAll(run, gathered.periods);
  return { amount, decided: `${one >>> 0} ${two >>> 0}` };
}
