// A line of a file as a place of it.

import type { Span } from '../share/span.ts';

/** The text of a line, which counts from 1, without the spaces before it; the end of the file where there is no such line. */
export function lineSpan(
  { name, text }: { readonly name: string; readonly text: string },
  line: number,
): Span {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const next = /\r\n|\r|\n/g;
    next.lastIndex = start;
    const found = next.exec(text);
    if (!found) return { source: name, start: text.length, end: text.length };
    start = found.index + found[0].length;
  }
  const own = /^[^\r\n]*/.exec(text.slice(start))![0];
  const indent = own.length - own.trimStart().length;
  return { source: name, start: start + indent, end: start + own.length };
}
