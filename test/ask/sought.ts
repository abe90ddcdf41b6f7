// What `seek` and feedback say over a small policy and inline CSV text.

import { feedback } from '../../src/ask/feedback.ts';
import { type SeekRequest, seek } from '../../src/ask/seek.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { Feedback } from '../../src/model/feedback.ts';
import type { ReachedBy, SeekAnswer } from '../../src/model/seek.ts';
import { csvSource, modelOf } from '../evaluate/run-policy.ts';

export interface Small {
  readonly policy: string;
  readonly people: string;
  readonly data?: Readonly<Record<string, string>>;
}

export type Question = Pick<SeekRequest, 'person' | 'period' | 'what' | 'reach' | 'by' | 'with' | 'weights'>;

function worldOf({ policy, people, data = {} }: Small) {
  const model = modelOf(
    `policy small {\n  currency RUB\n  timezone "Europe/Moscow"\n  period month\n  rounding half up to 0.01\n}\n${policy}`,
  );
  const sources = [
    csvSource('person', people),
    ...Object.entries(data).map(([name, text]) => csvSource(name, text)),
  ];
  const backend = createMemoryBackend({
    readFile: () => {
      throw new Error('no files');
    },
  });
  return { request: { model, sources }, backend };
}

export async function askedOf(
  small: Small,
  question: Question,
): Promise<{ readonly value: SeekAnswer | undefined; readonly diagnostics: readonly Diagnostic[] }> {
  const { request, backend } = worldOf(small);
  return seek({ ...request, ...question }, backend);
}

export async function sought(small: Small, question: Question): Promise<SeekAnswer> {
  const { value, diagnostics } = await askedOf(small, question);
  if (!value) throw new Error(JSON.stringify(diagnostics));
  return value;
}

/** How the KPI that was named reaches the amount. */
export async function reachedIn(small: Small, question: Question): Promise<ReachedBy> {
  return (await sought(small, question)).reach!.by[0]!;
}

export async function toldIn(small: Small, whose: Pick<Question, 'person' | 'period'>): Promise<Feedback> {
  const { request, backend } = worldOf(small);
  const { value, diagnostics } = await feedback({ ...request, ...whose }, backend);
  if (!value) throw new Error(JSON.stringify(diagnostics));
  return value;
}
