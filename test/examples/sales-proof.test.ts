// The sales department's own tests: they pass in both forms, take every decision, and notice every change of the policy that
// isn't proved to pay the same. A usual run tries some of the changes, `MERIT_RUNS` all of them.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { compile } from '../../src/engine.ts';
import type { Model } from '../../src/model/policy.ts';
import { coverageOf, createHeard, runTests } from '../../src/node.ts';
import { judge, mutationReport, subjectOf } from '../../src/prove/mutation.ts';

const folder = fileURLToPath(new URL('../../examples/sales-department', import.meta.url));

function modelFrom(name: string): Model {
  const { value, diagnostics } = compile([{ name, text: readFileSync(`${folder}/${name}`, 'utf8') }]);
  if (!value) throw new Error(diagnostics.map((each) => `${each.code} ${each.message}`).join('\n'));
  return value;
}

const MODEL = modelFrom('policy.merit');

describe("the sales department's tests", () => {
  it('pass in both forms', async () => {
    const text = await runTests(MODEL);
    const yaml = await runTests(modelFrom('policy.merit.yaml'));
    const results = (report: typeof text) =>
      report.tests.map((each) => [each.name, each.conditions, each.passed]);
    expect(text.failed).toBe(0);
    expect(results(yaml)).toEqual(results(text));
  });

  it('take every decision', async () => {
    const heard = createHeard();
    await runTests(MODEL, { decided: (_, decision) => heard.decided(decision) });
    const { uncovered, percent } = coverageOf([MODEL], heard);
    expect(uncovered.map((each) => each.name)).toEqual([]);
    expect(percent).toBe(100);
  });

  it('notice every change that is not proved to pay the same', async () => {
    const openBackend = (watch: object) =>
      createMemoryBackend({
        readFile: (path) => {
          throw new Error(`no file ${path} here`);
        },
        ...watch,
      });
    const { subject, failed } = await subjectOf(MODEL, { tests: MODEL.tests, openBackend });
    expect(failed).toEqual([]);
    expect(subject.mutants.length).toBeGreaterThan(300);
    const chosen = subject.mutants.filter((_, at) => process.env.MERIT_RUNS !== undefined || at % 3 === 0);
    const judgements = new Map();
    for (const mutant of chosen) judgements.set(mutant.id, await judge(subject, mutant));
    const { mutants, counts } = mutationReport(MODEL, chosen, judgements);
    expect(mutants.filter((each) => each.outcome.kind === 'survived').map((each) => each.id)).toEqual([]);
    expect(counts.killed).toBeGreaterThan(chosen.length / 2);
  }, 600_000);
});
