// What an editor asks for that may take long: lints, the policy's tests, and a run over the project's data. All of it is
// done by one worker, which is ended where an edit makes its work worthless or where it takes too long, so that typing
// never waits. Where the program isn't built, it is done in this thread.

import { readFile, stat } from 'node:fs/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { lint } from './analyse/lint.ts';
import { createMemoryBackend } from './backend/memory.ts';
import { type Diagnostic, hasErrors } from './base/diagnostic.ts';
import type { Source } from './base/source.ts';
import { run } from './engine.ts';
import type { SourceSpec } from './model/dataset.ts';
import type { Result } from './model/result.ts';
import type { TestReport } from './model/test-report.ts';
import { bindData } from './node-data.ts';
import type { Project } from './node-project.ts';
import { runTestsOfVersions } from './prove/run-tests.ts';
import { needForms } from './syntax/forms.ts';
import { compileFor, compileVersions } from './versions.ts';

/** What can be asked for, and what it is answered with. */
export interface Questions {
  lints: { readonly asked: { readonly sources: readonly Source[] }; readonly answer: readonly Diagnostic[] };
  tests: { readonly asked: TestsAsked; readonly answer: readonly TestReport[] };
  run: { readonly asked: RunAsked; readonly answer: DataRun };
}

/** Which tests: all of the policy, or the one whose text begins at a place. */
export interface TestsAsked {
  readonly sources: readonly Source[];
  readonly at?: { readonly source: string; readonly start: number };
}

export interface RunAsked {
  readonly project: Project;
  /** The configuration's unless given. */
  readonly period?: string;
}

/** A run over a project's data: its result, or why there is none. */
export type DataRun =
  | { readonly kind: 'result'; readonly result: Result }
  | { readonly kind: 'none'; readonly why: string };

/** A worker in the background. Answers are absent where they were dropped or took too long. */
export interface Background {
  ask<Q extends keyof Questions>(
    question: Q,
    asked: Questions[Q]['asked'],
  ): Promise<Questions[Q]['answer'] | undefined>;
  /** Ends whatever is being worked at: it is about texts that have changed. */
  drop(): void;
  close(): void;
}

/** More data than this is read by `merit run`, not while somebody types. */
const MOST_BYTES = 32 * 1024 * 1024;

/** How much memory the worker may take, in megabytes; with more it ends, and answers nothing. */
const MOST_MEMORY = 1024;

/** After how many seconds an answer isn't waited for any more, unless said. */
const TIME_LIMIT = 30;

interface Waiting {
  readonly id: number;
  readonly done: (answer: unknown) => void;
}

/** Opens the background; its worker starts with the first question. */
export function openBackground({ timeLimit = TIME_LIMIT } = {}): Background {
  let worker: Worker | undefined;
  let count = 0;
  const waiting = new Map<number, Waiting['done']>();
  const end = (): void => {
    const ended = worker;
    worker = undefined;
    ended?.terminate();
    for (const done of waiting.values()) done(undefined);
    waiting.clear();
  };
  const start = (): Worker => {
    const made = new Worker(new URL(import.meta.url), {
      workerData: { merit: 'background' },
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
    });
    made.on('message', ({ id, answer }: { readonly id: number; readonly answer: unknown }) => {
      waiting.get(id)?.(answer);
      waiting.delete(id);
    });
    // a worker that is broken, or out of memory, answers nobody
    made.on('error', () => made === worker && end());
    made.on('exit', () => made === worker && end());
    made.unref();
    return made;
  };
  return {
    ask(question, asked) {
      if (!isBuilt()) return answerTo(question, asked);
      worker ??= start();
      const id = ++count;
      return new Promise((resolve) => {
        const timer = setTimeout(() => waiting.has(id) && end(), timeLimit * 1000);
        timer.unref();
        waiting.set(id, (answer) => {
          clearTimeout(timer);
          resolve(answer as never);
        });
        worker!.postMessage({ id, question, asked });
      });
    },
    drop() {
      if (waiting.size > 0) end();
    },
    close: end,
  };
}

async function answerTo<Q extends keyof Questions>(
  question: Q,
  asked: Questions[Q]['asked'],
): Promise<Questions[Q]['answer'] | undefined> {
  const answers: {
    readonly [K in keyof Questions]: (asked: Questions[K]['asked']) => Promise<Questions[K]['answer']>;
  } = {
    lints,
    tests,
    run: dataRun,
  };
  return answers[question](asked);
}

/** What only shows in a whole policy: versions that don't follow each other, and what is worth a look. */
async function lints({ sources }: Questions['lints']['asked']): Promise<readonly Diagnostic[]> {
  await needForms(sources);
  const { value, diagnostics } = compileVersions(sources);
  const between = diagnostics.filter(({ code }) => code === 'M1430' || code === 'M1431');
  return [...between, ...value.flatMap((model) => lint(model))];
}

async function tests({ sources, at }: TestsAsked): Promise<readonly TestReport[]> {
  await needForms(sources);
  const models = compileVersions(sources).value.map((model) => ({
    ...model,
    tests: model.tests.filter(
      ({ span }) => !at || (span.source === at.source && span.start <= at.start && at.start < span.end),
    ),
  }));
  return runTestsOfVersions(models, { openBackend: (watch) => createMemoryBackend({ readFile, ...watch }) });
}

async function dataRun({ project, period = project.config?.value.period }: RunAsked): Promise<DataRun> {
  const none = (why: string): DataRun => ({ kind: 'none', why });
  if (!project.config)
    return none('there is no merit.config.yaml beside the policy, which says where its data lies');
  if (period === undefined) return none('merit.config.yaml names no `period`');
  await needForms(project.policy);
  const { value: model } = compileFor(project.policy, period);
  if (!model) return none('the policy has errors');
  const { value: sources, diagnostics } = await bindData(project, model);
  if (hasErrors(diagnostics)) return none(diagnostics[0]!.message);
  if ((await sizeOf(sources)) > MOST_BYTES) return none('the data is too large to be run while you type');
  const backend = createMemoryBackend({ readFile });
  try {
    const { value, diagnostics: found } = await run({ model, sources, period }, backend);
    return value ? { kind: 'result', result: value } : none(found[0]?.message ?? 'the run gave nothing');
  } finally {
    await backend.close();
  }
}

async function sizeOf(sources: readonly SourceSpec[]): Promise<number> {
  const sizes = await Promise.all(
    sources.map(async ({ content }) => (content.kind === 'file' ? (await stat(content.path)).size : 0)),
  );
  return sizes.reduce((sum, each) => sum + each, 0);
}

/** Workers can't run a file that isn't JavaScript yet. */
function isBuilt(): boolean {
  return /\.m?js$/.test(new URL(import.meta.url).pathname);
}

interface Message {
  readonly id: number;
  readonly question: keyof Questions;
  readonly asked: never;
}

/** One question after the other; what can't be answered is answered with nothing. */
function serve(): void {
  let before: Promise<unknown> = Promise.resolve();
  parentPort!.on('message', ({ id, question, asked }: Message) => {
    before = before
      .then(() => answerTo(question, asked))
      .catch(() => undefined)
      .then((answer) => parentPort!.postMessage({ id, answer }));
  });
}

if (!isMainThread && workerData?.merit === 'background') serve();
