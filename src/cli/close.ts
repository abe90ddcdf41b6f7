// `merit close` and `merit approve`: a period's results made final, and its draft found right by somebody else.

import type { Command } from 'commander';
import type { Checked } from '../base/diagnostic.ts';
import { expectOutputs } from './data-options.ts';
import {
  type LedgerOptions,
  ledgerOf,
  ledgerRequest,
  periodOf,
  type SaidOptions,
  saidBy,
  withFormat,
  withSaid,
} from './ledger-options.ts';
import { hint, shellWord } from './output.ts';
import { type AskOptions, type OverData, overData, type Told, withData } from './over-data.ts';
import { EXIT, type ExitCode } from './usage.ts';

export interface CloseOptions extends AskOptions, LedgerOptions, SaidOptions {
  readonly format: 'text' | 'json';
  readonly acceptRemoved?: true;
  readonly requireApproval?: true;
}

const CLOSE_NOTES = `
What is closed isn't rewritten any more: what changes afterwards, in data or by a version of the
policy that reopens the period, is paid or taken by the next period, line by line with its cause.
Periods are closed in order, each once and when it is over. All of it is kept in one file, the
ledger: results, what they were made of, and who closed them when. Keep a copy of it elsewhere.
A row that a closed period used and that is gone now is an error, as somebody may have lost it; when
it is meant, --accept-removed takes it as cancelled.

Examples:
  $ merit close sales/ --period 2026-01 --by olga --at 2026-02-03
  $ merit close sales/ --period 2026-01 --by olga --at 2026-02-03T10:00+03:00 --require-approval
  $ merit close sales/ --period 2026-02 --by olga --at 2026-03-03 --accept-removed`;

const APPROVE_NOTES = `
The period is worked out as it would be closed now, and the fingerprint of that is written into the
ledger. A close by another name rests on it; where the policy or any row has changed since, the
close says what, and the draft is to be approved again.
With \`close: {approval: required}\` in merit.config.yaml no period is closed without.

Examples:
  $ merit approve sales/ --period 2026-01 --by ivan --at 2026-02-02`;

/** Adds both commands to the program. The engine is loaded only when they are used. */
export function registerClose(program: Command, done: (code: ExitCode) => void): void {
  const close = program
    .command('close')
    .description("Make a period's results final, and keep them in the ledger.")
    .summary("make a period's results final")
    .usage('<policy> --period <period> --by <name> --at <time> [options]')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .option('--period <period>', 'the period, such as 2026-01');
  withData(withFormat(withSaid(close)))
    .option('--accept-removed', 'take rows that closed periods used and that are gone as cancelled')
    .option('--require-approval', 'close only what somebody else has approved as it is')
    .addHelpText('after', CLOSE_NOTES)
    .action(async (policy: string, options: CloseOptions) =>
      done(await writeCommand('close', policy, options)),
    );
  const approve = program
    .command('approve')
    .description('Write into the ledger that the draft of a period was looked at and found right.')
    .summary('approve the draft of a period')
    .usage('<policy> --period <period> --by <name> --at <time> [options]')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .option('--period <period>', 'the period, such as 2026-01');
  withData(withFormat(withSaid(approve)))
    .option('--accept-removed', 'take rows that closed periods used and that are gone as cancelled')
    .addHelpText('after', APPROVE_NOTES)
    .action(async (policy: string, options: CloseOptions) =>
      done(await writeCommand('approve', policy, options)),
    );
}

async function writeCommand(
  verb: 'close' | 'approve',
  path: string,
  options: CloseOptions,
): Promise<ExitCode> {
  const { by, at } = await saidBy(options);
  periodOf(options.period, verb === 'close' ? 'is closed' : 'is approved');
  const ask = async (over: OverData): Promise<Told> => {
    const { node, project } = over;
    const ledger = await import('../node-ledger.ts');
    const file = await ledgerOf(project, options);
    await expectOutputs(options, [file]);
    const asked = {
      ...ledgerRequest(over, { file, called: path, backend: options.backend }),
      by,
      at,
      ...(options.acceptRemoved && { acceptRemoved: true }),
      ...((options.requireApproval || project.config?.value.approvalRequired) && { approvalRequired: true }),
    };
    const write = { close: ledger.closePeriod, approve: ledger.approvePeriod }[verb];
    const { value, diagnostics }: Checked<Awaited<ReturnType<typeof write>>['value']> = await write(asked);
    if (!value) return { text: undefined, diagnostics };
    const { record, draft } = value;
    const text =
      options.format === 'json'
        ? node.jsonText(ledger.writtenRecord(record, draft.body.result))
        : ledger.writtenText(record, { result: draft.body.result, file });
    return { text, diagnostics };
  };
  const code = await overData(path, options, { version: 'over a ledger', ask });
  if (code === EXIT.done && options.format === 'text') hint(nextAfter(verb, path, options));
  return code;
}

function nextAfter(verb: 'close' | 'approve', path: string, { period }: CloseOptions): string {
  const of = `${shellWord(path)} --period ${period}`;
  return verb === 'approve'
    ? `\`merit close ${of} --by … --at …\` makes it final, while nothing changes`
    : `\`merit report ${of} --out FOLDER\` writes statements, \`merit export ${of} --output pay.csv\` rows for payroll`;
}
