// Rules of the language page (sections 3 to 9), each broken and kept: what is wrong with a policy is said before it runs,
// once and where it is, in both forms; what is right checks without a word. Marked places are between « and ».

import { describe, expect, test } from 'vitest';
import { check } from '../../src/check/check.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { convertPolicy } from '../../src/syntax/print.ts';
import { accepted, checked, errorsOf, expectError, WORLD } from './helpers.ts';

const ROLE = (lines: string): string => `role seller {\n${lines}\n}\n`;
const QUOTA = 'table quota {\n  person: person key\n  revenue: money\n}\n';
const VISIT = (lines: string): string =>
  `event visit {\n  since 2025-01-01\n  id: text key\n  day: date posts\n  who: person owner\n${lines}\n}\n`;
/** Data from a month before the policy begins: a quarter before lies behind it. */
const YOUNG = WORLD.replace('since 2025-01-01', 'since 2025-12-01');
const SALARY = (bounds: string): string => WORLD.replace('salary: money', `salary: money ${bounds}`);

function whole(policy: string): string {
  return policy.startsWith('policy') ? policy : WORLD + policy;
}

/** Each rule: what breaks it, with the place marked, and what keeps it. */
const RULES: readonly (readonly [rule: string, code: string, wrong: string, right: string])[] = [
  [
    'a distinct count says what its target is over several periods',
    'M1409',
    ROLE('target clients 5\nbonus b = 5 RUB when («attainment(clients[ytd])» else 0%) >= 100%'),
    ROLE('target clients 5 adds up\nbonus b = 5 RUB when (attainment(clients[ytd]) else 0%) >= 100%'),
  ],
  [
    'one earlier period has its own target, several have not',
    'M1409',
    ROLE('target clients 5\nbonus b = 5 RUB * («attainment(clients[previous 3])» else 0%)'),
    ROLE('target clients 5\nbonus b = 5 RUB * (attainment(clients[previous]) else 0%)'),
  ],
  [
    'the role’s own line decides, not that of another role',
    'M1409',
    `role other { target clients 5 adds up }\n${ROLE('target clients 6\nbonus b = 5 RUB * («attainment(clients[ytd])» else 0%)')}`,
    `role other { target clients 5 }\n${ROLE('target clients 6 adds up\nbonus b = 5 RUB * (attainment(clients[ytd]) else 0%)')}`,
  ],
  [
    'a target that nothing sets',
    'M1301',
    ROLE('bonus b = 5 RUB * («attainment(revenue)» else 0%)'),
    `${ROLE('bonus b = 5 RUB * (attainment(revenue) else 0%)')}for person anna {\n  target revenue 5 RUB\n}\n`,
  ],
  [
    'a target line that a later one always wins over',
    'M1432',
    ROLE('«target revenue 9 RUB when person.region is "South"»\ntarget revenue 5 RUB'),
    ROLE('target revenue 5 RUB\ntarget revenue 9 RUB when person.region is "South"'),
  ],
  [
    'a missing row of a table falls back to the line before, a line of another length stays',
    'M1432',
    `${QUOTA}${ROLE('«target revenue from quota»\ntarget revenue 5 RUB\ntarget revenue 90 RUB per year')}`,
    `${QUOTA}${ROLE('target revenue 5 RUB\ntarget revenue from quota\ntarget revenue 90 RUB per year')}`,
  ],
  [
    'a `let` of a longer time, in a bonus of the period',
    'M1104',
    `let q per quarter = revenue * 2\n${ROLE('bonus b = «q» * 1%')}`,
    `let q per quarter = revenue * 2\n${ROLE('bonus b per quarter = q * 1%')}`,
  ],
  [
    'a `let` of a longer time, in a bracket',
    'M1104',
    `let q per quarter = revenue * 2\n${ROLE('bonus b = «q»[previous] * 1%')}`,
    `let q per quarter = revenue * 2\n${ROLE('bonus b per quarter = q[previous] * 1%')}`,
  ],
  [
    'a `let` of the period, in a bonus of a longer time',
    'M1104',
    `let q per month = revenue * 2\n${ROLE('bonus b per quarter = «q» * 1%')}`,
    `let q per month = revenue * 2\n${ROLE('bonus b per quarter = sum(q each month) * 1%')}`,
  ],
  [
    'a KPI is of any length of time, a `let` may be of one',
    'M1104',
    'let q per quarter = revenue * 2\nkpi x = «q» * 1%\n',
    'let q per quarter = revenue * 2\nlet x per quarter = q * 1%\n',
  ],
  [
    'a quarter’s bonus is compared with quarters',
    'M1203',
    ROLE('bonus b per quarter = 5 RUB when period is «2026-10»'),
    ROLE('bonus b per quarter = 5 RUB when period is 2026-Q4'),
  ],
  [
    'a target of a quarter holds in a quarter',
    'M1203',
    ROLE('target revenue 5 RUB\ntarget revenue 9 RUB per quarter when period is «2026-12»'),
    ROLE('target revenue 5 RUB\ntarget revenue 9 RUB per quarter when period is 2026-Q4'),
  ],
  [
    'a window of a floor per quarter reaches behind the data',
    'M1301',
    `${YOUNG}${ROLE('bonus b = 5 RUB\nfloor «revenue[previous]» * 1% per quarter')}`,
    `${YOUNG}${ROLE('bonus b = 5 RUB\nfloor revenue[previous] * 1%')}`,
  ],
  [
    'and that of a pool',
    'M1301',
    `${YOUNG}${ROLE('')}pool g per quarter = «revenue[company, previous]» * 1% { to seller, shared equally }\n`,
    `${YOUNG}${ROLE('')}pool g = revenue[company, previous] * 1% { to seller, shared equally }\n`,
  ],
  [
    'and that of what is looked at each quarter',
    'M1302',
    `${YOUNG}${ROLE('bonus b per year = sum(«revenue[previous]» each quarter) * 1%')}`,
    `${YOUNG}${ROLE('bonus b per year = sum((revenue[previous] else 0 RUB) each quarter) * 1%')}`,
  ],
  [
    'a row may read the days of the period, a window has none',
    'M1104',
    `${VISIT('  due: date?')}kpi late = sum((visit.due else period.end) - visit.day)\nkpi x = «late[ytd]»\n`,
    `${VISIT('  due: date?')}kpi late = sum((visit.due else period.end) - visit.day)\nkpi x = count(visit where (due else period.end) < period.end - 7 days)\n`,
  ],
  [
    'shares that always hold come to more than the whole, whatever else there is',
    'M1407',
    'credit «deal» {\n  to manager 70%\n  to opener else manager 40%\n  to manager rest\n}\n',
    'credit deal {\n  to manager 70%\n  to opener else manager 10%\n  to manager rest\n}\n',
  ],
  [
    'and beside a condition',
    'M1407',
    'credit «deal» {\n  to manager 70%\n  to opener else manager 40%\n  to manager 10% when is_won\n}\n',
    'credit deal {\n  to manager 60%\n  to opener else manager 40% when is_won\n  to manager 40% when not is_won\n}\n',
  ],
  [
    'points decide a bonus that decides points',
    'M1103',
    `${ROLE('bonus b = «points» * 100 RUB')}award a { to seller, when b > 5 RUB, gives points 10 }\n`,
    `${ROLE('bonus b = points[previous] * 100 RUB')}award a { to seller, when b > 5 RUB, gives points 10 }\n`,
  ],
  [
    'or by way of a pool and a ranking',
    'M1103',
    `${ROLE('bonus b = g * 10%')}pool g = 1% * revenue[company] { to seller, shared by «points» }\naward a { to top 1 of seller by b, gives points 10 }\n`,
    `${ROLE('bonus b = g * 10%')}pool g = 1% * revenue[company] { to seller, shared by points }\naward a { to top 1 of seller by b, gives 10 RUB }\n`,
  ],
  [
    'a length of time is of a calendar that is there',
    'M1101',
    `${ROLE('bonus b per quarter of «shops» = 5 RUB')}calendar shop { year starts 2026-04-01 }\n`,
    `${ROLE('bonus b per quarter of shop = 5 RUB')}calendar shop { year starts 2026-04-01 }\n`,
  ],
  [
    'and that says when its years begin',
    'M1105',
    `${ROLE('bonus b per quarter of «shop» = 5 RUB')}calendar shop { work monday to friday 09:00 to 18:00 }\n`,
    `${ROLE('bonus b per quarter of shop = 5 RUB')}calendar shop { year starts 2026-04-01 }\n`,
  ],
  [
    'and that has periods of that length',
    'M1109',
    `${ROLE('bonus b = revenue[trailing 3 «days of shop»] * 1%')}calendar shop { year starts 2026-04-01 }\n`,
    `${ROLE('bonus b = revenue[trailing 3 months of shop] * 1%')}calendar shop { year starts 2026-04-01 }\n`,
  ],
  [
    'which are made of whole periods of the policy',
    'M1411',
    `${ROLE('bonus b per «quarter of shop» = 5 RUB')}calendar shop { year starts 2026-02-01, quarters 4, 5, 4 weeks }\n`,
    `${ROLE('bonus b per quarter of shop = 5 RUB')}calendar shop { year starts 2026-02-01 }\n`,
  ],
  [
    'also in a window',
    'M1104',
    `${ROLE('bonus b = revenue[«ytd of tax»] * 1%')}calendar tax { year starts 2026-04-06 }\n`,
    `${ROLE('bonus b = revenue[ytd of tax] * 1%')}calendar tax { year starts 2026-04-01 }\n`,
  ],
  [
    'a scope is of no calendar',
    'M1104',
    `${ROLE('bonus b = revenue[team of «tax»] * 1%')}calendar tax { year starts 2026-04-01 }\n`,
    `${ROLE('bonus b = revenue[team] * 1%')}calendar tax { year starts 2026-04-01 }\n`,
  ],
  [
    'a pool of a longer time, in a bonus of the period',
    'M1104',
    `${ROLE('bonus b = «g» * 50%')}pool g per quarter = 5 RUB { to seller, shared equally }\n`,
    `${ROLE('bonus b per quarter = g * 50%')}pool g per quarter = 5 RUB { to seller, shared equally }\n`,
  ],
  [
    'people are ranked by what tells them apart',
    'M1202',
    `${ROLE('')}award a { to top 3 of seller by «5», gives 10 RUB }\n`,
    `${ROLE('')}award a { to top 3 of seller by revenue, gives 10 RUB }\n`,
  ],
  [
    'a floor isn’t above the cap beside it, of a bonus',
    'M1202',
    ROLE('bonus b = revenue * 1% cap 50 RUB floor «60 RUB»'),
    ROLE('bonus b = revenue * 1% cap 50 RUB floor 50 RUB'),
  ],
  [
    'and of a score',
    'M1202',
    ROLE('target calls 5\nscorecard { calls 100% on standard cap 80% floor «90%» }'),
    ROLE('target calls 5\nscorecard { calls 100% on standard cap 120% floor 10% }'),
  ],
  [
    'a divisor that its bounds keep from zero',
    'M1302',
    `${VISIT('  a: money\n  b: money from 0 RUB\n  r = round(a / b to 0.0001)')}kpi x = average(«visit.r»)\n`,
    `${VISIT('  a: money\n  b: money from 1 RUB\n  r = round(a / b to 0.0001)')}kpi x = average(visit.r)\n`,
  ],
  [
    'a target that its bounds keep from zero',
    'M1301',
    `${SALARY('from 0 RUB')}${ROLE('target revenue person.salary\nbonus b = 5 RUB * «attainment(revenue)»')}`,
    `${SALARY('from 1 RUB')}${ROLE('target revenue person.salary\nbonus b = 5 RUB * attainment(revenue)')}`,
  ],
  [
    'a role has one draw, and as many caps as it likes',
    'M1106',
    ROLE('bonus b = 5 RUB\ndraw 5 RUB\n«draw 6 RUB recoverable»'),
    ROLE('bonus b = 5 RUB\ndraw 6 RUB recoverable\ncap 9 RUB\ncap person.salary * 2'),
  ],
  [
    'bounds of a field, the lower one first',
    'M1426',
    VISIT('  «a: money from 10 RUB until 5 RUB»'),
    VISIT('  a: money from 5 RUB until 10 RUB'),
  ],
  [
    'what stands for an empty cell lies within them',
    'M1202',
    VISIT('  a: number from 1 until 5 else «0»'),
    VISIT('  a: number from 1 until 5 else 5'),
  ],
];

describe.each(RULES)('%s', (_, code, wrong, right) => {
  test('broken', () => {
    const at = /«([^»]*)»/.exec(wrong)![1]!;
    expectError(whole(wrong).replace('«', '').replace('»', ''), code, { at });
  });
  test('kept', () => {
    accepted(whole(right));
  });
  test('in YAML the same', () => {
    const texts = [wrong.replace('«', '').replace('»', ''), right].map((each) => inYaml(whole(each)));
    expect(texts.map(codesOf)).toEqual([[code], []]);
  });
});

function inYaml(text: string): string {
  const { value, diagnostics } = convertPolicy({ name: 'policy.merit', text }, 'yaml');
  expect(diagnostics).toEqual([]);
  return value!;
}

function codesOf(text: string): readonly string[] {
  const source = { name: 'policy.merit.yaml', text };
  const parsed = parsePolicy(source);
  return [...parsed.diagnostics, ...check([parsed.value], [source]).diagnostics].map((each) => each.code);
}

describe('one wrong name, one error', () => {
  test.each([
    [
      'a target of no KPI',
      ROLE(
        'target «revenu» 5 RUB\nscorecard { revenue 100% on standard }\nbonus b = 5 RUB * attainment(revenue)',
      ),
      'M1101',
    ],
    [
      'a condition of a target',
      ROLE(
        'target revenue 5 RUB\ntarget revenue 9 RUB when person.«regio» is "x"\nbonus b = 5 RUB * attainment(revenue)',
      ),
      'M1101',
    ],
    [
      'credit of no event',
      'credit «del» {\n  to manager 100%\n  to opener 5% extra as help\n}\nkpi x = sum(deal.amount as help)\n',
      'M1101',
    ],
    [
      'a column of no type as a key',
      `table t {\n  k: «tex» key\n  v: money\n}\n${ROLE('bonus b = t[person.region].v else 0 RUB')}`,
      'M1201',
    ],
    [
      'a column of no type as a target',
      `table quota {\n  person: person key\n  revenue: «mony»\n}\n${ROLE('target revenue from quota')}`,
      'M1201',
    ],
    [
      'a key of no type for a target',
      `table quota {\n  person: «peson» key\n  revenue: money\n}\n${ROLE('target revenue from quota')}`,
      'M1201',
    ],
    [
      'a rate of no type',
      `table fx {\n  currency: text key\n  rate: «nuber»\n  from: date\n}\nkpi x = sum(convert(deal.price, to RUB, at closed_on))\n`,
      'M1201',
    ],
    [
      'a reference of no type',
      `${VISIT('  order: «stp»')}event stop {\n  since 2025-01-01\n  id: text key\n  day: date posts\n  x = count(visit of this)\n}\n`,
      'M1201',
    ],
    ['a currency of no type', VISIT('  a: money in cur\n  cur: «tex»'), 'M1201'],
    [
      'a point of a curve',
      `curve c linear {\n  0%: 0%\n  100%: «hundred»\n  above: 100%\n}\n${ROLE('target calls 5\nscorecard { calls 100% on c }')}`,
      'M1205',
    ],
    [
      'a role in a test',
      `${ROLE('bonus b = 5 RUB')}test "t" {\n  person anna { role «seler» }\n  expect anna in 2026-01 { b is 5 RUB }\n}\n`,
      'M1101',
    ],
    [
      'a column in a test',
      `${ROLE('bonus b = 5 RUB')}test "t" {\n  person anna { «rol» seller }\n  expect anna in 2026-01 { b is 5 RUB }\n}\n`,
      'M1101',
    ],
    [
      'what a row of a test is',
      `${ROLE('bonus b = 5 RUB')}test "t" {\n  «persn» anna { role seller }\n  deal { manager anna }\n  expect anna in 2026-01 { b is 5 RUB }\n}\n`,
      'M1101',
    ],
    [
      'a date of no type, stepped in a test',
      `${VISIT('  due: «dae»')}test "t" {\n  3 visits { due 2026-01-01 every 2 days }\n}\n`,
      'M1201',
    ],
    [
      'an amount of no type, in an invariant',
      `${VISIT('  a: «mony»')}invariant "i" {\n  given visit.a from 0 RUB\n  revenue >= 0 RUB\n}\n`,
      'M1201',
    ],
    [
      'a word in an attainment',
      `kpi x lower is better = average(call.length) {\n  attainment = «actul» / target\n}\n${ROLE('target x 4 hours\nscorecard { x 100% missing counts 0% }')}`,
      'M1101',
    ],
    ['an event', 'kpi x = average(«dael».amount * 2)\n', 'M1101'],
    [
      'an event that another one’s field is called like',
      `${VISIT('  trip: text')}kpi x = count(«trip»)\n`,
      'M1101',
    ],
  ] as const)('%s', (_, policy, code) => {
    const at = /«([^»]*)»/.exec(policy)![1]!;
    expectError(whole(policy).replace('«', '').replace('»', ''), code, { at });
  });

  test('the same wrong name at several places is said at the first, with the others, and mended at all', () => {
    expectError(`${WORLD}kpi x = revenu * 2\nkpi y = revenu\nkpi z = revenu\n`, 'M1101', {
      at: 'revenu',
      related: ['revenu', 'revenu'],
      fixed: true,
    });
    expect(errorsOf(`${WORLD}${VISIT('  a: mony\n  b: mony\n  c: dat')}`)).toEqual([
      'M1201 mony',
      'M1201 dat',
    ]);
  });
});

describe('what was meant is found among all that may stand there', () => {
  test.each([
    ['kpi x = «cont»(deal where is_won)', 'count'],
    ['kpi x = «sun»(deal.amount by closed_on)', 'sum'],
    ['let x = «laddr»(revenue, after 5 RUB)', 'ladder'],
    [ROLE('target revenue 5 RUB\nscorecard { revenue 100% on standard }\nbonus b = 5 RUB * «scoe»'), 'score'],
    [ROLE('bonus b = 5 RUB when «ponts» > 5'), 'points'],
    [ROLE('bonus b = 5 RUB when «ponts»[trailing 3 months] > 5'), 'points'],
    [ROLE('bonus b per deal = «amont» * 1%'), 'amount'],
    [ROLE('bonus b per deal = amount * 1% * «shre»'), 'share'],
    [ROLE('bonus b per «dela» = 5 RUB'), 'deal'],
    [ROLE('draw 5 RUB per «wek»'), 'week'],
    [ROLE('bonus b = 5 RUB when deal.«amont» > 5 RUB'), 'amount'],
    ['credit deal {\n  to «maneger».lead else manager 10%\n  to manager rest\n}', 'manager'],
    ['credit deal {\n  to manager 10%\n  to opener else manager «ret»\n}', 'rest'],
    [VISIT('  x = who.«leds»'), 'leads'],
    [VISIT('  trip: «dael»'), 'deal'],
    [
      `${VISIT('  x = count(stop of «ths»)')}event stop {\n  since 2025-01-01\n  id: text key\n  day: date posts\n  visit: visit\n}`,
      'this',
    ],
    [ROLE('target revenue 100 RUB per year spread «evnly»'), 'evenly'],
    [`${ROLE('')}test "t" {\n  3 «dels» { amount 5 RUB }\n}`, 'deals'],
  ] as const)('%s', (policy, meant) => {
    const text = `${whole(policy.replace('«', '').replace('»', ''))}\n`;
    const { diagnostics } = checked(text);
    expect(diagnostics.map(({ span }) => text.slice(span!.start, span!.end))).toEqual([
      /«([^»]*)»/.exec(policy)![1],
    ]);
    expect(diagnostics[0]!.help).toContain(`did you mean \`${meant}\`?`);
  });
});
