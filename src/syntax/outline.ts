// Tokens to statements and their `{ }` blocks, before any of them is read: where a line goes on, what commas split,
// which bracket is open. An error in one statement therefore never reaches the next, and a missing `}` or `)` ends
// where a declaration plainly begins.

import { tokenMatcher } from 'chevrotain';
import type { Diagnostic } from '../base/diagnostic.ts';
import { LATER_CLAUSES, LATER_DECLARATIONS } from './later.ts';
import { LIMITS } from './limits.ts';
import * as messages from './messages.ts';
import { SHAPES, shapeOf } from './shape.ts';
import type { Token } from './tokens.ts';
import * as t from './tokens.ts';

/** A line, or several that are one statement, with the block that follows it. */
export interface Statement {
  readonly tokens: readonly Token[];
  readonly block?: Block;
}

export interface Block {
  readonly open: Token;
  /** Absent when it was never closed; that has been said. */
  readonly close?: Token;
  readonly statements: readonly Statement[];
}

interface Opened {
  readonly head: Token[];
  readonly open: Token;
  readonly statements: Statement[];
}

const CONTINUES = new Set([
  '+',
  '-',
  '*',
  '/',
  '<',
  '<=',
  '>',
  '>=',
  '=',
  '==',
  '!=',
  '<>',
  '&&',
  '||',
  'and',
  'or',
  'else',
  'otherwise',
]);
const CLAUSE_WORDS = new Set([
  ...SHAPES.flatMap((shape) =>
    shape.clauses.flatMap((clause) => (clause.word === undefined ? [] : [clause.word])),
  ),
  ...LATER_CLAUSES,
]);

/** Whether a line that begins with the word may begin a clause or a declaration, even inside a bracket. */
export function beginsClause(word: string): boolean {
  return CLAUSE_WORDS.has(word) || LATER_DECLARATIONS.has(word) || shapeOf(word) !== undefined;
}

/** Whether a line that begins with the word may go on with the one before. */
export function continuesLine(word: string): boolean {
  return CONTINUES.has(word);
}

/** All statements of the file, in order. */
export function outline(tokens: readonly Token[]): {
  readonly statements: readonly Statement[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const top: Statement[] = [];
  const opened: Opened[] = [];
  let current: Token[] = [];
  let brackets: Token[] = [];

  const statements = (): Statement[] => opened.at(-1)?.statements ?? top;
  const endStatement = (): void => {
    if (current.length > 0) statements().push({ tokens: current });
    current = [];
    brackets = [];
  };
  const closeBlock = (close?: Token): void => {
    endStatement();
    const { head, open, statements: inside } = opened.pop()!;
    statements().push({ tokens: head, block: { open, ...(close && { close }), statements: inside } });
  };

  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (
      current.length > 0 &&
      token.startsLine &&
      startsStatement({ token, next, brackets, inBlock: opened.length > 0 })
    ) {
      endStatement();
    }
    if (
      current.length === 0 &&
      opened.length > 0 &&
      isDeclaration(token, next) &&
      !isLater(opened[0]!.head)
    ) {
      const head = opened[0]!;
      const name = head.head
        .slice(0, 2)
        .map((each) => each.image)
        .join(' ');
      diagnostics.push(messages.unclosedBlock(head.open.span, name));
      while (opened.length > 0) closeBlock();
    }
    if (token.tokenType === t.OpenBrace) {
      brackets = [];
      if (opened.length === LIMITS.nesting) {
        diagnostics.push(messages.tooDeep(token.span, LIMITS.nesting));
        break;
      }
      opened.push({ head: current, open: token, statements: [] });
      current = [];
    } else if (token.tokenType === t.CloseBrace) {
      if (token.doc !== undefined) diagnostics.push(messages.strayDoc(token.doc.span));
      if (opened.length > 0) closeBlock(token);
      else {
        endStatement();
        diagnostics.push(messages.strayClose(token.span));
      }
    } else if (token.tokenType === t.Comma && splits({ current, brackets, inBlock: opened.length > 0 })) {
      endStatement();
    } else {
      if (current.length > 0 && token.doc !== undefined) diagnostics.push(messages.strayDoc(token.doc.span));
      current.push(token);
      if (token.tokenType === t.OpenParen || token.tokenType === t.OpenBracket) brackets.push(token);
      else if (token.tokenType === t.CloseParen || token.tokenType === t.CloseBracket) brackets.pop();
    }
  }
  const unclosed = opened[0];
  if (unclosed !== undefined && opened.length < LIMITS.nesting) {
    const name = unclosed.head
      .slice(0, 2)
      .map((each) => each.image)
      .join(' ');
    diagnostics.push(messages.unclosedBlock(unclosed.open.span, name));
  }
  while (opened.length > 0) closeBlock();
  endStatement();
  return { statements: top, diagnostics };
}

/** Whether a token that begins a line begins a statement, or goes on with the one before. */
function startsStatement(at: {
  readonly token: Token;
  readonly next: Token | undefined;
  readonly brackets: readonly Token[];
  readonly inBlock: boolean;
}): boolean {
  const { token, next } = at;
  const isEntry = next?.tokenType === t.Colon;
  if (token.tokenType === t.OpenBrace) return false;
  if (at.brackets.length === 0) return isEntry || !CONTINUES.has(token.image);
  // Inside an open bracket a line goes on, unless it plainly begins a clause or a declaration.
  const named = next !== undefined && tokenMatcher(next, t.Named) && !CONTINUES.has(next.image);
  return named && (CLAUSE_WORDS.has(token.image) || isDeclaration(token, next));
}

function isDeclaration(token: Token, next: Token | undefined): boolean {
  if (!token.startsLine || shapeOf(token.image) === undefined || next === undefined) return false;
  if (token.image === 'person') return next.tokenType === t.OpenBrace;
  return tokenMatcher(next, t.Named) && !CONTINUES.has(next.image);
}

function isLater(head: readonly Token[]): boolean {
  const first = head[0];
  return first !== undefined && LATER_DECLARATIONS.has(first.image);
}

/** Commas split what stands in a block, but not the lists of a clause that is refused whole. */
function splits(at: {
  readonly current: readonly Token[];
  readonly brackets: readonly Token[];
  readonly inBlock: boolean;
}): boolean {
  const first = at.current[0];
  return (
    at.inBlock &&
    at.brackets.length === 0 &&
    !(first !== undefined && LATER_CLAUSES.has(first.image) && first.startsLine)
  );
}
