// What keeps a number from being fitted and a scenario from being run, in words.

import type { Diagnostic } from '../base/diagnostic.ts';

function fault(code: string, message: string, help: string): Diagnostic {
  return { code, severity: 'error', message, help };
}

/** A number of the policy as a message lists it. */
interface Listed {
  readonly name: string;
  readonly line: number;
}

const HOW_NAMED =
  'name it by its line and value, such as `policy.merit:12 5%`, or by the words of the policy: `rate ladder from 0 RUB`';

function listOf(near: readonly Listed[]): string {
  return `write one of these: ${near.map(({ name, line }) => `\`${name}\` (line ${line})`).join('; ')}`;
}

/** No number has those words; `near` has some of them. */
export function noNumber(asked: string, near: readonly Listed[]): Diagnostic {
  const help = near.length === 0 ? HOW_NAMED : listOf(near);
  return fault('M3080', `the policy has no number \`${asked}\``, help);
}

/** Several numbers have those words, of which the first are listed. */
export function severalNumbers(asked: string, listed: readonly Listed[], all: number): Diagnostic {
  const more = all > listed.length ? `; and ${all - listed.length} more` : '';
  return fault('M3083', `\`${asked}\` can be ${all} numbers of the policy`, `${listOf(listed)}${more}`);
}

/** A step or value that isn't in the unit of a number; `like` is. */
export function otherUnit(said: string, number: string, like: string): Diagnostic {
  return fault('M3084', `\`${said}\` isn't in the unit of \`${number}\``, `write it like \`${like}\``);
}

/** A value with which the policy isn't right any more. */
export function cannotStand(said: string, number: string): Diagnostic {
  return fault(
    'M3085',
    `the policy doesn't check with \`${said}\` in place of \`${number}\``,
    'a bound stays between those beside it',
  );
}

/** What can't be tried, with the reason where it is known. */
export function notAChange(text: string, why?: string): Diagnostic {
  return fault(
    'M3081',
    `\`${text}\` isn't a change that can be tried`,
    why ??
      'write `revenue +10%`, `target revenue -5%`, `target revenue of hunter 1_600_000 RUB`, or a number of the policy: `rate ladder from 0 RUB = 6%`',
  );
}

/** More than can be drawn, and the most that can. */
export function tooManyDraws(
  { draws, periods, people }: { readonly draws: number; readonly periods: number; readonly people: number },
  most: { readonly draws: number; readonly drawn: number },
): Diagnostic {
  return fault(
    'M3082',
    `${draws} draws of ${periods} periods of ${people} people are more than can be drawn`,
    `at most ${most.draws} draws, and ${most.drawn} people's periods in all of them`,
  );
}
