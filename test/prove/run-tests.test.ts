// Tests of a policy: what rows and expectations mean. Amounts are worked out by hand beside them.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine.ts';
import type { Decision } from '../../src/model/decision.ts';
import { runTests, runTestsOfVersions } from '../../src/node.ts';
import { outcome, outcomeInYaml, outcomeOf, SHOP, wrong } from './tests.ts';

const ANNA = '  person anna { role seller }';
const WON = 'manager anna, client A, closed_on 2026-01-10, status won';

describe('expectations', () => {
  it.each([
    // 1,000,000 × 3% + 200,000 × 5%
    ['commission', '1_200_000 RUB', 'commission is 40_000 RUB'],
    // rounded, as its line: 100 / 3 = 33.333…
    ['a bonus is what its line says', '100 RUB', 'third is 33.33 RUB'],
    ['a KPI is exact', '100 RUB', 'revenue / 3 is 100 RUB / 3'],
    [
      'figures that only a test asks for',
      '100 RUB',
      'revenue[ytd] is 100 RUB and count(deal where amount > 7 RUB) is 1',
    ],
    ['what isn’t there', '100 RUB', 'not (previous(revenue) exists)'],
    ['attainment', '500_000 RUB', 'attainment(revenue) is 50%'],
    ['the score', '500_000 RUB', 'score is 50%'],
  ])('%s', async (_, amount, condition) => {
    const rows = `  person anna { role seller, region North }\n  deal { ${WON}, amount ${amount}, cost 0 RUB }`;
    expect(wrong(await outcomeOf(rows, `  expect anna in 2026-01 { ${condition} }`))).toEqual([]);
  });

  it('say what was found where they fail, all of all tests', async () => {
    const report = await outcome(`test "a" {
${ANNA}
  deal { ${WON}, amount 100 RUB }
  expect anna in 2026-01 { revenue is 90 RUB, commission is 3 RUB, commission > 3 RUB }
}
test "b" {
${ANNA}
  expect anna in 2026-02 { calls is 1 }
}
test "c" {
${ANNA}
  expect anna in 2026-02 { calls is 0 }
}`);
    expect(report.tests.map(wrong)).toEqual([
      ['revenue is 90 RUB: 100', 'commission > 3 RUB: no'],
      ['calls is 1: 0'],
      [],
    ]);
    expect([report.passed, report.failed]).toEqual([1, 2]);
  });

  it('that are missing fail', async () => {
    expect(wrong(await outcomeOf(ANNA, '  expect anna in 2026-01 { won >= 10% }'))).toEqual([
      'won >= 10%: missing',
    ]);
  });

  it('look at a longer period, over which lines add up', async () => {
    // 3% of 100 + 200 + 300, each rounded by itself; thirds of 100, 200, 300: 33.33 + 66.67 + 100.00
    const rows = `  person anna { role seller, region North, salary 90_000 RUB }
  deal { ${WON}, amount 100 RUB, cost 0 RUB }
  deal { manager anna, client A, closed_on 2026-02-10, status won, amount 200 RUB, cost 0 RUB }
  deal { manager anna, client A, closed_on 2026-03-10, status won, amount 300 RUB, cost 0 RUB }`;
    // the quarter: 600 of 3,000,000, 9,000 × 0.02% = 1.80; shares 10 + 20 + 30
    const result = await outcomeOf(
      rows,
      `  expect anna in 2026-Q1 {
    revenue    is 600 RUB
    commission is 18 RUB
    third      is 200 RUB
    quarterly  is 1.80 RUB
    pay        is 279.80 RUB
  }
  expect anna in 2026-02 { quarterly is 0 RUB }
  expect anna in 2026-03 { quarterly is 1.80 RUB }`,
    );
    expect(wrong(result)).toEqual([]);
  });

  it('are of a day where the policy is', async () => {
    const policy = SHOP.replace('period    month', 'period    day').replace(/ per quarter/, ' per day');
    const rows = `${ANNA}\n  2 deals { ${WON}, amount 100 RUB * n }`;
    // 3% of 300
    const result = await outcomeOf(rows, '  expect anna in 2026-01-10 { commission is 9 RUB }', policy);
    expect(wrong(result)).toEqual([]);
  });

  it('can be in a period in which the policy holds only', async () => {
    const result = await outcomeOf(
      ANNA,
      '  expect anna in 2025-12 { calls is 0 }\n  expect anna in 2026-01 { calls is 1 }',
    );
    expect(wrong(result)).toEqual(['calls is 1: 0', 'M3005']);
  });
});

describe('rows', () => {
  it('leave out what no formula of an expectation reads', async () => {
    const rows = `${ANNA}\n  deal { ${WON}, amount 100 RUB }`;
    expect(wrong(await outcomeOf(rows, '  expect anna in 2026-01 { commission is 3 RUB }'))).toEqual([]);
    const { faults } = await outcomeOf(
      rows,
      '  expect anna in 2026-01 { profit is 1 RUB, revenue is 100 RUB }',
    );
    expect(faults.map((each) => each.message)).toEqual([
      'the test says nothing of `deal.cost`, which is needed here',
    ]);
    expect(faults[0]!.related).toHaveLength(1);
  });

  it('of one person say nothing of another', async () => {
    const rows = `${ANNA}
  person boris { role seller }
  deal { ${WON}, amount 100 RUB, cost 40 RUB }
  deal { manager boris, client B, closed_on 2026-01-11, status won, amount 50 RUB }`;
    expect(wrong(await outcomeOf(rows, '  expect anna in 2026-01 { share is 6 RUB }'))).toEqual([]);
    expect(wrong(await outcomeOf(rows, '  expect boris in 2026-01 { share is 6 RUB }'))).toEqual(['M4001']);
  });

  it.each([
    ['an attribute', 'expect anna in 2026-01 { attainment(revenue) is 0% }', '', 'person.region'],
    [
      'a cell of a table',
      'expect bella in 2026-01 { listed is 0 RUB }',
      '  price { product call }',
      'price.amount',
    ],
  ])('miss %s where it is read', async (_, expected, rows, cell) => {
    const people = `${ANNA}\n  person bella { role manager }\n${rows}`;
    const { faults } = await outcomeOf(people, `  ${expected}`);
    expect(faults.map((each) => each.message)).toEqual([
      `the test says nothing of \`${cell}\`, which is needed here`,
    ]);
  });

  it('miss what people are grouped by, of anybody', async () => {
    const policy = SHOP.replace(
      'bonus override',
      'bonus regional = revenue[by person.region] * 1%\n  bonus override',
    );
    const rows = (region: string): string => `  person anna  { role seller${region} }
  person bella { role manager, region North }
  deal { ${WON}, amount 100 RUB }`;
    const expected = '  expect bella in 2026-01 { regional is 1 RUB }';
    expect(wrong(await outcomeOf(rows(', region North'), expected, policy))).toEqual([]);
    expect(wrong(await outcomeOf(rows(''), expected, policy))).toEqual(['M4001']);
  });

  it('have what else is given of them', async () => {
    const rows = `  person anna  { role seller, team A }
  person boris { role seller, team A }
  person bella { role manager, team A }
  price { product call, amount 12 RUB }
  deal { ${WON}, amount 100 RUB }
  deal { manager boris, client B, closed_on 2026-01-31, status won, amount 300 RUB }
  3 calls { manager bella, at "2026-01-31T23:59" }`;
    // 1% of 400; 3 × 12
    expect(
      wrong(await outcomeOf(rows, '  expect bella in 2026-01 { override is 4 RUB, listed is 36 RUB }')),
    ).toEqual([]);
  });

  it.each([
    ['an event without its day', 'deal { manager anna }', 'M4002'],
    ['a table without its key', 'price { amount 5 RUB }', 'M4002'],
    ['an absence without its day', 'absence { person anna }', 'M4002'],
    ['a person without a role', 'person boris { region South }', 'M4002'],
    ['a cell outside of its bounds', `deal { ${WON}, amount 0 RUB - 5 RUB }`, 'M2112'],
    ['a number without an end', `deal { ${WON}, amount 5 RUB / 3 }`, 'M2103'],
    ['two rows of one key', `2 deals { id a, ${WON}, amount 5 RUB }`, 'M2116'],
    ['a moment that there isn’t', 'call { manager anna, at "2026-02-30T02:30" }', 'M2107'],
  ])('that can’t be read fail the test: %s', async (_, row, code) => {
    const { faults, passed } = await outcomeOf(
      `${ANNA}\n  ${row}`,
      '  expect anna in 2026-01 { calls is 0 }',
    );
    expect([...new Set(faults.map((each) => each.code))]).toEqual([code]);
    expect(faults.every((each) => each.span?.source === 'shop.merit')).toBe(true);
    expect(passed).toBe(false);
  });

  it('are told of a test that fails where they count for nobody', async () => {
    const rows = `  person anna { role seller, until 2026-01-05 }\n  call { manager anna, at 2026-01-06 }`;
    const result = await outcomeOf(rows, '  expect anna in 2026-01 { calls is 1 }');
    expect(result.unused).toEqual([{ source: 'call', reason: 'nobody in a role that day', rows: 1 }]);
  });

  it('of people hold always, or as they say', async () => {
    // 10,000 on average: 15 days at 9,000 and 15 at 11,000; a tenth of it at half of the target
    const rows = `  person anna { role seller, region South, salary 10_000 RUB, until 2026-03-31 }
  person anna { role seller, region South, salary 30_000 RUB, from 2026-04-01 }
  deal { manager anna, client A, closed_on 2026-03-31, status won, amount 1_200_000 RUB }
  deal { manager anna, client A, closed_on 2026-04-01, status won, amount 2_400_000 RUB }`;
    // South: 800,000 a month. First quarter 1,200,000 of 2,400,000: 1,000 × 50%; second 2,400,000 of 2,400,000: 3,000
    const result = await outcomeOf(
      rows,
      '  expect anna in 2026-03 { quarterly is 500 RUB }\n  expect anna in 2026-06 { quarterly is 3_000 RUB }',
    );
    expect(wrong(result)).toEqual([]);
  });

  it('of absences take days out of what is expected', async () => {
    // 16 of 31 days are left of the target
    const rows = `  person anna { role seller, region North }\n  absence { person anna, from 2026-01-01, until 2026-01-15 }`;
    expect(
      wrong(await outcomeOf(rows, '  expect anna in 2026-01 { target(revenue) is 1_000_000 RUB * 16 / 31 }')),
    ).toEqual([]);
  });
});

describe('rows that stand for several', () => {
  it('count from 1', async () => {
    // 12 × 100,000 + 10,000 × (1 + … + 12)
    const rows = `${ANNA}
  12 deals { manager anna, client A, amount 100_000 RUB + 10_000 RUB * n, closed_on 2026-01-05 every 2 days, status won }`;
    const result = await outcomeOf(
      rows,
      `  expect anna in 2026-01 {
    revenue is 1_980_000 RUB
    count(deal where closed_on is 2026-01-05) is 1
    count(deal where closed_on is 2026-01-27) is 1
    min(deal.amount) is 110_000 RUB
    max(deal.amount) is 220_000 RUB
  }`,
    );
    expect(wrong(result)).toEqual([]);
  });

  it.each([
    // the last of 12: 31 January plus 11 months, each the last day
    [
      '12 deals',
      'closed_on 2026-01-31 every 1 month',
      '2026-12',
      'count(deal where closed_on is 2026-12-31)',
    ],
    [
      '12 deals',
      'closed_on 2026-01-31 every 1 month',
      '2026-02',
      'count(deal where closed_on is 2026-02-28)',
    ],
    ['3 deals', 'closed_on 2026-01-05 every 2 weeks', '2026-02', 'count(deal where closed_on is 2026-02-02)'],
  ])('%s { %s }', async (head, step, period, count) => {
    const rows = `${ANNA}\n  ${head} { manager anna, client A, ${step}, amount 5 RUB, status won }`;
    expect(wrong(await outcomeOf(rows, `  expect anna in ${period} { ${count} is 1 }`))).toEqual([]);
  });

  it.each([
    // 30 January 22:00, 23:00, 31 January 00:00, 01:00 …: 26 of 28 on the 31st and after, 2 in the last hours of February
    ['2026-01-31T22:00', '1 hour', 2],
    ['2026-01-31T23:30', '20 minutes', 2],
    ['2026-01-30T08:00', '1 day', 2],
    ['2026-01-31T10:00Z', '1 month', 1],
  ])('at %s every %s', async (at, every, january) => {
    const rows = `${ANNA}\n  4 calls { manager anna, at "${at}" every ${every} }`;
    expect(wrong(await outcomeOf(rows, `  expect anna in 2026-01 { calls is ${january} }`))).toEqual([]);
  });

  it('keep the order of the text where they are of one day', async () => {
    const rows = `${ANNA}
  deal { manager anna, client A, closed_on 2026-01-05, amount 1 RUB, status won }
  10 deals { manager anna, client A, closed_on 2026-01-05, amount 10 RUB * n, status won }
  deal { manager anna, client A, closed_on 2026-01-05, amount 2 RUB, status won }`;
    const result = await outcomeOf(
      rows,
      '  expect anna in 2026-01 { first(deal.amount) is 1 RUB, last(deal.amount) is 2 RUB }',
    );
    expect(wrong(result)).toEqual([]);
  });
});

describe('a person of several roles', () => {
  const ROWS = `  person anna { role seller, region North, until 2026-01-15 }
  person anna { role manager, team A, from 2026-01-16 }
  price { product call, amount 10 RUB }
  deal { ${WON}, amount 100 RUB }
  2 calls { manager anna, at 2026-01-20 }`;
  it.each([
    ['bonuses are those of the role that has them', 'commission is 3 RUB and listed is 20 RUB', []],
    ['pay is all', 'pay is 3 RUB + 33.33 RUB + 20 RUB + 0 RUB', ['M4001']],
    ['a score is that of the role with a scorecard', 'score >= 0%', []],
    ['a target is that of the role with one', 'target(revenue) is 1_000_000 RUB * 15 / 31', []],
    ['what is the same in both is clear', 'person.fte is 100%', []],
    ['a KPI isn’t clear', 'revenue is 100 RUB', ['M4003']],
    ['nor is an attribute', 'person.role is "seller"', ['M4003']],
  ])('%s', async (_, condition, found) => {
    expect(wrong(await outcomeOf(ROWS, `  expect anna in 2026-01 { ${condition} }`))).toEqual(found);
  });

  it('holds none in other periods', async () => {
    const rows = `  person anna { role seller, from 2026-02-01, until 2026-02-28 }
  person anna { role manager, from 2026-04-01 }`;
    const result = await outcomeOf(
      rows,
      `  expect anna in 2026-01 { calls is 0 }
  expect anna in 2026-01 { commission is 0 RUB }
  expect anna in 2026-01 { pay is 0 RUB }
  expect anna in 2026-04 { commission is 0 RUB }`,
    );
    expect(wrong(result)).toEqual(['M4004', 'M4004', 'M4005']);
  });
});

describe('results beside figures', () => {
  const POLICY = SHOP.replace(
    'role manager {',
    `role star extends seller {
  bonus later = calls * 10 RUB pays in 2 monthly parts
}

pool gift = 1% * revenue[company] {
  to seller shared equally
}

award first {
  to    top 1 of seller by calls
  gives 100 RUB and points 5
}

level senior {
  to   seller
  when points >= 10
}

role manager {`,
  );
  const PEOPLE = `  person anna { role star, salary 0 RUB, region North }
  person boris { role star }
  4 calls { manager anna, at 2026-01-10 every 1 month }
  calls_of_boris`;
  const rows = (boris: string): string => PEOPLE.replace('  calls_of_boris', boris);

  it('are awards, points, levels, pools, what is earned and what is payable', async () => {
    const result = await outcomeOf(
      rows(
        '  deal { manager boris, client B, closed_on 2026-01-10, amount 1_000 RUB, cost 0 RUB, status won }',
      ),
      `  expect anna in 2026-01 {
    first
    points is 5
    not senior
    gift   is 5 RUB
    later  is 10 RUB
    earned is 110 RUB
    pay    is 105 RUB
  }
  expect boris in 2026-01 { not first, points is 0, gift is 5 RUB }
  expect anna in 2026-02 {
    senior
    points is 10
    pay    is 110 RUB
  }
  expect anna in 2026-Q1 {
    first
    pay is 325 RUB
  }`,
      POLICY,
    );
    expect(wrong(result)).toEqual([]);
  });

  it('are the person’s in the period, and of no other', () => {
    const source = {
      name: 'shop.merit',
      text: `${POLICY}test "t" {\n${ANNA}\n  expect anna in 2026-01 { previous(pay) exists }\n}`,
    };
    expect(compile([source]).diagnostics.map((each) => each.code)).toEqual(['M1104']);
  });
});

describe('money of a row’s own currency', () => {
  const POLICY = SHOP.replace(
    '  cost:      money\n',
    '  cost:      money\n  paid_in:   text\n  paid:      money in paid_in\n',
  ).replace('kpi calls ', 'kpi euros = count(deal where paid_in is "EUR")\nkpi calls ');
  it.each([
    ['paid 100 EUR', []],
    ['paid_in EUR, paid 100 EUR', []],
    ['paid_in USD, paid 100 EUR', ['M4006']],
  ])('%s', async (cells, found) => {
    const result = await outcomeOf(
      `${ANNA}\n  deal { ${WON}, amount 5 RUB, ${cells} }`,
      '  expect anna in 2026-01 { euros is 1 }',
      POLICY,
    );
    expect(wrong(result)).toEqual(found);
  });
});

describe('what is run', () => {
  const TESTS = ['Gate at 50%', 'commission', 'gate below'].map(
    (name) => `test "${name}" {\n${ANNA}\n  expect anna in 2026-01 { calls is 1, won >= 1% }\n}\n`,
  );
  const { value } = compile([{ name: 'shop.merit', text: `${SHOP}\n${TESTS.join('\n')}` }]);
  it.each([
    [undefined, ['Gate at 50%', 'commission', 'gate below']],
    ['gate', ['Gate at 50%', 'gate below']],
    ['/^gate .*%$/', ['Gate at 50%']],
    ['nothing', []],
  ])('%s', async (filter, names) => {
    const { tests } = await runTests(value!, filter === undefined ? {} : { filter });
    expect(tests.map((each) => each.name)).toEqual(names);
  });

  it('ends at the first that is wrong where that is asked for', async () => {
    const { tests } = await runTests(value!, { stopAtFirst: true });
    expect(tests.map(wrong)).toEqual([['calls is 1: 0']]);
  });

  it('tells each decision with its test, and gives the same', async () => {
    const heard = new Map<string, Decision[]>();
    const watched = await runTests(value!, {
      decided: ({ name }, decision) => heard.set(name, [...(heard.get(name) ?? []), decision]),
    });
    expect(watched).toEqual(await runTests(value!));
  });

  it('is each version’s own tests, and of a file that two import those that fit', async () => {
    const version = (name: string, from: string, until: string, rate: string): string =>
      SHOP.replace('policy shop', `policy ${name}`)
        .replace('2026-01-01 until 2026-12-31', `${from} until ${until}`)
        .replace('from 0 RUB:         3%', `from 0 RUB:         ${rate}`)
        .replace('person {', 'import "./tests.merit"\n\nperson {');
    const tests = ['2026-03', '2026-09'].map(
      (period, at) => `test "${period}" {
${ANNA}
  deal { manager anna, client A, closed_on ${period}-10, amount 100 RUB, status won }
  expect anna in ${period} { commission is ${3 + at} RUB }
}`,
    );
    const imported = { name: 'tests.merit', text: tests.join('\n') };
    const versions = [
      version('spring', '2026-01-01', '2026-06-30', '3%'),
      version('autumn', '2026-07-01', '2026-12-31', '4%'),
    ].map((text, at) => compile([{ name: `${at}.merit`, text }, imported]).value!);
    const reports = await runTestsOfVersions(versions);
    expect(reports.map((each) => [each.policy, each.tests.map(({ name }) => name), each.failed])).toEqual([
      ['spring', ['2026-03'], 0],
      ['autumn', ['2026-09'], 0],
    ]);
  });
});

describe('both forms', () => {
  it('give the same report, places aside', async () => {
    const tests = `test "a" {
${ANNA}
  2 deals { ${WON}, amount 100 RUB * n, closed_on 2026-01-10 every 1 day }
  expect anna in 2026-01 {
    revenue is 90 RUB and commission > 3 RUB
    profit  is 3 RUB
    score   is 3%
  }
}`.replace('closed_on 2026-01-10, status', 'status');
    const withoutPlaces = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value, (key, part) => (['at', 'span', 'related'].includes(key) ? undefined : part)),
      );
    const text = await outcome(tests);
    expect(text.tests.map(wrong)).toEqual([
      ['revenue is 90 RUB and commission > 3 RUB: no', 'M4001', 'M4001'],
    ]);
    expect(withoutPlaces(await outcomeInYaml(tests))).toEqual(withoutPlaces(text));
  });

  it('of the examples hold what they promise', async () => {
    const folder = fileURLToPath(new URL('../../examples', import.meta.url));
    const read = (names: readonly string[]) =>
      names.map((name) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') }));
    for (const end of ['merit', 'merit.yaml']) {
      for (const files of [
        [`sales-department/policy.${end}`],
        [`whole-language/policy.${end}`, `whole-language/calendar.${end}`],
      ]) {
        const report = await runTests(compile(read(files)).value!);
        expect(report.tests.length).toBeGreaterThan(0);
        expect(report.tests.flatMap(wrong)).toEqual([]);
      }
    }
  });
});
