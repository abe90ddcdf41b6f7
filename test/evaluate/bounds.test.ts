// Caps and floors of bonuses, roles and the policy, and excess that is carried. Worked by hand on both backends.

import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { roleOf, runOnBoth, statementOf } from './run-policy.ts';

const HEAD = 'period month\n effective from 2026-01-01';
const WORLD =
  'event sale { id: text key, day: date posts, person: person owner, amount: money }\nkpi sales = sum(sale.amount)\n';
const ANN = 'id,name,role,from,until\nann,Ann,r,2026-01-01,';

function monthly(person: string, ...amounts: readonly number[]): string {
  return amounts
    .map((each, index) => `${person}${index},2026-${String(index + 1).padStart(2, '0')}-20,${person},${each}`)
    .join('\n');
}

interface Asked {
  readonly policy: string;
  readonly period: string;
  readonly sales: string;
  readonly people?: string;
  readonly head?: string;
}

async function paid({ policy, period, sales, people = ANN, head = '' }: Asked): Promise<Result> {
  return runOnBoth({
    head: `${HEAD}\n${head}`,
    policy: WORLD + policy,
    people,
    period,
    data: { sale: `id,day,person,amount\n${sales}` },
  });
}

/** By month: each line that isn't 0, then pay. */
function course(result: Result, person = 'ann'): readonly string[] {
  return result.statements
    .filter((each) => each.person === person)
    .map(({ roles, lines = [], pay }) => {
      const shown = [...roles.flatMap((role) => role.lines), ...lines].filter(({ amount }) => amount !== '0');
      return [...shown.map(({ name, amount }) => `${name} ${amount}`), `= ${pay}`].join(', ');
    });
}

describe('a bonus’s own floor', () => {
  test('raises it, for the days held, before its cap; a condition that fails pays nothing all the same', async () => {
    const result = await paid({
      policy:
        'role r { bonus b = sales floor 50 RUB cap 80 RUB\n bonus c = sales when sales > 40 RUB floor 62 RUB }',
      people: 'id,name,role,from,until\nann,Ann,r,2026-01-16,',
      period: '2026-01..2026-03',
      sales: monthly('ann', 10, 90, 40),
    });
    // January: 16 of 31 days: 50 × 16/31 = 25.806…; c doesn't hold
    expect(course(result)).toEqual(['b 25.81, = 25.81', 'b 80, c 90, = 170', 'b 50, = 50']);
    expect(roleOf(result, 'ann', '2026-01').lines[0]!.because).toEqual([{ kind: 'floor', floor: '800/31' }]);
  });
});

describe('a role’s floor and cap', () => {
  test('count their own length of time; a floor is prorated, a cap isn’t', async () => {
    const result = await paid({
      policy:
        'role r { bonus b = sales\n bonus q per quarter = sales * 10%\n floor 31 RUB\n cap 100 RUB\n cap 12 RUB per quarter }',
      people: 'id,name,role,from,until\nann,Ann,r,2026-01-11,',
      period: '2026-01..2026-03',
      sales: monthly('ann', 5, 120, 31),
    });
    // Jan: 21 of 31 days: at least 21. Feb: 120, no more than 100. Mar: 31; the quarter's 15.6, no more than 12
    expect(course(result)).toEqual([
      'b 5, floor 16, = 21',
      'b 120, cap -20, = 100',
      'b 31, q 15.6, cap -3.6, = 43',
    ]);
  });

  test('a gate that fails leaves the floor', async () => {
    const result = await paid({
      policy: 'role r { gate sales > 100 RUB\n bonus b gated = sales\n floor 31 RUB }',
      period: '2026-01',
      sales: monthly('ann', 60),
    });
    expect(course(result)).toEqual(['floor 31, = 31']);
  });

  test('a penalty counts', async () => {
    const result = await paid({
      policy: 'role r { bonus b = sales\n bonus fine = sales * -50%\n floor 20 RUB\n cap 60 RUB }',
      period: '2026-01..2026-02',
      sales: monthly('ann', 30, 200),
    });
    // 30 - 15 = 15, raised to 20; 200 - 100 = 100, no more than 60
    expect(course(result)).toEqual(['b 30, fine -15, floor 5, = 20', 'b 200, fine -100, cap -40, = 60']);
  });

  test('`in all` over a quarter: the cap holds as it goes on, the floor when it ends', async () => {
    const result = await paid({
      policy:
        'role r { bonus b = sales\n bonus q per quarter = sales * 10%\n cap 200 RUB per quarter in all\n floor 150 RUB per quarter in all }',
      period: '2026-01..2026-06',
      sales: monthly('ann', 90, 130, 40, 20, 30, 40),
    });
    // Q1: 90; 90 + 130 = 220, 20 taken; then 40 + 26 are all taken. Q2: 20; 30; 40 + 9 = 99 in all, 51 added
    expect(course(result)).toEqual([
      'b 90, = 90',
      'b 130, cap -20, = 110',
      'b 40, q 26, cap -66, = 0',
      'b 20, = 20',
      'b 30, = 30',
      'b 40, q 9, floor 51, = 100',
    ]);
    // the same month by itself: what came before it in the quarter counts
    const march = await paid({
      policy: 'role r { bonus b = sales\n cap 200 RUB per quarter in all }',
      period: '2026-03',
      sales: monthly('ann', 90, 130, 40),
    });
    expect(course(march)).toEqual(['b 40, cap -40, = 0']);
  });
});

describe('carry excess', () => {
  const POLICY = 'role r { bonus b = sales\n cap 100 RUB carry excess }';

  test('what the cap takes is paid as later caps leave room', async () => {
    const result = await paid({
      policy: POLICY,
      period: '2026-01..2026-04',
      sales: monthly('ann', 250, 80, 70, 10),
    });
    // kept 150; room 20, then 30, then 90
    expect(course(result)).toEqual([
      'b 250, cap -150, = 100',
      'b 80, excess 20, = 100',
      'b 70, excess 30, = 100',
      'b 10, excess 90, = 100',
    ]);
    const balances = result.statements.map(
      ({ balances: [each] = [] }) => each && `${each.before} ${each.after}`,
    );
    expect(balances).toEqual(['0 150', '150 130', '130 100', '100 10']);
    // what is earned stays earned
    expect(result.statements.map(({ earned, pay }) => earned ?? pay)).toEqual(['250', '80', '70', '10']);
    const april = await paid({ policy: POLICY, period: '2026-04', sales: monthly('ann', 250, 80, 70, 10) });
    expect(april.statements).toEqual(result.statements.slice(3));
  });

  test('who has left gets the rest, no more than the cap at a time', async () => {
    const result = await paid({
      policy: POLICY,
      people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,2026-01-31',
      period: '2026-01..2026-04',
      sales: monthly('ann', 330),
    });
    expect(course(result)).toEqual([
      'b 330, cap -230, = 100',
      'excess 100, = 100',
      'excess 100, = 100',
      'excess 30, = 30',
    ]);
    expect(statementOf(result, 'ann', '2026-02').lines!.map(({ role }) => role)).toEqual(['r']);
  });

  test('over quarters', async () => {
    const result = await paid({
      policy: 'role r { bonus q per quarter = sales\n cap 100 RUB per quarter carry excess }',
      period: '2026-01..2026-06',
      sales: monthly('ann', 60, 60, 60, 10, 10, 10),
    });
    expect(course(result)).toEqual([
      '= 0',
      '= 0',
      'q 180, cap -80, = 100',
      '= 0',
      '= 0',
      'q 30, excess 70, = 100',
    ]);
  });
});

describe('the policy bounds all pay of a person', () => {
  const TWO = `id,name,role,from,until
    ann,Ann,r,2026-01-01,2026-01-15
    ann,Ann,s,2026-01-16,`;
  const ROLES = 'role r { bonus b = 62 RUB }\nrole s { bonus c = 31 RUB\n bonus d = sales }\n';

  test('over all roles', async () => {
    const result = await paid({
      policy: ROLES,
      head: 'cap 100 RUB\n floor 50 RUB',
      people: TWO,
      period: '2026-01..2026-03',
      sales: monthly('ann', 0, 200, 5),
    });
    // Jan: 62 × 15/31 = 30 and 31 × 16/31 = 16, raised to 50. Feb: 31 + 200, no more than 100. Mar: 31 + 5, raised to 50
    expect(course(result)).toEqual([
      'b 30, c 16, floor 4, = 50',
      'c 31, d 200, cap -131, = 100',
      'c 31, d 5, floor 14, = 50',
    ]);
    const january = statementOf(result, 'ann', '2026-01');
    expect(january.roles.map(({ total }) => total)).toEqual(['30', '16']);
    expect(january.lines!.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual(['floor 4']);
  });

  test('a change of role doesn’t end the quarter', async () => {
    const result = await paid({
      policy: ROLES,
      head: 'cap 200 RUB per quarter\n floor 150 RUB per quarter',
      people: TWO,
      period: '2026-01..2026-06',
      sales: monthly('ann', 100, 0, 90),
    });
    // Q1: 30 + 16 + 100 = 146; 31; then 31 + 90 = 121, but only 23 are left. Q2: 31; 31; 31, raised from 93 to 150
    expect(course(result).map((each) => each.split('= ')[1])).toEqual(['146', '31', '23', '31', '31', '88']);
  });
});
