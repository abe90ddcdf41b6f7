// `payable as payment.amount of amount`: what is earned by an event is freed as rows of another one come in.

import { describe, expect, test } from 'vitest';
import { compile } from '../../src/engine.ts';
import type { PayLine } from '../../src/model/pay-lines.ts';
import type { Result, Statement } from '../../src/model/result.ts';
import { runOnBoth, type SmallRun, statementOf, tryPolicy } from './run-policy.ts';

const POLICY = `
  event deal { id: text key\n day: date posts\n manager: person owner\n amount: money }
  event payment { id: text key\n day: date posts\n of_deal: deal\n amount: money }
  role seller {
    bonus commission per deal = deal.amount * 10% payable as payment.amount of amount
  }
`;
const PEOPLE = 'id,name,role,from,until\nanna,Anna,seller,2026-01-01,';
const DEALS = 'id,day,manager,amount\na,2026-01-10,anna,1000\nb,2026-02-10,anna,300';

const run = (payments: string, small: Partial<SmallRun> = {}) =>
  runOnBoth({
    policy: POLICY,
    people: PEOPLE,
    period: '2026-01..2026-04',
    ...small,
    data: { deal: DEALS, payment: `id,day,of_deal,amount\n${payments}`, ...small.data },
  });

const month = (result: Result, period: string, person = 'anna'): Statement =>
  statementOf(result, person, period);

/** What is earned and payable of each month. */
const columns = (result: Result): readonly (readonly [string, string])[] =>
  result.statements.map((each) => [each.earned ?? each.pay, each.pay]);

const ofBonus = (statement: Statement): PayLine =>
  statement.roles[0]!.lines.find((each) => each.name === 'commission')!;

describe('payments of the deal', () => {
  const PAYMENTS = `p1,2026-01-20,a,250
    p2,2026-02-05,a,500
    p3,2026-03-05,a,400
    p4,2026-03-06,b,100
    p5,2026-04-07,a,-450`;

  test('free the share paid, never more than the whole, and a refund takes back', async () => {
    const result = await run(PAYMENTS);
    // a earns 100, b 30. January: 25 % of a. February: 50 % of a. March: a comes to 115 %, so that the last 25 % are
    // freed; b a third. April: 700 of 1,000 are paid: 30 % of a go back
    expect(columns(result)).toEqual([
      ['100', '25'],
      ['30', '50'],
      ['0', '35'],
      ['0', '-30'],
    ]);
    const march = month(result, '2026-03').lines!;
    expect(march.map((each) => [each.kind, each.period, each.amount])).toEqual([
      ['due', '2026-01', '25'],
      ['due', '2026-02', '10'],
    ]);
    expect(march[0]!.freed).toEqual([{ key: 'a', row: 2, share: '1', amount: '25' }]);
    expect(ofBonus(month(result, '2026-01'))).toMatchObject({
      earned: '100',
      amount: '25',
      freed: [{ key: 'a', row: 2, share: '0.25', amount: '25' }],
    });
  });

  test('a month says the same whichever months are asked for', async () => {
    const all = await run(PAYMENTS);
    for (const period of ['2026-01', '2026-02', '2026-03', '2026-04'])
      expect((await run(PAYMENTS, { period })).statements).toEqual([month(all, period)]);
  });

  test('what came in before the deal counts when it does', async () => {
    const result = await run('p1,2025-12-20,a,100\np2,2026-01-02,b,150\np3,2026-03-01,b,150');
    // a: 10 %; b: half in its own month, the other half in March
    expect(columns(result).map(([, pay]) => pay)).toEqual(['10', '15', '15', '0']);
  });

  test('cents add up to the whole', async () => {
    const result = await run('p1,2026-01-20,a,100\np2,2026-02-05,a,100\np3,2026-03-05,a,100', {
      data: {
        deal: 'id,day,manager,amount\na,2026-01-10,anna,300.10\nz,2026-01-11,anna,0',
        payment: 'id,day,of_deal,amount\np1,2026-01-20,a,100\np2,2026-02-05,a,100\np3,2026-03-05,a,100.10',
      },
    });
    // 30.01: 30.01 × 100 / 300.10 = 10 exactly; 20; 30.01
    expect(columns(result).map(([, pay]) => pay)).toEqual(['10', '10', '10.01', '0']);
  });

  test('a deal of which nothing is to be paid waits for nothing', async () => {
    const result = await run('', {
      policy: POLICY.replace('deal.amount * 10%', '50 RUB'),
      data: { deal: 'id,day,manager,amount\na,2026-01-10,anna,0' },
    });
    expect(columns(result)[0]).toEqual(['50', '50']);
  });
});

describe('beside other terms', () => {
  test('one who has left is paid what comes in later, unless it is forfeited', async () => {
    const people =
      'id,name,role,from,until\nanna,Anna,seller,2026-01-01,2026-01-31\nbert,Bert,seller,2026-01-01,';
    const payments = 'p1,2026-01-20,a,250\np2,2026-03-05,a,750';
    const result = await run(payments, { people });
    const annas = result.statements.filter((each) => each.person === 'anna');
    expect(annas.map((each) => [each.period, each.pay])).toEqual([
      ['2026-01', '25'],
      ['2026-03', '75'],
    ]);
    const policy = POLICY.replace('of amount\n', 'of amount forfeited on leaving\n');
    const lost = await run(payments, { people, policy });
    expect(
      lost.statements.filter((each) => each.person === 'anna').map((each) => [each.period, each.pay]),
    ).toEqual([
      ['2026-01', '25'],
      ['2026-03', '0'],
    ]);
    expect(month(lost, '2026-03').lines).toMatchObject([{ kind: 'due', computed: '75', amount: '0' }]);
  });

  test('what is paid back is taken back of one who has left, forfeited or not', async () => {
    const people =
      'id,name,role,from,until\nanna,Anna,seller,2026-01-01,2026-01-31\nbert,Bert,seller,2026-01-01,';
    const policy = POLICY.replace('of amount\n', 'of amount forfeited on leaving\n');
    const result = await run('p1,2026-01-20,a,1000\np2,2026-03-05,a,-300', { people, policy });
    const annas = result.statements.filter((each) => each.person === 'anna');
    expect(annas.map((each) => [each.period, each.pay])).toEqual([
      ['2026-01', '100'],
      ['2026-03', '-30'],
    ]);
  });

  test('a cap takes of what is payable as it takes of the whole', async () => {
    const policy = POLICY.replace('role seller {', 'role seller { cap 60 RUB');
    const payments = 'p1,2026-01-20,a,250\np2,2026-02-05,a,500\np3,2026-03-05,a,250';
    const deal = 'id,day,manager,amount\na,2026-01-10,anna,1000';
    const result = await run(payments, { policy, data: { deal } });
    // 100 earned, 60 under the cap: a quarter of it, a half, a quarter
    expect(columns(result)).toEqual([
      ['60', '15'],
      ['0', '30'],
      ['0', '15'],
      ['0', '0'],
    ]);
    const january = await run(payments, { policy, data: { deal }, period: '2026-01' });
    expect(january.statements).toEqual([month(result, '2026-01')]);
  });

  test.each(['memory', 'duckdb'] as const)(
    'rows before the payments are complete stop the run, from %s',
    async (backend) => {
      const { result, diagnostics } = await tryPolicy({
        backend,
        policy: POLICY.replace('event payment {', 'event payment { since 2026-02-01\n'),
        people: PEOPLE,
        period: '2026-02',
        data: { deal: DEALS },
      });
      expect(result).toBeUndefined();
      expect(diagnostics.map((each) => each.code)).toContain('M3002');
    },
  );

  test('paid in another currency at posting, each row is at the rate of its own day, whenever it is freed', async () => {
    const policy = `
      table exchange { currency: text key\n into: text key\n rate: number\n from: date\n until: date? }
      ${POLICY.replace('of amount\n', 'of amount pays in "USD" at posting\n')}`;
    const result = await run('p1,2026-01-20,a,250\np2,2026-03-05,a,750', {
      policy,
      data: {
        deal: 'id,day,manager,amount\na,2026-01-10,anna,1000',
        payment: 'id,day,of_deal,amount\np1,2026-01-20,a,250\np2,2026-03-05,a,750',
        exchange:
          'currency,into,rate,from,until\nRUB,USD,0.01,2026-01-01,2026-01-14\nRUB,USD,0.02,2026-01-15,',
      },
    });
    // 25 and 75 RUB, at the 0.01 of 10 January
    expect(month(result, '2026-01').paid).toEqual([{ currency: 'USD', amount: '0.25' }]);
    expect(month(result, '2026-03').paid).toEqual([{ currency: 'USD', amount: '0.75' }]);
  });

  test('parts and holds beside it are refused: the rows say when it is paid', () => {
    const text = `policy p { currency RUB\n timezone "UTC"\n period month }
      ${POLICY.replace('of amount\n', 'of amount pays in 3 monthly parts\n')}`;
    const { diagnostics } = compile([{ name: 'p.merit', text }]);
    expect(diagnostics.map((each) => each.message)).toEqual([
      "`payable` beside another time can't stand here",
    ]);
  });
});
