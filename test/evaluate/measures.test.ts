// Measures of one row among several: percentiles, the first and the last, balances at a period's end, on both backends.

import { describe, expect, test } from 'vitest';
import { amounts, kpiOf, modelOf, roleOf, runOnBoth } from './run-policy.ts';

const PEOPLE = `id,role,team,from,until
  ann,seller,north,2026-01-01,
  bob,seller,north,2026-01-01,
  cid,seller,south,2026-01-01,`;

/** The one bonus of ann in the period, on both backends. */
async function paid(
  policy: string,
  data: Readonly<Record<string, string>>,
  period: string,
): Promise<string | undefined> {
  const result = await runOnBoth({ policy, people: PEOPLE, period, data });
  return amounts(roleOf(result, 'ann', period), period).asked;
}

function ask(formula: string): string {
  return `role seller { bonus asked not prorated = ${formula} }`;
}

describe('percentile', () => {
  const event = `event call { since 2026-01-01
    id: text key\n day: date posts\n who: person owner\n wait: number }`;
  const calls = (...waits: readonly number[]): string =>
    ['id,day,who,wait', ...waits.map((wait, at) => `${at + 1},2026-01-15,ann,${wait}`)].join('\n');

  test.each([
    // ten values: 10%, 20%, … are the first, second, …; 90% is the ninth, 91% the tenth
    ['90%', [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], '9'],
    ['91%', [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], '10'],
    ['1%', [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], '1'],
    ['100%', [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], '10'],
    ['50%', [4, 1, 3, 2], '2'],
    ['50%', [7], '7'],
    // 7% of 100 is 7, not the 7.000000000000001 that binary floating point makes of it
    ['7%', Array.from({ length: 100 }, (_, at) => at + 1), '7'],
    // 29% of 100 is 29; 0.29 * 100 is 28.999999999999996 in binary
    ['29%', Array.from({ length: 100 }, (_, at) => 100 - at), '29'],
  ])('%s of %j is %s', async (place, waits, amount) => {
    const policy = `${event} kpi wait = percentile(call.wait, ${place})
      ${ask('(wait * 1 RUB) else 77 RUB')}`;
    expect(await paid(policy, { call: calls(...waits) }, '2026-01')).toBe(amount);
  });

  test('of no rows it is missing', async () => {
    const policy = `${event} kpi wait = percentile(call.wait, 90% where wait > 100)
      ${ask('(wait * 1 RUB) else 77 RUB')}`;
    expect(await paid(policy, { call: calls(1, 2, 3) }, '2026-01')).toBe('77');
  });

  test('over a window all its rows stand in one order; of a team, each row once', async () => {
    const rows = `id,day,who,wait
      1,2026-01-10,ann,1
      2,2026-01-20,bob,2
      3,2026-02-10,ann,3
      4,2026-02-20,cid,100
      5,2026-02-21,bob,4`;
    const kpi = `${event} kpi wait = percentile(call.wait, 75%)\n`;
    // ann: 1 and 3, ceil(1.5) = 2; the team: 1, 2, 3, 4, ceil(3) = 3; the company: 1, 2, 3, 4, 100, ceil(3.75) = 4
    expect(await paid(kpi + ask('(wait[ytd] * 1 RUB) else 0 RUB'), { call: rows }, '2026-02')).toBe('3');
    expect(await paid(kpi + ask('(wait[team, ytd] * 1 RUB) else 0 RUB'), { call: rows }, '2026-02')).toBe(
      '3',
    );
    expect(await paid(kpi + ask('(wait[company, ytd] * 1 RUB) else 0 RUB'), { call: rows }, '2026-02')).toBe(
      '4',
    );
    expect(await paid(kpi + ask('(wait[previous] * 1 RUB) else 0 RUB'), { call: rows }, '2026-02')).toBe('1');
  });
});

describe('first and last', () => {
  const event = `event visit { since 2026-01-01
    id: text key\n at: datetime posts\n who: person owner\n amount: money\n kind: cold | warm\n note: text }`;
  const visits = `id,at,who,amount,kind,note
    b,2026-01-05 10:00:00,ann,20,warm,second
    a,2026-01-05 10:00:00,ann,10,cold,first
    c,2026-01-31 23:59:59,ann,30,warm,third
    d,2026-02-01 00:00:00,ann,40,cold,fourth
    e,2026-01-04 00:00:00,bob,50,warm,zeroth`;

  test.each([
    // a and b stand at one moment, so the key decides
    ['first(visit.amount)', '2026-01', '10'],
    ['last(visit.amount)', '2026-01', '30'],
    ['first(visit.amount where kind is warm)', '2026-01', '20'],
    ['last(visit.amount where kind is cold)', '2026-01', '10'],
    ['last(visit.amount where amount > 1_000 RUB)', '2026-01', '77'],
    ['last(visit.amount)', '2026-02', '40'],
    ['last(visit.amount)', '2026-03', '77'],
  ])('%s in %s is %s', async (formula, period, amount) => {
    const policy = `${event} kpi seen = ${formula}\n${ask('seen else 77 RUB')}`;
    expect(await paid(policy, { visit: visits }, period)).toBe(amount);
  });

  test.each([
    ['[ytd]', '10'],
    ['[to date]', '10'],
    ['[previous]', '10'],
    // bob's of 4 January comes before
    ['[team, ytd]', '50'],
    ['[company, to date]', '50'],
    ['[team]', '40'],
  ])('first over %s in February is %s', async (window, amount) => {
    const policy = `${event} kpi seen = first(visit.amount)\n${ask(`seen${window} else 77 RUB`)}`;
    expect(await paid(policy, { visit: visits }, '2026-02')).toBe(amount);
  });

  test('words, texts, days and people are taken as they are', async () => {
    const policy = `${event}
      kpi kind = last(visit.kind)
      kpi note = first(visit.note)
      kpi who  = last(visit.who)
      kpi seen = first(visit.at)
      role seller { bonus warm = 100 RUB when ((kind is warm) else false)
        bonus early = 7 RUB when ((seen < seen[company]) else false)
        bonus noted = 5 RUB when ((note is "first") else false)
        bonus own = 3 RUB when ((who is person.id) else false) }`;
    const result = await runOnBoth({ policy, people: PEOPLE, period: '2026-01', data: { visit: visits } });
    const ann = roleOf(result, 'ann', '2026-01');
    expect(amounts(ann, '2026-01')).toEqual({ warm: '100', early: '0', noted: '5', own: '3' });
    expect(kpiOf(ann.kpis, 'kind').actual.value).toBe('warm');
    expect(kpiOf(ann.kpis, 'note').actual.value).toBe('first');
    expect(kpiOf(ann.kpis, 'who').actual.value).toBe('ann');
  });

  test('of rows that two are credited with, each has the whole', async () => {
    const policy = `event deal { since 2026-01-01
        id: text key\n day: date posts\n who: person\n mate: person\n amount: money }
      credit deal { to who 50%\n to mate 50% }
      kpi biggest = last(deal.amount)
      ${ask('biggest else 77 RUB')}`;
    const deal = `id,day,who,mate,amount
      1,2026-01-02,bob,ann,100
      2,2026-01-03,bob,cid,200`;
    expect(await paid(policy, { deal }, '2026-01')).toBe('100');
  });
});

describe('balances', () => {
  const event = `event balance { since 2026-01-01
    id: text key\n day: date posts\n who: person owner\n account: text\n amount: money }`;
  // account A: 100, then 150, then 0; B: 40 in January only; C is bob's
  const balance = `id,day,who,account,amount
    1,2026-01-10,ann,A,100
    2,2026-01-20,ann,A,150
    3,2026-01-15,ann,B,40
    4,2026-01-31,bob,C,1000
    5,2026-02-10,ann,A,0
    6,2026-02-11,bob,A,5`;

  test.each([
    ['last(balance.amount each account)', '2026-01', '190'], // A 150 + B 40
    ['first(balance.amount each account)', '2026-01', '140'], // A 100 + B 40
    ['last(balance.amount each account)', '2026-02', '0'], // A 0, B wasn't seen
    ['last(balance.amount each account)', '2026-03', '77'],
    ['last(balance.amount each account where account is "B")', '2026-01', '40'],
  ])('%s in %s is %s', async (formula, period, amount) => {
    const policy = `${event} kpi held = ${formula}\n${ask('held else 77 RUB')}`;
    expect(await paid(policy, { balance }, period)).toBe(amount);
  });

  test.each([
    ['[to date]', '40'], // A 0 + B 40, the balance known at the end of February
    ['[ytd]', '40'],
    ['[previous]', '190'],
    // one last row of each account, whosever: A 5 (bob's is the later) + B 40 + C 1000
    ['[team, to date]', '1045'],
    ['[company, to date]', '1045'],
  ])('over %s in February it is %s', async (window, amount) => {
    const policy = `${event} kpi held = last(balance.amount each account)\n${ask(`held${window} else 77 RUB`)}`;
    expect(await paid(policy, { balance }, '2026-02')).toBe(amount);
  });

  test('targets of balances add up over people and not over periods, and the days held take nothing off', async () => {
    const policy = `${event} kpi held = last(balance.amount each account)
      role seller { target held 1_000 RUB
        bonus own not prorated = 100 RUB * (attainment(held) else 0%)
        bonus team not prorated = 100 RUB * (attainment(held[team]) else 0%)
        bonus year not prorated = 100 RUB * (attainment(held[ytd]) else 0%) }`;
    const people = PEOPLE.replace('bob,seller,north,2026-01-01,', 'bob,seller,north,2026-01-20,');
    const result = await runOnBoth({ policy, people, period: '2026-01', data: { balance } });
    // A 150 + B 40 of 1 000; with C 1 190 of 2 000; the year so far is January
    expect(amounts(roleOf(result, 'ann', '2026-01'), '2026-01')).toEqual({
      own: '19',
      team: '59.5',
      year: '19',
    });
    // bob's team begins with bob: without B, which was seen on the 15th
    expect(amounts(roleOf(result, 'bob', '2026-01'), '2026-01')).toEqual({
      own: '100',
      team: '57.5',
      year: '100',
    });
    const later = await runOnBoth({ policy, people, period: '2026-02', data: { balance } });
    // A 0 + B 40 of 1 000, which is the target of one month as of two
    expect(amounts(roleOf(later, 'ann', '2026-02'), '2026-02').year).toBe('4');
  });

  test('`each` takes a computed field, and one that is sure to be there', () => {
    const model = modelOf(`policy p { currency RUB\n timezone "Europe/Moscow"\n period month }
      event balance { id: text key\n day: date posts\n who: person owner\n account: text?\n amount: money
        branch = account else "none" }
      kpi held = last(balance.amount each branch)
      kpi sure = last(balance.amount each account where account exists)`);
    expect(model.measures.map(({ aggregate, each }) => [aggregate, each?.kind])).toEqual([
      ['last', 'field'],
      ['last', 'field'],
    ]);
  });
});
