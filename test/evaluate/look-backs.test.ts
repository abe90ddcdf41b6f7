// Computed fields that look at other rows: what refers to a row, what shares a key with it, within a time or in all
// history. Every policy runs on both backends.

import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { kpiOf, roleOf, runOnBoth } from './run-policy.ts';

const PEOPLE = `id,name,role,from
  anna,Anna,seller,2024-01-01`;

const actual = (result: Result, kpi: string): string | null =>
  kpiOf(roleOf(result, 'anna', '2026-01').kpis, kpi).actual.value;

/** A role whose statement shows these KPIs, the targets being of no interest. */
function shown(...targets: readonly string[]): string {
  return `role seller {\n${targets.map((each) => `target ${each}`).join('\n')}\n}`;
}

describe('of this', () => {
  test('rows that refer to it, whenever they are posted', async () => {
    const result = await runOnBoth({
      people: PEOPLE,
      period: '2026-01',
      policy: `
        event deal {
          since 2025-01-01
          id: text key
          day: date posts
          who: person owner
          amount: money
          returned = sum(refund.amount of this)
          large    = sum(refund.amount of this where amount >= 10 RUB)
          refunds  = count(refund of this)
          is_clean = not exists(refund of this)
          kept     = amount - returned
          reasons  = count(distinct refund.reason of this)
        }
        event refund {
          since 2025-01-01
          id: text key
          day: date posts
          deal: deal
          amount: money
          reason: text
        }
        kpi kept = sum(deal.kept)
        kpi large = sum(deal.large)
        kpi refunds = sum(deal.refunds)
        kpi clean = count(deal where is_clean)
        kpi reasons = sum(deal.reasons)
        ${shown('kept 1 RUB', 'large 1 RUB', 'refunds 1', 'clean 1', 'reasons 1')}
      `,
      data: {
        deal: `id,day,who,amount
          d1,2026-01-05,anna,100
          d2,2026-01-31,anna,50
          d3,2026-01-31,anna,7
          d4,2025-12-31,anna,1000`,
        // two refunds of d1, one after the period; one of d4, which is of another period; one of no deal; one too early
        refund: `id,day,deal,amount,reason
          r1,2026-01-06,d1,9.50,late
          r2,2026-03-01,d1,10,late
          r3,2026-01-07,d4,500,late
          r4,2026-01-08,d9,1,broken
          r5,2024-12-31,d2,3,broken
          r6,2026-02-01,d2,20,broken`,
      },
    });
    expect(actual(result, 'kept')).toBe('117.5'); // 100 - 19.50 + 50 - 20 + 7
    expect(actual(result, 'large')).toBe('30'); // 10 of d1, 20 of d2
    expect(actual(result, 'refunds')).toBe('3'); // 2 + 1 + 0
    expect(actual(result, 'clean')).toBe('1'); // d3
    expect(actual(result, 'reasons')).toBe('2'); // late, broken
  });

  test('reads computed fields of the other event, which read their own', async () => {
    const result = await runOnBoth({
      people: PEOPLE,
      period: '2026-01',
      policy: `
        event deal {
          id: text key
          day: date posts
          who: person owner
          amount: money
          fee  = amount * 10%
          paid = sum(payment.net of this)
          rest = amount - paid
        }
        event payment {
          since 2025-01-01
          id: text key
          day: date posts
          deal: deal
          amount: money
          of_deal = deal.rest exists
          net = amount - (deal.fee else 0 RUB)
        }
        kpi rest = sum(deal.rest where rest exists)
        ${shown('rest 1 RUB')}
      `.replace('          of_deal = deal.rest exists\n', ''),
      data: {
        deal: 'id,day,who,amount\nd1,2026-01-05,anna,100\nd2,2026-01-06,anna,10',
        payment: 'id,day,deal,amount\np1,2026-01-06,d1,60\np2,2026-01-07,d1,30\np3,2026-01-07,d8,5',
      },
    });
    // d1: 100 - (60 - 10) - (30 - 10) = 30; d2: 10
    expect(actual(result, 'rest')).toBe('40');
  });
});

describe('within a time', () => {
  const policy = (within: string, posts: string): string => `
    event call {
      since 2025-01-01
      id: text key
      at: ${posts} posts
      client: text
    }
    event request {
      since 2025-06-01
      id: text key
      day: date posts
      who: person owner
      client: text
      opened: datetime
      called = count(call of client within ${within})
    }
    kpi called = sum(request.called where called exists)
    kpi unknown = count(request where not (called exists))
    ${shown('called 1', 'unknown 1')}
  `;
  const calls = (times: readonly string[]): string =>
    ['id,at,client', ...times.map((time, at) => `c${at},${time},A`), 'x,2026-01-10,B'].join('\n');
  const ask = async (within: string, posts: 'date' | 'datetime', times: readonly string[]) => {
    const result = await runOnBoth({
      people: PEOPLE,
      period: '2026-01',
      policy: policy(within, posts),
      data: {
        request: 'id,day,who,client,opened\nr1,2026-01-31,anna,A,2026-01-10 12:00',
        call: calls(times),
      },
    });
    return [actual(result, 'called'), actual(result, 'unknown')];
  };

  test.each([
    // both ends are included, by days where either side is a date
    ['2 days after opened', 'date', ['2026-01-09', '2026-01-10', '2026-01-12', '2026-01-13'], '2'],
    ['2 days before opened', 'date', ['2026-01-07', '2026-01-08', '2026-01-10', '2026-01-11'], '2'],
    // by moments where both are
    [
      '2 days after opened',
      'datetime',
      ['2026-01-10 11:59:59', '2026-01-10 12:00', '2026-01-12 12:00', '2026-01-12 12:00:01'],
      '2',
    ],
    [
      '90 minutes before opened',
      'datetime',
      ['2026-01-10 10:29:59', '2026-01-10 10:30', '2026-01-10 12:00', '2026-01-10 12:01'],
      '2',
    ],
    [
      '2 days after day',
      'datetime',
      ['2026-01-30 23:59', '2026-01-31 00:00', '2026-02-02 23:59', '2026-02-03 00:00'],
      '2',
    ],
    // a month ends on the same day, or the month’s last
    ['1 month after day', 'date', ['2026-01-30', '2026-01-31', '2026-02-28', '2026-03-01'], '2'],
    ['2 months before day', 'date', ['2025-11-29', '2025-11-30', '2026-01-31', '2026-02-01'], '2'],
    ['1 quarter after day', 'datetime', ['2026-04-30 23:59', '2026-05-01 00:00'], '1'],
    ['0 days after day', 'date', ['2026-01-30', '2026-01-31', '2026-02-01'], '1'],
  ] as const)('%s, of a %s', async (within, posts, times, count) => {
    expect(await ask(within, posts, times)).toEqual([count, '0']);
  });

  test('months by moments end at the same local time', async () => {
    // in Moscow there is no clock change; the last moment of the month still counts
    const times = ['2026-02-10 12:00', '2026-02-10 12:00:01'];
    expect(await ask('1 month after opened', 'datetime', times)).toEqual(['1', '0']);
  });

  test('what reaches behind the beginning of the data is missing, not zero', async () => {
    // a year before 10 January 2026 is 10 January 2025, when calls are complete; 13 months before is not
    expect(await ask('1 year before opened', 'date', ['2025-01-10'])).toEqual(['1', '0']);
    expect(await ask('13 months before opened', 'date', ['2025-01-10'])).toEqual(['0', '1']);
  });
});

describe('over the same event', () => {
  test('the row itself is left out; lifetime value, first and last', async () => {
    const result = await runOnBoth({
      people: PEOPLE,
      period: '2026-01',
      policy: `
        event deal {
          since 2025-01-01
          id: text key
          day: date posts
          who: person owner
          client: text?
          amount: money
          is_won: truth
          others   = sum(deal.amount of client)
          won      = sum(deal.amount of client where is_won)
          lifetime = amount + (others else 0 RUB)
          before   = count(deal of client within 30 days before day)
          largest  = max(deal.amount of client)
          middle   = median(deal.amount of client)
          earliest = first(deal.id of client)
          latest   = last(deal.id of client)
        }
        kpi lifetime = sum(deal.lifetime)
        kpi won = sum(deal.won where won exists)
        kpi before = sum(deal.before where before exists)
        kpi largest = sum(deal.largest where largest exists)
        kpi middle = sum(deal.middle where middle exists)
        kpi earliest = count(deal where (earliest else "none") is "d0")
        kpi latest = count(deal where (latest else "none") is "d3")
        ${shown('lifetime 1 RUB', 'won 1 RUB', 'before 1', 'largest 1 RUB', 'middle 1 RUB', 'earliest 1', 'latest 1')}
      `,
      data: {
        deal: `id,day,who,client,amount,is_won
          d0,2025-12-05,anna,A,1,yes
          d1,2026-01-04,anna,A,10,no
          d2,2026-01-05,anna,A,100,yes
          d3,2026-01-05,anna,A,1000,no
          d4,2026-01-06,anna,B,5,yes
          d5,2026-01-07,anna,,6,yes`,
      },
    });
    // d1, d2, d3 of client A each have 1111 in all; d4 has 5 and no others; d5 has no client
    expect(actual(result, 'lifetime')).toBe('3344'); // 3 * 1111 + 5 + 6
    expect(actual(result, 'won')).toBe('203'); // d1: 1 + 100, d2: 1, d3: 1 + 100, d4: 0
    // d1: d0 thirty days ago; d2 and d3: d1, and each other on one day (d0 is 31 days ago)
    expect(actual(result, 'before')).toBe('5'); // 1 + 2 + 2 + 0
    expect(actual(result, 'largest')).toBe('2100'); // 1000 + 1000 + 100
    expect(actual(result, 'middle')).toBe('120'); // of 1, 100, 1000: 100; of 1, 10, 1000: 10; of 1, 10, 100: 10
    expect(actual(result, 'earliest')).toBe('3');
    expect(actual(result, 'latest')).toBe('2'); // of d1 and d2; the last besides d3 is d2
  });

  test('an average says its rounding', async () => {
    const result = await runOnBoth({
      people: PEOPLE,
      period: '2026-01',
      policy: `
        event deal {
          since 2025-01-01
          id: text key
          day: date posts
          who: person owner
          client: text
          amount: money
          mean = round(average(deal.amount of client) to 0.01)
        }
        kpi mean = sum(deal.mean where mean exists)
        ${shown('mean 1 RUB')}
      `,
      data: {
        deal: `id,day,who,client,amount
          d1,2026-01-04,anna,A,10
          d2,2026-01-05,anna,A,100
          d3,2026-01-05,anna,A,1000
          d4,2026-01-05,anna,A,1001
          d5,2026-01-06,anna,B,5`,
      },
    });
    // of the three others: 2101 / 3 = 700.33, 2011 / 3 = 670.33, 1111 / 3 = 370.33, 1110 / 3 = 370; of none: missing
    expect(actual(result, 'mean')).toBe('2110.99');
  });

  test('a conversion within thirty days of the same client', async () => {
    const result = await runOnBoth({
      people: PEOPLE,
      period: '2026-01',
      policy: `
        event visit {
          since 2025-01-01
          id: text key
          day: date posts
          who: person owner
          client: text
          sold = exists(deal of client within 30 days after day where is_won) else false
        }
        event deal {
          since 2025-01-01
          id: text key
          day: date posts
          client: text
          status: won | lost
          is_won = status is won
        }
        kpi conversion = count(visit where sold) / count(visit)
        ${shown('conversion 50%')}
      `,
      data: {
        visit:
          'id,day,who,client\nv1,2026-01-02,anna,A\nv2,2026-01-02,anna,B\nv3,2026-01-02,anna,C\nv4,2026-01-02,anna,D',
        // A on the thirtieth day, B a day late, C lost, D before the visit
        deal: 'id,day,client,status\nd1,2026-02-01,A,won\nd2,2026-02-02,B,won\nd3,2026-01-03,C,lost\nd4,2026-01-01,D,won',
      },
    });
    expect(actual(result, 'conversion')).toBe('0.25');
  });
});
