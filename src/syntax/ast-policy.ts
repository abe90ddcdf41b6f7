// The syntax tree of a file: the policy itself, what it imports, calendars, and all declarations with the comments beside
// them.

import type { Span } from '../base/source.ts';
import type { Expression, GrainName, Name } from './ast.ts';
import type { AwardDeclaration, LevelDeclaration, PoolDeclaration } from './ast-awards.ts';
import type {
  CreditDeclaration,
  DateRange,
  Declared,
  EventDeclaration,
  PersonDeclaration,
  TableDeclaration,
} from './ast-data.ts';
import type {
  CurveDeclaration,
  GridDeclaration,
  KpiDeclaration,
  LetDeclaration,
  RatesDeclaration,
} from './ast-measures.ts';
import type { Cap, Draw, Floor, ForDeclaration, Gate, PaysIn, RoleDeclaration } from './ast-roles.ts';
import type { InvariantDeclaration, TestDeclaration } from './ast-tests.ts';

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

/** `half up to 0.01`. */
export interface Rounding {
  readonly mode: Name;
  readonly to: Expression;
  readonly span: Span;
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
