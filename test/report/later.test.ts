// What statements, tables and CSV say of money that moves between periods: draws, parts, holds and other currencies.

import { expect, test } from 'vitest';
import { resultCsv } from '../../src/report/csv.ts';
import { statementText } from '../../src/report/statement.ts';
import { resultText } from '../../src/report/table.ts';
import { runPolicy, type SmallRun, statementOf } from '../evaluate/run-policy.ts';

const WORLD =
  'event sale { id: text key, day: date posts, person: person owner, amount: money }\nkpi sales = sum(sale.amount)\n';

async function paid(policy: string, sales: string, rest: Partial<SmallRun> = {}) {
  return runPolicy({
    head: 'period month\n effective from 2026-01-01',
    people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,',
    period: '2026-02',
    ...rest,
    policy: WORLD + policy,
    data: { sale: `id,day,person,amount\n${sales}`, ...rest.data },
  });
}

/** Lines without the ends that only line amounts up. */
function lines(text: string): readonly string[] {
  return text.split('\n').map((each) => each.trim().replace(/ {2,}/g, '  '));
}

test('a draw, its recovery and the balance', async () => {
  const policy = 'role r { bonus b = sales\n draw 100 RUB recoverable }';
  const result = await paid(policy, 'a,2026-01-05,ann,40\nb,2026-02-05,ann,130', {
    period: '2026-01..2026-02',
  });
  // January: 60 added; February: 30 of 60 recovered
  const january = lines(statementText(statementOf(result, 'ann', '2026-01'), result));
  expect(january).toContain('Draw  60.00 RUB');
  expect(january).toContain('= 100 RUB');
  expect(january).toContain('what it counts comes to 40.00 RUB, and is topped up to 100.00 RUB');
  expect(january).toContain('Owed of the draw of r: 60.00 RUB (before 0.00 RUB)');
  const february = lines(statementText(statementOf(result, 'ann', '2026-02'), result));
  expect(february).toContain('Recovery of draws  -30.00 RUB');
  expect(february).toContain('of 60.00 RUB owed before the period');
  expect(february).toContain('Pay for 2026-02  100.00 RUB');
  expect(february).toContain('Owed of the draw of r: 30.00 RUB (before 60.00 RUB)');
  const table = lines(resultText(result));
  expect(table).toContain('From earlier periods, and of all pay, 2026-02');
  expect(table).toContain('Ann (ann)  130.00  -30.00  100.00  30.00');
});

test('parts: now, later, and due from earlier', async () => {
  const policy = 'role r { bonus b "Bonus" = sales { pays in 2 monthly parts, holds 10% for 3 months } }';
  const result = await paid(policy, 'a,2026-01-05,ann,100\nb,2026-02-05,ann,50');
  const text = lines(statementText(statementOf(result, 'ann', '2026-02'), result));
  // 50 less 5 held: 22.50 now and in March, 5 in May; of January 45 now, and 10 in April
  expect(text).toContain(
    '50.00 RUB is earned: 22.50 RUB now, 22.50 RUB in 2026-03, 5.00 RUB held back until 2026-05',
  );
  expect(text).toContain('Bonus, earned in 2026-01  45.00 RUB');
  expect(text).toContain('Earned in 2026-02  50.00 RUB');
  expect(text).toContain('Pay for 2026-02  67.50 RUB');
  expect(text).toContain('2026-03: Bonus, earned in 2026-02  22.50 RUB');
  expect(text).toContain('2026-04: Bonus, earned in 2026-01, held back  10.00 RUB');
  expect(text).toContain('2026-05: Bonus, earned in 2026-02, held back  5.00 RUB');
});

test('CSV has a row for what is earned, due later, paid and owed', async () => {
  const policy =
    'table exchange { currency: text key, into: text key, rate: number, from: date }\nrole r { bonus b = sales { pays in 2 monthly parts, pays in USD }\n draw 30 RUB recoverable }';
  const result = await paid(policy, 'a,2026-01-05,ann,100\nb,2026-02-05,ann,-90', {
    data: { exchange: 'currency,into,rate,from\nRUB,USD,0.01,2026-01-01' },
  });
  const rows = resultCsv(result)
    .split('\n')
    .map((each) =>
      each
        .split(',')
        .slice(3)
        .filter((cell) => cell !== '')
        .join(' '),
    );
  // 50 are due of January, -45 of February: 5, so 25 are drawn; in dollars 0.50 and -0.45
  expect(rows).toEqual([
    'role from until kind item value exact unit target target_to attainment status note',
    'r 2026-02-01 2026-02-28 kpi sales -90 RUB',
    'r 2026-02-01 2026-02-28 bonus b -45 RUB',
    'r 2026-02-01 2026-02-28 earned b -90 RUB',
    'r 2026-02-01 2026-02-28 later b 2026-03 -45 RUB',
    'r 2026-02-01 2026-02-28 paid b -0.45 USD',
    'r 2026-02-01 2026-02-28 draw draw 25 RUB',
    'r 2026-02-01 2026-02-28 earned draw 0 RUB',
    'r 2026-02-01 2026-02-28 earned total -90 RUB',
    'r 2026-02-01 2026-02-28 pay total -20 RUB',
    'due b 2026-01 50 RUB',
    'earned b 2026-01 0 RUB',
    'paid b 2026-01 0.5 USD',
    'pay total 50 RUB',
    'paid total 0.05 USD',
    'paid total 25 RUB',
    'balance owed r 25 RUB',
    '',
  ]);
});

test('a cap of a quarter that gives back says why', async () => {
  const policy = 'role r { bonus b = sales\n cap 80 RUB per quarter in all }';
  const result = await paid(policy, 'a,2026-01-05,ann,100\nb,2026-02-05,ann,-50');
  // 20 of 100 were taken; 80 - 50 = 30
  const text = lines(statementText(statementOf(result, 'ann', '2026-02'), result)).join(' ');
  expect(text).toContain('Cap, worked out over 2026-Q1  20.00 RUB');
  expect(text).toContain(
    'what it counts comes to 30.00 RUB by now, of no more than 80.00 RUB: it gives back of what it took before',
  );
});

test('a cap in parts says what it counts, a floor what it raises to, and who has left what is lost', async () => {
  const policy =
    'role r { bonus b = sales { pays in 2 monthly parts, forfeited on leaving }\n cap 80 RUB }\nrole s { bonus c = sales\n floor 50 RUB }';
  const result = await paid(policy, 'a,2026-02-05,ann,100\nb,2026-02-05,ben,20', {
    people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,2026-02-20\nben,Ben,s,2026-01-01,',
  });
  const ann = lines(statementText(statementOf(result, 'ann', '2026-02'), result));
  expect(ann).toContain('the bonuses that it counts come to 100.00 RUB; no more than 80.00 RUB is paid');
  // half of the 20 that it takes is of the part in March
  expect(ann.join(' ')).toContain('in all -20.00 RUB: -10.00 RUB now, -10.00 RUB in 2026-03');
  expect(ann.join(' ')).toContain('which is lost as the person has left');
  const ben = lines(statementText(statementOf(result, 'ben', '2026-02'), result));
  expect(ben).toContain('Floor  30.00 RUB');
  expect(ben).toContain('= 50 RUB');
  expect(ben).toContain('what it counts comes to 20.00 RUB, and is raised to 50.00 RUB');
});

test('a floor and a draw show the days that they are for', async () => {
  const policy = 'role r { bonus b = sales\n floor 28 RUB\n draw 56 RUB }';
  const result = await paid(policy, 'a,2026-02-05,ann,1', {
    people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,2026-02-14',
  });
  // 14 of 28 days: 14, 13 above the 1; and 28, 14 above that
  const text = lines(statementText(statementOf(result, 'ann', '2026-02'), result));
  expect(text).toContain('Floor  13.00 RUB');
  expect(text).toContain('28.00 RUB × 14/28 days = 14.00 RUB');
  expect(text).toContain('Draw  14.00 RUB');
  expect(text).toContain('56.00 RUB × 14/28 days = 28.00 RUB');
});
