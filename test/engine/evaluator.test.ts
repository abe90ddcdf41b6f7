// The evaluator alone, over what a run has read elsewhere and posted as text: on every case and example it gives the
// Result of the whole engine.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { textSource } from '../../src/browser.ts';
import { dataFrom, dataText, evaluate } from '../../src/evaluator.ts';
import {
  bindData,
  compile,
  loadProject,
  type Model,
  openBackend,
  readRun,
  run,
  type SourceSpec,
} from '../../src/node.ts';
import { readCase, readExpected } from '../cases/run-case.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CASES = join(ROOT, 'test/cases');

/** A run by the whole engine, and one by the evaluator over JSON of the policy and of the data that was read. */
async function both(model: Model, sources: readonly SourceSpec[], period: string) {
  const opened = await Promise.all([1, 2].map(() => openBackend('memory', sources)));
  const whole = await run({ model, sources, period, zoneData: 'x' }, opened[0]!);
  const read = await readRun({ model, sources, period }, opened[1]!);
  const posted: Model = JSON.parse(JSON.stringify(model));
  const alone = evaluate(posted, dataFrom(dataText(read.value!)), { zoneData: 'x' });
  expect(alone.diagnostics).toEqual([]);
  return { whole: whole.value, alone: alone.value };
}

describe.each(
  readdirSync(CASES, { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .map((each) => each.name),
)('%s', (name) => {
  it('pays what the whole engine pays', async () => {
    const folder = join(CASES, name);
    const { model, sources } = await readCase(folder);
    const { whole, alone } = await both(model, sources, (await readExpected(folder)).periods);
    expect(alone).toEqual(whole);
    expect(whole!.statements.length).toBeGreaterThan(0);
  });
});

test.each(['sales-department', 'whole-language'])('example %s', async (name) => {
  const { value: project } = await loadProject(join(ROOT, 'examples', name));
  const { value: model } = compile(project!.policy);
  const { value: sources } = await bindData(project!, model!);
  const { whole, alone } = await both(model!, sources, project!.config!.value.period!);
  expect(alone).toEqual(whole);
});

const POLICY = `policy p {
  currency RUB
  timezone "Europe/Moscow"
  period month
}
event deal {
  id: text key
  day: date posts
  manager: person owner
  amount: money
}
kpi revenue = sum(deal.amount)
kpi deals = count(deal)
role seller { bonus tenth = revenue * 10% }
`;
const SOURCES = [
  textSource('person', 'people.csv', 'id,role,from\nanna,seller,2026-01-01\n'),
  textSource('deal', 'deals.csv', 'id,day,manager,amount\n1,2026-01-05,anna,1234567890123456.25\n'),
];

async function readOf(text: string) {
  const { value: model } = compile([{ name: 'p.merit', text }]);
  const backend = await openBackend('memory', SOURCES);
  const { value } = await readRun({ model: model!, sources: SOURCES, period: '2026-01' }, backend);
  return { model: model!, data: value! };
}

it('takes another policy that asks no more, and figures of any size', async () => {
  const { data } = await readOf(POLICY);
  const { model } = await readOf(POLICY.replace('10%', '20%'));
  const { value } = evaluate(model, dataFrom(dataText(data)));
  // a fifth of 1234567890123456.25, in cents more than a safe integer
  expect(value!.statements.map((each) => each.pay)).toEqual(['246913578024691.25']);
});

it.each([
  ['measures', POLICY.replace('sum(', 'max('), /asks something else/],
  [
    'filters',
    POLICY.replace('sum(deal.amount)', 'sum(deal.amount where amount > 5 RUB)'),
    /asks something else/,
  ],
  ['events', POLICY.replace('amount: money', 'amount: money until 9 RUB'), /asks something else/],
  ['KPIs', `${POLICY}kpi least = min(deal.amount)\n`, /nobody asked for/],
])('pays nothing by data that was read for other %s', async (_, text, says) => {
  const { data } = await readOf(POLICY);
  const { value: model, diagnostics } = compile([
    { name: 'p.merit', text: text.replace('= max(deal.amount)', '= max(deal.amount) else 0 RUB') },
  ]);
  if (!model) throw new Error(diagnostics.map((each) => each.message).join());
  expect(() => evaluate(model, data)).toThrow(says);
});

it('says what only working it out finds', async () => {
  const { model, data } = await readOf(
    POLICY.replace(
      'kpi deals = count(deal)',
      'kpi returns lower is better = count(deal where amount < 0 RUB)',
    ).replace(
      '{ bonus tenth = revenue * 10% }',
      '{\n  target returns 4\n  bonus few = 1 RUB * (attainment(returns) else 0%)\n}',
    ),
  );
  const { value, diagnostics } = evaluate(model, data);
  expect(value).toBeUndefined();
  expect(diagnostics.map((each) => each.code)).toEqual(['M3001']);
});
