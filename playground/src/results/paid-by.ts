// What one line of the policy paid in a period, read off the statements: whom, how much, and what it comes to. A KPI, a
// target or a gate pays nothing by itself: for these it says what it measured, expected or kept back, person by person.

import {
  compareTexts,
  type PayLine,
  type Result,
  type RoleStatement,
  type Statement,
  sumOf,
  type TargetAccount,
} from '../../../src/browser-figures.ts';
import { readRows, tierRows } from './paid-by-table.ts';
import { noteOf, type PaidRow, type Part } from './paid-row.ts';
import type { PolicyLine } from './policy-lines.ts';

/** What a policy line came to. */
export interface PaidBy {
  /**
   * What `total` and the rows' amounts are: `paid` in the period; `worked out` in one tier, before caps, days and rounding;
   * `kept back` by a gate; `measured`: there are no amounts.
   */
  readonly says: 'paid' | 'worked out' | 'kept back' | 'measured';
  readonly rows: readonly PaidRow[];
  /** Of money. */
  readonly total?: string;
  /** How many different people. */
  readonly people: number;
}

/** What the line came to in a period. */
export function paidBy(result: Result, line: PolicyLine, period: string): PaidBy {
  const statements = result.statements.filter((each) => each.period === period);
  switch (line.kind) {
    case 'bonus':
      return paid(statements.flatMap((each) => bonusRows(each, line)));
    case 'cap':
    case 'floor':
    case 'draw':
      return paid(statements.flatMap((each) => boundRows(each, line)));
    case 'award':
      return paid(statements.flatMap((each) => awardRows(each, line)));
    case 'pool':
      return paid(poolRows(result, line, period));
    case 'kpi':
      return measured(statements.flatMap((each) => perRole(each, line, (role) => kpiRows(role, line))));
    case 'target':
      return measured(statements.flatMap((each) => perRole(each, line, (role) => targetRows(role, line))));
    case 'score line':
      return measured(statements.flatMap((each) => perRole(each, line, (role) => scoreRows(role, line))));
    case 'level':
      return measured(statements.flatMap((each) => levelRows(each, line)));
    case 'gate':
      return amounts(
        'kept back',
        statements.flatMap((each) => perRole(each, line, (role) => gateRows(role, line))),
      );
    case 'tier':
      return amounts(
        'worked out',
        statements.flatMap((each) => perRole(each, line, (role) => tierRows(role, line))),
      );
    case 'point':
    case 'table':
      return measured(statements.flatMap((each) => perRole(each, line, (role) => readRows(role, line))));
    default:
      return line.kind satisfies never;
  }
}

function paid(rows: readonly PaidRow[]): PaidBy {
  return amounts('paid', rows);
}

function amounts(says: PaidBy['says'], rows: readonly PaidRow[]): PaidBy {
  const sorted = [...rows].sort((a, b) => compareTexts(b.amount ?? '0', a.amount ?? '0'));
  const total = sumOf(rows.map((each) => each.amount ?? '0'));
  // who has the line and nothing by it isn't paid by it
  return { says, rows: sorted, total, people: peopleOf(rows.filter((each) => each.amount !== '0')) };
}

function measured(rows: readonly PaidRow[]): PaidBy {
  return { says: 'measured', rows, people: peopleOf(rows) };
}

function peopleOf(rows: readonly PaidRow[]): number {
  return new Set(rows.map((each) => each.person)).size;
}

/** The parts of each role that the line holds for, with whose they are. */
function perRole(
  { person, name, roles }: Statement,
  { roles: held }: PolicyLine,
  partsOf: (role: RoleStatement) => readonly Part[],
): readonly PaidRow[] {
  return roles
    .filter((each) => held === undefined || held.includes(each.role))
    .flatMap((role) => partsOf(role).map((part) => ({ person, name, role: role.role, ...part })));
}

// ---- lines of pay ----------------------------------------------------------------------------------------------------

/** A bonus, and what is due now of it from earlier periods. */
function bonusRows(statement: Statement, line: PolicyLine): readonly PaidRow[] {
  const { person, name, lines = [] } = statement;
  const own = perRole(statement, line, (role) =>
    role.lines
      .filter((each) => (each.kind === 'bonus' || each.kind === 'due') && each.name === line.name)
      .map(linePart),
  );
  const due = lines
    .filter((each) => each.kind === 'due' && each.name === line.name && isOf(line, each.role))
    .map((each) => ({
      person,
      name,
      ...(each.role === undefined ? {} : { role: each.role }),
      ...linePart(each),
    }));
  return [...own, ...due];
}

function isOf({ roles }: PolicyLine, role: string | undefined): boolean {
  return roles === undefined || role === undefined || roles.includes(role);
}

function linePart(line: PayLine): Part {
  const note = noteOf(line);
  return { amount: line.amount, ...(note ? { note } : {}) };
}

function boundRows(statement: Statement, line: PolicyLine): readonly PaidRow[] {
  const { person, name, lines = [] } = statement;
  const isIt = ({ kind }: PayLine): boolean => kind === line.kind;
  const own = perRole(statement, line, (role) =>
    role.lines.filter(isIt).map((each) => ({ amount: each.amount })),
  );
  const ofAll = lines
    .filter(
      (each) => isIt(each) && (line.roles === undefined ? each.role === undefined : isOf(line, each.role)),
    )
    .map(({ amount, role }) => ({ person, name, ...(role === undefined ? {} : { role }), amount }));
  return line.roles === undefined ? ofAll : [...own, ...ofAll];
}

function awardRows({ person, name, awards = [] }: Statement, line: PolicyLine): readonly PaidRow[] {
  return awards
    .filter((each) => each.award === line.name)
    .flatMap(({ role, won, prizes }): readonly PaidRow[] => {
      const head = { person, name, role };
      if (!won) return [{ ...head, note: 'not won' }];
      return prizes.map(({ kind, value }) =>
        kind === 'money'
          ? { ...head, amount: value.value ?? '0', note: 'won' }
          : { ...head, value, of: kind, note: 'won' },
      );
    });
}

function poolRows({ pools = [], statements }: Result, line: PolicyLine, period: string): readonly PaidRow[] {
  const names = new Map(statements.map((each) => [each.person, each.name]));
  return pools
    .filter((each) => each.pool === line.name && each.period === period)
    .flatMap(({ parts }) =>
      parts.map(({ person, role, amount, by }) => ({
        person,
        name: names.get(person) ?? person,
        role,
        amount,
        ...(by ? { value: by } : {}),
      })),
    );
}

function levelRows({ person, name, levels = [] }: Statement, line: PolicyLine): readonly PaidRow[] {
  return levels
    .filter((each) => each.level === line.name)
    .map(({ since }) =>
      since === undefined
        ? { person, name, note: 'not won' as const }
        : { person, name, value: { value: since, type: { kind: 'period' } }, note: 'won' as const },
    );
}

// ---- what was measured and expected ----------------------------------------------------------------------------------

function kpiRows({ kpis }: RoleStatement, { name }: PolicyLine): readonly Part[] {
  return kpis
    .filter(({ kpi }) => kpi === name || kpi.startsWith(`${name}[`))
    .map((each) => ({
      value: each.actual,
      ...(each.attainment === undefined ? {} : { beside: each.attainment }),
      ...(each.status ? { status: each.status } : {}),
      ...(each.kpi === name ? {} : { of: each.kpi }),
    }));
}

function targetRows({ kpis }: RoleStatement, { name, text }: PolicyLine): readonly Part[] {
  return kpis.flatMap(({ kpi, target, targetAccount, actual, status }): readonly Part[] => {
    if (!target || !targetAccount || !(kpi === name || kpi.startsWith(`${name}[`))) return [];
    if (!isFrom(targetAccount, text)) return [];
    return [
      { value: target, beside: actual, ...(status ? { status } : {}), ...(kpi === name ? {} : { of: kpi }) },
    ];
  });
}

/** Whether a line of the policy stands somewhere in how a target came about. */
function isFrom(account: TargetAccount, text: string): boolean {
  switch (account.kind) {
    case 'line':
      return account.text === text;
    case 'days':
    case 'periods':
      return account.parts.some((each) => isFrom(each.target, text));
    case 'whole':
      return isFrom(account.target, text);
    case 'people':
      return false;
    default:
      return account satisfies never;
  }
}

function scoreRows({ score, longer = [] }: RoleStatement, { name }: PolicyLine): readonly Part[] {
  const own = (score?.lines ?? [])
    .filter((each) => each.kpi === name)
    .map((each) => ({ each, of: undefined }));
  const over = longer.flatMap(({ period, score: whole }) =>
    (whole?.lines ?? []).filter((each) => each.kpi === name).map((each) => ({ each, of: period })),
  );
  return [...own, ...over].map(({ each, of }) => ({
    value: each.read,
    beside: { value: each.points, type: { kind: 'percent' } },
    ...(of === undefined ? {} : { of }),
  }));
}

function gateRows({ gates, lines }: RoleStatement, { name }: PolicyLine): readonly Part[] {
  const condition = name;
  return gates
    .filter((each) => each.condition === condition)
    .map(({ passed, applies, inputs }): Part => {
      const kept = lines
        .filter(({ because = [] }) =>
          because.some((each) => each.kind === 'gate' && each.condition === condition),
        )
        .map((each) => each.computed);
      const [read] = inputs;
      return {
        amount: sumOf(kept),
        ...(read ? { value: read.value } : {}),
        note: !applies ? 'does not apply' : passed ? 'passed' : 'failed',
      };
    });
}
