// The periods that a run is asked for: what was written, as the policy's own periods.

import { dayOf, dayText } from '../base/date.ts';
import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { fiscalYears, readFiscal } from '../base/fiscal.ts';
import {
  fits,
  grainText,
  isFiscal,
  type Period,
  parsePeriod,
  periodAt,
  periodsBetween,
} from '../base/period.ts';
import type { Model } from '../model/policy.ts';

const A_DAY = dayOf(2026, 1, 31);

/** Most periods of one run. */
export const MOST_PERIODS = 1200;

/**
 * Reads `2026-01`, `2026-Q1`, `2026`, `retail-2026-01` or a range `2026-01..2026-06` as the policy's periods in it, in
 * order of time.
 */
export function runPeriods(model: Model, text: string): Checked<readonly Period[]> {
  const [first = '', last = first, ...rest] = text.split('..');
  const calendars = fiscalYears(model);
  const from = parsePeriod(first.trim(), calendars);
  const until = parsePeriod(last.trim(), calendars);
  const { grain } = model;
  const example = periodAt(grain, isFiscal(grain) ? readFiscal(grain).year.starts : A_DAY).id;
  if (!from || !until || rest.length > 0) {
    return refuse(
      'M3004',
      `\`${text}\` isn't a period`,
      `write it like \`${example}\`, or a range \`${example}..${example}\``,
    );
  }
  if (until.from < from.from)
    return refuse('M3004', `\`${text}\` ends before it begins`, 'write the earlier period first');
  for (const each of [from, until]) {
    if (!fits(model.grain, each.grain)) {
      return refuse(
        'M3004',
        `the policy is evaluated by ${grainText(model.grain)}, and \`${each.id}\` is a ${grainText(each.grain)}`,
        `write it like \`${example}\``,
      );
    }
  }
  const periods = periodsBetween(model.grain, from.from, until.until);
  if (periods.length > MOST_PERIODS)
    return refuse(
      'M3006',
      `\`${text}\` is ${periods.length} periods, and a run takes ${MOST_PERIODS} at most`,
      'run it in parts',
    );
  const outside = periods.find((each) => !isEffective(model, each));
  if (outside) {
    const { from: start, until: end } = model.effective;
    const range = [
      start === undefined ? '' : `from ${dayText(start)}`,
      end === undefined ? '' : `until ${dayText(end - 1)}`,
    ];
    return refuse(
      'M3005',
      `policy \`${model.name}\` doesn't hold in \`${outside.id}\``,
      `it holds ${range.filter((each) => each !== '').join(' ')}`,
    );
  }
  return { value: periods, diagnostics: [] };
}

function isEffective(model: Model, period: Period): boolean {
  const { from, until } = model.effective;
  return (from === undefined || period.until > from) && (until === undefined || period.from < until);
}

function refuse(code: string, message: string, help: string): Checked<readonly Period[]> {
  const diagnostic: Diagnostic = { code, severity: 'error', message, help };
  return { value: [], diagnostics: [diagnostic] };
}
