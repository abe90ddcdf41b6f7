// Names that only look alike: told by both backends, in the fields by which rows are told apart.

import { describe, expect, it } from 'vitest';
import { comparedFields, nearMissesAmong } from '../../src/backend/near-misses.ts';
import { textSource } from '../../src/browser.ts';
import { compile, openBackend, run, type SourceSpec } from '../../src/node.ts';

const POLICY = `policy p {
  currency RUB
  timezone "Europe/Moscow"
  period month
}
event deal {
  since 2026-01-01
  id: text key
  day: date posts
  who: person owner
  client: text
  note: text
  is_first = nth(by client) is 1
}
kpi deals = count(deal where is_first)
role r { bonus b = deals * 1 RUB }
`;

const source = (name: string, text: string): SourceSpec => textSource(name, `${name}.csv`, text);

describe.each(['memory', 'duckdb'] as const)('near misses on %s', (name) => {
  it('are warnings; what nothing compares, and capitals, are left alone', async () => {
    const { value: model } = compile([{ name: 'p.merit', text: POLICY }]);
    const sources = [
      source('person', 'id,role\nann,r\n'),
      // the second client begins with a Cyrillic А, the third differs in capitals only; notes aren't compared
      source(
        'deal',
        'id,day,who,client,note\nD-1,2026-01-01,ann,Acme,x\n"D-1 ",2026-01-02,ann,Аcme,x \nD-2,2026-01-03,ann,acme,x\n',
      ),
    ];
    const backend = await openBackend(name, sources);
    const { value, diagnostics } = await run({ model: model!, sources, period: '2026-01' }, backend);
    await backend.close();
    expect(diagnostics.map(({ code, severity, message }) => `${severity} ${code} ${message}`)).toEqual([
      'warning M2122 `D-1` and `D-1 ` look alike in `deal.id`, and are taken as two',
      'warning M2122 `Acme` and `Аcme` look alike in `deal.client`, and are taken as two',
    ]);
    expect(diagnostics[1]!.help).toContain('its `А` is a look-alike letter of another alphabet');
    // three clients, each met for the first time
    expect(value!.statements[0]!.pay).toBe('3');
  });
});

it('are told of keys that refer to others, and of what rows share with those', () => {
  const { value: model, diagnostics } = compile([
    {
      name: 'p.merit',
      text: `${POLICY.slice(0, POLICY.indexOf('kpi'))}
event refund {
  since 2026-01-01
  id: text key
  day: date posts
  deal: deal
  town: text
  note: text
  client = deal.client else "nobody"
}
event visit {
  since 2026-01-01
  id: text key
  day: date posts
  town: text
  note: text
  refunds = count(refund of town)
}
`,
    },
  ]);
  expect(diagnostics).toEqual([]);
  const compared = model!.events.map((event) => [
    event.name,
    comparedFields(model!, event).map((at) => event.fields[at]!.name),
  ]);
  expect(compared).toEqual([
    ['deal', ['id', 'client']],
    ['refund', ['id', 'deal', 'town']],
    ['visit', ['id', 'town']],
  ]);
});

it('pairs texts by their looks', () => {
  expect(nearMissesAmong('f', ['plain', 'Plain', 'a b'])).toEqual([]);
  expect(nearMissesAmong('f', ['a\u00a0b', 'a b', 'c'])).toEqual([
    { field: 'f', first: 'a b', second: 'a\u00a0b' },
  ]);
});
