// Days held: roles that change within a month, two roles at once, leaving and coming back, raises and moves.

import { expect, test } from 'vitest';
import { amounts, facts, roleOf, runPolicy, statementOf } from './run-policy.ts';

const DEAL = `
event deal {
  since 2025-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money
}
kpi revenue = sum(deal.amount)
kpi deals   = count(deal)
`;

test('a change of role cuts the month: facts by day, targets and fixed amounts by days, tiers and caps whole', async () => {
  const result = await runPolicy({
    policy: `${DEAL}
      rates ladder marginal { from 0 RUB: 1%
        from 1_000 RUB: 10% }
      curve straight linear { 0%: 0%
        200%: 200%
        above: 200% }
      role junior {
        target revenue 3_000 RUB
        scorecard { revenue 100% on straight missing counts 0% }
        bonus fixed = 900 RUB
        bonus ladder_pay = ladder(revenue)
        bonus plan = 300 RUB * score
      }
      role senior extends junior {
        target revenue 6_000 RUB
        cap 500 RUB
      }`,
    people: `id,role,from,until
      ann,junior,2026-01-01,2026-06-10
      ann,senior,2026-06-11,`,
    data: {
      deal: `id,day,who,amount
        1,2026-06-10,ann,1500
        2,2026-06-11,ann,4000
        3,2026-06-30,ann,2000`,
    },
    period: '2026-06',
  });
  const junior = roleOf(result, 'ann', '2026-06', 'junior');
  const senior = roleOf(result, 'ann', '2026-06', 'senior');
  // June has 30 days: 10 as junior, 20 as senior
  expect([junior.from, junior.until, junior.days, junior.daysInPeriod]).toEqual([
    '2026-06-01',
    '2026-06-10',
    10,
    30,
  ]);
  expect([senior.from, senior.until, senior.days]).toEqual(['2026-06-11', '2026-06-30', 20]);
  // 1500 of 3000 * 10/30 = 1000: 150%
  expect(facts(junior.kpis, 'revenue')).toEqual(['1500', '1000', '1.5']);
  // 6000 of 6000 * 20/30 = 4000: 150%
  expect(facts(senior.kpis, 'revenue')).toEqual(['6000', '4000', '1.5']);
  // 900 * 10/30; 1000 * 1% + 500 * 10%, the bound isn't prorated; 300 * 150% * 10/30
  expect(amounts(junior, '2026-06')).toEqual({ fixed: '300', ladder_pay: '60', plan: '150' });
  // 900 * 20/30; 10 + 5000 * 10%; 300 * 150% * 20/30 = 300; in all 600 + 510 + 300 = 1410, the cap of 500 is whole
  expect(amounts(senior, '2026-06')).toEqual({ fixed: '600', ladder_pay: '510', plan: '300', cap: '-910' });
  expect(statementOf(result, 'ann', '2026-06').pay).toBe('1010');
});

test('two roles at once: each over its own days and credits', async () => {
  const result = await runPolicy({
    policy: `${DEAL}
      credit deal { to who 60% in role seller
        to who 40% in role coach }
      role seller { target revenue 100 RUB
        bonus share = revenue * 10% }
      role coach { target revenue 100 RUB
        bonus fixed = 310 RUB
        bonus share = revenue * 10% }`,
    people: `id,role,from,until
      ann,seller,2026-01-01,
      ann,coach,2026-01-11,2026-01-20
      bob,seller,2026-01-01,`,
    data: {
      deal: `id,day,who,amount
        1,2026-01-10,ann,1000
        2,2026-01-11,ann,1000
        3,2026-01-20,ann,100.5
        4,2026-01-21,bob,100`,
    },
    period: '2026-01',
  });
  // seller: 60% of all three: 600 + 600 + 60.3; before and after the 11th to 20th nobody holds `coach`
  const seller = roleOf(result, 'ann', '2026-01', 'seller');
  expect(facts(seller.kpis, 'revenue')).toEqual(['1260.3', '100', '12.603']);
  // coach: 40% of the two in its 10 days: 400 + 40.2; target 100 * 10/31
  const coach = roleOf(result, 'ann', '2026-01', 'coach');
  expect(facts(coach.kpis, 'revenue')).toEqual(['440.2', '1000/31', '13.6462']);
  expect(amounts(coach, '2026-01')).toEqual({ fixed: '100', share: '44.02' });
  expect(statementOf(result, 'ann', '2026-01').pay).toBe('270.05'); // 126.03 + 100 + 44.02
  // bob: 60% of 100; his coach share counts for nobody
  expect(roleOf(result, 'bob', '2026-01').kpis[0]!.actual.value).toBe('60');
});

test('leaving and coming back: two stays, each by its own days, nothing added up across', async () => {
  const result = await runPolicy({
    policy: `${DEAL}
      role seller {
        target revenue 3_100 RUB
        bonus fixed = 3_100 RUB
        bonus quarter_fixed per quarter = 9_000 RUB
        bonus quarter_plan per quarter not prorated = 1_000 RUB * (attainment(revenue) else 0%)
      }`,
    people: `id,role,from,until
      ann,seller,2025-12-01,2026-01-10
      ann,seller,2026-01-22,`,
    data: {
      deal: `id,day,who,amount
        1,2026-01-10,ann,500
        2,2026-01-22,ann,700
        3,2026-02-01,ann,3100`,
    },
    period: '2026-01..2026-03',
  });
  const [first, second] = statementOf(result, 'ann', '2026-01').roles;
  expect([first!.from, first!.until, second!.from, second!.until]).toEqual([
    '2026-01-01',
    '2026-01-10',
    '2026-01-22',
    '2026-01-31',
  ]);
  // 3100 * 10/31 = 1000 for each; the first stay ends its quarter on 10 January: 9000 * 10/90, and 500 of 1000
  expect(facts(first!.kpis, 'revenue')).toEqual(['500', '1000', '0.5']);
  expect(amounts(first!, '2026-01')).toEqual({
    fixed: '1000',
    'quarter_fixed 2026-Q1': '1000',
    'quarter_plan 2026-Q1': '500',
  });
  expect(facts(second!.kpis, 'revenue')).toEqual(['700', '1000', '0.7']);
  expect(amounts(second!, '2026-01')).toEqual({ fixed: '1000' });
  // the second stay's quarter: 10 + 28 + 31 = 69 of 90 days; target 1000 + 3100 + 3100; 3800 / 7200 of 1000 = 527.777…
  expect(amounts(roleOf(result, 'ann', '2026-03'), '2026-03')).toEqual({
    fixed: '3100',
    'quarter_fixed 2026-Q1': '6900',
    'quarter_plan 2026-Q1': '527.78',
  });
});

test('a row of one day, and a role that is held on no day of the period', async () => {
  const result = await runPolicy({
    policy: `${DEAL} role seller { bonus fixed = 280 RUB
      bonus each = deals * 10 RUB }`,
    people: `id,role,from,until
      ann,seller,2026-02-28,2026-02-28
      bob,seller,2026-03-01,
      cid,seller,,2026-01-31`,
    data: {
      deal: `id,day,who,amount
        1,2026-02-28,ann,1
        2,2026-02-27,bob,1`,
    },
    period: '2026-02',
  });
  expect(result.statements.map((each) => each.person)).toEqual(['ann']);
  expect(amounts(roleOf(result, 'ann', '2026-02'), '2026-02')).toEqual({ fixed: '10', each: '10' });
});

test('numbers of a person are averaged by days, words are those of the last day; a raise never restarts a tier', async () => {
  const policy = `person { salary: money
      fte: percent else 100%
      region: text
      grade: number? }
    ${DEAL}
    rates ladder marginal { from 0 RUB: 0%
      from 1_000 RUB: 10% }
    role seller {
      target revenue 1_000 RUB
      target revenue 2_000 RUB when person.region is "South"
      bonus pay not prorated = person.salary * 10%
      bonus part = 310 RUB * person.fte
      bonus south = 50 RUB when person.region is "South"
      bonus grade not prorated = 100 RUB * (person.grade else 7)
      bonus ladder_pay = ladder(revenue)
    }`;
  const data = {
    deal: `id,day,who,amount
      1,2026-01-05,ann,900
      2,2026-01-25,ann,900`,
  };
  const result = await runPolicy({
    policy,
    people: `id,role,from,until,salary,fte,region,grade
      ann,seller,2026-01-01,2026-01-10,1000,50%,South,1
      ann,seller,2026-01-11,2026-01-31,2000,,North,`,
    data,
    period: '2026-01',
  });
  const ann = roleOf(result, 'ann', '2026-01');
  // target: 2000 * 10/31 + 1000 * 21/31 = 41000/31; revenue 1800
  expect(facts(ann.kpis, 'revenue')).toEqual(['1800', '41000/31', '279/205']);
  // salary (1000 * 10 + 2000 * 21) / 31 = 52000/31, a tenth is 167.741…; fte (0.5 * 10 + 21) / 31 = 26/31, 310 * 26/31;
  // the last day is in the North; a grade missing on some day is missing; 800 above 1000 at 10%
  expect(amounts(ann, '2026-01')).toEqual({
    pay: '167.74',
    part: '260',
    south: '0',
    grade: '700',
    ladder_pay: '80',
  });
  expect(ann.lines.find((each) => each.name === 'south')!.because).toEqual([
    { kind: 'condition', condition: 'person.region is "South"' },
  ]);

  // the same person without a change, split into three rows: nothing changes
  const whole = await runPolicy({
    policy,
    data,
    period: '2026-01',
    people: `id,role,from,until,salary,fte,region,grade
      ann,seller,2026-01-01,,1500,80%,South,3`,
  });
  const split = await runPolicy({
    policy,
    data,
    period: '2026-01',
    people: `id,role,from,until,salary,fte,region,grade
      ann,seller,2026-01-12,2026-01-20,1500,80%,South,3
      ann,seller,2026-01-01,2026-01-11,1500,80%,South,3
      ann,seller,2026-01-21,,1500,80%,South,3`,
  });
  expect(split.statements).toEqual(whole.statements);
});

test('someone without events, someone without a team, and a team without anybody', async () => {
  const result = await runPolicy({
    head: 'period month\n report by person.team',
    policy: `${DEAL}
      kpi average_deal = average(deal.amount)
      role seller {
        target revenue 1_000 RUB
        target average_deal 100 RUB
        bonus plan = 500 RUB * (attainment(average_deal) else 0%)
        bonus share = revenue[team] * 1%
      }`,
    people: `id,role,team,from,until
      ann,seller,A,,
      bob,seller,,,
      cid,seller,B,,2025-12-31`,
    data: { deal: `id,day,who,amount\n 1,2026-01-05,bob,900` },
    period: '2026-01',
  });
  const ann = roleOf(result, 'ann', '2026-01');
  expect(facts(ann.kpis, 'revenue')).toEqual(['0', '1000', '0']);
  expect(facts(ann.kpis, 'average_deal')).toEqual([null, '100', undefined]);
  expect(amounts(ann, '2026-01')).toEqual({ plan: '0', share: '0' });
  // bob has no team and is one by himself: 1% of 900
  expect(amounts(roleOf(result, 'bob', '2026-01'), '2026-01')).toEqual({ plan: '4500', share: '9' });
  // team B has nobody in January and isn't shown; who has no team is in no group
  expect(result.groups.map((each) => [each.value, each.people, each.pay])).toEqual([['A', 1, '0']]);
});
