// What goes together and what doesn't, names that are only names, and one error for one mistake.

import { describe, expect, test } from 'vitest';
import { check } from '../../src/check/check.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { accepted, checked, errorsOf, expectError, HEAD, WORLD } from './helpers.ts';

const KPI = (formula: string): string => `${WORLD}kpi x = ${formula}\n`;
const typeOf = (formula: string) => {
  const model = accepted(`${WORLD}let x = ${formula}\n`);
  const { type } = model.figures.find((each) => each.id === 'x' || each.id === 'x[company]')!;
  return type.kind === 'money' ? `money ${type.currency}` : type.kind;
};

describe('types', () => {
  test.each([
    ['calls', 'number'],
    ['calls * 2', 'number'],
    ['calls / 2', 'number'],
    ['deals / calls', 'percent'],
    ['calls * 10%', 'number'],
    ['revenue / deals', 'money RUB'],
    ['revenue / revenue[previous]', 'percent'],
    ['revenue / revenue[previous] - 1', 'percent'],
    ['2 - conversion', 'percent'],
    ['sum(deal.price)', 'money EUR'],
    ['sum(deal.price) / 1 EUR * 1 RUB', 'money RUB'],
    ['average(call.length)', 'duration'],
    ['max(call.ended_at - at where ended_at exists)', 'duration'],
    ['max(deal.closed_on)', 'date'],
    ['max(deal.closed_on) - period.start', 'duration'],
    ['period.start + 14 days', 'date'],
    ['calls > 5', 'truth'],
    ['count(deal where status is won)', 'number'],
    ['count(deal where status is not open and status is not lost)', 'number'],
    ['count(deal where (status when is_won otherwise open) is won)', 'number'],
    ['count(deal where status is "won")', 'number'],
    ['count(deal where manager is "anna")', 'number'],
    ['count(deal where manager is person.id)', 'number'],
    ['count(deal where manager is client)', 'number'],
    ['count(deal where person.grade is senior)', 'number'],
    ['median(deal.amount)', 'money RUB'],
    ['round(revenue to 0.01)', 'money RUB'],
    ['round(revenue to 1 RUB half even)', 'money RUB'],
    ['floor(conversion to 1%)', 'percent'],
    ['attainment(revenue)', 'percent'],
    ['target(revenue)', 'money RUB'],
    ['count(nps)', 'number'],
    ['calls >= 400 * 80%', 'truth'],
    ['conversion >= 0.2', 'truth'],
  ])('%s: %s', (formula, type) => {
    expect(typeOf(formula)).toBe(type);
  });

  test.each([
    ['revenue + 5', 'M1203 5'],
    ['revenue > 5', 'M1203 5'],
    ['sum(deal.amount + price)', 'M1203 price'],
    ['sum(deal.amount * deal.amount)', 'M1203 deal.amount'],
    ['calls / revenue', 'M1203 revenue'],
    ['answer_time + 5', 'M1203 5'],
    ['max(deal.closed_on) + 5', 'M1203 5'],
    ['count(deal where status is 5)', 'M1203 5'],
    ['count(deal where status < won)', 'M1203 won'],
    ['count(deal where client < "b")', 'M1203 "b"'],
    ['count(deal where closed_on > 5)', 'M1203 5'],
    ['count(deal where is_won is "yes")', 'M1203 "yes"'],
    ['sum(deal.amount where is_won and amount)', 'M1202 amount'],
    ['(revenue else 0)', 'M1203 0'],
    ['(revenue when calls > 5 otherwise 0)', 'M1202 0'],
    ['(revenue when calls otherwise 0 RUB)', 'M1202 calls'],
    ['min(revenue, 5)', 'M1202 5'],
    ['not calls', 'M1202 calls'],
    ['-max(deal.closed_on)', 'M1202 max(deal.closed_on)'],
    ['round(revenue to 5 hours)', 'M1202 5 hours'],
    ['average(deal.status)', 'M1202 deal.status'],
    ['sum(deal)', 'M1202 deal'],
    ['count(deal.client)', 'M1202 deal.client'],
    ['count(distinct deal)', 'M1202 deal'],
  ])('%s: %s', (formula, error) => {
    expect(errorsOf(KPI(formula))).toEqual([error]);
  });

  test('a word opposite an enumeration is a word, also where a field is called so', () => {
    const event = `event t {
  id: text key
  day: date posts
  manager: person owner
  status: won | lost
  won: text
  last: won | lost
}
`;
    accepted(`${WORLD}${event}kpi x = count(t where status is won and t.won is "x" and status is last)\n`);
  });

  test('tables: `from 0` and `above 0`, upper bounds that meet, zeros among percents', () => {
    accepted(`${WORLD}rates r whole {\n  from 0: 0%\n  above 0: 5%\n}\n`);
    accepted(
      `${WORLD}rates r whole {\n  from 0 RUB until 5 RUB: 0\n  above 5 RUB below 9 RUB: 5%\n  from 9 RUB: 6%\n}\n`,
    );
    expect(errorsOf(`${WORLD}rates r whole {\n  above 0: 0%\n  from 0: 5%\n}\n`)).toEqual(['M1402 from 0']);
    expect(errorsOf(`${WORLD}rates r whole {\n  from 5: 0%\n  from 2: 5%\n}\n`)).toEqual(['M1402 from 2']);
  });

  test('thirds come to the whole, in weights and in shares', () => {
    accepted(`${WORLD}role r {
  target calls 5
  target revenue 5 RUB
  target deals 5
  scorecard {
    calls 1/3 on standard
    revenue 1/3 on standard
    deals 1/3 on standard
  }
}
credit deal {
  to manager 1/3
  to opener else manager 2/3
}
`);
  });
});

describe('scopes and windows', () => {
  const LINES = `kpi growth = revenue / revenue[previous] - 1
kpi market_share = revenue[company] / market["all"].size
kpi share = revenue / revenue[company]
`;
  test.each([
    'revenue[team]',
    'revenue[by person.region]',
    'revenue[company, previous 3]',
    'revenue[trailing 12 months, team]',
    'growth[company]',
    'growth[team]',
    'market_share[company]',
    'market_share[previous]',
    'share[company]',
    'growth[previous]',
    'growth[same period last year]',
    'share[ytd]',
    'attainment(revenue[team])',
    'attainment(revenue[ytd])',
  ])('%s', (formula) => {
    accepted(`${WORLD}${LINES}let x = ${formula}\n`);
  });
  test.each([
    'share[team]',
    'market_share[team]',
    'growth[ytd]',
    'growth[previous 3]',
    'growth[company, qtd]',
  ])('refused where it is asked: %s', (formula) => {
    expectError(`${WORLD}${LINES}let x = ${formula}\n`, 'M1209', { at: formula });
  });

  test('a figure of events that nobody is credited with is the company’s, through other figures too', () => {
    const { kpis, figures } = accepted(`${WORLD}let marks = average(nps.mark)\nkpi mood = marks * 2\n`);
    expect(kpis.at(-1)!.name).toBe('mood');
    expect(figures.map((each) => each.id)).toContain('mood[company]');
    expect(figures.map((each) => each.id)).not.toContain('mood');
  });
});

describe('names are only names', () => {
  test.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'выручка',
    'целевая_2',
    'first',
    'target',
    'time',
  ])('%s', (name) => {
    const event = name === 'time' ? 'visit' : name;
    const model = accepted(`${HEAD}person {\n  ${name}: text\n}
event ${event} {
  since 2026-01-01
  id: text key
  day: date posts
  ${name}: person owner
  word: ${name} | other
  is_word = word is ${name}
}
table t {
  ${name}: text key
  size: money
}
kpi ${name} = count(${event} where is_word and ${event}.${name} exists)
curve ${name}_c linear {
  below 0%: 0%
  0%: 0%
  above: 100%
}
role ${name} {
  target ${name} 5
  scorecard { ${name} 100% on ${name}_c }
  bonus ${name}_b = ${name} * 5 RUB + ${name}[team] * 1 RUB
  bonus ${name}_t = (t[person.${name}].size else 0 RUB) * 10%
}
`);
    expect(model.roles[0]!.name).toBe(name);
  });

  test.each(['__proto__', 'constructor', 'toString'])('and unknown ones are unknown: %s', (name) => {
    expect(errorsOf(KPI(name))).toEqual([`M1101 ${name}`]);
    expect(errorsOf(KPI(`sum(deal.${name})`))).toEqual([`M1101 ${name}`]);
    expect(errorsOf(KPI(`${name}(revenue)`))).toEqual([`M1101 ${name}`]);
    expect(errorsOf(`${WORLD}event t {\n  id: text key\n  day: date posts\n  x: ${name}\n}\n`)).toEqual([
      `M1201 ${name}`,
    ]);
  });

  test('an event may have fields that are called like other events', () => {
    accepted(
      `${WORLD}event t {\n  id: text key\n  day: date posts\n  manager: person owner\n  call: number\n}\nkpi x = sum(t.call * call)\n`,
    );
  });
});

describe('one mistake, one error', () => {
  test.each([
    [
      'a KPI that fails, used everywhere',
      'kpi k = revenu * 2\nkpi l = k + 1\nkpi m = l[team]\nrole r {\n target k 5\n gate k > 5\n scorecard { k 100% on standard }\n bonus b = k * 2 RUB\n bonus c = attainment(k) * 5 RUB\n bonus d = l * 5 RUB\n}',
      'M1101 revenu',
    ],
    [
      'a field of no type',
      'event t {\n id: text key\n day: date posts\n m: person owner\n v: mony\n w = v + 5 RUB\n}\nkpi a = sum(t.v) + sum(t.w)\nkpi b = average(t.w where v > 5)',
      'M1201 mony',
    ],
    ['a word opposite a wrong field', 'kpi k = count(deal where statsu is won)', 'M1101 statsu'],
    ['a word beside a wrong field', 'kpi k = count(deal where (statsu else open) is won)', 'M1101 statsu'],
    ['a condition that fails', 'kpi k = average(deal.cost where cst exists)', 'M1101 cst'],
    [
      'a bonus whose condition fails',
      'role r {\n bonus b = 5 RUB * conversion when conversoin exists\n}',
      'M1101 conversoin',
    ],
    [
      'a gate whose condition fails',
      'role r {\n gate conversion > 5% when conversoin exists\n}',
      'M1101 conversoin',
    ],
    [
      'a credit line whose condition fails',
      'credit deal {\n to opener 20% when opner exists\n to manager rest\n}',
      'M1101 opner',
    ],
    [
      'a target that fails',
      'role r {\n target revenue 5 EUR\n scorecard { revenue 100% on standard }\n bonus b = 5 RUB * attainment(revenue)\n}',
      'M1202 5 EUR',
    ],
    [
      'a role that extends nothing',
      'role r extends q {\n scorecard { revenue 100% on standard }\n bonus b = 5 RUB * attainment(revenue)\n}',
      'M1101 q',
    ],
    [
      'a line that is inherited',
      'role a {\n bonus b = 5 RUB * conversion\n}\nrole b extends a { }\nrole c extends b { }',
      'M1301 conversion',
    ],
    [
      'a circle of roles',
      'role a extends b { }\nrole b extends c { }\nrole c extends a { }\nrole d extends a { }',
      'M1103 b',
    ],
    [
      'a circle of bonuses that is inherited',
      'role a {\n bonus x = y\n bonus y = x\n}\nrole b extends a { }',
      'M1103 x',
    ],
    [
      'a table that fails',
      'rates r marginal {\n from 0 RUB: 1%\n from 5 EUR: 2%\n}\nrole s {\n bonus b = r(revenue)\n}',
      'M1202 5 EUR',
    ],
    [
      'a curve that fails',
      'curve c linear {\n revenu: 0%\n}\nrole s {\n target calls 5\n scorecard { calls 100% on c }\n bonus b = 5 RUB * c(attainment(calls))\n}',
      'M1205 revenu',
    ],
  ])('%s', (_, lines, error) => {
    expect(errorsOf(`${WORLD}${lines}\n`)).toEqual([error]);
  });

  test.each([
    ['no currency', HEAD.replace('  currency RUB\n', ''), 'M1105 p'],
    ['a currency in small letters', HEAD.replace('RUB', 'rub'), 'M1109 rub'],
    ['no such currency', HEAD.replace('RUB', 'rubles'), 'M1109 rubles'],
  ])('%s: no amount is wrong for it', (_, head, error) => {
    const rest = WORLD.slice(HEAD.length);
    expect(errorsOf(`${head}${rest}role r {\n  bonus b not prorated = revenue * 5% + 10 RUB\n}\n`)).toEqual([
      error,
    ]);
  });

  test('mistakes of several files come in the order of the files', () => {
    const sources = [
      { name: 'b.merit', text: `${WORLD}kpi x = revenu\n` },
      { name: 'a.merit', text: 'kpi y = dels\nkpi z = cals\n' },
    ];
    const { diagnostics } = check(
      sources.map((each) => parsePolicy(each).value),
      sources,
    );
    expect(diagnostics.map((each) => each.span!.source)).toEqual(['b.merit', 'a.merit', 'a.merit']);
  });
});

test('formulas that name each other twice stay quick to check', () => {
  const lines = Array.from({ length: 60 }, (_, at) => `kpi k${at + 1} = k${at} + k${at}`);
  accepted(
    `${WORLD}kpi k0 = count(call)\n${lines.join('\n')}\nrole r {\n  bonus b = k60 * 5 RUB when k60 > 0\n}\n`,
  );
});

test('conditions and sums of two hundred parts check', () => {
  const parts = Array.from({ length: 190 }, (_, at) => `amount > ${at} RUB`);
  expect(checked(KPI(`count(deal where ${parts.join(' and ')})`)).diagnostics).toEqual([]);
});
