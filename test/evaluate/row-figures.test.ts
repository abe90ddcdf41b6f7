// Figures of rows: words in their order, dates, roundings and tables, worked out by both backends. Expected values are
// worked by hand beside each.

import { describe, expect, test } from 'vitest';
import { rowValues, rowValuesRun } from './row-values.ts';
import { runOnBoth, tryPolicy } from './run-policy.ts';

describe('words of ordered lists', () => {
  const fields = 'tier: bronze < silver < gold\nbest: bronze < silver < gold?';
  const rows = ['bronze,', 'silver,gold', 'gold,silver'];
  test('compare and step', async () => {
    const values = {
      from_silver: 'count(deal where tier >= silver)', // silver, gold
      below_best: 'count(deal where best exists and tier < best)', // silver < gold
      up_gold: 'count(deal where tier up 1 is gold)', // silver, and gold that stays
      down_bronze: 'count(deal where (tier down 2) is bronze)', // all three
      is_gold: 'count(deal where tier is gold)',
    };
    expect(await rowValues({ fields, rows, values })).toEqual({
      from_silver: '2',
      below_best: '1',
      up_gold: '2',
      down_bronze: '3',
      is_gold: '1',
    });
  });
});

describe('dates', () => {
  test('move by days and by months', async () => {
    const fields = 'ends: date?\nat: datetime?';
    const rows = ['2026-01-31,2026-01-31 10:00', '2024-02-29,', ','];
    const values = {
      days: 'count(deal where ends exists and ends + 1 day is 2026-02-01)',
      back: 'count(deal where ends exists and ends - 31 days is 2025-12-31)',
      month: 'count(deal where ends exists and ends + 1 month is 2026-02-28)', // January 31
      year: 'count(deal where ends exists and ends + 1 year is 2025-02-28)', // February 29
      quarter: 'count(deal where ends exists and ends - 1 quarter is 2025-10-31)',
      hours: 'sum(((at + 36 hours) - at) else 0 hours)', // 36 hours are 129600 seconds, once
    };
    expect(await rowValues({ fields, rows, values })).toEqual({
      days: '1',
      back: '1',
      month: '1',
      year: '1',
      quarter: '1',
      hours: '129600',
    });
  });

  test('local time stays the same through a change of clocks', async () => {
    // in Berlin clocks go from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on 2026-10-25
    const fields = 'at: datetime';
    const rows = [
      '2026-02-28 10:00', // to March 28: 28 days of 24 hours
      '2026-02-27 10:00', // to March 27 in winter too
      '2026-03-28 12:00', // to April 28: 31 days less an hour
      '2026-02-28 02:30:00.5',
    ];
    const values = {
      seconds: 'sum((at + 1 month) - at)',
      gap: 'max((at + 29 days) - at)',
    };
    // 28 days, 28 days, 31 days less an hour, 28 days: 115 days less an hour is 9932400 seconds
    expect(await rowValues({ fields, rows, values, zone: 'Europe/Berlin' })).toEqual({
      seconds: '9932400',
      gap: '2505600',
    });
  });

  test('a time that clocks skip is the first one after, one that they show twice the earlier', async () => {
    const fields = 'at: datetime';
    const once = await rowValues({
      fields,
      rows: ['2026-09-25 02:30'],
      values: { autumn: 'sum((at + 1 month) - at)' },
      zone: 'Europe/Berlin',
    });
    // 30 days from September 25 02:30 to October 25 02:30 of the first pass, in summer time still
    expect(once).toEqual({ autumn: '2592000' });
    // January 29 02:30 and two months: March 29 02:30 is skipped, so 03:00 summer time, 01:00 UTC;
    // January 29 02:30 is 01:30 UTC: 59 days (5097600) less half an hour is 5095800
    const skipped = await rowValues({
      fields,
      rows: ['2026-01-29 02:30:00.25'],
      values: { spring: 'sum((at + 2 months) - at)' },
      zone: 'Europe/Berlin',
    });
    // the quarter of a second isn't kept: the first moment after is meant
    expect(skipped).toEqual({ spring: '5095799.75' });
  });
});

describe('periods', () => {
  test('are keys of tables, and the one that is worked out', async () => {
    const result = await runOnBoth({
      policy: `table quota {
  period: period key
  amount: money
}
role seller {
  bonus agreed = (quota[period].amount else 0 RUB) when period >= 2026-02 and period is not 2026-03
}`,
      people: 'id,name,role\nanna,Anna,seller',
      period: '2026-01..2026-04',
      data: { quota: 'period,amount\n2026-01,10\n2026-02,20\n2026-03,30\n2026-Q1,60' },
    });
    const paid = result.statements.map((each) => each.pay);
    expect(paid).toEqual(['0', '20', '0', '0']);
  });

  test.each(['memory', 'duckdb'] as const)('that do not exist are rejected by %s', async (backend) => {
    const rows = [
      '2026-13',
      '2026-Q5',
      '2026-W54',
      '2025-W53',
      '0000-01',
      '2026-02-29',
      'January',
      ' 2026-01 ',
    ];
    const run = rowValuesRun({ fields: 'month: period', rows, values: { all: 'count(deal)' } });
    const { diagnostics } = await tryPolicy({ ...run, backend });
    expect(diagnostics.filter((each) => each.code === 'M2123').map((each) => each.data?.row)).toEqual([
      2, 3, 4, 5, 6, 7, 8,
    ]);
  });

  test('cells are read and compared', async () => {
    const fields = 'month: period?';
    const rows = ['2026-01', '2026-Q1', '2026-W01', '2025-12', '2026', '2026-01-31', ''];
    const values = {
      same: 'count(deal where month exists and month is 2026-01)',
      // first days 2026-01-01, 2026-01-01, 2025-12-29, 2025-12-01, 2026-01-01, 2026-01-31
      from: 'count(deal where month exists and month >= 2026-01)',
      before: 'count(deal where month exists and month < 2026-01)',
    };
    expect(await rowValues({ fields, rows, values })).toEqual({ same: '1', from: '4', before: '2' });
  });
});

describe('rounding', () => {
  const fields = 'amount: money\nrate: number?';
  test('ties, signs and modes', async () => {
    const rows = ['2.5,', '-2.5,', '3.5,', '-3.5,', '0.4,', '-0.4,'];
    const values = {
      up: 'sum(round(amount to 1 RUB))', // 3 - 3 + 4 - 4 + 0 - 0
      squares: 'sum(abs(round(amount to 1 RUB)))', // 3 + 3 + 4 + 4
      even: 'sum(abs(round(amount to 1 RUB half even)))', // 2 + 2 + 4 + 4
      down: 'sum(abs(round(amount to 1 RUB down)))', // 2 + 2 + 3 + 3
      low: 'sum(floor(amount to 1 RUB))', // 2 - 3 + 3 - 4 + 0 - 1
      high: 'sum(ceil(amount to 1 RUB))', // 3 - 2 + 4 - 3 + 1 - 0
      steps: 'sum(abs(round(amount to 0.25 RUB)))', // 2.5 * 2 + 3.5 * 2 + 0.5 * 2
    };
    expect(await rowValues({ fields, rows, values })).toEqual({
      up: '0',
      squares: '14',
      even: '12',
      down: '10',
      low: '-3',
      high: '3',
      steps: '13',
    });
  });

  test('a division is exact until it is rounded', async () => {
    const rows = ['1,3', '10,7', '5,0', '-10,7', '1,-3', '1,'];
    const values = {
      // 0.33, 1.43, missing, -1.43, -0.33, missing
      cents: 'sum((round(amount / (rate else 0) to 0.01 RUB)) else 0 RUB)',
      // a third three times is one
      thirds: 'sum((floor((amount / (rate else 0)) * (rate else 0) to 1 RUB)) else 0 RUB)', // 1 + 10 - 10 + 1
      missing: 'count(deal where not (round(amount / (rate else 0) to 0.01 RUB) exists))',
      // of 1/3, 10/7, missing, -10/7, -1/3, missing, one is above a third and a half
      over: 'sum(round((amount when (amount / (rate else 0)) > 0.5 RUB otherwise 0 RUB) to 1 RUB) else 0 RUB)',
    };
    expect(await rowValues({ fields, rows, values })).toEqual({
      cents: '0',
      thirds: '2',
      missing: '2',
      over: '10',
    });
  });
});

describe('tables', () => {
  const more = `
rates ladder marginal {
  from 0 RUB: 3%
  from 100 RUB: 5%
  above 200 RUB: 7%
}
rates flat whole {
  from 10%: 1%
  from 50%: 2%
}
curve standard linear {
  below 80%: 0%
  80%: 50%
  100%: 100%
  130%: 175%
  above: 160%
}
`;
  const fields = 'amount: money\ncost: money\nshare: percent?\nqty: number\ntier: bronze < silver < gold';
  test('rates and curves of rows', async () => {
    const rows = [
      '100,50,80%,0,bronze',
      '200,100,95%,1,silver',
      '300,300,130%,4,gold',
      '-100,-50,131%,5,gold',
      '0,10,,9,gold',
    ];
    const values = {
      // 3; 3 + 5; 3 + 5 + 7; -3; 0
      amounts: 'sum(ladder(amount))',
      // 5% at 100, 5% at 200, 7%, 3% below, 3% at 0
      rates: 'sum(ladder.rate(amount))',
      // cost of amount: 50% of 100: 2% * 50; 50% of 200: 2% * 100; 100% of 300: 2% * 300; 50% of -100: 2% * -50; missing
      parts: 'sum(flat(cost of amount) else 0 RUB)',
      // 8 - 3 at 100 more; 300 after 100: 3 + 5 + 14 - 3; ...
      after: 'sum(ladder(amount, after 100 RUB))',
      // 50%, 87.5%, 175%, 160%
      scores: 'sum(standard(share) else 0%)',
    };
    // amounts: 3 + 8 + 15 - 3 + 0 = 23; rates: 5% + 5% + 7% + 3% + 3% = 23%
    // parts: 1 + 2 + 6 - 1 = 8
    // after: ladder(200) - 3 = 5; ladder(300) - 3 = 12; ladder(400) - 3 = 19; ladder(0) - 3 = -3; 0: 33
    // scores: 50 + 87.5 + 175 + 160 = 472.5%
    expect(await rowValues({ fields, rows, values, more })).toEqual({
      amounts: '23',
      rates: '0.23',
      parts: '8',
      after: '33',
      scores: '4.725',
    });
  });

  test('a curve in steps gives words', async () => {
    const values = {
      // below 1 bronze, from 1 silver, from 5 gold
      gold: 'count(deal where word(qty) is gold)',
      reached: 'count(deal where word(qty) >= tier)',
    };
    const words = 'curve word steps {\n below 1: bronze\n 1: silver\n 5: gold\n}';
    const rows = ['1,1,,0,bronze', '1,1,,1,silver', '1,1,,4,gold', '1,1,,5,gold', '1,1,,9,gold'];
    expect(await rowValues({ fields, rows, values, more: words })).toEqual({ gold: '2', reached: '4' });
  });

  test('a grid by bounds, by words, and of a ratio', async () => {
    const grids = `
grid payout by margin, size {
             | from 0 RUB | above 50 RUB
  from 0%    | 1%         | 2%
  above 15%  | 3%         | 4%
}
grid by_tier by count, tier {
            | bronze | otherwise
  from 0    | 5      | 7
}
`;
    const rows = [
      '100,20,,1,bronze', // 20% of 100: 4%; 5
      '50,5,,1,gold', // 10% of 50: 1%; 7
      '0,5,,1,gold', // missing; 7
      '-100,-20,,-1,gold', // 20%, of less than 0: 0; 0
      '60,9,,1,silver', // just 15%: 2%; 7
    ];
    const values = {
      paid: 'sum(payout(cost of deal.amount, amount) else 0%)',
      bronze: 'sum(by_tier(qty, tier))',
    };
    // 4% + 1% + 0 + 0 + 2%; 5 + 7 + 7 + 0 + 7
    expect(await rowValues({ fields, rows, values, more: grids })).toEqual({ paid: '0.07', bronze: '26' });
  });

  test('a slope that no decimal writes is refused, and exact within a rounding', async () => {
    const curve = 'curve thirds linear {\n below 0: 0%\n 0: 0%\n 3: 100%\n above: 100%\n}';
    const rows = ['1,3,,1,gold', '1,3,,2,gold', '1,3,,7,gold'];
    const values = {
      // 33.33% + 66.67% + 100%
      cents: 'sum(round(thirds(qty) to 0.01%))',
      // a third three times: 1 + 2 + 3
      whole: 'sum(floor(thirds(qty) * 3 to 1))',
      // 1/3 of 3 rows: 1/9, three times
      parts: 'sum(round(thirds(amount of cost) else 0% to 0.0001))'.replace(
        'thirds(amount of cost) else 0%',
        '(thirds(amount of cost) else 0%)',
      ),
    };
    expect(await rowValues({ fields, rows, values, more: curve })).toEqual({
      cents: '2',
      whole: '6',
      parts: '0.3333',
    });
  });
});
