// Coverage of decisions, for people: what wasn't taken, line by line of the policy, then what can't happen, and the sum
// last, where a terminal ends.

import { lineStartsOf, type Source } from '../base/source.ts';
import type { CoverageLine, CoverageReport, ImpossibleLine } from '../model/coverage.ts';
import { spanRecord } from './diagnostic-text.ts';
import { jsonText } from './json.ts';
import { clip, visible } from './terminal-text.ts';

const WIDTH = 100;

/** The report; `sources` are the policy's files, whose lines are shown. */
export function coverageText(
  report: CoverageReport,
  sources: readonly Source[],
  { width = WIDTH }: { readonly width?: number } = {},
): string {
  const { uncovered, impossible } = report;
  const shown = { sources, width };
  return [
    ...(uncovered.length > 0 ? ['not covered', '', ...byLine(uncovered, shown), ''] : []),
    ...(impossible.length > 0
      ? ["can't happen, or changes nothing, and isn't counted", '', ...byLine(impossible, shown), '']
      : []),
    `${coverageSum(report)}\n`,
  ].join('\n');
}

/** `coverage 73%: 63 of 86 decisions`. */
export function coverageSum({ percent, covered, total }: CoverageReport): string {
  return `coverage ${percent}%: ${covered} of ${total} decision${total === 1 ? '' : 's'}`;
}

/** The same as JSON, for programs; `coverage-schema.ts` says which keys there are. */
export function coverageJson(report: CoverageReport, sources: readonly Source[]): string {
  const placed = <T extends CoverageLine>({ at, ...line }: T) => ({
    ...line,
    place: spanRecord(at.span, sources),
  });
  const { uncovered, taken, impossible } = report;
  return jsonText({
    ...report,
    uncovered: uncovered.map(placed),
    taken: taken.map(placed),
    impossible: impossible.map(placed),
  });
}

interface Shown {
  readonly sources: readonly Source[];
  readonly width: number;
}

/** Each line of the policy once, with what is said of it below; ways of one decision stand together. */
function byLine(lines: readonly (CoverageLine | ImpossibleLine)[], shown: Shown): readonly string[] {
  const found = new Map<string, Said[]>();
  for (const line of lines) {
    const { file, line: at } = line.at;
    const head = clip(`${visible(file)}:${at}  ${lineOf(line, shown)}`, shown.width);
    const said = found.get(head) ?? [];
    found.set(head, said);
    const words = said.at(-1);
    const [subject, way] = parted(line.name);
    const why = 'why' in line ? line.why : undefined;
    if (words?.subject === subject && words.why === why) words.ways.push(way);
    else said.push({ subject, ways: [way], why });
  }
  return [...found].flatMap(([head, said]) => [head, ...said.map(saidText)]);
}

interface Said {
  readonly subject: string;
  readonly ways: string[];
  readonly why: string | undefined;
}

/** A name's decision, and the way that it goes. */
function parted(name: string): readonly [string, string] {
  const at = name.lastIndexOf(': ');
  return [name.slice(0, at), name.slice(at + 2)];
}

function saidText({ subject, ways, why }: Said): string {
  return `    ${visible(`${subject}: ${ways.join('; ')}`)}${why === undefined ? '' : ` (${visible(why)})`}`;
}

/** A line of the policy as it is written. */
function lineOf({ at }: CoverageLine, { sources }: Shown): string {
  const source = sources.find((each) => each.name === at.file);
  if (!source) return '';
  const starts = lineStartsOf(source);
  const text = source.text.slice(starts[at.line - 1], starts[at.line] ?? source.text.length);
  return visible(text.replace(/\s+/g, ' ').trim());
}
