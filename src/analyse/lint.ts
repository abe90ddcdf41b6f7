// The lints: a checked policy in, what is worth a look out. Nothing here is an error: the policy runs as it is. Each
// finding is provable from the policy, or worded as what it is: what the Model doesn't show could be anything, and is used.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { Model } from '../model/policy.ts';
import type { Result } from '../model/result.ts';
import { achievableLints } from './achievable.ts';
import { allowLints, unsilenced } from './allow.ts';
import { cliffLints } from './cliffs.ts';
import { jumpLints } from './jumps.ts';
import { limitLints } from './limits.ts';
import { nameLints } from './names.ts';
import { placeKey, type Reading, readingOf } from './reading.ts';
import { smartLints } from './smart.ts';
import { streakLints } from './streaks.ts';
import { tableLints } from './tables.ts';
import { unboundedLints } from './unbounded.ts';
import { unusedLints } from './unused.ts';

const FAMILIES: readonly ((reading: Reading) => readonly Diagnostic[])[] = [
  smartLints,
  tableLints,
  cliffLints,
  jumpLints,
  limitLints,
  unboundedLints,
  unusedLints,
  streakLints,
  nameLints,
];

/**
 * What is worth a look in a policy (M1500 to M1599): warnings about what can't do what it says, and notes. In the order of
 * the text; a comment `// allow M1505: reason` silences a finding where it stands.
 */
export function lint(model: Model): readonly Diagnostic[] {
  const reading = readingOf(model);
  const found = distinct(FAMILIES.flatMap((family) => family(reading)));
  const about = allowLints(found, model.sources, (code) => !needsData(code));
  return inOrder(model, [...unsilenced(found, model.sources), ...about]);
}

/** What only data shows (M1560 to M1569), in a result of the policy: targets that nobody or everybody reached. */
export function lintWithResult(model: Model, result: Result): readonly Diagnostic[] {
  return inOrder(model, unsilenced(distinct(achievableLints(model, result)), model.sources));
}

function needsData(code: string): boolean {
  return code.startsWith('M156');
}

/** A formula that several figures or roles share is said once. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const each of diagnostics) {
    const key = `${each.code}\n${placeKey(each.span!)}\n${each.message}`;
    if (!seen.has(key)) seen.set(key, each);
  }
  return [...seen.values()];
}

function inOrder({ sources }: Model, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const file = ({ span }: Diagnostic): number => sources.findIndex((each) => each.name === span!.source);
  return [...diagnostics].sort((a, b) => file(a) - file(b) || a.span!.start - b.span!.start);
}
