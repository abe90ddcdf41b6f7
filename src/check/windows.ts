// What windows reach, as far as the policy alone tells.

import type { Day } from '../base/date.ts';
import { parseDay } from '../base/date.ts';
import { fits, type Grain, periodAt } from '../base/period.ts';
import { windowDays } from '../library/window.ts';
import type { Window } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import type { Checking, Declared, EventScope } from './context.ts';
import { readGrain } from './fiscal.ts';

/** Whether a window can begin before the event's data does, in some period of the policy. */
export function reachesBehind(checking: Checking, event: EventScope, window: Window): boolean {
  const since = sinceOf(event);
  if (since === undefined || window.kind === 'period' || window.kind === 'to date') return false;
  const start = effectiveFrom(checking);
  if (start === undefined) return true;
  return checking.grains.some((grain) => windowDays(window, periodAt(grain, start), since).from < since);
}

export function sinceOf(event: EventScope): Day | undefined {
  const { since } = event.declaration;
  return since?.kind === 'date' ? parseDay(since.text) : undefined;
}

function effectiveFrom(checking: Checking): Day | undefined {
  const from = checking.declared.policy?.effective?.from;
  return from?.kind === 'date' ? parseDay(from.text) : undefined;
}

/** The lengths of all periods that something is worked out over, the policy's own first. */
export function grainsOf(
  policy: Grain,
  declarations: readonly astPolicy.Declaration[],
  calendars: Declared['calendars'],
): readonly Grain[] {
  const own = declarations
    .flatMap((each) => namesOfGrains(each))
    .flatMap((each) => readGrain(calendars, each) ?? []);
  return [...new Set([policy, ...own.filter((grain) => fits(policy, grain))])];
}

/** What has a length of time of its own; targets are read over the lengths of these. */
function namesOfGrains(declaration: astPolicy.Declaration): readonly ast.GrainName[] {
  const each = namesOfEach(declaration);
  const perOf = (parts: readonly { readonly per?: ast.GrainName }[]) => parts.flatMap(({ per }) => per ?? []);
  switch (declaration.kind) {
    case 'role':
      return [...each, ...perOf([...declaration.bonuses, ...declaration.caps, ...declaration.floors])];
    case 'policy':
      return [...each, ...perOf([...declaration.caps, ...declaration.floors])];
    case 'let':
    case 'pool':
      return [...each, ...perOf([declaration])];
    default:
      return each;
  }
}

/** `average(x each quarter)`: wherever it stands in a declaration. */
function namesOfEach(tree: unknown): readonly ast.GrainName[] {
  if (typeof tree !== 'object' || tree === null) return [];
  const { kind, each } = tree as Partial<ast.Call>;
  const own = kind === 'call' && each ? [each.grain] : [];
  return [...own, ...Object.values(tree).flatMap(namesOfEach)];
}
