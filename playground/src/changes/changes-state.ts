// What the policy is compared with, and the last comparison.

import { computed, signal } from '@preact/signals';
import type { PolicyDiff } from '../../../src/browser-questions.ts';
import { opened } from '../app/opened.ts';
import { period, policy, type SavedVersion, saved } from '../app/state.ts';
import { ask, Dropped } from '../worker/client.ts';
import type { ChangesAnswer } from '../worker/handle-changes.ts';

/** Which version was chosen: when it was saved, `opened`, or the last one unless said. */
export const chosen = signal<number | 'opened' | undefined>(undefined);

/** The version that the policy is compared with; without a name it is the one that was opened. */
export const baseline = computed<Pick<SavedVersion, 'policy'> & Partial<SavedVersion>>(() => {
  const versions = saved.value;
  const own = versions.find((each) => each.at === chosen.value);
  if (own) return own;
  const last = chosen.value === 'opened' ? undefined : versions.at(-1);
  return last ?? { policy: opened.value };
});

/** Whether the policy is the same text as the version. */
export const isSame = computed(() => {
  const files = policy.value;
  const before = baseline.value.policy;
  return (
    files.length === before.length &&
    files.every(({ name, text }) => before.some((each) => each.name === name && each.text === text))
  );
});

/** The last answer, and the last comparison that was possible. */
export const answer = signal<ChangesAnswer | undefined>(undefined);
export const shownDiff = signal<PolicyDiff | undefined>(undefined);
export const comparing = signal(false);
export const fault = signal<string | undefined>(undefined);

/** Compares now; an older comparison that hasn't come to an end isn't shown. */
export async function compareNow(attribution: 'average' | 'in order'): Promise<void> {
  comparing.value = true;
  try {
    const found = await ask(
      'changes.diff',
      { before: baseline.value.policy, period: period.value, attribution },
      { lane: 'long' },
    );
    answer.value = found;
    if (found.diff) shownDiff.value = found.diff;
    fault.value = undefined;
    comparing.value = false;
  } catch (error) {
    // a newer one took its place, and says when it is done
    if (error instanceof Dropped) return;
    comparing.value = false;
    fault.value = error instanceof Error ? error.message : String(error);
  }
}

/** Forgets the comparison: there is nothing to compare. */
export function forget(): void {
  answer.value = undefined;
  shownDiff.value = undefined;
  comparing.value = false;
}
