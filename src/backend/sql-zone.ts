// The clock of a time zone as two small tables that datetimes are joined with: from local time to instants, and from
// instants to local time. A year of it is worked out for every year that the data names.

import { dayOf, FIRST_DAY } from '../base/date.ts';
import { type LocalPiece, localPieces } from '../base/zone.ts';
import type { Connection, TextColumn } from './sql-connection.ts';

const DAY = 86400;
/** Before all pieces, so that whatever is joined finds one. */
const FIRST = -1e15;

/**
 * Makes `local` (`l` local seconds from which the row holds, `ahead` seconds ahead of UTC or NULL in a gap, `resume`
 * the instant that ends a gap) and `instant` (`i` seconds from which it holds, `ahead`).
 */
export async function loadClock(
  connection: Connection,
  zone: string,
  into: { readonly years: readonly number[]; readonly local: string; readonly instant: string },
): Promise<void> {
  const years = [...new Set(into.years.flatMap((each) => [each - 1, each, each + 1]))]
    .filter((each) => each >= 1 && each <= 9999)
    .sort((a, b) => a - b);
  const clocks = years.map((year) => clockOf(zone, year));
  const local = clocks.flatMap((each) => each.local);
  const instant = clocks.flatMap((each) => each.instant);
  if (local[0]) local[0] = [FIRST, ...local[0].slice(1)];
  if (instant[0]) instant[0] = [FIRST, ...instant[0].slice(1)];
  await numbers(connection, into.local, { names: ['l', 'ahead', 'resume'], rows: local });
  await numbers(connection, into.instant, { names: ['i', 'ahead'], rows: instant });
}

type NumberRow = readonly (number | undefined)[];

interface YearClock {
  readonly local: readonly NumberRow[];
  readonly instant: readonly NumberRow[];
}

const known = new Map<string, YearClock>();

/** The rows of one year, in local time and in UTC; kept, because asking the runtime is slow. */
function clockOf(zone: string, year: number): YearClock {
  const id = `${zone} ${year}`;
  let found = known.get(id);
  if (!found) {
    found = makeClock(zone, year);
    known.set(id, found);
  }
  return found;
}

function makeClock(zone: string, year: number): YearClock {
  // before the year 1 the runtime counts years backwards, so nothing earlier is asked of it
  const from = Math.max(dayOf(year, 1, 1), FIRST_DAY + 3) * DAY;
  const until = dayOf(year + 1, 1, 1) * DAY;
  const pieces = localPieces(zone, from, until);
  const local = pieces
    .filter((each) => each.until > from && each.from < until)
    .map((each) => [Math.max(each.from, from), each.offset, endOfGap(each, pieces)]);
  const instant: NumberRow[] = [];
  let change = Number.NEGATIVE_INFINITY;
  for (const piece of pieces) {
    if (piece.offset === undefined) continue;
    const next = piece.until - piece.offset;
    if (change < until && next > from) instant.push([Math.max(change, from), piece.offset]);
    change = next;
  }
  return { local, instant };
}

/** The first instant after a gap. */
function endOfGap(piece: LocalPiece, pieces: readonly LocalPiece[]): number | undefined {
  if (piece.offset !== undefined) return undefined;
  return piece.until - pieces[pieces.indexOf(piece) + 1]!.offset!;
}

async function numbers(
  connection: Connection,
  table: string,
  content: { readonly names: readonly string[]; readonly rows: readonly NumberRow[] },
): Promise<void> {
  const columns: TextColumn[] = content.names.map((name, at) => ({
    name,
    cells: content.rows.map((row) => row[at]?.toString()),
  }));
  await connection.fill(`${table}_text`, columns);
  const cells = content.names.map((name) => `CAST(${name} AS BIGINT) AS ${name}`).join(', ');
  const about = 'the clock of the zone';
  await connection.make(table, { sql: `SELECT ${cells} FROM ${table}_text`, values: [], about });
  await connection.drop(`${table}_text`);
}
