// Answers about results: why an amount is what it is, what a row moved, what an amount would take, how a person does, and
// which lines of the policy measure or pay something.

import { type Backend, type Diagnostic, hasErrors, type RunRequest } from '../../../src/browser-engine.ts';
import {
  type EventExplanation,
  type Explanation,
  explain,
  explainEvent,
  type Feedback,
  feedback,
  type SeekAnswer,
  seek,
} from '../../../src/browser-questions.ts';
import { type PolicyLine, policyLines } from '../results/policy-lines.ts';
import { sourcesFor } from './handle-run.ts';
import type { Desk, Handlers } from './held.ts';
import { openingOf, versionIn } from './versions.ts';

/** An answer, or the reasons why there is none. */
export interface Answered<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Whose amount is asked about, and which: `pay` unless said, the name of a bonus or award, or an expression. */
export interface Whose {
  readonly person: string;
  readonly period: string;
  readonly what?: string;
  readonly allowRejects?: boolean;
}

export interface ResultsRequests {
  'results.explain': { readonly params: Whose; readonly answer: Answered<Explanation> };
  'results.moved': {
    readonly params: {
      readonly event: string;
      readonly key: string;
      readonly period: string;
      readonly allowRejects?: boolean;
    };
    readonly answer: Answered<EventExplanation>;
  };
  /** Without `reach`, what comes next on each KPI. */
  'results.seek': {
    readonly params: Whose & { readonly reach?: string };
    readonly answer: Answered<SeekAnswer>;
  };
  'results.feedback': { readonly params: Omit<Whose, 'what'>; readonly answer: Answered<Feedback> };
  /** The lines of the policy that measure or pay something; empty while it has errors. */
  'results.lines': { readonly params: Record<never, never>; readonly answer: readonly PolicyLine[] };
}

/** The handlers of results. */
export const handlers: Handlers<ResultsRequests> = {
  'results.explain': (whose, desk) =>
    asked(desk, whose, (at) => withBackend(desk, (backend) => explain({ ...whose, ...at }, backend))),
  'results.moved': (row, desk) => asked(desk, row, (at) => explainEvent({ ...row, ...at }, desk.openBackend)),
  'results.seek': (whose, desk) =>
    asked(desk, whose, (at) => withBackend(desk, (backend) => seek({ ...whose, ...at }, backend))),
  'results.feedback': (whose, desk) =>
    asked(desk, whose, (at) => withBackend(desk, (backend) => feedback({ ...whose, ...at }, backend))),
  'results.lines': async (_, desk) => {
    const { value } = await desk.compiled();
    return policyLines(value);
  },
};

/**
 * Asks about the data at hand, by the version of the policy that holds in the period; what is wrong with the policy is the
 * answer where there is any.
 */
export async function asked<T>(
  desk: Desk,
  { period, allowRejects = false }: Pick<Whose, 'period' | 'allowRejects'>,
  work: (
    at: RunRequest,
  ) => Promise<{ readonly value: T | undefined; readonly diagnostics: readonly Diagnostic[] }>,
): Promise<Answered<T>> {
  const { value: models, diagnostics } = await desk.compiled();
  const { value: model, diagnostics: unfit } = await versionIn(models, period);
  if (!model) return { diagnostics: [...diagnostics, ...unfit] };
  const request = { model, sources: sourcesFor(models, desk), period, allowRejects };
  const opening = await openingOf(request, models, desk.openBackend);
  if (hasErrors(opening.diagnostics)) return { diagnostics: opening.diagnostics };
  const answer = await work({ ...request, opening: opening.value });
  return { ...(answer.value === undefined ? {} : { value: answer.value }), diagnostics: answer.diagnostics };
}

/** The backend of one answer, closed afterwards. */
async function withBackend<T>(desk: Desk, work: (backend: Backend) => Promise<T>): Promise<T> {
  const backend = await desk.openBackend();
  try {
    return await work(backend);
  } finally {
    await backend.close();
  }
}
