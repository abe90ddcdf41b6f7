// Mutation of policies over the cores: changes are judged by workers, each of which has read the policy once, and one that
// takes too long is ended. Workers run this same file; where it isn't built, all is done in one thread.

import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { keepData } from './backend/kept.ts';
import { RunError } from './base/diagnostic.ts';
import { goOn } from './base/limits.ts';
import { needSeldom } from './check/needed.ts';
import type { Model } from './model/policy.ts';
import {
  type Judgements,
  judgeHere,
  type Mutated,
  type MutationOptions as MutationChoices,
  type MutationWork,
  mutatedBy,
} from './prove/mutate.ts';
import { type Judged, judge, type OpenBackend, subjectOf } from './prove/mutation.ts';
import { needForms } from './syntax/forms.ts';

export type { Mutated };

/** How changes of a policy are tried. */
export interface MutationOptions extends MutationChoices {
  /** How many work at the same time; absent: one, in this thread, where nothing can be ended. */
  readonly workers?: number;
  /** After how many seconds a change counts as noticed, since its tests don't come to an end; 60 unless said. */
  readonly timeLimit?: number;
}

const TIME_LIMIT = 60;

/** Tries all changes of every version of a policy against its tests, which must pass as the policy stands. */
export async function mutatePolicies(
  models: readonly Model[],
  options: MutationOptions = {},
): Promise<Mutated> {
  const isShared = options.workers !== undefined && isBuilt();
  return mutatedBy(models, { ...options, openBackend }, (work, step) =>
    isShared ? judgeInWorkers(work, { ...options, step }) : judgeHere(work, step),
  );
}

/** What a worker is given, and what it answers. */
interface Task {
  readonly merit: 'mutants';
  readonly model: Model;
  readonly tests: readonly number[];
  readonly invariants: boolean;
}
type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'judged'; readonly judged: Judged }
  | { readonly kind: 'fault'; readonly fault: string };

async function judgeInWorkers(
  { subject: { model }, tests, ids }: MutationWork,
  {
    workers = 1,
    timeLimit = TIME_LIMIT,
    invariants = false,
    limits,
    step,
  }: MutationOptions & { readonly step: () => void },
): Promise<Judgements> {
  const judgements = new Map<string, Judged>();
  const queue = [...ids];
  const workerData: Task = { merit: 'mutants', model, tests, invariants };
  /** One worker after the other, until nothing is left to do. */
  const atWork = async (): Promise<void> => {
    while (queue.length > 0) {
      const worker = new Worker(new URL(import.meta.url), { workerData });
      try {
        await answerOf(worker);
        for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
          worker.postMessage(id);
          const answer = await answerOf(worker, timeLimit);
          judgements.set(id, answer?.kind === 'judged' ? answer.judged : TOO_LONG);
          step();
          goOn(limits);
          if (!answer) break;
        }
      } finally {
        await worker.terminate();
      }
    }
  };
  const count = Math.max(1, Math.min(workers, queue.length));
  await Promise.all(Array.from({ length: count }, atWork));
  return judgements;
}

const TOO_LONG: Judged = { meaning: '', outcome: { kind: 'killed', test: '', by: 'the time limit' } };

/** What a worker says next; nothing where it takes longer than so many seconds. Rejects with what went wrong in it. */
function answerOf(worker: Worker, seconds?: number): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    const end = (then: () => void): void => {
      clearTimeout(timer);
      worker.off('message', heard).off('error', broken);
      then();
    };
    const heard = (answer: Answer): void =>
      end(() => (answer.kind === 'fault' ? reject(new Error(answer.fault)) : resolve(answer)));
    const broken = (fault: Error): void => end(() => reject(fault));
    const timer =
      seconds === undefined ? undefined : setTimeout(() => end(() => resolve(undefined)), seconds * 1000);
    worker.on('message', heard).on('error', broken);
  });
}

async function serve({ model, tests, invariants }: Task): Promise<void> {
  const answer = (said: Answer): void => parentPort!.postMessage(said);
  const chosen = tests.map((each) => model.tests[each]!);
  await needForms(model.sources);
  await needSeldom();
  const { subject } = await subjectOf(model, { tests: chosen, openBackend, invariants });
  const mutants = new Map(subject.mutants.map((each) => [each.id, each]));
  parentPort!.on('message', (id: string) => {
    judge(subject, mutants.get(id)!).then(
      (judged) => answer({ kind: 'judged', judged }),
      (fault) => answer({ kind: 'fault', fault: `${id}: ${fault?.stack ?? fault}` }),
    );
  });
  answer({ kind: 'ready' });
}

/** How many tests' rows are kept for the next change, which reads most of them alike. */
const MOST_TESTS = 64;

// the rows of tests are text at hand: there is nothing to read
const kept = keepData({
  most: MOST_TESTS,
  readFile: (path) => {
    throw new RunError([
      { code: 'M2060', severity: 'error', message: `there are no files here to read \`${path}\` from` },
    ]);
  },
});

const openBackend: OpenBackend = (watch) => kept.openBackend(watch);

/** Workers can't run a file that isn't JavaScript yet. */
function isBuilt(): boolean {
  return /\.m?js$/.test(new URL(import.meta.url).pathname);
}

if (!isMainThread && workerData?.merit === 'mutants') serve(workerData as Task);
