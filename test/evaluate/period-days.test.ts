// `period.start` and `period.end` in the rows of a total: they are those of the period in which the rows count. On both
// backends.

import { expect, test } from 'vitest';
import { compile } from '../../src/engine.ts';
import { amounts, facts, roleOf, runOnBoth } from './run-policy.ts';

const EVENT = `
event request {
  since 2025-01-01
  id: text key
  opened_on: date posts
  closed_on: date?
  due: date?
  who: person owner
}
`;
const PEOPLE = 'id,role,team,lead\n hal,head,,\n ann,seller,N,hal\n bob,seller,N,hal';
const DATA = {
  request: `id,opened_on,closed_on,due,who
    1,2026-01-02,2026-01-05,,ann
    2,2026-01-30,,2026-01-31,ann
    3,2026-01-31,,2026-02-01,bob
    4,2026-02-10,2026-02-12,2026-03-01,ann`,
};

test('open rows are counted up to the end of the period, in every scope and length of time', async () => {
  const result = await runOnBoth({
    policy: `${EVENT}
      kpi age  = average((request.closed_on else period.end) - request.opened_on)
      kpi late = count(request where (due else period.end) <= period.end)
      kpi new  = count(request where opened_on < period.start + 10 days)
      role seller {
        bonus days not prorated = 1 RUB * ((age / 1 day) else 0)
        bonus team not prorated = 1 RUB * late[team]
        bonus all not prorated = 1 RUB * late[company]
        bonus fresh not prorated = 1 RUB * new
        bonus quarter per quarter not prorated = 1 RUB * ((age / 1 day) else 0)
        bonus due per quarter not prorated = 1 RUB * late }
      role head {
        bonus below not prorated = 1 RUB * late[reports] }`,
    people: PEOPLE,
    period: '2026-01..2026-03',
    data: DATA,
  });
  const of = (period: string, person = 'ann') => amounts(roleOf(result, person, period), period);
  // January: 3 days, and from the 30th to the 31st 1: 2 on average; row 1 without a due day and row 2 are due, row 3 is
  // not: it is due a day after the month's end; on the first ten days: row 1
  expect(of('2026-01')).toEqual({ days: '2', team: '2', all: '2', fresh: '1' });
  expect(of('2026-01', 'hal')).toEqual({ below: '2' });
  // bob's only: 0 days
  expect(of('2026-01', 'bob')).toMatchObject({ days: '0', fresh: '0' });
  // February: row 4: two days, due a day after the month's end, opened on the tenth day
  expect(of('2026-02')).toEqual({ days: '2', team: '0', all: '0', fresh: '1' });
  // the quarter ends on 31 March: row 2 has been open for 60 days, (3 + 60 + 2) / 3; rows 1, 2 and 4 are due by then
  expect(of('2026-03')).toMatchObject({ 'quarter 2026-Q1': '21.67', 'due 2026-Q1': '3' });
});

test('working time until the period ends, by months before', async () => {
  const result = await runOnBoth({
    policy: `calendar office { work monday to friday 10:00 to 18:00 }
      ${EVENT}
      kpi handling = average(working_time(request.opened_on, request.closed_on else period.end, office))
      let before = previous(handling)
      role seller {
        bonus now = 1 RUB * ((handling / 1 hour) else 0)
        bonus earlier = 1 RUB * ((before / 1 hour) else 0) }
      role head { }`,
    people: PEOPLE,
    period: '2026-01..2026-02',
    data: DATA,
  });
  const of = (period: string) => amounts(roleOf(result, 'ann', period), period);
  // days are their midnights: from Friday 2 to Monday 5 January lies one working day of 8 hours, from Friday 30 to
  // Saturday 31 January one more: 8 on average
  expect(of('2026-01')).toEqual({ now: '8', earlier: '0' });
  // from Tuesday 10 to Thursday 12 February: 16; January's own figure still ends on 31 January
  expect(of('2026-02')).toEqual({ now: '16', earlier: '8' });
  expect(facts(roleOf(result, 'ann', '2026-02').kpis, 'handling')[0]).toBe(String(16 * 3600));
});

test.each([
  // what a row is by itself, in which period it counts, and a window, whose days aren't those of the period
  ['event request {\n  open = closed_on else period.end\n', '', 'period.end'],
  ['', 'kpi x = count(request by (closed_on else period.end))', 'period.end'],
  ['', 'kpi x = count(request where opened_on < period.start)\nkpi y = x[ytd]', 'x[ytd]'],
  ['', 'kpi x = count(request where opened_on < period.start)\nkpi y = x[previous]', 'x[previous]'],
])('refused: %s%s', (field, kpi, place) => {
  const event = EVENT.replace('}', field ? `${field.split('\n')[1]}\n}` : '}');
  const text = `policy small {\n currency RUB\n timezone "UTC"\n period month\n}\n${event}\n${kpi}\nrole r { }\n`;
  const { diagnostics } = compile([{ name: 'policy.merit', text }]);
  const errors = diagnostics.filter((each) => each.severity === 'error');
  expect(errors.map(({ code, span }) => [code, text.slice(span!.start, span!.end)])).toEqual([
    ['M1104', place],
  ]);
});
