// Generated policies with edits by chance: deltas come to the difference of the totals, to the cent, by every cause.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasErrors } from '../../src/base/diagnostic.ts';
import { add, exact, exactText, negate, ZERO } from '../../src/base/exact.ts';
import { openBackend, type SourceSpec, textSource } from '../../src/browser.ts';
import { compareVersions, readVersion } from '../../src/compare/compare.ts';
import { diffPolicies, diffRuns } from '../../src/compare/diff.ts';
import { hybridModel } from '../../src/compare/hybrid.ts';
import { compile, run } from '../../src/engine.ts';
import type { ByCause, DiffFigures } from '../../src/model/diff.ts';
import type { Model } from '../../src/model/policy.ts';
import type { Result } from '../../src/model/result.ts';
import { convertPolicy } from '../../src/syntax/print.ts';
import { type Draw, drawFrom } from '../backend/draw.ts';
import { csvText, generateData, SOURCES } from '../pipeline/generated-data.ts';
import { FEATURE_NAMES } from '../pipeline/generated-features.ts';
import { generatePolicy } from '../pipeline/generated-policy.ts';
import { printText } from '../pipeline/print-policy.ts';
import { generatedRuns } from '../runs.ts';

const RUNS = generatedRuns(15);

function modelOf(folder: string, text: string): Model | undefined {
  const { value, diagnostics } = compile([{ name: `${folder}/policy.merit`, text }]);
  return hasErrors(diagnostics) ? undefined : value;
}

/** The text with some of its lines changed: a number, or the line is gone. Lines that say how rows are read stay. */
function edited(draw: Draw, text: string): string {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith('kpi '));
  const numbered = lines.flatMap((line, at) => (at > from && /\b[0-9]/.test(line) ? [at] : []));
  const pay = lines.flatMap((line, at) => (/^ {2}(bonus|gate|cap|floor|target)\b/.test(line) ? [at] : []));
  const changed = new Map<number, string>();
  for (let count = draw.int(1, 4); count > 0; count--) {
    if (pay.length > 0 && draw.rarely(3)) changed.set(draw.pick(pay), '');
    else if (numbered.length > 0) {
      const at = draw.pick(numbered);
      changed.set(
        at,
        lines[at]!.replace(/(?<![\w.-])[0-9][0-9_]*(?=%| RUB)/, () => String(draw.int(1, 200))),
      );
    }
  }
  return lines.map((line, at) => changed.get(at) ?? line).join('\n');
}

function sum(amounts: readonly string[]): string {
  return exactText(amounts.map(exact).reduce(add, ZERO));
}

const deltasOf = (each: readonly ByCause[]): string => sum(each.map(({ delta }) => delta));
const pay = ({ statements }: Result): string => sum(statements.map((each) => each.pay));

/** INVARIANT of every comparison: what is listed comes to what it is a part of. */
function checkSums({ total, byPeriod, byRole, byLine, causes, people, moved }: DiffFigures): void {
  for (const parts of [byPeriod, byRole, byLine, people])
    for (const side of ['before', 'after', 'delta'] as const)
      expect(sum(parts.map((each) => each[side]))).toBe(total[side]);
  expect(sum([total.after, exactText(negate(exact(total.before)))])).toBe(total.delta);
  expect(sum(causes.map(({ delta }) => delta))).toBe(total.delta);
  expect(sum(moved.map(({ delta }) => delta))).toBe(total.delta);
  for (const each of people) expect(deltasOf(each.byCause)).toBe(each.delta);
  for (const each of moved) {
    expect(deltasOf(each.byCause)).toBe(each.delta);
    expect(sum(each.lines.map(({ delta }) => delta))).toBe(each.delta);
    for (const line of each.lines) expect(deltasOf(line.byCause)).toBe(line.delta);
  }
  for (const cause of causes) expect(sum(cause.byPeriod.map(({ delta }) => delta))).toBe(cause.delta);
}

test('deltas of generated policies add up, and a policy is no different from itself', async () => {
  const seen = { compared: 0, moved: 0, several: 0 };
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    const draw = drawFrom(gen);
    const features = [...new Set(draw.list(0, 3, () => draw.pick(FEATURE_NAMES)))];
    const text = printText(generatePolicy(draw, features));
    const data = generateData(draw);
    const sources: readonly SourceSpec[] = SOURCES.map((name) =>
      textSource(name, `${name}.csv`, csvText(data[name])),
    );
    const old = modelOf('old', text)!;
    expect(diffPolicies({ before: [old], after: [modelOf('same', text)!] }).changes).toEqual([]);
    const yaml = convertPolicy({ name: 'a.merit', text }, 'yaml').value;
    if (yaml !== undefined) {
      const other = compile([{ name: 'new/policy.merit.yaml', text: yaml }]).value!;
      expect(diffPolicies({ before: [old], after: [other] })).toMatchObject({
        changes: [],
        words: [],
        proofs: [],
      });
    }
    const now = modelOf('new', edited(draw, text));
    const period =
      old.grain === 'month' ? '2026-01..2026-03' : old.grain === 'quarter' ? '2026-Q1' : undefined;
    if (!now || period === undefined) return;
    const request = { sources, period, allowRejects: true };
    const ran = async (model: Model) => {
      const { value } = await run({ ...request, model }, openBackend());
      return value;
    };
    const [before, after] = [await ran(old), await ran(now)];
    if (!before || !after) return;
    seen.compared++;
    const open = async () => openBackend();
    const { value, diagnostics } = await diffRuns({ before: [old], after: [now] }, request, open);
    if (!value?.figures) throw new Error(diagnostics.map((each) => each.message).join('\n'));
    const { figures } = value;
    expect([figures.total.before, figures.total.after]).toEqual([pay(before), pay(after)]);
    checkSums(figures);
    if (figures.moved.length > 0) seen.moved++;
    if (figures.causes.length > 1) seen.several++;

    const back = await diffRuns({ before: [now], after: [old] }, request, open);
    expect(back.value!.figures!.total.delta).toBe(exactText(negate(exact(figures.total.delta))));
    const inOrder = await diffRuns(
      { before: [old], after: [now] },
      { ...request, attribution: 'in order' },
      open,
    );
    checkSums(inOrder.value!.figures!);

    // the policies between two versions begin and end with these
    const versions = { before: readVersion(old.sources), after: readVersion(now.sources) };
    const comparison = compareVersions(versions.before, versions.after);
    const none = await ran(hybridModel(comparison, versions, () => false)!);
    const all = await ran(hybridModel(comparison, versions, () => true)!);
    expect([none && pay(none), all && pay(all)]).toEqual([pay(before), pay(after)]);
  });
  await fc.assert(property, { ...RUNS, endOnFailure: true });
  expect(seen.compared).toBeGreaterThan(RUNS.numRuns / 4);
  expect(seen.moved).toBeGreaterThan(0);
  expect(seen.several).toBeGreaterThan(0);
}, 3_600_000);
