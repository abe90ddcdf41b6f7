// What the commands around a ledger share: whose word is written and when, which file holds the ledger, and how its
// messages are printed.

import type { Command } from 'commander';
import { RunError } from '../base/diagnostic.ts';
import type { Project } from '../node.ts';
import { expectPolicy } from './output.ts';
import { type OverData, oneOf } from './over-data.ts';
import { UsageError } from './usage.ts';

/** Which file holds the ledger. */
export interface LedgerOptions {
  readonly ledger?: string;
}

/** Whose word is written, and when it was given. */
export interface SaidOptions {
  readonly by?: string;
  readonly at?: string;
}

/** Adds the option that names the ledger's file. */
export function withLedger(command: Command): Command {
  return command.option(
    '--ledger <file>',
    'the file that holds closed periods; what merit.config.yaml says, else merit.ledger.duckdb beside the policy',
  );
}

/** Adds the options of a command that writes what somebody says. */
export function withSaid(command: Command): Command {
  return withLedger(
    command
      .option('--by <name>', 'who says so')
      .option('--at <time>', 'when: a day, or a time such as 2026-02-03T10:00+03:00'),
  );
}

/** Adds how the answer is printed. */
export function withFormat(command: Command): Command {
  return command.addOption(oneOf('--format <format>', 'what is printed', ['text', 'json']));
}

/** Who says something, and when; both are needed, as nothing in a ledger is taken from a clock. */
export async function saidBy({ by, at }: SaidOptions): Promise<{ readonly by: string; readonly at: string }> {
  const name = by?.normalize('NFC').trim() ?? '';
  if (name === '')
    throw new UsageError(
      'it has to be said who does this',
      at === undefined
        ? 'write `--by NAME`, and when with `--at TIME`, such as `--by olga --at 2026-02-03`'
        : 'write `--by NAME`, such as `--by olga`',
    );
  if (/\p{Cc}/u.test(name)) throw new UsageError("`--by` can't hold control characters");
  const { dayOfTime } = await import('../node-ledger.ts');
  if (at === undefined)
    throw new UsageError(
      'it has to be said when this is done',
      'write `--at TIME`, such as `--at 2026-02-03`',
    );
  if (dayOfTime(at) === undefined)
    throw new UsageError(
      `\`--at ${at}\` isn't a time`,
      'write a day, `2026-02-03`, or a time, `2026-02-03T10:00` or `2026-02-03T10:00+03:00`',
    );
  return { by: name, at };
}

/** The period that a command is about; where the ledger is written, no configuration stands in for it. */
export function periodOf(period: string | undefined, what: string): string {
  if (period === undefined)
    throw new UsageError(`it has to be said which period ${what}`, 'write `--period 2026-01`');
  return period;
}

/** The ledger's file where only the ledger is asked: the one named, or that of the project at the path. */
export async function ledgerAt(path: string, options: LedgerOptions): Promise<string> {
  if (options.ledger !== undefined) return options.ledger;
  await expectPolicy(path);
  const { loadProject } = await import('../node.ts');
  const { value: project, diagnostics } = await loadProject(path);
  if (!project) throw new RunError(diagnostics);
  return ledgerOf(project, options);
}

/** The ledger's file of a project. */
export async function ledgerOf(project: Project, { ledger }: LedgerOptions): Promise<string> {
  const { ledgerFile } = await import('../node-ledger.ts');
  const { value: file, diagnostics } = await ledgerFile(project, ledger);
  if (file === undefined) throw new RunError(diagnostics);
  return file;
}

/** What a ledger is asked about the data of a command; `called` is how its user calls the policy. */
export function ledgerRequest(
  { node, project, model, request }: OverData,
  of: { readonly file: string; readonly called: string; readonly backend: 'duckdb' | 'memory' },
) {
  return { ...request, model, project, versions: node.compileVersions(project.policy).value, ...of };
}
