// Rounding of what is paid: each mode at ties above and below zero, and lines, parts and holds that come to their whole.

import { describe, expect, test } from 'vitest';
import type { Statement } from '../../src/model/result.ts';
import { runOnBoth } from './run-policy.ts';

const EVENT = 'event sale { id: text key, day: date posts, person: person owner, amount: money }\n';

/** A statement each for so many amounts, of people of their own. */
async function statements(
  rounding: string,
  bonus: string,
  amounts: readonly string[],
): Promise<readonly Statement[]> {
  const ids = amounts.map((_, index) => `p${index}`);
  const { statements: found } = await runOnBoth({
    head: `period month\n effective from 2026-01-01\n rounding ${rounding}`,
    policy: `${EVENT}kpi sales = sum(sale.amount)\nrole r { ${bonus} }`,
    people: `id,name,role,from,until\n${ids.map((each) => `${each},${each},r,2026-01-01,`).join('\n')}`,
    period: '2026-01',
    data: {
      sale: `id,day,person,amount\n${amounts.map((each, index) => `${index},2026-01-10,${ids[index]},${each}`).join('\n')}`,
    },
  });
  return found;
}

describe('a bonus', () => {
  const TIES = ['2.5', '3.5', '2.4', '2.6', '-2.5', '-3.5', '-2.4', '-2.6', '0.5', '-0.5'];
  test.each([
    ['half up', ['3', '4', '2', '3', '-3', '-4', '-2', '-3', '1', '-1']],
    ['half even', ['2', '4', '2', '3', '-2', '-4', '-2', '-3', '0', '0']],
    ['down', ['2', '3', '2', '2', '-2', '-3', '-2', '-2', '0', '0']],
  ])('%s', async (mode, expected) => {
    const found = await statements(`${mode} to 1`, 'bonus b = sales', TIES);
    expect(found.map(({ pay }) => pay)).toEqual(expected);
  });
});

describe('what is held back is rounded, and the rest is paid', () => {
  test.each([
    // half of 3 is 1.5, of 5 is 2.5
    ['half up', ['1 2', '2 3', '-1 -2', '-2 -3']],
    ['half even', ['1 2', '3 2', '-1 -2', '-3 -2']],
    ['down', ['2 1', '3 2', '-2 -1', '-3 -2']],
  ])('%s', async (mode, expected) => {
    const bonus = 'bonus b = sales holds 50% for 1 months';
    const found = await statements(`${mode} to 1`, bonus, ['3', '5', '-3', '-5']);
    expect(found.map(({ pay, due }) => `${pay} ${due![0]!.amount}`)).toEqual(expected);
  });
});

describe('parts come to the whole in every mode', () => {
  test.each(['half up', 'half even', 'down'])('%s', async (mode) => {
    const bonus = 'bonus b = sales pays in 3 monthly parts';
    const found = await statements(`${mode} to 0.01`, bonus, ['100', '-100', '0.01', '-0.01', '0.02']);
    const parts = found.map(({ pay, due = [] }) => [pay, ...due.map(({ amount }) => amount)].join(' '));
    // 100 / 3 is 33.33 and a third of a cent; the first part gets the cent, below zero the last
    expect(parts).toEqual(['33.34 33.33 33.33', '-33.33 -33.33 -33.34', '0.01', '0 -0.01', '0.01 0.01']);
  });
});

test('bounds are rounded as what they bound', async () => {
  const bonus = 'bonus b = sales\n cap 10.555 RUB\n floor 2.005 RUB';
  const found = await statements('half up to 0.01', bonus, ['20', '1']);
  expect(found.map(({ pay }) => pay)).toEqual(['10.56', '2.01']);
});
