// Corner cases of corrections, worked by hand: rows that count by another date, a ledger that begins in the middle of a
// policy, what is freed by payments, rejected rows, groups, people who leave with parts due.

import { describe, expect, test } from 'vitest';
import {
  closedWith,
  closeMonths,
  correctionsIn,
  type Month,
  openMonth,
  statementIn,
  tryMonth,
} from './small-months.ts';

const head = (holds: string, more = '', name = 'small') =>
  `policy ${name} { currency RUB\n timezone "Europe/Moscow"\n period month\n effective from ${holds}\n ${more} }\n`;
const DEAL = 'event deal { id: text key, day: date posts, person: person owner, amount: money }\n';
const WORLD = `${DEAL}kpi sales = sum(deal.amount)\n`;
const ANN = 'id,name,role,from,until\nann,Ann,r,2026-01-01,';

interface Given extends Partial<Omit<Month, 'period' | 'data'>> {
  readonly deals?: readonly string[];
  readonly data?: Readonly<Record<string, string>>;
}

function month(period: string, { deals = [], data, ...more }: Given): Month {
  return {
    period,
    people: ANN,
    policies: [],
    ...more,
    data: { deal: ['id,day,person,amount', ...deals].join('\n'), ...data },
  };
}

describe('rows of the open month that count for a closed one', () => {
  const policies = [
    `${head('2026-01-01')}event request { id: text key, opened: date posts, closed: date, person: person owner }\n` +
      'kpi done = count(request by closed)\nrole r { bonus b = done * 10 RUB }',
  ];
  const requests = (...rows: readonly string[]) => ({
    request: ['id,opened,closed,person', ...rows].join('\n'),
  });

  test('are looked at one by one', async () => {
    const closed = await closeMonths([
      month('2026-01', { policies, data: requests('q1,2026-01-05,2026-01-06,ann') }),
    ]);
    // q2 and q3 are posted in February; q2 was done in January, by which it counts
    const data = requests(
      'q1,2026-01-05,2026-01-06,ann',
      'q2,2026-02-05,2026-01-31,ann',
      'q3,2026-02-06,2026-02-07,ann',
    );
    const ann = statementIn(await openMonth(month('2026-02', { policies, data }), closed), 'ann');
    expect([correctionsIn(ann), ann.pay]).toEqual([['adjustment of 2026-01: request q2 is new 10'], '20']);
  });
});

test('a few of many rows of the open month that take back from a closed one', async () => {
  const policies = [
    `${head('2026-01-01')}event deal { id: text key, day: date posts, person: person owner, amount: money\n` +
      ' net = amount - (sum(refund.amount of this) else 0 RUB) }\n' +
      'event refund { since 2026-01-01\n id: text key, day: date posts, deal: deal, amount: money }\n' +
      'kpi sales = sum(deal.net)\nrole r { bonus b = sales * 10% }',
  ];
  const january = Array.from({ length: 5 }, (_, at) => `d${at},2026-01-10,ann,1000`);
  const february = Array.from({ length: 300 }, (_, at) => `e${at + 100},2026-02-10,ann,10`);
  const refunds = Array.from({ length: 300 }, (_, at) => `r${at + 100},2026-02-20,e${at + 100},1`);
  refunds[7] = 'r107,2026-02-20,d1,100';
  refunds[250] = 'r350,2026-02-20,d3,50';
  const refund = (rows: readonly string[]) => ({ refund: ['id,day,deal,amount', ...rows].join('\n') });
  const closed = await closeMonths([month('2026-01', { policies, deals: january, data: refund([]) })]);
  const open = month('2026-02', { policies, deals: [...january, ...february], data: refund(refunds) });
  const ann = statementIn(await openMonth(open, closed), 'ann');
  // February: 300 deals of 10, of which 298 are less by 1: 2702; January less by 100 and 50
  expect([correctionsIn(ann), ann.pay]).toEqual([
    ['adjustment of 2026-01: refund r107 is new -10', 'adjustment of 2026-01: refund r350 is new -5'],
    '255.2',
  ]);
});

describe('a ledger that begins in the middle of a policy', () => {
  const policies = [`${head('2026-01-01')}${WORLD}role r { bonus b = sales pays in 3 monthly parts }`];

  test('knows what is due of the months before', async () => {
    const deals = ['d1,2026-01-10,ann,300'];
    const closed = await closeMonths([
      month('2026-02', { policies, deals }),
      month('2026-03', { policies, deals }),
    ]);
    expect(closed.closes.map(({ body }) => body.result.statements[0]!.pay)).toEqual(['100', '100']);
    // January itself isn't in the ledger: of a late deal of it only the parts of February and March are corrected
    const late = [...deals, 'd2,2026-01-20,ann,30', 'd3,2026-04-01,ann,3'];
    const april = statementIn(await openMonth(month('2026-04', { policies, deals: late }), closed), 'ann');
    expect([correctionsIn(april), april.pay]).toEqual([
      ['adjustment of 2026-02: deal d2 is new 10', 'adjustment of 2026-03: deal d2 is new 10'],
      '21',
    ]);
  });

  test('and of an earlier version', async () => {
    const versions = [
      `${head('2026-01-01 until 2026-01-31', '', 'one')}${WORLD}role r { bonus b = sales pays in 3 monthly parts }`,
      `${head('2026-02-01', '', 'two')}${WORLD}role r { bonus c = sales * 1% }`,
    ];
    const deals = ['d1,2026-01-10,ann,300', 'd2,2026-02-10,ann,1000'];
    const closed = await closeMonths([month('2026-02', { policies: versions, deals })]);
    expect(closed.closes[0]!.body.result.statements[0]!.pay).toBe('110');
    const march = await openMonth(month('2026-03', { policies: versions, deals }), closed);
    expect([correctionsIn(statementIn(march, 'ann')), statementIn(march, 'ann').pay]).toEqual([[], '100']);
    // what it says now is of no matter: February goes on from it as it was
    const edited = [versions[0]!.replace('in 3 monthly', 'in 2 monthly'), versions[1]!];
    for (const policies of [edited, versions.slice(1)]) {
      const again = await openMonth(month('2026-03', { policies, deals }), closed);
      expect(again.result.statements).toEqual(march.result.statements);
    }
  });
});

describe('what payments free', () => {
  const data = (...payments: readonly string[]) => ({
    payment: ['id,day,deal,amount', ...payments].join('\n'),
  });
  const events = `${DEAL}event payment { id: text key, day: date posts, deal: deal, amount: money }\n`;
  const bonus = 'role r { bonus b per deal = deal.amount * 10% payable as payment.amount of amount }';
  const deals = ['d1,2026-01-10,ann,1000'];

  test('of a closed month, and of one of an earlier version', async () => {
    const policies = [
      `${head('2026-01-01 until 2026-01-31', '', 'one')}${events}${bonus}`,
      `${head('2026-02-01', '', 'two')}${events}role r { bonus c not prorated = 1 RUB }`,
    ];
    const closed = await closeMonths([
      month('2026-01', { policies, deals, data: data('p1,2026-01-20,d1,400') }),
    ]);
    // January freed 40; a late payment of January frees 10 more, one of February 50
    const now = data('p1,2026-01-20,d1,400', 'p2,2026-01-31,d1,100', 'p3,2026-02-03,d1,500');
    const ann = statementIn(await openMonth(month('2026-02', { policies, deals, data: now }), closed), 'ann');
    expect([correctionsIn(ann), ann.pay]).toEqual([['adjustment of 2026-01: payment p2 is new 10'], '61']);
  });
});

describe('people who leave', () => {
  const policies = [`${head('2026-01-01')}${WORLD}role r { bonus b = sales pays in 3 monthly parts }`];
  const people = 'id,name,role,from,until\nann,Ann,r,2026-01-01,2026-01-31';

  test('with parts due: what was paid too much is set against them', async () => {
    const closed = await closeMonths([
      month('2026-01', { policies, people, deals: ['d1,2026-01-10,ann,300'] }),
    ]);
    const now = { policies, people, deals: ['d1,2026-01-10,ann,150'] };
    // 100 were paid, 50 should have been, and 50 are due in February: all of them are taken
    const february = await openMonth(month('2026-02', now), closed);
    const ann = statementIn(february, 'ann');
    expect([correctionsIn(ann), ann.pay, ann.roles]).toEqual([
      ['adjustment of 2026-01: deal d1 has changed -50'],
      '0',
      [],
    ]);
    const march = statementIn(await openMonth(month('2026-03', now), closedWith(closed, february)), 'ann');
    expect([correctionsIn(march), march.pay]).toEqual([[], '50']);
  });

  test('earlier than was known: what was paid since is taken back', async () => {
    const fixed = [`${head('2026-01-01')}${WORLD}role r { bonus b = 310 RUB }`];
    const closed = await closeMonths([
      month('2026-01', { policies: fixed }),
      month('2026-02', { policies: fixed }),
    ]);
    // she left on January 10: 100 of 310 for January, nothing for February
    const left = people.replace('2026-01-31', '2026-01-10');
    const march = await openMonth(month('2026-03', { policies: fixed, people: left }), closed);
    const ann = statementIn(march, 'ann');
    expect(correctionsIn(ann)).toEqual([
      'adjustment of 2026-01: person ann, r from 2026-01-01 has changed -210',
      'adjustment of 2026-02: person ann, r from 2026-01-01 has changed -310',
      'carried of 2026-03: carried 520',
    ]);
    expect(ann).toMatchObject({ name: 'Ann', pay: '0', roles: [] });
  });
});

test('groups are paid what their people are', async () => {
  const policies = [`${head('2026-01-01', 'report by person.team')}${WORLD}role r { bonus b = sales * 10% }`];
  const people = 'id,name,role,team,from,until\nann,Ann,r,north,2026-01-01,\nben,Ben,r,south,2026-01-01,';
  const closed = await closeMonths([
    month('2026-01', { policies, people, deals: ['d1,2026-01-10,ann,1000'] }),
  ]);
  const deals = ['d1,2026-01-10,ann,1500', 'd2,2026-02-10,ann,100', 'd3,2026-02-10,ben,200'];
  const { result } = await openMonth(month('2026-02', { policies, people, deals }), closed);
  // north: 10 and 50 more for January; south: 20
  expect(result.groups.map(({ value, pay }) => `${value} ${pay}`)).toEqual(['north 60', 'south 20']);
});

describe('rows that can’t be taken', () => {
  const policies = [`${head('2026-01-01')}${WORLD}role r { bonus b = sales * 10% }`];

  test('now, and were when their month was closed, are gone', async () => {
    const deals = ['d1,2026-01-10,ann,1000', 'd2,2026-01-11,ann,10'];
    const closed = await closeMonths([month('2026-01', { policies, deals })]);
    const broken = month('2026-02', {
      policies,
      deals: [deals[0]!, 'd2,2026-01-11,ann,ten'],
      allowRejects: true,
    });
    expect((await tryMonth(broken, closed)).diagnostics.map((each) => each.code)).toEqual(['M3100']);
  });

  test('stop the run, rather than be called gone', async () => {
    const closed = await closeMonths([month('2026-01', { policies, deals: ['d1,2026-01-10,ann,1000'] })]);
    const broken = month('2026-02', { policies, deals: ['d1,2026-01-10,ann,1e3'] });
    const { value, diagnostics } = await tryMonth(broken, closed);
    expect(value).toBeUndefined();
    expect(diagnostics.map((each) => each.code)).toEqual(['M2103']);
  });

  test('beside others that were left out when their month was closed', async () => {
    // d2 and d2 have one key: neither counts, then and now; d3 is new
    const deals = ['d1,2026-01-10,ann,1000', 'd2,2026-01-11,ann,10', 'd2,2026-01-12,ann,20'];
    const closed = await closeMonths([month('2026-01', { policies, deals, allowRejects: true })]);
    const open = month('2026-02', {
      policies,
      deals: [...deals, 'd3,2026-01-13,ann,30'],
      allowRejects: true,
    });
    const ann = statementIn(await openMonth(open, closed), 'ann');
    expect(correctionsIn(ann)).toEqual(['adjustment of 2026-01: deal d3 is new 3']);
    // when one of the two is taken out, the other counts: what is new is that row
    const mended = month('2026-02', { policies, deals: deals.slice(0, 2) });
    expect(correctionsIn(statementIn(await openMonth(mended, closed), 'ann'))).toEqual([
      'adjustment of 2026-01: deal d2 is new 1',
    ]);
  });

  test('stop the run as ever', async () => {
    const closed = await closeMonths([month('2026-01', { policies })]);
    const { value, diagnostics } = await tryMonth(
      month('2026-02', { policies, deals: ['d1,2026-02-10,ann,ten'] }),
      closed,
    );
    expect(value).toBeUndefined();
    expect(diagnostics.map((each) => each.code)).toEqual(['M2103']);
  });
});

test('a later version may read more of the data', async () => {
  const one = `${head('2026-01-01 until 2026-01-31', '', 'one')}${WORLD}role r { bonus b = sales * 10% }`;
  const two =
    head('2026-02-01', 'reopens from 2026-01-01', 'two') +
    'event deal { id: text key, day: date posts, person: person owner, amount: money, kind: new | old }\n' +
    'kpi sales = sum(deal.amount)\nkpi fresh = sum(deal.amount where kind is new)\n' +
    'role r { bonus b = sales * 10% + fresh * 10% }';
  const deals = ['d1,2026-01-10,ann,1000', 'd2,2026-01-12,ann,500'];
  const closed = await closeMonths([month('2026-01', { policies: [one], deals })]);
  const data = { deal: 'id,day,person,amount,kind\nd1,2026-01-10,ann,1000,new\nd2,2026-01-12,ann,500,old' };
  const ann = statementIn(await openMonth(month('2026-02', { policies: [one, two], data }), closed), 'ann');
  // the kind moves nothing by the first version; the second pays 10% of what is new on top
  expect(correctionsIn(ann)).toEqual(['adjustment of 2026-01: role r, bonus b 100']);
});

test('both engines correct alike', async () => {
  const policies = [`${head('2026-01-01')}${WORLD}role r { bonus b = sales * 10% pays in 2 monthly parts }`];
  const course = async (backend: 'memory' | 'duckdb') => {
    const first = month('2026-01', { policies, deals: ['d1,2026-01-10,ann,1000'], backend });
    const closed = await closeMonths([first]);
    const deals = ['d1,2026-01-10,ann,600', 'd2,2026-02-10,ann,400', 'd3,2026-01-31,ann,10.10'];
    const { result } = await openMonth(month('2026-02', { policies, deals, backend }), closed);
    return result.statements;
  };
  expect(await course('duckdb')).toEqual(await course('memory'));
});
