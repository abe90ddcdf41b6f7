// Targets from a dated table whose rows begin and end within a period: day by day, as any other target. By hand.

import { expect, test } from 'vitest';
import { amounts, facts, roleOf, runOnBoth } from './run-policy.ts';

const POLICY = `
table quota { id: person key
  revenue: money
  from: date
  until: date? }
event deal {
  since 2025-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money
}
kpi revenue = sum(deal.amount)
role seller {
  target revenue 70 RUB
  target revenue from quota
  bonus quarter per quarter not prorated = 100 RUB * (attainment(revenue) else 0%)
  bonus team not prorated = 100 RUB * (attainment(revenue[team]) else 0%)
}
role head { target revenue 70 RUB }
`;

async function february(people: string, quota: string) {
  const result = await runOnBoth({
    policy: POLICY,
    people: `id,role,team,from,until\n${people}`,
    data: { quota: `id,revenue,from,until\n${quota}`, deal: 'id,day,who,amount\n1,2026-02-03,ann,700' },
    period: '2026-02..2026-03',
  });
  const target = facts(roleOf(result, 'ann', '2026-02', 'seller').kpis, 'revenue')[1];
  return { target, result };
}

test('a row that begins within the month holds from then on', async () => {
  // 7 days of 1,000 and 21 of 2,000: 250 + 1,500
  const rows = 'ann,1000,2026-01-01,2026-02-07\nann,2000,2026-02-08,';
  const { target, result } = await february('ann,seller,A,2026-02-01,', rows);
  expect(target).toBe('1750');
  // 700 of 1,750; February and March have 3,750 together, and January was before
  expect(amounts(roleOf(result, 'ann', '2026-02'), '2026-02').team).toBe('40');
  expect(amounts(roleOf(result, 'ann', '2026-03'), '2026-03')['quarter 2026-Q1']).toBe('18.67');
});

test('a move or a raise in between changes nothing', async () => {
  const rows = 'ann,1000,2026-01-01,2026-02-07\nann,2000,2026-02-08,';
  const { target } = await february('ann,seller,A,2026-02-01,2026-02-10\nann,seller,B,2026-02-11,', rows);
  expect(target).toBe('1750');
});

test('of who leaves, or changes the role, the row that ends with it holds until then', async () => {
  // 14 of 28 days of 1,000
  const { target } = await february(
    'ann,seller,A,2026-01-01,2026-02-14\nann,head,A,2026-02-15,',
    'ann,1000,2026-01-01,2026-02-14',
  );
  expect(target).toBe('500');
});

test('on days without a row the line before holds', async () => {
  // 14 days of 70 and 14 of 1,000: 35 + 500
  const { target } = await february('ann,seller,A,2026-01-01,', 'ann,1000,2026-02-15,');
  expect(target).toBe('535');
});
