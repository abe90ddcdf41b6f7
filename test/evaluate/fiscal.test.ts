// Policies over the months of a retailer's year, and over months of the calendar beside a fiscal year of their own.

import { describe, expect, test } from 'vitest';
import { compile } from '../../src/engine.ts';
import { convertPolicy, formatPolicy } from '../../src/syntax/print.ts';
import { amounts, facts, roleOf, runOnBoth, runPolicy, tryPolicy } from './run-policy.ts';

// weeks begin on Sundays: 1 to 28 February, 1 March to 4 April, 5 April to 2 May
const RETAIL = 'calendar retail { year starts 2026-02-01, quarters 4, 5, 4 weeks }\n';
const EVENT = `
event deal {
  since 2025-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money
}
kpi revenue = sum(deal.amount)
`;
const DEALS = `id,day,who,amount
  1,2025-02-02,ann,1280
  2,2025-03-02,ann,2560
  3,2026-01-31,ann,1
  4,2026-02-01,ann,10
  5,2026-02-28,ann,20
  6,2026-03-01,ann,40
  7,2026-04-04,ann,80
  8,2026-04-05,ann,160
  9,2026-05-02,ann,320
  10,2026-05-03,ann,640`;
const BACKENDS = ['memory', 'duckdb'] as const;

describe.each(BACKENDS)('months of a retailer (%s)', (backend) => {
  const work = (roles: string, period: string) =>
    runPolicy({
      head: 'period month of retail\n  effective from 2026-02-01',
      policy: RETAIL + EVENT + roles,
      people: 'id,role\n ann,seller',
      period,
      data: { deal: DEALS },
      backend,
    });

  test('windows, longer bonuses and parts go by the weeks of the calendar', async () => {
    const result = await work(
      `let double per quarter of retail = revenue * 2
      role seller {
        target revenue 1_300 RUB per quarter of retail spread 30%, 40%, 30%
        bonus month = revenue
        bonus year  = revenue[ytd of retail]
        bonus three = revenue[qtd of retail]
        bonus two   = revenue[trailing 2 months of retail]
        bonus last  = revenue[same period last year]
        bonus prior = revenue[previous]
        bonus parts = sum(revenue each month of retail)[ytd of retail]
        bonus plan not prorated = 130 RUB * attainment(revenue)
        bonus quarter per quarter of retail = revenue
        bonus twice   per quarter of retail = double
        bonus thirds  per quarter of retail = sum(revenue each month of retail)
        bonus whole   per quarter of retail not prorated = 130 RUB * attainment(revenue)
      }`,
      'retail-2026-01..retail-2026-04',
    );
    // 10 + 20, of 390 in the plan
    expect(amounts(roleOf(result, 'ann', 'retail-2026-01'), 'retail-2026-01')).toEqual({
      month: '30',
      year: '30',
      three: '30',
      two: '31',
      last: '1280',
      prior: '1',
      parts: '30',
      plan: '10',
    });
    // 40 + 80, of 520
    expect(amounts(roleOf(result, 'ann', 'retail-2026-02'), 'retail-2026-02')).toEqual({
      month: '120',
      year: '150',
      three: '150',
      two: '150',
      last: '2560',
      prior: '30',
      parts: '150',
      plan: '30',
    });
    // 160 + 320, of 390; the quarter is 630 of 1300
    expect(amounts(roleOf(result, 'ann', 'retail-2026-03'), 'retail-2026-03')).toEqual({
      month: '480',
      year: '630',
      three: '630',
      two: '600',
      last: '0',
      prior: '120',
      parts: '630',
      plan: '160',
      'quarter retail-2026-Q1': '630',
      'twice retail-2026-Q1': '1260',
      'thirds retail-2026-Q1': '630',
      'whole retail-2026-Q1': '63',
    });
    expect(amounts(roleOf(result, 'ann', 'retail-2026-04'), 'retail-2026-04')).toMatchObject({
      year: '1270',
      three: '640',
      two: '1120',
    });
  });

  test('a run may name a quarter or a year of the calendar, and a cap holds over its quarter', async () => {
    const result = await work(
      `role seller {
        bonus quarter per quarter of retail = revenue
        bonus month = revenue
        cap 500 RUB per quarter of retail
      }`,
      'retail-2026-Q1',
    );
    expect(result.periods).toEqual(['01', '02', '03'].map((each) => `retail-2026-${each}`));
    const { total } = roleOf(result, 'ann', 'retail-2026-03');
    // 480 of the month, and 630 capped at 500
    expect(total).toBe('980');
  });
});

describe.each(BACKENDS)('a monthly policy beside a fiscal year from April (%s)', (backend) => {
  const CALENDARS = `calendar fy { year starts 2026-04-01 }\n`;
  const POLICY = `role seller {
    target revenue 12_000 RUB per year of fy spread evenly
    bonus month   = revenue
    bonus fiscal  = revenue[ytd of fy]
    bonus plain   = revenue[ytd]
    bonus quarter per quarter = revenue
    bonus year per year of fy = revenue
    bonus plan not prorated = 100 RUB * attainment(revenue)
  }`;
  test('both years side by side', async () => {
    const result = await runPolicy({
      head: 'period month\n effective from 2026-01-01',
      policy: CALENDARS + EVENT + POLICY,
      people: 'id,role\n ann,seller',
      period: '2026-03..2026-04',
      data: { deal: DEALS },
      backend,
    });
    expect(amounts(roleOf(result, 'ann', '2026-03'), '2026-03')).toEqual({
      month: '40',
      fiscal: '71', // from April 2025: 1 + 10 + 20 + 40
      plain: '71', // from January
      'quarter 2026-Q1': '71',
      'year fy-2025': '71',
      plan: '4', // 40 of 1000
    });
    expect(amounts(roleOf(result, 'ann', '2026-04'), '2026-04')).toEqual({
      month: '240',
      fiscal: '240',
      plain: '311',
      plan: '24',
    });
  });
});

describe.each(BACKENDS)('a `let` with a length of time of its own (%s)', (backend) => {
  test('is worked out over the quarter in which it is named, or over each of them', async () => {
    const result = await runPolicy({
      head: 'period month\n effective from 2026-01-01',
      policy: `${EVENT}kpi clients = count(distinct deal.id)
      let best per quarter = max(revenue, 100 RUB)
      let more per quarter = best + (revenue[previous] else 0 RUB)
      let year per year = sum(best each quarter)
      role seller {
        bonus month = revenue
        bonus quarter not prorated per quarter = more
        bonus all not prorated per year = year + sum(more each quarter)
      }`,
      people: 'id,role,from,until\n ann,seller,2025-01-01,2026-11-15',
      period: '2026-03..2026-11',
      data: { deal: DEALS },
      backend,
    });
    // 71 in the first quarter, and 0 in the one before; 1200 in the second; none in the third and fourth
    expect(amounts(roleOf(result, 'ann', '2026-03'), '2026-03')).toEqual({
      month: '40',
      'quarter 2026-Q1': '100',
    });
    expect(amounts(roleOf(result, 'ann', '2026-06'), '2026-06')).toEqual({
      month: '0',
      'quarter 2026-Q2': '1271',
    });
    expect(amounts(roleOf(result, 'ann', '2026-07'), '2026-07')).toEqual({ month: '0' });
    expect(amounts(roleOf(result, 'ann', '2026-09'), '2026-09')).toEqual({
      month: '0',
      'quarter 2026-Q3': '1300',
    });
    // ann leaves in November: 100 + 1200 + 100 + 100, and 100 + 1271 + 1300 + 100
    expect(amounts(roleOf(result, 'ann', '2026-11'), '2026-11')).toEqual({
      month: '0',
      'quarter 2026-Q4': '100',
      'all 2026': '4271',
    });
  });
});

test('a policy of weeks that begin on Sundays', async () => {
  const result = await runPolicy({
    head: 'period week of retail\n effective from 2026-02-01',
    policy: `${RETAIL}${EVENT}role seller {
      bonus week = revenue
      bonus year = revenue[ytd of retail]
      bonus last = revenue[same period last year]
      bonus month per month of retail = revenue
    }`,
    people: 'id,role\n ann,seller',
    period: 'retail-2026-W01..retail-2026-W04',
    data: { deal: DEALS },
  });
  expect(amounts(roleOf(result, 'ann', 'retail-2026-W01'), 'retail-2026-W01')).toEqual({
    week: '10',
    year: '10',
    last: '1280', // 2 to 8 February 2025
  });
  expect(amounts(roleOf(result, 'ann', 'retail-2026-W04'), 'retail-2026-W04')).toEqual({
    week: '20',
    year: '30',
    last: '0',
    'month retail-2026-01': '30',
  });
});

test('a year of quarters of the calendar beside months of weeks', async () => {
  const result = await runPolicy({
    head: 'period quarter of retail\n effective from 2026-02-01',
    policy: `${RETAIL}${EVENT}role seller {
      target revenue 6_300 RUB per year of retail spread 10%, 20%, 30%, 40%
      bonus quarter = revenue
      bonus before  = revenue[previous]
      bonus year per year of retail = revenue
    }`,
    people: 'id,role\n ann,seller',
    period: 'retail-2026-Q1',
    data: { deal: DEALS },
  });
  expect(amounts(roleOf(result, 'ann', 'retail-2026-Q1'), 'retail-2026-Q1')).toEqual({
    quarter: '630',
    before: '1',
  });
  // 10% of 6300, and 630 made
  expect(facts(roleOf(result, 'ann', 'retail-2026-Q1').kpis, 'revenue')).toEqual(['630', '630', '1']);
});

describe('what is asked', () => {
  const reasons = (head: string, line: string, more = ''): readonly string[] => {
    const text = `policy p {\n  currency RUB\n  timezone "UTC"\n  period ${head}\n}\n${RETAIL}calendar fy { year starts 2026-04-01 }\n${EVENT}role seller {\n  ${line}\n}\n${more}`;
    const { diagnostics } = compile([{ name: 'p.merit', text }]);
    return diagnostics
      .filter((each) => each.severity === 'error')
      .map((each) => `${each.code} ${each.message}; ${each.help}`);
  };
  test.each([
    [
      'month of retail',
      'bonus b per quarter = revenue',
      "M1105 `quarter` has no calendar, as the policy's own period has; write `quarter of retail`",
    ],
    [
      'month of retail',
      'bonus b = revenue[ytd]',
      "M1105 `ytd` has no calendar, as the policy's own period has; write `ytd of retail`",
    ],
    [
      'month of retail',
      'bonus b = revenue[trailing 3 months]',
      "M1105 `months` has no calendar, as the policy's own period has; write `months of retail`",
    ],
    [
      'month of retail',
      'bonus b = revenue[ytd of fy]',
      "M1104 `[ytd of fy]` can't stand here; a year of fy isn't made of whole months of retail, over which this is worked out",
    ],
    [
      'month of retail',
      'bonus b per week of retail = revenue',
      "M1411 a bonus per week of retail is shorter than the policy's month of retail; use a length that months of retail fit into",
    ],
    [
      'month',
      'bonus b per month of retail = revenue',
      "M1411 a bonus per month of retail doesn't hold whole months, and the policy is worked out per month; use a length that months fit into",
    ],
    ['month of shops', '', 'M1101 no calendar is called `shops`; known here: `retail`, `fy`'],
    [
      'month of retail',
      'bonus b = revenue when period is 2026-01',
      'M1203 cannot compare a month of retail with a month; no period of retail can be written out: compare days, `period.start`',
    ],
    [
      'week of fy',
      '',
      "M1109 `week` isn't a length of time of calendar `fy`; known here: `month`, `quarter`, `year`",
    ],
  ])('period %s, %s', (head, line, expected) => expect(reasons(head, line)).toEqual([expected]));

  test('a table may have a target of each period', () => {
    const table = 'table quota { month: period key, revenue: money }\n';
    expect(reasons('month of retail', 'target revenue from quota', table)).toEqual([]);
    expect(reasons('month', 'target revenue from quota', table)).toEqual([]);
  });

  test('an expectation names a period of the calendar in quotes', () => {
    const proof = (period: string): readonly string[] =>
      reasons(
        'month of retail',
        '',
        `test "t" { person ann { role seller }, expect ann in ${period} { revenue is 0 RUB } }\n`,
      );
    expect(proof('"retail-2026-01"')).toEqual([]);
    expect(proof('"retail-2026-13"').map((each) => each.slice(0, 5))).toEqual(['M1202']);
  });

  test('both forms say the same, and print as they are written', () => {
    const text = `policy p {
  currency RUB
  timezone "UTC"
  period   month of retail
}

calendar retail {
  year     starts 2026-02-01
  quarters 4, 5, 4 weeks
}
${EVENT}
let double per quarter of retail = revenue[ytd of retail] + revenue[trailing 3 months of retail]

role seller {
  target revenue 13 RUB per quarter of retail spread evenly

  bonus plan per quarter of retail = (double else 0 RUB) + sum(revenue each month of retail)
  cap   5 RUB per year of retail
}
`;
    const source = { name: 'p.merit', text };
    const yaml = { name: 'p.merit.yaml', text: convertPolicy(source, 'yaml').value! };
    expect(yaml.text).toContain('period: month of retail');
    const [one, other] = [compile([source]), compile([yaml])];
    expect([...one.diagnostics, ...other.diagnostics].map((each) => each.message)).toEqual([]);
    const plain = (model: unknown): string =>
      JSON.stringify(model, (key, value) => (key === 'span' || key === 'sources' ? undefined : value));
    expect(plain(other.value)).toBe(plain(one.value));
    const back = convertPolicy(yaml, 'text').value!;
    expect(formatPolicy({ name: 'p.merit', text: back }).value).toBe(back);
    expect(back).toContain('let double per quarter of retail = revenue[ytd of retail]');
  });

  test('days have no calendar, and neither have weeks where months are made of days', () => {
    expect(
      reasons('month of fy', 'bonus b = (revenue[trailing 30 days] + revenue[trailing 4 weeks]) else 0 RUB'),
    ).toEqual([]);
  });

  test.each([
    ['2026-01', 'the policy is evaluated by month of retail, and `2026-01` is a month'],
    ['fy-2026', 'the policy is evaluated by month of retail, and `fy-2026` is a year of fy'],
    [
      'retail-2026-W01',
      'the policy is evaluated by month of retail, and `retail-2026-W01` is a week of retail',
    ],
    ['retail-2026-13', "`retail-2026-13` isn't a period"],
  ])('%s is no period of the policy', async (period, expected) => {
    const { diagnostics } = await tryPolicy({
      head: 'period month of retail',
      policy: `${RETAIL}calendar fy { year starts 2026-04-01 }\n${EVENT}role seller { bonus b = revenue }`,
      people: 'id,role\n ann,seller',
      period,
    });
    expect(diagnostics.map((each) => `${each.code} ${each.message}`)).toEqual([`M3004 ${expected}`]);
    expect(diagnostics[0]!.help).toContain('`retail-2026-01`');
  });
});

describe('periods of a calendar in cells', () => {
  const POLICY = `${RETAIL}calendar fy { year starts 2026-04-01 }
event plan {
  since 2020-01-01
  id: text key
  day: date posts
  who: person owner
  goal: period
  late = goal > plan_month
  plan_month: period
}
table quota { month: period key, revenue: money }
kpi plans = count(plan)
kpi late  = count(plan where late)
kpi same  = count(plan where goal is plan_month)
role seller {
  target plans 1
  target late 1
  target same 1
  bonus b not prorated = quota[period].revenue else 0 RUB
}
`;
  // the years of retail begin on the Sunday nearest to 1 February: on 2026-02-01 and 2027-01-31; 2028-01-30 is next, and
  // 2022-01-30 and 2023-01-29 lie 52 weeks apart, 2023-01-29 and 2024-02-04 53 weeks
  const small = (plans: readonly string[], quota: readonly string[]) => ({
    head: 'period month of retail\n  effective from 2026-02-01',
    policy: POLICY,
    people: 'id,role\n ann,seller',
    period: 'retail-2026-01',
    data: {
      plan: ['id,day,who,goal,plan_month', ...plans].join('\n'),
      quota: ['month,revenue', ...quota].join('\n'),
    },
  });

  test('are compared by their first days, and looked up', async () => {
    const result = await runOnBoth(
      small(
        [
          // 2026-03-01 is later than 2026-02-01
          '1,2026-02-01,ann,retail-2026-02,retail-2026-01',
          // the first quarter begins with the first month
          '2,2026-02-01,ann,retail-2026-Q1,retail-2026-01',
          // the fifth week begins on 2026-03-01, as the second month does
          '3,2026-02-02,ann,retail-2026-W05,retail-2026-02',
          '4,2026-02-02,ann,retail-2026-W06,retail-2026-02',
          // 2026-07-01 is later than 2026-05-31, on which the second quarter's second month begins
          '5,2026-02-03,ann,fy-2026-Q2,retail-2026-05',
          // 2024-02-04 is later than 2024-01-31; the 53rd week of 2023 begins on 2024-01-28
          '6,2026-02-03,ann,retail-2024,2024-01-31',
          '7,2026-02-03,ann,retail-2023-W53,2024-01-28',
          '8,2026-02-03,ann,retail-2023-W53,2024-01-27',
          '9,2026-02-04,ann,fy-2026-12,fy-2026-12',
        ],
        ['retail-2026-01,50', '2026-02,60', 'retail-2026-Q1,70'],
      ),
    );
    const { kpis } = roleOf(result, 'ann', 'retail-2026-01');
    const values = Object.fromEntries(kpis.map(({ kpi, actual }) => [kpi, actual.value]));
    // late: 1, 4, 5, 6, 8; the same text: 9
    expect(values).toEqual({ plans: '9', late: '5', same: '1' });
    expect(amounts(roleOf(result, 'ann', 'retail-2026-01'), 'retail-2026-01')).toEqual({ b: '50' });
  });

  test.each([
    'retail-2026-13',
    'retail-2026-00',
    'retail-2026-Q5',
    'retail-2026-W00',
    // 2026 has 52 weeks
    'retail-2026-W53',
    'retail-0000',
    'retail-26',
    'retail-2026-1',
    'Retail-2026-01',
    'shops-2026-01',
    'retail2026-01',
    'retail-x-2026-01',
    // its months aren't made of weeks
    'fy-2026-W01',
    'fy-2026-01-01',
    'retail',
    '2026-W54',
  ])('%s is none, in an event and in a table', async (cell) => {
    const help =
      'write it like `2026-01`, `2026-Q1` or `2026-W05`, or of a calendar like `retail-2026-01`, `retail-2026-Q1` or `retail-2026-W05`; the calendars are `retail`, `fy`';
    for (const backend of BACKENDS) {
      for (const run of [small([`1,2026-02-01,ann,${cell},2026-01`], []), small([], [`${cell},50`])]) {
        const { result, diagnostics } = await tryPolicy({ ...run, backend });
        expect(result).toBeUndefined();
        expect(diagnostics.map((each) => [each.code, each.help])).toEqual([['M2123', help]]);
      }
    }
  });
});
