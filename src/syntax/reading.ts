// What reading one token at a place of the text gives; shared by the parts of the lexer.

import type { TokenType } from 'chevrotain';
import type { Diagnostic } from '../base/diagnostic.ts';

/** The kind, where it ends, and what it says. */
export interface Reading {
  readonly type: TokenType;
  readonly end: number;
  readonly value: string;
  /** The sign that it is read as, where another one stands in the text. */
  readonly image?: string;
  readonly unit?: string;
  readonly diagnostic?: Diagnostic;
}

/** The text that the pattern (sticky) matches at the offset. */
export function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
