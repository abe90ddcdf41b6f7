// The syntax tree of what is measured and of the tables that it is read in: KPIs, `let`s, curves, rates and grids.

import type { Span } from '../base/source.ts';
import type { Expression, GrainName, Name } from './ast.ts';
import type { Declared } from './ast-data.ts';

export interface KpiDeclaration extends Declared {
  readonly kind: 'kpi';
  readonly title?: Name;
  readonly category?: 'outcome' | 'operational';
  readonly lowerIsBetter: boolean;
  readonly value: Expression;
  readonly owner?: Name;
  /** `attainment = 2 - actual / target`: a formula of `actual` and `target`. */
  readonly attainment?: Expression;
  /** `status green from 95%, amber from 70%`. */
  readonly status?: { readonly green: Expression; readonly amber: Expression; readonly span: Span };
}

/** `let base = …`, `let share per quarter = …`. */
export interface LetDeclaration extends Declared {
  readonly kind: 'let';
  readonly per?: GrainName;
  readonly value: Expression;
}

/** `curve standard linear { below 80%: 0%  80%: 50%  …  above: 160% }`. */
export interface CurveDeclaration extends Declared {
  readonly kind: 'curve';
  readonly mode: 'linear' | 'steps';
  readonly points: readonly CurvePoint[];
  /** `below 80%: 0%`: the score under the bound, which must be the first point's. */
  readonly below?: { readonly bound?: Expression; readonly score: Expression; readonly span: Span };
  /** `above: 160%`, the score past the last point, or `above: 1% more per 1%`, `above: 1% more per full 1%`, a slope. */
  readonly above?:
    | { readonly score: Expression; readonly span: Span }
    | { readonly more: Expression; readonly per: Expression; readonly full: boolean; readonly span: Span };
}

export interface CurvePoint {
  /** `up to 95%: 40%`: the value just below the bound. */
  readonly upTo: boolean;
  readonly at: Expression;
  readonly score: Expression;
  readonly span: Span;
}

/** `rates ladder marginal { from 0 RUB: 3% … }`, or `amounts steps { from 0 USD until 1_000 USD: 10 USD … }`. */
export interface RatesDeclaration extends Declared {
  readonly kind: 'rates';
  readonly mode: 'marginal' | 'whole' | 'amounts';
  readonly tiers: readonly Tier[];
}

/** `grid payout by margin_rate, invoice { … }`. */
export interface GridDeclaration extends Declared {
  readonly kind: 'grid';
  /** What its keys are called: those of the rows first, that of the columns last; two or three. */
  readonly dimensions: readonly Name[];
  readonly columns: readonly GridKey[];
  readonly rows: readonly {
    readonly keys: readonly GridKey[];
    readonly values: readonly Expression[];
    readonly span: Span;
  }[];
}

export type GridKey =
  /** `from 0 USD`, `above 50 USD`. */
  | {
      readonly kind: 'bound';
      readonly word: 'from' | 'above';
      readonly value: Expression;
      readonly span: Span;
    }
  | { readonly kind: 'word'; readonly word: Name; readonly span: Span }
  | { readonly kind: 'otherwise'; readonly span: Span };

/** `from 1_000_000 RUB until 2_000_000 RUB: 5%`; `from` includes its bound, `above` doesn't; `below` and `until` likewise. */
export interface Tier {
  readonly lower: { readonly word: 'from' | 'above'; readonly value: Expression; readonly span: Span };
  readonly upper?: { readonly word: 'until' | 'below'; readonly value: Expression; readonly span: Span };
  readonly rate: Expression;
  /** `10% on all`: re-rates everything below this tier. */
  readonly onAll: boolean;
  readonly span: Span;
}
