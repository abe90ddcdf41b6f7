// What commands share that ask something of a policy and its data: their options, how the project is read, what is refused
// as wrong use, and what is printed.

import { type Command, Option } from 'commander';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import type { Limits, Model, Project, RunRequest, SourceSpec } from '../node.ts';
import {
  type DataOptions,
  dataFiles,
  dayOf,
  expectDataFolder,
  expectKnown,
  expectNames,
  expectOutputs,
  expectPeriod,
} from './data-options.ts';
import { type LimitedOptions, limited, withLimits } from './limits.ts';
import { expectPolicy, printResult, printRunDiagnostics } from './output.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

/** The options of all of them. */
export interface AskOptions extends DataOptions, LimitedOptions {
  readonly period?: string;
  readonly backend: 'duckdb' | 'memory';
  readonly allowRejects?: true;
  readonly asKnownOn?: string;
  readonly output?: string;
}

/** The options of those that ask about history. */
export interface OverDataOptions extends AskOptions {
  readonly format: 'text' | 'json' | 'csv';
}

/** Adds the options of one that asks about history to its command. */
export function withOverData(command: Command): Command {
  command.option('--period <period>', 'periods of the data, such as 2025 or 2025-07..2026-06');
  return withData(command.addOption(oneOf('--format <format>', 'what is printed', ['text', 'json', 'csv'])));
}

/** Adds the options that all of them have which print. */
export function withData(command: Command): Command {
  return withSources(command).option('--output <file>', 'write to a file instead of printing');
}

/** Adds the options that all of them have. */
export function withSources(command: Command): Command {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  return withLimits(
    command
      .option('--people <file>', 'data of the people; the same as --data person=FILE')
      .option('--data <name=file>', 'data of an event or a table; once for each of them', collect)
      .option(
        '--data-dir <folder>',
        "where the files of merit.config.yaml lie, if not in the policy's folder",
      )
      .addOption(oneOf('--backend <name>', 'what reads the data', ['duckdb', 'memory']))
      .option('--allow-rejects', 'go on without the rows that cannot be read; every output says so'),
  ).helpOption('-h, --help', 'print this help');
}

/** An option that takes one of a few words, the first of them unless said. */
export function oneOf(flags: string, description: string, words: readonly [string, ...string[]]): Option {
  const said = `${description}: ${words.join(', ')}; ${words[0]} unless said`;
  return new Option(flags, said).choices(words).default(words[0]);
}

type Node = typeof import('../node.ts');

/** What a command asks of the policy and its data. */
export interface OverData {
  readonly node: Node;
  readonly project: Project;
  readonly model: Model;
  /** All versions of the policy. */
  readonly models: readonly Model[];
  readonly request: Omit<RunRequest, 'model'>;
  readonly open: (sources: readonly SourceSpec[]) => ReturnType<Node['openBackend']>;
}

/** What is printed, or the bytes of a file; absent where there are errors. */
export interface Told {
  readonly text: string | Uint8Array | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Where it isn't `EXIT.done` though there is something to print. */
  readonly code?: ExitCode;
}

/** What is asked, and of which version of the policy. */
export interface Asked {
  /**
   * The one that holds in the periods, with what goes on from earlier ones; the same over a ledger, whose closed periods say
   * what goes on; or the last one, whenever it holds: what they would have come to.
   */
  readonly version: 'of the periods' | 'over a ledger' | 'last';
  /** An expression that was given, which messages may point into. */
  readonly expression?: string | undefined;
  readonly ask: (over: OverData) => Promise<Told>;
}

/** Reads the project, binds the data, asks, and prints. Diagnostics go to stderr; nothing is printed where there are errors. */
export async function overData(path: string, options: AskOptions, asked: Asked): Promise<ExitCode> {
  return limited(options, (limits) => underLimits(path, options, { ...asked, limits }));
}

async function underLimits(
  path: string,
  options: AskOptions,
  { version, expression, ask, limits }: Asked & { readonly limits: Limits },
): Promise<ExitCode> {
  await expectPolicy(path);
  const data = dataFiles(options);
  if (options.period !== undefined) expectPeriod(options.period);
  if (options.dataDir !== undefined) await expectDataFolder(options.dataDir);
  const asKnownOn = options.asKnownOn === undefined ? undefined : dayOf(options.asKnownOn);
  const node = await import('../node.ts');
  const { value: project, diagnostics: read } = await node.loadProject(path);
  const stop = async (diagnostics: readonly Diagnostic[]): Promise<ExitCode> => {
    await printRunDiagnostics(diagnostics, sourcesOf(project, expression), undefined);
    return EXIT.wrong;
  };
  if (!project || node.hasErrors(read)) return stop(read);
  const period = options.period ?? project.config?.value.period;
  const {
    value: { model, models },
    diagnostics: checked,
  } = node.compileAmong(project.policy, version === 'last' ? undefined : period);
  if (!model) return stop([...read, ...checked]);
  if (period === undefined)
    throw new UsageError('there is no period to ask about', 'write `--period 2026-01`');
  if (asKnownOn !== undefined) expectKnown(model);
  await expectNames({ model, models }, data, project);
  const bound = await node.bindData(project, model, {
    data,
    versions: models,
    ...(options.dataDir !== undefined && { dataFolder: options.dataDir }),
  });
  const files = bound.value.flatMap(({ content }) => (content.kind === 'file' ? [content.path] : []));
  await expectOutputs(options, [...sourcesOf(project).map(({ name }) => name), ...files]);
  const warnings = [...read, ...checked, ...bound.diagnostics];
  const misused = bound.diagnostics.find((each) => !each.span && each.severity === 'error');
  if (misused) throw new UsageError(misused.message, misused.help, misused.code);
  if (node.hasErrors(bound.diagnostics)) return stop(warnings);
  const open: OverData['open'] = node.sharedBackends(options.backend, limits);
  const request = {
    sources: bound.value,
    period,
    ...(options.allowRejects && { allowRejects: true }),
    ...(asKnownOn !== undefined && { asKnownOn }),
    limits,
  };
  // of the last version it is asked what other periods would have come to by it alone
  const opening =
    version === 'of the periods' ? await node.openingFor({ model, ...request }, { models, open }) : undefined;
  if (opening && node.hasErrors(opening.diagnostics)) return stop([...warnings, ...opening.diagnostics]);
  const over = { node, project, model, models, request: { ...request, opening: opening?.value }, open };
  const { text, diagnostics, code } = await ask(over);
  const unfit = diagnostics.find((each) => MISUSE.test(each.code) && !each.span && each.severity === 'error');
  if (unfit) throw new UsageError(unfit.message, unfit.help, unfit.code);
  if (text === undefined) return stop([...warnings, ...diagnostics]);
  await printRunDiagnostics([...warnings, ...diagnostics], sourcesOf(project, expression), undefined);
  await printResult(text, options.output);
  return code ?? EXIT.done;
}

/** Diagnostics about who, when and what was asked for, not about the policy or the data: M3004 to M3006 and the like. */
const MISUSE = /^M(?:300[456]|306[0-9]|308[0-9])$/;

function sourcesOf(project: Project | undefined, expression?: string): readonly Source[] {
  const config = project?.config ? [project.config.source] : [];
  const given = expression === undefined ? [] : [{ name: '<expression>', text: expression }];
  return [...given, ...(project?.read ?? []), ...config];
}

/** An amount in the policy's currency: `5_000_000`, `5_000_000 RUB`. */
export function amountOf(option: string, text: string, { currency }: Pick<Model, 'currency'>): string {
  const [, digits, unit] = /^([0-9][0-9_]*(?:\.[0-9]+)?)(?:\s*([A-Z]{3}))?$/.exec(text.trim()) ?? [];
  if (digits === undefined || (unit !== undefined && unit !== currency))
    throw new UsageError(
      `\`${option} ${text}\` isn't an amount in ${currency}`,
      `write it like \`${option} 5_000_000\``,
    );
  return digits.replaceAll('_', '');
}
