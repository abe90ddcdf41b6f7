// Every case in this folder: its statements are what was worked out by hand, from memory and from DuckDB.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compile, lint, loadProject, runTests } from '../../src/node.ts';
import { differences, readExpected, readWrong, runCase } from './run-case.ts';

const HERE = import.meta.dirname;
const CASES = readdirSync(HERE, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map((each) => each.name)
  .sort();

test('there are cases', () => {
  expect(CASES.length).toBeGreaterThan(0);
});

describe.each(CASES)('%s', (name) => {
  const folder = join(HERE, name);

  test('has its arithmetic beside it', () => {
    expect(existsSync(join(folder, 'case.md'))).toBe(true);
  });

  test('pays what was worked out by hand', async () => {
    const expected = await readExpected(folder);
    const memory = await runCase(folder, expected.periods, 'memory');
    expect(differences(memory, expected)).toEqual([]);
    const duckdb = await runCase(folder, expected.periods, 'duckdb');
    expect({ ...duckdb, engine: memory.engine }).toEqual(memory);
  });

  test('the tests of the plan itself hold', async () => {
    const { value: project } = await loadProject(join(folder, 'policy.merit'));
    const { tests } = await runTests(compile(project!.policy).value!);
    expect(tests.filter((each) => !each.passed)).toEqual([]);
  });

  test('the plan as it was got wrong is found out', async () => {
    for (const { file, text, codes } of await readWrong(folder)) {
      const { value, diagnostics } = compile([{ name: file, text }]);
      const lints = value ? lint(value) : [];
      const found = new Set([...diagnostics, ...lints].map((each) => each.code));
      expect([file, ...codes.filter((each) => !found.has(each))]).toEqual([file]);
      expect(codes.length).toBeGreaterThan(0);
    }
  });
});
