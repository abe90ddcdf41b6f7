// Two engines, one answer, where rows look at those of other events and at people: generated policies of two events.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { createDuckDbBackend } from '../../src/backend/duckdb.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { RunError } from '../../src/base/diagnostic.ts';
import { bindColumns } from '../../src/input/bind.ts';
import { dayRange } from '../../src/query/make-queries.ts';
import { generatedRuns } from '../runs.ts';
import { drawFrom } from './draw.ts';
import { generateOthers, type OthersCase } from './generated-others.ts';

const RUNS = generatedRuns(40);

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

test('memory and DuckDB agree on rows that look at others', async () => {
  let tooLarge = 0;
  let withFacts = 0;
  const all = fc.asyncProperty(fc.gen(), async (gen) => {
    const generated = generateOthers(drawFrom(gen));
    const memory = await answers(createMemoryBackend({ readFile }), generated);
    try {
      const duckdb = await answers(await createDuckDbBackend({ readFile, paths: [], threads: 2 }), generated);
      expect(duckdb).toEqual(memory);
      if (memory.facts.some((each) => each.length > 0)) withFacts++;
    } catch (stop) {
      if (!(stop instanceof RunError) || stop.diagnostics[0]?.code !== 'M3010') throw stop;
      tooLarge++;
    }
  });
  await fc.assert(all, {
    ...RUNS,
    endOnFailure: true,
  });
  if (process.env.MERIT_RUNS) console.log({ ...RUNS, tooLarge, withFacts });
  // agreement about nothing would prove nothing
  expect(tooLarge).toBeLessThanOrEqual(Math.ceil(RUNS.numRuns / 5));
  expect(withFacts).toBeGreaterThan(RUNS.numRuns / 2);
}, 3_600_000);
