// Rows that look at other rows: references by key and through a person, look-backs, and the order of computed fields
// over several events. Every policy runs on both backends.

import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { amounts, kpiOf, roleOf, runOnBoth, tryPolicy } from './run-policy.ts';

const PEOPLE = `id,name,role,team,lead,from,until
  anna,Anna,seller,north,carl,2025-01-01,
  bert,Bert,seller,south,dora,2025-01-01,
  carl,Carl,head,north,dora,2025-01-01,
  dora,Dora,head,,,2025-01-01,`;

const actual = (result: Result, person: string, kpi: string): string | null =>
  kpiOf(roleOf(result, person, '2026-01').kpis, kpi).actual.value;

describe('through a reference', () => {
  const policy = `
    event deal {
      since 2025-06-01
      id: text key
      day: date posts
      manager: person owner
      client: text
      share_kept: percent
    }
    event order {
      id: text key
      day: date? posts
      deal: deal
      manager: person
    }
    event payment {
      id: text key
      day: date posts
      order: order?
      amount: money
      fallback: person
      client = order.deal.client
      kept   = amount * (order.deal.share_kept else 0%)
    }
    credit payment { to order.manager else fallback 100% }
    kpi paid = sum(payment.amount)
    kpi kept = sum(payment.kept)
    kpi clients = count(distinct payment.client where client exists)
    role seller { target paid 1 RUB
 target kept 1 RUB
 target clients 1
 }
    role head extends seller {}
  `;

  test('a row that is not there is missing, one before `since` or without a day is there', async () => {
    const result = await runOnBoth({
      people: PEOPLE,
      period: '2026-01',
      policy,
      data: {
        // d0 lies before the deals' \`since\` and is there all the same
        deal: `id,day,manager,client,share_kept
          d0,2025-05-31,anna,Old,10%
          d1,2026-01-02,bert,New,50%`,
        order: `id,day,deal,manager
          o0,2025-12-01,d0,anna
          o1,,d1,bert
          o2,2026-01-03,d9,anna`,
        payment: `id,day,order,amount,fallback
          p0,2026-01-10,o0,100,dora
          p1,2026-01-11,o1,10,dora
          p2,2026-01-12,o2,1,dora
          p3,2026-01-13,o9,1000,dora
          p4,2026-01-14,,2000,dora`,
      },
    });
    expect(actual(result, 'anna', 'paid')).toBe('101'); // p0 and p2
    expect(actual(result, 'bert', 'paid')).toBe('10'); // p1, of an order without a day
    expect(actual(result, 'dora', 'paid')).toBe('3000'); // p3 names no order, p4 none at all
    expect(actual(result, 'anna', 'kept')).toBe('10'); // 100 * 10 %; o2's deal isn't there
    expect(actual(result, 'bert', 'kept')).toBe('5');
    expect(actual(result, 'anna', 'clients')).toBe('1');
  });

  test('a rejected row is as if it were not there', async () => {
    const small = {
      people: PEOPLE,
      period: '2026-01',
      policy: `
        event order { id: text key, day: date posts, manager: person }
        event payment { id: text key, day: date posts, order: order, amount: money, spare: person }
        credit payment { to order.manager else spare 100% }
        kpi paid = sum(payment.amount)
        role seller { target paid 1 RUB }
        role head {}
      `,
      data: {
        order:
          'id,day,manager\no1,2026-01-01,anna\no2,2026-01-32,anna\no3,2026-01-01,anna\no3,2026-01-02,anna',
        payment: `id,day,order,amount,spare
          p1,2026-01-10,o1,1,bert
          p2,2026-01-10,o2,10,bert
          p3,2026-01-10,o3,100,bert`,
      },
      allowRejects: true,
    };
    for (const backend of ['memory', 'duckdb'] as const) {
      const { result } = await tryPolicy({ ...small, backend });
      // the bad date of o2 and the key that o3 has twice leave both orders out
      expect(actual(result!, 'anna', 'paid')).toBe('1');
      expect(actual(result!, 'bert', 'paid')).toBe('110');
    }
  });
});

describe('an attribute of a person whom the row names', () => {
  test('is as of the event’s day, and missing where two roles disagree', async () => {
    const result = await runOnBoth({
      people: `id,name,role,team,lead,from,until
        anna,Anna,seller,north,carl,2025-01-01,2026-01-15
        anna,Anna,seller,south,carl,2026-01-16,
        bert,Bert,seller,north,,2025-01-01,
        bert,Bert,head,south,,2026-01-20,
        carl,Carl,head,east,,2025-01-01,`,
      period: '2026-01',
      policy: `
        event deal {
          id: text key
          day: date posts
          seller: person
          manager: person owner
          team = seller.team else "none"
          of_lead = seller.lead.team else "none"
        }
        kpi north = count(deal where team is "north")
        kpi south = count(deal where team is "south")
        kpi none = count(deal where team is "none")
        kpi east = count(deal where of_lead is "east")
        kpi now = count(deal where (seller.team else "none") is "south")
        role seller {}
        role head {
 target north 1
 target south 1
 target none 1
 target east 1
 target now 1
 }
      `,
      data: {
        deal: `id,day,seller,manager
          d1,2026-01-15,anna,carl
          d2,2026-01-16,anna,carl
          d3,2026-01-19,bert,carl
          d4,2026-01-20,bert,carl
          d5,2024-12-31,bert,carl`,
      },
    });
    // d1 before and d2 after the move; d3 of one role, d4 of two whose teams differ
    expect(actual(result, 'carl', 'north')).toBe('2');
    expect(actual(result, 'carl', 'south')).toBe('1');
    expect(actual(result, 'carl', 'none')).toBe('1');
    expect(actual(result, 'carl', 'east')).toBe('2'); // anna's lead carl is in the east on both days
    expect(actual(result, 'carl', 'now')).toBe('1'); // the same within a measure
  });

  test('of a formula of people is as of the last day held', async () => {
    const result = await runOnBoth({
      people: `id,name,role,lead,from,until,rate
        anna,Anna,seller,carl,2026-01-01,2026-01-20,1%
        carl,Carl,head,,2026-01-01,2026-01-10,5%
        carl,Carl,head,,2026-01-11,2026-01-25,7%
        carl,Carl,head,,2026-01-26,,9%`,
      period: '2026-01',
      policy: `
        person { rate: percent }
        role seller { bonus b not prorated = 1_000 RUB * (person.lead.rate else 0%) }
        role head { bonus b not prorated = 1_000 RUB * (person.lead.rate else 0%) }
      `,
    });
    // anna's last day is 20 January, when carl's rate is 7 %; carl has no lead
    expect(amounts(roleOf(result, 'anna', '2026-01'), '2026-01')).toEqual({ b: '70' });
    expect(amounts(roleOf(result, 'carl', '2026-01'), '2026-01')).toEqual({ b: '0' });
  });
});
