// Points that are split among ties: they aren't money, so nothing rounds them, and thirds stay thirds.

import { expect, test } from 'vitest';
import { runOnBoth, statementOf } from './run-policy.ts';

test('three firsts share five points in thirds, which come to five again', async () => {
  const rows = ['01', '02'].flatMap((month) =>
    ['ann', 'ben', 'cid'].map((person) => `${person}${month},2026-${month}-05,${person},10`),
  );
  const result = await runOnBoth({
    head: 'period month\n effective from 2026-01-01\n rounding half up to 1',
    policy: `event sale { since 2026-01-01\n id: text key, day: date posts, person: person owner, amount: money }
      kpi sales = sum(sale.amount)
      role r { bonus b = 3 RUB * points }
      award best { to top 1 of r by sales split among ties\n gives points 5 and 10 RUB }`,
    people: 'id,name,role,from\nann,Ann,r,2026-01-01\nben,Ben,r,2026-01-01\ncid,Cid,r,2026-01-01',
    period: '2026-01..2026-02',
    data: { sale: ['id,day,person,amount', ...rows].join('\n') },
  });
  // 5/3 a month each, and 3 RUB × 5/3 = 5, 3 RUB × 10/3 = 10; 10 RUB in thirds of whole roubles, the odd one by person
  const said = ['ann', 'ben', 'cid'].map((person) => {
    const { points, roles } = statementOf(result, person, '2026-02');
    return [points?.gained, points?.balance, ...roles[0]!.lines.map(({ amount }) => amount)];
  });
  expect(said).toEqual([
    ['5/3', '10/3', '10', '4'],
    ['5/3', '10/3', '10', '3'],
    ['5/3', '10/3', '10', '3'],
  ]);
});
