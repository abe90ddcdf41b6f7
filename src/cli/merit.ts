#!/usr/bin/env node
// The `merit` command: options and help, and what every command shares: exit codes, faults, closed pipes. The engine is
// loaded only by the command that needs it, so that help is quick.

import { Command, CommanderError, Option } from 'commander';
import { RunError } from '../base/diagnostic.ts';
import type { CheckOptions } from './check.ts';
import { complain, printable, printDiagnostics } from './output.ts';
import type { RunOptions } from './run.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

const EXAMPLES = `
Examples:
  $ merit check policy.merit
  $ merit run policy.merit --people people.csv --data deal=deals.csv --period 2026-01
  $ merit run sales/ --period 2026-Q1 --format csv > pay.csv
  $ merit run sales/ --person anna

A folder holds the policy files (*.merit, *.merit.yaml) and may hold merit.config.yaml, which says where the data
lies; options given here win over it.

Exit codes:
  0  done
  1  the policy or the data is wrong
  2  wrong use: an unknown option, file, person or period`;

/** Runs the command line `args` (without the program's name) and gives its exit code; never throws, never exits. */
async function main(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = commands((result) => {
    code = result;
  });
  try {
    if (args.length === 1 && args[0] === '--version') {
      const { VERSION } = await import('../node.ts');
      process.stdout.write(`${VERSION}\n`);
      return code;
    }
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (fault) {
    return await tell(fault);
  }
}

function commands(done: (code: ExitCode) => void): Command {
  const program = new Command('merit')
    .description('Performance pay from a policy and data: exact, and explained.')
    .option('--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(merit --help shows how it is used)')
    .configureOutput({ writeErr: (text) => process.stderr.write(text.split('\n').map(printable).join('\n')) })
    .exitOverride();
  program
    .command('run')
    .description('work out the results of people for a period')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .option('--people <file>', 'people data; the same as --data person=FILE')
    .option('--data <name=file>', 'data of an event or table; may be given many times', collect)
    .option(
      '--data-dir <folder>',
      "the folder that the files of merit.config.yaml lie in, if not the policy's own",
    )
    .option('--period <period>', 'such as 2026-01, 2026-Q1, 2026 or 2026-01..2026-06')
    .option('--person <id>', 'show the statement of one person')
    .addOption(
      new Option('--format <format>', 'what to print').choices(['text', 'json', 'csv']).default('text'),
    )
    .addOption(
      new Option('--backend <name>', 'what reads the data').choices(['duckdb', 'memory']).default('duckdb'),
    )
    .option('--allow-rejects', 'go on without the rows that cannot be read; every output says so')
    .option('--rejects <file>', 'write all rejected rows to a CSV file')
    .option('--output <file>', 'write the result to a file instead of printing it')
    .action(async (policy: string, options: RunOptions) => {
      const { runCommand } = await import('./run.ts');
      done(await runCommand(policy, options));
    });
  program
    .command('check')
    .description('say what is wrong in a policy, without any data')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .addOption(
      new Option('--format <format>', 'how messages are written')
        .choices(['text', 'line', 'json'])
        .default('text'),
    )
    .action(async (policy: string, options: CheckOptions) => {
      const { checkCommand } = await import('./check.ts');
      done(await checkCommand(policy, options));
    });
  return program;
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Says what went wrong on stderr: a usage message, diagnostics, or an apology; no stack trace for a user's mistake. */
async function tell(fault: unknown): Promise<ExitCode> {
  if (fault instanceof CommanderError) return fault.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (fault instanceof UsageError) {
    complain(fault.message, fault.help);
    return EXIT.usage;
  }
  if (fault instanceof RunError) {
    await printDiagnostics(fault.diagnostics, []);
    return EXIT.wrong;
  }
  const message = fault instanceof Error ? fault.message : String(fault);
  complain(
    `merit has made a mistake: ${message}`,
    'this is no fault of yours: please report it with the policy and the command line that you used',
  );
  if (process.env.MERIT_DEBUG && fault instanceof Error) process.stderr.write(`${fault.stack}\n`);
  return EXIT.wrong;
}

// A reader that closes early (`merit run … | head`) has seen enough.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    throw error;
  });
}
process.exitCode = await main(process.argv.slice(2));
