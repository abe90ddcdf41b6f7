// A small policy and its data in every way that a program may have it, with the pay worked by hand.

import type { Source } from '../../src/base/source.ts';

/** 2% of revenue, and 500 for who closed two deals or more. */
export const POLICY: Source = {
  name: 'policy.merit',
  text: `policy sales {
  currency EUR
  timezone "UTC"
  period   month
}

person {
  fte: percent else 100%
}

event deal {
  id:      text key
  closed:  date posts
  seen:    datetime?
  seller:  person owner
  amount:  money
  pieces:  number else 1
  status:  won | lost
  is_big:  truth?
}

kpi revenue "Revenue" {
  value sum(deal.amount where status is won)
}

kpi won_deals {
  value count(deal where status is won)
}

role seller {
  target revenue 1_000 EUR
  bonus share = revenue * 2%
  bonus steady = 500 EUR when won_deals >= 2
}
`,
};

export const PERIOD = '2026-01';

export const PEOPLE = [
  { id: 'ann', name: 'Ann', role: 'seller' },
  { id: 'bob', name: 'Боб', role: 'seller', fte: '50%' },
];

const MORE = { notes: { that: 'no field reads' } };

/** Ann: 1200.50 + 99.50 = 1300.00, of which 2% is 26.00, and 500 for two deals. Bob: 0.10, of which 2% rounds to 0.00. */
export const DEALS = [
  { id: 1, closed: '2026-01-05', seller: 'ann', amount: '1200.50', status: 'won', ...MORE },
  { id: 2, closed: '2026-01-06', seller: 'ann', amount: '99.50', status: 'won', pieces: 3, is_big: false },
  { id: 3, closed: '2026-01-07', seller: 'ann', amount: 7000, status: 'lost', seen: new Date(0) },
  { id: 4, closed: '2026-01-31', seller: 'bob', amount: '0.10', status: 'won', pieces: 2n },
];

export const PAY = { ann: '526', bob: '0' };

/** Pay by person. */
export function payOf(
  result: { readonly statements: readonly { readonly person: string; readonly pay: string }[] } | undefined,
): Readonly<Record<string, string>> {
  return Object.fromEntries((result?.statements ?? []).map(({ person, pay }) => [person, pay]));
}
