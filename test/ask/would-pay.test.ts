// What would have made a line of pay more. Worked by hand.

import { describe, expect, it } from 'vitest';
import { explain } from '../../src/ask/explain.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import type { Explanation, WouldPay } from '../../src/model/explanation.ts';
import { csvSource, modelOf } from '../evaluate/run-policy.ts';
import { misformed } from './said.ts';

const POLICY = `policy sales {
  currency RUB
  timezone "Europe/Moscow"
  period   month
}

event deal {
  id:        text key
  closed_on: date posts
  manager:   person owner
  amount:    money
}

kpi revenue = sum(deal.amount)
kpi deals   = count(deal)

role seller {
  gate deals >= 3
  bonus commission gated = revenue * 10% when revenue >= 1000 RUB
  bonus bounded    gated = revenue * 10% cap 20 RUB
  bonus chosen           = 5 RUB when revenue >= 500 RUB and deals >= 2 otherwise 1 RUB
  bonus lower            = 1 RUB when revenue >= 500 RUB otherwise 5 RUB
  bonus paid             = 7 RUB when deals >= 1
  cap 40 RUB
}
`;

const explained = async (what: string): Promise<Explanation> => {
  const model = modelOf(POLICY);
  const sources = [
    csvSource('person', 'id,name,role\nanna,Anna,seller'),
    // 300 in one deal
    csvSource('deal', 'id,closed_on,manager,amount\nA1,2026-01-05,anna,300'),
  ];
  const backend = createMemoryBackend({ readFile: () => Promise.reject(new Error('no files')) });
  const { value } = await explain({ model, sources, person: 'anna', period: '2026-01', what }, backend);
  expect(misformed(value)).toEqual([]);
  return value!;
};

const would = async (what: string): Promise<readonly string[]> => {
  const [step] = (await explained(what)).answers;
  const text = ({ kind, text, amount, pay, held }: WouldPay): string =>
    `${kind} ${text}: ${amount}, ${pay}${held ? `, ${held.short.value} short` : ''}`;
  return (step!.would ?? []).map(text);
};

describe('what would have paid', () => {
  it('is the condition and the gate, and both where neither is enough', async () => {
    // 300 × 10% = 30; pay was 1 + 5 + 7 = 13, and with the gate passed 20 more for `bounded`: 63, which the cap cuts to 40
    expect(await would('commission')).toEqual(['all of these revenue >= 1000 RUB; deals >= 3: 30, 40']);
  });

  it('counts what bounds it then: the cap of the bonus', async () => {
    // 30, of which the cap leaves 20; 13 + 20 = 33
    expect(await would('bounded')).toEqual(['gate deals >= 3: 20, 33, 2 short']);
  });

  it('is a choice within the formula; of a chain of conditions no one distance', async () => {
    // 5 in place of 1: 17
    expect(await would('chosen')).toEqual(['choice revenue >= 500 RUB and deals >= 2: 5, 17']);
  });

  it('is nothing where the other way pays less, or nothing fails', async () => {
    expect(await would('lower')).toEqual([]);
    expect(await would('paid')).toEqual([]);
  });
});

describe('what is asked about', () => {
  it('is all pay with each line, or one expression', async () => {
    const [pay] = (await explained('pay')).answers;
    expect(pay!.parts[0]!.parts.map(({ name, value }) => [name, value])).toEqual([
      ['commission', { value: '0', type: { kind: 'money', currency: 'RUB' } }],
      ['bounded', { value: '0', type: { kind: 'money', currency: 'RUB' } }],
      ['chosen', { value: '1', type: { kind: 'money', currency: 'RUB' } }],
      ['lower', { value: '5', type: { kind: 'money', currency: 'RUB' } }],
      ['paid', { value: '7', type: { kind: 'money', currency: 'RUB' } }],
    ]);
    const [ratio] = (await explained('revenue / deals')).answers;
    expect(ratio).toMatchObject({ kind: 'expression', value: { value: '300' }, how: { function: '/' } });
    expect(ratio!.parts.map(({ name }) => name)).toEqual(['revenue', 'deals']);
  });
});
