// What comes in from files: where it is bound to, typed reference rows, and what became of every row.

import type { Day } from '../base/date.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Exact } from '../base/exact.ts';
import type { Cell } from './value.ts';

export type SourceFormat = 'csv' | 'json' | 'ndjson' | 'parquet' | 'table';

/**
 * A database, and nothing that has to be kept from others: a file of DuckDB, or a PostgreSQL that is found by the address
 * in an environment variable, or, without one, as PGHOST and its kin say.
 */
export type DatabaseRef =
  | { readonly kind: 'duckdb'; readonly path: string }
  | { readonly kind: 'postgres'; readonly variable?: string };

/** How the text of a source is written, where that isn't the default. */
export interface Dialect {
  /** CSV only; absent: found from the heading line. */
  readonly delimiter?: string;
  /** The decimal sign of numbers; `.` unless said. */
  readonly decimal?: string;
  /** A sign between thousands that is dropped; none unless said. */
  readonly thousands?: string;
  /** `fractions`: a plain number in a percent column is a fraction (`0.5` is 50 %). Unless said, `%` is needed. */
  readonly percents?: 'fractions';
}

/** Where rows come from. `name` is an event, a table, `person` or `absence`. */
export interface SourceSpec {
  readonly name: string;
  /** What messages call it. */
  readonly file: string;
  readonly format: SourceFormat;
  readonly content:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'text'; readonly text: string }
    /** A table or view, whose name is written as in SQL; the format is `table`. */
    | { readonly kind: 'table'; readonly table: string; readonly database: DatabaseRef };
  /** Field to column, where they differ in name. */
  readonly columns: ReadonlyMap<string, string>;
  /** Field to text that stands in every row. */
  readonly constants: ReadonlyMap<string, string>;
  readonly dialect: Dialect;
}

/** A source whose columns have been found: one binding for each field, in the fields' order. */
export interface BoundSource extends SourceSpec {
  /** All columns of the source, in order, as they are named there. */
  readonly header: readonly string[];
  readonly bindings: readonly Binding[];
}

export type Binding =
  | { readonly kind: 'column'; readonly column: string; readonly index: number }
  | { readonly kind: 'constant'; readonly text: string }
  /** No such column: the field's fallback, else missing. */
  | { readonly kind: 'absent' };

/** Rows of cells as text, in the order of the header; an empty cell is `''`. `rows[0]` is row 2 of a spreadsheet. */
export interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Typed rows of a table of the policy, cells in the order of its fields. */
export interface TableData {
  readonly table: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** Why a row isn't taken. Its wording is in `input/messages.ts`. */
export type RejectReason =
  | 'wrong number of cells'
  | 'empty'
  | 'not a number'
  | 'too many digits'
  | 'not a percent'
  | 'not a date'
  | 'not a datetime'
  | 'skipped by the clock'
  | 'not a duration'
  | 'not a period'
  | 'not a truth value'
  | 'not a word of the list'
  | 'below the bound'
  | 'above the bound'
  | 'unknown person'
  | 'unknown role'
  | 'duplicate key'
  | 'overlapping dates'
  | 'ends before it starts'
  | 'shares not 100%'
  | 'nobody credited'
  | 'two roles that day';

/** Why a sound row isn't used. */
export type FilterReason =
  | 'no posting day'
  | 'before `since`'
  | 'not known yet'
  | 'outside the periods'
  | 'nobody in a role that day';

/** One reason why a row was rejected; a row with several bad cells has several. Row 2 is the first below the heading. */
export interface Reject {
  readonly source: string;
  readonly file: string;
  readonly row: number;
  /** The field, for reasons of a cell. */
  readonly field?: string;
  /** The column of the file that the field is bound to. */
  readonly column?: string;
  /** The cell as it stands in the file. */
  readonly cell?: string;
  readonly reason: RejectReason;
  /** The row of the same file that it can't stand beside, for reasons that take two. */
  readonly other?: number;
}

/** Rows and, for each numeric field, the sum of its readable cells (as exact text). */
export interface RowTotals {
  readonly rows: number;
  readonly sums: readonly { readonly field: string; readonly sum: string }[];
}

/**
 * What became of a source's rows. INVARIANT: used, filtered and rejected rows come to all rows, and so do the sums.
 * A rejected row counts once, under its first reason in the order of the fields.
 */
export interface ControlTotals {
  readonly source: string;
  readonly file: string;
  readonly all: RowTotals;
  readonly used: RowTotals;
  readonly filtered: readonly { readonly reason: FilterReason; readonly totals: RowTotals }[];
  readonly rejected: readonly { readonly reason: RejectReason; readonly totals: RowTotals }[];
  /**
   * Credit lines (with a person) that counted for nobody because the person held no role that day, for each date by
   * which their row counts; rows stay used.
   */
  readonly creditsWithoutRole: number;
  /** `extra` credit lines that named nobody. */
  readonly extraWithoutPerson: number;
  /** Persons whom an `extra` credit line named and didn't credit, since another line of the event names them. */
  readonly extraCreditedElsewhere: number;
  /**
   * Of an event with credit, the ordinary shares of its used rows by the posting date, as exact text: those of people in
   * a role, and those of people who held none that day. Together they come to the rows, unless a line credits several.
   */
  readonly shares?: { readonly credited: string; readonly outside: string };
}

/** One credited row: an answer to a `RowsQuery`, in order of stay, bucket, time, known time and key. */
export interface CreditedRow {
  /** Of the credited person; `NOBODY` where rows are asked for whoever is credited. */
  readonly stay: number;
  readonly bucket: string;
  /** The row's key, as text. */
  readonly key: string;
  /** Its number in the file. */
  readonly row: number;
  readonly day: Day;
  readonly share: Exact;
  readonly values: readonly Cell[];
  /** What the data doesn't give for a value, such as an exchange rate: it stops who reads that one. */
  readonly lacks?: readonly { readonly column: number; readonly diagnostics: readonly Diagnostic[] }[];
}

/** One group's answers to an `AggregateQuery`. */
export interface FactRow {
  /** The stay's index, the group's id, or `''` for the company. */
  readonly group: string;
  readonly bucket: string;
  /**
   * Sums and counts come by share (plain, to be multiplied by it); the other measures come once a group, without.
   * `undefined` marks the row without.
   */
  readonly share: Exact | undefined;
  /** In the order of the query's measures; `undefined` where this kind of row doesn't answer or the answer is missing. */
  readonly values: readonly Cell[];
  /** Of a test's data: what a measure reads and the test leaves out. It stops who asks for that measure of the group. */
  readonly lacks?: readonly { readonly column: number; readonly diagnostics: readonly Diagnostic[] }[];
}
