// What two versions move over the same rows, and which change moves it. Amounts are worked out by hand beside them.

import { describe, expect, it } from 'vitest';
import { openBackend } from '../../src/browser.ts';
import { diffRuns } from '../../src/compare/diff.ts';
import type { DiffFigures } from '../../src/model/diff.ts';
import { convertPolicy } from '../../src/syntax/print.ts';
import { changesOf, moved, policy, sourcesOf, versionsIn } from './versions.ts';

const ANNA = 'anna,Anna,seller,2026-01-01,';
const BOB = 'bob,Bob,seller,2026-01-01,';

/** `anna -5000`, for those whose pay moves. */
function deltas({ people }: DiffFigures): readonly string[] {
  return people.filter(({ delta }) => delta !== '0').map(({ person, delta }) => `${person} ${delta}`);
}

function causes(
  figures: DiffFigures,
): readonly (readonly [changes: readonly number[], delta: string, people: number])[] {
  return figures.causes.map(({ changes, delta, people }) => [changes, delta, people]);
}

function crossings({ crossings: all }: DiffFigures): readonly string[] {
  return all.map(({ person, kind, of, before, after }) => `${person} ${kind} ${of}: ${before} → ${after}`);
}

describe('one change', () => {
  const ladder = (rate: string) =>
    policy(`rates ladder marginal {
  from 0 RUB:         3%
  from 1_000_000 RUB: ${rate}
}
role seller { bonus commission = ladder(revenue) }`);
  const rows = {
    people: [ANNA, BOB],
    deals: ['1,2026-01-10,anna,1200000', '2,2026-01-10,bob,500000', '3,2026-02-10,bob,2000000'],
  };

  it('of a rate: before, after and delta of people, periods and lines', async () => {
    const { figures } = await moved(ladder('5%'), ladder('6%'), { rows, period: '2026-01..2026-02' });
    // Anna in January: 30,000 and 200,000 × 5% = 10,000, now × 6% = 12,000.
    // Bob in January: 500,000 × 3% = 15,000; in February 30,000 and 1,000,000 × 5% = 50,000, now 60,000.
    expect(figures.people).toEqual([
      {
        person: 'bob',
        name: 'Bob',
        before: '95000',
        after: '105000',
        delta: '10000',
        relative: '2/19',
        byCause: [{ cause: 1, delta: '10000' }],
      },
      {
        person: 'anna',
        name: 'Anna',
        before: '40000',
        after: '42000',
        delta: '2000',
        relative: '0.05',
        byCause: [{ cause: 1, delta: '2000' }],
      },
    ]);
    expect(figures.total).toEqual({ before: '135000', after: '147000', delta: '12000' });
    expect(figures.byPeriod).toEqual([
      { period: '2026-01', before: '55000', after: '57000', delta: '2000' },
      { period: '2026-02', before: '80000', after: '90000', delta: '10000' },
    ]);
    expect(figures.byLine).toEqual([
      {
        role: 'seller',
        kind: 'bonus',
        name: 'commission',
        before: '135000',
        after: '147000',
        delta: '12000',
      },
    ]);
    expect(figures.moved.map(({ period, person, role, delta }) => [period, person, role, delta])).toEqual([
      ['2026-01', 'anna', 'seller', '2000'],
      ['2026-02', 'bob', 'seller', '10000'],
    ]);
    expect(causes(figures)).toEqual([[[1], '12000', 2]]);
    expect(figures.crossings).toEqual([]);
  });

  it('and back again is the same with the other sign', async () => {
    const { figures } = await moved(ladder('6%'), ladder('5%'), { rows, period: '2026-01..2026-02' });
    expect(figures.total.delta).toBe('-12000');
    expect(causes(figures)).toEqual([[[1], '-12000', 2]]);
  });

  it('of nobody but one, where one is asked about', async () => {
    const { figures } = await moved(ladder('5%'), ladder('6%'), { rows, period: '2026-01', person: 'anna' });
    expect(figures.total).toEqual({ before: '40000', after: '42000', delta: '2000' });
    expect(figures.people.map(({ person }) => person)).toEqual(['anna']);
  });

  it('that moves nobody on this data', async () => {
    const { figures } = await moved(ladder('5%'), ladder('6%'), {
      rows: { people: [BOB], deals: ['2,2026-01-10,bob,500000'] },
      period: '2026-01',
    });
    expect(causes(figures)).toEqual([[[1], '0', 0]]);
    expect(figures.moved).toEqual([]);
  });
});

describe('no change', () => {
  it('moves nothing, in either form', async () => {
    const text = policy('role seller { bonus commission = revenue * 3% cap 50_000 RUB }');
    const yaml = convertPolicy({ name: 'a.merit', text }, 'yaml').value!;
    const rows = { people: [ANNA], deals: ['1,2026-01-10,anna,1200000'] };
    const diff = await moved(text, yaml, { rows, period: '2026-01' });
    expect([diff.changes, diff.figures.moved, diff.figures.causes]).toEqual([[], [], []]);
    // 36,000
    expect(diff.figures.total).toEqual({ before: '36000', after: '36000', delta: '0' });
  });
});

describe('two changes at once', () => {
  const plan = (target: string, gate: string, prize = '10_000 RUB') =>
    policy(`role seller {
  target revenue ${target}
  gate calls >= ${gate}
  bonus plan gated not prorated = ${prize} when (attainment(revenue) else 0%) >= 100%
}`);
  // 800,000 of 1,000,000 and 5 calls of 10: nothing. With 800,000 and 5 asked for, the prize.
  const rows = {
    people: [ANNA],
    deals: ['1,2026-01-10,anna,800000'],
    calls: [1, 2, 3, 4, 5].map((at) => `${at},2026-01-10,anna`),
  };
  const period = '2026-01';

  it('that move nobody each by itself have half of it each', async () => {
    const { figures } = await moved(plan('1_000_000 RUB', '10'), plan('800_000 RUB', '5'), { rows, period });
    expect(figures.attribution).toEqual({ kind: 'average', orders: '2' });
    expect(causes(figures)).toEqual([
      [[1], '5000', 1],
      [[2], '5000', 1],
    ]);
    expect(crossings(figures)).toEqual([
      'anna gate calls >= 5: failed → passed',
      'anna status revenue: amber → green',
      // the condition is looked at beside the gate
      'anna condition plan: failed → holds',
    ]);
  });

  it('in order, all is the last one’s', async () => {
    const { figures } = await moved(plan('1_000_000 RUB', '10'), plan('800_000 RUB', '5'), {
      rows,
      period,
      attribution: 'in order',
    });
    expect(figures.attribution).toEqual({ kind: 'in order', orders: '1' });
    expect(causes(figures)).toEqual([
      [[1], '0', 0],
      [[2], '10000', 1],
    ]);
  });

  it('share an odd cent to the cent', async () => {
    const prize = '10_000.01 RUB';
    const { figures } = await moved(plan('1_000_000 RUB', '10', prize), plan('800_000 RUB', '5', prize), {
      rows,
      period,
    });
    // 5,000.005 each; the cent goes to the first
    expect(causes(figures)).toEqual([
      [[1], '5000.01', 1],
      [[2], '5000', 1],
    ]);
  });

  it('that cancel each other are seen all the same', async () => {
    const both = (a: string, b: string) =>
      policy(`role seller {
  bonus first  = revenue * ${a}
  bonus second = revenue * ${b}
}`);
    const { figures } = await moved(both('3%', '2%'), both('2%', '3%'), { rows, period });
    // 800,000 × 1% either way
    expect(causes(figures)).toEqual([
      [[1], '-8000', 1],
      [[2], '8000', 1],
    ]);
    expect(figures.total.delta).toBe('0');
    expect(figures.moved[0]!.byCause).toEqual([
      { cause: 1, delta: '-8000' },
      { cause: 2, delta: '8000' },
    ]);
  });

  it('that only make a policy together are one cause', async () => {
    const scored = (revenue: string, calls: string) =>
      policy(`role seller {
  target revenue 1_000_000 RUB
  target calls   10
  scorecard { revenue ${revenue}, calls ${calls} }
  bonus plan = 10_000 RUB * (score else 0%)
}`);
    const diff = await moved(scored('60%', '40%'), scored('50%', '50%'), { rows, period });
    expect(changesOf(diff)).toEqual([
      'role seller scorecard revenue changed',
      'role seller scorecard calls changed',
    ]);
    // 60% × 80% + 40% × 50% = 68%, now 50% × 80% + 50% × 50% = 65%
    expect(causes(diff.figures)).toEqual([[[1, 2], '-300', 1]]);
  });

  it('that need each other in one order only', async () => {
    const before = policy('role seller { bonus commission = revenue * 3% }');
    const after = policy('let rate = 4%\nrole seller { bonus commission = revenue * rate }');
    const diff = await moved(before, after, { rows, period });
    expect(changesOf(diff)).toEqual(['let rate added', 'role seller bonus commission changed']);
    expect(diff.figures.attribution.orders).toBe('1');
    // 800,000 × 1%
    expect(causes(diff.figures)).toEqual([
      [[1], '0', 0],
      [[2], '8000', 1],
    ]);
  });
});

describe('roles and people', () => {
  const rows = { people: [ANNA, 'vera,Vera,farmer,2026-01-01,'], deals: ['1,2026-01-10,anna,100000'] };
  const period = '2026-01';

  it('a line that goes to the role above moves nobody', async () => {
    const roles = (above: string, below: string) =>
      policy(
        `role base { ${above} }\nrole seller extends base { ${below} }\nrole farmer extends base { ${below} }`,
      );
    const line = 'bonus fixed = 5_000 RUB';
    const diff = await moved(roles('', line), roles(line, ''), { rows, period });
    expect(changesOf(diff)).toEqual(['role base bonus fixed moved']);
    expect(causes(diff.figures)).toEqual([[[1], '0', 0]]);
  });

  it('a bonus that is renamed is one line', async () => {
    const of = (name: string) => policy(`role seller { bonus ${name} = revenue * 3% }\nrole farmer {}`);
    const { figures } = await moved(of('commission'), of('share'), { rows, period });
    expect(figures.byLine).toEqual([
      { role: 'seller', kind: 'bonus', name: 'share', before: '3000', after: '3000', delta: '0' },
    ]);
    expect(figures.moved).toEqual([]);
  });

  it('a bonus that goes is missed by who had it', async () => {
    const farmer = 'role farmer { bonus fixed = 5_000 RUB }';
    const { figures } = await moved(
      policy(`role seller { bonus fixed = 2_000 RUB\n bonus share = revenue * 3% }\n${farmer}`),
      policy(`role seller { bonus share = revenue * 3% }\n${farmer}`),
      { rows, period },
    );
    expect(deltas(figures)).toEqual(['anna -2000']);
    expect(figures.byRole).toEqual([
      { role: 'seller', before: '5000', after: '3000', delta: '-2000' },
      { role: 'farmer', before: '5000', after: '5000', delta: '0' },
    ]);
  });

  it('a role that goes takes the pay of who holds it, if their rows may be left out', async () => {
    const seller = 'role seller { bonus share = revenue * 3% }';
    const { figures } = await moved(
      policy(`${seller}\nrole farmer { bonus fixed = 5_000 RUB }`),
      policy(seller),
      {
        rows,
        period,
        allowRejects: true,
      },
    );
    expect(deltas(figures)).toEqual(['vera -5000']);
    expect(figures.people.map(({ person, only }) => [person, only])).toEqual([
      ['vera', 'before'],
      ['anna', undefined],
    ]);
    expect(figures.moved[0]).toMatchObject({ person: 'vera', role: 'farmer', only: 'before', after: '0' });
  });
});

describe('what falls out otherwise', () => {
  const rows = { people: [ANNA, BOB], deals: ['1,2026-01-10,anna,1200000', '2,2026-01-10,bob,300000'] };
  const period = '2026-01';

  it('tiers that are reached, and not bounds that moved', async () => {
    const ladder = (first: string, second: string) =>
      policy(`rates ladder marginal {
  from 0 RUB:  3%
  from ${first}: 4%
  from ${second}: 5%
}
role seller { bonus commission = ladder(revenue) }`);
    const lower = await moved(
      ladder('900_000 RUB', '1_500_000 RUB'),
      ladder('800_000 RUB', '1_000_000 RUB'),
      { rows, period },
    );
    // Bob's 300,000 lie in the first tier in both.
    expect(crossings(lower.figures)).toEqual([
      'anna tier ladder(revenue): from 900_000 RUB → from 1_000_000 RUB',
    ]);
    const same = await moved(ladder('900_000 RUB', '1_500_000 RUB'), ladder('800_000 RUB', '1_500_000 RUB'), {
      rows,
      period,
    });
    expect(crossings(same.figures)).toEqual([]);
  });

  it('caps, awards and points', async () => {
    const won = (cap: string, best: string) =>
      policy(`role seller {
  bonus share = revenue * 3%
  cap ${cap}
}
award best { to seller, when revenue >= ${best}, gives 1_000 RUB and points 10 }`);
    const { figures } = await moved(won('50_000 RUB', '500_000 RUB'), won('30_000 RUB', '200_000 RUB'), {
      rows,
      period,
    });
    // Anna's 36,000 are cut to 30,000; Bob has won too: 1,000.
    expect(deltas(figures)).toEqual(['anna -6000', 'bob 1000']);
    expect(crossings(figures)).toEqual([
      "anna cap cap: doesn't bind → binds",
      'bob award best: not won → won',
      'bob points points: 0 → 10',
    ]);
  });
});

describe('names that change', () => {
  const rows = { people: [ANNA, BOB], deals: ['1,2026-01-10,anna,100000'] };

  it('of a role, an award and a KPI leave their lines side by side', async () => {
    const of = (kpi: string, award: string, level: string) =>
      policy(`role seller { bonus share = revenue * 3% }
award ${award} { to seller, when revenue >= 1 RUB, gives 1_000 RUB }
level ${level} { to seller, when revenue >= 1 RUB }`).replaceAll('revenue', kpi);
    const diff = await moved(of('revenue', 'best', 'senior'), of('turnover', 'first', 'master'), {
      rows,
      period: '2026-01',
    });
    expect(changesOf(diff)).toEqual(['kpi turnover renamed', 'award first renamed', 'level master renamed']);
    expect([diff.figures.moved, diff.figures.crossings]).toEqual([[], []]);
    // 3,000 and the award's 1,000
    expect(diff.figures.byLine.map(({ kind, name, delta, after }) => [kind, name, delta, after])).toEqual([
      ['bonus', 'share', '0', '3000'],
      ['award', 'first', '0', '1000'],
    ]);
  });
});

describe('versions', () => {
  const version = (name: string, dates: string, rate: string) =>
    policy(`role seller { bonus share = revenue * ${rate} }`)
      .replace('policy sales', `policy ${name}`)
      .replace(/effective .*/, `effective ${dates}`);
  const rows = {
    people: [ANNA],
    deals: ['1,2026-06-10,anna,100000', '2,2026-07-10,anna,100000', '3,2026-08-10,anna,100000'],
  };
  const whole = version('sales', 'from 2026-01-01 until 2026-12-31', '3%');

  it('that change in the middle of a year are compared each in its time', async () => {
    const halves = [
      version('first', 'from 2026-01-01 until 2026-06-30', '3%'),
      version('second', 'from 2026-07-01 until 2026-12-31', '4%'),
    ];
    const diff = await moved(whole, halves, { rows, period: '2026-06..2026-08' });
    // 100,000 × 1% more in July and in August
    expect(diff.figures.byPeriod.map(({ period, delta }) => [period, delta])).toEqual([
      ['2026-06', '0'],
      ['2026-07', '1000'],
      ['2026-08', '1000'],
    ]);
    expect(diff.changes.map(({ part, periods }) => [part, periods])).toEqual([
      ['effective', '2026-06'],
      ['effective', '2026-07..2026-08'],
      ['bonus share', '2026-07..2026-08'],
    ]);
    expect(causes(diff.figures)).toEqual([
      [[1], '0', 0],
      [[2], '0', 0],
      [[3], '2000', 1],
    ]);
  });

  it('of different years, as if both held on the same days', async () => {
    const next = version('next', 'from 2027-01-01 until 2027-12-31', '4%');
    const sides = { before: versionsIn([whole], 'old'), after: versionsIn([next], 'new') };
    const data = { sources: sourcesOf(rows), period: '2026-07' };
    const apart = await diffRuns(sides, data, async () => openBackend());
    expect(apart.diagnostics.map(({ code }) => code)).toEqual(['M3005']);
    const { figures } = await moved(whole, next, { rows, period: '2026-07', sameDays: true });
    expect(figures.total).toEqual({ before: '3000', after: '4000', delta: '1000' });
  });

  it('that pay in two currencies aren’t compared in money', async () => {
    const sides = {
      before: versionsIn([whole], 'old'),
      after: versionsIn([whole.replaceAll('RUB', 'EUR')], 'new'),
    };
    const data = { sources: sourcesOf(rows), period: '2026-07' };
    const { value, diagnostics } = await diffRuns(sides, data, async () => openBackend());
    expect([value, diagnostics.map(({ code }) => code)]).toEqual([undefined, ['M3070']]);
  });
});
