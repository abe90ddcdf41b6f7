// `merit test`: the tests that a policy holds, each run over its own rows.

import { type Command, Option } from 'commander';
import { hasErrors } from '../base/diagnostic.ts';
import { asksCoverage, percentOf, tellCoverage } from './coverage.ts';
import { asksMutation, countOf, type MutateOptions, tellMutation } from './mutate.ts';
import { expectPolicy, note, printDiagnostics, printResult, takesColour, textWidth } from './output.ts';
import type { RecordOptions } from './record.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';
import type { WatchWorld } from './watch.ts';

export interface TestOptions extends Partial<RecordOptions>, Omit<MutateOptions, 'format'> {
  readonly filter?: string;
  readonly format: 'text' | 'json' | 'junit';
  readonly output?: string;
  readonly requireTests?: true;
  readonly coverage?: true;
  readonly coverageThreshold?: number;
  readonly coverageOutput?: string;
  readonly watch?: true;
  readonly record?: true;
}

const NOTES = `
Tests stand in the policy's files, or in files that they import:

  test "commission is paid tier by tier" {
    person anna { role hunter }
    deal { manager anna, closed_on 2026-01-10, amount 1_200_000 RUB, status won }
    expect anna in 2026-01 { commission is 40_000 RUB }
  }

--coverage counts decisions, not lines: each tier, curve segment and cell of a grid, gates and conditions
both ways, caps and floors binding and not, values there and missing, awards won and not. A decision
counts once an expectation's figures take it for what is paid; percents are rounded down.

--mutate changes the policy one bit at a time (a bound, a rate, a comparison, a weight, a dropped gate) and
runs the tests against each change: what no test notices isn't tested. Changes that are proved to pay the
same, whatever the data, are listed with the reason. Exits with 1 where any other one is left.

A bonus is expected as its line of the statement says it: rounded, and as earned in the period; an award
by whether it was won, \`best\` or \`not best\`; pay is what is payable. A cell that no formula of an
expectation reads may be left out.

Examples:
  $ merit test sales/
  $ merit test sales/ --filter commission
  $ merit test sales/ --filter '/^gate/' --watch
  $ merit test sales/ --format junit --output tests.xml --require-tests
  $ merit test sales/ --coverage-threshold 90 --coverage-output coverage.json
  $ merit test sales/ --mutate
  $ merit test sales/ --mutate-only gate
  $ merit test sales/ --mutate-only 'bonus commission'
  $ merit test sales/ --record --period 2026-01 --person anna

--record runs the project's data and writes what the statements say, with the rows that it takes to
say it, into a file of tests: check the statements first. Each test is run before it is written.`;

/** Adds the command to the program. The engine is loaded only when it is used. */
export function registerTest(program: Command, done: (code: ExitCode) => void): void {
  program
    .command('test')
    .description('Run the tests of a policy.')
    .summary('run the tests of a policy')
    .usage('<policy> [options]')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .option('--filter <text>', 'only tests whose name holds the text, or fits a /pattern/')
    .addOption(
      new Option('--format <format>', 'what is printed: text, json, junit; text unless said')
        .choices(['text', 'json', 'junit'])
        .default('text'),
    )
    .option('--output <file>', 'write the report to a file instead of printing it')
    .option('--require-tests', 'exit with 1 where there is no test to run')
    .option('--coverage', 'say which decisions of the policy no test takes')
    .option('--coverage-threshold <percent>', 'exit with 1 where fewer of them are taken', percentOf)
    .option('--coverage-output <file>', 'write that to a file instead; as JSON, if its name ends in .json')
    .option('--mutate', 'change the policy bit by bit, and say which changes no test notices')
    .option('--mutate-only <what>', 'only changes of a kind, a line (policy.merit:12) or a part (bonus fee)')
    .option('--mutate-invariants', 'with --mutate: invariants notice a change too, where they are refuted')
    .option(
      '--jobs <number>',
      'with --mutate: how many at the same time; as many as there are cores',
      countOf,
    )
    .option('--time-limit <seconds>', 'with --mutate: how long the tests may take for one change', countOf)
    .option('--watch', 'run again whenever a policy file changes; q ends it')
    .option('--record', 'write tests of a run that a person has checked, and run nothing else')
    .option('--period <period>', 'with --record: the periods to run, such as 2026-01')
    .option('--person <id>', 'with --record: whose statements; once for each, everybody unless said', collect)
    .option('--people <file>', 'with --record: data of the people; the same as --data person=FILE')
    .option(
      '--data <name=file>',
      'with --record: data of an event or a table; once for each of them',
      collect,
    )
    .option('--data-dir <folder>', 'with --record: where the files of merit.config.yaml lie')
    .option('--force', 'with --record: write over a file that is there')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', NOTES)
    .action(async (policy: string, options: TestOptions) => done(await testCommand(policy, options)));
}

/** Runs a policy's tests and prints what came of them; exits with 1 where one failed, or the policy is wrong. */
export async function testCommand(path: string, options: TestOptions): Promise<ExitCode> {
  await expectPolicy(path);
  expectFilter(options.filter);
  expectRecord(options);
  if (options.record) {
    const { recordCommand } = await import('./record.ts');
    return recordCommand(path, options);
  }
  expectMutation(options);
  if (!options.watch) return (await testOnce(path, options)).code;
  const { terminalWatch } = await import('./watch.ts');
  const world = terminalWatch();
  try {
    return await watchTests(path, options, world);
  } finally {
    world.close();
  }
}

/** Runs the tests, and again whenever a file of the policy changes; gives the last run's exit code. */
export async function watchTests(path: string, options: TestOptions, world: WatchWorld): Promise<ExitCode> {
  const { watching } = await import('./watch.ts');
  return watching(async () => {
    if (process.stdout.isTTY) process.stdout.write('\u001b[2J\u001b[H');
    const { code, files } = await testOnce(path, options);
    process.stdout.write('waiting for changes; q ends, Enter runs again\n');
    return { result: code, files };
  }, world);
}

interface Tested {
  readonly code: ExitCode;
  /** The files and folders of which the run was made. */
  readonly files: readonly string[];
}

async function testOnce(path: string, options: TestOptions): Promise<Tested> {
  const { compileVersions, coverageOf, createHeard, loadProject, runTestsOfVersions } = await import(
    '../node.ts'
  );
  const project = await loadProject(path);
  const { policy = [], read = [], folder = path } = project.value ?? {};
  const files = [folder, path, ...read.map((each) => each.name)];
  const compiled = policy.length > 0 ? compileVersions(policy) : undefined;
  const diagnostics = [...project.diagnostics, ...(compiled?.diagnostics ?? [])];
  await printDiagnostics(diagnostics, read);
  if (!compiled || hasErrors(diagnostics)) return { code: EXIT.wrong, files };
  if (asksMutation(options)) return { code: await tellMutation(compiled.value, policy, options), files };
  const { filter } = options;
  const heard = asksCoverage(options) ? createHeard() : undefined;
  const reports = await runTestsOfVersions(compiled.value, {
    ...(filter === undefined ? {} : { filter }),
    ...(heard ? { decided: (_, decision) => heard.decided(decision) } : {}),
  });
  await printReport(await render(reports, policy, options), options);
  const isEnough = !heard || (await tellCoverage(coverageOf(compiled.value, heard), policy, options));
  const claims = compiled.value.reduce((sum, each) => sum + each.invariants.length, 0);
  if (claims > 0) note(`${claims} invariant${claims === 1 ? '' : 's'} beside: \`merit prove\` settles them`);
  const count = reports.reduce((sum, each) => sum + each.tests.length, 0);
  if (count === 0) return { code: noTests(compiled.value, options), files };
  const isWrong = !isEnough || reports.some((each) => each.failed > 0);
  return { code: isWrong ? EXIT.wrong : EXIT.done, files };
}

/** The text form has colours, and has made hidden characters visible itself. */
async function printReport(text: string, { format, output }: TestOptions): Promise<void> {
  if (format === 'text' && output === undefined) process.stdout.write(text);
  else await printResult(text, output);
}

/** Says that nothing was run, and why; that is wrong only where tests are asked for. */
function noTests(models: readonly { readonly tests: readonly unknown[] }[], options: TestOptions): ExitCode {
  const all = models.reduce((sum, each) => sum + each.tests.length, 0);
  note(
    all === 0
      ? 'the policy has no tests: write one, as `merit test --help` shows'
      : `no test fits \`${options.filter}\`, of ${all}`,
  );
  return options.requireTests ? EXIT.wrong : EXIT.done;
}

type Reports = Parameters<typeof import('../node.ts').testReportsJson>[0];
type Sources = Parameters<typeof import('../node.ts').testJUnit>[1];

async function render(reports: Reports, sources: Sources, { format, output }: TestOptions): Promise<string> {
  const { testJUnit, testReportsJson, testReportText } = await import('../node.ts');
  switch (format) {
    case 'json':
      return testReportsJson(reports, sources);
    case 'junit':
      return testJUnit(reports, sources);
    case 'text': {
      const stream = output === undefined ? process.stdout : {};
      const shown = { colour: takesColour(stream), width: textWidth(stream) };
      return reports.map((each) => testReportText(each, sources, shown)).join('\n');
    }
    default:
      return format satisfies never;
  }
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Refuses options that go only with `--record`, or never with it. */
function expectRecord(options: TestOptions): void {
  const given = (names: readonly (keyof TestOptions)[]): keyof TestOptions | undefined =>
    names.find((each) => options[each] !== undefined);
  const ofRecord = given(['period', 'person', 'people', 'data', 'dataDir', 'force']);
  if (!options.record && ofRecord !== undefined)
    throw new UsageError(
      `\`--${flag(ofRecord)}\` goes with \`--record\` only`,
      'tests have rows of their own',
    );
  const ofTests = given(['filter', 'watch', 'requireTests']);
  if (options.record && ofTests !== undefined)
    throw new UsageError(`\`--record\` runs no tests, so \`--${flag(ofTests)}\` says nothing`);
}

/** Refuses options that go only with `--mutate`, or never with it. */
function expectMutation(options: TestOptions): void {
  const isAsked = asksMutation(options);
  const given = (names: readonly (keyof TestOptions)[]): keyof TestOptions | undefined =>
    names.find((each) => options[each] !== undefined);
  const ofMutation = given(['mutateInvariants', 'jobs', 'timeLimit']);
  if (!isAsked && ofMutation !== undefined)
    throw new UsageError(`\`--${flag(ofMutation)}\` goes with \`--mutate\` only`);
  const others = given(['watch', 'coverage', 'coverageThreshold', 'coverageOutput']);
  if (isAsked && others !== undefined)
    throw new UsageError(`\`--mutate\` runs alone, so \`--${flag(others)}\` says nothing`);
  if (isAsked && options.format === 'junit')
    throw new UsageError('what `--mutate` finds is no test report', 'write `--format json`, or leave it out');
}

function flag(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Refuses a pattern that can't be read. */
function expectFilter(filter: string | undefined): void {
  const [, pattern] = /^\/(.*)\/$/s.exec(filter ?? '') ?? [];
  if (pattern === undefined) return;
  try {
    new RegExp(pattern, 'iu');
  } catch {
    throw new UsageError(
      `\`${filter}\` isn't a pattern`,
      'write a text without slashes, or a regular expression',
    );
  }
}
