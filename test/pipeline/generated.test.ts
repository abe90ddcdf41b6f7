// Whole policies over raw data, by chance: both forms are one policy, both engines give one result, and what must hold
// of every result does.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { createDuckDbBackend } from '../../src/backend/duckdb.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { dayText, parseDay } from '../../src/base/date.ts';
import { add, exact, exactText, parseExact, ZERO } from '../../src/base/exact.ts';
import { compile, run } from '../../src/engine.ts';
import type { RowTotals, SourceSpec } from '../../src/model/dataset.ts';
import type { FigureValue } from '../../src/model/inputs.ts';
import type { KpiLine } from '../../src/model/kpi-lines.ts';
import type { Model } from '../../src/model/policy.ts';
import type { Result } from '../../src/model/result.ts';
import { type Draw, drawFrom } from '../backend/draw.ts';
import { generatedRuns } from '../runs.ts';
import { checkTargets } from '../target-arithmetic.ts';
import { csvText, type GeneratedData, generateData, type Rows, SOURCES } from './generated-data.ts';
import { FEATURE_NAMES } from './generated-features.ts';
import { generatePolicy } from './generated-policy.ts';
import { printText, printYaml } from './print-policy.ts';

const RUNS = generatedRuns(25);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merit-pipeline-'));
});
afterAll(() => rm(folder, { recursive: true }));

// ---- policies ------------------------------------------------------------------------------------------------

function modelFrom(...files: readonly { readonly name: string; readonly text: string }[]): Model {
  const { value, diagnostics } = compile(files);
  const errors = diagnostics.filter((each) => each.severity === 'error');
  if (!value || errors.length > 0) {
    const texts = files.map((each) => each.text).join('\n');
    throw new Error(`${errors.map((each) => `${each.code} ${each.message}`).join('\n')}\n${texts}`);
  }
  return value;
}

/** The same policy in two files, the one with its KPIs and roles first. */
function inTwoFiles(text: string): Model {
  const half = text.indexOf('\nkpi ') + 1;
  return modelFrom(
    { name: 'rules.merit', text: text.slice(half) },
    { name: 'data.merit', text: text.slice(0, half) },
  );
}

/** A Model without the places that it was read from. */
function meaning(model: Model): unknown {
  const { sources: _, ...rest } = model;
  return JSON.parse(JSON.stringify(rest, (key, value) => (key === 'span' ? undefined : value)));
}

const PERIODS: Readonly<Record<string, readonly string[]>> = {
  month: ['2026-01', '2026-02', '2026-03', '2026-01..2026-03', '2025-12..2026-06'],
  quarter: ['2026-Q1', '2026', '2025-Q4..2026-Q2'],
  week: ['2026-W01', '2026-W05..2026-W10', '2025-W50..2026-W03'],
  retail: ['retail-2026-01', 'retail-2026-01..retail-2026-03', 'retail-2025-10..retail-2026-02'],
};

// ---- runs ----------------------------------------------------------------------------------------------------

interface Case {
  readonly model: Model;
  readonly period: string;
  readonly data: GeneratedData;
  readonly asKnownOn?: number;
  /** Who holds two roles has an event in each of them, and a team has it once. */
  readonly inEveryRole: boolean;
}

function generateCase(
  draw: Draw,
  features: readonly string[],
): Case & { readonly yaml: Model; readonly inFiles: Model } {
  const policy = generatePolicy(draw, features);
  const text = printText(policy);
  const model = modelFrom({ name: 'policy.merit', text });
  return {
    model,
    yaml: modelFrom({ name: 'policy.merit.yaml', text: printYaml(policy) }),
    inFiles: inTwoFiles(text),
    period: draw.pick(PERIODS[model.grain.includes(' of ') ? 'retail' : model.grain]!),
    data: generateData(draw),
    inEveryRole: policy.credits.some(({ lines }) => lines.some((line) => line.includes('in every role'))),
    ...(features.includes('known times') &&
      draw.rarely(2) && { asKnownOn: parseDay(`2026-0${draw.int(1, 5)}-${draw.int(10, 28)}`)! }),
  };
}

function spec(name: string, content: SourceSpec['content']): SourceSpec {
  return { name, file: name, format: 'csv', content, columns: new Map(), constants: new Map(), dialect: {} };
}

async function runOver({ model, period, asKnownOn }: Case, backend: Backend, sources: readonly SourceSpec[]) {
  const known = asKnownOn === undefined ? {} : { asKnownOn };
  try {
    const given = { model, sources, period, allowRejects: true, ...known };
    const { value, diagnostics } = await run(given, backend);
    return { result: value && { ...value, engine: undefined }, diagnostics };
  } finally {
    await backend.close();
  }
}

function overMemory(one: Case, order: readonly (typeof SOURCES)[number][] = SOURCES) {
  const sources = order.map((name) => spec(name, { kind: 'text', text: csvText(one.data[name]) }));
  // by columns, though so few rows are read plainly by themselves
  return runOver(one, createMemoryBackend({ readFile, columnsFrom: 0 }), sources);
}

async function overDuckDb(one: Case, at: number) {
  const paths = SOURCES.map((name) => join(folder, `${at}-${name}.csv`));
  await Promise.all(SOURCES.map((name, index) => writeFile(paths[index]!, csvText(one.data[name]))));
  const sources = SOURCES.map((name, index) => spec(name, { kind: 'file', path: paths[index]! }));
  const found = await runOver(one, await createDuckDbBackend({ readFile, paths, threads: 2 }), sources);
  await Promise.all(paths.map((path) => rm(path)));
  return found;
}

// ---- what must hold of every result --------------------------------------------------------------------------

type Outcome = Pick<Result, 'statements' | 'groups' | 'company' | 'control'>;

function sum(amounts: readonly string[]): string {
  return exactText(amounts.map(exact).reduce(add, ZERO));
}

function checkResult(result: Outcome, { data, inEveryRole }: Case): void {
  for (const statement of result.statements) {
    for (const role of statement.roles) expect(sum(role.lines.map((line) => line.amount))).toBe(role.total);
    const ofPerson = (statement.lines ?? []).map((line) => line.amount);
    expect(sum([...statement.roles.map((role) => role.total), ...ofPerson])).toBe(statement.pay);
  }
  for (const { all, used, filtered, rejected } of result.control) {
    const parts: readonly RowTotals[] = [
      used,
      ...filtered.map((each) => each.totals),
      ...rejected.map((each) => each.totals),
    ];
    expect(parts.reduce((rows, each) => rows + each.rows, 0)).toBe(all.rows);
    for (const { field, sum: whole } of all.sums) {
      const sums = parts.flatMap((each) =>
        each.sums.filter((one) => one.field === field).map((one) => one.sum),
      );
      expect(sum(sums)).toBe(whole);
    }
  }
  checkNumbers(result);
  checkTargets(result);
  if (!inEveryRole) checkTeams(result, data.person);
}

/** Every figure is exact text that reads back. */
function checkNumbers(value: unknown): void {
  if (Array.isArray(value)) value.forEach(checkNumbers);
  else if (typeof value === 'number') expect(Number.isSafeInteger(value)).toBe(true);
  else if (typeof value === 'object' && value !== null) {
    if (
      isFigure(value) &&
      ['number', 'percent', 'money', 'duration'].includes(value.type.kind) &&
      value.value !== null
    )
      expect(exactText(parseExact(value.value)!)).toBe(value.value);
    for (const [key, each] of Object.entries(value)) {
      if (
        ['amount', 'computed', 'total', 'pay', 'weight', 'score', 'points'].includes(key) &&
        typeof each === 'string'
      )
        expect(exactText(parseExact(each)!)).toBe(each);
      checkNumbers(each);
    }
  }
}

function isFigure(value: object): value is FigureValue {
  return 'value' in value && 'type' in value;
}

/** Where everybody has a team on every day, teams have together what their people have. */
function checkTeams(result: Outcome, [heading, ...people]: Rows): void {
  const team = heading!.indexOf('team');
  if (people.some((row) => row[team] === '')) return;
  for (const { period } of result.company) {
    const own = result.statements
      .filter((each) => each.period === period)
      .flatMap((each) => each.roles.map((role) => actualOf(role.kpis, 'all_deals')));
    const teams = result.groups
      .filter((each) => each.period === period && each.attribute === 'team')
      .map((each) => actualOf(each.kpis, 'all_deals[team]'));
    expect(sum(teams)).toBe(sum(own));
  }
}

function actualOf(lines: readonly KpiLine[], kpi: string): string {
  return lines.find((each) => each.kpi === kpi)!.actual.value!;
}

// ---- changes that change nothing -----------------------------------------------------------------------------

function shuffled(draw: Draw, [heading, ...rows]: Rows): Rows {
  const rest = [...rows];
  const mixed: (readonly string[])[] = [];
  while (rest.length > 0) mixed.push(...rest.splice(draw.int(0, rest.length - 1), 1));
  return [heading!, ...mixed];
}

/** Each row of more than one day cut in two that say the same, now and then. */
function split(draw: Draw, [heading, ...rows]: Rows): Rows {
  const [from, until] = [heading!.indexOf('from'), heading!.indexOf('until')];
  const cut = rows.flatMap((row) => {
    const start = parseDay(row[from]!) ?? parseDay('2026-01-01')!;
    const end = parseDay(row[until]!) ?? parseDay('2026-03-31')!;
    if (end <= start || draw.rarely(3)) return [row];
    const day = draw.int(start, end - 1);
    return [row.with(until, dayText(day)), row.with(from, dayText(day + 1))];
  });
  return [heading!, ...cut];
}

function during(result: Outcome, period: string): Outcome {
  const isOf = (each: { readonly period: string }) => each.period === period;
  return {
    ...result,
    statements: result.statements.filter(isOf),
    groups: result.groups.filter(isOf),
    company: result.company.filter(isOf),
  };
}

/** Whether a feature's bonus paid anything. */
function hasWorked(result: Outcome, feature: string): boolean {
  const bonus = `b_${feature.replaceAll(/[^a-z]+/g, '_')}_`;
  const lines = result.statements.flatMap((each) => each.roles.flatMap((role) => role.lines));
  return lines.some((line) => line.name.startsWith(bonus) && line.amount !== '0');
}

/** Figures without the numbers of rows in the files. */
function withoutRows(result: Outcome | undefined): unknown {
  const plain = JSON.stringify(figuresOf(result) ?? null);
  // nor does an account of a target have to say days together that other rows say apart
  const omitted = ['row', 'targetAccount', 'upToAccount'];
  return JSON.parse(plain, (key, value) => (omitted.includes(key) ? undefined : value));
}

function figuresOf(result: Outcome | undefined) {
  return result && { statements: result.statements, groups: result.groups, company: result.company };
}

/** Control totals of events: what becomes of rows doesn't depend on their order, and neither do shares. */
function ofEvents(result: Outcome | undefined) {
  return result?.control.filter((each) => each.source === 'deal' || each.source === 'call');
}

test('both forms are one policy, both engines give one result, and it holds together', async () => {
  let at = 0;
  const waiting = [...FEATURE_NAMES];
  let results = 0;
  let tooLarge = 0;
  const drawn = new Map<string, number>();
  const worked = new Map<string, number>();
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    const draw = drawFrom(gen);
    const inTurn = waiting.slice(0, 4);
    const features = [...new Set([...inTurn, ...draw.list(0, 4, () => draw.pick(FEATURE_NAMES))])];
    const one = generateCase(draw, features);
    expect(meaning(one.yaml)).toEqual(meaning(one.model));
    expect(meaning(one.inFiles)).toEqual(meaning(one.model));

    const memory = await overMemory(one);
    const duckdb = await overDuckDb(one, at++);
    // a share such as 1/30 that a measure reads has no end in decimals
    if (duckdb.diagnostics.some((each) => each.code === 'M3010')) {
      tooLarge++;
      return;
    }
    expect(duckdb).toEqual(memory);
    if (!memory.result) return;
    results++;
    // those of a run without a result stay next
    waiting.push(...waiting.splice(0, inTurn.length));
    for (const each of features) {
      drawn.set(each, (drawn.get(each) ?? 0) + 1);
      if (hasWorked(memory.result, each)) worked.set(each, (worked.get(each) ?? 0) + 1);
    }
    checkResult(memory.result, one);

    const { data } = one;
    const person = split(draw, shuffled(draw, data.person));
    const moved: GeneratedData = {
      person,
      deal: shuffled(draw, data.deal),
      payment: shuffled(draw, data.payment),
      call: shuffled(draw, data.call),
      quota: shuffled(draw, data.quota),
      plans: shuffled(draw, data.plans),
      exchange: shuffled(draw, data.exchange),
      absence: shuffled(draw, data.absence),
    };
    const again = await overMemory({ ...one, data: moved }, SOURCES.toReversed());
    expect(withoutRows(again.result)).toEqual(withoutRows(memory.result));
    expect(ofEvents(again.result)).toEqual(ofEvents(memory.result));
    expect(await overDuckDb({ ...one, data: moved }, at++)).toEqual(again);

    // a period alone says what it says among others
    const alone = draw.pick(memory.result.periods);
    const only = await overMemory({ ...one, period: alone });
    expect(figuresOf(only.result)).toEqual(figuresOf(during(memory.result, alone)));
  });
  // a failing case is replayed by its seed; making it smaller would run both engines hundreds of times
  await fc.assert(property, { ...RUNS, endOnFailure: true });
  expect(results).toBeGreaterThan(RUNS.numRuns / 2);
  expect(tooLarge).toBeLessThan(RUNS.numRuns / 4);
  const never = (counts: ReadonlyMap<string, number>) => FEATURE_NAMES.filter((each) => !counts.has(each));
  if (RUNS.numRuns >= 25) expect(never(drawn)).toEqual([]);
  if (RUNS.numRuns >= 100) expect(never(worked)).toEqual([]);
}, 3_600_000);
