// The door for Node: the engine's API, both backends, reports, and projects on disk.

import { readFile as readBytes } from 'node:fs/promises';
import type { Backend } from './backend/backend.ts';
import { keepData } from './backend/kept.ts';
import { createMemoryBackend } from './backend/memory.ts';
import type { Checked } from './base/diagnostic.ts';
import type { Limits } from './base/limits.ts';
import type { Source } from './base/source.ts';
import { run as runAnywhere } from './engine.ts';
import { runPeriods } from './evaluate/periods.ts';
import type { RunRequest } from './gather.ts';
import type { CliffReport, CostReport } from './model/cost.ts';
import type { SourceSpec } from './model/dataset.ts';
import type { Decided } from './model/decision.ts';
import type { Model } from './model/policy.ts';
import type { ProofReport } from './model/proof-report.ts';
import type { Result } from './model/result.ts';
import type { TestReport } from './model/test-report.ts';
import { databaseOf, openDatabase, type SentStatement } from './node-database.ts';
import { duckDbMemory } from './node-limits.ts';
import { type CliffOptions, cliffsOf as cliffsAnywhere } from './prove/cliffs.ts';
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
import type { PayrollTable } from './report/payroll.ts';
import type { PayrollWorkbook } from './report/payroll-xlsx.ts';
import type { ScenarioText } from './syntax/parse-scenarios.ts';

export { lint, lintWithResult } from './analyse/lint.ts';
export { EXPRESSION } from './ask/compile-expression.ts';
export { type ExpressionValue, evaluateExpression } from './ask/evaluate-expression.ts';
export { type ExplainRequest, explain } from './ask/explain.ts';
export { type FeedbackRequest, feedback } from './ask/feedback.ts';
export { explainEvent, type MovedRequest } from './ask/moved.ts';
export { expressionNames } from './ask/names.ts';
export { openQuestions, type Questions, type RoleValue, type Whose } from './ask/questions.ts';
export { type SeekRequest, seek } from './ask/seek.ts';
export { type StandingRequest, standingOf } from './ask/standing.ts';
export { roleValuesJson, valueJson, valueText } from './ask/value-text.ts';
export type { Backend } from './backend/backend.ts';
export { type Day, parseDay } from './base/date.ts';
export { toDecimal } from './base/decimal.ts';
export type { Checked, Diagnostic } from './base/diagnostic.ts';
export { hasErrors, InternalError, RunError, StopError } from './base/diagnostic.ts';
export type { Limits, Progress } from './base/limits.ts';
export type { Source } from './base/source.ts';
export { type BacktestRequest, backtest } from './compare/backtest.ts';
export { type DiffData, diffPolicies, diffResults, diffRuns } from './compare/diff.ts';
export type { DrawsRequest } from './compare/draws.ts';
export type { FitRequest } from './compare/fit.ts';
export type { Scenario } from './compare/scenario.ts';
export { type SimulateRequest, simulate } from './compare/simulate.ts';
export { compile, VERSION } from './engine.ts';
export { type RunRequest, readRun } from './gather.ts';
export { optionalSources } from './input/absence-fields.ts';
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
export type { KpiStanding, Standing } from './model/standing.ts';
export type { TestReport } from './model/test-report.ts';
export { bindData, type DataOptions, dataNames, namesAmong } from './node-data.ts';
export type { SentStatement } from './node-database.ts';
export { knowsRevision } from './node-git.ts';
export { createLimits, type Limited, type LimitOptions } from './node-limits.ts';
export { type Mutated, type MutationOptions, mutatePolicies } from './node-mutate.ts';
export { CONFIG_FILE, LEDGER_FILE, loadProject, loadRevision, type Project } from './node-project.ts';
export { openingFor } from './openings.ts';
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
export { type DiffTextOptions, diffText, movedFiguresText } from './report/diff-text.ts';
export { type ExplainHtmlOptions, explanationHtml, movedHtml } from './report/explain-html.ts';
export { type ExplainTextOptions, explanationText } from './report/explain-text.ts';
export { feedbackText } from './report/feedback-text.ts';
export { jsonText, resultJson } from './report/json.ts';
export { movedText } from './report/moved-text.ts';
export { mutationJson, mutationText } from './report/mutation-text.ts';
export {
  PAYROLL_COLUMNS,
  type PayrollColumn,
  type PayrollField,
  type PayrollOptions,
  type PayrollTable,
  payrollTable,
} from './report/payroll.ts';
export { type CsvStyle, payrollCsv } from './report/payroll-csv.ts';
export { type Proven, provenJson } from './report/prove-json.ts';
export { cliffText, costText, proofText } from './report/prove-text.ts';
export { type Final, withFinals } from './report/result-parts.ts';
export { type SeekTextOptions, seekText } from './report/seek-text.ts';
export { simulationCsv } from './report/simulation-csv.ts';
export { type SimulationTextOptions, simulationText } from './report/simulation-text.ts';
export { sqlText } from './report/sql-text.ts';
export { standingMarkdown } from './report/standing-markdown.ts';
export { standingLine, standingText } from './report/standing-text.ts';
export { statementText } from './report/statement.ts';
export { resultLine, resultText } from './report/table.ts';
export { visible, visibleLines } from './report/terminal-text.ts';
export { testReportsJson } from './report/test-json.ts';
export { testJUnit } from './report/test-junit.ts';
export { countedTests, testReportText } from './report/test-text.ts';
export type { RunData } from './run-data.ts';
export { needForms, needYaml } from './syntax/forms.ts';
export { convertPolicy, type Form, formatPolicy, formOf } from './syntax/print.ts';
export { compileAmong, compileFor, compileVersions } from './versions.ts';
export type { Heard };
export { createMemoryBackend };

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
export async function cliffsOf(
  model: Model,
  options: Omit<CliffOptions, 'openBackend'> = {},
): Promise<CliffReport> {
  return cliffsAnywhere(model, { ...options, openBackend: memoryBackend });
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

/**
 * Opens backends of that name for many runs over the same sources, as `openBackend` does. In memory they share what they
 * have read: a policy that changes asks the data only what its change touches.
 */
export function sharedBackends(
  name: 'duckdb' | 'memory',
  options: Parameters<typeof openBackend>[2] = {},
): (sources: readonly SourceSpec[]) => Promise<Backend> {
  if (name !== 'memory') return (sources) => openBackend(name, sources, options);
  const kept = keepData({ readFile, once: true, limits: options });
  return async () => kept.openBackend();
}

/** Reads a file of scenarios; what is wrong is left out, and said. */
export async function parseScenarios(source: Source): Promise<Checked<readonly ScenarioText[]>> {
  const { parseScenarios: parse } = await import('./syntax/parse-scenarios.ts');
  return parse(source);
}

/** The ids of the policy's periods in what is asked for; none where that can't be read. */
export function periodsIn(model: Model, period: string): readonly string[] {
  return runPeriods(model, period).value.map((each) => each.id);
}

/** Payroll rows as a workbook; what writes it is loaded only here. */
export async function payrollXlsx(table: PayrollTable): Promise<PayrollWorkbook> {
  const { payrollXlsx: write } = await import('./report/payroll-xlsx.ts');
  return write(table);
}

/** The bytes of a file. */
export async function readFile(path: string): Promise<Uint8Array> {
  return readBytes(path);
}

/**
 * The backend of that name, allowed to read the files of `sources` and nothing else; where they are tables of a database,
 * the backend that works there. Drivers are loaded only here. DuckDB keeps to the memory that limits leave it; whatever
 * else they say, a run takes from its request. Errors (`RunError`): there is no such database, or it refuses.
 */
export async function openBackend(
  name: 'duckdb' | 'memory',
  sources: readonly SourceSpec[],
  options: Limits & { readonly heard?: (statement: SentStatement) => void } = {},
): Promise<Backend> {
  if (name === 'memory') return createMemoryBackend({ readFile, limits: options });
  const { memory, heard } = options;
  const database = databaseOf(sources);
  if (database?.kind === 'postgres') return openDatabase(database, { readFile, heard });
  const { createDuckDbBackend } = await import('./backend/duckdb.ts');
  const paths = sources.flatMap(({ content }) => (content.kind === 'file' ? [content.path] : []));
  return createDuckDbBackend({
    ...{ readFile, paths, heard, database: database?.path },
    ...(memory !== undefined && { memoryLimit: duckDbMemory(memory) }),
  });
}
