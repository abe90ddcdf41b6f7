// A small department whose names are written by somebody who wishes ill: markup, signs that turn the direction of text, paths,
// and what spreadsheets would run.

import { compile } from '../../src/engine.ts';
import type { Model } from '../../src/model/policy.ts';
import { csvSource } from '../evaluate/run-policy.ts';

export const HOSTILE_POLICY = `policy sales {
  title    "<b>Sales</b> & \\"co\\" </title><script>alert(1)</script>"
  currency RUB
  timezone "Europe/Moscow"
  period   month
}

event deal {
  since 2026-01-01
  id:        text key
  closed_on: date posts
  manager:   person owner
  amount:    money
}

/// <img src=x onerror=alert(2)> of all deals.
kpi revenue "<svg onload=alert(3)>" outcome = sum(deal.amount)

curve standard linear {
  below 80%: 0%
  80%:       50%
  100%:      100%
  above:     100%
}

rates ladder marginal {
  from 0 RUB:     3%
  from 5_000 RUB: 5%
}

role seller "Seller </h1><script>alert(4)</script>" {
  target revenue 10_000 RUB
  scorecard { revenue 100% on standard }
  bonus commission "=HYPERLINK(\\"http://evil.example\\",\\"pay\\")" = ladder(revenue)
  bonus plan "Plan </td><script>" = 1_000 RUB * score
}

award best "<script>alert(5)</script>" {
  to    top 1 of seller by revenue
  gives 500 RUB and badge "<b>Star</b>" and points 10
}
`;

export const HOSTILE_PEOPLE = `id,name,role,team
<script>alert(6)</script>,<script>alert(7)</script>,seller,../../etc
../../../../tmp/x,\u202eevil\u202c name,seller,<b>North</b>
"=HYPERLINK(""http://evil.example"")",+7 495,seller,<b>North</b>
anna,"O'Neil ""the"" & Co",seller,<b>North</b>
`;

export const HOSTILE_DEALS = `id,closed_on,manager,amount
D1,2026-01-10,<script>alert(6)</script>,5000
D2,2026-02-11,<script>alert(6)</script>,9000
D3,2026-02-12,../../../../tmp/x,12000
D4,2026-02-12,"=HYPERLINK(""http://evil.example"")",3000.5
D5,2026-02-20,anna,8000
`;

/** The policy, checked, and its data. */
export function hostile() {
  const { value } = compile([{ name: 'policy.merit', text: HOSTILE_POLICY }]);
  return {
    model: value as Model,
    sources: [csvSource('person', HOSTILE_PEOPLE), csvSource('deal', HOSTILE_DEALS)],
  };
}
