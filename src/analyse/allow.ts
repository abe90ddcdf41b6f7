// Silencing a lint where it stands, with a reason: `// allow M1505: kept for the printed table` (in YAML with `#`), on
// the line of the marked place or on lines of comments right above it.

import type { Diagnostic } from '../base/diagnostic.ts';
import { lineStarts, type Source, type Span } from '../base/source.ts';
import { isYaml } from '../syntax/forms.ts';
import * as messages from './messages.ts';

/** One `allow` comment. */
interface Allow {
  readonly codes: readonly string[];
  readonly hasReason: boolean;
  readonly span: Span;
  /** `//` or `#`. */
  readonly mark: string;
  readonly source: string;
  /** The line, from 0, whose findings it silences. */
  readonly line: number;
}

/** Findings that no `allow` silences. */
export function unsilenced(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
): readonly Diagnostic[] {
  const lines = linesOf(sources);
  const allows = sources.flatMap(allowsIn);
  return diagnostics.filter((each) => !allows.some((allow) => silences(allow, each, lines)));
}

/**
 * What is wrong with the `allow` comments themselves: no reason, or nothing to silence among `diagnostics`. Codes for which
 * `isAsked` is false may have findings elsewhere.
 */
export function allowLints(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  isAsked: (code: string) => boolean,
): readonly Diagnostic[] {
  const lines = linesOf(sources);
  return sources.flatMap(allowsIn).flatMap((allow) => {
    if (!allow.hasReason)
      return [messages.allowWithoutReason(allow.span, allow.codes.join(', '), allow.mark)];
    return allow.codes
      .filter((code) => isAsked(code))
      .filter((code) => !diagnostics.some((each) => each.code === code && silences(allow, each, lines)))
      .map((code) => messages.allowsNothing(allow.span, code));
  });
}

type Lines = ReadonlyMap<string, readonly number[]>;

function linesOf(sources: readonly Source[]): Lines {
  return new Map(sources.map((each) => [each.name, lineStarts(each.text)]));
}

function silences(allow: Allow, { code, span }: Diagnostic, lines: Lines): boolean {
  if (!allow.hasReason || !allow.codes.includes(code) || span?.source !== allow.source) return false;
  const starts = lines.get(allow.source)!;
  return starts.findLastIndex((each) => each <= span.start) === allow.line;
}

// ---- reading comments --------------------------------------------------------------------------------------

const ALLOW = /^(\/\/+|#+)\s*allow\s+(M[0-9]{4}(?:\s*,\s*M[0-9]{4})*)\b(?:\s*:\s*(.*)|.*)$/;

function allowsIn(source: Source): readonly Allow[] {
  const mark = isYaml(source.name) ? '#' : '//';
  const starts = lineStarts(source.text);
  const lines = starts.map((start, index) =>
    source.text.slice(start, starts[index + 1]).replace(/[\r\n]+$/, ''),
  );
  return lines.flatMap((line, index): readonly Allow[] => {
    const at = commentAt(line, mark);
    const match = at === undefined ? null : ALLOW.exec(line.slice(at).trimEnd());
    if (at === undefined || !match) return [];
    const start = starts[index]! + at;
    return [
      {
        codes: match[2]!.split(',').map((code) => code.trim()),
        hasReason: (match[3] ?? '').trim() !== '',
        span: { source: source.name, start, end: start + match[0].length },
        mark,
        source: source.name,
        line: line.slice(0, at).trim() === '' ? nextLine(lines, index, mark) : index,
      },
    ];
  });
}

/** Where the comment of a line starts: the first mark outside quotes; in YAML a `#` after a space. */
function commentAt(line: string, mark: string): number | undefined {
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const letter = line[at]!;
    if (quote !== '') {
      if (letter === '\\' && quote === '"') at++;
      else if (letter === quote) quote = '';
    } else if (letter === '"' || (mark === '#' && letter === "'" && /[\s:[{,]$/.test(line.slice(0, at))))
      quote = letter;
    else if (line.startsWith(mark, at) && (mark === '//' || at === 0 || /\s/.test(line[at - 1]!))) return at;
  }
  return undefined;
}

/** The first line after a comment that isn't one itself. */
function nextLine(lines: readonly string[], from: number, mark: string): number {
  let at = from + 1;
  while (lines[at]?.trimStart().startsWith(mark)) at++;
  return at;
}
