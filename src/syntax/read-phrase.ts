// Tokens to the value of one phrase, by the parser's rule of that name. The one error that stops a rule becomes a
// Diagnostic here: what was expected and what was found, in the language's own words.

import type { Diagnostic } from '../base/diagnostic.ts';
import { cover, type Span } from '../base/source.ts';
import { nearest } from '../base/suggest.ts';
import { LIMITS } from './limits.ts';
import * as messages from './messages.ts';
import { PHRASES, type PhraseName, type PhraseValue } from './phrases.ts';
import { LATER_WORDS } from './shape.ts';
import type { Token } from './tokens.ts';
import * as t from './tokens.ts';

/** Where a phrase stands when it has no tokens, and what ends it in the user's words. */
export interface Around {
  readonly place: Span;
  readonly end: string;
}

export interface Phrase<T> {
  /** Absent when the phrase couldn't be read; then there is a diagnostic. */
  readonly value: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads all the tokens as the phrase. */
export function readPhrase<P extends PhraseName>(
  phrase: P,
  tokens: readonly Token[],
  around: Around,
): Phrase<PhraseValue<P>> {
  const limit = beyondLimits(tokens);
  if (limit !== undefined) return { value: undefined, diagnostics: [limit] };
  PHRASES.input = [...tokens];
  PHRASES.notes = [];
  const value = PHRASES[phrase]() as PhraseValue<P>;
  const stopped = PHRASES.errors[0];
  const diagnostics = PHRASES.notes;
  if (stopped === undefined) return { value, diagnostics };
  const at = tokens.indexOf(stopped.token as Token);
  return {
    value: undefined,
    diagnostics: [...diagnostics, explain(tokens, at, { ...around, wanted: stopped.message })],
  };
}

function explain(
  tokens: readonly Token[],
  at: number,
  wants: Around & { readonly wanted: string },
): Diagnostic {
  const found = tokens[at];
  if (found === undefined) {
    const end = tokens.at(-1)?.span.end;
    const span = end === undefined ? wants.place : { source: wants.place.source, start: end, end };
    return messages.unexpected(span, wants.wanted, wants.end);
  }
  const before = tokens[at - 1];
  if (LATER_WORDS.has(found.image) && (wants.wanted === '' || wants.wanted.startsWith('`'))) {
    return messages.notSupported(found.span, found.image);
  }
  if (wants.wanted === '') {
    const near =
      found.tokenType === t.Word && found.image.length > 2
        ? nearest(found.image, t.KEYWORDS.keys())
        : undefined;
    return messages.leftOver(found.span, described(found), { near, help: leftOverHelp(before, found) });
  }
  return messages.unexpected(found.span, wants.wanted, described(found));
}

function described(token: Token): string {
  return token.tokenType === t.Text ? `the text ${token.image}` : `\`${token.image}\``;
}

function leftOverHelp(before: Token | undefined, found: Token): string | undefined {
  if (found.tokenType === t.OpenParen || found.tokenType === t.OpenBracket) {
    return found.spaceBefore ? `no space stands before \`${found.image}\`` : undefined;
  }
  if (found.tokenType === t.Equals) return '`is` compares';
  const isValue = found.tokenType === t.Word || found.tokenType.CATEGORIES?.includes(t.Literal) === true;
  return isValue && before !== undefined ? `an operator or a word is missing before it` : undefined;
}

const OPENING = new Set([t.OpenParen, t.OpenBracket]);
const CLOSING = new Set([t.CloseParen, t.CloseBracket]);

function beyondLimits(tokens: readonly Token[]): Diagnostic | undefined {
  let depth = 0;
  for (const token of tokens) {
    if (OPENING.has(token.tokenType)) depth += 1;
    else if (CLOSING.has(token.tokenType)) depth -= 1;
    if (depth > LIMITS.nesting) return messages.tooDeep(token.span, LIMITS.nesting);
  }
  if (tokens.length <= LIMITS.statementTokens) return undefined;
  return messages.longStatement(cover(tokens[0]!.span, tokens.at(-1)!.span), LIMITS.statementTokens);
}
