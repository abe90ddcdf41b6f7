// Which parts of the checker are at hand: what most policies take, always; the checks in seldom.ts once somebody has asked
// for them, so that a page whose policy has nothing of the kind doesn't load them.

import { InternalError } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import { isYaml } from '../syntax/forms.ts';

/** The checks of what few policies have. */
export type Seldom = typeof import('./seldom.ts');

/** The words without which none of it stands in a policy. */
const WORDS =
  /amends|correct|takes|reopens|test|invariant|award|level|pool|grid|calendar|scorecard|\bfor\b|rank|total|working_time|convert|pays/;

let atHand: Seldom | undefined;

/** Has the checks at hand from the start: for doors that are loaded whole. */
export function holdSeldom(checks: Seldom): void {
  atHand = checks;
}

/** Whether files may take one of them: all that do, and few others. */
export function takesSeldom(sources: readonly Source[]): boolean {
  // a word of the text form stands in it letter by letter; YAML has other ways to write one
  return sources.some(({ name, text }) => isYaml(name) || WORDS.test(text));
}

/** Loads the checks that these files take: to be awaited before they are compiled. */
export async function needSeldomOf(sources: readonly Source[]): Promise<void> {
  if (takesSeldom(sources)) await needSeldom();
}

/** Loads the checks. */
export async function needSeldom(): Promise<void> {
  atHand ??= await import('./seldom.ts');
}

/** Those checks. Throws where nobody has awaited them. */
export function seldom(): Seldom {
  if (atHand) return atHand;
  throw new InternalError(
    "a part of the checker that this policy takes isn't loaded: call `await needForms(sources)` first",
  );
}
