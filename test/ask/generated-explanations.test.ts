// Explanations of whole policies over raw data, by chance: they say what the result says, and each step, with the rows
// behind it, comes to its value; and another engine explains alike.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { explainGathered } from '../../src/ask/explain.ts';
import type { Backend } from '../../src/backend/backend.ts';
import { createDuckDbBackend } from '../../src/backend/duckdb.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { RunError } from '../../src/base/diagnostic.ts';
import { compile, resultOf } from '../../src/engine.ts';
import { type Gathered, gather, type RunRequest } from '../../src/gather.ts';
import type { SourceSpec } from '../../src/model/dataset.ts';
import type { Result, Statement } from '../../src/model/result.ts';
import { LANGUAGES } from '../../src/report/explain-figures.ts';
import { explanationHtml } from '../../src/report/explain-html.ts';
import { explanationText } from '../../src/report/explain-text.ts';
import { drawFrom } from '../backend/draw.ts';
import { csvText, generateData, SOURCES } from '../pipeline/generated-data.ts';
import { FEATURE_NAMES } from '../pipeline/generated-features.ts';
import { generatePolicy } from '../pipeline/generated-policy.ts';
import { printText } from '../pipeline/print-policy.ts';
import { generatedRuns } from '../runs.ts';
import { type Counts, wrongSteps } from './arithmetic.ts';
import { explainedMeasures, explainedPay } from './explained-cells.ts';
import { differing, misformed, withoutRows } from './said.ts';

const RUNS = generatedRuns(20);
const PERIODS: Readonly<Record<string, string>> = { month: '2026-02', quarter: '2026-Q1', week: '2026-W07' };
/** How many of the cases are explained by both engines. */
const ON_BOTH = 6;
/** Ways in which values come about that the usual cases hold, and no example. */
const DRAWN = ['rank', 'total', 'each', 'previous', 'streak', 'choice', 'pool part', 'curve', 'row of table'];

function sourceOf(name: string, text: string): SourceSpec {
  const content = { kind: 'text', text } as const;
  return { name, file: name, format: 'csv', content, columns: new Map(), constants: new Map(), dialect: {} };
}

it('explains what the result says, and by steps that come to it', async () => {
  const counts: Counts = new Map();
  for (const [at, gen] of fc.sample(fc.gen(), RUNS).entries()) {
    const draw = drawFrom(gen);
    const features = FEATURE_NAMES.filter(() => draw.rarely(3));
    const text = printText(generatePolicy(draw, features));
    const model = compile([{ name: 'policy.merit', text }]).value!;
    const data = generateData(draw);
    const sources = SOURCES.map((name) => sourceOf(name, csvText(data[name])));
    const period = model.grain.includes(' of ') ? 'retail-2026-02' : PERIODS[model.grain]!;
    const backend = createMemoryBackend({ readFile: () => Promise.reject(new Error('no files')) });
    const request = { model, sources, period, allowRejects: true };
    const gathered = (await gather(request, backend).catch(stopped)).value;
    const result = gathered && resultOrNothing(() => resultOf(gathered, request));
    if (!gathered || !result) continue;
    const world = { gathered, backend };
    const some = result.statements.slice(0, 2);
    const wrong: string[] = [];
    for (const statement of some) {
      const cells = await explainedPay(world, statement);
      const step = cells[0]!.step!;
      wrong.push(...differing(cells), ...wrongSteps(step, counts), ...withoutRows(step));
      const { value } = await explainGathered({ model, ...statement }, world);
      wrong.push(...misformed(value));
      for (const language of LANGUAGES) {
        const told = explanationText(value!, { language }) + explanationHtml(value!, { language });
        wrong.push(...(told.match(/undefined|NaN|\[object/g) ?? []));
      }
    }
    const measured = await explainedMeasures(world, some);
    wrong.push(...differing(measured));
    for (const { step } of measured) if (step) wrong.push(...wrongSteps(step, counts), ...withoutRows(step));
    if (at < ON_BOTH) wrong.push(...(await differences(request, { gathered, backend, some })));
    if (wrong.length > 0) throw new Error(`${[...new Set(wrong)].slice(0, 10).join('\n')}\n${text}`);
  }
  if (process.env.MERIT_RUNS === undefined && process.env.MERIT_SEED === undefined)
    expect(DRAWN.filter((each) => !counts.has(each))).toEqual([]);
}, 300_000);

/** Explanations that another engine, over the same rows, gives otherwise. */
async function differences(
  request: RunRequest,
  of: { readonly gathered: Gathered; readonly backend: Backend; readonly some: readonly Statement[] },
): Promise<readonly string[]> {
  const { model } = request;
  const readFile = () => Promise.reject(new Error('no files'));
  const other = await createDuckDbBackend({ readFile, paths: [], threads: 1 });
  try {
    // what has too many digits for it, it refuses
    const gathered = (await gather(request, other).catch(stopped)).value;
    if (!gathered) return [];
    const different: string[] = [];
    for (const statement of of.some) {
      const one = await explainGathered({ model, ...statement }, of);
      const two = await explainGathered({ model, ...statement }, { gathered, backend: other });
      if (JSON.stringify(one.value) !== JSON.stringify(two.value))
        different.push(`${statement.person} otherwise`);
    }
    return different;
  } finally {
    await other.close();
  }
}

function stopped(fault: unknown): { readonly value: undefined } {
  if (fault instanceof RunError) return { value: undefined };
  throw fault;
}

function resultOrNothing(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (fault) {
    return stopped(fault).value;
  }
}
