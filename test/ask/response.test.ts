// How an amount goes with a KPI: stretches by hand, for a bonus under a gate with tiers and a cap of the role.

import { expect, it } from 'vitest';
import { respond } from '../../src/ask/response.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { csvSource, modelOf } from '../evaluate/run-policy.ts';

const POLICY = `policy small { currency RUB\n timezone "Europe/Moscow"\n period month }
event deal { since 2026-01-01
  id: text key
  closed_on: date posts
  manager: person owner
  amount: money from 0 RUB }
kpi revenue = sum(deal.amount)
rates ladder marginal {
  from 0 RUB: 3%
  from 1_000 RUB: 5%
}
role seller {
  target revenue 2_000 RUB
  gate revenue >= 500 RUB
  bonus commission gated = ladder(revenue)
  cap 90 RUB
}`;

async function response(what: string, by: string) {
  const model = modelOf(POLICY);
  const sources = [
    csvSource('person', 'id,name,role,from\nanna,Anna,seller,2026-01-01'),
    csvSource('deal', 'id,closed_on,manager,amount\nd1,2026-03-02,anna,1400'),
  ];
  const backend = createMemoryBackend({ readFile: () => Promise.reject(new Error('no files here')) });
  try {
    return await respond({ model, sources, person: 'anna', period: '2026-03', what, by }, backend);
  } finally {
    await backend.close();
  }
}

it('is a line from bound to bound, with a jump at the gate, level past the cap', async () => {
  const { value } = await response('pay', 'revenue');
  // below 500 nothing; 500 × 3% = 15; 1,000 × 3% = 30; the cap of 90 at 1,000 + 60 / 5% = 2,200; drawn to 2,000 × 7 / 4
  expect(value!.stretches.map((each) => each.map(({ x, y }) => `${x}:${y}`).join(' '))).toEqual([
    '0:0 500:0',
    '500:15 1000:30',
    '1000:30 2200:90',
    '2200:90 3500:90',
  ]);
  // 1,000 × 3% + 400 × 5%
  expect([value!.now.value.value, value!.now.amount.value]).toEqual(['1400', '50']);
});

it('refuses a KPI that is not there', async () => {
  const { value, diagnostics } = await response('pay', 'revenu');
  expect(value).toBeUndefined();
  expect(diagnostics.map((each) => each.code)).toEqual(['M3067']);
});
