// Targets that aren't one value (spread over parts, a band, a row of a table), and KPIs with an attainment and a status
// of their own. The arithmetic is by hand.

import { expect, test } from 'vitest';
import { statementText } from '../../src/report/statement.ts';
import { amounts, facts, kpiOf, roleOf, runOnBoth, runPolicy, statementOf } from './run-policy.ts';

const DEAL = `
event deal {
  since 2025-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money
}
kpi revenue = sum(deal.amount)
kpi deals = count(deal)
kpi clients = count(distinct deal.id)
kpi refunds lower is better = count(deal where amount < 0 RUB)
kpi average_deal = average(deal.amount)
`;
const target = (result: Awaited<ReturnType<typeof runPolicy>>, person: string, period: string, kpi: string) =>
  facts(roleOf(result, person, period).kpis, kpi)[1];

test('a yearly target spread over quarters, over months and evenly; a part of a part goes by equal periods', async () => {
  const policy = `${DEAL}role seller {
    target revenue 12_000 RUB per year spread 15%, 25%, 25%, 35%
    target deals 1_200 per year spread evenly
    target refunds 120 per quarter spread 20%, 30%, 50%
    target clients 24 per year spread 5%, 5%, 5%, 10%, 10%, 10%, 5%, 5%, 5%, 10%, 10%, 20%
  }`;
  const people = 'id,role,from\n ann,seller,2026-01-01\n bob,seller,2026-02-15';
  const months = await runPolicy({ policy, people, period: '2026-01..2026-12' });
  const ofMonth = (kpi: string, month: string, person = 'ann') =>
    target(months, person, `2026-${month}`, kpi);
  // 1800 / 3, 3000 / 3, 4200 / 3
  expect(['01', '03', '04', '12'].map((each) => ofMonth('revenue', each))).toEqual([
    '600',
    '600',
    '1000',
    '1400',
  ]);
  expect(ofMonth('deals', '02')).toBe('100');
  expect(['01', '02', '03', '04'].map((each) => ofMonth('refunds', each))).toEqual(['24', '36', '60', '24']);
  expect([ofMonth('clients', '04'), ofMonth('clients', '12')]).toEqual(['2.4', '4.8']);
  // bob holds 14 of 28 days
  expect(ofMonth('revenue', '02', 'bob')).toBe('300');

  const quarters = await runPolicy({
    head: 'period quarter',
    policy: policy.replace(/.*refunds 120.*\n/, ''),
    people,
    period: '2026-Q1..2026-Q4',
  });
  expect(target(quarters, 'ann', '2026-Q2', 'revenue')).toBe('3000');
  expect(target(quarters, 'ann', '2026-Q2', 'deals')).toBe('300');
  // 10% + 10% + 20% of 24
  expect(target(quarters, 'ann', '2026-Q4', 'clients')).toBe('9.6');
});

test('a spread target adds up over windows, longer grains and teams, and is itself over its own length', async () => {
  const result = await runPolicy({
    policy: `${DEAL}role seller {
      target revenue 12_000 RUB per year spread 10%, 20%, 30%, 40%
      bonus so_far not prorated = 100 RUB * (attainment(revenue[ytd]) else 0%)
      bonus quarter per quarter not prorated = 100 RUB * (attainment(revenue) else 0%)
      bonus team not prorated = 100 RUB * (attainment(revenue[team, ytd]) else 0%)
    }`,
    people: 'id,role,team\n ann,seller,A\n bob,seller,A',
    data: { deal: 'id,day,who,amount\n 1,2026-01-10,ann,800\n 2,2026-05-10,ann,600' },
    period: '2026-01..2026-06',
  });
  const ann = (period: string) => amounts(roleOf(result, 'ann', period), period);
  // January: 400 a month: 800 of 400; the team's is 800
  expect([ann('2026-01').so_far, ann('2026-01').team]).toEqual(['200', '100']);
  // May: 1200 + 800 + 800 = 2800; 1400 of it
  expect([ann('2026-05').so_far, ann('2026-05').team]).toEqual(['50', '25']);
  // the first quarter: 800 of 1200, 66.666…; the second: 600 of 2400
  expect([ann('2026-03')['quarter 2026-Q1'], ann('2026-06')['quarter 2026-Q2']]).toEqual(['66.67', '25']);
});

test('a year of 53 weeks spread evenly: each of its weeks the same, and a quarter has those of its weeks', async () => {
  const result = await runOnBoth({
    head: 'period week',
    policy: `calendar retail { year starts 2023-05-01, quarters 4, 4, 5 weeks }
      ${DEAL}role seller {
        target revenue 53_000 RUB per year of retail spread evenly
        bonus quarter per quarter of retail not prorated = 100 RUB * (attainment(revenue) else 7%)
        bonus so_far not prorated = 100 RUB * (attainment(revenue[ytd of retail]) else 7%)
      }`,
    people: 'id,role\n ann,seller',
    data: { deal: 'id,day,who,amount\n 1,2026-04-30,ann,7000' },
    period: '2026-W18',
  });
  // the year is 2025-04-28 to 2026-05-03, as May 2026 begins on a Friday, nearer to the Monday after; the last quarter has
  // 14 of its 53 weeks, so 14 000: 7 000 is a half of it, and 7/53 of the year
  expect(amounts(roleOf(result, 'ann', '2026-W18'), '2026-W18')).toEqual({
    'quarter retail-2025-Q4': '50',
    so_far: '13.21',
  });
});

test('a band: 100% inside, both ends included, else 0%; prorated and added up like any target', async () => {
  const policy = `${DEAL}role seller {
    target deals within 2 .. 3
    target average_deal within 0 RUB .. 100 RUB
    scorecard { deals 60%, average_deal 40% missing counts 0% }
    bonus plan not prorated = 1_000 RUB * score
    bonus team not prorated = 10 RUB * (attainment(deals[team]) else 0%)
  }`;
  const deals = (person: string, count: number, amount: number) =>
    Array.from({ length: count }, (_, at) => `${person}${at},2026-01-20,${person},${amount}`).join('\n');
  const result = await runOnBoth({
    policy,
    people: `id,role,team,from,until
      ann,seller,A,,
      bob,seller,A,,
      cid,seller,B,,
      eve,seller,B,2026-01-17,2026-01-31
      fay,seller,C,,`,
    data: {
      deal: ['id,day,who,amount', deals('ann', 3, 100), deals('bob', 1, 0), deals('cid', 4, 100.01)].join(
        '\n',
      ),
    },
    period: '2026-01',
  });
  const plan = (person: string) => {
    const lines = amounts(roleOf(result, person, '2026-01'), '2026-01');
    return [lines.plan, lines.team];
  };
  // three deals of 100: both; one of 0: the average is in its band, the count isn't; the team has 4 in 4 .. 6
  expect([plan('ann'), plan('bob')]).toEqual([
    ['1000', '10'],
    ['400', '10'],
  ]);
  // four of 100.01: neither; team B has 4 in 2 + 2 * 15/31 .. 3 + 3 * 15/31, which is 2.967… .. 4.451…
  expect(plan('cid')).toEqual(['0', '10']);
  // eve has none of 0.967… .. 1.451…, and no average; from the 17th, when she is in it, the team has 4 in 1.935… .. 2.903…
  expect(plan('eve')).toEqual(['0', '0']);
  const line = kpiOf(roleOf(result, 'ann', '2026-01').kpis, 'deals');
  expect([line.target?.value, line.upTo?.value, line.attainment, line.status]).toEqual([
    '2',
    '3',
    { value: '1', type: { kind: 'percent' } },
    'green',
  ]);
  expect(statementText(statementOf(result, 'ann', '2026-01'), result)).toMatch(/deals +3 +2 \.\. 3 +100/);
});

test('a band whose upper end is another in a part of the time, or for some of the people, is no target of the whole', async () => {
  const policy = `person { region: text }
    ${DEAL}role base {
    bonus quarter per quarter not prorated = 100 RUB * (attainment(average_deal) else 7%)
    bonus team not prorated = 100 RUB * (attainment(average_deal[team]) else 7%)
    bonus whole not prorated = 100 RUB * (attainment(deals[company]) else 7%)
  }
  role seller extends base {
    target average_deal within 100 RUB .. 300 RUB
    target average_deal within 100 RUB .. 200 RUB when person.region is "South"
    target deals within 1 .. 5
  }
  role clerk extends base { target deals 4 }`;
  const result = await runOnBoth({
    policy,
    people: `id,role,team,region,from,until
      ann,seller,A,North,,2026-01-31
      ann,seller,A,South,2026-02-01,
      bob,seller,A,North,,
      cid,clerk,B,North,,`,
    data: {
      deal: 'id,day,who,amount\n 1,2026-01-20,ann,150\n 2,2026-02-20,bob,250\n 3,2026-03-20,bob,150',
    },
    period: '2026-01..2026-03',
  });
  const paid = (person: string, month: string) => amounts(roleOf(result, person, month), month);
  // January: 100 .. 300 for both; from February ann's ends at 200, so the team has no band, and her quarter none either
  expect([paid('ann', '2026-01').team, paid('ann', '2026-02').team]).toEqual(['100', '7']);
  expect(paid('ann', '2026-03')['quarter 2026-Q1']).toBe('7');
  // bob's quarter has 200 in 100 .. 300
  expect(paid('bob', '2026-03')['quarter 2026-Q1']).toBe('100');
  // two bands of 1 .. 5 and one number of 4 don't come to one target
  expect(paid('cid', '2026-01').whole).toBe('7');
  // a clerk's own is the number
  expect(kpiOf(roleOf(result, 'cid', '2026-01').kpis, 'deals').attainment).toEqual({
    value: '0',
    type: { kind: 'percent' },
  });
});

test('a target from a table: by person, by attributes and by period, dated or not; no row: the line before', async () => {
  const result = await runPolicy({
    policy: `person { region: text }
      table quota { id: person key
        revenue: money
        from: date
        until: date? }
      table plan { region: text key
        month: period key
        deals: number }
      ${DEAL}role seller {
        target revenue 1_000 RUB
        target revenue from quota
        target deals 10
        target deals from plan when person.region is not "West"
      }
      for person cid { target revenue from quota }`,
    people: `id,role,region,from,until
      ann,seller,North,2026-01-01,2026-01-10
      ann,seller,South,2026-01-11,
      bob,seller,West,,
      cid,seller,South,,`,
    data: {
      quota: `id,revenue,from,until
        ann,5000,2026-01-01,2026-01-31
        ann,7000,2026-02-01,
        cid,100,2026-02-01,`,
      plan: `region,month,deals
        North,2026-01,41
        South,2026-01,10
        West,2026-01,99`,
    },
    period: '2026-01..2026-02',
  });
  expect([target(result, 'ann', '2026-01', 'revenue'), target(result, 'ann', '2026-02', 'revenue')]).toEqual([
    '5000',
    '7000',
  ]);
  expect(target(result, 'bob', '2026-01', 'revenue')).toBe('1000');
  expect([target(result, 'cid', '2026-01', 'revenue'), target(result, 'cid', '2026-02', 'revenue')]).toEqual([
    '1000',
    '100',
  ]);
  // 10 days in the North, 21 in the South: (10 * 41 + 21 * 10) / 31 = 20
  expect(target(result, 'ann', '2026-01', 'deals')).toBe('20');
  expect([target(result, 'bob', '2026-01', 'deals'), target(result, 'cid', '2026-02', 'deals')]).toEqual([
    '10',
    '10',
  ]);
});

test("a KPI's own attainment, in scores, windows and teams, missing without a target or with one of zero", async () => {
  const result = await runOnBoth({
    policy: `person { goal: number }
      ${DEAL}
      kpi costs {
        value sum(deal.amount)
        attainment = 2 - actual / target
        status green from 110%, amber from 90%
      }
      kpi missed {
        value count(deal where amount > 50 RUB)
        attainment = (100% when actual < target otherwise 0%)
      }
      role seller {
        target costs 100 RUB when person.goal > 0
        target missed person.goal
        scorecard { costs 50% missing counts 0%, missed 50% missing counts 0% }
        bonus plan not prorated = 1_000 RUB * score
        bonus team not prorated = 100 RUB * (attainment(costs[team, ytd]) else 0%)
      }`,
    people: 'id,role,team,goal\n ann,seller,A,2\n bob,seller,A,1\n cid,seller,B,0',
    data: {
      deal: `id,day,who,amount
        1,2026-01-10,ann,60
        2,2026-01-11,ann,20
        3,2026-02-10,ann,110
        4,2026-01-10,bob,105
        5,2026-01-10,cid,10`,
    },
    period: '2026-01..2026-02',
  });
  const line = (person: string, period: string, kpi: string) => {
    const { attainment, status } = kpiOf(roleOf(result, person, period).kpis, kpi);
    return [attainment === 'top' ? 'top' : attainment?.value, status];
  };
  // 2 - 80/100; 2 - 110/100; 2 - 105/100
  expect(line('ann', '2026-01', 'costs')).toEqual(['1.2', 'green']);
  expect(line('ann', '2026-02', 'costs')).toEqual(['0.9', 'amber']);
  expect(line('bob', '2026-01', 'costs')).toEqual(['0.95', 'amber']);
  // one of 2 is below; one of 1 isn't; a target of 0 has no attainment, and neither has what has no target
  expect(line('ann', '2026-01', 'missed')).toEqual(['1', 'green']);
  expect(line('bob', '2026-01', 'missed')).toEqual(['0', 'red']);
  expect([line('cid', '2026-01', 'missed'), line('cid', '2026-01', 'costs')]).toEqual([
    [undefined, undefined],
    [undefined, undefined],
  ]);
  const paid = (person: string, period: string) => amounts(roleOf(result, person, period), period);
  // 1000 * (60% + 50%); the team's: 185 of 200 in January, 2 - 0.925; 295 of 400 by February
  expect(paid('ann', '2026-01')).toEqual({ plan: '1100', team: '107.5' });
  expect(paid('ann', '2026-02').team).toBe('126.25');
  expect(paid('cid', '2026-01')).toEqual({ plan: '0', team: '0' });
});
