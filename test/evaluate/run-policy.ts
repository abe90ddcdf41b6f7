// Runs a small policy over inline CSV text on the memory backend, and reads statements: what tests of the evaluate
// stage are written with.

import { expect } from 'vitest';
import { createDuckDbBackend } from '../../src/backend/duckdb.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { parseDay } from '../../src/base/date.ts';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { compile, run } from '../../src/engine.ts';
import type { SourceSpec } from '../../src/model/dataset.ts';
import type { KpiLine } from '../../src/model/kpi-lines.ts';
import type { PayLine } from '../../src/model/pay-lines.ts';
import type { Model } from '../../src/model/policy.ts';
import type { Result, RoleStatement, Statement } from '../../src/model/result.ts';

/** A run's parts: the policy without its head, the period, and CSV text by `people`, event or table. */
export interface SmallRun {
  /** Lines of the policy's head that replace the usual ones; by default a monthly policy in RUB. */
  readonly head?: string;
  readonly policy: string;
  readonly people: string;
  readonly period: string;
  readonly data?: Readonly<Record<string, string>>;
  /** CSV text of absences, where there are any. */
  readonly absences?: string;
  readonly allowRejects?: boolean;
  /** What reads the data; memory unless said. */
  readonly backend?: 'memory' | 'duckdb';
  /** The policy's time zone, by default Moscow's. */
  readonly zone?: string;
  /** As of which day, `2026-03-31`. */
  readonly asKnownOn?: string;
}

const HEAD = 'period month';

/** The Model of policy text, which must check. */
export function modelOf(text: string): Model {
  const { value, diagnostics } = compile([{ name: 'policy.merit', text }]);
  const errors = diagnostics.filter((each) => each.severity === 'error');
  expect(errors.map((each) => `${each.code} ${each.message} (${each.help ?? ''})`)).toEqual([]);
  return value!;
}

/** The text of a source as a `SourceSpec`; trailing spaces of lines are dropped, so that CSV can be indented. */
export function csvSource(name: string, text: string): SourceSpec {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    name,
    file: `${name}.csv`,
    format: 'csv',
    content: { kind: 'text', text: `${lines.join('\n')}\n` },
    columns: new Map(),
    constants: new Map(),
    dialect: {},
  };
}

/** The outcome of a run, with what it had to say. */
export async function tryPolicy(
  small: SmallRun,
): Promise<{ readonly result: Result | undefined; readonly diagnostics: readonly Diagnostic[] }> {
  const head = `policy small { currency RUB\n timezone "${small.zone ?? 'Europe/Moscow'}"\n ${small.head ?? HEAD} }\n`;
  const model = modelOf(head + small.policy);
  const sources = [
    csvSource('person', small.people),
    ...[...model.events, ...model.tables].map(({ name, fields }) =>
      csvSource(name, small.data?.[name] ?? fields.map((each) => each.name).join(',')),
    ),
    ...(small.absences === undefined ? [] : [csvSource('absence', small.absences)]),
  ];
  const readFile = () => {
    throw new Error('no files here');
  };
  const backend =
    small.backend === 'duckdb'
      ? await createDuckDbBackend({ readFile, paths: [], threads: 1 })
      : createMemoryBackend({ readFile });
  const { period, allowRejects = false, asKnownOn } = small;
  const known = asKnownOn === undefined ? {} : { asKnownOn: parseDay(asKnownOn)! };
  try {
    const { value, diagnostics } = await run({ model, sources, period, allowRejects, ...known }, backend);
    return { result: value, diagnostics };
  } finally {
    await backend.close();
  }
}

/** The result of a run that must go through on both backends, with one outcome. */
export async function runOnBoth(small: SmallRun): Promise<Result> {
  const memory = await runPolicy({ ...small, backend: 'memory' });
  const { engine, ...duckdb } = await runPolicy({ ...small, backend: 'duckdb' });
  const { engine: _, ...judged } = memory;
  expect(duckdb).toEqual(judged);
  expect(engine.backend).toBe('duckdb');
  return memory;
}

/** Begins before `since`; leads in a circle; a first row long after `since`; references to nothing: small runs are about other things. */
const MAY_BE_SAID: ReadonlySet<string> = new Set(['M3007', 'M3040', 'M3043', 'M2124']);

/** The result of a run that must go through; some warnings may be said. */
export async function runPolicy(small: SmallRun): Promise<Result> {
  const { result, diagnostics } = await tryPolicy(small);
  const others = diagnostics.filter((each) => !MAY_BE_SAID.has(each.code));
  expect(others.map((each) => `${each.code} ${each.message}`)).toEqual([]);
  return result!;
}

export function statementOf(result: Result, person: string, period: string): Statement {
  const found = result.statements.find((each) => each.person === person && each.period === period);
  if (!found) throw new Error(`no statement of ${person} in ${period}`);
  return found;
}

/** A person's only role, or the one of that name. */
export function roleOf(result: Result, person: string, period: string, role?: string): RoleStatement {
  const { roles } = statementOf(result, person, period);
  const found = role === undefined ? roles : roles.filter((each) => each.role === role);
  expect(found.length).toBe(1);
  return found[0]!;
}

/** Amounts of pay lines by name; a line over a longer grain is `name 2026-Q1`. */
export function amounts(role: RoleStatement, period: string): Readonly<Record<string, string>> {
  const key = (line: PayLine) => (line.period === period ? line.name : `${line.name} ${line.period}`);
  return Object.fromEntries(role.lines.map((line) => [key(line), line.amount]));
}

/** The line of a KPI; of a group or the company, the one in their scope. */
export function kpiOf(lines: readonly KpiLine[], kpi: string): KpiLine {
  const found =
    lines.find((each) => each.kpi === kpi) ?? lines.find((each) => each.kpi.startsWith(`${kpi}[`));
  if (!found) throw new Error(`no line for ${kpi} among ${lines.map((each) => each.kpi).join(', ')}`);
  return found;
}

/** What a KPI line says, in short: actual, target, attainment. */
export function facts(lines: readonly KpiLine[], kpi: string): readonly (string | null | undefined)[] {
  const { actual, target, attainment } = kpiOf(lines, kpi);
  return [actual.value, target?.value, attainment === 'top' ? 'top' : attainment?.value];
}
