// Whole policies over raw data, by chance: no figure of a run lies outside the bounds that were worked out without data,
// and no condition comes out in a way that was said to be impossible.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundsOf, payableBounds } from '../../src/analyse/bounds.ts';
import type { Interval } from '../../src/analyse/interval.ts';
import { lint } from '../../src/analyse/lint.ts';
import { outcomeOf } from '../../src/analyse/outcome.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { compare, exact, roundTo } from '../../src/base/exact.ts';
import { run } from '../../src/engine.ts';
import type { Model, Role } from '../../src/model/policy.ts';
import type { RoleStatement } from '../../src/model/result.ts';
import { drawFrom } from '../backend/draw.ts';
import { csvText, generateData, SOURCES } from '../pipeline/generated-data.ts';
import { FEATURE_NAMES } from '../pipeline/generated-features.ts';
import { generatePolicy } from '../pipeline/generated-policy.ts';
import { printText } from '../pipeline/print-policy.ts';
import { generatedRuns } from '../runs.ts';
import { DATA, HEAD, modelOf } from './helpers.ts';

const RUNS = generatedRuns(25);
const PERIODS: Readonly<Record<string, string>> = {
  month: '2026',
  quarter: '2026',
  week: '2026-W01..2026-W20',
};

function expectWithin(value: string | null | undefined, { low, high }: Interval, what: string): void {
  if (value === null || value === undefined) return;
  if (low) expect(compare(exact(value), low), `${what}: ${value}`).toBeGreaterThanOrEqual(0);
  if (high) expect(compare(exact(value), high), `${what}: ${value}`).toBeLessThanOrEqual(0);
}

/** Checks one role's part of a statement; gives how many of its values were bounded. */
function checkRole(model: Model, role: Role, statement: RoleStatement): number {
  let bounded = 0;
  const check = (value: string | null | undefined, bounds: Interval, what: string): void => {
    if (bounds.low || bounds.high) bounded++;
    expectWithin(value, bounds, what);
  };
  const span = role.span;
  for (const { kpi, actual, target, attainment } of statement.kpis) {
    const figure = model.figures.find((each) => each.id === kpi)!;
    if (!['number', 'percent', 'money', 'duration'].includes(figure.type.kind)) continue;
    const node = { figure: kpi, type: figure.type, optional: true, span };
    check(actual.value, boundsOf({ model, role }, { kind: 'figure', ...node }), kpi);
    check(target?.value, boundsOf({ model, role }, { kind: 'target', ...node }), `target ${kpi}`);
    const attained = boundsOf({ model, role }, { kind: 'attainment', ...node });
    if (attainment === 'top') expect(attained.high).toBeUndefined();
    else check(attainment?.value, attained, `attainment ${kpi}`);
  }
  const score = boundsOf({ model, role }, { kind: 'score', type: { kind: 'percent' }, optional: true, span });
  check(statement.score?.value.value, score, 'score');
  for (const { kind, name, amount } of statement.lines) {
    const bonus = role.bonuses.find((each) => each.name === name);
    if (kind !== 'bonus' || !bonus) continue;
    const { low, high } = payableBounds(model, role, bonus);
    const rounded = (end: typeof low) => end && roundTo(end, exact(model.rounding.step), model.rounding.mode);
    const [least, most] = [rounded(low), rounded(high)];
    check(amount, { ...(least && { low: least }), ...(most && { high: most }) }, name);
  }
  statement.gates.forEach(({ passed }, index) => {
    const outcome = outcomeOf({ model, role }, role.gates[index]!.condition);
    if (outcome !== undefined) expect(passed).toBe(outcome);
  });
  return bounded;
}

test('what is known without data holds over data', async () => {
  let bounded = 0;
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    const draw = drawFrom(gen);
    const features = [...new Set(draw.list(0, 6, () => draw.pick(FEATURE_NAMES)))];
    const model = modelOf(printText(generatePolicy(draw, features)));
    const data = generateData(draw);
    lint(model);
    const sources = SOURCES.map((name) => ({
      name,
      file: name,
      format: 'csv' as const,
      content: { kind: 'text' as const, text: csvText(data[name]) },
      columns: new Map(),
      constants: new Map(),
      dialect: {},
    }));
    const readFile = () => Promise.reject(new Error('no files here'));
    const period = PERIODS[model.grain] ?? 'retail-2026-01..retail-2026-03';
    const { value } = await run(
      { model, sources, period, allowRejects: true },
      createMemoryBackend({ readFile }),
    );
    for (const statement of value?.statements ?? [])
      for (const each of statement.roles)
        bounded += checkRole(model, model.roles.find(({ name }) => name === each.role)!, each);
  });
  await fc.assert(property, RUNS);
  expect(bounded).toBeGreaterThan(RUNS.numRuns);
}, 3_600_000);

test('what reads its own past has bounds too, as far as the rest of it has', () => {
  const model = modelOf(`${HEAD}${DATA}kpi revenue = sum(deal.amount)
let balance = round((previous(balance) else 0 RUB) * 90% + revenue to 0.01 RUB)
role r {
  bonus b not prorated = max((previous(b) else 0 RUB), balance) + min((previous(balance) else 5 RUB), 3 RUB)
}
`);
  const [role] = model.roles;
  expect(payableBounds(model, role!, role!.bonuses[0]!)).toEqual({});
  expect(lint(model)).toBeDefined();
});
