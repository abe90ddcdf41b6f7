// A policy's tests: each is a small run of its own, of its own rows, through the pipeline that every run takes.

import type { Backend } from '../backend/backend.ts';
import { type Diagnostic, hasErrors, RunError } from '../base/diagnostic.ts';
import { fiscalYears } from '../base/fiscal.ts';
import type { Limits } from '../base/limits.ts';
import { type Period, parsePeriod } from '../base/period.ts';
import { runOver } from '../engine.ts';
import type { Run } from '../evaluate/cell.ts';
import { needSeldomPaid } from '../evaluate/needed.ts';
import { runPeriods } from '../evaluate/periods.ts';
import { type Gathered, gather } from '../gather.ts';
import type { Decision } from '../model/decision.ts';
import type { Model } from '../model/policy.ts';
import type { Expectation, TestModel } from '../model/proof.ts';
import type { TestFailure, TestReport, TestResult, UnusedRows } from '../model/test-report.ts';
import { isLeftOut } from '../query/shortfalls.ts';
import { type Verdict, verdictOn } from './expectation.ts';
import { failureOf, textPlace } from './failure.ts';
import { neededCell } from './messages.ts';
import { rowSpan, type TestData, testData } from './test-data.ts';
import { modelFor } from './test-model.ts';

/** How tests are run. */
export interface TestOptions {
  /** Gives a new backend in memory, which tells what it decides about rows to `decided`. */
  readonly openBackend: (watch: { readonly decided?: (decision: Decision) => void }) => Backend;
  /** Only tests whose name holds this text, in any case, or that a `/pattern/` fits. */
  readonly filter?: string;
  /** Exactly these of the policy's tests. */
  readonly only?: readonly TestModel[];
  /** Hears of each decision that working a test out takes. */
  readonly decided?: (test: TestModel, decision: Decision) => void;
  /** Go no further than the first test that fails, and in it than the first condition. */
  readonly stopAtFirst?: true;
  /** What it may take; see `RunRequest`. */
  readonly limits?: Limits;
}

/** Runs the tests of a policy, in their order; nothing that is wrong in one stops the others. */
export async function runTests(model: Model, options: TestOptions): Promise<TestReport> {
  const tests: TestResult[] = [];
  for (const test of testsNamed({ tests: options.only ?? model.tests }, options.filter)) {
    const result = await runTest(model, test, options);
    tests.push(result);
    if (options.stopAtFirst && !result.passed) break;
  }
  const passed = tests.filter((each) => each.passed).length;
  return { formatVersion: 1, policy: model.name, tests, passed, failed: tests.length - passed };
}

/** Runs the tests of every version of a policy, each against its own: `testsOfVersions` says which. */
export async function runTestsOfVersions(
  models: readonly Model[],
  options: TestOptions,
): Promise<readonly TestReport[]> {
  const reports: TestReport[] = [];
  for (const [at, only] of testsOfVersions(models).entries())
    reports.push(await runTests(models[at]!, { ...options, only }));
  return reports;
}

/**
 * The tests of each version. One that several have, as they import the same file, is of those that hold in all of its
 * periods (of the first, where none does).
 */
export function testsOfVersions(models: readonly Model[]): readonly (readonly TestModel[])[] {
  const key = ({ span }: TestModel): string => `${span.source} ${span.start}`;
  const holdsFor = (model: Model, { expectations }: TestModel): boolean =>
    expectations.every((each) => !hasErrors(runPeriods(model, each.period).diagnostics));
  const fits = (model: Model, test: TestModel): boolean => {
    const others = models.filter((each) => each.tests.some((one) => key(one) === key(test)));
    const holding = others.filter((each) => holdsFor(each, test));
    return holding.length > 0 ? holding.includes(model) : others[0] === model;
  };
  return models.map((model) => model.tests.filter((test) => fits(model, test)));
}

/** The tests whose name a filter fits; a text that looks like `/…/` is a pattern. Throws `SyntaxError` for a broken one. */
export function testsNamed(
  { tests }: Pick<Model, 'tests'>,
  filter: string | undefined,
): readonly TestModel[] {
  if (filter === undefined) return tests;
  const [, pattern] = /^\/(.*)\/$/s.exec(filter) ?? [];
  if (pattern === undefined)
    return tests.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
  const shape = new RegExp(pattern, 'iu');
  return tests.filter(({ name }) => shape.test(name));
}

/** What one test comes to. */
export async function runTest(model: Model, test: TestModel, options: TestOptions): Promise<TestResult> {
  return resultOfTest(await gatherTest(model, test, options), options);
}

/** A test whose rows have been read: it can be worked out over this policy, and over others that ask the same of them. */
export interface GatheredTest {
  readonly model: Model;
  readonly test: TestModel;
  readonly data: TestData;
  /** Those that can be worked out. */
  readonly expectations: readonly Expectation[];
  /** Absent where nothing can be worked out. */
  readonly gathered?: Gathered;
  readonly faults: readonly Diagnostic[];
}

/** Reads the rows of a test as a run of the policy reads its data. */
export async function gatherTest(
  model: Model,
  test: TestModel,
  options: Pick<TestOptions, 'openBackend' | 'decided' | 'limits'>,
): Promise<GatheredTest> {
  const { own, data, misdated } = preparedFor(model, test);
  const expectations = test.expectations.filter((each) => !misdated.has(each));
  const faults = data.faults.length > 0 ? data.faults : [...misdated.values()].flat();
  const found = { model, test, data, expectations, faults };
  if (data.faults.length > 0 || expectations.length === 0) return found;
  const placed = (each: Diagnostic): Diagnostic => inTest(each, test, data);
  const backend = options.openBackend(watchOf(test, options));
  try {
    const period = spanOf(model, expectations);
    const { limits } = options;
    const request = { model: own, sources: data.sources, period, ...(limits && { limits }) };
    await needSeldomPaid({ model: own });
    const { value, diagnostics } = await gather(request, backend);
    return value
      ? { ...found, gathered: value }
      : { ...found, faults: [...faults, ...diagnostics.filter(isError).map(placed)] };
  } catch (fault) {
    if (!(fault instanceof RunError)) throw fault;
    return { ...found, faults: [...faults, ...fault.diagnostics.map(placed)] };
  } finally {
    await backend.close();
  }
}

/**
 * The same test over a changed policy that asks the same of the data: it has the same events, tables, credit, measures
 * and figures, and looks back over the same periods.
 */
export function overPolicy(found: GatheredTest, model: Model): GatheredTest {
  const { gathered, test } = found;
  return {
    ...found,
    model,
    ...(gathered ? { gathered: { ...gathered, model: modelFor(model, test) } } : {}),
  };
}

/** What a test comes to whose rows have been read. */
export function resultOfTest(
  found: GatheredTest,
  options: Pick<TestOptions, 'decided' | 'stopAtFirst'>,
): TestResult {
  const { model, test, gathered, expectations, data } = found;
  const watch = watchOf(test, options);
  const run = gathered && runOver(gathered, watch.decided ? { watch } : {});
  const looked = run
    ? conditionsIn(run, expectations, { data, stopAtFirst: options.stopAtFirst })
    : { conditions: 0, failures: [], faults: [] };
  const faults = [...found.faults, ...looked.faults];
  const passed = looked.failures.length === 0 && !hasErrors(faults);
  return {
    name: test.name,
    at: textPlace(new Map(model.sources.map((each) => [each.name, each])), test.span),
    passed,
    conditions: looked.conditions,
    failures: looked.failures,
    faults,
    unused: passed || !gathered ? [] : unusedRows(gathered),
  };
}

function watchOf(
  test: TestModel,
  { decided }: Pick<TestOptions, 'decided'>,
): { readonly decided?: (decision: Decision) => void } {
  return decided ? { decided: (decision) => decided(test, decision) } : {};
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

interface Looked {
  readonly conditions: number;
  readonly failures: readonly TestFailure[];
  readonly faults: readonly Diagnostic[];
}

function conditionsIn(
  run: Run,
  expectations: readonly Expectation[],
  { data, stopAtFirst }: { readonly data: TestData; readonly stopAtFirst: true | undefined },
): Looked {
  const failures: TestFailure[] = [];
  const faults: Diagnostic[] = [];
  let conditions = 0;
  for (const expectation of expectations) {
    for (const condition of expectation.conditions) {
      conditions++;
      try {
        const verdict: Verdict = verdictOn(run, expectation, condition);
        if (verdict.value !== true) failures.push(failureOf(run, expectation, verdict));
      } catch (fault) {
        if (!(fault instanceof RunError)) throw fault;
        const isCell = isLeftOut(fault);
        faults.push(
          ...fault.diagnostics.map((each) =>
            isCell
              ? neededCell(each, condition.span, rowSpan(data, each.data?.file ?? '', each.data?.row))
              : { span: condition.span, ...each },
          ),
        );
      }
      if (stopAtFirst && failures.length + faults.length > 0) return { conditions, failures, faults };
    }
  }
  return { conditions, failures, faults };
}

// ---- what a test is run over ---------------------------------------------------------------------------------------

interface Prepared {
  readonly own: Model;
  readonly data: TestData;
  /** Expectations in periods in which the policy doesn't hold. */
  readonly misdated: ReadonlyMap<Expectation, readonly Diagnostic[]>;
}

interface Made extends Prepared {
  readonly shape: readonly unknown[];
}

// a changed policy has the same tests, over the same fields, as what it was made from
const made = new WeakMap<TestModel, Made>();

function preparedFor(model: Model, test: TestModel): Prepared {
  const shape = [model.events, model.tables, model.attributes, model.rates, model.curves, model.grids];
  const found = made.get(test);
  const own = modelFor(model, test);
  if (found?.shape.every((each, at) => each === shape[at])) return { ...found, own };
  const misdated = new Map<Expectation, readonly Diagnostic[]>();
  for (const each of test.expectations) {
    const { diagnostics } = runPeriods(model, each.period);
    if (hasErrors(diagnostics))
      misdated.set(
        each,
        diagnostics.map((one) => ({ ...one, span: each.periodSpan })),
      );
  }
  const prepared = { own, data: testData(own, test), misdated, shape };
  made.set(test, prepared);
  return prepared;
}

/** From the first of the periods to the last, as a run is asked for it. */
function spanOf(model: Model, expectations: readonly Expectation[]): string {
  const periods = expectations.map((each) => parsePeriod(each.period, fiscalYears(model))!);
  const first = periods.reduce((a, b): Period => (b.from < a.from ? b : a));
  const last = periods.reduce((a, b): Period => (b.until > a.until ? b : a));
  return `${first.id}..${last.id}`;
}

/** What the data of a test is reproached with, at its row. */
function inTest(diagnostic: Diagnostic, test: TestModel, data: TestData): Diagnostic {
  const { data: place, ...rest } = diagnostic;
  const { span: needing } = rest;
  // what credit needs of a row
  if (needing && isLeftOut(new RunError([diagnostic])))
    return neededCell(diagnostic, needing, rowSpan(data, place?.file ?? '', place?.row));
  if (needing) return rest;
  const span = rowSpan(data, place?.file ?? '', place?.row);
  const cell = span && cellSpan(data, place);
  return { ...rest, span: cell ?? span ?? test.span };
}

function cellSpan({ lines }: TestData, place: Diagnostic['data']): Diagnostic['span'] {
  const line = lines.get(place?.file ?? '')?.[(place?.row ?? 0) - 2];
  return line?.cells.find((each) => each.field === place?.column)?.span;
}

/** Rows that count for nobody; those outside of the periods may be there to be outside. */
function unusedRows({ control }: Gathered): readonly UnusedRows[] {
  return control.flatMap(({ source, filtered }) =>
    filtered.flatMap(({ reason, totals }) =>
      reason === 'outside the periods' ? [] : [{ source, reason, rows: totals.rows }],
    ),
  );
}
