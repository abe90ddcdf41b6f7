// Answers about results: why an amount is what it is, what a row moved, what an amount would take, how a person does, and
// which lines of the policy measure or pay something.

import type { Backend, Diagnostic, Model } from '../../../src/browser-engine.ts';
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
import { namesOf } from './handle-run.ts';
import type { Desk, Handlers } from './held.ts';

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
    asked(desk, (at) => withBackend(desk, (backend) => explain({ ...at, ...whose }, backend))),
  'results.moved': (row, desk) =>
    asked(desk, (at) => explainEvent({ ...at, ...row }, async () => desk.openBackend())),
  'results.seek': (whose, desk) =>
    asked(desk, (at) => withBackend(desk, (backend) => seek({ ...at, ...whose }, backend))),
  'results.feedback': (whose, desk) =>
    asked(desk, (at) => withBackend(desk, (backend) => feedback({ ...at, ...whose }, backend))),
  'results.lines': async (_, desk) => {
    const { value } = await desk.compiled();
    return value ? policyLines(value) : [];
  },
};

/** Asks about the policy and data at hand; what is wrong with the policy is the answer where there is any. */
export async function asked<T>(
  desk: Desk,
  work: (at: {
    readonly model: Model;
    readonly sources: ReturnType<Desk['sources']>;
  }) => Promise<{ readonly value: T | undefined; readonly diagnostics: readonly Diagnostic[] }>,
): Promise<Answered<T>> {
  const { value: model, diagnostics } = await desk.compiled();
  if (!model) return { diagnostics };
  const needed = namesOf(model);
  const sources = desk.sources([...needed, ...(needed.includes('absence') ? [] : ['absence'])]);
  const answer = await work({ model, sources });
  return { ...(answer.value === undefined ? {} : { value: answer.value }), diagnostics: answer.diagnostics };
}

/** The backend of one answer, closed afterwards. */
async function withBackend<T>(desk: Desk, work: (backend: Backend) => Promise<T>): Promise<T> {
  const backend = desk.openBackend();
  try {
    return await work(backend);
  } finally {
    await backend.close();
  }
}
