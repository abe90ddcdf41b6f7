// Tables that turn results into scores and money: curves, rates and grids, as the policy writes them.

import type { Span } from '../base/source.ts';
import type { ValueType } from './value.ts';

export interface Curve {
  readonly name: string;
  readonly doc?: string;
  readonly mode: 'linear' | 'steps';
  readonly input: ValueType;
  readonly output: ValueType;
  /** Ascending; texts of constants. `upTo`: the value just below the bound, where the next point stands. */
  readonly points: readonly {
    readonly at: string;
    readonly score: string;
    readonly upTo?: true;
    readonly span: Span;
  }[];
  /** The score below the first point and above the last one; absent: missing there. */
  readonly below?: string;
  readonly above?: string;
  /** Past the last point: `more` for each `per`, or for each full one. */
  readonly slope?: { readonly more: string; readonly per: string; readonly full: boolean };
  readonly span: Span;
}

export interface Rates {
  readonly name: string;
  readonly doc?: string;
  /** `amounts`: each tier adds its rate, in proportion to how much of the tier is reached. */
  readonly mode: 'marginal' | 'whole' | 'amounts';
  readonly input: ValueType;
  readonly rate: ValueType;
  readonly tiers: readonly Tier[];
  readonly span: Span;
}

/**
 * A table of two or three dimensions, by bounds or by words. Below the first bound of a dimension, or for a word that no
 * key names, `below` (0 unless words are given: then missing).
 */
export interface Grid {
  readonly name: string;
  readonly doc?: string;
  /** Rows' first, the columns' last. Bounds ascend; in each dimension the last key may be `otherwise`. */
  readonly dimensions: readonly {
    readonly name: string;
    readonly type: ValueType;
    readonly keys: readonly GridKey[];
  }[];
  readonly output: ValueType;
  /** One for each combination of keys, the last dimension running fastest; texts of constants. Absent cells can't be. */
  readonly cells: readonly string[];
  /**
   * Where rows that begin alike go on with other keys than the rest: for each combination of keys but the last, those of
   * the row that gives its cells, as they are written; null where no row does, which is below the first bounds.
   */
  readonly rows?: readonly (readonly GridKey[] | null)[];
  readonly span: Span;
}

export type GridKey =
  | { readonly kind: 'bound'; readonly at: string; readonly includes: boolean }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'otherwise' };

/** A tier begins at `bound`, which is its own (`includes`) or still the tier's below; it ends where the next begins. */
export interface Tier {
  readonly bound: string;
  readonly includes: boolean;
  readonly rate: string;
  /** Re-rates everything below it. */
  readonly onAll?: true;
  /** Where the last tier ends; the others end where the next one begins. */
  readonly until?: string;
  readonly span: Span;
}
