// By chance: whatever a policy and its data say, keeping the rows and running over them gives what the files give, and
// what is kept doesn't show in which form, order or hand the files were written.

import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDuckDbBackend } from '../../src/backend/duckdb.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { sourcesOf } from '../../src/closing/replay.ts';
import { snapshotOf } from '../../src/closing/snapshot.ts';
import { compile, run } from '../../src/engine.ts';
import type { SourceSpec } from '../../src/model/dataset.ts';
import type { Snapshot } from '../../src/model/ledger.ts';
import type { Model } from '../../src/model/policy.ts';
import { type Draw, drawFrom } from '../backend/draw.ts';
import { csvText, generateData, type Rows, SOURCES } from '../pipeline/generated-data.ts';
import { FEATURE_NAMES } from '../pipeline/generated-features.ts';
import { generatePolicy } from '../pipeline/generated-policy.ts';
import { printText } from '../pipeline/print-policy.ts';
import { generatedRuns } from '../runs.ts';

const RUNS = generatedRuns(15);

const PERIODS: Readonly<Record<string, string>> = {
  month: '2026-01..2026-03',
  quarter: '2026-Q1..2026-Q2',
  week: '2026-W05..2026-W10',
  retail: 'retail-2026-01..retail-2026-03',
};

interface Case {
  readonly model: Model;
  readonly sources: readonly SourceSpec[];
  readonly period: string;
}

function generateCase(draw: Draw): Case {
  const features = FEATURE_NAMES.filter(() => draw.rarely(4));
  const model = compile([{ name: 'policy.merit', text: printText(generatePolicy(draw, features)) }]).value!;
  const data = generateData(draw);
  const sources = SOURCES.map((name) => sourceOf(name, csvText(data[name])));
  return { model, sources, period: PERIODS[model.grain.includes(' of ') ? 'retail' : model.grain]! };
}

function sourceOf(name: string, text: string, format: SourceSpec['format'] = 'csv'): SourceSpec {
  const content = { kind: 'text' as const, text };
  return { name, file: name, format, content, columns: new Map(), constants: new Map(), dialect: {} };
}

async function kept(model: Model, sources: readonly SourceSpec[]): Promise<Snapshot> {
  const { value, diagnostics } = await snapshotOf(
    { models: [model], sources },
    createMemoryBackend({ readFile }),
  );
  expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
  return value;
}

/** What a run pays; the numbers of rows apart, as kept rows stand in the order of their keys. */
async function paid({ model, period }: Case, sources: readonly SourceSpec[], engine: 'memory' | 'duckdb') {
  const backend =
    engine === 'memory'
      ? createMemoryBackend({ readFile })
      : await createDuckDbBackend({ readFile, paths: [], threads: 2 });
  try {
    const { value, diagnostics } = await run({ model, sources, period, allowRejects: true }, backend);
    const errors = diagnostics.filter((each) => each.severity === 'error').map((each) => each.code);
    const { statements, groups, company } = value ?? {};
    const found = { errors, statements, groups, company };
    return JSON.parse(JSON.stringify(found, (name, part) => (name === 'row' ? undefined : part)));
  } finally {
    await backend.close();
  }
}

test('a run over kept rows pays what the run over the files pays, in both engines', async () => {
  let withPay = 0;
  const all = fc.asyncProperty(fc.gen(), async (gen) => {
    const one = generateCase(drawFrom(gen));
    const snapshot = await kept(one.model, one.sources);
    const again = sourcesOf(snapshot, one.model);
    expect(await kept(one.model, again)).toEqual(snapshot);
    const files = await paid(one, one.sources, 'memory');
    expect(await paid(one, again, 'memory')).toEqual(files);
    expect(await paid(one, again, 'duckdb')).toEqual(await paid(one, one.sources, 'duckdb'));
    if (files.statements?.some((each: { readonly pay: string }) => each.pay !== '0')) withPay++;
  });
  await fc.assert(all, { ...RUNS, endOnFailure: true });
  // agreement about nothing would prove nothing
  expect(withPay).toBeGreaterThan(RUNS.numRuns / 3);
}, 3_600_000);

/** The same rows in another order, as JSON or in other columns. */
function inOtherHands(draw: Draw, rows: Rows, name: string): SourceSpec {
  const [heading = [], ...body] = rows;
  const order = body.map((row) => ({ row, at: draw.int(0, 1000) })).sort((a, b) => a.at - b.at);
  const shuffled = order.map(({ row }) => row);
  if (draw.rarely(2)) return sourceOf(name, csvText([heading, ...shuffled].map((row) => row.toReversed())));
  const objects = shuffled.map((row) => Object.fromEntries(heading.map((field, at) => [field, row[at]!])));
  return sourceOf(name, JSON.stringify(objects), 'json');
}

test('what is kept stands in no order and has no form', async () => {
  const all = fc.asyncProperty(fc.gen(), async (gen) => {
    const draw = drawFrom(gen);
    const features = FEATURE_NAMES.filter(() => draw.rarely(4));
    const model = compile([{ name: 'policy.merit', text: printText(generatePolicy(draw, features)) }]).value!;
    const data = generateData(draw);
    const plain = SOURCES.map((name) => sourceOf(name, csvText(data[name])));
    const other = SOURCES.map((name) => inOtherHands(draw, data[name], name));
    expect(await kept(model, other)).toEqual(await kept(model, plain));
  });
  await fc.assert(all, { ...RUNS, endOnFailure: true });
}, 3_600_000);
