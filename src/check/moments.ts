// A day where a moment stands: `closed_at else period.end` of a datetime. It is the day's first moment; the end of the
// period is the moment at which the period ends.

import { DURATION } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';

/** The day that stands for a missing moment, as a moment; anything else as it is. */
export function asMoment(value: Expression, day: Expression): Expression {
  if (value.type.kind !== 'datetime' || day.type.kind !== 'date') return day;
  const { optional, span } = day;
  return { kind: 'moment', of: ends(day) ? dayAfter(day) : day, type: { kind: 'datetime' }, optional, span };
}

function ends(day: Expression): boolean {
  return day.kind === 'period' && day.edge === 'end';
}

/** What is open at the end of the period is open for its last day too. */
function dayAfter(day: Expression): Expression {
  const { type, optional, span } = day;
  const oneDay: Expression = { kind: 'constant', type: DURATION, text: '86400', optional: false, span };
  return { kind: 'apply', function: 'later', args: [day, oneDay], type, optional, span };
}
