// `merit history` and `merit adjustments`: a person over all closed periods, and what is paid or taken for them.

import type { Command } from 'commander';
import {
  type LedgerOptions,
  ledgerAt,
  ledgerOf,
  ledgerRequest,
  withFormat,
  withLedger,
} from './ledger-options.ts';
import { printDiagnostics, printResult, textWidth } from './output.ts';
import { type AskOptions, type OverData, overData, type Told, withData } from './over-data.ts';
import { EXIT, type ExitCode } from './usage.ts';

interface HistoryOptions extends LedgerOptions {
  readonly format: 'text' | 'json';
  readonly output?: string;
}

interface AdjustmentsOptions extends AskOptions, LedgerOptions {
  readonly format: 'text' | 'json';
  readonly acceptRemoved?: true;
}

const HISTORY_NOTES = `
Amounts are those of the closes: a later correction stands in the period that paid it, and beside
the period that it was for. The data isn't read.

Examples:
  $ merit history anna sales/
  $ merit history anna --ledger merit.ledger.duckdb --format json`;

const ADJUSTMENTS_NOTES = `
What the period would pay and take for closed periods if it were closed now, with the cause of each
amount; of a period that is closed, what it has. Nothing is written.

Examples:
  $ merit adjustments sales/ --period 2026-02`;

/** Adds both commands to the program. The engine is loaded only when they are used. */
export function registerHistory(program: Command, done: (code: ExitCode) => void): void {
  const history = program
    .command('history')
    .description('Say what a person has earned and was paid in all closed periods, and what goes on.')
    .summary('a person over all closed periods')
    .usage('<person> [policy] [options]')
    .argument('<person>', "the person's id")
    .argument('[policy]', 'a policy file, or a folder with policy files; this folder unless said');
  withFormat(withLedger(history))
    .option('--output <file>', 'write to a file instead of printing')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', HISTORY_NOTES)
    .action(async (person: string, policy: string | undefined, options: HistoryOptions) =>
      done(await historyCommand(person, policy ?? '.', options)),
    );
  const adjustments = program
    .command('adjustments')
    .description('Say what a period pays and takes for closed periods, and why.')
    .summary('what is paid and taken for closed periods')
    .usage('<policy> --period <period> [options]')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .option('--period <period>', 'the open period, or a closed one; such as 2026-02');
  withData(withFormat(withLedger(adjustments)))
    .option('--accept-removed', 'take rows that closed periods used and that are gone as cancelled')
    .addHelpText('after', ADJUSTMENTS_NOTES)
    .action(async (policy: string, options: AdjustmentsOptions) =>
      done(await adjustmentsCommand(policy, options)),
    );
}

async function historyCommand(person: string, path: string, options: HistoryOptions): Promise<ExitCode> {
  const file = await ledgerAt(path, options);
  const { historyFor, historyText, jsonText } = await import('../node-ledger-questions.ts');
  const { value, diagnostics } = await historyFor(file, person);
  if (!value) {
    await printDiagnostics(diagnostics, []);
    return EXIT.wrong;
  }
  const width = textWidth(options.output === undefined ? process.stdout : {});
  const text = options.format === 'json' ? jsonText(value) : historyText(value, width);
  await printResult(text, options.output);
  return EXIT.done;
}

async function adjustmentsCommand(path: string, options: AdjustmentsOptions): Promise<ExitCode> {
  const ask = async (over: OverData): Promise<Told> => {
    const ledger = await import('../node-ledger-questions.ts');
    const file = await ledgerOf(over.project, options);
    const { value, diagnostics } = await ledger.adjustmentsFor({
      ...ledgerRequest(over, { file, called: path, backend: options.backend }),
      ...(options.acceptRemoved && { acceptRemoved: true }),
    });
    if (!value) return { text: undefined, diagnostics };
    const width = textWidth(options.output === undefined ? process.stdout : {});
    const text = options.format === 'json' ? over.node.jsonText(value) : ledger.adjustmentsText(value, width);
    return { text, diagnostics };
  };
  return overData(path, options, { version: 'over a ledger', ask });
}
