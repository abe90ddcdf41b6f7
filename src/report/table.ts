// A whole Result as text tables: for each period and role the people in rows; groups; the company; control totals.

import { add, exact, exactText, ZERO } from '../base/exact.ts';
import type { FigureValue, GroupResult, KpiLine, Result, RoleStatement, Statement } from '../model/result.ts';
import { type Column, columnsText } from './columns.ts';
import { controlText, rejectsNote } from './control.ts';
import { amountText, figureText, MISSING } from './format.ts';
import { kpiTable, kpiTitle } from './statement.ts';
import { visible } from './terminal-text.ts';

/** All of the Result as text, ended by a line end. Every output of a run without its rejected rows says so first. */
export function resultText(result: Result): string {
  const note = rejectsNote(result);
  const head = [visible(result.policy.title ?? result.policy.name), ...(note === undefined ? [] : [note])];
  const blocks = [head.join('\n')];
  for (const period of result.periods) {
    blocks.push(...roleTables(result, period), ...groupTables(result, period));
    const company = result.company.find((each) => each.period === period);
    if (company && company.kpis.length > 0)
      blocks.push(`Company, ${visible(period)}\n${kpiTable(company.kpis.map(withoutScope), '')}`);
  }
  if (result.statements.length === 0) blocks.push('Nobody held a role in these periods.');
  if (result.control.length > 0) blocks.push(controlText(result.control).trimEnd());
  return `${blocks.join('\n\n')}\n`;
}

/** One person's stay in a role: a row of a role's table. */
interface Stay {
  readonly statement: Statement;
  readonly role: RoleStatement;
}

function roleTables(result: Result, period: string): readonly string[] {
  const stays = result.statements
    .filter((statement) => statement.period === period)
    .flatMap((statement) => statement.roles.map((role): Stay => ({ statement, role })));
  const names = [...new Set(stays.map((stay) => stay.role.role))].sort();
  return names.map((name) => {
    const own = stays.filter((stay) => stay.role.role === name);
    return roleTable(own, period, result.policy.currency);
  });
}

function roleTable(stays: readonly Stay[], period: string, currency: string): string {
  const { role, title } = (stays[0] as Stay).role;
  const kpis = distinct(stays.flatMap((stay) => stay.role.kpis));
  const lines = new Map(
    stays
      .flatMap((stay) => stay.role.lines)
      .map((line) => [line.name, line.title ?? (line.kind === 'cap' ? 'Cap' : line.name)]),
  );
  const scored = stays.some((stay) => stay.role.score);
  const right = (heading: string): Column => ({ heading, align: 'right' });
  const columns: Column[] = [
    { heading: 'Person', align: 'left' },
    ...kpis.map((kpi) => right(kpiTitle(kpi))),
    ...(scored ? [right('Score')] : []),
    ...[...lines.values()].map((title) => right(visible(title))),
    right(`Total, ${visible(currency)}`),
  ];
  const rows = stays.map((stay) => [
    personCell(stay),
    ...kpis.map(({ kpi }) => kpiCell(stay.role.kpis.find((each) => each.kpi === kpi))),
    ...(scored ? [stay.role.score ? figureText(stay.role.score.value) : ''] : []),
    ...[...lines.keys()].map((id) => lineCell(stay.role, id, currency)),
    amountText(stay.role.total, currency),
  ]);
  const total = [
    'Total',
    ...kpis.map(() => ''),
    ...(scored ? [''] : []),
    ...[...lines.keys()].map((id) =>
      sumText(
        stays.flatMap((stay) => amountsOf(stay.role, id)),
        currency,
      ),
    ),
    sumText(
      stays.map((stay) => stay.role.total),
      currency,
    ),
  ];
  const heading = title === undefined ? visible(role) : `${visible(title)} (${visible(role)})`;
  return `${heading}, ${visible(period)}\n${columnsText(columns, rows, { total })}`;
}

function personCell({ statement, role }: Stay): string {
  const days = role.days === role.daysInPeriod ? '' : `, ${role.days} of ${role.daysInPeriod} days`;
  return `${visible(statement.name)} (${visible(statement.person)})${days}`;
}

/** The attainment, else the actual where no target is set. */
function kpiCell(kpi: KpiLine | undefined): string {
  if (!kpi) return '';
  return figureText(kpi.attainment ?? kpi.actual);
}

function amountsOf(role: RoleStatement, line: string): readonly string[] {
  return role.lines.filter((each) => each.name === line).map((each) => each.amount);
}

function lineCell(role: RoleStatement, line: string, currency: string): string {
  const amounts = amountsOf(role, line);
  return amounts.length === 0 ? '' : sumText(amounts, currency);
}

function sumText(amounts: readonly string[], currency: string): string {
  return amountText(exactText(amounts.reduce((sum, each) => add(sum, exact(each)), ZERO)), currency);
}

function groupTables(result: Result, period: string): readonly string[] {
  const groups = result.groups.filter((group) => group.period === period);
  return [...new Set(groups.map((group) => group.attribute))].map((attribute) => {
    const own = groups.filter((group) => group.attribute === attribute);
    return groupTable(own, period, result.policy.currency);
  });
}

function groupTable(groups: readonly GroupResult[], period: string, currency: string): string {
  const { attribute } = groups[0] as GroupResult;
  const kpis = distinct(groups.flatMap((group) => group.kpis));
  const columns: Column[] = [
    { heading: visible(attribute), align: 'left' },
    { heading: 'People', align: 'right' },
    ...kpis.map((kpi): Column => ({ heading: kpiTitle(withoutScope(kpi)), align: 'right' })),
    { heading: `Pay, ${visible(currency)}`, align: 'right' },
  ];
  const rows = groups.map((group) => [
    group.value === '' ? MISSING : visible(group.value),
    String(group.people),
    ...kpis.map(({ kpi }) => groupCell(group.kpis.find((each) => each.kpi === kpi))),
    amountText(group.pay, currency),
  ]);
  return `By ${visible(attribute)}, ${visible(period)}\n${columnsText(columns, rows)}`;
}

function groupCell(kpi: KpiLine | undefined): string {
  const actual: FigureValue | undefined = kpi?.actual;
  return actual ? figureText(actual) : '';
}

/** A KPI of a table whose heading names the scope. */
function withoutScope(kpi: KpiLine): KpiLine {
  return { ...kpi, kpi: kpi.kpi.replace(/\[.*$/s, '') };
}

/** The KPIs, each once, in order of first appearance. */
function distinct(kpis: readonly KpiLine[]): readonly KpiLine[] {
  const found = new Map<string, KpiLine>();
  for (const each of kpis) if (!found.has(each.kpi)) found.set(each.kpi, each);
  return [...found.values()];
}
