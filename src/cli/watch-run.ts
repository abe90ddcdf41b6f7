// `merit watch`: runs a policy again whenever its files or its data change, and says what that moves.

import { join } from 'node:path';
import type { Command } from 'commander';
import type { Model, PolicyDiff, Result } from '../node.ts';
import { dataFiles } from './data-options.ts';
import { complain, expectPolicy, note, textWidth } from './output.ts';
import { type AskOptions, type OverData, overData, withSources } from './over-data.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';
import type { WatchWorld } from './watch.ts';

export interface WatchOptions extends Omit<AskOptions, 'output'> {
  readonly top?: string;
}

const NOTES = `
The first run says what is paid in all; each further one what has moved since the last: by role, line and
person, and, where the policy has changed, which change moves it. A policy or data that is wrong is told,
and the next good run is compared with the last good one. Tables in a database aren't watched: Enter runs
again. q or control-C ends it.

Examples:
  $ merit watch sales/
  $ merit watch sales/ --period 2026-03`;

/** Adds the command to the program. The engine is loaded only when it is used. */
export function registerWatch(program: Command, done: (code: ExitCode) => void): void {
  withSources(
    program
      .command('watch')
      .description('Run again whenever the policy or its data change, and say what that moves.')
      .summary('run again on every change, and say what it moves')
      .usage('<policy> [options]')
      .argument('<policy>', 'a policy file, or a folder with policy files')
      .option('--period <period>', 'such as 2026-01, 2026-Q1, 2026 or 2026-01..2026-06')
      .option('--as-known-on <day>', 'leave out rows that became known after that day, such as 2026-03-31')
      .option('--top <number>', 'how many people and other lines are listed; 10 unless said'),
  )
    .addHelpText('after', NOTES)
    .action(async (policy: string, options: WatchOptions) => {
      const { terminalWatch } = await import('./watch.ts');
      const world = terminalWatch();
      try {
        done(await watchRuns(policy, options, world));
      } finally {
        world.close();
      }
    });
}

/** What the last good run was made of. */
interface Seen {
  readonly models: readonly Model[];
  readonly model: Model;
  /** The files of the policy, and a stamp of those of the data. */
  readonly policy: string;
  readonly data: string;
  readonly result: Result;
}

/** Runs, and again whenever a file changes; gives the last run's exit code. */
export async function watchRuns(path: string, options: WatchOptions, world: WatchWorld): Promise<ExitCode> {
  const { stampOf, watching } = await import('./watch.ts');
  await expectPolicy(path);
  const top = topOf(options);
  let last: Seen | undefined;
  return watching(async () => {
    const { folder, policy, data } = await filesOf(path, options);
    const code = await reported(() =>
      overData(path, options, {
        version: 'of the periods',
        ask: async (over) => {
          const { value: result, diagnostics } = await runOnce(over, over.model);
          if (!result) return { text: undefined, diagnostics };
          const { model, models } = over;
          const texts = JSON.stringify(models.flatMap(({ sources }) => sources));
          const now: Seen = { models, model, policy: texts, data: await stampOf(data), result };
          const text = await textOf(over, { last, now, top });
          last = now;
          return { text, diagnostics };
        },
      }),
    );
    note('waiting for changes; Enter runs again, q ends');
    return { result: code, files: [path, folder, ...policy, ...data] };
  }, world);
}

/** The files that a run reads, as far as they can be told whatever state they are in. */
async function filesOf(path: string, options: WatchOptions) {
  const { CONFIG_FILE, loadProject } = await import('../node.ts');
  const { value: project } = await loadProject(path);
  const { folder = path, read = [], config } = project ?? {};
  const named = config?.value.sources.map(({ file }) => join(options.dataDir ?? folder, file)) ?? [];
  return {
    folder,
    policy: [...read.map(({ name }) => name), join(folder, CONFIG_FILE)],
    data: [...named, ...dataFiles(options).values()],
  };
}

/** What is wrong use now may be mended in a file: it is told, and the watch goes on. */
async function reported(work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (fault) {
    if (!(fault instanceof UsageError)) throw fault;
    complain(fault.message, fault.help, fault.code);
    return EXIT.usage;
  }
}

async function runOnce({ node, request, open }: OverData, model: Model) {
  const backend = await open(request.sources);
  try {
    return await node.run({ ...request, model }, backend);
  } finally {
    await backend.close();
  }
}

interface Moved {
  readonly last: Seen | undefined;
  readonly now: Seen;
  readonly top: number;
}

/** What has moved since the last run; of the first one, what it comes to. */
async function textOf(over: OverData, { last, now, top }: Moved): Promise<string> {
  const { node, request, open } = over;
  const line = `${node.resultLine(now.result)}\n`;
  const shown = { width: textWidth(process.stdout), top };
  if (!last || !isComparable(last.result, now.result)) return line;
  const ofData = (before: Result, after: Result) =>
    movedText(node.diffResults({ before: last.model, after: last.model }, { before, after }), (diff) =>
      node.movedFiguresText(diff, shown),
    );
  if (last.policy === now.policy) {
    const moved = last.data === now.data ? '' : 'The data has changed.\n';
    return `${line}\n${moved}${ofData(last.result, now.result)}`;
  }
  const { value: diff } = await node.diffRuns({ before: last.models, after: now.models }, request, open);
  const between = last.data === now.data ? undefined : await runOnce(over, last.model);
  const data = between?.value
    ? `The data has changed too; by the policy as it was:\n${ofData(last.result, between.value)}\n`
    : '';
  const whole =
    diff ??
    node.diffResults({ before: last.model, after: now.model }, { before: last.result, after: now.result });
  return `${line}\n${data}The policy has changed.\n${node.diffText(whole, shown)}`;
}

function isComparable(before: Result, after: Result): boolean {
  return before.policy.currency === after.policy.currency && before.periods.join() === after.periods.join();
}

function movedText(diff: PolicyDiff, text: (diff: PolicyDiff) => string): string {
  const isMoved = diff.figures?.people.some(({ delta, only }) => delta !== '0' || only !== undefined);
  return isMoved || (diff.figures?.crossings.length ?? 0) > 0 ? text(diff) : "Nobody's pay moves.\n";
}

function topOf({ top = '10' }: WatchOptions): number {
  if (!/^[1-9][0-9]{0,3}$/.test(top))
    throw new UsageError(`\`--top\` can't be \`${top}\``, 'write a whole number from 1, such as `--top 20`');
  return Number(top);
}
