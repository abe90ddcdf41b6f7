// The policy's tests as they were run last, and what runs now.

import { computed, effect, signal } from '@preact/signals';
import type { CoverageReport, TestResult } from '../../../src/browser-questions.ts';
import { type MarginMark, margin, overview, type PolicyFile, policy } from '../app/state.ts';
import { ask, Dropped, stop } from '../worker/client.ts';
import { coverageLines } from './coverage-lines.ts';
import { say } from './words.ts';

/** What came of the tests of one version of the policy. */
export interface Tested {
  /** The files that it was found in: other ones make it an earlier version's. */
  readonly policy: readonly PolicyFile[];
  readonly names: readonly string[];
  /** By the number of the test. */
  readonly results: ReadonlyMap<number, TestResult>;
  /** Of all tests; absent until all have run. */
  readonly coverage?: CoverageReport;
}

export const tested = signal<Tested | undefined>(undefined);
/** The number of the test that runs. */
export const running = signal<number | undefined>(undefined);
/** A fault of ours, or that a run was stopped. */
export const fault = signal<string | undefined>(undefined);
/** Whether what tests take is marked in the policy. */
export const marked = signal(true);

/** Whether the policy has changed since its tests ran. */
export const isEarlier = computed(() => tested.value !== undefined && tested.value.policy !== policy.value);

let round = 0;

/** Runs all tests, or those of the numbers given; a newer call takes the place of an older one. */
export async function runTestsNow(only?: readonly number[]): Promise<void> {
  round++;
  const own = round;
  const of = policy.value;
  const names = overview.value?.tests ?? [];
  const isSame = tested.value?.policy === of;
  const results = new Map(isSame && only ? tested.value?.results : []);
  const taken = new Set<string>();
  const coverage = isSame && only ? tested.value?.coverage : undefined;
  fault.value = undefined;
  tested.value = { policy: of, names, results: new Map(results), ...(coverage && { coverage }) };
  try {
    for (const test of only ?? names.keys()) {
      running.value = test;
      const answer = await ask('tests.run', { test }, { lane: 'long' });
      if (own !== round) return;
      // the policy has errors, or others of its tests have been written since
      if (!answer.result) break;
      results.set(test, answer.result);
      for (const each of answer.taken) taken.add(each);
      tested.value = { policy: of, names, results: new Map(results), ...(coverage && { coverage }) };
    }
    if (!only && results.size === names.length) {
      const answer = await ask('tests.coverage', { taken: [...taken] }, { lane: 'long' });
      if (own !== round) return;
      tested.value = { policy: of, names, results, ...(answer.coverage && { coverage: answer.coverage }) };
    }
  } catch (error) {
    if (own === round && !(error instanceof Dropped))
      fault.value = error instanceof Error ? error.message : String(error);
  } finally {
    if (own === round) running.value = undefined;
  }
}

/** Ends the tests that run. */
export function stopTests(): void {
  round++;
  running.value = undefined;
  stop('long');
}

// the margin is seen beside any panel, and on narrow screens only without this one
effect(() => {
  margin.value = isEarlier.value ? [] : marksOf(tested.value);
});

function marksOf(of: Tested | undefined): readonly MarginMark[] {
  if (!of || !marked.value) return [];
  const ways = of.coverage ? coverageLines(of.coverage) : [];
  return [
    ...[...of.results.values()].map(
      (each): MarginMark => ({
        span: each.at.span,
        kind: each.passed ? 'passed' : 'failed',
        label: say(each.passed ? 'passed' : 'failed'),
      }),
    ),
    ...ways.map(
      (each): MarginMark => ({
        span: each.span,
        kind: each.kind,
        label: [
          say(each.kind, { taken: each.taken, total: each.total }),
          ...each.missed.map((way) => say('missedWay', { way })),
        ].join('\n'),
      }),
    ),
  ];
}
