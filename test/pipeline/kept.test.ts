// Somebody at work on a policy and its data: after each change, runs that share what they have read give what a run that
// has read everything anew gives, to the last diagnostic.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepData } from '../../src/backend/kept.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { hasErrors } from '../../src/base/diagnostic.ts';
import type { Source } from '../../src/base/source.ts';
import { compile, run } from '../../src/engine.ts';
import type { SourceSpec } from '../../src/model/dataset.ts';
import { changed, mutantsOf } from '../../src/prove/mutants.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { printText as printTree } from '../../src/syntax/print-text.ts';
import { type Draw, drawFrom } from '../backend/draw.ts';
import { generatedRuns } from '../runs.ts';
import { csvText, type GeneratedData, generateData, type Rows, SOURCES } from './generated-data.ts';
import { FEATURE_NAMES } from './generated-features.ts';
import { generatePolicy } from './generated-policy.ts';
import { printText } from './print-policy.ts';

const RUNS = generatedRuns(25);
const CHANGES = 8;

async function readFile(path: string): Promise<never> {
  throw new Error(`there is no file ${path}`);
}

interface AtWork {
  readonly policy: Source;
  readonly data: GeneratedData;
  readonly period: string;
}

const PERIODS: Readonly<Record<string, readonly string[]>> = {
  month: ['2026-01', '2026-02', '2026-01..2026-03'],
  quarter: ['2026-Q1', '2025-Q4..2026-Q2'],
  week: ['2026-W05', '2026-W05..2026-W07'],
  retail: ['retail-2026-01', 'retail-2025-12..retail-2026-02'],
};

/** The policy or its data after one more change; a change of the policy that doesn't check is left out. */
function worked(draw: Draw, at: AtWork, first: Source): AtWork {
  switch (draw.pick(['rule', 'rule', 'rule', 'remark', 'cell', 'row', 'period', 'back'])) {
    case 'rule': {
      const { value: file } = parsePolicy(at.policy);
      const { changes } = draw.pick(mutantsOf([file]));
      const text = printTree(changed(file, changes), at.policy);
      const policy = { ...at.policy, text };
      return hasErrors(compile([policy]).diagnostics) ? at : { ...at, policy };
    }
    case 'remark':
      return { ...at, policy: { ...at.policy, text: `// ${draw.int(0, 99)}\n${at.policy.text}` } };
    case 'cell': {
      const name = draw.pick(SOURCES);
      const [heading, ...rows] = at.data[name];
      if (rows.length < 2) return at;
      // a cell of another row is of the column's type, most of the time
      const [to, from] = [draw.int(0, rows.length - 1), draw.int(0, rows.length - 1)];
      const column = draw.int(0, heading!.length - 1);
      const cells = rows.map((row, index) => (index === to ? row.with(column, rows[from]![column]!) : row));
      return { ...at, data: { ...at.data, [name]: [heading!, ...cells] satisfies Rows } };
    }
    case 'row': {
      const name = draw.pick(SOURCES);
      return { ...at, data: { ...at.data, [name]: at.data[name].slice(0, -1) } };
    }
    case 'period': {
      const grain = compile([at.policy]).value!.grain;
      return { ...at, period: draw.pick(PERIODS[grain.includes(' of ') ? 'retail' : grain]!) };
    }
    default:
      return { ...at, policy: first };
  }
}

function specOf(name: string, text: string): SourceSpec {
  const content = { kind: 'text', text } as const;
  return { name, file: name, format: 'csv', content, columns: new Map(), constants: new Map(), dialect: {} };
}

test('a run over what was kept is a run', async () => {
  let results = 0;
  let stopped = 0;
  const waiting = [...FEATURE_NAMES];
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    const draw = drawFrom(gen);
    const features = waiting.splice(0, 4);
    waiting.push(...features);
    const first = { name: 'policy.merit', text: printText(generatePolicy(draw, features)) };
    const { grain } = compile([first]).value!;
    const period = draw.pick(PERIODS[grain.includes(' of ') ? 'retail' : grain]!);
    let at: AtWork = { policy: first, data: generateData(draw), period };
    const kept = keepData({ readFile });
    for (let change = 0; change < CHANGES; change++) {
      const { value: model } = compile([at.policy]);
      const sources = SOURCES.map((name) => specOf(name, csvText(at.data[name])));
      const request = { model: model!, sources, period: at.period, allowRejects: true };
      const anew = await run(request, createMemoryBackend({ readFile }));
      expect(await run(request, kept.openBackend())).toEqual(anew);
      if (anew.value) results++;
      else stopped++;
      at = worked(draw, at, first);
    }
  });
  await fc.assert(property, { ...RUNS, endOnFailure: true });
  expect(results).toBeGreaterThan(RUNS.numRuns * 2);
  if (RUNS.numRuns >= 25) expect(stopped).toBeGreaterThan(0);
}, 3_600_000);
