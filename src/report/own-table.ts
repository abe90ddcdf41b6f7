// The people of a period whose pay isn't just what their roles earn in it: what is due from earlier, what bounds all pay,
// and what goes on into later periods, as a table.

import type { PayLine } from '../model/pay-lines.ts';
import type { Result, Statement } from '../model/result.ts';
import { titleOf } from './later-text.ts';
import { type FilledColumn, sumText, tableOf } from './role-table.ts';
import { personName } from './statement.ts';
import { visible } from './terminal-text.ts';

/** A block of text; none where all pay is what roles earn. */
export function ownTables(result: Result, period: string, width: number): readonly string[] {
  const people = result.statements.filter(
    (each) => each.period === period && (each.lines ?? each.balances ?? each.due) !== undefined,
  );
  if (people.length === 0) return [];
  const { currency } = result.policy;
  const column = (heading: string, cells: readonly (readonly string[])[]): FilledColumn => ({
    heading,
    align: 'right',
    cells: cells.map((each) => (each.length === 0 ? '' : sumText(each, currency))),
    total: sumText(cells.flat(), currency),
  });
  const shown = (heading: string, amountsOf: (statement: Statement) => readonly string[]): FilledColumn[] => {
    const cells = people.map(amountsOf);
    return cells.some((each) => each.length > 0) ? [column(heading, cells)] : [];
  };
  const titles = [...new Set(people.flatMap(({ lines = [] }) => lines.map(headingOf)))];
  const table = tableOf(
    [
      { heading: 'Person', align: 'left', cells: people.map(personName), total: 'Total' },
      ...(people.some(({ roles }) => roles.length > 0)
        ? [
            column(
              'Roles',
              people.map(({ roles }) => roles.map(({ total }) => total)),
            ),
          ]
        : []),
      ...titles.flatMap((title) =>
        shown(title, ({ lines = [] }) =>
          lines.filter((each) => headingOf(each) === title).map(({ amount }) => amount),
        ),
      ),
      column(
        `Pay, ${visible(currency)}`,
        people.map(({ pay }) => [pay]),
      ),
      ...shown('Owed', ({ balances = [] }) =>
        balances.filter(({ kind }) => kind !== 'excess').map(({ after }) => after),
      ),
      ...shown('Kept by caps', ({ balances = [] }) =>
        balances.filter(({ kind }) => kind === 'excess').map(({ after }) => after),
      ),
      ...shown('Due later', ({ due = [] }) => due.map(({ amount }) => amount)),
    ],
    width,
  );
  return [`From earlier periods, and of all pay, ${visible(period)}\n${table}`];
}

/** Corrections of whatever cause stand in one column. */
function headingOf(line: PayLine): string {
  switch (line.kind) {
    case 'due':
      return `${titleOf(line)}, due`;
    case 'adjustment':
      return 'Corrections';
    case 'offset':
      return 'Set against parts';
    case 'owed':
    case 'carried':
      return 'Owed of corrections';
    default:
      return titleOf(line);
  }
}
