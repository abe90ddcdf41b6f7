// Calendars as tables of boundaries that moments are joined with: how much working time had passed when it last began
// or stopped.

import { walk } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import { workingBoundaries } from '../query/working-time.ts';
import type { Connection } from './sql-connection.ts';
import { workingTable } from './sql-scalars.ts';

/** Calendars that a database has by now. */
const loaded = new WeakMap<Connection, Set<string>>();

/** Makes a table `i`, `worked`, `runs` of each calendar in which these formulas of rows measure working time. */
export async function loadCalendars(
  connection: Connection,
  model: Model,
  formulas: readonly Expression[],
): Promise<void> {
  const known = loaded.get(connection) ?? new Set();
  loaded.set(connection, known);
  for (const calendar of model.calendars) {
    if (known.has(calendar.name) || !formulas.some((each) => measures(each, calendar.name))) continue;
    known.add(calendar.name);
    const table = workingTable(model, calendar.name);
    const boundaries = workingBoundaries(calendar, model.zone);
    await connection.fill(`${table}_text`, [
      { name: 'i', cells: boundaries.map((each) => String(each.at)) },
      { name: 'worked', cells: boundaries.map((each) => String(each.worked)) },
      { name: 'runs', cells: boundaries.map((each) => String(each.on)) },
    ]);
    const about = `the calendar \`${calendar.name}\``;
    const cells = 'CAST(i AS BIGINT) AS i, CAST(worked AS BIGINT) AS worked, CAST(runs AS BOOLEAN) AS runs';
    await connection.make(table, { sql: `SELECT ${cells} FROM ${table}_text`, values: [], about });
    await connection.drop(`${table}_text`);
  }
}

function measures(formula: Expression, calendar: string): boolean {
  let found = false;
  walk(formula, (node) => {
    if (node.kind === 'working time' && node.calendar === calendar) found = true;
    if (node.kind === 'look-back')
      found ||= [node.value, node.where].some((each) => each && measures(each, calendar));
  });
  return found;
}
