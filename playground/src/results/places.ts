// Places in the policy as spans that the editor marks: an explanation names a line and a column.

import type { PolicyPlace, Span } from '../../../src/browser-figures.ts';

interface PolicyText {
  readonly name: string;
  readonly text: string;
}

/** From the place to the end of its row of text; nothing where there is no such file or row. */
export function spanOfPlace(
  policy: readonly PolicyText[],
  { file, line, column }: PolicyPlace,
): Span | undefined {
  const source = policy.find((each) => each.name === file);
  if (!source) return undefined;
  const starts = lineStarts(source.text);
  const from = starts[line - 1];
  if (from === undefined) return undefined;
  const row = source.text.slice(from, starts[line] ?? source.text.length).trimEnd();
  // columns are counted in characters
  const start = from + [...row].slice(0, column - 1).join('').length;
  return { source: file, start: Math.min(start, from + row.length), end: from + row.length };
}

/** The spans of places, each row of text once. */
export function spansOf(
  policy: readonly PolicyText[],
  places: readonly (PolicyPlace | undefined)[],
): readonly Span[] {
  const spans = new Map<string, Span>();
  for (const place of places) {
    const span = place && spanOfPlace(policy, place);
    if (span) spans.set(`${span.source} ${span.end}`, span);
  }
  return [...spans.values()];
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return starts;
}
