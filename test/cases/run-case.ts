// Reads a case's folder, runs it from memory and from DuckDB, and says where the statements differ from what is expected.

import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { equals, parseExact } from '../../src/base/exact.ts';
import { parsePeriod } from '../../src/base/period.ts';
import type { KpiLine } from '../../src/model/kpi-lines.ts';
import type { PayLine } from '../../src/model/pay-lines.ts';
import type { RoleStatement, Statement } from '../../src/model/result.ts';
import {
  bindData,
  compile,
  hasErrors,
  loadProject,
  type Model,
  openBackend,
  type Result,
  run,
  type Source,
  type SourceSpec,
} from '../../src/node.ts';

/** A row of a small table, by its heading. */
type Row = Readonly<Record<string, string>>;

/** What a case expects. */
export interface Expected {
  readonly lines: readonly Row[];
  readonly kpis: readonly Row[];
  /** From the first period to the last: `2026-01..2026-03`. */
  readonly periods: string;
}

export async function readExpected(folder: string): Promise<Expected> {
  const lines = await readTable(join(folder, 'expected.csv'));
  const kpis = existsSync(join(folder, 'expected-kpis.csv'))
    ? await readTable(join(folder, 'expected-kpis.csv'))
    : [];
  const periods = [...lines, ...kpis].map((row) => parsePeriod(row.period!)!);
  const first = periods.reduce((a, b) => (b.from < a.from ? b : a));
  const last = periods.reduce((a, b) => (b.until > a.until ? b : a));
  return { lines, kpis, periods: first.id === last.id ? first.id : `${first.id}..${last.id}` };
}

async function readTable(path: string): Promise<readonly Row[]> {
  const [heading, ...rows] = (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(',').map((cell) => cell.trim()));
  return rows.map((row) => {
    if (row.length !== heading!.length)
      throw new Error(`${path}: ${row.join(',')} has another number of cells`);
    return Object.fromEntries(heading!.map((name, index) => [name, row[index]!]));
  });
}

/** The policy and the data of a case; anything wrong with them throws. */
export async function readCase(folder: string): Promise<{
  readonly policy: readonly Source[];
  readonly model: Model;
  readonly sources: readonly SourceSpec[];
}> {
  const { value: project, diagnostics } = await loadProject(join(folder, 'policy.merit'));
  const { value: model, diagnostics: checked } = compile(project?.policy ?? []);
  if (!project || !model || hasErrors([...diagnostics, ...checked]))
    throw asError([...diagnostics, ...checked]);
  const names = [
    'people',
    ...(existsSync(join(folder, 'absence.csv')) ? ['absence'] : []),
    ...model.events.map((each) => each.name),
    ...model.tables.map((each) => each.name),
  ];
  const data = new Map(
    names.map((name) => [name === 'people' ? 'person' : name, join(folder, `${name}.csv`)]),
  );
  const sources = await bindData(project, model, { data });
  if (hasErrors(sources.diagnostics)) throw asError(sources.diagnostics);
  return { policy: project.policy, model, sources: sources.value };
}

/** The result of a case; anything wrong with it throws. */
export async function runCase(
  folder: string,
  period: string,
  backendName: 'memory' | 'duckdb',
): Promise<Result> {
  const { model, sources } = await readCase(folder);
  const backend = await openBackend(backendName, sources);
  try {
    const { value, diagnostics } = await run({ model, sources, period }, backend);
    if (!value || hasErrors(diagnostics)) throw asError(diagnostics);
    return value;
  } finally {
    await backend.close();
  }
}

function asError(diagnostics: readonly { readonly code: string; readonly message: string }[]): Error {
  return new Error(diagnostics.map((each) => `${each.code} ${each.message}`).join('\n'));
}

// ---- what differs ----------------------------------------------------------------------------------------------

/** Each difference in a line of its own; none: all is as expected. */
export function differences(result: Result, { lines, kpis }: Expected): readonly string[] {
  const keys = new Set([...lines, ...kpis].map((row) => `${row.person} ${row.period}`));
  return [...keys].flatMap((key) => {
    const isOf = (row: Row): boolean => `${row.person} ${row.period}` === key;
    const statement = result.statements.find((each) => `${each.person} ${each.period}` === key);
    if (!statement) return [`${key}: no statement`];
    const wanted = lines.filter(isOf);
    const found = [
      ...(wanted.length > 0 ? payDifferences(statement, wanted) : []),
      ...kpis.filter(isOf).flatMap((row) => kpiDifferences(statement, row)),
    ];
    return found.map((each) => `${key}: ${each}`);
  });
}

function payDifferences(statement: Statement, wanted: readonly Row[]): readonly string[] {
  const paid = new Map<string, string>([['pay', statement.pay]]);
  for (const role of statement.roles)
    for (const line of role.lines) paid.set(nameOf(statement, role, line), line.amount);
  for (const line of statement.lines ?? []) {
    const from = line.kind === 'due' ? ` from ${line.period}` : '';
    const whose = /^(floor|cap|draw|excess)$/.test(line.kind) ? `${line.role ?? 'all'}.` : '';
    paid.set(`${whose}${line.name}${from}`, line.amount);
  }
  const named = new Set(wanted.map((row) => row.line!));
  const unseen = [...paid].filter(([name, amount]) => name !== 'pay' && !named.has(name) && amount !== '0');
  for (const { kind, after } of statement.balances ?? []) paid.set(kind === 'draw' ? 'owed' : 'kept', after);
  for (const { currency, amount } of statement.paid ?? []) paid.set(`pay ${currency}`, amount);
  return [
    ...wanted.flatMap(({ line, amount }) => differ(line!, amount!, paid.get(line!))),
    ...unseen.map(([name, amount]) => `${name}: not expected, found ${amount}`),
  ];
}

function nameOf(statement: Statement, role: RoleStatement, line: PayLine): string {
  const name = line.period === statement.period ? line.name : `${line.name} ${line.period}`;
  return statement.roles.length > 1 ? `${role.role}.${name}` : name;
}

function kpiDifferences(statement: Statement, row: Row): readonly string[] {
  const dot = row.kpi!.indexOf('.');
  const role =
    dot < 0 ? statement.roles[0]! : statement.roles.find((each) => each.role === row.kpi!.slice(0, dot));
  const name = row.kpi!.slice(dot + 1);
  const line = role?.kpis.find((each) => each.kpi === name);
  if (!role || (!line && name !== 'score')) return [`${row.kpi}: no such KPI`];
  const found = { actual: role.score?.value.value, ...(line ? valuesOf(line) : {}) };
  return (['actual', 'target', 'attainment'] as const).flatMap((column) =>
    row[column] === undefined || row[column] === ''
      ? []
      : differ(`${column} of ${row.kpi}`, row[column], (found as Row)[column] ?? 'missing'),
  );
}

function valuesOf({ actual, target, attainment }: KpiLine) {
  const rest = attainment === 'top' ? 'top' : attainment?.value;
  return {
    actual: actual.value ?? undefined,
    target: target?.value ?? undefined,
    attainment: rest ?? undefined,
  };
}

function differ(what: string, expected: string, found: string | undefined): readonly string[] {
  const [wanted, value] = [parseExact(expected), found === undefined ? undefined : parseExact(found)];
  const same = wanted && value ? equals(wanted, value) : expected === found;
  return same ? [] : [`${what}: expected ${expected}, found ${found ?? 'nothing'}`];
}

// ---- plans that somebody got wrong -----------------------------------------------------------------------------

/** The files of plans that are wrong, with the codes that each says are found in it. */
export async function readWrong(
  folder: string,
): Promise<readonly { readonly file: string; readonly text: string; readonly codes: readonly string[] }[]> {
  const files = (await readdir(folder)).filter((name) => /^wrong-.*\.merit$/.test(name)).sort();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      return { file, text, codes: text.split('\n')[0]!.match(/M\d{4}/g) ?? [] };
    }),
  );
}
