// From results to money: tables of rates at their bounds, gates, caps, rounding, and lines that add up to the total.

import { describe, expect, test } from 'vitest';
import { add, type Exact, exact, exactText, ZERO } from '../../src/base/exact.ts';
import { amounts, roleOf, runPolicy } from './run-policy.ts';

const EVENT = `
event deal {
  since 2025-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money
}
kpi revenue = sum(deal.amount)
kpi deals   = count(deal)
kpi check   = average(deal.amount)
`;
const PERIOD = '2026-01';

interface January {
  readonly head?: string;
  readonly people?: string;
  readonly amounts?: readonly string[];
}

async function january(policy: string, given: January = {}) {
  const rows = (given.amounts ?? []).map((amount, at) => `${at + 1},2026-01-05,ann,${amount}`);
  const result = await runPolicy({
    ...(given.head === undefined ? {} : { head: given.head }),
    policy: EVENT + policy,
    people: given.people ?? 'id,role\n ann,seller',
    period: PERIOD,
    data: { deal: ['id,day,who,amount', ...rows].join('\n') },
  });
  const role = roleOf(result, 'ann', PERIOD);
  const sum = role.lines.reduce((total: Exact, line) => add(total, exact(line.amount)), ZERO);
  expect(exactText(sum)).toBe(role.total);
  return role;
}

describe('rates', () => {
  const FROM = `rates m marginal { from 0 RUB: 1%
      from 1_000 RUB: 10%
      from 2_000 RUB: 20% }
    rates w whole { from 0 RUB: 1%
      from 1_000 RUB: 10%
      above 2_000 RUB: 20% }
    rates late marginal { above 1_000 RUB: 10% }
    rates late_whole whole { above 1_000 RUB: 10% }
    role seller { bonus marginal = m(revenue)
      bonus whole = w(revenue)
      bonus late_m = late(revenue)
      bonus late_w = late_whole(revenue)
      bonus rate not prorated = 100 RUB * w.rate(revenue)
      bonus late_rate not prorated = 100 RUB * late_whole.rate(revenue) }`;

  test.each([
    // revenue: marginal, whole, late marginal, late whole, rate (times 100), late rate
    ['0', '0', '0', '0', '0', '1', '0'],
    ['999.99', '10', '10', '0', '0', '1', '0'], // 9.9999
    ['1000', '10', '100', '0', '0', '10', '0'], // `from 1000` is 1000's own; `above 1000` isn't
    ['1000.01', '10', '100', '0', '100', '10', '10'], // 10.001; 100.001; 0.001; 100.001
    ['2000', '110', '200', '100', '200', '10', '10'],
    ['2000.05', '110.01', '400.01', '100.01', '200.01', '20', '10'], // .01; 400.01; 100.005 is a half: up; 200.005
    // a tier from 0 goes on below it: a refund takes back at the rate at which it was earned
    ['-500', '-5', '-5', '0', '0', '1', '0'],
  ])('revenue %s', async (revenue, marginal, whole, lateM, lateW, rate, lateRate) => {
    const role = await january(FROM, { amounts: [revenue] });
    expect(amounts(role, PERIOD)).toEqual({
      marginal,
      whole,
      late_m: lateM,
      late_w: lateW,
      rate,
      late_rate: lateRate,
    });
  });

  test('the tiers that a value went through add up to its amount', async () => {
    const role = await january(FROM, { amounts: ['2500'] });
    const [marginal] = role.lines;
    const tier = (...values: readonly string[]) =>
      Object.fromEntries(['bound', 'part', 'rate', 'amount'].map((key, at) => [key, { value: values[at] }]));
    expect(marginal!.inputs.at(-1)).toMatchObject({
      text: 'm(revenue)',
      value: { value: '210' },
      tiers: [
        tier('0', '1000', '0.01', '10'),
        tier('1000', '1000', '0.1', '100'),
        tier('2000', '500', '0.2', '100'),
      ],
    });
  });
});

describe('rounding', () => {
  // a thousandth of the revenue, so that 5 RUB is a half of a hundredth
  const ROLE = 'role seller { bonus part = revenue * 0.1% }';
  test.each([
    ['half up to 0.01', '5', '0.01'],
    ['half up to 0.01', '4.99', '0'],
    ['half up to 0.01', '-5', '-0.01'],
    ['half up to 0.01', '15', '0.02'],
    ['half even to 0.01', '5', '0'],
    ['half even to 0.01', '15', '0.02'],
    ['half even to 0.01', '25', '0.02'],
    ['half even to 0.01', '-25', '-0.02'],
    ['half even to 0.01', '25.01', '0.03'],
    ['down to 0.01', '19.99', '0.01'],
    ['down to 0.01', '-19.99', '-0.01'],
    ['half up to 0.05', '75', '0.1'], // 0.075 is a half of 0.05 above 0.05
    ['half up to 1', '500', '1'],
    ['half up to 1', '-500', '-1'],
    ['half even to 10', '5000', '0'],
  ])('%s: 0.1%% of %s is %s', async (rounding, revenue, amount) => {
    const role = await january(ROLE, { head: `period month\n rounding ${rounding}`, amounts: [revenue] });
    expect(amounts(role, PERIOD)).toEqual({ part: amount });
  });

  test('the default is half up to the decimals of the currency', async () => {
    const role = await january(ROLE, { amounts: ['1005'] });
    expect(amounts(role, PERIOD)).toEqual({ part: '1.01' }); // 1.005
  });

  test('each line is rounded once; one that names another sees it exact, after its gate and cap', async () => {
    const role = await january(
      `role seller {
        gate deals >= 5
        bonus third = revenue / 3
        bonus thirds = third * 3
        bonus capped = revenue / 3 cap 20.005 RUB
        bonus of_capped = capped * 100%
        bonus shut gated = revenue
        bonus of_shut = shut + revenue / 7
        bonus off = revenue when deals > 5
        bonus of_off = off * 50%
      }`,
      { amounts: ['100'] },
    );
    expect(amounts(role, PERIOD)).toEqual({
      third: '33.33',
      thirds: '100', // not 99.99
      capped: '20.01',
      of_capped: '20.01',
      shut: '0',
      of_shut: '14.29', // 0 + 14.2857…
      off: '0',
      of_off: '0',
    });
    // 33.33 + 100 + 20.01 + 20.01 + 14.29
    expect(role.total).toBe('187.64');
    const because = Object.fromEntries(role.lines.map((line) => [line.name, line.because]));
    expect(because).toMatchObject({
      capped: [{ kind: 'cap', cap: '20.005' }],
      shut: [{ kind: 'gate', condition: 'deals >= 5' }],
      off: [{ kind: 'condition', condition: 'deals > 5' }],
    });
    expect(role.lines.find((line) => line.name === 'off')!.computed).toBe('100');
  });
});

describe('gates', () => {
  test('hold gated bonuses alone; a gate whose `when` fails is no gate; all that fail are said', async () => {
    const role = await january(
      `role seller {
        gate deals >= 1
        gate (check else 0 RUB) >= 200 RUB
        gate revenue >= 1_000 RUB when deals >= 3
        gate revenue >= 10_000 RUB when deals >= 2
        bonus held gated = revenue
        bonus free = revenue
      }`,
      { amounts: ['100', '100.01'] },
    );
    expect(amounts(role, PERIOD)).toEqual({ held: '0', free: '200.01' });
    expect(role.gates.map(({ applies, passed }) => [applies, passed])).toEqual([
      [true, true],
      [true, false],
      [false, true],
      [true, false],
    ]);
    expect(role.lines[0]!.because).toEqual([
      { kind: 'gate', condition: '(check else 0 RUB) >= 200 RUB' },
      { kind: 'gate', condition: 'revenue >= 10_000 RUB' },
    ]);
  });

  test('a bound is met exactly: three times a third is a whole', async () => {
    const role = await january(
      `kpi third = revenue / 300 RUB
       role seller { target revenue 300 RUB
         gate third * 3 >= 100%
         bonus held gated = 1 RUB }`,
      { amounts: ['100', '100', '100'], people: 'id,role,from\n ann,seller,2026-01-01' },
    );
    expect(amounts(role, PERIOD)).toEqual({ held: '1' });
  });
});

describe('caps', () => {
  const quarter = async (caps: string, revenue: readonly [string, string, string]) => {
    const result = await runPolicy({
      policy: `${EVENT} role seller {
        bonus monthly = revenue
        bonus quarterly per quarter = revenue * 10%
        ${caps} }`,
      people: 'id,role\n ann,seller',
      period: '2026-01..2026-03',
      data: {
        deal: `id,day,who,amount
          1,2026-01-05,ann,${revenue[0]}
          2,2026-02-05,ann,${revenue[1]}
          3,2026-03-05,ann,${revenue[2]}`,
      },
    });
    return ['2026-01', '2026-02', '2026-03'].map((each) => amounts(roleOf(result, 'ann', each), each));
  };

  test("a cap counts the bonuses of its own grain, and isn't prorated", async () => {
    expect(await quarter('cap 500 RUB\n cap 100 RUB per quarter', ['501', '499', '1000'])).toEqual([
      { monthly: '501', cap: '-1' },
      { monthly: '499' },
      // a tenth of 2000 is 200
      { monthly: '1000', 'quarterly 2026-Q1': '200', cap: '-500', 'cap 2026-Q1': '-100' },
    ]);
    const short = await january('role seller { bonus a = revenue\n cap 500 RUB }', {
      amounts: ['900'],
      people: 'id,role,from\n ann,seller,2026-01-05',
    });
    expect(amounts(short, PERIOD)).toEqual({ a: '900', cap: '-400' });
  });

  test('a cap in all counts every bonus of the period, less what other caps took', async () => {
    const both = 'cap 500 RUB\n cap 100 RUB per quarter\n cap 550 RUB in all';
    const [, , march] = await quarter(both, ['501', '499', '1000']);
    // 1000 + 200, less 500, less 100, is 600: 50 more
    expect(Object.values(march!)).toHaveLength(4);
    const totals = await runPolicy({
      policy: `${EVENT} role seller {
        bonus monthly = revenue
        bonus quarterly per quarter = revenue * 10%
        cap 500 RUB
        cap 550 RUB in all }`,
      people: 'id,role\n ann,seller',
      period: '2026-03',
      data: { deal: 'id,day,who,amount\n 1,2026-03-05,ann,1000' },
    });
    // 500 + 100 = 600, in all 550
    const role = roleOf(totals, 'ann', '2026-03');
    expect(role.lines.map((line) => line.amount)).toEqual(['1000', '100', '-500', '-50']);
    expect(role.total).toBe('550');
  });

  test('a cap in all that has room takes nothing', async () => {
    const result = await runPolicy({
      policy: `${EVENT} role seller {
        bonus monthly = revenue
        bonus quarterly per quarter = revenue * 10%
        cap 500 RUB
        cap 600 RUB in all }`,
      people: 'id,role\n ann,seller',
      period: '2026-03',
      data: { deal: 'id,day,who,amount\n 1,2026-03-05,ann,1000' },
    });
    expect(roleOf(result, 'ann', '2026-03').total).toBe('600');
  });

  test('a cap that reads the score over a longer grain has its facts', async () => {
    const result = await runPolicy({
      policy: `${EVENT} role seller {
        target revenue 100 RUB
        scorecard { revenue 100% missing counts 0% }
        bonus monthly = revenue
        cap 10 RUB * score per quarter }`,
      people: 'id,role\n ann,seller',
      period: '2026-03',
      data: { deal: 'id,day,who,amount\n 1,2026-03-05,ann,1000' },
    });
    expect(roleOf(result, 'ann', '2026-03').total).toBe('1000');
  });
});
