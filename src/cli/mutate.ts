// `merit test --mutate`: changes of the policy, one at a time, that its tests should notice.

import { availableParallelism } from 'node:os';
import type { Model, Source } from '../node.ts';
import { complain, note, printResult } from './output.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

export interface MutateOptions {
  readonly filter?: string;
  readonly format: string;
  readonly output?: string;
  readonly mutate?: true;
  readonly mutateOnly?: string;
  readonly mutateInvariants?: true;
  readonly jobs?: number;
  readonly timeLimit?: number;
  readonly quiet?: true;
}

export function asksMutation({ mutate, mutateOnly }: Pick<MutateOptions, 'mutate' | 'mutateOnly'>): boolean {
  return mutate === true || mutateOnly !== undefined;
}

/** A whole number above 0 of the command line. */
export function countOf(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError(`\`${text}\` isn't a whole number from 1 to 9999`);
  return Number(text);
}

/** Tries all changes, prints what came of them, and exits with 1 where one isn't noticed and isn't proved to pay the same. */
export async function tellMutation(
  models: readonly Model[],
  sources: readonly Source[],
  options: MutateOptions,
): Promise<ExitCode> {
  const { format, output, filter, mutateOnly, jobs = availableParallelism(), timeLimit } = options;
  const { mutatePolicies, mutationJson, mutationText } = await import('../node.ts');
  const bar = progressBar(options);
  const { reports, failed } = await mutatePolicies(models, {
    workers: jobs,
    progress: bar.show,
    ...(filter === undefined ? {} : { filter }),
    ...(mutateOnly === undefined ? {} : { only: mutateOnly }),
    ...(options.mutateInvariants ? { invariants: true } : {}),
    ...(timeLimit === undefined ? {} : { timeLimit }),
  });
  bar.clear();
  if (failed.length > 0) {
    for (const name of failed) complain(`test \`${name}\` fails as the policy stands`);
    note('`merit test` says why; changes are tried once all tests pass');
    return EXIT.wrong;
  }
  const tried = reports.reduce((sum, each) => sum + each.mutants.length, 0);
  if (tried === 0 && mutateOnly !== undefined)
    throw new UsageError(
      `nothing of the policy is changed by \`${mutateOnly}\``,
      'name a kind of change, such as `gate`, a line, such as `policy.merit:12`, or a part of it, such as `bonus commission`',
    );
  const text = format === 'json' ? mutationJson(reports, sources) : reports.map(mutationText).join('\n');
  await printResult(text, output);
  return reports.some((each) => each.counts.survived > 0) ? EXIT.wrong : EXIT.done;
}

const BAR = 30;

/** How far it has come, on a terminal that wants to see it. */
function progressBar({ quiet }: Pick<MutateOptions, 'quiet'>) {
  const { stderr } = process;
  if (quiet || !stderr.isTTY || process.env.TERM === 'dumb') return { show: () => {}, clear: () => {} };
  return {
    show: (done: number, all: number): void => {
      const full = Math.round((done / all) * BAR);
      stderr.write(`\r[${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${done} of ${all} changes`);
    },
    clear: (): void => {
      stderr.write('\r\u001b[K');
    },
  };
}
