import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { add, exact, exactText, ZERO } from '../../src/base/exact.ts';
import type { Result } from '../../src/model/result.ts';
import { checkTargets } from '../target-arithmetic.ts';
import { differences, type ExpectedStatement } from './expectations.ts';
import { runExample } from './run-example.ts';

const folder = fileURLToPath(new URL('../../examples/sales-department', import.meta.url));
const expected: readonly ExpectedStatement[] = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8'));

describe('the sales department over 2026', () => {
  let duckdb: Result;
  let memory: Result;
  beforeAll(async () => {
    duckdb = await runExample({ folder, period: '2026', backend: 'duckdb' });
    memory = await runExample({ folder, period: '2026', backend: 'memory' });
  });

  it('has at least three people worked by hand', () => {
    expect(new Set(expected.map((each) => each.person)).size).toBeGreaterThanOrEqual(3);
  });

  it('gives what case.md works out by hand, from memory and from DuckDB', () => {
    expect(differences(memory, expected)).toEqual([]);
    expect(differences(duckdb, expected)).toEqual([]);
  });

  it('gives the same from both backends, down to the last figure', () => {
    const plain = (result: Result) => ({ ...result, engine: undefined });
    expect(plain(duckdb)).toEqual(plain(memory));
  });

  it('gives the same from the YAML form', async () => {
    const yaml = await runExample({
      folder,
      policy: `${folder}/policy.merit.yaml`,
      period: '2026',
      backend: 'memory',
    });
    const figures = (result: Result) => ({
      statements: result.statements,
      groups: result.groups,
      company: result.company,
    });
    expect(withoutFormulas(figures(yaml))).toEqual(withoutFormulas(figures(memory)));
  });

  it('accounts for every target to the last digit', () => {
    const { line = 0, days = 0, periods = 0, people = 0 } = checkTargets(memory);
    expect(Math.min(line, days, periods, people)).toBeGreaterThan(20);
  });

  it('adds lines up to roles and roles up to pay', () => {
    const sum = (amounts: readonly string[]) => exactText(amounts.map(exact).reduce(add, ZERO));
    for (const statement of memory.statements) {
      for (const role of statement.roles) expect(sum(role.lines.map((line) => line.amount))).toBe(role.total);
      expect(sum(statement.roles.map((role) => role.total))).toBe(statement.pay);
    }
    expect(memory.statements.length).toBeGreaterThan(200);
  });
});

/** A formula's words differ in layout between the forms, and the lines of targets in their words too. */
function withoutFormulas(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, part) => {
      if (part?.kind === 'line' && part.written !== undefined) return { ...part, text: undefined };
      return ['formula', 'text', 'condition'].includes(key) ? String(part).replace(/\s+/g, '') : part;
    }),
  );
}
