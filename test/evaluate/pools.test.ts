// Pools: one amount split to the cent, worked by hand.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, exact, exactText, ZERO } from '../../src/base/exact.ts';
import { splitTo } from '../../src/base/split.ts';
import { compile } from '../../src/engine.ts';
import type { PoolResult } from '../../src/model/award-lines.ts';
import type { Result } from '../../src/model/result.ts';
import { amounts, roleOf, runOnBoth, runPolicy, type SmallRun } from './run-policy.ts';

const SALES = `
event deal { since 2026-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money }
kpi revenue = sum(deal.amount)
`;
const HEAD = 'period month\n effective from 2026-01-01\n rounding half up to 0.01';

function small(policy: string, rows: Omit<SmallRun, 'policy'>): SmallRun {
  return { head: HEAD, ...rows, policy: SALES + policy };
}

const PEOPLE = `id,role,from,until
  ann,seller,2026-01-01,
  ben,seller,2026-01-01,
  cat,seller,2026-01-01,
  dan,head,2026-01-01,`;
const DEAL = `id,day,who,amount
  1,2026-01-10,ann,100
  2,2026-01-10,ben,100
  3,2026-01-11,cat,100
  4,2026-01-12,dan,700`;

function shares({ parts }: PoolResult): Readonly<Record<string, string>> {
  return Object.fromEntries(parts.map((each) => [`${each.person} ${each.role}`, each.amount]));
}

/** The bonus `b` of everybody, by person and role. */
function bonuses(result: Result, period: string): Readonly<Record<string, string | undefined>> {
  const of = result.statements.filter((each) => each.period === period);
  return Object.fromEntries(
    of.flatMap((each) => each.roles.map((role) => [`${each.person} ${role.role}`, amounts(role, period).b])),
  );
}

describe('a pool', () => {
  test('shared equally comes to the pool to the cent: cents left over go by person', async () => {
    const result = await runOnBoth(
      small(
        'pool gift = 10% * revenue[company] { to seller shared equally }\nrole seller { bonus b = gift }\nrole head { }',
        {
          people: PEOPLE,
          period: '2026-01',
          data: { deal: DEAL },
        },
      ),
    );
    // 10 % of 1,000 is 100; a third is 33.333…, one cent is left over
    expect(bonuses(result, '2026-01')).toEqual({
      'ann seller': '33.34',
      'ben seller': '33.33',
      'cat seller': '33.33',
      'dan head': undefined,
    });
    expect(result.pools).toMatchObject([
      { pool: 'gift', period: '2026-01', amount: '100', unspent: '0', sharedBy: 'equally' },
    ]);
  });

  test('10 % of 1,200,000, of which an allocation of 25 % is 30,000; what percents don’t cover is unspent', async () => {
    const result = await runOnBoth(
      small(
        'person { part: percent }\npool gift = 10% * revenue[company] { to seller shared by person.part }\nrole seller { bonus b = gift }',
        {
          people: 'id,role,from,part\nann,seller,2026-01-01,25%\nben,seller,2026-01-01,15%',
          period: '2026-01',
          data: { deal: 'id,day,who,amount\n1,2026-01-10,ann,1200000' },
        },
      ),
    );
    // 120,000: 25 % is 30,000, 15 % is 18,000, and 72,000 stay
    expect(bonuses(result, '2026-01')).toEqual({ 'ann seller': '30000', 'ben seller': '18000' });
    expect(result.pools).toMatchObject([
      { amount: '120000', unspent: '72000', because: 'shares below the whole' },
    ]);
  });

  test('percents that come to more than the whole share in proportion, and so do other values', async () => {
    const result = await runOnBoth(
      small(
        'person { part: percent }\npool gift = 90 RUB { to seller shared by person.part }\npool other = 90 RUB { to seller shared by revenue }\nrole seller { bonus b = gift\n bonus c = other }',
        {
          people:
            'id,role,from,part\nann,seller,2026-01-01,100%\nben,seller,2026-01-01,50%\ncat,seller,2026-01-01,0%',
          period: '2026-01',
          data: { deal: 'id,day,who,amount\n1,2026-01-10,ann,10\n2,2026-01-10,ben,20\n3,2026-01-10,cat,-5' },
        },
      ),
    );
    // 100 : 50 is 60 and 30; 10 : 20 is 30 and 60, as below zero is no part
    expect(bonuses(result, '2026-01')).toEqual({ 'ann seller': '60', 'ben seller': '30', 'cat seller': '0' });
    expect(result.pools!.map(shares)).toEqual([
      { 'ann seller': '60', 'ben seller': '30' },
      { 'ann seller': '30', 'ben seller': '60' },
    ]);
  });

  test('with nobody in it, or nothing to share, stays unspent, and the run says so', async () => {
    const result = await runOnBoth(
      small(
        'pool gift = 50 RUB { to seller when revenue > 1_000 RUB shared equally }\npool other = revenue[company] - 5_000 RUB { to seller shared equally }\nrole seller { bonus b = gift + other }\nrole head { }',
        { people: PEOPLE, period: '2026-01', data: { deal: DEAL } },
      ),
    );
    expect(bonuses(result, '2026-01')).toMatchObject({ 'ann seller': '0', 'cat seller': '0' });
    expect(result.pools).toMatchObject([
      { pool: 'gift', amount: '50', unspent: '50', parts: [], because: 'nobody in it' },
      { pool: 'other', amount: '-4000', unspent: '0', parts: [], because: 'nothing to share' },
    ]);
  });

  test('to those for whom the condition holds, by what they have', async () => {
    const result = await runOnBoth(
      small(
        'pool gift = 100 RUB { to seller when revenue >= 50 RUB shared by revenue }\nrole seller { bonus b = gift }',
        {
          people: 'id,role,from\nann,seller,2026-01-01\nben,seller,2026-01-01\ncat,seller,2026-01-01',
          period: '2026-01',
          data: { deal: 'id,day,who,amount\n1,2026-01-10,ann,50\n2,2026-01-10,ben,100\n3,2026-01-10,cat,49' },
        },
      ),
    );
    // 50 : 100 of 100: 33.33 and 66.67, the larger remainder takes the cent
    expect(bonuses(result, '2026-01')).toEqual({
      'ann seller': '33.33',
      'ben seller': '66.67',
      'cat seller': '0',
    });
  });

  test('per quarter, with the quarter’s figures, in the month in which it ends', async () => {
    const result = await runOnBoth(
      small(
        'pool gift per quarter = 10% * revenue[company] { to seller shared by revenue }\nrole seller { bonus b per quarter = gift }',
        {
          people: 'id,role,from\nann,seller,2026-01-01\nben,seller,2026-01-01',
          period: '2026-01..2026-03',
          data: {
            deal: 'id,day,who,amount\n1,2026-01-10,ann,300\n2,2026-02-10,ben,100\n3,2026-03-10,ann,200',
          },
        },
      ),
    );
    // 10 % of 600 is 60, shared 500 : 100
    expect(amounts(roleOf(result, 'ann', '2026-03'), '2026-03')).toEqual({ 'b 2026-Q1': '50' });
    expect(amounts(roleOf(result, 'ben', '2026-03'), '2026-03')).toEqual({ 'b 2026-Q1': '10' });
    expect(result.pools).toMatchObject([{ pool: 'gift', period: '2026-Q1', amount: '60', unspent: '0' }]);
  });

  test('of who changed roles, each stay has the part of its own result; equally, the person is there once', async () => {
    const policy = (by: string) =>
      small(
        `pool gift = 90 RUB { to seller shared ${by} }\nrole seller { bonus b = gift }\nrole hunter extends seller { }`,
        {
          people:
            'id,role,from,until\nann,seller,2026-01-01,2026-01-15\nann,hunter,2026-01-16,\nben,seller,2026-01-01,',
          period: '2026-01',
          data: { deal: 'id,day,who,amount\n1,2026-01-10,ann,10\n2,2026-01-20,ann,20\n3,2026-01-20,ben,60' },
        },
      );
    expect(bonuses(await runOnBoth(policy('by revenue')), '2026-01')).toEqual({
      'ann seller': '10',
      'ann hunter': '20',
      'ben seller': '60',
    });
    expect(bonuses(await runOnBoth(policy('equally')), '2026-01')).toEqual({
      'ann seller': '0',
      'ann hunter': '45',
      'ben seller': '45',
    });
  });

  test('per month, added up over the quarter of a bonus', async () => {
    const result = await runOnBoth(
      small(
        'pool gift = 10% * revenue[company] { to seller shared by revenue }\nrole seller { bonus b per quarter = sum(gift each month) }',
        {
          people: 'id,role,from\nann,seller,2026-01-01\nben,seller,2026-01-01',
          period: '2026-03',
          data: {
            deal: 'id,day,who,amount\n1,2026-01-10,ann,300\n2,2026-01-10,ben,100\n3,2026-03-10,ben,200',
          },
        },
      ),
    );
    // January: 40, of which ann has 30; March: 20, all ben's
    expect(amounts(roleOf(result, 'ann', '2026-03'), '2026-03')).toEqual({ 'b 2026-Q1': '30' });
    expect(amounts(roleOf(result, 'ben', '2026-03'), '2026-03')).toEqual({ 'b 2026-Q1': '30' });
  });

  test('is made of figures of the company', () => {
    const helps = (amount: string) => {
      const text = `policy p { currency RUB\n timezone "UTC"\n period month }\n${SALES}
        pool gift = ${amount} { to seller shared equally }\nrole seller { bonus b = gift }`;
      return compile([{ name: 'policy.merit', text }]).diagnostics.map(({ code, help }) => [code, help]);
    };
    const help = 'a pool is one amount for all of its people: ask for the company';
    expect(helps('revenue')).toEqual([['M1104', `${help}, \`revenue[company]\``]]);
    expect(helps('points * 1 RUB')).toEqual([['M1104', help]]);
  });

  test('is seen by later periods as it was', async () => {
    const result = await runOnBoth(
      small(
        'pool gift = 10% * revenue[company] { to seller shared equally }\nrole seller { bonus was = previous(now) else 0 RUB\n bonus now = gift }',
        {
          people: 'id,role,from\nann,seller,2026-01-01\nben,seller,2026-01-01\ncat,seller,2026-01-01',
          period: '2026-02',
          data: { deal: 'id,day,who,amount\n1,2026-01-10,ann,1000' },
        },
      ),
    );
    const was = result.statements.map(({ roles }) => amounts(roles[0]!, '2026-02').was);
    expect(was).toEqual(['33.34', '33.33', '33.33']);
  });

  test('isn’t shared by what it gives, of a role that extends the members’ either', () => {
    const text = `policy p { currency RUB\n timezone "UTC"\n period month }\n${SALES}
      pool gift = 10 RUB { to seller shared by a }
      role seller { bonus a = revenue * 1% }
      role hunter extends seller { bonus a = gift }`;
    const { diagnostics } = compile([{ name: 'policy.merit', text }]);
    expect(diagnostics.map((each) => each.code)).toEqual(['M1103']);
  });
});

test('parts in whole steps come to the total, whatever the parts are', () => {
  const cents = fc.integer({ min: -10_000, max: 10_000 });
  fc.assert(
    fc.property(
      fc.array(cents, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      (nums, den) => {
        const parts = nums.map((num) => exact(`${num}/${den * 100}`));
        const sum = nums.reduce((a, b) => a + b, 0);
        const total = exact(`${Math.round(sum / den)}/100`);
        const split = splitTo(total, parts, exact('0.01'));
        expect(exactText(split.reduce(add, ZERO))).toBe(exactText(total));
        split.forEach((each, index) => {
          const off = Number(each.num) / Number(each.den) - nums[index]! / (den * 100);
          expect(Math.abs(off)).toBeLessThan(0.0101);
        });
      },
    ),
  );
});

test('parts and what is unspent come to the pool, in whatever order people and rows come', async () => {
  const people = ['ann', 'ben', 'cat', 'dan'];
  const arbitrary = fc.record({
    deals: fc.array(fc.tuple(fc.constantFrom(...people), fc.integer({ min: -20, max: 99 })), {
      maxLength: 8,
    }),
    pool: fc.integer({ min: 1, max: 10_000 }),
    by: fc.constantFrom('by revenue', 'equally', 'by revenue / 150 RUB * 100%'),
  });
  await fc.assert(
    fc.asyncProperty(arbitrary, async ({ deals, pool, by }) => {
      const rows = deals.map(([who, each], index) => `${index},2026-01-05,${who},${each}`);
      const shared = async (ids: readonly string[], dealRows: readonly string[]) =>
        (
          await runPolicy(
            small(
              `pool gift = ${pool / 100} RUB { to seller when revenue is not 7 RUB shared ${by} }\nrole seller { bonus b = gift }`,
              {
                people: `id,role,from\n${ids.map((id) => `${id},seller,2026-01-01`).join('\n')}`,
                period: '2026-01',
                data: { deal: `id,day,who,amount\n${dealRows.join('\n')}` },
              },
            ),
          )
        ).pools![0]!;
      const found = await shared(people, rows);
      expect(await shared(people.toReversed(), rows.toReversed())).toEqual(found);
      const total = [...found.parts.map((each) => each.amount), found.unspent].map(exact).reduce(add, ZERO);
      expect(exactText(total)).toBe(found.amount);
      expect(found.parts.every((each) => !each.amount.startsWith('-'))).toBe(true);
    }),
    { numRuns: Number(process.env.MERIT_RUNS ?? 30) },
  );
});
