// Control totals: what became of every row of the data, and whether any were left out.

import type { ControlTotals, RowTotals } from '../model/dataset.ts';
import type { Result } from '../model/result.ts';
import { atPoint, type Column, columnsText } from './columns.ts';
import { fullNumberText, numberText } from './format.ts';
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

/** As of which day a run answers, where it was asked for. */
export function knownNote({ asKnownOn }: Result): string | undefined {
  return asKnownOn === undefined ? undefined : `As known on ${asKnownOn}`;
}

/**
 * A table of rows and sums by source: all of them, the used ones, and the others by reason; ended by a line end. Each
 * field has a line of its own, so that sums stand below one another, whole.
 */
export function controlText(control: readonly ControlTotals[], width: number): string {
  const columns: readonly Column[] = [
    { heading: 'Rows of the data', align: 'left' },
    { heading: 'Rows', align: 'right' },
    { heading: 'Field', align: 'left' },
    { heading: 'Sum', align: 'right' },
  ];
  const rows = control.flatMap((each) => [
    ...totalsRows(`${visible(each.source)} (${visible(baseName(each.file))})`, each.all),
    ...totalsRows('  used', each.used),
    ...each.filtered.flatMap(({ reason, totals }) => totalsRows(`  filtered: ${reasonText(reason)}`, totals)),
    ...each.rejected.flatMap(({ reason, totals }) => totalsRows(`  rejected: ${reasonText(reason)}`, totals)),
    ...sharesRows(each.shares),
    ...countRow('  credits without a role that day', each.creditsWithoutRole),
    ...countRow('  extra credits that name nobody', each.extraWithoutPerson),
    ...countRow('  extra credits of those whom another line credits', each.extraCreditedElsewhere),
  ]);
  const sums = atPoint(rows.map((row) => row[3] ?? ''));
  const lined = rows.map(([label = '', count = '', field = ''], at) => [
    label,
    count,
    field,
    sums[at] as string,
  ]);
  return `${columnsText(columns, lined, { width })}\n`;
}

function totalsRows(label: string, { rows, sums }: RowTotals): readonly (readonly string[])[] {
  const count = numberText(String(rows));
  const [first, ...others] = sums.map(({ field, sum }) => [visible(field), fullNumberText(sum)]);
  return [[label, count, ...(first ?? [])], ...others.map((each) => ['', '', ...each])];
}

function countRow(label: string, count: number): readonly (readonly string[])[] {
  return count === 0 ? [] : [[label, numberText(String(count))]];
}

/** What became of the rows' shares; nothing where all of it is plain. */
function sharesRows(shares: ControlTotals['shares']): readonly (readonly string[])[] {
  if (!shares) return [];
  const { credited, outside } = shares;
  const none = outside === '0' ? [] : [['  credited to nobody in a role', fullNumberText(outside)]];
  return [['  credited to people in a role', fullNumberText(credited)], ...none];
}

/** The name of a file without its folders. */
function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

/** Reasons name words of the language in backticks; a table reads better without. */
function reasonText(reason: string): string {
  return reason.replaceAll('`', '');
}
