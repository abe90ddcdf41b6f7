// What becomes of each row of an event, in the order of the backend's contract, and the totals that prove that no row
// is lost. Leaves two temp tables for queries: `<prefix>_rows` (all rows that formulas see) and `<prefix>_credit`.

import { fiscalYears } from '../base/fiscal.ts';
import type { Limits } from '../base/limits.ts';
import type { BoundSource } from '../model/dataset.ts';
import type { EventModel, Model } from '../model/policy.ts';
import { dateKey } from '../query/dates.ts';
import type { LoadReport, Wanted } from './backend.ts';
import { clockJoin, localDay } from './sql-clock.ts';
import { computeFields, finish, nameCredited, postingOf } from './sql-computed.ts';
import type { Connection } from './sql-connection.ts';
import { type CountedDate, settleCredit } from './sql-credit.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { SqlAgreed, SqlEvent } from './sql-others.ts';
import { reasonOf, reportOf } from './sql-report.ts';
import type { SqlTable } from './sql-row.ts';
import type { SourceReader } from './sql-source.ts';
import type { SqlValue } from './sql-text.ts';
import { loadTyped, type TypedEvent } from './sql-typed.ts';
import { readUnknownKeys } from './sql-unknown-keys.ts';

/** An event as queries see it. */
export interface LoadedEvent {
  readonly event: EventModel;
  readonly prefix: string;
  /** Columns of `<prefix>_rows` by field, read and computed. */
  readonly columns: ReadonlyMap<string, SqlValue>;
  /** What positions are counted by. */
  readonly order: readonly string[];
  /** The other dates by which queries may go, as `dateKey` names them: `by<n>` and `byday<n>` of `<prefix>_rows`. */
  readonly dates: readonly string[];
  /** All columns of `<prefix>_rows`. */
  readonly shown: readonly string[];
  readonly report: LoadReport;
}

/** What loading any event needs. */
export interface LoadWorld {
  readonly model: Model;
  readonly tables: ReadonlyMap<string, SqlTable>;
  readonly agreed: SqlAgreed;
  readonly reader: SourceReader;
  readonly limits: Limits | undefined;
  /** The rows of every event that is loaded, as they lie by now. */
  readonly events: Map<string, SqlEvent>;
  /** Events of which some formula reads a single row by its key. */
  readonly readThrough: ReadonlySet<string>;
}

/** What an event is read from, and what a run looks at of it. */
export interface LoadInput {
  readonly source: BoundSource;
  readonly wanted: Wanted;
  readonly prefix: string;
}

/** An event's typed cells and first fates, before its computed fields and credit are worked out. */
export interface ReadEvent extends LoadInput {
  readonly event: EventModel;
  readonly typed: TypedEvent;
}

/** Reads an event's cells into `<prefix>_raw` and `<prefix>_typed`, and tells in `<prefix>_first` what is left. */
export async function readEvent(event: EventModel, input: LoadInput, world: LoadWorld): Promise<ReadEvent> {
  const { source, prefix } = input;
  const { connection } = world.reader;
  const about = `the event \`${event.name}\``;
  const { fields } = event;
  await world.reader.load(source, { table: `${prefix}_raw`, fields, key: event.key }, world.limits);
  const { events, tables, zone } = world.model;
  const hasMoments = [...events, ...tables].some((each) =>
    each.fields.some((field) => field.type.kind === 'datetime'),
  );
  const needsClock = hasMoments || world.model.calendars.length > 0;
  const calendars = fiscalYears(world.model);
  const typed = await loadTyped({ connection, source, fields, prefix, zone, needsClock, calendars });
  await noteDoubled(connection, event, prefix);
  const first = firstFates(event, { prefix, wanted: input.wanted, dialect: connection.dialect });
  await connection.make(`${prefix}_first`, { sql: first, values: [], about });
  return { ...input, event, typed };
}

/** The dates by which a run looks at rows, the posting one first. */
function countedDates({ posted, by }: Wanted): readonly CountedDate[] {
  return [{ day: 'day', days: posted }, ...by.map(({ days }, at) => ({ day: `byday${at}`, days }))];
}

function usedColumns({ by }: Pick<Wanted, 'by'>): readonly string[] {
  return ['used', ...by.map((_, at) => `usedby${at}`)];
}

/** Whether a row counts: `used` by its posting date, `usedby<n>` by the others. */
function usedSql({ by }: Pick<Wanted, 'by'>): string {
  const sound = 'f.reject IS NULL AND f.filter IS NULL AND l.seen';
  return usedColumns({ by })
    .map((name, at) => `coalesce(${sound} AND f.used${at}, FALSE) AS ${name}`)
    .join(', ');
}

/** Works out the computed fields and the credit of events that have been read, and what becomes of each row. */
export async function settleEvents(
  found: readonly ReadEvent[],
  world: LoadWorld,
): Promise<readonly LoadedEvent[]> {
  const { connection } = world.reader;
  const computed = await computeFields(found, world);
  const loaded: LoadedEvent[] = [];
  const unknown = new Map<ReadEvent, LoadReport['unknownKeys']>();
  for (const each of found) unknown.set(each, await readUnknownKeys(each, found, connection));
  for (const each of computed) {
    const { event, prefix, source, wanted } = each.read;
    const about = `the event \`${event.name}\``;
    const left = await nameCredited(each, world);
    await settleCredit({ connection, event, dates: countedDates(wanted), prefix });
    await connection.make(`${prefix}_rows`, {
      sql: `SELECT l.*, ${usedSql(wanted)}
FROM ${prefix}_left AS l LEFT JOIN ${prefix}_fate AS f ON l.r = f.r`,
      values: [],
      about,
    });
    const unknownKeys = unknown.get(each.read)!;
    const found = await reportOf({ event, model: world.model, source, prefix, connection });
    const report = { ...found, unknownKeys };
    for (const table of ['raw', 'typed', 'doubled', 'first', 'left', 'fate']) {
      await connection.drop(`${prefix}_${table}`);
    }
    const dates = wanted.by.map(({ date }) => dateKey(date));
    const shown = [...left, ...usedColumns(wanted)];
    loaded.push({ event, prefix, columns: each.columns, order: each.order, dates, shown, report });
  }
  for (const each of computed) await finish(each, world);
  return loaded;
}

/** Makes `<prefix>_doubled`: each `key` that several rows have. */
async function noteDoubled(connection: Connection, event: EventModel, prefix: string): Promise<void> {
  const key = event.fields.findIndex((each) => each.name === event.key);
  await connection.make(`${prefix}_doubled`, {
    sql: `SELECT v${key} AS key FROM ${prefix}_typed WHERE v${key} IS NOT NULL GROUP BY v${key} HAVING count(*) > 1`,
    values: [],
    about: `the keys of \`${event.name}\``,
  });
}

/** `<prefix>_first`: each row's posting day, whether it became known too late, and why it is rejected or filtered before its credit is looked at. */
function firstFates(
  event: EventModel,
  found: { readonly prefix: string; readonly wanted: Wanted; readonly dialect: SqlDialect },
): string {
  const { prefix, wanted, dialect } = found;
  const clock = { dialect, clock: `${prefix}_instant` };
  const posting = postingOf(event);
  const reasons = event.fields.map((_, at) => reasonOf(event, prefix, at)).join(', ');
  const reject = `CASE WHEN wrong THEN 'wrong number of cells' ELSE coalesce(${reasons}) END`;
  const early = event.since === undefined ? 'FALSE' : `day < ${Math.trunc(event.since)}`;
  const [day, from] =
    event.fields[posting]!.type.kind === 'datetime'
      ? [
          localDay(`v${posting}`, 'clock.ahead', dialect),
          clockJoin(`${prefix}_typed AS t`, `v${posting}`, clock),
        ]
      : [`v${posting}`, `${prefix}_typed AS t`];
  const known = event.fields.findIndex((each) => each.name === event.known);
  const asked = known < 0 ? undefined : wanted.knownOn;
  const hidden =
    asked === undefined
      ? 'FALSE'
      : `coalesce(${localDay('known', 'clock.ahead', dialect)} > ${Math.trunc(asked)}, FALSE)`;
  const rows = asked === undefined ? 'dated' : clockJoin('dated', 'known', clock);
  return `WITH dated AS (SELECT r, ${reject} AS reject, ${day} AS day${asked === undefined ? '' : `, v${known} AS known`} FROM ${from}${dialect.fence})
SELECT r, reject, day, ${hidden} AS hidden, CASE WHEN reject IS NOT NULL THEN NULL WHEN day IS NULL THEN 'no posting day'
WHEN ${early} THEN 'before \`since\`' WHEN ${hidden} THEN 'not known yet' END AS filter FROM ${rows}`;
}
