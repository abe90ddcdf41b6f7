// A new policy: the least that runs, with two people and three rows.

import type { Project } from '../app/actions.ts';

const POLICY = `/// A new policy: change it, or put your own in its place.
policy new_policy {
  currency USD
  timezone "Europe/London"
  period   month
}

event deal {
  id:        text key
  closed_on: date posts
  manager:   person owner
  amount:    money from 0 USD
}

kpi sales "Sales" {
  value sum(deal.amount)
}

role seller {
  target sales 10_000 USD adds up
  bonus commission = 5% * sales
}
`;

const PEOPLE = 'id,name,role\nanna,Anna,seller\nboris,Boris,seller\n';
const DEALS = `id,closed_on,manager,amount
1,2026-01-12,anna,8000
2,2026-01-20,anna,4000
3,2026-01-25,boris,6000
`;

/** The project that a new policy begins with. */
export function starter(): Project {
  return {
    policy: [{ name: 'policy.merit', text: POLICY }],
    data: [
      { name: 'person', file: 'people.csv', text: PEOPLE },
      { name: 'deal', file: 'deals.csv', text: DEALS },
    ],
    period: '2026-01',
    workspace: 'new',
  };
}
