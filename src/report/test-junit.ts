// What came of tests as JUnit's XML, which build servers show: a suite for each policy, a case for each test.

import type { Source } from '../base/source.ts';
import type { TestReport, TestResult } from '../model/test-report.ts';
import { failuresText } from './test-text.ts';

/** The reports as one document; `sources` are the policies' files. */
export function testJUnit(reports: readonly TestReport[], sources: readonly Source[]): string {
  const count = (of: (report: TestReport) => number): number =>
    reports.reduce((sum, each) => sum + of(each), 0);
  const tests = count((each) => each.tests.length);
  const failures = count((each) => each.tests.filter(isFailure).length);
  const errors = count((each) => each.tests.filter(isFault).length);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="merit" tests="${tests}" failures="${failures}" errors="${errors}">`,
    ...reports.flatMap((report) => suite(report, sources)),
    '</testsuites>',
    '',
  ].join('\n');
}

/** Conditions that don't hold are failures; what couldn't be worked out is an error. */
function isFault({ passed, faults }: TestResult): boolean {
  return !passed && faults.length > 0;
}

function isFailure(test: TestResult): boolean {
  return !test.passed && !isFault(test);
}

function suite(report: TestReport, sources: readonly Source[]): readonly string[] {
  const { policy, tests } = report;
  const failures = tests.filter(isFailure).length;
  const errors = tests.filter(isFault).length;
  return [
    `  <testsuite name="${escaped(policy)}" tests="${tests.length}" failures="${failures}" errors="${errors}" skipped="0">`,
    ...tests.flatMap((each) => testCase(policy, each, sources)),
    '  </testsuite>',
  ];
}

function testCase(policy: string, test: TestResult, sources: readonly Source[]): readonly string[] {
  const { name, at, passed } = test;
  const place = `file="${escaped(at.file)}" line="${at.line}"`;
  const head = `    <testcase classname="${escaped(policy)}" name="${escaped(name)}" ${place}`;
  if (passed) return [`${head}/>`];
  const what = isFault(test) ? 'error' : 'failure';
  return [
    `${head}>`,
    `      <${what} message="${escaped(messageOf(test))}" type="${what}">${escaped(failuresText(test, sources))}</${what}>`,
    '    </testcase>',
  ];
}

/** The first thing that is wrong, and how many more there are. */
function messageOf({ failures, faults }: TestResult): string {
  const all = [
    ...faults.map((each) => `${each.code}: ${each.message}`),
    ...failures.map((each) => `${each.person} in ${each.period}: ${each.condition}`),
  ];
  return all.length > 1 ? `${all[0]} (and ${all.length - 1} more)` : (all[0] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text that XML holds; characters that it can't hold become the replacement character. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
