// `person.month_in_role` and `person.month_of_service` of who is credited, as of the row's day: a table of the runs of
// months in which a stay's count goes up or stands, joined where a formula asks for it.

import { addMonths, type Day, dayOf } from '../base/date.ts';
import { walk } from '../library/parts.ts';
import type { Expression, OfPersonNode } from '../model/expression.ts';
import type { People, PersonRow } from '../model/people.ts';
import type { Model } from '../model/policy.ts';
import {
  agreedCount,
  countsMonths,
  MONTH_ATTRIBUTES,
  type MonthAttribute,
  type MonthRun,
  monthOf,
  runsOf,
} from '../query/months.ts';
import { rowsByPerson } from '../query/persons.ts';
import type { Reference } from './backend.ts';
import type { Connection } from './sql-connection.ts';
import type { RowChain } from './sql-row.ts';
import type { SqlValue } from './sql-text.ts';

/** The month counts that formulas read of who is credited. */
function monthsRead(model: Model, formulas: readonly Expression[]): readonly MonthAttribute[] {
  return countsIn(formulas, (node) =>
    node.kind === 'attribute' && countsMonths(model, node.name) ? node.name : undefined,
  );
}

/** Those that they read of people whom rows name. */
function monthsOfOthers(model: Model, formulas: readonly Expression[]): readonly MonthAttribute[] {
  return countsIn(formulas, (node) =>
    node.kind === 'of person' && countsMonths(model, node.attribute) ? node.attribute : undefined,
  );
}

function countsIn(
  formulas: readonly Expression[],
  countOf: (node: Expression) => MonthAttribute | undefined,
): readonly MonthAttribute[] {
  const found = new Set<MonthAttribute>();
  const visit = (node: Expression): void => {
    const count = countOf(node);
    if (count) found.add(count);
    if (node.kind === 'look-back') for (const each of [node.value, node.where]) if (each) walk(each, visit);
  };
  for (const formula of formulas) walk(formula, visit);
  return [...found];
}

/** Counts that a database has by now. */
const loaded = new WeakMap<Connection, Set<string>>();

/** Makes a table with the runs of every stay, or person, for each count that these formulas of rows read. */
export async function loadMonths(
  connection: Connection,
  { model, people }: Pick<Reference, 'model' | 'people'>,
  formulas: readonly Expression[],
): Promise<void> {
  const known = loaded.get(connection) ?? new Set();
  loaded.set(connection, known);
  for (const attribute of monthsRead(model, formulas)) {
    if (known.has(attribute)) continue;
    known.add(attribute);
    const runs = people.stays.flatMap((stay) =>
      runsOf(people, stay, attribute).map((run) => ({
        ...run,
        whose: String(stay.index),
        days: { from: firstDay(run.from), until: firstDay(run.until) },
      })),
    );
    await fillRuns(connection, attribute, runs);
  }
  for (const attribute of monthsOfOthers(model, formulas)) {
    const table = tableOfOthers(attribute);
    if (known.has(table)) continue;
    known.add(table);
    const runs = [...rowsByPerson(people)].flatMap(([person, rows]) =>
      agreedRuns(people, rows, attribute).map((run) => ({ ...run, whose: person })),
    );
    await fillRuns(connection, table, runs);
  }
}

/** On these days the count is `start` in the month `from`, and goes on from there. */
interface Run extends Pick<MonthRun, 'from' | 'start' | 'grows'> {
  readonly days: { readonly from: Day; readonly until: Day };
}

async function fillRuns(
  connection: Connection,
  table: string,
  runs: readonly (Run & { readonly whose: string })[],
): Promise<void> {
  await connection.fill(table, [
    { name: 'm_whose', cells: runs.map((each) => each.whose) },
    { name: 'm_since', cells: runs.map((each) => String(each.days.from)) },
    { name: 'm_until', cells: runs.map((each) => String(each.days.until)) },
    { name: 'm_month', cells: runs.map((each) => String(each.from)) },
    { name: 'm_start', cells: runs.map((each) => String(each.start)) },
    { name: 'm_grows', cells: runs.map((each) => (each.grows ? '1' : '0')) },
  ]);
}

/** The days on which all rows of a person agree about a count. */
function agreedRuns(people: People, rows: readonly PersonRow[], attribute: MonthAttribute): readonly Run[] {
  const runs = rows.map((row) => ({ row, runs: runsOf(people, row, attribute) }));
  const edges = runs.flatMap(({ row, runs }) => [
    row.from,
    row.until,
    ...runs.flatMap((run) => [firstDay(run.from), firstDay(run.until)]),
  ]);
  const days = [...new Set(edges)].sort((a, b) => a - b);
  return days.slice(0, -1).flatMap((from, at): readonly Run[] => {
    const until = days[at + 1]!;
    const held = runs.filter(({ row }) => row.from <= from && from < row.until);
    const grows = new Set(
      held.map(({ runs }) => runs.findLast((each) => each.from <= monthOf(from))?.grows ?? false),
    );
    const count = (day: Day): number | undefined =>
      agreedCount(
        people,
        held.map(({ row }) => row),
        { attribute, day },
      );
    const run = (range: Run['days'], goesUp: boolean): readonly Run[] => {
      const start = count(range.from);
      return start === undefined ? [] : [{ from: monthOf(range.from), start, grows: goesUp, days: range }];
    };
    const [goesUp = false] = grows;
    if (grows.size === 1) return run({ from, until }, goesUp);
    // where one goes up and another stands, they may agree in a single month
    return monthsOf(from, until).flatMap((range) => run(range, false));
  });
}

function monthsOf(from: Day, until: Day): readonly Run['days'][] {
  const firsts = [from];
  for (let next = firstDay(monthOf(from) + 1); next < until; next = firstDay(monthOf(next) + 1))
    firsts.push(next);
  return firsts.map((first, at) => ({ from: first, until: firsts[at + 1] ?? until }));
}

function tableOfOthers(attribute: MonthAttribute): string {
  return `others_${attribute}`;
}

function firstDay(month: number): Day {
  return addMonths(dayOf(1, 1, 1), month - 12);
}

/** Adds a column for each count that the formulas read of who is credited; rows have `stay` and `day`. */
export function addMonthCounts(
  chain: RowChain,
  formulas: readonly Expression[],
): readonly (readonly [MonthAttribute, SqlValue])[] {
  return monthsRead(chain.names.model, formulas).map((attribute) => {
    const column = `count_${MONTH_ATTRIBUTES.indexOf(attribute)}`;
    addCount(chain, { table: attribute, whose: 'CAST(k.stay AS VARCHAR)', column });
    return [attribute, { sql: column, scale: 0 }];
  });
}

/** Adds a column with the count of a person whom the row names, as of its day; `undefined` for any other attribute. */
export function addCountOfOther(chain: RowChain, node: OfPersonNode, column: string): number | undefined {
  if (!countsMonths(chain.names.model, node.attribute)) return undefined;
  const whose = chain.hold(chain.expression(node.person)).sql;
  addCount(chain, { table: tableOfOthers(node.attribute), whose: `k.${whose}`, column });
  return 0;
}

function addCount(
  chain: RowChain,
  { table, whose, column }: { readonly table: string; readonly whose: string; readonly column: string },
): void {
  const date = "(DATE '1970-01-01' + CAST(k.day AS INTEGER))";
  const month = `CAST(extract(year FROM ${date}) * 12 + extract(month FROM ${date}) - 1 AS BIGINT)`;
  const count = `CAST(m_start AS BIGINT) + CAST(m_grows AS BIGINT) * (${month} - CAST(m_month AS BIGINT))`;
  chain.add(
    (before) => `SELECT k.*, CAST(${count} AS DECIMAL(38, 0)) AS ${column} FROM ${before} AS k
LEFT JOIN ${table} ON m_whose = ${whose} AND CAST(m_since AS BIGINT) <= k.day AND k.day < CAST(m_until AS BIGINT)`,
  );
}
