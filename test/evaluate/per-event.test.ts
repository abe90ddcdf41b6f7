// Bonuses per event: the formula for each row that the person is credited with, from memory and from DuckDB alike.

import { describe, expect, test } from 'vitest';
import type { EventLine, PayLine } from '../../src/model/pay-lines.ts';
import type { Result } from '../../src/model/result.ts';
import { roleOf, runOnBoth, type SmallRun, statementOf, tryPolicy } from './run-policy.ts';

const EVENT = `
  event deal {
    id: text key
    day: date posts
    manager: person owner
    partner: person?
    amount: money
    cost: money?
    status: won | lost | open
    margin = amount - (cost else 0 RUB)
  }
  rates ladder marginal {
    from 0 RUB: 1%
    from 1_000 RUB: 2%
    from 3_000 RUB: 3%
    from 8_000 RUB: 5%
  }
`;
const PEOPLE = 'id,name,role,from\nanna,Anna,seller,2026-01-01\nbert,Bert,seller,2026-01-01';
const deals = (rows: string): Readonly<Record<string, string>> => ({
  deal: `id,day,manager,partner,amount,cost,status\n${rows}`,
});

const run = (small: Pick<SmallRun, 'policy'> & Partial<SmallRun>) =>
  runOnBoth({ period: '2026-01', people: PEOPLE, ...small, policy: EVENT + small.policy });

function line(result: Result, name: string, person = 'anna', period = '2026-01'): PayLine {
  return roleOf(result, person, period).lines.find((each) => each.name === name)!;
}

const rows = (result: Result, name: string, person = 'anna'): readonly EventLine[] =>
  line(result, name, person).perEvent!.rows;

const SIX = deals(`d1,2026-01-05,anna,,200,,won
  d2,2026-01-06,anna,,300,,won
  d3,2026-01-07,anna,,1500,,won
  d4,2026-01-08,anna,,1200,,won
  d5,2026-01-09,anna,,2000,,won
  d6,2026-01-10,anna,,4500,,won`);

describe('each row by itself', () => {
  test('a table starts anew with each, and goes on where the formula says so', async () => {
    const result = await run({
      policy: `role seller {
        bonus each per deal = ladder(deal.amount)
        bonus on per deal = ladder(deal.amount, after before(deal.amount))
        bonus all = ladder(total)
      }
      kpi total = sum(deal.amount)`,
      data: SIX,
    });
    // 2; 3; 10 + 1 % … : 1,000 at 1 % and 500 at 2 % = 20; 10 + 4 = 14; 10 + 20 = 30; 10 + 40 + 45 = 95
    expect(rows(result, 'each').map((each) => each.amount)).toEqual(['2', '3', '20', '14', '30', '95']);
    expect(line(result, 'each').amount).toBe('164');
    // the same 9,700 as one: 10 + 40 + 150 + 85
    expect(line(result, 'all').amount).toBe('285');
    expect(line(result, 'on').amount).toBe('285');
    // up to 200: 2; 500: 5; 2,000: 30; 3,200: 56; 5,200: 116; 9,700: 285
    expect(rows(result, 'on').map((each) => each.amount)).toEqual(['2', '3', '25', '26', '60', '169']);
  });

  test('a row says its key, day, share and values, with the tiers of a table', async () => {
    const result = await run({
      policy: 'role seller { bonus each "Per deal" per deal = ladder(deal.amount) }',
      data: SIX,
    });
    const [, , third] = rows(result, 'each');
    expect(third).toMatchObject({
      key: 'd3',
      row: 4,
      day: '2026-01-07',
      share: '1',
      computed: '20',
      amount: '20',
    });
    expect(third!.inputs.map((each) => each.text)).toEqual(['deal.amount', 'ladder(deal.amount)']);
    expect(third!.inputs[1]!.tiers).toHaveLength(2);
    expect(line(result, 'each').inputs).toEqual([]);
  });

  test('a condition is of the row; what it leaves out is counted', async () => {
    const result = await run({
      policy: `role seller { bonus each per deal = deal.amount * 10% when status is won and deal.amount > 250 RUB }`,
      data: deals(`d1,2026-01-05,anna,,200,,won
        d2,2026-01-06,anna,,300,,won
        d3,2026-01-07,anna,,1500,,lost
        d4,2026-01-08,bert,,700,,won
        d5,2026-02-01,anna,,900,,won`),
    });
    expect(line(result, 'each')).toMatchObject({
      amount: '30',
      perEvent: { event: 'deal', failed: 2, late: 0 },
    });
    expect(line(result, 'each', 'bert').amount).toBe('70');
  });

  test('the first so many count, of those for which the condition holds, by time and then key', async () => {
    const result = await run({
      policy: 'role seller { bonus each per deal = deal.amount when status is won first 2 }',
      data: deals(`z,2026-01-06,anna,,1,,won
        b,2026-01-05,anna,,10,,lost
        c,2026-01-05,anna,,100,,won
        a,2026-01-06,anna,,1000,,won
        e,2026-01-07,anna,,10000,,won`),
    });
    // b is lost; c and a are the first two; z and e come later
    expect(rows(result, 'each').map((each) => each.key)).toEqual(['c', 'a']);
    expect(line(result, 'each')).toMatchObject({ amount: '1100', perEvent: { failed: 1, late: 2 } });
  });

  test('the value adds up over the rows that count; a condition sees all rows before', async () => {
    const result = await run({
      policy: `role seller {
        bonus won per deal = ladder(deal.amount, after before(deal.amount)) when status is won
        bonus late per deal = deal.amount * 1% when before(deal.amount) >= 1_000 RUB
      }`,
      data: deals(`a,2026-01-05,anna,,900,,won
        b,2026-01-06,anna,,5000,,lost
        c,2026-01-07,anna,,200,,won`),
    });
    // 1,100 won: 10 + 2, and not as if the lost 5,000 were below them
    expect(line(result, 'won').amount).toBe('12');
    // before b lie 900, before c 5,900
    expect(rows(result, 'late').map((each) => each.key)).toEqual(['c']);
  });
});

describe('beside what is of the person', () => {
  test('KPIs, score, bonuses and attributes are those of the period', async () => {
    const result = await run({
      policy: `
        person { base: money }
        kpi total = sum(deal.amount)
        role seller {
          target total 1_000 RUB
          scorecard { total 100% }
          bonus share per deal = deal.amount * 10% * score when total >= 1_000 RUB
          bonus part per deal = base_pay * (1 when deal.amount >= 1_000 RUB otherwise 0)
          bonus base_pay not prorated = person.base
        }`,
      people: 'id,name,role,from,base\nanna,Anna,seller,2026-01-01,7\nbert,Bert,seller,2026-01-01,9',
      data: deals('a,2026-01-05,anna,,1500,,won\nb,2026-01-06,anna,,500,,won\nc,2026-01-06,bert,,500,,won'),
    });
    // total 2,000: score 2; 150 × 2 and 50 × 2
    expect(rows(result, 'share').map((each) => each.amount)).toEqual(['300', '100']);
    expect(line(result, 'share').inputs.map((each) => each.text)).toEqual(['score', 'total']);
    expect(line(result, 'share', 'bert').amount).toBe('0');
    expect(rows(result, 'part').map((each) => each.amount)).toEqual(['7', '0']);
  });

  test('the past of the bonus, and the bonuses of others', async () => {
    const result = await run({
      policy: `role seller {
          bonus deals per deal = deal.amount * 1%
          bonus growth = max(0 RUB, deals - (previous(deals) else 0 RUB))
          bonus best = 5 RUB when (rank(deals) else 9) is 1
        }`,
      period: '2026-02',
      data: deals('a,2026-01-05,anna,,100,,won\nb,2026-02-06,anna,,333,,won\nc,2026-02-07,bert,,900,,won'),
    });
    const amounts = (person: string) => roleOf(result, person, '2026-02').lines.map((each) => each.amount);
    // 3.33; 3.33 - 1; not the best. 9; 9 - 0; 5
    expect(amounts('anna')).toEqual(['3.33', '2.33', '0']);
    expect(amounts('bert')).toEqual(['9', '9', '5']);
  });

  test('a gate pays nothing for any row, a cap leaves each its part', async () => {
    const result = await run({
      policy: `kpi total = sum(deal.amount)
        role seller {
          gate total >= 1_000 RUB
          bonus gated_one per deal gated = deal.amount
          bonus capped per deal = deal.amount cap 100 RUB
        }`,
      data: deals('a,2026-01-05,anna,,100,,won\nb,2026-01-06,anna,,200,,won'),
    });
    expect(line(result, 'gated_one')).toMatchObject({ computed: '300', amount: '0' });
    expect(rows(result, 'gated_one').map((each) => each.amount)).toEqual(['0', '0']);
    // 100 and 200 of 300, in 100: 33.33… and 66.66…; the cent goes to the larger remainder
    expect(rows(result, 'capped').map((each) => each.amount)).toEqual(['33.33', '66.67']);
    expect(line(result, 'capped').because).toEqual([{ kind: 'cap', cap: '100' }]);
  });
});

describe('shares', () => {
  const credit =
    'credit deal { to manager 60%\n to partner else manager 40%\n to manager 10% extra also as bonus_part }\n';

  test('before and after rating; lines of one person add up, extra ones stay out', async () => {
    const result = await run({
      policy: `${credit} role seller {
        bonus rated per deal = ladder(deal.amount) * share
        bonus split per deal = ladder(deal.amount * share)
      }`,
      data: deals('a,2026-01-05,anna,bert,10000,,won\nb,2026-01-06,anna,,2000,,won'),
    });
    // ladder(10,000) = 10 + 40 + 150 + 100 = 300; ladder(2,000) = 30
    expect(rows(result, 'rated').map((each) => [each.share, each.amount])).toEqual([
      ['0.6', '180'],
      ['1', '30'],
    ]);
    expect(line(result, 'rated', 'bert').amount).toBe('120');
    // ladder(6,000) = 10 + 40 + 90; ladder(4,000) = 10 + 40 + 30
    expect(rows(result, 'split').map((each) => each.amount)).toEqual(['140', '30']);
    expect(line(result, 'split', 'bert').amount).toBe('80');
  });

  test('rows are of the days of the role, and of nobody outside it', async () => {
    const result = await run({
      policy:
        'role seller { bonus each per deal = deal.amount }\nrole head { bonus each per deal = deal.amount * 2 }',
      people:
        'id,name,role,from,until\nanna,Anna,seller,2026-01-01,2026-01-09\nanna,Anna,head,2026-01-10,2026-01-19',
      data: deals('a,2026-01-09,anna,,1,,won\nb,2026-01-10,anna,,10,,won\nc,2026-01-20,anna,,100,,won'),
    });
    expect(statementOf(result, 'anna', '2026-01').roles.map((each) => each.total)).toEqual(['1', '20']);
  });
});

describe('to the cent', () => {
  test('the line is rounded once, and its rows come to it', async () => {
    const result = await run({
      policy: 'role seller { bonus each per deal = deal.amount * 5% }',
      data: deals(`a,2026-01-05,anna,,0.10,,won
        b,2026-01-06,anna,,0.10,,won
        c,2026-01-07,anna,,0.30,,won
        d,2026-01-08,anna,,-0.10,,won
        e,2026-01-09,anna,,0,,won`),
    });
    // 0.005 + 0.005 + 0.015 - 0.005 + 0 = 0.02. Cut down: 0; 0; 0.01; -0.01; 0: two cents are left over, for remainders
    // of 0.005 in a, b, c, d: the first two in time
    expect(line(result, 'each').amount).toBe('0.02');
    expect(rows(result, 'each').map((each) => each.amount)).toEqual(['0.01', '0.01', '0.01', '-0.01', '0']);
  });

  test('a refund takes back what it earned, through the tiers', async () => {
    const result = await run({
      policy: 'role seller { bonus on per deal = ladder(deal.amount, after before(deal.amount)) }',
      data: deals(`a,2026-01-05,anna,,2000,,won
        b,2026-01-06,anna,,-1500,,won
        c,2026-01-07,anna,,-1000,,won`),
    });
    // 30; ladder(500) - 30 = -25; ladder(-500) - 5 = -10: a tier from 0 goes on below it
    expect(rows(result, 'on').map((each) => each.amount)).toEqual(['30', '-25', '-10']);
    expect(line(result, 'on').amount).toBe('-5');
  });
});

test('fields read through a key, look-ups and people whom a row names', async () => {
  const result = await runOnBoth({
    period: '2026-01',
    policy: `
      person { rate: percent else 0% }
      event client { id: text key\n day: date posts\n owner: person owner\n size: money }
      event deal {
        id: text key
        day: date posts
        manager: person owner
        client: client
        amount: money
      }
      table factor { kind: text key\n rate: percent }
      role seller {
        bonus sizes per deal = (deal.client.size else 0 RUB) * 1%
        bonus owners per deal = deal.amount * (deal.client.owner.rate else 0%)
      }`,
    people: `id,name,role,from,until,rate
      anna,Anna,seller,2026-01-01,2026-01-09,1%
      anna,Anna,seller,2026-01-10,,2%
      bert,Bert,seller,2026-01-01,,5%`,
    data: {
      client: 'id,day,owner,size\nc1,2025-01-01,bert,1000\nc2,2025-01-01,anna,3000',
      deal: 'id,day,manager,client,amount\na,2026-01-05,anna,c1,100\nb,2026-01-05,anna,c2,100\nc,2026-01-12,anna,c2,100',
    },
  });
  // 10 + 30 + 30
  expect(line(result, 'sizes').amount).toBe('70');
  // 5 % of bert, then anna's own 1 % and, from the 10th, 2 %
  expect(rows(result, 'owners').map((each) => each.amount)).toEqual(['5', '1', '2']);
});

describe('a missing rate', () => {
  const small = (when: string): SmallRun => ({
    policy: `
      table exchange { currency: text key\n into: text key\n rate: number\n from: date }
      event deal {
        id: text key
        day: date posts
        manager: person owner
        currency: text
        amount: money in currency
        rub = convert(amount, to RUB, at day)
      }
      role seller { bonus each per deal = deal.rub * 1% ${when} }`,
    people: PEOPLE,
    period: '2026-01',
    data: {
      exchange: 'currency,into,rate,from\nUSD,RUB,80,2026-01-01',
      deal: 'id,day,manager,currency,amount\na,2026-01-05,anna,USD,100\nb,2026-01-06,anna,EUR,100',
    },
  });

  test('stops only who reads it', async () => {
    // 100 USD × 80 × 1 %
    expect(line(await runOnBoth(small('when currency is "USD"')), 'each').amount).toBe('80');
  });

  test.each(['memory', 'duckdb'] as const)('stops the run where a row needs it, from %s', async (backend) => {
    const { result, diagnostics } = await tryPolicy({ ...small(''), backend });
    expect(result).toBeUndefined();
    expect(diagnostics.map((each) => each.code)).toEqual(['M3030']);
  });
});

test('rows of earlier periods are read where a formula looks back at them', async () => {
  const asked = {
    policy: `role seller {
      bonus deals per deal = deal.amount * 1% when status is won
      bonus up = max(0 RUB, deals - (average(deals each earlier month)[trailing 3 months] else 0 RUB))
      bonus quarterly per quarter = sum(deals each month) * 10%
    }`,
    head: 'period month\n effective from 2025-10-01',
    people: 'id,name,role,from\nanna,Anna,seller,2025-10-01',
    period: '2026-01',
    data: deals('a,2025-11-05,anna,,100.55,,won\nb,2025-12-06,anna,,300,,won\nc,2026-01-07,anna,,900,,won'),
  };
  const result = await run(asked);
  // 9 now; 1.01 (rounded) and 3 before: 9 - 2.005 = 6.995
  expect(line(result, 'up')).toMatchObject({ computed: '6.995', amount: '7' });
  // the quarter until December: 10 % of 1.01 + 3
  const december = await run({ ...asked, period: '2025-12' });
  expect(line(december, 'quarterly', 'anna', '2025-12')).toMatchObject({
    period: '2025-Q4',
    computed: '0.401',
  });
});

test('what a floor adds is shared alike among rows, and rows below it stay as they are to the cent', async () => {
  const result = await run({
    policy: 'role seller { bonus each per deal = deal.amount floor 10 RUB }',
    data: deals('a,2026-01-05,anna,,1000,,won\nb,2026-01-06,anna,,-999,,won\nc,2026-02-06,bert,,5,,won'),
  });
  // 1 is raised to 10: 9 more, 4.50 for each
  expect(rows(result, 'each').map((each) => each.amount)).toEqual(['1004.5', '-994.5']);
  // of no rows the floor is nobody's
  expect(line(result, 'each', 'bert')).toMatchObject({ amount: '10', perEvent: { rows: [] } });
});
