// Single tokens to the leaves of the tree.

import { type IToken, type TokenType, tokenMatcher } from 'chevrotain';
import type { Expression, Name } from './ast.ts';
import type { Token } from './tokens.ts';
import * as t from './tokens.ts';

/** Words that never begin a value; any other word may be a name. */
export const NEVER_NAMES: ReadonlySet<string> = new Set([
  'and',
  'or',
  'is',
  'not',
  'else',
  'otherwise',
  'when',
  'where',
]);

/** The name that a word or a quoted text is. */
export function nameOf(token: Token): Name {
  return { text: token.value.normalize('NFC'), span: token.span };
}

/** Whether a value can begin with the token. */
export function startsValue(token: IToken): boolean {
  if (tokenMatcher(token, t.Word)) return !NEVER_NAMES.has(token.image) || token.image === 'not';
  return [t.Literal, t.Text, t.OpenParen].some((type: TokenType) => tokenMatcher(token, type));
}

/** A name, or a truth value. */
export function bareWord(token: Token): Expression {
  const { span } = token;
  if (token.image === 'true' || token.image === 'false')
    return { kind: 'truth', value: token.image === 'true', span };
  return { kind: 'name', name: nameOf(token), span };
}

/** A number with what makes it a percent, money or a duration; a date or a period. */
export function literal(token: Token): Expression {
  const { value, span } = token;
  switch (token.tokenType) {
    case t.PercentToken:
      return { kind: 'percent', digits: value, span };
    case t.MoneyToken:
      return { kind: 'money', digits: value, currency: token.unit ?? '', span };
    case t.DurationToken:
      return { kind: 'duration', digits: value, unit: token.unit ?? '', span };
    case t.DateToken:
      return { kind: 'date', text: value, span };
    case t.PeriodToken:
      return { kind: 'period', text: value, span };
    default:
      return { kind: 'number', digits: value, span };
  }
}
