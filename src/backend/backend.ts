// What every backend does: read an event's rows, decide what becomes of each, and answer aggregate queries over the
// used ones. Two backends given the same text give the same answers, rejects and totals.

import type { Day } from '../base/date.ts';
import type { Checked } from '../base/diagnostic.ts';
import type { Limits } from '../base/limits.ts';
import type {
  BoundSource,
  ControlTotals,
  CreditedRow,
  FactRow,
  Reject,
  SourceSpec,
  TableData,
  TextTable,
} from '../model/dataset.ts';
import type { Expression } from '../model/expression.ts';
import type { People } from '../model/people.ts';
import type { Model } from '../model/policy.ts';
import type { AggregateQuery, RowsQuery } from '../query/query.ts';
import type { NearMiss } from './near-misses.ts';
import type { UnknownKeys } from './unknown-keys.ts';

/** Days `[from, until)`. */
export interface DayRange {
  readonly from: Day;
  readonly until: Day;
}

/** What a run looks at of one event. */
export interface Wanted {
  /** The posting days that any query looks at. */
  readonly posted: DayRange;
  /** Other dates by which queries look at it, each with its days; formulas of rows that are never missing. */
  readonly by: readonly { readonly date: Expression; readonly days: DayRange }[];
  /** Rows that became known after this day are left out. */
  readonly knownOn?: Day;
  /** All that a run will ask of the event's rows, and its periods, where that is known. */
  readonly queries?: readonly (AggregateQuery | RowsQuery)[];
  readonly periods?: readonly DayRange[];
}

/** What `load` found. */
export interface LoadReport {
  readonly control: ControlTotals;
  /** Every reject, in order of row, then field. */
  readonly rejects: readonly Reject[];
  /** Texts of sound rows that look alike and are taken as two, in order of field, then text. */
  readonly nearMisses: readonly NearMiss[];
  /** References of rows that look-backs see to rows that aren't there, by field. */
  readonly unknownKeys: readonly UnknownKeys[];
  /** The posting day of the earliest row that look-backs see; absent where there is none. */
  readonly firstDay?: Day;
}

/** The reference data that rows are joined with. */
export interface Reference {
  readonly model: Model;
  readonly people: People;
  readonly tables: readonly TableData[];
  /** What all that follows may take. */
  readonly limits?: Limits;
}

/**
 * A backend's life: `columns` and `text` for any source, then `open` once, `load` once per event, `settle` once, any
 * number of `facts`, then `close`.
 *
 * What becomes of a row of an event, the first that applies:
 * 1. rejected, for each bad cell: wrong number of cells in the row; then by field, in order: empty though required;
 *    not of its type; outside its bounds; an unknown person; a key that another row has too (all such rows are
 *    rejected, so that order decides nothing).
 * 2. filtered: no posting day; a day before the event's `since`; a known time past the day that is asked for (its
 *    last moment counts; a row without a known time is known).
 *    Look-backs (`nth` and those over other events) see the rows that are left here. A field that is read through a
 *    key sees every row that isn't rejected and was known, whatever its day: what a row refers to may be older.
 * 3. credit (events that have credit lines), over the rows left, in whatever period: a line applies when its `when`
 *    holds. Its person is `to`, else `otherwise`; of `leadsAbove`, each who stands above that person on the posting
 *    day. Rejected: an ordinary line that applies and names nobody (`nobody credited`); ordinary shares that don't come
 *    to exactly 1 (`shares not 100%`; `rest` is what the others leave, and below zero is rejected too); a credited
 *    person who holds two or more roles that day that the line allows (`two roles that day`), unless it credits every
 *    role: then each stay has the share, which a group and the company count once. An `extra` line that names nobody is
 *    counted and dropped. One without `also` leaves those to others, and counts it, whom an ordinary line that applies
 *    names, or an extra one that applies and stands before it (in a role or not, so that it's the same by all dates).
 *    A line is counted and dropped for each person who holds no (allowed) role that day.
 * 4. A row counts by its posting date, and by each other date that the run looks at, where that day lies in the days
 *    wanted and some line, an extra one too, has a person in a role on it. Which lines apply, and whom they name, is the
 *    same by all dates; `two roles that day` is rejected on any of them. Filtered: no line has a person in a role on any
 *    of the days; none of the days lies in those wanted. (The check of roles comes first, so that the reason is the
 *    lasting one.)
 * 5. used: it counts by some date, and queries by that date see it.
 */
export interface Backend {
  readonly name: string;
  /** The names of a source's columns. Diagnostics: the file can't be read, is empty, names a column twice. */
  columns(source: SourceSpec): Promise<Checked<readonly string[]>>;
  /** All cells of a source as text, for people and tables. */
  text(source: SourceSpec): Promise<Checked<TextTable>>;
  open(reference: Reference): Promise<void>;
  /** Reads one event's rows; every event is loaded before the first is settled, as rows look at those of others. */
  load(event: string, source: BoundSource, wanted: Wanted): Promise<void>;
  /** Works out computed fields and credit of all that is loaded, in the Model's order of computed fields. */
  settle(): Promise<ReadonlyMap<string, LoadReport>>;
  facts(query: AggregateQuery): Promise<readonly FactRow[]>;
  /** Used rows with the credit lines that count; a row appears once for each stay that it credits, with the sum of its shares. */
  rows(query: RowsQuery): Promise<readonly CreditedRow[]>;
  close(): Promise<void>;
}
