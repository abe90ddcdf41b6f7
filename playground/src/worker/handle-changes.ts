// Answers of the worker for the part `changes`: what the policy says otherwise than an earlier version of it, and whose pay
// that moves.

import {
  type Checked,
  type Diagnostic,
  hasErrors,
  type Model,
  type Source,
} from '../../../src/browser-engine.ts';
import type { PolicyDiff } from '../../../src/browser-questions.ts';
import { namesOf, sourcesFor } from './handle-run.ts';
import type { Handlers } from './held.ts';
import { compiledOnce, versionIn } from './versions.ts';

/** What came of a comparison. */
export type ChangesAnswer =
  /** Figures are there where there was data to run. */
  | { readonly kind: 'diff'; readonly diff: PolicyDiff; readonly missing: readonly string[] }
  /** One of the versions has errors, or what both say can't be run over the data. */
  | {
      readonly kind: 'errors';
      readonly of: 'before' | 'after' | 'run';
      readonly diagnostics: readonly Diagnostic[];
      /** What they say otherwise, where only the run failed. */
      readonly diff?: PolicyDiff;
    };

export interface ChangesRequests {
  'changes.diff': {
    readonly params: {
      readonly before: readonly Source[];
      readonly period: string;
      readonly attribution: 'average' | 'in order';
    };
    readonly answer: ChangesAnswer;
  };
}

/** The handlers of `changes`. */
export const handlers: Handlers<ChangesRequests> = {
  'changes.diff': async ({ before, period, attribution }, desk) => {
    const [old, now] = [await earlier(before), await desk.compiled()];
    if (now.value.length === 0 || hasErrors(now.diagnostics))
      return { kind: 'errors', of: 'after', diagnostics: now.diagnostics };
    if (old.value.length === 0 || hasErrors(old.diagnostics))
      return { kind: 'errors', of: 'before', diagnostics: old.diagnostics };
    const sides = { before: old.value, after: now.value };
    const { diffPolicies, diffRuns } = await import('../../../src/browser-questions.ts');
    const held = [await versionIn(old.value, period), await versionIn(now.value, period)];
    const needed = [...new Set(held.flatMap(({ value }) => (value ? namesOf(value) : [])))];
    const sources = sourcesFor([...old.value, ...now.value], desk);
    const missing = needed.filter((name) => sources.every((each) => each.name !== name));
    if (missing.length > 0 || period === '') return { kind: 'diff', diff: diffPolicies(sides), missing };
    const { value, diagnostics } = await diffRuns(
      sides,
      { sources, period, attribution },
      async () => await desk.openBackend(),
    );
    if (value) return { kind: 'diff', diff: value, missing };
    return { kind: 'errors', of: 'run', diagnostics, diff: diffPolicies(sides) };
  },
};

let known: { readonly text: string; readonly checked: Checked<readonly Model[]> } | undefined;

/** The earlier version, checked once for all comparisons with it. */
async function earlier(policy: readonly Source[]): Promise<Checked<readonly Model[]>> {
  const text = JSON.stringify(policy);
  if (known?.text !== text) known = { text, checked: await compiledOnce(policy) };
  return known.checked;
}
