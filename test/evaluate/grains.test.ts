// Bonuses and targets over longer grains than the policy's period, and policies of other periods than months.

import { describe, expect, test } from 'vitest';
import { amounts, facts, roleOf, runPolicy, statementOf } from './run-policy.ts';

const EVENT = `
event deal {
  since 2025-01-01
  id: text key
  day: date posts
  who: person owner
  client: text
  amount: money
}
kpi revenue = sum(deal.amount)
kpi clients = count(distinct deal.client)
kpi check   = average(deal.amount)
`;
const DEALS = `id,day,who,client,amount
  1,2026-01-31,ann,A,100
  2,2026-02-01,ann,A,200
  3,2026-03-31,ann,B,400
  4,2026-04-01,ann,C,800
  5,2026-12-31,ann,C,1600`;

describe('a monthly policy', () => {
  const BONUSES = `role seller {
    target revenue 100 RUB
    target clients 2 adds up
    target check 50 RUB
    bonus month = revenue * 1%
    bonus quarter per quarter = revenue * 1%
    bonus year per year = revenue * 1%
    bonus different per quarter not prorated = 60 RUB * (attainment(clients) else 0%)
    bonus plan per quarter not prorated = 30 RUB * (attainment(revenue) else 0%)
    bonus ratio per quarter not prorated = 30 RUB * (attainment(check) else 0%)
    bonus fixed per year = 3_650 RUB
  }`;

  test('a quarter is earned in its last month, a year in December', async () => {
    const result = await runPolicy({
      policy: EVENT + BONUSES,
      people: 'id,role\n ann,seller',
      period: '2026',
      data: { deal: DEALS },
    });
    expect(amounts(roleOf(result, 'ann', '2026-02'), '2026-02')).toEqual({ month: '2' });
    // revenue 700 of 3 * 100; clients A and B of 3 * 2; an average of 700/3 over 50
    expect(amounts(roleOf(result, 'ann', '2026-03'), '2026-03')).toEqual({
      month: '4',
      'quarter 2026-Q1': '7',
      'different 2026-Q1': '20',
      'plan 2026-Q1': '70',
      'ratio 2026-Q1': '140',
    });
    expect(amounts(roleOf(result, 'ann', '2026-12'), '2026-12')).toMatchObject({
      month: '16',
      'quarter 2026-Q4': '16',
      'year 2026': '31',
      'fixed 2026': '3650',
    });
  });

  test('one who leaves earns them on the last day, over the days held', async () => {
    const result = await runPolicy({
      policy: EVENT + BONUSES,
      people: 'id,role,from,until\n ann,seller,2026-01-21,2026-02-10',
      period: '2026-01..2026-03',
      data: { deal: DEALS },
    });
    expect(amounts(roleOf(result, 'ann', '2026-01'), '2026-01')).toEqual({ month: '1' });
    // targets: 100 * (11/31 + 10/28) = 100 * 309/434, and 2 * 309/434; 300 / that * 30 = 90 * 434/309 = 126.407…
    expect(amounts(roleOf(result, 'ann', '2026-02'), '2026-02')).toEqual({
      month: '2',
      'quarter 2026-Q1': '3',
      'year 2026': '3',
      'different 2026-Q1': '42.14', // client A: 1 of 2 * 309/434; 60 * 217/309 = 42.135…
      'plan 2026-Q1': '126.41',
      'ratio 2026-Q1': '90', // 150 / 50 * 30
      'fixed 2026': '210', // 3650 * 21/365
    });
    expect(result.statements.map((each) => each.period)).toEqual(['2026-01', '2026-02']);
  });

  test('a target per quarter serves the quarter and no month; ratios of unequal months are missing', async () => {
    const result = await runPolicy({
      policy: `person { region: text }
        ${EVENT} role seller {
        target clients 4 per quarter
        target revenue 900 RUB per quarter
        target check 50 RUB
        target check 60 RUB when person.region is "S"
        bonus month not prorated = 10 RUB * (attainment(revenue) else 0%)
        bonus quarter per quarter not prorated = 90 RUB * (attainment(revenue) else 0%)
        bonus different per quarter not prorated = 60 RUB * (attainment(clients) else 0%)
        bonus ratio per quarter not prorated = 30 RUB * (attainment(check) else 33%)
      }`,
      people: `id,role,from,until,region
        ann,seller,,2026-01-31,N
        ann,seller,2026-02-01,,S
        bob,seller,2026-02-15,,S`,
      period: '2026-03',
      data: { deal: DEALS },
    });
    const ann = roleOf(result, 'ann', '2026-03');
    expect(facts(ann.kpis, 'revenue')).toEqual(['400', undefined, undefined]);
    // 700 of 900; 2 of 4; 50 in January and 60 since are no one target
    expect(amounts(ann, '2026-03')).toEqual({
      month: '0',
      'quarter 2026-Q1': '70',
      'different 2026-Q1': '30',
      'ratio 2026-Q1': '9.9',
    });
    // the quarter's target goes by its days: 900 * 45/90
    const bob = roleOf(result, 'bob', '2026-03');
    expect(amounts(bob, '2026-03')).toEqual({
      month: '0',
      'quarter 2026-Q1': '0',
      'different 2026-Q1': '0',
      'ratio 2026-Q1': '9.9',
    });
  });

  test('a change of `when` within a month averages a ratio by days, as it does a sum', async () => {
    const result = await runPolicy({
      policy: `person { region: text }
        ${EVENT} role seller { target check 50 RUB
        target check 81 RUB when person.region is "S" }`,
      people: 'id,role,from,until,region\n ann,seller,,2026-01-10,N\n ann,seller,2026-01-11,,S',
      period: '2026-01',
      data: { deal: DEALS },
    });
    // (50 * 10 + 81 * 21) / 31 = 71
    expect(facts(roleOf(result, 'ann', '2026-01').kpis, 'check')).toEqual(['100', '71', '100/71']);
  });
});

describe('other periods', () => {
  test('ISO weeks: the first week of 2026 begins in December', async () => {
    const result = await runPolicy({
      head: 'period week',
      policy: `${EVENT} role seller { target revenue 70 RUB
        bonus week = revenue * 10%
        bonus fixed = 70 RUB }`,
      people: 'id,role,from\n ann,seller,2025-12-31',
      period: '2026-W01..2026-W02',
      data: {
        deal: `id,day,who,client,amount
          1,2025-12-30,ann,A,1000
          2,2025-12-31,ann,A,50
          3,2026-01-04,ann,A,50
          4,2026-01-05,ann,A,7`,
      },
    });
    expect(result.periods).toEqual(['2026-W01', '2026-W02']);
    // Wednesday to Sunday: 5 of 7 days
    const first = roleOf(result, 'ann', '2026-W01');
    expect(facts(first.kpis, 'revenue')).toEqual(['100', '50', '2']);
    expect(amounts(first, '2026-W01')).toEqual({ week: '10', fixed: '50' });
    expect(amounts(roleOf(result, 'ann', '2026-W02'), '2026-W02')).toEqual({ week: '0.7', fixed: '70' });
  });

  test('quarters, with a bonus and a target per year', async () => {
    const result = await runPolicy({
      head: 'period quarter',
      policy: `${EVENT} role seller {
        target revenue 1_000 RUB
        target clients 3 per year
        bonus quarter = revenue * 10%
        bonus year per year not prorated = 100 RUB * (attainment(revenue) else 0%)
        bonus different per year not prorated = 100 RUB * (attainment(clients) else 0%) }`,
      people: 'id,role,from,until\n ann,seller,2026-01-01,',
      period: '2026',
      data: { deal: DEALS },
    });
    expect(result.periods).toEqual(['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']);
    expect(amounts(roleOf(result, 'ann', '2026-Q1'), '2026-Q1')).toEqual({ quarter: '70' });
    // 3100 of 4 * 1000; A, B, C of 3
    expect(amounts(roleOf(result, 'ann', '2026-Q4'), '2026-Q4')).toEqual({
      quarter: '160',
      'year 2026': '77.5',
      'different 2026': '100',
    });
  });

  test('days, with a bonus per week and per month', async () => {
    const result = await runPolicy({
      head: 'period day',
      policy: `${EVENT} role seller { bonus day = revenue
        bonus week per week = revenue
        bonus month per month = revenue }`,
      people: 'id,role\n ann,seller',
      period: '2026-01-30..2026-02-01',
      data: { deal: DEALS },
    });
    expect(statementOf(result, 'ann', '2026-01-30').pay).toBe('0');
    expect(amounts(roleOf(result, 'ann', '2026-01-31'), '2026-01-31')).toEqual({
      day: '100',
      'month 2026-01': '100',
    });
    // Sunday: the week of 26 January to 1 February
    expect(amounts(roleOf(result, 'ann', '2026-02-01'), '2026-02-01')).toEqual({
      day: '200',
      'week 2026-W05': '300',
    });
  });
});
