// Missing is not zero (language.md, section 3): what can be missing is asked for, and nothing else is.

import { describe, expect, test } from 'vitest';
import { accepted, errorsOf, expectError, WORLD } from './helpers.ts';

const EVENT = `event visit {
  since 2026-01-01
  id: text key
  day: date posts
  manager: person owner
  client: text
  shop: text?
  ended: date?
  cost: money?
  fee: money?
  is_done = ended exists
  is_open = not is_done
  is_dear = cost > 100 RUB
  total = cost + fee
  nth_done = nth(by client where is_done)
  place = nth(by shop)
}
`;
const KPI = (formula: string): string => `${WORLD}${EVENT}kpi x = ${formula}\n`;
const ROLE = (lines: string): string => `${WORLD}role seller {\n${lines}\n}\n`;

describe('rows: a condition makes sure', () => {
  test.each([
    'sum(visit.cost where cost exists)',
    'sum(visit.total where cost exists and fee exists)',
    'sum(visit.cost where total exists)',
    'sum(visit.cost where cost exists and cost > 5 RUB)',
    'sum(visit.cost where (cost else 0 RUB) > 5 RUB)',
    'sum(visit.cost where (cost > 5 RUB) else false)',
    'sum(visit.cost where is_dear else false)',
    'sum(visit.cost where not (not (cost exists)))',
    'sum(visit.cost where not (not (cost exists) or client is "x"))',
    'max(visit.ended where is_done)',
    'max(visit.ended where not is_open)',
    'sum(visit.cost else 0 RUB)',
    'sum((cost when cost exists otherwise 0 RUB) + visit.fee where fee exists)',
    'sum((0 RUB when not (cost exists) otherwise cost) + visit.fee where fee exists)',
    'count(visit where is_done and nth_done is 1)',
    'count(visit where (nth_done else 2) is 1)',
    'count(visit where shop exists and place is 1)',
    'count(distinct visit.shop where shop exists)',
  ])('%s', (formula) => {
    accepted(KPI(formula));
  });

  test.each([
    ['sum(«visit.cost»)', 'M1302'],
    ['sum(«visit.cost» where fee exists)', 'M1302'],
    ['sum(«visit.cost» where not (cost exists))', 'M1302'],
    ['sum(«visit.cost» where cost exists or fee exists)', 'M1302'],
    ['sum(«visit.cost» where not (cost exists and fee exists))', 'M1302'],
    ['sum(«visit.cost» where (cost else 10 RUB) > 5 RUB)', 'M1302'],
    ['sum(«visit.cost» where (cost > 5 RUB) else true)', 'M1302'],
    ['sum(«visit.total» where cost exists)', 'M1302'],
    ['count(distinct «visit.shop»)', 'M1302'],
    ['count(visit where «cost» > 5 RUB)', 'M1301'],
    ['count(visit where «is_dear»)', 'M1301'],
    ['count(visit where «nth_done» is 1)', 'M1301'],
    ['count(visit where is_open and «nth_done» is 1)', 'M1301'],
    ['count(visit where «place» is 1)', 'M1301'],
    ['count(visit where «shop» is "a" or shop exists)', 'M1301'],
    ['sum(visit.cost where cost exists) + sum(«visit.cost»)', 'M1302'],
  ])('%s', (formula, code) => {
    const at = /«(.*)»/.exec(formula)![1]!;
    expectError(KPI(formula.replace('«', '').replace('»', '')), code, { at });
  });
});

describe('people: division, averages, bounds, windows and look-ups', () => {
  const PAYS = (formula: string, lines = ''): string =>
    `${KPI(formula)}role seller {\n${lines}\n  bonus b prorated = 5 RUB when x > 1\n}\n`;
  test.each([
    'count(visit)',
    'count(visit) / 2',
    'count(visit) / (2 * 3)',
    '(average(visit.cost where is_dear else false) else 0 RUB) / 1 RUB',
    '(deals / calls) when calls > 0 otherwise 0%',
    '0% when calls is 0 otherwise deals / calls',
    '(deals / calls) when calls >= 1 otherwise 0%',
    '(conversion * 2) when conversion exists otherwise 0%',
    'calls[trailing 3 months]',
    'revenue[ytd] / 1 RUB',
    'revenue[trailing 12 months] / 1 RUB',
  ])('present: %s', (formula) => {
    accepted(PAYS(formula));
  });

  test.each([
    'deals / calls',
    'deals / (calls + 1)',
    '(deals / calls) when calls >= 0 otherwise 0%',
    '(deals / calls) when calls < 5 otherwise 0%',
    '5 / (calls - calls)',
    'average(visit.cost where cost exists) / 1 RUB',
    'median(visit.cost where cost exists) / 1 RUB',
    'min(visit.cost where cost exists) / 1 RUB',
    'max(1, conversion)',
    'revenue[trailing 18 months] / 1 RUB',
    'revenue[trailing 3 years] / 1 RUB',
    'calls * conversion',
  ])('may be missing: %s', (formula) => {
    expectError(PAYS(formula), 'M1301', { at: 'x' });
  });

  test('a window before `since` in the first period is missing, one after it is not', () => {
    accepted(`${WORLD}role r {\n  bonus b = revenue[previous] * 1%\n}\n`);
    expectError(
      WORLD.replace('since 2025-01-01', 'since 2026-01-01') +
        'role r {\n  bonus b = revenue[previous] * 1%\n}\n',
      'M1301',
      {
        at: 'revenue[previous]',
      },
    );
  });

  test('the longest period that reads a window decides', () => {
    const policy = WORLD.replace('since 2025-01-01', 'since 2025-12-01');
    accepted(`${policy}role r {\n  bonus b = revenue[previous] * 1%\n}\n`);
    expectError(`${policy}role r {\n  bonus b per quarter = revenue[previous] * 1%\n}\n`, 'M1301', {
      at: 'revenue[previous]',
    });
    expectError(`${policy}role r {\n  cap revenue[previous] per quarters\n}\n`, 'M1301', {
      at: 'revenue[previous]',
    });
  });
});

describe('pay: a condition of the line makes sure', () => {
  test.each([
    'bonus b = 5 RUB * conversion when conversion exists',
    'bonus b = 5 RUB * conversion when conversion exists and conversion >= 10%',
    'bonus b = 5 RUB * conversion when (conversion else 0%) >= 10%',
    'bonus b = 5 RUB when (conversion else 0%) >= 10%',
    'bonus b = market[person.region].size * 1% when market[person.region].size exists',
    'bonus b = person.quota * 1% when person.quota exists',
    'gate conversion >= 10% when conversion exists\nbonus b gated = 5 RUB',
    'target revenue 5 RUB\nbonus b = 5 RUB * attainment(revenue)',
    'target revenue person.salary\nbonus b = target(revenue) * 1%',
    'target revenue 5 RUB\ntarget revenue person.quota when person.quota exists\nbonus b = target(revenue) * 1%',
    'target conversion 5%\nbonus b per quarter = 5 RUB * target(conversion)',
    'target revenue 5 RUB\nscorecard { revenue 100% on standard }\nbonus b per quarter = 5 RUB * score',
    'target conversion 5%\nscorecard { conversion 100% on standard missing counts 0% }\nbonus b per year = 5 RUB * score',
    'target clients 5 adds up\nbonus b per quarter = 5 RUB when attainment(clients) >= 100%',
    'target clients 5\ntarget clients 12 per quarter\nbonus b per quarter = 5 RUB when attainment(clients) >= 100%',
    'target answer_time 4 hours\nscorecard { answer_time 100% on standard missing counts 0% }',
    'target answer_time 4 hours\nbonus b = 5 RUB * min(attainment(answer_time) else 0%, 150%)',
    'target answer_time 4 hours\nbonus b = 5 RUB * standard(attainment(answer_time) else 0%)',
  ])('%s', (lines) => {
    accepted(ROLE(lines));
  });

  test.each([
    ['bonus b = 5 RUB * «conversion» when calls > 5', 'M1301'],
    ['bonus b = 5 RUB * «conversion» when not (conversion exists)', 'M1301'],
    ['bonus b = «market[person.region].size» * 1%', 'M1301'],
    ['bonus b = «person.quota» * 1%', 'M1301'],
    ['bonus b = 5 RUB when «attainment(revenue)» >= 100%', 'M1301'],
    [
      'target revenue 5 RUB when person.region is "x"\nbonus b = 5 RUB when «attainment(revenue)» >= 100%',
      'M1301',
    ],
    ['target revenue person.salary\nbonus b = 5 RUB when «attainment(revenue)» >= 100%', 'M1301'],
    [
      'target revenue 5 RUB\ntarget revenue 0 RUB when person.region is "x"\nbonus b = 5 RUB * «attainment(revenue)»',
      'M1301',
    ],
    [
      'target revenue 5 RUB\ntarget revenue person.salary when person.region is "x"\nbonus b = 5 RUB * «attainment(revenue)»',
      'M1301',
    ],
    ['target revenue person.quota\nbonus b = «target(revenue)» * 1%', 'M1301'],
    [
      'target calls 5\ntarget calls 9 per quarter when person.region is "x"\nbonus b per quarter = 5 RUB * «attainment(calls)»',
      'M1301',
    ],
    ['target calls 5\nbonus b = 5 RUB * «attainment(calls[team])»', 'M1301'],
    ['target calls 5\nbonus b = 5 RUB * «attainment(calls[ytd])»', 'M1301'],
    [
      'target calls 5\ntarget calls 9 per quarter when person.region is "x"\nscorecard { «calls 100% on standard» }\nbonus b per quarter = 5 RUB * (score else 0%)',
      'M1301',
    ],
    [
      'target calls 5\ntarget calls 9 per quarter when person.region is "x"\ngate «attainment(calls)» >= 50%\nbonus b gated per quarter = 5 RUB',
      'M1301',
    ],
    [
      'target conversion 5%\nscorecard { conversion 100% on standard missing spreads its weight }\nbonus b = 5 RUB * «score»',
      'M1301',
    ],
    ['cap «person.quota»', 'M1301'],
    ['bonus b = 5 RUB cap «person.quota»', 'M1301'],
  ])('%s', (lines, code) => {
    const at = /«(.*)»/.exec(lines)![1]!;
    expectError(ROLE(lines.replace('«', '').replace('»', '')), code, { at });
  });

  test('a curve is missing outside its points', () => {
    const curve = 'curve open linear {\n  0%: 0%\n  100%: 100%\n}\n';
    expectError(
      `${WORLD}${curve}role r {\n  target calls 5\n  scorecard { calls 100% on open }\n}\n`,
      'M1301',
      {
        at: 'calls 100% on open',
      },
    );
    expectError(
      `${WORLD}${curve}role r {\n  target calls 5\n  bonus b = 5 RUB * open(attainment(calls) else 0%)\n}\n`,
      'M1301',
      {
        at: 'open(attainment(calls) else 0%)',
      },
    );
  });

  test('through figures: what their formula needs is enough', () => {
    const lines = 'let good = conversion exists\nkpi double = conversion * 2\n';
    accepted(
      `${WORLD}${lines}role r {\n  bonus b = 5 RUB * double when good\n  bonus c = 5 RUB * conversion when double exists\n}\n`,
    );
  });
});

test.each([
  ['to opener 20%', ['M1301 opener']],
  ['to opener else opener 20%', ['M1301 opener']],
  ['to opener else manager 20%', []],
  ['to opener 20% when opener exists', []],
  ['to opener 20% when is_won and opener exists', []],
  ['to opener 20% extra as o', []],
  ['to care[client at closed_on].farmer 20%', ['M1301 care[client at closed_on].farmer']],
  ['to care[client at closed_on].farmer 20% when care[client at closed_on].farmer exists', []],
] as const)('a credit line asks who, unless its person is sure to be there: %s', (line, errors) => {
  expect(errorsOf(`${WORLD}credit deal {\n  ${line}\n  to manager rest\n}\n`)).toEqual(errors);
});
