// Working time of rows and people: hours of the calendar, holidays, days with hours of their own, and changes of clocks.

import { describe, expect, test } from 'vitest';
import { rowValues, rowValuesRun } from './row-values.ts';
import { amounts, roleOf, runOnBoth, tryPolicy } from './run-policy.ts';

const OFFICE = `calendar office {
  work monday to friday 09:00 to 13:00
  work monday to friday 14:00 to 18:00
  work 2026-01-10 10:00 to 12:00
  holiday 2026-01-01 until 2026-01-04
  holiday 2026-01-07
}
`;
const HOUR = 3600;

/** The working hours between two moments, both backends agreeing. */
async function hours(from: string, until: string, zone?: string, calendar = OFFICE): Promise<number | null> {
  const { time } = await rowValues({
    ...(zone !== undefined && { zone }),
    fields: 'opened: datetime\nclosed: datetime?',
    rows: [`${from},${until}`],
    more: calendar,
    values: { time: 'sum(working_time(opened, closed, office) else 0 hours)' },
  });
  return time === null || time === undefined ? null : Number(time) / HOUR;
}

describe('hours of a calendar', () => {
  // 2026-01-05 is a Monday
  test.each([
    ['2026-01-05 10:00', '2026-01-05 12:30', 2.5],
    ['2026-01-05 12:00', '2026-01-05 15:00', 2], // the break isn't worked
    ['2026-01-05 00:00', '2026-01-06 00:00', 8],
    ['2026-01-05 17:00', '2026-01-06 10:00', 2], // an hour in the evening, one in the morning
    ['2026-01-06 09:00', '2026-01-08 18:00', 16], // the 7th is a holiday
    ['2026-01-09 09:00', '2026-01-12 09:00', 10], // Saturday the 10th has two hours of its own
    ['2026-01-01 09:00', '2026-01-05 09:00', 0],
    ['2026-01-05 15:00', '2026-01-05 12:00', -2], // turned
    ['2026-01-05 09:00:00.5', '2026-01-05 09:00:01', 0.5 / HOUR],
    ['2026-01-05 09:00', '', 0], // missing, and `else` says 0
  ])('from %s until %s', async (from, until, expected) => {
    expect(await hours(from, until)).toBe(expected);
  });

  test('a day is its midnight', async () => {
    const found = await rowValues({
      fields: 'opened: date\nclosed: datetime',
      rows: ['2026-01-05,2026-01-06 10:00'],
      more: OFFICE,
      values: {
        time: 'sum(working_time(opened, closed, office))',
        back: 'sum(working_time(closed, opened, office))',
      },
    });
    // 8 hours of Monday and one of Tuesday
    expect(found).toEqual({ time: String(9 * HOUR), back: String(-9 * HOUR) });
  });

  test('of dates alone', async () => {
    const found = await rowValues({
      fields: 'opened: date\nclosed: date',
      rows: ['2026-01-05,2026-01-12', '2026-01-12,2026-01-19'],
      more: OFFICE,
      values: { time: 'sum(working_time(opened, closed, office))' },
    });
    // Monday, Tuesday, Thursday, Friday and two hours: 34; a full week: 40
    expect(found).toEqual({ time: String(74 * HOUR) });
  });
});

describe('changes of clocks', () => {
  // in Berlin clocks skip 02:00 to 03:00 on 2026-03-29 and show it twice on 2026-10-25, both Sundays
  const nights = 'calendar office {\n work saturday to sunday 00:00 to 06:00\n}\n';
  test.each([
    ['2026-03-29 00:00', '2026-03-29 12:00', 5], // six hours by the clock, of which one is skipped
    ['2026-10-25 00:00', '2026-10-25 12:00', 7],
    ['2026-10-25 01:00', '2026-10-25 02:30', 1.5], // the earlier half past two
    ['2026-10-24 22:00Z', '2026-10-25 01:30Z', 3.5], // through the second one
    ['2026-03-28 00:00', '2026-03-30 00:00', 11],
  ])('from %s until %s', async (from, until, expected) => {
    expect(await hours(from, until, 'Europe/Berlin', nights)).toBe(expected);
  });

  test('hours within what is shown twice count in both passes', async () => {
    const twice = 'calendar office {\n work sunday 02:00 to 02:30\n}\n';
    expect(await hours('2026-10-25 00:00', '2026-10-25 12:00', 'Europe/Berlin', twice)).toBe(1);
    expect(await hours('2026-03-29 00:00', '2026-03-29 12:00', 'Europe/Berlin', twice)).toBe(0);
  });
});

test.each(['memory', 'duckdb'] as const)('a time of another century stops %s', async (backend) => {
  const given = rowValuesRun({
    fields: 'opened: datetime\nclosed: datetime',
    rows: ['0206-01-05 10:00,2026-01-05 10:00'],
    more: OFFICE,
    values: { time: 'sum(working_time(opened, closed, office))' },
  });
  const { diagnostics } = await tryPolicy({ ...given, backend });
  expect(
    diagnostics.filter((each) => each.severity === 'error').map((each) => `${each.code} ${each.message}`),
  ).toEqual(['M3031 a time on 0206-01-05 lies outside the days whose local time is worked out']);
});

test('of a person, between the days of a period', async () => {
  const result = await runOnBoth({
    policy: `${OFFICE}
let worked = working_time(period.start, period.end + 1 day, office)
role seller {
  bonus shift not prorated = (worked / 1 hour) * 10 RUB
}`,
    people: 'id,name,role\nanna,Anna,seller',
    period: '2026-01',
  });
  // January 2026 has 22 weekdays; the 1st, 2nd and 7th are holidays: 19 days of 8 hours, and two hours: 154
  expect(roleOf(result, 'anna', '2026-01').lines[0]!.amount).toBe('1540');
});

test('what is open at the end of a period has run until then', async () => {
  const result = await runOnBoth({
    policy: `${OFFICE}
event request { id: text key
  opened: datetime posts
  closed: datetime?
  who: person owner }
kpi wait lower is better = sum(working_time(request.opened, closed else period.end, office))
kpi last_day = sum(working_time(request.opened, closed else period.start, office))
role seller {
  bonus b not prorated = (wait / 1 hour) * 1 RUB
  bonus c not prorated = (last_day / 1 hour) * 1 RUB
}`,
    people: 'id,name,role\nanna,Anna,seller',
    period: '2026-02',
    data: {
      request: `id,opened,closed,who
        1,2026-02-02 09:00,2026-02-02 12:00,anna
        2,2026-02-26 17:00,,anna`,
    },
  });
  // three hours; from Thursday the 26th at 17:00 one hour, and all eight of Friday the 27th; the 28th is a Saturday
  expect(amounts(roleOf(result, 'anna', '2026-02'), '2026-02').b).toBe('12');
  // until the first of the month the time is turned
  // February 2026 has weekdays 2–6, 9–13, 16–20 and 23–25, 18 days of 8 hours, and 7 hours of the 26th: 151
  expect(amounts(roleOf(result, 'anna', '2026-02'), '2026-02').c).toBe(String(3 - 151));
});
