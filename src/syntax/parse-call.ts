// The rules of what stands in `( )` and `[ ]` after a value: arguments with their clauses, scopes, windows, look-ups.

import { tokenMatcher } from 'chevrotain';
import { cover } from '../base/source.ts';
import type { BracketItem, Call, Expression, Name, NameUse } from './ast.ts';
import { nameOf, startsValue } from './literals.ts';
import * as messages from './messages.ts';
import { FormulaRules } from './parse-formula.ts';
import type { ClauseRule } from './rules.ts';
import * as t from './tokens.ts';
import { keyword, type Token } from './tokens.ts';

type Clauses = {
  -readonly [K in keyof Omit<Call, 'kind' | 'callee' | 'distinct' | 'args' | 'span'>]: Call[K];
};

const CALL_CLAUSES: readonly ClauseRule[] = [
  { words: ['where'], key: 'where', value: 'formula' },
  { words: ['as'], key: 'as', value: 'name' },
  { words: ['to'], key: 'to', value: 'sum' },
  { words: ['after'], key: 'after', value: 'sum' },
  { words: ['at'], key: 'at', value: 'sum' },
];
const CALL_WORDS: ReadonlySet<string> = new Set([
  ...CALL_CLAUSES.flatMap(({ words }) => words),
  'by',
  'within',
  'each',
  'half',
]);

export abstract class CallRules extends FormulaRules {
  /** `(deal.amount as care where is_won)`; a comma may stand before a clause: `(amount, to RUB, at closed_on)`. */
  readonly call = this.RULE('call', (callee: Expression): Expression => {
    this.CONSUME(t.OpenParen);
    let distinct = false;
    const args: Expression[] = [];
    const clauses: Clauses = {};
    this.OPTION1({
      GATE: () => this.valueAt(2),
      DEF: () => {
        this.CONSUME(keyword('distinct'));
        distinct = true;
      },
    });
    this.OPTION2({
      GATE: () => !this.startsClause(1),
      DEF: () => {
        this.SUBRULE1(this.argument, { ARGS: [args, clauses] });
        this.MANY1({
          GATE: () => !this.startsClause(2),
          DEF: () => {
            this.CONSUME1(t.Comma);
            this.SUBRULE2(this.argument, { ARGS: [args, clauses] });
          },
        });
      },
    });
    this.MANY2(() => {
      this.OPTION3(() => this.CONSUME2(t.Comma));
      this.oneClause(clauses, CALL_CLAUSES, [
        () => this.by(clauses),
        () => {
          const token = this.CONSUME(keyword('within')) as Token;
          const value = this.SUBRULE(this.within, { ARGS: [token] });
          this.mark(clauses, { key: 'within', value, token });
        },
        () => {
          const token = this.CONSUME(keyword('each')) as Token;
          const value = this.SUBRULE(this.each, { ARGS: [token] });
          this.mark(clauses, { key: 'each', value, token });
        },
        () => {
          const value = this.SUBRULE(this.roundingMode);
          this.mark(clauses, { key: 'mode', value, token: value });
        },
      ]);
    });
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

  /** `margin of price`: a value, and what it is a part of. */
  private readonly argument = this.RULE('argument', (args: Expression[], clauses: Clauses): void => {
    const argument = this.SUBRULE(this.formula);
    this.ACTION(() => args.push(argument));
    this.OPTION(() => {
      const token = this.CONSUME(keyword('of')) as Token;
      const value = this.SUBRULE(this.sum);
      this.mark(clauses, { key: 'of', value, token });
      this.ACTION(() => {
        if (args.length > 1) clauses.ofArgument = args.length - 1;
      });
    });
  });

  /** `by client, region`. */
  private by(clauses: Clauses): void {
    const token = this.CONSUME(keyword('by')) as Token;
    const value = [this.SUBRULE1(this.formula)];
    this.MANY3({
      GATE: () => !this.startsClause(2),
      DEF: () => {
        this.CONSUME3(t.Comma);
        value.push(this.SUBRULE2(this.formula));
      },
    });
    this.mark(clauses, { key: 'by', value, token });
  }

  /** `30 days after opened_at`. */
  private readonly within = this.RULE('within', (start: Token): NonNullable<Call['within']> => {
    const length = this.SUBRULE1(this.sum);
    const word = this.OR([
      { ALT: () => this.CONSUME(keyword('after')) },
      { ALT: () => this.CONSUME(keyword('before')) },
    ]) as Token;
    const of = this.SUBRULE2(this.sum);
    return this.ACTION(() => ({
      length,
      word: word.image as 'after' | 'before',
      of,
      span: cover(start.span, of.span),
    }));
  });

  /** `month`, `earlier month of retail`, `account`. */
  private readonly each = this.RULE('each', (start: Token): NonNullable<Call['each']> => {
    const earlier = this.OPTION({
      GATE: () => tokenMatcher(this.LA(2), t.Word) && startsValue(this.LA(2)),
      DEF: () => this.CONSUME(keyword('earlier')),
    });
    const grain = this.SUBRULE(this.grain);
    return this.ACTION(() => ({
      earlier: earlier !== undefined,
      grain,
      span: cover(start.span, grain.span),
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

  readonly brackets = this.RULE('brackets', (of: Expression): Expression => {
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
            GATE: () => this.valueAt(2),
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
              const of = this.OPTION3(() => this.SUBRULE1(this.ofCalendar));
              return this.ACTION((): BracketItem => {
                const unit = length.unit ?? '';
                const end = (of ?? length).span.end;
                const grain = {
                  text: unit,
                  span: { ...length.span, start: length.span.end - unit.length, end },
                };
                return {
                  kind: 'trailing',
                  count: this.count(length),
                  grain: of ? { ...grain, of } : grain,
                  span: { ...token.span, end },
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
              const of = this.OPTION4(() => this.SUBRULE2(this.ofCalendar));
              return this.ACTION(
                (): BracketItem => ({
                  kind: 'expression',
                  value,
                  ...(at && { at }),
                  ...(of && { of }),
                  span: cover(value.span, (of ?? at ?? value).span),
                }),
              );
            },
          },
        ],
        ERR_MSG: 'a value, a scope or a window',
      }),
  );

  /** Whether a clause begins at the token: its word, with a value after it that isn't a clause's word itself. */
  private startsClause(at: number): boolean {
    return this.introduces(CALL_WORDS, at) && !this.introduces(CALL_WORDS, at + 1);
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
