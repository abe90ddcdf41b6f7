// Parts, pay some months later, holds, leaving, and pay in other currencies. Worked by hand on both backends.

import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { roleOf, runOnBoth, type SmallRun, statementOf, tryPolicy } from './run-policy.ts';

const HEAD = 'period month\n effective from 2026-01-01';
const WORLD =
  'event sale { id: text key, day: date posts, person: person owner, amount: money }\nkpi sales = sum(sale.amount)\n';
const ANN = 'id,name,role,from,until\nann,Ann,r,2026-01-01,';

function monthly(...amounts: readonly (number | string)[]): string {
  return amounts
    .map((each, index) => `s${index},2026-${String(index + 1).padStart(2, '0')}-10,ann,${each}`)
    .join('\n');
}

type Asked = Partial<SmallRun> & { readonly policy: string; readonly period: string; readonly sales: string };

async function paid({ policy, sales, ...rest }: Asked): Promise<Result> {
  return runOnBoth({
    head: HEAD,
    people: ANN,
    ...rest,
    policy: WORLD + policy,
    data: { sale: `id,day,person,amount\n${sales}`, ...rest.data },
  });
}

/** By month: what is earned, each part that is due, pay. */
function course(result: Result): readonly string[] {
  return result.statements.map(({ roles, lines = [], earned, pay }) => {
    const now = roles.flatMap((role) => role.lines).filter(({ amount }) => amount !== '0');
    const shown = [
      ...now.map(({ name, amount }) => `${name} ${amount}`),
      ...lines.map(({ name, period, amount }) => `${name} of ${period} ${amount}`),
    ];
    return `${earned ?? pay}: ${shown.join(', ')} = ${pay}`;
  });
}

describe('parts', () => {
  test('are split to the cent, first cents first, below zero too', async () => {
    const result = await paid({
      policy: 'role r { bonus b = sales pays in 3 monthly parts }',
      period: '2026-01..2026-04',
      sales: monthly(100, -100),
    });
    // 33.34, 33.33, 33.33; and their like below zero: -33.33, -33.33, -33.34
    expect(course(result)).toEqual([
      '100: b 33.34 = 33.34',
      '-100: b -33.33, b of 2026-01 33.33 = 0',
      '0: b of 2026-01 33.33, b of 2026-02 -33.33 = 0',
      '0: b of 2026-02 -33.34 = -33.34',
    ]);
    expect(roleOf(result, 'ann', '2026-01').lines[0]).toMatchObject({
      earned: '100',
      amount: '33.34',
      later: [
        { kind: 'part', period: '2026-02', amount: '33.33' },
        { kind: 'part', period: '2026-03', amount: '33.33' },
      ],
    });
  });

  test('a month by itself has what is due of those before', async () => {
    const asked = {
      policy: 'role r { bonus b = sales pays in 3 monthly parts }',
      sales: monthly(100, 60, 30),
    };
    const [all, march] = [
      await paid({ ...asked, period: '2026-01..2026-03' }),
      await paid({ ...asked, period: '2026-03' }),
    ];
    expect(march.statements).toEqual(all.statements.slice(2));
    expect(statementOf(march, 'ann', '2026-03').due).toEqual([
      { kind: 'part', period: '2026-04', amount: '20', name: 'b', role: 'r', earnedIn: '2026-02' },
      { kind: 'part', period: '2026-04', amount: '10', name: 'b', role: 'r', earnedIn: '2026-03' },
      { kind: 'part', period: '2026-05', amount: '10', name: 'b', role: 'r', earnedIn: '2026-03' },
    ]);
  });

  test('of a quarter’s bonus: the first with the month in which the quarter ends', async () => {
    const result = await paid({
      policy: 'role r { bonus q per quarter = sales pays in 2 monthly parts }',
      period: '2026-03..2026-05',
      sales: monthly(10, 20, 30),
    });
    expect(course(result)).toEqual(['60: q 30 = 30', '0: q of 2026-Q1 30 = 30', '0:  = 0']);
  });

  test('in a policy by quarters, those that fall into the quarter after', async () => {
    const result = await paid({
      head: 'period quarter\n effective from 2026-01-01',
      policy: 'role r { bonus b = sales pays in 4 monthly parts }',
      period: '2026-Q1..2026-Q2',
      sales: monthly(40),
    });
    // 31 March, then 30 April, 31 May and 30 June
    expect(course(result)).toEqual([
      '40: b 10 = 10',
      '0: b of 2026-Q1 10, b of 2026-Q1 10, b of 2026-Q1 10 = 30',
    ]);
  });
});

describe('later and holds', () => {
  test('a month later', async () => {
    const result = await paid({
      policy: 'role r { bonus b = sales pays 1 month later }',
      period: '2026-01..2026-02',
      sales: monthly(70),
    });
    expect(course(result)).toEqual(['70:  = 0', '0: b of 2026-01 70 = 70']);
  });

  test('a share is held back', async () => {
    const result = await paid({
      policy: 'role r { bonus b = sales holds 20% for 3 months }',
      period: '2026-01..2026-04',
      sales: monthly('33.33'),
    });
    // 20 % of 33.33 is 6.666, rounded 6.67
    expect(course(result)).toEqual([
      '33.33: b 26.66 = 26.66',
      '0:  = 0',
      '0:  = 0',
      '0: b of 2026-01 6.67 = 6.67',
    ]);
  });

  test('all together', async () => {
    const result = await paid({
      policy:
        'role r { bonus b = sales { pays in 2 monthly parts, pays 1 month later, holds 10% for 2 months } }',
      period: '2026-01..2026-04',
      sales: monthly(100),
    });
    // 10 held; 45 in February and March; the 10 two months after February
    expect(course(result)).toEqual([
      '100:  = 0',
      '0: b of 2026-01 45 = 45',
      '0: b of 2026-01 45 = 45',
      '0: b of 2026-01 10 = 10',
    ]);
  });

  test('a cap takes of each part what it has of the whole', async () => {
    const result = await paid({
      policy: 'role r { bonus b = sales pays in 3 monthly parts\n cap 100 RUB }',
      period: '2026-01..2026-03',
      sales: monthly(400),
    });
    // 400 in parts of 133.34, 133.33, 133.33; the cap takes 300: 100.005, 99.9975, 99.9975
    // to the cent: 100.00 + 99.99 + 99.99 and two cents, to the remainders of 0.75: 100.00, 100.00, 100.00
    expect(course(result).map((each) => each.split('= ')[1])).toEqual(['33.34', '33.33', '33.33']);
  });
});

describe('leaving', () => {
  const LEFT = 'id,name,role,from,until\nann,Ann,r,2026-01-01,2026-02-15';

  test('parts stay due', async () => {
    const result = await paid({
      policy: 'role r { bonus b = sales pays in 3 monthly parts }',
      people: LEFT,
      period: '2026-01..2026-05',
      sales: monthly(30, 60),
    });
    expect(course(result)).toEqual([
      '30: b 10 = 10',
      '60: b 20, b of 2026-01 10 = 30',
      '0: b of 2026-01 10, b of 2026-02 20 = 30',
      '0: b of 2026-02 20 = 20',
    ]);
    expect(statementOf(result, 'ann', '2026-03').name).toBe('Ann');
  });

  test('unless they are forfeited', async () => {
    const result = await paid({
      policy: 'role r { bonus b = sales { pays in 3 monthly parts, forfeited on leaving } }',
      people: LEFT,
      period: '2026-01..2026-04',
      sales: monthly(30, 60),
    });
    // what isn't paid when she leaves: the rest of January, and of February all but the first part
    expect(course(result)).toEqual(['30: b 10 = 10', '60: b 20, b of 2026-01 0, b of 2026-01 0 = 20']);
    const february = statementOf(result, 'ann', '2026-02');
    expect(february.roles[0]!.lines[0]!.later!.map(({ forfeited }) => forfeited)).toEqual([true, true]);
    expect(february.lines!.map(({ because }) => because)).toEqual([
      [{ kind: 'forfeited' }],
      [{ kind: 'forfeited' }],
    ]);
  });

  test('what is due to who has left is paid to the team that they were in', async () => {
    const result = await paid({
      head: `${HEAD}\n report by person.team`,
      policy: 'role r { bonus b = sales pays in 3 monthly parts }',
      people: `id,name,role,team,from,until
        ann,Ann,r,north,2026-01-01,2026-02-15
        ben,Ben,r,north,2026-01-01,`,
      period: '2026-03',
      sales: monthly(30, 60),
    });
    expect(result.groups.map(({ value, people, pay }) => [value, people, pay])).toEqual([['north', 1, '30']]);
  });

  test('what is taken back in parts is so of who has left too', async () => {
    const result = await paid({
      policy:
        'role r { bonus b = sales { pays in 3 monthly parts, holds 10% for 2 months, forfeited on leaving } }',
      people: LEFT,
      period: '2026-01..2026-04',
      sales: monthly(30, -100),
    });
    // 3 of 30 are held, 9 a month; of -100 10 are, 30 a month: what January still had is lost, all of February stays due
    expect(course(result)).toEqual([
      '30: b 9 = 9',
      '-100: b -30, b of 2026-01 0, b of 2026-01 0, b of 2026-01 0 = -30',
      '0: b of 2026-02 -30 = -30',
      '0: b of 2026-02 -30, b of 2026-02 -10 = -40',
    ]);
  });

  test('a change of role isn’t leaving', async () => {
    const result = await paid({
      policy:
        'role r { bonus b = sales { pays in 2 monthly parts, forfeited on leaving } }\nrole s { bonus c = 5 RUB }',
      people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,2026-01-31\nann,Ann,s,2026-02-01,',
      period: '2026-01..2026-02',
      sales: monthly(30),
    });
    expect(course(result)).toEqual(['30: b 15 = 15', '5: c 5, b of 2026-01 15 = 20']);
  });

  test('`while employed`: who isn’t there on the last day has none', async () => {
    const policy = 'role r { bonus b = sales\n bonus q per quarter = 90 RUB while employed }';
    const result = await paid({ policy, people: LEFT, period: '2026-01..2026-03', sales: monthly(10, 20) });
    expect(course(result)).toEqual(['10: b 10 = 10', '20: b 20 = 20']);
    expect(roleOf(result, 'ann', '2026-02').lines[1]!.because).toEqual([{ kind: 'left' }]);
    const there = await paid({
      policy,
      people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,2026-03-31',
      period: '2026-03',
      sales: '',
    });
    expect(course(there)).toEqual(['90: q 90 = 90']);
    // a change of roles isn't leaving: the old role's part, 31 of 90 days, is earned where that role ends
    const promoted = await paid({
      policy: `${policy}\nrole s { bonus c = sales }`,
      people: 'id,name,role,from,until\nann,Ann,r,2026-01-01,2026-01-31\nann,Ann,s,2026-02-01,',
      period: '2026-01',
      sales: '',
    });
    expect(course(promoted)).toEqual(['31: q 31 = 31']);
  });
});

describe('other currencies', () => {
  const RATES =
    'table exchange { currency: text key, into: text key, rate: number, from: date, until: date? }\n';
  const exchange = `currency,into,rate,from,until
    RUB,USD,0.01,2026-01-01,2026-01-31
    RUB,USD,0.0125,2026-02-01,`;

  test('parts keep the policy’s currency until they are paid', async () => {
    const result = await paid({
      policy: `${RATES}role r { bonus b = sales { pays in 2 monthly parts, pays in USD }\n bonus c = 7 RUB }`,
      period: '2026-01..2026-02',
      sales: monthly(1001),
      data: { exchange },
    });
    // 500.50 × 0.01 = 5.005, half up 5.01; 500.50 × 0.0125 = 6.25625, 6.26; the 7 roubles stay what they are
    const sums = result.statements.map(({ paid: each = [] }) =>
      each.map(({ currency, amount }) => `${currency} ${amount}`).toSorted(),
    );
    expect(sums).toEqual([
      ['RUB 7', 'USD 5.01'],
      ['RUB 7', 'USD 6.26'],
    ]);
    expect(statementOf(result, 'ann', '2026-02').lines![0]!.paid).toEqual({
      currency: 'USD',
      amount: '6.26',
      day: '2026-02-28',
    });
  });

  test('at posting: rows are fixed at the rates of their days, and parts are parts of that', async () => {
    const result = await paid({
      policy: `${RATES}role r { bonus b per sale = sale.amount { pays in 3 monthly parts, pays in USD at posting } }`,
      period: '2026-01..2026-03',
      sales: 's1,2026-01-10,ann,1000\ns2,2026-01-20,ann,1001',
      data: {
        exchange: `currency,into,rate,from,until
          RUB,USD,0.01,2026-01-01,2026-01-15
          RUB,USD,0.0125,2026-01-16,`,
      },
    });
    // 1,000 × 0.01 = 10.00; 1,001 × 0.0125 = 12.5125, 12.51; thirds of 22.51 are 7.50⅓, one cent over: to the first part,
    // which has the cents of 2,001 / 3 = 667 none, so all remainders are equal
    expect(result.statements.map(({ paid: each }) => each)).toEqual([
      [{ currency: 'USD', amount: '7.51' }],
      [{ currency: 'USD', amount: '7.5' }],
      [{ currency: 'USD', amount: '7.5' }],
    ]);
  });

  test('a rate that isn’t there stops the run', async () => {
    const { result, diagnostics } = await tryPolicy({
      head: HEAD,
      policy: `${WORLD}${RATES}role r { bonus b = sales pays in EUR }`,
      people: ANN,
      period: '2026-01',
      data: { sale: `id,day,person,amount\n${monthly(1001)}`, exchange },
    });
    expect(result).toBeUndefined();
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'M3030 table `exchange` has no rate from `RUB` to `EUR` on 2026-01-31',
    ]);
  });

  test('all pay in the person’s currency', async () => {
    const result = await paid({
      head: `${HEAD}\n pays in person.money`,
      policy: `person { money: text }\n${RATES}role r { bonus b = sales\n cap 100 RUB }`,
      people: 'id,name,role,from,until,money\nann,Ann,r,2026-01-01,,USD\nben,Ben,r,2026-01-01,,RUB',
      period: '2026-01',
      sales: monthly(150),
      data: { exchange },
    });
    // 150 × 0.01 = 1.50, less 50 × 0.01: lines are converted one by one
    expect(statementOf(result, 'ann', '2026-01').paid).toEqual([{ currency: 'USD', amount: '1' }]);
    expect(statementOf(result, 'ben', '2026-01').paid).toEqual([{ currency: 'RUB', amount: '0' }]);
  });
});
