// The door for Node: the engine's API, both backends, reports, and projects on disk. A project is a policy file or a
// folder of them, with `merit.config.yaml` beside, which says where the data lies; what that file names stays inside
// the folder, whatever symlinks there are, while paths that the caller gives are taken at their word.

import { lstat, readFile as readBytes, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Backend } from './backend/backend.ts';
import { createMemoryBackend } from './backend/memory.ts';
import { type Checked, type Diagnostic, hasErrors } from './base/diagnostic.ts';
import type { Source, Span } from './base/source.ts';
import { suggestion } from './base/suggest.ts';
import { run as runAnywhere } from './engine.ts';
import type { RunRequest } from './gather.ts';
import { optionalSources } from './input/absences.ts';
import type { CliffReport, CostReport } from './model/cost.ts';
import type { Dialect, SourceFormat, SourceSpec } from './model/dataset.ts';
import type { Decided } from './model/decision.ts';
import type { Model } from './model/policy.ts';
import type { ProofReport } from './model/proof-report.ts';
import type { Result } from './model/result.ts';
import type { TestReport } from './model/test-report.ts';
import { atRevision, type RevisionPath } from './node-git.ts';
import { withImports } from './node-imports.ts';
import { cliffsOf as cliffsAnywhere } from './prove/cliffs.ts';
import { type CostOptions, costOf as costAnywhere } from './prove/cost.ts';
import type { Heard } from './prove/coverage.ts';
import { type ProveOptions, proveInvariants as proveAnywhere } from './prove/invariants.ts';
import {
  type Recorded,
  type RecordRequest,
  recordTests as recordTestsAnywhere,
} from './prove/record-tests.ts';
import {
  runTests as runTestsAnywhere,
  runTestsOfVersions as runVersionsAnywhere,
  type TestOptions,
} from './prove/run-tests.ts';
import { type PathRef, parseConfig, type RunConfig, type SourceConfig } from './syntax/parse-config.ts';

export { lint, lintWithResult } from './analyse/lint.ts';
export { EXPRESSION } from './ask/compile-expression.ts';
export { type ExpressionValue, evaluateExpression } from './ask/evaluate-expression.ts';
export { type ExplainRequest, explain } from './ask/explain.ts';
export { type FeedbackRequest, feedback } from './ask/feedback.ts';
export { explainEvent, type MovedRequest } from './ask/moved.ts';
export { expressionNames } from './ask/names.ts';
export { openQuestions, type Questions, type RoleValue, type Whose } from './ask/questions.ts';
export { type SeekRequest, seek } from './ask/seek.ts';
export { roleValuesJson, valueJson, valueText } from './ask/value-text.ts';
export type { Backend } from './backend/backend.ts';
export { type Day, parseDay } from './base/date.ts';
export { toDecimal } from './base/decimal.ts';
export type { Checked, Diagnostic } from './base/diagnostic.ts';
export { hasErrors, InternalError, RunError } from './base/diagnostic.ts';
export type { Source } from './base/source.ts';
export { type BacktestRequest, backtest } from './compare/backtest.ts';
export { type DiffData, diffPolicies, diffRuns } from './compare/diff.ts';
export type { DrawsRequest } from './compare/draws.ts';
export type { FitRequest } from './compare/fit.ts';
export type { Scenario } from './compare/scenario.ts';
export { type SimulateRequest, simulate } from './compare/simulate.ts';
export { compile, VERSION } from './engine.ts';
export type { RunRequest } from './gather.ts';
export { optionalSources } from './input/absences.ts';
export type { Backtest } from './model/backtest.ts';
export type { CliffReport, CostReport } from './model/cost.ts';
export type { CoverageReport } from './model/coverage.ts';
export type { SourceSpec } from './model/dataset.ts';
export type { PolicyDiff } from './model/diff.ts';
export type { EventExplanation } from './model/event-explanation.ts';
export type { Explanation } from './model/explanation.ts';
export type { Feedback } from './model/feedback.ts';
export type { MutantResult, MutationReport } from './model/mutation.ts';
export type { Model } from './model/policy.ts';
export type { ProofReport } from './model/proof-report.ts';
export type { Result } from './model/result.ts';
export type { SeekAnswer } from './model/seek.ts';
export type { Simulation } from './model/simulation.ts';
export type { TestReport } from './model/test-report.ts';
export { knowsRevision } from './node-git.ts';
export { type Mutated, type MutationOptions, mutatePolicies } from './node-mutate.ts';
export { coverageOf, createHeard } from './prove/coverage.ts';
export { decidablesOf } from './prove/decisions.ts';
export { type Given, givenByPolicy, givenRanges } from './prove/given.ts';
export { backtestCsv } from './report/backtest-csv.ts';
export { type BacktestTextOptions, backtestText } from './report/backtest-text.ts';
export { coverageJson, coverageSum, coverageText } from './report/coverage-text.ts';
export { rejectsCsv, resultCsv } from './report/csv.ts';
export { countText, type DiagnosticOptions, diagnosticsText } from './report/diagnostic-text.ts';
export { diffJson } from './report/diff-json.ts';
export { diffMarkdown } from './report/diff-markdown.ts';
export { type DiffTextOptions, diffText } from './report/diff-text.ts';
export { type ExplainHtmlOptions, explanationHtml, movedHtml } from './report/explain-html.ts';
export { type ExplainTextOptions, explanationText } from './report/explain-text.ts';
export { feedbackText } from './report/feedback-text.ts';
export { jsonText, resultJson } from './report/json.ts';
export { movedText } from './report/moved-text.ts';
export { mutationJson, mutationText } from './report/mutation-text.ts';
export { type Proven, provenJson } from './report/prove-json.ts';
export { cliffText, costText, proofText } from './report/prove-text.ts';
export { type SeekTextOptions, seekText } from './report/seek-text.ts';
export { simulationCsv } from './report/simulation-csv.ts';
export { type SimulationTextOptions, simulationText } from './report/simulation-text.ts';
export { statementText } from './report/statement.ts';
export { resultText } from './report/table.ts';
export { visible, visibleLines } from './report/terminal-text.ts';
export { testReportsJson } from './report/test-json.ts';
export { testJUnit } from './report/test-junit.ts';
export { countedTests, testReportText } from './report/test-text.ts';
export { parseScenarios } from './syntax/parse-scenarios.ts';
export { convertPolicy, type Form, formatPolicy, formOf } from './syntax/print.ts';
export { compileFor, compileVersions } from './versions.ts';
export type { Heard };
export { createMemoryBackend };

/** The file beside a policy that says where its data lies. */
export const CONFIG_FILE = 'merit.config.yaml';

/** Evaluates a policy over data; the result records the version of Node's time zone data. */
export async function run(
  request: RunRequest,
  backend: Backend,
  decided?: Decided,
): Promise<Checked<Result | undefined>> {
  const zoneData = process.versions.tz;
  return runAnywhere({ ...(zoneData !== undefined && { zoneData }), ...request }, backend, decided);
}

/** The same in memory, while somebody hears all decisions, those about rows too: what coverage over data is made of. */
export async function runHeard(
  request: RunRequest,
  { decided }: Pick<Heard, 'decided'>,
): Promise<Checked<Result | undefined>> {
  const backend = memoryBackend({ decided });
  try {
    return await run(request, backend, decided);
  } finally {
    await backend.close();
  }
}

/** Proves, refutes or tries the invariants of a policy; see `ProveOptions`. */
export async function proveInvariants(
  model: Model,
  options: Omit<ProveOptions, 'openBackend'> = {},
): Promise<ProofReport> {
  return proveAnywhere(model, { ...options, openBackend: memoryBackend });
}

/** The most that each role of a policy can pay; see `CostOptions`. */
export async function costOf(
  model: Model,
  options: Omit<CostOptions, 'openBackend'> = {},
): Promise<CostReport> {
  return costAnywhere(model, { ...options, openBackend: memoryBackend });
}

/** Where one more unit of a KPI pays less, or makes pay jump. */
export async function cliffsOf(model: Model): Promise<CliffReport> {
  return cliffsAnywhere(model, { openBackend: memoryBackend });
}

/** Runs the tests of a policy, each over its own rows; see `TestOptions`. */
export async function runTests(
  model: Model,
  options: Omit<TestOptions, 'openBackend'> = {},
): Promise<TestReport> {
  return runTestsAnywhere(model, { ...options, openBackend: memoryBackend });
}

/** Runs the tests of every version of a policy, each against its own. */
export async function runTestsOfVersions(
  models: readonly Model[],
  options: Omit<TestOptions, 'openBackend'> = {},
): Promise<readonly TestReport[]> {
  return runVersionsAnywhere(models, { ...options, openBackend: memoryBackend });
}

/** Runs a policy over data, and writes a test of each statement; see `RecordRequest`. */
export async function recordTests(
  request: Omit<RecordRequest, 'openBackend'>,
  backend: Backend,
): Promise<Checked<Recorded | undefined>> {
  return recordTestsAnywhere({ ...request, openBackend: memoryBackend }, backend);
}

function memoryBackend({ decided }: { readonly decided?: Decided } = {}): Backend {
  return createMemoryBackend({ readFile, ...(decided && { decided }) });
}

/** The bytes of a file. */
export async function readFile(path: string): Promise<Uint8Array> {
  return readBytes(path);
}

/** The backend of that name, allowed to read the files of `sources` and nothing else. DuckDB is loaded only here. */
export async function openBackend(
  name: 'duckdb' | 'memory',
  sources: readonly SourceSpec[],
): Promise<Backend> {
  if (name === 'memory') return createMemoryBackend({ readFile });
  const { createDuckDbBackend } = await import('./backend/duckdb.ts');
  const paths = sources.flatMap(({ content }) => (content.kind === 'file' ? [content.path] : []));
  return createDuckDbBackend({ readFile, paths });
}

/** What a project's folder holds. */
export interface Project {
  /** Where the paths of the configuration start from. */
  readonly folder: string;
  /** Empty where any of the policy's files couldn't be read. */
  readonly policy: readonly Source[];
  /** All policy files that could be read, in which the messages about the others have their places. */
  readonly read: readonly Source[];
  readonly config?: { readonly source: Source; readonly value: RunConfig };
}

/**
 * Reads a policy file, or a folder's policy: the file that its configuration names, else all policy files in it. The
 * configuration is the one beside the policy.
 */
export async function loadProject(path: string): Promise<Checked<Project | undefined>> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return failed(fault('M2050', `there is no policy at \`${path}\``, { data: { file: path } }));
  const folder = found.isDirectory() ? path : dirname(path);
  const config = await loadConfig(folder);
  const files = found.isDirectory() ? await policyFiles(folder, config.value?.value.policy) : good([path]);
  const diagnostics = [...config.diagnostics, ...files.diagnostics];
  const policy: Source[] = [];
  for (const file of files.value) {
    const source = await readSource(file);
    diagnostics.push(...source.diagnostics);
    if (source.value) policy.push(source.value);
  }
  const gathered = await withImports(policy, {
    inside: (file, span) => fileInside(folder, relative(folder, file), { span, help: OTHER_IMPORT }),
    read: readSource,
  });
  diagnostics.push(...gathered.diagnostics);
  const whole =
    policy.length === files.value.length && !hasErrors(gathered.diagnostics) ? gathered.value : [];
  const value = {
    folder,
    policy: whole,
    read: gathered.value,
    ...(config.value && { config: config.value }),
  };
  return { value, diagnostics };
}

/**
 * The project at a path as a revision of its git repository has it; its folder is the one on disk, where the data lies.
 * Files are called `REVISION:./path`.
 */
export async function loadRevision(at: RevisionPath): Promise<Checked<Project | undefined>> {
  const { value, diagnostics } = await atRevision(at, loadProject);
  const found = await stat(at.path).catch(() => undefined);
  const folder = found?.isFile() || (!found && POLICY_FILE.test(at.path)) ? dirname(at.path) : at.path;
  return { value: value && { ...value, folder }, diagnostics };
}

async function policyFiles(folder: string, named: PathRef | undefined): Promise<Checked<readonly string[]>> {
  if (named) {
    const file = await fileInside(folder, named.path, { span: named.span, help: OTHER_POLICY });
    return {
      value: file.value === undefined ? [] : [join(folder, named.path)],
      diagnostics: file.diagnostics,
    };
  }
  const names = (await readdir(folder)).filter((name) => POLICY_FILE.test(name)).sort();
  if (names.length === 0) {
    const help = 'policy files end in `.merit` or `.merit.yaml`';
    const none = fault('M2051', `there is no policy file in \`${folder}\``, { data: { file: folder }, help });
    return { value: [], diagnostics: [none] };
  }
  const twice = twoForms(folder, names);
  if (twice) return { value: [], diagnostics: [twice] };
  const diagnostics: Diagnostic[] = [];
  for (const name of names) {
    const place = { data: { file: join(folder, name) }, help: OTHER_POLICY };
    diagnostics.push(...(await fileInside(folder, name, place)).diagnostics);
  }
  return { value: diagnostics.length > 0 ? [] : names.map((name) => join(folder, name)), diagnostics };
}

const POLICY_FILE = /\.merit(\.ya?ml)?$/i;
const OTHER_IMPORT = 'files of one policy lie in its folder';
const OTHER_POLICY = 'name the file itself in place of the folder';

/** Two files of one name, `policy.merit` and `policy.merit.yaml`, are one policy in two forms, not halves of one. */
function twoForms(folder: string, names: readonly string[]): Diagnostic | undefined {
  const stem = (name: string) => name.replace(POLICY_FILE, '').normalize('NFC').toLowerCase();
  const second = names.find((name, index) => names.findIndex((each) => stem(each) === stem(name)) < index);
  if (second === undefined) return undefined;
  const first = names.find((name) => stem(name) === stem(second)) as string;
  const help = `name one: \`${join(folder, first)}\` in place of the folder, or \`policy: ${first}\` in \`${CONFIG_FILE}\``;
  const message = `\`${folder}\` holds both \`${first}\` and \`${second}\`, which look like one policy in two forms`;
  return fault('M2058', message, { data: { file: folder }, help });
}

async function loadConfig(folder: string): Promise<Checked<Project['config']>> {
  const path = join(folder, CONFIG_FILE);
  if (!(await lstat(path).catch(() => undefined))) return { value: undefined, diagnostics: [] };
  const help = 'put the file itself there';
  const inside = await fileInside(folder, CONFIG_FILE, { data: { file: path }, help });
  if (inside.value === undefined) return { value: undefined, diagnostics: inside.diagnostics };
  const source = await readSource(path);
  if (!source.value) return { value: undefined, diagnostics: source.diagnostics };
  const { value, diagnostics } = parseConfig(source.value);
  return { value: { source: source.value, value }, diagnostics };
}

/** A file of text; a byte order mark is dropped. */
async function readSource(file: string): Promise<Checked<Source | undefined>> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readBytes(file));
    return { value: { name: file, text }, diagnostics: [] };
  } catch (cause) {
    const why =
      cause instanceof TypeError
        ? `\`${file}\` isn't UTF-8 text`
        : `\`${file}\` can't be read: ${reason(cause)}`;
    return failed(fault('M2052', why, { data: { file } }));
  }
}

/** Where a run's data comes from, beside the project's configuration. */
export interface DataOptions {
  /** Files by `person`, event or table; they win over the configuration's file and keep its columns and dialect. */
  readonly data?: ReadonlyMap<string, string>;
  /** Where the configuration's paths start from, instead of the project's folder; they can't leave it. */
  readonly dataFolder?: string;
}

/** The names that a run of the policy needs data for. */
export function dataNames(model: Model): readonly string[] {
  return ['person', ...model.events.map((event) => event.name), ...model.tables.map((table) => table.name)];
}

/** A source for each name that the policy needs or may have data for. Errors: no source, a file outside the folder or not a file. */
export async function bindData(
  project: Project,
  model: Model,
  { data = new Map(), dataFolder }: DataOptions = {},
): Promise<Checked<readonly SourceSpec[]>> {
  const needed = dataNames(model);
  const names = [...needed, ...optionalSources(model)];
  const sources: SourceSpec[] = [];
  const diagnostics: Diagnostic[] = [];
  const take = ({ value, diagnostics: found }: Checked<SourceSpec | undefined>) => {
    if (value) sources.push(value);
    diagnostics.push(...found);
  };
  for (const name of [...data.keys()].filter((each) => !names.includes(each))) {
    diagnostics.push(unknownName(name, names));
  }
  const configured = project.config?.value.sources ?? [];
  for (const each of configured.filter((source) => !names.includes(source.name))) {
    diagnostics.push(unknownName(each.name, names, each.span));
  }
  for (const name of names) {
    const settings = configured.find((source) => source.name === name);
    const path = data.get(name);
    if (path !== undefined) take(await givenSource(name, path, settings));
    else if (settings) take(await configuredSource(settings, dataFolder ?? project.folder));
    else if (needed.includes(name)) diagnostics.push(noData(name));
  }
  return { value: sources, diagnostics };
}

async function givenSource(
  name: string,
  path: string,
  settings: SourceConfig | undefined,
): Promise<Checked<SourceSpec | undefined>> {
  const format = formatOf(path);
  if (!format) return failed(unknownFormat(path));
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return failed(notAFile(path, found !== undefined));
  return good(specOf({ name, file: path, path: await realpath(path), format, settings }));
}

async function configuredSource(
  settings: SourceConfig,
  folder: string,
): Promise<Checked<SourceSpec | undefined>> {
  const { name, file, fileSpan } = settings;
  const format = settings.format ? { format: settings.format } : formatOf(file);
  if (!format) return failed(unknownFormat(file, fileSpan));
  const help = 'a file elsewhere is given on the command line: `--data NAME=FILE`';
  const { value: path, diagnostics } = await fileInside(folder, file, { span: fileSpan, help });
  if (path === undefined) return { value: undefined, diagnostics };
  return good(specOf({ name, file: join(folder, file), path, format, settings }));
}

/** The real path of a file of the folder, in which it must lie wherever links lead; `place` says who named it. */
async function fileInside(
  folder: string,
  file: string,
  place: Pick<Diagnostic, 'span' | 'data' | 'help'>,
): Promise<Checked<string | undefined>> {
  const path = join(folder, file);
  const outside = failed(fault('M2055', `\`${file}\` leads out of \`${folder}\``, place));
  // Whether there is such a file outside is nothing to tell.
  if (!isInside(folder, path)) return outside;
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return failed(notAFile(path, false, place.span));
  if (!isInside(await realpath(folder), real)) return outside;
  return (await stat(real)).isFile() ? good(real) : failed(notAFile(path, true, place.span));
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

interface Format {
  readonly format: SourceFormat;
  readonly delimiter?: string;
}

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['csv', { format: 'csv' }],
  ['tsv', { format: 'csv', delimiter: '\t' }],
  ['json', { format: 'json' }],
  ['ndjson', { format: 'ndjson' }],
  ['jsonl', { format: 'ndjson' }],
  ['parquet', { format: 'parquet' }],
]);

function formatOf(path: string): Format | undefined {
  return FORMATS.get(/\.([^.]+)$/.exec(basename(path))?.[1]?.toLowerCase() ?? '');
}

interface Found {
  readonly name: string;
  /** As messages call it, and where it really lies. */
  readonly file: string;
  readonly path: string;
  readonly format: Format;
  readonly settings: SourceConfig | undefined;
}

function specOf({ name, file, path, format: { format, delimiter }, settings }: Found): SourceSpec {
  const dialect: Dialect = { ...(delimiter !== undefined && { delimiter }), ...settings?.dialect };
  const columns = settings?.columns ?? new Map();
  const constants = settings?.constants ?? new Map();
  return { name, file, format, content: { kind: 'file', path }, columns, constants, dialect };
}

// ---- what projects have to say (M205x) ------------------------------------------------------------------------

function fault(code: string, message: string, rest: Partial<Diagnostic> = {}): Diagnostic {
  return { code, severity: 'error', message, ...rest };
}

function failed(diagnostic: Diagnostic): Checked<undefined> {
  return { value: undefined, diagnostics: [diagnostic] };
}

function good<T>(value: T): Checked<T> {
  return { value, diagnostics: [] };
}

function reason(cause: unknown): string {
  const { code } = cause as { readonly code?: string };
  return code === 'EISDIR'
    ? 'it is a folder'
    : code === 'EACCES'
      ? 'access is denied'
      : (code ?? String(cause));
}

function notAFile(path: string, exists: boolean, span?: Span): Diagnostic {
  const message = exists ? `\`${path}\` isn't a file` : `there is no file \`${path}\``;
  return fault('M2053', message, span ? { span } : { data: { file: path } });
}

function unknownFormat(path: string, span?: Span): Diagnostic {
  const help = `the file's name must end in ${[...FORMATS.keys()].map((each) => `\`.${each}\``).join(', ')}`;
  return fault('M2054', `\`${path}\` doesn't say its format`, {
    help,
    ...(span ? { span } : { data: { file: path } }),
  });
}

function unknownName(name: string, names: readonly string[], span?: Span): Diagnostic {
  const help = suggestion(name, names);
  return fault('M2056', `the policy has no event or table \`${name}\``, {
    ...(help !== undefined && { help }),
    ...(span && { span }),
  });
}

function noData(name: string): Diagnostic {
  const help = name === 'person' ? 'write `--people people.csv`' : `write \`--data ${name}=${name}.csv\``;
  return fault('M2057', `there is no data for \`${name}\``, {
    help: `${help}, or name the file in \`${CONFIG_FILE}\``,
  });
}
