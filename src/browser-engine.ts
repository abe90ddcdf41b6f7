// The engine for browsers and workers: policies compiled, run with the memory backend over text that is already at hand,
// and tested. What a page needs at once; browser-questions.ts has what is asked about results.

import type { Backend } from './backend/backend.ts';
import type { KeptData } from './backend/kept.ts';
import { createMemoryBackend } from './backend/memory.ts';
import { RunError } from './base/diagnostic.ts';
import type { Limits } from './base/limits.ts';
import type { Source } from './base/source.ts';
import { needSeldomOf } from './check/needed.ts';
import type { SourceFormat, SourceSpec } from './model/dataset.ts';
import type { Decided } from './model/decision.ts';
import type { Model } from './model/policy.ts';
import type { TestReport } from './model/test-report.ts';
import type { TestOptions } from './prove/run-tests.ts';
import { needForms as needFormsOfText } from './syntax/forms.ts';

export type { Backend } from './backend/backend.ts';
export type { KeptData } from './backend/kept.ts';
export { type Day, parseDay } from './base/date.ts';
export type { Checked, Diagnostic } from './base/diagnostic.ts';
export { hasErrors, InternalError, RunError, StopError } from './base/diagnostic.ts';
export type { Limits, Progress } from './base/limits.ts';
export { type Grain, type Period, parsePeriod, periodAt, periodsBetween } from './base/period.ts';
export type { Source } from './base/source.ts';
export { compile, run, VERSION } from './engine.ts';
export { type RunRequest, readRun } from './gather.ts';
export type { SourceSpec } from './model/dataset.ts';
export type { Model } from './model/policy.ts';
export type { Result } from './model/result.ts';
export type { TestReport } from './model/test-report.ts';
export type { RunData } from './run-data.ts';
export { needYaml } from './syntax/forms.ts';

/**
 * Loads what compiling these files takes, beside what is always there: the reader of YAML, and the checks of what
 * few policies have. To be awaited before they are compiled, in each worker; `compile` says so where it wasn't.
 */
export async function needForms(sources: readonly Source[]): Promise<void> {
  await Promise.all([needFormsOfText(sources), needSeldomOf(sources)]);
}

/** The backend of browsers: it takes sources of text only, and refuses one that names a file. */
export function openBackend(watch: { readonly decided?: Decided; readonly limits?: Limits } = {}): Backend {
  return createMemoryBackend({ readFile: noFile, ...watch });
}

/**
 * Backends of runs that share what they have read: for a page in which somebody changes a policy, or cells of its data.
 * Each run opens its own, and works out only what none before it has asked. What that takes is loaded when first called.
 */
export async function keepData(): Promise<KeptData> {
  const { keepData: keepAnywhere } = await import('./backend/kept.ts');
  return keepAnywhere({ readFile: noFile });
}

async function noFile(path: string): Promise<never> {
  throw new RunError([
    { code: 'M2060', severity: 'error', message: `there are no files here to read \`${path}\` from` },
  ]);
}

/** Runs the tests of a policy, each over its own rows; see `TestOptions`. What that takes is loaded when first called. */
export async function runTests(
  model: Model,
  options: Omit<TestOptions, 'openBackend'> = {},
): Promise<TestReport> {
  const { runTests: runAnywhere } = await import('./prove/run-tests.ts');
  return runAnywhere(model, { ...options, openBackend });
}

/** A source of pasted or dropped text; `name` is an event, a table, or `person`. */
export function textSource(name: string, file: string, text: string): SourceSpec {
  return {
    name,
    file,
    format: formatOf(file),
    content: { kind: 'text', text },
    columns: new Map(),
    constants: new Map(),
    dialect: {},
  };
}

function formatOf(file: string): SourceFormat {
  if (/\.json$/i.test(file)) return 'json';
  return /\.(ndjson|jsonl)$/i.test(file) ? 'ndjson' : 'csv';
}
