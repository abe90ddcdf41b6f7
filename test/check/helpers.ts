// What the tests of the checker share: a small policy around a fragment, and the places that diagnostics mark.

import { expect } from 'vitest';
import { type Diagnostic, hasErrors } from '../../src/base/diagnostic.ts';
import type { Span } from '../../src/base/source.ts';
import { check } from '../../src/check/check.ts';
import type { Model } from '../../src/model/policy.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { convertPolicy } from '../../src/syntax/print.ts';

export const HEAD =
  'policy p {\n  currency RUB\n  timezone "Europe/Moscow"\n  period month\n  effective from 2026-01-01\n}\n';

/** People, events and KPIs that most cases need; a fragment may use them all. */
export const WORLD = `${HEAD}
person {
  salary: money
  region: text
  grade: junior | senior
  quota: money?
  fte: percent else 100%
}
event deal {
  since 2025-01-01
  id: text key
  closed_on: date posts
  manager: person owner
  opener: person?
  client: text
  amount: money from 0 RUB
  price: money in EUR
  cost: money?
  status: won | lost | open
  is_won = status is won
}
event call {
  id: text key
  at: datetime posts
  manager: person owner
  ended_at: datetime?
  length: duration
}
event nps {
  id: text key
  given_on: date posts
  mark: number
}
table care {
  client: text key
  farmer: person
  from: date
  until: date?
}
table market {
  region: text key
  size: money
}
kpi revenue = sum(deal.amount where is_won)
kpi deals = count(deal where is_won)
kpi calls = count(call)
kpi clients = count(distinct deal.client)
kpi conversion = deals / count(deal)
kpi answer_time lower is better = average(call.length)
curve standard linear {
  below 80%: 0%
  80%: 50%
  100%: 100%
  above: 160%
}
rates ladder marginal {
  from 0 RUB: 3%
  from 1_000_000 RUB: 5%
}
`;

export function checked(text: string): {
  readonly model: Model | undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  const source = { name: 'policy.merit', text };
  const parsed = parsePolicy(source);
  expect(parsed.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  const { value, diagnostics } = check([parsed.value], [source]);
  return { model: value, diagnostics };
}

/** Each diagnostic as its code and the text that it marks. */
export function errorsOf(text: string): readonly string[] {
  return checked(text).diagnostics.map(({ code, span }) => `${code} ${marked(text, span)}`);
}

function marked(text: string, span: Span | undefined): string {
  return span ? text.slice(span.start, span.end) : '';
}

export interface Expected {
  /** The text under the mark. */
  readonly at: string;
  readonly message?: RegExp;
  readonly help?: RegExp;
  /** The texts of the related places. */
  readonly related?: readonly string[];
  /** Whether there is a fix; one that is there is always applied, and must remove the error. */
  readonly fixed?: true;
}

/** One error and nothing else, at its place; a fix that it suggests removes it. */
export function expectError(
  text: string,
  code: string,
  { at, message, help, related, fixed }: Expected,
): void {
  const { model, diagnostics } = checked(text);
  expect(diagnostics.map((each) => `${each.code} ${marked(text, each.span)} (${each.message})`)).toEqual([
    expect.stringContaining(`${code} ${at} (`),
  ]);
  expect(model).toBeUndefined();
  const [error] = diagnostics as [Diagnostic];
  expect(`${error.code} ${marked(text, error.span)}`).toBe(`${code} ${at}`);
  if (message) expect(error.message).toMatch(message);
  if (help) expect(error.help).toMatch(help);
  if (related) expect((error.related ?? []).map((each) => marked(text, each.span))).toEqual(related);
  if (fixed) expect(error.fix).toBeDefined();
  if (error.fix) expect(errorsOf(applied(text, error))).toEqual([]);
  expectYamlHelp(text);
}

/** Code between backticks that only the text form has: a declaration or clause by its word, lines in `{ }`, a definition. */
export const TEXT_FORM =
  /`(?:(?:policy|kpi|let|bonus|gate|event|table|credit|target|scorecard|given|currency|timezone|period|since|work|gives|effective|curve|rates|grid|role|person|for|award) [^`:]*`|[^`:]*\{|[\w/]+ = |\/\/)/;

/** The same mistake in a YAML file is answered in YAML's words. */
function expectYamlHelp(text: string): void {
  const yaml = convertPolicy({ name: 'policy.merit', text }, 'yaml').value;
  if (yaml === undefined) return;
  const source = { name: 'policy.merit.yaml', text: yaml };
  const { diagnostics } = check([parsePolicy(source).value], [source]);
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]!.help ?? '').not.toMatch(TEXT_FORM);
}

function applied(text: string, { fix = [] }: Diagnostic): string {
  return fix
    .toReversed()
    .reduce((now, { span, text: put }) => now.slice(0, span.start) + put + now.slice(span.end), text);
}

/** The Model of a policy that must check without a word. */
export function accepted(text: string): Model {
  const { model, diagnostics } = checked(text);
  expect(diagnostics.map((each) => `${each.code} ${marked(text, each.span)} (${each.message})`)).toEqual([]);
  expect(hasErrors(diagnostics)).toBe(false);
  return model!;
}
