// What stops a run while rows and people are worked out, in words: what the data doesn't give.

import { type Day, dayText, FIRST_DAY } from '../base/date.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { LOCAL_DAYS } from '../base/local-time.ts';
import type { Span } from '../base/source.ts';

/** No row of the exchange table holds on the day, or its rate is empty. */
export function exchangeRateMissing(
  table: string,
  { from, to, day }: { readonly from: string; readonly to: string; readonly day: Day },
): Diagnostic {
  return {
    code: 'M3030',
    severity: 'error',
    message: `table \`${table}\` has no rate from \`${from}\` to \`${to}\` on ${dayText(day)}`,
    help: 'add a row whose dates hold that day; nothing is converted at the rate of another one',
  };
}

/** Who stands below whom grows with the depth of the leads, and nearly everybody below nearly everybody is no company. */
export function tooManyBelow(most: number): Diagnostic {
  return {
    code: 'M3041',
    severity: 'error',
    message: `\`[reports]\` needs who stands below whom, and the people data has more than ${most} such pairs`,
    help: 'look at the column `lead`: one line of thousands of leads is probably a mistake',
  };
}

/** Most people of a circle that a message names. */
const MOST_NAMED = 6;

/** People who lead each other: each counts among the reports of the others, and the author may not know. */
export function circleOfLeads(people: readonly string[], day: Day): Diagnostic {
  const [first = ''] = people;
  const named = people.slice(0, MOST_NAMED).map((each) => `\`${each}\` is led by`);
  const others = people.length > MOST_NAMED ? [`${people.length - MOST_NAMED} more people and`] : [];
  const since = day === FIRST_DAY ? '' : `it closes on ${dayText(day)}; `;
  return {
    code: 'M3040',
    severity: 'warning',
    message: `the leads go in a circle: ${[...named, ...others].join(' ')} \`${first}\``,
    help: `${since}each of them stands below the others: mend the column \`lead\` of the people`,
  };
}

/** Figures of one run that must come to each other don't: a fault of the engine, and nothing is paid on it. */
export function doesNotBalance(
  event: string,
  days: string,
  { what, is, against, sum }: { what: string; is: string; against: string; sum: string },
): Diagnostic {
  return {
    code: 'M3042',
    severity: 'error',
    message: `the results of \`${event}\` from ${days} don't balance: ${what} come to ${is}, ${against} to ${sum}`,
    help: 'this is a fault of Merit, not of the policy or the data: nothing is paid; please report it',
  };
}

/** The rows begin long after they are said to be complete: a "first" one may have had others before it. */
export function firstRowLate(
  event: string,
  { since, first, span }: { readonly since: Day; readonly first: Day; readonly span: Span },
): Diagnostic {
  return {
    code: 'M3043',
    severity: 'warning',
    message: `the first row of \`${event}\` is of ${dayText(first)}, though its data is said to be complete since ${dayText(since)}`,
    span,
    label: 'looks at all history begin here',
    help: 'if older rows are missing, add them or move `since` up to the first complete day: else what counts as the first may not be it',
  };
}

/** A moment whose local time would have to be guessed: clocks of other centuries aren't known, or not yet set. */
export function momentOutside(day: Day): Diagnostic {
  const [from, last] = [dayText(LOCAL_DAYS.from), dayText(LOCAL_DAYS.last)];
  return {
    code: 'M3031',
    severity: 'error',
    message: `a time on ${dayText(day)} lies outside the days whose local time is worked out`,
    help: `they go from ${from} to ${last}: look for a cell with a wrong year`,
  };
}
