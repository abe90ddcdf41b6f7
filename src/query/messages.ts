// What stops a run while rows and people are worked out, in words: what the data doesn't give.

import { type Day, dayText, FIRST_DAY } from '../base/date.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { LOCAL_DAYS } from '../base/local-time.ts';
import type { Span } from '../base/source.ts';
import { suggestion } from '../base/suggest.ts';
import type { EventModel, Override } from '../model/policy.ts';

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

/** What a test leaves out of a row and a formula reads; `of` is the event or table, or `person`. */
export function cellLeftOut({ of, field }: CellPlace, row: number | undefined): Diagnostic {
  return {
    code: 'M4001',
    severity: 'error',
    message: `the test says nothing of \`${of}.${field}\`, which is needed here`,
    ...(row === undefined ? {} : { data: { file: of, row, column: field } }),
    help: `give the row its \`${field}\``,
  };
}

/** A field of an event or table, or of `person`. */
export interface CellPlace {
  readonly of: string;
  readonly field: string;
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

/** A row that became known later doesn't count, since another one of its period is of a later day. */
export function knownLaterPassed(
  event: EventModel,
  found: {
    readonly person: string;
    readonly period: string;
    readonly counts: PassedRow;
    readonly passed: PassedRow;
  },
  more: number,
): Diagnostic {
  const { person, period, counts, passed } = found;
  const others = more === 0 ? '' : ` (${more} more like it)`;
  return {
    code: 'M3044',
    severity: 'warning',
    message: `of the rows of \`${event.name}\` for \`${person}\` in \`${period}\`, \`${counts.key}\` of ${dayText(counts.day)} counts, though \`${passed.key}\` of ${dayText(passed.day)} became known later${others}`,
    span: event.span,
    label: `the later \`${event.posting}\` counts, and of one day the later \`${event.known}\``,
    help: 'if the later entry is meant to replace the other, give both the same day, such as the last of the period that they are for',
  };
}

/** A row as messages name it. */
export interface PassedRow {
  readonly key: string;
  readonly day: Day;
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

/** `known`: the ids, or teams, that stand in the people data. A warning: the data may be of a part of the people only. */
export function namesNobody(
  { of, nameLine }: Pick<Override, 'of' | 'nameLine'>,
  name: string,
  known: readonly string[],
): Diagnostic {
  const nobody = of === 'person' ? 'nobody of that id' : 'no team of that name';
  const help = suggestion(name, known);
  return {
    code: 'M3014',
    severity: 'warning',
    message: `\`for ${of} ${name}\`: there is ${nobody} in the people data`,
    span: nameLine.span,
    label: 'its targets hold for nobody',
    ...(help === undefined ? {} : { help }),
  };
}
