// Control totals: what became of every row of the data, and whether any were left out.

import type { ControlTotals, RowTotals } from '../model/dataset.ts';
import type { Result } from '../model/result.ts';
import { type Column, columnsText } from './columns.ts';
import { numberText } from './format.ts';
import { visible } from './terminal-text.ts';

/** How many rows of a source were rejected. */
export function rejectedRows(control: ControlTotals): number {
  return control.rejected.reduce((sum, each) => sum + each.totals.rows, 0);
}

/** What every output of a run must say that left rejected rows out; `undefined` where there is nothing to say. */
export function rejectsNote(result: Result): string | undefined {
  if (!result.rejectsAllowed) return undefined;
  const parts = result.control
    .map((each) => ({ name: each.source, rows: rejectedRows(each) }))
    .filter((each) => each.rows > 0)
    .map((each) => `${visible(each.name)}: ${each.rows}`);
  return parts.length === 0 ? undefined : `WITHOUT REJECTED ROWS (${parts.join(', ')})`;
}

/** A table of rows and sums by source: all of them, the used ones, and the others by reason; ended by a line end. */
export function controlText(control: readonly ControlTotals[]): string {
  const columns: readonly Column[] = [
    { heading: 'Rows of the data', align: 'left' },
    { heading: 'Rows', align: 'right' },
    { heading: 'Sums', align: 'left' },
  ];
  const rows = control.flatMap((each) => [
    totalsRow(`${visible(each.source)} (${visible(each.file)})`, each.all),
    totalsRow('  used', each.used),
    ...each.filtered.map(({ reason, totals }) => totalsRow(`  filtered: ${reasonText(reason)}`, totals)),
    ...each.rejected.map(({ reason, totals }) => totalsRow(`  rejected: ${reasonText(reason)}`, totals)),
    ...countRow('  credits without a role that day', each.creditsWithoutRole),
    ...countRow('  extra credits that name nobody', each.extraWithoutPerson),
  ]);
  return `${columnsText(columns, rows)}\n`;
}

function totalsRow(label: string, { rows, sums }: RowTotals): readonly string[] {
  const parts = sums.map(({ field, sum }) => `${visible(field)} ${numberText(sum)}`);
  return [label, numberText(String(rows)), parts.join(', ')];
}

function countRow(label: string, count: number): readonly (readonly string[])[] {
  return count === 0 ? [] : [[label, numberText(String(count)), '']];
}

/** Reasons name words of the language in backticks; a table reads better without. */
function reasonText(reason: string): string {
  return reason.replaceAll('`', '');
}
