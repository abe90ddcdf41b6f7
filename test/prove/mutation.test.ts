// Mutation of a small policy: which changes there are, that they are what they say in both forms, and which of them the
// tests notice.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine.ts';
import type { Model } from '../../src/model/policy.ts';
import { mutatePolicies } from '../../src/node.ts';
import { changed, mutantsOf } from '../../src/prove/mutants.ts';
import { modelOf } from '../../src/prove/mutation.ts';
import { meaning } from '../../src/prove/same-model.ts';
import { mutationSchema } from '../../src/report/mutation-schema.ts';
import { mutationJson, mutationText } from '../../src/report/mutation-text.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { convertPolicy } from '../../src/syntax/print.ts';
import { printText } from '../../src/syntax/print-text.ts';
import { printYaml } from '../../src/syntax/print-yaml.ts';
import { SHOP } from './tests.ts';

const WHOLE = readFileSync(new URL('../../examples/whole-language/policy.merit', import.meta.url), 'utf8');
const CALENDAR = readFileSync(
  new URL('../../examples/whole-language/calendar.merit', import.meta.url),
  'utf8',
);

function modelFrom(...sources: readonly { readonly name: string; readonly text: string }[]): Model {
  const { value, diagnostics } = compile(sources);
  if (!value) throw new Error(diagnostics.map((each) => `${each.code} ${each.message}`).join('\n'));
  return value;
}

function idsOf(text: string, name = 'shop.merit'): readonly string[] {
  return mutantsOf([parsePolicy({ name, text }).value]).map((each) => each.id);
}

describe('the list of changes', () => {
  it('has those of each kind of line, in the order of the text', () => {
    const ids = idsOf(SHOP);
    for (const id of [
      'else: person, field `fte`: 100% -> 101%',
      'comparison: event `deal`, field `is_won`: status is won -> status is not won',
      'aggregate: kpi `new_clients`: count(distinct deal.client where is_first) -> count(deal where is_first)',
      'condition: kpi `revenue`: sum(deal.amount where is_won) -> sum(deal.amount)',
      'direction: kpi `calls`:  -> lower is better',
      'table: rates `ladder`: marginal -> whole',
      'bound: rates `ladder`: from 1_000_000 RUB -> from 1_000_001 RUB',
      'bound: rates `ladder`: from 1_000_000 RUB -> from 999_999 RUB',
      'edge: rates `ladder`: from 1_000_000 RUB -> above 1_000_000 RUB',
      'rate: rates `ladder`, from 1_000_000 RUB: 5% -> 6%',
      'target: role `seller`, target `revenue`: 800_000 RUB -> 800_001 RUB',
      'condition: role `seller`, target `revenue`: when person.region is "South" -> left out',
      'gate: role `seller`, gate: gate (won else 100%) >= 50% -> left out',
      'comparison: role `seller`, gate: (won else 100%) >= 50% -> (won else 100%) > 50%',
      'else: role `seller`, gate: 100% -> 101%',
      'gate: role `seller`, bonus `commission`: gated -> left out',
      'constant: role `seller`, bonus `share`: 10% -> 11%',
      'constant: role `seller`, bonus `share`: 10% -> 0%',
      'period: role `seller`, bonus `quarterly`: per quarter -> per month',
      'scope: role `manager`, bonus `override`: revenue[team] -> revenue',
      'scope: role `manager`, bonus `override`: revenue[team] -> revenue[company]',
    ])
      expect(ids).toContain(id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('keeps its names whatever the layout, and in the other form', () => {
    const loose = SHOP.replace(/ {2,}/g, '    ').replace(/\n\n/g, '\n\n\n');
    expect(idsOf(loose)).toEqual(idsOf(SHOP));
    const { value: yaml } = convertPolicy({ name: 'shop.merit', text: SHOP }, 'yaml');
    expect(idsOf(yaml!, 'shop.merit.yaml').toSorted()).toEqual(idsOf(SHOP).toSorted());
  });

  it('moves weights in pairs, so that they come to the whole', () => {
    const ids = idsOf('role r {\n  scorecard {\n    a 60%\n    b 40%\n  }\n}\n');
    expect(ids.filter((each) => each.startsWith('weight'))).toEqual([
      'weight: role `r`, scorecard: 60% and 40% -> 61% and 39%',
      'weight: role `r`, scorecard: 40% and 60% -> 41% and 59%',
    ]);
  });

  // what is judged is the tree; what people see is its text, which must say the same
  it.each<[form: string, files: (text: string) => { readonly name: string; readonly text: string }]>([
    ['text', (text) => ({ name: 'policy.merit', text })],
    [
      'YAML',
      (text) => ({
        name: 'policy.merit.yaml',
        text: convertPolicy({ name: 'policy.merit', text }, 'yaml').value!,
      }),
    ],
  ])('is the same as the changed text, of the whole language in %s', (form, file) => {
    const calendar = { name: 'calendar.merit', text: CALENDAR };
    const source = file(WHOLE.replace('./calendar.merit', 'calendar.merit'));
    const model = modelFrom(source, calendar);
    const files = model.sources.map((each) => parsePolicy(each).value);
    const print = form === 'YAML' ? printYaml : printText;
    let checked = 0;
    for (const [at, mutant] of mutantsOf(files).entries()) {
      if (at % 5 > 0) continue;
      const other = modelOf({ model, files }, mutant);
      if (!other) continue;
      const text = print(changed(files[0]!, mutant.changes), source);
      expect(meaning(modelFrom({ name: source.name, text }, calendar)), mutant.id).toBe(meaning(other));
      checked++;
    }
    expect(checked).toBeGreaterThan(25);
  });
});

// 1,000,000 × 3% + 200,000 × 5% = 40,000
const LADDER = `test "by tiers" {
  person anna { role seller }
  deal { manager anna, client Alder, closed_on 2026-01-10, amount 1_200_000 RUB, cost 0 RUB, status won }
  expect anna in 2026-01 { commission is 40_000 RUB }
}
`;
// one of two is 50%: past the gate; one of three isn't
const GATE = `test "past the gate" {
  person anna { role seller }
  person boris { role seller }
  deal { manager anna, client Alder, closed_on 2026-01-10, amount 100 RUB, cost 0 RUB, status won }
  deal { manager anna, client Alder, closed_on 2026-01-10, amount 100 RUB, cost 0 RUB, status lost }
  deal { manager boris, client Alder, closed_on 2026-01-10, amount 100 RUB, cost 0 RUB, status won }
  2 deals { manager boris, client Alder, closed_on 2026-01-10, amount 100 RUB, cost 0 RUB, status lost }
  expect anna in 2026-01 { commission is 3 RUB }
  expect boris in 2026-01 { commission is 0 RUB }
}
`;

async function mutated(tests: string, only: string) {
  const model = modelFrom({ name: 'shop.merit', text: `${SHOP}\n${tests}` });
  const { reports, failed } = await mutatePolicies([model], { only });
  return { failed, report: reports[0]!, model };
}

describe('what tests notice', () => {
  it('tells changes that a test notices from those that none does', async () => {
    const { report } = await mutated(LADDER, 'gate');
    const left = report.mutants.filter((each) => each.outcome.kind === 'survived');
    expect(left.map((each) => each.id)).toEqual([
      'gate: role `seller`, gate: gate (won else 100%) >= 50% -> left out',
      'gate: role `seller`, bonus `commission`: gated -> left out',
    ]);
    expect(left[0]!.outcome).toEqual({
      kind: 'survived',
      diff: [{ way: 'without', text: '  gate (won else 100%) >= 50%' }],
      hint: 'a test in which a gate fails',
    });
    const { report: better } = await mutated(LADDER + GATE, 'gate');
    expect(better.counts).toMatchObject({ survived: 0 });
  });

  it('names the test that noticed, and says why a change pays the same', async () => {
    const { report } = await mutated(LADDER, 'rates ladder');
    const rate = report.mutants.find((each) => each.id === 'rate: rates `ladder`, from 0 RUB: 3% -> 4%');
    expect(rate?.outcome).toEqual({ kind: 'killed', test: 'by tiers' });
    const edge = report.mutants.find((each) =>
      each.id.startsWith('edge: rates `ladder`: from 1_000_000 RUB'),
    );
    expect(edge?.outcome).toEqual({
      kind: 'equivalent',
      reasons: [
        'at the bound itself the amount is the same from either tier, and no formula asks which rate is reached there',
      ],
    });
  });

  it('takes a kind, a line, or a part of the policy alone', async () => {
    const line = SHOP.split('\n').findIndex((each) => each.includes('from 1_000_000 RUB: 5%')) + 1;
    const { report } = await mutated(LADDER, `shop.merit:${line}`);
    expect(report.mutants.every((each) => each.at.line === line)).toBe(true);
    expect(report.mutants.length).toBeGreaterThan(4);
    const { report: share } = await mutated(LADDER, 'bonus share');
    expect(share.mutants.map((each) => each.owner)).toEqual(
      share.mutants.map(() => 'role `seller`, bonus `share`'),
    );
  });

  it('wants tests that pass', async () => {
    const { failed } = await mutated(LADDER.replace('40_000', '40_001'), 'gate');
    expect(failed).toEqual(['by tiers']);
  });

  it('lets an invariant notice what tests do not', async () => {
    const invariant = 'invariant "never more than the revenue" {\n  share <= profit\n}\n';
    const text = SHOP.replace(
      'bonus share            = profit * 10%',
      'bonus share            = profit * 100%',
    );
    const model = modelFrom({ name: 'shop.merit', text: `${text}\n${LADDER}\n${invariant}` });
    const only = 'bonus share';
    const outcomes = async (invariants: boolean) =>
      (await mutatePolicies([model], { only, invariants })).reports[0]!.mutants.filter(
        (each) => each.after === '101%',
      ).map((each) => each.outcome.kind);
    expect(await outcomes(false)).toEqual(['survived']);
    expect(await outcomes(true)).toEqual(['killed']);
  }, 60_000);

  it('reads aloud, survivors first', async () => {
    const { report } = await mutated(LADDER, 'role seller, gate');
    const text = mutationText(report);
    expect(text.startsWith('no test noticed\n\nshop.merit:')).toBe(true);
    expect(text).toContain('    - gate (won else 100%) >= 50%\n'.replace('- ', '-   '));
    expect(text).toContain('    to notice it: a test in which a gate fails\n');
    const { killed, survived, equivalent } = report.counts;
    expect(text.trimEnd().split('\n').at(-1)).toBe(
      `shop: ${killed + survived + equivalent} changes, ${killed} noticed by a test, ${survived} not, ${equivalent} proved to pay the same`,
    );
  });

  it('is JSON as its schema says, and the schema in `schemas/` is fresh', async () => {
    const { report, model } = await mutated(LADDER, 'rates ladder');
    const json = JSON.parse(mutationJson([report], model.sources));
    const isValid = new Ajv({ strict: true }).compile(mutationSchema());
    expect(isValid(json), JSON.stringify(isValid.errors)).toBe(true);
    const committed = new URL('../../schemas/merit.mutation.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(mutationSchema());
  });
});
