// A whole Result as text: everyone's pay by period, and for each period the tables of roles, groups and the company; at
// the end what became of the data. Long, and made to be searched: each period has a ruled heading, each table a title.

import type { KpiLine } from '../model/kpi-lines.ts';
import type { GroupResult, Result, Statement } from '../model/result.ts';
import { poolsText } from './award-text.ts';
import { type Column, columnsText, WIDTH } from './columns.ts';
import { controlText, knownNote, rejectsNote } from './control.ts';
import { amountText, MISSING } from './format.ts';
import { ownTables } from './own-table.ts';
import {
  distinct,
  type FilledColumn,
  kpiColumn,
  kpiNote,
  roleTables,
  sumText,
  tableOf,
} from './role-table.ts';
import { kpiTable } from './scorecard.ts';
import { personName, type TextOptions } from './statement.ts';
import { displayWidth, visible } from './terminal-text.ts';

/** All of the Result as text, ended by a line end. Every output of a run without its rejected rows says so first. */
export function resultText(result: Result, { width = WIDTH }: TextOptions = {}): string {
  const note = rejectsNote(result);
  const title = visible(result.policy.title ?? result.policy.name);
  const notes = [knownNote(result), note].filter((each) => each !== undefined);
  const head = [title, ...notes];
  const several = result.periods.length > 1;
  const blocks = [head.join('\n')];
  if (several && result.statements.length > 0) blocks.push(payByPeriod(result, width));
  for (const period of result.periods) {
    const tables = periodTables(result, period, width);
    if (several && tables.length > 0) blocks.push(ruledHeading(visible(period), width));
    blocks.push(...tables);
  }
  const { pools = [] } = result;
  if (pools.length > 0) blocks.push(poolsText(pools, result.policy.currency, width));
  if (result.statements.length === 0) blocks.push('Nobody held a role in these periods.');
  if (result.control.length > 0) blocks.push(controlText(result.control, width).trimEnd());
  return `${blocks.join('\n\n')}\n`;
}

/** All of it in a line: `sales 2026-03: 12 people, 4,200.00 EUR`. */
export function resultLine({ policy, periods, statements }: Result): string {
  const { name, currency } = policy;
  const people = new Set(statements.map(({ person }) => person)).size;
  const when = periods.length > 1 ? `${periods[0]}..${periods.at(-1)}` : (periods[0] ?? '');
  const paid = sumText(
    statements.map(({ pay }) => pay),
    currency,
  );
  return visible(`${name} ${when}: ${people} ${people === 1 ? 'person' : 'people'}, ${paid} ${currency}`);
}

function periodTables(result: Result, period: string, width: number): readonly string[] {
  const kpis = result.company.find((each) => each.period === period)?.kpis ?? [];
  return [
    ...roleTables(result, period, width),
    ...ownTables(result, period, width),
    ...groupTables(result, period, width),
    ...(kpis.length === 0
      ? []
      : [`Company, ${visible(period)}\n${kpiTable(kpis.map(withoutScope), { width })}`]),
  ];
}

/** `── 2026-06 ────────`. */
function ruledHeading(text: string, width: number): string {
  return `── ${text} ${'─'.repeat(Math.max(2, width - displayWidth(text) - 4))}`;
}

/** Each person's pay in each period, and all of it. */
function payByPeriod(result: Result, width: number): string {
  const { currency } = result.policy;
  const people = new Map<string, Statement[]>();
  for (const each of result.statements) people.set(each.person, [...(people.get(each.person) ?? []), each]);
  const paid = (statements: readonly Statement[]) => statements.map((statement) => statement.pay);
  const cells = (statements: readonly Statement[]) => [
    ...result.periods.map((period) => {
      const own = statements.filter((statement) => statement.period === period);
      return own.length === 0 ? '' : sumText(paid(own), currency);
    }),
    sumText(paid(statements), currency),
  ];
  const columns: readonly Column[] = [
    { heading: 'Person', align: 'left' },
    ...[...result.periods.map(visible), 'Total'].map((heading): Column => ({ heading, align: 'right' })),
  ];
  const rows = [...people.keys()]
    .sort()
    .map((id) => people.get(id) as readonly Statement[])
    .map((own) => [personName(own[0] as Statement), ...cells(own)]);
  const total = ['Total', ...cells(result.statements)];
  return `Pay by period, ${visible(currency)}\n${columnsText(columns, rows, { width, total })}`;
}

function groupTables(result: Result, period: string, width: number): readonly string[] {
  const groups = result.groups.filter((group) => group.period === period);
  return [...new Set(groups.map((group) => group.attribute))].map((attribute) => {
    const own = groups.filter((group) => group.attribute === attribute);
    return groupTable(own, result.policy.currency, width);
  });
}

function groupTable(groups: readonly GroupResult[], currency: string, width: number): string {
  const { attribute, period } = groups[0] as GroupResult;
  const kpis = distinct(groups.flatMap((group) => group.kpis));
  const column = (heading: string, cells: readonly string[]): FilledColumn => ({
    heading,
    align: 'right',
    cells,
  });
  const columns: readonly FilledColumn[] = [
    {
      heading: visible(attribute),
      align: 'left',
      cells: groups.map(({ value }) => (value === '' ? MISSING : visible(value))),
    },
    column(
      'People',
      groups.map(({ people }) => String(people)),
    ),
    ...kpis.map((kpi) =>
      kpiColumn(
        withoutScope(kpi),
        groups.map((group) => group.kpis.find((each) => each.kpi === kpi.kpi)),
      ),
    ),
    column(
      `Pay, ${visible(currency)}`,
      groups.map(({ pay }) => amountText(pay, currency)),
    ),
  ];
  const note = kpiNote(groups.flatMap((group) => group.kpis));
  return `By ${visible(attribute)}, ${visible(period)}\n${note}${tableOf(columns, width)}`;
}

/** A KPI of a table whose heading names the scope. */
function withoutScope(kpi: KpiLine): KpiLine {
  return { ...kpi, kpi: kpi.kpi.replace(/\[.*$/s, '') };
}
