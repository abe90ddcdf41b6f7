// What `points` means in a formula: the person's account, all of it up to now. It is one person's, and never missing.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/source.ts';
import { NUMBER } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';
import type { Checking, PeopleWorld } from './context.ts';
import { refuse } from './infer.ts';
import * as messages from './messages.ts';

/** `points`, without brackets. */
export function pointsOf(checking: Checking, { span }: ast.Name, world: PeopleWorld): Expression {
  const asked = world.use?.span ?? span;
  if (world.scope.kind !== 'own') return refuse(checking, pointsOfMany(asked));
  const { window } = world;
  if (window.kind === 'period' && !window.back)
    return { kind: 'points', type: NUMBER, optional: false, span };
  // an earlier balance is no sum over a window
  const help =
    'they are all points up to now: say which with the points, `points[ytd]`, or `previous(points)`';
  return refuse(checking, messages.notHere(asked, '`points` in a figure with a window', help));
}

/** Accounts are kept for each person; groups and the company have none. */
export function pointsOfMany(span: Span): Diagnostic {
  const help = 'an account of points is one person’s: ask for it without a scope';
  return messages.notHere(span, '`points` of a group', help);
}
