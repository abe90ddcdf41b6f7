// The syntax tree of what is expected of people and what it earns them: roles, and targets of one person or team.

import type { Span } from '../base/source.ts';
import type { Expression, GrainName, Name } from './ast.ts';
import type { DateRange, Declared } from './ast-data.ts';

export interface RoleDeclaration extends Declared {
  readonly kind: 'role';
  readonly title?: Name;
  readonly extends?: Name;
  readonly targets: readonly Target[];
  readonly scorecard?: Scorecard;
  readonly gates: readonly Gate[];
  readonly bonuses: readonly Bonus[];
  readonly caps: readonly Cap[];
  readonly floors: readonly Floor[];
  readonly draws: readonly Draw[];
  /** `ramp 25%, 50%, 75%`: by month in the role. */
  readonly ramp?: { readonly steps: readonly Expression[]; readonly span: Span };
  /** `prorate by working days`: `working days`, `months`, `calendar days` or `none`. */
  readonly prorate?: Name;
}

/** `target revenue 1_100_000 RUB adds up per quarter when person.region is "South"`. */
export interface Target {
  readonly kpi: Name;
  readonly value: Expression;
  /** `from quota`: `value` is the table that has the target. */
  readonly fromTable: boolean;
  /** `within 3 days .. 5 days`: `value` is the lower end, this the upper one. */
  readonly upTo?: Expression;
  /** `spread evenly` or `spread 15%, 25%, 25%, 35%`, of a longer target over its parts. */
  readonly spread?: { readonly parts: readonly Expression[] | 'evenly'; readonly span: Span };
  readonly addsUp: boolean;
  readonly per?: GrainName;
  readonly when?: Expression;
  readonly span: Span;
}

export interface Scorecard {
  readonly lines: readonly ScoreLine[];
  readonly span: Span;
}

/** `calls 20% on standard of value cap 120% floor 10% missing counts 0%`. */
export interface ScoreLine {
  readonly kpi: Name;
  readonly weight: Expression;
  readonly curve?: Name;
  /** `on C of value`: the curve reads the KPI itself, not its attainment. */
  readonly ofValue: boolean;
  readonly cap?: Expression;
  readonly floor?: Expression;
  readonly missing?:
    | { readonly kind: 'counts'; readonly score: Expression; readonly span: Span }
    /** `missing spreads its weight at least 50%`. */
    | { readonly kind: 'spreads'; readonly atLeast?: Expression; readonly span: Span };
  readonly span: Span;
}

/** `gate (conversion else 0%) >= 10% when …`. */
export interface Gate {
  readonly condition: Expression;
  readonly when?: Expression;
  readonly span: Span;
}

/**
 * `bonus plan "Quarterly plan" gated prorated per quarter = … when … cap …`; `per` may name an event (`per deal`), and
 * the clauses after the formula may stand in a block as well.
 */
export interface Bonus {
  readonly name: Name;
  readonly doc?: string;
  readonly title?: Name;
  readonly gated: boolean;
  readonly prorated?: boolean;
  readonly per?: GrainName;
  readonly value: Expression;
  readonly when?: Expression;
  readonly cap?: Expression;
  readonly floor?: Expression;
  /** `first 10`: how many events of the period count. */
  readonly first?: Expression;
  /** `while employed`: only who is still there when the grain ends. */
  readonly whileEmployed: boolean;
  /** `pays in 3 monthly parts`. */
  readonly parts?: { readonly count: Expression; readonly span: Span };
  /** `pays 1 month later`: a duration of months. */
  readonly later?: Expression;
  /** `pays in person.currency at posting`. */
  readonly paysIn?: PaysIn;
  /** `holds 20% for 3 months`. */
  readonly holds?: { readonly share: Expression; readonly length: Expression; readonly span: Span };
  /** `forfeited on leaving`: parts and holds aren't due any more. */
  readonly forfeited: boolean;
  /** `payable as payment.amount of amount`. */
  readonly payableAs?: { readonly value: Expression; readonly of: Expression; readonly span: Span };
  readonly span: Span;
}

export interface PaysIn {
  readonly currency: Expression;
  readonly atPosting: boolean;
  readonly span: Span;
}

/** `cap 300_000 RUB per quarter carry excess`; `in all` counts the bonuses of every grain. */
export interface Cap {
  readonly amount: Expression;
  readonly per?: GrainName;
  readonly inAll: boolean;
  readonly carryExcess: boolean;
  readonly span: Span;
}

/** `floor 20_000 RUB per month`; `in all` as for caps. */
export interface Floor {
  readonly amount: Expression;
  readonly per?: GrainName;
  readonly inAll: boolean;
  readonly span: Span;
}

/** `draw 50_000 RUB per month recoverable for 6 months recovered from month 4 at 50%`. */
export interface Draw {
  readonly amount: Expression;
  readonly per?: GrainName;
  readonly recoverable: boolean;
  readonly length?: Expression;
  readonly recovered?: { readonly fromMonth: Expression; readonly at?: Expression; readonly span: Span };
  readonly span: Span;
}

/** `for person anna from 2026-03-01 until 2026-05-31 { target … }`, `for team "North" { … }`. */
export interface ForDeclaration {
  readonly kind: 'for';
  readonly doc?: string;
  readonly of: 'person' | 'team';
  readonly name: Name;
  readonly range?: DateRange;
  readonly targets: readonly Target[];
  readonly span: Span;
}
