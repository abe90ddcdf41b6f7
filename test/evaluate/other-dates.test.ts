// Measures that go by another date of the event, and rows that became known late, on both backends.

import { describe, expect, test } from 'vitest';
import { amounts, kpiOf, roleOf, runOnBoth, tryPolicy } from './run-policy.ts';

const PEOPLE = `id,role,team,from,until
  ann,seller,north,2026-01-01,2026-02-14
  ann,seller,south,2026-02-15,
  bob,seller,north,2026-02-01,`;

const EVENT = `event request { since 2025-01-01
  id: text key\n opened_at: datetime posts\n closed_at: datetime?\n paid_on: date?\n who: person owner\n amount: money }`;

const REQUESTS = `id,opened_at,closed_at,paid_on,who,amount
  1,2026-01-10 09:00,2026-01-20 09:00,2026-02-01,ann,1
  2,2026-01-31 09:00,2026-01-31 23:59:59,,ann,2
  3,2026-01-31 09:00,2026-02-01 00:00:00,2026-02-14,ann,4
  4,2026-02-20 09:00,,,ann,8
  5,2026-01-20 09:00,2026-02-20 09:00,2026-03-31,bob,16
  6,2025-11-20 09:00,2026-02-28 09:00,2026-02-28,ann,32
  7,2026-02-09 09:00,2026-02-10 09:00,,bob,64`;

const KPIS = `
  kpi opened = sum(request.amount)
  kpi closed = sum(request.amount by closed_at where closed_at exists)
  kpi paid   = sum(request.amount by paid_on where paid_on exists)`;

describe('another date', () => {
  test.each([
    ['opened', '2026-01', '7'], // 1 + 2 + 4
    ['closed', '2026-01', '3'], // 1 + 2; 3 was closed in the first moment of February
    ['closed', '2026-02', '36'], // 4 + 32, which was opened before the period and before ann's role
    ['paid', '2026-02', '37'], // 1 + 4 + 32
    ['paid', '2026-03', '0'],
    ['opened + closed + paid', '2026-02', '81'], // 8 + 36 + 37
    ['closed[previous]', '2026-02', '3'],
    ['closed[ytd]', '2026-02', '39'], // 3 + 36
    ['closed[to date]', '2026-02', '39'],
    // ann's team is the north until 14 February (4, bob's 64), then the south (32); bob's 16 of the 20th is the north's
    ['closed[team]', '2026-02', '100'],
    ['closed[company]', '2026-02', '116'], // 4 + 16 + 32 + 64
    ['closed[company]', '2026-01', '3'],
  ])('%s in %s is %s', async (formula, period, amount) => {
    const asked = formula.includes('[') ? `(${formula}) else 0 RUB` : formula;
    const result = await runOnBoth({
      policy: `${EVENT}${KPIS}\n role seller { bonus asked not prorated = ${asked} }`,
      people: PEOPLE,
      period,
      data: { request: REQUESTS },
    });
    expect(amounts(roleOf(result, 'ann', period), period).asked).toBe(amount);
  });

  test('a row is used if any of its dates lies in the days that are looked at', async () => {
    const policy = `${EVENT}${KPIS}\n role seller { bonus asked not prorated = opened + closed + paid }`;
    const run = { policy, people: PEOPLE, period: '2026-02', data: { request: REQUESTS } };
    const { control, company } = await runOnBoth(run);
    const [all, used] = ['all', 'used'].map((part) => control[1]![part as 'all' | 'used']);
    expect(all).toEqual({ rows: 7, sums: [{ field: 'amount', sum: '127' }] });
    // all but 2, which was opened and closed in January and isn't paid
    expect(used).toEqual({ rows: 6, sums: [{ field: 'amount', sum: '125' }] });
    expect(control[1]!.filtered.map(({ reason, totals }) => [reason, totals.rows])).toEqual([
      ['outside the periods', 1],
    ]);
    // opened in February: 8 + 64; closed: 4 + 16 + 32 + 64; paid: 1 + 4 + 32
    expect(company[0]!.kpis.map(({ actual }) => actual.value)).toEqual(['72', '116', '37']);
  });

  test('who is credited is found on that date', async () => {
    const policy = `${EVENT}\n kpi closed = sum(request.amount by closed_at where closed_at exists)
      role seller { bonus asked not prorated = closed }`;
    const request = `id,opened_at,closed_at,paid_on,who,amount
      1,2026-01-05 09:00,2026-02-05 09:00,,bob,1
      2,2026-02-05 09:00,2026-03-05 09:00,,cid,2
      3,2026-03-05 09:00,2026-04-05 09:00,,cid,4`;
    const people = `id,role,team,from,until
      bob,seller,north,2026-02-01,2026-12-31
      cid,seller,north,2026-02-01,2026-02-28`;
    const february = await runOnBoth({ policy, people, period: '2026-02', data: { request } });
    expect(amounts(roleOf(february, 'bob', '2026-02'), '2026-02').asked).toBe('1');
    // 2 was opened while cid was there, and closed after; 3 was neither
    expect(amounts(roleOf(february, 'cid', '2026-02'), '2026-02').asked).toBe('0');
    expect(february.control[1]!.filtered.map(({ reason, totals }) => [reason, totals.rows])).toEqual([
      ['outside the periods', 1],
      ['nobody in a role that day', 1],
    ]);
  });

  test('two roles on that date are one too many', async () => {
    const policy = `${EVENT}${KPIS}\n role seller { bonus asked not prorated = closed }
      role head { bonus other not prorated = opened }`;
    const people = `id,role,from,until
      ann,seller,2026-01-01,
      ann,head,2026-02-01,`;
    const request = `id,opened_at,closed_at,paid_on,who,amount
      1,2026-01-10 09:00,2026-02-20 09:00,,ann,1
      2,2026-01-10 09:00,2026-01-20 09:00,,ann,2`;
    for (const backend of ['memory', 'duckdb'] as const) {
      const run = { policy, people, period: '2026-01', data: { request }, allowRejects: true, backend };
      const { result } = await tryPolicy(run);
      expect(result!.control[1]!.rejected.map(({ reason, totals }) => [reason, totals.rows])).toEqual([
        ['two roles that day', 1],
      ]);
      expect(amounts(roleOf(result!, 'ann', '2026-01'), '2026-01').asked).toBe('2');
    }
  });

  test.each([
    // opened in the order 3, 2, 1; closed in the order 1, 2, 3 on the days 10, 11, 20
    ['first(request.amount by closed_at where closed_at exists)', '1'],
    ['last(request.amount by closed_at where closed_at exists)', '4'],
    ['first(request.amount where closed_at exists)', '4'],
    ['percentile(request.amount, 50% by closed_at where closed_at exists)', '2'],
    ['median(request.amount by closed_at where closed_at exists)', '2'],
    ['count(distinct request.who by closed_at where closed_at exists) * 1 RUB', '1'],
    ['last(request.amount each who by closed_at where closed_at exists)', '4'],
  ])('%s', async (formula, amount) => {
    const policy = `${EVENT}\n kpi asked_of = ${formula}
      role seller { bonus asked not prorated = ${formula.startsWith('count') ? 'asked_of' : 'asked_of else 77 RUB'} }`;
    const request = `id,opened_at,closed_at,paid_on,who,amount
      1,2026-01-07 09:00,2026-01-10 09:00,,ann,1
      2,2026-01-06 09:00,2026-01-11 09:00,,ann,2
      3,2026-01-05 09:00,2026-01-20 09:00,,ann,4
      4,2026-01-05 08:00,,,ann,8`;
    const result = await runOnBoth({ policy, people: PEOPLE, period: '2026-01', data: { request } });
    expect(amounts(roleOf(result, 'ann', '2026-01'), '2026-01').asked).toBe(amount);
  });
});

describe('when a row became known', () => {
  const policy = `event rating { since 2026-01-01
      id: text key\n day: date posts\n who: person owner\n recorded_at: datetime? known\n amount: money
      is_second = nth(by who) is 2 }
    kpi all    = sum(rating.amount)
    kpi newest = last(rating.amount)
    kpi oldest = first(rating.amount)
    kpi second = sum(rating.amount where is_second)
    role seller { bonus paid not prorated = all + (newest else 0 RUB) + (oldest else 0 RUB) + second }`;
  // all of one day; 3 doesn't say when it became known, so it was from the first: the order is 3, 2, 1, 4
  const rating = `id,day,who,recorded_at,amount
    1,2026-01-10,ann,2026-01-31 23:59:59.5,1
    2,2026-01-10,ann,2026-01-11 10:00,2
    3,2026-01-10,ann,,4
    4,2026-01-10,ann,2026-04-01 00:00,8`;

  test.each([
    [undefined, ['15', '8', '4', '2'], 0],
    ['2026-04-01', ['15', '8', '4', '2'], 0],
    ['2026-03-31', ['7', '1', '4', '2'], 1],
    ['2026-01-31', ['7', '1', '4', '2'], 1],
    ['2026-01-30', ['6', '2', '4', '2'], 2],
    ['2026-01-10', ['4', '4', '4', '0'], 3],
  ] as const)('as known on %s', async (asKnownOn, actual, filtered) => {
    const run = { policy, people: PEOPLE, period: '2026-01', data: { rating } };
    const result = await runOnBoth({ ...run, ...(asKnownOn && { asKnownOn }) });
    const { kpis } = roleOf(result, 'ann', '2026-01');
    expect(['all', 'newest', 'oldest', 'second'].map((kpi) => kpiOf(kpis, kpi).actual.value)).toEqual(actual);
    const found = result.control[1]!.filtered.map(({ reason, totals }) => [reason, totals.rows]);
    expect(found).toEqual(filtered === 0 ? [] : [['not known yet', filtered]]);
    expect(result.asKnownOn).toBe(asKnownOn);
  });
});
