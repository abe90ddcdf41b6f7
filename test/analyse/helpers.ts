// What the tests of lints share: a policy of which there is nothing to say, and findings as their code and marked text.

import { expect } from 'vitest';
import { lint } from '../../src/analyse/lint.ts';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { compile } from '../../src/engine.ts';
import type { Model } from '../../src/model/policy.ts';

export const HEAD = `policy p {
  currency RUB
  timezone "Europe/Moscow"
  period month
  effective from 2026-01-01
}
`;

/** People, deals and calls. */
export const DATA = `person { salary: money from 0 RUB, fte: percent from 0% until 100% else 100% }
event deal {
  since 2025-01-01
  id: text key
  closed_on: date posts
  manager: person owner
  client: text
  amount: money from 0 RUB
  cost: money
  mark: number from 1 until 5
  status: won | lost | open
  is_won = status is won
}
`;

/** Reads every field, so that a case is about what it adds. */
export const KPIS = `kpi revenue "Revenue" = sum(deal.amount where is_won)
kpi profit "Profit" = sum(deal.amount - deal.cost)
kpi deals "Deals" = count(deal where is_won)
kpi conversion "Conversion" = deals / count(deal where status is not open)
kpi mark "Mark" = average(deal.mark)
kpi clients "Clients" = count(distinct deal.client)
kpi returns "Returns" lower is better = count(deal where status is lost)
`;

/** Pays by every KPI. */
export const ROLE = `role seller {
  target revenue 100 RUB
  target profit 50 RUB
  target deals 10
  target conversion 50%
  target mark 4
  target clients 5 adds up
  target returns 3
  bonus fee = revenue * 1% + profit * 1% + deals * 1 RUB + clients * 2 RUB - returns * 1 RUB
  bonus rest = person.salary * person.fte * ((conversion else 0%) + (mark else 1) / 10)
}
`;

export const WORLD = HEAD + DATA + KPIS;
export const CLEAN = WORLD + ROLE;

/** The Model of a policy that must check. */
export function modelOf(text: string, name = 'policy.merit'): Model {
  const { value, diagnostics } = compile([{ name, text }]);
  const errors = diagnostics.filter((each) => each.severity === 'error');
  expect(errors.map((each) => `${each.code} ${each.message} (${each.help ?? ''})`)).toEqual([]);
  return value!;
}

export function marked(text: string, { code, span }: Diagnostic): string {
  return `${code} ${text.slice(span!.start, span!.end).replace(/\s+/g, ' ')}`;
}

/** The findings in a policy, each as its code and the text that it marks. */
export function findings(text: string, name = 'policy.merit'): readonly string[] {
  return lint(modelOf(text, name)).map((each) => marked(text, each));
}

/** The findings that a fragment adds to the clean policy. */
export function added(fragment: string): readonly string[] {
  return findings(CLEAN + fragment);
}

/** The only finding of that code. */
export function only(text: string, code: string): Diagnostic {
  const found = lint(modelOf(text)).filter((each) => each.code === code);
  expect(found).toHaveLength(1);
  return found[0]!;
}
