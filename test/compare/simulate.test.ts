// Scenarios and draws: effects worked out by hand for two people and two months.

import { describe, expect, it } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { exact, exactText, fraction } from '../../src/base/exact.ts';
import { type DrawsRequest, drawCosts } from '../../src/compare/draws.ts';
import { type SimulateRequest, simulate } from '../../src/compare/simulate.ts';
import type { Result } from '../../src/model/result.ts';
import type { Simulation } from '../../src/model/simulation.ts';
import { simulationCsv } from '../../src/report/simulation-csv.ts';
import { simulationText } from '../../src/report/simulation-text.ts';
import { parseScenarios } from '../../src/syntax/parse-scenarios.ts';
import { csvSource, modelOf } from '../evaluate/run-policy.ts';

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
  status:    won | lost
}
kpi revenue "Revenue" = sum(deal.amount where status is won)
kpi growth "Growth" = revenue / revenue[previous] - 1
kpi conversion "Conversion" = count(deal where status is won) / count(deal)
role seller {
  target revenue 1_000 RUB
  bonus commission = revenue * 10%
  bonus prize = 50 RUB when (attainment(revenue) else 0%) >= 100%
  bonus quality = 100 RUB when (conversion else 0%) >= 55%
}
role lead {
  bonus share = revenue[company] * 1%
}
`;
const PEOPLE = `id,name,role
  anna,Anna,seller
  boris,Boris,seller
  olga,Olga,lead`;
const DEALS = `id,closed_on,manager,amount,status
  1,2026-01-10,anna,800,won
  2,2026-01-11,anna,100,lost
  3,2026-01-11,boris,1000,won
  4,2026-02-10,anna,2000,won
  5,2026-02-11,boris,950,won`;

const open = async () =>
  createMemoryBackend({
    readFile: () => {
      throw new Error('no files here');
    },
  });

type More = Partial<SimulateRequest> & { readonly people?: string };

async function tried(changes: readonly string[], { people = PEOPLE, ...rest }: More = {}) {
  return simulate(
    {
      model: modelOf(POLICY),
      sources: [csvSource('person', people), csvSource('deal', DEALS)],
      period: '2026-01..2026-02',
      scenarios: [{ name: 'it', changes }],
      ...rest,
    },
    open,
  );
}

async function simulated(changes: readonly string[], more: More = {}): Promise<Simulation> {
  const { value, diagnostics } = await tried(changes, more);
  expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
  return value!;
}

// commission 80 + 100 + 200 + 95 = 475; prizes of boris in January and anna in February, 100; quality: anna's January is 1/2,
// the others 1, so 300; the lead 18 + 29.5 = 47.5
const BASE = '922.5';

describe('a scenario', () => {
  it('moves nothing by nothing', async () => {
    const { cost, scenarios } = await simulated(['revenue +0%', 'target revenue +0%', 'conversion -0%']);
    expect(cost).toBe(BASE);
    expect(scenarios[0]!.total).toEqual({ before: BASE, after: BASE, delta: '0' });
    expect(scenarios[0]!.people).toMatchObject({ gain: 0, lose: 0, same: 3, moved: [] });
  });

  // commission 47.5 more; boris's 950 becomes 1,045, so a prize more; the lead 4.75 more
  it('moves a sum in every scope', async () => {
    const [scenario] = (await simulated(['revenue +10%'])).scenarios;
    expect(scenario!.total).toEqual({ before: BASE, after: '1024.75', delta: '102.25' });
    expect(scenario!.changes).toEqual([
      { text: 'revenue +10%', means: { kind: 'rows', kpi: 'revenue', also: ['growth'] } },
    ]);
    expect(scenario!.byLine.map(({ role, name, delta }) => [role, name, delta])).toEqual([
      ['seller', 'commission', '47.5'],
      ['seller', 'prize', '50'],
      ['seller', 'quality', '0'],
      ['lead', 'share', '4.75'],
    ]);
    // January: 8 + 10, and 1.8 of the lead; February: 20 + 9.5 + 50 and 2.95
    expect(scenario!.byPeriod.map(({ period, delta }) => [period, delta])).toEqual([
      ['2026-01', '19.8'],
      ['2026-02', '82.45'],
    ]);
    // boris: 10 + 9.5 + 50, anna: 8 + 20
    expect(scenario!.people.moved.map(({ person, delta }) => [person, delta])).toEqual([
      ['boris', '69.5'],
      ['anna', '28'],
      ['olga', '4.75'],
    ]);
    expect(scenario!.people.delta).toEqual({
      min: '4.75',
      p10: '4.75',
      p50: '28',
      p90: '69.5',
      max: '69.5',
    });
  });

  // 50% × 110% is 55%: anna's January has it; what it is made of stays
  it('moves a ratio itself', async () => {
    const [scenario] = (await simulated(['conversion +10%'])).scenarios;
    expect(scenario!.total.delta).toBe('100');
    expect(scenario!.changes[0]!.means).toEqual({ kind: 'figure', kpi: 'conversion' });
  });

  // of 950 only boris's February reaches 95%; of 800 anna's January does not
  it('moves targets by a percent, to a value, and of a role', async () => {
    const delta = async (change: string) => (await simulated([change])).scenarios[0]!.total.delta;
    expect(await delta('target revenue -5%')).toBe('50');
    expect(await delta('target revenue 800 RUB')).toBe('100');
    expect(await delta('target revenue of seller 2_001')).toBe('-100');
  });

  it('moves a number of the policy', async () => {
    const { scenarios } = await simulated(['bonus commission 10% = 20%', 'bonus prize 50 RUB = 0 RUB']);
    // commission doubles: 475 more, and two prizes less
    expect(scenarios[0]!.total.delta).toBe('375');
    expect(scenarios[0]!.changes[0]!.means).toEqual({
      kind: 'number',
      before: 'role seller, bonus commission 10%',
      after: '20%',
    });
  });

  it('takes changes together', async () => {
    // 1,045 of 1,050 isn't there: the prizes are those of 1,100 and 2,200
    const { scenarios } = await simulated(['revenue +10%', 'target revenue +5%']);
    expect(scenarios[0]!.total.delta).toBe('52.25');
  });

  it('says what it does not understand', async () => {
    const said = async (change: string) => {
      const { diagnostics } = await tried([change]);
      return diagnostics.map(({ code, message, help }) => [code, message, help]);
    };
    const no = (change: string) => `\`${change}\` isn't a change that can be tried`;
    expect(await said('revenoo +10%')).toEqual([
      ['M3081', no('revenoo +10%'), 'the policy has no KPI `revenoo`: did you mean `revenue`?'],
    ]);
    expect((await said('revenue 10%'))[0]!.slice(0, 2)).toEqual(['M3081', no('revenue 10%')]);
    expect((await said('target growth +1%'))[0]![2]).toBe('no role has a target for `growth`');
    expect((await said('target revenue of lead +1%'))[0]![2]).toBe('role `lead` has no target for `revenue`');
    expect(await said('bonus prize 50 RUB = 5%')).toEqual([
      ['M3084', "`5%` isn't in the unit of `50 RUB`", 'write it like `1 RUB`'],
    ]);
    expect((await said('bonus = 5%'))[0]!.slice(0, 2)).toEqual([
      'M3083',
      '`bonus` can be 8 numbers of the policy',
    ]);
  });

  it('is read as text and as rows', async () => {
    const value = await simulated(['revenue +10%']);
    expect(simulationText(value)).toContain('3 people gain, 0 lose, 0 have the same.');
    expect(simulationCsv(value).split('\n').slice(0, 2)).toEqual([
      'scenario,by,role,item,before,after,delta',
      `it,total,,,${BASE},1024.75,102.25`,
    ]);
  });

  it('comes from a file too', () => {
    const text = 'good year: [revenue +10%, target revenue +5%]\nbad: revenue -10%\n';
    expect(parseScenarios({ name: 's.yaml', text }).value).toEqual([
      { name: 'good year', changes: ['revenue +10%', 'target revenue +5%'] },
      { name: 'bad', changes: ['revenue -10%'] },
    ]);
    const wrong = parseScenarios({ name: 's.yaml', text: 'a: {b: c}' });
    expect(wrong.diagnostics.map(({ code }) => code)).toEqual(['M3086']);
  });
});

describe('draws', () => {
  const draws: DrawsRequest = { draws: 200, seed: 5 };

  it('are the same for the same seed, in whatever order people stand', async () => {
    const once = await simulated(['revenue +10%'], { draws });
    const [head, ...people] = PEOPLE.split('\n');
    const again = await simulated(['revenue +10%'], {
      draws,
      people: [head, ...people.toReversed()].join('\n'),
    });
    expect(again.draws).toEqual(once.draws);
    const other = await simulated(['revenue +10%'], { draws: { ...draws, seed: 6 } });
    expect(other.draws!.costs).not.toEqual(once.draws!.costs);
  });

  it('draw the same periods for each scenario', async () => {
    const { costs } = (await simulated(['revenue +0%'], { draws })).draws!;
    expect({ ...costs[1], scenario: null }).toEqual(costs[0]);
  });

  // two people whose pay never changes: 100 and 30 a period, 3 periods
  const steady = (periods: readonly string[], pays: readonly (readonly [string, string])[]): Result =>
    ({
      periods,
      statements: periods.flatMap((period) =>
        pays.map(([person, pay]) => ({ person, period, pay, roles: [{ role: 'seller' }] })),
      ),
    }) as unknown as Result;
  const drawn = (request: DrawsRequest, result: Result) => {
    const found = drawCosts(request, [{ scenario: null, result }]);
    if ('code' in found) throw new Error(found.message);
    return found;
  };

  it('come to what is paid where that never changes', () => {
    const result = steady(
      ['2026-01', '2026-02', '2026-03'],
      [
        ['anna', '100'],
        ['boris', '30'],
      ],
    );
    const { costs, people, borrowed } = drawn({ ...draws, periods: 4, budget: exact('519.99') }, result);
    expect({ people, borrowed }).toEqual({ people: 2, borrowed: 0 });
    // 4 × 130
    expect(costs).toEqual([
      {
        scenario: null,
        ...{ mean: '520', min: '520', p5: '520', p25: '520', p50: '520', p75: '520', p95: '520', max: '520' },
        over: 200,
      },
    ]);
  });

  it('draw one period of everybody together where that is asked for', () => {
    const never = steady(
      ['2026-01', '2026-02', '2026-03'],
      [
        ['anna', '0'],
        ['boris', '0'],
      ],
    );
    // in March both have 1: drawn together, a draw of one period costs 0 or 2
    const result = {
      ...never,
      statements: never.statements.map((each) => ({ ...each, pay: each.period === '2026-03' ? '1' : '0' })),
    } as Result;
    const { costs } = drawn({ draws: 300, seed: 1, periods: 1, by: 'period', budget: exact('1') }, result);
    expect([costs[0]!.min, costs[0]!.max]).toEqual(['0', '2']);
    // a third of 300 in the mean; four standard deviations are 33
    expect(Math.abs(costs[0]!.over! - 100)).toBeLessThan(33);
    expect(costs[0]!.mean).toBe(exactText(fraction(2 * costs[0]!.over!, 300)));
  });

  it('are taken from others in the role for who is new', () => {
    const result = steady(['2026-01', '2026-02', '2026-03'], [['anna', '100']]);
    const one = { person: 'boris', period: '2026-03', pay: '0', roles: [{ role: 'seller' }] };
    const both = { ...result, statements: [...result.statements, one] } as unknown as Result;
    const { borrowed, costs } = drawn({ draws: 100, seed: 1, periods: 1 }, both);
    expect(borrowed).toBe(1);
    expect([costs[0]!.min, costs[0]!.max]).toEqual(['100', '200']);
  });

  it('have a limit', () => {
    expect(
      drawCosts({ draws: 100_001, seed: 1 }, [{ scenario: null, result: steady(['2026-01'], []) }]),
    ).toMatchObject({ code: 'M3082' });
  });
});
