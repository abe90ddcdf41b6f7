// The syntax tree that both forms become: what was written, with its place, and nothing that was worked out. Here its names
// and expressions; every node has the span of its text in the user's own file, in YAML as in the text form.

import type { Span } from '../base/source.ts';

/** A word of the user's own: `text` is in NFC and without the quotes that a name that isn't a word is written in. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** A length of time as written, `quarter`; `of` is the calendar whose it is: `quarter of retail`. */
export interface GrainName extends Name {
  readonly of?: Name;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | 'is' | 'is not' | '<' | '<=' | '>' | '>=' | 'and' | 'or';

/** Digits as written, without `_`; the sign is an operator of its own. */
export interface NumberLiteral {
  readonly kind: 'number';
  readonly digits: string;
  readonly span: Span;
}

/** `5%`: `digits` is `5`. */
export interface PercentLiteral {
  readonly kind: 'percent';
  readonly digits: string;
  readonly span: Span;
}

/** `100 RUB`. */
export interface MoneyLiteral {
  readonly kind: 'money';
  readonly digits: string;
  readonly currency: string;
  readonly span: Span;
}

/** `4 hours`: `unit` as written; months, quarters and years aren't durations of fixed length. */
export interface DurationLiteral {
  readonly kind: 'duration';
  readonly digits: string;
  readonly unit: string;
  readonly span: Span;
}

/** `2026-01-05`. */
export interface DateLiteral {
  readonly kind: 'date';
  readonly text: string;
  readonly span: Span;
}

/** `2026-01`, `2026-Q1`, `2026-W05`. */
export interface PeriodLiteral {
  readonly kind: 'period';
  readonly text: string;
  readonly span: Span;
}

/** `"South"`. */
export interface TextLiteral {
  readonly kind: 'text';
  readonly value: string;
  readonly span: Span;
}

/** `true`, `false`. */
export interface TruthLiteral {
  readonly kind: 'truth';
  readonly value: boolean;
  readonly span: Span;
}

/** A bare word: a field, a KPI, a word of an enumeration, a scope. */
export interface NameUse {
  readonly kind: 'name';
  readonly name: Name;
  readonly span: Span;
}

/** `deal.amount`, `person.region`, `period.start`, `ladder.rate`. */
export interface Member {
  readonly kind: 'member';
  readonly of: Expression;
  readonly name: Name;
  readonly span: Span;
}

/**
 * `min(a, b)`, `ladder(revenue)`, `ladder.rate(revenue)`, and with the clauses that aggregates, rounding, tables and
 * look-backs have: `sum(deal.amount as care where is_won)`, `count(distinct deal.client)`, `count(request by closed_at)`,
 * `nth(by client where is_won)`, `round(x to 0.01 half even)`, `ladder(x of y)`, `ladder(x, after y)`,
 * `convert(amount, to RUB, at closed_on)`, `sum(refund.amount of this)`,
 * `exists(deal of client within 30 days after opened_at)`, `average(score each month)`,
 * `sum(commission each earlier month)`, `last(balance.amount each account)`.
 */
export interface Call {
  readonly kind: 'call';
  readonly callee: NameUse | Member;
  readonly distinct: boolean;
  readonly args: readonly Expression[];
  readonly as?: Name;
  readonly by?: readonly Expression[];
  readonly where?: Expression;
  readonly to?: Expression;
  /** The rounding mode's words: `half up`, `half even`, `down`. */
  readonly mode?: Name;
  /** `x of y`: what an argument is a part of, or what other events share with this row. */
  readonly of?: Expression;
  /** Which argument `of` follows, from 0; absent for the first: `payout(margin of amount, amount)`. */
  readonly ofArgument?: number;
  /** `after y`: the position from which a table goes on. */
  readonly after?: Expression;
  /** `at closed_on`: the day of a dated look-up. */
  readonly at?: Expression;
  /** `within 30 days after opened_at`. */
  readonly within?: {
    readonly length: Expression;
    readonly word: 'after' | 'before';
    readonly of: Expression;
    readonly span: Span;
  };
  /** `each month`, `each earlier month`: `grain` as written; in `first` and `last` a field: `last(balance.amount each account)`. */
  readonly each?: { readonly earlier: boolean; readonly grain: GrainName; readonly span: Span };
  readonly span: Span;
}

/** `tier(revenue) down 1`: a word of an ordered enumeration some steps away. */
export interface Step {
  readonly kind: 'step';
  readonly of: Expression;
  readonly direction: 'up' | 'down';
  readonly count: Expression;
  readonly span: Span;
}

/** `revenue[team, ytd]` and `account_care[client at closed_on]`; which of the two, the checker says. */
export interface Brackets {
  readonly kind: 'brackets';
  readonly of: Expression;
  readonly items: readonly BracketItem[];
  readonly span: Span;
}

export type BracketItem =
  /**
   * A look-up's key, or a bare word that is a scope or window: `team`, `company`, `reports`, `ytd`, `qtd`; `of` is the
   * calendar whose year it is: `ytd of retail`.
   */
  | {
      readonly kind: 'expression';
      readonly value: Expression;
      readonly at?: Expression;
      readonly of?: Name;
      readonly span: Span;
    }
  /** `by person.office`. */
  | { readonly kind: 'by'; readonly value: Expression; readonly span: Span }
  /** `previous`, `previous 3`. */
  | { readonly kind: 'previous'; readonly count: number; readonly span: Span }
  /** `trailing 3 months`: `grain` as written. */
  | { readonly kind: 'trailing'; readonly count: number; readonly grain: GrainName; readonly span: Span }
  /** `to date`. */
  | { readonly kind: 'to date'; readonly span: Span }
  /** `same period last year`. */
  | { readonly kind: 'same period last year'; readonly span: Span };

export interface Unary {
  readonly kind: 'unary';
  readonly operator: '-' | 'not';
  readonly operand: Expression;
  readonly span: Span;
}

export interface Binary {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly operatorSpan: Span;
  readonly span: Span;
}

/** `a else b`: `b` where `a` is missing. */
export interface Else {
  readonly kind: 'else';
  readonly value: Expression;
  readonly fallback: Expression;
  readonly span: Span;
}

/** `a when c otherwise b`. */
export interface Choice {
  readonly kind: 'choice';
  readonly value: Expression;
  readonly condition: Expression;
  readonly otherwise: Expression;
  readonly span: Span;
}

/** `closed_at exists`. */
export interface Exists {
  readonly kind: 'exists';
  readonly operand: Expression;
  readonly span: Span;
}

/** What couldn't be read; its error has been said. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly span: Span;
}

export type Expression =
  | NumberLiteral
  | PercentLiteral
  | MoneyLiteral
  | DurationLiteral
  | DateLiteral
  | PeriodLiteral
  | TextLiteral
  | TruthLiteral
  | NameUse
  | Member
  | Call
  | Brackets
  | Unary
  | Binary
  | Else
  | Choice
  | Exists
  | Step
  | Unreadable;
