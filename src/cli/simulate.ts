// `merit simulate`: what a policy would come to if results, targets or its own numbers were other ones.

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { exact } from '../base/exact.ts';
import type { SimulateRequest } from '../node.ts';
import { printRunDiagnostics, textWidth } from './output.ts';
import {
  amountOf,
  type OverData,
  type OverDataOptions,
  oneOf,
  overData,
  type Told,
  withOverData,
} from './over-data.ts';
import { createProgress } from './progress.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

export interface SimulateOptions extends OverDataOptions {
  readonly change?: readonly string[];
  readonly scenarios?: string;
  readonly draws?: string;
  readonly seed?: string;
  readonly periods?: string;
  readonly drawBy: 'person' | 'period';
  readonly budget?: string;
  readonly top?: string;
}

const NOTES = `
All changes of the command line are one scenario; a file of scenarios has more, each with a name:

  good year: [revenue +10%, target revenue +5%]
  higher first rate: ['rate ladder from 0 RUB = 4%']

What can be changed:
  revenue +10%                          a KPI for everybody, in all periods and windows that are
                                        looked at. A sum or a count moves as if each of its rows
                                        counted for more, and what is made of it moves too; any
                                        other KPI is moved itself, and what it is made of stays.
                                        Bonuses that are worked out for each row stay as they are.
  target revenue +5%                    all targets of a KPI, those of single people too
  target revenue of hunter 1_600_000 RUB  those of a role and of roles that extend it, to a value
  rate ladder from 1_000_000 RUB = 6%   a number of the policy, named as in merit backtest --fit

--draws draws costs from history: for each person of the last period and each period to come one
past period, with what the policy pays for it. The same seed draws the same on every machine.

Examples:
  $ merit simulate sales/ --period 2026 --change 'revenue +10%'
  $ merit simulate sales/ --period 2026 --change 'revenue +10%' --change 'target revenue +5%'
  $ merit simulate sales/ --period 2026 --scenarios scenarios.yaml --format json
  $ merit simulate sales/ --period 2026 --draws 10000 --seed 7 --periods 3 --budget 4_000_000`;

/** Adds the command to the program. The engine is loaded only when it is used. */
export function registerSimulate(program: Command, done: (code: ExitCode) => void): void {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  const command = program
    .command('simulate')
    .description('Say what a policy would cost if results, targets or its own numbers were other ones.')
    .summary('say what a policy would cost if results or targets were others')
    .usage('<policy> [options]')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .option('--change <change>', 'what is changed; several make one scenario', collect)
    .option('--scenarios <file>', 'a YAML file with scenarios, each a name and its changes')
    .option('--draws <number>', 'draw so many costs from the periods of history')
    .option('--seed <number>', 'the seed of the draws; 1 unless said')
    .option('--periods <number>', 'how many periods are drawn; as many as history has unless said')
    .addOption(oneOf('--draw-by <what>', 'what is drawn together', ['person', 'period']))
    .option('--budget <amount>', 'say how often the cost of the drawn periods is above it')
    .option('--top <number>', 'how many people are listed whose pay moves; 10 unless said');
  withOverData(command)
    .addHelpText('after', NOTES)
    .action(async (policy: string, options: SimulateOptions) => done(await simulateCommand(policy, options)));
}

/** Prints a simulation. Nothing is printed where there are errors. */
export async function simulateCommand(path: string, options: SimulateOptions): Promise<ExitCode> {
  const { change = [], draws, budget, seed, periods } = options;
  if (change.length === 0 && options.scenarios === undefined && draws === undefined)
    throw new UsageError(
      'there is nothing to simulate',
      "write `--change 'revenue +10%'`, or `--draws 1000`",
    );
  if (draws === undefined && (seed ?? periods ?? budget) !== undefined)
    throw new UsageError('`--seed`, `--periods` and `--budget` are of draws', 'write `--draws 1000` too');
  const top = numberOf('--top', options.top, 0);
  const file = options.scenarios === undefined ? [] : await scenariosIn(options.scenarios);
  if (!file) return EXIT.wrong;
  const scenarios = [...(change.length > 0 ? [{ name: change.join(', '), changes: change }] : []), ...file];
  const ask = async ({ node, model, request, open }: OverData): Promise<Told> => {
    const progress = createProgress(options);
    const drawn = drawsOf(options, model);
    const { value, diagnostics } = await node.simulate(
      {
        ...request,
        model,
        scenarios,
        progress: (count: number) => progress.step('scenarios run:', count),
        ...(drawn && { draws: drawn }),
      },
      open,
    );
    progress.end();
    if (!value) return { text: undefined, diagnostics };
    const width = textWidth(options.output === undefined ? process.stdout : {});
    const texts = {
      text: () => node.simulationText(value, { width, ...(top !== undefined && { top }) }),
      json: () => node.jsonText(value),
      csv: () => node.simulationCsv(value),
    };
    return { text: texts[options.format](), diagnostics };
  };
  return overData(path, options, { version: 'last', ask });
}

/** What is drawn, of the options. */
function drawsOf(
  { draws, seed, periods, drawBy, budget }: SimulateOptions,
  model: OverData['model'],
): SimulateRequest['draws'] {
  const count = numberOf('--draws', draws, 1);
  if (count === undefined) return undefined;
  const length = numberOf('--periods', periods, 1);
  return {
    draws: count,
    seed: numberOf('--seed', seed, 0) ?? 1,
    by: drawBy,
    ...(length !== undefined && { periods: length }),
    ...(budget !== undefined && { budget: exact(amountOf('--budget', budget, model)) }),
  };
}

/** The generator takes 32 bits. */
const MOST = 2 ** 32 - 1;

function numberOf(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text.replaceAll('_', ''));
  if (!/^[0-9][0-9_]*$/.test(text) || number < least || number > MOST)
    throw new UsageError(
      `\`${option} ${text}\` isn't a whole number from ${least}`,
      `write it like \`${option} 100\``,
    );
  return number;
}

/** The scenarios of a file; nothing after saying what is wrong with it. */
async function scenariosIn(path: string) {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new UsageError(`there is no file \`${path}\` to read`, '`--scenarios` names a YAML file');
  const { hasErrors, parseScenarios } = await import('../node.ts');
  const source = { name: path, text };
  const { value, diagnostics } = await parseScenarios(source);
  await printRunDiagnostics(diagnostics, [source], undefined);
  return hasErrors(diagnostics) ? undefined : value;
}
