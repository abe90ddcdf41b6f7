// Recording: what statements say becomes tests that pass, with as little of the data as that takes.

import { describe, expect, it } from 'vitest';
import { textSource } from '../../src/browser.ts';
import { compile } from '../../src/engine.ts';
import { createMemoryBackend, recordTests, runTests } from '../../src/node.ts';
import type { Form } from '../../src/syntax/print.ts';
import { SHOP, wrong } from './tests.ts';

const PEOPLE = `id,name,role,team,lead,salary,region,from,until
anna,Anna Lee,seller,North,,90000,North,,
boris,boris,seller,North,anna,80000,"South ""A""",2026-01-16,
bella,bella,manager,North,nobody,70000,North,,
cara,cara,seller,South,,60000,North,,
`;
const DEALS = `id,closed_on,manager,client,amount,cost,status
D1,2025-12-10,boris,Alder,100.50,10,won
D2,2026-01-10,anna,Alder,1200000,1000,won
D3,2026-01-20,boris,"Birch, ""B""",300,0,won
D4,2026-01-21,boris,Cedar,300,0,lost
D5,2026-01-22,cara,Dogwood,500,0,won
D6,2026-02-22,cara,Dogwood,500,0,won
`;
const CALLS = `id,at,manager
1,2026-01-10T10:30,bella
2,2026-01-11,anna
`;

async function recorded(persons: readonly string[] | undefined, form: Form = 'text', policy: string = SHOP) {
  const text = (name: string, content: string) => textSource(name, `${name}.csv`, content);
  const model = compile([{ name: 'shop.merit', text: policy }]).value!;
  const sources = [
    text('person', PEOPLE),
    text('deal', DEALS),
    text('call', CALLS),
    text('price', 'product,amount\ncall,12.5\n'),
  ];
  const backend = createMemoryBackend({ readFile: async () => new Uint8Array() });
  const request = { model, sources, period: '2026-01', form, ...(persons && { persons }) };
  const { value, diagnostics } = await recordTests(request, backend);
  if (!value) throw new Error(diagnostics.map((each) => each.message).join('\n'));
  const name = form === 'yaml' ? 'rec.merit.yaml' : 'rec.merit';
  const report = await runTests(
    compile([
      { name: 'shop.merit', text: policy },
      { name, text: value.text },
    ]).value!,
  );
  return { ...value, report };
}

describe('a recorded test', () => {
  it('holds what the statement says, with the rows that it takes', async () => {
    const { text, leftOut, report } = await recorded(['anna']);
    // 3% of a million and 5% of the rest; a third; a tenth of 1,199,000
    expect(
      text,
    ).toBe(`// Recorded from a run of 2026-01: it proves that the policy still says so, not that it is right.

test "anna in 2026-01" {
  person anna { role seller, name "Anna Lee", team North, salary 90_000 RUB, region North }
  price { product call, amount 12.5 RUB }
  deal {
    id        D2
    closed_on 2026-01-10
    manager   anna
    client    Alder
    amount    1_200_000 RUB
    cost      1_000 RUB
    status    won
  }
  call { id "2", at "2026-01-10T21:00:00Z", manager anna }
  expect anna in 2026-01 {
    revenue    is 1_200_000 RUB
    profit     is 1_199_000 RUB
    won        is 100%
    score      is 120%
    commission is 40_000 RUB
    third      is 400_000 RUB
    share      is 119_900 RUB
    pay        is 559_900 RUB
  }
}
`);
    expect(leftOut).toEqual([]);
    expect(report.tests.map(wrong)).toEqual([[]]);
  });

  it('takes the rows of others where figures look at them', async () => {
    // 1% of the team's 1,200,300, and 12.50 for the call
    const { text, leftOut, report } = await recorded(['bella']);
    expect(leftOut).toEqual([]);
    expect(report.tests.map(wrong)).toEqual([[]]);
    expect(text).toContain('override      is 12_003 RUB');
    expect(text).toContain('listed        is 12.5 RUB');
    // whoever leads stands in no row
    expect(text).not.toContain('nobody');
    expect(text).toContain('lead   anna');
  });

  it('is of everybody unless said, in either form', async () => {
    for (const form of ['text', 'yaml'] as const) {
      const { tests, leftOut, report } = await recorded(undefined, form);
      expect(tests).toEqual(['anna in 2026-01', 'bella in 2026-01', 'boris in 2026-01', 'cara in 2026-01']);
      expect(leftOut).toEqual([]);
      expect(report.tests.map((each) => each.name)).toEqual(tests);
      expect(report.tests.flatMap(wrong)).toEqual([]);
    }
  });
});
