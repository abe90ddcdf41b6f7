// Whose an event is: leads above, every role, `also`, `else`, look-ups of later days and shares. Every policy runs on
// both backends.

import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { kpiOf, roleOf, runOnBoth, type SmallRun, statementOf, tryPolicy } from './run-policy.ts';

const EVENT = `
  event deal {
    id: text key
    day: date posts
    manager: person owner
    partner: person?
    amount: money
  }
`;

const actual = (result: Result, person: string, kpi: string, role?: string): string | null =>
  kpiOf(roleOf(result, person, '2026-01', role).kpis, kpi).actual.value;

const run = (small: Pick<SmallRun, 'policy' | 'people' | 'data'> & Partial<SmallRun>) =>
  runOnBoth({ period: '2026-01', ...small });

describe('leads above', () => {
  const policy = `
    ${EVENT}
    credit deal {
      to manager 100%
      to person.leads 5% extra as above
    }
    kpi own = sum(deal.amount)
    kpi above = sum(deal.amount as above)
    kpi above_count = count(deal as above)
    role seller { target own 1 RUB\n target above 1 RUB\n target above_count 1 }
  `;

  test('each has the share as of the event’s day, until nobody is named', async () => {
    const result = await run({
      policy,
      people: `id,name,role,lead,from,until
        anna,Anna,seller,bert,2026-01-01,
        bert,Bert,seller,carl,2026-01-01,2026-01-14
        bert,Bert,seller,dora,2026-01-15,
        carl,Carl,seller,dora,2026-01-01,
        dora,Dora,seller,outside,2026-01-01,`,
      data: {
        deal: 'id,day,manager,partner,amount\nd1,2026-01-14,anna,,100\nd2,2026-01-15,anna,,1000\nd3,2026-01-20,dora,,7',
      },
    });
    // d1: bert, carl, dora, and `outside`, who isn't in the people; d2: bert, dora and `outside`; d3: `outside`
    expect(actual(result, 'anna', 'own')).toBe('1100');
    expect(actual(result, 'bert', 'above')).toBe('55'); // 5 % of 1100
    expect(actual(result, 'carl', 'above')).toBe('5');
    expect(actual(result, 'dora', 'above')).toBe('55');
    expect(actual(result, 'dora', 'above_count')).toBe('0.1');
    expect(result.control.find((each) => each.source === 'deal')).toMatchObject({
      creditsWithoutRole: 3,
      extraWithoutPerson: 0,
    });
  });

  test('a circle ends where it closes, and two roles that disagree end the chain', async () => {
    const result = await run({
      policy,
      people: `id,name,role,lead,from
        anna,Anna,seller,bert,2026-01-01
        bert,Bert,seller,carl,2026-01-01
        carl,Carl,seller,anna,2026-01-01
        self,Self,seller,self,2026-01-01`,
      data: { deal: 'id,day,manager,partner,amount\nd1,2026-01-14,anna,,100\nd2,2026-01-15,self,,10' },
    });
    expect(actual(result, 'bert', 'above')).toBe('5');
    expect(actual(result, 'carl', 'above')).toBe('5');
    expect(actual(result, 'anna', 'above')).toBe('0');
    expect(actual(result, 'self', 'above')).toBe('0');
    expect(result.control.find((each) => each.source === 'deal')).toMatchObject({ extraWithoutPerson: 1 });
  });

  test('a lead whom an ordinary line credits is left out, unless the line says `also`', async () => {
    const people = 'id,name,role,lead,from\nanna,Anna,seller,bert,2026-01-01\nbert,Bert,seller,,2026-01-01';
    const data = { deal: 'id,day,manager,partner,amount\nd1,2026-01-14,anna,bert,100' };
    const half = policy.replace('to manager 100%', 'to manager 60%\n to partner else manager 40%');
    const without = await run({ policy: half, people, data });
    expect(actual(without, 'bert', 'above')).toBe('0');
    const also = await run({ policy: half.replace('as above', 'also as above'), people, data });
    expect(actual(also, 'bert', 'above')).toBe('5');
    expect(actual(also, 'bert', 'own')).toBe('40');
  });
});

describe('two `extra` lines of one event', () => {
  const policy = (more = { care: '', overlay: '', above: '' }) => `
    ${EVENT.replace('amount: money', 'chief: person\n amount: money')}
    credit deal {
      to manager 100%
      to partner 30% extra ${more.care} as care when partner exists
      to person.leads 10% extra ${more.above} as above
      to chief 5% extra ${more.overlay} as overlay
    }
    kpi own = sum(deal.amount)
    kpi care = sum(deal.amount as care)
    kpi above = sum(deal.amount as above)
    kpi overlay = sum(deal.amount as overlay)
    role seller { target own 1 RUB\n target care 1 RUB\n target above 1 RUB\n target overlay 1 RUB }
  `;
  const people = `id,name,role,lead,from
    anna,Anna,seller,bert,2026-01-01
    bert,Bert,seller,dora,2026-01-01
    dora,Dora,seller,,2026-01-01`;
  // anna's deals: bert and dora stand above her. d1: bert is the partner too; d2: dora is; d3: nobody is.
  // d4 is dora's own, and nobody stands above her
  const data = {
    deal: `id,day,manager,partner,chief,amount
      d1,2026-01-10,anna,bert,dora,100
      d2,2026-01-11,anna,dora,dora,1000
      d3,2026-01-12,anna,,dora,10000
      d4,2026-01-13,dora,,dora,100000`,
  };
  const figures = (result: Result) =>
    Object.fromEntries(
      ['bert', 'dora'].map((person) => [
        person,
        ['own', 'care', 'above', 'overlay'].map((kpi) => actual(result, person, kpi)),
      ]),
    );
  const elsewhere = (result: Result) =>
    result.control.find((each) => each.source === 'deal')!.extraCreditedElsewhere;

  test('the first that names somebody credits them, the later one doesn’t, and the totals count it', async () => {
    const result = await run({ policy: policy(), people, data });
    expect(figures(result)).toEqual({
      // care: 30 % of d1; above: 10 % of d2 and d3, not of d1, whose care is theirs
      bert: ['0', '30', '1100', '0'],
      // care: 30 % of d2; above: 10 % of d1 and d3; overlay: of none, since another line credits dora with each
      dora: ['100000', '300', '1010', '0'],
    });
    // above: bert of d1, dora of d2; overlay: dora of all four
    expect(elsewhere(result)).toBe(6);
  });

  test('one that says `also` credits whomever the others credit', async () => {
    const overlay = await run({ policy: policy({ care: '', above: '', overlay: 'also' }), people, data });
    // 5 % of 111100
    expect(actual(overlay, 'dora', 'overlay')).toBe('5555');
    expect(elsewhere(overlay)).toBe(2);
    // one that credits beside others is another line to those after it
    const all = await run({ policy: policy({ care: 'also', above: 'also', overlay: '' }), people, data });
    expect(figures(all)).toEqual({
      // 10 % of d1, d2 and d3
      bert: ['0', '30', '1110', '0'],
      dora: ['100000', '300', '1110', '0'],
    });
    // overlay: dora of all four
    expect(elsewhere(all)).toBe(4);
  });

  test('a line that doesn’t hold credits nobody, so the next one does', async () => {
    const often = policy().replace(
      'as care when partner exists',
      'as care when partner exists and amount > 100 RUB',
    );
    const result = await run({ policy: often, people, data });
    // care of d1 no longer holds, so bert stands above all three
    expect(figures(result).bert).toEqual(['0', '0', '1110', '0']);
    expect(elsewhere(result)).toBe(5);
  });
});

describe('in every role', () => {
  const policy = `
    ${EVENT}
    credit deal { to manager 60% in every role\n to partner else manager 40% in every role }
    kpi own = sum(deal.amount)
    kpi size = max(deal.amount)
    role hunter {
      target own 1 RUB
      target size 1 RUB
      bonus of_team = own[team] * 1%
      bonus of_all = own[company] * 1%
    }
    role farmer extends hunter {}
  `;

  test('each role has the share; a team and the company have it once', async () => {
    const result = await run({
      policy,
      people: `id,name,role,team,from
        anna,Anna,hunter,north,2026-01-01
        anna,Anna,farmer,north,2026-01-01
        bert,Bert,hunter,north,2026-01-01`,
      data: {
        deal: 'id,day,manager,partner,amount\nd1,2026-01-14,anna,bert,100\nd2,2026-01-15,bert,,1000\nd3,2026-01-16,anna,,10',
      },
    });
    expect(actual(result, 'anna', 'own', 'hunter')).toBe('70'); // 60 % of 100, and 60 % + 40 % of 10
    expect(actual(result, 'anna', 'own', 'farmer')).toBe('70');
    expect(actual(result, 'bert', 'own')).toBe('1040');
    expect(actual(result, 'anna', 'size', 'farmer')).toBe('100');
    const lines = roleOf(result, 'bert', '2026-01').lines.map((each) => [each.name, each.amount]);
    expect(lines).toEqual([
      ['of_team', '11.1'], // 1 % of 1110
      ['of_all', '11.1'],
    ]);
  });
});

describe('whom a line names', () => {
  test('`in role` takes that role and those that extend it, of one who holds several', async () => {
    const result = await run({
      policy: `
        ${EVENT}
        credit deal { to manager 100% in role hunter }
        kpi own = sum(deal.amount)
        role hunter { target own 1 RUB }
        role senior extends hunter {}
        role farmer { target own 1 RUB }
      `,
      people: `id,name,role,from
        anna,Anna,senior,2026-01-01
        anna,Anna,farmer,2026-01-01
        bert,Bert,farmer,2026-01-01`,
      data: { deal: 'id,day,manager,partner,amount\nd1,2026-01-14,anna,,100\nd2,2026-01-14,bert,,10' },
    });
    expect(actual(result, 'anna', 'own', 'senior')).toBe('100');
    expect(actual(result, 'anna', 'own', 'farmer')).toBe('0');
    expect(actual(result, 'bert', 'own')).toBe('0');
    const filtered = result.control.find((each) => each.source === 'deal')!.filtered;
    expect(filtered.map((each) => [each.reason, each.totals.rows])).toEqual([
      ['nobody in a role that day', 1],
    ]);
  });

  test('a dated look-up on a day some months later', async () => {
    const result = await run({
      policy: `
        event deal { id: text key, day: date posts, manager: person owner, client: text, amount: money }
        table account_care { client: text key, farmer: person, from: date, until: date? }
        credit deal {
          to manager 100%
          to account_care[client at day + 3 months].farmer 30% extra as care
        }
        kpi care = sum(deal.amount as care)
        role seller { target care 1 RUB }
      `,
      people:
        'id,name,role,from\nanna,Anna,seller,2026-01-01\nbert,Bert,seller,2026-01-01\ncarl,Carl,seller,2026-01-01',
      data: {
        deal: 'id,day,manager,client,amount\nd1,2026-01-30,anna,A,100\nd2,2026-01-31,anna,A,10',
        account_care: 'client,farmer,from,until\nA,bert,2026-01-01,2026-04-29\nA,carl,2026-04-30,',
      },
    });
    // 30 January + 3 months is 30 April; so is 31 January + 3 months
    expect(actual(result, 'bert', 'care')).toBe('0');
    expect(actual(result, 'carl', 'care')).toBe('33');
  });

  test('the leads of now, through the row: `to manager.lead else manager`', async () => {
    const result = await run({
      policy: `
        ${EVENT}
        credit deal { to manager.lead else manager 100% }
        kpi own = sum(deal.amount)
        role seller { target own 1 RUB }
      `,
      people: 'id,name,role,lead,from\nanna,Anna,seller,bert,2026-01-01\nbert,Bert,seller,,2026-01-01',
      data: { deal: 'id,day,manager,partner,amount\nd1,2026-01-30,anna,,100\nd2,2026-01-31,bert,,10' },
    });
    expect(actual(result, 'bert', 'own')).toBe('110');
  });

  test('a row dated after its owner has left is filtered, with that reason, unless a line names another', async () => {
    const people =
      'id,name,role,from,until\nanna,Anna,seller,2026-01-01,2026-01-10\nbert,Bert,seller,2026-01-01,';
    const data = {
      deal: 'id,day,manager,partner,amount\nd1,2026-01-10,anna,bert,100\nd2,2026-01-11,anna,bert,10',
    };
    const kpis = 'kpi own = sum(deal.amount)\n role seller { target own 1 RUB }';
    const alone = await run({ policy: `${EVENT} ${kpis}`, people, data });
    expect(actual(alone, 'anna', 'own')).toBe('100');
    expect(
      alone.control
        .find((each) => each.source === 'deal')!
        .filtered.map((each) => [each.reason, each.totals.rows]),
    ).toEqual([['nobody in a role that day', 1]]);
    const shared = await run({
      policy: `${EVENT} credit deal { to manager 50%\n to partner else manager 50% } ${kpis}`,
      people,
      data,
    });
    expect(actual(shared, 'anna', 'own')).toBe('50');
    expect(actual(shared, 'bert', 'own')).toBe('55'); // half of d2 is nobody's
    expect(statementOf(shared, 'bert', '2026-01').roles.length).toBe(1);
    const cared = await run({
      policy: `${EVENT} credit deal { to manager 100%\n to partner 30% extra as care }
        kpi own = sum(deal.amount)
        kpi care = sum(deal.amount as care)
        role seller { target own 1 RUB\n target care 1 RUB }`,
      people,
      data,
    });
    expect(actual(cared, 'anna', 'own')).toBe('100');
    expect(actual(cared, 'bert', 'own')).toBe('0');
    expect(actual(cared, 'bert', 'care')).toBe('33'); // 30 of d1 and 3 of d2, which stays anna's and so nobody's
  });
});

describe('the credited share in a measure', () => {
  test('a third has no end in decimals, so DuckDB refuses it and memory works it out', async () => {
    const small = {
      policy: `
        ${EVENT}
        credit deal { to manager 1/3\n to partner else manager rest }
        kpi largest = max(deal.amount * share)
        role seller { target largest 1 RUB }
      `,
      people: 'id,name,role,from\nanna,Anna,seller,2026-01-01\nbert,Bert,seller,2026-01-01',
      data: { deal: 'id,day,manager,partner,amount\nd1,2026-01-30,anna,bert,100' },
      period: '2026-01',
    };
    const memory = await tryPolicy({ ...small, backend: 'memory' });
    expect(actual(memory.result!, 'anna', 'largest')).toBe('100/3');
    expect(actual(memory.result!, 'bert', 'largest')).toBe('200/3');
    const duckdb = await tryPolicy({ ...small, backend: 'duckdb' });
    expect(duckdb.diagnostics.map((each) => each.code)).toEqual(['M3010']);
  });

  test('chooses rows and weighs the largest', async () => {
    const result = await run({
      policy: `
        ${EVENT}
        credit deal { to manager 70%\n to partner else manager 30% }
        kpi led = count(deal where share > 50%)
        kpi largest = max(deal.amount * share)
        role seller { target led 1\n target largest 1 RUB }
      `,
      people: 'id,name,role,from\nanna,Anna,seller,2026-01-01\nbert,Bert,seller,2026-01-01',
      data: {
        deal: 'id,day,manager,partner,amount\nd1,2026-01-30,anna,bert,100\nd2,2026-01-31,bert,anna,50',
      },
    });
    expect(actual(result, 'anna', 'led')).toBe('0.7');
    expect(actual(result, 'bert', 'led')).toBe('0.7');
    expect(actual(result, 'anna', 'largest')).toBe('70');
    expect(actual(result, 'bert', 'largest')).toBe('35');
  });
});
