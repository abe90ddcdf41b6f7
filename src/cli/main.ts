// The command line: commands, options and help, and what all of them share: exit codes and faults. The engine is loaded
// only by the command that needs it, so that help is quick.

import { Command, CommanderError, Option } from 'commander';
import { RunError, StopError } from '../base/diagnostic.ts';
import { VERSION } from '../base/version.ts';
import { registerBacktest } from './backtest.ts';
import type { CheckDataOptions } from './check-data.ts';
import { registerClose } from './close.ts';
import { registerCompletion } from './completion.ts';
import type { ConvertOptions } from './convert.ts';
import { registerDiff } from './diff.ts';
import { registerEval } from './eval.ts';
import { registerExplain } from './explain.ts';
import { registerExplainError } from './explain-error.ts';
import { registerExport } from './export.ts';
import type { FmtOptions } from './fmt.ts';
import { registerHistory } from './history.ts';
import { registerInit } from './init.ts';
import { registerLedger } from './ledger.ts';
import { withLimits } from './limits.ts';
import { registerLsp } from './lsp.ts';
import { withManners } from './manners.ts';
import { registerMeeting } from './meeting.ts';
import { complain, printable, printDiagnostics } from './output.ts';
import { registerProve } from './prove.ts';
import { registerRepl } from './repl.ts';
import { registerReport } from './report.ts';
import type { RunOptions } from './run.ts';
import { registerSeek } from './seek.ts';
import { registerSimulate } from './simulate.ts';
import { registerStatus } from './status.ts';
import { registerTest } from './test.ts';
import { registerTypes } from './types.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';
import { registerVerify } from './verify.ts';
import { registerWatch } from './watch-run.ts';

const EXAMPLES = `
Examples:
  $ merit check policy.merit
  $ merit run policy.merit --people people.csv --data deal=deals.csv --period 2026-01
  $ merit run sales/ --period 2026-Q1 --format csv > pay.csv
  $ merit run sales/ --person anna

A folder holds the policy files (*.merit, *.merit.yaml) and may hold merit.config.yaml, which
says where the data lies and which period is meant; options given here win over it. Data in a database is
named by its table: --data deal=table:sales.deals, or --data deal=facts.duckdb:deals.

Exit codes:
  0  done
  1  the policy or the data is wrong
  2  wrong use: an unknown option, file, person or period
  130  cancelled with control-C; nothing was written`;

const RUN_NOTES = `
Without --people and --data the files are those that merit.config.yaml in the policy's folder
names; without --period so is the period. A period is a day 2026-01-31, a week 2026-W05, a month
2026-01, a quarter 2026-Q1, a year 2026, or a range of these with both ends included:
2026-01..2026-06. A fiscal calendar's have its name: retail-2026-01, retail-2026-Q1, retail-2026. One longer
than the policy's gives all of the policy's periods in it.
--data absence=FILE says when people were away (person, from, until, kind), which no policy declares.

Examples:
  $ merit run sales/ --period 2026-Q1
  $ merit run sales/ --person anna --period 2026-01
  $ merit run policy.merit --people people.csv --data deal=deals.csv --period 2026-01 --format json`;

const CHECK_NOTES = `
Messages for people go to stderr; lines (file:line:column: ...) and JSON, for programs, to stdout.
Warnings and notes leave the exit code at 0, unless --strict: then warnings make it 1. A comment
silences one where it stands, with a reason: // allow M1505: as the contract lists it

Examples:
  $ merit check sales/
  $ merit check sales/ --period 2026
  $ merit check policy.merit --format line`;

/** Runs the command line `args` (without the program's name) and gives its exit code; never throws, never exits. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  if (args[0] === '--version') {
    process.stdout.write(`${VERSION}\n`);
    return code;
  }
  const program = commands((result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (fault) {
    const [command] = program.commands.filter((each) => each.name() === args[0]);
    return await tell(fault, command ? `merit ${command.name()} --help` : 'merit --help');
  }
}

function commands(done: (code: ExitCode) => void): Command {
  const program = new Command('merit')
    .description('Performance pay from a policy and data: exact, and explained.')
    .usage('<command> [options]')
    .option('--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', EXAMPLES)
    .configureOutput({
      writeErr: (text) => process.stderr.write(text.split('\n').map(printable).join('\n')),
      outputError: () => undefined, // said by `tell`, in our words
    })
    .configureHelp({ optionDescription: (option) => option.description })
    .exitOverride();
  withLimits(
    program
      .command('run')
      .description('Work out the results of people for a period.')
      .summary('work out the results of people for a period')
      .usage('<policy> [options]')
      .argument('<policy>', 'a policy file, or a folder with policy files')
      .option('--people <file>', 'data of the people; the same as --data person=FILE')
      .option('--data <name=file>', 'data of an event or a table; once for each of them', collect)
      .option(
        '--data-dir <folder>',
        "where the files of merit.config.yaml lie, if not in the policy's folder",
      )
      .option('--period <period>', 'such as 2026-01, 2026-Q1, 2026 or 2026-01..2026-06')
      .option('--as-known-on <day>', 'leave out rows that became known after that day, such as 2026-03-31')
      .option('--person <id>', 'print the statement of one person only')
      .addOption(choice('--format <format>', 'what is printed', ['text', 'json', 'csv']))
      .addOption(choice('--backend <name>', 'what reads the data', ['duckdb', 'memory']))
      .option('--allow-rejects', 'go on without the rows that cannot be read; every output says so')
      .option('--ledger [file]', 'with what closed periods are corrected by; a closed one as it was paid')
      .option('--accept-removed', 'take rows that closed periods used and that are gone as cancelled')
      .option('--sql', 'print the statements that a database was asked, in place of the result')
      .option('--rejects <file>', 'write all rows that cannot be read to a CSV file')
      .option(
        '--coverage-output <file>',
        'write which decisions of the policy the data takes to a file; as JSON, if its name ends in .json',
      )
      .option('--output <file>', 'write the result to a file instead of printing it'),
  )
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', RUN_NOTES)
    .action(async (policy: string, options: RunOptions) => {
      const { runCommand } = await import('./run.ts');
      done(await runCommand(policy, options));
    });
  withLimits(
    program
      .command('check')
      .description('Say what is wrong in a policy and what is worth a look, without any data.')
      .summary('say what is wrong in a policy, without any data')
      .usage('<policy> [options]')
      .argument('<policy>', 'a policy file, or a folder with policy files')
      .option('--strict', 'exit with 1 where there are warnings too')
      .option('--people <file>', 'run over this data too, and say which targets nobody or everybody reaches')
      .option('--data <name=file>', 'data of an event or a table; once for each of them', collect)
      .option(
        '--data-dir <folder>',
        "where the files of merit.config.yaml lie, if not in the policy's folder",
      )
      .option('--period <period>', 'the periods to run, such as 2026')
      .addOption(choice('--format <format>', 'how messages are written', ['text', 'line', 'json'])),
  )
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', CHECK_NOTES)
    .action(async (policy: string, options: CheckDataOptions) => {
      const [{ checkCommand }, { dataLints }] = await Promise.all([
        import('./check.ts'),
        import('./check-data.ts'),
      ]);
      done(await checkCommand(policy, options, (project) => dataLints(project, options)));
    });
  program
    .command('fmt')
    .description('Write policy files as the formatter lays them out; what they mean stays.')
    .summary('lay out policy files')
    .usage('[files...] [options]')
    .argument('[files...]', 'policy files; `-`, or nothing and a pipe, for standard input')
    .option('--check', 'write nothing; list the files that would change, and exit with 1 if there are any')
    .option('--diff', 'write nothing; print what would change')
    .addOption(new Option('--form <form>', 'what standard input holds: text, yaml').choices(['text', 'yaml']))
    .helpOption('-h, --help', 'print this help')
    .action(async (files: readonly string[], options: FmtOptions) => {
      const { fmtCommand } = await import('./fmt.ts');
      done(await fmtCommand(files, options));
    });
  program
    .command('convert')
    .description('Print a policy file in the other form, comments included.')
    .summary('print a policy file in the other form')
    .usage('<file> --to <form>')
    .argument('<file>', 'a policy file')
    .addOption(
      new Option('--to <form>', 'the form: text, yaml').choices(['text', 'yaml']).makeOptionMandatory(),
    )
    .helpOption('-h, --help', 'print this help')
    .action(async (file: string, options: ConvertOptions) => {
      const { convertCommand } = await import('./convert.ts');
      done(await convertCommand(file, options));
    });
  registerDiff(program, done);
  registerBacktest(program, done);
  registerEval(program, done);
  registerExplain(program, done);
  registerExplainError(program, done);
  registerExport(program, done);
  registerLsp(program, done);
  registerProve(program, done);
  registerRepl(program, done);
  registerReport(program, done);
  registerSeek(program, done);
  registerSimulate(program, done);
  registerStatus(program, done);
  registerTest(program, done);
  registerTypes(program, done);
  registerClose(program, done);
  registerHistory(program, done);
  registerVerify(program, done);
  registerWatch(program, done);
  registerMeeting(program, done);
  registerLedger(program, done);
  registerInit(program, done);
  registerCompletion(program, done);
  return withManners(program);
}

/** An option that takes one of a few words, the first of them unless said. */
function choice(flags: string, description: string, words: readonly [string, ...string[]]): Option {
  const said = `${description}: ${words.join(', ')}; ${words[0]} unless said`;
  return new Option(flags, said).choices(words).default(words[0]);
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/**
 * Says what went wrong on stderr: a usage message, diagnostics, or an apology; no stack trace for a user's mistake.
 * `help` is the command that prints the help which fits.
 */
async function tell(fault: unknown, help: string): Promise<ExitCode> {
  if (fault instanceof CommanderError) {
    if (fault.exitCode === 0) return EXIT.done;
    if (fault.code !== 'commander.help') misuse(fault.message, help);
    return EXIT.usage;
  }
  if (fault instanceof UsageError) {
    complain(fault.message, fault.help, fault.code);
    return EXIT.usage;
  }
  if (fault instanceof StopError) {
    await printDiagnostics([fault.diagnostic], []);
    return fault.code === 'M3090' ? EXIT.cancelled : EXIT.wrong;
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

/** Commander's words for wrong use, and ours. */
const REWORDED: readonly (readonly [RegExp, string])[] = [
  [/^missing required argument '(before|after)'$/s, "the version $1 the change isn't given"],
  [/^missing required argument '(.*)'$/s, 'no $1 is given'],
  [/^option '(.*)' argument missing$/s, '`$1` has no value'],
  [/^option '(.*)' argument '(.*)' is invalid$/s, "`$1` can't be `$2`"],
  [/^too many arguments for '(.*)'\. Expected (.*) but got (\d+)\.$/s, '`$1` takes $2, not $3'],
  [/^unknown (option|command) '(.*)'$/s, 'there is no $1 `$2`'],
];

/** Complains of wrong use that commander found: `error: unknown option '--perod'\n(Did you mean --period?)`. */
function misuse(text: string, help: string): void {
  const [, said = text, choices, meant] =
    /^(?:error: )?(.*?)(?:\. Allowed choices are (.*)\.)?(?:\n\(Did you mean (.*)\?\))?$/s.exec(text) ?? [];
  const [wording, ours] = REWORDED.find(([each]) => each.test(said)) ?? [said, said];
  const hint =
    choices !== undefined
      ? `it can be ${choices}; `
      : meant !== undefined
        ? `did you mean \`${meant}\`? `
        : said === "missing required argument 'policy'"
          ? 'name a policy file or its folder, such as `.` for this one; '
          : '';
  complain(said.replace(wording, ours), `${hint}\`${help}\` shows how it is used`);
}
