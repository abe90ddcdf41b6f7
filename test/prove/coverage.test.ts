// Coverage as a whole: percents rounded down, what several runs and versions took together, and the same for every layout
// and form of a policy.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine.ts';
import type { Decision } from '../../src/model/decision.ts';
import type { Model } from '../../src/model/policy.ts';
import { coverageOf, createHeard } from '../../src/prove/coverage.ts';
import { decidablesOf, decisionKey } from '../../src/prove/decisions.ts';
import { coverageSchema } from '../../src/report/coverage-schema.ts';
import { coverageJson, coverageText } from '../../src/report/coverage-text.ts';
import { convertPolicy, formatPolicy } from '../../src/syntax/print.ts';

const POLICY = `policy p { currency RUB
 timezone "UTC"
 period month }
person { region: text }
event deal { id: text key
 day: date posts
 manager: person owner
 amount: money
 cost: money? }
kpi   revenue = sum( deal.amount )   // all of it
kpi dear = count(deal where (cost else 0 RUB)>10 RUB)
curve c steps { below 50%: 0%
 50%: 50%
 100%: 100% }
rates ladder marginal { from 0 RUB: 3%
 from 1000000 RUB: 5% }
role seller {
  target revenue 100 RUB
  target revenue 50 RUB when person.region is "South"
  gate   dear>=1 and revenue > 5 RUB
  scorecard { revenue 100% on c }
  bonus b gated = ladder( revenue )
            * score
  bonus m not prorated = min(revenue*1%, 1000 RUB) when not (region_ok)
}
let region_ok = revenue > 5 RUB
award best { to top 1 of seller by revenue
 gives 10 RUB }
`;

function modelFrom(name: string, text: string): Model {
  const { value, diagnostics } = compile([{ name, text }]);
  const errors = diagnostics.filter((each) => each.severity === 'error');
  expect(errors.map((each) => `${each.code} ${each.message}`)).toEqual([]);
  return value!;
}

function names(model: Model): readonly string[] {
  return decidablesOf(model)
    .all.map(({ name, impossible = '' }) => `${name} ${impossible}`)
    .toSorted();
}

/** What is heard where all decisions of these numbers were taken. */
function heardOf(model: Model, which: (at: number) => boolean) {
  const all = decidablesOf(model).all;
  return { keys: new Set(all.flatMap((each, at) => (which(at) ? [each.key] : []))) };
}

describe('layout', () => {
  const written = { name: 'p.merit', text: POLICY };
  const model = modelFrom('p.merit', POLICY);

  it('doesn’t change the list, formatted or in one line where that may be', () => {
    const formatted = formatPolicy(written).value!;
    expect(formatted).not.toBe(POLICY);
    expect(names(modelFrom('p.merit', formatted))).toEqual(names(model));
    const commented = POLICY.replace('ladder( revenue )', 'ladder( // of all sales\n revenue )');
    expect(commented).not.toBe(POLICY);
    expect(names(modelFrom('p.merit', commented))).toEqual(names(model));
  });

  it('nor does the form', () => {
    const yaml = convertPolicy(written, 'yaml').value!;
    expect(names(modelFrom('p.merit.yaml', yaml))).toEqual(names(model));
    const quoted = yaml.replace(
      /when: (person\.region is "South")/,
      (_, words: string) => `when: '${words}'`,
    );
    expect(quoted).not.toBe(yaml);
    expect(names(modelFrom('p.merit.yaml', quoted))).toEqual(names(model));
  });

  it('gives names that stand alone', () => {
    const all = decidablesOf(model).all;
    expect(new Set(all.map((each) => each.name)).size).toBe(all.length);
  });
});

describe('the sum', () => {
  const model = modelFrom('p.merit', POLICY);
  const possible = decidablesOf(model).all.filter((each) => !each.impossible).length;

  it('is rounded down: 100 only where nothing is left', () => {
    expect(
      coverageOf(
        [model],
        heardOf(model, () => true),
      ).percent,
    ).toBe(100);
    const allButOne = coverageOf(
      [model],
      heardOf(model, (at) => at > 0),
    );
    expect(allButOne).toMatchObject({ total: possible, covered: possible - 1 });
    expect(allButOne.percent).toBe(Math.floor(((possible - 1) * 100) / possible));
    expect(allButOne.percent).toBeLessThan(100);
    expect(coverageOf([model], { keys: new Set() }).percent).toBe(0);
  });

  it('of a policy that decides nothing is whole', () => {
    const plain = modelFrom(
      'q.merit',
      'policy q { currency RUB\n timezone "UTC"\n period month }\nrole seller { bonus b = 10 RUB }',
    );
    expect(coverageOf([plain], { keys: new Set() })).toMatchObject({ total: 0, covered: 0, percent: 100 });
  });

  it('adds up what several runs took, and counts a line that versions share once', () => {
    const even = heardOf(model, (at) => at % 2 === 0);
    const odd = heardOf(model, (at) => at % 2 === 1);
    const both = { keys: new Set([...even.keys, ...odd.keys]) };
    expect(coverageOf([model], both).percent).toBe(100);
    expect(coverageOf([model, modelFrom('p.merit', POLICY)], both).total).toBe(possible);
    // another file has decisions of its own
    expect(coverageOf([model, modelFrom('other.merit', POLICY)], both).total).toBe(possible * 2);
  });

  it('leaves out what is only supposed', () => {
    const heard = createHeard();
    const span = { source: 'p.merit', start: 1, end: 2 };
    const decision: Decision = { kind: 'condition', span, way: 'yes' };
    heard.decided({ ...decision, supposed: true });
    expect(heard.keys.size).toBe(0);
    heard.decided(decision);
    expect([...heard.keys]).toEqual([decisionKey(decision)]);
  });
});

describe('the report', () => {
  it('says what isn’t covered line by line, and the sum last', () => {
    const text = `policy q { currency RUB\n timezone "UTC"\n period month }
event deal { id: text key\n day: date posts\n manager: person owner\n amount: money }
kpi revenue = sum(deal.amount)
role seller {
  gate revenue >= 10 RUB
  bonus b gated = revenue * 1%
  cap 5 RUB
}
rates idle marginal { from 0 RUB: 1% }
`;
    const model = modelFrom('q.merit', text);
    const report = coverageOf(
      [model],
      heardOf(model, (at) => at === 0),
    );
    expect(coverageText(report, model.sources)).toBe(`not covered

q.merit:10  gate revenue >= 10 RUB
    gate \`revenue >= 10 RUB\` of role \`seller\`: fails
q.merit:12  cap 5 RUB
    cap \`5 RUB\` of role \`seller\`: binds; doesn't bind

can't happen, or changes nothing, and isn't counted

q.merit:14  rates idle marginal { from 0 RUB: 1% }
    rates \`idle\`: tier from 0 RUB (nothing reads it)

coverage 25%: 1 of 4 decisions
`);
    const json = JSON.parse(coverageJson(report, model.sources));
    expect(json).toMatchObject({ formatVersion: 1, policy: 'q', total: 4, covered: 1, percent: 25 });
    const { start, end, line, column } = json.uncovered[0].place;
    expect([line, column, text.slice(start, end)]).toEqual([10, 8, 'revenue >= 10 RUB']);
    const committed = new URL('../../schemas/merit.coverage.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(coverageSchema());
    const isValid = new Ajv({ strict: true }).compile(coverageSchema());
    expect(isValid(json), JSON.stringify(isValid.errors)).toBe(true);
  });
});
