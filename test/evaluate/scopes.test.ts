// Teams, groups and the company: whose events count on which day, shares, distinct counts, targets of many people.

import { describe, expect, test } from 'vitest';
import { add, exact, exactText, ZERO } from '../../src/base/exact.ts';
import { amounts, facts, roleOf, runOnBoth, runPolicy } from './run-policy.ts';

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
kpi deals   = count(deal)
kpi check   = average(deal.amount)
`;

test('a target that held for a part of the month counts for that part in the team, and is missing for oneself', async () => {
  const result = await runPolicy({
    policy: `${EVENT} person { region: text }
      role seller {
        target revenue 310 RUB when person.region is "South"
        bonus own not prorated = (target(revenue)) else 1 RUB
        bonus team not prorated = (target(revenue[team])) else 1 RUB }`,
    people: `id,role,team,region,from,until
      ann,seller,N,North,,2026-01-10
      ann,seller,N,South,2026-01-11,
      bob,seller,N,South,,`,
    period: '2026-01',
  });
  // ann's target held on 21 of 31 days: 310 × 21/31 = 210, and bob's the whole month: 310
  expect(amounts(roleOf(result, 'ann', '2026-01'), '2026-01')).toEqual({ own: '1', team: '520' });
  expect(amounts(roleOf(result, 'bob', '2026-01'), '2026-01')).toEqual({ own: '310', team: '520' });
});

describe('teams', () => {
  const PEOPLE = `id,role,team,from,until
    ann,seller,N,,2026-01-10
    ann,seller,S,2026-01-11,
    bob,seller,N,,
    cid,seller,S,,
    dan,seller,S,2026-01-16,`;
  const DATA = {
    deal: `id,day,who,helper,client,amount
      1,2026-01-10,ann,,A,1
      2,2026-01-11,ann,,A,2
      3,2026-01-10,bob,,A,4
      4,2026-01-31,bob,,B,8
      5,2026-01-05,cid,,A,16
      6,2026-01-20,cid,,C,32
      7,2026-01-20,dan,,C,64`,
  };

  test('a move within the month: the team is that of the day, for events, distinct counts and targets', async () => {
    const result = await runPolicy({
      head: 'period month\n report by person.team',
      policy: `${EVENT} role seller {
        target revenue 310 RUB
        target clients 31 adds up
        target check 9 RUB
        bonus team not prorated = revenue[team]
        bonus whole not prorated = revenue[company]
        bonus different not prorated = clients[team] * 1 RUB
        bonus average not prorated = (check[team]) else 0 RUB
        bonus wanted not prorated = (target(revenue[team])) else 0 RUB
        bonus wanted_clients not prorated = 1 RUB * ((target(clients[team])) else 0)
        bonus ratio not prorated = 9 RUB * (attainment(check[team]) else 0%)
        bonus all not prorated = (target(revenue[company])) else 0 RUB }`,
      people: PEOPLE,
      period: '2026-01',
      data: DATA,
    });
    // ann sees N until the 10th: 1 + 4, and S since: 2 + 32 + 64; clients A, A, A, C; 103 of 5 deals
    // targets: N: ann and bob 10 days each; S: ann and cid 21 days, dan 16: (20 + 58) / 31 * 310
    expect(amounts(roleOf(result, 'ann', '2026-01'), '2026-01')).toEqual({
      team: '103',
      whole: '127',
      different: '2',
      average: '20.6',
      wanted: '780',
      wanted_clients: '78',
      ratio: '20.6',
      all: '1090',
    });
    // bob sees N all month: 1 + 4 + 8; ann 10 days and himself 31
    expect(amounts(roleOf(result, 'bob', '2026-01'), '2026-01')).toMatchObject({
      team: '13',
      different: '2',
      average: '4.33',
      wanted: '410',
      wanted_clients: '41',
    });
    // cid sees S all month: 2 + 16 + 32 + 64; ann 21, himself 31, dan 16 days
    expect(amounts(roleOf(result, 'cid', '2026-01'), '2026-01')).toMatchObject({
      team: '114',
      different: '2',
      average: '28.5',
      wanted: '680',
    });
    // dan has been there since the 16th, and sees those days only: 32 + 64; three people for 16 days
    expect(amounts(roleOf(result, 'dan', '2026-01'), '2026-01')).toMatchObject({
      team: '96',
      different: '1',
      wanted: '480',
    });
    // as whole groups: N 13, S 114; people by their last day
    expect(result.groups.map((each) => [each.value, each.people, ...facts(each.kpis, 'revenue')])).toEqual([
      ['N', 1, '13', '410', '13/410'],
      ['S', 3, '114', '680', '57/340'],
    ]);
    expect(result.groups.map((each) => facts(each.kpis, 'clients')[0])).toEqual(['2', '2']);
    const [company] = result.company;
    expect(facts(company!.kpis, 'revenue')).toEqual(['127', '1090', '127/1090']);
    expect(facts(company!.kpis, 'clients').slice(0, 2)).toEqual(['3', '109']);
    expect(facts(company!.kpis, 'check').slice(0, 2)).toEqual(['127/7', '9']);
  });

  test('targets of different things add up only where they say so; unequal ratios are no one target', async () => {
    const result = await runPolicy({
      policy: `${EVENT} role seller {
        target clients 5
        target check 9 RUB }
        role other extends seller { target check 10 RUB }`,
      people: 'id,role,team\n ann,seller,N\n bob,other,N',
      period: '2026-01',
    });
    const [company] = result.company;
    expect(facts(company!.kpis, 'clients')).toEqual(['0', undefined, undefined]);
    expect(facts(company!.kpis, 'check')).toEqual([null, undefined, undefined]);
    expect(facts(roleOf(result, 'bob', '2026-01').kpis, 'check')).toEqual([null, '10', undefined]);
  });

  test('those without a target add nothing to their team’s', async () => {
    const result = await runPolicy({
      policy: `${EVENT} role seller { target revenue 100 RUB
          bonus plan not prorated = 10 RUB * (attainment(revenue[team]) else 0%) }
        role head { bonus plan not prorated = 10 RUB * (attainment(revenue[team]) else 0%) }`,
      people: 'id,role,team\n ann,seller,N\n bob,head,N\n cid,head,S',
      period: '2026-01',
      data: { deal: 'id,day,who,helper,client,amount\n 1,2026-01-10,bob,,A,50\n 2,2026-01-10,cid,,A,50' },
    });
    expect(amounts(roleOf(result, 'ann', '2026-01'), '2026-01')).toEqual({ plan: '5' });
    expect(amounts(roleOf(result, 'bob', '2026-01'), '2026-01')).toEqual({ plan: '5' });
    expect(amounts(roleOf(result, 'cid', '2026-01'), '2026-01')).toEqual({ plan: '0' });
  });

  test('who has no team is a team of one, on the days without', async () => {
    const result = await runOnBoth({
      policy: `${EVENT} role seller {
        target revenue 310 RUB
        bonus team not prorated = revenue[team]
        bonus different not prorated = clients[team] * 1 RUB
        bonus wanted not prorated = (target(revenue[team])) else 0 RUB
        bonus by_office not prorated = revenue[by person.office] }
        person { office: text? }
        role head extends seller { }`,
      people: `id,role,team,office,from,until
        ann,seller,,,,2026-01-10
        ann,seller,N,,2026-01-11,
        bob,seller,,,,
        bob,head,,,,2026-01-05
        cid,seller,N,,,
        "bob",head,N,,2026-01-06,
        dan,seller,bob,,,`,
      period: '2026-01',
      data: {
        deal: `id,day,who,helper,client,amount
          1,2026-01-10,ann,,A,1
          2,2026-01-11,ann,,A,2
          3,2026-01-10,cid,,A,4
          4,2026-01-11,cid,,B,8
          5,2026-01-02,dan,,C,16`,
      },
    });
    // ann alone until the 10th: 1, then in N with cid (and bob as head, who sold nothing): 2 + 8
    expect(amounts(roleOf(result, 'ann', '2026-01'), '2026-01')).toEqual({
      team: '11',
      different: '2',
      wanted: '730', // 10 days of her own, 3 * 21 in N: 73/31 * 310
      by_office: '0', // an office that nobody has is shared with nobody
    });
    // bob's two roles are one person without a team until the 5th; what dan's team is called is another matter
    expect(amounts(roleOf(result, 'bob', '2026-01', 'seller'), '2026-01')).toMatchObject({
      team: '0',
      wanted: '360', // 31 days and 5
    });
    expect(amounts(roleOf(result, 'dan', '2026-01'), '2026-01')).toMatchObject({ team: '16', wanted: '310' });
  });

  test('windows of a team follow the viewer’s own team, day by day', async () => {
    const result = await runPolicy({
      policy: `${EVENT} role seller { target revenue 31 RUB
        bonus so_far not prorated = (revenue[team, ytd]) else 0 RUB
        bonus wanted not prorated = (target(revenue[team, ytd])) else 0 RUB
        bonus quarter per quarter not prorated = revenue[team]
        bonus wanted_quarter per quarter not prorated = (target(revenue[team])) else 0 RUB }`,
      people: PEOPLE,
      period: '2026-03',
      data: { deal: `${DATA.deal}\n 8,2026-03-01,bob,,D,1000\n 9,2026-03-02,dan,,D,2000` },
    });
    // ann: 103 of January and 2000; targets 78 of January, 3 * 31 of each month since
    const ann = { so_far: '2103', wanted: '264' };
    expect(amounts(roleOf(result, 'ann', '2026-03'), '2026-03')).toEqual({
      ...ann,
      'quarter 2026-Q1': '2103',
      'wanted_quarter 2026-Q1': '264',
    });
    expect(amounts(roleOf(result, 'bob', '2026-03'), '2026-03')).toMatchObject({
      so_far: '1013',
      wanted: '103',
    });
  });
});

describe('shares', () => {
  const CREDIT = `credit deal {
    to helper 1/3 when helper exists
    to who rest
    to who 10% extra as bait when helper exists
  }
  kpi baited = sum(deal.amount as bait)
`;

  test('thirds stay exact; distinct counts and averages; teams add up to the company', async () => {
    const result = await runPolicy({
      head: 'period month\n report by person.team',
      policy: `${EVENT} ${CREDIT} role seller { bonus part = revenue
        bonus again = revenue * 3 }`,
      people: 'id,role,team\n ann,seller,N\n bob,seller,N\n cid,seller,S',
      period: '2026-01',
      data: {
        deal: `id,day,who,helper,client,amount
          1,2026-01-05,ann,bob,A,100
          2,2026-01-06,ann,cid,A,100
          3,2026-01-07,bob,,B,50`,
      },
    });
    const of = (person: string) => roleOf(result, person, '2026-01');
    // ann: 2/3 of both; bob: 1/3 and 50; cid: 1/3
    expect(amounts(of('ann'), '2026-01')).toEqual({ part: '133.33', again: '400' });
    expect(amounts(of('bob'), '2026-01')).toEqual({ part: '83.33', again: '250' });
    expect(amounts(of('cid'), '2026-01')).toEqual({ part: '33.33', again: '100' });
    const figures = result.groups.map((each) =>
      ['revenue', 'deals', 'clients', 'check', 'baited'].map((kpi) => facts(each.kpis, kpi)[0]),
    );
    // N: 400/3 + 250/3; deals 4/3 + 1/3 + 1 = 8/3; their average 650/3 / (8/3); clients A and B, each once
    expect(figures).toEqual(
      [
        ['650/3', '8/3', '2', '81.25', null],
        ['100/3', '1/3', '1', '100', null],
      ].map((row) => [...row.slice(0, 4), expect.anything()]),
    );
    const [company] = result.company;
    expect(facts(company!.kpis, 'revenue')[0]).toBe('250');
    expect(facts(company!.kpis, 'deals')[0]).toBe('3');
    for (const kpi of ['revenue', 'deals']) {
      const sum = result.groups.map((each) => exact(facts(each.kpis, kpi)[0]!)).reduce(add, ZERO);
      expect(exactText(sum)).toBe(facts(company!.kpis, kpi)[0]);
    }
  });

  test('the company has every used event, whoever is credited', async () => {
    const result = await runPolicy({
      policy: `event visit {
          since 2025-01-01
          id: text key
          day: date posts
        }
        kpi visits = count(visit)
        ${EVENT}
        kpi rate = deals[company] / visits[company]
        role seller { target visits 4
          bonus a not prorated = 1 RUB * visits[company]
          bonus c not prorated = 100 RUB * (rate else 0%) }`,
      people: 'id,role,team\n ann,seller,N',
      period: '2026-01',
      data: {
        visit: 'id,day\n 1,2026-01-01\n 2,2026-01-31\n 3,2026-02-01',
        deal: 'id,day,who,helper,client,amount\n 1,2026-01-05,ann,,A,100',
      },
    });
    expect(result.company[0]!.kpis.map((each) => [each.kpi, each.actual.value])).toContainEqual([
      'visits[company]',
      '2',
    ]);
  });
});
