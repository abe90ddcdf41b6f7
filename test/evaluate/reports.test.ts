// `[reports]`: all who stand below a person, as of each day, without oneself; hard cases of leads. On both backends.

import { describe, expect, test } from 'vitest';
import { leadCircles } from '../../src/query/lead-circles.ts';
import { amounts, roleOf, runOnBoth, tryPolicy } from './run-policy.ts';

const EVENT = `
event deal {
  since 2025-01-01
  id: text key
  day: date posts
  who: person owner
  helper: person?
  client: text
  amount: money
}
kpi revenue = sum(deal.amount)
kpi clients = count(distinct deal.client)
`;
const ROLES = `
role seller {
  target revenue 310 RUB
}
role head {
  bonus below not prorated = revenue[reports]
  bonus different not prorated = clients[reports] * 1 RUB
  bonus wanted not prorated = (target(revenue[reports])) else 0 RUB
}
`;

describe('reports', () => {
  test('leads that change within the month, levels, and one who left', async () => {
    const result = await runOnBoth({
      policy: EVENT + ROLES,
      // bob moves from hal to ivy on the 11th, ivy leaves on the 20th; both are led by max
      people: `id,role,lead,from,until
        max,head,,,
        hal,head,max,,
        ivy,head,max,,2026-01-20
        ann,seller,hal,,
        bob,seller,hal,,2026-01-10
        bob,seller,ivy,2026-01-11,`,
      period: '2026-01',
      data: {
        deal: `id,day,who,helper,client,amount
          1,2026-01-05,ann,,A,1
          2,2026-01-10,bob,,A,2
          3,2026-01-11,bob,,B,4
          4,2026-01-20,bob,,B,8
          5,2026-01-21,bob,,C,16
          6,2026-01-05,hal,,D,32
          7,2026-01-05,max,,E,64`,
      },
    });
    const of = (person: string) => amounts(roleOf(result, person, '2026-01'), '2026-01');
    // hal: ann 1 and bob until the 10th 2, of one client A; targets: ann 310, bob 310 × 10/31 = 100
    expect(of('hal')).toEqual({ below: '3', different: '1', wanted: '410' });
    // ivy: bob from the 11th to the 20th, 4 + 8; ten days
    expect(of('ivy')).toEqual({ below: '12', different: '1', wanted: '100' });
    // max: 1 + 2 + 4 + 8 and hal's own 32, not what bob did once ivy, who stood between, had left; A, B, D;
    // ann 310, bob 310 × 20/31 = 200
    expect(of('max')).toEqual({ below: '47', different: '3', wanted: '510' });
  });

  test('a lead in two roles, a seller in two, shares within the scope', async () => {
    const result = await runOnBoth({
      policy: `${EVENT} credit deal {
          to helper 1/3 in role trainer when helper exists
          to who rest in role seller
        }
        ${ROLES} role trainer { }
        role deputy { bonus below not prorated = revenue[reports] }`,
      // hal is head for half the month and deputy for all of it; ann sells for hal and trains for max
      people: `id,role,lead,from,until
        max,head,,,
        hal,head,max,,2026-01-15
        hal,deputy,max,,
        ann,seller,hal,,
        ann,trainer,max,,
        bob,seller,hal,,`,
      period: '2026-01',
      data: {
        deal: `id,day,who,helper,client,amount
          1,2026-01-05,bob,ann,A,90
          2,2026-01-20,ann,,B,7`,
      },
    });
    const of = (person: string, role: string) =>
      amounts(roleOf(result, person, '2026-01', role), '2026-01').below;
    // bob's two thirds of 90 before the 15th; ann's third was credited to her as trainer, under max
    expect(of('hal', 'head')).toBe('60');
    // and ann's own deal as a seller
    expect(of('hal', 'deputy')).toBe('67');
    // everything: 60 + 30 + 7
    expect(of('max', 'head')).toBe('97');
  });

  test('windows of reports follow the days of each period', async () => {
    const result = await runOnBoth({
      policy: `${EVENT} role seller { } role head {
        bonus so_far = (revenue[reports, ytd]) else 0 RUB
        bonus before = (revenue[reports, previous]) else 0 RUB
        bonus quarter per quarter = revenue[reports] }`,
      people: `id,role,lead,from,until
        hal,head,,,
        ann,seller,hal,,2026-01-31
        ann,seller,,2026-02-01,2026-02-28
        ann,seller,hal,2026-03-01,`,
      period: '2026-01..2026-03',
      data: {
        deal: `id,day,who,helper,client,amount
          1,2026-01-31,ann,,A,1
          2,2026-02-01,ann,,A,2
          3,2026-03-01,ann,,A,4`,
      },
    });
    const of = (period: string) => amounts(roleOf(result, 'hal', period), period);
    expect(of('2026-01')).toEqual({ so_far: '1', before: '0' });
    expect(of('2026-02')).toEqual({ so_far: '1', before: '1' });
    expect(of('2026-03')).toEqual({ so_far: '5', before: '0', 'quarter 2026-Q1': '5' });
  });

  test('a circle of leads ends, and is said', async () => {
    for (const backend of ['memory', 'duckdb'] as const) {
      const { result, diagnostics } = await tryPolicy({
        backend,
        policy: EVENT + ROLES,
        people: `id,role,lead,from,until
          hal,head,max,,
          ivy,head,hal,,
          max,head,ivy,2026-01-11,
          ann,seller,hal,,
          self,head,self,,`,
        period: '2026-01',
        data: {
          deal: `id,day,who,helper,client,amount
            1,2026-01-10,ann,,A,1
            2,2026-01-20,ann,,A,2
            3,2026-01-20,hal,,A,4
            4,2026-01-20,ivy,,A,8
            5,2026-01-20,max,,A,16
            6,2026-01-20,self,,A,32`,
        },
      });
      expect(diagnostics.map(({ code, severity, message }) => [code, severity, message])).toEqual([
        [
          'M3040',
          'warning',
          'the leads go in a circle: `hal` is led by `max` is led by `ivy` is led by `hal`',
        ],
        ['M3040', 'warning', 'the leads go in a circle: `self` is led by `self`'],
      ]);
      const of = (person: string) => amounts(roleOf(result!, person, '2026-01'), '2026-01').below;
      // from the 11th everybody of the circle stands below the two others: ann's 1 before and 2 since
      expect(of('hal')).toBe('27');
      // ann is below hal, hal below max, max below ivy: since the 11th
      expect(of('max')).toBe('14');
      expect(of('ivy')).toBe('22');
      expect(of('self')).toBe('0');
    }
  });

  test('ten levels: each sees all below', async () => {
    const levels = Array.from({ length: 10 }, (_, at) => `p${at}`);
    const result = await runOnBoth({
      policy: EVENT + ROLES,
      people: `id,role,lead
        ${levels.map((id, at) => `${id},head,${levels[at - 1] ?? ''}`).join('\n')}`,
      period: '2026-01',
      data: {
        deal: `id,day,who,helper,client,amount
          ${levels.map((id, at) => `${at},2026-01-05,${id},,A,${2 ** at}`).join('\n')}`,
      },
    });
    // all of 1 … 512 come to 1023; below level n are those from 2^(n + 1) on
    levels.forEach((id, at) => {
      const below = 1023 - (2 ** (at + 1) - 1);
      expect(amounts(roleOf(result, id, '2026-01'), '2026-01').below).toBe(String(below));
    });
  });
});

describe('many people', () => {
  const csv = (count: number, leadOf: (at: number) => string) =>
    `id,role,lead\n${Array.from({ length: count }, (_, at) => `p${at},head,${leadOf(at)}`).join('\n')}`;
  const small = {
    policy: EVENT + ROLES,
    period: '2026-01',
    data: { deal: 'id,day,who,helper,client,amount\n1,2026-01-05,p4999,,A,7' },
  };

  test('five thousand in twelve levels', async () => {
    // a tree of two each: p0 above p1 and p2 …
    const result = await runOnBoth({
      ...small,
      people: csv(5000, (at) => (at === 0 ? '' : `p${Math.floor((at - 1) / 2)}`)),
    });
    expect(amounts(roleOf(result, 'p0', '2026-01'), '2026-01').below).toBe('7');
    // above p4999: p2499, p1249, p624, p311, p155, p77, p38, p18, p8, p3, p1, p0
    expect(amounts(roleOf(result, 'p1', '2026-01'), '2026-01').below).toBe('7');
    expect(amounts(roleOf(result, 'p2', '2026-01'), '2026-01').below).toBe('0');
  });

  test('one line of thousands is refused by its limit', async () => {
    const { diagnostics } = await tryPolicy({
      ...small,
      people: csv(5000, (at) => (at === 0 ? '' : `p${at - 1}`)),
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(['M3041']);
  });
});

test('circles are found once, with their first day', () => {
  const row = (person: string, lead: string, from: number, until: number) => ({
    person,
    name: person,
    role: 'head',
    lead,
    from,
    until,
    attributes: [],
    stay: 0,
  });
  const people = {
    rows: [
      row('b', 'a', 0, 10),
      row('a', 'b', 5, 20),
      row('c', 'b', 0, 20),
      row('d', 'e', 0, 5),
      row('e', 'd', 5, 9),
    ],
    stays: [],
    absences: [],
  };
  // d and e never lead each other on one day
  expect(leadCircles(people)).toEqual([{ people: ['a', 'b'], day: 5 }]);
});
