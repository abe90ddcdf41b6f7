// `merit comment` and `merit acknowledge`: what is said of a closed statement, kept beside it.

import type { Command } from 'commander';
import {
  type LedgerOptions,
  ledgerAt,
  periodOf,
  type SaidOptions,
  saidBy,
  withSaid,
} from './ledger-options.ts';
import { printDiagnostics, printResult } from './output.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

interface RemarkOptions extends LedgerOptions, SaidOptions {
  readonly period?: string;
  readonly person?: string;
  readonly text?: string;
}

const COMMENT_NOTES = `
Comments stand on the statement that \`merit report\` writes, and in \`merit history\`. They are part
of the ledger's chain: one that is written can't be changed, and another can be added.

Examples:
  $ merit comment sales/ --person anna --period 2026-01 --by olga --at 2026-02-05 --text 'Two renewals moved to February'`;

const ACKNOWLEDGE_NOTES = `
Examples:
  $ merit acknowledge sales/ --person anna --period 2026-01 --by anna --at 2026-02-05`;

/** Adds both commands to the program. The engine is loaded only when they are used. */
export function registerMeeting(program: Command, done: (code: ExitCode) => void): void {
  const comment = remarkCommand(program, 'comment')
    .description('Keep a comment on the statement of a closed period.')
    .summary('keep a comment on a closed statement')
    .option('--text <text>', 'what is said')
    .addHelpText('after', COMMENT_NOTES);
  comment.action(async (policy: string, options: RemarkOptions) => {
    const text = options.text?.normalize('NFC').trim() ?? '';
    if (text === '') throw new UsageError('the comment has no text', "write `--text 'what is said'`");
    done(await remarkOn(policy, { ...options, text }));
  });
  remarkCommand(program, 'acknowledge')
    .description('Keep that a person has seen the statement of a closed period.')
    .summary('keep that a closed statement was seen')
    .addHelpText('after', ACKNOWLEDGE_NOTES)
    .action(async (policy: string, options: RemarkOptions) => done(await remarkOn(policy, options)));
}

function remarkCommand(program: Command, name: string): Command {
  const command = program
    .command(name)
    .usage('<policy> --person <id> --period <period> --by <name> --at <time> [options]')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .option('--person <id>', 'whose statement')
    .option('--period <period>', 'the closed period, such as 2026-01');
  return withSaid(command).helpOption('-h, --help', 'print this help');
}

async function remarkOn(path: string, { text, ...options }: RemarkOptions): Promise<ExitCode> {
  const said = await saidBy(options);
  const period = periodOf(options.period, 'it is about');
  if (options.person === undefined)
    throw new UsageError('it has to be said whose statement is meant', 'write `--person ID`');
  const file = await ledgerAt(path, options);
  const { remark, remarkText } = await import('../node-ledger.ts');
  const person = options.person.normalize('NFC');
  const { value, diagnostics } = await remark(file, {
    ...said,
    person,
    period,
    ...(text !== undefined && { text }),
  });
  await printDiagnostics(diagnostics, []);
  if (!value) return EXIT.wrong;
  await printResult(remarkText(value, file), undefined);
  return EXIT.done;
}
