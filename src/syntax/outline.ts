// Tokens to statements and their `{ }` blocks, before any of them is read: where a line goes on, what commas split,
// which bracket is open. An error in one statement therefore never reaches the next, and a missing `}` or `)` ends
// where a declaration plainly begins, or where the indentation says so.

import { tokenMatcher } from 'chevrotain';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/source.ts';
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

export interface Outline {
  readonly statements: readonly Statement[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Opened {
  readonly head: readonly Token[];
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
const CLAUSE_WORDS = new Set(
  SHAPES.flatMap((shape) => shape.clauses.flatMap((clause) => clause.word?.split(' ')[0] ?? [])),
);

/** Whether a line that begins with the word may begin a clause or a declaration, even inside a bracket. */
export function beginsClause(word: string): boolean {
  return CLAUSE_WORDS.has(word) || shapeOf(word) !== undefined;
}

/** Whether a line that begins with the word may go on with the one before. */
export function continuesLine(word: string): boolean {
  return CONTINUES.has(word);
}

/** All statements of the file, in order. */
export function outline(tokens: readonly Token[]): Outline {
  const plain = split(tokens, () => false);
  // Only of a file that misses a `}` is the indentation asked.
  return plain.diagnostics.some(({ code }) => code === 'M1042') ? split(tokens, isOutdented) : plain;
}

/** Splits the tokens; `leaves` says that a token that begins a line stands outside of the innermost block. */
function split(
  tokens: readonly Token[],
  leaves: (token: Token, block: Opened, first: Token | undefined) => boolean,
): Outline {
  const diagnostics: Diagnostic[] = [];
  const top: Statement[] = [];
  const opened: Opened[] = [];
  const unclosed = unclosedBrackets(tokens);
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
  const sayUnclosed = ({ head, open }: Opened, place: Span): void => {
    const name = head.slice(0, 2).map(({ image }) => image);
    diagnostics.push(messages.unclosedBlock({ ...place, start: place.end }, name.join(' '), open.span));
  };

  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    if (
      current.length > 0 &&
      token.startsLine &&
      startsStatement(tokens, index, {
        inBracket: brackets.length > 0,
        isClosed: brackets.some((each) => !unclosed.has(each)),
      })
    ) {
      endStatement();
    }
    for (let inner = opened.at(-1); token.startsLine && inner !== undefined; inner = opened.at(-1)) {
      if (!leaves(token, inner, firstToken(inner, current))) break;
      sayUnclosed(inner, before!.span);
      closeBlock();
    }
    const mayDeclare = current.length === 0 && opened.length > 0 && !isRowOfTest(token, opened[0]!);
    if (mayDeclare && isDeclaration(tokens, index)) {
      sayUnclosed(opened[0]!, before!.span);
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
    } else if (
      token.tokenType === t.Comma &&
      brackets.length === 0 &&
      opened.length > 0 &&
      !goesOn(current, tokens[index + 1], opened)
    ) {
      endStatement();
    } else {
      if (current.length > 0 && token.doc !== undefined) diagnostics.push(messages.strayDoc(token.doc.span));
      current.push(token);
      if (token.tokenType === t.OpenParen || token.tokenType === t.OpenBracket) brackets.push(token);
      else if (token.tokenType === t.CloseParen || token.tokenType === t.CloseBracket) brackets.pop();
    }
  }
  if (opened.length > 0 && opened.length < LIMITS.nesting) sayUnclosed(opened[0]!, tokens.at(-1)!.span);
  while (opened.length > 0) closeBlock();
  endStatement();
  return { statements: top, diagnostics };
}

/** The `(` and `[` that no bracket of their kind closes before the end of their block. */
function unclosedBrackets(tokens: readonly Token[]): ReadonlySet<Token> {
  const unclosed = new Set<Token>();
  let open: Token[] = [];
  for (const token of tokens) {
    const { tokenType } = token;
    if (tokenType === t.OpenParen || tokenType === t.OpenBracket) open.push(token);
    else if (tokenType === t.CloseParen || tokenType === t.CloseBracket) {
      const kind = tokenType === t.CloseParen ? t.OpenParen : t.OpenBracket;
      const top = open.pop();
      if (top !== undefined && top.tokenType !== kind) unclosed.add(top);
    } else if (tokenType === t.OpenBrace || tokenType === t.CloseBrace) {
      for (const each of open) unclosed.add(each);
      open = [];
    }
  }
  for (const each of open) unclosed.add(each);
  return unclosed;
}

/**
 * Whether a token that begins a line begins a statement, or goes on with the one before; `isClosed` says that a bracket
 * around it is closed later, so that nothing ends there.
 */
function startsStatement(
  tokens: readonly Token[],
  index: number,
  at: { readonly inBracket: boolean; readonly isClosed: boolean },
): boolean {
  const token = tokens[index]!;
  const next = tokens[index + 1];
  // `otherwise: 5` and `otherwise | 5` are lines of their own.
  const isKey = next !== undefined && [t.Colon, t.Bar, t.Comma].includes(next.tokenType);
  if (token.tokenType === t.OpenBrace || at.isClosed) return false;
  if (!at.inBracket) return isKey || !CONTINUES.has(token.image) || isNegativeKey(tokens, index);
  // Inside a bracket that is never closed a line goes on, unless it plainly begins a clause or a declaration.
  const named = next !== undefined && tokenMatcher(next, t.Named) && !CONTINUES.has(next.image);
  return named && (CLAUSE_WORDS.has(token.image) || isDeclaration(tokens, index));
}

/** `-10%: 0%`, a point of a curve, is a line of its own; the minus of a difference has a blank after it. */
function isNegativeKey(tokens: readonly Token[], index: number): boolean {
  const [sign, value, colon] = tokens.slice(index, index + 3);
  return (
    sign?.tokenType === t.Minus &&
    !sign.spaceAfter &&
    value !== undefined &&
    t.isValue(value) &&
    colon?.tokenType === t.Colon
  );
}

/** Whether a declaration plainly begins: its word and a name, and `{` or `=` on its line. */
function isDeclaration(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]!;
  const next = tokens[index + 1];
  if (!token.startsLine || next === undefined || shapeOf(token.image) === undefined) return false;
  if (token.image === 'person') return next.tokenType === t.OpenBrace;
  if (token.image === 'import') return next.tokenType === t.Text && tokens[index + 2]?.startsLine !== false;
  if (!tokenMatcher(next, t.Named) || CONTINUES.has(next.image)) return false;
  for (let at = index + 1; at < tokens.length; at++) {
    const { tokenType, startsLine } = tokens[at]!;
    if (tokenType === t.OpenBrace || tokenType === t.Equals) return true;
    if (startsLine) return false;
  }
  return false;
}

/** Whether the token stands further in than the test around it: `award a { … }` there is a row of an event `award`. */
function isRowOfTest({ column }: Token, { head }: Opened): boolean {
  const test = head[0];
  return test?.image === 'test' && test.startsLine && column > test.column;
}

/** Whether a comma belongs to a list, so that it doesn't split: shares and weeks, `status …, amber …`, keys of a grid. */
function goesOn(current: readonly Token[], next: Token | undefined, opened: readonly Opened[]): boolean {
  const first = current[0]?.image;
  if (opened.length === 1 && opened[0]!.head[0]?.image === 'grid') return true;
  if (next === undefined || next.startsLine) return false;
  if (first === 'status') return current[1]?.image === 'green' && next.image === 'amber';
  const isList =
    first === 'ramp' ||
    first === 'quarters' ||
    (first === 'target' && current.some(({ image }) => image === 'spread'));
  return isList && !tokenMatcher(next, t.Named);
}

function firstToken(block: Opened, current: readonly Token[]): Token | undefined {
  const first = block.statements[0];
  return first === undefined ? current[0] : (first.tokens[0] ?? first.block?.open);
}

/** Whether the token stands no deeper than the line that opened the block, though the block's first line does. */
function isOutdented(token: Token, { head }: Opened, first: Token | undefined): boolean {
  const line = head[0];
  if (line?.startsLine !== true || first?.startsLine !== true || first.column <= line.column) return false;
  return token.tokenType === t.CloseBrace ? token.column < line.column : token.column <= line.column;
}
