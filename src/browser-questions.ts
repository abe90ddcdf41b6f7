// What browsers and workers ask about policies and results, in the memory backend: lints, explanations, searches, proofs,
// comparisons, and the texts of all that. It is as large as the engine, and a page may load it when first asked.

import type { Backend } from './backend/backend.ts';
import type { Checked } from './base/diagnostic.ts';
import { openBackend } from './browser-engine.ts';
import { holdSeldomPaid } from './evaluate/needed.ts';
import * as seldomPaid from './evaluate/seldom.ts';
import type { CliffReport, CostReport } from './model/cost.ts';
import type { Model } from './model/policy.ts';
import type { ProofReport } from './model/proof-report.ts';
import { cliffsOf as cliffsAnywhere } from './prove/cliffs.ts';
import { type CostOptions, costOf as costAnywhere } from './prove/cost.ts';
import { type ProveOptions, proveInvariants as proveAnywhere } from './prove/invariants.ts';
import { judgeHere, type Mutated, type MutationOptions, mutatedBy } from './prove/mutate.ts';
import { type Recorded, type RecordRequest, recordTests as recordAnywhere } from './prove/record-tests.ts';

export { lint, lintWithResult } from './analyse/lint.ts';
export { type DrawnTable, drawnTables } from './ask/drawn-tables.ts';
export { type ExpressionValue, evaluateExpression } from './ask/evaluate-expression.ts';
export { type ExplainRequest, explain } from './ask/explain.ts';
export { type FeedbackRequest, feedback } from './ask/feedback.ts';
export { explainEvent, type MovedRequest } from './ask/moved.ts';
export { openQuestions, type Questions } from './ask/questions.ts';
export { type ResponseRequest, respond } from './ask/response.ts';
export { type SeekRequest, seek } from './ask/seek.ts';
export { valueText } from './ask/value-text.ts';
export { type BacktestRequest, backtest } from './compare/backtest.ts';
export { type DiffData, diffPolicies, diffRuns } from './compare/diff.ts';
export { type SimulateRequest, simulate } from './compare/simulate.ts';
export type { Backtest } from './model/backtest.ts';
export type { CliffReport, CostReport } from './model/cost.ts';
export type { CoverageLine, CoverageReport } from './model/coverage.ts';
export type {
  Crossing,
  Delta,
  DiffFigures,
  PersonDelta,
  PolicyChange,
  PolicyDiff,
  RoleDelta,
} from './model/diff.ts';
export type { EventExplanation } from './model/event-explanation.ts';
export type { Explanation } from './model/explanation.ts';
export type { Feedback } from './model/feedback.ts';
export type { MutationReport } from './model/mutation.ts';
export type { ProofReport } from './model/proof-report.ts';
export type { AmountPlace, AmountResponse } from './model/response.ts';
export type { SeekAnswer } from './model/seek.ts';
export type { Simulation } from './model/simulation.ts';
export type { TestFailure, TestResult } from './model/test-report.ts';
export { coverageOf, createHeard, type Heard } from './prove/coverage.ts';
export { type Given, givenByPolicy, givenRanges } from './prove/given.ts';
export { backtestCsv } from './report/backtest-csv.ts';
export { backtestText } from './report/backtest-text.ts';
export { coverageJson, coverageText } from './report/coverage-text.ts';
export { resultCsv } from './report/csv.ts';
export { diagnosticsText } from './report/diagnostic-text.ts';
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
export { simulationText } from './report/simulation-text.ts';
export { statementText } from './report/statement.ts';
export { resultText } from './report/table.ts';
export { testReportsJson } from './report/test-json.ts';
export { testJUnit } from './report/test-junit.ts';
export { testReportText } from './report/test-text.ts';
export type { Mutated, MutationOptions, Recorded };

// whatever a policy pays by is asked about
holdSeldomPaid(seldomPaid);

/** Proves, refutes or tries the invariants of a policy; see `ProveOptions`. */
export async function proveInvariants(
  model: Model,
  options: Omit<ProveOptions, 'openBackend'> = {},
): Promise<ProofReport> {
  return proveAnywhere(model, { ...options, openBackend });
}

/** The most that each role of a policy can pay; see `CostOptions`. */
export async function costOf(
  model: Model,
  options: Omit<CostOptions, 'openBackend'> = {},
): Promise<CostReport> {
  return costAnywhere(model, { ...options, openBackend });
}

/** Where one more unit of a KPI pays less, or makes pay jump. */
export async function cliffsOf(model: Model): Promise<CliffReport> {
  return cliffsAnywhere(model, { openBackend });
}

/** Runs a policy over data, and writes a test of each statement; see `RecordRequest`. */
export async function recordTests(
  request: Omit<RecordRequest, 'openBackend'>,
  backend: Backend,
): Promise<Checked<Recorded | undefined>> {
  return recordAnywhere({ ...request, openBackend }, backend);
}

/** Tries all changes of every version of a policy against its tests, one after the other; see `MutationOptions`. */
export async function mutatePolicies(
  models: readonly Model[],
  options: MutationOptions = {},
): Promise<Mutated> {
  return mutatedBy(models, { ...options, openBackend }, judgeHere);
}
