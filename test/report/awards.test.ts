// What outputs say beside pay: awards, points, badges, levels and pools.

import { describe, expect, test } from 'vitest';
import { resultCsv } from '../../src/report/csv.ts';
import { resultJson } from '../../src/report/json.ts';
import { statementText } from '../../src/report/statement.ts';
import { resultText } from '../../src/report/table.ts';
import { runPolicy, statementOf } from '../evaluate/run-policy.ts';

const POLICY = `
event deal { since 2026-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money }
kpi revenue "Revenue" = sum(deal.amount)
pool gift "Gift of the house" = 10% * revenue[company] { to hunter when revenue > 500 RUB shared equally }
award best "Hunter of the month" { to top 1 of hunter by revenue
  gives 100 RUB and badge "Best" }
award steady "Two on plan" { to hunter
  when streak(revenue >= 100 RUB) is 2
  gives points 10 and recognition "Steady hand" }
level senior "Senior hunter" { to hunter when points >= 10 }
role hunter { bonus part "Part of the gift" = gift }
`;

const result = () =>
  runPolicy({
    head: 'period month\n effective from 2026-01-01',
    policy: POLICY,
    people: 'id,role,from\nann,hunter,2026-01-01\nben,hunter,2026-01-01\ncid,hunter,2026-01-01',
    period: '2026-01..2026-02',
    data: {
      deal: 'id,day,who,amount\n1,2026-01-05,ann,100\n2,2026-01-05,ben,100\n3,2026-02-05,ann,120\n4,2026-02-06,ben,90',
    },
  });

/** The lines of a text from one on, without those above. */
function from(text: string, line: string): string {
  return text.slice(text.indexOf(`\n${line}\n`) + 1);
}

describe('statements', () => {
  test('say why an award was won, and what is kept', async () => {
    const found = await result();
    expect(from(statementText(statementOf(found, 'ann', '2026-02'), found), 'Awards')).toBe(`Awards
    won: Hunter of the month, place 1, by revenue
        revenue = 120.00 RUB
        100.00 RUB
        badge: Best
    won: Two on plan
        because this holds: streak(revenue >= 100 RUB) is 2
        streak(revenue >= 100 RUB) = 2
        10 points
        recognition: Steady hand

Points
    10 in 2026-02, 10 in all

Badges and trainings
    badge: Best (2026-01, 2026-02)

Levels
    Senior hunter, since 2026-02
`);
  });

  test('say who has no place, and why there is no part of a pool', async () => {
    const found = await result();
    const text = statementText(statementOf(found, 'cid', '2026-02'), found);
    expect(text).toContain(`
    not won: Hunter of the month, no place by revenue
        because it is for the first place only
        revenue = 0.00 RUB
`);
    // 10 % of 210
    expect(text).toContain(`
        gift = 0.00 RUB
            no part of 21.00 RUB in 2026-02, because this does not hold: revenue > 500 RUB
`);
  });

  test('say which condition failed, and what a level waits for', async () => {
    const found = await result();
    expect(from(statementText(statementOf(found, 'ben', '2026-02'), found), 'Awards')).toBe(`Awards
    not won: Hunter of the month, place 2, by revenue
        because it is for the first place only
        revenue = 90.00 RUB
    not won: Two on plan
        because this does not hold: streak(revenue >= 100 RUB) is 2
        streak(revenue >= 100 RUB) = 0

Points
    0 in 2026-02, 0 in all

Badges and trainings
    badge: Best (2026-01)

Levels
    not reached yet: Senior hunter, when points >= 10
        points = 0
`);
  });
});

test('a run says what stays unspent of a pool', async () => {
  // 10 % of 200 and of 210; nobody has more than 500
  expect(resultText(await result())).toContain(`Pools
Pool               Period   Amount, RUB  Parts  Unspent, RUB
────────────────────────────────────────────────────────────
Gift of the house  2026-01        20.00      0         20.00
Gift of the house  2026-02        21.00      0         21.00
Gift of the house, 2026-01: 20.00 RUB stay unspent: nobody has a part of it
Gift of the house, 2026-02: 21.00 RUB stay unspent: nobody has a part of it`);
});

test('CSV has a row for each of them', async () => {
  const rows = resultCsv(await result())
    .split('\n')
    .filter((each) => each.startsWith('2026-02,ann,'));
  expect(rows).toContain('2026-02,ann,ann,hunter,2026-02-01,2026-02-28,award,best,100,,RUB,,,,,');
  expect(rows.slice(-6)).toEqual([
    '2026-02,ann,ann,,,,points,gained,10,,,,,,,',
    '2026-02,ann,ann,,,,points,balance,10,,,,,,,',
    '2026-02,ann,ann,,,,recognition,Steady hand,steady,,,,,,,',
    '2026-02,ann,ann,,,,badge,Best,2026-01,,,,,,,',
    '2026-02,ann,ann,,,,badge,Best,2026-02,,,,,,,',
    '2026-02,ann,ann,,,,level,senior,2026-02,,,,,,,',
  ]);
});

test('JSON reads back as the result', async () => {
  const found = await result();
  expect(JSON.parse(resultJson(found))).toEqual(found);
});
