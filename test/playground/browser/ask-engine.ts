// One question that is put to the engine in Node and to the engine in a browser's worker: check a policy, pay by it, run
// its tests. What comes back is plain JSON, to be compared whole.

import type {
  Backend,
  Checked,
  Diagnostic,
  Model,
  Result,
  RunRequest,
  Source,
  TestReport,
} from '../../../src/browser.ts';

/** What the two doors have in common. */
export interface Engine {
  needForms(sources: readonly Source[]): Promise<void>;
  compile(sources: readonly Source[]): Checked<Model | undefined>;
  run(request: RunRequest, backend: Backend): Promise<Checked<Result | undefined>>;
  runTests(model: Model): Promise<TestReport>;
  openBackend(sources: RunRequest['sources']): Promise<Backend>;
}

/** A policy, its data and the periods to pay. */
export interface Question extends Pick<RunRequest, 'sources' | 'period'> {
  readonly policy: readonly Source[];
}

/** What an engine says to it. */
export interface Answer {
  readonly found: readonly Diagnostic[];
  readonly result?: Result | undefined;
  readonly tests?: TestReport;
}

/** Asks an engine. The result's `engine`, which says who worked it out, is left to the caller. */
export async function askEngine(engine: Engine, { policy, sources, period }: Question): Promise<Answer> {
  await engine.needForms(policy);
  const { value: model, diagnostics } = engine.compile(policy);
  if (!model) return { found: diagnostics };
  const backend = await engine.openBackend(sources);
  try {
    const { value, diagnostics: said } = await engine.run({ model, sources, period }, backend);
    return { found: [...diagnostics, ...said], result: value, tests: await engine.runTests(model) };
  } finally {
    await backend.close();
  }
}
