// What all rules of the parser share: clauses in any order, each once, and the places of what was read. Chevrotain
// wants the rules of one parser in one class, so each file of rules extends the one before:
// rules, parse-formula, parse-call, phrases-table, -data, -target, -pay, -people, phrases.

import {
  EmbeddedActionsParser,
  type ILookaheadStrategy,
  type IToken,
  type ParserMethod,
  type TokenType,
  tokenMatcher,
} from 'chevrotain';
import type { Diagnostic } from '../base/diagnostic.ts';
import { cover, type Span } from '../base/source.ts';
import type { GrainName, Name } from './ast.ts';
import { expectation } from './expectation.ts';
import { nameOf, startsValue } from './literals.ts';
import * as messages from './messages.ts';
import * as t from './tokens.ts';
import { type KeywordText, keyword, type Token, VOCABULARY } from './tokens.ts';

/** A clause of a phrase: its words, the key that keeps it, and the rule of its value; without one it is a mark. */
export interface ClauseRule {
  readonly words: readonly [KeywordText, ...KeywordText[]];
  readonly key: string;
  readonly value?: string;
}

/** How many tokens decide. */
export const MAX_LOOKAHEAD = 1;

/** A clause as it was read. */
export interface Said<K, V> {
  readonly key: K;
  readonly value: V;
  readonly token: Token | Name;
}

export class Rules extends EmbeddedActionsParser {
  /** What the rules found beside the one error that stops them. */
  notes: Diagnostic[] = [];

  /** `kinds` are those that chevrotain goes over once more. */
  constructor(lookaheadStrategy?: ILookaheadStrategy, kinds: TokenType[] = VOCABULARY) {
    super(kinds, {
      maxLookahead: MAX_LOOKAHEAD,
      recoveryEnabled: false,
      errorMessageProvider: expectation,
      ...(lookaheadStrategy && { lookaheadStrategy }),
    });
  }

  /** A word where only a word can stand: after `.`, `as`, `per`. */
  readonly word = this.RULE('word', (): Name => {
    const token = this.CONSUME(t.Word) as Token;
    return this.ACTION(() => nameOf(token));
  });

  /** A name: a word, or an id in quotes. */
  readonly name = this.RULE('name', (): Name => {
    const token = this.CONSUME(t.Named) as Token;
    return this.ACTION(() => nameOf(token));
  });

  /** `of retail`. */
  protected readonly ofCalendar = this.RULE('ofCalendar', (): Name => {
    this.CONSUME(keyword('of'));
    return this.SUBRULE(this.name);
  });

  /** `quarter`, `quarter of retail`. */
  readonly grain = this.RULE('grain', (): GrainName => {
    const word = this.SUBRULE(this.word);
    const of = this.OPTION(() => this.SUBRULE(this.ofCalendar));
    return this.ACTION(() =>
      of === undefined ? word : { text: word.text, of, span: cover(word.span, of.span) },
    );
  });

  /** Clauses in any order, each once; `others` are those that a `ClauseRule` can't say. */
  protected clauses(into: object, rules: readonly ClauseRule[], others: readonly (() => void)[] = []): void {
    // Indexes from 10 leave the small ones to the rule that calls this.
    this.many(10, () => this.oneClause(into, rules, others));
  }

  protected oneClause(into: object, rules: readonly ClauseRule[], others: readonly (() => void)[]): void {
    const first = 10;
    this.or(first, [
      ...rules.map((rule, at) => ({ ALT: () => this.clause(into, rule, first + at) })),
      ...others.map((ALT) => ({ ALT })),
    ]);
  }

  private clause(into: object, { words, key, value }: ClauseRule, index: number): void {
    const tokens = words.map((word) => this.consume(index, keyword(word)) as Token);
    const rules = this as unknown as Record<string, ParserMethod<[], unknown>>;
    const said = value === undefined ? true : this.subrule(index, rules[value]!);
    this.mark(into as Record<string, unknown>, { key, value: said, token: tokens[0]! });
  }

  /** Keeps a clause's value, and says so when it is there already; nothing while the grammar is recorded. */
  protected mark<T extends object, K extends keyof T & string>(into: T, clause: Said<K, T[K]>): void {
    this.ACTION(() => {
      const { key, value, token } = clause;
      const word = key === 'title' || !('image' in token) ? key : token.image;
      if (into[key] !== undefined && into[key] !== false)
        this.notes.push(messages.clauseTwice(token.span, word));
      into[key] = value;
    });
  }

  /** One of the words, as a name. */
  protected oneWord(rule: string, words: readonly KeywordText[]): ParserMethod<[], Name> {
    return this.RULE(rule, (): Name => {
      const token = this.OR(
        words.map((word, at) => ({ ALT: () => this.consume(at, keyword(word)) })),
      ) as Token;
      return this.ACTION(() => nameOf(token));
    });
  }

  /** The token that comes next, for its place; absent at the end. */
  protected next(): Token {
    return this.LA(1) as Token;
  }

  /** From that token to the last one read. */
  protected since(start: Token): Span {
    return cover(start.span, (this.LA(0) as Token).span);
  }

  /** Whether the word is the one named and a value follows it, so that it is no value itself. */
  protected introduces(words: ReadonlySet<string>, at: number): boolean {
    return words.has(this.LA(at).image) && this.valueAt(at + 1);
  }

  /** Whether a value begins at the token: a `(` that touches what is before it is a call's, a `-` before a blank joins. */
  protected valueAt(at: number): boolean {
    const token = this.LA(at) as Token;
    if (token.tokenType === t.Minus) return token.spaceBefore && !token.spaceAfter;
    return startsValue(token) && (!isOpenParen(token) || token.spaceBefore);
  }
}

function isOpenParen(token: IToken): boolean {
  return tokenMatcher(token, t.OpenParen);
}
