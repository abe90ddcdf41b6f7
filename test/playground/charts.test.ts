// What charts are drawn from: attainments, amounts by period, the line of a table with people on it.

import { describe, expect, it } from 'vitest';
import { drawnTables } from '../../src/ask/drawn-tables.ts';
import { pixelOf } from '../../src/browser-figures.ts';
import { joined, pointsOf, rangeOf, stretchesOf } from '../../src/charts/payout.ts';
import {
  attainedIn,
  attainedOf,
  costByPart,
  kpiChoices,
  largest,
  type Over,
  payByRole,
  payOfPerson,
} from '../../src/charts/series.ts';
import { modelOf } from '../evaluate/run-policy.ts';
import { marchResult, POLICY } from './results.ts';

const HEAD = 'policy small { currency RUB\n timezone "Europe/Moscow"\n period month }\n';
const march = await marchResult();
const quarter = await marchResult('2026-Q1');

/** The tables of the last role of a policy. */
function tablesOf(policy: string) {
  const model = modelOf(HEAD + policy);
  return drawnTables(model, model.roles.at(-1)!);
}

/** The line of a role's only table between two values, as `x:y`, with `(` and `)` where it is only come near to. */
function lineOf(policy: string, from: string, until: string): readonly string[] {
  const [table] = tablesOf(policy);
  return joined(stretchesOf(table!.lines[0]!, from, until)).map((stretch) =>
    stretch.map(({ x, y, included }) => (included ? `${x}:${y}` : `(${x}:${y})`)).join(' '),
  );
}

const EVENT = `event deal { since 2026-01-01
  id: text key
  closed_on: date posts
  manager: person owner
  amount: money from 0 RUB }
kpi revenue = sum(deal.amount)
`;

describe('attainments', () => {
  const all = attainedIn(march, '2026-03');

  it('are of all who have a target, the best first', () => {
    expect(
      attainedOf(all, 'seller', 'revenue').map(({ person, attainment, status }) => [
        person,
        attainment !== 'top' && attainment.value,
        status,
      ]),
    ).toEqual([
      ['anna', '2.5', 'green'],
      ['boris', '0.4', 'red'],
    ]);
  });

  it('are offered by role and KPI', () => {
    expect(kpiChoices(all)).toEqual([
      { role: 'seller', kpis: [{ kpi: 'revenue', title: 'Revenue' }] },
      { role: 'junior', kpis: [{ kpi: 'revenue', title: 'Revenue' }] },
    ]);
  });
});

describe('amounts by period', () => {
  it('of roles and of one person', () => {
    // February: 30 + 200 + 50 of Anna; Boris sold nothing
    expect(payByRole(quarter).map(({ key, amounts }) => [key, ...amounts])).toEqual([
      ['seller', '0', '280', '350'],
      ['junior', undefined, undefined, '124'],
    ]);
    expect(payOfPerson(quarter, 'anna')[0]).toMatchObject({ amounts: ['0', '280', '350'], total: '630' });
  });

  it('of what pay is made of come to all of it', () => {
    const parts = costByPart(march);
    expect(Object.fromEntries(parts.map(({ key, total }) => [key, total]))).toEqual({
      'bonus commission': '129',
      'bonus plan': '300',
      cap: '-5',
      'award best': '50',
    });
  });

  it('leave the smallest parts to others, which come to the same', () => {
    const parts = Array.from(
      { length: 12 },
      (_, at): Over => ({ key: `bonus ${at}`, amounts: [String(at + 1)], total: String(at + 1) }),
    );
    const drawn = largest(parts);
    // 1 + 2 + 3 of twelve; nine are left
    expect(drawn).toHaveLength(10);
    expect(drawn.at(-1)).toEqual({ key: 'others', amounts: ['6'], total: '6' });
    expect(largest(parts.slice(0, 10))).toHaveLength(10);
    // a cap stays by itself, however small, and takes the place of the fourth part
    const capped = largest([...parts, { key: 'cap', amounts: ['-1'], total: '-1' }]);
    expect(capped.slice(-2).map(({ key, total }) => [key, total])).toEqual([
      ['cap', '-1'],
      ['others', '10'],
    ]);
  });
});

describe('the line of a table', () => {
  it('has an end at each bound of marginal tiers', () => {
    // 1,000 × 3% = 30; 2,000: 30 + 1,000 × 5% = 80
    expect(
      lineOf(
        `${EVENT}rates r marginal {\n from 0 RUB: 3%\n from 1_000 RUB: 5% }\nrole a { bonus b = r(revenue) }`,
        '0',
        '2000',
      ),
    ).toEqual(['0:0 1000:30 2000:80']);
  });

  it('jumps where all is rated anew', () => {
    // just below 1,000: 30; from there 1,000 × 5% = 50
    expect(
      lineOf(
        `${EVENT}rates r whole {\n from 0 RUB: 3%\n from 1_000 RUB: 5% }\nrole a { bonus b = r(revenue) }`,
        '0',
        '2000',
      ),
    ).toEqual(['0:0 (1000:30)', '1000:50 2000:100']);
  });

  it('leaves a bound to the tier below where the next begins above it', () => {
    const [below, above] = lineOf(
      `${EVENT}rates r whole {\n from 0 RUB: 3%\n above 1_000 RUB: 5% }\nrole a { bonus b = r(revenue) }`,
      '0',
      '2000',
    );
    expect(below).toBe('0:0 1000:30');
    expect(above).toBe('(1000:50) 2000:100');
  });

  it('goes up in steps where a curve says so', () => {
    const steps = lineOf(
      `${EVENT}curve c linear {\n 0%: 0%\n 100%: 100%\n above: 10% more per full 5% }\nrole a { target revenue 1 RUB\n bonus b = 100 RUB * (c(attainment(revenue)) else 0%) }`,
      '0',
      '1.1',
    );
    expect(steps).toEqual(['0:0 1:1 (1.05:1)', '1.05:1.1 (1.1:1.1)']);
  });

  it('of a grid is one for each key of the other dimension', () => {
    const [table] = tablesOf(`${EVENT}kpi deals = count(deal)
grid g by deals, revenue {
         | from 0 RUB | from 500 RUB
  from 0 | 10 RUB     | 20 RUB
  from 5 | 30 RUB     | 40 RUB
}
role a { bonus b = g(deals, revenue) }`);
    expect(table).toMatchObject({ argument: 'revenue', isAmount: true });
    expect(
      table!.lines.map(({ keys, pieces }) => [keys![0]!.key, ...pieces.map((each) => each.constant)]),
    ).toEqual([
      [{ value: '0', type: { kind: 'number' } }, '0', '10', '20'],
      [{ value: '5', type: { kind: 'number' } }, '0', '30', '40'],
    ]);
  });

  it('is none of a table that reads something else before', () => {
    expect(
      tablesOf(
        `${EVENT}rates r marginal {\n from 0 RUB: 3%\n from 1_000 RUB: 5% }\nrole a { bonus b per deal = r(deal.amount, after before(deal.amount)) }`,
      ),
    ).toEqual([]);
  });
});

describe('people on the line', () => {
  const model = modelOf(HEAD + POLICY);
  const tables = drawnTables(model, model.roles.find((each) => each.name === 'seller')!);

  it('stand where their result and the table put them, whatever is paid', () => {
    const [ladder] = tables;
    expect(ladder).toMatchObject({
      table: 'ladder',
      argument: 'revenue',
      call: 'ladder(revenue)',
      isAmount: true,
    });
    const points = pointsOf(march, ladder!, '2026-03');
    expect(points.map(({ person, x, y, paid, held }) => [person, x.value, y.value, paid, held])).toEqual([
      ['anna', '2500', '105', '105', undefined],
      ['boris', '400', '12', '0', 'gate'],
    ]);
    // 2,500 and 15% of it beyond
    expect(rangeOf(ladder!, points)).toEqual(['0', '2875']);
  });

  it('stand on the curve of the scorecard too', () => {
    const curve = tables.find((each) => each.reader.kind === 'score line')!;
    expect(curve.argument).toBe('attainment(revenue)');
    expect(pointsOf(march, curve, '2026-03').map(({ person, x, y }) => [person, x.value, y.value])).toEqual([
      ['anna', '2.5', '1'],
      ['boris', '0.4', '0'],
    ]);
  });

  it('are rows where a bonus is worked out for each', async () => {
    const policy = `${EVENT}rates r whole {\n from 0 RUB: 3%\n from 1_000 RUB: 5% }\nrole seller { bonus b per deal = r(deal.amount) }`;
    const [table] = tablesOf(policy);
    expect(table).toMatchObject({ perEvent: 'deal', argument: 'deal.amount' });
    const { runPolicy } = await import('../evaluate/run-policy.ts');
    const result = await runPolicy({
      policy,
      people: 'id,name,role,from\nanna,Anna,seller,2026-01-01',
      period: '2026-03',
      data: { deal: 'id,closed_on,manager,amount\nd1,2026-03-02,anna,1000\nd2,2026-03-03,anna,100' },
    });
    expect(
      pointsOf(result, table!, '2026-03').map(({ row, x, y, paid }) => [row, x.value, y.value, paid]),
    ).toEqual([
      ['d1', '1000', '50', '50'],
      ['d2', '100', '3', '3'],
    ]);
  });
});

describe('a double for pixels', () => {
  it('is near to the exact text', () => {
    expect(pixelOf('1/3')).toBeCloseTo(0.333333333, 8);
    expect(pixelOf('-12.5')).toBe(-12.5);
    expect(pixelOf('123456789012345678901234567890/10000000000000000000000000000')).toBeCloseTo(
      12.3456789,
      6,
    );
    expect(pixelOf('anna')).toBeUndefined();
  });
});
