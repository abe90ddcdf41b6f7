// `person.month_in_role`, `person.month_of_service` and `ramp`: calendar months from 1, absences over half a month left
// out, in formulas of people and of rows. The arithmetic is by hand.

import { expect, test } from 'vitest';
import { amounts, facts, roleOf, runOnBoth, runPolicy } from './run-policy.ts';

const DEAL = `
event deal {
  since 2025-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money
}
kpi revenue = sum(deal.amount)
`;
const COUNTS = `${DEAL}
role seller {
  bonus in_role not prorated = person.month_in_role * 1 RUB
  bonus service not prorated = person.month_of_service * 1 RUB
}
role senior extends seller { }
`;

test('months count from 1 as soon as there is a day, by role and in all', async () => {
  const result = await runPolicy({
    policy: COUNTS,
    people: `id,role,from,until
      ann,seller,2026-01-31,2026-03-10
      ann,senior,2026-03-11,
      bob,seller,2025-12-01,2025-12-31
      bob,seller,2026-03-01,`,
    period: '2026-01..2026-04',
  });
  const counts = (person: string, period: string, role?: string) => {
    const { in_role, service } = amounts(roleOf(result, person, period, role), period);
    return [in_role, service];
  };
  expect(counts('ann', '2026-01')).toEqual(['1', '1']);
  expect(counts('ann', '2026-02')).toEqual(['2', '2']);
  expect(counts('ann', '2026-03', 'seller')).toEqual(['3', '3']);
  // the role is new, the service isn't
  expect(counts('ann', '2026-03', 'senior')).toEqual(['1', '3']);
  expect(counts('ann', '2026-04')).toEqual(['2', '4']);
  // who comes back goes on: December, then March; what lies between isn't counted
  expect(counts('bob', '2026-03')).toEqual(['2', '2']);
});

test('a month of which more than half was absence is left out', async () => {
  const result = await runPolicy({
    policy: COUNTS,
    people: `id,role,from
      ann,seller,2026-01-01
      bob,seller,2026-01-10
      cid,seller,2026-01-01`,
    absences: `person,from,until
      ann,2026-02-14,2026-02-27
      ann,2026-04-15,2026-04-30
      bob,2026-01-01,2026-03-20
      cid,2026-02-01,2026-02-08
      cid,2026-02-20,2026-02-26`,
    period: '2026-01..2026-05',
  });
  const months = (person: string) =>
    ['01', '02', '03', '04', '05'].map(
      (month) => amounts(roleOf(result, person, `2026-${month}`), `2026-${month}`).in_role,
    );
  // February: 14 of 28 isn't over half; April: 16 of 30 is, and keeps the 3
  expect(months('ann')).toEqual(['1', '2', '3', '3', '4']);
  // bob: 22 of 31, 28 of 28 and 20 of 31 days: the first that counts is April, and is 1
  expect(months('bob')).toEqual(['1', '1', '1', '1', '2']);
  // 8 and 7 of 28 days together
  expect(months('cid')).toEqual(['1', '1', '2', '3', '4']);
});

test('in rows the months are those of the day of the event, for each in whose name it counts', async () => {
  const result = await runOnBoth({
    policy: `${DEAL}
      kpi early = sum(deal.amount where person.month_in_role <= 2)
      kpi veteran = sum(deal.amount where person.month_of_service > 3)
      kpi weighed = sum(deal.amount * person.month_in_role)
      role seller { bonus b = early + veteran + weighed * 0
        bonus t = early[team] * 1% }
      role senior extends seller { }`,
    people: `id,role,team,from,until
      ann,seller,A,2026-01-15,2026-03-10
      ann,senior,A,2026-03-11,
      bob,seller,A,,`,
    absences: 'person,from,until\n ann,2026-02-01,2026-02-20',
    data: {
      deal: `id,day,who,amount
        1,2026-01-20,ann,1
        2,2026-02-25,ann,10
        3,2026-03-05,ann,100
        4,2026-03-20,ann,1000
        5,2026-04-20,ann,10000
        6,2026-05-20,ann,100000
        7,2026-05-20,bob,5`,
    },
    period: '2026-01..2026-05',
  });
  const actual = (period: string, kpi: string, role?: string) =>
    facts(roleOf(result, 'ann', period, role).kpis, kpi)[0];
  // in the role: January 1, February (20 of 28 absent) still 1, March 2; as a senior March 1, April 2, May 3
  expect([actual('2026-01', 'early'), actual('2026-02', 'early')]).toEqual(['1', '10']);
  expect([actual('2026-03', 'early', 'seller'), actual('2026-03', 'early', 'senior')]).toEqual([
    '100',
    '1000',
  ]);
  expect([actual('2026-04', 'early'), actual('2026-05', 'early')]).toEqual(['10000', '0']);
  expect(actual('2026-03', 'weighed', 'seller')).toBe('200');
  expect(actual('2026-05', 'weighed')).toBe('300000');
  // of service: January 1, February 1, March 2, April 3, May 4
  expect([actual('2026-04', 'veteran'), actual('2026-05', 'veteran')]).toEqual(['0', '100000']);
  // bob has no beginning: long past the first months
  expect(facts(roleOf(result, 'bob', '2026-05').kpis, 'early')[0]).toBe('0');
  expect(facts(roleOf(result, 'bob', '2026-05').kpis, 'veteran')[0]).toBe('5');
});

test('rates that fall with the month in the role', async () => {
  const result = await runOnBoth({
    policy: `${DEAL}
      rates ramp_rate whole {
        from 1: 8%
        from 3: 6%
        from 5: 5%
        from 7: 4%
      }
      role seller { bonus commission = revenue * ramp_rate.rate(person.month_in_role) }`,
    people: 'id,role,from\n ann,seller,2026-01-01',
    data: {
      deal: `id,day,who,amount
        1,2026-02-10,ann,50000
        2,2026-05-10,ann,50000
        3,2026-07-10,ann,50000`,
    },
    period: '2026-02..2026-07',
  });
  const paid = (period: string) => amounts(roleOf(result, 'ann', period), period).commission;
  // month 2: 8% of 50,000; month 5: 5%; month 7: 4%
  expect([paid('2026-02'), paid('2026-05'), paid('2026-07')]).toEqual(['4000', '2500', '2000']);
});

test('a ramp multiplies targets of sums and counts where higher is better, beside proration', async () => {
  const result = await runPolicy({
    policy: `${DEAL}
      kpi deals = count(deal)
      kpi refunds lower is better = count(deal where amount < 0 RUB)
      kpi average_deal = average(deal.amount)
      role seller {
        ramp 25%, 50%, 75%
        target revenue 3_100 RUB
        target deals 40
        target refunds 4
        target average_deal 100 RUB
        bonus quarter per quarter not prorated = 100 RUB * (attainment(revenue) else 0%)
      }
      role senior extends seller { ramp 50% }`,
    people: `id,role,from,until
      ann,seller,2026-01-17,
      bob,senior,2026-01-01,`,
    data: { deal: 'id,day,who,amount\n 1,2026-03-10,ann,2306.25' },
    period: '2026-01..2026-04',
  });
  const target = (person: string, period: string, kpi: string) =>
    facts(roleOf(result, person, period).kpis, kpi)[1];
  // January: 15 of 31 days of a quarter: 3100 * 15/31 * 25% = 375
  expect(['2026-01', '2026-02', '2026-03', '2026-04'].map((each) => target('ann', each, 'revenue'))).toEqual([
    '375',
    '1550',
    '2325',
    '3100',
  ]);
  expect([target('ann', '2026-02', 'deals'), target('ann', '2026-02', 'refunds')]).toEqual(['20', '4']);
  expect(target('ann', '2026-02', 'average_deal')).toBe('100');
  expect([target('bob', '2026-01', 'revenue'), target('bob', '2026-02', 'revenue')]).toEqual([
    '1550',
    '3100',
  ]);
  // the quarter's is 375 + 1550 + 2325 = 4250; 2306.25 / 4250 is 54.264…%
  expect(amounts(roleOf(result, 'ann', '2026-03'), '2026-03')['quarter 2026-Q1']).toBe('54.26');
});

test('a target of a quarter is ramped month by month; one that asks for the month changes within it', async () => {
  const result = await runPolicy({
    head: 'period quarter',
    policy: `${DEAL}
      kpi deals = count(deal)
      role seller {
        ramp 25%, 50%
        target revenue 900 RUB
      }
      role other {
        target deals 90
        target deals 180 when person.month_in_role > 2
      }`,
    people: `id,role,from
      ann,seller,2026-01-01
      bob,other,2026-01-01`,
    period: '2026-Q1',
  });
  // 31 days at 25%, 28 at 50%, 31 whole: (7.75 + 14 + 31) / 90 of 900 = 527.5
  expect(facts(roleOf(result, 'ann', '2026-Q1').kpis, 'revenue')[1]).toBe('527.5');
  // 59 days of 90 and 31 of 180: (59 * 90 + 31 * 180) / 90
  expect(facts(roleOf(result, 'bob', '2026-Q1').kpis, 'deals')[1]).toBe('121');
});

test('of a person whom a row or another person names: as of the day, missing where two roles disagree', async () => {
  const result = await runOnBoth({
    policy: `${DEAL}
      event call { since 2025-01-01
        id: text key
        day: date posts
        who: person owner
        helper: person?
        young = (helper.month_in_role else 99) <= 2
        served = (helper.month_of_service else 0) }
      kpi young = count(call where young)
      kpi served = sum(call.served)
      role seller { bonus b = (young + served) * 1 RUB
        bonus lead not prorated = (person.lead.month_of_service else 0) * 10 RUB }
      role coach { bonus b = 0 RUB * young }`,
    people: `id,role,lead,from,until
      ann,seller,bob,2026-01-01,
      bob,seller,,2026-01-20,
      bob,coach,,2026-03-01,2026-04-30
      cid,coach,,,`,
    absences: 'person,from,until\n bob,2026-02-01,2026-02-20',
    data: {
      call: `id,day,who,helper
        1,2026-01-25,ann,bob
        2,2026-02-25,ann,bob
        3,2026-03-25,ann,bob
        4,2026-05-05,ann,bob
        5,2026-05-06,ann,
        6,2026-01-10,ann,bob
        7,2026-05-07,ann,cid`,
    },
    period: '2026-01..2026-05',
  });
  const paid = (period: string) => {
    const { kpis, lines } = roleOf(result, 'ann', period);
    return [...['young', 'served'].map((kpi) => facts(kpis, kpi)[0]), lines[1]!.amount];
  };
  // bob: January 1; February, 20 of 28 days absent, still 1; March 2 as a seller and 1 as a coach, so neither; April 3, May 4
  // of service; on 10 January he isn't there
  expect(paid('2026-01')).toEqual(['1', '1', '10']);
  expect(paid('2026-02')).toEqual(['1', '1', '10']);
  expect(paid('2026-03')).toEqual(['0', '2', '20']);
  expect(paid('2026-04')).toEqual(['0', '0', '30']);
  // cid has been there since January of the year 1: 2025 * 12 + 5 = 24,305 months by May 2026, and 4 of bob
  expect(paid('2026-05')).toEqual(['0', '24309', '40']);
});
