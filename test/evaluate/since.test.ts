// `since`: statements say from when the data is complete on which firsts and totals to date stand, and a run whose rows
// begin much later warns. On both backends.

import { describe, expect, test } from 'vitest';
import { statementText } from '../../src/report/statement.ts';
import { kpiOf, roleOf, runOnBoth, statementOf, tryPolicy } from './run-policy.ts';

const POLICY = `
  event deal {
    since 2025-01-01
    id: text key
    day: date posts
    who: person owner
    client: text
    amount: money
    order: number
    is_first = nth(by client) is 1
    again    = exists(deal of client within 30 days before day)
  }
  event call {
    since 2025-03-01
    id: text key
    day: date posts
    who: person owner
    client: text
    deals = count(deal of client)
  }
  kpi new_clients "New clients" = count(deal where is_first)
  kpi revenue  = sum(deal.amount)
  kpi repeated = count(deal where (again else false))
  kpi so_far   = sum(deal.amount)
  kpi known    = count(call where (deals else 0) > 0)
  role seller {
    bonus a not prorated = new_clients * 1 RUB
    bonus b not prorated = revenue
    bonus c not prorated = so_far[to date]
    bonus d not prorated = repeated * 1 RUB
    bonus e not prorated = known * 1 RUB
  }
`;
const PEOPLE = 'id,role\n ann,seller';

test('statements say since when a first one is the first', async () => {
  const result = await runOnBoth({
    policy: POLICY,
    people: PEOPLE,
    period: '2026-01',
    data: {
      deal: 'id,day,who,client,amount,order\n 1,2025-01-02,ann,A,1,1\n 2,2026-01-05,ann,A,2,2\n 3,2026-01-06,ann,B,4,3',
      call: 'id,day,who,client\n 1,2026-01-05,ann,A',
    },
  });
  const { kpis } = roleOf(result, 'ann', '2026-01');
  const since = (kpi: string) => kpiOf(kpis, kpi).since;
  expect(since('new_clients')).toBe('2025-01-01');
  expect(since('so_far')).toBe('2025-01-01');
  expect(since('known')).toBe('2025-01-01');
  // thirty days and the period itself look at no more than that
  expect(since('repeated')).toBeUndefined();
  expect(since('revenue')).toBeUndefined();
  const text = statementText(statementOf(result, 'ann', '2026-01'), result);
  expect(text).toContain('    New clients: first since 2025-01-01\n');
  expect(text).not.toContain('repeated: first');
});

describe('a first row long after `since`', () => {
  const said = async (deals: string, backend: 'memory' | 'duckdb', policy = POLICY) => {
    const data = { deal: `id,day,who,client,amount,order\n${deals}` };
    const { diagnostics } = await tryPolicy({ backend, policy, people: PEOPLE, period: '2026-01', data });
    return diagnostics.map(({ code, severity, message }) => `${code} ${severity} ${message}`);
  };

  test.each(['memory', 'duckdb'] as const)('is said, on %s', async (backend) => {
    // January 2025 is the period of `since`; one without a row, February, is one too many
    expect(await said('1,2025-02-28,ann,A,1,1', backend)).toEqual([]);
    expect(await said('1,2025-03-01,ann,A,1,1\n2,2026-01-01,ann,A,1,1', backend)).toEqual([
      'M3043 warning the first row of `deal` is of 2025-03-01, though its data is said to be complete since 2025-01-01',
    ]);
    // rows before `since` are no data, and no rows at all say nothing
    expect(await said('1,2024-12-31,ann,A,1,1\n2,2026-01-01,ann,A,1,1', backend)).toHaveLength(1);
    expect(await said('', backend)).toEqual([]);
  });

  test('and not where nothing looks at all history', async () => {
    const policy = `event deal {
        since 2025-01-01
        id: text key
        day: date posts
        who: person owner
        client: text
        amount: money
        order: number
      }
      kpi revenue = sum(deal.amount)
      role seller { bonus b = (revenue[ytd]) else 0 RUB }`;
    expect(await said('1,2026-01-01,ann,A,1,1', 'memory', policy)).toEqual([]);
  });
});
