// Windows: which days each looks at, what their targets are, and what lies behind `since`.

import { describe, expect, test } from 'vitest';
import { amounts, roleOf, runPolicy, tryPolicy } from './run-policy.ts';

const EVENTS = `
event deal {
  since 2025-01-01
  id: text key
  day: date posts
  who: person owner
  client: text
  amount: money
}
event call {
  since 2025-03-01
  id: text key
  day: date posts
  who: person owner
}
kpi revenue = sum(deal.amount)
kpi clients = count(distinct deal.client)
kpi calls   = count(call)
kpi check   = average(deal.amount)
`;

// one deal in most months; the amount says when: 2601 is January 2026
const DEALS = `id,day,who,client,amount
  1,2025-01-01,ann,A,2501
  2,2025-02-28,ann,B,2502
  3,2025-11-15,ann,A,2511
  4,2025-12-31,ann,C,2512
  5,2026-01-01,ann,A,2601
  6,2026-01-31,ann,B,1
  7,2026-02-01,ann,A,2602
  8,2026-03-31,ann,D,2603
  9,2026-04-01,ann,E,2604`;

function ask(formula: string): string {
  return `role seller { bonus asked not prorated = ${formula} }`;
}

describe('sums over windows', () => {
  const people = 'id,role,from,until\n ann,seller,2025-01-01,';
  test.each([
    ['revenue', '2026-02', '2602'],
    ['revenue[previous] else 7 RUB', '2026-02', '2602'], // January: 2601 + 1
    ['revenue[previous 3] else 7 RUB', '2026-02', '7625'], // 2511 + 2512 + 2602
    ['revenue[ytd] else 7 RUB', '2026-03', '7807'], // 2602 + 2602 + 2603
    ['revenue[qtd] else 7 RUB', '2026-04', '2604'],
    ['revenue[trailing 3 months] else 7 RUB', '2026-01', '7625'], // 2511 + 2512 + 2602
    ['revenue[trailing 2 quarters] else 7 RUB', '2026-02', '10227'], // from October: 2511 + 2512 + 2602 + 2602
    ['revenue[trailing 1 year] else 7 RUB', '2026-02', '5204'], // the year so far: 2602 + 2602
    ['revenue[to date]', '2025-12', '10026'], // 2501 + 2502 + 2511 + 2512
    ['revenue[same period last year] else 7 RUB', '2026-02', '2502'],
    ['revenue[trailing 31 days] else 7 RUB', '2026-01', '2602'],
    ['revenue[trailing 32 days] else 7 RUB', '2026-01', '5114'], // with 31 December
    // behind `since` is missing, not zero
    ['revenue[previous] else 7 RUB', '2025-02', '2501'],
    ['revenue[previous] else 7 RUB', '2025-01', '7'],
    ['revenue[same period last year] else 7 RUB', '2025-12', '7'],
    ['revenue[ytd] else 7 RUB', '2025-02', '5003'],
    // different clients are counted over the whole window: A, B, A, D
    ['clients[ytd] * 1 RUB else 7 RUB', '2026-03', '3'],
    ['clients[to date] * 1 RUB', '2026-04', '5'],
    // an average over the window, not of averages
    ['check[ytd] else 7 RUB', '2026-02', '1734.67'], // (2601 + 1 + 2602) / 3 = 5204/3
    ['check else 7 RUB', '2025-03', '7'],
  ])('%s in %s is %s', async (formula, period, amount) => {
    const asked = formula.includes(' else ') ? `(${formula.replace(' else', ') else')}` : formula;
    const policy = EVENTS + ask(asked);
    const result = await runPolicy({ policy, people, period, data: { deal: DEALS } });
    expect(amounts(roleOf(result, 'ann', period), period)).toEqual({ asked: amount });
  });

  test('a window on a formula goes to each measure in it, and counts the days in the role only', async () => {
    const result = await runPolicy({
      policy: `${EVENTS}
        kpi growth = revenue / revenue[previous] - 1
        kpi per_client = revenue / clients
        role seller { bonus a not prorated = 100 RUB * (growth else 0%)
          bonus b = (per_client[ytd]) else 0 RUB }`,
      people: 'id,role,from,until\n ann,seller,2026-01-31,',
      data: { deal: DEALS },
      period: '2026-02',
    });
    // January in the role is one day with 1 RUB: 2602 / 1 - 1; (1 + 2602) of clients B and A
    expect(amounts(roleOf(result, 'ann', '2026-02'), '2026-02')).toEqual({ a: '260100', b: '1301.5' });
  });

  test('weeks: the year and quarter so far are those that the ISO week belongs to, in whole weeks', async () => {
    const run = (period: string, formula: string) =>
      runPolicy({
        head: 'period week',
        policy: EVENTS + ask(`(${formula}) else 7 RUB`),
        people: 'id,role,from,until\n ann,seller,2025-01-01,',
        period,
        data: {
          deal: `id,day,who,client,amount
            1,2025-12-28,ann,A,1000
            2,2025-12-29,ann,A,1
            3,2026-01-04,ann,A,10
            4,2026-01-05,ann,A,100`,
        },
      });
    // 2026-W01 is 2025-12-29 to 2026-01-04
    const first = await run('2026-W01', 'revenue[ytd]');
    expect(amounts(roleOf(first, 'ann', '2026-W01'), '2026-W01')).toEqual({ asked: '11' });
    const second = await run('2026-W02', 'revenue[qtd]');
    expect(amounts(roleOf(second, 'ann', '2026-W02'), '2026-W02')).toEqual({ asked: '111' });
    const before = await run('2025-W52', 'revenue[trailing 7 days]');
    expect(amounts(roleOf(before, 'ann', '2025-W52'), '2025-W52')).toEqual({ asked: '1000' });
    const behind = await run('2026-W02', 'revenue[previous]');
    expect(amounts(roleOf(behind, 'ann', '2026-W02'), '2026-W02')).toEqual({ asked: '11' });
  });
});

describe('targets over windows', () => {
  const targets = (formula: string, lines: string, from = '2025-01-01') => ({
    policy: `${EVENTS} role seller { ${lines}
      bonus asked not prorated = ${formula} }`,
    people: `id,role,from,until\n ann,seller,${from},`,
    data: { deal: DEALS },
  });

  test.each([
    // monthly targets add up over the months of the window
    ['target(revenue[ytd])', 'target revenue 100 RUB', '2026-03', '300'],
    ['target(revenue[previous 3])', 'target revenue 100 RUB', '2026-03', '300'],
    ['target(revenue[trailing 2 months])', 'target revenue 100 RUB', '2026-03', '200'],
    ['target(revenue[same period last year])', 'target revenue 100 RUB', '2026-03', '100'],
    // `deal` is complete since January 2025, `call` since March
    ['target(revenue[to date])', 'target revenue 100 RUB', '2025-12', '1200'],
    ['target(calls[to date]) * 1 RUB', 'target calls 10', '2025-12', '100'],
    // a distinct count only where it says so; one whole period has its own
    ['target(clients[previous]) * 1 RUB', 'target clients 5', '2026-03', '5'],
    ['target(clients[ytd]) * 1 RUB', 'target clients 5 adds up', '2026-03', '15'],
    // a ratio's stays
    ['target(check[ytd])', 'target check 50 RUB', '2026-03', '50'],
    // thirty days are no months
    ['target(revenue[trailing 30 days])', 'target revenue 100 RUB', '2026-03', '-1'],
  ])('%s with `%s` in %s is %s', async (formula, lines, period, amount) => {
    const result = await runPolicy({ ...targets(`(${formula}) else -1 RUB`, lines), period });
    expect(amounts(roleOf(result, 'ann', period), period)).toEqual({ asked: amount });
  });

  test('months before the role was held add nothing to the target of a window', async () => {
    // from 15 February: 14 of 28 days, and March
    const result = await runPolicy({
      ...targets('(target(revenue[ytd])) else -1 RUB', 'target revenue 100 RUB', '2026-02-15'),
      period: '2026-03',
    });
    expect(amounts(roleOf(result, 'ann', '2026-03'), '2026-03')).toEqual({ asked: '150' });
  });

  test('a quarter reads the targets of quarters before it, too', async () => {
    const result = await runPolicy({
      policy: `${EVENTS} role seller {
        target revenue 1_000 RUB per quarter
        bonus asked per quarter not prorated = (target(revenue[previous])) else -1 RUB
        bonus again per quarter not prorated = 100 RUB * (attainment(revenue[previous]) else 0%) }`,
      people: 'id,role,from,until\n ann,seller,2025-01-01,',
      data: { deal: DEALS },
      period: '2026-03',
    });
    // the fourth quarter of 2025: 2511 + 2512
    expect(amounts(roleOf(result, 'ann', '2026-03'), '2026-03')).toEqual({
      'asked 2026-Q1': '1000',
      'again 2026-Q1': '502.3',
    });
  });

  test('a KPI of two events to date has the targets of all months since the earlier one', async () => {
    const result = await runPolicy({
      policy: `${EVENTS} kpi both = sum(deal.amount) + count(call) * 1 RUB
        role seller { target both 100 RUB
          bonus asked not prorated = (target(both[to date])) else -1 RUB }`,
      people: 'id,role,from,until\n ann,seller,2025-01-01,',
      data: { deal: DEALS },
      period: '2025-12',
    });
    // deals since January, calls since March: twelve months
    expect(amounts(roleOf(result, 'ann', '2025-12'), '2025-12')).toEqual({ asked: '1200' });
  });
});

test('a run that begins before the data is complete says so, once per event', async () => {
  const { result, diagnostics } = await tryPolicy({
    policy: `event deal {
        since 2026-01-15
        id: text key
        day: date posts
        who: person owner
        amount: money
      }
      kpi revenue = sum(deal.amount)
      role seller { bonus share = revenue * 1% }`,
    people: 'id,role\nann,seller',
    period: '2026-01..2026-02',
    data: { deal: 'id,day,who,amount\n1,2026-01-10,ann,100\n2,2026-01-20,ann,300' },
  });
  // the row of the 10th lies before the data is complete and is filtered: 1% of 300
  expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['M3007', 'warning']]);
  expect(diagnostics[0]!.message).toContain('`2026-01` begins before the data of `deal` is complete');
  expect(result!.statements.map((each) => each.pay)).toEqual(['3', '0']);
});
