// `merit backtest`: what a policy comes to over history, and one number of it fitted to a budget.

import type { Command } from 'commander';
import { exact } from '../base/exact.ts';
import { textWidth } from './output.ts';
import {
  amountOf,
  type OverData,
  type OverDataOptions,
  overData,
  type Told,
  withOverData,
} from './over-data.ts';
import { createProgress } from './progress.ts';
import { type ExitCode, UsageError } from './usage.ts';

export interface BacktestOptions extends OverDataOptions {
  readonly fit?: string;
  readonly budget?: string;
  readonly step?: string;
}

const NOTES = `
The policy's last version is run over all of the periods, as if it had held in them: what each
target came to, what was paid and to whom, and how many stood at each gate, cap and tier.
--fit names one number of the policy by the policy's words or by its line, and --budget what all of
the periods may cost: the number is moved until the cost comes to that. Each value that is tried is
run over all of the data; the policy's files stay as they are.

Examples:
  $ merit backtest sales/ --period 2025-07..2026-06
  $ merit backtest sales/ --period 2026 --format json > backtest.json
  $ merit backtest sales/ --period 2026 --fit 'rate ladder from 1_000_000 RUB' --budget 30_000_000
  $ merit backtest sales/ --period 2026 --fit 'target revenue hunter 1_400_000' --budget 30_000_000
  $ merit backtest sales/ --period 2026 --fit 'policy.merit:128 5%' --budget 30_000_000 --step 0.25%`;

/** Adds the command to the program. The engine is loaded only when it is used. */
export function registerBacktest(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command('backtest')
    .description(
      'Say what a policy comes to over history: targets reached, pay, cost, and where people stood.',
    )
    .summary('say what a policy comes to over history')
    .usage('<policy> [options]')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .option('--fit <number>', 'a number of the policy that is moved until the cost comes to --budget')
    .option('--budget <amount>', 'what all of the periods may cost')
    .option('--step <step>', 'the step of the fitted number, such as 0.1%; a round one unless said');
  withOverData(command)
    .addHelpText('after', NOTES)
    .action(async (policy: string, options: BacktestOptions) => done(await backtestCommand(policy, options)));
}

/** Prints a backtest. Nothing is printed where there are errors. */
export async function backtestCommand(path: string, options: BacktestOptions): Promise<ExitCode> {
  const { fit, budget, step } = options;
  if ((fit === undefined) !== (budget === undefined))
    throw new UsageError(
      fit === undefined ? '`--budget` needs a number that is fitted to it' : '`--fit` needs a budget',
      "write `--fit 'rate ladder from 0 RUB' --budget 5_000_000`",
    );
  if (step !== undefined && fit === undefined)
    throw new UsageError('`--step` is the step of a number that is fitted', 'name the number with `--fit`');
  const ask = async ({ node, model, request, open }: OverData): Promise<Told> => {
    const progress = createProgress(options);
    const { value, diagnostics } = await node.backtest(
      {
        ...request,
        model,
        ...(fit !== undefined && {
          fit: {
            number: fit,
            budget: exact(amountOf('--budget', budget!, model)),
            ...(step !== undefined && { step }),
            progress: (count: number) => progress.step('values run:', count),
          },
        }),
      },
      open,
    );
    progress.end();
    if (!value) return { text: undefined, diagnostics };
    const width = textWidth(options.output === undefined ? process.stdout : {});
    const texts = {
      text: () => node.backtestText(value, { width }),
      json: () => node.jsonText(value),
      csv: () => node.backtestCsv(value),
    };
    return { text: texts[options.format](), diagnostics };
  };
  return overData(path, options, { version: 'last', ask });
}
