// Text that is read as Merit, and where each of its characters stands in the user's file: the file itself, or the
// decoded contents of a YAML scalar.

import type { Source, Span } from '../base/source.ts';

/** `start(i)` and `end(i)` are the offsets in the file at which the character `i` of `text` begins and ends. */
export interface Slice {
  readonly source: string;
  readonly text: string;
  start(index: number): number;
  end(index: number): number;
}

/** The whole of a source. */
export function wholeOf(source: Source): Slice {
  return { source: source.name, text: source.text, start: (index) => index, end: (index) => index + 1 };
}

/** The place in the file of `text.slice(from, to)`; an empty stretch is the place just before `from`. */
export function spanIn(slice: Slice, from: number, to: number): Span {
  if (to > from) return { source: slice.source, start: slice.start(from), end: slice.end(to - 1) };
  const at = from === 0 ? slice.start(0) : slice.end(from - 1);
  return { source: slice.source, start: at, end: at };
}
