// What is said of correcting closed periods (M3100 to M3119). One function for each code, taking the facts that it needs.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { LedgerRow } from '../model/ledger.ts';

/** How many rows a message lists. */
const LISTED = 20;

/** Rows on which closed periods stand, and which the data doesn't have any more. */
export function rowsGone(rows: readonly LedgerRow[]): Diagnostic {
  const [first, ...others] = rows.slice(0, LISTED).map(({ source, key }) => `${source} \`${key}\``);
  const more = rows.length > LISTED ? `, and ${rows.length - LISTED} more` : '';
  const all = [first, ...others].join(', ');
  return {
    code: 'M3100',
    severity: 'error',
    message:
      rows.length === 1
        ? `a row that closed periods stand on isn't in the data any more: ${all}`
        : `${rows.length} rows that closed periods stand on aren't in the data any more: ${all}${more}`,
    help: 'what is cancelled is a row that says so, and one that is rejected counts as gone; if these are meant to be gone, look at them and add `--accept-removed`',
  };
}

/** Closed periods that their own policies and inputs give no result for any more; why, is said beside it. */
export function notWorkedOut(first: string, last: string): Diagnostic {
  const periods = first === last ? `\`${first}\`` : `\`${first}\` to \`${last}\``;
  return {
    code: 'M3101',
    severity: 'error',
    message: `${periods} can't be worked out again as closed, so nothing can be corrected`,
    help: 'what stands in the way is said beside this; the version of Merit that closed them still works them out',
  };
}

/** `currency`: that in which the person was, or is, paid in the period; `own`: that of the policy. */
export function otherCurrency(
  person: string,
  { period, currency, own }: Readonly<Record<'period' | 'currency' | 'own', string>>,
): Diagnostic {
  return {
    code: 'M3102',
    severity: 'error',
    message: `closed periods of \`${person}\` are to be corrected in ${own}, and \`${period}\` is paid in ${currency}`,
    help: 'this version of Merit corrects only what is paid in the currency of the policy; take the change back, and settle it by hand',
  };
}

/** What isn't corrected, as the closed period ended too long ago. */
export function tooLongAgo(
  period: string,
  { within, people, amount }: Readonly<Record<'within' | 'people' | 'amount', string>>,
): Diagnostic {
  return {
    code: 'M3103',
    severity: 'note',
    message: `\`${period}\` would be corrected by ${amount} (${people}), and isn't: it ended longer ago than ${within}`,
    help: '`corrections within …` of the policy says how far back closed periods are corrected',
  };
}

/** A run as of an earlier day, over a ledger. */
export function knownOnDay(): Diagnostic {
  return {
    code: 'M3104',
    severity: 'error',
    message:
      "what was known on an earlier day doesn't go with a ledger, which keeps the data of each close by itself",
    help: 'leave out `--as-known-on`, or run without a ledger',
  };
}
