// A run over kept rows is the run over the files that they were read from: on every case and example, in both engines.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { sourcesOf } from '../../src/closing/replay.ts';
import { snapshotOf } from '../../src/closing/snapshot.ts';
import type { Snapshot } from '../../src/model/ledger.ts';
import {
  bindData,
  compile,
  loadProject,
  type Model,
  openBackend,
  type Result,
  run,
  type SourceSpec,
} from '../../src/node.ts';
import { readCase, readExpected } from '../cases/run-case.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CASES = join(ROOT, 'test/cases');

type Engine = 'memory' | 'duckdb';

async function kept(model: Model, sources: readonly SourceSpec[], engine: Engine): Promise<Snapshot> {
  const backend = await openBackend(engine, sources);
  try {
    const { value, diagnostics } = await snapshotOf({ models: [model], sources }, backend);
    expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
    return value;
  } finally {
    await backend.close();
  }
}

async function resultOf(
  model: Model,
  { sources, period, engine }: { sources: readonly SourceSpec[]; period: string; engine: Engine },
): Promise<Pick<Result, 'statements' | 'periods'>> {
  const backend = await openBackend(engine, sources);
  try {
    const { value, diagnostics } = await run({ model, sources, period }, backend);
    expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
    // kept rows stand in the order of their keys, so their numbers are others than in the file
    const plain = JSON.stringify(value!, (name, part) => (name === 'row' ? undefined : part));
    const { statements, periods } = JSON.parse(plain);
    return { statements, periods };
  } finally {
    await backend.close();
  }
}

/** What a run over kept rows gives, once it is seen that keeping them again changes nothing. */
async function replayed(
  model: Model,
  { sources, period, engine }: { sources: readonly SourceSpec[]; period: string; engine: Engine },
) {
  const snapshot = await kept(model, sources, engine);
  const again = sourcesOf(snapshot, model);
  expect(await kept(model, again, engine)).toEqual(snapshot);
  return resultOf(model, { sources: again, period, engine });
}

describe.each(
  readdirSync(CASES, { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .map((each) => each.name),
)('%s', (name) => {
  it('pays the same from kept rows', async () => {
    const folder = join(CASES, name);
    const { model, sources } = await readCase(folder);
    const { periods: period } = await readExpected(folder);
    const of = { sources, period, engine: 'memory' as const };
    expect(await replayed(model, of)).toEqual(await resultOf(model, of));
  });
});

describe.each(['sales-department', 'whole-language'])('example %s', (name) => {
  test.each(['memory', 'duckdb'] as const)('pays the same from kept rows, by %s', async (engine) => {
    const { value: project } = await loadProject(join(ROOT, 'examples', name));
    const model = compile(project!.policy).value!;
    const { value: sources } = await bindData(project!, model, {});
    const of = { sources, period: '2026-02..2026-03', engine };
    expect(await replayed(model, of)).toEqual(await resultOf(model, of));
  });
});
