// Answers of the worker for the part `tests`. Tests are asked for one by one, so that whoever asks can stop between them.

import { type Diagnostic, openBackend, runTests } from '../../../src/browser-engine.ts';
import type { CoverageReport, Recorded, TestResult } from '../../../src/browser-questions.ts';
import { namesOf } from './handle-run.ts';
import type { Handlers } from './held.ts';
import { testsOf, versionIn } from './versions.ts';

/** What came of one test. */
export interface TestAnswer {
  /** Absent where the policy has errors, or no such test. */
  readonly result?: TestResult;
  /** Which ways of the policy's decisions it took. */
  readonly taken: readonly string[];
}

/** A test of a statement, as text. */
export interface RecordAnswer {
  readonly recorded?: Recorded;
  readonly diagnostics: readonly Diagnostic[];
}

export interface TestsRequests {
  /** Runs the test of that number, from 0, in the version of the policy that it is of. */
  'tests.run': { readonly params: { readonly test: number }; readonly answer: TestAnswer };
  /** What tests that took these ways cover. */
  'tests.coverage': {
    readonly params: { readonly taken: readonly string[] };
    readonly answer: { readonly coverage?: CoverageReport };
  };
  /** Writes a test of what a person's statements say. */
  'tests.record': {
    readonly params: { readonly person: string; readonly period: string; readonly form: 'text' | 'yaml' };
    readonly answer: RecordAnswer;
  };
}

/** The handlers of `tests`. */
export const handlers: Handlers<TestsRequests> = {
  'tests.run': async ({ test }, desk) => {
    const { value: models } = await desk.compiled();
    const found = (await testsOf(models))[test];
    if (!found) return { taken: [] };
    const { createHeard } = await import('../../../src/browser-questions.ts');
    const heard = createHeard();
    const { tests } = await runTests(found.model, {
      only: [found.test],
      decided: (_, decision) => heard.decided(decision),
    });
    return { result: tests[0]!, taken: [...heard.keys] };
  },
  'tests.coverage': async ({ taken }, desk) => {
    const { value: models } = await desk.compiled();
    if (models.length === 0) return {};
    const { coverageOf } = await import('../../../src/browser-questions.ts');
    return { coverage: coverageOf(models, { keys: new Set(taken) }) };
  },
  'tests.record': async ({ person, period, form }, desk) => {
    const { value: models, diagnostics } = await desk.compiled();
    const { value: model, diagnostics: unfit } = await versionIn(models, period);
    if (!model) return { diagnostics: [...diagnostics, ...unfit] };
    const { recordTests } = await import('../../../src/browser-questions.ts');
    const backend = openBackend();
    try {
      const needed = namesOf(model);
      const sources = desk.sources([...needed, ...(needed.includes('absence') ? [] : ['absence'])]);
      const lacks = needed.filter((name) => sources.every((each) => each.name !== name));
      if (lacks.length > 0) return { diagnostics: [] };
      const { value, diagnostics: found } = await recordTests(
        { model, sources, period, persons: [person], form },
        backend,
      );
      return { ...(value && { recorded: value }), diagnostics: found };
    } finally {
      await backend.close();
    }
  },
};
