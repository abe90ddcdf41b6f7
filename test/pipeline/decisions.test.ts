// Decisions of generated policies: a run that somebody watches gives the same figures, tells nothing that the list of all
// decisions doesn't have, nothing that can't happen, and the list is the same in both forms.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { RunError } from '../../src/base/diagnostic.ts';
import { atOnce } from '../../src/base/limits.ts';
import { compile, runOver } from '../../src/engine.ts';
import { evaluateRun } from '../../src/evaluate/evaluate.ts';
import { type Gathered, gather } from '../../src/gather.ts';
import type { SourceSpec } from '../../src/model/dataset.ts';
import type { Decided, Decision, DecisionKind } from '../../src/model/decision.ts';
import type { Model } from '../../src/model/policy.ts';
import { coverageOf, createHeard } from '../../src/prove/coverage.ts';
import { decidablesOf, decisionKey } from '../../src/prove/decisions.ts';
import { drawFrom } from '../backend/draw.ts';
import { generatedRuns } from '../runs.ts';
import { csvText, type GeneratedData, generateData, SOURCES } from './generated-data.ts';
import { FEATURE_NAMES } from './generated-features.ts';
import { generatePolicy } from './generated-policy.ts';
import { printText, printYaml } from './print-policy.ts';

const RUNS = generatedRuns(20);

function modelFrom(name: string, text: string): Model {
  const { value, diagnostics } = compile([{ name, text }]);
  if (!value) throw new Error(`${diagnostics.map((each) => each.message).join('\n')}\n${text}`);
  return value;
}

function sourcesOf(data: GeneratedData): readonly SourceSpec[] {
  return SOURCES.map((name) => ({
    name,
    file: name,
    format: 'csv',
    content: { kind: 'text', text: csvText(data[name]) },
    columns: new Map(),
    constants: new Map(),
    dialect: {},
  }));
}

/** What a run comes to, or why it stops. */
function outcome(gathered: Gathered, decided?: Decided): unknown {
  try {
    return atOnce(evaluateRun(runOver(gathered, decided ? { watch: { decided } } : {}), gathered.periods));
  } catch (fault) {
    if (fault instanceof RunError) return fault.diagnostics;
    throw fault;
  }
}

async function read(model: Model, data: GeneratedData, decided?: Decided): Promise<Gathered | undefined> {
  const readFile = () => {
    throw new Error('no files here');
  };
  const backend = createMemoryBackend({ readFile, ...(decided && { decided }) });
  const period = model.grain.includes(' of ') ? 'retail-2026-01..retail-2026-03' : '2026';
  try {
    const request = { model, sources: sourcesOf(data), period, allowRejects: true };
    return (await gather(request, backend)).value;
  } catch (fault) {
    if (fault instanceof RunError) return undefined;
    throw fault;
  } finally {
    await backend.close();
  }
}

function namesOf(model: Model): readonly string[] {
  return decidablesOf(model)
    .all.map((each) => `${each.name}${each.impossible ? ` (${each.impossible})` : ''}`)
    .toSorted();
}

test('whoever listens hears only what the list of decisions has, and changes nothing', async () => {
  const waiting = [...FEATURE_NAMES];
  const kinds = new Set<DecisionKind>();
  let results = 0;
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    const draw = drawFrom(gen);
    const features = waiting.slice(0, 6);
    waiting.push(...waiting.splice(0, features.length));
    const policy = generatePolicy(draw, features);
    const model = modelFrom('policy.merit', printText(policy));
    const { all, aside } = decidablesOf(model);
    expect(new Set(all.map((each) => each.key)).size).toBe(all.length);
    expect(new Set(all.map((each) => each.name)).size).toBe(all.length);
    const yaml = modelFrom('policy.merit.yaml', printYaml(policy));
    expect(namesOf(yaml)).toEqual(namesOf(model));

    const data = generateData(draw);
    const told: Decision[] = [];
    const gathered = await read(model, data, (each) => told.push(each));
    if (!gathered) return;
    const figures = outcome(gathered);
    expect(outcome((await read(model, data))!)).toEqual(figures);
    expect(outcome(gathered, (each) => told.push(each))).toEqual(figures);
    const known = new Map(all.map((each) => [each.key, each]));
    const heard = createHeard();
    for (const each of told) {
      heard.decided(each);
      kinds.add(each.kind);
      if (each.kind === 'comparison') continue;
      const found = known.get(decisionKey(each));
      const shown = () => ({ ...each, words: model.sources[0]!.text.slice(each.span.start, each.span.end) });
      if (!found && !aside.has(decisionKey(each))) throw new Error(`unknown: ${JSON.stringify(shown())}`);
      if (found?.impossible && !each.supposed && !found.impossible.includes('changes nothing'))
        throw new Error(`${found.name} is said to be impossible: ${found.impossible}`);
    }
    const report = coverageOf([model], heard);
    expect(report.covered + report.uncovered.length).toBe(report.total);
    results++;
  });
  await fc.assert(property, { ...RUNS, endOnFailure: true });
  expect(results).toBeGreaterThan(RUNS.numRuns / 2);
  // the kinds that generated policies have
  for (const kind of ['condition', 'gate', 'missing', 'cap', 'floor', 'tier', 'curve', 'grid'] as const)
    expect(kinds).toContain(kind);
  for (const kind of ['award', 'draw', 'paying', 'reference', 'ramp', 'target'] as const)
    expect(kinds).toContain(kind);
}, 600_000);
