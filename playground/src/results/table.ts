// The table of results: a row for each role that a person held in a period, its columns by role, sorted, filtered and
// added up; and pay over several periods side by side. Figures stay exact text.

import {
  compareTexts,
  type FigureValue,
  type KpiLine,
  lessOf,
  type PayLine,
  type Result,
  type RoleStatement,
  type Statement,
  sumOf,
} from '../../../src/browser-figures.ts';

/** What one person has by one role in one period; without a role, what belongs to the person alone. */
export interface TableRow {
  readonly person: string;
  readonly name: string;
  readonly period: string;
  readonly role?: string;
  readonly roleTitle?: string;
  readonly team?: string;
  readonly kpis: ReadonlyMap<string, KpiLine>;
  readonly score?: FigureValue;
  /** Payable amounts by the key of their line; lines of one key are added up. */
  readonly lines: ReadonlyMap<string, string>;
  readonly total: string;
}

/** A column of the table. */
export type Column =
  | { readonly kind: 'name' | 'role' | 'team' | 'score' | 'total' }
  | { readonly kind: 'kpi'; readonly kpi: string; readonly title?: string }
  | { readonly kind: 'line'; readonly key: string; readonly line: Pick<PayLine, 'kind' | 'name' | 'title'> };

/** Which rows are wanted; what is absent is no condition. */
export interface Wanted {
  readonly role?: string;
  readonly team?: string;
  /** A part of a name or id. */
  readonly text?: string;
}

/** By which column rows are sorted, and which way. */
export interface Order {
  readonly column: string;
  readonly down: boolean;
}

/** The rows of a period, in the order of its statements. */
export function rowsOf(result: Result, period: string): readonly TableRow[] {
  return result.statements
    .filter((each) => each.period === period)
    .flatMap((statement) => [
      ...statement.roles.map((role) => roleRow(statement, role)),
      ...ownRow(statement),
    ]);
}

function roleRow({ person, name, period }: Statement, role: RoleStatement): TableRow {
  return {
    person,
    name,
    period,
    role: role.role,
    ...(role.title === undefined ? {} : { roleTitle: role.title }),
    ...(role.team === undefined ? {} : { team: role.team }),
    kpis: new Map(role.kpis.map((each) => [each.kpi, each])),
    ...(role.score ? { score: role.score.value } : {}),
    lines: amountsOf(role.lines),
    total: role.total,
  };
}

function ownRow({ person, name, period, roles, lines = [], pay }: Statement): readonly TableRow[] {
  if (lines.length === 0) return [];
  const total = lessOf(pay, sumOf(roles.map((each) => each.total)));
  return [{ person, name, period, kpis: new Map(), lines: amountsOf(lines), total }];
}

function amountsOf(lines: readonly PayLine[]): ReadonlyMap<string, string> {
  const amounts = new Map<string, string>();
  for (const line of lines) {
    const key = lineKey(line);
    const known = amounts.get(key);
    amounts.set(key, known === undefined ? line.amount : sumOf([known, line.amount]));
  }
  return amounts;
}

/** What lines of one kind and name share. */
export function lineKey({ kind, name }: Pick<PayLine, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}

/** The name of a column, by which rows are sorted. */
export function columnName(column: Column): string {
  switch (column.kind) {
    case 'kpi':
      return `kpi ${column.kpi}`;
    case 'line':
      return `line ${column.key}`;
    case 'name':
    case 'role':
    case 'team':
    case 'score':
    case 'total':
      return column.kind;
    default:
      return column satisfies never;
  }
}

/** The columns for rows: those of one role have its KPIs and lines of pay, those of several what all have. */
export function columnsOf(result: Result, rows: readonly TableRow[], role?: string): readonly Column[] {
  const hasTeams = rows.some((each) => each.team !== undefined);
  const hasScores = rows.some((each) => each.score !== undefined);
  const team: readonly Column[] = hasTeams ? [{ kind: 'team' }] : [];
  const score: readonly Column[] = hasScores ? [{ kind: 'score' }] : [];
  if (role === undefined) return [{ kind: 'name' }, { kind: 'role' }, ...team, ...score, { kind: 'total' }];
  const kpis = new Map<string, Column>();
  const lines = new Map<string, Column>();
  const period = rows[0]?.period;
  for (const statement of result.statements.filter((each) => each.period === period))
    for (const held of statement.roles.filter((each) => each.role === role)) {
      for (const { kpi, title } of held.kpis)
        if (!kpis.has(kpi)) kpis.set(kpi, { kind: 'kpi', kpi, ...(title === undefined ? {} : { title }) });
      for (const line of held.lines) {
        const key = lineKey(line);
        if (!lines.has(key)) lines.set(key, { kind: 'line', key, line });
      }
    }
  return [{ kind: 'name' }, ...team, ...kpis.values(), ...score, ...lines.values(), { kind: 'total' }];
}

/** The roles of a result in the order in which they are first met, and its teams by name. */
export function choicesOf(result: Result): {
  readonly roles: readonly { readonly role: string; readonly title?: string }[];
  readonly teams: readonly string[];
} {
  const roles = new Map<string, { readonly role: string; readonly title?: string }>();
  const teams = new Set<string>();
  for (const statement of result.statements)
    for (const { role, title, team } of statement.roles) {
      if (!roles.has(role)) roles.set(role, { role, ...(title === undefined ? {} : { title }) });
      if (team !== undefined) teams.add(team);
    }
  return { roles: [...roles.values()], teams: [...teams].sort((a, b) => a.localeCompare(b)) };
}

/** The rows that are wanted. */
export function wantedRows<Row extends Pick<TableRow, 'person' | 'name' | 'role' | 'team'>>(
  rows: readonly Row[],
  { role, team, text = '' }: Wanted,
): readonly Row[] {
  const sought = text.normalize('NFC').trim().toLocaleLowerCase();
  return rows.filter(
    (each) =>
      (role === undefined || each.role === role) &&
      (team === undefined || each.team === team) &&
      (sought === '' || `${each.name}\n${each.person}`.toLocaleLowerCase().includes(sought)),
  );
}

/** What rows are compared by: text, a figure, or nothing, which comes last whichever way they are sorted. */
type Sorted = { readonly text: string } | { readonly figure: string | 'top' } | undefined;

/** Rows in an order; those that are alike stay as they are. */
export function sortedRows(rows: readonly TableRow[], { column, down }: Order): readonly TableRow[] {
  return sortedBy(rows, (row) => sortedCell(row, column), down);
}

/** Items by a figure or text of each. */
export function sortedBy<T>(items: readonly T[], cellOf: (item: T) => Sorted, down: boolean): readonly T[] {
  const cells = new Map(items.map((each) => [each, cellOf(each)]));
  return [...items].sort((a, b) => {
    const [one, other] = [cells.get(a), cells.get(b)];
    if (!one || !other) return one ? -1 : other ? 1 : 0;
    const order = compared(one, other);
    return down ? -order : order;
  });
}

function compared(one: NonNullable<Sorted>, other: NonNullable<Sorted>): number {
  if ('text' in one || 'text' in other)
    return ('text' in one ? one.text : '').localeCompare('text' in other ? other.text : '');
  if (one.figure === 'top' || other.figure === 'top')
    return Number(one.figure === 'top') - Number(other.figure === 'top');
  return compareTexts(one.figure, other.figure);
}

function sortedCell(row: TableRow, column: string): Sorted {
  switch (column) {
    case 'name':
      return { text: row.name };
    case 'role':
      return row.role === undefined ? undefined : { text: row.roleTitle ?? row.role };
    case 'team':
      return row.team === undefined ? undefined : { text: row.team };
    case 'score':
      return figureCell(row.score);
    case 'total':
      return { figure: row.total };
    default:
      return otherCell(row, column);
  }
}

function otherCell(row: TableRow, column: string): Sorted {
  if (column.startsWith('kpi ')) return figureCell(row.kpis.get(column.slice(4))?.actual);
  const amount = row.lines.get(column.slice(5));
  return amount === undefined ? undefined : { figure: amount };
}

function figureCell(figure: FigureValue | undefined): Sorted {
  if (!figure || figure.value === null) return undefined;
  const { kind } = figure.type;
  const isFigure = kind === 'number' || kind === 'percent' || kind === 'money' || kind === 'duration';
  return isFigure ? { figure: figure.value } : { text: figure.value };
}

/** What the rows come to: each line of pay, and all of it. */
export function totalsOf(rows: readonly TableRow[]): {
  readonly lines: ReadonlyMap<string, string>;
  readonly total: string;
} {
  const lines = new Map<string, string[]>();
  for (const row of rows)
    for (const [key, amount] of row.lines) {
      const known = lines.get(key);
      if (known) known.push(amount);
      else lines.set(key, [amount]);
    }
  return {
    lines: new Map([...lines].map(([key, amounts]) => [key, sumOf(amounts)])),
    total: sumOf(rows.map((each) => each.total)),
  };
}

/** Totals of each role, in the order in which they are met. */
export function totalsByRole(rows: readonly TableRow[]): readonly {
  readonly role?: string;
  readonly title?: string;
  readonly people: number;
  readonly total: string;
}[] {
  const roles = new Map<string | undefined, TableRow[]>();
  for (const row of rows) {
    const all = roles.get(row.role);
    if (all) all.push(row);
    else roles.set(row.role, [row]);
  }
  return [...roles].map(([role, all]) => ({
    ...(role === undefined ? {} : { role }),
    ...(all[0]?.roleTitle === undefined ? {} : { title: all[0].roleTitle }),
    people: new Set(all.map((each) => each.person)).size,
    total: sumOf(all.map((each) => each.total)),
  }));
}

/** What one person is paid by one role in each period. */
export interface PayRow {
  readonly person: string;
  readonly name: string;
  readonly role?: string;
  readonly roleTitle?: string;
  readonly team?: string;
  readonly pay: ReadonlyMap<string, string>;
  readonly total: string;
}

/** Pay over all periods of a result: a row for each person and role, in the order in which they are met. */
export function payRows(result: Result): readonly PayRow[] {
  const rows = new Map<string, { row: TableRow; pay: Map<string, string> }>();
  for (const period of result.periods)
    for (const row of rowsOf(result, period)) {
      const key = `${row.person}\n${row.role ?? ''}`;
      const known = rows.get(key) ?? { row, pay: new Map<string, string>() };
      // the last team that was held
      rows.set(key, { row, pay: known.pay });
      const before = known.pay.get(period);
      known.pay.set(period, before === undefined ? row.total : sumOf([before, row.total]));
    }
  return [...rows.values()].map(({ row: { person, name, role, roleTitle, team }, pay }) => ({
    person,
    name,
    ...(role === undefined ? {} : { role }),
    ...(roleTitle === undefined ? {} : { roleTitle }),
    ...(team === undefined ? {} : { team }),
    pay,
    total: sumOf([...pay.values()]),
  }));
}
