// Awards: who is first, ties, prizes and what is kept, worked by hand.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, exact, exactText, ZERO } from '../../src/base/exact.ts';
import { compile } from '../../src/engine.ts';
import type { AwardLine } from '../../src/model/award-lines.ts';
import type { Result } from '../../src/model/result.ts';
import { amounts, roleOf, runOnBoth, runPolicy, type SmallRun, statementOf } from './run-policy.ts';

const SALES = `
event deal { since 2026-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money }
kpi revenue = sum(deal.amount)
kpi deals = count(deal)
kpi growth = revenue / revenue[previous] - 1
`;
const HEAD = 'period month\n effective from 2026-01-01\n rounding half up to 0.01';

function small(policy: string, rows: Omit<SmallRun, 'policy'>): SmallRun {
  return { head: HEAD, ...rows, policy: SALES + policy };
}

/** The money of awards, by person. */
function money(result: Result, period: string): Readonly<Record<string, string>> {
  const of = result.statements.filter((each) => each.period === period);
  return Object.fromEntries(
    of.flatMap(({ person, roles }) =>
      roles.flatMap(({ lines }) =>
        lines.filter((each) => each.kind === 'award').map((each) => [person, each.amount]),
      ),
    ),
  );
}

function awardOf(result: Result, person: string, period: string, award: string): AwardLine | undefined {
  return statementOf(result, person, period).awards?.find((each) => each.award === award);
}

const PEOPLE = `id,role,from,until
  ann,hunter,2026-01-01,
  ben,hunter,2026-01-01,
  cat,hunter,2026-01-01,
  dan,hunter,2026-01-01,
  eve,seller,2026-01-01,`;
const DEAL = `id,day,who,amount
  1,2026-01-10,ann,50
  2,2026-01-10,ben,50
  3,2026-01-11,cat,40
  4,2026-01-12,cat,-10
  5,2026-01-12,eve,90`;
const ROLES = '\nrole seller { }\nrole hunter extends seller { }';

async function won(award: string, rows: Partial<SmallRun> = {}): Promise<Readonly<Record<string, string>>> {
  const run = small(award + ROLES, { people: PEOPLE, period: '2026-01', data: { deal: DEAL }, ...rows });
  return money(await runOnBoth(run), '2026-01');
}

describe('the first of some', () => {
  test('ties share the place, and each gets the whole prize', async () => {
    expect(await won('award best { to top 1 of hunter by revenue\n gives 100 RUB }')).toEqual({
      ann: '100',
      ben: '100',
    });
  });

  test('after two firsts comes the third', async () => {
    const both = { ann: '100', ben: '100' };
    expect(await won('award best { to top 2 of hunter by revenue\n gives 100 RUB }')).toEqual(both);
    // cat has 40 - 10 = 30
    expect(await won('award best { to top 3 of hunter by revenue\n gives 100 RUB }')).toEqual({
      ...both,
      cat: '100',
    });
  });

  test('roles that extend it are in it, unless `only`', async () => {
    expect(await won('award best { to top 1 of seller by revenue\n gives 100 RUB }')).toEqual({ eve: '100' });
    expect(await won('award best { to top 1 of seller only by revenue\n gives 100 RUB }')).toEqual({
      eve: '100',
    });
    expect(await won('award best { to top 2 of seller by revenue\n gives 100 RUB }')).toEqual({
      eve: '100',
      ann: '100',
      ben: '100',
    });
  });

  test('`then by` decides, and they share a place only where that is equal too', async () => {
    const deal = `${DEAL}\n6,2026-01-20,ben,0`;
    // two deals of ben, one of ann
    expect(
      await won('award best { to top 1 of hunter by revenue then by deals\n gives 100 RUB }', {
        data: { deal },
      }),
    ).toEqual({ ben: '100' });
  });

  test('split among ties, to the cent; the places that they take up bring their prizes', async () => {
    expect(
      await won('award best { to top 1 of hunter by revenue split among ties\n gives 0.05 RUB }'),
    ).toEqual({ ann: '0.03', ben: '0.02' });
    // ann and ben are on the places 1 and 2, cat on 3: each has a whole prize
    expect(await won('award best { to top 3 of hunter by revenue split among ties\n gives 9 RUB }')).toEqual({
      ann: '9',
      ben: '9',
      cat: '9',
    });
  });

  test('zero isn’t ranked unless `with zero`; who has no result at all isn’t', async () => {
    const deal = 'id,day,who,amount\n1,2026-01-10,ann,-5';
    const best = (zero: string) => `award best { to top 1 of hunter by revenue${zero}\n gives 100 RUB }`;
    expect(await won(best(''), { data: { deal } })).toEqual({ ann: '100' });
    expect(await won(best(' with zero'), { data: { deal } })).toEqual({
      ben: '100',
      cat: '100',
      dan: '100',
    });
    expect(
      await won('award best { to top 1 of hunter by average(deal.amount)\n gives 1 RUB }', {
        data: { deal },
      }),
    ).toEqual({ ann: '1' });
  });

  test('by the improvement on the month before; without one nobody is ranked', async () => {
    const run = small(`award climber { to top 1 of hunter by growth\n gives 10 RUB }${ROLES}`, {
      people: PEOPLE,
      period: '2026-01..2026-02',
      data: {
        deal: `${DEAL}\n6,2026-02-01,ann,100\n7,2026-02-01,ben,75\n8,2026-02-01,dan,900`,
      },
    });
    const result = await runOnBoth(run);
    // January has no month before; February: ann +100 %, ben +50 %, cat -100 %, dan had nothing to grow from
    expect(money(result, '2026-01')).toEqual({});
    expect(money(result, '2026-02')).toEqual({ ann: '10' });
    expect(awardOf(result, 'ann', '2026-02', 'climber')).toMatchObject({
      won: true,
      place: 1,
      sharing: 1,
      by: 'growth',
      inputs: [{ text: 'growth', value: { value: '1' } }],
    });
  });

  test('a first for whom the condition fails gets nothing, nor does the next, and the statement says so', async () => {
    const run = small(
      `award best { to top 1 of hunter by revenue then by person.name_rank\n when revenue > 100 RUB\n gives 10 RUB }${ROLES}\nperson { name_rank: number }`,
      {
        people: 'id,role,from,name_rank\nann,hunter,2026-01-01,2\nben,hunter,2026-01-01,1',
        period: '2026-01',
        data: { deal: DEAL.split('\n').slice(0, 3).join('\n') },
      },
    );
    const result = await runOnBoth(run);
    expect(money(result, '2026-01')).toEqual({});
    expect(awardOf(result, 'ann', '2026-01', 'best')).toMatchObject({
      won: false,
      place: 1,
      condition: 'revenue > 100 RUB',
      inputs: [{ text: 'revenue', value: { value: '50' } }, { text: 'person.name_rank' }],
      prizes: [],
    });
    // 50 RUB each, and ben's name comes second
    expect(awardOf(result, 'ben', '2026-01', 'best')).toMatchObject({
      won: false,
      place: 2,
      places: 1,
      by: 'revenue',
      inputs: [{ text: 'revenue', value: { value: '50' } }],
      prizes: [],
    });
  });

  test('an attainment without an end comes before every other one', async () => {
    const run = small(
      `kpi refunds lower is better = count(deal where amount < 0 RUB)
       award careful { to top 1 of hunter by attainment(refunds)\n gives 10 RUB }
       role hunter { target refunds 2 }`,
      {
        people: 'id,role,from\nann,hunter,2026-01-01\nben,hunter,2026-01-01\ncat,hunter,2026-01-01',
        period: '2026-01',
        data: { deal: 'id,day,who,amount\n1,2026-01-05,ann,-1\n2,2026-01-05,ben,5' },
      },
    );
    // ann 2 / 1 is 200 %; ben and cat have none at all, and share the first place
    const result = await runOnBoth(run);
    expect(money(result, '2026-01')).toEqual({ ben: '10', cat: '10' });
    expect(awardOf(result, 'cat', '2026-01', 'careful')!.inputs[0]!.value).toBe('top');
  });

  test('of who held two roles, the better stay counts, and the award is won once', async () => {
    const run = small(`award best { to top 2 of seller by revenue\n gives 100 RUB }${ROLES}`, {
      people:
        'id,role,from,until\nann,seller,2026-01-01,2026-01-15\nann,hunter,2026-01-16,\nben,seller,2026-01-01,\ncat,seller,2026-01-01,',
      period: '2026-01',
      data: {
        deal: 'id,day,who,amount\n1,2026-01-02,ann,30\n2,2026-01-20,ann,60\n3,2026-01-02,ben,50\n4,2026-01-02,cat,40',
      },
    });
    const result = await runOnBoth(run);
    // ann 60 as a hunter, ben 50, cat 40; ann's 30 as a seller take up no place
    expect(money(result, '2026-01')).toEqual({ ann: '100', ben: '100' });
    expect(roleOf(result, 'ann', '2026-01', 'hunter').total).toBe('100');
    expect(roleOf(result, 'ann', '2026-01', 'seller').total).toBe('0');
    expect(statementOf(result, 'ann', '2026-01').pay).toBe('100');
  });
});

describe('prizes', () => {
  test('money is rounded once, is part of pay, and isn’t prorated', async () => {
    const run = small(
      `award third { to seller when revenue > 0 RUB\n gives revenue / 3 }\nrole seller { bonus fixed = 31 RUB }`,
      {
        people: 'id,role,from\nann,seller,2026-01-16',
        period: '2026-01',
        data: { deal: 'id,day,who,amount\n1,2026-01-20,ann,100' },
      },
    );
    const result = await runOnBoth(run);
    const role = roleOf(result, 'ann', '2026-01');
    // 31 for 16 of 31 days is 16; a third of 100 is 33.33
    expect(amounts(role, '2026-01')).toEqual({ fixed: '16', third: '33.33' });
    expect(role.lines.at(-1)).toMatchObject({ kind: 'award', computed: '100/3', amount: '33.33' });
    expect(statementOf(result, 'ann', '2026-01').pay).toBe('49.33');
  });

  test('each prize has its own condition', async () => {
    const run = small(
      `award steps { to seller\n when revenue >= 10 RUB\n gives 5 RUB and 10 RUB when revenue >= 50 RUB and badge "Star" when revenue >= 90 RUB and recognition "Well done" }${ROLES}`,
      { people: PEOPLE, period: '2026-01', data: { deal: DEAL } },
    );
    const result = await runOnBoth(run);
    const paid = (person: string) => statementOf(result, person, '2026-01').pay;
    expect(['ann', 'cat', 'dan', 'eve'].map(paid)).toEqual(['15', '5', '0', '15']);
    const kinds = (person: string) =>
      awardOf(result, person, '2026-01', 'steps')!.prizes.map(({ kind, value }) => `${kind} ${value.value}`);
    expect(kinds('cat')).toEqual(['money 5', 'recognition Well done']);
    expect(kinds('eve')).toEqual(['money 5', 'money 10', 'badge Star', 'recognition Well done']);
    expect(awardOf(result, 'dan', '2026-01', 'steps')).toMatchObject({ won: false, prizes: [] });
  });

  test('a streak of three pays once a run of months', async () => {
    const run = small(
      `award steady { to hunter\n when streak(revenue >= 10 RUB) is 3\n gives 100 RUB and training "Key accounts" and points 100 }${ROLES}`,
      {
        people: 'id,role,from\nann,hunter,2026-01-01',
        period: '2026-01..2026-08',
        // January to April, nothing in May, June to August
        data: {
          deal: `id,day,who,amount\n${[1, 2, 3, 4, 6, 7, 8].map((month) => `${month},2026-0${month}-05,ann,10`).join('\n')}`,
        },
      },
    );
    const result = await runOnBoth(run);
    expect(result.statements.map((each) => each.pay)).toEqual(['0', '0', '100', '0', '0', '0', '0', '100']);
    expect(result.statements.map((each) => each.points?.balance)).toEqual([
      '0',
      '0',
      '100',
      '100',
      '100',
      '100',
      '100',
      '200',
    ]);
    const training = { kind: 'training', name: 'Key accounts', award: 'steady' };
    expect(statementOf(result, 'ann', '2026-08').kept).toEqual([
      { ...training, period: '2026-03' },
      { ...training, period: '2026-08' },
    ]);
  });
});

describe('points and levels', () => {
  const POINTS = `award regular { to hunter when revenue >= 10 RUB\n gives points 100 }
    award best { to top 1 of hunter by revenue split among ties\n gives points 100 }
    level middle { to hunter when points[trailing 3 months] >= 300 }
    level senior { to hunter when points >= 500 }`;

  test('an account goes over months and roles, and is asked for from the beginning', async () => {
    const run = small(
      `${POINTS}${ROLES}\nrole closer extends hunter { bonus b not prorated = points[trailing 2 months] * 1 RUB + points * 1_000 RUB }`,
      {
        people:
          'id,role,from,until\nann,hunter,2026-01-01,2026-02-28\nann,closer,2026-03-01,\nben,hunter,2026-01-01,',
        period: '2026-03',
        data: {
          deal: 'id,day,who,amount\n1,2026-01-05,ann,20\n2,2026-02-05,ann,5\n3,2026-02-05,ben,4\n4,2026-03-05,ann,10\n5,2026-03-05,ben,10',
        },
      },
    );
    const result = await runOnBoth(run);
    // ann: January 100 + 100, February 0 + 100, March 100 + 50 (shared with ben): 450; of February and March 250
    const ann = statementOf(result, 'ann', '2026-03');
    expect(ann.points).toEqual({ gained: '150', balance: '450' });
    expect(amounts(ann.roles[0]!, '2026-03')).toEqual({ b: '450250' });
    // ben: March 100 + 50
    expect(statementOf(result, 'ben', '2026-03').points).toEqual({ gained: '150', balance: '150' });
    // 300 at the end of February; 450 at that of March, not yet 500
    expect(ann.levels).toMatchObject([
      { level: 'middle', since: '2026-02' },
      { level: 'senior', inputs: [{ text: 'points', value: { value: '450' } }] },
    ]);
    expect(ann.levels![1]).not.toHaveProperty('since');
  });

  test('a level is reached once and kept, whatever becomes of the points', async () => {
    const run = small(POINTS + ROLES, {
      people: 'id,role,from,until\nann,hunter,2026-01-01,2026-03-31\nann,seller,2026-04-01,',
      period: '2026-01..2026-05',
      data: { deal: 'id,day,who,amount\n1,2026-01-05,ann,20\n2,2026-02-05,ann,20\n3,2026-03-05,ann,20' },
    });
    const result = await runOnBoth(run);
    const levels = result.statements.map((each) =>
      (each.levels ?? []).map(({ level, since }) => `${level} ${since ?? '-'}`),
    );
    // 200 a month: 400 at the end of February, 600 at that of March
    expect(levels).toEqual([
      ['middle -', 'senior -'],
      ['middle 2026-02', 'senior -'],
      ['middle 2026-02', 'senior 2026-03'],
      ['middle 2026-02', 'senior 2026-03'],
      ['middle 2026-02', 'senior 2026-03'],
    ]);
    expect(result.statements.map((each) => each.points?.balance)).toEqual([
      '200',
      '400',
      '600',
      '600',
      '600',
    ]);
  });

  test('a pool is shared by points, each person’s once', async () => {
    const run = small(
      `${POINTS}\npool gift = 90 RUB { to seller shared by points }\nrole seller { bonus b = gift }\nrole hunter extends seller { }\nrole closer extends hunter { }`,
      {
        people:
          'id,role,from,until\nann,hunter,2026-01-01,2026-01-20\nann,closer,2026-01-21,\nben,hunter,2026-01-01,\ncat,seller,2026-01-01,',
        period: '2026-01',
        data: { deal: 'id,day,who,amount\n1,2026-01-05,ann,20\n2,2026-01-05,ben,10' },
      },
    );
    const result = await runOnBoth(run);
    // ann 200, ben 100
    expect(result.statements.map((each) => `${each.person} ${each.pay}`)).toEqual([
      'ann 60',
      'ben 30',
      'cat 0',
    ]);
  });

  test('points that depend on the points of the month before go on month by month', async () => {
    const run = small(`award more { to hunter\n gives points (previous(points) else 0) + 1 }${ROLES}`, {
      head: HEAD.replace('2026', '1990'),
      people: 'id,role,from\nann,hunter,1990-01-01',
      period: '2019-12',
    });
    const result = await runPolicy(run);
    // each month doubles the account and adds one: 2^n - 1 after n months, here 30 years
    expect(statementOf(result, 'ann', '2019-12').points!.balance).toBe(String(2n ** 360n - 1n));
  });

  test('months that begin before the data is complete give nothing', async () => {
    const run = small(`award calm { to hunter when revenue is 0 RUB\n gives points 10 }${ROLES}`, {
      head: HEAD.replace('2026-01-01', '2025-01-01'),
      people: 'id,role,from\nann,hunter,2024-01-01',
      period: '2026-02',
    });
    expect(statementOf(await runOnBoth(run), 'ann', '2026-02').points).toEqual({
      gained: '10',
      balance: '20',
    });
  });

  test('points by the points of the same month are a circle, of roles that extend it and by pools too', () => {
    const codes = (policy: string) =>
      compile([
        {
          name: 'p.merit',
          text: `policy p { currency RUB\n timezone "UTC"\n period month }\n${SALES}${policy}`,
        },
      ]).diagnostics.map((each) => each.code);
    const award = 'award a { to top 1 of seller by b\n gives points 1 }\n';
    expect(codes(`${award}role seller { bonus b = points * 1 RUB }`)).toEqual(['M1103']);
    expect(
      codes(
        `${award}role seller { bonus b = revenue }\nrole hunter extends seller { bonus b = points * 1 RUB }`,
      ),
    ).toEqual(['M1103']);
    expect(
      codes(
        `${award}role seller { bonus b = gift }\nrole head { bonus c = points * 1 RUB }\npool gift = 5 RUB { to head shared by c }`,
      ),
    ).toEqual(['M1103']);
    expect(codes(`${award}role seller { bonus b = (previous(points) else 0) * 1 RUB }`)).toEqual([]);
  });
});

test('places and split prizes are the same in whatever order rows and people come', async () => {
  const people = ['ann', 'ben', 'cat', 'dan', 'eve'];
  const amount = fc.integer({ min: -1, max: 3 });
  const arbitrary = fc.record({
    deals: fc.array(fc.tuple(fc.constantFrom(...people), amount), { maxLength: 10 }),
    count: fc.integer({ min: 1, max: 4 }),
    prize: fc.integer({ min: 1, max: 100 }),
    seed: fc.integer(),
  });
  await fc.assert(
    fc.asyncProperty(arbitrary, async ({ deals, count, prize, seed }) => {
      const rows = deals.map(([who, each], index) => `${index},2026-01-05,${who},${each}`);
      const turned = <T>(list: readonly T[]): readonly T[] => {
        const at = Math.abs(seed) % Math.max(1, list.length);
        return [...list.slice(at), ...list.slice(0, at)].reverse();
      };
      const paid = async (ids: readonly string[], dealRows: readonly string[]) =>
        money(
          await runPolicy(
            small(
              `award best { to top ${count} of hunter by revenue split among ties\n gives ${prize / 100} RUB }${ROLES}`,
              {
                people: `id,role,from\n${ids.map((id) => `${id},hunter,2026-01-01`).join('\n')}`,
                period: '2026-01',
                data: { deal: `id,day,who,amount\n${dealRows.join('\n')}` },
              },
            ),
          ),
          '2026-01',
        );
      const found = await paid(people, rows);
      expect(await paid(turned(people), turned(rows))).toEqual(found);
      // all prizes are given out, unless fewer are ranked than there are places
      const totals = people.map((id) => deals.reduce((sum, [who, each]) => sum + (who === id ? each : 0), 0));
      const ranked = totals.filter((each) => each !== 0).length;
      const total = Object.values(found).reduce((sum, each) => add(sum, exact(each)), ZERO);
      expect(exactText(total)).toBe(exactText(exact(`${prize * Math.min(count, ranked)}/100`)));
    }),
    { numRuns: Number(process.env.MERIT_RUNS ?? 30) },
  );
});
