// How a target came about, as data and in words. The arithmetic is by hand; that every account comes to its target is
// checked beside it.

import { describe, expect, test } from 'vitest';
import type { KpiLine } from '../../src/model/kpi-lines.ts';
import { statementText } from '../../src/report/statement.ts';
import { checkTargets } from '../target-arithmetic.ts';
import { kpiOf, roleOf, runOnBoth, type SmallRun, statementOf } from './run-policy.ts';

const DEAL = `event deal { since 2025-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money }
kpi revenue "Revenue" = sum(deal.amount)
kpi price = average(deal.amount)
`;
const ANN = 'id,role,from,until\nann,seller,2026-01-01,';

/** ann's line of a KPI, the last line of the text that says how its target came about, and the line of the JSON. */
async function said(policy: string, small: Partial<SmallRun> = {}, kpi = 'revenue') {
  const period = small.period ?? '2026-01';
  const result = await runOnBoth({ policy: DEAL + policy, people: ANN, ...small, period });
  checkTargets(result);
  const line: KpiLine = kpiOf(roleOf(result, 'ann', period).kpis, kpi);
  const text = statementText(statementOf(result, 'ann', period), result, { width: 400 });
  return {
    line,
    text: text
      .split('\n')
      .find((each) => each.includes(', target: '))
      ?.trim(),
  };
}

describe('one line', () => {
  test('that says it of everybody needs no words', async () => {
    const { line, text } = await said('role seller { target revenue 1_000 RUB }');
    expect(line.targetAccount).toEqual({
      kind: 'line',
      text: 'target revenue 1_000 RUB',
      formula: '1_000 RUB',
      inputs: [],
      written: '1000',
      value: '1000',
    });
    expect(text).toBeUndefined();
  });

  test('a ramp and the days: 1,000 × 25 % × 16/31 = 4,000/31', async () => {
    const { line, text } = await said('role seller { target revenue 1_000 RUB\n ramp 25%, 50% }', {
      people: 'id,role,from,until\nann,seller,2026-01-16,',
    });
    expect(line.target!.value).toBe('4000/31');
    expect(line.targetAccount).toMatchObject({
      kind: 'days',
      counted: '16',
      of: '31',
      by: 'days',
      prorated: true,
      parts: [
        {
          from: '2026-01-16',
          until: '2026-01-31',
          counts: '16',
          target: { written: '1000', ramp: { percent: '0.25', month: 1 }, value: '250' },
        },
      ],
    });
    expect(text).toBe('Revenue, target: 1,000.00 RUB × 25 % in month 1 of the role × 16/31 days');
  });

  test('working days, and absences taken out: of 21 days from Friday the 2nd to Friday the 30th 5 are away', async () => {
    const { line, text } = await said(
      `calendar office { work monday to friday 09:00 to 18:00\n holiday 2026-01-01 }
       role seller { prorate by working days\n target revenue 2_100 RUB }`,
      { absences: 'person,from,until\nann,2026-01-05,2026-01-09' },
    );
    expect(line.target!.value).toBe('1600');
    expect(text).toBe('Revenue, target: 2,100.00 RUB × 16/21 working days');
  });

  test('a condition, and what it reads', async () => {
    const { text } = await said(
      `person { region: text\n level: number }
      role seller { target revenue 1_000 RUB\n target revenue 900 RUB when person.region is "South" and person.level > 2 }`,
      {
        people: 'id,role,from,until,region,level\nann,seller,2026-01-01,,South,3',
      },
    );
    expect(text).toBe(
      'Revenue, target: 900.00 RUB (as person.region is "South" and person.level > 2; person.level = 3)',
    );
  });

  test('an attribute of the person', async () => {
    const { text } = await said('person { goal: money }\nrole seller { target revenue person.goal * 2 }', {
      people: 'id,role,from,until,goal\nann,seller,2026-01-01,,450',
    });
    expect(text).toBe('Revenue, target: 900.00 RUB (= person.goal * 2; person.goal = 450.00 RUB)');
  });

  test('a part of a year', async () => {
    const { line, text } = await said(
      'role seller { target revenue 12_000 RUB per year spread 10%, 20%, 30%, 40% }',
      {
        period: '2026-04',
      },
    );
    // a third of the second quarter's 20 %
    expect(line.targetAccount).toMatchObject({
      written: '12000',
      spread: { share: '1/15', of: '2026' },
      value: '800',
    });
    expect(text).toBe('Revenue, target: 12,000.00 RUB × 1/15 of 2026');
  });

  test('a row of a table', async () => {
    const { line, text } = await said(
      `table quota { seller: person key\n month: period key\n revenue: money }
       role seller { target revenue 500 RUB\n target revenue from quota }`,
      { data: { deal: 'id,day,who,amount', quota: 'seller,month,revenue\nann,2026-01,750' } },
    );
    expect(line.targetAccount).toMatchObject({
      formula: 'quota',
      inputs: [{ row: { table: 'quota', found: true, key: [{ value: 'ann' }, { value: '2026-01' }] } }],
      value: '750',
    });
    expect(text).toBe('Revenue, target: 750.00 RUB (the row of ann, 2026-01 in quota)');
  });

  test('both ends of a band', async () => {
    const { line, text } = await said('role seller { target revenue within 620 RUB .. 930 RUB }', {
      people: 'id,role,from,until\nann,seller,2026-01-01,2026-01-10',
    });
    expect([line.target!.value, line.upTo!.value]).toEqual(['200', '300']);
    expect(text).toBe('Revenue, target: 620.00 RUB × 10/31 days, up to 930.00 RUB × 10/31 days');
  });
});

describe('no target', () => {
  const noTarget = async (policy: string, small: Partial<SmallRun> = {}, kpi = 'revenue') => {
    const result = await runOnBoth({ policy: DEAL + policy, people: ANN, period: '2026-01', ...small });
    const line = kpiOf(roleOf(result, 'ann', '2026-01').kpis, kpi);
    expect(line.target).toBeUndefined();
    const text = statementText(statementOf(result, 'ann', '2026-01'), result, { width: 400 });
    return {
      said: line.noTarget?.because,
      text: text
        .split('\n')
        .find((each) => each.includes(', no target: '))
        ?.trim(),
    };
  };

  test('without a row of a table', async () => {
    const policy = `table quota { seller: person key\n month: period key\n revenue: money }
      role seller { target revenue from quota }`;
    expect(await noTarget(policy)).toEqual({
      said: 'no line holds',
      text: 'Revenue, no target: no row of ann, 2026-01 in quota',
    });
  });

  test('without a condition that holds', async () => {
    const policy =
      'person { region: text }\nrole seller { target revenue 900 RUB when person.region is "South" }';
    expect(
      await noTarget(policy, { people: 'id,role,from,until,region\nann,seller,2026-01-01,,North' }),
    ).toEqual({
      said: 'no line holds',
      text: 'Revenue, no target: 900 RUB is not it, as this does not hold: person.region is "South"',
    });
  });

  test('of who is away', async () => {
    const absences = 'person,from,until\nann,2026-01-01,2026-01-31';
    expect(await noTarget('role seller { target revenue 900 RUB }', { absences })).toEqual({
      said: 'away',
      text: 'Revenue, no target: nothing is expected of who is away all the time',
    });
  });

  test('on some of the days', async () => {
    const policy =
      'person { region: text }\nrole seller { target revenue 900 RUB when person.region is "South" }';
    const people = `id,role,from,until,region
      ann,seller,2026-01-01,2026-01-14,North
      ann,seller,2026-01-15,,South`;
    expect(await noTarget(policy, { people })).toEqual({
      said: 'not on all days',
      text: 'Revenue, no target: the policy gives none on some of the days',
    });
  });

  test('of a year that isn’t spread', async () => {
    expect(await noTarget('role seller { target revenue 900 RUB per year }')).toEqual({
      said: 'other lengths',
      text: 'Revenue, no target: what the policy says is of other lengths of time, and gives none of this one',
    });
  });

  test('nothing is said where no line asks for one', async () => {
    const policy = 'role seller { target price 10 RUB\n bonus b = 1% * revenue }';
    expect(await noTarget(policy)).toEqual({ said: undefined, text: undefined });
  });
});

describe('several', () => {
  test('one’s own from some days on: 1,000 × 10/31 + 1,500 × 10/31 + 1,000 × 11/31', async () => {
    const { line, text } = await said(
      'role seller { target revenue 1_000 RUB }\nfor person ann from 2026-01-11 until 2026-01-20 { target revenue 1_500 RUB }',
    );
    expect(line.target!.value).toBe('36000/31');
    expect(text).toBe(
      'Revenue, target: 1,000.00 RUB × 10/31 days (2026-01-01 to 2026-01-10)' +
        ' + 1,500.00 RUB (for person ann from 2026-01-11 until 2026-01-20) × 10/31 days (2026-01-11 to 2026-01-20)' +
        ' + 1,000.00 RUB × 11/31 days (2026-01-21 to 2026-01-31)',
    );
  });

  test('a ratio is an average: (20 × 14 + 30 × 17) / 31', async () => {
    const { line } = await said(
      'person { region: text }\nrole seller { target price 20 RUB\n target price 30 RUB when person.region is "South" }',
      {
        people:
          'id,role,from,until,region\nann,seller,2026-01-01,2026-01-14,North\nann,seller,2026-01-15,,South',
      },
      'price',
    );
    expect(line.targetAccount).toMatchObject({
      kind: 'days',
      prorated: false,
      counted: '31',
      value: '790/31',
    });
  });

  test('a raise that changes nothing of it leaves no trace', async () => {
    const { line } = await said('person { goal: money }\nrole seller { target revenue 900 RUB }', {
      people: 'id,role,from,until,goal\nann,seller,2026-01-01,2026-01-14,1\nann,seller,2026-01-15,,2',
    });
    expect(line.targetAccount).toMatchObject({ kind: 'line', value: '900' });
  });

  test('a window: what each of its months expects', async () => {
    const { text } = await said(
      'role seller { target revenue 1_000 RUB\n bonus b = 10 RUB * (attainment(revenue[ytd]) else 0%) }',
      { people: 'id,role,from,until\nann,seller,2026-02-15,', period: '2026-04' },
      'revenue[ytd]',
    );
    expect(text).toBe(
      'Revenue [ytd], target: (1,000.00 RUB × 14/28 days) in 2026-02 + 2 × 1,000.00 RUB (2026-03 to 2026-04)',
    );
  });

  test('a team, without names', async () => {
    const { line, text } = await said(
      `role seller { target revenue 1_000 RUB\n bonus b = 10 RUB * (attainment(revenue[team]) else 0%) }
       for person cid { target revenue 700 RUB }`,
      {
        people:
          'id,role,team,from,until\nann,seller,A,2026-01-01,\nben,seller,A,2026-01-01,\ncid,seller,A,2026-01-01,\ndan,seller,B,2026-01-01,',
      },
      'revenue[team]',
    );
    expect(line.targetAccount).toEqual({
      kind: 'people',
      together: 'sum',
      people: 3,
      parts: [
        { value: '1000', people: 2 },
        { value: '700', people: 1 },
      ],
      value: '2700',
    });
    expect(text).toBe('Revenue [team], target: of 3 people: 2 × 1,000.00 RUB + 700.00 RUB');
  });

  test('of many different values ten are listed', async () => {
    const ids = Array.from({ length: 13 }, (_, at) => `p${at + 10}`);
    const { line } = await said(
      'person { goal: money }\nrole seller { target revenue person.goal\n bonus b = 10 RUB * (attainment(revenue[company]) else 0%) }',
      {
        people: `id,role,from,until,goal\nann,seller,2026-01-01,,1\n${ids.map((id, at) => `${id},seller,2026-01-01,,${at + 2}`).join('\n')}`,
      },
      'revenue[company]',
    );
    // 1 + … + 14 = 105, of which the ten largest, 5 + … + 14 = 95, are listed
    expect(line.targetAccount).toMatchObject({
      people: 14,
      others: { value: '10', people: 4 },
      value: '105',
    });
  });
});
