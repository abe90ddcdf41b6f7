// The syntax tree that both forms become: what was written, with its place, and nothing that was worked out.
// Every node has the span of its text in the user's own file, in YAML as in the text form.

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
  readonly period?: GrainName;
  readonly effective?: DateRange;
  readonly rounding?: Rounding;
  /** `report by person.office`, once per grouping. */
  readonly reports: readonly Expression[];
  /** `amends "./base.merit"`: the policy whose declarations this one changes. */
  readonly amends?: Name;
  /** Gates, caps, floors and draws of the whole policy: gates hold for every role, the others bound pay. */
  readonly gates: readonly Gate[];
  readonly caps: readonly Cap[];
  readonly floors: readonly Floor[];
  readonly draws: readonly Draw[];
  /** `pays in person.currency at posting`. */
  readonly paysIn?: PaysIn;
  /** `corrections within 12 months`: a duration of months or days. */
  readonly corrections?: Expression;
  /** `takes back at most 20% of pay`. */
  readonly takesBack?: Expression;
  /** `reopens from 2026-01-01`. */
  readonly reopens?: Expression;
}

/** `import "./calendar.merit"`. */
export interface ImportDeclaration {
  readonly kind: 'import';
  readonly doc?: string;
  readonly path: Name;
  readonly span: Span;
}

/** `calendar office { … }`: working days and hours, or a fiscal year. */
export interface CalendarDeclaration extends Declared {
  readonly kind: 'calendar';
  readonly hours: readonly WorkingHours[];
  readonly holidays: readonly Holiday[];
  /** `year starts 2026-02-01` with `quarters 4, 4, 5 weeks`. */
  readonly fiscal?: {
    readonly starts: Expression;
    readonly weeks?: readonly Expression[];
    readonly span: Span;
  };
}

/** `work monday to friday 09:00 to 18:00`, or `work 2026-11-07 09:00 to 13:00` for one day; several lines make a break. */
export interface WorkingHours {
  /** The first and last weekday as written, or a date. */
  readonly days: { readonly from: Name; readonly to?: Name } | { readonly date: Expression };
  /** `09:00`, as written. */
  readonly from: Name;
  readonly to: Name;
  readonly span: Span;
}

/** `holiday 2026-01-01 until 2026-01-08 "New Year"`. */
export interface Holiday {
  readonly from: Expression;
  readonly until?: Expression;
  readonly title?: Name;
  readonly span: Span;
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
  /** `known recorded_at: datetime`: when the row became known. */
  readonly known: boolean;
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

/** `to account_care[client at closed_on].farmer else manager 30% extra also as care in role farmer when not is_first`. */
export interface CreditLine {
  readonly to: Expression;
  readonly otherwise?: Expression;
  /** `rest` is what the other lines leave of 100%. */
  readonly share: Expression | 'rest';
  readonly extra: boolean;
  /** Credits even someone whom another line of the event credits. */
  readonly also: boolean;
  readonly as?: Name;
  readonly role?: Name;
  /** `in every role` of one who holds several that day. */
  readonly inEveryRole: boolean;
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

// ---- people among people ---------------------------------------------------------------------------------

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

// ---- proof -------------------------------------------------------------------------------------------------

/** `test "…" { … }`: `name` is the quoted text. */
export interface TestDeclaration extends Declared {
  readonly kind: 'test';
  readonly rows: readonly TestRow[];
  readonly expectations: readonly Expectation[];
}

/** `person anna { role hunter }`, `deal { manager anna, … }`, `12 deals { … }`. */
export interface TestRow {
  /** How many rows the line stands for. */
  readonly count?: Expression;
  /** `person`, or an event or table as written (an event may stand in the plural after a count). */
  readonly of: Name;
  /** The id, for a person. */
  readonly id?: Name;
  readonly cells: readonly TestCell[];
  readonly span: Span;
}

/** `amount 100_000 RUB + 10_000 RUB * n`, `closed_on 2026-01-05 every 2 days`. */
export interface TestCell {
  readonly field: Name;
  readonly value: Expression;
  readonly every?: Expression;
  readonly span: Span;
}

/** `expect anna in 2026-01 { commission is 40_000 RUB }`: each line is a condition. */
export interface Expectation {
  readonly person: Name;
  readonly period: Expression;
  readonly conditions: readonly Expression[];
  readonly span: Span;
}

/** `invariant "…" { pay is nondecreasing in revenue }` or `{ commission <= 7% * revenue }`, after any `given` lines. */
export interface InvariantDeclaration extends Declared {
  readonly kind: 'invariant';
  /** `given revenue from 0 RUB until 50_000_000 RUB`. */
  readonly given: readonly {
    readonly value: Expression;
    readonly from?: Expression;
    readonly until?: Expression;
    readonly span: Span;
  }[];
  readonly claim:
    | {
        readonly kind: 'monotone';
        readonly value: Expression;
        readonly direction: 'nondecreasing' | 'nonincreasing';
        readonly in: Expression;
        readonly span: Span;
      }
    | { readonly kind: 'holds'; readonly condition: Expression; readonly span: Span };
}

export type Declaration =
  | ImportDeclaration
  | CalendarDeclaration
  | GridDeclaration
  | AwardDeclaration
  | LevelDeclaration
  | PoolDeclaration
  | ForDeclaration
  | TestDeclaration
  | InvariantDeclaration
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
