// What a plain event's rows come to, and what in them is worth a question: totals of each fate, unknown people, doubled
// keys, names that look alike, the first day.

import { add, type Exact, exactText, whole, ZERO } from '../base/exact.ts';
import type { BoundSource, ControlTotals, FilterReason, RowTotals } from '../model/dataset.ts';
import type { EventModel } from '../model/policy.ts';
import type { LoadReport } from './backend.ts';
import { type Cube, numberOf } from './duckdb-plain-facts.ts';
import { createHashes } from './duckdb-plain-keys.ts';
import { NO_DAY, OUTSIDE, type PlainRows, TOO_EARLY } from './duckdb-plain-rows.ts';
import { MOST_NAMES, type NearMiss, nearMissesAmong } from './near-misses.ts';
import { keepText, keptText } from './sql-connection.ts';

/** Whether a row names somebody who isn't in the people data; owners are looked at only where one had no role. */
export async function hasUnknownPerson(
  { connection, relation, owner, event }: PlainRows,
  cube: Cube,
): Promise<boolean> {
  const isOwnerKnown = cube.rows.every(({ stay }) => stay !== undefined);
  const named = event.fields.flatMap(({ type }, at) =>
    type.kind === 'person' && !(at === owner && isOwnerKnown) ? [at] : [],
  );
  if (named.length === 0) return false;
  const unknown = named.map((at) => `n${at} NOT IN (SELECT person FROM known_people)`);
  const [[found] = []] = await connection.rows({
    sql: `SELECT count(*) FROM (SELECT 1 FROM ${relation} WHERE ${unknown.join(' OR ')} LIMIT 1)`,
    values: [],
    about: `the people of \`${event.name}\``,
  });
  return numberOf(found) > 0;
}

/** Whether no two rows have one key; `count` are the rows. */
export async function areKeysDifferent(
  { connection, relation, event }: PlainRows,
  count: number,
): Promise<boolean> {
  const key = event.fields.findIndex((each) => each.name === event.key);
  const hashes = createHashes(count);
  await connection.words(
    { sql: `SELECT hash(n${key}) FROM ${relation}`, values: [], about: `the keys of \`${event.name}\`` },
    hashes.take,
  );
  return hashes.areDifferent();
}

/** The earliest day of the rows that look-backs would see. */
export async function firstDay({
  connection,
  relation,
  event,
  posting,
}: PlainRows): Promise<Pick<LoadReport, 'firstDay'>> {
  const since = event.since === undefined ? 'TRUE' : `n${posting} >= ${Math.trunc(event.since)}`;
  const [[day] = []] = await connection.rows({
    sql: `SELECT CAST(min(n${posting}) AS BIGINT) FROM ${relation} WHERE ${since}`,
    values: [],
    about: `the first day of \`${event.name}\``,
  });
  return day === undefined ? {} : { firstDay: numberOf(day) };
}

/** So many rows tell whether a field has more names than anybody compares. */
const SAMPLE = 4 * MOST_NAMES;

/** Texts of a field that look alike; keys are as many as there are rows. */
export async function namesAlike(
  { connection, relation, event }: PlainRows,
  field: number,
  rows: number,
): Promise<readonly NearMiss[]> {
  const { name } = event.fields[field]!;
  const about = `the field \`${name}\` of \`${event.name}\``;
  const names = (from: string): string =>
    `SELECT DISTINCT n${field} AS name FROM ${from} WHERE n${field} IS NOT NULL`;
  if (rows > MOST_NAMES) {
    if (name === event.key) return [];
    const sample = `SELECT count(*) FROM (${names(`(SELECT n${field} FROM ${relation} LIMIT ${SAMPLE})`)})`;
    const [[some] = []] = await connection.rows({ sql: sample, values: [], about });
    if (numberOf(some) > MOST_NAMES) return [];
  }
  const odd = `SELECT count(*) FROM (${names(relation)}) WHERE NOT regexp_full_match(name, '[!-~]+( [!-~]+)*')`;
  const [[count] = []] = await connection.rows({ sql: odd, values: [], about });
  if (numberOf(count) === 0) return [];
  const sql = `SELECT ${keepText('name')} FROM (${names(relation)}) LIMIT ${MOST_NAMES + 1}`;
  const found = await connection.rows({ sql, values: [], about });
  return nearMissesAmong(
    name,
    found.map(([text]) => keptText(text)),
  );
}

/** The totals of each fate. */
export function controlOf(
  source: BoundSource,
  event: EventModel,
  found: { readonly cube: Cube; readonly summed: readonly number[] },
): ControlTotals {
  const { cube, summed } = found;
  const isOf = (reason: FilterReason) => (row: Cube['rows'][number]) => {
    switch (reason) {
      case 'no posting day':
        return row.part === NO_DAY;
      case 'before `since`':
        return row.part === TOO_EARLY;
      case 'nobody in a role that day':
        return row.part >= OUTSIDE && row.stay === undefined;
      case 'outside the periods':
        return row.part === OUTSIDE && row.stay !== undefined;
      default:
        return false;
    }
  };
  const totals = (is: (row: Cube['rows'][number]) => boolean): RowTotals => {
    let rows = whole(0);
    const sums: Exact[] = summed.map(() => ZERO);
    for (const row of cube.rows) {
      if (!is(row)) continue;
      rows = add(rows, row.count);
      summed.forEach((_, at) => {
        const sum = row.extra[at] as Exact | undefined;
        if (sum) sums[at] = add(sums[at]!, sum);
      });
    }
    return {
      rows: Number(rows.num),
      sums: summed.map((field, at) => ({ field: event.fields[field]!.name, sum: exactText(sums[at]!) })),
    };
  };
  const reasons: readonly FilterReason[] = [
    'no posting day',
    'before `since`',
    'outside the periods',
    'nobody in a role that day',
  ];
  return {
    source: source.name,
    file: source.file,
    all: totals(() => true),
    used: totals((row) => row.part >= 0 && row.stay !== undefined),
    filtered: reasons.flatMap((reason) => {
      const part = totals(isOf(reason));
      return part.rows === 0 ? [] : [{ reason, totals: part }];
    }),
    rejected: [],
    creditsWithoutRole: 0,
    extraWithoutPerson: 0,
    extraCreditedElsewhere: 0,
  };
}
