// `merit run`: a policy and data to results, in the form asked for.

import { realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Day, parseDay } from '../base/date.ts';
import { type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import { isPeriodText } from '../base/period.ts';
import type { Source } from '../base/source.ts';
import { suggestion } from '../base/suggest.ts';
import {
  bindData,
  CONFIG_FILE,
  compileFor,
  dataNames,
  loadProject,
  type Model,
  openBackend,
  optionalSources,
  type Project,
  type Result,
  RunError,
  rejectsCsv,
  resultCsv,
  resultJson,
  resultText,
  run,
  type SourceSpec,
  statementText,
} from '../node.ts';
import {
  expectPolicy,
  isReject,
  printResult,
  printRunDiagnostics,
  textWidth,
  writeOutput,
} from './output.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

export interface RunOptions {
  readonly people?: string;
  readonly data?: readonly string[];
  readonly dataDir?: string;
  readonly period?: string;
  readonly asKnownOn?: string;
  readonly person?: string;
  readonly format: 'text' | 'json' | 'csv';
  readonly backend: 'duckdb' | 'memory';
  readonly allowRejects?: true;
  readonly rejects?: string;
  readonly output?: string;
}

/** Runs a policy over data and prints the result. Diagnostics go to stderr; nothing is printed where there are errors. */
export async function runCommand(path: string, options: RunOptions): Promise<ExitCode> {
  await expectPolicy(path);
  const data = dataFiles(options);
  if (options.period !== undefined) expectPeriod(options.period);
  const asKnownOn = options.asKnownOn === undefined ? undefined : dayOf(options.asKnownOn);
  if (options.dataDir !== undefined) await expectDataFolder(options.dataDir);

  await expectOutputs(options, [path, ...data.values()]);

  const project = await loadProject(path);
  const { folder = path, policy = [], config } = project.value ?? {};
  const configured =
    config?.value.sources.map((source) => join(options.dataDir ?? folder, source.file)) ?? [];
  await expectOutputs(options, [
    ...policy.map((source) => source.name),
    join(folder, CONFIG_FILE),
    ...configured,
  ]);
  if (!project.value || hasErrors(project.diagnostics))
    return stop(project.diagnostics, project.value, options);
  const period = options.period ?? project.value.config?.value.period;
  const { diagnostics: found, value: model } = compileFor(project.value.policy, period);
  const warnings = [...project.diagnostics, ...found];
  if (!model) return stop(warnings, project.value, options);

  expectNames(model, data, project.value);
  if (asKnownOn !== undefined) expectKnown(model);
  const sources = await bindData(project.value, model, {
    data,
    ...(options.dataDir !== undefined && { dataFolder: options.dataDir }),
  });
  const misused = sources.diagnostics.find((each) => !each.span && each.severity === 'error');
  if (misused) throw new UsageError(misused.message, misused.help, misused.code); // of a flag: the configuration's have places
  if (hasErrors(sources.diagnostics))
    return stop([...warnings, ...sources.diagnostics], project.value, options);
  if (period === undefined) {
    const help = `write \`--period 2026-01\`, or \`period: 2026-01\` in ${CONFIG_FILE}`;
    throw new UsageError('the run has no period', help);
  }
  const request = { model, sources: sources.value, period, ...(asKnownOn !== undefined && { asKnownOn }) };
  const result = await evaluate(request, options);
  const unfit = result.diagnostics.find((each) => NOT_A_PERIOD.has(each.code) && !each.span);
  if (unfit && options.period !== undefined) throw new UsageError(unfit.message, unfit.help, unfit.code);
  const diagnostics = [...warnings, ...sources.diagnostics, ...result.diagnostics];
  if (!result.value) return stop(diagnostics, project.value, options);
  const text = render(result.value, options);
  await tell(diagnostics, project.value, options);
  await printResult(text, options.output);
  return EXIT.done;
}

/** A period of another length than the policy's, one in which it doesn't hold, or too many of them. */
const NOT_A_PERIOD: ReadonlySet<string> = new Set(['M3004', 'M3005', 'M3006']);

interface Request {
  readonly model: Model;
  readonly sources: readonly SourceSpec[];
  readonly period: string;
  readonly asKnownOn?: Day;
}

async function evaluate(request: Request, options: RunOptions) {
  const backend = await openBackend(options.backend, request.sources);
  try {
    return await run({ ...request, ...(options.allowRejects && { allowRejects: true }) }, backend);
  } catch (fault) {
    if (fault instanceof RunError) return { value: undefined, diagnostics: fault.diagnostics };
    throw fault;
  } finally {
    await backend.close();
  }
}

function render(whole: Result, { format, person, output }: RunOptions): string {
  const result = person === undefined ? whole : ofPerson(whole, person);
  const width = textWidth(output === undefined ? process.stdout : {});
  switch (format) {
    case 'json':
      return resultJson(result);
    case 'csv':
      return resultCsv(result);
    case 'text':
      return person === undefined
        ? resultText(result, { width })
        : result.statements.map((statement) => statementText(statement, result, { width })).join('\n\n');
    default:
      return format satisfies never;
  }
}

/** What one person may see: the result with that person's statements and nobody else's figures. */
function ofPerson(result: Result, person: string): Result {
  const wanted = person.normalize('NFC');
  const statements = result.statements.filter((statement) => statement.person === wanted);
  if (statements.length > 0) return { ...result, statements, groups: [], company: [] };
  const known = [...new Set(result.statements.map((statement) => statement.person))];
  throw new UsageError(
    `\`${person}\` has no statement in ${result.periods.join(', ')}`,
    suggestion(wanted, known),
  );
}

async function stop(
  diagnostics: readonly Diagnostic[],
  project: Project | undefined,
  options: RunOptions,
): Promise<ExitCode> {
  await tell(diagnostics, project, options);
  return EXIT.wrong;
}

async function tell(
  diagnostics: readonly Diagnostic[],
  project: Project | undefined,
  options: RunOptions,
): Promise<void> {
  const config: readonly Source[] = project?.config ? [project.config.source] : [];
  if (options.rejects !== undefined)
    await writeOutput(options.rejects, rejectsCsv(diagnostics.filter(isReject)));
  await printRunDiagnostics(diagnostics, [...(project?.read ?? []), ...config], options.rejects);
}

/** The files that the options name, by `person`, event or table. */
export function dataFiles(options: Pick<RunOptions, 'people' | 'data'>): ReadonlyMap<string, string> {
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
function expectNames(model: Model, data: ReadonlyMap<string, string>, project: Project): void {
  const names = dataNames(model);
  const all = [...names, ...optionalSources(model)];
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
async function expectOutputs({ output, rejects }: RunOptions, inputs: readonly string[]): Promise<void> {
  const place = (file: string) => realpath(file).catch(() => resolve(file));
  if (output !== undefined && rejects !== undefined && (await place(output)) === (await place(rejects)))
    throw new UsageError('`--output` and `--rejects` name the same file', 'give each a file of its own');
  const read = new Set(await Promise.all(inputs.map(place)));
  for (const [option, file] of Object.entries({ output, rejects })) {
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

function dayOf(text: string): Day {
  const day = parseDay(text);
  if (day === undefined) throw new UsageError(`\`${text}\` isn't a day`, 'write it like `2026-03-31`');
  return day;
}

/** Refuses to answer as of a day where no row says when it became known: all would count as if they had been. */
function expectKnown({ events }: Model): void {
  if (events.every((each) => each.known === undefined))
    throw new UsageError(
      '`--as-known-on` needs an event that says when its rows became known',
      'write a field such as `recorded_at: datetime known` in the policy, or leave the option out',
    );
}

/** Refuses what can't be read as a period or a range of them. */
export function expectPeriod(text: string): void {
  const parts = text.split('..');
  if (parts.length <= 2 && parts.every(isPeriodText)) return;
  throw new UsageError(
    `\`${text}\` isn't a period`,
    'write `2026-01`, `2026-Q1`, `2026`, `2026-W05`, `2026-01-31`, or a range `2026-01..2026-06`',
  );
}
