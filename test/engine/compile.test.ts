// Both kinds of mistakes of a file in one go: those of its syntax, and those of its meaning that don't depend on what
// couldn't be read.

import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine.ts';

const TEXT = `policy small {
  currency RUB
  timezone "Europe/Moscow"
  period mnth
}
event deal {
  id: text key
  closed_on: date posts
  manager: person owner
  amount: money from
}
kpi revenue = sum(deal.amount)
kpi two = sum(deal.amuont)
kpi three = calls + 5%
kpi calls = count(deal) +
kpi four = count(deal) + 5 RUB
`;

const YAML = `policy: small
currency: RUB
timezone: Europe/Moscow
period: mnth
events:
  deal:
    fields:
      id: text key
      closed_on: date posts
      manager: person owner
      amount: money from
kpis:
  revenue: sum(deal.amount)
  two: sum(deal.amuont)
  three: calls + 5%
  calls: count(deal) +
  four: count(deal) + 5 RUB
`;

describe('several mistakes in one go', () => {
  it.each([
    ['p.merit', TEXT],
    ['p.merit.yaml', YAML],
  ])('in %s', (name, text) => {
    const { value, diagnostics } = compile([{ name, text }]);
    expect(value).toBeUndefined();
    const found = diagnostics.map(({ code, span }) => [code, text.slice(span!.start, span!.end).trim()]);
    // the unreadable `amount` and `calls` aren't called unknown, and `amuont`, which stands nowhere else, is
    expect(found.filter(([code]) => code!.startsWith('M10'))).toHaveLength(2);
    expect(found.filter(([code]) => !code!.startsWith('M10')).sort()).toEqual([
      ['M1101', 'amuont'],
      ['M1109', 'mnth'],
      ['M1203', '5 RUB'],
    ]);
  });
});
