// Which chart is shown, and of what.

import { computed, signal } from '@preact/signals';
import { result } from '../app/state.ts';

export const VIEWS = ['attainment', 'payout', 'pay', 'cost'] as const;
export type View = (typeof VIEWS)[number];

export const view = signal<View>('attainment');

const chosen = signal('');

/** The period of what is shown of one: the chosen one where the results have it, else the last. */
export const shownPeriod = {
  get value(): string {
    return current.value;
  },
  set value(next: string) {
    chosen.value = next;
  },
};

const current = computed(() => {
  const all = result.value?.periods ?? [];
  return all.includes(chosen.value) ? chosen.value : (all.at(-1) ?? '');
});
