// The formatter's text as edits of the lines that change, so that a cursor elsewhere stays where it is.

import { type Fix, InternalError } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import { formatPolicy } from '../syntax/print.ts';
import { type Project, sourceOf } from './project.ts';

/** The edits that format a file; none where it can't be read whole, or is formatted. */
export function formatEdits(project: Project, file: string): readonly Fix[] {
  const source = sourceOf(project, file);
  const formatted = source && formattedText(source);
  if (!source || formatted === undefined) return [];
  const end = /\r\n|\n|\r/.exec(source.text)?.[0] ?? '\n';
  return lineEdits(source, end === '\n' ? formatted : formatted.replaceAll('\n', end));
}

function formattedText(source: Source): string | undefined {
  try {
    return formatPolicy(source).value;
  } catch (problem) {
    // what it printed would have read otherwise: the file stays as it is
    if (problem instanceof InternalError) return undefined;
    throw problem;
  }
}

/** The edits of whole lines that make a text another one. */
export function lineEdits(source: Source, text: string): readonly Fix[] {
  const [old, fresh] = [linesOf(source.text), linesOf(text)];
  const kept = keptLines(old, fresh);
  const edits: Fix[] = [];
  let [from, to, at] = [0, 0, 0];
  for (const [line, other] of [...kept, [old.length, fresh.length] as const]) {
    const removed = old.slice(from, line).join('');
    const added = fresh.slice(to, other).join('');
    if (removed !== added) edits.push(tight(source, at, removed, added));
    at += removed.length + (old[line]?.length ?? 0);
    [from, to] = [line + 1, other + 1];
  }
  return edits;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];
}

/** An edit without what is alike at both of its ends. */
function tight({ name }: Source, at: number, removed: string, added: string): Fix {
  const most = Math.min(removed.length, added.length);
  let start = 0;
  while (start < most && removed[start] === added[start]) start++;
  if (isTorn(removed, start) || isTorn(added, start)) start--;
  let end = 0;
  while (end < most - start && removed.at(-1 - end) === added.at(-1 - end)) end++;
  if (isTorn(removed, removed.length - end) || isTorn(added, added.length - end)) end--;
  return {
    span: { source: name, start: at + start, end: at + removed.length - end },
    text: added.slice(start, added.length - end),
  };
}

/** Whether an offset lies within a character, or within a line's end. */
function isTorn(text: string, at: number): boolean {
  return /^(?:[\ud800-\udbff][\udc00-\udfff]|\r\n)/.test(text.slice(Math.max(0, at - 1), at + 1)) && at > 0;
}

// more than this many pairs of lines aren't compared: what lies between is one edit
const MOST_PAIRS = 4_000_000;

/** Pairs of lines that stay, in order: a longest common part, beside what is alike at both ends. */
function keptLines(old: readonly string[], fresh: readonly string[]): readonly (readonly [number, number])[] {
  const most = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < most && old[head] === fresh[head]) head++;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++;
  const middle = longest(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail));
  return [
    ...Array.from({ length: head }, (_, index) => [index, index] as const),
    ...middle.map(([a, b]) => [a + head, b + head] as const),
    ...Array.from(
      { length: tail },
      (_, index) => [old.length - tail + index, fresh.length - tail + index] as const,
    ),
  ];
}

function longest(old: readonly string[], fresh: readonly string[]): readonly (readonly [number, number])[] {
  if (old.length * fresh.length > MOST_PAIRS) return [];
  const width = fresh.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let a = old.length - 1; a >= 0; a--) {
    for (let b = fresh.length - 1; b >= 0; b--) {
      const isSame = old[a] === fresh[b];
      const [below, beside] = [lengths[(a + 1) * width + b]!, lengths[a * width + b + 1]!];
      lengths[a * width + b] = isSame ? lengths[(a + 1) * width + b + 1]! + 1 : Math.max(below, beside);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let [a, b] = [0, 0]; a < old.length && b < fresh.length; ) {
    if (old[a] === fresh[b]) pairs.push([a++, b++]);
    else if (lengths[(a + 1) * width + b]! >= lengths[a * width + b + 1]!) a++;
    else b++;
  }
  return pairs;
}
