// The most that a policy can cost, and where it has cliffs: small policies whose figures are worked by hand.

import { describe, expect, test } from 'vitest';
import { compile } from '../../src/engine.ts';
import type { Model } from '../../src/model/policy.ts';
import { cliffsOf, costOf, givenByPolicy, givenRanges } from '../../src/node.ts';

const HEAD = `policy p {
  currency RUB
  timezone "UTC"
  period month
  effective from 2026-01-01 until 2026-12-31
}
person { salary: money from 0 RUB until 200_000 RUB }
event deal { id: text key
  day: date posts
  manager: person owner
  amount: money from 0 RUB }
event ticket { id: text key
  day: date posts
  manager: person owner
  hours: number from 0 until 100 }
kpi revenue = sum(deal.amount)
kpi deals   = count(deal)
kpi slowness lower is better = average(ticket.hours)
rates ladder marginal { from 0 RUB: 3%
  from 1_000_000 RUB: 5% }
curve standard linear { below 80%: 0%
  80%: 50%
  100%: 100%
  above: 100% }
`;

function modelOf(text: string): Model {
  const { value, diagnostics } = compile([{ name: 'p.merit', text: `${HEAD}${text}` }]);
  if (!value) throw new Error(diagnostics.map((each) => `${each.code} ${each.message}`).join('\n'));
  return value;
}

describe('cost', () => {
  test('a cap is the most, and a situation reaches it', async () => {
    const model = modelOf('role seller { bonus b = ladder(revenue)\n  cap 300 RUB }');
    const { roles } = await costOf(model);
    expect(roles).toEqual([
      {
        role: 'seller',
        of: 'paid',
        most: '300',
        reached: true,
        seen: '300',
        lines: [{ name: 'b', most: null }],
        unbounded: [],
      },
    ]);
  });

  test('what has no bound is named, with its place', async () => {
    const model = modelOf('role seller { bonus b = ladder(revenue) }');
    const [role] = (await costOf(model)).roles;
    expect(role).toMatchObject({ most: null, reached: false });
    expect(role!.unbounded).toEqual([
      {
        what: '`revenue` has no upper bound: give one, such as `given revenue until …`',
        at: expect.objectContaining({ file: 'p.merit', line: 16 }),
      },
    ]);
  });

  test('within what is given: the upper end of it is tried', async () => {
    const model = modelOf('role seller { bonus b = ladder(revenue) }');
    const { value } = givenRanges(model, ['revenue from 0 RUB until 2_000_000 RUB']);
    const found = await costOf(value!.model, { given: value!.given, heads: new Map([['seller', 3]]) });
    // 1,000,000 * 3% + 1,000,000 * 5% = 80,000; three of them
    expect(found.roles[0]).toMatchObject({ most: '80000', reached: true, seen: '80000', heads: 3 });
    expect(found.total).toBe('240000');
    expect(found.given).toEqual(['given revenue from 0 RUB until 2_000_000 RUB']);
  });

  test('fields bound attributes, and a score what it multiplies', async () => {
    const model = modelOf(
      'role seller { target revenue 100 RUB\n  scorecard { revenue 100% on standard }\n  bonus b = person.salary * 10% * score }',
    );
    // 200,000 * 10% * 100%
    expect((await costOf(model)).roles[0]).toMatchObject({ most: '20000' });
  });

  test('several bonuses, a gate and a draw', async () => {
    const model = modelOf(
      'role seller { gate deals >= 1\n  bonus a = 100 RUB\n  bonus b gated = person.salary * 1%\n  draw 500 RUB }',
    );
    // 100 + 2,000, above the draw
    expect((await costOf(model)).roles[0]).toMatchObject({
      most: '2100',
      lines: [
        { name: 'a', most: '100' },
        { name: 'b', most: '2000' },
      ],
    });
  });

  test('no sum where one of those whom there are has no bound', async () => {
    const model = modelOf('role a { bonus x = 5 RUB }\nrole b { bonus y = ladder(revenue) }');
    expect((await costOf(model, { heads: new Map([['a', 4]]) })).total).toBe('20');
    expect((await costOf(model, { heads: new Map([['b', 1]]) })).total).toBeNull();
  });

  test('what invariants give is given; of two ranges the widest', () => {
    const range = (text: string) => `invariant "${text}" { given revenue ${text}\n pay >= 0 RUB }\n`;
    const model = modelOf(
      `role a { bonus x = 5 RUB }\n${range('from 0 RUB until 5 RUB')}${range('from 1 RUB until 9 RUB')}`,
    );
    expect(givenByPolicy(model)).toMatchObject([{ from: '0', until: '9' }]);
  });

  test('a range that isn’t one is refused, at its place', () => {
    const { value, diagnostics } = givenRanges(modelOf('role a { bonus x = 5 RUB }'), ['revenu until 5 RUB']);
    expect(value).toBeUndefined();
    expect(diagnostics.map((each) => each.code)).toContain('M1101');
  });
});

describe('cliffs', () => {
  test('none on a table that rises without a jump', async () => {
    expect((await cliffsOf(modelOf('role seller { bonus b = ladder(revenue) }'))).cliffs).toEqual([]);
  });

  test('a whole rate that falls pays less from its bound on', async () => {
    const model = modelOf(
      'rates t whole { from 0 RUB: 5%\n  from 1_000 RUB: 3% }\nrole seller { bonus b = t(revenue) }',
    );
    // 999.99 * 5% = 49.9995, rounded 50.00; 1,000 * 3% = 30
    expect((await cliffsOf(model)).cliffs).toEqual([
      {
        kind: 'drop',
        role: 'seller',
        kpi: 'revenue',
        before: { result: '999.99 RUB', pay: '50' },
        after: { result: '1_000 RUB', pay: '30' },
        change: '-20',
        where: 'others on target',
      },
    ]);
  });

  test('two bonuses together: one ends where the other begins', async () => {
    const model = modelOf(
      'role seller { bonus a = 100 RUB when deals < 10\n  bonus b = 40 RUB when deals >= 10 }',
    );
    expect((await cliffsOf(model)).cliffs).toMatchObject([
      { kind: 'drop', kpi: 'deals', before: { result: '9', pay: '100' }, after: { result: '10', pay: '40' } },
    ]);
  });

  test('a gate is a jump of all that is behind it, and a cap above takes it away', async () => {
    const lines = 'gate deals >= 3\n  bonus b gated = 500 RUB\n  bonus c = 10 RUB * deals';
    // at 2 deals 20 RUB, at 3 deals 500 + 30
    expect((await cliffsOf(modelOf(`role seller { ${lines} }`))).cliffs).toMatchObject([
      { kind: 'jump', kpi: 'deals', before: { result: '2', pay: '20' }, after: { result: '3', pay: '530' } },
    ]);
    expect((await cliffsOf(modelOf(`role seller { ${lines}\n  cap 20 RUB }`))).cliffs).toEqual([]);
  });

  test('of a score, where the attainment begins to count', async () => {
    const model = modelOf(
      'role seller { target deals 10\n  scorecard { deals 100% on standard }\n  bonus b = 1_000 RUB * score }',
    );
    // 8 of 10 deals are 80%: half of it at once; then 25% of it a deal
    expect((await cliffsOf(model)).cliffs).toMatchObject([
      { kind: 'jump', kpi: 'deals', before: { result: '7', pay: '0' }, after: { result: '8', pay: '500' } },
    ]);
  });

  test('where less is better, one unit less that pays less', async () => {
    const model = modelOf('role seller { bonus b = 100 RUB when (slowness else 0) >= 5 }');
    const drops = (await cliffsOf(model)).cliffs.filter((each) => each.kind === 'drop');
    expect(drops).toMatchObject([{ kpi: 'slowness', before: { pay: '100' }, after: { pay: '0' } }]);
  });
});
