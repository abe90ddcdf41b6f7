// Runs of the policy over the data, and texts of their results.

import type { KnownValues } from '../../../src/browser-editor.ts';
import {
  type Diagnostic,
  hasErrors,
  type Model,
  type Result,
  RunError,
  run,
  type SourceSpec,
} from '../../../src/browser-engine.ts';
import type { Desk, Handlers } from './held.ts';
import { type PeriodChoices, periodChoices } from './periods.ts';
import { openingOf, versionIn } from './versions.ts';

/** What a run came to. */
export interface RunAnswer {
  /** Absent where there are errors. */
  readonly result?: Result;
  readonly diagnostics: readonly Diagnostic[];
  /** Kinds of rows that the policy reads and that there is no data for: nothing was run. */
  readonly missing?: readonly string[];
  /** The policy has errors, which checking says: what was found last stays. */
  readonly kept?: true;
  /** How long it took, in milliseconds. */
  readonly took: number;
}

export interface RunRequests {
  'run.period': {
    readonly params: { readonly period: string; readonly allowRejects?: boolean };
    readonly answer: RunAnswer;
  };
  /** What the last run gave by the names of the policy, for all and for a person. */
  'run.values': {
    readonly params: { readonly person: string };
    readonly answer: { readonly values?: KnownValues };
  };
  /** The periods that can be asked for over the data. */
  'run.periods': { readonly params: Record<never, never>; readonly answer: PeriodChoices };
}

const RESULTS = new WeakMap<Desk, Result>();

/** The result of the desk's last run that came to an end. */
export function kept(desk: Desk): Result | undefined {
  return RESULTS.get(desk);
}

/** The handlers of runs. */
export const handlers: Handlers<RunRequests> = {
  'run.period': runPeriod,
  'run.values': async ({ person }, desk) => {
    const { valuesOf } = await import('../../../src/browser-editor.ts');
    const result = kept(desk);
    const values = result && valuesOf(result, person === '' ? {} : { person });
    return { ...(values && { values }) };
  },
  'run.periods': async (_, desk) => {
    const { value } = await desk.compiled();
    return periodChoices(value, desk.held.data);
  },
};

async function runPeriod(
  { period, allowRejects = false }: RunRequests['run.period']['params'],
  desk: Desk,
): Promise<RunAnswer> {
  const begun = performance.now();
  const took = () => performance.now() - begun;
  const { value: models, diagnostics } = await desk.compiled();
  if (models.length === 0 || hasErrors(diagnostics)) return { diagnostics: [], kept: true, took: took() };
  const { value: model, diagnostics: unfit } = await versionIn(models, period);
  if (!model) return { diagnostics: unfit, took: took() };
  const needed = namesOf(model);
  const missing = needed.filter((name) => !desk.held.data.some((each) => each.name === name));
  if (missing.length > 0) return { diagnostics: [], missing, took: took() };
  const backend = await desk.openBackend();
  try {
    const request = { model, sources: sourcesFor(models, desk), period, allowRejects };
    const opening = await openingOf(request, models, desk.openBackend);
    if (hasErrors(opening.diagnostics)) return { diagnostics: opening.diagnostics, took: took() };
    const { value, diagnostics: found } = await run({ ...request, opening: opening.value }, backend);
    if (value) RESULTS.set(desk, value);
    return { ...(value && { result: value }), diagnostics: found, took: took() };
  } catch (error) {
    if (error instanceof RunError) return { diagnostics: error.diagnostics, took: took() };
    throw error;
  } finally {
    await backend.close();
  }
}

/** The data at hand that any version of the policy reads: a later one goes on from what the earlier ones made of theirs. */
export function sourcesFor(models: readonly Model[], desk: Desk): readonly SourceSpec[] {
  return desk.sources([...new Set([...models.flatMap(namesOf), 'absence'])]);
}

/** The kinds of rows without which the policy can't be run. */
export function namesOf(model: Model): readonly string[] {
  return ['person', ...model.events.map((each) => each.name), ...model.tables.map((each) => each.name)];
}
