// A small run that results and charts are tested with: two sellers under a gate, tiers and a scorecard, and a junior.
//
// March 2026. Anna sells for 2,500, Boris for 400, Vera (junior, hired on the 1st) for 800.
// - ladder: 3% up to 1,000, 5% above. Anna: 1,000 × 3% + 1,500 × 5% = 30 + 75 = 105; Boris: 400 × 3% = 12; Vera: 24.
// - the gate asks for 500: Boris is paid no commission.
// - attainments of 1,000: 250%, 40%, 80%. On the curve: past 100%, so 100%; below 80%, so 0; 80% is its point, 50%.
// - plan = 200 × score: 200, 0, 100.
// - the sellers' cap of 300 takes 5 of Anna's 305.

import type { Result } from '../../src/model/result.ts';
import { runPolicy } from '../evaluate/run-policy.ts';

export const POLICY = `
event deal {
  since 2026-01-01
  id:        text key
  closed_on: date posts
  manager:   person owner
  amount:    money from 0 RUB
}
/// What was sold.
kpi revenue "Revenue" outcome = sum(deal.amount)
kpi deals "Deals" outcome = count(deal)
curve plan_curve linear {
  below 80%: 0%
  80%:       50%
  100%:      100%
  above:     100%
}
rates ladder marginal {
  from 0 RUB:     3%
  from 1_000 RUB: 5%
}
role base {
  target revenue 1_000 RUB
  scorecard { revenue 100% on plan_curve missing counts 0% }
  gate revenue >= 500 RUB
  bonus commission "Commission" gated = ladder(revenue)
  bonus plan = 200 RUB * score
}
role seller "Sells" extends base { cap 300 RUB }
role junior extends base {}
award best "Best" {
  to top 1 of base by revenue
  gives 50 RUB and badge "Best of the month"
}
`;

const PEOPLE = `id,name,role,team,from
anna,Anna,seller,North,2026-01-01
boris,Boris,seller,South,2026-01-01
vera,Vera,junior,North,2026-03-01`;

const DEALS = `id,closed_on,manager,amount
d0,2026-02-10,anna,1000
d1,2026-03-02,anna,2000
d2,2026-03-20,anna,500
d3,2026-03-05,boris,400
d4,2026-03-06,vera,800`;

/** The statements of March, or of another period. */
export function marchResult(period = '2026-03'): Promise<Result> {
  return runPolicy({ policy: POLICY, people: PEOPLE, period, data: { deal: DEALS } });
}
