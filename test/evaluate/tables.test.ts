// Tables as policies write them, for people and for rows, from both backends; every amount is worked out in the line above it.

import { describe, expect, test } from 'vitest';
import { statementText } from '../../src/browser.ts';
import { rowValues } from './row-values.ts';
import { amounts, roleOf, runOnBoth, statementOf, tryPolicy } from './run-policy.ts';

const TABLES = `
rates ladder marginal { from 0 RUB: 5%, from 50 RUB: 10% on all, above 100 RUB: 20% }
rates share marginal { from 0%: 5%, from 50%: 10% }
rates flat whole { from 0 RUB: 1%, above 100 RUB: 2% }
amounts steps { from 0 RUB until 100 RUB: 10 RUB, above 100 RUB until 300 RUB: 40 RUB }
curve pays linear { below 80%: 0%, 80%: 40%, up to 95%: 50%, 95%: 60%, above: 1% more per full 1% }
curve grade steps { below 80%: bronze, 80%: silver, 120%: gold }
grid payout by part, invoice {
             | from 0 RUB | above 50 RUB | above 100 RUB
  from 0%    | 10%        | 11%          | 12%
  above 15%  | 12%        | 13%          | 14%
}
grid three by area, part, invoice {
                     | from 0 RUB | from 50 RUB
  north, from 0%     | 1%         | 2%
  north, above 20%   | 3%         | 4%
  south, from 10%    | 5%         | 6%
  otherwise          | 7%         | 8%
}
grid word by area, part, invoice {
                   | from 0 RUB | otherwise
  north, from 0%   | low        | negative
  north, above 20% | high       | negative
  south, from 10%  | middle     | negative
  otherwise        | rest       | rest
}
`;

/** What a seller's bonuses pay who sold for the sum, with a quota of 100 RUB. */
async function pays(sold: string, bonuses: Readonly<Record<string, string>>) {
  const lines = Object.entries(bonuses).map(([name, formula]) => `bonus ${name} = ${formula}`);
  const result = await runOnBoth({
    policy: `${TABLES}
person { area: text }
event deal { since 2026-01-01\n id: text key\n day: date posts\n manager: person owner\n amount: money }
kpi revenue = sum(deal.amount)
role seller {
  target revenue 100 RUB
  ${lines.join('\n  ')}
}`,
    people: 'id,name,role,area\nanna,Anna,seller,south',
    period: '2026-01',
    data: { deal: `id,day,manager,amount\n1,2026-01-10,anna,${sold}` },
  });
  const role = roleOf(result, 'anna', '2026-01');
  return {
    paid: amounts(role, '2026-01'),
    role,
    text: statementText(statementOf(result, 'anna', '2026-01'), result),
  };
}

describe('of people', () => {
  test.each([
    ['40', '2'], // 40 × 5 %
    ['50', '5'], // from 50 on 10 % of all
    ['100', '10'], // 100 is still the tier's below
    ['120', '14'], // 10 and 20 × 20 %
    ['-40', '-2'], // a refund takes back at the first rate
  ])('a tier on all, of %s', async (sold, expected) => {
    expect((await pays(sold, { a: 'ladder(revenue)' })).paid).toEqual({ a: expected });
  });

  test('of a part, after a value, and the rate alone', async () => {
    const { paid, text } = await pays('120', {
      // 120 of 200 is 60 %: (50 % × 5 % + 10 % × 10 %) × 200 = 7
      part: 'share(revenue of 200 RUB)',
      // of -200 the ratio is -60 %: -60 % × 5 % × -200 = 6
      negative: 'share(revenue of (0 RUB - 200 RUB))',
      // of 0 there is none
      none: '(share(revenue of (revenue - revenue)) else revenue)',
      // 160: 10 + 60 × 20 % = 22; 40 alone has 40 × 5 % = 2
      after: 'ladder(revenue, after 40 RUB)',
      // 160 × 2 %, less 40 × 1 %
      flat_after: 'flat(revenue, after 40 RUB)',
      rate: '1_000 RUB * ladder.rate(revenue)',
      at_bound: '1_000 RUB * ladder.rate(100 RUB)',
      // 10, and 20 of 200 of 40
      amounts: 'steps(revenue)',
      past: 'steps(5 * revenue)',
    });
    expect(paid).toEqual({
      part: '7',
      negative: '6',
      none: '120',
      after: '20',
      flat_after: '2.8',
      rate: '200',
      at_bound: '100',
      amounts: '14',
      past: '50',
    });
    expect(text).toContain(`
        share(revenue of 200 RUB) = 7.00 RUB
            from 0 %:  100.00 RUB ×  5 % = 5.00 RUB
            from 50 %:  20.00 RUB × 10 % = 2.00 RUB
`);
    expect(text).toContain(`
        ladder(revenue, after 40 RUB) = 20.00 RUB
            from 50.00 RUB, on all: 100.00 RUB × 10 % = 10.00 RUB
            above 100.00 RUB:        60.00 RUB × 20 % = 12.00 RUB
            less 2.00 RUB for the 40.00 RUB before
`);
    expect(text).toContain(`
        steps(revenue) = 14.00 RUB
            from 0.00 RUB:    100.00 RUB of 100.00 RUB × 10.00 RUB = 10.00 RUB
            above 100.00 RUB:  20.00 RUB of 200.00 RUB × 40.00 RUB =  4.00 RUB
`);
  });

  test('a curve that jumps and goes on at a slope, and one of words', async () => {
    // 94 %: 40 % and 14/15 of 10 points; 95 % on 60 %; 97.5 %: 2 full percents more
    const of = async (sold: string) =>
      pays(sold, {
        a: '300 RUB * (pays(revenue of 100 RUB) else 0%)',
        b: '10 RUB when ((grade(revenue of 100 RUB) else bronze) >= silver) otherwise 1 RUB',
        c: '10 RUB when (grade(attainment(revenue) else 0%) is gold) otherwise 2 RUB',
      });
    const below = await of('94');
    expect(below.paid).toEqual({ a: '148', b: '10', c: '2' });
    expect(below.text).toContain('between 80 % (40 %) and just below 95 % (50 %)');
    expect((await of('95')).paid).toEqual({ a: '180', b: '10', c: '2' });
    const above = await of('97.5');
    expect(above.paid).toEqual({ a: '186', b: '10', c: '2' });
    expect(above.text).toContain('1 % more per full 1 % above 95 % (60 %)');
    // 125 %: 60 % and 30 points; 60 % lies below the first points
    expect((await of('125')).paid).toEqual({ a: '270', b: '10', c: '10' });
    expect((await of('60')).paid).toEqual({ a: '0', b: '1', c: '2' });
  });

  test('grids of two and three dimensions', async () => {
    const { paid, text } = await pays('100', {
      // 15 % is still the lower row, 100 the middle column
      a: '1_000 RUB * (payout(revenue of (revenue / 15%), revenue) else 0%)',
      b: '1_000 RUB * payout(16%, revenue + 0.01 RUB)',
      c: '1_000 RUB * payout(0% - 1%, revenue)',
      d: '1_000 RUB * three(person.area, 10%, revenue)',
      // the south begins at 10 %
      e: '1_000 RUB * three(person.area, 9%, revenue)',
      f: '1_000 RUB * three("north", 20%, 49 RUB)',
      g: '1_000 RUB * three("north", 21%, 49 RUB)',
      h: '1_000 RUB * three("west", 21%, 50 RUB)',
    });
    expect(paid).toEqual({ a: '110', b: '140', c: '0', d: '60', e: '0', f: '10', g: '30', h: '80' });
    expect(text).toContain('part from 0 %, invoice above 50.00 RUB');
    expect(text).toContain('area south, part below its first bound, invoice from 50.00 RUB');
    expect(text).toContain('area otherwise, part otherwise, invoice from 50.00 RUB');
    expect(text).toContain('area north, part from 0 %, invoice from 0.00 RUB');
  });
});

test('what has no upper end is in the last tier, and above every bound', async () => {
  const of = (line: string) => ({
    policy: `
rates flat whole { from 0%: 10 RUB, from 120%: 50 RUB }
curve steep linear { below 80%: 0%, 80%: 80%, 100%: 100%, above: 1% more per 1% }
grid payout by done, area { | north | otherwise
  from 0% | 1% | 2%
  from 90% | 3% | 4% }
event claim { since 2026-01-01\n id: text key\n day: date posts\n manager: person owner }
kpi claims lower is better = count(claim)
role seller {
  target claims 4
  ${line}
}`,
    people: 'id,name,role\nanna,Anna,seller',
    period: '2026-01',
  });
  const bonuses =
    'bonus a = flat.rate(attainment(claims) else 0%)\n bonus b = 100 RUB * payout(attainment(claims) else 0%, "south")\n scorecard { claims 100% on steep cap 130% }\n bonus c = 100 RUB * score';
  const { paid } = { paid: amounts(roleOf(await runOnBoth(of(bonuses)), 'anna', '2026-01'), '2026-01') };
  expect(paid).toEqual({ a: '50', b: '4', c: '130' });
  for (const line of [
    'bonus a = flat(attainment(claims) else 0%)',
    'bonus a = 5 RUB * steep(attainment(claims) else 0%)',
  ]) {
    const { diagnostics } = await tryPolicy(of(line));
    expect([line, diagnostics.map((each) => each.code)]).toEqual([line, ['M3001']]);
  }
});

test('of rows', async () => {
  const found = await rowValues({
    more: TABLES,
    fields: 'amount: money\nmargin: money\narea: north | south | west\nearlier: money',
    // 120 RUB with a margin of 30, a quarter; a refund of 40; 60 with 9
    rows: ['120,30,south,40', '-40,-10,north,60', '60,9,west,0'],
    values: {
      // 14 - 2 + 6
      tiers: 'sum(ladder(amount))',
      // 22 - 2; 20 × 5 % - 6; 6
      after: 'sum(ladder(amount, after earlier))',
      // 25 % of 120: 5 % × 30; of -40: 5 % × -10; 15 % of 60: 5 % × 9
      part: 'sum(share(margin of amount) else 0 RUB)',
      // 10 + 20/200 × 40; -40 × 10/100; 6
      amounts: 'sum(steps(amount))',
      // 25 % and 120: 14 %; -10 of -40 is 25 %, and -40 lies below the first bound: 0 %; 15 % and 60: 11 %
      grid: 'sum(amount * (payout(margin of amount, amount) else 0%))',
      // south, 25 %, 120: 6 %; north, 25 %, below: 0 %; west is otherwise: 8 %
      cubes: 'sum(amount * (three(area, margin of amount, amount) else 0%))',
      // south at 25 %; north with a refund; west; the south has none below 10 %
      middle:
        'count(deal where (word(deal.area, deal.margin of deal.amount, deal.amount) else rest) is middle)',
      negative: 'count(deal where (word(deal.area, 20%, deal.amount) else rest) is negative)',
      none: 'count(deal where not (word(deal.area, 9%, deal.amount) exists))',
      gold: 'count(deal where (grade(deal.amount of 100 RUB) else bronze) is gold)',
      silver: 'count(deal where (grade(deal.margin of deal.amount) else silver) >= silver)',
    },
  });
  expect(found).toEqual({
    tiers: '18',
    after: '21',
    part: '1.45',
    amounts: '16',
    grid: '23.4',
    cubes: '12',
    middle: '1',
    negative: '1',
    none: '1',
    gold: '1',
    silver: '0',
  });
});

test('bounds of rows that no decimal writes', async () => {
  const found = await rowValues({
    more: `rates thirds whole { from 0 RUB: 1%, from 100 RUB / 3: 2% }
curve level steps { below 1/3: 10%, 1/3: 20%, 2/3: 40% }
curve climb linear { below 0%: 0%, 0%: 0%, above: 1% more per full 100% / 3 }
`,
    fields: 'amount: money\nmargin: money',
    rows: ['30,10', '33.33,11.10', '33.34,22.23'],
    values: {
      // 33.33 is less than a third of 100: 30 × 1 % + 33.33 × 1 % + 33.34 × 2 %
      amounts: 'sum(thirds(amount))',
      // 10 of 30 is a third: 30 × 20 %; 11.10 of 33.33 is less: × 10 %; 22.23 of 33.34 is more than two: × 40 %
      levels: 'sum(amount * (level(margin of amount) else 0%))',
      // one full third, none, two
      climbs: 'sum(round(climb(margin of amount) to 0.01%) else 0%)',
    },
  });
  expect(found).toEqual({ amounts: '1.3001', levels: '22.669', climbs: '0.03' });
});
