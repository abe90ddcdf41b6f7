// The contents of a YAML scalar as a slice: its decoded text, and for each character the place in the user's file
// that it was written at: through quotes, escapes, folded lines and block indentation.

import type { Scalar } from 'yaml';
import type { Source } from '../base/source.ts';
import type { Slice } from './slice.ts';

interface Decoded {
  text: string;
  readonly starts: number[];
  readonly ends: number[];
}

/** The scalar's contents; where the mapping isn't sure, every character stands for the whole scalar. */
export function sliceOf(source: Source, scalar: Scalar): Slice {
  const [from, to] = scalar.range!;
  const value = String(scalar.value);
  const raw = source.text.slice(from, to);
  const decoded = decode(scalar, raw, value);
  const quoted = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
  // An empty text has one place: between its quotes, or where it would stand.
  const start = from + (quoted ? 1 : 0);
  return {
    source: source.name,
    text: value,
    start: (index) => (decoded === undefined ? from : from + (decoded.starts[index] ?? start - from)),
    end: (index) => (decoded === undefined ? to : from + (decoded.ends[index] ?? start - from)),
  };
}

function decode(scalar: Scalar, raw: string, value: string): Decoded | undefined {
  const means = (decoded: Decoded) => decoded.text.startsWith(value);
  switch (scalar.type) {
    case 'QUOTE_DOUBLE':
    case 'QUOTE_SINGLE':
    case 'PLAIN':
      return [decodeFlow(raw, scalar.type)].find(means);
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED': {
      const lines = bodyLines(raw);
      const indent = Math.max(
        0,
        ...lines.slice(0, 1 + lines.findIndex(isFilled)).map((line) => leading(line.text)),
      );
      const folded = scalar.type === 'BLOCK_FOLDED';
      // Less than the first line's own where the header says so: `|2`.
      for (let each = indent; each >= Math.max(0, indent - 9); each--) {
        const decoded = decodeBlock(lines, { indent: each, folded });
        if (means(decoded)) return decoded;
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

function emit(into: Decoded, text: string, at: { readonly from: number; readonly to: number }): void {
  into.text += text;
  for (let index = 0; index < text.length; index++) {
    into.starts.push(at.from);
    into.ends.push(at.to);
  }
}

const BREAK = /\r\n|\n|\r/y;
const BLANKS = /[ \t]*/y;

function breakAt(raw: string, at: number): string | undefined {
  BREAK.lastIndex = at;
  return BREAK.exec(raw)?.[0];
}

function skipBlanks(raw: string, at: number): number {
  BLANKS.lastIndex = at;
  return at + BLANKS.exec(raw)![0].length;
}

const ESCAPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '0': '\0',
    a: '\x07',
    b: '\b',
    t: '\t',
    '\t': '\t',
    n: '\n',
    v: '\v',
    f: '\f',
    r: '\r',
    e: '\x1b',
    ' ': ' ',
    '"': '"',
    '/': '/',
    '\\': '\\',
    N: '\x85',
    _: '\xa0',
    L: '\u2028',
    P: '\u2029',
  }),
);
const HEX: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** A plain or quoted scalar: line breaks fold to a space, quotes and escapes are undone. */
function decodeFlow(raw: string, type: 'QUOTE_DOUBLE' | 'QUOTE_SINGLE' | 'PLAIN'): Decoded {
  const out: Decoded = { text: '', starts: [], ends: [] };
  const isQuoted = type !== 'PLAIN';
  const end = isQuoted ? raw.length - 1 : raw.length;
  // Blanks before a line break are dropped, except those that an escape wrote.
  let kept = 0;
  let at = isQuoted ? 1 : 0;
  while (at < end) {
    const letter = raw[at]!;
    const lineBreak = breakAt(raw, at);
    if (lineBreak !== undefined) {
      trimBlanks(out, kept);
      at = fold(out, raw, at);
      kept = out.text.length;
    } else if (type === 'QUOTE_DOUBLE' && letter === '\\') {
      at = undoEscape(out, raw, at);
      kept = out.text.length;
    } else {
      const width = type === 'QUOTE_SINGLE' && letter === "'" ? 2 : 1;
      emit(out, letter, { from: at, to: at + width });
      at += width;
    }
  }
  return out;
}

function trimBlanks(out: Decoded, kept: number): void {
  let length = out.text.length;
  while (length > kept && /[ \t]/.test(out.text[length - 1]!)) length -= 1;
  out.text = out.text.slice(0, length);
  out.starts.length = length;
  out.ends.length = length;
}

/** One break is a space, more are one `\n` less. */
function fold(out: Decoded, raw: string, from: number): number {
  let at = from;
  let breaks = 0;
  for (let next = breakAt(raw, at); next !== undefined; next = breakAt(raw, at)) {
    breaks += 1;
    at = skipBlanks(raw, at + next.length);
  }
  emit(out, breaks === 1 ? ' ' : '\n'.repeat(breaks - 1), { from, to: at });
  return at;
}

function undoEscape(out: Decoded, raw: string, at: number): number {
  const letter = raw[at + 1] ?? '';
  const lineBreak = breakAt(raw, at + 1);
  if (lineBreak !== undefined) return skipBlanks(raw, at + 1 + lineBreak.length);
  const digits = Object.hasOwn(HEX, letter) ? HEX[letter]! : 0;
  const to = at + 2 + digits;
  const code = digits === 0 ? 0 : Number.parseInt(raw.slice(at + 2, to), 16);
  const text =
    digits === 0 ? (ESCAPES.get(letter) ?? letter) : code <= 0x10ffff ? String.fromCodePoint(code) : '';
  emit(out, text, { from: at, to });
  return to;
}

interface Line {
  /** Offset of its first character in the raw scalar. */
  readonly at: number;
  readonly text: string;
  readonly end: string;
}

/** The lines after the header. */
function bodyLines(raw: string): readonly Line[] {
  const lines: Line[] = [];
  for (const match of raw.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    lines.push({ at: match.index, text: match[1]!, end: match[2]! });
    if (match[2] === '') break;
  }
  return lines.slice(1);
}

function isFilled(line: Line): boolean {
  return line.text.trim() !== '';
}

function leading(text: string): number {
  return /^ */.exec(text)![0].length;
}

function decodeBlock(
  lines: readonly Line[],
  how: { readonly indent: number; readonly folded: boolean },
): Decoded {
  const out: Decoded = { text: '', starts: [], ends: [] };
  let pending: { from: number; to: number }[] = [];
  let deeper = false;
  let begun = false;
  for (const line of lines) {
    const content = line.text.slice(how.indent);
    const lineBreak = { from: line.at + line.text.length, to: line.at + line.text.length + line.end.length };
    if (how.folded && content.trim() !== '') {
      const isDeeper = /^[ \t]/.test(content);
      if (begun) flush(out, pending, { plain: !(deeper || isDeeper) });
      else for (const each of pending) emit(out, '\n', each);
      [pending, deeper, begun] = [[], isDeeper, true];
    }
    if (!how.folded || content.trim() !== '') {
      for (const [index, letter] of content.split('').entries()) {
        const from = line.at + how.indent + index;
        emit(out, letter, { from, to: from + 1 });
      }
    }
    if (!how.folded) emit(out, '\n', lineBreak);
    else pending.push(lineBreak);
  }
  for (const each of pending) emit(out, '\n', each);
  return out;
}

/** The breaks between two lines of a folded block: one is a space, unless a line is indented further. */
function flush(
  out: Decoded,
  breaks: readonly { readonly from: number; readonly to: number }[],
  { plain }: { readonly plain: boolean },
): void {
  if (plain && breaks.length === 1) emit(out, ' ', breaks[0]!);
  else for (const each of breaks.slice(plain ? 1 : 0)) emit(out, '\n', each);
}
