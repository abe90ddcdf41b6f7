// What runs share: an answer that nothing has touched is the very same, and what something has touched is asked anew.

import { expect, test } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { keepData } from '../../src/backend/kept.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { textSource } from '../../src/browser.ts';
import { compile, run } from '../../src/engine.ts';
import type { FactRow } from '../../src/model/dataset.ts';
import { runTests } from '../../src/prove/run-tests.ts';
import type { AggregateQuery } from '../../src/query/query.ts';

const POLICY = `policy p {
  currency RUB
  timezone "Europe/Moscow"
  period month
  rounding half up to 0.01
}
event deal {
  id: text key
  day: date posts
  manager: person owner
  amount: money
  is_large = amount >= 100 RUB
}
kpi revenue = sum(deal.amount)
rates ladder marginal {
  from 0 RUB: 5%
  from 100 RUB: 10%
}
role seller { bonus b = ladder(revenue) }
`;
const PEOPLE = 'id,name,role,from,until\nanna,Anna,seller,2026-01-01,\nboris,Boris,seller,2026-01-01,\n';
const DEALS =
  'id,day,manager,amount\n1,2026-01-05,anna,300.00\n2,2026-01-06,boris,50.00\n3,2026-02-01,anna,80.00\n';

async function noFile(): Promise<never> {
  throw new Error('there are no files');
}

interface Changed {
  readonly policy?: string;
  readonly deals?: string;
  readonly period?: string;
}

/** Runs that share, each with what is paid to whom, and the answers that the backend gave. */
function worker() {
  const kept = keepData({ readFile: noFile });
  return async ({ policy = POLICY, deals = DEALS, period = '2026-01' }: Changed = {}) => {
    const { value: model, diagnostics } = compile([{ name: 'p.merit', text: policy }]);
    expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
    const sources = [textSource('person', 'people.csv', PEOPLE), textSource('deal', 'deals.csv', deals)];
    const backend = kept.openBackend();
    const answers: (readonly FactRow[])[] = [];
    const told: Backend = {
      ...backend,
      facts: async (query: AggregateQuery) => {
        const rows = await backend.facts(query);
        if (!query.id.startsWith('control')) answers.push(rows);
        return rows;
      },
    };
    const result = await run({ model: model!, sources, period }, told);
    const pay = result.value?.statements.map((each) => `${each.person} ${each.pay}`);
    // amounts as the backend made them: an answer that was kept is the same object
    const values = answers.flat().flatMap((each) => each.values);
    return { pay, values, diagnostics: result.diagnostics };
  };
}

const isSame = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length > 0 && a.length === b.length && a.every((each, at) => each === b[at]);

test('a changed rate asks the data nothing', async () => {
  const runs = worker();
  const before = await runs();
  // anna: 100 * 5% + 200 * 10% = 25; boris: 50 * 5% = 2.50
  expect(before.pay).toEqual(['anna 25', 'boris 2.5']);
  const after = await runs({ policy: `// a remark\n${POLICY.replace('100 RUB: 10%', '100 RUB: 20%')}` });
  // anna: 5 + 200 * 20% = 45
  expect(after.pay).toEqual(['anna 45', 'boris 2.5']);
  expect(isSame(before.values, after.values)).toBe(true);
});

test('a further KPI leaves the answers of others alone', async () => {
  const runs = worker();
  const before = await runs();
  const large = POLICY.replace('role seller {', 'kpi large = count(deal where is_large)\nrole seller {');
  const policy = large.replace('bonus b = ladder(revenue)', 'bonus b = ladder(revenue) + large * 1 RUB');
  const after = await runs({ policy });
  expect(after.pay).toEqual(['anna 26', 'boris 2.5']);
  expect(before.values.every((each) => after.values.includes(each))).toBe(true);
});

test('a changed cell, field, or period is read anew', async () => {
  const runs = worker();
  const before = await runs();
  // anna: 5 + 300 * 10% = 35
  const cell = await runs({ deals: DEALS.replace('300.00', '400.00') });
  expect(cell.pay).toEqual(['anna 35', 'boris 2.5']);
  // and back, what was kept is still there
  expect(isSame(before.values, (await runs()).values)).toBe(true);
  // February: anna 80 * 5% = 4
  expect((await runs({ period: '2026-02' })).pay).toEqual(['anna 4', 'boris 0']);
  // deals below 60 RUB are refused: boris's row
  const bound = await runs({ policy: POLICY.replace('amount: money', 'amount: money from 60 RUB') });
  expect(bound.pay).toBeUndefined();
  expect(bound.diagnostics.map((each) => each.code)).toEqual(['M2112']);
});

test('a run that stops says so at the place where the policy has it now', async () => {
  const kept = keepData({ readFile: noFile });
  const abroad = `${POLICY.replace('amount: money', 'amount: money in EUR')
    .replace('  is_large = amount >= 100 RUB\n', '')
    .replace('sum(deal.amount)', 'sum(convert(deal.amount, to RUB, at day))')}
table exchange {
  currency: text key
  rate: number
  from: date
}
`;
  const stopped = async (policy: string, rates: string) => {
    const { value: model } = compile([{ name: 'p.merit', text: policy }]);
    const sources = [
      textSource('person', 'people.csv', PEOPLE),
      textSource('deal', 'deals.csv', DEALS),
      textSource('exchange', 'exchange.csv', rates),
    ];
    const request = { model: model!, sources, period: '2026-01' };
    const shared = await run(request, kept.openBackend());
    expect(shared).toEqual(await run(request, createMemoryBackend({ readFile: noFile })));
    return shared.diagnostics.map((each) => each.code);
  };
  const [none, late, all] = ['', 'EUR,91.5,2026-01-06\n', 'EUR,90,2026-01-01\n'].map(
    (row) => `currency,rate,from\n${row}`,
  ) as [string, string, string];
  expect(await stopped(abroad, none)).toEqual(['M3030', 'M3030']);
  expect(await stopped(`// a remark\n${abroad}`, none)).toEqual(['M3030', 'M3030']);
  expect(await stopped(abroad, late)).toEqual(['M3030']);
  expect(await stopped(abroad, all)).toEqual([]);
  expect(await stopped(`${abroad}kpi deals = count(deal)\n`, all)).toEqual([]);
});

/** Two policies over the same data, one after the other: the second as if nobody had run the first. */
async function oneAfterTheOther(
  [first, second]: readonly [string, string],
  data: Readonly<Record<string, string>>,
) {
  const kept = keepData({ readFile: noFile });
  const over = async (policy: string, backend: Backend) => {
    const { value: model, diagnostics } = compile([{ name: 'p.merit', text: policy }]);
    if (!model) throw new Error(diagnostics.map((each) => each.message).join('\n'));
    const sources = Object.entries(data).map(([name, text]) => textSource(name, `${name}.csv`, text));
    return run({ model, sources, period: '2026-01' }, backend);
  };
  await over(first, kept.openBackend());
  const shared = await over(second, kept.openBackend());
  expect(shared).toEqual(await over(second, createMemoryBackend({ readFile: noFile })));
  return shared;
}

test('a table that rows read is read anew, though the event says the same', async () => {
  const policy = POLICY.replace('  is_large = amount >= 100 RUB\n', '  cut = ladder(amount)\n')
    .replace('sum(deal.amount)', 'sum(deal.cut)')
    .replace('ladder(revenue)', 'revenue');
  const changed = policy.replace('5%', '6%');
  const { value } = await oneAfterTheOther([policy, changed], { person: PEOPLE, deal: DEALS });
  // anna: 100 * 6% + 200 * 10% = 26; boris: 50 * 6% = 3
  expect(value!.statements.map((each) => each.pay)).toEqual(['26', '3']);
});

test('rows that a new formula reaches through a key are found', async () => {
  const policy = `${POLICY.replace('id: text key', 'id: number key').replace('event deal {', 'event deal {\n  since 2026-01-01')}
event payment {
  id: text key
  day: date posts
  manager: person owner
  deal: deal
}
kpi payments = count(payment)
`;
  const reaching = policy
    .replace('count(payment)', 'sum(payment.deal.amount else 0 RUB)')
    .replace('ladder(revenue)', 'payments');
  const { value } = await oneAfterTheOther(
    [policy.replace('ladder(revenue)', 'payments * 1 RUB'), reaching],
    {
      person: PEOPLE,
      deal: 'id,day,manager,amount\n1,2025-12-30,anna,300.00\n',
      payment: 'id,day,manager,deal\n1,2026-01-05,anna,1\n',
    },
  );
  // the deal lies before the data is complete, and its payment still counts with its amount
  expect(value!.statements.map((each) => each.pay)).toEqual(['300', '0']);
});

test('names that only look alike are told as soon as a formula goes by them', async () => {
  const policy = POLICY.replace('id: text key', 'id: text key\n  client: text');
  const counting = `${policy}kpi clients = count(distinct deal.client)\n`.replace(
    'ladder(revenue)',
    'ladder(revenue) + clients * 1 RUB',
  );
  const { diagnostics } = await oneAfterTheOther([policy, counting], {
    person: PEOPLE,
    // the second A is Cyrillic
    deal: 'id,client,day,manager,amount\n1,Alfa,2026-01-05,anna,1\n2,\u0410lfa,2026-01-06,anna,1\n',
  });
  expect(diagnostics.map((each) => each.severity)).toEqual(['warning']);
});

test('what a test leaves out is said at the line that the policy has now', async () => {
  const kept = keepData({ readFile: noFile });
  const policy = `${POLICY}
test "a deal of nobody" {
  person anna { role seller }
  deal { day 2026-01-05, amount 100 RUB }
  expect anna in 2026-01 { b is 5 RUB }
}
`;
  for (const remark of ['', '// one\n', '// one\n// two\n']) {
    const { value: model, diagnostics } = compile([{ name: 'p.merit', text: remark + policy }]);
    if (!model) throw new Error(diagnostics.map((each) => each.message).join('\n'));
    const report = await runTests(model, { openBackend: kept.openBackend });
    expect(report.tests.map((each) => each.passed)).toEqual([false]);
    expect(report).toEqual(
      await runTests(model, { openBackend: () => createMemoryBackend({ readFile: noFile }) }),
    );
  }
});

test('runs may overlap', async () => {
  const runs = worker();
  const all = await Promise.all([
    runs(),
    runs({ deals: DEALS.replace('300.00', '400.00') }),
    runs({ period: '2026-02' }),
    runs({ policy: POLICY.replace('5%', '6%') }),
  ]);
  // the last: anna 100 * 6% + 200 * 10% = 26, boris 50 * 6% = 3
  expect(all.map((each) => each.pay)).toEqual([
    ['anna 25', 'boris 2.5'],
    ['anna 35', 'boris 2.5'],
    ['anna 4', 'boris 0'],
    ['anna 26', 'boris 3'],
  ]);
});

test('files are read by each run, or once for all of them', async () => {
  const texts = new Map([
    ['people.csv', PEOPLE],
    ['deals.csv', DEALS],
  ]);
  const sources = [textSource('person', 'people.csv', ''), textSource('deal', 'deals.csv', '')].map(
    (each) => ({
      ...each,
      content: { kind: 'file' as const, path: each.file },
    }),
  );
  const { value: model } = compile([{ name: 'p.merit', text: POLICY }]);
  for (const once of [false, true]) {
    const paths: string[] = [];
    const readFile = async (path: string) => {
      paths.push(path);
      return new TextEncoder().encode(texts.get(path));
    };
    const kept = keepData({ readFile, once });
    const results = [];
    for (let at = 0; at < 2; at++) {
      const request = { model: model!, sources, period: '2026-01' };
      results.push((await run(request, kept.openBackend())).value?.statements);
    }
    expect(results[1]).toEqual(results[0]);
    expect(paths).toHaveLength(once ? 2 : 4);
  }
});
