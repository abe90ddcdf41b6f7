// Places as editors count them: lines from 0, and columns in the units that client and server have agreed on. Everything
// behind this file counts UTF-16 units from the start of a source, as JavaScript does.

import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Position, Range } from 'vscode-languageserver/node';
import { lineStartsOf, type Source, type Span } from '../base/source.ts';

/** What a column counts. */
export type Encoding = 'utf-8' | 'utf-16' | 'utf-32';

const KNOWN: readonly Encoding[] = ['utf-16', 'utf-8', 'utf-32'];

/** The encoding for a client: UTF-16 where it takes that, since nothing has to be counted then. */
export function encodingFor(offered: readonly string[] | undefined): Encoding {
  return KNOWN.find((each) => offered?.includes(each)) ?? 'utf-16';
}

/** The offset of a place; what lies past the end of a line is its end, and past the end of the text the text's. */
export function offsetOf(source: Source, { line, character }: Position, encoding: Encoding): number {
  const starts = lineStartsOf(source);
  if (line >= starts.length) return source.text.length;
  const start = starts[Math.max(0, line)]!;
  const written = lineAt(source, Math.max(0, line));
  return start + unitsIn(written, Math.max(0, character), encoding);
}

/** The place of an offset; an offset inside a line's end is the end of the line. */
export function positionOf(source: Source, offset: number, encoding: Encoding): Position {
  const starts = lineStartsOf(source);
  const at = Math.min(Math.max(0, offset), source.text.length);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  const before = lineAt(source, low).slice(0, at - starts[low]!);
  return { line: low, character: lengthOf(before, encoding) };
}

/** The range of a span of the source. */
export function rangeOf(source: Source, span: Pick<Span, 'start' | 'end'>, encoding: Encoding): Range {
  return {
    start: positionOf(source, span.start, encoding),
    end: positionOf(source, span.end, encoding),
  };
}

/** The text of a line without its end. */
function lineAt(source: Source, line: number): string {
  const starts = lineStartsOf(source);
  return source.text.slice(starts[line], starts[line + 1]).replace(/[\r\n]+$/, '');
}

function lengthOf(text: string, encoding: Encoding): number {
  switch (encoding) {
    case 'utf-16':
      return text.length;
    case 'utf-8':
      return Buffer.byteLength(text);
    case 'utf-32':
      return [...text].length;
    default:
      return encoding satisfies never;
  }
}

/** How many UTF-16 units so many units of the encoding take; one that cuts a character in two ends before it. */
function unitsIn(text: string, count: number, encoding: Encoding): number {
  if (encoding === 'utf-16') return Math.min(count, text.length);
  let left = count;
  let units = 0;
  for (const letter of text) {
    left -= lengthOf(letter, encoding);
    if (left < 0) break;
    units += letter.length;
  }
  return units;
}

/** The path of a file's address; nothing where it is no file: a text that isn't saved yet, another machine's. */
export function pathOf(uri: string): string | undefined {
  if (!/^file:/i.test(uri)) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

/** The address of a source: what the engine calls it is its path, or the address itself where it has none. */
export function uriOf(name: string): string {
  return /^[a-z][a-z0-9+.-]+:/i.test(name) ? name : pathToFileURL(name).href;
}
