// A source file's text, and places in it. A place is a pair of UTF-16 offsets; lines and columns are worked
// out only when a place is shown.

/** One file (or pasted text) as the user knows it: `name` is what messages call it. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** A half-open range of UTF-16 offsets in the source called `source`. */
export interface Span {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/** A place as people count: lines and columns from 1, columns in characters (code points). */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The smallest span that holds both, which must lie in the same source. */
export function cover(first: Span, last: Span): Span {
  return {
    source: first.source,
    start: Math.min(first.start, last.start),
    end: Math.max(first.end, last.end),
  };
}

/** Offsets at which each line starts; `\n`, `\r\n` and a lone `\r` end a line. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}

const KNOWN = new WeakMap<Source, readonly number[]>();

/** `lineStarts` of a source's text, worked out once: thousands of messages may point into one source. */
export function lineStartsOf(source: Source): readonly number[] {
  const starts = KNOWN.get(source) ?? lineStarts(source.text);
  KNOWN.set(source, starts);
  return starts;
}

/** Line and column of an offset; an offset past the end is the end. */
export function placeOf(source: Source, offset: number): Place {
  const starts = lineStartsOf(source);
  const at = Math.min(offset, source.text.length);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  const column = [...source.text.slice(starts[low], at)].length + 1;
  return { line: low + 1, column };
}
