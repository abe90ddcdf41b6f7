// Formulas over other periods of the same person; every expected figure is worked by hand.

import { describe, expect, test } from 'vitest';
import { amounts, kpiOf, roleOf, runOnBoth, runPolicy, type SmallRun, tryPolicy } from './run-policy.ts';

const SALES = `
event deal { since 2026-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money }
kpi revenue = sum(deal.amount)
`;
const HEAD = 'period month\n effective from 2026-01-01';
const DEALS = 'id,day,who,amount';

function small(policy: string, rows: Omit<SmallRun, 'policy'>): SmallRun {
  return { head: HEAD, ...rows, policy: SALES + policy };
}

/** A person's amounts of one bonus, month by month. */
async function monthly(run: SmallRun, person: string, bonus: string): Promise<readonly string[]> {
  const result = await runOnBoth(run);
  return result.periods.flatMap((period) => {
    const statement = result.statements.find((each) => each.person === person && each.period === period);
    return (statement?.roles ?? []).flatMap((role) => amounts(role, period)[bonus] ?? []);
  });
}

describe('previous', () => {
  test('is the result of the month before, missing in the first one', async () => {
    const found = await monthly(
      small('role seller { bonus b not prorated = (previous(revenue) else 7 RUB) }', {
        people: 'id,role,from\nann,seller,2026-01-01',
        period: '2026-01..2026-03',
        data: { deal: `${DEALS}\n1,2026-01-10,ann,100\n2,2026-02-10,ann,50` },
      }),
      'ann',
      'b',
    );
    expect(found).toEqual(['7', '100', '50']);
  });

  test('only days of the role count, and a month without one has nothing before', async () => {
    // seller until 20 January, then head, seller again from 10 March: nothing in February; in April, March
    const run = small(
      'role seller { bonus b not prorated = (previous(revenue) else 7 RUB) }\nrole head { }',
      {
        people:
          'id,role,from,until\nann,seller,2026-01-01,2026-01-20\nann,head,2026-01-21,2026-03-09\nann,seller,2026-03-10,',
        period: '2026-01..2026-04',
        data: { deal: `${DEALS}\n1,2026-01-10,ann,100\n2,2026-01-25,ann,900\n3,2026-03-20,ann,50` },
      },
    );
    expect(await monthly(run, 'ann', 'b')).toEqual(['7', '7', '50']);
  });

  test('who comes back has what the last stay before had', async () => {
    // February: the stay until 5 January and the one from 20 January both count as January; the later one is asked
    const run = small('role seller { bonus b not prorated = (previous(revenue) else 7 RUB) }', {
      people: `id,role,from,until
        ann,seller,2025-12-01,2026-01-05
        ann,seller,2026-01-08,2026-01-15
        ann,seller,2026-02-02,`,
      period: '2026-02',
      data: { deal: `${DEALS}\n1,2026-01-04,ann,100\n2,2026-01-09,ann,30\n3,2026-02-09,ann,5` },
    });
    expect(await monthly(run, 'ann', 'b')).toEqual(['30']);
  });

  test('there is nothing before the policy holds, but windows of measures look there', async () => {
    const run = small(
      'role seller { bonus b not prorated = (previous(revenue) else 7 RUB), bonus w not prorated = (revenue[previous] else 7 RUB) }',
      {
        head: 'period month\n effective from 2026-02-01',
        people: 'id,role,from\nann,seller,2026-01-01',
        period: '2026-02..2026-03',
        data: { deal: `${DEALS}\n1,2026-01-10,ann,100\n2,2026-02-10,ann,50` },
      },
    );
    expect(await monthly(run, 'ann', 'b')).toEqual(['7', '50']);
    expect(await monthly(run, 'ann', 'w')).toEqual(['100', '50']);
  });

  test('a month that begins before the data is complete is missing, for bonuses too', async () => {
    const run: SmallRun = {
      policy: `${SALES.replace('2026-01-01', '2026-01-15')}
role seller { bonus a not prorated = (previous(revenue) else 7 RUB)
  bonus b not prorated = (previous(c) else 9 RUB)
  bonus c = revenue * 10%
  bonus d not prorated = (previous(e) else 9 RUB)
  bonus e not prorated = 3 RUB }`,
      people: 'id,role,from\nann,seller,2025-10-01',
      period: '2026-02..2026-03',
      data: { deal: `${DEALS}\n1,2026-01-20,ann,100\n2,2026-02-10,ann,50` },
    };
    const result = await runOnBoth(run);
    const of = (period: string) => amounts(roleOf(result, 'ann', period), period);
    expect(of('2026-02')).toEqual({ a: '7', b: '9', c: '5', d: '3', e: '3' });
    expect(of('2026-03')).toEqual({ a: '50', b: '5', c: '0', d: '3', e: '3' });
  });

  test('a bonus is seen as it was paid: after gate, cap and rounding; in the same month exact', async () => {
    // c: 100.05 / 3 = 33.35; 100.10 / 3 = 33.3666…, paid 33.37; 900 / 3 = 300, capped at 40
    const run = small(
      `role seller { gate revenue > 10 RUB
        bonus c gated = revenue / 3 cap 40 RUB
        bonus now = c * 300
        bonus then = (previous(c) else 0 RUB) * 300
        bonus twice = (previous(c * 2 + revenue) else 0 RUB) }`,
      {
        people: 'id,role,from\nann,seller,2026-01-01',
        period: '2026-01..2026-04',
        data: { deal: `${DEALS}\n1,2026-01-10,ann,100.10\n2,2026-02-10,ann,900\n3,2026-03-10,ann,9` },
      },
    );
    expect(await monthly(run, 'ann', 'c')).toEqual(['33.37', '40', '0', '0']);
    expect(await monthly(run, 'ann', 'now')).toEqual(['10010', '12000', '0', '0']);
    expect(await monthly(run, 'ann', 'then')).toEqual(['0', '10011', '12000', '0']);
    // 2 * 33.37 + 100.10, 2 * 40 + 900, 0 + 9
    expect(await monthly(run, 'ann', 'twice')).toEqual(['0', '166.84', '980', '9']);
  });

  test('a quarter’s is the quarter before', async () => {
    const run = small('role seller { bonus q per quarter not prorated = (previous(revenue) else 7 RUB) }', {
      people: 'id,role,from\nann,seller,2026-02-01',
      period: '2026-03..2026-06',
      data: { deal: `${DEALS}\n1,2026-02-10,ann,100\n2,2026-03-10,ann,50\n3,2026-05-01,ann,9` },
    });
    const result = await runOnBoth(run);
    expect(amounts(roleOf(result, 'ann', '2026-03'), '2026-03')).toEqual({ 'q 2026-Q1': '7' });
    expect(amounts(roleOf(result, 'ann', '2026-06'), '2026-06')).toEqual({ 'q 2026-Q2': '150' });
  });

  test('groups and the company have a month before too', async () => {
    const run = small(
      'kpi change = revenue - (previous(revenue) else 0 RUB)\nrole seller { bonus b = change[company] * 10% }',
      {
        people: 'id,role,team,from\nann,seller,N,2026-01-01\nben,seller,S,2026-02-01',
        period: '2026-02',
        data: { deal: `${DEALS}\n1,2026-01-10,ann,100\n2,2026-02-10,ann,50\n3,2026-02-11,ben,500` },
      },
    );
    const result = await runOnBoth(run);
    expect(kpiOf(result.company[0]!.kpis, 'change').actual.value).toBe('450');
    // the company's, as ann sees it; ben had no role in January, so there is nothing that he saw then
    expect(amounts(roleOf(result, 'ann', '2026-02'), '2026-02')).toEqual({ b: '45' });
    expect(amounts(roleOf(result, 'ben', '2026-02'), '2026-02')).toEqual({ b: '55' });
  });
});

describe('own past', () => {
  const BALANCE = 'let balance = round((previous(balance) else 0 RUB) * 110% + revenue to 0.01 RUB)\n';

  test('a balance with interest is rounded each month', async () => {
    const run = small(`${BALANCE}role seller { bonus b = balance }`, {
      people: 'id,role,from\nann,seller,2026-01-01',
      period: '2026-01..2026-04',
      data: { deal: `${DEALS}\n1,2026-01-10,ann,0.05\n2,2026-03-10,ann,1` },
    });
    // 0.05; 0.055 is 0.06; 0.066 + 1 = 1.066 is 1.07; 1.177 is 1.18
    expect(await monthly(run, 'ann', 'b')).toEqual(['0.05', '0.06', '1.07', '1.18']);
    expect(await monthly({ ...run, period: '2026-04' }, 'ann', 'b')).toEqual(['1.18']);
  });

  test('a hundred years of months that stand on each other are worked out in their order', async () => {
    const days = Array.from({ length: 1200 }, (_, month) => {
      const at = `${1926 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-10`;
      return `${month},${at},ann,1`;
    });
    const run: SmallRun = {
      head: 'period month\n effective from 1926-01-01',
      policy: `${SALES.replace('2026-01-01', '1926-01-01')}
let counted = round((previous(counted) else 0 RUB) + revenue to 1 RUB)
role seller { bonus b = counted
  bonus paid = revenue + (previous(paid) else 0 RUB)
  bonus up = revenue[to date] - sum(up each earlier month)[to date]
  bonus long = 1 RUB * streak(counted > 0 RUB) }`,
      people: 'id,role,from\nann,seller,1926-01-01',
      period: '2025-12',
      data: { deal: [DEALS, ...days].join('\n') },
    };
    const result = await runPolicy(run);
    expect(amounts(roleOf(result, 'ann', '2025-12'), '2025-12')).toEqual({
      b: '1200',
      paid: '1200',
      up: '1',
      long: '1200',
    });
  });

  test('a look back over more periods than a run takes is refused', async () => {
    const { diagnostics } = await tryPolicy({
      head: 'period day',
      policy: `${SALES.replace('since 2026-01-01', '')}
role seller { bonus b not prorated = (previous(b) else 0 RUB) + revenue }`,
      people: 'id,role,from\nann,seller,',
      period: '2026-01-01',
      data: { deal: DEALS },
    });
    expect(diagnostics.map((each) => each.code)).toEqual(['M3006']);
  });
});

describe('each', () => {
  test('aggregates go over the periods of the window with a day in the role', async () => {
    const kpis = ['average', 'min', 'max', 'median', 'sum']
      .map((name) => `kpi k_${name} = ${name}(revenue each month)`)
      .join('\n');
    const run = small(
      `${kpis}
let good = revenue >= 40 RUB
kpi months = count(good each month)
role seller { bonus b = (k_average[ytd] else 0 RUB) + (k_min[ytd] else 0 RUB) * 1000 + (k_max[ytd] else 0 RUB) + (k_median[ytd] else 0 RUB)
    + k_sum[trailing 2 months] + k_sum[previous 2] + (k_average[previous 2] else 0 RUB)
  bonus m = months[ytd] * 1 RUB }`,
      {
        people: 'id,role,from\nann,seller,2026-01-20',
        period: '2026-04',
        data: {
          deal: `${DEALS}\n0,2026-01-19,ann,999\n1,2026-01-20,ann,10\n2,2026-02-10,ann,40\n3,2026-04-10,ann,50`,
        },
      },
    );
    const result = await runOnBoth(run);
    const { kpis: lines } = roleOf(result, 'ann', '2026-04');
    const actual = (kpi: string) => lines.find((each) => each.kpi === kpi)?.actual.value;
    // January 10 (the days from the 20th), February 40, March 0, April 50
    expect(actual('k_average[ytd]')).toBe('25');
    expect(actual('k_min[ytd]')).toBe('0');
    expect(actual('k_max[ytd]')).toBe('50');
    expect(actual('k_median[ytd]')).toBe('25');
    expect(actual('k_sum[trailing 2 months]')).toBe('50');
    expect(actual('k_sum[previous 2]')).toBe('40');
    expect(actual('k_average[previous 2]')).toBe('20');
    expect(actual('months[ytd]')).toBe('2');
  });

  test('a quarter goes over its months, with the targets of each', async () => {
    // attainment of January 50 %, February 200 %, March 0 %: the average is 250 % / 3
    const run = small(
      'role seller { target revenue 100 RUB\n bonus q per quarter not prorated = 300 RUB * average((attainment(revenue) else 0%) each month) }',
      {
        people: 'id,role,from\nann,seller,2026-01-01',
        period: '2026-03',
        data: { deal: `${DEALS}\n1,2026-01-10,ann,50\n2,2026-02-10,ann,200` },
      },
    );
    const result = await runOnBoth(run);
    expect(amounts(roleOf(result, 'ann', '2026-03'), '2026-03')).toEqual({ 'q 2026-Q1': '250' });
  });

  test('only quarters that have ended count, and bonuses in them as paid', async () => {
    const run = small(
      'role seller { bonus q per quarter = revenue / 3\n bonus b = sum(q each quarter)[ytd] * 300 }',
      {
        people: 'id,role,from\nann,seller,2026-01-01',
        period: '2026-02..2026-07',
        data: { deal: `${DEALS}\n1,2026-01-10,ann,100.10\n2,2026-05-10,ann,3` },
      },
    );
    // the quarter that ends with March is exact there, 100.10 / 3 * 300, and 33.37 * 300 later; June: + 1 * 300
    expect(await monthly(run, 'ann', 'b')).toEqual(['0', '10010', '10011', '10011', '10311', '10311']);
  });

  test('a true-up of one who comes back begins anew, as the year’s sales do', async () => {
    const run = small('role seller { bonus up = revenue[ytd] * 10% - sum(up each earlier month)[ytd] }', {
      people: 'id,role,from,until\nann,seller,2026-01-01,2026-01-31\nann,seller,2026-03-01,',
      period: '2026-01..2026-04',
      data: { deal: `${DEALS}\n1,2026-01-10,ann,100\n2,2026-03-10,ann,50\n3,2026-04-10,ann,20` },
    });
    expect(await monthly(run, 'ann', 'up')).toEqual(['10', '5', '2']);
  });

  test('a window that reaches behind the data is missing', async () => {
    const run: SmallRun = {
      policy: `${SALES.replace('2026-01-01', '2026-02-01')}
role seller { bonus b not prorated = (sum(revenue each month)[trailing 2 months] else 7 RUB) }`,
      people: 'id,role,from\nann,seller,2025-01-01\nben,seller,2026-02-01',
      period: '2026-02..2026-03',
      data: { deal: `${DEALS}\n1,2026-02-10,ann,100\n2,2026-03-10,ann,50\n3,2026-02-10,ben,1` },
    };
    expect(await monthly(run, 'ann', 'b')).toEqual(['7', '150']);
    // not in the role in January: nothing of it is missing
    expect(await monthly(run, 'ben', 'b')).toEqual(['1', '1']);
  });
});

describe('streak', () => {
  test('counts the months in a row, over those with a day in the role', async () => {
    // good in January and February, away in March, good from April, not in June
    const run = small('role seller { bonus b = streak(revenue >= 10 RUB) * 1 RUB }', {
      people: 'id,role,from,until\nann,seller,2026-01-01,2026-02-28\nann,seller,2026-04-15,',
      period: '2026-01..2026-07',
      data: {
        deal: `${DEALS}\n1,2026-01-10,ann,10\n2,2026-02-10,ann,11\n3,2026-04-20,ann,12\n4,2026-05-10,ann,10\n5,2026-06-10,ann,9\n6,2026-07-10,ann,10`,
      },
    });
    expect(await monthly(run, 'ann', 'b')).toEqual(['1', '2', '3', '4', '0', '1']);
    expect(await monthly({ ...run, period: '2026-05' }, 'ann', 'b')).toEqual(['4']);
  });

  test('missing breaks it, and a target that isn’t set is missing', async () => {
    const run = small(
      `person { grade: text }
role seller { target revenue 10 RUB when person.grade is "a"
  bonus b = streak(attainment(revenue) >= 100%) * 1 RUB }`,
      {
        people:
          'id,role,grade,from,until\nann,seller,a,2026-01-01,2026-01-31\nann,seller,b,2026-02-01,2026-02-28\nann,seller,a,2026-03-01,',
        period: '2026-01..2026-03',
        data: { deal: `${DEALS}\n1,2026-01-10,ann,10\n2,2026-02-10,ann,11\n3,2026-03-20,ann,12` },
      },
    );
    expect(await monthly(run, 'ann', 'b')).toEqual(['1', '0', '1']);
  });

  test('quarters count from the one in which the policy begins', async () => {
    const run = small('role seller { bonus b per quarter = streak(revenue >= 10 RUB) * 1 RUB }', {
      head: 'period month\n effective from 2026-02-15',
      people: 'id,role,from\nann,seller,2026-01-01',
      period: '2026-06',
      data: { deal: `${DEALS}\n1,2026-03-10,ann,10\n2,2026-06-10,ann,11` },
    });
    const result = await runOnBoth(run);
    expect(amounts(roleOf(result, 'ann', '2026-06'), '2026-06')).toEqual({ 'b 2026-Q2': '2' });
  });

  test('one that goes back behind the data is missing: it may be longer', async () => {
    const run: SmallRun = {
      policy: `${SALES.replace('2026-01-01', '2026-02-01')}
role seller { bonus b = (streak(revenue >= 10 RUB) else 99) * 1 RUB }`,
      people: 'id,role,from\nann,seller,2025-01-01\nben,seller,2026-02-10',
      period: '2026-02..2026-04',
      data: {
        deal: `${DEALS}\n1,2026-02-10,ann,10\n2,2026-04-10,ann,10\n3,2026-02-10,ben,10\n4,2026-03-10,ben,10`,
      },
    };
    expect(await monthly(run, 'ann', 'b')).toEqual(['99', '0', '1']);
    expect(await monthly(run, 'ben', 'b')).toEqual(['1', '2', '0']);
  });
});

describe('what isn’t read isn’t worked out', () => {
  test('a branch that isn’t taken stays unread in earlier months too', async () => {
    // lower is better: without errors the attainment has no end, and adding to it would stop the run
    const run = small(
      `kpi errors lower is better = count(deal where amount < 0 RUB)
let extra = (attainment(errors) else 0%) + 1% when errors > 0 otherwise 0%
role seller { target errors 2
  bonus b not prorated = 100 RUB * (previous(extra) else 0%) }`,
      {
        people: 'id,role,from\nann,seller,2026-01-01',
        period: '2026-01..2026-03',
        data: { deal: `${DEALS}\n1,2026-02-10,ann,-1` },
      },
    );
    // February: 2 / 1 + 1 % = 201 %
    expect(await monthly(run, 'ann', 'b')).toEqual(['0', '0', '201']);
  });

  test('a fault far back stays with the condition that keeps it from being paid', async () => {
    // without errors d's condition fails in every month, and what it would pay has no end
    const run = small(
      `kpi errors lower is better = count(deal where amount < 0 RUB)
let x = round((previous(x) else 0%) + (attainment(errors) else 0%) to 1%)
role seller { target errors 2
  bonus d not prorated = 100 RUB * x when errors > 0
  bonus c not prorated = (previous(c) else 0 RUB) + d + 1 RUB }`,
      { people: 'id,role,from\nann,seller,2026-01-01', period: '2027-12', data: { deal: DEALS } },
    );
    expect(await monthly(run, 'ann', 'c')).toEqual(['24']);
  });

  test('statements show what was read, in the author’s words', async () => {
    const run = small('role seller { bonus up = revenue[ytd] * 10% - sum(up each earlier month)[ytd] }', {
      people: 'id,role,from\nann,seller,2026-01-01',
      period: '2026-02',
      data: { deal: `${DEALS}\n1,2026-01-10,ann,100\n2,2026-02-10,ann,50` },
    });
    const result = await runOnBoth(run);
    const [line] = roleOf(result, 'ann', '2026-02').lines;
    expect(line!.inputs.map(({ text, value }) => [text, value === 'top' ? value : value.value])).toEqual([
      ['revenue[ytd]', '150'],
      ['sum(up each earlier month)[ytd]', '10'],
    ]);
  });
});
