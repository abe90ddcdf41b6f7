// Which local day a moment belongs to, on days of 23 and 25 hours, in the doubled hour and at midnight, by both backends.

import { expect, test } from 'vitest';
import { runOnBoth } from './run-policy.ts';

/** Calls counted in each day of the range, in order. */
async function calls(zone: string, period: string, at: readonly string[]): Promise<readonly string[]> {
  const result = await runOnBoth({
    zone,
    head: 'period day',
    policy: `event call {
  id: text key
  at: datetime posts
  manager: person owner
}
kpi calls = count(call)
role seller { bonus paid = calls * 1 RUB }`,
    people: 'id,name,role\nanna,Anna,seller',
    period,
    data: { call: ['id,at,manager', ...at.map((each, row) => `${row},${each},anna`)].join('\n') },
  });
  return result.statements.map((each) => each.pay);
}

test('a day of 23 hours', async () => {
  // Berlin is an hour ahead until 2026-03-29 01:00 UTC, then two: the day goes from 23:00 to 22:00 UTC
  const at = [
    '2026-03-28T22:59:59Z', // the 28th
    '2026-03-28T23:00:00Z', // the 29th begins
    '2026-03-29 01:59:59.9',
    '2026-03-29 03:00',
    '2026-03-29T21:59:59.999999999Z',
    '2026-03-29T22:00:00Z', // the 30th begins
    '2026-03-30 00:00',
  ];
  expect(await calls('Europe/Berlin', '2026-03-28..2026-03-30', at)).toEqual(['1', '4', '2']);
});

test('a day of 25 hours, with an hour that clocks show twice', async () => {
  // from 2026-10-24 22:00 UTC to 2026-10-25 23:00 UTC
  const at = [
    '2026-10-24T21:59:59Z',
    '2026-10-25 00:00',
    '2026-10-25 02:30', // the earlier one
    '2026-10-25T00:30:00Z',
    '2026-10-25T01:30:00Z', // 02:30 again
    '2026-10-25T22:59:59Z',
    '2026-10-25T23:00:00Z',
  ];
  expect(await calls('Europe/Berlin', '2026-10-24..2026-10-26', at)).toEqual(['1', '5', '1']);
});

test('a day whose midnight is skipped begins at one', async () => {
  // in Cairo clocks go from 2026-04-24 00:00 to 01:00, at 2026-04-23 22:00 UTC
  const at = ['2026-04-23T21:59:59Z', '2026-04-23T22:00:00Z', '2026-04-24', '2026-04-24 01:00'];
  expect(await calls('Africa/Cairo', '2026-04-23..2026-04-24', at)).toEqual(['1', '3']);
});

test('an hour that is shown twice about midnight goes to the day that its moment has', async () => {
  // in Havana clocks go back from 01:00 to 00:00 on 2026-11-01, at 05:00 UTC: 00:30 is at 04:30 and at 05:30 UTC
  const at = ['2026-11-01T03:59:59Z', '2026-11-01T04:30:00Z', '2026-11-01 00:30', '2026-11-01T05:30:00Z'];
  expect(await calls('America/Havana', '2026-10-31..2026-11-01', at)).toEqual(['1', '3']);
});

test('half an hour of Lord Howe', async () => {
  // clocks go back from 02:00 to 01:30 on 2026-04-05, from eleven hours ahead to ten and a half
  const at = ['2026-04-04T12:59:59Z', '2026-04-04T13:00:00Z', '2026-04-05T13:29:59Z', '2026-04-05T13:30:00Z'];
  expect(await calls('Australia/Lord_Howe', '2026-04-04..2026-04-06', at)).toEqual(['1', '2', '1']);
});
