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
import { nameOf } from './literals.ts';
import type { Tree } from './make-tree.ts';
import { type ClauseRule, FormulaRules } from './parse-formula.ts';
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

const BOUNDS: readonly ClauseRule[] = [
  { words: ['from'], key: 'from', value: 'sum' },
  { words: ['until'], key: 'until', value: 'sum' },
];
const FIELD_CLAUSES: readonly ClauseRule[] = [
  { words: ['key'], key: 'key' },
  { words: ['posts'], key: 'posts' },
  { words: ['owner'], key: 'owner' },
  ...BOUNDS,
  { words: ['else'], key: 'fallback', value: 'sum' },
];
const PER: ClauseRule = { words: ['per'], key: 'per', value: 'word' };
const WHEN: ClauseRule = { words: ['when'], key: 'when', value: 'formula' };
const CAP: ClauseRule = { words: ['cap'], key: 'cap', value: 'sum' };
const CREDIT_CLAUSES: readonly ClauseRule[] = [
  { words: ['extra'], key: 'extra' },
  { words: ['as'], key: 'as', value: 'name' },
  { words: ['in', 'role'], key: 'role', value: 'name' },
  WHEN,
];
const TARGET_CLAUSES: readonly ClauseRule[] = [{ words: ['adds', 'up'], key: 'addsUp' }, PER, WHEN];
const SCORE_CLAUSES: readonly ClauseRule[] = [CAP, { words: ['floor'], key: 'floor', value: 'sum' }];
const BONUS_MARKS: readonly ClauseRule[] = [{ words: ['gated'], key: 'gated' }, PER];
const BONUS_CLAUSES: readonly ClauseRule[] = [WHEN, CAP];
const CAP_CLAUSES: readonly ClauseRule[] = [PER, { words: ['in', 'all'], key: 'inAll' }];

export class PhraseRules extends FormulaRules {
  constructor() {
    super();
    this.performSelfAnalysis();
  }

  /** `from 2026-01-01 until 2026-12-31`. */
  readonly dateRange = this.RULE('dateRange', (): DateRange => {
    const range: { from?: Expression; until?: Expression } = {};
    const bounds: { readonly span: Span }[] = [];
    this.AT_LEAST_ONE({
      DEF: () => {
        const token = this.OR([
          { ALT: () => this.CONSUME(keyword('from')) },
          { ALT: () => this.CONSUME(keyword('until')) },
        ]) as Token;
        const value = this.SUBRULE(this.sum);
        this.mark(range, { key: token.image as 'from' | 'until', value, token });
        bounds.push(token, value);
      },
      ERR_MSG: '`from` or `until`',
    });
    return this.ACTION(() => ({ ...range, span: cover(bounds[0]!.span, bounds.at(-1)!.span) }));
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
    this.clauses(field, FIELD_CLAUSES);
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
    this.clauses(line, CREDIT_CLAUSES);
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
    const target: TargetPhrase = { ...(this.SUBRULE(this.claused) as Tree), addsUp: false };
    this.clauses(target, TARGET_CLAUSES);
    return target;
  });

  /** `20% on standard of value cap 120% floor 10% missing counts 0%`. */
  readonly scoreLine = this.RULE('scoreLine', (): ScorePhrase => {
    const line: ScorePhrase = { weight: this.SUBRULE(this.sum), ofValue: false };
    this.clauses(line, SCORE_CLAUSES, [
      () => {
        const token = this.CONSUME(keyword('on')) as Token;
        this.mark(line, { key: 'curve', value: this.SUBRULE(this.name), token });
        this.OPTION(() => {
          this.CONSUME(keyword('of'));
          this.CONSUME(keyword('value'));
          line.ofValue = true;
        });
      },
      () => {
        const token = this.CONSUME(keyword('missing')) as Token;
        this.mark(line, { key: 'missing', value: this.SUBRULE(this.missing, { ARGS: [token] }), token });
      },
    ]);
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
    this.clauses(head, BONUS_MARKS, [
      () => this.title(head),
      () => {
        const not = this.OPTION(() => this.CONSUME(keyword('not'))) as Token | undefined;
        const token = this.CONSUME(keyword('prorated')) as Token;
        this.mark(head, { key: 'prorated', value: not === undefined, token });
      },
    ]);
    return head;
  });

  /** `20_000 RUB * score when … cap 50_000 RUB`. */
  readonly bonus = this.RULE('bonus', (): BonusPhrase => {
    const bonus: BonusPhrase = { ...(this.SUBRULE(this.claused) as Tree) };
    this.clauses(bonus, BONUS_CLAUSES);
    return bonus;
  });

  /** `300_000 RUB per quarter in all`. */
  readonly cap = this.RULE('cap', (): CapPhrase => {
    const cap: CapPhrase = { amount: this.SUBRULE(this.sum), inAll: false };
    this.clauses(cap, CAP_CLAUSES);
    return cap;
  });

  /** `"Total revenue" outcome lower is better`. */
  readonly kpiHead = this.RULE('kpiHead', (): KpiHead => {
    const head: KpiHead = {};
    this.clauses(
      head,
      [],
      [
        () => this.title(head),
        () => {
          const token = this.SUBRULE1(this.category);
          this.mark(head, { key: 'category', value: token, token });
        },
        () => {
          const token = this.SUBRULE2(this.better);
          this.CONSUME(keyword('is'));
          this.CONSUME(keyword('better'));
          this.mark(head, { key: 'better', value: token, token });
        },
      ],
    );
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

  /** A title in quotes, which stands in a head. */
  private title(head: { title?: Name }): void {
    const token = this.CONSUME(t.Text) as Token;
    this.ACTION(() => this.once(head, { key: 'title', value: nameOf(token), token }));
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
