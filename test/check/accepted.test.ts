// Policies that must check without a word: the constructs of language.md, section 1, and the examples.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compile, loadProject } from '../../src/node.ts';
import { convertPolicy } from '../../src/syntax/print.ts';
import { accepted } from './helpers.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

const policies = readdirSync(examples, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .flatMap(({ name }) => readdirSync(`${examples}${name}`).map((file) => `${name}/${file}`))
  .filter((path) => /\/policy\.merit(\.yaml)?$/.test(path));

test.each(policies)('example %s', async (path) => {
  const project = await loadProject(`${examples}${path}`);
  expect(project.diagnostics).toEqual([]);
  const { value, diagnostics } = compile(project.value!.policy);
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  expect(value!.kpis.length).toBeGreaterThan(0);
});

test('the whole language is the same policy in both forms, each with the calendar in its own', () => {
  const text = (file: string): string => readFileSync(`${examples}whole-language/${file}`, 'utf8');
  for (const file of ['policy.merit', 'calendar.merit']) {
    const yaml = convertPolicy({ name: file, text: text(file) }, 'yaml').value!;
    expect(yaml.replace('- ./calendar.merit\n', '- ./calendar.merit.yaml\n')).toBe(text(`${file}.yaml`));
  }
});

test('the sales department of the language page', () => {
  const model = accepted(`policy sales_2026 {
  title "Sales department, 2026"
  currency RUB
  timezone "Europe/Moscow"
  period month
  effective from 2026-01-01 until 2026-12-31
  rounding half up to 0.01
  report by person.region
}
person {
  salary: money
  region: text
  fte: percent else 100%
}
event deal {
  since 2024-01-01
  id: text key
  closed_on: date? posts
  manager: person owner
  client: text
  amount: money from 0 RUB
  cost: money?
  status: won | lost | open
  is_won = status is won
  margin = amount - (cost else 0 RUB)
  is_first = is_won and nth(by client where is_won) is 1
}
event call {
  id: text key
  at: datetime posts
  manager: person owner
  length: duration
  outcome: reached | missed | meeting
}
event request {
  id: text key
  opened_at: datetime posts
  closed_at: datetime?
  manager: person owner
}
table account_care {
  client: text key
  farmer: person
  from: date
  until: date?
}
credit deal {
  to manager 100%
  to account_care[client at closed_on].farmer 30% extra as care when not is_first
}
kpi revenue "Total revenue" outcome {
  value sum(deal.amount where is_won)
  owner "Commercial director"
}
kpi profit outcome = sum(deal.margin where is_won)
kpi new_clients outcome = count(distinct deal.client where is_first)
kpi repeat_sales outcome = sum(deal.amount where is_won and not is_first)
kpi cared_sales outcome = sum(deal.amount as care where is_won)
kpi calls operational = count(call)
kpi meetings operational = count(call where outcome is meeting)
kpi conversion operational = count(deal where is_won) / count(deal where status is not open)
kpi answer_time operational lower is better = average(request.closed_at - opened_at where closed_at exists)
kpi growth outcome = revenue / revenue[previous] - 1
curve standard linear {
  below 80%: 0%
  80%: 50%
  100%: 100%
  130%: 160%
  above: 160%
}
rates ladder marginal {
  from 0 RUB: 3%
  from 1_000_000 RUB: 5%
  from 2_000_000 RUB: 7%
}
role seller {
  target calls 400
  target conversion 20%
}
role icebreaker extends seller {
  target meetings 25
  scorecard {
    meetings 60% on standard
    calls 40% on standard
  }
  bonus opener = meetings * 500 RUB
  bonus base = 15_000 RUB * score
}
role hunter extends seller {
  target new_clients 8 adds up
  target revenue 1_500_000 RUB
  target revenue 1_100_000 RUB when person.region is "South"
  scorecard {
    new_clients 50% on standard
    revenue 30% on standard
    calls 20% on standard cap 120%
  }
  gate (conversion else 0%) >= 10%
  bonus commission gated = ladder(revenue)
  bonus per_client = new_clients * 2_000 RUB
  bonus plan per quarter = person.salary * 30% * score
  cap 300_000 RUB
}
role farmer extends seller {
  target repeat_sales 2_000_000 RUB
  target revenue 2_500_000 RUB
  target answer_time 4 hours
  scorecard {
    repeat_sales 70% on standard
    answer_time 30% on standard missing counts 0%
  }
  bonus repeat_share = repeat_sales * 4% * score
  bonus client_care = cared_sales * 1%
  bonus team_plan = 20_000 RUB when (attainment(revenue[team]) else 0%) >= 100%
}
role head {
  bonus result per quarter = profit[company] * 2%
}
`);
  expect(
    model.roles.map((each) => [each.name, each.bonuses.map((bonus) => `${bonus.name} ${bonus.prorated}`)]),
  ).toEqual([
    ['seller', []],
    ['icebreaker', ['opener false', 'base true']],
    ['hunter', ['commission false', 'per_client false', 'plan true']],
    ['farmer', ['repeat_share false', 'client_care false', 'team_plan true']],
    ['head', ['result false']],
  ]);
});
