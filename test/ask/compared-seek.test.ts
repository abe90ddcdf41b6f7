// Where people are compared, share something or look at each other, what `seek` says comes out as over data that really has
// the rows.

import { describe, expect, it } from 'vitest';
import { amounts, roleOf, runPolicy } from '../evaluate/run-policy.ts';
import { sought } from './sought.ts';

const EVENT = `event deal {
  id:      text key
  on_day:  date posts
  manager: person owner
  amount:  money
}
kpi revenue = sum(deal.amount)
`;

const POLICIES: Readonly<Record<string, string>> = {
  'an award by own results':
    'role seller { bonus share = revenue * 1% }\naward best { to top 2 of seller by revenue\n gives 500 RUB }',
  'an award by the share of the company':
    'role seller { bonus share = revenue * 1% }\naward best { to top 1 of seller by ((revenue / revenue[company]) else 0%)\n gives 500 RUB }',
  'an award by what the team has':
    'role seller { bonus share = revenue * 1% }\naward best { to seller when revenue[team] >= 1_000 RUB\n gives 500 RUB }',
  'a place':
    'role seller { bonus share = revenue * 1%\n bonus first = 300 RUB when (rank(revenue) else 9) is 1 }',
  'a total': 'role seller { bonus share = ((revenue / total(revenue)) else 0%) * 1_000 RUB }',
  'a pool': 'role seller { bonus part = gift }\npool gift = 1_000 RUB { to seller shared by revenue }',
};

const PEOPLE = 'id,name,role,team\nanna,A,seller,n\nboris,B,seller,n\nvera,V,seller,s\nyuri,Y,seller,s\n';
const DEALS = `id,on_day,manager,amount
d1,2026-01-10,anna,300
d2,2026-01-10,boris,400
d3,2026-01-10,vera,600
d4,2026-01-10,yuri,500
`;

describe.each(Object.entries(POLICIES))('%s', (_, policy) => {
  it('is what it is with a real row', async () => {
    const small = { policy: EVENT + policy, people: PEOPLE, data: { deal: DEALS } };
    const { next } = await sought(small, { person: 'anna', period: '2026-01', by: 'revenue' });
    const { reach } = await sought(small, { person: 'anna', period: '2026-01', by: 'revenue', reach: '400' });
    const [one] = reach!.by;
    const tried = [...next![0]!.steps.map((each) => each.practical), one?.practical, one?.short, one?.most];
    for (const each of tried) {
      if (!each) continue;
      const more = Number(each.value.value) - 300;
      const real = await runPolicy({
        policy: small.policy,
        people: PEOPLE,
        period: '2026-01',
        data: { deal: `${DEALS}d9,2026-01-31,anna,${more.toFixed(2)}\n` },
      });
      const paid = Object.values(amounts(roleOf(real, 'anna', '2026-01'), '2026-01'));
      expect(paid.reduce((sum, line) => sum + Number(line), 0)).toBeCloseTo(Number(each.amount.value), 6);
    }
  });
});
