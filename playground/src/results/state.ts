// What the results show: which view, which rows in which order, and which line of the policy is asked about.

import { computed, effect, signal, untracked } from '@preact/signals';
import {
  activePolicyFile,
  checkedAt,
  cursor,
  overview,
  period,
  person,
  policy,
  result,
} from '../app/state.ts';
import { ask, Dropped } from '../worker/client.ts';
import { paidBy } from './paid-by.ts';
import { lineAt, type PolicyLine } from './policy-lines.ts';
import type { Order, Wanted } from './table.ts';

export type View = 'table' | 'person' | 'paid';

/** Of several periods: their pay side by side. */
export const ALL_PERIODS = 'all';

export const view = signal<View>('table');
/** The period that is shown, of those that the result has, or all of them. */
export const chosenPeriod = signal('');
export const wanted = signal<Wanted>({});
export const order = signal<Order | undefined>(undefined);
/** The lines of the policy that measure or pay something. */
export const policyLines = signal<readonly PolicyLine[]>([]);

/** The period of the table: the chosen one where the result has it, else the last. */
export const shownPeriod = computed(() => {
  const periods = result.value?.periods ?? [];
  const chosen = chosenPeriod.value;
  if (chosen === ALL_PERIODS && periods.length > 1) return ALL_PERIODS;
  return periods.includes(chosen) ? chosen : (periods.at(-1) ?? period.value);
});

/** The period of statements, where one is needed. */
export const onePeriod = computed(() =>
  shownPeriod.value === ALL_PERIODS ? (result.value?.periods.at(-1) ?? '') : shownPeriod.value,
);

/** The line that the cursor is on. */
export const lineAtCursor = computed(() => {
  const at = cursor.value;
  if (!at) return undefined;
  const file = policy.value.find((each) => each.name === at.source) ?? activePolicyFile.value;
  return lineAt(policyLines.value, file.text, at);
});

/** What that line came to. */
export const paidAtCursor = computed(() => {
  const [line, ran] = [lineAtCursor.value, result.value];
  return line && ran && { line, paid: paidBy(ran, line, onePeriod.value) };
});

/** Shows a person's statement. */
export function showPerson(id: string): void {
  person.value = id;
  view.value = 'person';
}

let following = false;

/** Begins to follow the policy and the choice of a person, once. */
export function followState(): void {
  if (following) return;
  following = true;
  effect(() => {
    checkedAt.value;
    if (!overview.value) return;
    untracked(() => void findLines());
  });
  effect(() => {
    const chosen = person.value;
    untracked(() => {
      if (chosen !== '') view.value = 'person';
      else if (view.value === 'person') view.value = 'table';
    });
  });
}

async function findLines(): Promise<void> {
  try {
    policyLines.value = await ask('results.lines', {}, { lane: 'language' });
  } catch (error) {
    if (!(error instanceof Dropped)) throw error;
  }
}
