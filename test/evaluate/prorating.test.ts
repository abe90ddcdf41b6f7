// How parts of a period are counted: by calendar days, working days, months or not at all. The arithmetic is by hand.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, dayText } from '../../src/base/date.ts';
import { statementText } from '../../src/report/statement.ts';
import { amounts, facts, roleOf, runOnBoth, runPolicy } from './run-policy.ts';

const CALENDAR = `
calendar office {
  work monday to friday 09:00 to 18:00
  holiday 2026-01-01 until 2026-01-08
}
`;
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
const ROLE = (how: string): string => `
role seller {
  prorate by ${how}
  target revenue 3_000 RUB
  bonus fixed = 3_000 RUB
  bonus share = revenue * 10%
}
`;

test('by working days: days with hours that are no holidays, absences taken out', async () => {
  const result = await runOnBoth({
    policy: CALENDAR + DEAL + ROLE('working days'),
    people: `id,role,from,until
      ann,seller,2026-01-01,
      bob,seller,2026-01-19,
      cid,seller,2026-01-31,
      eve,seller,2026-01-01,2026-01-08`,
    absences: 'person,from,until\n ann,2026-01-10,2026-01-13',
    data: { deal: 'id,day,who,amount\n 1,2026-01-31,cid,500' },
    period: '2026-01',
  });
  // January 2026 begins on a Thursday: working days are the 9th, 12 to 16, 19 to 23 and 26 to 30: 16
  // ann is away on the 12th and 13th: 14 of 16, 2625; bob: 10 of 16, 1875
  const ann = roleOf(result, 'ann', '2026-01');
  expect(amounts(ann, '2026-01').fixed).toBe('2625');
  expect(ann.lines[0]!.prorated).toEqual({ days: 14, of: 16, by: 'working days' });
  expect([ann.days, ann.absent, ann.counted]).toEqual([31, 4, { days: 14, of: 16, by: 'working days' }]);
  expect(facts(ann.kpis, 'revenue')).toEqual(['0', '2625', '0']);
  const bob = roleOf(result, 'bob', '2026-01');
  expect(amounts(bob, '2026-01').fixed).toBe('1875');
  // a Saturday, and holidays alone: nothing is expected, and what is sold is paid
  const cid = roleOf(result, 'cid', '2026-01');
  expect(facts(cid.kpis, 'revenue')).toEqual(['500', undefined, undefined]);
  expect(amounts(cid, '2026-01')).toEqual({ fixed: '0', share: '50' });
  expect(amounts(roleOf(result, 'eve', '2026-01'), '2026-01').fixed).toBe('0');
  const text = statementText(result.statements[0]!, result);
  expect(text).toContain('31 of 31 days, 4 of them absent, 14 of 16 working days count');
  expect(text).toContain('3,000.00 RUB × 14/16 working days = 2,625.00 RUB');
});

test('a period without a working day is counted by its calendar days', async () => {
  const result = await runPolicy({
    head: 'period week',
    policy: `calendar office { work monday to friday 09:00 to 18:00
      holiday 2026-01-01 until 2026-01-11 }${DEAL}${ROLE('working days')}`,
    people: 'id,role,from,until\n ann,seller,2026-01-06,\n bob,seller,2026-01-01,',
    period: '2026-W02',
  });
  // 5 to 11 January are holidays: ann holds 6 of 7 days, 2571.428…
  expect(amounts(roleOf(result, 'ann', '2026-W02'), '2026-W02').fixed).toBe('2571.43');
  expect(amounts(roleOf(result, 'bob', '2026-W02'), '2026-W02').fixed).toBe('3000');
});

test('by months: each month counts the same, a part of it by its days', async () => {
  const policy = `${DEAL} role seller { prorate by months
    target revenue 12_000 RUB per year
    bonus year per year = 12_000 RUB
    bonus plan per year not prorated = 1_000 RUB * (attainment(revenue) else 0%) }`;
  const result = await runOnBoth({
    policy,
    people: `id,role,from,until
      ann,seller,2026-06-01,
      bob,seller,2026-02-15,
      cid,seller,2026-01-01,2026-03-31`,
    absences: 'person,from,until\n cid,2026-02-01,2026-02-28',
    data: { deal: 'id,day,who,amount\n 1,2026-07-01,ann,3500' },
    period: '2026-01..2026-12',
  });
  const ann = roleOf(result, 'ann', '2026-12');
  // 7 of 12 months: 7000; 3500 of 12000 * 7/12 = 50%
  expect(amounts(ann, '2026-12')).toEqual({ 'year 2026': '7000', 'plan 2026': '500' });
  expect(ann.lines[0]!.prorated).toEqual({ days: 214, of: 365, by: 'months', share: '7/12' });
  // 14 of February's 28 days, and 10 months: 10.5 / 12
  expect(amounts(roleOf(result, 'bob', '2026-12'), '2026-12')['year 2026']).toBe('10500');
  // January and March, and the year is earned where the role ends
  expect(amounts(roleOf(result, 'cid', '2026-03'), '2026-03')['year 2026']).toBe('2000');
});

test('none: who is there at all has the whole, unless all of it is absence', async () => {
  const result = await runPolicy({
    policy: `${DEAL}${ROLE('none')}role other extends seller { prorate by calendar days }`,
    people: `id,role,team,from,until
      ann,seller,A,2026-01-31,
      bob,seller,A,,
      cid,other,B,2026-01-17,`,
    absences: 'person,from,until\n bob,2026-01-01,2026-01-31\n cid,2026-01-17,2026-01-20',
    period: '2026-01',
  });
  const fixed = (person: string) => amounts(roleOf(result, person, '2026-01'), '2026-01').fixed;
  // cid: 11 of 31 days, 1064.516…
  expect([fixed('ann'), fixed('bob'), fixed('cid')]).toEqual(['3000', '0', '1064.52']);
  expect(facts(roleOf(result, 'ann', '2026-01').kpis, 'revenue')[1]).toBe('3000');
});

test('splitting a row at any day into two equal ones changes nothing, however days are counted', async () => {
  const policy = (how: string): string => `person { salary: money }
    ${CALENDAR}${DEAL}
    role seller { prorate by ${how}
      ramp 25%, 50%
      target revenue 3_000 RUB
      target revenue 8_000 RUB per quarter
      bonus fixed = 3_000 RUB
      bonus part = person.salary * 10% * (attainment(revenue[team]) else 0%)
      bonus quarter per quarter = 1_000 RUB * (attainment(revenue) else 0%)
      bonus months not prorated = person.month_in_role * 1 RUB }
    for person ann from 2026-02-10 until 2026-02-20 { target revenue 900 RUB }`;
  const outcome = async (how: string, rows: string) => {
    const small = {
      policy: policy(how),
      people: `id,role,team,from,until,salary\n${rows}\n bob,seller,A,2026-01-01,,500`,
      absences: 'person,from,until\n ann,2026-02-05,2026-02-12',
      data: { deal: 'id,day,who,amount\n 1,2026-02-15,ann,700\n 2,2026-03-15,ann,800' },
      period: '2026-02..2026-03',
    };
    const { statements } = await runPolicy(small);
    // an account of a target may list the rows' days apart where it comes to the same
    return JSON.parse(
      JSON.stringify(statements, (key, part) => (key === 'targetAccount' ? undefined : part)),
    );
  };
  for (const how of ['calendar days', 'working days', 'months', 'none']) {
    const whole = await outcome(how, 'ann,seller,A,2026-01-15,2026-03-20,1000');
    const days = { min: dayOf(2026, 1, 16), max: dayOf(2026, 3, 20) };
    await fc.assert(
      fc.asyncProperty(fc.integer(days), async (day) => {
        const rows = `ann,seller,A,2026-01-15,${dayText(day - 1)},1000
          ann,seller,A,${dayText(day)},2026-03-20,1000`;
        expect(await outcome(how, rows)).toEqual(whole);
      }),
      { numRuns: Number(process.env.MERIT_RUNS ?? 8) },
    );
  }
});

test('a raise or a move on any day never restarts a tier, nor what is counted of the role', async () => {
  const outcome = async (rows: string) => {
    const result = await runPolicy({
      policy: `person { salary: money }
        ${DEAL}
        rates ladder marginal { from 0 RUB: 1%
          from 1_000 RUB: 10% }
        role seller { target revenue 3_000 RUB
          bonus tiers = ladder(revenue)
          bonus months not prorated = person.month_in_role * 1 RUB }`,
      people: `id,role,team,from,until,salary\n${rows}`,
      data: { deal: 'id,day,who,amount\n 1,2026-02-03,ann,900\n 2,2026-02-25,ann,900' },
      period: '2026-02',
    });
    const ann = roleOf(result, 'ann', '2026-02');
    return [amounts(ann, '2026-02'), facts(ann.kpis, 'revenue')];
  };
  // 1000 at 1%, 800 at 10%
  const expected = [{ tiers: '90', months: '2' }, ['1800', '3000', '0.6']];
  expect(await outcome('ann,seller,A,2026-01-15,,500')).toEqual(expected);
  const days = { min: dayOf(2026, 1, 16), max: dayOf(2026, 3, 1) };
  await fc.assert(
    fc.asyncProperty(fc.integer(days), async (day) => {
      const rows = `ann,seller,A,2026-01-15,${dayText(day - 1)},500
        ann,seller,B,${dayText(day)},,700`;
      expect(await outcome(rows)).toEqual(expected);
    }),
    { numRuns: Number(process.env.MERIT_RUNS ?? 8) },
  );
});
