// What closed periods are corrected by, each case worked by hand: causes, second-hand effects, what moves nothing, rows that
// are gone, limits in time, policies that reopen.

import { describe, expect, test } from 'vitest';
import {
  type Closed,
  closedWith,
  closeMonths,
  correctionsIn,
  errorsIn,
  type Month,
  openMonth,
  statementIn,
  tryMonth,
} from './small-months.ts';

const HEAD = (more = '', from = '2026-01-01', name = 'small') =>
  `policy ${name} { currency RUB\n timezone "Europe/Moscow"\n period month\n effective from ${from}\n ${more} }\n`;
const WORLD =
  'event deal { id: text key, day: date posts, person: person owner, amount: money, status: won | lost }\n' +
  'kpi sales = sum(deal.amount where status is won)\n';
const PEOPLE = 'id,name,role,from,until\nann,Ann,r,2026-01-01,\nben,Ben,r,2026-01-01,';
const DEALS = (...rows: readonly string[]) => ({ deal: ['id,day,person,amount,status', ...rows].join('\n') });
const TENTH = 'role r { bonus commission = sales * 10% }';

function month(period: string, rows: readonly string[], more: Partial<Month> = {}): Month {
  return { period, policies: [HEAD() + WORLD + TENTH], people: PEOPLE, data: DEALS(...rows), ...more };
}

const by = (policy: string, more = ''): Partial<Month> => ({ policies: [HEAD(more) + WORLD + policy] });

const TWO = ['d1,2026-01-10,ann,1000,won', 'd2,2026-01-12,ann,500,won'];

async function annIn(open: Month, closed: Closed) {
  return statementIn(await openMonth(open, closed), 'ann');
}

describe('one late deal, one cancelled deal and one changed rate', () => {
  const versions = (rate: string, from: string): Partial<Month> => ({
    policies: [
      HEAD('', `2026-01-01 until ${from.replace('02-01', '01-31')}`) + WORLD + TENTH,
      HEAD('reopens from 2026-01-01', from, 'small_2') + WORLD + TENTH.replace('10%', rate),
    ],
  });
  const rows = [TWO[0]!, 'd2,2026-01-12,ann,500,lost', 'd3,2026-01-30,ann,200,won'];
  // paid for January: (1000 + 500) * 10% = 150. Now d2 is lost: -50; d3 is late: 200 * 10% = 20; the rate is 12%, of what
  // is left then: (1000 + 200) * 2% = 24
  const three = [
    'adjustment of 2026-01: deal d2 has changed -50',
    'adjustment of 2026-01: deal d3 is new 20',
    'adjustment of 2026-01: role r, bonus commission 24',
  ];

  test('are three lines that add up', async () => {
    const closed = await closeMonths([month('2026-01', TWO)]);
    const february = month('2026-02', [...rows, 'd4,2026-02-03,ann,1000,won'], versions('12%', '2026-02-01'));
    const ann = await annIn(february, closed);
    expect(correctionsIn(ann)).toEqual(three);
    // February: 1000 * 12% = 120, and -50 + 20 + 24 = -6
    expect(ann).toMatchObject({ earned: '120', pay: '114' });
    expect(ann.lines![0]).toMatchObject({
      kind: 'adjustment',
      cause: {
        kind: 'row',
        change: 'changed',
        source: 'deal',
        key: 'd2',
        fields: [{ field: 'status', before: 'won', after: 'lost' }],
      },
      lines: [{ kind: 'bonus', name: 'commission', role: 'r', amount: '-50' }],
    });
    expect(ann.balances).toBeUndefined();
  });

  test('stay owed where the month pays nothing, and are no adjustment again', async () => {
    const closed = await closeMonths([month('2026-01', TWO)]);
    const february = month('2026-02', rows, versions('12%', '2026-02-01'));
    const corrected = await openMonth(february, closed);
    const ann = statementIn(corrected, 'ann');
    expect(correctionsIn(ann)).toEqual([...three, 'carried of 2026-02: carried 6']);
    expect(ann).toMatchObject({ pay: '0', balances: [{ kind: 'owed', before: '0', after: '6' }] });
    expect(corrected.reopened).toMatchObject([{ periods: ['2026-01'] }]);
    // March: 100 * 12% = 12, of which the 6 are taken
    const march = month('2026-03', [...rows, 'd5,2026-03-03,ann,100,won'], versions('12%', '2026-02-01'));
    const later = await annIn(march, closedWith(closed, corrected));
    expect(correctionsIn(later)).toEqual(['owed of 2026-03: owed -6']);
    expect(later).toMatchObject({ pay: '6', balances: [{ before: '6', after: '0' }] });
  });
});

describe('what moves nothing', () => {
  test('is no adjustment: the same data again', async () => {
    const closed = await closeMonths([month('2026-01', TWO), month('2026-02', TWO)]);
    const { result } = await openMonth(month('2026-03', TWO), closed);
    expect(result.statements.flatMap((each) => each.lines ?? [])).toEqual([]);
  });

  test('rows of the open month, in any order of the data', async () => {
    const closed = await closeMonths([month('2026-01', TWO)]);
    const rows = ['d9,2026-02-01,ben,700,won', TWO[1]!, TWO[0]!];
    const { result, changes } = await openMonth(month('2026-02', rows), closed);
    expect(changes.map(({ kind, row }) => `${kind} ${row.key}`)).toEqual(['added d9']);
    expect(result.statements.map(({ person, pay }) => `${person} ${pay}`)).toEqual(['ann 0', 'ben 70']);
  });

  test('a floor that swallows the change', async () => {
    // a floor of 400 in January: 150 + 250. With 20 more the floor adds 20 less
    const floored = by('role r { bonus commission = sales * 10%\n floor 400 RUB }');
    const closed = await closeMonths([month('2026-01', TWO, floored)]);
    const rows = [...TWO, 'd3,2026-01-30,ann,200,won'];
    const ann = await annIn(month('2026-02', rows, floored), closed);
    expect(correctionsIn(ann)).toEqual([]);
    // in March so many that the floor doesn't bind: 150 + 20 + 300 = 470, of which 400 are paid
    const later = [...rows, 'd5,2026-01-31,ann,3000,won'];
    const again = await closeMonths([month('2026-02', rows, floored)], closed);
    const march = await annIn(month('2026-03', later, floored), again);
    expect(correctionsIn(march)).toEqual(['adjustment of 2026-01: deal d5 is new 70']);
  });

  test('two changes that cancel out are both told', async () => {
    const closed = await closeMonths([month('2026-01', TWO)]);
    const rows = ['d1,2026-01-10,ann,900,won', 'd2,2026-01-12,ann,600,won'];
    const ann = await annIn(month('2026-02', rows), closed);
    expect(correctionsIn(ann)).toEqual([
      'adjustment of 2026-01: deal d1 has changed -10',
      'adjustment of 2026-01: deal d2 has changed 10',
    ]);
    expect(ann.pay).toBe('0');
  });
});

describe('second-hand effects have the cause of the first', () => {
  test('a cancelled deal that takes from everybody’s share of a pool', async () => {
    const pool =
      'kpi all = sum(deal.amount where status is won)\npool gift = 10% * all[company] { to r shared equally }\n' +
      'role r { bonus commission = sales * 10%\n bonus share not prorated = gift }';
    const closed = await closeMonths([month('2026-01', TWO, by(pool))]);
    // January: the pool is 150, 75 each; without d2 it is 100, 50 each
    const rows = [TWO[0]!, 'd2,2026-01-12,ann,500,lost', 'd3,2026-02-10,ben,2000,won'];
    const { result } = await openMonth(month('2026-02', rows, by(pool)), closed);
    const [ann, ben] = [statementIn({ result }, 'ann'), statementIn({ result }, 'ben')];
    // ann: 50 of her commission and 25 of her share; February brings her 100 of a pool of 200
    expect(correctionsIn(ann)).toEqual(['adjustment of 2026-01: deal d2 has changed -75']);
    expect(correctionsIn(ben)).toEqual(['adjustment of 2026-01: deal d2 has changed -25']);
    expect([ann.pay, ben.pay]).toEqual(['25', '275']);
  });

  test('a cancelled deal by which another wins', async () => {
    const won = 'role r { bonus b = sales * 1% }\naward best { to top 1 of r by sales\n gives 100 RUB }';
    const rows = [...TWO, 'd3,2026-01-20,ben,1200,won'];
    const closed = await closeMonths([month('2026-01', rows, by(won))]);
    const now = [TWO[0]!, 'd2,2026-01-12,ann,500,lost', rows[2]!];
    const { result } = await openMonth(month('2026-02', now, by(won)), closed);
    // ann had 1500 and won; now 1000: less 5 and the 100, which ben has won
    expect(correctionsIn(statementIn({ result }, 'ann'))[0]).toBe(
      'adjustment of 2026-01: deal d2 has changed -105',
    );
    expect(statementIn({ result }, 'ben')).toMatchObject({ pay: '100' });
  });

  test('a tier that is reached over the quarter is corrected where it was earned', async () => {
    const tiers =
      'rates ladder whole { from 0 RUB: 1%\n from 2000 RUB: 2% }\nrole r { bonus q per quarter = ladder(sales) }';
    const rows = ['d1,2026-01-10,ann,1500,won', 'd2,2026-03-12,ann,400,won'];
    const all = (period: string) => month(period, rows, by(tiers));
    const closed = await closeMonths([all('2026-01'), all('2026-02'), all('2026-03')]);
    // paid in March: 1900 * 1% = 19; with a late deal of January over 200 it is 2100 * 2% = 42
    const april = month('2026-04', [...rows, 'd3,2026-01-31,ann,200,won'], by(tiers));
    const ann = await annIn(april, closed);
    expect(correctionsIn(ann)).toEqual(['adjustment of 2026-03: deal d3 is new 23']);
    expect(ann.lines![0]!.lines).toEqual([
      { kind: 'bonus', name: 'q', role: 'r', over: '2026-Q1', amount: '23' },
    ]);
  });

  test('a true-up and an adjustment don’t pay twice', async () => {
    const trueUp = 'role r { bonus commission = sales[ytd] * 10% - sum(commission each earlier month)[ytd] }';
    const closed = await closeMonths([month('2026-01', TWO, by(trueUp))]);
    const rows = [...TWO, 'd3,2026-01-30,ann,200,won', 'd4,2026-02-02,ann,300,won'];
    // January 150, with d3 170: 20 are paid; February 2000 * 10% - 170 = 30
    const ann = await annIn(month('2026-02', rows, by(trueUp)), closed);
    expect(correctionsIn(ann)).toEqual(['adjustment of 2026-01: deal d3 is new 20']);
    expect(ann.pay).toBe('50');
  });
});

describe('corrections of corrections', () => {
  test('what is taken back comes back', async () => {
    const lost = [TWO[0]!, 'd2,2026-01-12,ann,500,lost'];
    const more = ['d3,2026-02-10,ann,900,won', 'd4,2026-03-10,ann,900,won'];
    const closed = await closeMonths([month('2026-01', TWO), month('2026-02', [...lost, ...more])]);
    const second = closed.closes[1]!.body.result.statements[0]!;
    expect([correctionsIn(second), second.pay]).toEqual([
      ['adjustment of 2026-01: deal d2 has changed -50'],
      '40',
    ]);
    const ann = await annIn(month('2026-03', [...TWO, ...more]), closed);
    expect(correctionsIn(ann)).toEqual(['adjustment of 2026-01: deal d2 has changed 50']);
    expect(ann.pay).toBe('140');
  });

  test('a deal of a month that was itself corrected', async () => {
    const rows = [...TWO, 'd3,2026-01-30,ann,200,won'];
    const closed = await closeMonths([month('2026-01', TWO), month('2026-02', rows)]);
    // 20 were booked for January by February; d3 is now 300: 10 more
    const now = [...TWO, 'd3,2026-01-30,ann,300,won'];
    const ann = await annIn(month('2026-03', now), closed);
    expect(correctionsIn(ann)).toEqual(['adjustment of 2026-01: deal d3 has changed 10']);
  });
});

describe('people', () => {
  test('a change of role in a closed month is one cause', async () => {
    const roles = by('role r { bonus commission = sales * 10% }\nrole s { bonus commission = sales * 20% }');
    const rows = ['d1,2026-01-10,ann,1000,won', 'd2,2026-01-20,ann,1000,won'];
    const closed = await closeMonths([month('2026-01', rows, roles)]);
    const people =
      'id,name,role,from,until\nann,Ann,r,2026-01-01,2026-01-15\nann,Ann,s,2026-01-16,\nben,Ben,r,2026-01-01,';
    const ann = await annIn(month('2026-02', rows, { ...roles, people }), closed);
    // paid 200; now 1000 * 10% + 1000 * 20% = 300
    expect(ann.lines).toMatchObject([
      {
        name: 'person ann, r from 2026-01-01 has changed and person ann, s from 2026-01-16 is new',
        amount: '100',
        cause: { kind: 'together' },
      },
    ]);
  });

  test('who joins in the open month moves nothing, and who is entered late has a statement', async () => {
    const closed = await closeMonths([month('2026-01', TWO)]);
    const people = `${PEOPLE}\ncid,Cid,r,2026-01-15,`;
    const rows = [...TWO, 'd3,2026-01-20,cid,1000,won'];
    const { result } = await openMonth(month('2026-02', rows, { people }), closed);
    // first the person, of which nothing comes, then the deal
    expect(correctionsIn(statementIn({ result }, 'cid'))).toEqual([
      'adjustment of 2026-01: deal d3 is new 100',
    ]);
  });
});

describe('rows that are gone', () => {
  const gone = month('2026-02', [TWO[0]!]);

  test('are an error that lists them, unless somebody has looked', async () => {
    const closed = await closeMonths([month('2026-01', TWO)]);
    const { value, diagnostics } = await tryMonth(gone, closed);
    expect(value).toBeUndefined();
    expect(errorsIn(diagnostics)).toEqual([
      "M3100 a row that closed periods stand on isn't in the data any more: deal `d2` (what is cancelled is a row that says so, and one that is rejected counts as gone; if these are meant to be gone, look at them and add `--accept-removed`)",
    ]);
    const accepted = await openMonth({ ...gone, acceptRemoved: true }, closed);
    expect(accepted.acceptedRemoved).toEqual([{ source: 'deal', key: 'd2' }]);
    expect(correctionsIn(statementIn(accepted, 'ann'))).toEqual([
      'adjustment of 2026-01: deal d2 is gone -50',
      'carried of 2026-02: carried 50',
    ]);
    // once accepted it isn't asked about again
    const march = await annIn(month('2026-03', [TWO[0]!]), closedWith(closed, accepted));
    expect(correctionsIn(march)).toEqual([]);
    expect(march.balances).toMatchObject([{ kind: 'owed', before: '50', after: '50' }]);
  });

  test('a row of the open month may be gone', async () => {
    const closed = await closeMonths([month('2026-01', [...TWO, 'd9,2026-02-03,ann,5,won'])]);
    expect((await tryMonth(month('2026-02', TWO), closed)).diagnostics).toEqual([]);
  });
});

describe('corrections within so long end the looking back', () => {
  const rows = [...TWO, 'd3,2026-01-30,ann,200,won', 'd4,2026-02-20,ann,300,won'];
  const march = async (within: string) => {
    const policy = by(TENTH, `corrections within ${within}`);
    const closed = await closeMonths(['2026-01', '2026-02'].map((each) => month(each, TWO, policy)));
    const { value, diagnostics } = await tryMonth(month('2026-03', rows, policy), closed);
    return { lines: correctionsIn(statementIn(value!, 'ann')), diagnostics };
  };

  // January ended 28 days before March began, which is a month
  test.each(['1 month', '28 days'])('%s: January is still corrected', async (within) => {
    const { lines, diagnostics } = await march(within);
    expect(lines).toEqual([
      'adjustment of 2026-01: deal d3 is new 20',
      'adjustment of 2026-02: deal d4 is new 30',
    ]);
    expect(diagnostics).toEqual([]);
  });

  test('and begin it again where they reach further', async () => {
    const short = by(TENTH, 'corrections within 27 days');
    const closed = await closeMonths([
      ...['2026-01', '2026-02'].map((each) => month(each, TWO, short)),
      month('2026-03', rows, short),
    ]);
    // March has left January's 20 out; a policy without the line doesn't
    const april = await annIn(month('2026-04', rows), closed);
    expect(april.lines).toMatchObject([
      { kind: 'adjustment', period: '2026-01', amount: '20', cause: { kind: 'reach' } },
    ]);
  });

  test('27 days: it isn’t, and that is said', async () => {
    const { lines, diagnostics } = await march('27 days');
    expect(lines).toEqual(['adjustment of 2026-02: deal d4 is new 30']);
    expect(diagnostics.map(({ code, severity, message }) => `${code} ${severity} ${message}`)).toEqual([
      "M3103 note `2026-01` would be corrected by 20 RUB (1 person), and isn't: it ended longer ago than 27 days",
    ]);
  });
});

describe('what can’t be corrected is said', () => {
  test('as of an earlier day', async () => {
    const closed = await closeMonths([month('2026-01', TWO)]);
    const { diagnostics } = await tryMonth(month('2026-02', TWO, { asKnownOn: 20_000 }), closed);
    expect(diagnostics.map((each) => each.code)).toEqual(['M3104']);
  });

  test('over closed months that can’t be worked out any more', async () => {
    const { closes, snapshot } = await closeMonths([month('2026-01', TWO)]);
    // as if that had been paid by an earlier Merit: money in the currency of each person
    const text = `${HEAD()}${WORLD}${TENTH}\nperson { currency: text\n salary: money in currency }`;
    const body = { ...closes[0]!.body, files: [{ name: 'policy.merit', text }] };
    const people =
      'id,name,role,from,until,currency,salary\nann,Ann,r,2026-01-01,,EUR,5\nben,Ben,r,2026-01-01,,EUR,5';
    const { diagnostics } = await tryMonth(month('2026-02', TWO, { people }), {
      closes: [{ ...closes[0]!, body }],
      snapshot,
    });
    expect(diagnostics.map((each) => each.code)).toEqual(['M3101', 'M3012']);
  });

  test('by a policy that can’t be read any more', async () => {
    const { closes, snapshot } = await closeMonths([month('2026-01', TWO)]);
    const body = { ...closes[0]!.body, files: [{ name: 'policy.merit', text: 'policy {' }] };
    const { diagnostics } = await tryMonth(month('2026-02', TWO), {
      closes: [{ ...closes[0]!, body }],
      snapshot,
    });
    expect(diagnostics.map((each) => each.code)).toEqual(['M3144']);
  });

  test('of a month that is closed, or isn’t the next', async () => {
    const closed = await closeMonths([month('2026-01', TWO)]);
    const codes = async (period: string) =>
      (await tryMonth(month(period, TWO), closed)).diagnostics.map((each) => each.code);
    expect(await codes('2026-01')).toEqual(['M3120']);
    expect(await codes('2026-03')).toEqual(['M3121']);
    expect(await codes('2026-02..2026-03')).toEqual(['M3123']);
  });
});
