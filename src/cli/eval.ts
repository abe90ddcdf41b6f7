// `merit eval`: one expression to its value, of constants or in a policy's names for a person and a period.

import type { Command } from 'commander';
import type { Limits } from '../node.ts';
import type { PolicyOptions, Say } from './expression.ts';
import { type LimitedOptions, limited, withLimits } from './limits.ts';
import { takesColour } from './output.ts';
import { oneOf } from './over-data.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

export interface EvalOptions extends PolicyOptions, LimitedOptions {
  readonly format: 'text' | 'json';
}

const NOTES = `
A number without an end is rounded to twelve places and ends in an ellipsis; --json prints it
exactly as well. A person who has several roles in the period has a value in each.

Examples:
  $ merit eval '1/3 * 3'
  $ merit eval 'ladder(1_200_000 RUB)' --policy sales/
  $ merit eval 'revenue[ytd] * 2%' --policy sales/ --person anna --period 2026-06
  $ merit eval -- '-5% * 3'`;

/** Adds the command to the program. The engine is loaded only when it is used. */
export function registerEval(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command('eval')
    .description('Work out one expression: of constants, or in the names of a policy.')
    .summary('work out one expression')
    .usage('<expression> [options]')
    .argument('<expression>', "such as '1/3 * 3'; after -- where it begins with a minus")
    .addHelpText('after', NOTES);
  withLimits(policyOptions(command))
    .addOption(
      oneOf('--format <format>', 'what is printed; json: type, exact value and how it is shown', [
        'text',
        'json',
      ]),
    )
    .action(async (expression: string, options: EvalOptions) => done(await evalCommand(expression, options)));
}

/** The options with which `eval` and `repl` find a policy, its data and a person. */
export function policyOptions(command: Command): Command {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  return command
    .option('--policy <policy>', 'a policy file, or a folder with policy files')
    .option('--people <file>', 'data of the people; the same as --data person=FILE')
    .option('--data <name=file>', 'data of an event or a table; once for each of them', collect)
    .option('--data-dir <folder>', "where the files of merit.config.yaml lie, if not in the policy's folder")
    .option('--period <period>', 'the period, such as 2026-01')
    .option('--person <id>', "the person; without one only constants and the policy's tables have a value")
    .option('--allow-rejects', 'go on without the rows that cannot be read')
    .helpOption('-h, --help', 'print this help');
}

/** Prints an expression's value; a missing one too is a value. What is wrong goes to stderr. */
export async function evalCommand(text: string, options: EvalOptions): Promise<ExitCode> {
  // nothing is read without a policy
  return options.policy === undefined
    ? evalLimited(text, options)
    : limited(options, (limits) => evalLimited(text, options, limits));
}

async function evalLimited(text: string, options: EvalOptions, limits?: Limits): Promise<ExitCode> {
  const { answer, answerJson, answerText, openDesk } = await import('./expression.ts');
  if (text.trim() === '')
    throw new UsageError('there is no expression', "write one in quotes: merit eval '1/3 * 3'");
  const say = await sayer();
  const desk = await openDesk(options, say, limits);
  if (!desk) return EXIT.wrong;
  try {
    const { person } = options;
    const { period } = desk;
    const whose = { ...(person !== undefined && { person }), ...(period !== undefined && { period }) };
    const found = await answer(desk, text, { ...whose, say });
    if (!found) return EXIT.wrong;
    process.stdout.write(
      options.format === 'json' ? answerJson(found, options.allowRejects ?? false) : answerText(found),
    );
    return EXIT.done;
  } finally {
    await desk.close();
  }
}

async function sayer(): Promise<Say> {
  const { diagnosticsText } = await import('../node.ts');
  const colour = takesColour(process.stderr);
  return (diagnostics, sources) => process.stderr.write(diagnosticsText(diagnostics, sources, { colour }));
}
