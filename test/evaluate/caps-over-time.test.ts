// What caps do beside what else moves money between periods: refunds, draws, parts, leaving. Worked by hand on both
// backends.

import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { runOnBoth } from './run-policy.ts';

const WORLD =
  'event sale { id: text key, day: date posts, person: person owner, amount: money }\nkpi sales = sum(sale.amount)\n';

interface Asked {
  readonly head?: string;
  readonly role: string;
  /** Of each month from January on. */
  readonly sales: readonly number[];
  readonly until?: string;
  readonly period: string;
}

async function paid({ head = '', role, sales, until = '', period }: Asked): Promise<Result> {
  const rows = sales.map((each, at) => `${at},2026-0${at + 1}-05,ann,${each}`);
  return runOnBoth({
    head: `period month\n effective from 2026-01-01\n ${head}`,
    policy: `${WORLD}role r { ${role} }`,
    people: `id,name,role,from,until\nann,Ann,r,2026-01-01,${until}`,
    period,
    data: { sale: ['id,day,person,amount', ...rows].join('\n') },
  });
}

/** By month: each line that isn't 0, then pay. */
function course({ statements }: Result): readonly string[] {
  return statements.map(({ roles, lines = [], pay }) => {
    const shown = [...roles.flatMap((each) => each.lines), ...lines].filter(({ amount }) => amount !== '0');
    return [...shown.map(({ name, amount }) => `${name} ${amount}`), `= ${pay}`].join(', ');
  });
}

function after({ statements }: Result): readonly (string | undefined)[] {
  return statements.map(({ balances = [] }) => balances[0]?.after);
}

describe('a refund in the same quarter', () => {
  const PLANS = [
    { head: 'cap 80 RUB per quarter', role: 'bonus b = sales' },
    { role: 'bonus b = sales\n cap 80 RUB per quarter in all' },
  ];

  test.each(PLANS)(
    'gives back what the cap took, so that the quarter comes to no less (%j)',
    async (plan) => {
      const sales = [100, -50, 60, 10];
      const result = await paid({ ...plan, sales, period: '2026-01..2026-04' });
      // 100, 20 taken; 80 - 50 = 30 leaves 50 of room, and 20 was taken: 50 in all, what was sold; 50 + 60 is 30 too much
      const course80 = ['b 100, cap -20, = 80', 'b -50, cap 20, = -30', 'b 60, cap -30, = 30', 'b 10, = 10'];
      expect(course(result)).toEqual(course80);
      const march = await paid({ ...plan, sales, period: '2026-03' });
      expect(march.statements).toEqual(result.statements.slice(2, 3));
    },
  );

  test.each(PLANS)('the order of months changes nothing in all (%j)', async (plan) => {
    const result = await paid({ ...plan, sales: [-50, 100], period: '2026-01..2026-02' });
    expect(course(result)).toEqual(['b -50, = -50', 'b 100, = 100']);
  });
});

test('what a draw adds is owed, and no pay that a cap of the policy counts', async () => {
  const role = 'bonus b = sales\n draw 500 RUB recoverable';
  const head = 'cap 1000 RUB per year';
  const result = await paid({ head, role, sales: [0, 990, 0], period: '2026-01..2026-03' });
  // February: 490 lie above the draw and are recovered of the 500; the year has earned 990, less than 1,000
  expect(course(result)).toEqual(['draw 500, = 500', 'b 990, recovery -490, = 500', 'draw 500, = 500']);
  expect(after(result)).toEqual(['500', '10', '510']);
});

describe('excess of what is paid in parts', () => {
  const role = (more: string) =>
    `bonus b = sales { pays in 3 monthly parts\n ${more} }\n cap 10 RUB carry excess`;

  test('is taken of each part, and kept when that part comes', async () => {
    const result = await paid({ role: role(''), sales: [90], period: '2026-01..2026-04' });
    // 80 of 90 are taken, 26.67 of each part, of the first a cent less: 26.66. February keeps 26.66 + 26.67 - 10
    expect(course(result)).toEqual([
      'b 30, cap -26.66, = 3.34',
      'excess 10, b 30, cap -26.67, = 13.33',
      'excess 10, b 30, cap -26.67, = 13.33',
      'excess 10, = 10',
    ]);
    expect(after(result)).toEqual(['26.66', '43.33', '60', '50']);
  });

  test('is lost with the parts that are forfeited', async () => {
    const result = await paid({
      role: role('forfeited on leaving'),
      sales: [90],
      until: '2026-02-10',
      period: '2026-01..2026-05',
    });
    // 30 were earned for good: 3.34 + 10 + 10 + 6.66
    expect(course(result).map((each) => each.split('= ')[1])).toEqual(['3.34', '10', '10', '6.66']);
  });
});

describe('what is due to who has left', () => {
  test('stays under the policy’s cap', async () => {
    const result = await paid({
      head: 'cap 100 RUB',
      role: 'bonus b = sales { pays 1 month later }',
      sales: [90, 150],
      until: '2026-02-10',
      period: '2026-01..2026-03',
    });
    expect(course(result)).toEqual(['= 0', 'b 90, = 90', 'b 150, cap -50, = 100']);
  });

  test('is kept for later where the cap keeps its excess', async () => {
    const result = await paid({
      head: 'cap 100 RUB carry excess',
      role: 'bonus b = sales { pays in 2 monthly parts }',
      sales: [240, 300],
      until: '2026-02-10',
      period: '2026-01..2026-07',
    });
    // 120; 120 + 150; 150; then what is kept: 20, 190, 240, and 100 a month of it
    expect(course(result)).toEqual([
      'b 120, cap -20, = 100',
      'b 150, b 120, cap -170, = 100',
      'b 150, cap -50, = 100',
      'excess 100, = 100',
      'excess 100, = 100',
      'excess 40, = 40',
    ]);
    expect(after(result)).toEqual(['20', '190', '240', '140', '40', '0']);
  });

  test('a cap of the year goes on as well', async () => {
    const result = await paid({
      head: 'cap 200 RUB per year',
      role: 'bonus b = sales { pays in 3 monthly parts }',
      sales: [240],
      until: '2026-01-31',
      period: '2026-01..2026-03',
    });
    expect(course(result)).toEqual(['b 80, = 80', 'b 80, = 80', 'b 80, cap -40, = 40']);
  });

  test('a cap of a quarter pays what it has kept in the quarters after', async () => {
    const result = await paid({
      role: 'bonus q per quarter = sales\n cap 100 RUB per quarter carry excess',
      sales: [250],
      until: '2026-02-14',
      period: '2026-01..2026-09',
    });
    // the first quarter has had its 100 in February, when the role ended
    const pays = result.statements.map(({ period, pay }) => `${period} ${pay}`);
    expect(pays.filter((each) => !each.endsWith(' 0'))).toEqual(['2026-02 100', '2026-06 100', '2026-09 50']);
  });
});
