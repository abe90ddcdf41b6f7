// `merit diff`: two versions of a policy over the same data; what they say differently, and what that moves.

import { stat } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import type { Checked, DiffData, Limits, Model, PolicyDiff, Project } from '../node.ts';
import {
  dataFiles,
  dayOf,
  expectDataFolder,
  expectKnown,
  expectNames,
  expectOutputs,
  expectPeriod,
} from './data-options.ts';
import { type LimitedOptions, limited, withLimits } from './limits.ts';
import { note, printResult, printRunDiagnostics, textWidth } from './output.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

export interface DiffOptions extends LimitedOptions {
  readonly people?: string;
  /** `false`: without data. */
  readonly data?: readonly string[] | false;
  readonly dataDir?: string;
  readonly period?: string;
  readonly asKnownOn?: string;
  readonly person?: string;
  readonly top?: string;
  readonly attribution?: 'average' | 'order';
  readonly sameDays?: true;
  readonly format: 'text' | 'json' | 'markdown';
  readonly backend: 'duckdb' | 'memory';
  readonly allowRejects?: true;
  readonly exitCode?: true;
  readonly output?: string;
}

const NOTES = `
A version is a policy file, a folder, or what git has of one: HEAD~1:sales is the folder sales as the
commit before the last has it, and a revision alone, such as HEAD~1, means the other version's path.
Data and period are those of the second version's merit.config.yaml, else of the first's, unless they
are given here. What stands only in another layout, order or form is no difference.

Each delta is traced to the change that caused it. Where several changes act together, each has what
moves when it is made, averaged over all orders of making them one by one; with more than six, or with
--attribution order, they are made in the order listed. Either way they come to the delta, to the cent.

Exit codes: 0; with --exit-code 1 where anybody's pay moves, or without data where anything but words
differs.

Examples:
  $ merit diff HEAD~1 sales/
  $ merit diff old.merit new.merit --people people.csv --data deal=deals.csv --period 2026-Q1
  $ merit diff main:sales sales/ --period 2026 --format markdown --output comment.md
  $ merit diff sales-2026/ sales-2027/ --period 2026 --same-days
  $ merit diff HEAD sales/ --no-data`;

/** Adds the command to the program. The engine is loaded only when it is used. */
export function registerDiff(program: Command, done: (code: ExitCode) => void): void {
  const collect = (value: string, before: readonly string[] | false = []) => [...(before || []), value];
  withLimits(
    program
      .command('diff')
      .description(
        'Compare two versions of a policy over the same data: whose pay moves, and which change moves it.',
      )
      .summary('compare two versions of a policy, and whose pay moves')
      .usage('<before> <after> [options]')
      .argument('<before>', 'a policy file, a folder, or a git revision')
      .argument('<after>', 'the same')
      .option('--period <period>', 'such as 2026-01, 2026-Q1, 2026 or 2026-01..2026-06')
      .option('--as-known-on <day>', 'leave out rows that became known after that day, such as 2026-03-31')
      .option('--person <id>', 'the figures of one person only')
      .option('--top <number>', 'how many people and other lines are listed; 10 unless said')
      .addOption(
        new Option('--attribution <how>', 'how deltas are traced to several changes: average, order').choices(
          ['average', 'order'],
        ),
      )
      .option(
        '--same-days',
        "run both as if they held on the days of either, such as next year's over this year",
      )
      .option('--people <file>', 'data of the people; the same as --data person=FILE')
      .option('--data <name=file>', 'data of an event or a table; once for each of them', collect)
      .option('--no-data', 'say only what the versions say differently')
      .option(
        '--data-dir <folder>',
        "where the files of merit.config.yaml lie, if not in the policy's folder",
      )
      .addOption(oneOf('--format <format>', 'what is printed', ['text', 'json', 'markdown']))
      .addOption(oneOf('--backend <name>', 'what reads the data', ['duckdb', 'memory']))
      .option('--allow-rejects', 'go on without the rows that cannot be read; every output says so')
      .option('--exit-code', "exit with 1 where anybody's pay moves")
      .option('--output <file>', 'write the comparison to a file instead of printing it'),
  )
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', NOTES)
    .action(async (before: string, after: string, options: DiffOptions) =>
      done(await diffCommand(before, after, options)),
    );
}

function oneOf(flags: string, description: string, words: readonly [string, ...string[]]): Option {
  const said = `${description}: ${words.join(', ')}; ${words[0]} unless said`;
  return new Option(flags, said).choices(words).default(words[0]);
}

/** Prints a comparison. Diagnostics go to stderr; nothing is printed where there are errors. */
export async function diffCommand(before: string, after: string, options: DiffOptions): Promise<ExitCode> {
  return limited(options, (limits) => diffLimited([before, after], options, limits));
}

async function diffLimited(
  [before, after]: readonly [before: string, after: string],
  options: DiffOptions,
  limits: Limits,
): Promise<ExitCode> {
  const { given } = await expectOptions(options);
  const node = await import('../node.ts');
  const first = await loadSide(await sideOf(before, after));
  const second = await loadSide(await sideOf(after, before));
  const [old, now] = [first, second].map(({ value }) =>
    value && value.policy.length > 0 ? node.compileVersions(value.policy) : undefined,
  );
  const read = [first, second, old, now].flatMap((each) => each?.diagnostics ?? []);
  const sources = sourcesOf([first.value, second.value]);
  const models = { before: old?.value ?? [], after: now?.value ?? [] };
  const isWhole = !hasErrors(read) && models.before.length > 0 && models.after.length > 0;
  if (!isWhole || !first.value || !second.value) return tell(read, sources);
  await expectOutputs(
    options,
    sources.map(({ name }) => name),
  );
  const project = dataProject(first.value, second.value);
  if (options.data === false || (given.size === 0 && !hasData(project))) {
    if (options.data !== false)
      note('no data is given or named in merit.config.yaml: only what the versions say is compared');
    await tell(read, sources);
    return finish(node.diffPolicies(models), options);
  }
  const { value: diff, diagnostics } = await overData(models, project, { ...options, limits });
  await tell([...read, ...diagnostics], sources);
  return diff ? finish(diff, options) : EXIT.wrong;
}

/** Refuses what can't be meant, before anything is read. */
async function expectOptions(options: DiffOptions) {
  topOf(options);
  const given = filesOf(options);
  if (options.data === false && given.size > 0)
    throw new UsageError("`--no-data` and data don't go together");
  if (options.period !== undefined) expectPeriod(options.period);
  if (options.asKnownOn !== undefined) dayOf(options.asKnownOn);
  if (options.dataDir !== undefined) await expectDataFolder(options.dataDir);
  return { given };
}

function filesOf({ people, data }: DiffOptions): ReadonlyMap<string, string> {
  return dataFiles({ ...(people !== undefined && { people }), data: data || [] });
}

async function tell(diagnostics: readonly Diagnostic[], sources: readonly Source[]): Promise<ExitCode> {
  // what both versions say is said once
  const said = new Map(diagnostics.map((each) => [JSON.stringify(each), each]));
  await printRunDiagnostics([...said.values()], sources, undefined);
  return EXIT.wrong;
}

interface Models {
  readonly before: readonly Model[];
  readonly after: readonly Model[];
}

/** The comparison of both over the data; no value where there are errors. */
async function overData(
  models: Models,
  project: Project,
  options: DiffOptions & { readonly limits: Limits },
): Promise<Checked<PolicyDiff | undefined>> {
  const { bindData, diffRuns, sharedBackends } = await import('../node.ts');
  const period = options.period ?? project.config?.value.period;
  if (period === undefined)
    throw new UsageError(
      'there is no period to run',
      'write `--period 2026-01`, or `--no-data` to compare only what is said',
    );
  const union = unionOf([...models.before, ...models.after]);
  const given = filesOf(options);
  const asKnownOn = options.asKnownOn === undefined ? undefined : dayOf(options.asKnownOn);
  if (asKnownOn !== undefined) expectKnown(union);
  await expectNames({ model: union }, given, project);
  const bound = await bindData(project, union, {
    data: given,
    ...(options.dataDir !== undefined && { dataFolder: options.dataDir }),
  });
  const misused = bound.diagnostics.find((each) => !each.span && each.severity === 'error');
  if (misused) throw new UsageError(misused.message, misused.help, misused.code);
  if (hasErrors(bound.diagnostics)) return { value: undefined, diagnostics: bound.diagnostics };
  const inputs = bound.value.flatMap(({ content }) => (content.kind === 'file' ? [content.path] : []));
  await expectOutputs(options, inputs);
  const data: DiffData = {
    sources: bound.value,
    period,
    limits: options.limits,
    ...(asKnownOn !== undefined && { asKnownOn }),
    ...(options.allowRejects && { allowRejects: true }),
    ...(options.person !== undefined && { person: options.person }),
    ...(options.sameDays && { sameDays: true }),
    ...(options.attribution && { attribution: options.attribution === 'order' ? 'in order' : 'average' }),
  };
  const found = await diffRuns(models, data, sharedBackends(options.backend, options.limits));
  const unfit = found.diagnostics.find(
    (each) => MISUSE.has(each.code) && !each.span && each.severity === 'error',
  );
  if (unfit) {
    const apart = unfit.code === 'M3005' || unfit.code === 'M3008';
    const help = apart ? `${unfit.help}; \`--same-days\` runs both as if they did` : unfit.help;
    throw new UsageError(unfit.message, help, unfit.code);
  }
  return { value: found.value, diagnostics: [...bound.diagnostics, ...found.diagnostics] };
}

/** Whose configuration says where the data lies: the second version's; of one folder, what only the first's names too. */
function dataProject(first: Project, second: Project): Project {
  if (!second.config)
    return first.config ? { ...second, config: first.config, folder: first.folder } : second;
  if (!first.config || first.folder !== second.folder) return second;
  const { source, value } = second.config;
  const names = new Set(value.sources.map(({ name }) => name));
  const more = first.config.value.sources.filter(({ name }) => !names.has(name));
  const database = value.database ?? first.config.value.database;
  const sources = [...value.sources, ...more];
  return { ...second, config: { source, value: { ...value, ...(database && { database }), sources } } };
}

/** Diagnostics about who, when and what was asked for, not about the policies or the data. */
const MISUSE: ReadonlySet<string> = new Set(['M3004', 'M3005', 'M3006', 'M3008', 'M3060', 'M3070']);

async function finish(diff: PolicyDiff, options: DiffOptions): Promise<ExitCode> {
  const top = topOf(options);
  const { diffJson, diffMarkdown, diffText } = await import('../node.ts');
  const { format, output } = options;
  const shown = top === undefined ? {} : { top };
  const text =
    format === 'json'
      ? diffJson(diff)
      : format === 'markdown'
        ? diffMarkdown(diff, shown)
        : diffText(diff, { ...shown, width: textWidth(output === undefined ? process.stdout : {}) });
  await printResult(text, output);
  const { figures, changes } = diff;
  const moves = figures ? figures.moved.some(({ delta }) => delta !== '0') : changes.length > 0;
  return options.exitCode && moves ? EXIT.wrong : EXIT.done;
}

// ---- versions ----------------------------------------------------------------------------------------------------------

/** Where a version is read from: a path, in a revision if one is named. */
interface Side {
  readonly path: string;
  readonly revision?: string;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

/** What an argument names; a revision alone is of the other argument's path. */
async function sideOf(text: string, other: string): Promise<Side> {
  if (!text.startsWith('git:') && (await exists(text))) return { path: text };
  const { knowsRevision } = await import('../node.ts');
  const said = text.replace(/^git:/, '');
  const [revision, path] = partsOf(said);
  const place = path ?? ((await exists(other)) ? other : (partsOf(other.replace(/^git:/, ''))[1] ?? '.'));
  const folder = place === '' ? '.' : place;
  if (revision !== '' && (await knowsRevision(folder, revision))) return { path: folder, revision };
  throw new UsageError(
    `there is no policy at \`${text}\`, and git knows no revision of that name`,
    'name a policy file, its folder, or a revision such as `HEAD~1` or `main:sales`',
    'M2061',
  );
}

function partsOf(text: string): readonly [revision: string, path: string | undefined] {
  const at = text.indexOf(':');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

async function loadSide({ path, revision }: Side) {
  const { loadProject, loadRevision } = await import('../node.ts');
  return revision === undefined ? loadProject(path) : loadRevision({ revision, path });
}

/** A policy that needs the data of all of them. */
function unionOf(models: readonly Model[]): Model {
  const named = <T extends { readonly name: string }>(all: readonly T[]) => [
    ...new Map(all.map((each) => [each.name, each])).values(),
  ];
  return {
    ...models.at(-1)!,
    events: named(models.flatMap((each) => each.events)),
    tables: named(models.flatMap((each) => each.tables)),
  };
}

function hasData({ config }: Project): boolean {
  return (config?.value.sources.length ?? 0) > 0;
}

function sourcesOf(projects: readonly (Project | undefined)[]): readonly Source[] {
  const all = projects.flatMap((each) => [
    ...(each?.read ?? []),
    ...(each?.config ? [each.config.source] : []),
  ]);
  return [...new Map(all.map((each) => [each.name, each])).values()];
}

function topOf({ top }: DiffOptions): number | undefined {
  if (top === undefined) return undefined;
  if (!/^[0-9]{1,6}$/.test(top) || Number(top) < 1)
    throw new UsageError(`\`--top\` can't be \`${top}\``, 'write a whole number from 1');
  return Number(top);
}
