// The rules of what is paid: bonuses with their clauses, and what bounds and moves pay.

import { cover } from '../base/source.ts';
import type { Expression } from './ast.ts';
import type { Bonus, Cap, Draw, Floor, PaysIn } from './ast-roles.ts';
import type { Tree } from './make-tree.ts';
import { PER, type Phrase, WHEN } from './phrases-data.ts';
import { CAP, FLOOR, TargetRules } from './phrases-target.ts';
import type { ClauseRule } from './rules.ts';
import { keyword, type Token } from './tokens.ts';

export type CapPhrase = Phrase<Cap>;
export type FloorPhrase = Phrase<Floor>;
export type DrawPhrase = Phrase<Draw>;
export type BonusHead = Phrase<Pick<Bonus, 'title' | 'gated' | 'prorated' | 'per'>>;
export type BonusClauses = Partial<Phrase<Omit<Bonus, keyof BonusHead | 'value'>>>;
export type BonusPhrase = BonusClauses & Pick<Bonus, 'value'>;
export type PaysPhrase = Pick<BonusClauses, 'parts' | 'later' | 'paysIn'>;

const IN_ALL: ClauseRule = { words: ['in', 'all'], key: 'inAll' };
const BONUS_MARKS: readonly ClauseRule[] = [{ words: ['gated'], key: 'gated' }, PER];
const BONUS_CLAUSES: readonly ClauseRule[] = [
  WHEN,
  CAP,
  FLOOR,
  { words: ['first'], key: 'first', value: 'sum' },
  { words: ['while', 'employed'], key: 'whileEmployed' },
  { words: ['holds'], key: 'holds', value: 'holds' },
  { words: ['forfeited', 'on', 'leaving'], key: 'forfeited' },
  { words: ['payable'], key: 'payableAs', value: 'payable' },
];
const DRAW_CLAUSES: readonly ClauseRule[] = [
  PER,
  { words: ['recoverable'], key: 'recoverable' },
  { words: ['for'], key: 'length', value: 'sum' },
  { words: ['recovered'], key: 'recovered', value: 'recovered' },
];

export abstract class PayRules extends TargetRules {
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

  /** `20_000 RUB * score when … cap 50_000 RUB pays 1 month later`. */
  readonly bonus = this.RULE('bonus', (): BonusPhrase => {
    const bonus: BonusPhrase = { ...(this.SUBRULE(this.claused) as Tree) };
    this.SUBRULE(this.bonusClauses, { ARGS: [bonus] });
    return bonus;
  });

  /** What may stand after the formula of a bonus, or in the lines of its block. */
  readonly bonusClauses = this.RULE('bonusClauses', (into: BonusClauses = {}): BonusClauses => {
    this.clauses(into, BONUS_CLAUSES, [
      () => {
        const token = this.CONSUME(keyword('pays')) as Token;
        const pays = this.SUBRULE(this.pays);
        this.ACTION(() => {
          for (const [key, value] of Object.entries(pays))
            this.mark(into as Record<string, unknown>, { key, value, token });
        });
      },
    ]);
    return into;
  });

  /** `in 3 monthly parts`, `1 month later`, `in person.currency at posting`. */
  readonly pays = this.RULE('pays', (): PaysPhrase => {
    const start = this.next();
    return this.OR1({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        {
          GATE: () => this.valueAt(2),
          ALT: () => {
            this.CONSUME(keyword('in'));
            const value = this.SUBRULE1(this.sum);
            let isParts = false;
            let atPosting = false;
            this.OR2([
              {
                ALT: () => {
                  this.CONSUME(keyword('monthly'));
                  this.CONSUME(keyword('parts'));
                  isParts = true;
                },
              },
              {
                ALT: () => {
                  this.CONSUME(keyword('at'));
                  this.CONSUME(keyword('posting'));
                  atPosting = true;
                },
              },
              { ALT: () => undefined },
            ]);
            return this.ACTION((): PaysPhrase => {
              const span = this.since(start);
              return isParts
                ? { parts: { count: value, span } }
                : { paysIn: { currency: value, atPosting, span } };
            });
          },
        },
        {
          ALT: () => {
            const later = this.SUBRULE2(this.sum);
            this.CONSUME(keyword('later'));
            return { later };
          },
        },
      ],
      ERR_MSG: '`in` or a duration',
    });
  });

  /** `person.currency at posting`. */
  readonly paysIn = this.RULE('paysIn', (): PaysIn => {
    const start = this.next();
    const currency = this.SUBRULE(this.sum);
    const at = this.OPTION(() => {
      const token = this.CONSUME(keyword('at'));
      this.CONSUME(keyword('posting'));
      return token;
    });
    return this.ACTION(() => ({ currency, atPosting: at !== undefined, span: this.since(start) }));
  });

  /** `20% for 3 months`. */
  readonly holds = this.RULE('holds', (): NonNullable<Bonus['holds']> => {
    const share = this.SUBRULE1(this.sum);
    this.CONSUME(keyword('for'));
    const length = this.SUBRULE2(this.sum);
    return this.ACTION(() => ({ share, length, span: cover(share.span, length.span) }));
  });

  /** `as payment.amount of amount`. */
  readonly payable = this.RULE('payable', (): NonNullable<Bonus['payableAs']> => {
    const as = this.CONSUME(keyword('as')) as Token;
    const value = this.SUBRULE1(this.sum);
    this.CONSUME(keyword('of'));
    const of = this.SUBRULE2(this.sum);
    return this.ACTION(() => ({ value, of, span: cover(as.span, of.span) }));
  });

  /** `300_000 RUB per quarter in all carry excess`. */
  readonly cap = this.RULE('cap', (): CapPhrase => {
    const cap: CapPhrase = { amount: this.SUBRULE(this.sum), inAll: false, carryExcess: false };
    this.clauses(cap, [PER, IN_ALL, { words: ['carry', 'excess'], key: 'carryExcess' }]);
    return cap;
  });

  /** `20_000 RUB per month in all`. */
  readonly floor = this.RULE('floor', (): FloorPhrase => {
    const floor: FloorPhrase = { amount: this.SUBRULE(this.sum), inAll: false };
    this.clauses(floor, [PER, IN_ALL]);
    return floor;
  });

  /** `50_000 RUB per month recoverable for 6 months recovered from month 4 at 50%`. */
  readonly draw = this.RULE('draw', (): DrawPhrase => {
    const draw: DrawPhrase = { amount: this.SUBRULE(this.sum), recoverable: false };
    this.clauses(draw, DRAW_CLAUSES);
    return draw;
  });

  /** `from month 4 at 50%`. */
  readonly recovered = this.RULE('recovered', (): NonNullable<Draw['recovered']> => {
    const from = this.CONSUME(keyword('from')) as Token;
    this.CONSUME(keyword('month'));
    const fromMonth = this.SUBRULE1(this.sum);
    const at = this.OPTION(() => {
      this.CONSUME(keyword('at'));
      return this.SUBRULE2(this.sum);
    });
    return this.ACTION(() => ({ fromMonth, ...(at && { at }), span: this.since(from) }));
  });

  /** `within 12 months`. */
  readonly corrections = this.RULE('corrections', (): Expression => {
    this.CONSUME(keyword('within'));
    return this.SUBRULE(this.sum);
  });

  /** `at most 20% of pay`. */
  readonly takesBack = this.RULE('takesBack', (): Expression => {
    this.CONSUME(keyword('at'));
    this.CONSUME(keyword('most'));
    const share = this.SUBRULE(this.sum);
    this.CONSUME(keyword('of'));
    this.CONSUME(keyword('pay'));
    return share;
  });

  /** `from 2026-01-01`. */
  readonly reopens = this.RULE('reopens', (): Expression => {
    this.CONSUME(keyword('from'));
    return this.SUBRULE(this.sum);
  });
}
