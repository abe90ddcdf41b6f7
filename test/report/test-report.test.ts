// What came of tests, as text, as JUnit's XML and as JSON.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine.ts';
import type { TestReport } from '../../src/model/test-report.ts';
import { runTests } from '../../src/node.ts';
import { testReportsJson } from '../../src/report/test-json.ts';
import { testJUnit } from '../../src/report/test-junit.ts';
import { testReportSchema } from '../../src/report/test-schema.ts';
import { countedTests, testReportText } from '../../src/report/test-text.ts';
import { SHOP } from '../prove/tests.ts';

const TEXT = `${SHOP}
test "passes" {
  person anna { role seller }
  expect anna in 2026-01 { calls is 0 }
}

test "a & b <fails>" {
  person anna { role seller }
  deal { manager anna, client A, closed_on 2026-01-10, amount 1_200_000 RUB, status won }
  2 deals { manager anna, client A, closed_on 2026-01-10, amount 5 RUB, status lost }
  call { manager anna, at 2026-01-10 }
  expect anna in 2026-01 {
    commission is 40_000 RUB
    revenue + 5 RUB > 2_000_000 RUB and (won else 0%) >= 50%
    previous(revenue) > 0 RUB
    profit is 0 RUB
  }
}
`;
const SOURCES = [{ name: 'shop.merit', text: TEXT }];

async function report(): Promise<TestReport> {
  return runTests(compile(SOURCES).value!);
}

describe('text', () => {
  it('shows the values under each condition, and why', async () => {
    const line = (words: string): number => TEXT.split('\n').findIndex((each) => each.includes(words)) + 1;
    // 1 won of 3: below the gate, which keeps 1,000,000 × 3% + 200,000 × 5%
    expect(testReportText(await report(), SOURCES)).toBe(`passed  passes
failed  a & b <fails>

    anna in 2026-01 (shop.merit:${line('commission is')}:5)

        commission is 40_000 RUB
        |          |
        |          no
        0.00 RUB

    expected 40,000.00 RUB, found 0.00 RUB: 40,000.00 RUB less
    commission                                                      0.00 RUB
        = ladder(revenue)
        revenue = 1,200,000.00 RUB
        ladder(revenue) = 40,000.00 RUB
            from 0.00 RUB:         1,000,000.00 RUB × 3 % = 30,000.00 RUB
            from 1,000,000.00 RUB:   200,000.00 RUB × 5 % = 10,000.00 RUB
        40,000.00 RUB is not paid, because this gate failed: (won else 100%) >= 50%

    anna in 2026-01 as seller (shop.merit:${line('revenue + 5')}:5)

        revenue + 5 RUB > 2_000_000 RUB and (won else 0%) >= 50%
        |       |       |               |    |   |        |
        |       |       |               |    |   |        no
        |       |       |               |    |   33.33… %
        |       |       |               |    33.33… %
        |       |       |               no
        |       |       no
        |       1,200,005.00 RUB
        1,200,000.00 RUB

    anna in 2026-01 as seller (shop.merit:${line('previous(revenue)')}:5)

        previous(revenue) > 0 RUB
        |                 |
        |                 missing
        missing

    it is missing, and so doesn't hold

error[M4001]: the test says nothing of \`deal.cost\`, which is needed here
  ┌─ shop.merit:${line('profit is')}:5
${line('amount 1_200')}│   deal { manager anna, client A, closed_on 2026-01-10, amount 1_200_000 RUB, status won }
  │   ─────────────────────────────────────────────────────────────────────────────────────── this row doesn't say it
  ·
${line('profit is')}│     profit is 0 RUB
  │     ^^^^^^^^^^^^^^^ needed for this
  = help: give the row its \`cost\`

shop: 2 tests, 1 failed
`);
  });

  it('shows all digits where figures would read alike', async () => {
    const [result] = (await report()).tests.slice(1);
    const { failures } = result!;
    const money = { kind: 'money', currency: 'RUB' } as const;
    const near = {
      ...failures[0]!,
      bonuses: [],
      expected: { value: '1/3', type: money },
      found: { value: '3333333/10000000', type: money },
    };
    const one = { ...result!, failures: [near], faults: [] };
    const text = testReportText({ ...(await report()), tests: [one], failed: 1 }, SOURCES);
    expect(text).toContain('expected 1/3, found 3333333/10000000');
  });

  it.each([
    [[], 0, 'no tests'],
    [[{}], 0, '1 test, passed'],
    [[{}, {}], 0, '2 tests, all passed'],
    [[{}, {}], 1, '2 tests, 1 failed'],
  ])('counts %j', (tests, failed, text) => {
    expect(countedTests({ tests: tests as unknown as TestReport['tests'], failed })).toBe(text);
  });
});

describe('JUnit', () => {
  it('has a case for each test, and its text where it failed', async () => {
    const xml = testJUnit([await report()], SOURCES);
    expect(xml.split('\n').slice(0, 6)).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="merit" tests="2" failures="0" errors="1">',
      '  <testsuite name="shop" tests="2" failures="0" errors="1" skipped="0">',
      expect.stringMatching(
        /^ {4}<testcase classname="shop" name="passes" file="shop\.merit" line="\d+"\/>$/,
      ),
      expect.stringMatching(
        /^ {4}<testcase classname="shop" name="a &amp; b &lt;fails&gt;" file="shop\.merit" line="\d+">$/,
      ),
      expect.stringMatching(
        /^ {6}<error message="M4001: the test says nothing of `deal\.cost`, which is needed here \(and 3 more\)" type="error"> {4}anna in/,
      ),
    ]);
    expect(xml).not.toMatch(/&(?!amp;|lt;|gt;|quot;|apos;)/);
    expect(xml.endsWith('    </testcase>\n  </testsuite>\n</testsuites>\n')).toBe(true);
  });

  it('holds no character that XML can’t', async () => {
    const { tests, ...rest } = await report();
    const odd = { ...tests[0]!, name: 'bell \u0007, half \ud800, "quoted"' };
    const xml = testJUnit([{ ...rest, tests: [odd] }], SOURCES);
    expect(xml).toContain('name="bell \ufffd, half \ufffd, &quot;quoted&quot;"');
  });
});

describe('JSON', () => {
  it('is as its schema says, which is committed', async () => {
    const committed = readFileSync(
      fileURLToPath(new URL('../../schemas/merit.tests.schema.json', import.meta.url)),
      'utf8',
    );
    expect(JSON.parse(committed)).toEqual(testReportSchema());
    const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(testReportSchema());
    expect(
      isValid(JSON.parse(testReportsJson([await report()], SOURCES))),
      JSON.stringify(isValid.errors),
    ).toBe(true);
  });

  it('has all of it as data', async () => {
    const json = JSON.parse(testReportsJson([await report()], SOURCES));
    expect(Object.keys(json)).toEqual(['formatVersion', 'policies', 'passed', 'failed'].toSorted(byOrder));
    const [passing, failing] = json.policies[0].tests;
    expect(passing).toMatchObject({ name: 'passes', passed: true, conditions: 1, failures: [], faults: [] });
    expect(failing.failures[0]).toMatchObject({
      person: 'anna',
      period: '2026-01',
      condition: 'commission is 40_000 RUB',
      value: false,
      expected: { value: '40000', type: { kind: 'money', currency: 'RUB' } },
      found: { value: '0', type: { kind: 'money', currency: 'RUB' } },
      parts: [
        { from: 0, until: 10, mark: 0, value: { value: '0' } },
        { from: 0, until: 24, mark: 11, value: { value: 'false' } },
      ],
      bonuses: [
        { bonus: 'commission', lines: [{ role: 'seller', line: { computed: '40000', amount: '0' } }] },
      ],
    });
  });
});

/** As the document has them: the version first. */
function byOrder(a: string, b: string): number {
  const order = ['formatVersion', 'passed', 'policies', 'failed'];
  return order.indexOf(a) - order.indexOf(b);
}
