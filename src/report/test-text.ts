// What came of tests, for people: each test in a line, and below one that failed every condition that doesn't hold, with
// the values under its parts and how the bonuses in it came about.

import { exactText, parseExact, subtract } from '../base/exact.ts';
import type { Source } from '../base/source.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { FailedBonus, TestFailure, TestReport, TestResult } from '../model/test-report.ts';
import { linesText } from './amounts.ts';
import { diagnosticBlock } from './diagnostic-text.ts';
import { figureText, MISSING } from './format.ts';
import { titleOf } from './later-text.ts';
import { payLineText } from './pay-text.ts';
import { displayWidth, visible } from './terminal-text.ts';

export interface TestTextOptions {
  /** Whether ANSI colours are written; only for a terminal that takes them. */
  readonly colour?: boolean;
  readonly width?: number;
}

const INDENT = '    ';
const WIDTH = 100;

/** The report of one policy; `sources` are its files, in which faults have their places. */
export function testReportText(
  report: TestReport,
  sources: readonly Source[],
  options: TestTextOptions = {},
): string {
  const head = `${visible(report.policy)}: ${countedTests(report)}`;
  return `${[...report.tests.map((each) => testText(each, sources, options)), head].join('\n')}\n`;
}

/** `12 tests, all passed`, `12 tests, 2 failed`, `no tests`. */
export function countedTests({ tests, failed }: Pick<TestReport, 'tests' | 'failed'>): string {
  const count = tests.length;
  if (count === 0) return 'no tests';
  const all = `${count} test${count === 1 ? '' : 's'}`;
  if (failed > 0) return `${all}, ${failed} failed`;
  return count === 1 ? `${all}, passed` : `${all}, all passed`;
}

/** One test: its line, and all that is wrong. */
function testText(test: TestResult, sources: readonly Source[], options: TestTextOptions): string {
  const state = test.passed ? paint('passed', 32, options) : paint('failed', 31, options);
  const line = `${state}  ${visible(test.name)}`;
  return test.passed ? line : [line, '', failuresText(test, sources, options)].join('\n');
}

/** All that is wrong in a test that failed. */
export function failuresText(
  test: TestResult,
  sources: readonly Source[],
  { colour = false, width = WIDTH }: TestTextOptions = {},
): string {
  const faults = test.faults.map((each) => diagnosticBlock(each, sources, { colour, width }));
  const failures = test.failures.map((each) => `${linesOfFailure(each, width).join('\n')}\n`);
  const unused = test.unused.map(({ source, reason, rows }) => {
    const count =
      rows === 1 ? `a row of \`${visible(source)}\` counts` : `${rows} rows of \`${visible(source)}\` count`;
    return `${INDENT}${count} for nobody: ${reason}\n`;
  });
  return [...failures, ...faults, ...unused].join('\n');
}

function paint(text: string, code: number, { colour = false }: TestTextOptions): string {
  return colour ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** Where it stands, the condition with its values, what was expected, and how its amounts came about. */
function linesOfFailure(failure: TestFailure, width: number): readonly string[] {
  const { person, period, role, at, bonuses, pay = [] } = failure;
  const whose = `${visible(person)} in ${visible(period)}${role === undefined ? '' : ` as ${visible(role)}`}`;
  const after = [
    ...expectedLine(failure).map((line) => `${INDENT}${line}`),
    ...bonuses.flatMap((each) => bonusLines(each, failure, width)),
    ...payLines(pay),
  ];
  return [
    `${INDENT}${whose} (${visible(at.file)}:${at.line}:${at.column})`,
    '',
    ...conditionLines(failure).map((line) => `${INDENT}${INDENT}${line}`),
    ...(after.length > 0 ? ['', ...after] : []),
  ];
}

function payLines(pay: NonNullable<TestFailure['pay']>): readonly string[] {
  return pay.map((part) => {
    const [payable, earned] = [figureText(part.payable), figureText(part.earned)];
    const isMoved = part.kind === 'bonus' && payable !== earned;
    return `${INDENT}${titleOf(part)}: ${payable}${isMoved ? `, of ${earned} earned` : ''}`;
  });
}

function bonusLines(
  { bonus, lines }: FailedBonus,
  { period, currency }: TestFailure,
  width: number,
): readonly string[] {
  if (lines.length === 0)
    return [
      `${INDENT}nothing is earned of \`${visible(bonus)}\` in ${visible(period)}: its own time doesn't end in it`,
    ];
  return lines.flatMap(({ line }) => {
    const text = linesText(payLineText(line, { period, currency, width }), width);
    return text.split('\n');
  });
}

// ---- the condition -------------------------------------------------------------------------------------------------

/** The condition, and below it the value of each part, the last one first, so that none hides another. */
function conditionLines({ condition, parts }: TestFailure): readonly string[] {
  const marks = [...new Map(parts.map((each) => [each.mark, each])).values()]
    .map(({ mark, value }) => ({ column: displayWidth(visible(condition.slice(0, mark))), value }))
    .toSorted((a, b) => a.column - b.column);
  const bars = (columns: readonly number[], last = ''): string => {
    let line = '';
    for (const column of columns) line += `${' '.repeat(Math.max(0, column - displayWidth(line)))}|`;
    return last === '' ? line : line.slice(0, -1) + last;
  };
  const columns = marks.map(({ column }) => column);
  return [
    visible(condition),
    ...(columns.length > 0 ? [bars(columns)] : []),
    ...marks.map(({ value }, at) => bars(columns.slice(0, at + 1), valueShown(value))).toReversed(),
  ];
}

/** What was expected and found, and by how much they differ; with all digits where they would read alike. */
export function expectedLine({ expected, found, value }: TestFailure): readonly string[] {
  if (!expected || !found) return value === null ? ["it is missing, and so doesn't hold"] : [];
  const [wanted, got] = [valueShown(expected), valueShown(found)];
  if (wanted === got && found !== 'top') return [`expected ${expected.value}, found ${found.value}`];
  const off = difference(expected, found);
  return [`expected ${wanted}, found ${got}${off === undefined ? '' : `: ${off}`}`];
}

/** `1,000.00 RUB less`. */
function difference(expected: FigureValue, found: FigureValue | 'top'): string | undefined {
  if (found === 'top' || !['money', 'number', 'percent', 'duration'].includes(found.type.kind))
    return undefined;
  const [wanted, got] = [parseExact(expected.value ?? ''), parseExact(found.value ?? '')];
  if (!wanted || !got) return undefined;
  const off = exactText(subtract(got, wanted));
  const text = figureText({ value: off.replace(/^-/, ''), type: found.type });
  return `${text} ${off.startsWith('-') ? 'less' : 'more'}`;
}

function valueShown(value: FigureValue | 'top'): string {
  const text = figureText(value);
  return text === MISSING ? 'missing' : text;
}
