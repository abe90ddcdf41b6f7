// The syntax tree that both forms become: what was written, with its place, and nothing that was worked out.
// Every node has the span of its text in the user's own file, in YAML as in the text form.

import type { Span } from '../base/source.ts';

/** A word of the user's own: `text` is in NFC and without the quotes that a name that isn't a word is written in. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

// ---- expressions ------------------------------------------------------------------------------------------

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
 * `min(a, b)`, `ladder(revenue)`, `ladder.rate(revenue)`, and with the clauses that aggregates and rounding have:
 * `sum(deal.amount as care where is_won)`, `count(distinct deal.client)`, `nth(by client where is_won)`,
 * `round(x to 0.01 half even)`.
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
  /** A look-up's key, or a bare word that is a scope or window: `team`, `company`, `reports`, `ytd`, `qtd`. */
  | { readonly kind: 'expression'; readonly value: Expression; readonly at?: Expression; readonly span: Span }
  /** `by person.office`. */
  | { readonly kind: 'by'; readonly value: Expression; readonly span: Span }
  /** `previous`, `previous 3`. */
  | { readonly kind: 'previous'; readonly count: number; readonly span: Span }
  /** `trailing 3 months`: `grain` as written. */
  | { readonly kind: 'trailing'; readonly count: number; readonly grain: Name; readonly span: Span }
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
  | Unreadable;

// ---- declarations -----------------------------------------------------------------------------------------

/** What every declaration has: `doc` is the text of its `///` lines (in YAML: its `doc:` key), without the slashes. */
interface Declared {
  readonly name: Name;
  readonly doc?: string;
  readonly span: Span;
}

/** `policy sales_2026 { … }`. */
export interface PolicyDeclaration extends Declared {
  readonly kind: 'policy';
  readonly title?: Name;
  readonly currency?: Name;
  readonly timezone?: Name;
  /** `month`, as written. */
  readonly period?: Name;
  readonly effective?: DateRange;
  readonly rounding?: Rounding;
  /** `report by person.office`, once per grouping. */
  readonly reports: readonly Expression[];
}

/** `from 2026-01-01 until 2026-12-31`, both inclusive, either may be left out. */
export interface DateRange {
  readonly from?: Expression;
  readonly until?: Expression;
  readonly span: Span;
}

/** `half up to 0.01`. */
export interface Rounding {
  readonly mode: Name;
  readonly to: Expression;
  readonly span: Span;
}

export type TypeReference =
  /** `money`, `money in EUR`, `text`, `person`, … ; the word is checked later. */
  | {
      readonly kind: 'named';
      readonly name: Name;
      readonly currency?: Name;
      readonly optional: boolean;
      readonly span: Span;
    }
  /** `won | lost | open`, or `bronze < silver < gold` (ordered). */
  | {
      readonly kind: 'enumeration';
      readonly members: readonly Name[];
      readonly ordered: boolean;
      readonly optional: boolean;
      readonly span: Span;
    };

/** `amount: money from 0 RUB`. */
export interface Field {
  readonly name: Name;
  readonly doc?: string;
  readonly type: TypeReference;
  readonly key: boolean;
  readonly posts: boolean;
  readonly owner: boolean;
  readonly from?: Expression;
  readonly until?: Expression;
  /** `else 100%`: for an absent column or an empty cell. */
  readonly fallback?: Expression;
  readonly span: Span;
}

/** `is_won = status is won`. */
export interface ComputedField {
  readonly name: Name;
  readonly doc?: string;
  readonly value: Expression;
  readonly span: Span;
}

/** `person { salary: money }`: the attributes that the people data have beside id, name, role, team, lead, from, until. */
export interface PersonDeclaration {
  readonly kind: 'person';
  readonly doc?: string;
  readonly fields: readonly Field[];
  readonly span: Span;
}

export interface EventDeclaration extends Declared {
  readonly kind: 'event';
  readonly since?: Expression;
  readonly fields: readonly Field[];
  readonly computed: readonly ComputedField[];
}

export interface TableDeclaration extends Declared {
  readonly kind: 'table';
  readonly fields: readonly Field[];
}

/** `credit deal { to manager 100% … }`: `name` is the event's. */
export interface CreditDeclaration extends Declared {
  readonly kind: 'credit';
  readonly lines: readonly CreditLine[];
}

/** `to account_care[client at closed_on].farmer else manager 30% extra as care in role farmer when not is_first`. */
export interface CreditLine {
  readonly to: Expression;
  readonly otherwise?: Expression;
  /** `rest` is what the other lines leave of 100%. */
  readonly share: Expression | 'rest';
  readonly extra: boolean;
  readonly as?: Name;
  readonly role?: Name;
  readonly when?: Expression;
  readonly span: Span;
}

export interface KpiDeclaration extends Declared {
  readonly kind: 'kpi';
  readonly title?: Name;
  readonly category?: 'outcome' | 'operational';
  readonly lowerIsBetter: boolean;
  readonly value: Expression;
  readonly owner?: Name;
}

/** `let base = …`. */
export interface LetDeclaration extends Declared {
  readonly kind: 'let';
  readonly value: Expression;
}

/** `curve standard linear { below 80%: 0%  80%: 50%  …  above: 160% }`. */
export interface CurveDeclaration extends Declared {
  readonly kind: 'curve';
  readonly mode: 'linear' | 'steps';
  readonly points: readonly CurvePoint[];
  /** `below 80%: 0%`: the score under the bound, which must be the first point's. */
  readonly below?: { readonly bound?: Expression; readonly score: Expression; readonly span: Span };
  /** `above: 160%`, the score past the last point. */
  readonly above?: { readonly score: Expression; readonly span: Span };
}

export interface CurvePoint {
  readonly at: Expression;
  readonly score: Expression;
  readonly span: Span;
}

/** `rates ladder marginal { from 0 RUB: 3% … }`. */
export interface RatesDeclaration extends Declared {
  readonly kind: 'rates';
  readonly mode: 'marginal' | 'whole';
  readonly tiers: readonly Tier[];
}

/** `from 1_000_000 RUB until 2_000_000 RUB: 5%`; `from` includes its bound, `above` doesn't; `below` and `until` likewise. */
export interface Tier {
  readonly lower: { readonly word: 'from' | 'above'; readonly value: Expression; readonly span: Span };
  readonly upper?: { readonly word: 'until' | 'below'; readonly value: Expression; readonly span: Span };
  readonly rate: Expression;
  readonly span: Span;
}

export interface RoleDeclaration extends Declared {
  readonly kind: 'role';
  readonly title?: Name;
  readonly extends?: Name;
  readonly targets: readonly Target[];
  readonly scorecard?: Scorecard;
  readonly gates: readonly Gate[];
  readonly bonuses: readonly Bonus[];
  readonly caps: readonly Cap[];
}

/** `target revenue 1_100_000 RUB adds up per quarter when person.region is "South"`. */
export interface Target {
  readonly kpi: Name;
  readonly value: Expression;
  readonly addsUp: boolean;
  readonly per?: Name;
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

/** `bonus plan "Quarterly plan" gated prorated per quarter = … when … cap …`. */
export interface Bonus {
  readonly name: Name;
  readonly doc?: string;
  readonly title?: Name;
  readonly gated: boolean;
  readonly prorated?: boolean;
  readonly per?: Name;
  readonly value: Expression;
  readonly when?: Expression;
  readonly cap?: Expression;
  readonly span: Span;
}

/** `cap 300_000 RUB per quarter`; `in all` counts the bonuses of every grain. */
export interface Cap {
  readonly amount: Expression;
  readonly per?: Name;
  readonly inAll: boolean;
  readonly span: Span;
}

export type Declaration =
  | PolicyDeclaration
  | PersonDeclaration
  | EventDeclaration
  | TableDeclaration
  | CreditDeclaration
  | KpiDeclaration
  | LetDeclaration
  | CurveDeclaration
  | RatesDeclaration
  | RoleDeclaration;

/** `// why`, in YAML `# why`: `text` is without the mark, the blank after it and blanks at the end. */
export interface Comment {
  readonly text: string;
  readonly place: 'own line' | 'after code';
  readonly span: Span;
}

/** One file, read. */
export interface PolicyFile {
  readonly source: string;
  readonly declarations: readonly Declaration[];
  /** All comments in their order, absent where no file was read; what `///` lines say is the `doc` of what follows. */
  readonly comments?: readonly Comment[];
}
