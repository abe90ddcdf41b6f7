// Edits of files: applying them, and keeping them in an order in which they can be.

import type { Fix } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';

/** The sources with all edits made; of edits that overlap only the first one is. */
export function withEdits(sources: readonly Source[], edits: readonly Fix[]): readonly Source[] {
  return sources.map((source) => {
    const own = edits.filter(({ span }) => span.source === source.name);
    return own.length === 0 ? source : { name: source.name, text: textWithEdits(source.text, own) };
  });
}

/** A text with edits of it made. */
export function textWithEdits(text: string, edits: readonly Fix[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { span, text: instead } of apart(edits)) {
    parts.push(text.slice(at, span.start), instead);
    at = span.end;
  }
  return parts.join('') + text.slice(at);
}

/** The edits in the order of the files and the text, without those that overlap one before or say the same again. */
export function apart(edits: readonly Fix[]): readonly Fix[] {
  const sorted = edits.toSorted(
    (a, b) =>
      (a.span.source < b.span.source ? -1 : a.span.source > b.span.source ? 1 : 0) ||
      a.span.start - b.span.start ||
      a.span.end - b.span.end,
  );
  const kept: Fix[] = [];
  for (const each of sorted) {
    const before = kept.at(-1);
    const isFree = !before || before.span.source !== each.span.source || before.span.end <= each.span.start;
    const isAgain = before?.span.start === each.span.start && before.span.end === each.span.end;
    if (isFree && !isAgain) kept.push(each);
  }
  return kept;
}
