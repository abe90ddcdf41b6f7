// Mutation of every version of a policy: which changes are tried against which tests, and their reports. Who judges them,
// in one thread or in many, is the caller's.

import type { Limits } from '../base/limits.ts';
import type { MutationReport } from '../model/mutation.ts';
import type { Model } from '../model/policy.ts';
import {
  fits,
  type Judged,
  judge,
  mutationReport,
  type OpenBackend,
  type Subject,
  subjectOf,
} from './mutation.ts';
import { testsNamed, testsOfVersions } from './run-tests.ts';

/** How changes of a policy are tried. */
export interface MutationOptions {
  /** Only changes of this kind, of this line (`policy.merit:12`), or of a line whose words hold this text. */
  readonly only?: string;
  /** Only tests whose name holds this text, or that a `/pattern/` fits. */
  readonly filter?: string;
  /** Changes are noticed by invariants too, where they are refuted. */
  readonly invariants?: boolean;
  /** Hears how many of all changes have been tried. */
  readonly progress?: (done: number, all: number) => void;
  /** What it may take; see `RunRequest`. */
  readonly limits?: Limits;
}

/** The report of each version of a policy; of tests that fail as it stands only their names, and no report. */
export interface Mutated {
  readonly reports: readonly MutationReport[];
  readonly failed: readonly string[];
}

/** What there is to do for one version. */
export interface MutationWork {
  readonly subject: Subject;
  /** Which of the model's tests. */
  readonly tests: readonly number[];
  /** Of the changes to try. */
  readonly ids: readonly string[];
}

export type Judgements = ReadonlyMap<string, Judged>;

/** Judges the changes of one version; calls `step` after each. */
export type Judging = (work: MutationWork, step: () => void) => Promise<Judgements>;

/** Tries all changes of every version of a policy against its tests, which must pass as the policy stands. */
export async function mutatedBy(
  models: readonly Model[],
  options: MutationOptions & { readonly openBackend: OpenBackend },
  judging: Judging,
): Promise<Mutated> {
  const { openBackend, filter, only, invariants = false, limits } = options;
  const failed: string[] = [];
  const works: MutationWork[] = [];
  for (const [at, tests] of testsOfVersions(models).entries()) {
    const model = models[at]!;
    const chosen = testsNamed({ tests }, filter);
    const read = await subjectOf(model, { tests: chosen, openBackend, invariants, limits });
    failed.push(...read.failed);
    const { subject } = read;
    const ids = subject.mutants.filter((each) => fits(each, only, model)).map((each) => each.id);
    works.push({ subject, tests: chosen.map((test) => model.tests.indexOf(test)), ids });
  }
  if (failed.length > 0) return { reports: [], failed };
  const all = works.reduce((sum, { ids }) => sum + ids.length, 0);
  let done = 0;
  const step = (): void => options.progress?.(++done, all);
  const reports: MutationReport[] = [];
  for (const work of works) {
    const { model, mutants } = work.subject;
    reports.push(mutationReport(model, mutants, await judging(work, step)));
  }
  return { reports, failed };
}

/** Judges one change after the other. */
export async function judgeHere({ subject, ids }: MutationWork, step: () => void): Promise<Judgements> {
  const judgements = new Map<string, Judged>();
  const wanted = new Set(ids);
  for (const mutant of subject.mutants.filter((each) => wanted.has(each.id))) {
    judgements.set(mutant.id, await judge(subject, mutant));
    step();
  }
  return judgements;
}
