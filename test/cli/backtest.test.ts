// `merit backtest` and `merit simulate` as they are typed.

import { beforeAll, describe, expect, it } from 'vitest';
import { merit, workplace } from './command.ts';

const { files } = workplace();

beforeAll(() =>
  files({
    'shop/policy.merit': `policy sales {
  currency RUB
  timezone "Europe/Moscow"
  period   month
  effective from 2026-01-01
}
event deal {
  id:        text key
  closed_on: date posts
  manager:   person owner
  amount:    money
}
kpi revenue = sum(deal.amount)
role seller {
  target revenue 100_000 RUB
  bonus commission = revenue * 3%
}
`,
    'shop/merit.config.yaml':
      'policy: policy.merit\npeople: people.csv\ndata:\n  deal: deals.csv\nperiod: 2026-01\n',
    'shop/people.csv': 'id,name,role\nanna,Anna,seller\nbob,Bob,seller\n',
    'shop/deals.csv': 'id,closed_on,manager,amount\n1,2025-12-10,anna,100000\n2,2026-01-10,bob,50000\n',
    'shop/scenarios.yaml': 'up: [revenue +10%]\ndown: revenue -10%\n',
    'shop/wrong.yaml': 'up:\n  revenue: 10\n',
  }),
);

describe('merit backtest', () => {
  // 3% of 100,000 and of 50,000, before the policy began and after
  it('runs the policy over any periods', async () => {
    const { code, out } = await merit(
      'backtest',
      'shop',
      '--period',
      '2025-12..2026-01',
      '--backend',
      'memory',
    );
    expect(code).toBe(0);
    expect(out).toContain('sales, run over 2025-12 to 2026-01 (2 periods): 2 people, 4 statements');
    expect(out).toContain("The policy doesn't hold in 2025-12: it is run there as if it did.");
    expect(out).toMatch(/All 2 +4,500\.00/);
  });

  it('fits a number, and leaves the files as they are', async () => {
    const args = ['--period', '2025-12..2026-01', '--fit', 'commission', '--budget', '6_000 RUB'];
    const { code, out } = await merit('backtest', 'shop', ...args, '--format', 'json');
    expect(code).toBe(0);
    // 150,000 × 4% is 6,000, and × 4.1% 6,150
    expect(JSON.parse(out).fit.outcome).toMatchObject({
      fits: { value: '4%', cost: '6000' },
      over: { value: '4.1%', cost: '6150' },
      exact: { kind: 'value', value: '0.04' },
    });
    const again = await merit('backtest', 'shop', '--period', '2025-12..2026-01', '--format', 'csv');
    expect(again.out).toContain('cost,,,,total,4500\n');
  });

  it.each([
    [['--fit', 'commission'], '`--fit` needs a budget'],
    [['--budget', '5'], '`--budget` needs a number that is fitted to it'],
    [['--step', '1%'], '`--step` is the step of a number that is fitted'],
    [['--fit', 'commission', '--budget', '5 USD'], "`--budget 5 USD` isn't an amount in RUB"],
    [['--fit', 'salary', '--budget', '5'], 'the policy has no number `salary`'],
    [['--fit', 'seller', '--budget', '5'], '`seller` can be 2 numbers of the policy'],
    [['--fit', 'commission', '--budget', '5', '--step', '5 RUB'], "`5 RUB` isn't in the unit of `3%`"],
    [['--fit', 'commission', '--budget', '5', '--step', '0%'], "`0%` isn't in the unit of `3%`"],
  ] as const)('refuses %j', async (args, message) => {
    const { code, err, out } = await merit('backtest', 'shop', ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });
});

describe('merit simulate', () => {
  it('runs scenarios of the command line and of a file', async () => {
    const { code, out } = await merit(
      'simulate',
      'shop',
      ...['--period', '2025-12..2026-01', '--format', 'json'],
      ...['--change', 'revenue +20%', '--change', 'target revenue +5%', '--scenarios', 'shop/scenarios.yaml'],
    );
    expect(code).toBe(0);
    const { scenarios } = JSON.parse(out);
    expect(scenarios.map((each: { name: string; total: unknown }) => [each.name, each.total])).toEqual([
      ['revenue +20%, target revenue +5%', { before: '4500', after: '5400', delta: '900' }],
      ['up', { before: '4500', after: '4950', delta: '450' }],
      ['down', { before: '4500', after: '4050', delta: '-450' }],
    ]);
  });

  it('draws the same with the same seed', async () => {
    const args = ['simulate', 'shop', '--period', '2025-12..2026-01', '--draws', '500', '--budget', '4_000'];
    const [one, two] = [await merit(...args, '--seed', '9'), await merit(...args, '--seed', '9')];
    expect(one.code).toBe(0);
    expect(one.out).toContain('500 draws of 2 periods for 2 people of the last period, seed 9');
    expect(one.out).toBe(two.out);
    expect((await merit(...args)).out).not.toBe(one.out);
  });

  it.each([
    [[], 'there is nothing to simulate'],
    [['--change', 'revenue 10%'], "`revenue 10%` isn't a change that can be tried"],
    [['--change', 'revenue +1%', '--seed', '4'], '`--seed`, `--periods` and `--budget` are of draws'],
    [['--draws', '0'], "`--draws 0` isn't a whole number from 1"],
    [['--draws', '1000000'], 'are more than can be drawn'],
    [['--scenarios', 'none.yaml'], 'there is no file `none.yaml` to read'],
  ] as const)('refuses %j', async (args, message) => {
    const { code, err, out } = await merit('simulate', 'shop', ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('shows where a file of scenarios is wrong', async () => {
    const { code, err } = await merit('simulate', 'shop', '--scenarios', 'shop/wrong.yaml');
    expect(code).toBe(1);
    expect(err).toContain('error[M3086]: a scenario is a name with a list of changes');
    expect(err).toContain('shop/wrong.yaml:2:');
  });
});
