// From which periods balances and parts go on: the policy's first day, and where the data is complete. And what else is
// part of pay: prizes under the policy's cap, results entered by hand.

import { expect, test } from 'vitest';
import { parsePeriod } from '../../src/base/period.ts';
import { carriedPeriods } from '../../src/query/carried.ts';
import { modelOf, runOnBoth, statementOf } from './run-policy.ts';

const WORLD =
  'event sale { id: text key, day: date posts, person: person owner, amount: money }\nkpi sales = sum(sale.amount)\n';
const HEAD = 'period month\n effective from 2026-01-01';
const ANN = 'id,name,role,from,until\nann,Ann,r,2025-06-15,';

test('nothing is owed from before the policy, or before the data is complete', async () => {
  const policy = (since: string): string =>
    WORLD.replace('{ id', `{ ${since} id`).concat('role r { bonus b = sales\n draw 100 RUB recoverable }');
  const owed = async (since: string) => {
    const result = await runOnBoth({
      head: HEAD,
      policy: policy(since),
      people: ANN,
      period: '2026-04',
      data: { sale: 'id,day,person,amount\na,2026-02-10,ann,70\nb,2026-03-10,ann,70' },
    });
    return statementOf(result, 'ann', '2026-04').balances!.map(({ before, after }) => `${before} ${after}`);
  };
  // January to March: 100 + 30 + 30; April 100 more
  expect(await owed('')).toEqual(['160 260']);
  // complete from 1 March on: only March and April; of a month that begins before it, nothing
  expect(await owed('since 2026-03-01,')).toEqual(['30 130']);
  expect(await owed('since 2026-02-02,')).toEqual(['30 130']);
});

test('only as many periods are worked out as parts reach back', () => {
  const model = modelOf(
    `policy p { currency RUB\n timezone "UTC"\n period month }\n${WORLD}role r { bonus b = sales pays in 3 monthly parts }`,
  );
  const people = {
    rows: [],
    stays: [{ index: 0, person: 'ann', role: 'r', from: 0, until: 40_000, rows: [] }],
    absences: [],
  };
  const found = carriedPeriods(model, { people: people as never }, [parsePeriod('2026-04')!]);
  // two months are needed, one more is looked at for months of other lengths
  expect(found.map(({ id }) => id)).toEqual(['2026-01', '2026-02', '2026-03']);
});

test('a prize is part of pay: the policy’s cap counts it, the role’s doesn’t', async () => {
  const result = await runOnBoth({
    head: `${HEAD}\n cap 120 RUB`,
    policy: `${WORLD}role r { bonus b = sales\n cap 100 RUB }\naward best { to r\n gives 50 RUB }`,
    people: ANN,
    period: '2026-02',
    data: { sale: 'id,day,person,amount\na,2026-02-10,ann,170' },
  });
  const { roles, lines, pay } = statementOf(result, 'ann', '2026-02');
  // 170, less 70, and 50 for the prize are 150; 30 less
  expect(roles[0]!.lines.map(({ name, amount }) => `${name} ${amount}`)).toEqual([
    'b 170',
    'cap -70',
    'best 50',
  ]);
  expect(lines!.map(({ name, amount }) => `${name} ${amount}`)).toEqual(['cap -30']);
  expect(pay).toBe('120');
});

test('of two results entered for a period the one known later counts', async () => {
  const result = await runOnBoth({
    head: HEAD,
    policy: `event rating { id: text key, day: date posts, known entered_at: datetime, person: person owner, by: text, result: percent }
      kpi mbo = last(rating.result)
      role r { bonus plan = 1_000 RUB * (mbo else 0%) }`,
    people: ANN,
    period: '2026-03',
    data: {
      // the key orders them the other way
      rating: `id,day,entered_at,person,by,result
        a,2026-03-31,2026-04-05 10:00,ann,kim,90%
        b,2026-03-31,2026-04-02 10:00,ann,lee,60%`,
    },
  });
  expect(statementOf(result, 'ann', '2026-03').pay).toBe('900');
});
