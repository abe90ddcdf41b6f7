// What every backend does: read an event's rows, decide what becomes of each, and answer aggregate queries over the
// used ones. Two backends given the same text give the same answers, rejects and totals.

import type { Day } from '../base/date.ts';
import type { Checked } from '../base/diagnostic.ts';
import type {
  BoundSource,
  ControlTotals,
  FactRow,
  Reject,
  SourceSpec,
  TableData,
  TextTable,
} from '../model/dataset.ts';
import type { People } from '../model/people.ts';
import type { Model } from '../model/policy.ts';
import type { AggregateQuery } from '../query/query.ts';
import type { NearMiss } from './near-misses.ts';

/** The days `[from, until)` that any query of the run looks at for one event. */
export interface DayRange {
  readonly from: Day;
  readonly until: Day;
}

/** What `load` found. */
export interface LoadReport {
  readonly control: ControlTotals;
  /** Every reject, in order of row, then field. */
  readonly rejects: readonly Reject[];
  /** Texts of sound rows that look alike and are taken as two, in order of field, then text. */
  readonly nearMisses: readonly NearMiss[];
}

/** The reference data that rows are joined with. */
export interface Reference {
  readonly model: Model;
  readonly people: People;
  readonly tables: readonly TableData[];
}

/**
 * A backend's life: `columns` and `text` for any source, then `open` once, `load` once per event, any number of
 * `facts`, then `close`.
 *
 * What becomes of a row of an event, the first that applies:
 * 1. rejected, for each bad cell: wrong number of cells in the row; then by field, in order: empty though required;
 *    not of its type; outside its bounds; an unknown person; a key that another row has too (all such rows are
 *    rejected, so that order decides nothing).
 * 2. filtered: no posting day; a day before the event's `since`.
 *    Look-backs (`nth`) see the rows that are left here.
 * 3. credit (events that have credit lines), over the rows left, in whatever period: a line applies when its `when`
 *    holds. Its person is `to`, else `otherwise`. Rejected: an ordinary line that applies and names nobody
 *    (`nobody credited`); ordinary shares that don't come to exactly 1 (`shares not 100%`; `rest` is what the others
 *    leave, and below zero is rejected too); a credited person who holds two or more roles that day that the line
 *    allows (`two roles that day`). An `extra` line that names nobody is counted and dropped; one that names somebody
 *    whom an ordinary line that applies credits too is dropped. A line whose person holds no (allowed) role that day
 *    is counted and dropped.
 * 4. filtered: none of its ordinary lines has a person in a role that day; the day lies outside the run's range.
 *    (The check of roles comes first, so that the reason is the lasting one.)
 * 5. used.
 */
export interface Backend {
  readonly name: string;
  /** The names of a source's columns. Diagnostics: the file can't be read, is empty, names a column twice. */
  columns(source: SourceSpec): Promise<Checked<readonly string[]>>;
  /** All cells of a source as text, for people and tables. */
  text(source: SourceSpec): Promise<Checked<TextTable>>;
  open(reference: Reference): Promise<void>;
  load(event: string, source: BoundSource, range: DayRange): Promise<LoadReport>;
  facts(query: AggregateQuery): Promise<readonly FactRow[]>;
  close(): Promise<void>;
}
