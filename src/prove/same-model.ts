// What a policy comes to, apart from how it is written: its Model without places, words for people, and its own tests.

import type { Model } from '../model/policy.ts';

const WORDS: ReadonlySet<string> = new Set(['span', 'doc', 'title', 'rampLine', 'periodSpan', 'personSpan']);

// a Model is never changed
const known = new WeakMap<object, string>();

/** One text, equal for Models that work everything out alike. */
export function meaning(model: Model): string {
  const found = known.get(model) ?? written(model);
  known.set(model, found);
  return found;
}

function written({ tests: _, invariants: __, onlyProved: ___, sources: ____, ...model }: Model): string {
  return JSON.stringify(model, (key, value) => (WORDS.has(key) ? undefined : value));
}
