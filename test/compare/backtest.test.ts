// A policy over history: every figure worked out by hand for four results of two people.

import { describe, expect, it } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { exact } from '../../src/base/exact.ts';
import { type BacktestRequest, backtest } from '../../src/compare/backtest.ts';
import { bandsAt, evenBands, quantilesOf } from '../../src/compare/spread.ts';
import type { Backtest } from '../../src/model/backtest.ts';
import { backtestCsv } from '../../src/report/backtest-csv.ts';
import { backtestText } from '../../src/report/backtest-text.ts';
import { csvSource, modelOf, runPolicy } from '../evaluate/run-policy.ts';

const HEAD = 'policy p {\n  currency RUB\n  timezone "Europe/Moscow"\n  period month\n}\n';

const POLICY = `${HEAD}
event deal {
  id:        text key
  closed_on: date posts
  manager:   person owner
  amount:    money
}
kpi revenue "Revenue" = sum(deal.amount)
rates ladder marginal {
  from 0 RUB:     10%
  from 1_000 RUB: 20%
}
role seller {
  target revenue 1_000 RUB
  bonus commission = ladder(revenue) cap 500 RUB
}
`;
const PEOPLE = 'id,name,role\nanna,Anna,seller\nboris,Boris,seller';
const DEALS = `id,closed_on,manager,amount
  1,2026-01-10,anna,800
  2,2026-01-11,boris,1000
  3,2026-02-10,anna,2000
  4,2026-02-11,boris,5000`;

const open = async () =>
  createMemoryBackend({
    readFile: () => {
      throw new Error('no files here');
    },
  });

async function tested(
  more: Partial<BacktestRequest> & { policy?: string; deals?: string; people?: string } = {},
) {
  const { policy = POLICY, deals = DEALS, people = PEOPLE, ...rest } = more;
  return backtest(
    {
      model: modelOf(policy),
      sources: [csvSource('person', people), csvSource('deal', deals)],
      period: '2026-01..2026-02',
      ...rest,
    },
    open,
  );
}

async function found(more: Parameters<typeof tested>[0] = {}): Promise<Backtest> {
  const { value, diagnostics } = await tested(more);
  expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
  return value!;
}

describe('a backtest', () => {
  // 800 × 10% = 80; 1,000 × 10% = 100; 2,000: 100 + 1,000 × 20% = 300; 5,000: 100 + 4,000 × 20% = 900, capped at 500
  it('adds up the cost by period, role and line', async () => {
    const { cost } = await found();
    expect(cost).toEqual({
      total: '980',
      byPeriod: [
        { period: '2026-01', people: 2, cost: '180' },
        { period: '2026-02', people: 2, cost: '800' },
      ],
      byRole: [{ role: 'seller', cost: '980' }],
      byLine: [{ role: 'seller', kind: 'bonus', name: 'commission', cost: '980', lines: 4, paid: 4 }],
    });
  });

  // attainments 80%, 100%, 200%, 500%; of four, place 1 is up to 25%, 2 up to 50%, 3 up to 75%, 4 above
  it('says how targets were reached', async () => {
    const [target] = (await found()).targets;
    expect(target).toMatchObject({ role: 'seller', kpi: 'revenue', title: 'Revenue', people: 2, results: 4 });
    expect(target).toMatchObject({ reached: 3, share: '0.75', missing: 0, top: 0 });
    expect(target!.attainment).toEqual({
      min: '0.8',
      p10: '0.8',
      p25: '0.8',
      p50: '1',
      p75: '2',
      p90: '5',
      max: '5',
    });
    expect(target!.bands.map(({ count }) => count)).toEqual([0, 0, 1, 1, 0, 2]);
    expect(target!.byPeriod.map(({ share }) => share)).toEqual(['0.5', '1']);
    expect(target).not.toHaveProperty('verdict');
  });

  it('says how pay was distributed', async () => {
    const { pay } = await found();
    expect(pay.map(({ role, results, zero, mean }) => [role, results, zero, mean])).toEqual([
      [null, 4, 0, '245'],
      ['seller', 4, 0, '245'],
    ]);
    expect(Object.values(pay[0]!.quantiles)).toEqual(['80', '80', '80', '100', '300', '500', '500']);
  });

  // 1,000 lies in the tier that begins there
  it('says where people stood', async () => {
    const { decisions } = await found();
    const said = decisions.map(({ subject, results, ways }) => [
      subject,
      results,
      ways.map(({ way, results: own, people, share }) => [way, own, people, share]),
    ]);
    expect(said).toEqual([
      [
        'bonus `commission` of role `seller`',
        4,
        [
          ['its cap `500 RUB` binds', 1, 1, '0.25'],
          ["its cap `500 RUB` doesn't bind", 3, 2, '0.75'],
        ],
      ],
      [
        'rates `ladder`',
        4,
        [
          ['tier from 0 RUB', 1, 1, '0.25'],
          ['tier from 1_000 RUB', 3, 2, '0.75'],
        ],
      ],
    ]);
  });

  it('runs a policy over periods in which it did not hold', async () => {
    const later = POLICY.replace('period month', 'period month\n  effective from 2027-01-01');
    expect((await found({ policy: later })).cost.total).toBe('980');
  });

  it('is the same whatever the order of people and rows', async () => {
    const [head, ...deals] = DEALS.split('\n');
    const [columns, ...people] = PEOPLE.split('\n');
    const other = await found({
      deals: [head, ...deals.toReversed()].join('\n'),
      people: [columns, ...people.toReversed()].join('\n'),
    });
    expect(other).toEqual(await found());
  });

  it('costs what statements pay', async () => {
    const result = await runPolicy({
      policy: POLICY.replace(HEAD, ''),
      people: PEOPLE,
      data: { deal: DEALS },
      period: '2026-01..2026-02',
    });
    const sum = result.statements.reduce((total, { pay }) => total + Number(pay), 0);
    expect((await found()).cost.total).toBe(String(sum));
  });

  it('says that a target was never reached, of enough results', async () => {
    const rows = [1, 2, 3].flatMap((month) => [
      `${month}a,2026-0${month}-10,anna,100`,
      `${month}b,2026-0${month}-10,boris,100`,
    ]);
    const { targets } = await found({
      deals: ['id,closed_on,manager,amount', ...rows].join('\n'),
      period: '2026-01..2026-03',
    });
    expect(targets[0]).toMatchObject({ results: 6, reached: 0, verdict: 'never reached' });
  });

  it('is read as text and as rows', async () => {
    const value = await found();
    const text = backtestText(value);
    expect(text).toContain('2 people, 4 statements');
    expect(text).toMatch(/seller: revenue +4 +3 +75 % +80 % +80 % +100 % +200 % +500 %/);
    expect(backtestCsv(value).split('\n').slice(0, 3)).toEqual([
      'what,period,role,item,figure,value',
      'cost,,,,total,980',
      'cost,2026-01,,,total,180',
    ]);
  });
});

describe('a number fitted to a budget', () => {
  const fitTo = async (number: string, budget: string, step?: string) =>
    (await found({ fit: { number, budget: exact(budget), ...(step !== undefined && { step }) } })).fit!;

  // with a rate r the cost is 80 + 100 + (100 + 1,000 r) + min(500, 100 + 4,000 r): 380 + 5,000 r up to 10%
  it('is exact where the cost goes straight', async () => {
    const { outcome, now, monotone, step } = await fitTo('rate ladder from 1_000 RUB', '701');
    expect({ now, monotone, step }).toEqual({
      now: { value: '20%', cost: '980' },
      monotone: true,
      step: '0.1%',
    });
    expect(outcome).toEqual({
      kind: 'found',
      fits: { value: '6.4%', cost: '700' },
      over: { value: '6.5%', cost: '705' },
      exact: { kind: 'value', value: '0.0642', shown: '6.42%' },
      diff: { before: 'from 1_000 RUB: 20%', after: 'from 1_000 RUB: 6.4%' },
    });
  });

  // past 10% it is 80 + 100 + 100 + 1,000 r + 500 = 780 + 1,000 r: at 20.1% 981
  it('is found upwards too, and past the place where a cap binds', async () => {
    expect((await fitTo('ladder 20%', '981')).outcome).toMatchObject({
      fits: { value: '20.1%', cost: '981' },
      over: { value: '20.2%', cost: '982' },
      exact: { kind: 'value', value: '0.201' },
    });
  });

  it('goes in the steps that are asked for', async () => {
    expect((await fitTo('ladder 20%', '701', '2%')).outcome).toMatchObject({
      fits: { value: '6%', cost: '680' },
      over: { value: '8%', cost: '780' },
    });
  });

  // a bound B from 1,000 to 2,000: 80 + 100 + (200 - 10% × (B - 1,000) + 100) + 500; at 1,050 anna has 295
  it('moves a bound, which makes the cost fall', async () => {
    expect((await fitTo('bound ladder 1_000', '975')).outcome).toMatchObject({
      fits: { value: 'from 1_050 RUB', cost: '975' },
      over: { value: 'from 1_049 RUB', cost: '975.1' },
      exact: { kind: 'value', value: '1050' },
    });
  });

  // anna's 80 and boris's 100 of January, and 100 of each in February, whatever the rate is
  it('says where no value fits', async () => {
    expect(await fitTo('rate ladder from 1_000 RUB', '379')).toMatchObject({
      outcome: { kind: 'always over' },
      least: { value: '0%', cost: '380' },
    });
  });

  it('says where the budget does not depend on it', async () => {
    expect((await fitTo('cap 500 RUB', '5000')).outcome).toEqual({ kind: 'always fits' });
  });

  // 50 for each whose revenue is the target or more: of 800, 1,000, 2,000 and 5,000 three reach 1,000, and two more than that
  it('says where the cost jumps over the budget', async () => {
    const policy = POLICY.replace(
      / {2}bonus.*\n/,
      '  bonus prize = 50 RUB when (attainment(revenue) else 0%) >= 100%\n',
    );
    const { fit: prize } = await found({
      policy,
      fit: { number: 'target revenue', budget: exact('120') },
    });
    expect(prize!.outcome).toMatchObject({
      fits: { value: '1_001 RUB', cost: '100' },
      over: { value: '1_000 RUB', cost: '150' },
      exact: { kind: 'jump', value: '1000', below: '100', above: '150' },
      diff: { before: 'target revenue 1_000 RUB', after: 'target revenue 1_001 RUB' },
    });
  });

  it('is asked about where it is no number, or several', async () => {
    const said = async (number: string) =>
      (await tested({ fit: { number, budget: exact('1') } })).diagnostics.map(({ code, message, help }) => [
        code,
        message,
        help,
      ]);
    expect(await said('ladder')).toEqual([
      [
        'M3083',
        '`ladder` can be 4 numbers of the policy',
        'write one of these: `rates ladder from 0 RUB` (line 15); `rates ladder, from 0 RUB 10%` (line 15); `rates ladder from 1_000 RUB` (line 16); `rates ladder, from 1_000 RUB 20%` (line 16)',
      ],
    ]);
    expect((await said('policy.merit:99 5%'))[0]!.slice(0, 2)).toEqual([
      'M3080',
      'the policy has no number `policy.merit:99 5%`',
    ]);
    expect((await fitTo('policy.merit:16 20%', '701')).outcome).toMatchObject({ kind: 'found' });
  });

  it('holds when the policy is written so and run again', async () => {
    const { outcome } = await fitTo('rate ladder from 1_000 RUB', '701');
    if (outcome.kind !== 'found') throw new Error('not found');
    const { before, after } = outcome.diff;
    expect(POLICY).toContain(before);
    const written = await found({ policy: POLICY.replace(before, after) });
    expect(written.cost.total).toBe(outcome.fits.cost);
  });
});

describe('how values are spread', () => {
  const values = ['-5', '0', '3', '10', '12'].map(exact);

  it('is by nearest rank', () => {
    expect(quantilesOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], String)).toEqual({
      min: '1',
      p10: '2', // ceil(1.1)
      p25: '3', // ceil(2.75)
      p50: '6', // ceil(5.5)
      p75: '9', // ceil(8.25)
      p90: '10', // ceil(9.9)
      max: '11',
    });
    expect(quantilesOf([], String).p50).toBeNull();
  });

  it('counts each value in one band', () => {
    // the range is 17, a tenth of it 1.7, so bands are 2 wide and begin at -6
    expect(evenBands(values).map(({ from, count }) => [from, count])).toEqual([
      ['-6', 1],
      ['-4', 0],
      ['-2', 0],
      ['0', 1],
      ['2', 1],
      ['4', 0],
      ['6', 0],
      ['8', 0],
      ['10', 1],
      ['12', 1],
    ]);
    expect(bandsAt(values, ['0', '10'].map(exact)).map(({ count }) => count)).toEqual([1, 2, 2]);
  });
});
