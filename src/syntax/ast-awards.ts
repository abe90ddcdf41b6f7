// The syntax tree of what people win or share: awards, levels and pools.

import type { Span } from '../base/source.ts';
import type { Expression, GrainName, Name } from './ast.ts';
import type { Declared } from './ast-data.ts';

/** Who of a role: `hunter`, `hunter only`, `top 3 of hunter by growth with zero then by revenue`. */
export interface Recipients {
  readonly role: Name;
  readonly only: boolean;
  readonly top?: {
    readonly count: Expression;
    readonly by: Expression;
    readonly withZero: boolean;
    readonly thenBy?: Expression;
  };
  readonly splitAmongTies: boolean;
  readonly span: Span;
}

/** `award best_hunter "Hunter of the month" { to … when … gives … }`. */
export interface AwardDeclaration extends Declared {
  readonly kind: 'award';
  readonly title?: Name;
  readonly to: Recipients;
  readonly when?: Expression;
  readonly gives: readonly Prize[];
}

/** `10_000 RUB`, `badge "…"`, `points 100`, `recognition "…"`, `training "…"`, joined by `and`; each may have a `when`. */
export interface Prize {
  readonly kind: 'money' | 'points' | 'badge' | 'recognition' | 'training';
  /** Money and points: the amount; the others: a text. */
  readonly value: Expression;
  readonly when?: Expression;
  readonly span: Span;
}

/** `level senior { to hunter when … }`. */
export interface LevelDeclaration extends Declared {
  readonly kind: 'level';
  readonly title?: Name;
  readonly to: Recipients;
  readonly when: Expression;
}

/** `pool gift = 10% * revenue[company] { to seller when … shared by points }`. */
export interface PoolDeclaration extends Declared {
  readonly kind: 'pool';
  readonly title?: Name;
  readonly per?: GrainName;
  readonly value: Expression;
  readonly to: Recipients;
  readonly when?: Expression;
  /** `shared equally`, or by what each has. */
  readonly sharedBy: Expression | 'equally';
}
