// Draws: what they add, what is owed, and when it is recovered. Worked by hand on both backends.

import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { runOnBoth, type SmallRun, statementOf } from './run-policy.ts';

const HEAD = 'period month\n effective from 2026-01-01';
const EVENT = 'event sale { id: text key, day: date posts, person: person owner, amount: money }\n';
const KPI = 'kpi sales = sum(sale.amount)\n';
const HEADING = 'id,day,person,amount';

/** Sales of one person by month, from January on. */
function monthly(person: string, ...amounts: readonly number[]): string {
  return amounts
    .map((each, index) => `${person}${index},2026-${String(index + 1).padStart(2, '0')}-20,${person},${each}`)
    .join('\n');
}

async function paid(
  small: Omit<SmallRun, 'head' | 'data'> & { readonly sales: string; readonly head?: string },
) {
  const { sales, policy, ...rest } = small;
  return runOnBoth({
    head: HEAD,
    ...rest,
    policy: EVENT + KPI + policy,
    data: { sale: `${HEADING}\n${sales}` },
  });
}

/** By month: what draws add and recover, pay, and what is owed after it. */
function course(result: Result, person: string): readonly string[] {
  return result.statements
    .filter((each) => each.person === person)
    .map((each) => {
      const lines = [...each.roles.flatMap((role) => role.lines), ...(each.lines ?? [])];
      const of = (kind: string): string =>
        lines
          .filter((line) => line.kind === kind)
          .map((line) => line.amount)
          .join('+') || '0';
      const owed = (each.balances ?? []).filter(({ kind }) => kind === 'draw');
      return [of('draw'), of('recovery'), each.pay, owed.map(({ after }) => after).join('+') || '0'].join(
        ' ',
      );
    });
}

describe('one role', () => {
  test('what isn’t recoverable is never owed', async () => {
    const result = await paid({
      policy: 'role r { bonus b = sales\n draw 100 RUB }',
      people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,',
      period: '2026-01..2026-02',
      sales: monthly('ann', 30, 170),
    });
    // 30 + 70; 170
    expect(course(result, 'ann')).toEqual(['70 0 100 0', '0 0 170 0']);
  });

  test('a part of what lies above the draw is recovered, from its month on', async () => {
    const result = await paid({
      policy: 'role r { bonus b = sales\n draw 100 RUB recoverable recovered from month 3 at 50% }',
      people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,',
      period: '2026-01..2026-05',
      sales: monthly('ann', 30, 200, 161, 90, 1000),
    });
    // Jan: 70 added, owed 70. Feb: 100 above, but month 2: nothing. Mar: 61 above, half of it 30.5, owed 39.5.
    // Apr: 10 added, owed 49.5. May: 900 above, half 450, only 49.5 are owed.
    expect(course(result, 'ann')).toEqual([
      '70 0 100 70',
      '0 0 200 70',
      '0 -30.5 130.5 39.5',
      '10 0 100 49.5',
      '0 -49.5 950.5 0',
    ]);
  });

  test('it is prorated to the days held, and a later run asks only for its own month', async () => {
    const asked = {
      policy: 'role r { bonus b = sales\n draw 310 RUB recoverable }',
      people: 'id,name,role,from,until\nann,Ann,r,2026-01-17,',
      sales: monthly('ann', 100, 350),
    };
    // 17 to 31 January are 15 of 31 days: 310 × 15/31 = 150, 50 added; February 310 whole: 40 above
    const both = await paid({ ...asked, period: '2026-01..2026-02' });
    expect(course(both, 'ann')).toEqual(['50 0 150 50', '0 -40 310 10']);
    const later = await paid({ ...asked, period: '2026-02' });
    expect(course(later, 'ann')).toEqual(['0 -40 310 10']);
    expect(statementOf(later, 'ann', '2026-02').balances).toEqual([
      { kind: 'draw', role: 'r', before: '50', after: '10' },
    ]);
  });

  test('a draw a week counts the weeks that end in the month', async () => {
    const result = await paid({
      policy: 'role r { bonus b = sales\n draw 10 RUB per week recoverable }',
      people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,',
      period: '2026-01..2026-02',
      sales: monthly('ann', 0, 100),
    });
    // Sundays of January 2026: 4, 11, 18, 25. Of the first week (29 December to 4 January) four of seven days are held:
    // 10 × (4/7 + 3) = 35.714…, rounded 35.71. February: 1, 8, 15, 22, so 40; 60 above, 35.71 recovered: 64.29.
    expect(course(result, 'ann')).toEqual(['35.71 0 35.71 35.71', '0 -35.71 64.29 0']);
  });

  test('absence takes days out, and a month of absence draws nothing', async () => {
    const result = await paid({
      policy: 'role r { bonus b = sales\n draw 310 RUB recoverable }',
      people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,',
      absences: 'person,from,until,kind\nann,2026-01-01,2026-01-31,leave',
      period: '2026-01..2026-02',
      sales: monthly('ann', 5, 110),
    });
    // January: no day counts, so the draw is 0; February: 200 added
    expect(course(result, 'ann')).toEqual(['0 0 5 0', '200 0 310 200']);
  });

  test('a penalty is topped up too', async () => {
    const result = await paid({
      policy: 'role r { bonus b = sales\n bonus fine = -40 RUB\n draw 100 RUB recoverable }',
      people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,',
      period: '2026-01',
      sales: monthly('ann', 20),
    });
    // 20 - 40 = -20; 120 to get to 100
    expect(course(result, 'ann')).toEqual(['120 0 100 120']);
  });
});

describe('the balance is the person’s', () => {
  const TWO =
    'role hunter { bonus b = sales\n draw 100 RUB recoverable }\nrole farmer { bonus b = sales\n draw 50 RUB recoverable }\nrole head { bonus b = sales }\n';

  test('it goes on in another role, with or without a draw', async () => {
    const result = await paid({
      policy: TWO,
      people: `id,name,role,from,until
        ann,Ann,hunter,2026-01-01,2026-01-31
        ann,Ann,farmer,2026-02-01,2026-02-28
        ann,Ann,head,2026-03-01,`,
      period: '2026-01..2026-03',
      sales: monthly('ann', 20, 80, 300),
    });
    // Jan: 80 added. Feb: 30 above the farmer's 50, owed 50. Mar: no draw, all of 300 lies above: 50.
    expect(course(result, 'ann')).toEqual(['80 0 100 80', '0 -30 50 50', '0 -50 250 0']);
  });

  test('two roles at a time: each is topped up by itself, and one pays back what the other owed before', async () => {
    const result = await paid({
      policy: `${TWO}`,
      people: `id,name,role,from,until
        ann,Ann,hunter,2026-01-01,
        ann,Ann,head,2026-01-01,`,
      period: '2026-01..2026-02',
      sales: '',
    });
    // nothing is credited to one with two roles: the draw alone; the second month draws again
    expect(course(result, 'ann')).toEqual(['100 0 100 100', '100 0 100 200']);
  });

  test('who comes back still owes it; meanwhile a statement says so', async () => {
    const result = await paid({
      policy: TWO,
      people: `id,name,role,from,until
        ann,Ann,hunter,2026-01-01,2026-01-31
        ann,Ann,hunter,2026-03-01,`,
      period: '2026-01..2026-04',
      sales: monthly('ann', 20, 0, 150, 150),
    });
    expect(course(result, 'ann')).toEqual(['80 0 100 80', '0 0 0 80', '0 -50 100 30', '0 -30 120 0']);
    expect(statementOf(result, 'ann', '2026-02').roles).toEqual([]);
  });

  test('after the end of a draw all pay lies above it', async () => {
    const result = await paid({
      policy:
        'role r { bonus b = sales\n draw 100 RUB recoverable for 1 months recovered from month 1 at 25% }',
      people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,',
      period: '2026-01..2026-03',
      sales: monthly('ann', 0, 80, 400),
    });
    // Feb: a quarter of 80 is 20; Mar: a quarter of 400 is 100, 80 are owed
    expect(course(result, 'ann')).toEqual(['100 0 100 100', '0 -20 60 80', '0 -80 320 0']);
  });
});

describe('the policy’s draw tops all pay up', () => {
  test('over all roles of a person', async () => {
    const result = await paid({
      head: `${HEAD}\n draw 100 RUB recoverable`,
      policy: 'role a { bonus b = sales }\nrole c { bonus d = 30 RUB }',
      people: `id,name,role,from,until
        ann,Ann,a,2026-01-01,
        ben,Ben,a,2026-01-01,2026-01-15
        ben,Ben,c,2026-01-16,`,
      period: '2026-01..2026-02',
      sales: monthly('ann', 60, 130),
    });
    expect(course(result, 'ann')).toEqual(['40 0 100 40', '0 -30 100 10']);
    // Ben holds c on 16 of 31 days of January: 30 × 16/31 = 15.48; he is there all month, so 84.52 are added
    expect(course(result, 'ben')).toEqual(['84.52 0 100 84.52', '70 0 100 154.52']);
  });
});

test('what isn’t the period’s own: a quarter’s bonus isn’t counted by the draw of a month, and pays back what is owed', async () => {
  const result = await paid({
    policy: 'role r { bonus b = sales\n bonus q per quarter = sales * 10%\n draw 100 RUB recoverable }',
    people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,',
    period: '2026-01..2026-03',
    sales: monthly('ann', 60, 70, 90),
  });
  // Jan: 40 added; Feb: 30 added, owed 70. Mar: 10 added; the quarter's 22 lie above the draw and go to what was owed: 70 + 10 - 22
  expect(course(result, 'ann')).toEqual(['40 0 100 40', '30 0 100 70', '10 -22 100 58']);
});

test('a prize is no bonus: a role’s draw doesn’t count it, and it goes to what was owed before', async () => {
  const result = await paid({
    policy: `role r { bonus b = sales
      draw 100 RUB recoverable }
      award best "Best" { to r when sales >= 60 RUB gives 10 RUB }`,
    people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,',
    period: '2026-01..2026-02',
    sales: monthly('ann', 60, 95),
  });
  // Jan: 40 added to the bonus of 60, and the prize of 10 beside them. Feb: 5 added to 95; the prize of 10 lies above the
  // draw and goes to the 40 that were owed: 40 + 5 - 10
  expect(course(result, 'ann')).toEqual(['40 0 110 40', '5 -10 100 35']);
});
