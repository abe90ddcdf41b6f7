// The policy of the command's tests, in both forms, with data and the statement that it gives.
// By hand: 100.10 + 200.20 = 300.30 RUB; a tenth of it 30.03 RUB; with the flat 5,000 RUB it is 5,030.03 RUB.

export const TEXT = `policy flat {
  title "Flat pay"
  currency RUB
  timezone "Europe/Moscow"
  period month
  rounding half up to 0.01
}

event deal {
  id: text key
  closed_on: date posts
  manager: person owner
  amount: money
}

kpi revenue "Revenue" outcome = sum(deal.amount)

role seller "Sells" {
  target revenue 600 RUB
  bonus base "Base" = 5_000 RUB
  bonus tenth "A tenth" = revenue * 10%
}
`;

export const YAML = `policy: flat
title: Flat pay
currency: RUB
timezone: Europe/Moscow
period: month
rounding: half up to 0.01
events:
  deal:
    fields:
      id: text key
      closed_on: date posts
      manager: person owner
      amount: money
kpis:
  revenue:
    title: Revenue
    kind: outcome
    value: sum(deal.amount)
roles:
  seller:
    title: Sells
    targets:
      revenue: 600 RUB
    bonuses:
      base:
        title: Base
        value: 5_000 RUB
      tenth:
        title: A tenth
        value: revenue * 10%
`;

export const PEOPLE = `id,name,role,from,until
anna,Анна,seller,2026-01-01,
__proto__,=1+1,seller,2026-01-01,
`;

export const DEALS = `id,closed_on,manager,amount
1,2026-01-10,anna,100.10
2,2026-01-31,anna,200.20
3,2026-02-01,anna,999.00
4,2026-01-15,__proto__,50.00
`;

export const STATEMENT = `Анна (anna), 2026-01
Flat pay

Sells (seller)

  KPI          Actual      Target  Attainment  Status
  ───────────────────────────────────────────────────
  Revenue  300.30 RUB  600.00 RUB     50.05 %  red

  Pay
    Base                                                        5,000.00 RUB
        = 5_000 RUB
    A tenth                                                        30.03 RUB
        = revenue * 10%
        revenue = 300.30 RUB
                                                                ────────────
  Total                                                         5,030.03 RUB

Pay for 2026-01                                                 5,030.03 RUB
`;

export const FLAT = { 'flat.merit': TEXT, 'flat.merit.yaml': YAML, 'people.csv': PEOPLE, 'deals.csv': DEALS };

export const DATA = ['--people', 'people.csv', '--data', 'deal=deals.csv'];
export const JANUARY = [...DATA, '--period', '2026-01'];
