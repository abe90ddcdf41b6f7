// Targets of single people and teams: a person's wins over the team's, that over the role's, day by day. A team's is
// that of each who is in it then. The arithmetic is by hand.

import { expect, test } from 'vitest';
import { amounts, facts, roleOf, runPolicy } from './run-policy.ts';

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
kpi average_deal = average(deal.amount)
kpi clients = count(distinct deal.id)
`;
const ROLE = `role seller {
  target revenue 3_000 RUB
  target average_deal 100 RUB
  target clients 10
}
`;
const target = (result: Awaited<ReturnType<typeof runPolicy>>, person: string, period: string, kpi: string) =>
  facts(roleOf(result, person, period).kpis, kpi)[1];

test('a person over a team, a team over the role, on the days on which they hold', async () => {
  const result = await runPolicy({
    policy: `${DEAL}${ROLE}
      for team "North" from 2026-02-01 { target revenue 6_000 RUB }
      for person ann from 2026-04-11 until 2026-04-20 { target revenue 900 RUB
        target average_deal 40 RUB }
      for person "B-2" { target revenue 1_500 RUB when person.team exists and person.team is "South" }`,
    people: `id,role,team,from,until
      ann,seller,North,,
      B-2,seller,South,,2026-04-15
      B-2,seller,North,2026-04-16,
      cid,seller,,,`,
    period: '2026-01..2026-04',
  });
  expect(target(result, 'ann', '2026-01', 'revenue')).toBe('3000');
  expect(target(result, 'ann', '2026-02', 'revenue')).toBe('6000');
  // April: 10 days of 900 and 20 of 6000: (9000 + 120000) / 30
  expect(target(result, 'ann', '2026-04', 'revenue')).toBe('4300');
  // (10 * 40 + 20 * 100) / 30
  expect(target(result, 'ann', '2026-04', 'average_deal')).toBe('80');
  expect(target(result, 'B-2', '2026-01', 'revenue')).toBe('1500');
  // the person's own line holds in the South only; in the North the team's does: (15 * 1500 + 15 * 6000) / 30
  expect(target(result, 'B-2', '2026-04', 'revenue')).toBe('3750');
  expect(target(result, 'cid', '2026-04', 'revenue')).toBe('3000');
});

test("a team's target is each member's, and those of its members add up to the team's", async () => {
  const result = await runPolicy({
    policy: `${DEAL}role seller {
        target revenue 3_000 RUB
        bonus team not prorated = 100 RUB * (attainment(revenue[team]) else 0%)
      }
      for team North { target revenue 6_000 RUB }
      for person bob { target revenue 1_000 RUB }`,
    people: `id,role,team,from
      ann,seller,North,
      bob,seller,North,2026-01-17
      cid,seller,South,`,
    absences: 'person,from,until\n ann,2026-01-01,2026-01-31',
    data: { deal: 'id,day,who,amount\n 1,2026-02-10,ann,3500\n 2,2026-01-20,bob,500' },
    period: '2026-01..2026-02',
  });
  // January: ann is away; bob's 1000 * 15/31; 500 of that is 103.33…%
  expect(amounts(roleOf(result, 'bob', '2026-01'), '2026-01').team).toBe('103.33');
  // February: 6000 + 1000; 3500 of 7000
  expect(amounts(roleOf(result, 'ann', '2026-02'), '2026-02').team).toBe('50');
});

test('an override over another length of time: where it says something of the period it wins', async () => {
  const result = await runPolicy({
    policy: `${DEAL}role seller {
        target revenue 1_000 RUB
        bonus quarter per quarter not prorated = 1_000 RUB * (attainment(revenue) else 0%)
      }
      for person ann { target revenue 6_000 RUB per quarter }
      for person bob from 2026-02-01 until 2026-02-28 { target revenue 2_000 RUB }
      for person cid { target revenue 12_000 RUB per year spread evenly }`,
    people: 'id,role\n ann,seller\n bob,seller\n cid,seller',
    data: {
      deal: `id,day,who,amount
        1,2026-02-10,ann,3000
        2,2026-02-10,bob,3000
        3,2026-02-10,cid,3000`,
    },
    period: '2026-01..2026-03',
  });
  // a quarter says nothing of a month: the role's holds there
  expect(target(result, 'ann', '2026-02', 'revenue')).toBe('1000');
  expect([target(result, 'bob', '2026-01', 'revenue'), target(result, 'bob', '2026-02', 'revenue')]).toEqual([
    '1000',
    '2000',
  ]);
  expect(target(result, 'cid', '2026-02', 'revenue')).toBe('1000');
  const quarter = (person: string) =>
    amounts(roleOf(result, person, '2026-03'), '2026-03')['quarter 2026-Q1'];
  // 3000 of 6000; of 1000 + 2000 + 1000; of 3000
  expect([quarter('ann'), quarter('bob'), quarter('cid')]).toEqual(['500', '750', '1000']);
});

test('of two roles it is meant of the one with such a target, else of the first; it is not ramped', async () => {
  const result = await runPolicy({
    policy: `${DEAL}credit deal { to who 100% in role seller }
      role seller { ramp 50%
        target revenue 3_000 RUB }
      role coach { bonus b = 5 RUB
        bonus team not prorated = 100 RUB * (attainment(revenue[team]) else 0%) }
      for person ann { target revenue 1_000 RUB
        target deals 7 }`,
    people: `id,role,team,from,until
      ann,seller,A,2026-01-01,
      ann,coach,A,2026-01-01,
      bob,seller,A,2026-01-01,
      ann,coach,A,2025-01-01,2025-12-31`,
    data: { deal: 'id,day,who,amount\n 1,2026-02-05,ann,800' },
    period: '2025-12..2026-02',
  });
  const shown = (period: string, role: string) =>
    roleOf(result, 'ann', period, role).kpis.map(({ kpi, target }) => [kpi, target?.value]);
  // before she sells the coach has them; then the seller, whose own target of revenue makes it meant of that role
  expect(shown('2025-12', 'coach')).toEqual([
    ['revenue', '1000'],
    ['revenue[team]', '1000'],
    ['deals', '7'],
  ]);
  expect(shown('2026-01', 'seller')).toEqual([['revenue', '1000']]);
  expect(shown('2026-01', 'coach')).toEqual([
    ['revenue[team]', '2500'],
    ['deals', '7'],
  ]);
  expect(target(result, 'bob', '2026-01', 'revenue')).toBe('1500');
  // the team's: 1000 of hers, once, and 3000 of bob's in his second month
  expect(amounts(roleOf(result, 'ann', '2026-02', 'coach'), '2026-02').team).toBe('20');
});
