// `merit verify`: whether a ledger holds, and what closed periods come to over the data as it is now.

import type { Command } from 'commander';
import { RunError } from '../base/diagnostic.ts';
import { type LedgerOptions, ledgerAt, ledgerOf, withFormat, withLedger } from './ledger-options.ts';
import { hint, printDiagnostics, printResult, textWidth } from './output.ts';
import { type AskOptions, type OverData, overData, type Told, withData } from './over-data.ts';
import { EXIT, type ExitCode } from './usage.ts';

interface VerifyOptions extends AskOptions, LedgerOptions {
  readonly format: 'text' | 'json';
  readonly withoutData?: true;
  readonly kept?: string;
}

const NOTES = `
Without data: whether any record was changed, taken out or put in, and whether the statements add
up. With the data of merit.config.yaml or of --people and --data, each closed period is worked out
again by the policy that it was closed with; what comes to another amount than was booked is listed
by person and line, with the rows that have changed since. Exit code 1 where anything differs.
A ledger that was cut off at its end, or written anew, holds in itself: keep the hash of the last
record elsewhere, and give it as --kept.

Examples:
  $ merit verify sales/
  $ merit verify sales/ --without-data
  $ merit verify --ledger merit.ledger.duckdb`;

/** Adds the command to the program. The engine is loaded only when it is used. */
export function registerVerify(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command('verify')
    .description('Check a ledger, and work its periods out again over the data as it is now.')
    .summary('check a ledger, and work its periods out again')
    .usage('[policy] [options]')
    .argument(
      '[policy]',
      'a policy file, or a folder with policy files; without one, only the ledger is read',
    );
  withData(withFormat(withLedger(command)))
    .option('--without-data', 'check the ledger alone')
    .option('--kept <hash>', 'the hash of a record that must be there still: of the last one when you looked')
    .addHelpText('after', NOTES)
    .action(async (policy: string | undefined, options: VerifyOptions) =>
      done(await verifyCommand(policy, options)),
    );
}

async function verifyCommand(path: string | undefined, options: VerifyOptions): Promise<ExitCode> {
  if (path === undefined || options.withoutData) return alone(path ?? '.', options);
  const { closedContents, closesOf } = await import('../node-ledger-questions.ts');
  const { value: contents, diagnostics: broken } = await closedContents(await ledgerAt(path, options));
  if (!contents) throw new RunError(broken);
  const ask = async ({ node, project, request }: OverData): Promise<Told> => {
    const { verifyLedger, verificationText } = await import('../node-ledger-questions.ts');
    const { sources, limits } = request;
    const { value: versions } = node.compileVersions(project.policy);
    const data = { versions, sources, backend: options.backend, ...(limits && { limits }) };
    const { value, diagnostics } = await verifyLedger(await ledgerOf(project, options), {
      data,
      ...keptOf(options),
    });
    const code = diagnostics.some(({ severity }) => severity !== 'note') ? EXIT.wrong : EXIT.done;
    if (!value) return { text: undefined, diagnostics };
    const width = textWidth(options.output === undefined ? process.stdout : {});
    const text = options.format === 'json' ? node.jsonText(value) : verificationText(value, width);
    return { text, diagnostics, code };
  };
  const period = closesOf(contents.records).at(-1)!.body.period;
  return overData(path, { ...options, period }, { version: 'last', ask });
}

function keptOf({ kept }: VerifyOptions): { readonly kept?: string } {
  return kept === undefined ? {} : { kept };
}

/** The ledger without any data. */
async function alone(path: string, options: VerifyOptions): Promise<ExitCode> {
  const { verifyLedger, verificationText, jsonText } = await import('../node-ledger-questions.ts');
  const { value, diagnostics } = await verifyLedger(await ledgerAt(path, options), keptOf(options));
  await printDiagnostics(diagnostics, []);
  if (!value) return EXIT.wrong;
  const width = textWidth(options.output === undefined ? process.stdout : {});
  await printResult(
    options.format === 'json' ? jsonText(value) : verificationText(value, width),
    options.output,
  );
  if (options.format === 'text' && !options.withoutData)
    hint('only the ledger was read: `merit verify .` works its periods out again over the data as it is now');
  return diagnostics.length > 0 ? EXIT.wrong : EXIT.done;
}
