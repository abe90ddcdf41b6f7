// Comparing people: places and totals, worked by hand.

import { describe, expect, test } from 'vitest';
import { amounts, roleOf, runOnBoth, type SmallRun } from './run-policy.ts';

const SALES = `
event deal { since 2026-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money }
kpi revenue = sum(deal.amount)
`;
const HEAD = 'period month\n effective from 2026-01-01';

function small(policy: string, rows: Omit<SmallRun, 'policy'>): SmallRun {
  return { head: HEAD, ...rows, policy: SALES + policy };
}

async function paid(run: SmallRun, period: string): Promise<Readonly<Record<string, string>>> {
  const result = await runOnBoth(run);
  const of = result.statements.filter((each) => each.period === period);
  return Object.fromEntries(
    of.flatMap((each) =>
      each.roles.map((role) => [`${each.person} ${role.role}`, role.lines[0]?.amount ?? '']),
    ),
  );
}

const PEOPLE = `id,role,from,until
  ann,hunter,2026-01-01,
  ben,hunter,2026-01-01,
  cat,hunter,2026-01-01,
  dan,hunter,2026-01-01,
  eve,hunter,2026-01-01,
  fay,seller,2026-01-01,
  gus,head,2026-01-01,
  hal,hunter,2026-01-01,2026-01-31`;
const DEAL = `id,day,who,amount
  1,2026-02-10,ann,50
  2,2026-02-10,ben,90
  3,2026-02-11,cat,50
  4,2026-02-11,dan,-5
  5,2026-02-12,fay,60
  6,2026-02-13,gus,1000
  7,2026-01-10,hal,70`;

describe('rank', () => {
  test('ties share the place, after them one is left out; zero isn’t ranked; only who has a day counts', async () => {
    const run = small(
      'role seller { bonus b not prorated = (rank(revenue) else 99) * 1 RUB }\nrole hunter extends seller { }\nrole head { }',
      { people: PEOPLE, period: '2026-02', data: { deal: DEAL } },
    );
    // hunters: ben 90, ann and cat 50, dan -5, eve nothing; sellers with them: fay 60 is second
    expect(await paid(run, '2026-02')).toEqual({
      'ann hunter': '2',
      'ben hunter': '1',
      'cat hunter': '2',
      'dan hunter': '4',
      'eve hunter': '99',
      'fay seller': '2',
      'gus head': '',
    });
  });

  test('of another role, those that extend it too; who isn’t in it has no place', async () => {
    const run = small(
      'role seller { }\nrole hunter extends seller { bonus b not prorated = (rank(revenue of seller) else 99) * 1 RUB }\nrole head { bonus c not prorated = (rank(revenue of hunter) else 99) * 1 RUB }',
      { people: PEOPLE, period: '2026-02', data: { deal: DEAL } },
    );
    // ben 90, fay 60, ann and cat 50, dan -5
    expect(await paid(run, '2026-02')).toMatchObject({
      'ben hunter': '1',
      'ann hunter': '3',
      'cat hunter': '3',
      'dan hunter': '5',
      'gus head': '99',
    });
  });

  test('by bonuses, before rounding in the month and as paid in the month before', async () => {
    // a third of 1 and of 1.01: 0.3333… and 0.3366…, both paid 0.33 and 0.34; 1.00 and 0.99 are paid 0.33
    const run = small(
      `role hunter { bonus now not prorated = (rank(part) else 99) * 1 RUB + 10 * (previous(rank(part)) else 0) * 1 RUB
        bonus part = revenue / 3 }`,
      {
        people: 'id,role,from\nann,hunter,2026-01-01\nben,hunter,2026-01-01',
        period: '2026-01..2026-02',
        data: { deal: 'id,day,who,amount\n1,2026-01-10,ann,1.00\n2,2026-01-10,ben,0.99\n3,2026-02-02,ben,1' },
      },
    );
    expect(await paid(run, '2026-01')).toEqual({ 'ann hunter': '1', 'ben hunter': '2' });
    // February: only ben has something; in January both were paid 0.33, so both were first
    expect(await paid(run, '2026-02')).toEqual({ 'ann hunter': '109', 'ben hunter': '11' });
  });

  test('who held the role twice in the month takes one place, by the better stay', async () => {
    const run = small('role hunter { bonus b not prorated = (rank(revenue) else 99) * 1 RUB }', {
      people:
        'id,role,from,until\nann,hunter,2026-01-01,2026-01-10\nann,hunter,2026-01-20,\nben,hunter,2026-01-01,',
      period: '2026-01',
      data: { deal: 'id,day,who,amount\n1,2026-01-05,ann,30\n2,2026-01-25,ann,40\n3,2026-01-10,ben,35' },
    });
    const result = await runOnBoth(run);
    const places = result.statements.flatMap((each) =>
      each.roles.map((role) => [each.person, role.from, role.lines[0]!.amount]),
    );
    expect(places).toEqual([
      // ann's 40 is first, ben's 35 second; her 30 has no place, so that nothing is paid for two
      ['ann', '2026-01-01', '99'],
      ['ann', '2026-01-20', '1'],
      ['ben', '2026-01-01', '2'],
    ]);
  });

  test('who held two of the roles takes one place, as an award gives it', async () => {
    const people = `id,role,from,until
      ann,hunter,2026-01-01,
      ann,closer,2026-01-01,
      ben,hunter,2026-01-01,2026-01-09
      ben,closer,2026-01-10,
      cat,hunter,2026-01-01,
      dan,hunter,2026-01-01,
      dan,closer,2026-01-01,`;
    const policy = (to: string) => `
      credit deal { to who 100% in every role }
      role seller { }
      role hunter extends seller { bonus b not prorated = (rank(revenue * 2 of seller) else 99) * 1 RUB }
      role closer extends seller { bonus b not prorated = (rank(revenue of seller) else 99) * 1 RUB }
      award first { to ${to}
        gives points 1 }`;
    const run = (to: string) =>
      small(policy(to), {
        people,
        period: '2026-01',
        data: {
          deal: `id,day,who,amount
            1,2026-01-05,ann,40
            2,2026-01-05,ben,70
            3,2026-01-15,ben,50
            4,2026-01-06,cat,50`,
        },
      });
    // by revenue, of everybody in the larger family: ben 70 (as a hunter; 50 as a closer), cat 50, ann 40 (in both of her
    // roles alike, so the last counts, those that begin together by name), dan nothing. After ben come cat and ann, not ben again
    expect(await paid(run('top 1 of seller by revenue'), '2026-01')).toEqual({
      'ann hunter': '3',
      'ann closer': '99',
      'ben hunter': '1',
      'ben closer': '99',
      'cat hunter': '2',
      'dan hunter': '99',
      'dan closer': '99',
    });
    const winners = async (to: string) => {
      const result = await runOnBoth(run(to));
      return result.statements
        .flatMap((each) =>
          (each.awards ?? []).filter(({ won }) => won).map(({ place }) => [each.person, place]),
        )
        .sort();
    };
    // awards give the same places; `only` leaves out who is in a role that extends it, `with zero` takes dan in
    expect(await winners('top 3 of seller by revenue')).toEqual([
      ['ann', 3],
      ['ben', 1],
      ['cat', 2],
    ]);
    expect(await winners('top 9 of seller by revenue with zero')).toEqual([
      ['ann', 3],
      ['ben', 1],
      ['cat', 2],
      ['dan', 4],
    ]);
    expect(await winners('top 9 of closer only by revenue')).toEqual([
      ['ann', 2],
      ['ben', 1],
    ]);
  });
});

describe('total', () => {
  test('is the sum over the people of the role, so that parts come to the whole', async () => {
    const run = small(
      'kpi part = revenue / total(revenue)\nrole hunter { bonus b not prorated = 185 RUB * (part else 0%) }\nrole seller { }\nrole head { }',
      { people: PEOPLE, period: '2026-02', data: { deal: DEAL } },
    );
    // 50 + 90 + 50 - 5 + 0 = 185
    expect(await paid(run, '2026-02')).toMatchObject({
      'ann hunter': '50',
      'ben hunter': '90',
      'dan hunter': '-5',
      'eve hunter': '0',
    });
  });

  test('earlier months have their own people', async () => {
    const run = small(
      'role hunter { bonus b not prorated = sum(total(revenue) each month)[ytd] }\nrole seller { }\nrole head { }',
      { people: PEOPLE, period: '2026-02', data: { deal: DEAL } },
    );
    // January: hal's 70; February: 185
    expect(await paid(run, '2026-02')).toMatchObject({ 'ann hunter': '255', 'eve hunter': '255' });
  });

  test('a bonus of a role by the totals of bonuses in another', async () => {
    const run = small(
      'role hunter { bonus b = revenue * 10% }\nrole seller { }\nrole head { bonus over = total(b of hunter) * 50% }',
      { people: PEOPLE, period: '2026-02', data: { deal: DEAL } },
    );
    const result = await runOnBoth(run);
    expect(amounts(roleOf(result, 'gus', '2026-02'), '2026-02')).toEqual({ over: '9.25' });
  });
});
