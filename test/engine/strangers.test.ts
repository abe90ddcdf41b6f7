// `for person` and `for team` against the people data: a warning for whom it doesn't know, on both backends.

import { describe, expect, it } from 'vitest';
import { textSource } from '../../src/browser.ts';
import { compile, openBackend, run, type SourceSpec } from '../../src/node.ts';
import { strangers } from '../../src/query/strangers.ts';
import { convertPolicy } from '../../src/syntax/print.ts';

const POLICY = `policy p {
  currency RUB
  timezone "Europe/Moscow"
  period month
}
event deal {
  id: text key
  day: date posts
  who: person owner
  amount: money
}
kpi revenue = sum(deal.amount)
role seller { target revenue 100 RUB, bonus b = revenue * 1% }
for person anna { target revenue 50 RUB }
for person ana { target revenue 50 RUB }
for person "X-17" { target revenue 50 RUB }
for team "North" { target revenue 500 RUB }
for team "Nort" { target revenue 500 RUB }
`;
const PEOPLE = 'id,role,team\nanna,seller,North\nboris,seller,South\nvera,sellr,West\n';

const source = (name: string, text: string): SourceSpec => textSource(name, `${name}.csv`, text);

describe.each(['memory', 'duckdb'] as const)('on %s', (name) => {
  async function warnings(text: string, file = 'p.merit', people = PEOPLE) {
    const { value: model } = compile([{ name: file, text }]);
    const sources = [source('person', people), source('deal', 'id,day,who,amount\n')];
    const backend = await openBackend(name, sources);
    const { diagnostics } = await run({ model: model!, sources, period: '2026-01' }, backend);
    await backend.close();
    return diagnostics.filter(({ code }) => code === 'M3014');
  }

  it('warns of each, with the near miss', async () => {
    const found = await warnings(POLICY);
    expect(found.map(({ severity }) => severity)).toEqual(['warning', 'warning', 'warning']);
    expect(found.map(({ message, help }) => `${message} (${help})`)).toEqual([
      '`for person ana`: there is nobody of that id in the people data (did you mean `anna`?)',
      '`for person X-17`: there is nobody of that id in the people data (known here: `anna`, `boris`, `vera`)',
      '`for team Nort`: there is no team of that name in the people data (did you mean `North`?)',
    ]);
    expect(found.map(({ span }) => POLICY.slice(span!.start, span!.end))).toEqual([
      'ana',
      '"X-17"',
      '"Nort"',
    ]);
  });

  it('says the same of a YAML policy', async () => {
    const yaml = convertPolicy({ name: 'p.merit', text: POLICY }, 'yaml').value!;
    const texts = (await warnings(yaml, 'p.merit.yaml')).map(({ message }) => message);
    expect(texts).toEqual((await warnings(POLICY)).map(({ message }) => message));
  });

  it('a person whose row is rejected is known', async () => {
    // vera's role isn't one of the policy
    const text = POLICY.replace('person ana', 'person vera').replace(/for (person "|team "Nort").*\n/g, '');
    expect(await warnings(text)).toEqual([]);
  });

  it('people data that can’t be read is no reason to call anybody unknown', async () => {
    expect(await warnings(POLICY, 'p.merit', 'id\nanna\n')).toEqual([]);
  });
});

it('ids are compared in NFC, and a policy without such targets asks for nothing', () => {
  const { value: model } = compile([
    { name: 'p.merit', text: POLICY.replace('person ana', 'person "zoe\u0301"') },
  ]);
  const found = strangers(model!, { rows: [], known: ['anna', 'zo\u00e9', 'X-17'] });
  expect(found.map(({ message }) => message)).toEqual([
    '`for team North`: there is no team of that name in the people data',
    '`for team Nort`: there is no team of that name in the people data',
  ]);
  const plain = compile([{ name: 'p.merit', text: POLICY.replace(/for .*\n/g, '') }]);
  expect(strangers(plain.value!, { rows: [], known: [] })).toEqual([]);
});
