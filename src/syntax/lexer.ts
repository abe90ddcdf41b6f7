// Text to tokens. What isn't Merit is said here and read as what was meant, so that the parser can go on:
// `1 000 000`, `1,5`, `10 rub`, `1.5M`, an unclosed quote, a stray sign. Line ends and `///` lines are kept on the
// token that follows them.

import { parseDay } from '../base/date.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { parsePeriod } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import type { Comment } from './ast-policy.ts';
import { lineEndsInside, stray } from './characters.ts';
import { LIMITS } from './limits.ts';
import { readLookAlike } from './look-alikes.ts';
import * as messages from './messages.ts';
import { readNumber } from './read-number.ts';
import { match, type Reading } from './reading.ts';
import { type Slice, spanIn } from './slice.ts';
import { DateToken, KEYWORDS, PeriodToken, SIGNS, Text, type Token, Word } from './tokens.ts';

export interface Lexed {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}

interface DocLines {
  readonly lines: string[];
  readonly from: number;
  to: number;
}

const BLANK = /(?:[^\S\r\n\u2028\u2029]|\ufeff)+/y;
const LINE_END = /\r\n|\n|\r/y;
const COMMENT = /\/\/[^\r\n]*/y;
const WORD = /(?!\p{DI})[\p{L}_][\p{L}\p{M}\p{N}\p{DI}_]*/uy;
// A name with signs in it that can't be seen would be another name than the one that is read.
const UNSEEN = /\p{DI}/gu;
const DATE_LIKE = /[0-9]{4}-(?:[0-9]|[QWHqwh][0-9])[\p{L}\p{N}-]*/uy;
const STRAY = /[\p{Cs}\p{DI}\u2028\u2029]|(?!\p{DI})[^\s\p{L}\p{N}_"(){}[\],:.<>=+*/|?!-]+/uy;

/** All tokens of the slice, and what is wrong with its letters and numbers. */
export function lex(slice: Slice): Lexed {
  const { text } = slice;
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  const diagnostics: Diagnostic[] = [];
  let at = 0;
  let startsLine = true;
  let lineAt = 0;
  let doc: DocLines | undefined;
  while (at < text.length) {
    const blank = match(BLANK, text, at);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const lineEnd = match(LINE_END, text, at);
    if (lineEnd !== undefined) {
      at += lineEnd.length;
      lineAt = at;
      startsLine = true;
      continue;
    }
    const comment = match(COMMENT, text, at);
    if (comment !== undefined) {
      diagnostics.push(...lineEndsInside(slice, { from: at, text: comment }));
      if (comment.startsWith('///')) {
        doc ??= { lines: [], from: at, to: at };
        doc.lines.push(comment.slice(3).replace(/^ /, '').trimEnd());
        doc.to = at + comment.length;
      } else {
        const place = startsLine ? 'own line' : 'after code';
        comments.push(makeComment(comment.slice(2), place, spanIn(slice, at, at + comment.length)));
      }
      at += comment.length;
      continue;
    }
    const reading = readToken(slice, at);
    if (reading === undefined) {
      const written = match(STRAY, text, at) ?? String.fromCodePoint(text.codePointAt(at)!);
      diagnostics.push(stray(slice, at, written));
      at += written.length;
      continue;
    }
    if (reading.diagnostic !== undefined) diagnostics.push(reading.diagnostic);
    tokens.push(makeToken(slice, at, reading, { startsLine, column: at - lineAt, doc }));
    at = reading.end;
    startsLine = false;
    doc = undefined;
  }
  if (doc !== undefined) diagnostics.push(messages.strayDoc(spanIn(slice, doc.from, doc.to)));
  return { tokens, comments, diagnostics };
}

/** A comment of either form; `written` is what follows its mark. */
export function makeComment(written: string, place: Comment['place'], span: Span): Comment {
  // Line ends of one form that are none of the other.
  const text = written
    .replace(/[\r\u2028\u2029]/g, ' ')
    .replace(/^ /, '')
    .trimEnd();
  return { text, place, span };
}

function readToken(slice: Slice, at: number): Reading | undefined {
  const { text } = slice;
  const dateLike = match(DATE_LIKE, text, at);
  if (dateLike !== undefined) return readDate(slice, at, dateLike);
  const code = text.charCodeAt(at);
  if (code >= 48 && code <= 57) return readNumber(slice, at);
  const word = match(WORD, text, at);
  if (word !== undefined) return readWord(slice, at, word);
  if (text[at] === '"') return readText(slice, at);
  const sign = SIGNS.find(([each]) => text.startsWith(each, at));
  if (sign === undefined) return readLookAlike(slice, at);
  return { type: sign[1], end: at + sign[0].length, value: sign[0] };
}

function readWord(slice: Slice, at: number, written: string): Reading {
  const end = at + written.length;
  const word = written.replace(UNSEEN, '');
  const unseen = written.search(UNSEEN);
  const reading = { type: KEYWORDS.get(word) ?? Word, end, value: word.normalize('NFC') };
  if (written.length > LIMITS.nameLength) {
    return { ...reading, diagnostic: messages.longName(spanIn(slice, at, end)) };
  }
  if (unseen === -1) return reading;
  const letter = String.fromCodePoint(written.codePointAt(unseen)!);
  return { ...reading, image: word, diagnostic: stray(slice, at + unseen, letter) };
}

function readDate(slice: Slice, at: number, written: string): Reading {
  const end = at + written.length;
  if (parseDay(written) !== undefined) return { type: DateToken, end, value: written };
  if (parsePeriod(written) !== undefined) return { type: PeriodToken, end, value: written };
  const type = /-.*-/.test(written) ? DateToken : PeriodToken;
  return { type, end, value: written, diagnostic: messages.noSuchDate(spanIn(slice, at, end), written) };
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['n', '\n'],
  ['t', '\t'],
]);

function readText(slice: Slice, at: number): Reading {
  const { text } = slice;
  let value = '';
  let diagnostic: Diagnostic | undefined;
  for (let index = at + 1; index < text.length; index++) {
    const letter = text[index]!;
    if (letter === '"') return { type: Text, end: index + 1, value, ...(diagnostic && { diagnostic }) };
    if (letter === '\n' || letter === '\r') {
      return { type: Text, end: index, value, diagnostic: messages.unclosedText(spanIn(slice, at, index)) };
    }
    if (letter !== '\\') {
      value += letter;
      continue;
    }
    const escaped = text[++index] ?? '';
    const meant = ESCAPES.get(escaped);
    if (meant === undefined)
      diagnostic ??= messages.unknownEscape(spanIn(slice, index - 1, index + 1), escaped);
    value += meant ?? escaped;
  }
  return {
    type: Text,
    end: text.length,
    value,
    diagnostic: messages.unclosedText(spanIn(slice, at, text.length)),
  };
}

function makeToken(
  slice: Slice,
  at: number,
  reading: Reading,
  before: {
    readonly startsLine: boolean;
    readonly column: number;
    readonly doc: DocLines | undefined;
  },
): Token {
  const { text } = slice;
  const { type, end, value, unit } = reading;
  const { doc } = before;
  return {
    image: reading.image ?? text.slice(at, end),
    startOffset: at,
    endOffset: end - 1,
    tokenType: type,
    tokenTypeIdx: type.tokenTypeIdx!,
    span: spanIn(slice, at, end),
    startsLine: before.startsLine,
    column: before.column,
    spaceBefore: at === 0 || /\s/.test(text[at - 1]!),
    spaceAfter: end >= text.length || /\s/.test(text[end]!),
    value,
    ...(unit !== undefined && { unit }),
    ...(doc && { doc: { text: doc.lines.join('\n'), span: spanIn(slice, doc.from, doc.to) } }),
  };
}
