// The rules of phrases: what stands after a clause's word, in a line of the text form or in a YAML scalar. Each rule
// gives the part of a node that the phrase says; names and spans are added by who knows the whole statement.

import type { ParserMethod } from 'chevrotain';
import { cover, type Span } from '../base/source.ts';
import type {
  Bonus,
  Cap,
  CreditLine,
  CurvePoint,
  DateRange,
  Expression,
  Field,
  Gate,
  Name,
  Rounding,
  ScoreLine,
  Target,
  Tier,
  TypeReference,
} from './ast.ts';
import type { Tree } from './make-tree.ts';
import { FormulaRules, nameOf } from './parse-formula.ts';
import * as t from './tokens.ts';
import { keyword, type Token } from './tokens.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Said<T> = Writable<Omit<T, 'name' | 'kpi' | 'span' | 'doc'>>;

export type FieldPhrase = Said<Field>;
export type CreditPhrase = Said<CreditLine>;
export type TargetPhrase = Said<Target>;
export type ScorePhrase = Said<ScoreLine>;
export type GatePhrase = Said<Gate>;
export type CapPhrase = Said<Cap>;
export type BonusHead = Said<Pick<Bonus, 'title' | 'gated' | 'prorated' | 'per'>>;
export type BonusPhrase = Said<Pick<Bonus, 'value' | 'when' | 'cap'>>;
export type KpiHead = { title?: Name; category?: Name; better?: Name };
export type RoleHead = { title?: Name; extends?: Name };
export type TierBounds = Omit<Tier, 'rate' | 'span'>;
/** `below 80%`, `above`, or the point's own place. */
export type CurveKey =
  | { readonly kind: 'below'; readonly bound?: Expression }
  | { readonly kind: 'above' }
  | { readonly kind: 'point'; readonly at: CurvePoint['at'] };

export class PhraseRules extends FormulaRules {
  constructor() {
    super();
    this.performSelfAnalysis();
  }

  /** `from 2026-01-01 until 2026-12-31`. */
  readonly dateRange = this.RULE('dateRange', (): DateRange => {
    const range: Writable<DateRange> = { span: undefined as unknown as Span };
    this.AT_LEAST_ONE({
      DEF: () => {
        const token = this.OR([
          { ALT: () => this.CONSUME(keyword('from')) },
          { ALT: () => this.CONSUME(keyword('until')) },
        ]) as Token;
        const value = this.SUBRULE(this.sum);
        this.ACTION(() => {
          this.once(range, { key: token.image as 'from' | 'until', value, token });
          range.span = cover(range.span ?? token.span, value.span);
        });
      },
      ERR_MSG: '`from` or `until`',
    });
    return range;
  });

  /** `half up to 0.01`. */
  readonly rounding = this.RULE('rounding', (): Rounding => {
    const mode = this.SUBRULE(this.roundingMode);
    this.CONSUME(keyword('to'));
    const to = this.SUBRULE(this.sum);
    return this.ACTION(() => ({ mode, to, span: cover(mode.span, to.span) }));
  });

  /** `by person.office`. */
  readonly report = this.RULE('report', (): Expression => {
    this.CONSUME(keyword('by'));
    return this.SUBRULE(this.formula);
  });

  /** `money? from 0 RUB else 0 RUB`, `won | lost`, `text key`. */
  readonly fieldType = this.RULE('fieldType', (): FieldPhrase => {
    const type = this.SUBRULE(this.type);
    const field: FieldPhrase = { type, key: false, posts: false, owner: false };
    this.MANY(() => {
      this.OR([
        {
          ALT: () =>
            this.mark(field, { key: 'key', value: true, token: this.CONSUME(keyword('key')) as Token }),
        },
        {
          ALT: () =>
            this.mark(field, { key: 'posts', value: true, token: this.CONSUME(keyword('posts')) as Token }),
        },
        {
          ALT: () =>
            this.mark(field, { key: 'owner', value: true, token: this.CONSUME(keyword('owner')) as Token }),
        },
        {
          ALT: () => {
            const token = this.CONSUME(keyword('from')) as Token;
            this.mark(field, { key: 'from', value: this.SUBRULE1(this.sum), token });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(keyword('until')) as Token;
            this.mark(field, { key: 'until', value: this.SUBRULE2(this.sum), token });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(keyword('else')) as Token;
            this.mark(field, { key: 'fallback', value: this.SUBRULE3(this.sum), token });
          },
        },
      ]);
    });
    return field;
  });

  private readonly type = this.RULE('type', (): TypeReference => {
    const members = [this.SUBRULE1(this.typeWord)];
    let sign: Token | undefined;
    let currency: Name | undefined;
    this.OR1({
      DEF: [
        {
          ALT: () =>
            this.AT_LEAST_ONE1(() => {
              sign = this.CONSUME(t.Bar) as Token;
              members.push(this.SUBRULE2(this.typeWord));
            }),
        },
        {
          ALT: () =>
            this.AT_LEAST_ONE2(() => {
              sign = this.CONSUME(t.Less) as Token;
              members.push(this.SUBRULE3(this.typeWord));
            }),
        },
        {
          ALT: () => {
            this.CONSUME(keyword('in'));
            currency = this.SUBRULE(this.word);
          },
        },
        { ALT: () => undefined },
      ],
    });
    const question = this.OPTION(() => this.CONSUME(t.Question)) as Token | undefined;
    return this.ACTION((): TypeReference => {
      const optional = question !== undefined;
      const span = cover(members[0]!.span, question?.span ?? currency?.span ?? members.at(-1)!.span);
      if (sign !== undefined)
        return { kind: 'enumeration', members, ordered: sign.image === '<', optional, span };
      return { kind: 'named', name: members[0]!, ...(currency && { currency }), optional, span };
    });
  });

  private readonly typeWord = this.RULE(
    'typeWord',
    (): Name =>
      this.OR({
        DEF: [
          {
            ALT: () => {
              const token = this.CONSUME(t.Named) as Token;
              return this.ACTION(() => nameOf(token));
            },
          },
        ],
        ERR_MSG: 'a type',
      }),
  );

  /** `to manager else lead 100% extra as care in role farmer when …`. */
  readonly creditLine = this.RULE('creditLine', (): CreditPhrase => {
    this.CONSUME(keyword('to'));
    const to = this.SUBRULE1(this.postfix);
    const otherwise = this.OPTION(() => {
      this.CONSUME(keyword('else'));
      return this.SUBRULE2(this.postfix);
    });
    const share = this.SUBRULE(this.share);
    const line: CreditPhrase = { to, ...(otherwise && { otherwise }), share, extra: false };
    this.MANY(() => {
      this.OR([
        {
          ALT: () =>
            this.mark(line, { key: 'extra', value: true, token: this.CONSUME(keyword('extra')) as Token }),
        },
        {
          ALT: () => {
            const token = this.CONSUME(keyword('as')) as Token;
            this.mark(line, { key: 'as', value: this.SUBRULE1(this.name), token });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(keyword('in')) as Token;
            this.CONSUME(keyword('role'));
            this.mark(line, { key: 'role', value: this.SUBRULE2(this.name), token });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(keyword('when')) as Token;
            this.mark(line, { key: 'when', value: this.SUBRULE(this.formula), token });
          },
        },
      ]);
    });
    return line;
  });

  private readonly share = this.RULE('share', (): Expression | 'rest' =>
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        {
          ALT: () => {
            this.CONSUME(keyword('rest'));
            return 'rest' as const;
          },
        },
        { ALT: (): Expression => this.SUBRULE(this.sum) },
      ],
      ERR_MSG: 'a share',
    }),
  );

  /** `60 per quarter when …`, `8 adds up`. */
  readonly target = this.RULE('target', (): TargetPhrase => {
    const tree = this.SUBRULE(this.claused) as Tree;
    const target: TargetPhrase = { ...tree, addsUp: false };
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const token = this.CONSUME(keyword('adds')) as Token;
            this.CONSUME(keyword('up'));
            this.mark(target, { key: 'addsUp', value: true, token });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(keyword('per')) as Token;
            this.mark(target, { key: 'per', value: this.SUBRULE(this.word), token });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(keyword('when')) as Token;
            this.mark(target, { key: 'when', value: this.SUBRULE(this.formula), token });
          },
        },
      ]);
    });
    return target;
  });

  /** `20% on standard of value cap 120% floor 10% missing counts 0%`. */
  readonly scoreLine = this.RULE('scoreLine', (): ScorePhrase => {
    const line: ScorePhrase = { weight: this.SUBRULE1(this.sum), ofValue: false };
    this.MANY(() => {
      this.OR1([
        {
          ALT: () => {
            const token = this.CONSUME(keyword('on')) as Token;
            this.mark(line, { key: 'curve', value: this.SUBRULE(this.name), token });
            this.OPTION1(() => {
              this.CONSUME(keyword('of'));
              this.CONSUME(keyword('value'));
              line.ofValue = true;
            });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(keyword('cap')) as Token;
            this.mark(line, { key: 'cap', value: this.SUBRULE2(this.sum), token });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(keyword('floor')) as Token;
            this.mark(line, { key: 'floor', value: this.SUBRULE3(this.sum), token });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME1(keyword('missing')) as Token;
            this.mark(line, { key: 'missing', value: this.SUBRULE(this.missing, { ARGS: [token] }), token });
          },
        },
      ]);
    });
    return line;
  });

  /** `counts 0%`, `spreads its weight at least 50%`. */
  private readonly missing = this.RULE(
    'missing',
    (start: Token): NonNullable<ScoreLine['missing']> =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(keyword('counts'));
            const score = this.SUBRULE1(this.sum);
            return this.ACTION(() => ({
              kind: 'counts' as const,
              score,
              span: cover(start.span, score.span),
            }));
          },
        },
        {
          ALT: () => {
            this.CONSUME(keyword('spreads'));
            this.CONSUME(keyword('its'));
            const weight = this.CONSUME(keyword('weight')) as Token;
            const atLeast = this.OPTION(() => {
              this.CONSUME(keyword('at'));
              this.CONSUME(keyword('least'));
              return this.SUBRULE2(this.sum);
            });
            return this.ACTION(() => ({
              kind: 'spreads' as const,
              ...(atLeast && { atLeast }),
              span: cover(start.span, (atLeast ?? weight).span),
            }));
          },
        },
      ]),
  );

  /** `(conversion else 0%) >= 10% when …`. */
  readonly gate = this.RULE('gate', (): GatePhrase => {
    const tree = this.SUBRULE(this.claused);
    return this.ACTION(() => ({ condition: tree.value, ...(tree.when && { when: tree.when }) }));
  });

  /** `"Quarterly plan" gated not prorated per quarter`. */
  readonly bonusHead = this.RULE('bonusHead', (): BonusHead => {
    const head: BonusHead = { gated: false };
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const token = this.CONSUME(t.Text) as Token;
            this.ACTION(() => this.once(head, { key: 'title', value: nameOf(token), token }));
          },
        },
        {
          ALT: () =>
            this.mark(head, { key: 'gated', value: true, token: this.CONSUME(keyword('gated')) as Token }),
        },
        {
          ALT: () => {
            const not = this.OPTION(() => this.CONSUME(keyword('not'))) as Token | undefined;
            const token = this.CONSUME(keyword('prorated')) as Token;
            this.mark(head, { key: 'prorated', value: not === undefined, token });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(keyword('per')) as Token;
            this.mark(head, { key: 'per', value: this.SUBRULE(this.word), token });
          },
        },
      ]);
    });
    return head;
  });

  /** `20_000 RUB * score when … cap 50_000 RUB`. */
  readonly bonus = this.RULE('bonus', (): BonusPhrase => {
    const bonus: BonusPhrase = { ...(this.SUBRULE(this.claused) as Tree) };
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const token = this.CONSUME(keyword('when')) as Token;
            this.mark(bonus, { key: 'when', value: this.SUBRULE(this.formula), token });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(keyword('cap')) as Token;
            this.mark(bonus, { key: 'cap', value: this.SUBRULE(this.sum), token });
          },
        },
      ]);
    });
    return bonus;
  });

  /** `300_000 RUB per quarter in all`. */
  readonly cap = this.RULE('cap', (): CapPhrase => {
    const cap: CapPhrase = { amount: this.SUBRULE(this.sum), inAll: false };
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const token = this.CONSUME(keyword('per')) as Token;
            this.mark(cap, { key: 'per', value: this.SUBRULE(this.word), token });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(keyword('in')) as Token;
            this.CONSUME(keyword('all'));
            this.mark(cap, { key: 'inAll', value: true, token });
          },
        },
      ]);
    });
    return cap;
  });

  /** `"Total revenue" outcome lower is better`. */
  readonly kpiHead = this.RULE('kpiHead', (): KpiHead => {
    const head: KpiHead = {};
    this.MANY(() => {
      this.OR1([
        {
          ALT: () => {
            const token = this.CONSUME(t.Text) as Token;
            this.ACTION(() => this.once(head, { key: 'title', value: nameOf(token), token }));
          },
        },
        {
          ALT: () => {
            const token = this.SUBRULE1(this.category);
            this.ACTION(() => this.once(head, { key: 'category', value: token, token }));
          },
        },
        {
          ALT: () => {
            const token = this.SUBRULE2(this.better);
            this.CONSUME(keyword('is'));
            this.CONSUME(keyword('better'));
            this.ACTION(() => this.once(head, { key: 'better', value: token, token }));
          },
        },
      ]);
    });
    return head;
  });

  /** `outcome` or `operational`. */
  readonly category = this.oneWord('category', ['outcome', 'operational']);
  /** Which way is better: `higher` or `lower`. */
  readonly better = this.oneWord('better', ['higher', 'lower']);
  /** How a curve goes between its points: `linear` or `steps`. */
  readonly curveMode = this.oneWord('curveMode', ['linear', 'steps']);
  /** How rates apply: `marginal` or `whole`. */
  readonly ratesMode = this.oneWord('ratesMode', ['marginal', 'whole']);

  /** `"Wins new clients" extends seller`. */
  readonly roleHead = this.RULE('roleHead', (): RoleHead => {
    const head: RoleHead = {};
    this.OPTION1(() => {
      const token = this.CONSUME(t.Text) as Token;
      this.ACTION(() => {
        head.title = nameOf(token);
      });
    });
    this.OPTION2(() => {
      this.CONSUME(keyword('extends'));
      const name = this.SUBRULE(this.name);
      this.ACTION(() => {
        head.extends = name;
      });
    });
    return head;
  });

  /** Nothing: the head of a declaration that has a name alone. */
  readonly noHead = this.RULE('noHead', (): Record<never, never> => ({}));

  /** `from 0 RUB until 1_000 RUB`, `above 50%`. */
  readonly tierBounds = this.RULE('tierBounds', (): TierBounds => {
    const lower = this.OR1({
      DEF: [{ ALT: () => this.CONSUME(keyword('from')) }, { ALT: () => this.CONSUME(keyword('above')) }],
      ERR_MSG: '`from` or `above`',
    }) as Token;
    const from = this.SUBRULE1(this.sum);
    let upper: Tier['upper'];
    this.OPTION(() => {
      const word = this.OR2([
        { ALT: () => this.CONSUME(keyword('until')) },
        { ALT: () => this.CONSUME2(keyword('below')) },
      ]) as Token;
      const value = this.SUBRULE2(this.sum);
      this.ACTION(() => {
        upper = { word: word.image as 'until' | 'below', value, span: cover(word.span, value.span) };
      });
    });
    return this.ACTION(() => ({
      lower: { word: lower.image as 'from' | 'above', value: from, span: cover(lower.span, from.span) },
      ...(upper && { upper }),
    }));
  });

  /** `below 80%`, `80%`, `above`. */
  readonly curveKey = this.RULE(
    'curveKey',
    (): CurveKey =>
      this.OR({
        IGNORE_AMBIGUITIES: true,
        DEF: [
          {
            ALT: () => {
              this.CONSUME(keyword('below'));
              const bound = this.OPTION(() => this.SUBRULE1(this.sum));
              return this.ACTION((): CurveKey => ({ kind: 'below', ...(bound && { bound }) }));
            },
          },
          {
            ALT: () => {
              this.CONSUME(keyword('above'));
              return { kind: 'above' as const };
            },
          },
          {
            ALT: () => {
              const at = this.SUBRULE2(this.sum);
              return this.ACTION((): CurveKey => ({ kind: 'point', at }));
            },
          },
        ],
        ERR_MSG: '`below`, `above` or the place of a point',
      }),
  );

  private oneWord(rule: string, words: readonly [t.KeywordText, t.KeywordText]): ParserMethod<[], Name> {
    return this.RULE(rule, (): Name => {
      const token = this.OR([
        { ALT: () => this.CONSUME1(keyword(words[0])) },
        { ALT: () => this.CONSUME2(keyword(words[1])) },
      ]) as Token;
      return this.ACTION(() => nameOf(token));
    });
  }

  /** `once`, where the call also runs while the grammar is recorded. */
  private mark<T extends object, K extends keyof T & string>(
    into: T,
    clause: { readonly key: K; readonly value: T[K]; readonly token: Token | Name },
  ): void {
    this.ACTION(() => this.once(into, clause));
  }
}

/** One parser serves all phrases: it keeps nothing between two. */
export const PHRASES = new PhraseRules();

export type PhraseName =
  | 'formula'
  | 'sum'
  | 'name'
  | 'word'
  | 'dateRange'
  | 'rounding'
  | 'report'
  | 'fieldType'
  | 'creditLine'
  | 'target'
  | 'scoreLine'
  | 'gate'
  | 'bonusHead'
  | 'bonus'
  | 'cap'
  | 'kpiHead'
  | 'category'
  | 'better'
  | 'curveMode'
  | 'ratesMode'
  | 'roleHead'
  | 'noHead'
  | 'tierBounds'
  | 'curveKey';
export type PhraseValue<P extends PhraseName> = ReturnType<PhraseRules[P]>;
