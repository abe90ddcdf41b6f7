// `merit ledger export` and `merit ledger import`: a ledger as plain lines that any program reads, and back.

import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { type LedgerOptions, ledgerAt, withLedger } from './ledger-options.ts';
import { printDiagnostics, printResult, writeOutput } from './output.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

interface ExportOptions extends LedgerOptions {
  readonly output?: string;
}

const EXPORT_NOTES = `
Each line is an object of JSON: {"record": ...}, then {"statement": ..., "of": its record} for each
person, then {"row": ..., "of": ...} for each row of the inputs that changed. A record's hash is the
SHA-256 of the record without it, its statements put in, as JSON with keys in order and no spaces.

Examples:
  $ merit ledger export sales/ --output ledger.ndjson
  $ merit ledger export --ledger merit.ledger.duckdb | gzip > ledger.ndjson.gz`;

const IMPORT_NOTES = `
The chain of the lines is checked first; nothing is written where it doesn't hold, or where the
ledger is there already.

Examples:
  $ merit ledger import ledger.ndjson sales/
  $ merit ledger import ledger.ndjson --ledger restored.duckdb`;

/** Adds the command and its two parts to the program. */
export function registerLedger(program: Command, done: (code: ExitCode) => void): void {
  const ledger = program
    .command('ledger')
    .description('Write a ledger as plain lines, and read it back.')
    .summary('write a ledger as plain lines, and read it back')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false);
  withLedger(ledger.command('export'))
    .description('Write a ledger as plain lines of JSON that need no database to be read.')
    .summary('write a ledger as plain lines')
    .argument('[policy]', 'a policy file, or a folder with policy files; this folder unless said')
    .option('--output <file>', 'write to a file instead of printing')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', EXPORT_NOTES)
    .action(async (policy: string | undefined, options: ExportOptions) =>
      done(await exportCommand(policy ?? '.', options)),
    );
  withLedger(ledger.command('import'))
    .description('Make a ledger of an exported one.')
    .summary('make a ledger of an exported one')
    .argument('<file>', 'what `merit ledger export` wrote')
    .argument('[policy]', 'a policy file, or a folder with policy files; this folder unless said')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', IMPORT_NOTES)
    .action(async (file: string, policy: string | undefined, options: LedgerOptions) =>
      done(await importCommand(file, policy ?? '.', options)),
    );
}

async function exportCommand(path: string, options: ExportOptions): Promise<ExitCode> {
  const file = await ledgerAt(path, options);
  const { exportedLedger } = await import('../node-ledger-questions.ts');
  const lines = exportedLedger(file);
  if (options.output === undefined) for await (const line of lines) process.stdout.write(line);
  else await writeOutput(options.output, lines);
  return EXIT.done;
}

async function importCommand(from: string, path: string, options: LedgerOptions): Promise<ExitCode> {
  if (!(await stat(from).catch(() => undefined))?.isFile())
    throw new UsageError(`there is no file \`${from}\``);
  const file = await ledgerAt(path, options);
  const { importLedger } = await import('../node-ledger-questions.ts');
  const { value: records, diagnostics } = await importLedger(from, file);
  await printDiagnostics(diagnostics, []);
  if (records === undefined) return EXIT.wrong;
  await printResult(`${file} holds ${records} ${records === 1 ? 'record' : 'records'}.\n`, undefined);
  return EXIT.done;
}
