// A bonus over a quarter: what decided it stands beside what was measured in the month, and before it is earned the
// statement says when it will be. By hand: ann sells for 150 RUB in January and 60 in February, of 3 × 100 that are
// expected: 70 %, so 90 × 70 % = 63. ben leaves on 14 February, after 31 + 14 = 45 of 90 days: 75 RUB of 100 + 100 × 14/28
// = 150, which is 50 %, and 90 × 50 % × 45/90 = 22.5, for which one deal is too few.

import { describe, expect, test } from 'vitest';
import { resultCsv } from '../../src/report/csv.ts';
import { statementText } from '../../src/report/statement.ts';
import { roleOf, runOnBoth, statementOf } from './run-policy.ts';

const POLICY = `event deal { since 2026-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money }
kpi revenue = sum(deal.amount)
kpi deals = count(deal)
role seller {
  target revenue 100 RUB
  scorecard { revenue 100% }
  gate deals >= 2
  bonus plan "Quarterly plan" gated per quarter = 90 RUB * score
  bonus loyal per year = 10 RUB while employed
}`;

const result = (period = '2026-01..2026-03') =>
  runOnBoth({
    policy: POLICY,
    people: 'id,role,from,until\nann,seller,2026-01-01,\nben,seller,2026-01-01,2026-02-14',
    data: { deal: 'id,day,who,amount\n1,2026-01-05,ann,150\n2,2026-02-05,ann,60\n3,2026-01-07,ben,75' },
    period,
  });

describe('a quarter that ends', () => {
  test('brings the KPIs, the score and the gates that decided it', async () => {
    const role = roleOf(await result(), 'ann', '2026-03');
    expect(role.gates).toMatchObject([{ condition: 'deals >= 2', passed: false }]);
    expect(role.longer).toHaveLength(1);
    expect(role.longer![0]).toMatchObject({
      period: '2026-Q1',
      bonuses: ['plan'],
      from: '2026-01-01',
      until: '2026-03-31',
      days: 90,
      daysInPeriod: 90,
      kpis: [
        {
          kpi: 'revenue',
          actual: { value: '210' },
          target: { value: '300' },
          attainment: { value: '0.7' },
          status: 'red',
        },
        { kpi: 'deals', actual: { value: '2' } },
      ],
      score: { value: { value: '0.7' }, lines: [{ kpi: 'revenue', points: '0.7' }] },
      gates: [{ condition: 'deals >= 2', passed: true, inputs: [{ text: 'deals', value: { value: '2' } }] }],
    });
    expect(role.lines).toMatchObject([{ name: 'plan', period: '2026-Q1', amount: '63' }]);
  });

  test('of one who leaves, up to the last day', async () => {
    const found = await result();
    const role = roleOf(found, 'ben', '2026-02');
    const [year, quarter] = [role.longer![1]!, role.longer![0]!];
    expect(quarter).toMatchObject({
      period: '2026-Q1',
      from: '2026-01-01',
      until: '2026-02-14',
      days: 45,
      daysInPeriod: 90,
      kpis: [{ actual: { value: '75' }, target: { value: '150' }, attainment: { value: '0.5' } }, {}],
      gates: [{ passed: false }],
    });
    // nothing is measured for a bonus that is a fixed amount
    expect(year).toMatchObject({ period: '2026', bonuses: ['loyal'], kpis: [], gates: [], days: 45 });
    expect(role.lines).toMatchObject([
      { name: 'plan', computed: '22.5', amount: '0' },
      { name: 'loyal', amount: '0' },
    ]);
    const text = statementText(statementOf(found, 'ben', '2026-02'), found);
    expect(text).toContain(`
  Over 2026-Q1, for Quarterly plan
  2026-01-01 to 2026-02-14: 45 of 90 days

  KPI         Actual      Target  Attainment  Status
  ──────────────────────────────────────────────────
  revenue  75.00 RUB  150.00 RUB        50 %  red
  deals            1
    revenue, target: 100.00 RUB in 2026-01 + (100.00 RUB × 14/28 days) in 2026-02

`);
    expect(text).toContain(`
  Gates
    failed: deals >= 2
        deals = 1

  Pay
`);
    expect(text).not.toContain('Over 2026,');
  });

  test('stands in CSV with its period', async () => {
    const rows = resultCsv(await result('2026-03')).split('\n');
    const lead = '2026-03,ann,ann,seller,2026-03-01,2026-03-31';
    expect(rows).toContain(`${lead},kpi,revenue 2026-Q1,210,,RUB,300,,0.7,red,`);
    expect(rows).toContain(`${lead},score,score 2026-Q1,0.7,,fraction,,,,,`);
    expect(rows).toContain(`${lead},gate,deals >= 2 2026-Q1,passed,,,,,,,`);
    expect(rows).toContain(`${lead},pending,loyal 2026,2026-12,,,,,,,`);
  });
});

describe('a quarter that goes on', () => {
  test('is said with when it is earned, and without an amount', async () => {
    const found = await result();
    const { pending, longer, lines } = roleOf(found, 'ann', '2026-02');
    expect([longer, lines]).toEqual([undefined, []]);
    expect(pending).toEqual([
      {
        name: 'plan',
        title: 'Quarterly plan',
        formula: '90 RUB * score',
        period: '2026-Q1',
        earnedIn: '2026-03',
      },
      { name: 'loyal', formula: '10 RUB', period: '2026', earnedIn: '2026-12', stillThereOn: '2026-12-31' },
    ]);
    expect(statementText(statementOf(found, 'ann', '2026-02'), found)).toContain(`
  Not earned yet
    Quarterly plan: worked out over 2026-Q1, earned in 2026-03, or when the role ends
    loyal: worked out over 2026, earned in 2026-12, or when the role ends, by who is still there on 2026-12-31
`);
    expect(roleOf(found, 'ann', '2026-03').pending).toMatchObject([{ name: 'loyal' }]);
    expect(roleOf(found, 'ben', '2026-02').pending).toBeUndefined();
    // what isn't known yet isn't told: ben goes in February
    expect(roleOf(found, 'ben', '2026-01').pending).toMatchObject([
      { name: 'plan', earnedIn: '2026-03' },
      { name: 'loyal', earnedIn: '2026-12' },
    ]);
  });
});

test('what a condition keeps from being read over a quarter does not stop the run, and is left out', async () => {
  // no refund at all where fewer are better: the attainment that the bonus would read has no upper end
  const found = await runOnBoth({
    policy: `event deal { id: text key\n day: date posts\n who: person owner\n amount: money }
      kpi deals = count(deal)
      kpi refunds lower is better = count(deal where amount < 0 RUB)
      curve fewer linear { below 80%: 0%\n 80%: 50%\n above: 1% more per 1% }
      role seller {
        target refunds 3
        scorecard { refunds 100% on fewer cap 200% }
        bonus plan per quarter = 90 RUB * attainment(refunds) when deals >= 5
      }`,
    people: 'id,role,from,until\nann,seller,2026-01-01,',
    data: { deal: 'id,day,who,amount\n1,2026-01-05,ann,150' },
    period: '2026-03',
  });
  const role = roleOf(found, 'ann', '2026-03');
  expect(role.longer).toMatchObject([{ period: '2026-Q1', kpis: [{ kpi: 'deals' }, { kpi: 'refunds' }] }]);
  expect(role.lines).toMatchObject([{ name: 'plan', computed: '0', amount: '0' }]);
});
