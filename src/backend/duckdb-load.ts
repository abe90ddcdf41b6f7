// What becomes of each row of an event, in the order of the backend's contract, and the totals that prove that no row
// is lost. Leaves two temp tables for queries: `<prefix>_rows` (all rows that look-backs see) and `<prefix>_credit`.

import { InternalError } from '../base/diagnostic.ts';
import { add, type Exact, exactText, ZERO } from '../base/exact.ts';
import { FILTER_REASONS, REJECT_REASONS, summedFields } from '../input/control-totals.ts';
import type { BoundSource, ControlTotals, Reject, RejectReason, RowTotals } from '../model/dataset.ts';
import type { EventModel, Model } from '../model/policy.ts';
import type { DayRange, LoadReport } from './backend.ts';
import { type Answer, type Connection, keepText, keptText } from './duckdb-connection.ts';
import { settleCredit } from './duckdb-credit.ts';
import { loadRaw, type SourceReader } from './duckdb-source.ts';
import { loadTyped, type TypedEvent } from './duckdb-typed.ts';
import { comparedFields, MOST_NAMES, nearMissesAmong } from './near-misses.ts';
import { clockJoin, localDay } from './sql-clock.ts';
import { RowChain, type SqlTable } from './sql-row.ts';
import { noParameters, type SqlValue } from './sql-text.ts';

/** An event as queries see it. */
export interface LoadedEvent {
  readonly event: EventModel;
  readonly prefix: string;
  /** Columns of `<prefix>_rows` by field, read and computed. */
  readonly columns: ReadonlyMap<string, SqlValue>;
  /** What positions are counted by. */
  readonly order: readonly string[];
  readonly report: LoadReport;
}

export interface LoadWorld {
  readonly model: Model;
  readonly tables: ReadonlyMap<string, SqlTable>;
  readonly reader: SourceReader;
}

export async function loadEvent(
  event: EventModel,
  input: { readonly source: BoundSource; readonly range: DayRange; readonly prefix: string },
  world: LoadWorld,
): Promise<LoadedEvent> {
  const { source, range, prefix } = input;
  const { connection } = world.reader;
  const about = `the event \`${event.name}\``;
  const { fields } = event;
  await loadRaw(world.reader, source, { table: `${prefix}_raw`, fields });
  const { tables, zone } = world.model;
  const needsClock = [fields, ...tables.map((each) => each.fields)].some((each) =>
    each.some((field) => field.type.kind === 'datetime'),
  );
  const typed = await loadTyped({ connection, source, fields, prefix, zone, needsClock });
  await noteDuplicates(connection, event, prefix);
  await connection.run({ sql: firstFates(event, { prefix, typed }), values: [], about });
  const { columns, order } = await loadLeft(event, { prefix, typed }, world);
  await settleCredit({ connection, event, range, prefix });
  await connection.run({
    sql: `CREATE TEMP TABLE ${prefix}_rows AS
SELECT l.*, (f.reject IS NULL AND f.filter IS NULL) AS used FROM ${prefix}_left AS l JOIN ${prefix}_fate AS f ON l.r = f.r`,
    values: [],
    about,
  });
  const report = {
    control: await totals(event, { source, prefix, typed, connection }),
    rejects: await readRejects(event, { source, prefix, connection }),
    nearMisses: await nearMisses(event, { model: world.model, prefix, connection }),
  };
  for (const table of ['raw', 'typed', 'first', 'left', 'fate']) {
    await connection.run({ sql: `DROP TABLE ${prefix}_${table}`, values: [], about });
  }
  return { event, prefix, columns, order, report };
}

/** Texts that look alike in the fields by which rows are told apart; most data has plain texts only, and is done. */
async function nearMisses(
  event: EventModel,
  {
    model,
    prefix,
    connection,
  }: { readonly model: Model; readonly prefix: string; readonly connection: Connection },
): Promise<LoadReport['nearMisses']> {
  const found = [];
  for (const at of comparedFields(model, event)) {
    const about = `the field \`${event.fields[at]!.name}\` of \`${event.name}\``;
    const rows = `FROM ${prefix}_typed AS t JOIN ${prefix}_first AS f ON t.r = f.r WHERE f.reject IS NULL AND v${at} IS NOT NULL`;
    const odd = `SELECT count(*) FROM (SELECT 1 ${rows} AND NOT regexp_full_match(v${at}, '[!-~]+( [!-~]+)*') LIMIT 1)`;
    const [[count] = []] = await connection.rows({ sql: odd, values: [], about });
    if ((count as { readonly num: number }).num === 0) continue;
    const sql = `SELECT DISTINCT v${at} ${rows} LIMIT ${MOST_NAMES + 1}`;
    const texts = (await connection.rows({ sql, values: [], about })).map(([text]) => text as string);
    found.push(...nearMissesAmong(event.fields[at]!.name, texts));
  }
  return found;
}

/** Notes `duplicate key` in every row whose key another row has too. */
async function noteDuplicates(connection: Connection, event: EventModel, prefix: string): Promise<void> {
  const key = event.fields.findIndex((each) => each.name === event.key);
  await connection.run({
    sql: `UPDATE ${prefix}_typed SET k${key} = 'duplicate key' WHERE v${key} IN
(SELECT v${key} FROM ${prefix}_typed WHERE v${key} IS NOT NULL GROUP BY v${key} HAVING count(*) > 1)`,
    values: [],
    about: `the keys of \`${event.name}\``,
  });
}

/** `<prefix>_first`: each row's posting day, and why it is rejected or filtered before its credit is looked at. */
function firstFates(
  event: EventModel,
  found: { readonly prefix: string; readonly typed: TypedEvent },
): string {
  const { prefix } = found;
  const posting = postingOf(event);
  const reasons = event.fields.map((_, at) => `k${at}`).join(', ');
  const reject = `CASE WHEN wrong THEN 'wrong number of cells' ELSE coalesce(${reasons}) END`;
  const early = event.since === undefined ? 'FALSE' : `day < ${Math.trunc(event.since)}`;
  const [day, from] =
    event.fields[posting]!.type.kind === 'datetime'
      ? [
          localDay(`v${posting}`, 'clock.ahead'),
          clockJoin(`${prefix}_typed AS t`, `v${posting}`, `${prefix}_instant`),
        ]
      : [`v${posting}`, `${prefix}_typed AS t`];
  return `CREATE TEMP TABLE ${prefix}_first AS
WITH dated AS (SELECT r, ${reject} AS reject, ${day} AS day FROM ${from})
SELECT r, reject, day, CASE WHEN reject IS NOT NULL THEN NULL WHEN day IS NULL THEN 'no posting day'
WHEN ${early} THEN 'before \`since\`' END AS filter FROM dated`;
}

function postingOf(event: EventModel): number {
  const posting = event.fields.findIndex((each) => each.name === event.posting);
  if (posting < 0) throw new InternalError(`no posting field: ${event.posting}`);
  return posting;
}

/** Makes `<prefix>_left`: rows that look-backs see, with fields, computed fields, and who each credit line names. */
async function loadLeft(
  event: EventModel,
  found: { readonly prefix: string; readonly typed: TypedEvent },
  world: LoadWorld,
): Promise<{ readonly columns: ReadonlyMap<string, SqlValue>; readonly order: readonly string[] }> {
  const { prefix, typed } = found;
  const key = event.fields.findIndex((each) => each.name === event.key);
  const order = [`v${postingOf(event)}`, `v${key}`, 'r'];
  const columns = new Map(event.fields.map((field, at) => [field.name, typed.values[at]!]));
  const parameters = noParameters();
  const values = event.fields.map((_, at) => `v${at}`).join(', ');
  const chain = new RowChain(
    'l',
    `SELECT t.r, f.day, ${values} FROM ${prefix}_typed AS t JOIN ${prefix}_first AS f ON t.r = f.r
WHERE f.reject IS NULL AND f.filter IS NULL`,
    { parameters, tables: world.tables, fields: columns, order, clock: `${prefix}_instant` },
  );
  event.computed.forEach((field, at) => {
    columns.set(field.name, chain.addColumn(`u${at}`, chain.expression(field.value)));
  });
  const credits: string[] = [];
  event.credit.forEach((line, at) => {
    const applies = line.when ? `coalesce(${chain.expression(line.when).sql}, FALSE)` : 'TRUE';
    chain.addColumn(`a${at}`, { sql: applies, scale: undefined });
    const persons = [line.to, ...(line.otherwise ? [line.otherwise] : [])];
    const named = persons.map((each) => chain.expression(each).sql);
    chain.addColumn(`p${at}`, { sql: `coalesce(${named.join(', ')}, NULL)`, scale: undefined });
    credits.push(`a${at}`, `p${at}`);
  });
  const kept = ['r', 'day', values, ...event.computed.map((_, at) => `u${at}`), ...credits];
  await world.reader.connection.run({
    sql: `CREATE TEMP TABLE ${prefix}_left AS WITH ${chain.sql}
SELECT ${kept.join(', ')} FROM ${chain.name}`,
    values: parameters.values,
    about: `the computed fields of \`${event.name}\``,
  });
  return { columns, order };
}

interface Found {
  readonly source: BoundSource;
  readonly prefix: string;
  readonly connection: Connection;
}

/** The rows of each fate, and the sums of their readable amounts. */
async function totals(
  event: EventModel,
  found: Found & { readonly typed: TypedEvent },
): Promise<ControlTotals> {
  const { source, prefix, connection } = found;
  const summed = summedFields(source, event.fields);
  const sums = summed.map((at) => `sum(CASE WHEN NOT t.wrong THEN t.n${at} END)`);
  const rows = await connection.rows({
    sql: `SELECT coalesce(a.reject, f.reject), coalesce(a.filter, f.filter), count(*),
sum(CASE WHEN f.reject IS NULL AND f.filter IS NULL THEN f.dropped END),
sum(CASE WHEN f.reject IS NULL AND f.filter IS NULL THEN f.nameless END)${sums.map((each) => `, ${each}`).join('')}
FROM ${prefix}_typed AS t JOIN ${prefix}_first AS a ON t.r = a.r LEFT JOIN ${prefix}_fate AS f ON t.r = f.r
GROUP BY coalesce(a.reject, f.reject), coalesce(a.filter, f.filter)`,
    values: [],
    about: `the control sums of \`${event.name}\``,
  });
  const names = summed.map((at) => event.fields[at]!.name);
  const of = (part: (row: readonly Answer[]) => boolean): RowTotals => totalOf(rows.filter(part), names);
  const isReject = (row: readonly Answer[]): boolean => row[0] !== undefined;
  const isUsed = (row: readonly Answer[]): boolean => !isReject(row) && row[1] === undefined;
  const used = rows.find(isUsed);
  return {
    source: source.name,
    file: source.file,
    all: of(() => true),
    used: of(isUsed),
    filtered: FILTER_REASONS.flatMap((reason) => {
      const part = of((row) => !isReject(row) && row[1] === reason);
      return part.rows === 0 ? [] : [{ reason, totals: part }];
    }),
    rejected: REJECT_REASONS.flatMap((reason) => {
      const part = of((row) => row[0] === reason);
      return part.rows === 0 ? [] : [{ reason, totals: part }];
    }),
    creditsWithoutRole: wholeOf(used?.[3]),
    extraWithoutPerson: wholeOf(used?.[4]),
  };
}

function totalOf(rows: readonly (readonly Answer[])[], names: readonly string[]): RowTotals {
  const sum = (at: number): Exact =>
    rows.reduce((total, row) => add(total, (row[at] as Exact | undefined) ?? ZERO), ZERO);
  return {
    rows: wholeOf(sum(2)),
    sums: names.map((field, at) => ({ field, sum: exactText(sum(5 + at)) })),
  };
}

function wholeOf(value: Answer): number {
  return value === undefined ? 0 : Number((value as Exact).num);
}

/** By row of a doubled key, the first row with that key; for the first, the second: as `input/rows.ts` has it. */
function otherRows(event: EventModel, prefix: string): string {
  const key = event.fields.findIndex((each) => each.name === event.key);
  return `SELECT r, CASE WHEN row_number() OVER alike = 1 THEN lead(r) OVER alike ELSE first_value(r) OVER alike END AS other
FROM ${prefix}_typed WHERE k${key} = 'duplicate key' WINDOW alike AS (PARTITION BY v${key} ORDER BY r)`;
}

/** Every reject, in order of row, then field. */
async function readRejects(event: EventModel, found: Found): Promise<readonly Reject[]> {
  const { source, prefix, connection } = found;
  const { fields } = event;
  const reasons = fields.map((_, at) => `t.k${at}`);
  const cells = source.header.map((_, at) => keepText(`w.c${at}`));
  const rows = await connection.rows({
    sql: `SELECT ${['t.r', 't.wrong', 'f.reject', 'o.other', ...reasons, ...cells].join(', ')}
FROM ${prefix}_typed AS t JOIN ${prefix}_first AS a ON t.r = a.r JOIN ${prefix}_raw AS w ON w.rowid + 2 = t.r
LEFT JOIN ${prefix}_fate AS f ON t.r = f.r LEFT JOIN (${otherRows(event, prefix)}) AS o ON t.r = o.r
WHERE a.reject IS NOT NULL OR f.reject IS NOT NULL ORDER BY t.r`,
    values: [],
    about: `the rejects of \`${event.name}\``,
  });
  return rows.flatMap((row): readonly Reject[] => {
    const base = { source: source.name, file: source.file, row: wholeOf(row[0]) };
    if (row[1] === true) return [{ ...base, reason: 'wrong number of cells' }];
    if (row[2] !== undefined) return [{ ...base, reason: row[2] as RejectReason }];
    return fields.flatMap((field, at) => {
      const reason = row[4 + at];
      if (reason === undefined) return [];
      const binding = source.bindings[at]!;
      const cell = binding.kind === 'column' ? keptText(row[4 + fields.length + binding.index]) : undefined;
      return [
        {
          ...base,
          reason: reason as RejectReason,
          field: field.name,
          ...(binding.kind === 'column' && { column: binding.column, cell: cell! }),
          ...(binding.kind === 'constant' && { cell: binding.text }),
          ...(reason === 'duplicate key' && { other: wholeOf(row[3]) }),
        },
      ];
    });
  });
}
