import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { exact, exactText } from '../../src/base/exact.ts';
import type { KpiLine } from '../../src/model/kpi-lines.ts';
import type { Result, Statement } from '../../src/model/result.ts';
import { checkTargets } from '../target-arithmetic.ts';
import { runExample } from './run-example.ts';

const folder = fileURLToPath(new URL('../../examples/whole-language', import.meta.url));
const expected = readExpected(readFileSync(`${folder}/expected.csv`, 'utf8'));

describe('the policy of the language’s page over 2026', () => {
  let memory: Result;
  let duckdb: Result;
  let yaml: Result;
  beforeAll(async () => {
    const policy = `${folder}/policy.merit.yaml`;
    memory = await runExample({ folder, period: '2026', backend: 'memory' });
    duckdb = await runExample({ folder, period: '2026', backend: 'duckdb' });
    yaml = await runExample({ folder, policy, period: '2026', backend: 'duckdb' });
  });

  it('gives every figure of expected.csv and none besides, from both backends and both forms', () => {
    expect(expected.size).toBeGreaterThan(1000);
    for (const result of [memory, duckdb, yaml]) expect(figuresOf(result)).toEqual(expected);
  });

  it('gives the same from both backends, down to the last word', () => {
    const plain = (result: Result) => ({ ...result, engine: undefined });
    expect(plain(duckdb)).toEqual(plain(memory));
  });

  // what goes on from month to month: debts of draws, streaks, points, levels, a role that ended
  it.each(['2026-01..2026-06', '2026-04', '2026-11..2026-12'])(
    'gives the same for %s alone',
    async (period) => {
      const alone = await runExample({ folder, period, backend: 'memory' });
      const same = memory.statements.filter((each) => alone.periods.includes(each.period));
      expect(alone.statements).toEqual(same);
    },
  );

  it('accounts for every target to the last digit', () => {
    const { line = 0, days = 0, periods = 0 } = checkTargets(memory);
    expect(Math.min(line, days, periods)).toBeGreaterThan(20);
  });

  it('says what became of a deal of one who has left', () => {
    const deals = memory.control.find((each) => each.source === 'deal')!;
    const [left] = deals.filtered.filter(({ reason }) => reason === 'nobody in a role that day');
    expect(left!.totals.rows).toBe(1);
  });
});

/** Figures by `period person figure`. */
function readExpected(csv: string): ReadonlyMap<string, string> {
  const [, ...rows] = csv.trim().split('\n');
  return new Map(
    rows.map((row) => {
      const [period, person, figure, value] = row.split(',');
      return [`${period} ${person} ${figure}`, sameText(value!)];
    }),
  );
}

function figuresOf({ statements, company }: Result): ReadonlyMap<string, string> {
  const all = [
    ...statements.flatMap((each) =>
      figuresIn(each).map(([figure, value]) => [`${each.period} ${each.person} ${figure}`, value] as const),
    ),
    ...company.flatMap(({ period, kpis }) =>
      kpisIn(kpis).map(([figure, value]) => [`${period} (company) ${figure}`, value] as const),
    ),
  ];
  const found = new Map(all.map(([key, value]) => [key, value === null ? 'missing' : sameText(value)]));
  expect(found.size).toBe(all.length);
  return found;
}

type Figure = readonly [name: string, value: string | null];

function kpisIn(kpis: readonly KpiLine[]): readonly Figure[] {
  return kpis.flatMap(({ kpi, actual, target }): readonly Figure[] => [
    [kpi, actual.value],
    ...(target ? [[`${kpi} target`, target.value] as const] : []),
  ]);
}

function figuresIn(statement: Statement): readonly Figure[] {
  const { period, roles, lines = [], awards = [], points, balances = [], kept = [], levels = [] } = statement;
  const over = (of: string): string => (of === period ? '' : ` ${of}`);
  return [
    ['pay', statement.pay],
    ...roles.flatMap(({ role, lines, kpis, score }) => [
      ...lines.map((each) => [`${role}.${each.name}${over(each.period)}`, each.amount] as const),
      ...kpisIn(kpis).map(([name, value]) => [`${role}.${name}`, value] as const),
      ...(score ? [[`${role} score`, score.value.value] as const] : []),
    ]),
    ...lines.map((each) => [each.name, each.amount] as const),
    ...awards
      .filter((each) => each.won)
      .map(
        ({ award, sharing = 1 }) => [`award ${award}`, sharing > 1 ? `won by ${sharing}` : 'won'] as const,
      ),
    ...(points && points.balance !== '0'
      ? [['points gained', points.gained] as const, ['points in all', points.balance] as const]
      : []),
    ...balances.map((each) => ['owed of draws', each.after] as const),
    ...kept.map((each) => [`${each.kind} of ${each.period}`, each.award] as const),
    ...levels.flatMap(({ level, since }) => (since ? [[`level ${level}`, `since ${since}`] as const] : [])),
  ];
}

/** One way to write a figure: `8000.00` is `8000`; other text as it is. */
function sameText(value: string): string {
  return /^-?\d/.test(value) ? exactText(exact(value)) : value;
}
