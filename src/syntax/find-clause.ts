// Which clause of a declaration a statement of its block is, by how it begins.

import { tokenMatcher } from 'chevrotain';
import { NEVER_NAMES } from './literals.ts';
import type { Clause, DeclarationShape } from './shape.ts';
import type { Token } from './tokens.ts';
import * as t from './tokens.ts';

/** The clause; a word is a keyword only where no sign makes it the name of a field. */
export function clauseOf(shape: DeclarationShape, tokens: readonly Token[]): Clause | undefined {
  const { clauses } = shape;
  const [first, second, third] = tokens;
  if (first === undefined) return undefined;
  const of = (form: Clause['form']) => clauses.find((clause) => clause.form === form);
  const isKnown = first.image === 'known' && third?.tokenType === t.Colon;
  if (second?.tokenType === t.Colon || isKnown) {
    const field = of('field');
    if (field !== undefined) return field;
  }
  const computed = of('computed');
  if (second?.tokenType === t.Equals && computed !== undefined) return computed;
  const byWord = clauses.find((clause) => clause.word?.split(' ')[0] === first.value);
  const isWord = first.tokenType !== t.Text;
  return (isWord ? byWord : undefined) ?? of('entry') ?? of('group') ?? of('bare');
}

/** Whether a clause is said by `=` alone in the text form. */
export function isEqualsOnly(clause: Clause): boolean {
  return clause.form === 'line' && clause.word === undefined;
}

/** Where a later clause of the declaration begins in the line of one that may go on; the line's length if none does. */
export function endOfClause(shape: DeclarationShape, clause: Clause, tokens: readonly Token[]): number {
  if (clause.goesOn !== true) return tokens.length;
  const later = shape.clauses.slice(shape.clauses.indexOf(clause) + 1).map(({ word }) => word);
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.tokenType === t.OpenParen || token.tokenType === t.OpenBracket) depth += 1;
    else if (token.tokenType === t.CloseParen || token.tokenType === t.CloseBracket) depth -= 1;
    const isWord = depth === 0 && index > 1 && tokenMatcher(token, t.Word) && later.includes(token.image);
    if (isWord && endsValue(tokens[index - 1]!)) return index;
  }
  return tokens.length;
}

/** Whether a value can end with the token, so that what follows is no part of it. */
function endsValue(token: Token): boolean {
  const { tokenType, image } = token;
  if (tokenMatcher(token, t.Word)) return !NEVER_NAMES.has(image);
  return t.isValue(token) || tokenType === t.CloseParen || tokenType === t.CloseBracket;
}
