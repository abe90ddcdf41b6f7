// What commands that read data may take: their options, control-C, and how far they have come. A command that is stopped
// has written nothing.

import type { Command } from 'commander';
import type { Limits } from '../node.ts';
import { createProgress } from './progress.ts';
import { UsageError } from './usage.ts';

/** The options of all commands that read data. */
export interface LimitedOptions {
  readonly maxRows?: string;
  readonly maxMemory?: string;
  readonly timeLimit?: string;
  readonly quiet?: true;
}

/** Adds the options to a command. */
export function withLimits(command: Command): Command {
  return command
    .option('--max-rows <number>', 'stop where a file has more rows, such as 1_000_000')
    .option('--max-memory <size>', 'stop where the program takes more memory, such as 2GB or 500MB')
    .option('--time-limit <seconds>', 'stop after so many seconds');
}

/** Works under the limits of the options; control-C stops the work, and a second one the program. */
export async function limited<T>(options: LimitedOptions, work: (limits: Limits) => Promise<T>): Promise<T> {
  const { maxRows, maxMemory, timeLimit } = options;
  const rows = maxRows === undefined ? undefined : countOf('--max-rows', maxRows);
  const memory = maxMemory === undefined ? undefined : bytesOf(maxMemory);
  const seconds = timeLimit === undefined ? undefined : countOf('--time-limit', timeLimit);
  const { createLimits } = await import('../node.ts');
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  const progress = createProgress(options);
  process.once('SIGINT', stop);
  const { limits, end } = createLimits({
    signal: stopping.signal,
    ...(rows !== undefined && { rows }),
    ...(memory !== undefined && { memory }),
    ...(seconds !== undefined && { seconds }),
    ...(progress.isShown && { progress: ({ what, count }) => progress.step(`${what}:`, count) }),
  });
  try {
    return await work(limits);
  } finally {
    end();
    progress.end();
    process.off('SIGINT', stop);
  }
}

function countOf(option: string, text: string): number {
  const count = /^[0-9][0-9_]{0,14}$/.test(text) ? Number(text.replaceAll('_', '')) : 0;
  if (count < 1)
    throw new UsageError(
      `\`${option}\` can't be \`${text}\``,
      `write a whole number from 1, such as \`${option} 100\``,
    );
  return count;
}

const SIZES: Readonly<Record<string, number>> = { GB: 2 ** 30, MB: 2 ** 20 };

function bytesOf(text: string): number {
  const [, count, unit] = /^([1-9][0-9]{0,5})\s*(GB|MB)$/i.exec(text.trim()) ?? [];
  if (count === undefined || unit === undefined)
    throw new UsageError(`\`--max-memory\` can't be \`${text}\``, 'write it like `2GB` or `500MB`');
  return Number(count) * SIZES[unit.toUpperCase()]!;
}
