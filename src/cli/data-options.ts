// The options of commands that read data: which files they name, and what is refused before anything is read. The
// engine is loaded only by what needs it, so that help is quick.

import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Day, parseDay } from '../base/date.ts';
import { isPeriodsText, NOT_A_PERIOD } from '../base/period.ts';
import { suggestion } from '../base/suggest.ts';
import type { Model, Project } from '../node.ts';
import { UsageError } from './usage.ts';

/** Where the data lies. */
export interface DataOptions {
  readonly people?: string;
  readonly data?: readonly string[];
  readonly dataDir?: string;
}

/** The files that the options name, by `person`, event or table. */
export function dataFiles(options: Pick<DataOptions, 'people' | 'data'>): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  if (options.people === '') throw new UsageError('`--people` names no file', 'write `--people people.csv`');
  const pairs = [
    ...(options.people === undefined ? [] : [`person=${options.people}`]),
    ...(options.data ?? []),
  ];
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1 || at === pair.length - 1)
      throw new UsageError(
        `\`--data ${pair}\` names no file`,
        'write `--data NAME=FILE`, such as `--data deal=deals.csv`',
      );
    const name = pair.slice(0, at).normalize('NFC');
    if (files.has(name)) throw new UsageError(`the data of \`${name}\` is given twice`);
    files.set(name, pair.slice(at + 1));
  }
  return files;
}

/** Refuses data for unknown names, missing data, and files that the options name and that aren't there. */
export async function expectNames(
  { model, models = [] }: { readonly model: Model; readonly models?: readonly Model[] },
  data: ReadonlyMap<string, string>,
  project: Project,
): Promise<void> {
  const { CONFIG_FILE, dataNames, namesAmong } = await import('../node.ts');
  const names = dataNames(model);
  const all = namesAmong(model, models);
  for (const name of data.keys()) {
    if (!all.includes(name))
      throw new UsageError(`the policy has no event or table \`${name}\``, suggestion(name, all));
  }
  const configured = project.config?.value.sources.map((source) => source.name) ?? [];
  const missing = names.filter((name) => !data.has(name) && !configured.includes(name));
  if (missing.length === 0) return;
  const flags = missing.map((name) =>
    name === 'person' ? '--people people.csv' : `--data ${name}=${name}.csv`,
  );
  throw new UsageError(
    `there is no data for ${missing.map((name) => `\`${name}\``).join(', ')}`,
    `write \`${flags.join(' ')}\`, or name the files in ${CONFIG_FILE}`,
  );
}

/** Refuses to write over what the run reads, under whatever name, and to write two things into one file. */
export async function expectOutputs(
  {
    output,
    rejects,
    coverageOutput,
  }: { readonly output?: string; readonly rejects?: string; readonly coverageOutput?: string },
  inputs: readonly string[],
): Promise<void> {
  const place = (file: string) => realpath(file).catch(() => resolve(file));
  if (output !== undefined && rejects !== undefined && (await place(output)) === (await place(rejects)))
    throw new UsageError('`--output` and `--rejects` name the same file', 'give each a file of its own');
  const read = new Set(await Promise.all(inputs.map(place)));
  for (const [option, file] of Object.entries({
    output,
    rejects,
    'coverage-output': coverageOutput,
  })) {
    if (file !== undefined && read.has(await place(file)))
      throw new UsageError(
        `\`${file}\` can't be written: the run reads it`,
        `name another file with \`--${option}\``,
      );
  }
}

/** Refuses a folder of data that isn't there. */
export async function expectDataFolder(path: string): Promise<void> {
  if (!(await stat(path).catch(() => undefined))?.isDirectory())
    throw new UsageError(`there is no folder \`${path}\``);
}

/** A day that an option names. */
export function dayOf(text: string): Day {
  const day = parseDay(text);
  if (day === undefined) throw new UsageError(`\`${text}\` isn't a day`, 'write it like `2026-03-31`');
  return day;
}

/** Refuses to answer as of a day where no row says when it became known: all would count as if they had been. */
export function expectKnown({ events }: Model): void {
  if (events.every((each) => each.known === undefined))
    throw new UsageError(
      '`--as-known-on` needs an event that says when its rows became known',
      'write a field such as `recorded_at: datetime known` in the policy, or leave the option out',
    );
}

/** Refuses what can't be read as a period or a range of them. */
export function expectPeriod(text: string): void {
  if (!isPeriodsText(text)) throw new UsageError(NOT_A_PERIOD.message(text), NOT_A_PERIOD.help);
}
