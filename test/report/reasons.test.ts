// Why a line of a statement is nothing, or isn't there: said in words for every way in which that comes about.

import { describe, expect, test } from 'vitest';
import { statementText } from '../../src/report/statement.ts';
import { runPolicy, type SmallRun, statementOf } from '../evaluate/run-policy.ts';

const DEALS = `event deal { since 2026-01-01
  id: text key
  day: date posts
  who: person owner
  amount: money }
kpi revenue = sum(deal.amount)
kpi deals = count(deal)
`;
const SINCE_NEW_YEAR = 'id,role,from,until\nann,seller,2026-01-01,';
const ONE_DEAL = 'id,day,who,amount\n1,2026-01-05,ann,100';

/** The statement of ann for January (or the period) over one deal of 100 RUB. */
async function said(policy: string, small: Partial<SmallRun> = {}, period = '2026-01'): Promise<string> {
  const result = await runPolicy({
    policy: DEALS + policy,
    people: SINCE_NEW_YEAR,
    period,
    data: { deal: ONE_DEAL },
    ...small,
  });
  return statementText(statementOf(result, 'ann', period), result);
}

const seller = (lines: string) => `role seller { ${lines} }`;
const NO_DEALS = { data: { deal: 'id,day,who,amount' } };

describe('why a line pays nothing', () => {
  const cases: readonly (readonly [string, string, Partial<SmallRun>, readonly string[]])[] = [
    [
      'a gate',
      seller('gate deals >= 5\n bonus b gated = 10 RUB'),
      {},
      ['failed: deals >= 5', 'deals = 1', '10.00 RUB is not paid, because this gate failed: deals >= 5'],
    ],
    [
      'a gate of the policy itself',
      seller('bonus b gated = 10 RUB'),
      { head: 'period month\n gate deals >= 5' },
      ['failed: deals >= 5', '10.00 RUB is not paid, because this gate failed: deals >= 5'],
    ],
    [
      'a condition',
      seller('bonus b = 10 RUB when deals >= 5'),
      {},
      ['10.00 RUB is not paid, because this does not hold: deals >= 5'],
    ],
    ['a cap', seller('bonus b = 10 RUB cap 0 RUB'), {}, ['10.00 RUB is capped at 0.00 RUB']],
    [
      'a floor under a penalty',
      seller('bonus b = -10 RUB floor 0 RUB'),
      {},
      ['-10.00 RUB is raised to at least 0.00 RUB'],
    ],
    ['nothing to count', seller('bonus b = deals * 10 RUB'), NO_DEALS, ['deals = 0']],
    [
      'below the first tier',
      `rates r whole { from 500 RUB: 5% }\n${seller('bonus b = r(revenue)')}`,
      {},
      ['r(revenue) = 0.00 RUB', 'below its first tier, which begins at 500.00 RUB'],
    ],
    [
      'below the first point of a curve',
      `curve c linear { below 80%: 0%\n 80%: 50%\n 100%: 100%\n above: 100% }
       ${seller('target revenue 1_000 RUB\n bonus b = 10 RUB * c(attainment(revenue) else 0%)')}`,
      {},
      ['c(attainment(revenue) else 0%) = 0 %', 'below 80 %'],
    ],
    [
      'no rows of a bonus per event',
      seller('bonus b per deal = deal.amount * 5%'),
      NO_DEALS,
      ['there is no deal to count'],
    ],
    [
      'no row for which the condition holds',
      seller('bonus b per deal = deal.amount * 5% when deal.amount > 500 RUB'),
      {},
      ['for each deal: 0; 1 for which it does not hold'],
    ],
    [
      'absence',
      seller('target revenue 1_000 RUB\n bonus b = 10 RUB * attainment(revenue)'),
      { absences: 'person,from,until\nann,2026-01-01,2026-01-31' },
      [
        '31 of 31 days, 31 of them absent',
        'nothing is paid, because nothing is expected of who is away all the time',
      ],
    ],
    [
      'who has left',
      seller('bonus b = 10 RUB while employed'),
      { people: 'id,role,from,until\nann,seller,2026-01-01,2026-01-20' },
      ['because it is for who is still there on the last day'],
    ],
    [
      'paid later',
      seller('bonus b = 10 RUB pays 1 month later'),
      {},
      ['10.00 RUB is earned: 0.00 RUB now, 10.00 RUB in 2026-02'],
    ],
    [
      'held back',
      seller('bonus b = 10 RUB holds 100% for 3 months'),
      {},
      ['10.00 RUB held back until 2026-04'],
    ],
    [
      'an empty pool',
      `pool gift = 10% * revenue[company] { to seller shared equally }\n${seller('bonus b = gift')}`,
      NO_DEALS,
      ['gift = 0.00 RUB', 'no part, because the pool has nothing to share: 0.00 RUB in 2026-01'],
    ],
    [
      'a share of 0',
      `pool gift = 100 RUB { to seller shared by revenue }\n${seller('bonus b = gift')}`,
      NO_DEALS,
      ['no part of 100.00 RUB in 2026-01, because it is shared by revenue, which is 0.00 RUB here'],
    ],
    [
      'a pool for others',
      `pool gift = 100 RUB { to boss shared equally }\nrole boss { }\n${seller('bonus b = gift')}`,
      {},
      ['no part of 100.00 RUB in 2026-01, because it is not for this role'],
    ],
    [
      'payments that haven’t come in',
      `event payment { id: text key\n day: date posts\n of_deal: deal\n amount: money }
       ${seller('bonus b per deal = deal.amount * 10% payable as payment.amount of amount')}`,
      {},
      [
        '10.00 RUB is earned, of which 0.00 RUB is payable now',
        '1: 0 % of it is payable so far, 0.00 RUB now',
      ],
    ],
    [
      'lost on leaving',
      seller('bonus b = 10 RUB pays 1 month later forfeited on leaving'),
      { people: 'id,role,from,until\nann,seller,2026-01-01,2026-01-20' },
      ['which is lost as the person has left'],
    ],
    [
      'what counts of the period',
      `calendar office { work monday to friday 09:00 to 18:00 }
       role seller { prorate by working days\n bonus b = 10 RUB }`,
      { people: 'id,role,from,until\nann,seller,2026-01-31,' },
      ['for 0 of 22 working days: 0.00 RUB'],
    ],
  ];
  test.each(cases)('%s', async (_, policy, small, texts) => {
    const text = await said(policy, small);
    for (const each of texts) expect(text).toContain(each);
  });
});
