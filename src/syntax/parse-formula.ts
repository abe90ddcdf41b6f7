// The rules of expressions. Input is the tokens of one statement; the tree is made in make-tree.ts. A rule that
// can't go on throws chevrotain's exception, which read-phrase.ts turns into one Diagnostic.

import { EmbeddedActionsParser, type ParserMethod, tokenMatcher } from 'chevrotain';
import type { Diagnostic } from '../base/diagnostic.ts';
import { cover } from '../base/source.ts';
import type { BracketItem, Expression, Name, NameUse } from './ast.ts';
import { expectation } from './expectation.ts';
import { LIMITS } from './limits.ts';
import { bareWord, literal, NEVER_NAMES, nameOf, startsValue } from './literals.ts';
import { type Chain, type Infix, makeTree, type Operand, type Tree } from './make-tree.ts';
import * as messages from './messages.ts';
import * as t from './tokens.ts';
import { type KeywordText, keyword, type Token, VOCABULARY } from './tokens.ts';

const MEANT: ReadonlyMap<string, Infix> = new Map<string, Infix>([
  ['=', 'is'],
  ['==', 'is'],
  ['!=', 'is not'],
  ['<>', 'is not'],
  ['&&', 'and'],
  ['||', 'or'],
]);

const ARITHMETIC = [t.Plus, t.Minus, t.Star, t.Slash];
const INFIX = [
  ...ARITHMETIC,
  t.Less,
  t.LessOrEqual,
  t.Greater,
  t.GreaterOrEqual,
  ...(['is', 'and', 'or', 'else', 'when', 'otherwise'] as const).map(keyword),
  t.Equals,
  t.ForeignOperator,
];

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface CallClauses {
  as?: Name;
  by?: Expression[];
  where?: Expression;
  to?: Expression;
  mode?: Name;
}

/** A clause of a phrase: its words, the key that keeps it, and the rule of its value; without one it is a mark. */
export interface ClauseRule {
  readonly words: readonly [KeywordText, ...KeywordText[]];
  readonly key: string;
  readonly value?: 'sum' | 'formula' | 'word' | 'name';
}

const CALL_CLAUSES: readonly ClauseRule[] = [
  { words: ['where'], key: 'where', value: 'formula' },
  { words: ['as'], key: 'as', value: 'name' },
  { words: ['to'], key: 'to', value: 'sum' },
];

export class FormulaRules extends EmbeddedActionsParser {
  /** What the rules found beside the one error that stops them. */
  notes: Diagnostic[] = [];

  constructor() {
    super(VOCABULARY, { maxLookahead: 1, recoveryEnabled: false, errorMessageProvider: expectation });
  }

  /** A formula that stands alone. */
  readonly formula = this.RULE('formula', (): Expression => {
    const chain = this.SUBRULE(this.chain);
    return this.ACTION(() => makeTree(chain, { clause: false, notes: this.notes }).value);
  });

  /** A formula at whose end a condition may stand: `20_000 RUB when …`. */
  readonly claused = this.RULE('claused', (): Tree => {
    const chain = this.SUBRULE(this.chain);
    return this.ACTION(() => makeTree(chain, { clause: true, notes: this.notes }));
  });

  /** Arithmetic alone, for bounds and shares, after which `else` and `when` are clauses of their own. */
  readonly sum = this.RULE('sum', (): Expression => {
    const first = this.SUBRULE1(this.operand);
    const rest: Mutable<Chain>['rest'][number][] = [];
    this.MANY(() => {
      const token = this.OR(
        ARITHMETIC.map((type, index) => ({ ALT: () => this.consume(index, type) })),
      ) as Token;
      const operand = this.SUBRULE2(this.operand);
      this.ACTION(() => rest.push({ operator: this.infix(token), token, last: token, operand }));
    });
    return this.ACTION(() => makeTree({ first, rest }, { clause: false, notes: this.notes }).value);
  });

  readonly chain = this.RULE('chain', (): Chain => {
    const first = this.SUBRULE1(this.operand);
    const rest: Chain['rest'][number][] = [];
    this.MANY(() => {
      const operators = this.SUBRULE(this.operator);
      const operand = this.SUBRULE2(this.operand);
      this.ACTION(() => rest.push({ ...operators, operand }));
    });
    return { first, rest };
  });

  private readonly operator = this.RULE(
    'operator',
    (): { readonly operator: Infix; readonly token: Token; readonly last: Token } => {
      const token = this.OR(INFIX.map((type, index) => ({ ALT: () => this.consume(index, type) }))) as Token;
      const not = this.OPTION({
        GATE: () => token.image === 'is',
        DEF: () => this.CONSUME(keyword('not')),
      }) as Token | undefined;
      return this.ACTION(() => {
        const operator = this.infix(token);
        return not === undefined
          ? { operator, token, last: token }
          : { operator: 'is not', token, last: not };
      });
    },
  );

  /** A value with its signs before and its members, arguments, brackets and `exists` after. */
  readonly operand = this.RULE('operand', (): Operand => {
    const prefixes: Token[] = [];
    this.MANY1(() => {
      const token = this.OR([
        { ALT: () => this.CONSUME(t.Minus) },
        { ALT: () => this.CONSUME(keyword('not')) },
        { ALT: () => this.CONSUME(t.Bang) },
      ]) as Token;
      this.ACTION(() => this.prefix(token, prefixes));
    });
    const value = this.SUBRULE(this.postfix);
    return { prefixes, value };
  });

  readonly postfix = this.RULE('postfix', (): Expression => {
    let value: Expression = this.SUBRULE(this.primary);
    this.MANY({
      GATE: () => this.continues(value),
      DEF: () => {
        value = this.OR([
          {
            ALT: () => {
              this.CONSUME(t.Dot);
              const name = this.SUBRULE(this.word);
              return this.ACTION(
                (): Expression => ({ kind: 'member', of: value, name, span: cover(value.span, name.span) }),
              );
            },
          },
          { ALT: () => this.SUBRULE(this.call, { ARGS: [value] }) },
          { ALT: () => this.SUBRULE(this.brackets, { ARGS: [value] }) },
          {
            ALT: () => {
              const token = this.CONSUME(keyword('exists')) as Token;
              return this.ACTION(
                (): Expression => ({ kind: 'exists', operand: value, span: cover(value.span, token.span) }),
              );
            },
          },
        ]);
      },
    });
    return value;
  });

  private readonly primary = this.RULE(
    'primary',
    (): Expression =>
      this.OR({
        DEF: [
          {
            ALT: () => {
              const token = this.CONSUME(t.Literal) as Token;
              return this.ACTION(() => literal(token));
            },
          },
          {
            ALT: () => {
              const token = this.CONSUME(t.Text) as Token;
              return this.ACTION((): Expression => ({ kind: 'text', value: token.value, span: token.span }));
            },
          },
          {
            ALT: () => {
              const open = this.CONSUME(t.OpenParen) as Token;
              const value = this.SUBRULE(this.formula);
              const close = this.CONSUME(t.CloseParen) as Token;
              return this.ACTION(() => ({ ...value, span: cover(open.span, close.span) }));
            },
          },
          {
            GATE: () => !NEVER_NAMES.has(this.LA(1).image),
            ALT: () => {
              const token = this.CONSUME(t.Word) as Token;
              return this.ACTION((): Expression => bareWord(token));
            },
          },
        ],
        ERR_MSG: 'a value',
      }),
  );

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

  private readonly call = this.RULE('call', (callee: Expression): Expression => {
    this.CONSUME(t.OpenParen);
    let distinct = false;
    const args: Expression[] = [];
    const clauses: CallClauses = {};
    this.OPTION1({
      GATE: () => startsValue(this.LA(2)),
      DEF: () => {
        this.CONSUME(keyword('distinct'));
        distinct = true;
      },
    });
    this.OPTION2({
      GATE: () => !this.startsClause(),
      DEF: () => {
        args.push(this.SUBRULE1(this.formula));
        this.MANY1(() => {
          this.CONSUME(t.Comma);
          args.push(this.SUBRULE2(this.formula));
        });
      },
    });
    this.clauses(clauses, CALL_CLAUSES, [
      () => {
        const token = this.CONSUME(keyword('by')) as Token;
        const value = [this.SUBRULE3(this.formula)];
        this.MANY2(() => {
          this.CONSUME2(t.Comma);
          value.push(this.SUBRULE4(this.formula));
        });
        this.ACTION(() => this.once(clauses, { key: 'by', value, token }));
      },
      () => {
        const value = this.SUBRULE(this.roundingMode);
        this.ACTION(() => this.once(clauses, { key: 'mode', value, token: value }));
      },
    ]);
    const close = this.CONSUME(t.CloseParen) as Token;
    return this.ACTION(() => ({
      kind: 'call',
      callee: callee as NameUse,
      distinct,
      args,
      ...clauses,
      span: cover(callee.span, close.span),
    }));
  });

  /** `half up`, `half even`, `down`. */
  readonly roundingMode = this.RULE(
    'roundingMode',
    (): Name =>
      this.OR1({
        DEF: [
          {
            ALT: () => {
              const half = this.CONSUME(keyword('half')) as Token;
              const way = this.OR2([
                { ALT: () => this.CONSUME(keyword('up')) },
                { ALT: () => this.CONSUME(keyword('even')) },
              ]) as Token;
              return this.ACTION(
                (): Name => ({ text: `half ${way.image}`, span: cover(half.span, way.span) }),
              );
            },
          },
          {
            ALT: () => {
              const token = this.CONSUME(keyword('down')) as Token;
              return this.ACTION(() => nameOf(token));
            },
          },
        ],
        ERR_MSG: '`half up`, `half even` or `down`',
      }),
  );

  private readonly brackets = this.RULE('brackets', (of: Expression): Expression => {
    this.CONSUME(t.OpenBracket);
    const items = [this.SUBRULE1(this.bracketItem)];
    this.MANY(() => {
      this.CONSUME(t.Comma);
      items.push(this.SUBRULE2(this.bracketItem));
    });
    const close = this.CONSUME(t.CloseBracket) as Token;
    return this.ACTION(() => ({ kind: 'brackets', of, items, span: cover(of.span, close.span) }));
  });

  private readonly bracketItem = this.RULE(
    'bracketItem',
    (): BracketItem =>
      this.OR({
        IGNORE_AMBIGUITIES: true,
        DEF: [
          {
            GATE: () => startsValue(this.LA(2)),
            ALT: () => {
              const token = this.CONSUME(keyword('by')) as Token;
              const value = this.SUBRULE1(this.formula);
              return this.ACTION(
                (): BracketItem => ({ kind: 'by', value, span: cover(token.span, value.span) }),
              );
            },
          },
          {
            GATE: () => [t.Comma, t.CloseBracket, t.NumberToken].includes(this.LA(2).tokenType),
            ALT: () => {
              const token = this.CONSUME(keyword('previous')) as Token;
              const count = this.OPTION1(() => this.CONSUME(t.NumberToken)) as Token | undefined;
              return this.ACTION((): BracketItem => {
                const span = count === undefined ? token.span : cover(token.span, count.span);
                return { kind: 'previous', count: count === undefined ? 1 : this.count(count), span };
              });
            },
          },
          {
            GATE: () => tokenMatcher(this.LA(2), t.DurationToken),
            ALT: () => {
              const token = this.CONSUME(keyword('trailing')) as Token;
              const length = this.CONSUME(t.DurationToken) as Token;
              return this.ACTION((): BracketItem => {
                const unit = length.unit ?? '';
                const grain = { text: unit, span: { ...length.span, start: length.span.end - unit.length } };
                return {
                  kind: 'trailing',
                  count: this.count(length),
                  grain,
                  span: cover(token.span, length.span),
                };
              });
            },
          },
          {
            GATE: () => this.LA(2).image === 'date',
            ALT: () => {
              const first = this.CONSUME(keyword('to')) as Token;
              const last = this.CONSUME(keyword('date')) as Token;
              return this.ACTION(
                (): BracketItem => ({ kind: 'to date', span: cover(first.span, last.span) }),
              );
            },
          },
          {
            GATE: () => this.LA(2).image === 'period',
            ALT: () => {
              const first = this.CONSUME(keyword('same')) as Token;
              this.CONSUME(keyword('period'));
              this.CONSUME(keyword('last'));
              const last = this.CONSUME(keyword('year')) as Token;
              return this.ACTION(
                (): BracketItem => ({ kind: 'same period last year', span: cover(first.span, last.span) }),
              );
            },
          },
          {
            ALT: () => {
              const value = this.SUBRULE2(this.formula);
              const at = this.OPTION2(() => {
                this.CONSUME(keyword('at'));
                return this.SUBRULE3(this.formula);
              });
              return this.ACTION((): BracketItem => {
                if (at === undefined) return { kind: 'expression', value, span: value.span };
                return { kind: 'expression', value, at, span: cover(value.span, at.span) };
              });
            },
          },
        ],
        ERR_MSG: 'a value, a scope or a window',
      }),
  );

  /** Clauses in any order, each once; `others` are those that a `ClauseRule` can't say. */
  protected clauses(into: object, rules: readonly ClauseRule[], others: readonly (() => void)[] = []): void {
    // Indexes from 10 leave the small ones to the rule that calls this.
    const first = 10;
    this.many(first, () => {
      this.or(first, [
        ...rules.map((rule, at) => ({ ALT: () => this.clause(into, rule, first + at) })),
        ...others.map((ALT) => ({ ALT })),
      ]);
    });
  }

  private clause(into: object, { words, key, value }: ClauseRule, index: number): void {
    const tokens = words.map((word) => this.consume(index, keyword(word)) as Token);
    const said = value === undefined ? true : this.subrule(index, this[value] as ParserMethod<[], unknown>);
    this.ACTION(() => this.once(into as Record<string, unknown>, { key, value: said, token: tokens[0]! }));
  }

  /** Keeps a clause's value, and says so when it is there already. */
  protected once<T extends object, K extends keyof T & string>(
    into: T,
    { key, value, token }: { readonly key: K; readonly value: T[K]; readonly token: Token | Name },
  ): void {
    const word = key === 'title' || !('image' in token) ? key : token.image;
    if (into[key] !== undefined && into[key] !== false)
      this.notes.push(messages.clauseTwice(token.span, word));
    into[key] = value;
  }

  private startsClause(): boolean {
    return ['where', 'by', 'as', 'to'].includes(this.LA(1).image) && startsValue(this.LA(2));
  }

  /** Whether what follows belongs to the value: `(` and `[` must touch it. */
  private continues(value: Expression): boolean {
    const next = this.LA(1) as Token;
    if (!tokenMatcher(next, t.OpenParen) && !tokenMatcher(next, t.OpenBracket)) return true;
    if (next.spaceBefore) return false;
    return (
      value.kind === 'name' ||
      value.kind === 'member' ||
      (next.tokenType === t.OpenBracket && value.kind === 'call')
    );
  }

  private infix(token: Token): Infix {
    const meant = MEANT.get(token.image);
    if (meant !== undefined) this.notes.push(messages.foreignOperator(token.span, token.image, meant));
    if (token.image === '-' && !(token.spaceBefore && token.spaceAfter)) {
      const fix = `${token.spaceBefore ? '' : ' '}-${token.spaceAfter ? '' : ' '}`;
      this.notes.push(messages.minusNeedsSpaces(token.span, fix));
    }
    return meant ?? (token.image as Infix);
  }

  private prefix(token: Token, prefixes: Token[]): void {
    if (token.image === '!')
      this.notes.push(messages.foreignOperator(token.span, '!', token.spaceAfter ? 'not' : 'not '));
    if (prefixes.length === LIMITS.nesting) this.notes.push(messages.tooDeep(token.span, LIMITS.nesting));
    if (prefixes.length < LIMITS.nesting) prefixes.push(token);
  }

  private count(token: Token): number {
    const count = Number(token.value);
    if (!Number.isSafeInteger(count) || count < 1) {
      this.notes.push(messages.badCount(token.span, token.value));
      return 1;
    }
    return count;
  }
}
