// What tests take of each line of the policy: of its decisions all ways, some, or none.

import type { CoverageLine, CoverageReport } from '../../../src/browser-questions.ts';
import type { Span } from '../share/span.ts';

/** The decisions of one line. */
export interface LineCoverage {
  readonly file: string;
  readonly line: number;
  /** The place of its first decision. */
  readonly span: Span;
  readonly kind: 'taken' | 'partly' | 'not-taken';
  readonly taken: number;
  readonly total: number;
  /** In words, the ways that no test takes. */
  readonly missed: readonly string[];
}

/** The lines that decide something, in the order of files and their text. */
export function coverageLines({
  taken,
  uncovered,
}: Pick<CoverageReport, 'taken' | 'uncovered'>): readonly LineCoverage[] {
  const lines = new Map<string, { at: CoverageLine['at']; taken: number; missed: string[] }>();
  const lineOf = ({ at }: CoverageLine) => {
    const key = `${at.line} ${at.file}`;
    const known = lines.get(key) ?? { at, taken: 0, missed: [] };
    if (at.span.start < known.at.span.start) known.at = at;
    lines.set(key, known);
    return known;
  };
  for (const each of taken) lineOf(each).taken++;
  for (const each of uncovered) lineOf(each).missed.push(each.name);
  return [...lines.values()]
    .map(
      ({ at, taken: count, missed }): LineCoverage => ({
        file: at.file,
        line: at.line,
        span: at.span,
        kind: missed.length === 0 ? 'taken' : count === 0 ? 'not-taken' : 'partly',
        taken: count,
        total: count + missed.length,
        missed,
      }),
    )
    .toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}
