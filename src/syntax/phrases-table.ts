// The rules of curves, rates, amounts and grids: the keys and values of their lines.

import { cover } from '../base/source.ts';
import type { Expression, Name } from './ast.ts';
import type { CurveDeclaration, GridKey, Tier } from './ast-measures.ts';
import { nameOf } from './literals.ts';
import { CallRules } from './parse-call.ts';
import * as t from './tokens.ts';
import { keyword, type Token } from './tokens.ts';

export type TierBounds = Omit<Tier, 'rate' | 'onAll' | 'span'>;
export type TierRate = Pick<Tier, 'rate' | 'onAll'>;
/** `below 80%`, `above`, or the point's own place. */
export type CurveKey =
  | { readonly kind: 'below'; readonly bound?: Expression }
  | { readonly kind: 'above' }
  | { readonly kind: 'point'; readonly at: Expression; readonly upTo: boolean };
/** A score, or the slope past the last point. */
export type CurveScore = NonNullable<CurveDeclaration['above']>;

export abstract class TableRules extends CallRules {
  /** How a curve goes between its points: `linear` or `steps`. */
  readonly curveMode = this.oneWord('curveMode', ['linear', 'steps']);
  /** How rates apply: `marginal` or `whole`. */
  readonly ratesMode = this.oneWord('ratesMode', ['marginal', 'whole']);

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

  /** `5%`, `10% on all`. */
  readonly tierRate = this.RULE('tierRate', (): TierRate => {
    const rate = this.SUBRULE(this.sum);
    const on = this.OPTION(() => {
      const token = this.CONSUME(keyword('on'));
      this.CONSUME(keyword('all'));
      return token;
    });
    return this.ACTION(() => ({ rate, onAll: on !== undefined }));
  });

  /** `below 80%`, `up to 95%`, `80%`, `above`. */
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
            GATE: () => this.LA(2).image === 'to',
            ALT: () => {
              this.CONSUME(keyword('up'));
              this.CONSUME(keyword('to'));
              const at = this.SUBRULE2(this.sum);
              return this.ACTION((): CurveKey => ({ kind: 'point', at, upTo: true }));
            },
          },
          {
            ALT: () => {
              const at = this.SUBRULE3(this.sum);
              return this.ACTION((): CurveKey => ({ kind: 'point', at, upTo: false }));
            },
          },
        ],
        ERR_MSG: '`below`, `above`, `up to` or the place of a point',
      }),
  );

  /** `50%`, `1% more per 1%`, `1% more per full 1%`. */
  readonly curveScore = this.RULE('curveScore', (): CurveScore => {
    const start = this.next();
    const score = this.SUBRULE1(this.sum);
    let slope: { readonly per: Expression; readonly full: boolean } | undefined;
    this.OPTION1(() => {
      this.CONSUME(keyword('more'));
      this.CONSUME(keyword('per'));
      const full = this.OPTION2({
        GATE: () => this.valueAt(2),
        DEF: () => this.CONSUME(keyword('full')),
      });
      const per = this.SUBRULE2(this.sum);
      this.ACTION(() => {
        slope = { per, full: full !== undefined };
      });
    });
    return this.ACTION(() => {
      const span = this.since(start);
      return slope === undefined ? { score, span } : { more: score, ...slope, span };
    });
  });

  /** `by margin_rate, invoice`. */
  readonly gridBy = this.RULE('gridBy', (): readonly Name[] => {
    this.CONSUME(keyword('by'));
    const names = [this.SUBRULE1(this.name)];
    this.AT_LEAST_ONE(() => {
      this.CONSUME(t.Comma);
      names.push(this.SUBRULE2(this.name));
    });
    return names;
  });

  /** `from 0 USD | above 50 USD`. */
  readonly gridHeading = this.RULE('gridHeading', (): readonly GridKey[] => {
    const keys = [this.SUBRULE1(this.gridKey)];
    this.MANY(() => {
      this.CONSUME(t.Bar);
      keys.push(this.SUBRULE2(this.gridKey));
    });
    return keys;
  });

  /** `from 0%`, `from 0%, north`. */
  readonly gridKeys = this.RULE('gridKeys', (): readonly GridKey[] => {
    const keys = [this.SUBRULE1(this.gridKey)];
    this.MANY(() => {
      this.CONSUME(t.Comma);
      keys.push(this.SUBRULE2(this.gridKey));
    });
    return keys;
  });

  /** `10% | 11% | 12%`. */
  readonly gridValues = this.RULE('gridValues', (): readonly Expression[] => {
    const values = [this.SUBRULE1(this.sum)];
    this.MANY(() => {
      this.CONSUME(t.Bar);
      values.push(this.SUBRULE2(this.sum));
    });
    return values;
  });

  private readonly gridKey = this.RULE(
    'gridKey',
    (): GridKey =>
      this.OR1({
        IGNORE_AMBIGUITIES: true,
        DEF: [
          {
            GATE: () => this.valueAt(2),
            ALT: () => {
              const word = this.OR2([
                { ALT: () => this.CONSUME(keyword('from')) },
                { ALT: () => this.CONSUME(keyword('above')) },
              ]) as Token;
              const value = this.SUBRULE(this.sum);
              return this.ACTION(
                (): GridKey => ({
                  kind: 'bound',
                  word: word.image as 'from' | 'above',
                  value,
                  span: cover(word.span, value.span),
                }),
              );
            },
          },
          {
            ALT: () => {
              const { span } = this.CONSUME(keyword('otherwise')) as Token;
              return { kind: 'otherwise' as const, span };
            },
          },
          {
            ALT: () => {
              const token = this.CONSUME(t.Named) as Token;
              return this.ACTION((): GridKey => ({ kind: 'word', word: nameOf(token), span: token.span }));
            },
          },
        ],
        ERR_MSG: '`from`, `above`, `otherwise` or a word',
      }),
  );
}
