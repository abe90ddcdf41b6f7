// Every run proves its own figures: shares against rows, groups against people, people against the company. What becomes
// of shares is part of the control totals; a backend that lies is found out; one that doesn't never is.

import { describe, expect, test } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { add, whole } from '../../src/base/exact.ts';
import { run } from '../../src/engine.ts';
import type { FactRow } from '../../src/model/dataset.ts';
import type { AggregateQuery } from '../../src/query/query.ts';
import { controlText } from '../../src/report/control.ts';
import { resultJson } from '../../src/report/json.ts';
import { csvSource, modelOf, runOnBoth } from '../evaluate/run-policy.ts';

const POLICY = `
  event deal {
    since 2026-01-01
    id: text key
    day: date posts
    who: person owner
    helper: person?
    amount: money
  }
  credit deal {
    to helper 1/4 when helper exists
    to who rest
    to who 10% extra as bait when helper exists
  }
  kpi revenue = sum(deal.amount)
  role seller {
    bonus own   = revenue
    bonus team  = revenue[team]
    bonus whole = revenue[company]
  }
`;
const HEAD = 'report by person.team';
const PEOPLE = `id,role,team,from,until
  ann,seller,N,,
  bob,seller,S,,2026-01-10`;
// 1: ann and bob; 2: bob has left, ann has three quarters; 3: ann; 4: bob alone, after he left; 5: outside the periods
const DEALS = `id,day,who,helper,amount
  1,2026-01-05,ann,bob,100
  2,2026-01-20,ann,bob,200
  3,2026-01-21,ann,,400
  4,2026-01-22,bob,,800
  5,2026-02-01,ann,,1600`;

test('what becomes of shares stands in the control totals', async () => {
  const result = await runOnBoth({
    head: `period month\n ${HEAD}`,
    policy: POLICY,
    people: PEOPLE,
    period: '2026-01',
    data: { deal: DEALS },
  });
  const control = result.control.find((each) => each.source === 'deal')!;
  // used: rows 1 to 3; ann 3/4 + 3/4 + 1 and bob 1/4 of the first; his quarter of the second counts for nobody
  expect(control.used.rows).toBe(3);
  expect(control.shares).toEqual({ credited: '2.75', outside: '0.25' });
  expect(controlText(result.control, 100)).toMatch(/credited to people in a role +2\.75\n/);
  expect(controlText(result.control, 100)).toMatch(/credited to nobody in a role +0\.25\n/);
  expect(JSON.parse(resultJson(result)).control.at(-1).shares).toEqual({ credited: '2.75', outside: '0.25' });
});

test('each share of a row that counts for nobody is counted, though another line credits every role', async () => {
  const result = await runOnBoth({
    policy: `event deal {
        since 2026-01-01
        id: text key
        day: date posts
        who: person owner
        helper: person
        keeper: person
        amount: money
      }
      credit deal {
        to helper 1/6
        to who 1/3
        to keeper rest in every role
      }
      kpi revenue = sum(deal.amount)
      role seller { bonus own = revenue }`,
    people: `id,role,from,until
      ann,seller,,2026-01-10
      bob,seller,,2026-01-10
      cid,seller,,`,
    period: '2026-01',
    data: {
      deal: `id,day,who,helper,keeper,amount
        1,2026-01-05,ann,bob,cid,100
        2,2026-01-20,ann,bob,cid,100`,
    },
  });
  // 1 is credited whole and of 2 the half of cid; of that ann's third and bob's sixth count for nobody
  const { used, shares } = result.control.find((each) => each.source === 'deal')!;
  expect([used.rows, shares]).toEqual([2, { credited: '1.5', outside: '0.5' }]);
});

/** A backend that answers as memory does, but for what `lie` makes of it. */
async function runWith(lie: (query: AggregateQuery, rows: readonly FactRow[]) => readonly FactRow[]) {
  const model = modelOf(
    `policy small { currency RUB\n timezone "Europe/Moscow"\n period month\n ${HEAD} }\n${POLICY}`,
  );
  const memory = createMemoryBackend({
    readFile: () => {
      throw new Error('no files here');
    },
  });
  const lying: Backend = { ...memory, facts: async (query) => lie(query, await memory.facts(query)) };
  const sources = [csvSource('person', PEOPLE), csvSource('deal', DEALS)];
  const { value, diagnostics } = await run({ model, sources, period: '2026-01' }, lying);
  return { value, said: diagnostics.map((each) => `${each.code} ${each.message}`) };
}

/** The first value of each row of that scope, larger by one. */
const more =
  (scope: AggregateQuery['scope']['kind'], ofCounts: boolean) =>
  (query: AggregateQuery, rows: readonly FactRow[]): readonly FactRow[] =>
    query.scope.kind !== scope || (query.measures[0]!.aggregate === 'count') !== ofCounts
      ? rows
      : rows.map((row) =>
          row.share ? { ...row, values: [add(row.values[0] as typeof row.share, whole(1))] } : row,
        );

describe('a backend that lies', () => {
  test('is believed while it doesn’t', async () => {
    const { value, said } = await runWith((_, rows) => rows);
    expect(said).toEqual([]);
    expect(value).toBeDefined();
  });

  test.each([
    // rows by stay and share: ann 3/4 and 1, bob 1/4: 2.75 + 0.75 + 1 + 0.25 more, and the quarter outside
    [
      'own',
      true,
      "M3042 the results of `deal` from 2026-01-01 to 2026-01-31 don't balance: the used rows come to 3, the shares of people to 5",
    ],
    [
      'company',
      true,
      "M3042 the results of `deal` from 2026-01-01 to 2026-01-31 don't balance: the used rows come to 4, the shares of people to 3",
    ],
    [
      'outside',
      true,
      "M3042 the results of `deal` from 2026-01-01 to 2026-01-31 don't balance: the used rows come to 3, the shares of people to 3.25",
    ],
    // everybody has a team: N has 2.5, S 0.25; 1/4 more, 3/4 and 1 more
    [
      'group',
      true,
      "M3042 the results of `deal` from 2026-01-01 to 2026-01-31 don't balance: the shares of people by `team` come to 4.75, the shares of people to 2.75",
    ],
    // the figure: 700 of the company; people 75 + 150 + 400 + 25, outside 50; the four rows by share a rouble more
    [
      'own',
      false,
      "M3042 the results of `deal` from 2026-01-01 to 2026-01-31 don't balance: the figures of the company come to 700, the shares of people to 702",
    ],
    [
      'company',
      false,
      "M3042 the results of `deal` from 2026-01-01 to 2026-01-31 don't balance: the figures of the company come to 701, the shares of people to 700",
    ],
  ] as const)('about %s (counts: %s) pays nothing', async (scope, ofCounts, message) => {
    const { value, said } = await runWith(more(scope, ofCounts));
    expect(value).toBeUndefined();
    expect(said).toContain(message);
  });

  test('that leaves out rows everywhere is found by the control totals', async () => {
    const { value, said } = await runWith(() => []);
    expect(value).toBeUndefined();
    expect(said).toEqual([
      "M3042 the results of `deal` from 2026-01-01 to 2026-01-31 don't balance: all used rows come to 3, those of the company to 0",
    ]);
  });
});

test('people without a team, two roles in two teams, every role, extra lines: all balances', async () => {
  const result = await runOnBoth({
    head: `period month\n ${HEAD}`,
    policy: `event deal {
        since 2026-01-01
        id: text key
        day: date posts
        who: person owner
        helper: person?
        amount: money
      }
      credit deal {
        to helper 50% in role trainer when helper exists
        to who rest in every role
        to who 10% extra as bait also in every role when helper exists
      }
      kpi revenue = sum(deal.amount)
      kpi baited  = sum(deal.amount as bait)
      role seller { bonus team = revenue[team]
        bonus all = revenue[company]
        bonus bait = baited[team] }
      role trainer extends seller { }`,
    people: `id,role,team,from,until
      ann,seller,Север,,2026-01-14
      ann,seller,S,2026-01-15,
      ann,trainer,S,,
      bob,seller,,,
      cid,trainer,T,,`,
    period: '2026-01',
    data: {
      deal: `id,day,who,helper,amount
        1,2026-01-10,ann,cid,100
        2,2026-01-20,ann,,200
        3,2026-01-21,bob,ann,400`,
    },
  });
  const figures = Object.fromEntries(
    result.groups.map((each) => [each.value, each.kpis.map(({ actual }) => actual.value)]),
  );
  // Север: ann's half of 100 as a seller; S: the same half as a trainer, 200 once, half of 400; T: cid's half; nobody's
  // team: bob's half of 400. The company has 700, and ann's half of 100
  // in two teams; so are the 10% of it that are bait, as of both of her roles, beside bob's 40
  expect(figures).toEqual({ S: ['450', '10'], T: ['50', '0'], Север: ['50', '10'] });
  expect(result.company[0]!.kpis.map(({ actual }) => actual.value)).toEqual(['700', '50']);
});
