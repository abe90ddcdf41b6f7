// Who is asked about, and when: one period of the policy, and the person's roles in it.

import { type Checked, type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import { grainText, type Period } from '../base/period.ts';
import { suggestion } from '../base/suggest.ts';
import { runPeriods } from '../evaluate/periods.ts';
import type { People, Stay } from '../model/people.ts';
import type { Model } from '../model/policy.ts';
import { failed } from './evaluate-expression.ts';

/** The one period that a text names. */
export function onePeriod(model: Model, text: string): Checked<Period | undefined> {
  const { value, diagnostics } = runPeriods(model, text);
  if (hasErrors(diagnostics) || value.length === 1) return { value: value[0], diagnostics };
  const help = `name one ${grainText(model.grain)}, such as \`${value[0]?.id}\``;
  return failed([fault('M3062', `\`${text}\` is ${value.length} periods`, help)]);
}

/** The person's stays with a day in the period, in order of time. */
export function staysIn({ stays }: People, person: string, period: Period): readonly Stay[] {
  return stays
    .filter((each) => each.person === person.normalize('NFC'))
    .filter((each) => each.from < period.until && each.until > period.from)
    .sort((a, b) => a.from - b.from || a.index - b.index);
}

/** Why there is nothing to say of the person in the period. */
export function noRole({ stays }: People, person: string, period: Period): Diagnostic {
  const known = [...new Set(stays.map((each) => each.person))];
  const isKnown = known.includes(person.normalize('NFC'));
  return isKnown
    ? fault('M3060', `\`${person}\` has no role in ${period.id}`)
    : fault('M3060', `there is no person \`${person}\``, suggestion(person, known));
}

function fault(code: string, message: string, help?: string): Diagnostic {
  return { code, severity: 'error', message, ...(help === undefined ? {} : { help }) };
}
