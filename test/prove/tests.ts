// Tests of a small policy, in either form: what comes of them.

import { hasErrors } from '../../src/base/diagnostic.ts';
import { compile } from '../../src/engine.ts';
import type { TestReport, TestResult } from '../../src/model/test-report.ts';
import { runTests } from '../../src/node.ts';
import { convertPolicy } from '../../src/syntax/print.ts';

/** A shop of two sellers and a manager: a rate by tiers behind a gate, a bonus of a quarter, a fixed amount. */
export const SHOP = `policy shop {
  currency  RUB
  timezone  "Europe/Moscow"
  period    month
  effective from 2026-01-01 until 2026-12-31
}

person {
  salary: money
  region: text
  fte:    percent else 100%
}

event deal {
  since 2025-01-01
  id:        text key
  closed_on: date posts
  manager:   person owner
  client:    text
  amount:    money from 0 RUB
  cost:      money
  status:    won | lost

  is_won   = status is won
  margin   = amount - cost
  is_first = is_won and nth(by client where is_won) is 1
}

event call {
  id:      text key
  at:      datetime posts
  manager: person owner
}

table price {
  product: text key
  amount:  money
}

kpi revenue     = sum(deal.amount where is_won)
kpi profit      = sum(deal.margin where is_won)
kpi new_clients = count(distinct deal.client where is_first)
kpi calls       = count(call)
kpi won         = count(deal where is_won) / count(deal)

rates ladder marginal {
  from 0 RUB:         3%
  from 1_000_000 RUB: 5%
}

role seller {
  target revenue 1_000_000 RUB
  target revenue 800_000 RUB when person.region is "South"
  scorecard { revenue 100% }
  gate (won else 100%) >= 50%
  bonus commission gated = ladder(revenue)
  bonus third            = revenue / 3
  bonus share            = profit * 10%
  bonus quarterly per quarter = person.salary * 10% * score
}

role manager {
  bonus override = revenue[team] * 1%
  bonus listed   = calls * (price["call"].amount else 0 RUB)
}
`;

/** What comes of tests that stand below a policy. */
export async function outcome(tests: string, policy: string = SHOP): Promise<TestReport> {
  const { value, diagnostics } = compile([{ name: 'shop.merit', text: `${policy}\n${tests}` }]);
  if (!value || hasErrors(diagnostics))
    throw new Error(diagnostics.map((each) => `${each.code} ${each.message}`).join('\n'));
  return runTests(value);
}

/** What comes of the one test of people and rows with these expectations. */
export async function outcomeOf(rows: string, expected: string, policy: string = SHOP): Promise<TestResult> {
  const { tests } = await outcome(`test "t" {\n${rows}\n${expected}\n}`, policy);
  return tests[0]!;
}

/** The same policy and tests in the YAML form. */
export async function outcomeInYaml(tests: string, policy: string = SHOP): Promise<TestReport> {
  const source = { name: 'shop.merit', text: `${policy}\n${tests}` };
  const { value: text } = convertPolicy(source, 'yaml');
  const { value, diagnostics } = compile([{ name: 'shop.merit.yaml', text: text! }]);
  if (!value) throw new Error(diagnostics.map((each) => `${each.code} ${each.message}`).join('\n'));
  return runTests(value);
}

/** What is wrong, in short: `commission is 3 RUB: 0` for a condition with what was found, the code of a fault. */
export function wrong({ failures, faults }: TestResult): readonly string[] {
  return [
    ...failures.map(({ condition, found, value }) => {
      const shown =
        found === undefined ? (value === null ? 'missing' : 'no') : found === 'top' ? 'top' : found.value;
      return `${condition}: ${shown}`;
    }),
    ...faults.map((each) => each.code),
  ];
}
