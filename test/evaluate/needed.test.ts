// What few policies are paid by is loaded by the run that takes it, and by no other.

import { readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { openBackend, run } from '../../src/node.ts';
import { readCase, readExpected } from '../cases/run-case.ts';

const CASES = [
  ['E01-marginal-position', false],
  ['E41-pool', true],
  ['E44-recoverable-draw', true],
  ['E33-cost-scores', true],
  ['E29-local-or-own-currency', true],
] as const;

test.each(CASES)('%s: loaded for it: %s', async (name, isTaken) => {
  const folder = `test/cases/${name}`;
  const { model, sources } = await readCase(folder);
  const { periods: period } = await readExpected(folder);
  const held = await run({ model, sources, period }, await openBackend('memory', sources));
  // modules of this test alone, in which nothing has been asked for
  vi.resetModules();
  const engine = await import('../../src/engine.ts');
  const { createMemoryBackend } = await import('../../src/backend/memory.ts');
  const { seldomPaid, takesSeldomPaid } = await import('../../src/evaluate/needed.ts');
  const { value } = await engine.run({ model, sources, period }, createMemoryBackend({ readFile }));
  expect(value?.statements).toEqual(held.value?.statements);
  expect(value?.statements.length).toBeGreaterThan(0);
  expect(takesSeldomPaid({ model })).toBe(isTaken);
  if (isTaken) expect(seldomPaid()).toBeDefined();
  else expect(seldomPaid).toThrow('not loaded');
});

test('tests of a policy load it too', async () => {
  vi.resetModules();
  const { compile, needForms, runTests } = await import('../../src/browser-engine.ts');
  const sources = [{ name: 'p.merit', text: TESTED }];
  await needForms(sources);
  const { value: model, diagnostics } = compile(sources);
  expect(diagnostics).toEqual([]);
  const { passed, tests } = await runTests(model!);
  expect([passed, tests.flatMap((each) => each.faults)]).toEqual([1, []]);
});

// nothing is earned, so that all of 100 is the draw's
const TESTED = `policy p {
  currency RUB
  timezone "UTC"
  period month
  rounding half up to 0.01
  effective from 2026-01-01
}
role seller {
  draw 100 RUB per month
}
test "nothing sold" {
  person anna { role seller }
  expect anna in 2026-01 { pay is 100 RUB }
}
`;
