// How `merit test` tells which decisions of a policy were taken: below the tests, or in a file, against a threshold.

import type { CoverageReport } from '../node.ts';
import { note, printResult, textWidth } from './output.ts';
import { UsageError } from './usage.ts';

export interface CoverageOptions {
  readonly format: string;
  readonly output?: string;
  readonly coverage?: true;
  readonly coverageThreshold?: number;
  readonly coverageOutput?: string;
}

export function asksCoverage(options: CoverageOptions): boolean {
  const { coverage, coverageThreshold, coverageOutput } = options;
  return coverage === true || coverageThreshold !== undefined || coverageOutput !== undefined;
}

/** A percent of the command line. */
export function percentOf(text: string): number {
  const percent = Number(text.replace(/%$/, ''));
  if (!/^\d{1,3}%?$/.test(text) || percent > 100)
    throw new UsageError(`\`${text}\` isn't a whole percent`, 'write a number from 0 to 100');
  return percent;
}

type Sources = Parameters<typeof import('../node.ts').coverageText>[1];

/** Writes the report, and gives whether enough is covered. */
export async function tellCoverage(
  report: CoverageReport,
  sources: Sources,
  { format, output, coverageThreshold = 0, coverageOutput }: CoverageOptions,
): Promise<boolean> {
  const { coverageJson, coverageSum, coverageText } = await import('../node.ts');
  const isForPeople = format === 'text' && output === undefined;
  if (coverageOutput !== undefined) {
    const isJson = /\.json$/i.test(coverageOutput);
    await printResult(isJson ? coverageJson(report, sources) : coverageText(report, sources), coverageOutput);
    note(coverageSum(report));
  } else if (isForPeople)
    await printResult(`\n${coverageText(report, sources, { width: textWidth(process.stdout) })}`, undefined);
  else note(coverageSum(report));
  if (report.percent >= coverageThreshold) return true;
  note(`coverage is below the threshold of ${coverageThreshold}%`);
  return false;
}
