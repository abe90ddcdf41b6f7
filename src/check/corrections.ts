// What a policy says of closed periods: how far back they are corrected, how much corrections take of pay, and for which
// of them it holds too.

import { type Day, dayText } from '../base/date.ts';
import { periodAt } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import type { Corrections } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import { dayIn, lengthIn, shareText } from './constants.ts';
import type { Checking } from './context.ts';
import * as rules from './rule-messages.ts';

/** What a policy says of closed periods. */
export function correctionsModel(checking: Checking, policy: astPolicy.PolicyDeclaration): Corrections {
  const { corrections, takesBack, reopens } = policy;
  const within = corrections && lengthOf(checking, corrections);
  const share = takesBack && shareText(checking, takesBack);
  const from = reopens && dayIn(checking, reopens);
  if (from !== undefined) checkWhole(checking, reopens!.span, from);
  return {
    ...(within && { within }),
    ...(share !== undefined && { takesBack: share }),
    ...(from !== undefined && { reopens: from }),
  };
}

function checkWhole({ grain, diagnostics }: Checking, span: Span, day: Day): void {
  const { from, until } = periodAt(grain, day);
  if (from !== day)
    diagnostics.push(rules.reopensWithin(span, { first: dayText(from), next: dayText(until) }));
}

function lengthOf(checking: Checking, length: ast.Expression): Corrections['within'] {
  if (!lengthIn(checking, length, ['month', 'day']) || length.kind !== 'duration') return undefined;
  return { count: Number(length.digits), unit: length.unit.startsWith('month') ? 'month' : 'day' };
}
