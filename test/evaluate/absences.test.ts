// Absences: they take days out of proration, by calendar and working days; events still count, and a whole period of
// absence expects nothing. The arithmetic is by hand.

import { expect, test } from 'vitest';
import { amounts, facts, roleOf, runOnBoth, runPolicy, statementOf, tryPolicy } from './run-policy.ts';

const DEAL = `
event deal {
  since 2025-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money
}
kpi revenue = sum(deal.amount)
kpi deals   = count(deal)
kpi average_deal = average(deal.amount)
`;

test('days of absence come off targets of sums and fixed amounts; events on them still count', async () => {
  const result = await runOnBoth({
    policy: `${DEAL} role seller {
      target revenue 3_100 RUB
      target average_deal 100 RUB
      bonus fixed = 6_200 RUB
      bonus share = revenue * 10% }`,
    people: `id,role,from,until
      ann,seller,2026-01-01,
      bob,seller,2026-01-01,`,
    absences: `person,from,until,kind
      ann,2026-01-11,2026-01-20,leave`,
    data: { deal: `id,day,who,amount\n 1,2026-01-15,ann,1000\n 2,2026-01-15,bob,1000` },
    period: '2026-01',
  });
  const ann = roleOf(result, 'ann', '2026-01');
  expect([ann.days, ann.absent, ann.daysInPeriod]).toEqual([31, 10, 31]);
  // 21 of 31 days: 3100 * 21/31 = 2100, and 6200 * 21/31 = 4200; the deal on the 15th counts
  expect(facts(ann.kpis, 'revenue')).toEqual(['1000', '2100', '10/21']);
  // an average is measured against the whole target
  expect(facts(ann.kpis, 'average_deal')).toEqual(['1000', '100', '10']);
  expect(amounts(ann, '2026-01')).toEqual({ fixed: '4200', share: '100' });
  expect(ann.lines[0]!.prorated).toEqual({ days: 21, of: 31 });
  const bob = roleOf(result, 'bob', '2026-01');
  expect([bob.absent, amounts(bob, '2026-01').fixed]).toEqual([undefined, '6200']);
  const totals = result.control.find((each) => each.source === 'absence')!;
  expect([totals.all.rows, totals.used.rows]).toEqual([1, 1]);
});

test('an absence over several months, open at its end, and before and after the role', async () => {
  const result = await runPolicy({
    policy: `${DEAL} role seller { bonus fixed = 3_000 RUB }`,
    people: `id,role,from,until
      ann,seller,2026-02-11,2026-04-20
      bob,seller,2026-02-11,`,
    absences: `person,from,until
      ann,2026-02-01,2026-02-14
      ann,2026-03-31,2026-04-01
      bob,2026-04-16,`,
    period: '2026-02..2026-05',
  });
  const paid = (person: string, period: string) => amounts(roleOf(result, person, period), period).fixed;
  // February: held 18 of 28 days, of which 11 to 14 absent: 14 of 28
  expect(paid('ann', '2026-02')).toBe('1500');
  // March: 30 of 31, 2903.225…; April: held 20 of 30, the 1st absent: 19 of 30
  expect([paid('ann', '2026-03'), paid('ann', '2026-04')]).toEqual(['2903.23', '1900']);
  // bob: 18 of 28 = 1928.571…; 15 of 30; May is absence as a whole
  expect([paid('bob', '2026-02'), paid('bob', '2026-04'), paid('bob', '2026-05')]).toEqual([
    '1928.57',
    '1500',
    '0',
  ]);
});

test('a whole period of absence has no target, no attainment and no line of a scorecard', async () => {
  const result = await runOnBoth({
    policy: `${DEAL} role seller {
      target revenue 1_000 RUB
      scorecard { revenue 100% }
      gate attainment(revenue) >= 50%
      bonus plan = 500 RUB * score
      bonus each = deals * 10 RUB * score
      bonus share = revenue * 10%
      bonus gated gated = revenue * 1%
      bonus reached = revenue * 2% when attainment(revenue) >= 10% }`,
    people: `id,role,from,until
      ann,seller,2026-01-01,`,
    absences: `person,from,until\n ann,2026-02-01,2026-02-28`,
    data: { deal: `id,day,who,amount\n 1,2026-01-10,ann,800\n 2,2026-02-15,ann,1000` },
    period: '2026-01..2026-02',
  });
  // January: 800 of 1000: 500 * 0.8, 1 * 10 * 0.8, 80, 8, 16
  expect(amounts(roleOf(result, 'ann', '2026-01'), '2026-01')).toEqual({
    plan: '400',
    each: '8',
    share: '80',
    gated: '8',
    reached: '16',
  });
  const away = roleOf(result, 'ann', '2026-02');
  expect(facts(away.kpis, 'revenue')).toEqual(['1000', undefined, undefined]);
  expect(away.score).toEqual({ lines: [], value: { value: null, type: { kind: 'percent' } } });
  // what is sold is paid; what asks for a score or an attainment isn't
  expect(amounts(away, '2026-02')).toEqual({ plan: '0', each: '0', share: '100', gated: '0', reached: '0' });
  expect(away.lines.find((each) => each.name === 'each')!.because).toEqual([{ kind: 'absent' }]);
  expect(statementOf(result, 'ann', '2026-02').pay).toBe('100');
});

test('a month of absence neither breaks a streak nor counts, and adds nothing to targets of the year and the team', async () => {
  const result = await runPolicy({
    policy: `${DEAL} role seller {
      target revenue 1_000 RUB
      bonus run not prorated = 100 RUB * (streak(attainment(revenue) >= 100%) else 0)
      bonus year not prorated = 100 RUB * (attainment(revenue[ytd]) else 0%)
      bonus team not prorated = 100 RUB * (attainment(revenue[team]) else 0%) }`,
    people: `id,role,team,from,until
      ann,seller,A,2026-01-01,
      bob,seller,A,2026-01-01,`,
    absences: `person,from,until\n ann,2026-02-01,2026-02-28`,
    data: {
      deal: `id,day,who,amount
        1,2026-01-10,ann,1000
        2,2026-03-15,ann,2000
        3,2026-02-15,bob,500`,
    },
    period: '2026-02..2026-03',
  });
  const feb = amounts(roleOf(result, 'ann', '2026-02'), '2026-02');
  // the team's target in February is bob's alone: 500 of 1000
  expect([feb.team, feb.year]).toEqual(['50', '100']);
  const mar = amounts(roleOf(result, 'ann', '2026-03'), '2026-03');
  // January and March are the two of the run; 3000 of 2000 this year
  expect([mar.run, mar.year]).toEqual(['200', '150']);
});

test('what is wrong with a row of absences is said, and such rows stop the run', async () => {
  const { result, diagnostics } = await tryPolicy({
    policy: `${DEAL} role seller { bonus fixed = 3_000 RUB }`,
    people: 'id,role\n ann,seller',
    absences: `person,from,until,kind
      ann,2026-01-05,2026-01-10,leave
      ann,2026-01-10,2026-01-12,ill
      ann,2026-02-05,2026-02-01,leave
      eve,2026-01-01,2026-01-02,leave
      ann,,2026-03-01,leave`,
    period: '2026-01',
  });
  expect(result).toBeUndefined();
  expect(diagnostics.map(({ code, data }) => [code, data?.row, data?.column])).toEqual([
    ['M2117', 2, 'from'],
    ['M2117', 3, 'from'],
    ['M2118', 4, 'until'],
    ['M2114', 5, 'person'],
    ['M2102', 6, 'from'],
  ]);
});

test("an event or a table of the policy's own may be called absence", async () => {
  const result = await runPolicy({
    policy: `event absence { id: text key
        day: date posts
        who: person owner }
      kpi days_off = count(absence)
      role seller { bonus fixed = 310 RUB
        bonus each = days_off * 1 RUB }`,
    people: 'id,role\n ann,seller',
    data: { absence: 'id,day,who\n 1,2026-01-05,ann' },
    period: '2026-01',
  });
  expect(amounts(roleOf(result, 'ann', '2026-01'), '2026-01')).toEqual({ fixed: '310', each: '1' });
});
