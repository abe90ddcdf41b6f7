// Characters that make a policy read otherwise than it runs: marks that turn the order in which a text is shown, signs
// that can't be seen inside a name, line ends of one form that are none of another.

import type { Diagnostic } from '../base/diagnostic.ts';
import * as messages from './messages.ts';
import { type Slice, spanIn } from './slice.ts';

const BIDIRECTIONAL = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';
const IN_SOURCE = new RegExp(`[${BIDIRECTIONAL}]|\\p{Cs}`, 'gu');
// The escapes of YAML can write a line end that a text in quotes has no escape for.
const IN_SCALAR = new RegExp(`[${BIDIRECTIONAL}\\r]|\\p{Cs}`, 'gu');
const ONE = new RegExp(`^[${BIDIRECTIONAL}]$`);
const LINE_ENDS = /[\u2028\u2029]/g;

/** What may stand nowhere in a file, neither in its comments nor in its texts; `most` bounds the messages. */
export function unfitInSource(slice: Slice, most: number): readonly Diagnostic[] {
  return found(slice, IN_SOURCE, most);
}

/** What may not stand in a name, a title or a description, not even where an escape wrote it. */
export function unfitInScalar(slice: Slice): readonly Diagnostic[] {
  return found(slice, IN_SCALAR, 1);
}

/** The signs in a comment that some editors show as the end of its line: what seems to stand below it is part of it. */
export function lineEndsInside(slice: Slice, comment: { readonly from: number; readonly text: string }) {
  return [...comment.text.matchAll(LINE_ENDS)].map(({ index, 0: letter }) =>
    messages.strayCharacter(spanIn(slice, comment.from + index, comment.from + index + 1), letter),
  );
}

/** The diagnostic of one character that has no meaning where it stands. */
export function stray(slice: Slice, at: number, written: string): Diagnostic {
  const span = spanIn(slice, at, at + written.length);
  return ONE.test(written)
    ? messages.bidirectionalControl(span, codeOf(written))
    : messages.strayCharacter(span, written);
}

function found(slice: Slice, pattern: RegExp, most: number): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const { index, 0: letter } of slice.text.matchAll(pattern)) {
    diagnostics.push(stray(slice, index, letter));
    if (diagnostics.length >= most) break;
  }
  return diagnostics;
}

function codeOf(letter: string): string {
  return `U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
