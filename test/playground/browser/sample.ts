// A small project for tests whose figures are worked by hand: January's pay is 80.00 and 15.00, 95.00 together.

import type { Snapshot } from '../../../playground/src/share/snapshot.ts';

/** Anna sold 2,000: 1,000 × 3% + 1,000 × 5% = 80. Boris sold 500: 500 × 3% = 15. */
export const POLICY = `/// Pays by what was sold.
policy small {
  title     "Small"
  currency  RUB
  timezone  "Europe/Moscow"
  period    month
  effective from 2026-01-01 until 2026-12-31
  rounding  half up to 0.01
}

event deal {
  id:      text key
  day:     date posts
  manager: person owner
  amount:  money
}

// what counts
kpi revenue "Revenue" = sum(deal.amount)

/// The first 1,000 at the lower rate.
rates ladder marginal {
  from 0 RUB:     3%
  from 1_000 RUB: 5%  // and the rest
}

role seller "Seller" {
  target revenue 1_000 RUB
  bonus commission "Commission" = ladder(revenue)
}

test "both tiers" {
  person anna { role seller }
  deal { manager anna, day 2026-01-10, amount 2_000 RUB }
  expect anna in 2026-01 { commission is 80 RUB }
}
`;

const PEOPLE = `id,name,role,from,until
anna,Anna,seller,2025-01-01,
boris,Boris,seller,2025-01-01,
`;

export const DEALS = `id,day,manager,amount
d1,2026-01-12,anna,800.00
d2,2026-01-20,anna,1200.00
d3,2026-01-25,boris,500.00
`;

/** The project as a link holds it. */
export const SAMPLE: Snapshot = {
  policy: [{ name: 'policy.merit', text: POLICY }],
  data: [
    { name: 'person', file: 'people.csv', text: PEOPLE },
    { name: 'deal', file: 'deals.csv', text: DEALS },
  ],
  period: '2026-01',
  person: '',
};
