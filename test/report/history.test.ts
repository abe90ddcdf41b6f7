// Backtests and simulations as JSON, by their published schemas, and as text.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { exact } from '../../src/base/exact.ts';
import { backtest } from '../../src/compare/backtest.ts';
import { simulate } from '../../src/compare/simulate.ts';
import { backtestText, shareOf } from '../../src/report/backtest-text.ts';
import { backtestSchema, simulationSchema } from '../../src/report/history-schema.ts';
import { jsonText } from '../../src/report/json.ts';
import { simulationText } from '../../src/report/simulation-text.ts';
import { csvSource, modelOf } from '../evaluate/run-policy.ts';

const POLICY = `policy p {
  title "Sales"
  currency RUB
  timezone "Europe/Moscow"
  period month
}
event call {
  id:      text key
  at:      datetime posts
  manager: person owner
  length:  duration
}
kpi calls = count(call)
kpi talk lower is better = average(call.length)
curve steady linear {
  below 50%: 0%
  50%: 0%
  100%: 100%
  above: 100%
}
role caller "Calls people" {
  target calls 4
  target talk  5 minutes
  scorecard {
    calls 50% on steady
    talk  50% on steady missing counts 0%
  }
  gate calls >= 1
  bonus fee "Fee" gated = calls * 10 RUB
  bonus plan = 100 RUB * score
}
`;

const request = {
  model: modelOf(POLICY),
  sources: [
    csvSource('person', 'id,name,role\nanna,Anna,caller\nboris,Boris,caller'),
    csvSource(
      'call',
      `id,at,manager,length
      1,2026-01-10T10:00,anna,00:04:00
      2,2026-01-10T11:00,anna,00:06:00
      3,2026-02-10T10:00,boris,00:10:00`,
    ),
  ],
  period: '2026-01..2026-02',
};
const open = async () =>
  createMemoryBackend({
    readFile: () => {
      throw new Error('no files here');
    },
  });

const tested = async (budget?: string) => {
  const fit = budget === undefined ? {} : { fit: { number: 'bonus fee 10 RUB', budget: exact(budget) } };
  const { value, diagnostics } = await backtest({ ...request, ...fit }, open);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return value!;
};
const simulated = async () => {
  const scenarios = [
    { name: 'more', changes: ['calls +50%', 'talk -10%', 'target calls 5', 'bonus fee 10 RUB = 12 RUB'] },
  ];
  const { value, diagnostics } = await simulate(
    { ...request, scenarios, draws: { draws: 50, seed: 3, budget: exact('100') } },
    open,
  );
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return value!;
};

const committed = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../schemas/merit.${name}.schema.json`, import.meta.url), 'utf8'));

describe('as JSON', () => {
  it.each([
    ['backtest', backtestSchema(), () => tested()],
    ['backtest', backtestSchema(), () => tested('130')],
    ['backtest', backtestSchema(), () => tested('1')],
    ['simulation', simulationSchema(), simulated],
  ] as const)('a %s fits the published schema', async (name, schema, make) => {
    expect(committed(name)).toEqual(schema);
    const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
    const text = jsonText(await make());
    expect([isValid(JSON.parse(text)), isValid.errors]).toEqual([true, null]);
    expect(text.startsWith('{\n  "formatVersion": 1,\n')).toBe(true);
  });
});

describe('as text', () => {
  // anna: 2 calls, 50%, so 0%; 5 minutes of 5, 100%, so 50% in all: 20 + 50. In February nobody has called her gate open.
  // boris: in February 1 call, 25%, 0%; 10 minutes, 50%, 0%: 10.
  it('says what a backtest came to', async () => {
    const text = backtestText(await tested());
    expect(text).toContain('Sales, run over 2026-01 to 2026-02 (2 periods): 2 people, 4 statements');
    expect(text).toMatch(/2026-01 +2 +70\.00/);
    expect(text).toMatch(/2026-02 +2 +10\.00/);
    expect(text).toMatch(/caller: talk +4 +1 +50 % +50 % +50 % +50 % +100 % +100 % +missing in 2/);
    expect(text).toMatch(/gate calls >= 1 of role caller\n +passes +2 +50 % +2/);
  });

  // without the fee 50 are paid; 3 calls at 10 make 80, at 26 128 and at 27 131
  it('says what was fitted', async () => {
    const text = backtestText(await tested('130'));
    expect(text).toContain('26 RUB fits: it costs 128.00 RUB; at 27 RUB, the next step, it is 131.00 RUB');
    expect(text).toContain('Before rounding to cents the budget is met exactly at 26.666666… RUB.');
    expect(text).toContain(
      '- bonus fee  "Fee" gated = calls * 10 RUB\n+ bonus fee  "Fee" gated = calls * 26 RUB',
    );
  });

  it('says what a scenario moves and what was drawn', async () => {
    const text = simulationText(await simulated());
    expect(text).toContain('Scenario: more');
    expect(text).toContain('role caller, bonus fee 10 RUB becomes 12 RUB');
    expect(text).toContain('50 draws of 2 periods for 2 people of the last period, seed 3:');
  });

  it('cuts shares, so that not quite all never reads as all', () => {
    expect(['9999/10000', '1', '1/3', '0'].map(shareOf)).toEqual(['99.9 %', '100 %', '33.3 %', '0 %']);
  });
});
