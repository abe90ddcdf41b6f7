// A small policy with data for the tests of `eval` and `repl`.
//
// By hand, June 2026: anna sold 900.00 + 300.10 = 1,200.10 RUB, with May's 400.00 she has 1,600.10 since January; her
// commission is 1,000 * 3% + 200.10 * 5% = 40.005 RUB, her score 1,200.10 / 1,000 = 120.01%. boris sold 200 RUB as a
// seller until the 15th: half of the target, 500 RUB, so 40%. carla was a seller twice, and sold 10 and 20 RUB. The company
// has 1,200.10 + 200 + 10 + 20 = 1,430.10 RUB.

export const FILES = {
  'pay/policy.merit': `policy small {
  currency RUB
  timezone "UTC"
  period month
  effective from 2026-01-01 until 2026-12-31
  rounding half up to 0.01
}

person {
  region: text
}

event deal {
  id: text key
  closed_on: date posts
  manager: person owner
  amount: money
}

kpi revenue outcome = sum(deal.amount)
kpi deals operational = count(deal)
kpi average_deal operational = average(deal.amount)
kpi refunds operational lower is better = count(deal where amount < 0 RUB)

rates ladder marginal {
  from 0 RUB: 3%
  from 1_000 RUB: 5%
}

role junior "Learns to sell" extends seller {
}

role seller "Sells" {
  target revenue 1_000 RUB
  target refunds 2
  scorecard { revenue 100% }
  gate deals >= 1
  bonus commission gated = ladder(revenue)
}

role mentor "Teaches" {
  bonus lessons = 100 RUB
}

role guide extends mentor {
}
`,
  'pay/merit.config.yaml': `people:
  file: people.csv
data:
  deal: deals.csv
period: 2026-06
`,
  'pay/people.csv': `id,name,role,from,until,region
anna,Анна,seller,2026-01-01,,South
boris,Boris,seller,2026-01-01,2026-06-15,North
boris,Boris,mentor,2026-06-16,,North
carla,Carla,seller,2026-06-01,2026-06-05,South
carla,Carla,seller,2026-06-20,,South
dina,Dina,guide,2026-01-01,,South
`,
  'pay/deals.csv': `id,closed_on,manager,amount
1,2026-05-10,anna,400.00
2,2026-06-05,anna,900.00
3,2026-06-20,anna,300.10
4,2026-06-10,boris,200.00
5,2026-06-02,carla,10.00
6,2026-06-30,carla,20.00
`,
};
