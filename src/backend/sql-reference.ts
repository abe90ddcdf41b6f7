// The reference data of a run as temp tables: people by dated row, and the tables of the policy.

import { InternalError } from '../base/diagnostic.ts';
import { decimalPlaces, type Exact, fixedText } from '../base/exact.ts';
import type { Cell, ValueType } from '../model/value.ts';
import type { Reference } from './backend.ts';
import { agreedPieces, piecesAbove } from './people-pieces.ts';
import type { Connection, TextColumn } from './sql-connection.ts';
import type { SqlAgreed } from './sql-others.ts';
import { isExact, type SqlTable } from './sql-row.ts';
import { decimalType, type SqlValue } from './sql-text.ts';

/** People by dated row: `pid` (the row's number), `person`, `role`, `stay`, `since` and `until` (half-open days), and attributes by name. */
export interface SqlPeople {
  readonly relation: string;
  readonly attributes: ReadonlyMap<string, SqlValue>;
  readonly agreed: SqlAgreed;
}

const PEOPLE = 'people';
/** Who isn't unknown: a row of events may name a person whose own row was rejected. */
export const KNOWN_PEOPLE = 'known_people';
/** Who stands above whom, for credit lines. */
export const ABOVE = 'people_above';
const TEXT: ValueType = { kind: 'text' };

/** Puts the stays of all people into tables. */
export async function loadPeople(connection: Connection, { model, people }: Reference): Promise<SqlPeople> {
  const { rows } = people;
  const whole = (value: number): Exact => ({ num: value, den: 1 });
  const columns: TypedColumn[] = [
    ['person', TEXT, rows.map((row) => row.person)],
    ['role', TEXT, rows.map((row) => row.role)],
    ['stay', { kind: 'date' } as const, rows.map((row) => whole(row.stay))],
    ['since', { kind: 'date' } as const, rows.map((row) => whole(row.from))],
    ['until', { kind: 'date' } as const, rows.map((row) => whole(row.until))],
    ['pid', { kind: 'date' } as const, rows.map((_, at) => whole(at))],
    ['person_name', TEXT, rows.map((row) => row.name)],
    ['team', TEXT, rows.map((row) => row.team)],
    ['lead', TEXT, rows.map((row) => row.lead)],
    ...model.attributes.map(
      (field, at) => [`a${at}`, field.type, rows.map((row) => row.attributes[at])] as const,
    ),
  ].map(([name, type, cells]) => ({ name, type, cells }) as TypedColumn);
  const typed = await loadTyped(connection, PEOPLE, columns);
  const known = people.known ?? rows.map((row) => row.person);
  await loadTyped(connection, KNOWN_PEOPLE, [{ name: 'person', type: TEXT, cells: known }]);
  const attributes = new Map<string, SqlValue>([
    ['id', typed[0]!],
    ['role', typed[1]!],
    ['name', typed[6]!],
    ['team', typed[7]!],
    ['lead', typed[8]!],
  ]);
  model.attributes.forEach((field, at) => {
    attributes.set(field.name, typed[9 + at]!);
  });
  await loadAbove(connection, { model, people });
  return { relation: PEOPLE, attributes, agreed: await loadAgreed(connection, { model, people }) };
}

const DATE: ValueType = { kind: 'date' };

/** What people agree about, for attributes of people that rows name. */
async function loadAgreed(
  connection: Connection,
  { model, people }: Pick<Reference, 'model' | 'people'>,
): Promise<SqlAgreed> {
  const pieces = agreedPieces(model, people);
  const types = new Map<string, ValueType>([
    ...['id', 'name', 'role', 'team', 'lead'].map((each) => [each, TEXT] as const),
    ...model.attributes.map((each) => [each.name, each.type] as const),
  ]);
  const days = (of: (piece: (typeof pieces)[number]) => number): readonly Cell[] =>
    pieces.map((each) => ({ num: of(each), den: 1 }));
  const [person, since, until, ...values] = await loadTyped(connection, 'agreed', [
    { name: 'agreed_person', type: TEXT, cells: pieces.map((each) => each.person) },
    { name: 'agreed_since', type: DATE, cells: days((each) => each.from) },
    { name: 'agreed_until', type: DATE, cells: days((each) => each.until) },
    ...[...types].map(([name, type], at) => ({
      name: `agreed_${at}`,
      type,
      cells: pieces.map((each) => each.values.get(name)),
    })),
  ]);
  return {
    relation: 'agreed',
    person: person!.sql,
    since: since!.sql,
    until: until!.sql,
    attributes: new Map([...types.keys()].map((name, at) => [name, values[at]!])),
  };
}

/** `above`: who stands above a person on which days. */
async function loadAbove(
  connection: Connection,
  { model, people }: Pick<Reference, 'model' | 'people'>,
): Promise<void> {
  const pieces = piecesAbove(model, people);
  await loadTyped(connection, ABOVE, [
    { name: 'above_of', type: TEXT, cells: pieces.map((each) => each.person) },
    { name: 'above', type: TEXT, cells: pieces.map((each) => each.above) },
    { name: 'above_since', type: DATE, cells: pieces.map((each) => ({ num: each.from, den: 1 })) },
    { name: 'above_until', type: DATE, cells: pieces.map((each) => ({ num: each.until, den: 1 })) },
  ]);
}

/** Puts the policy's tables into tables, by name. */
export async function loadTables(
  connection: Connection,
  { model, tables }: Reference,
): Promise<ReadonlyMap<string, SqlTable>> {
  const loaded = new Map<string, SqlTable>();
  for (const [index, table] of model.tables.entries()) {
    const rows = tables.find((each) => each.table === table.name)?.rows ?? [];
    const relation = `table${index}`;
    const values = await loadTyped(
      connection,
      relation,
      table.fields.map((field, at) => ({
        name: `${relation}_${at}`,
        type: field.type,
        cells: rows.map((row) => row[at]),
      })),
    );
    const columns = new Map(table.fields.map((field, at) => [field.name, values[at]!]));
    const keys = table.keys.map((key) => {
      const found = columns.get(key);
      if (!found) throw new InternalError(`no such key: ${key}`);
      return found;
    });
    const [from, until] = [columns.get('from')?.sql, columns.get('until')?.sql];
    const dates = table.dated ? { ...(from && { from }), ...(until && { until }) } : undefined;
    loaded.set(table.name, { relation, keys, columns, dates });
  }
  return loaded;
}

interface TypedColumn {
  readonly name: string;
  readonly type: ValueType;
  readonly cells: readonly Cell[];
}

/** Makes a table of typed columns; numbers get the decimals that the longest of them needs. */
async function loadTyped(
  connection: Connection,
  table: string,
  columns: readonly TypedColumn[],
): Promise<readonly SqlValue[]> {
  const about = `the table \`${table}\``;
  const scales = columns.map((each) =>
    isExact(each.type)
      ? Math.max(0, ...new Set(each.cells.map((cell) => (cell === undefined ? 0 : placesOf(cell as Exact)))))
      : undefined,
  );
  await connection.fill(
    `${table}_text`,
    columns.map(
      (each, at): TextColumn => ({
        name: each.name,
        cells: each.cells.map((cell) => cellText(cell, scales[at])),
      }),
    ),
  );
  const cast = columns.map(
    (each, at) => `CAST(${each.name} AS ${sqlType(each.type, scales[at])}) AS ${each.name}`,
  );
  await connection.make(table, { sql: `SELECT ${cast.join(', ')} FROM ${table}_text`, values: [], about });
  await connection.drop(`${table}_text`);
  return columns.map((each, at) => ({ sql: each.name, scale: scales[at] }));
}

function placesOf(value: Exact): number {
  const places = decimalPlaces(value);
  if (places === undefined) throw new InternalError(`not a decimal: ${value.num}/${value.den}`);
  return places;
}

function cellText(cell: Cell, scale: number | undefined): string | undefined {
  if (cell === undefined || typeof cell === 'string') return cell;
  return typeof cell === 'boolean' ? String(cell) : fixedText(cell, scale ?? 0);
}

/** How values of a type are held. */
export function sqlType(type: ValueType, scale: number | undefined): string {
  if (scale !== undefined) return decimalType(scale);
  if (type.kind === 'date') return 'BIGINT';
  return type.kind === 'truth' ? 'BOOLEAN' : 'VARCHAR';
}
