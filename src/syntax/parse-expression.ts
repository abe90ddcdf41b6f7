// A lone formula to its syntax tree, for those who ask what one is worth.

import type { Checked } from '../base/diagnostic.ts';
import type { Source, Span } from '../base/source.ts';
import type { Expression } from './ast.ts';
import { lex } from './lexer.ts';
import { checkText, inOrder } from './parse.ts';
import { readPhrase } from './read-phrase.ts';
import { wholeOf } from './slice.ts';

/** Reads one formula that stands alone. */
export function parseExpression(source: Source): Checked<Expression> {
  const place: Span = { source: source.name, start: 0, end: 0 };
  const text = checkText(source);
  if (text.refused) return { value: { kind: 'unreadable', span: place }, diagnostics: text.diagnostics };
  const { tokens, diagnostics } = lex(wholeOf(source));
  const read = readPhrase('formula', tokens, { place, end: 'the end of the formula' });
  const span = { ...place, end: source.text.length };
  return {
    value: read.value ?? { kind: 'unreadable', span },
    diagnostics: inOrder(source, [...text.diagnostics, ...diagnostics, ...read.diagnostics]),
  };
}
