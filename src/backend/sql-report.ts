// What became of the rows of an event, as a report: the totals of each fate, every reject, and names that look alike.

import { add, type Exact, exactText, ZERO } from '../base/exact.ts';
import { FILTER_REASONS, REJECT_REASONS, summedFields } from '../input/control-totals.ts';
import type { BoundSource, ControlTotals, Reject, RejectReason, RowTotals } from '../model/dataset.ts';
import type { EventModel, Model } from '../model/policy.ts';
import type { LoadReport } from './backend.ts';
import { comparedFields, MOST_NAMES, nearMissesAmong } from './near-misses.ts';
import { type Answer, type Connection, keepText, keptText } from './sql-connection.ts';

/** What a report of rejected rows needs. */
export interface ReportOptions {
  readonly event: EventModel;
  readonly model: Model;
  readonly source: BoundSource;
  readonly prefix: string;
  readonly connection: Connection;
}

/** Reads `<prefix>_raw`, `<prefix>_typed`, `<prefix>_doubled`, `<prefix>_first` and `<prefix>_fate`. */
export async function reportOf(options: ReportOptions): Promise<Omit<LoadReport, 'unknownKeys'>> {
  const { event } = options;
  return {
    control: await totals(event, options),
    rejects: await readRejects(event, options),
    nearMisses: await nearMisses(event, options),
    ...(await firstDay(event, options)),
  };
}

/** The earliest day of the rows that look-backs see. */
async function firstDay(
  event: EventModel,
  { prefix, connection }: ReportOptions,
): Promise<Pick<LoadReport, 'firstDay'>> {
  const sql = `SELECT CAST(min(day) AS BIGINT) FROM ${prefix}_left WHERE seen`;
  const [[day] = []] = await connection.rows({
    sql,
    values: [],
    about: `the first day of \`${event.name}\``,
  });
  return day === undefined ? {} : { firstDay: Number((day as Exact).num) };
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
  const { dialect } = connection;
  const found = [];
  for (const at of comparedFields(model, event)) {
    const about = `the field \`${event.fields[at]!.name}\` of \`${event.name}\``;
    const rows = `FROM ${prefix}_typed AS t JOIN ${prefix}_first AS f ON t.r = f.r WHERE f.reject IS NULL AND v${at} IS NOT NULL`;
    const odd = `SELECT count(*) FROM (SELECT 1 ${rows} AND NOT ${dialect.matches(`v${at}`, '[!-~]+( [!-~]+)*')} LIMIT 1) AS odd`;
    const [[count] = []] = await connection.rows({ sql: odd, values: [], about });
    if ((count as { readonly num: number }).num === 0) continue;
    const sql = `SELECT DISTINCT v${at} ${rows} LIMIT ${MOST_NAMES + 1}`;
    const texts = (await connection.rows({ sql, values: [], about })).map(([text]) => text as string);
    found.push(...nearMissesAmong(event.fields[at]!.name, texts));
  }
  return found;
}

/** The rows of each fate, and the sums of their readable amounts. */
async function totals(event: EventModel, found: ReportOptions): Promise<ControlTotals> {
  const { source, prefix, connection } = found;
  const summed = summedFields(source, event.fields);
  const sums = summed.map((at) => `sum(CASE WHEN NOT t.wrong THEN t.n${at} END)`);
  const rows = await connection.rows({
    sql: `SELECT coalesce(a.reject, f.reject), coalesce(a.filter, f.filter), count(*),
sum(CASE WHEN f.reject IS NULL AND f.filter IS NULL THEN f.dropped END),
sum(CASE WHEN f.reject IS NULL AND f.filter IS NULL THEN f.nameless END),
sum(CASE WHEN f.reject IS NULL AND f.filter IS NULL THEN f.elsewhere END)${sums.map((each) => `, ${each}`).join('')}
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
    extraCreditedElsewhere: wholeOf(used?.[5]),
  };
}

function totalOf(rows: readonly (readonly Answer[])[], names: readonly string[]): RowTotals {
  const sum = (at: number): Exact =>
    rows.reduce((total, row) => add(total, (row[at] as Exact | undefined) ?? ZERO), ZERO);
  return {
    rows: wholeOf(sum(2)),
    sums: names.map((field, at) => ({ field, sum: exactText(sum(6 + at)) })),
  };
}

function wholeOf(value: Answer): number {
  return value === undefined ? 0 : Number((value as Exact).num);
}

/** What is against a cell, over the typed rows `t`: beside what its text says, that another row has the key too. */
export function reasonOf({ fields, key }: EventModel, prefix: string, at: number): string {
  if (fields[at]!.name !== key) return `t.k${at}`;
  return `CASE WHEN t.v${at} IN (SELECT key FROM ${prefix}_doubled) THEN 'duplicate key' ELSE t.k${at} END`;
}

/** By row of a doubled key, the first row with that key; for the first, the second: as `input/rows.ts` has it. */
function otherRows(event: EventModel, prefix: string): string {
  const key = event.fields.findIndex((each) => each.name === event.key);
  return `SELECT r, CASE WHEN row_number() OVER alike = 1 THEN lead(r) OVER alike ELSE first_value(r) OVER alike END AS other
FROM ${prefix}_typed WHERE v${key} IN (SELECT key FROM ${prefix}_doubled) WINDOW alike AS (PARTITION BY v${key} ORDER BY r)`;
}

/** Every reject, in order of row, then field. */
async function readRejects(event: EventModel, found: ReportOptions): Promise<readonly Reject[]> {
  const { source, prefix, connection } = found;
  const { fields } = event;
  const reasons = fields.map((_, at) => reasonOf(event, prefix, at));
  const cells = source.header.map((_, at) => keepText(`w.c${at}`));
  const rows = await connection.rows({
    sql: `SELECT ${['t.r', 't.wrong', 'f.reject', 'o.other', ...reasons, ...cells].join(', ')}
FROM ${prefix}_typed AS t JOIN ${prefix}_first AS a ON t.r = a.r JOIN (SELECT *, ${connection.dialect.rowNumber} AS file_row FROM ${prefix}_raw) AS w ON w.file_row = t.r
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
