// What came of tests as JSON, for programs. `test-schema.ts` says which keys there are.

import type { Source } from '../base/source.ts';
import type { TestFailure, TestReport, TestResult } from '../model/test-report.ts';
import { diagnosticRecord, spanRecord } from './diagnostic-text.ts';
import { jsonText } from './json.ts';

/** The reports of all policies as one document: how many tests passed and failed, then each policy with its tests. */
export function testReportsJson(reports: readonly TestReport[], sources: readonly Source[]): string {
  const sum = (of: (report: TestReport) => number): number =>
    reports.reduce((all, each) => all + of(each), 0);
  return jsonText({
    formatVersion: 1,
    passed: sum((each) => each.passed),
    failed: sum((each) => each.failed),
    policies: reports.map(({ formatVersion: _, tests, ...report }) => ({
      ...report,
      tests: tests.map((each) => testRecord(each, sources)),
    })),
  });
}

function testRecord({ at, failures, faults, ...test }: TestResult, sources: readonly Source[]): object {
  return {
    ...test,
    place: spanRecord(at.span, sources),
    failures: failures.map((each) => failureRecord(each, sources)),
    faults: faults.map((each) => diagnosticRecord(each, sources)),
  };
}

function failureRecord({ at, ...failure }: TestFailure, sources: readonly Source[]): object {
  return { ...failure, place: spanRecord(at.span, sources) };
}
