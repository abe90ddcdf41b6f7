// By which policy closed periods are worked out again, what goes on from one policy to the next, and what an engine, a
// currency or a mass of rows makes of corrections. Worked by hand.

import { describe, expect, test } from 'vitest';
import {
  type Closed,
  closedWith,
  closeMonths,
  correctionsIn,
  errorsIn,
  type Month,
  openMonth,
  statementIn,
  tryMonth,
} from './small-months.ts';

const DEAL = 'event deal { id: text key, day: date posts, person: person owner, amount: money }\n';
const WORLD = `${DEAL}kpi sales = sum(deal.amount)\n`;
const PEOPLE = 'id,name,role,from,until\nann,Ann,r,2026-01-01,\nben,Ben,r,2026-01-01,';

/** A version of the policy: when it holds, more of its head, and its rules. */
function version(name: string, holds: string, rules: string, more = ''): string {
  return `policy ${name} { currency RUB\n timezone "Europe/Moscow"\n period month\n effective from ${holds}\n ${more} }\n${WORLD}${rules}`;
}

const rate = (percent: number): string => `role r { bonus commission = sales * ${percent}% }`;

function month(period: string, policies: readonly string[], deals: readonly string[]): Month {
  return {
    period,
    policies,
    people: PEOPLE,
    data: { deal: ['id,day,person,amount', ...deals].join('\n') },
  };
}

const DEALS = [
  'd1,2026-01-10,ann,1000',
  'd2,2026-02-10,ann,1000',
  'd3,2026-03-10,ann,1000',
  'd4,2026-04-10,ann,1000',
];

async function annIn(open: Month, closed: Closed) {
  return statementIn(await openMonth(open, closed), 'ann');
}

describe('a closed period keeps its policy', () => {
  test('where the text of a version is another now', async () => {
    const ten = [version('p', '2026-01-01', rate(10))];
    const twelve = [version('p', '2026-01-01', rate(12))];
    const closed = await closeMonths([month('2026-01', ten, DEALS)]);
    const ann = await annIn(month('2026-02', twelve, DEALS), closed);
    // January stays at 10%, and a late deal of it too; February is paid by 12%
    expect([correctionsIn(ann), ann.pay]).toEqual([[], '120']);
    const late = await annIn(month('2026-02', twelve, [...DEALS, 'd9,2026-01-31,ann,100']), closed);
    expect([correctionsIn(late), late.pay]).toEqual([['adjustment of 2026-01: deal d9 is new 10'], '130']);
  });

  test('and what its parts are', async () => {
    const parts = (percent: number) => [
      version('p', '2026-01-01', `role r { bonus b = sales * ${percent}% pays in 2 monthly parts }`),
    ];
    const closed = await closeMonths([month('2026-01', parts(10), DEALS)]);
    const ann = await annIn(month('2026-02', parts(12), DEALS), closed);
    // January's 100 are 50 and 50, whatever the rate is now; February's 120 are 60 and 60
    expect(ann.lines).toMatchObject([{ kind: 'due', period: '2026-01', amount: '50' }]);
    expect(ann.pay).toBe('110');
  });

  test('and has paid whole what a later text pays in parts', async () => {
    const whole = [version('p', '2026-01-01', 'role r { bonus b = sales * 10% }')];
    const parts = [version('p', '2026-01-01', 'role r { bonus b = sales * 10% pays in 2 monthly parts }')];
    const closed = await closeMonths([month('2026-01', whole, DEALS)]);
    const february = await openMonth(month('2026-02', parts, DEALS), closed);
    // January's 100 are paid; of February's 100 there are 50, and 50 in March
    expect(statementIn(february, 'ann')).toMatchObject({
      pay: '50',
      due: [{ period: '2026-03', amount: '50' }],
    });
    const march = await annIn(month('2026-03', parts, DEALS), closedWith(closed, february));
    expect([correctionsIn(march), march.pay]).toEqual([[], '100']);
  });

  test('a rate that is reopened twice', async () => {
    const one = version('p1', '2026-01-01 until 2026-02-28', rate(10));
    const two = (until: string) => version('p2', `2026-03-01${until}`, rate(11), 'reopens from 2026-02-01');
    const three = version('p3', '2026-04-01', rate(12), 'reopens from 2026-03-01');
    const first = await closeMonths([
      month('2026-01', [version('p1', '2026-01-01', rate(10))], DEALS),
      month('2026-02', [version('p1', '2026-01-01', rate(10))], DEALS),
      month('2026-03', [one, two('')], DEALS),
    ]);
    // March: 110, and 10 more for February; January isn't reopened
    const march = first.closes[2]!.body;
    expect(march.reopened).toMatchObject([{ periods: ['2026-02'] }]);
    expect([correctionsIn(march.result.statements[0]!), march.result.statements[0]!.pay]).toEqual([
      ['adjustment of 2026-02: role r, bonus commission 10'],
      '120',
    ]);
    // April: 120, and 10 more for March; February stays with p2
    const versions = [one, two(' until 2026-03-31'), three];
    const april = await openMonth(month('2026-04', versions, DEALS), first);
    const ann = statementIn(april, 'ann');
    expect([correctionsIn(ann), ann.pay]).toEqual([
      ['adjustment of 2026-03: role r, bonus commission 10'],
      '130',
    ]);
    // a late deal of each month is paid by the policy that each has now: 10%, 11%, 12%
    const late = ['2026-01-31', '2026-02-28', '2026-03-31'].map((day, at) => `e${at},${day},ann,100`);
    const may = await annIn(month('2026-05', versions, [...DEALS, ...late]), closedWith(first, april));
    expect(correctionsIn(may)).toEqual([
      'adjustment of 2026-01: deal e0 is new 10',
      'adjustment of 2026-02: deal e1 is new 11',
      'adjustment of 2026-03: deal e2 is new 12',
    ]);
  });

  test('a month that a later version has reopened isn’t opened by an earlier one again', async () => {
    const one = version('p1', '2026-01-01 until 2026-01-31', rate(10));
    const two = (until: string) => version('p2', `2026-02-01${until}`, rate(20), 'reopens from 2026-01-01');
    const three = (reopens: string) => version('p3', '2026-03-01', rate(30), reopens);
    const closed = await closeMonths([
      month('2026-01', [version('p1', '2026-01-01', rate(10))], DEALS),
      month('2026-02', [one, two('')], DEALS),
      month('2026-03', [one, two(' until 2026-02-28'), three('reopens from 2026-01-01')], DEALS),
    ]);
    // January and February are paid by 30%; then the line that reopened them is taken out of the file again
    const april = month('2026-04', [one, two(' until 2026-02-28'), three('')], DEALS);
    const ann = await annIn(april, closed);
    expect([correctionsIn(ann), ann.pay]).toEqual([[], '300']);
  });

  test('a version doesn’t reopen anything before it has begun', async () => {
    const one = version('p1', '2026-01-01 until 2026-02-28', rate(10));
    const two = version('p2', '2026-03-01', rate(11), 'reopens from 2026-01-01');
    const closed = await closeMonths([month('2026-01', [one, two], DEALS)]);
    const february = await openMonth(month('2026-02', [one, two], DEALS), closed);
    expect(correctionsIn(statementIn(february, 'ann'))).toEqual([]);
    const march = await annIn(month('2026-03', [one, two], DEALS), closedWith(closed, february));
    expect(correctionsIn(march)).toHaveLength(2);
  });

  test('a reopened month with a late deal: the deal by the rate of then, the rate over all', async () => {
    const one = version('p1', '2026-01-01 until 2026-01-31', rate(10));
    const two = version('p2', '2026-02-01', rate(20), 'reopens from 2026-01-01');
    const closed = await closeMonths([month('2026-01', [version('p1', '2026-01-01', rate(10))], DEALS)]);
    const late = [...DEALS, 'e1,2026-01-31,ann,500'];
    const ann = await annIn(month('2026-02', [one, two], late), closed);
    // 500 * 10% = 50, then 1500 * 10% = 150; February 200
    expect([correctionsIn(ann), ann.pay]).toEqual([
      ['adjustment of 2026-01: deal e1 is new 50', 'adjustment of 2026-01: role r, bonus commission 150'],
      '400',
    ]);
  });
});

describe('what goes on from one version to the next', () => {
  test('parts of the earlier one, corrected and set off', async () => {
    const one = version(
      'p1',
      '2026-01-01 until 2026-01-31',
      'role r { bonus b = sales * 10% pays in 4 monthly parts }',
    );
    const two = version('p2', '2026-02-01', rate(1));
    const closed = await closeMonths([month('2026-01', [one, two], DEALS)]);
    // 100 are 25 a month; with d1 at 400 they are 10. 15 were paid too much: February's 10 are set against them, and 5 of
    // March's
    const now = ['d1,2026-01-10,ann,400', ...DEALS.slice(1)];
    const february = await openMonth(month('2026-02', [one, two], now), closed);
    const ann = statementIn(february, 'ann');
    expect([correctionsIn(ann), ann.pay]).toEqual([
      ['adjustment of 2026-01: deal d1 has changed -15', 'offset of 2026-01 due 2026-03: b 5'],
      '10',
    ]);
    const march = await annIn(month('2026-03', [one, two], now), closedWith(closed, february));
    expect([correctionsIn(march), march.pay]).toEqual([['offset of 2026-01 due 2026-03: b -5'], '15']);
    // in all 25 + 10 + 15 and 10 in April: 40 of the bonus, 10 and 10 by p2
  });
});

test('another version of Merit that works it out differently says so', async () => {
  const policy = [version('p', '2026-01-01', rate(10))];
  const { closes, snapshot } = await closeMonths([month('2026-01', policy, DEALS)]);
  // as if an earlier Merit had paid 90 and 10 less than this one
  const [close] = closes;
  const { body } = close!;
  const old = JSON.parse(JSON.stringify(body.result).replaceAll('"100"', '"90"'));
  const result = { ...old, engine: { ...old.engine, version: '0.0.1' } };
  const closed = { closes: [{ ...close!, body: { ...body, result } }], snapshot };
  const ann = await annIn(month('2026-02', policy, DEALS), closed);
  expect(correctionsIn(ann)).toEqual(['adjustment of 2026-01: another version of Merit 10']);
});

test('more changes than are looked at one by one', async () => {
  const policy = [version('p', '2026-01-01', rate(10))];
  const deals = Array.from({ length: 210 }, (_, at) => `d${1000 + at},2026-01-10,ann,10`);
  const closed = await closeMonths([month('2026-01', policy, deals)]);
  const now = deals.map((each) => each.replace(/10$/, '20'));
  const ann = await annIn(month('2026-02', policy, now), closed);
  // 200 of 1 each, and 10 together
  expect(correctionsIn(ann)).toHaveLength(201);
  expect(ann.lines!.at(-1)).toMatchObject({
    cause: { kind: 'rows', change: 'changed', source: 'deal', count: 10 },
    amount: '10',
  });
  expect(ann.pay).toBe('210');
});

describe('what is paid in another currency', () => {
  const exchange = 'table exchange { currency: text key, into: text key, rate: number, from: date }\n';
  const text = version(
    'p',
    '2026-01-01',
    `${exchange}person { currency: text }\n${rate(10)}`,
    'pays in person.currency',
  );
  const people = 'id,name,role,from,until,currency\nann,Ann,r,2026-01-01,,EUR\nben,Ben,r,2026-01-01,,RUB';
  const at = (period: string, deals: readonly string[], perEuro = '0.01'): Month => {
    const { data, ...rest } = month(period, [text], deals);
    const rates = `currency,into,rate,from\nRUB,EUR,${perEuro},2026-01-01`;
    return { ...rest, people, data: { ...data, exchange: rates } };
  };

  test('is refused where something is to be corrected, and only there', async () => {
    const closed = await closeMonths([at('2026-01', DEALS)]);
    expect(await annIn(at('2026-02', DEALS), closed)).toMatchObject({ pay: '100', paid: [{ amount: '1' }] });
    const late = [...DEALS, 'e1,2026-01-31,ann,100'];
    const { diagnostics } = await tryMonth(at('2026-02', late), closed);
    expect(errorsIn(diagnostics).map((each) => each.slice(0, 5))).toEqual(['M3102']);
    // who is paid in roubles is corrected
    const ben = await openMonth(at('2026-02', [...DEALS, 'e1,2026-01-31,ben,100']), closed);
    expect(statementIn(ben, 'ben')).toMatchObject({ pay: '10', paid: [{ currency: 'RUB', amount: '10' }] });
  });

  test('closed months of a version that paid in another are left alone, as long as they are', async () => {
    const rouble = version('p1', '2026-01-01 until 2026-01-31', rate(10));
    const euro = version('p2', '2026-02-01', rate(10)).replace('currency RUB', 'currency EUR');
    const before = await closeMonths(
      ['2026-01', '2026-02'].map((each) => month(each, [rouble, euro], DEALS)),
    );
    const late = (day: string) => month('2026-03', [rouble, euro], [...DEALS, `e1,${day},ann,100`]);
    expect(correctionsIn(await annIn(late('2026-02-20'), before))).toEqual([
      'adjustment of 2026-02: deal e1 is new 10',
    ]);
    const { diagnostics } = await tryMonth(late('2026-01-20'), before);
    expect(errorsIn(diagnostics)[0]).toMatch(
      /^M3102 closed periods of `ann` are to be corrected in EUR, and `2026-01` is paid in RUB/,
    );
  });

  test('also where only the rate of then is another', async () => {
    const closed = await closeMonths([at('2026-01', DEALS)]);
    const { diagnostics } = await tryMonth(at('2026-02', DEALS, '0.02'), closed);
    expect(errorsIn(diagnostics)[0]).toMatch(/^M3102 .*`ann`.*EUR/);
  });
});
