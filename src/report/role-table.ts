// A role's people in one period: a table of what was measured (actual · attainment of the target) and one of the pay.

import { add, exact, exactText, ZERO } from '../base/exact.ts';
import type { KpiLine } from '../model/kpi-lines.ts';
import type { PayLine } from '../model/pay-lines.ts';
import type { Result, RoleStatement, Statement } from '../model/result.ts';
import { atPoint, type Column, columnsText, widest } from './columns.ts';
import { amountText, figureText } from './format.ts';
import { kpiTitle } from './kpi-sentences.ts';
import { titleOf } from './later-text.ts';
import { personName, roleTitle } from './statement.ts';
import { padStart, visible } from './terminal-text.ts';

/** One person's stay in a role: a row of the role's tables. */
interface Stay {
  readonly statement: Statement;
  readonly role: RoleStatement;
}

/** A column with its cells. */
export interface FilledColumn extends Column {
  readonly cells: readonly string[];
  readonly total?: string;
}

/** For each role of the period, by its id, a block of text. */
export function roleTables(result: Result, period: string, width: number): readonly string[] {
  const stays = result.statements
    .filter((statement) => statement.period === period)
    .flatMap((statement) => statement.roles.map((role): Stay => ({ statement, role })));
  const names = [...new Set(stays.map((stay) => stay.role.role))].sort();
  return names.map((name) => {
    const own = stays.filter((stay) => stay.role.role === name);
    const heading = `${roleTitle((own[0] as Stay).role)}, ${visible(period)}`;
    const kpis = kpiTableOf(own, width);
    const pay = payTableOf(own, result.policy.currency, width);
    return kpis === undefined ? `${heading}\n${pay}` : `${heading}\n${kpis}\n\n${pay}`;
  });
}

/** Undefined where the role has no KPIs. */
function kpiTableOf(stays: readonly Stay[], width: number): string | undefined {
  const kpis = distinct(stays.flatMap((stay) => stay.role.kpis));
  if (kpis.length === 0) return undefined;
  const columns = kpis.map((kpi) =>
    kpiColumn(
      kpi,
      stays.map((stay) => stay.role.kpis.find((each) => each.kpi === kpi.kpi)),
    ),
  );
  return kpiNote(stays.flatMap((stay) => stay.role.kpis)) + tableOf([peopleColumn(stays), ...columns], width);
}

/** A line above columns of KPIs of which any has an attainment. */
export function kpiNote(kpis: readonly KpiLine[]): string {
  return kpis.some((kpi) => kpi.attainment) ? 'KPIs: actual · attainment of the target\n' : '';
}

/** A column of actual and attainment, each lined up; money has its currency in the heading. */
export function kpiColumn(kpi: KpiLine, lines: readonly (KpiLine | undefined)[]): FilledColumn {
  const { type } = kpi.actual;
  const shown = lines.map((line) => {
    if (!line) return '';
    const { value } = line.actual;
    return type.kind === 'money' && value !== null
      ? amountText(value, type.currency)
      : figureText(line.actual);
  });
  const actuals = type.kind === 'money' || type.kind === 'number' ? atPoint(shown) : shown;
  const attained = lines.map((line) => (line?.attainment ? figureText(line.attainment) : ''));
  const [left, right] = [widest(actuals), widest(attained)];
  const cells = actuals.map((actual, index) => {
    const attainment = attained[index] as string;
    if (right === 0) return actual;
    const dot = attainment === '' ? ' ' : '·';
    return `${padStart(actual, left)} ${dot} ${padStart(attainment, right)}`;
  });
  const unit = type.kind === 'money' ? `, ${visible(type.currency)}` : '';
  return { heading: kpiTitle(kpi) + unit, align: 'right', cells };
}

/** Columns stand in the order of a statement's lines, whoever of the people has which. */
const KINDS: readonly PayLine['kind'][] = [
  'bonus',
  'floor',
  'excess',
  'cap',
  'due',
  'draw',
  'recovery',
  'award',
];

function payTableOf(stays: readonly Stay[], currency: string, width: number): string {
  const all = stays.flatMap((stay) => stay.role.lines);
  const lines = new Map(
    all
      .toSorted((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
      .map((line) => [columnOf(line), titleOf(line)]),
  );
  const money = (heading: string, amounts: readonly (readonly string[])[]): FilledColumn => ({
    heading,
    align: 'right',
    cells: amounts.map((each) => (each.length === 0 ? '' : sumText(each, currency))),
    total: sumText(amounts.flat(), currency),
  });
  const scores = stays.map(({ role }) => (role.score ? figureText(role.score.value) : ''));
  return tableOf(
    [
      { ...peopleColumn(stays), total: 'Total' },
      ...(scores.some((score) => score !== '')
        ? [{ heading: 'Score', align: 'right', cells: scores } as const]
        : []),
      ...[...lines].map(([name, title]) =>
        money(
          title,
          stays.map((stay) => amountsOf(stay.role, name)),
        ),
      ),
      money(
        `Total, ${visible(currency)}`,
        stays.map((stay) => [stay.role.total]),
      ),
    ],
    width,
  );
}

function peopleColumn(stays: readonly Stay[]): FilledColumn {
  const cells = stays.map(({ statement, role }) => {
    const days = role.days === role.daysInPeriod ? '' : `, ${role.days} of ${role.daysInPeriod} days`;
    const absent = role.absent === undefined ? '' : `, absent ${role.absent}`;
    return personName(statement) + days + absent;
  });
  return { heading: 'Person', align: 'left', cells };
}

/** Columns with their cells as a table; one with a total in its first column has a row of totals. */
export function tableOf(columns: readonly FilledColumn[], width: number): string {
  const people = columns[0] as FilledColumn;
  const rows = people.cells.map((_, row) => columns.map((column) => column.cells[row] as string));
  const total = columns.map((column) => column.total ?? '');
  return columnsText(columns, rows, { width, ...(people.total !== undefined && { total }) });
}

function amountsOf(role: RoleStatement, line: string): readonly string[] {
  return role.lines.filter((each) => columnOf(each) === line).map((each) => each.amount);
}

/** An award may be called like a bonus. */
function columnOf({ kind, name }: PayLine): string {
  return kind === 'award' ? `award ${name}` : name;
}

/** The sum of amounts, in a column whose heading names the currency. */
export function sumText(amounts: readonly string[], currency: string): string {
  return amountText(exactText(amounts.reduce((sum, each) => add(sum, exact(each)), ZERO)), currency);
}

/** The KPIs, each once, in order of first appearance. */
export function distinct(kpis: readonly KpiLine[]): readonly KpiLine[] {
  const found = new Map<string, KpiLine>();
  for (const each of kpis) if (!found.has(each.kpi)) found.set(each.kpi, each);
  return [...found.values()];
}
