// What holds of every backtest, scenario and fit: over drawn rows, and over the examples.

import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { add, compare, exact, exactText, multiply, ZERO } from '../../src/base/exact.ts';
import { backtest } from '../../src/compare/backtest.ts';
import { simulate } from '../../src/compare/simulate.ts';
import type { Model } from '../../src/model/policy.ts';
import { bindData, compileFor, loadProject, openBackend, run } from '../../src/node.ts';
import { csvSource, modelOf } from '../evaluate/run-policy.ts';
import { generatedRuns } from '../runs.ts';

const POLICY = `policy p {
  currency RUB
  timezone "Europe/Moscow"
  period month
}
event deal {
  id:        text key
  closed_on: date posts
  manager:   person owner
  amount:    money
}
kpi revenue = sum(deal.amount)
kpi growth = revenue / revenue[previous] - 1
rates ladder marginal {
  from 0 RUB:     3.5%
  from 1_000 RUB: 5%
  from 3_000 RUB: 7%
}
curve standard linear {
  below 80%: 0%
  80%:       50%
  120%:      150%
  above:     150%
}
role seller {
  target revenue 1_000 RUB
  scorecard { revenue 100% on standard missing counts 0% }
  gate revenue >= 100 RUB
  bonus commission gated = ladder(revenue)
  bonus plan = 300 RUB * score
  bonus faster = 10 RUB when (growth else 0%) >= 20%
  bonus year = revenue[ytd] * 1%
  bonus team = 100 RUB when (attainment(revenue[team]) else 0%) >= 100%
  cap 400 RUB
}
role lead {
  bonus share per quarter = revenue[company] * 1%
}
`;
const PEOPLE = `id,name,role,team,from
  anna,Anna,seller,north,2026-01-01
  boris,Boris,seller,north,2026-01-15
  cid,Cid,seller,south,2026-02-01
  olga,Olga,lead,,2026-01-01`;

interface Deal {
  readonly month: number;
  readonly day: number;
  readonly who: string;
  readonly amount: number;
}

const deals = fc.array(
  fc.record({
    month: fc.integer({ min: 1, max: 3 }),
    day: fc.integer({ min: 1, max: 28 }),
    who: fc.constantFrom('anna', 'boris', 'cid'),
    amount: fc.integer({ min: 1, max: 2500 }),
  }),
  { minLength: 1, maxLength: 15 },
);

const requestOf = (rows: readonly Deal[], tenths = 10) => ({
  model: modelOf(POLICY),
  sources: [
    csvSource('person', PEOPLE),
    csvSource(
      'deal',
      [
        'id,closed_on,manager,amount',
        ...rows.map(({ month, day, who, amount }, index) => {
          const cell = exactText(multiply(exact(String(amount * tenths)), exact('0.1')));
          return `${index},2026-0${month}-${String(day).padStart(2, '0')},${who},${cell}`;
        }),
      ].join('\n'),
    ),
  ],
  period: '2026-01..2026-03',
});
const open = async () =>
  createMemoryBackend({
    readFile: () => {
      throw new Error('no files here');
    },
  });

const paid = (result: { readonly statements: readonly { readonly pay: string }[] }) =>
  exactText(result.statements.reduce((sum, { pay }) => add(sum, exact(pay)), ZERO));

describe('over drawn rows', () => {
  it('a scenario of a sum is a run over rows of that size', async () => {
    await fc.assert(
      fc.asyncProperty(deals, fc.integer({ min: 1, max: 30 }), async (rows, tenths) => {
        const change = tenths >= 10 ? `revenue +${(tenths - 10) * 10}%` : `revenue -${(10 - tenths) * 10}%`;
        const scenarios = [{ name: 'it', changes: [change] }];
        const { value } = await simulate({ ...requestOf(rows), scenarios }, open);
        const backend = await open();
        const larger = await run(requestOf(rows, tenths), backend);
        expect(value!.scenarios[0]!.total.after).toBe(paid(larger.value!));
        const { total, byPeriod, byRole, byLine } = value!.scenarios[0]!;
        const movedBy = (all: readonly { readonly delta: string }[]) =>
          exactText(all.reduce((sum, { delta }) => add(sum, exact(delta)), ZERO));
        expect([byPeriod, byRole, byLine].map(movedBy)).toEqual([total.delta, total.delta, total.delta]);
      }),
      generatedRuns(40),
    );
  });

  const numbers = [
    'rate ladder from 0 RUB',
    'rate ladder from 1_000 RUB',
    'bound ladder 1_000',
    'seller target revenue',
    'cap 400',
    'seller gate 100',
    'curve standard 80% 50%',
    'bonus plan 300',
  ];
  it('a fitted number fits, the next step does not, and the exact one meets the budget', async () => {
    await fc.assert(
      fc.asyncProperty(
        deals,
        fc.constantFrom(...numbers),
        fc.integer({ min: 50, max: 150 }),
        async (rows, number, percent) => {
          const request = requestOf(rows);
          const before = (await backtest(request, open)).value!;
          const budget = multiply(exact(before.cost.total), exact(`${percent}/100`));
          const { value, diagnostics } = await backtest({ ...request, fit: { number, budget } }, open);
          expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
          const { outcome, now, least, greatest } = value!.fit!;
          expect(now.cost).toBe(before.cost.total);
          if (outcome.kind !== 'found') {
            const isOver = outcome.kind === 'always over';
            expect(compare(exact((isOver ? least : greatest).cost), budget) > 0).toBe(isOver);
            return;
          }
          const costWith = async (text: string) => {
            const said = text.replace(/^(from|above|below|until) /, '');
            const scenarios = [{ name: 'it', changes: [`${number} = ${said}`] }];
            return (await simulate({ ...request, scenarios }, open)).value!.scenarios[0]!.total.after;
          };
          expect(await costWith(outcome.fits.value)).toBe(outcome.fits.cost);
          expect(await costWith(outcome.over.value)).toBe(outcome.over.cost);
          expect(compare(exact(outcome.fits.cost), budget)).toBeLessThanOrEqual(0);
          expect(compare(exact(outcome.over.cost), budget)).toBeGreaterThan(0);
        },
      ),
      generatedRuns(25),
    );
  }, 120_000);
});

const EXAMPLES = [
  ['sales-department', '2026-02..2026-03'],
  ['whole-language', '2026-02..2026-03'],
] as const;

describe('over the examples', () => {
  it.each(EXAMPLES)('%s', { timeout: 120_000 }, async (name, period) => {
    const path = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
    const project = (await loadProject(path)).value!;
    const model: Model = compileFor(project.policy, period).value!;
    const sources = (await bindData(project, model)).value;
    const opened = () => openBackend('memory', sources);
    const request = { model, sources, period };
    const backend = await opened();
    const { value: result } = await run(request, backend);
    await backend.close();
    const { value: tested } = await backtest(request, opened);
    expect(tested!.cost.total).toBe(paid(result!));
    const lines = tested!.cost.byLine.reduce((sum, { cost }) => add(sum, exact(cost)), ZERO);
    expect(exactText(lines)).toBe(tested!.cost.total);
    for (const { results, ways } of tested!.decisions)
      expect(ways.every((each) => each.results <= results)).toBe(true);
    // nothing is moved by nothing, whichever KPI or target it is said of
    const targets = new Set(model.roles.flatMap((role) => role.targets.map(({ kpi }) => kpi)));
    const scenarios = [
      ...model.kpis.map((kpi) => `${kpi.name} +0%`),
      ...[...targets].map((kpi) => `target ${kpi} -0%`),
    ].map((change) => ({ name: change, changes: [change] }));
    const { value: simulated } = await simulate({ ...request, scenarios }, opened);
    for (const { name: said, total, people } of simulated!.scenarios)
      expect([said, total.delta, people.moved]).toEqual([said, '0', []]);
  });
});
