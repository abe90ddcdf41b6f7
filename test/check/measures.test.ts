// Measures of one row among several, and by another date: what they ask for, and what they are in the Model.

import { describe, expect, test } from 'vitest';
import { accepted, expectError, WORLD } from './helpers.ts';

describe('what must be right in them', () => {
  test.each([
    ['percentile(deal.amount, «0%»)', 'M1202'],
    ['percentile(deal.amount, «101%»)', 'M1202'],
    ['percentile(«deal.client», 90%)', 'M1202'],
    ['«percentile(deal.amount)»', 'M1204'],
    ['first(«deal.cost»)', 'M1302'],
    ['last(«deal.client» each status)', 'M1202'],
    ['last(deal.amount each «opener»)', 'M1302'],
    ['last(deal.amount each «account»)', 'M1101'],
    ['last(deal.amount «each earlier client»)', 'M1104'],
    ['count(deal by «opener»)', 'M1202'],
    ['count(call by «ended_at»)', 'M1302'],
    ['count(deal by closed_on, «closed_on»)', 'M1106'],
    ['count(deal by «amount»)', 'M1202'],
  ])('%s', (formula, code) => {
    const at = /«([^»]*)»/.exec(formula)![1]!;
    const text = `${WORLD}kpi asked = ${formula.replace('«', '').replace('»', '')}\n`;
    expectError(text, code, { at });
  });
});

test('measures that differ in their place, date or accounts are several', () => {
  const { measures, kpis, beyond } = accepted(`${WORLD}
kpi a = percentile(deal.amount, 90%)
kpi b = percentile(deal.amount, 50%)
kpi c = last(deal.amount)
kpi d = last(deal.amount each client)
kpi e = last(deal.amount each status)
kpi f = last(deal.amount by closed_on)
kpi g = count(call by ended_at where ended_at exists)
kpi h = (d * 2) - e
kpi i = d / e
`);
  expect(beyond).toEqual([]);
  const asked = measures.slice(-7);
  expect(asked.map(({ aggregate, place }) => [aggregate, place])).toEqual([
    ['percentile', '0.9'],
    ['percentile', '0.5'],
    ['last', undefined],
    ['last', undefined],
    ['last', undefined],
    ['last', undefined],
    ['count', undefined],
  ]);
  expect(new Set(asked.map(({ id }) => id)).size).toBe(7);
  expect(asked.flatMap(({ by }) => by?.type.kind ?? [])).toEqual(['date', 'datetime']);
  // balances add up over people, their ratio doesn't
  expect(kpis.flatMap(({ name, balance }) => (balance ? [name] : []))).toEqual(['d', 'e', 'h']);
});
