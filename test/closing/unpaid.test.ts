// What is taken back, from what and when: parts that aren't paid yet first, then pay, of which never more than there is and
// what the policy lets; the rest is owed. Each case worked by hand.

import { describe, expect, test } from 'vitest';
import {
  closedWith,
  closeMonths,
  correctionsIn,
  type Month,
  openMonth,
  statementIn,
} from './small-months.ts';

const WORLD =
  'event deal { id: text key, day: date posts, person: person owner, amount: money }\n' +
  'event hour { id: text key, day: date posts, person: person owner, count: number }\n' +
  'kpi sales = sum(deal.amount)\nkpi hours = sum(hour.count)\n';
const ANN = 'id,name,role,from,until\nann,Ann,r,2026-01-01,';

interface Data {
  readonly deals?: readonly string[];
  readonly hours?: readonly string[];
  readonly people?: string;
  readonly more?: string;
}

function months(policy: string) {
  return (period: string, { deals = [], hours = [], people = ANN, more = '' }: Data): Month => ({
    period,
    policies: [
      `policy small { currency RUB\n timezone "Europe/Moscow"\n period month\n effective from 2026-01-01\n ${more} }\n${WORLD}${policy}`,
    ],
    people,
    data: {
      deal: ['id,day,person,amount', ...deals].join('\n'),
      hour: ['id,day,person,count', ...hours].join('\n'),
    },
  });
}

/** By month: the lines of closed periods, and pay. */
async function course(all: readonly Month[]): Promise<readonly string[]> {
  const { closes } = await closeMonths(all);
  return closes.map(({ body: { result } }) => {
    const statement = statementIn({ result }, 'ann');
    return `${correctionsIn(statement).join('; ')} = ${statement.pay}`;
  });
}

describe('a bonus in parts', () => {
  const PARTS = months('role r { bonus b = sales pays in 4 monthly parts\n bonus h = hours * 10 RUB }');
  const hours = [
    'h1,2026-01-10,ann,10',
    'h2,2026-02-10,ann,10',
    'h3,2026-03-10,ann,10',
    'h4,2026-04-10,ann,10',
  ];

  test('that shrinks takes of its next parts', async () => {
    // 400 are 100 a month from January on; now 200 are 50 a month: January was paid 50 too much. February's part of 50 is
    // set against that, so of the 100 of hours nothing is taken
    const before = { deals: ['d1,2026-01-10,ann,400'], hours };
    const after = { deals: ['d1,2026-01-10,ann,200'], hours };
    expect(
      await course([
        PARTS('2026-01', before),
        PARTS('2026-02', after),
        PARTS('2026-03', after),
        PARTS('2026-04', after),
      ]),
    ).toEqual([' = 200', 'adjustment of 2026-01: deal d1 has changed -50 = 100', ' = 150', ' = 150']);
  });

  test('and of those after them, where one isn’t enough', async () => {
    // 400 are 100 a month; now 80 are 20: by March 200 were paid and 40 should have been. March's 20 and April's 20 are set
    // against the 160, and 120 are taken of the 100 of hours: 20 stay owed
    const before = { deals: ['d1,2026-01-10,ann,400'], hours };
    const after = { deals: ['d1,2026-01-10,ann,80'], hours };
    const all = ['2026-01', '2026-02'].map((each) => PARTS(each, before));
    const more = ['h5,2026-05-10,ann,10'];
    const rest = ['2026-03', '2026-04', '2026-05'].map((each) =>
      PARTS(each, { ...after, hours: [...hours, ...more] }),
    );
    expect(await course([...all, ...rest])).toEqual([
      ' = 200',
      ' = 200',
      'adjustment of 2026-01: deal d1 has changed -80; adjustment of 2026-02: deal d1 has changed -80; offset of 2026-01 due 2026-04: b 20; carried of 2026-03: carried 20 = 0',
      'offset of 2026-01 due 2026-04: b -20; owed of 2026-04: owed -20 = 80',
      ' = 100',
    ]);
    // in all 200 + 200 + 0 + 80 + 100 = 580: 80 of the bonus and 500 of hours
  });

  test('whose part shrinks again pays with other money', async () => {
    const data = (amount: number): Data => ({
      deals: [`d1,2026-01-10,ann,${amount}`],
      hours: [...hours, 'h5,2026-05-10,ann,10'],
    });
    // February: 100 were paid, 40 a month should have been: 60, of which 40 are set against February's part, 20 against
    // March's. March: nothing is left of the bonus. It was paid 100, less 40 in February: 60 less 40 of January and 40 of
    // February make up for each other but for the 20 that March's part was to pay
    expect(
      await course([
        PARTS('2026-01', data(400)),
        PARTS('2026-02', data(160)),
        PARTS('2026-03', data(0)),
        PARTS('2026-04', data(0)),
      ]),
    ).toEqual([
      ' = 200',
      'adjustment of 2026-01: deal d1 has changed -60; offset of 2026-01 due 2026-03: b 20 = 100',
      'adjustment of 2026-01: deal d1 has changed -40; adjustment of 2026-02: deal d1 has changed -40; offset of 2026-01 due 2026-03: b -20 = 0',
      ' = 100',
    ]);
    // in all 200 + 100 + 0 + 100 = 400: the hours of four months
  });

  test('that grows again gives back what was set against it', async () => {
    const data = (amount: number): Data => ({ deals: [`d1,2026-01-10,ann,${amount}`], hours });
    expect(
      await course([
        PARTS('2026-01', data(400)),
        PARTS('2026-02', data(160)),
        PARTS('2026-03', data(400)),
        PARTS('2026-04', data(400)),
      ]),
    ).toEqual([
      ' = 200',
      'adjustment of 2026-01: deal d1 has changed -60; offset of 2026-01 due 2026-03: b 20 = 100',
      // 60 for January, 60 for February, the 20 that were set against March's part of 100
      'adjustment of 2026-01: deal d1 has changed 60; adjustment of 2026-02: deal d1 has changed 60; offset of 2026-01 due 2026-03: b -20 = 300',
      ' = 200',
    ]);
    // in all 200 + 100 + 300 + 200 = 800
  });

  test('of which a share is held', async () => {
    const HOLD = months('role r { bonus b = sales holds 50% for 2 months\n bonus h = hours * 10 RUB }');
    // 400: 200 in January, 200 in March. Now 160: 80 and 80. The 120 too much are set against March's 80, and 40 are taken
    const before = { deals: ['d1,2026-01-10,ann,400'], hours };
    const after = { deals: ['d1,2026-01-10,ann,160'], hours };
    expect(await course([HOLD('2026-01', before), HOLD('2026-02', after), HOLD('2026-03', after)])).toEqual([
      ' = 300',
      'adjustment of 2026-01: deal d1 has changed -120; offset of 2026-01 due 2026-03: b 80 = 60',
      'offset of 2026-01 due 2026-03: b -80 = 100',
    ]);
  });
});

describe('what is owed', () => {
  const PAY = months('role r { bonus b = sales * 10%\n bonus h = hours * 10 RUB }');
  const hours = [
    'h2,2026-02-10,ann,10',
    'h3,2026-03-10,ann,10',
    'h4,2026-04-10,ann,10',
    'h5,2026-05-10,ann,10',
  ];
  const twenty = 'takes back at most 20% of pay';

  test('is taken by at most a share of pay, over two months of debt', async () => {
    // January was paid 100 too much, and February 30 too much besides: 100 * 20% = 20 a month
    const deals = ['d1,2026-01-10,ann,1000', 'd2,2026-02-10,ann,300'];
    const first = { deals: ['d1,2026-01-10,ann,0', deals[1]!], hours, more: twenty };
    const second = { deals: ['d1,2026-01-10,ann,0', 'd2,2026-02-10,ann,0'], hours, more: twenty };
    expect(
      await course([
        PAY('2026-01', { deals, hours, more: twenty }),
        PAY('2026-02', first),
        PAY('2026-03', second),
        PAY('2026-04', second),
      ]),
    ).toEqual([
      ' = 100',
      // own pay 130, of which 26
      'adjustment of 2026-01: deal d1 has changed -100; carried of 2026-02: carried 74 = 104',
      // own pay 100, of which 20 go to what is owed: 74 - 20 + 30 = 84
      'adjustment of 2026-02: deal d2 has changed -30; owed of 2026-03: owed -20; carried of 2026-03: carried 30 = 80',
      'owed of 2026-04: owed -20 = 80',
    ]);
  });

  test('is paid off by what is paid for closed months', async () => {
    const deals = ['d1,2026-01-10,ann,1000'];
    const lost = { deals: ['d1,2026-01-10,ann,0'], hours, more: twenty };
    const late = { deals: ['d1,2026-01-10,ann,0', 'd2,2026-01-20,ann,900'], hours, more: twenty };
    expect(
      await course([
        PAY('2026-01', { deals, hours, more: twenty }),
        PAY('2026-02', lost),
        PAY('2026-03', late),
      ]),
    ).toEqual([
      ' = 100',
      'adjustment of 2026-01: deal d1 has changed -100; carried of 2026-02: carried 80 = 80',
      // 90 come for January: the 80 are paid off, 10 are paid
      'adjustment of 2026-01: deal d2 is new 90; owed of 2026-03: owed -80 = 110',
    ]);
  });

  test('is rounded down, to the step of the policy', async () => {
    const deals = ['d1,2026-01-10,ann,1000', 'd2,2026-02-10,ann,0.50'];
    const lost = { deals: ['d1,2026-01-10,ann,0', deals[1]!], more: twenty };
    // own pay 0.05, of which a fifth is 0.01
    expect(await course([PAY('2026-01', { deals, more: twenty }), PAY('2026-02', lost)])).toEqual([
      ' = 100',
      'adjustment of 2026-01: deal d1 has changed -100; carried of 2026-02: carried 99.99 = 0.04',
    ]);
  });

  test('isn’t taken of pay below zero', async () => {
    const deals = ['d1,2026-01-10,ann,1000', 'd2,2026-02-10,ann,-50'];
    const lost = { deals: ['d1,2026-01-10,ann,0', deals[1]!] };
    // own pay -5: a penalty stays what it is, and all of the 100 is owed
    expect(await course([PAY('2026-01', { deals }), PAY('2026-02', lost)])).toEqual([
      ' = 100',
      'adjustment of 2026-01: deal d1 has changed -100; carried of 2026-02: carried 100 = -5',
    ]);
  });

  test('of one who has left stays in sight', async () => {
    const left = 'id,name,role,from,until\nann,Ann,r,2026-01-01,2026-01-31';
    const deals = ['d1,2026-01-10,ann,1000'];
    const lost = { deals: ['d1,2026-01-10,ann,0'], people: left };
    const closed = await closeMonths([PAY('2026-01', { deals, people: left }), PAY('2026-02', lost)]);
    const march = await openMonth(PAY('2026-03', lost), closed);
    expect(statementIn(march, 'ann')).toEqual({
      person: 'ann',
      name: 'Ann',
      period: '2026-03',
      roles: [],
      pay: '0',
      balances: [{ kind: 'owed', before: '100', after: '100' }],
    });
    // a deal of her time that comes late pays it off
    const late = { deals: [...lost.deals, 'd2,2026-01-31,ann,1200'], people: left };
    const april = statementIn(await openMonth(PAY('2026-04', late), closedWith(closed, march)), 'ann');
    expect([correctionsIn(april), april.pay]).toEqual([
      ['adjustment of 2026-01: deal d2 is new 120', 'owed of 2026-04: owed -100'],
      '20',
    ]);
  });

  test('comes after caps, floors and draws of the month', async () => {
    const bounded = months('role r { bonus b = sales * 10%\n floor 50 RUB\n cap 120 RUB }');
    const deals = ['d1,2026-01-10,ann,1000', 'd2,2026-02-10,ann,1500'];
    const lost = { deals: ['d1,2026-01-10,ann,600', deals[1]!] };
    // February 150, capped at 120; January 100, now 60: 40 are taken of the 120
    expect(await course([bounded('2026-01', { deals }), bounded('2026-02', lost)])).toEqual([
      ' = 100',
      'adjustment of 2026-01: deal d1 has changed -40 = 80',
    ]);
  });
});

test('what a recoverable draw has recovered is corrected with it', async () => {
  const drawn = months('role r { bonus b = sales * 10%\n draw 50 RUB recoverable }');
  // January 30, topped up by 20, which February's 100 give back: 50 and 80. With 100 more in January nothing was drawn:
  // 40 + 10, and February gives back 10 only
  const deals = ['d1,2026-01-10,ann,300', 'd2,2026-02-10,ann,1000'];
  const late = { deals: [...deals, 'd3,2026-01-20,ann,100'] };
  expect(
    await course([drawn('2026-01', { deals }), drawn('2026-02', { deals }), drawn('2026-03', late)]),
  ).toEqual([' = 50', ' = 80', 'adjustment of 2026-02: deal d3 is new 10 = 60']);
});
