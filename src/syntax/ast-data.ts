// The syntax tree of what the data looks like: people, events and tables with their fields, and whose an event is.

import type { Span } from '../base/source.ts';
import type { Expression, Name } from './ast.ts';

/** What every declaration has: `doc` is the text of its `///` lines (in YAML: its `doc:` key), without the slashes. */
export interface Declared {
  readonly name: Name;
  readonly doc?: string;
  readonly span: Span;
}

/** `from 2026-01-01 until 2026-12-31`, both inclusive, either may be left out. */
export interface DateRange {
  readonly from?: Expression;
  readonly until?: Expression;
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
