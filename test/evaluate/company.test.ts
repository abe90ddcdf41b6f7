// The company from a person's seat: `[company]` is cut to the days of the stay, as `[team]` is, in results and in targets;
// for nobody in particular (the company itself, groups, pools) it is whole.

import { describe, expect, test } from 'vitest';
import { amounts, facts, roleOf, runOnBoth, runPolicy } from './run-policy.ts';

const EVENT = `
event deal {
  since 2025-01-01
  id: text key
  day: date posts
  who: person owner
  client: text
  amount: money
}
kpi revenue = sum(deal.amount)
kpi clients = count(distinct deal.client)
kpi check   = average(deal.amount)
kpi most    = max(deal.amount)
`;

/** Powers of two, so that each sum says which deals are in it. */
const DEALS = `id,day,who,client,amount
  1,2026-01-05,bob,A,100
  2,2026-01-15,bob,B,200
  3,2026-01-16,bob,A,400
  4,2026-01-31,bob,C,800
  5,2026-02-01,bob,D,1600
  6,2026-02-20,bob,A,3200
  7,2026-03-09,bob,A,6400
  8,2026-03-10,bob,B,12800
  9,2026-03-31,bob,A,25600`;

describe('who wasn’t there all the time', () => {
  test('one hired in the middle of a month has a share of what came since, not of the whole month', async () => {
    const result = await runOnBoth({
      policy: `${EVENT} role seller { }
        role head { bonus result = revenue[company] * 2%
          bonus largest not prorated = (most[company]) else 0 RUB
          bonus average not prorated = (check[company]) else 0 RUB
          bonus different = clients[company] * 1 RUB }`,
      people: `id,role,from,until
        bob,seller,,
        new,head,2026-01-16,
        all,head,,
        one,head,2026-01-30,2026-01-30`,
      period: '2026-01',
      data: { deal: DEALS },
    });
    const of = (person: string) => amounts(roleOf(result, person, '2026-01'), '2026-01');
    // 2% of 400 + 800; their average; clients A and C
    expect(of('new')).toEqual({ result: '24', largest: '800', average: '600', different: '2' });
    // 2% of 1500; clients A, B and C
    expect(of('all')).toEqual({ result: '30', largest: '800', average: '375', different: '3' });
    // nothing came on that day
    expect(of('one')).toEqual({ result: '0', largest: '0', average: '0', different: '0' });
    expect(facts(roleOf(result, 'new', '2026-01').kpis, 'revenue')[0]).toBe('1200');
    // the company's own figures are whole
    expect(facts(result.company[0]!.kpis, 'revenue')[0]).toBe('1500');
    expect(facts(result.company[0]!.kpis, 'clients')[0]).toBe('3');
  });

  test.each(['2026-01', '2026-01..2026-03'])(
    'one who leaves in January has a quarterly share of what came before, whichever months are asked for: %s',
    async (period) => {
      const result = await runOnBoth({
        policy: `${EVENT} role seller { }
          role head { bonus result per quarter = revenue[company] * 2% }`,
        people: 'id,role,from,until\n bob,seller,,\n old,head,,2026-01-15\n new,head,2026-01-16,',
        period,
        data: { deal: DEALS },
      });
      // January until the 15th: 2% of 100 + 200
      const left = roleOf(result, 'old', '2026-01');
      expect(amounts(left, '2026-01')).toEqual({ 'result 2026-Q1': '6' });
      // the statement shows the month's own figure beside it
      expect(facts(left.kpis, 'revenue')[0]).toBe('300');
      if (period === '2026-01') return;
      // 2% of all the rest: 51100 - 300
      expect(amounts(roleOf(result, 'new', '2026-03'), '2026-03')).toEqual({ 'result 2026-Q1': '1016' });
    },
  );

  test('the two roles of one who changes in the middle of a month share it without a rest', async () => {
    const result = await runOnBoth({
      policy: `${EVENT} role seller { bonus result = revenue[company] * 1% }
        role head extends seller { }`,
      people: 'id,role,from,until\n bob,seller,,2026-01-15\n bob,head,2026-01-16,',
      period: '2026-01',
      data: { deal: DEALS },
    });
    // 300 and 1200 of 1500
    expect(amounts(roleOf(result, 'bob', '2026-01', 'seller'), '2026-01')).toEqual({ result: '3' });
    expect(amounts(roleOf(result, 'bob', '2026-01', 'head'), '2026-01')).toEqual({ result: '12' });
  });

  test('windows and the periods before are cut in the same way', async () => {
    const result = await runOnBoth({
      policy: `${EVENT} role seller { }
        role head { bonus so_far not prorated = (revenue[company, ytd]) else 0 RUB
          bonus three not prorated = (revenue[company, trailing 3 months]) else 0 RUB
          bonus before not prorated = (revenue[company, previous]) else 0 RUB
          bonus different = clients[company, ytd] * 1 RUB when clients[company, ytd] exists
          bonus last not prorated = previous(revenue[company]) else 7 RUB
          bonus each_month not prorated = (sum(revenue[company] each month)[ytd]) else 0 RUB
          bonus months = streak(revenue[company] >= 20_000 RUB) * 1 RUB when streak(revenue[company] >= 20_000 RUB) exists }`,
      people: 'id,role,from,until\n bob,seller,,\n new,head,2026-03-10,',
      period: '2026-03..2026-04',
      data: { deal: `${DEALS}\n 10,2026-04-02,bob,E,51200` },
    });
    // since the 10th: 12800 + 25600, clients B and A; nothing before that is anybody's
    expect(amounts(roleOf(result, 'new', '2026-03'), '2026-03')).toEqual({
      so_far: '38400',
      three: '38400',
      before: '0',
      different: '2',
      last: '7',
      each_month: '38400',
      months: '1',
    });
    expect(amounts(roleOf(result, 'new', '2026-04'), '2026-04')).toEqual({
      so_far: '89600', // 38400 + 51200
      three: '89600',
      before: '38400', // of March, since the 10th
      different: '3', // and E
      last: '38400',
      each_month: '89600',
      months: '2',
    });
  });

  test('who comes back sees the days of each stay by itself', async () => {
    const result = await runOnBoth({
      policy: `${EVENT} role seller { }
        role head { bonus so_far not prorated = (revenue[company, ytd]) else 0 RUB }`,
      people: `id,role,from,until
        bob,seller,,
        ann,head,2026-01-01,2026-01-15
        ann,head,2026-02-10,2026-02-28`,
      period: '2026-02',
      data: { deal: DEALS },
    });
    // February since the 10th; the 300 of January belong to the stay before
    expect(amounts(roleOf(result, 'ann', '2026-02'), '2026-02')).toEqual({ so_far: '3200' });
  });

  test('what formulas of rows call the period stays the whole one', async () => {
    const result = await runOnBoth({
      policy: `${EVENT} kpi left = sum(period.end - deal.day)
        kpi gone = sum(deal.day - period.start)
        role seller { bonus own = ((left + gone) / 1 day) * 1 RUB
          bonus all = (left[company] / 1 day) * 1 RUB
          bonus before = (gone[company] / 1 day) * 1 RUB }`,
      people: 'id,role,from,until\n bob,seller,2026-01-15,2026-01-20',
      period: '2026-01',
      data: { deal: DEALS },
    });
    // of the 15th and 16th: 16 + 15 days to the 31st, 14 + 15 from the 1st; own figures count in the same way
    expect(amounts(roleOf(result, 'bob', '2026-01'), '2026-01')).toEqual({
      own: '60',
      all: '31',
      before: '29',
    });
  });

  test('absence cuts nothing, as in the team', async () => {
    const result = await runOnBoth({
      policy: `${EVENT} role head { bonus all = revenue[company] * 1%
        bonus team = revenue[team] * 1% }`,
      people: 'id,role,team,from,until\n bob,head,N,,',
      absences: 'person,from,until\n bob,2026-01-01,2026-01-20',
      period: '2026-01',
      data: { deal: DEALS },
    });
    expect(amounts(roleOf(result, 'bob', '2026-01'), '2026-01')).toEqual({ all: '15', team: '15' });
  });
});

describe('whose rows', () => {
  test('what is credited to nobody counts, on the days that count', async () => {
    const result = await runOnBoth({
      policy: `event visit { since 2025-01-01
          id: text key
          day: date posts }
        kpi visits = count(visit)
        event sale { since 2025-01-01
          id: text key
          day: date posts
          who: person
          helper: person
          amount: money }
        credit sale { to who 60%
          to helper 40%
          to who 10% extra as care also }
        kpi sold = sum(sale.amount)
        kpi cared = sum(sale.amount as care)
        role seller { }
        role head { bonus visit = visits[company] * 1 RUB
          bonus share = sold[company] * 1%
          bonus care = cared[company] * 10% }`,
      people: `id,role,from,until
        bob,seller,,2026-01-15
        cid,seller,,
        new,head,2026-01-15,`,
      period: '2026-01',
      data: {
        visit: 'id,day\n 1,2026-01-14\n 2,2026-01-15\n 3,2026-01-31',
        // bob's share of the last one is nobody's: he holds no role any more
        sale: `id,day,who,helper,amount
          1,2026-01-14,bob,cid,100
          2,2026-01-15,bob,cid,200
          3,2026-01-31,bob,cid,400`,
      },
    });
    // visits of the 15th and 31st; 1% of 200 + 400; of those a tenth of 200 is cared for
    expect(amounts(roleOf(result, 'new', '2026-01'), '2026-01')).toEqual({
      visit: '2',
      share: '6',
      care: '2',
    });
    expect(facts(result.company[0]!.kpis, 'visits')[0]).toBe('3');
    expect(facts(result.company[0]!.kpis, 'sold')[0]).toBe('700');
  });

  test('through other figures, scores, gates, rows and comparisons, each from the seat of the person', async () => {
    const result = await runOnBoth({
      policy: `${EVENT} kpi whole = revenue[company]
        kpi quota = revenue / revenue[company]
        role seller { target whole 3_100 RUB
          scorecard { whole 100% }
          gate whole <= 1_600 RUB
          bonus a not prorated gated = 50 RUB
          bonus b not prorated = 100 RUB * score
          bonus part not prorated = 100 RUB * (quota else 0%)
          bonus rows per deal = deal.amount * (quota else 0%)
          bonus place not prorated = 10 RUB * (rank(quota) else 0)
          bonus all not prorated = 100 RUB * total(quota else 0%) }`,
      people: 'id,role,from,until\n bob,seller,,\n ann,seller,2026-01-16,',
      period: '2026-01',
      data: { deal: `${DEALS}\n 10,2026-01-31,ann,F,400` },
    });
    // ann, since the 16th: 400 of 400 + 800 + 400, which is a quarter; of the target 16 of 31 days, which is 1600
    const ann = roleOf(result, 'ann', '2026-01');
    expect(facts(ann.kpis, 'whole')).toEqual(['1600', '1600', '1']);
    expect(facts(ann.kpis, 'quota')[0]).toBe('0.25');
    // bob, all January: 1500 of 1900, 15/19; 1900 of 3100
    const bob = roleOf(result, 'bob', '2026-01');
    expect(facts(bob.kpis, 'whole')).toEqual(['1900', '3100', '19/31']);
    // the two together: 15/19 + 1/4 = 79/76
    const all = { all: '103.95' };
    expect(amounts(ann, '2026-01')).toEqual({
      a: '50',
      b: '100',
      part: '25',
      rows: '100', // 400 / 4
      place: '20',
      ...all,
    });
    expect(amounts(bob, '2026-01')).toEqual({
      a: '0',
      b: '61.29',
      part: '78.95',
      rows: '1184.21', // 1500 * 15/19
      place: '10',
      ...all,
    });
  });

  test('bounds of a role and of all pay, awards', async () => {
    const result = await runOnBoth({
      head: 'period month\n cap revenue[company] * 60%',
      policy: `${EVENT} role seller { bonus a not prorated = 1_000 RUB
          cap revenue[company] * 10% }
        role other { bonus a not prorated = 1_000 RUB
          draw revenue[company] * 75% }
        award most { to top 1 of seller by revenue / revenue[company]
          when revenue[company] > 0 RUB
          gives revenue[company] * 1% }`,
      people: 'id,role,from,until\n bob,seller,2026-01-16,\n cid,other,2026-01-16,',
      period: '2026-01',
      data: { deal: DEALS },
    });
    // 10% of 1200, and an award of 1% of it
    expect(result.statements.map(({ person, pay }) => [person, pay])).toEqual([
      ['bob', '132'],
      ['cid', '720'],
    ]);
  });

  test('a pool is no person’s: its amount is whole, and what its members share it by is each one’s', async () => {
    const result = await runOnBoth({
      policy: `${EVENT} role seller { bonus part = gift }
        pool gift = revenue[company] * 10% { to seller when revenue[company] >= 1_200 RUB
          shared by revenue[company] }`,
      people: 'id,role,from,until\n bob,seller,,\n ann,seller,2026-01-16,\n cid,seller,2026-01-17,',
      period: '2026-01',
      data: { deal: DEALS },
    });
    // 150 by 1500 and 1200; cid, who sees 800, isn't in it
    expect(result.pools!.map(({ amount, parts }) => [amount, parts.map((each) => each.amount)])).toEqual([
      ['150', ['66.67', '83.33']],
    ]);
  });
});

describe('targets', () => {
  const PEOPLE = `id,role,from,until
    bob,seller,,
    ann,seller,,2026-01-15
    new,head,2026-01-16,
    all,head,,`;

  test('of the company count the same days as the results that they are held against', async () => {
    const result = await runOnBoth({
      policy: `${EVENT} role seller { target revenue 3_100 RUB
          target check 500 RUB }
        role head { bonus result not prorated = 100 RUB * (attainment(revenue[company]) else 0%)
          bonus wanted not prorated = (target(revenue[company])) else 0 RUB
          bonus so_far not prorated = (target(revenue[company, ytd])) else 0 RUB
          bonus before not prorated = (target(revenue[company, previous])) else 7 RUB
          bonus mean not prorated = 100 RUB * (attainment(check[company]) else 0%)
          bonus quarter per quarter not prorated = (target(revenue[company])) else 0 RUB }`,
      people: PEOPLE,
      period: '2026-01..2026-03',
      data: { deal: DEALS },
    });
    // since the 16th bob alone, 16 of 31 days: 1600, of which 1200 came; their average is 600
    expect(amounts(roleOf(result, 'new', '2026-01'), '2026-01')).toEqual({
      result: '75',
      wanted: '1600',
      so_far: '1600',
      before: '7',
      mean: '120',
    });
    // all January bob's 3100 and ann's 1500, of which 1500 came; their average is 375
    expect(amounts(roleOf(result, 'all', '2026-01'), '2026-01')).toEqual({
      result: '32.61',
      wanted: '4600',
      so_far: '4600',
      before: '6200', // both were there in December
      mean: '75',
    });
    // from then on 3100 a month
    expect(amounts(roleOf(result, 'new', '2026-03'), '2026-03')).toMatchObject({
      wanted: '3100',
      so_far: '7800',
      before: '3100',
      'quarter 2026-Q1': '7800',
    });
    expect(amounts(roleOf(result, 'all', '2026-03'), '2026-03')).toMatchObject({
      so_far: '10800',
      'quarter 2026-Q1': '10800',
    });
    // the company's own is whole
    expect(facts(result.company[0]!.kpis, 'revenue')).toEqual(['1500', '4600', '15/46']);
  });

  test('one who isn’t there in the period has none', async () => {
    const result = await runPolicy({
      policy: `${EVENT} role seller { target revenue 3_100 RUB }
        role head { bonus before not prorated = (target(revenue[company, previous])) else 7 RUB
          bonus after not prorated = (revenue[company, previous]) else 7 RUB }`,
      people: PEOPLE,
      period: '2026-01',
      data: { deal: `${DEALS}\n 10,2025-12-31,bob,A,5` },
    });
    expect(amounts(roleOf(result, 'new', '2026-01'), '2026-01')).toEqual({ before: '7', after: '0' });
    expect(amounts(roleOf(result, 'all', '2026-01'), '2026-01')).toEqual({ before: '6200', after: '5' });
  });
});
