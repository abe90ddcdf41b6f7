// The rules of expressions. Input is the tokens of one statement; the tree is made in make-tree.ts. A rule that
// can't go on throws chevrotain's exception, which read-phrase.ts turns into one Diagnostic.

import { type ParserMethod, tokenMatcher } from 'chevrotain';
import { cover } from '../base/source.ts';
import type { Expression } from './ast.ts';
import { LIMITS } from './limits.ts';
import { bareWord, literal, NEVER_NAMES } from './literals.ts';
import { type Chain, type Infix, makeTree, type Operand, type Tree } from './make-tree.ts';
import * as messages from './messages.ts';
import { Rules } from './rules.ts';
import * as t from './tokens.ts';
import { keyword, type Token } from './tokens.ts';

const MEANT: ReadonlyMap<string, Infix> = new Map<string, Infix>([
  ['=', 'is'],
  ['==', 'is'],
  ['!=', 'is not'],
  ['≠', 'is not'],
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

/** Prizes that begin with a word; `and` before one of them joins prizes, not conditions. */
const PRIZE_WORDS: ReadonlySet<string> = new Set(['points', 'badge', 'recognition', 'training']);

export abstract class FormulaRules extends Rules {
  /** What stands in `( )` and `[ ]` after a value. */
  abstract readonly call: ParserMethod<[Expression], Expression>;
  abstract readonly brackets: ParserMethod<[Expression], Expression>;

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
    this.MANY({
      GATE: () => !(this.LA(1).image === 'and' && this.startsPrize(2)),
      DEF: () => {
        const operators = this.SUBRULE(this.operator);
        const operand = this.SUBRULE2(this.operand);
        this.ACTION(() => rest.push({ ...operators, operand }));
      },
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
          { ALT: () => this.SUBRULE(this.step, { ARGS: [value] }) },
        ]);
      },
    });
    return value;
  });

  /** `down 1`. */
  private readonly step = this.RULE('step', (of: Expression): Expression => {
    const way = this.OR([
      { ALT: () => this.CONSUME(keyword('up')) },
      { ALT: () => this.CONSUME(keyword('down')) },
    ]) as Token;
    const count = this.SUBRULE(this.primary);
    return this.ACTION(
      (): Expression => ({
        kind: 'step',
        of,
        direction: way.image as 'up' | 'down',
        count,
        span: cover(of.span, count.span),
      }),
    );
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

  /** Whether what follows belongs to the value: `(` and `[` must touch it. */
  private continues(value: Expression): boolean {
    const next = this.LA(1) as Token;
    if (next.image === 'up' || next.image === 'down') return this.startsCount();
    if (!tokenMatcher(next, t.OpenParen) && !tokenMatcher(next, t.OpenBracket)) return true;
    if (next.spaceBefore) return false;
    return (
      value.kind === 'name' ||
      value.kind === 'member' ||
      (next.tokenType === t.OpenBracket && value.kind === 'call')
    );
  }

  /** Whether a number of steps follows; `half up`, `round(x down)` and `adds up` have none. */
  private startsCount(): boolean {
    const count = this.LA(2) as Token;
    return count.tokenType === t.NumberToken || (count.tokenType === t.OpenParen && count.spaceBefore);
  }

  /** Whether a prize that begins with a word begins at the token: no condition has a value right after a word. */
  protected startsPrize(at: number): boolean {
    const value = this.LA(at + 1) as Token;
    return (
      PRIZE_WORDS.has(this.LA(at).image) &&
      (tokenMatcher(value, t.Literal) ||
        tokenMatcher(value, t.Text) ||
        (value.tokenType === t.OpenParen && value.spaceBefore))
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
}
