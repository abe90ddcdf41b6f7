// An engine against the judge where rows look at those of other events and at people: generated policies of two events.

import fc from 'fast-check';
import { expect } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { RunError } from '../../src/base/diagnostic.ts';
import { bindColumns } from '../../src/input/bind.ts';
import { dayRange } from '../../src/query/make-queries.ts';
import { drawFrom } from './draw.ts';
import type { Engine } from './engine.ts';
import { generateOthers, type OthersCase } from './generated-others.ts';

const readFile = () => {
  throw new Error('no files here');
};

async function answers(backend: Backend, { model, people, queries, texts }: OthersCase) {
  try {
    await backend.open({ model, people, tables: [] });
    for (const { name, fields } of model.events) {
      const source = {
        name,
        file: name,
        format: 'csv' as const,
        content: { kind: 'text' as const, text: texts.get(name)! },
        columns: new Map(),
        constants: new Map(),
        dialect: {},
      };
      const header = await backend.columns(source);
      const periods = [{ grain: 'year', id: '2026', from: 20454, until: 20819 } as const];
      const posted = dayRange(name, queries, periods);
      await backend.load(name, bindColumns(source, fields, header.value).value, { posted, by: [] });
    }
    const reports = [...(await backend.settle())];
    const facts = [];
    for (const query of queries) facts.push(await backend.facts(query));
    return { reports, facts };
  } finally {
    await backend.close();
  }
}

/** Holds an engine against the judge on so many policies. */
export async function agreeOnOthers(
  engine: Engine,
  runs: fc.Parameters<unknown> & { numRuns: number },
): Promise<void> {
  let tooLarge = 0;
  let withFacts = 0;
  const all = fc.asyncProperty(fc.gen(), async (gen) => {
    const generated = generateOthers(drawFrom(gen));
    const memory = await answers(createMemoryBackend({ readFile }), generated);
    // the two ways in which the judge reads measures
    expect(await answers(createMemoryBackend({ readFile, columnsFrom: 0 }), generated)).toEqual(memory);
    try {
      expect(await answers(await engine.open([]), generated)).toEqual(memory);
      if (memory.facts.some((each) => each.length > 0)) withFacts++;
    } catch (stop) {
      if (!(stop instanceof RunError) || stop.diagnostics[0]?.code !== 'M3010') throw stop;
      tooLarge++;
    }
  });
  await fc.assert(all, { ...runs, endOnFailure: true } as never);
  if (process.env.MERIT_RUNS) console.log({ ...runs, tooLarge, withFacts });
  // agreement about nothing would prove nothing
  expect(tooLarge).toBeLessThanOrEqual(Math.ceil(runs.numRuns / 5));
  expect(withFacts).toBeGreaterThan(runs.numRuns / 2);
}
