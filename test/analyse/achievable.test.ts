// Targets that nobody or everybody reached, seen in a run.

import { expect, it } from 'vitest';
import { lintWithResult } from '../../src/analyse/lint.ts';
import { runPolicy } from '../evaluate/run-policy.ts';
import { marked, modelOf } from './helpers.ts';

const POLICY = (
  targets: string,
): string => `event call { id: text key, at: date posts, who: person owner, bad: number }
kpi calls "Calls" = count(call)
kpi flaws "Flaws" lower is better = sum(call.bad)
role seller {
${targets}
}
`;

const HEAD = 'policy small { currency RUB\n timezone "Europe/Moscow"\n period month }\n';
const PEOPLE = `id,name,role,from,until
  ann,Ann,seller,2026-01-01,
  bob,Bob,seller,2026-01-01,
  cid,Cid,seller,2026-01-01,`;

// ann 2, bob 1, cid 0 calls in each of two months
const CALLS = ['01', '02'].flatMap((month) =>
  ['ann', 'ann', 'bob'].map((who, at) => `${month}${at},2026-${month}-05,${who},0`),
);

async function found(targets: string, period = '2026-01..2026-02') {
  const policy = POLICY(targets);
  const result = await runPolicy({
    policy,
    people: PEOPLE,
    period,
    data: { call: ['id,at,who,bad', ...CALLS].join('\n') },
  });
  const text = HEAD + policy;
  return lintWithResult(modelOf(text), result).map((each) => ({
    at: marked(text, each),
    message: each.message,
    label: each.label,
  }));
}

it('says who reached a target that nobody reached', async () => {
  expect(await found('target calls 3')).toEqual([
    {
      at: 'M1560 target calls 3',
      message: 'nobody in role `seller` reached the target of `calls`: 0 of 3 people',
      label: '0 of 6 results in 2 periods',
    },
  ]);
});

it('says so of one that everybody reaches, an actual of zero where less is better too', async () => {
  const [first, ...others] = await found('target flaws 3');
  expect(others).toEqual([]);
  expect(first).toEqual({
    at: 'M1561 target flaws 3',
    message: 'everybody in role `seller` reached the target of `flaws` every time: 3 of 3 people',
    label: '6 of 6 results in 2 periods',
  });
});

it('says how often a target was reached', async () => {
  expect(await found('target calls 2')).toEqual([
    {
      at: 'M1562 target calls 2',
      message: 'role `seller` reached the target of `calls` in 33% of the results: 2 of 6',
      label: 'over 2 periods',
    },
  ]);
});

it('has nothing to say of few results, and where it is allowed', async () => {
  expect(await found('target calls 3', '2026-01')).toEqual([]);
  expect(await found('target calls 3 // allow M1560: a new market')).toEqual([]);
});
